"""A total and its parts, wherever a report states them: whether they agree, and how to say that they do not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial

from attrs import Factory, frozen

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Equation, Interval, Operand, places, written
from yusuan.compiler.checks.verdicts import Outcome
from yusuan.ir.diagnostics import Code, Diagnostic

# A sum that is written out with more terms is not read.
_MOST_TERMS = 12


@frozen(slots=True)
class Sum:
    """A total and its parts at one place of a report.

    Attributes:
        code: what a broken one is reported as.
        rule: the name of the rule that says that it is a sum.
        concept: what the total is, in the terms of the catalogue.
        entries: the total, and behind it the parts.
        variant: which text of the code is said; that of a wrong total or of a wrong part, where it is empty.
        values: what else that text quotes.
    """

    code: Code
    rule: str
    concept: str
    entries: tuple[Operand, ...]
    variant: str = ""
    values: Mapping[str, str] = Factory(dict)

    def outcome(self, *, is_complete: bool) -> Outcome:
        """Whether it holds; it cannot be told where the parts are below the total and may not be all."""
        total, made = self.entries[0].interval, sum_of(self.entries[1:])
        if total.meets(made):
            return Outcome.HOLDS
        return Outcome.BROKEN if is_complete or made.exceeds(total) else Outcome.UNKNOWN

    def equation(self, inspection: Inspection, outcome: Outcome, group: Hashable | None = None) -> Equation:
        """It as an equation, to be settled with others; those of a group are other ways to make up the same total."""
        return Equation(self.code, self.rule, self.entries, outcome, partial(self.report, inspection), group)

    def report(self, inspection: Inspection, suspect: int) -> Diagnostic:
        """What there is to say of a broken one, at the entry that is wrong, the others related."""
        code, (total, *parts) = self.code, self.entries
        decimals = places(*(entry.figure for entry in self.entries))
        made = sum((part.exact for part in parts), start=total.exact * 0) / total.factor
        wrong = self.entries[suspect]
        related = [
            code.place("total" if at == 0 else "part", entry.figure.span, figure=entry.written, unit=entry.unit)
            for at, entry in enumerate(self.entries)
            if at != suspect
        ]
        return code.at(
            wrong.figure.span,
            self.variant or ("part" if suspect else "total"),
            related=related,
            row=inspection.row(wrong.figure.span),
            values={
                "total": self.concept,
                "figure": total.written,
                "unit": total.unit,
                "sum": written(made, decimals),
                "parts": _terms(parts, total.unit),
                "part": wrong.written,
                "rule": self.rule,
                **self.values,
            },
        )


def sum_of(entries: Sequence[Operand]) -> Interval:
    """What the entries come to."""
    made = Interval.exactly(0)
    for entry in entries:
        made = made + entry.interval
    return made


def _terms(parts: Sequence[Operand], unit: str) -> str:
    """The parts as people write a sum: 10.20 + 3 - 1.5."""
    text = ""
    for part in parts[:_MOST_TERMS]:
        figure = part.written + (part.unit if part.unit != unit else "")
        if not text:
            text = figure
        elif figure.startswith("-"):
            text += f" - {figure[1:]}"
        else:
            text += f" + {figure}"
    return text if len(parts) <= _MOST_TERMS else f"{text} + … ({len(parts)})"
