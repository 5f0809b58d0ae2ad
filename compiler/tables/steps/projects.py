"""重点项目绩效目标表, 项目支出表: a project a row, with its money and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from yusuan.compiler.tables.headed import TOTALS
from yusuan.compiler.tables.projects import (
    add_objectives,
    continue_objective,
    known_of_project,
    part_code,
    start_project,
)
from yusuan.compiler.tables.sheets import RowReading, RowStep, SheetReading
from yusuan.ir.nodes import Text

_NOTHING: Final = Decimal(0)
# Half of the last digit that is printed: how far a figure is from what it was rounded from.
_HALF: Final = Decimal("0.5")


def listed_projects(sheet: SheetReading) -> RowStep:
    """Projects with their objectives; a row of neither name nor money goes on with the objective above.

    Rows that only name who spends the money below are no projects. A row without objectives is one where the sums of
    the table tell that it is none of those.
    """
    context, state = sheet.context, sheet.state
    if not sheet.goes_on:
        state.leave()
    context.money_unit = sheet.unit or context.money_unit
    projects = _summed_projects(sheet)

    def row(reading: RowReading) -> bool:
        objective, span = reading.row.cell("objective"), reading.row.marked.span
        # A row without a name of its own goes on with the one above.
        name = None if context.label(reading.cell("name")) is None else reading.value("name")
        if objective is None or (reading.at not in projects and not any(char.isalnum() for char in objective.text)):
            return False
        if name is None:
            continue_objective(context, state, objective, span)
            return False
        _start(reading, name, ("budget", "budget_fiscal", "budget_other"))
        if objective.text:
            add_objectives(context, state, objective, span)
        return False

    return row


def projects_with_money(sheet: SheetReading) -> RowStep:
    """Projects with their money alone.

    Where the sheet says what each project is, a row that says nothing of it names a unit, or a kind of project.
    """
    context, state = sheet.context, sheet.state
    state.leave()
    context.money_unit = sheet.unit or context.money_unit
    is_described = sheet.panel.header.find("content") is not None

    def row(reading: RowReading) -> bool:
        state.leave()
        name, content = reading.value("name"), reading.row.cell("content")
        if name is None or (is_described and (content is None or not content.text)):
            return False
        budget = reading.value("budget")
        if budget is None:
            return False
        fiscal, other = reading.value("budget_fiscal"), reading.value("budget_other")
        # Else there is money of further columns: 财政专户, 上年结转.
        is_all = fiscal is not None and fiscal.value + (other.value if other is not None else 0) == budget.value
        _start(reading, name, ("budget", "budget_fiscal", "budget_other") if is_all else ("budget",))
        state.leave()
        return False

    return row


def _start(reading: RowReading, name: Text, money: Sequence[str]) -> None:
    """Start the record of a row's project, with what is known of its money."""
    context, state = reading.sheet.context, reading.sheet.state
    name, code = part_code(context, name)
    start_project(context, state, name, reading.row.marked.span)
    known_of_project(context, state, code=code, **{one: reading.value(one) for one in money})


# --- which rows sums tell to be projects ------------------------------------------------------------------------------


def _summed_projects(sheet: SheetReading) -> frozenset[int]:
    """The places of the rows that are projects by the sums of their table; none where those do not tell."""
    context = sheet.context
    named: dict[int, Decimal] = {}
    total: Decimal | None = None
    for at, row in enumerate(sheet.rows):
        name, cell = context.label(sheet.cell(row, "name")), sheet.cell(row, "budget")
        money = None if cell is None else context.lexicon.number(cell.text)
        if name is None or money is None:
            continue
        if context.lexicon.mark(name.text) not in TOTALS:
            named[at] = money
        elif total is None and not named:
            total = money
    spenders = None if total is None else spender_rows(list(named.values()), total)
    if spenders is None:
        return frozenset()
    return frozenset(at for place, at in enumerate(named) if place not in spenders)


def spender_rows(budgets: Sequence[Decimal], total: Decimal) -> frozenset[int] | None:
    """Which rows of a table only name who spends the money of the rows below them.

    Args:
        budgets: the money of each row below the total, in one unit.
        total: what the table says that it comes to.

    Returns:
        Their places; none where all rows add up to the total, each being a project. Absent where the rows add up in
        neither way.
    """
    if _agree(total, budgets):
        return frozenset()
    spenders: list[int] = []
    at = 0
    while at < len(budgets):
        end = _last_of(budgets, at)
        if end == at:
            return None
        spenders.append(at)
        at = end + 1
    return frozenset(spenders) if spenders and _agree(total, [budgets[place] for place in spenders]) else None


def _last_of(budgets: Sequence[Decimal], spender: int) -> int:
    """The last row of those below a spender that add up to its money; its own place where none do."""
    total, last, sum_, ulps = budgets[spender], spender, _NOTHING, _ulp(budgets[spender])
    for at in range(spender + 1, len(budgets)):
        sum_ += budgets[at]
        ulps += _ulp(budgets[at])
        if sum_ - total > ulps * _HALF:
            break
        if abs(sum_ - total) <= ulps * _HALF:
            last = at
    return last


def _agree(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether parts come to a total, as rounded."""
    return abs(sum(parts, _NOTHING) - total) <= (_ulp(total) + sum(map(_ulp, parts), _NOTHING)) * _HALF


def _ulp(value: Decimal) -> Decimal:
    """The last digit that is printed of a figure."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))
