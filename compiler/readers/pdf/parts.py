"""A table while it is put together: the cells of one page, then those of the pages that go on with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import define, field

from yusuan.compiler.readers.pdf.lines import finished_line, gather_lines
from yusuan.compiler.readers.pdf.model import (
    LeftOut,
    PageBox,
    PrintedCell,
    PrintedLine,
    PrintedParagraph,
    PrintedTable,
    parts_of,
)
from yusuan.compiler.readers.pdf.placing import PageTable

# Edges of columns this near to each other are one.
SAME_EDGE: Final = 4.0
# A head has fewer rows than this.
MOST_HEAD: Final = 7

RowForm: TypeAlias = list[tuple[str, int, int]]
"""Text, first row and rowspan of each cell of a row."""


@define(eq=False)
class PartCell:
    """A cell with its lines; fields as in `PrintedCell`."""

    row: int
    column: int
    rowspan: int
    colspan: int
    lines: list[PrintedLine]
    boxes: list[PageBox]

    @property
    def text(self) -> str:
        return self.lines[0].text if len(self.lines) == 1 else "".join(parts_of([line.text for line in self.lines]))


@define(eq=False)
class TablePart:
    """A table of one page or more.

    Attributes:
        xs: where its columns are parted, outer edges included.
        rows: how many.
        cells: by row, then by column.
        boxes: what it covers, page by page.
        ruled: whether rules draw it.
        repeated: head rows and titles that later pages print again, left out.
        page_height: of its last page, in points.
        tail: the index from which on the cells stand that reach its last page.
    """

    xs: list[float]
    rows: int
    cells: list[PartCell]
    boxes: list[PageBox]
    ruled: bool
    page_height: float
    repeated: list[LeftOut] = field(factory=list)
    tail: int = 0
    _head: list[RowForm] = field(init=False, factory=list)

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def first_page(self) -> int:
        return self.boxes[0].page

    @property
    def last_page(self) -> int:
        return self.boxes[-1].page

    @property
    def head(self) -> list[RowForm]:
        """What its first rows say; that of its first page, whatever is put behind it."""
        if not self._head:
            self._head = [
                [(cell.text, cell.row, cell.rowspan) for cell in self.in_row(row)]
                for row in range(min(self.rows, MOST_HEAD))
            ]
        return self._head

    def in_row(self, row: int) -> list[PartCell]:
        """The cells that have a place in a row of its last page, from left to right."""
        found = [cell for cell in self.cells[self.tail :] if cell.row <= row < cell.row + cell.rowspan]
        found.sort(key=lambda cell: cell.column)
        return found

    def spread(self, xs: list[float]) -> None:
        """Parts the columns at further edges too."""
        if xs == self.xs:
            return
        place = [nearest(xs, x) for x in self.xs]
        for cell in self.cells:
            end = place[cell.column + cell.colspan]
            cell.column = place[cell.column]
            cell.colspan = end - cell.column
        self.xs = xs

    def finished(
        self, paragraphs: Callable[[Sequence[PrintedLine], float], tuple[PrintedParagraph, ...]]
    ) -> PrintedTable:
        """The table for the document; `paragraphs` makes those of a cell from its lines and its right edge."""
        return PrintedTable(
            self.rows,
            self.columns,
            tuple(
                PrintedCell(
                    cell.row,
                    cell.column,
                    cell.rowspan,
                    cell.colspan,
                    paragraphs(cell.lines, cell.boxes[0].x1) if cell.lines else (),
                    tuple(cell.boxes),
                )
                for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column))
            ),
            tuple(self.boxes),
            self.ruled,
        )


def nearest(xs: Sequence[float], x: float) -> int:
    """The index of the edge that is nearest to a place."""
    at = bisect_left(xs, x)
    if at == len(xs) or (at and x - xs[at - 1] < xs[at] - x):
        at -= 1
    return at


def part_of(table: PageTable, page_height: float, fold: Mapping[int, str]) -> TablePart:
    """The table of one page, the lines of its cells gathered."""
    grid, page = table.grid, table.page
    cells = []
    for area, runs in zip(grid.areas, table.contents, strict=True):
        lines = [finished_line(line, page, fold) for line in gather_lines(runs)] if runs else []
        box = PageBox(page, *grid.box(area))
        cells.append(PartCell(area.row, area.column, area.rowspan, area.colspan, lines, [box]))
    box = PageBox(page, grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1])
    return TablePart(grid.xs, len(grid.ys) - 1, cells, [box], table.ruled, page_height)
