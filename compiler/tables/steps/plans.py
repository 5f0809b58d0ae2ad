"""资金支出计划: the months of the header, and below them the cumulative shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.tables.cells import percent_of
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.projects import ProjectState
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.tables.steps.fields import lower_field_row
from yusuan.ir.nodes import Cell
from yusuan.ir.records import SpendingPlanEntry
from yusuan.ir.source import Span

# A row of shares starts with one, with an empty cell, or with the plan's label again.
_PLAN_ROW: Final = ("-", "#", "<plan>")


def lower_plan(context: Context, panel: Panel, state: ProjectState) -> None:
    """资金支出计划: the months of the header, and below them the cumulative shares."""
    head, *rows = panel.rows
    months = _months(context, head)
    for at, month in months:
        if at + 1 < len(head.cells) and head.marks[at + 1] == "#":
            _append_share(context, state, month, head.cells[at + 1], head.span)
    for row in rows:
        if row.is_empty():
            continue
        if "#" not in row.marks or any(mark.startswith("<") for mark in row.marks[1:]) or row.marks[0] not in _PLAN_ROW:
            lower_field_row(context, row, state)
            continue
        for month, cell in _shares(head, months, row):
            _append_share(context, state, month, cell, row.span)


def _months(context: Context, head: MarkedRow) -> list[tuple[int, int]]:
    """The months that columns are of, with their places; a quarter ends with its third month."""
    months = []
    for at, (cell, mark) in enumerate(zip(head.cells, head.marks, strict=True)):
        match = context.lexicon.label_patterns["month"].fullmatch(context.lexicon.fold(cell.text))
        if match is not None and mark == "<month>":
            quarter = context.lexicon.numeral(match["quarter"] or "")
            months.append((at, int(match["month"]) if match["month"] else 3 * (quarter or 0)))
    return months


def _shares(head: MarkedRow, months: list[tuple[int, int]], row: MarkedRow) -> Iterator[tuple[int, Cell]]:
    """The cells of a row with the months that they are of."""
    shares = [cell for cell, mark in zip(row.cells, row.marks, strict=True) if mark == "#"]
    if len(shares) == len(months):
        # A share a month: an empty cell too many at a row's end shifts nothing.
        yield from ((month, cell) for cell, (_, month) in zip(shares, months, strict=True))
        return
    shift = len(head.cells) - len(row.cells)
    yield from ((month, row.cells[at - shift]) for at, month in months if 0 <= at - shift < len(row.cells))


def _append_share(context: Context, state: ProjectState, month: int, cell: Cell, row: Span) -> None:
    figure = percent_of(context, cell, row)
    if figure is not None:
        context.records.spending_plan.append(SpendingPlanEntry(state.name, month, figure, row))
