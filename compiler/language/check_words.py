"""The words that the checks go by (`grammar/lexicon/checks.toml`), compiled."""

from __future__ import annotations

import re

from yusuan.compiler.language.entries import Entries
from yusuan.compiler.language.expressions import without_captures
from yusuan.compiler.language.loader import Language, of_language
from yusuan.ir.vocabulary import Concept, Role


class CheckWords:
    """What `checks.toml` says, which patterns are for folded text included."""

    def __init__(self, entries: Entries) -> None:
        data = entries.data
        pairs = data["writing"]["pairs"]
        self.partial = entries.pattern("sums", "partial")
        self.made_up = entries.pattern("sums", "made_up")
        self.share_of = entries.pattern("sums", "share_of")
        self.of_the_year = entries.pattern("sums", "of_the_year")
        self.bracket_behind = entries.pattern("sums", "bracket_behind")
        self.nested = entries.pattern("sums", "nested")
        self.restated = entries.pattern("sums", "restated")
        self.list_end = entries.pattern("sums", "list_end")
        self.money = entries.pattern("sums", "money")
        self.project_words = entries.pattern("sums", "project_words")
        self.others = entries.pattern("sums", "others")
        self.of_which = entries.pattern("sums", "of_which")
        self.coded_row = entries.pattern("sums", "coded_row")
        self.total_row = entries.pattern("sums", "total_row")
        self.some_of_it = entries.pattern("sums", "some_of_it")
        self.in_procurement = entries.pattern("sums", "in_procurement")
        self.rate = entries.pattern("names", "rate", form=_at_end)
        self.no_rate = entries.pattern("names", "no_rate", form=_at_end)
        self.good = entries.one_of("names", "good", form=_at_end)
        self.bad = entries.one_of("names", "bad", form=_at_end)
        self.lessening = entries.pattern("names", "lessening")
        self.several = entries.pattern("names", "several")
        self.remark = entries.pattern("names", "remark")
        self.reverse = entries.pattern("names", "reverse")
        self.exceedable = entries.pattern("names", "exceedable")
        self.limited = entries.pattern("names", "limited")
        self.approximately = entries.pattern("writing", "approximately")
        self.units_of_months = entries.texts("names", "units_of_months", name=str)
        self.dated = entries.pattern("names", "dated")
        self.units_of_rates = entries.texts("names", "units_of_rates", name=str)
        self.residue = {
            variant: entries.pattern("writing", variant) for variant in ("placeholder", "choice", "instruction")
        }
        self.month = [entries.pattern("writing", "month", written=one) for one in data["writing"]["month"]]
        self.deadline = entries.pattern("writing", "deadline")
        self.closing = entries.pattern("writing", "closing")
        self.compared = entries.pattern("writing", "compared")
        self.money_of_year = entries.pattern("writing", "money_of_year")
        self.year = entries.pattern("writing", "year")
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
        self.list_number = entries.pattern("writing", "list_number")
        self.reducing = entries.pattern("names", "reducing")
        self.subjects = entries.table(
            (Concept(name), Role(role), [(("subjects", role, name), name)])
            for role, names in data["subjects"].items()
            for name in names
        )
        self.sections = {Role(role): entries.pattern("sections", role) for role in data["sections"]}


def _at_end(pattern: str) -> str:
    return f"(?:{without_captures(pattern)})$"


@of_language
def check_words(language: Language) -> CheckWords:
    """The words, compiled once for each language."""
    return CheckWords(language.entries("checks"))
