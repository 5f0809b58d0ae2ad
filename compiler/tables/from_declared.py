"""Tables of a declared kind: each row is what its columns say, see `yusuan.compiler.language.declarations`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from yusuan.compiler.blocks.marks import EMPTY, NUMBER
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.tables.from_table import TOTALS, HeadedRow, Header, Panel, bracket_unit, headed_rows
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.declared import DeclaredRow, DeclaredValue
from yusuan.ir.kinds import TableColumn, ValueType
from yusuan.ir.nodes import Cell
from yusuan.ir.source import Span

_NOTE: Final = "<note>"


def lower_declared(context: Context, panel: Panel, declaration: Declaration, *, goes_on: bool) -> None:
    """A panel of a declared kind.

    Merged cells are carried down, behind a page (`goes_on`) too. A row that says nothing but what is carried down is
    none; nor is a remark below the table, nor a row that lacks cells and whose others show that they are not under
    their columns.
    """
    rows = context.records.declared.setdefault(declaration.kind.name, [])
    places = _places(panel.header, declaration)
    units = _units(context, panel, places)
    above = {value.column: value for value in rows[-1].values} if rows and goes_on else {}
    for row in headed_rows(context, panel):
        is_total = not TOTALS.isdisjoint(row.marked.marks[:2])
        if row.marked.marks[0] == _NOTE or (not is_total and _is_shifted(row, places)):
            continue
        values = []
        for column in declaration.kind.columns:
            at = places.get(column)
            cell = None if at is None else row.at(at)
            value = _value(context, row.marked.span, column, cell, units.get(column))
            is_merged = column.name in declaration.merged and not row.marked.ends(at)
            if value is None and is_merged and not is_total:
                value = above.get(column.name)
            if value is not None:
                values.append(value)
        if any(value.span.start >= row.marked.span.start for value in values):
            rows.append(DeclaredRow(is_total, tuple(values), row.marked.span))
            above = {value.column: value for value in values}


def holds_figures(row: MarkedRow, header: Header, declaration: Declaration) -> bool:
    """Whether no words stand where a figure is due: in the header of another table, they do."""
    for column, at in _places(header, declaration).items():
        place = row.place(at)
        if not column.type.is_figure or place is None or row.marks[place] in (EMPTY, NUMBER):
            continue
        text = row.cells[place].text
        if any(map(str.isalpha, text)) and not any(map(str.isdecimal, text)):
            return False
    return True


def _places(header: Header, declaration: Declaration) -> dict[TableColumn, int]:
    """Where the declared columns stand that a header has."""
    found = {column: header.find(*declaration.labels[column.name]) for column in declaration.kind.columns}
    return {column: at for column, at in found.items() if at is not None}


def _is_shifted(row: HeadedRow, places: Mapping[TableColumn, int]) -> bool:
    """Whether a row has fewer cells than the header and a number stands for a text in one of them, or the reverse."""
    marks = row.marked.marks
    if row.marked.grid is not None or len(marks) >= row.header.width:
        return False
    for column, at in places.items():
        mark = marks[at] if at < len(marks) else EMPTY
        if mark != EMPTY and column.type.is_figure != (mark == NUMBER):
            return True
    return False


def _units(context: Context, panel: Panel, places: Mapping[TableColumn, int]) -> dict[TableColumn, str]:
    """The unit of each column of money: that in brackets in its header, else the caption's. Absent where neither is."""
    units: dict[TableColumn, str] = {}
    for column, at in places.items():
        if column.type is ValueType.MONEY:
            stated = (bracket_unit(context, cell.text) for cell in _cells_above(panel, at))
            unit = next(filter(None, stated), None) or context.money_unit
            if unit is not None:
                units[column] = unit
    return units


def _cells_above(panel: Panel, column: int) -> Iterator[Cell]:
    """The cells of the header above a column that hold anything, innermost first.

    One that is empty is the rest of what is merged to its left, where there is something below it.
    """
    above = reversed(panel.header.above[column] if panel.header.above else ())
    if all(row.grid is not None for row in panel.head):
        yield from (cell for cell in above if cell.text)
        return
    rows = {row.cells[0].row: row.cells for row in panel.head if row.cells}
    is_below = False
    for cell in above:
        filled = (other for other in reversed(rows[cell.row][: cell.column]) if other.text)
        found = cell if cell.text else next(filled, None) if is_below else None
        if found is not None:
            is_below = True
            yield found


def _value(
    context: Context, row: Span, column: TableColumn, cell: Cell | None, unit: str | None
) -> DeclaredValue | None:
    """What a row says in a column; absent where its cell is empty, or holds no number where one is due."""
    if not column.type.is_figure:
        text = context.label(cell)
        return None if text is None else DeclaredValue(column.name, text.text, None, None, text.span)
    figure = context.figure(cell, row, unit)
    return None if figure is None else DeclaredValue(column.name, figure.text, figure.value, unit, figure.span)
