"""How often everything of the language is used by the repository's texts, and by which."""

from __future__ import annotations

from functools import cache

from docs.samples import Example, texts
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.places import Entry
from yusuan.compiler.workbench.coverage import Alternative, Coverage, Use, measure


@cache
def _coverage() -> Coverage:
    reports = [(one.source, one.text) for one in texts() if one.grammar is None]
    clauses = [(one.source, one.grammar, one.text) for one in texts() if one.grammar is not None]
    return measure(built_in_language(), reports, clauses)


def use_of(entry: Entry | None) -> Use | None:
    """How an entry of the grammar index is used; absent where it is not."""
    return _coverage().use(entry) if entry is not None else None


def shortest(entry: Entry) -> list[Example]:
    """The shortest text that an entry took, none where it took no characters."""
    use = use_of(entry)
    return [Example(use.example, "", "", use.source)] if use is not None and use.example else []


def unused_alternatives(grammar: str, rule: str) -> list[Alternative]:
    """The alternatives of a rule that no text takes."""
    return [one for one in _coverage().alternatives(grammar, rule) if one.use is None]
