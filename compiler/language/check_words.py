"""The words that the checks go by (`grammar/lexicon/checks.toml`), compiled."""

from __future__ import annotations

import re
from typing import Any

from yusuan.compiler.language.loader import language, of_language, without_captures
from yusuan.compiler.language.placeholders import any_of
from yusuan.ir.vocabulary import Concept, Role


class CheckWords:
    """What `checks.toml` says, which patterns are for folded text included."""

    def __init__(self, data: dict[str, Any]) -> None:
        sums, names, writing = data["sums"], data["names"], data["writing"]
        self.partial = re.compile(sums["partial"])
        self.made_up = re.compile(sums["made_up"])
        self.share_of = re.compile(sums["share_of"])
        self.of_the_year = re.compile(sums["of_the_year"])
        self.bracket_behind = re.compile(sums["bracket_behind"])
        self.nested = re.compile(sums["nested"])
        self.restated = re.compile(sums["restated"])
        self.list_end = re.compile(sums["list_end"])
        self.money = re.compile(sums["money"])
        self.project_words = re.compile(sums["project_words"])
        self.others = re.compile(sums["others"])
        self.of_which = re.compile(sums["of_which"])
        self.coded_row = re.compile(sums["coded_row"])
        self.total_row = re.compile(sums["total_row"])
        self.some_of_it = re.compile(sums["some_of_it"])
        self.in_procurement = re.compile(sums["in_procurement"])
        self.rate = re.compile(f"(?:{without_captures(names['rate'])})$")
        self.no_rate = re.compile(f"(?:{without_captures(names['no_rate'])})$")
        self.good = re.compile(f"{without_captures(any_of(names['good']))}$")
        self.bad = re.compile(f"{without_captures(any_of(names['bad']))}$")
        self.lessening = re.compile(names["lessening"])
        self.several = re.compile(names["several"])
        self.remark = re.compile(names["remark"])
        self.reverse = re.compile(names["reverse"])
        self.exceedable = re.compile(names["exceedable"])
        self.limited = re.compile(names["limited"])
        self.approximately = re.compile(writing["approximately"])
        self.units_of_months = frozenset(names["units_of_months"])
        self.dated = re.compile(names["dated"])
        self.units_of_rates = frozenset(names["units_of_rates"])
        self.residue = {variant: re.compile(writing[variant]) for variant in ("placeholder", "choice", "instruction")}
        self.month = [re.compile(pattern) for pattern in writing["month"]]
        self.deadline = re.compile(writing["deadline"])
        self.closing = re.compile(writing["closing"])
        self.compared = re.compile(writing["compared"])
        self.money_of_year = re.compile(writing["money_of_year"])
        self.year = re.compile(writing["year"])
        self.opening = frozenset(char for opening, _ in writing["pairs"] for char in opening)
        # Half-width and full-width brackets pair with each other: （a).
        self.kinds_of_marks = {
            char: kind for kind, pair in enumerate(writing["pairs"]) for marks in pair for char in marks
        }
        self.round_marks = re.compile(f"[{re.escape(''.join(writing['pairs'][0]))}]")
        self.marks = re.compile(f"[{re.escape(''.join(self.kinds_of_marks))}]")
        self.list_number = re.compile(writing["list_number"])
        self.reducing = re.compile(names["reducing"])
        self.subjects = {Concept(name): Role(role) for role, names in data["subjects"].items() for name in names}
        self.sections = {Role(role): re.compile(pattern) for role, pattern in data["sections"].items()}


@of_language
def check_words() -> CheckWords:
    """The words, compiled once for each language."""
    return CheckWords(language().lexicon["checks"])
