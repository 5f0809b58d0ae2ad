"""Overlays at work: the language with what local dialects add to it, tried out before anything is read in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.clauses.lexer import region_lexer
from yusuan.compiler.language import expressions
from yusuan.compiler.language.check_words import check_words
from yusuan.compiler.language.entries import complete
from yusuan.compiler.language.files import CLAUSES, Folder, GrammarFileError, blaming, built_in, overlay
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, built_in_language, load
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.compiler.language.terminals import last_place

# What is made of the language before a report can be read: each takes another part of it.
_MAKERS: Final[tuple[Callable[[Language], object], ...]] = (lexicon, concept_lexicon, check_words, line_classifier)
_CLAUSES: Final = tuple(name for name, files in GRAMMARS.items() if files[0].startswith(CLAUSES))
_NUMBERING: Final = "numbering"


def with_overlays(places: Iterable[str]) -> Language:
    """The built-in language with overlays, later ones over earlier ones.

    Args:
        places: folders, or the names that installed packages give to theirs.

    Raises:
        GrammarFileError: there is no such overlay, or it is faulty. Then nothing is read: the language is never half
            replaced.
    """
    overlays = [overlay(place) for place in places]
    spoken = load([built_in(), *overlays])
    try_out(spoken, overlays or [built_in()])
    return spoken


def try_out(spoken: Language, folders: Sequence[Folder]) -> None:
    """Make of a language all that reports are read with.

    Raises:
        GrammarFileError: that fails; one of the folders is told as its place.
    """
    with blaming(", ".join(folder.shown for folder in folders)):
        for grammar, patterns in spoken.patterns.items():
            reason = _broken_terminals(grammar, patterns)
            if reason is not None:
                place = last_place(reason[0], members(grammar, spoken.files))
                raise GrammarFileError(place, f"{reason[0]}: {reason[1]}")
        lexers = (partial(region_lexer, grammar=name) for name in _CLAUSES)
        makers: Iterator[Callable[[Language], object]] = chain(_MAKERS, lexers)
        for make in makers:
            complete(make(spoken))


def _broken_terminals(grammar: str, patterns: Mapping[str, str]) -> tuple[str, str] | None:
    """A terminal that cannot be tried together with the others of its grammar, and why; absent where all can.

    A lexer joins the patterns of all of them, and tells by the names of groups what it has found.
    """
    said = built_in_language().patterns[grammar]
    owners = dict.fromkeys(patterns, "a terminal")
    for name, pattern in patterns.items():
        found = expressions.groups(pattern)
        for group in sorted(found):
            if group in owners:
                return name, f"the group {group} is {owners[group]} already; call it otherwise"
            owners[group] = f"a group of {name}"
        needed = expressions.groups(said[name]) if name in said else frozenset()
        if grammar == _NUMBERING:
            needed = frozenset({f"number_{name.lower()}"})
        for group in sorted(needed - found):
            return name, f"the group {group} is read, and missing: (?P<{group}>…)"
        if grammar in _CLAUSES and pattern != said.get(name) and expressions.may_be_nothing(pattern):
            return name, "it matches nothing as well, so it would be found everywhere"
    return None
