"""How a table is laid out on a page: its merged cells, the rows that head it, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import define, frozen

from yusuan.ir.nodes import Cell, Row, Table
from yusuan.ir.places import FilePlaces

_MOST_OF_HEAD: Final = 8
_NUMBER: Final = "0123456789.,-%％ "


@define(slots=True)
class LaidCell:
    """A cell with the rows and columns that it covers; absent at a place of the grid that no cell covers."""

    cell: Cell | None
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        return self.cell.text if self.cell else ""


@frozen(slots=True)
class LaidTable:
    """A table as a page shows it.

    Attributes:
        rows: its rows.
        head: how many of them head its columns; 0 where that is not plain to see.
        widths: how wide each column is as printed, in points; empty where that is not known.
    """

    rows: list[list[LaidCell]]
    head: int
    widths: tuple[float, ...]


def lay_out(table: Table, places: FilePlaces) -> LaidTable:
    """A table as a page shows it; `places` knows where its cells are printed."""
    if not table.has_grid:
        return LaidTable(list(_merged(table)), 0, ())
    return LaidTable(list(_laid(table)), _head(table), _widths(table, places))


def is_number(printed: str) -> bool:
    """Whether a cell holds a figure and nothing else."""
    return bool(printed) and printed.strip(_NUMBER) == "" and any(char.isdecimal() for char in printed)


def _width(table: Table) -> int:
    return max((cell.column - 1 + cell.colspan for row in table.rows for cell in row.cells), default=0)


def _head(table: Table) -> int:
    """How many rows head the columns: titles over the whole width, then the first row with all that is merged with it
    or stands below a heading over several columns. It is a head only of columns of figures, and has none itself."""
    width, rows = _width(table), table.rows
    first = next((at for at, row in enumerate(rows) if not _is_title(row, width)), len(rows))
    end = first
    while end < min(len(rows) - 1, first + _MOST_OF_HEAD):
        cells = [cell for row in rows[first : end + 1] for cell in row.cells]
        reach = max((cell.row + cell.rowspan - 1 for cell in cells), default=0)
        following = rows[end + 1].cells
        is_below = any(cell.colspan > 1 for cell in rows[end].cells)
        if not is_below and (not following or following[0].row > reach):
            return end + 1 if _heads_figures(rows[first : end + 1], rows[end + 1 :]) else 0
        end += 1
    return 0


def _is_title(row: Row, width: int) -> bool:
    return len(row.cells) == 1 and row.cells[0].colspan == width > 1


def _heads_figures(head: Sequence[Row], body: Sequence[Row]) -> bool:
    """Whether no cell of a head is a figure, and those of some column below it are."""
    if any(is_number(cell.text) for row in head for cell in row.cells):
        return False
    said: dict[int, list[bool]] = {}
    for row in body:
        for cell in row.cells:
            if cell.text and cell.colspan == 1:
                said.setdefault(cell.column, []).append(is_number(cell.text))
    return any(2 * sum(figures) > len(figures) for figures in said.values())


def _widths(table: Table, places: FilePlaces) -> tuple[float, ...]:
    """How wide the columns are, by the first cell of each that stands in it alone; nothing where one has none."""
    found: dict[int, float] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.colspan == 1 and cell.column not in found:
                box = places.box(cell.span)
                if box is not None:
                    found[cell.column] = box[2] - box[0]
    wanted = range(1, _width(table) + 1)
    return tuple(found[column] for column in wanted) if all(found.get(column, 0) > 0 for column in wanted) else ()


def _laid(table: Table) -> Iterator[list[LaidCell]]:
    """The rows of a table whose grid is known."""
    width = _width(table)
    # The cells that reach down: their first column, the one behind them, and their last row.
    tall: list[tuple[int, int, int]] = []
    for row in table.rows:
        cells = sorted(row.cells, key=lambda cell: cell.column)
        tall = sorted(one for one in tall if cells and one[2] >= cells[0].row)
        shown: list[LaidCell] = []
        column = 1
        for cell in cells:
            shown += [*_free(tall, column, cell.column), LaidCell(cell, cell.rowspan, cell.colspan)]
            column = max(column, cell.column + cell.colspan)
        yield [*shown, *_free(tall, column, width + 1)]
        tall += [
            (cell.column, cell.column + cell.colspan, cell.row + cell.rowspan - 1) for cell in cells if cell.rowspan > 1
        ]


def _free(tall: Sequence[tuple[int, int, int]], start: int, stop: int) -> Iterator[LaidCell]:
    """The places from a column up to another that no cell covers."""
    for first, behind, _ in tall:
        if start < min(first, stop):
            yield LaidCell(None, 1, min(first, stop) - start)
        start = max(start, behind)
    if start < stop:
        yield LaidCell(None, 1, stop - start)


def _merged(table: Table) -> Iterator[list[LaidCell]]:
    """The rows of a table, its merged cells merged again.

    As text, a cell that is merged over columns makes its row shorter, one that is merged over rows leaves empty cells
    at the beginning of the rows below. Which cell of a short row was the wide one is not said: the last is taken.
    """
    width = max((len(row.cells) for row in table.rows), default=0)
    rows = [[LaidCell(cell, cell.rowspan, cell.colspan) for cell in row.cells] for row in table.rows]
    for row in rows:
        if row:
            row[-1].columns += max(0, width - sum(one.columns for one in row))
    kept = rows[:1]
    covering = rows[0] if rows else []
    for (above, below), cells in zip(pairwise(table.rows), rows[1:], strict=True):
        leading = _leading(above, below)
        for at in range(leading):
            covering[at].rows += 1
        covering = [*covering[:leading], *cells[leading:]]
        kept.append(cells[leading:])
    yield from kept


def _leading(above: Row, row: Row) -> int:
    """How many empty cells a row begins with that belong to those above them; none where nothing else stands in it."""
    if len(above.cells) != len(row.cells):
        return 0
    count = next((at for at, cell in enumerate(row.cells) if cell.text), len(row.cells))
    return count if 0 < count < len(row.cells) else 0
