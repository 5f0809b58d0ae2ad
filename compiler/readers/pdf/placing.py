"""What stands on a page put in its place: runs into the cells of the tables, and into the lines between them."""

from __future__ import annotations

from typing import TypeAlias

from attrs import define

from yusuan.compiler.readers.pdf.alignment import find_aligned, part_rows
from yusuan.compiler.readers.pdf.characters import GlyphRun
from yusuan.compiler.readers.pdf.grid import RuledGrid, find_grids
from yusuan.compiler.readers.pdf.lines import RunLine, gather_lines
from yusuan.compiler.readers.pdf.pages import PdfPage

# A table whose text stands in one cell of this part of its area is a frame around prose.
_FRAME = 0.6


@define(eq=False)
class PageTable:
    """The part of a table that stands on one page.

    Attributes:
        page: its number, from 1.
        grid: its cells.
        contents: the runs of each cell, in the order of the grid's areas.
        ruled: whether rules draw it.
    """

    page: int
    grid: RuledGrid
    contents: list[list[GlyphRun]]
    ruled: bool = True

    @property
    def top(self) -> float:
        return self.grid.ys[0]

    @property
    def bottom(self) -> float:
        return self.grid.ys[-1]


Placed: TypeAlias = PageTable | RunLine


def place_page(page: PdfPage) -> list[Placed]:
    """Tables and lines of a page, from top to bottom."""
    grids = find_grids(page.drawing.level, page.drawing.upright)
    tables: list[PageTable] = []
    outside = page.runs
    for grid in grids:
        if len(grid.areas) < 2:
            continue
        inside: list[GlyphRun] = []
        rest: list[GlyphRun] = []
        for run in outside:
            (inside if grid.covers((run.x0 + run.x1) / 2, (run.top + run.bottom) / 2) else rest).append(run)
        contents = grid.place(inside)
        if _is_table(grid, contents):
            finer = part_rows(grid, contents)
            tables.append(
                PageTable(page.number, finer, finer.place(inside), False)
                if finer
                else PageTable(page.number, grid, contents)
            )
            outside = rest
    placed: list[Placed] = [*tables, *gather_lines(outside)]
    placed.sort(key=lambda each: each.top)
    return _with_aligned(placed, page.number)


def _with_aligned(placed: list[Placed], page: int) -> list[Placed]:
    """Tables and lines, the lines between two tables that are rows of a table without rulings put together."""
    found: list[Placed] = []
    lines: list[RunLine] = []
    for each in [*placed, None]:
        if isinstance(each, RunLine):
            lines.append(each)
            continue
        for line in find_aligned(lines):
            found.append(line if isinstance(line, RunLine) else PageTable(page, *line, ruled=False))
        lines = []
        if each is not None:
            found.append(each)
    return found


def _is_table(grid: RuledGrid, contents: list[list[GlyphRun]]) -> bool:
    """Whether a grid has text, and not all of it in a single cell that is nearly the whole."""
    written = [area for area, runs in zip(grid.areas, contents, strict=True) if runs]
    if len(written) != 1:
        return bool(written)
    x0, top, x1, bottom = grid.box(written[0])
    return (x1 - x0) * (bottom - top) < _FRAME * grid.size
