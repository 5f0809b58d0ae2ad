"""职责与活动: the budgets of all duties against the project expenditure; each duty is a sum of its table."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Interval, Operand
from yusuan.compiler.checks.statements import stated
from yusuan.compiler.checks.sums import Sum, sum_of
from yusuan.compiler.checks.sums_of_tables import is_broken
from yusuan.compiler.checks.tables import inner_entry
from yusuan.compiler.checks.verdicts import unknown
from yusuan.ir.contract import contract
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import Activity
from yusuan.ir.vocabulary import Concept

_CODE = codes.ACTIVITIES_DO_NOT_SUM
_MOST_CHILDREN = 200
_BUDGET = "ActivityBudget"
_PROJECT = "duties-and-project-expenditure"


def check(inspection: Inspection) -> Iterator[Finding]:
    """All duties together."""
    if is_broken(inspection, contract()["activities"], "activities-of-a-duty"):
        # What is wrong in one duty is wrong in the sum of all.
        yield unknown(_CODE, _PROJECT)
    else:
        yield from _check_all(inspection, [one for one in inspection.document.activities if one.parent is None])


def _entry(inspection: Inspection, activity: Activity) -> Operand | None:
    return inner_entry(inspection, activity.budget, activity.unit)


def _check_all(inspection: Inspection, duties: list[Activity]) -> Iterator[Finding]:
    """The duties come to the project expenditure, or to all expenditure where they are told with the basic one."""
    # What is compared with the text needs a unit that is stated.
    with_unit = [duty for duty in duties if inspection.unit_factor(duty.unit) is not None]
    known = [entry for duty in with_unit if (entry := _entry(inspection, duty)) is not None]
    if not known:
        return
    projects = stated(inspection, Concept.PROJECT_EXPENDITURE)
    everything = stated(inspection, Concept.EXPENDITURE)
    if projects is None:
        yield unknown(_CODE, _PROJECT)
        return
    if not any(total.interval.meets(sum_of(known)) for total in (projects, everything) if total is not None):
        # No mark tells a duty from its activities: what comes to the sum of those below it is one.
        known = _tops(known)
    made = sum_of(known)
    if everything is not None and everything.interval.meets(made):
        projects = everything
    budget = Sum(_CODE, _PROJECT, _BUDGET, (projects, *known), "project", {"name": ""})
    # A report may show only some of its duties with their money.
    yield budget.equation(inspection, budget.outcome(is_complete=False))


def _tops(entries: list[Operand]) -> list[Operand]:
    """The entries that are not within another: one is above those behind it that it is the sum of."""
    found, at = [], 0
    while at < len(entries):
        found.append(entries[at])
        at += 1
        made, whole = Interval.exactly(0), found[-1]
        for behind in range(at, min(len(entries), at + _MOST_CHILDREN)):
            made = made + entries[behind].interval
            if whole.exact and made.meets(whole.interval):
                at = behind + 1
                break
            if made.exceeds(whole.interval):
                break
    return found
