"""资金支出计划: a cumulative plan never falls and ends at 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Interval, usable
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import SpendingPlanEntry

_DECEMBER = 12
_MOST = 100
_HUNDRED = Interval.exactly(100)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each plan: the entries of one row."""
    for _, entries in groupby(inspection.document.spending_plan, key=lambda entry: entry.span.start):
        plan = [entry for entry in entries if usable(entry.percent)]
        if any(entry.percent.value > _MOST for entry in plan[:-1]) or _is_money(inspection, plan):
            # 累计金额: a plan in money.
            yield unknown(codes.PLAN_INCOMPLETE)
            yield unknown(codes.PLAN_FALLS)
        elif plan:
            yield _check_end(inspection, plan)
            yield _check_course(inspection, plan)


def _is_money(inspection: Inspection, plan: Sequence[SpendingPlanEntry]) -> bool:
    """Whether a plan ends at what its project has to spend, which is more than 100."""
    last = plan[-1]
    if last.percent.value <= _MOST:
        return False
    budgets = [project.budget for project in inspection.document.projects if project.name.text == last.project]
    return any(budget is None or budget.value == last.percent.value for budget in budgets) or not budgets


def _falling(plan: Sequence[SpendingPlanEntry]) -> int | None:
    """The first entry that is below the one before it; absent where there is none."""
    values = [entry.percent.value for entry in plan]
    return next((at + 1 for at, (one, two) in enumerate(pairwise(values)) if two < one), None)


def _is_parted(plan: Sequence[SpendingPlanEntry]) -> bool:
    """Whether a plan states the share of each quarter, not what is spent by then: they come to 100 together."""
    shares = [Interval.of(entry.percent) for entry in plan if entry.percent.value > 0]
    return len(shares) > 1 and not shares[-1].meets(_HUNDRED) and sum(shares[1:], start=shares[0]).meets(_HUNDRED)


def _check_end(inspection: Inspection, plan: Sequence[SpendingPlanEntry]) -> Finding:
    """By the end of the year all of the money is spent. A plan that falls says so of its fall."""
    code, last = codes.PLAN_INCOMPLETE, plan[-1]
    if last.month != _DECEMBER or (_falling(plan) is not None and not _is_parted(plan)):
        return unknown(code)
    if _is_parted(plan) or Interval.of(last.percent).meets(_HUNDRED):
        return holds(code)
    place = last.percent.span
    return broken(code, code.at(place, row=inspection.row(place), percent=_number(last.percent.text)))


def _check_course(inspection: Inspection, plan: Sequence[SpendingPlanEntry]) -> Finding:
    """What is spent by the end of a month is no less than by the end of the one before."""
    code, falling = codes.PLAN_FALLS, _falling(plan)
    if len(plan) < 2:
        return unknown(code)
    if falling is None or _is_parted(plan):
        return holds(code)
    before, after = plan[falling - 1].percent, plan[falling].percent
    return broken(
        code,
        code.at(
            after.span,
            related=[code.place("before", before.span, before=_number(before.text))],
            row=inspection.row(after.span),
            month=plan[falling].month,
            before=_number(before.text),
            after=_number(after.text),
        ),
    )


def _number(text: str) -> str:
    return text.strip().rstrip("%％")
