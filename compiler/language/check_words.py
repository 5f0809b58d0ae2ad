"""The words that the checks go by (`grammar/lexicon/checks.toml`), compiled."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from yusuan.compiler.language.entries import Entries
from yusuan.compiler.language.expressions import without_captures
from yusuan.compiler.language.loader import Language, of_language
from yusuan.ir.vocabulary import Concept, Role


def _pattern(*path: str, form: Callable[[str], str] = str) -> cached_property[re.Pattern[str]]:
    return cached_property(lambda words: words.entries.pattern(*path, form=form))


def _one_of(*path: str, form: Callable[[str], str] = str) -> cached_property[re.Pattern[str]]:
    return cached_property(lambda words: words.entries.one_of(*path, form=form))


def _at_end(pattern: str) -> str:
    return f"(?:{without_captures(pattern)})$"


class CheckWords:
    """What `checks.toml` says, which patterns are for folded text included.

    A pattern is compiled when it is first asked for: most texts have nothing that most checks look at.

    Attributes:
        entries: the entries of the file.
    """

    partial = _pattern("sums", "partial")
    made_up = _pattern("sums", "made_up")
    share_of = _pattern("sums", "share_of")
    of_the_year = _pattern("sums", "of_the_year")
    bracket_behind = _pattern("sums", "bracket_behind")
    nested = _pattern("sums", "nested")
    restated = _pattern("sums", "restated")
    list_end = _pattern("sums", "list_end")
    money = _pattern("sums", "money")
    project_words = _pattern("sums", "project_words")
    others = _pattern("sums", "others")
    of_which = _pattern("sums", "of_which")
    coded_row = _pattern("sums", "coded_row")
    total_row = _pattern("sums", "total_row")
    some_of_it = _pattern("sums", "some_of_it")
    in_procurement = _pattern("sums", "in_procurement")
    rate = _pattern("names", "rate", form=_at_end)
    no_rate = _pattern("names", "no_rate", form=_at_end)
    good = _one_of("names", "good", form=_at_end)
    bad = _one_of("names", "bad", form=_at_end)
    lessening = _pattern("names", "lessening")
    several = _pattern("names", "several")
    remark = _pattern("names", "remark")
    reverse = _pattern("names", "reverse")
    exceedable = _pattern("names", "exceedable")
    limited = _pattern("names", "limited")
    approximately = _pattern("writing", "approximately")
    dated = _pattern("names", "dated")
    deadline = _pattern("writing", "deadline")
    closing = _pattern("writing", "closing")
    compared = _pattern("writing", "compared")
    money_of_year = _pattern("writing", "money_of_year")
    year = _pattern("writing", "year")
    list_number = _pattern("writing", "list_number")
    reducing = _pattern("names", "reducing")

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        data = entries.data
        pairs = data["writing"]["pairs"]
        self.units_of_months = entries.texts("names", "units_of_months", name=str)
        self.units_of_rates = entries.texts("names", "units_of_rates", name=str)
        self.residue = {
            variant: entries.pattern("writing", variant) for variant in ("placeholder", "choice", "instruction")
        }
        self.month = [entries.pattern("writing", "month", written=one) for one in data["writing"]["month"]]
        self.opening = frozenset(char for opening, _ in pairs for char in opening)
        # Half-width and full-width brackets pair with each other: （a).
        self.kinds_of_marks = entries.table(
            (char, kind, [(("writing", "pairs", marks), char)])
            for kind, pair in enumerate(pairs)
            for marks in pair
            for char in marks
        )
        self.round_marks = re.compile(f"[{re.escape(''.join(pairs[0]))}]")
        self.marks = re.compile(f"[{re.escape(''.join(self.kinds_of_marks))}]")
        self.subjects = entries.table(
            (Concept(name), Role(role), [(("subjects", role, name), name)])
            for role, names in data["subjects"].items()
            for name in names
        )
        self.sections = {Role(role): entries.pattern("sections", role) for role in data["sections"]}


@of_language
def check_words(language: Language) -> CheckWords:
    """The words, compiled once for each language."""
    return CheckWords(language.entries("checks"))
