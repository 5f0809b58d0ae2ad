"""资金支出计划: a cumulative plan never falls and ends at 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from yusuan.compiler.checks.base import Finding, Inspection, broken, holds, unknown
from yusuan.compiler.checks.equations import usable
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import SpendingPlanEntry

_DECEMBER = 12
_HUNDRED = 100


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each plan: the entries of one row."""
    for _, entries in groupby(inspection.document.spending_plan, key=lambda entry: entry.span.start):
        plan = list(entries)
        yield from _check_course(inspection, [entry for entry in plan if usable(entry.percent)])


def _check_course(inspection: Inspection, plan: Sequence[SpendingPlanEntry]) -> Iterator[Finding]:
    values = [Fraction(entry.percent.value) for entry in plan]
    falling = [at + 1 for at, (one, two) in enumerate(pairwise(values)) if two < one]
    if not plan or plan[-1].month != _DECEMBER:
        # Without the end of the year it cannot be told what it comes to.
        yield unknown(codes.PLAN_INCOMPLETE)
    elif sum(values) == _HUNDRED and sum(value > 0 for value in values) > 1 and values[-1] != _HUNDRED:
        # Shares of each quarter, which come to 100 together.
        yield holds(codes.PLAN_INCOMPLETE)
        return
    elif values[-1] == _HUNDRED:
        yield holds(codes.PLAN_INCOMPLETE)
    elif not falling:
        percent = plan[-1].percent
        code = codes.PLAN_INCOMPLETE
        yield broken(code, code.at(percent.span, row=inspection.row(percent.span), percent=_number(percent.text)))
    if not falling:
        yield holds(codes.PLAN_FALLS) if len(plan) > 1 else unknown(codes.PLAN_FALLS)
        return
    at = falling[0]
    before, after = plan[at - 1], plan[at]
    code = codes.PLAN_FALLS
    said = {"before": _number(before.percent.text), "after": _number(after.percent.text)}
    yield broken(
        code,
        code.at(
            after.percent.span,
            related=[code.place("before", before.percent.span, before=said["before"])],
            row=inspection.row(after.percent.span),
            month=after.month,
            **said,
        ),
    )


def _number(text: str) -> str:
    return text.strip().rstrip("%％")
