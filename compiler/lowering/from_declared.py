"""Tables of a declared kind: each row is what its columns say, see `yusuan.compiler.declared_tables`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yusuan.compiler.declared_tables import Declaration
from yusuan.compiler.lowering.context import Context
from yusuan.compiler.lowering.from_table import TOTALS, HeadedRow, Header, MarkedRow, Panel, bracket_unit, headed_rows
from yusuan.ir.declared import DeclaredColumn, DeclaredRow, DeclaredValue, ValueType
from yusuan.ir.nodes import Cell

_NOTE: Final = "<note>"
_EMPTY: Final = "-"
_NUMBER: Final = "#"


def lower_declared(context: Context, panel: Panel, declaration: Declaration, *, goes_on: bool) -> None:
    """A panel of a declared kind.

    Merged cells are carried down, behind a page (`goes_on`) too. A row that says nothing but what is carried down is
    none; nor is a remark below the table, nor a row that lacks cells and whose others show that they are not under
    their columns.
    """
    rows = context.records.declared.setdefault(declaration.kind.name, [])
    units = _units(context, panel, declaration)
    above = {value.column: value for value in rows[-1].values} if rows and goes_on else {}
    for row in headed_rows(context, panel):
        is_total = not TOTALS.isdisjoint(row.marked.marks[:2])
        if row.marked.marks[0] == _NOTE or (not is_total and _is_shifted(row, declaration)):
            continue
        values = []
        for column in declaration.kind.columns:
            value = _value(context, row, column, declaration, units)
            if value is None and column.name in declaration.merged and not is_total:
                value = above.get(column.name)
            if value is not None:
                values.append(value)
        if any(value.span.start >= row.marked.span.start for value in values):
            rows.append(DeclaredRow(is_total, tuple(values), row.marked.span))
            above = {value.column: value for value in values}


def holds_figures(row: MarkedRow, header: Header, declaration: Declaration) -> bool:
    """Whether no words stand where a figure is due: in the header of another table, they do."""
    for column in declaration.kind.columns:
        at = header.find(*declaration.labels[column.name]) if column.type.is_figure else None
        if at is None or at >= len(row.marks) or row.marks[at] in (_EMPTY, _NUMBER):
            continue
        text = row.cells[at].text
        if any(map(str.isalpha, text)) and not any(map(str.isdecimal, text)):
            return False
    return True


def _is_shifted(row: HeadedRow, declaration: Declaration) -> bool:
    """Whether a row has fewer cells than the header and a number stands for a text in one of them, or the reverse."""
    marks = row.marked.marks
    if len(marks) >= row.header.width:
        return False
    for column in declaration.kind.columns:
        at = row.header.find(*declaration.labels[column.name])
        mark = marks[at] if at is not None and at < len(marks) else _EMPTY
        if mark != _EMPTY and column.type.is_figure != (mark == _NUMBER):
            return True
    return False


def _units(context: Context, panel: Panel, declaration: Declaration) -> dict[str, str]:
    """The unit of each column of money: that in brackets in its header, else the caption's. Absent where neither is."""
    units: dict[str, str] = {}
    for column in declaration.kind.columns:
        if column.type is not ValueType.MONEY:
            continue
        at = panel.header.find(*declaration.labels[column.name])
        above = _cells_above(panel, at) if at is not None else ()
        stated = (bracket_unit(context, cell.text) for cell in above)
        unit = next(filter(None, stated), None) or context.money_unit
        if unit is not None:
            units[column.name] = unit
    return units


def _cells_above(panel: Panel, column: int) -> Iterator[Cell]:
    """The cells of the header above a column that hold anything, innermost first.

    One that is empty is the rest of what is merged to its left, where there is something below it.
    """
    rows = {row.cells[0].row: row.cells for row in panel.head if row.cells}
    is_below = False
    for cell in reversed(panel.header.above[column] if panel.header.above else ()):
        filled = (other for other in reversed(rows[cell.row][: cell.column]) if other.text)
        found = cell if cell.text else next(filled, None) if is_below else None
        if found is not None:
            is_below = True
            yield found


def _value(
    context: Context, row: HeadedRow, column: DeclaredColumn, declaration: Declaration, units: dict[str, str]
) -> DeclaredValue | None:
    """What a row says in a column; absent where its cell is empty, or holds no number where one is due."""
    cell = row.cell(*declaration.labels[column.name])
    if column.type is ValueType.TEXT:
        text = context.label(cell)
        return None if text is None else DeclaredValue(column.name, text.text, None, None, text.span)
    unit = units.get(column.name)
    figure = context.figure(cell, row.marked.span, unit)
    return None if figure is None else DeclaredValue(column.name, figure.text, figure.value, unit, figure.span)
