"""Where something stands in the file, as people find it there: a page and a cell, where the input has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from yusuan.ir.nodes import Cell, Section, Table, tables_of
from yusuan.ir.source import Box, SourceMap, Span, around


@frozen(slots=True)
class GridCell:
    """A cell of a table whose grid is known.

    Attributes:
        cell: the cell.
        table: its table.
        start: where it starts in the text: at the TAB in front of what it says; where merged cells from above cover the
            row in front of it, at theirs.
    """

    cell: Cell
    table: Table
    start: int


def _start_of(place: GridCell) -> int:
    return place.start


@frozen
class FilePlaces:
    """The places of one input. Plain text has lines and columns and nothing else.

    Attributes:
        pages: where its characters stand on pages, if it has any.
        body: its tree, which may know cells; absent where it could not be read.
    """

    pages: SourceMap
    body: Section | None = field(default=None, repr=False)
    _rows: dict[int, Mapping[int, Sequence[Cell]]] = field(init=False, factory=dict, repr=False, eq=False)

    @cached_property
    def cells(self) -> list[GridCell]:
        """The cells of tables whose grid is known, in the order of the text."""
        tables = [] if self.body is None else [table for table in tables_of(self.body) if table.has_grid]
        found = []
        for table in tables:
            for row in table.rows:
                behind = row.span.start
                for cell in row.cells:
                    found.append(GridCell(cell, table, min(behind, cell.span.start - 1)))
                    behind = cell.span.end + 1
        return sorted(found, key=_start_of)

    @property
    def has_layout(self) -> bool:
        """Whether the input has pages, or tables whose grid is known."""
        return bool(self.pages.entries or self.cells)

    def cell(self, offset: int) -> GridCell | None:
        """The cell that a character stands in; absent outside of tables, and where no grid is known."""
        at = bisect_right(self.cells, offset, key=_start_of) - 1
        return self.cells[at] if at >= 0 and offset <= self.cells[at].cell.span.end else None

    def row(self, table: Table, row: int) -> Sequence[Cell]:
        """The cells that reach over a row of a table, from left to right; those that begin above it too."""
        known = self._rows.get(table.span.start)
        if known is None:
            known = self._rows[table.span.start] = _reaching(table)
        return known.get(row, ())

    def name(self, span: Span) -> str:
        """What a place is called: `p8:r7c3` in a table of a page, `p8` elsewhere on it, `12:r7c3` and `12:5` by the
        line where there are no pages. Pages, rows, columns and lines count from 1."""
        found = self.cell(span.start)
        within = f"r{found.cell.row}c{found.cell.column}" if found else ""
        if span.page is None:
            return f"{span.line}:{within or span.column}"
        return ":".join(filter(None, (f"p{span.page}", within)))

    def shows(self, span: Span) -> bool:
        """Whether the text has what stands at a place; of a page without text it has nothing."""
        return span.page is None or self.pages.page(span.start) == span.page

    def boxes(self, span: Span) -> Iterator[tuple[int, Box]]:
        """The pages of a range and the rectangles there that it stands in: of cells, and of lines outside of tables."""
        found = self.pages.within(span.start, span.end) if self.pages.entries else ()
        yield from ((place.page, place.box) for place in found if place.page is not None and place.box is not None)

    def box(self, span: Span) -> Box | None:
        """The rectangle around what a range says on its first page; absent where that is not known."""
        boxes = [box for page, box in self.boxes(span) if page == span.page]
        return around(boxes) if boxes else None


def _reaching(table: Table) -> Mapping[int, Sequence[Cell]]:
    """The cells that reach over each row of a table."""
    cells = sorted((cell for row in table.rows for cell in row.cells), key=lambda cell: cell.column)
    last = max((cell.row for cell in cells), default=0)
    found: dict[int, list[Cell]] = {}
    for cell in cells:
        for row in range(cell.row, min(cell.row + cell.rowspan, last + 1)):
            found.setdefault(row, []).append(cell)
    return found
