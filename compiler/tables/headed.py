"""The rows of a panel, read by the columns of its header."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from yusuan.compiler.blocks.marks import NUMBER
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.tables.headers import Header
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell
from yusuan.ir.records import Figure

TOTALS: Final = frozenset({"<total>", "<grand_total>"})
"""The marks of a row of totals."""


class HeadedRow:
    """A row read by its header's columns."""

    __slots__ = ("_at", "_cells", "header", "marked")

    def __init__(self, marked: MarkedRow, header: Header) -> None:
        self.marked = marked
        self.header = header
        self._cells = marked.cells
        self._at = self._alignment()

    def _alignment(self) -> Callable[[int], int | None] | None:
        """From column to cell, absent where the one is the other.

        The label of a narrower total row covers the missing columns; else the row is cut.
        """
        cells, width = len(self._cells), self.header.width
        if self.marked.grid is None and cells < width and self.marked.marks[0] in TOTALS:
            missing = width - cells
            return lambda column: 0 if column == 0 else (column - missing if column > missing else None)
        if self.marked.grid is not None:
            return self.marked.place
        return None

    def cell(self, *identifiers: str) -> Cell | None:
        """The cell of the first column with one of these labels."""
        column = self.header.find(*identifiers)
        return None if column is None else self.at(column)

    def at(self, column: int) -> Cell | None:
        """The cell of a column."""
        at = column if self._at is None else self._at(column)
        return None if at is None or at >= len(self._cells) else self._cells[at]

    def is_across(self) -> bool:
        """Whether it is one cell of words across a table of several columns."""
        own, width = self.marked.row.cells, self.header.width
        if width == 1 or len(own) > 1 or self.marked.marks[0] == NUMBER:
            return False
        return self.marked.grid is None or own[0].colspan >= width

    def ends(self, *identifiers: str) -> bool:
        """Whether an empty cell begins, below a merged one that ended, in the first column with one of these labels."""
        column = self.header.find(*identifiers)
        return self.marked.ends(column) and self.marked.begins(column)

    def figure(self, context: Context, *identifiers: str) -> Figure | None:
        """The number in the first column with one of these labels."""
        return context.figure(self.cell(*identifiers), self.marked.span)


def headed_rows(context: Context, panel: Panel) -> Iterator[HeadedRow]:
    """The rows of a panel that hold anything, with a diagnostic for each that is cut short."""
    is_first = True
    for row in panel.rows:
        if row.is_empty() or (is_first and row.numbers_columns()):
            continue
        is_first = False
        cells, width = len(row.cells), panel.header.width
        if cells > 1 and row.width < width and row.marks[0] not in TOTALS:
            context.diagnostics.append(codes.SHORT_ROW.at(row.span, cells=cells, columns=width))
        yield HeadedRow(row, panel.header)
