"""Tables without rulings: columns by what stands below each other. What comes of it is marked as not ruled."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from unicodedata import east_asian_width

from attrs import evolve

from yusuan.compiler.readers.pdf.characters import GlyphRun
from yusuan.compiler.readers.pdf.grid import Area, RuledGrid
from yusuan.compiler.readers.pdf.lines import RunLine, gather_lines, line_text

# Lengths in sizes of the letters.
# A hole of this width parts columns; a gap that goes through all lines may be narrower.
_HOLE: Final = 1.5
_RIVER: Final = 0.8
# Lines of a table follow each other at most this far down.
_PITCH: Final = 3.5
_FEWEST_ROWS: Final = 3
# Of a column of figures, this part of what it has are figures; without such a column words are words.
_FIGURES: Final = 0.6
_FIGURE: Final = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?%?")
# Dots that lead the eye from a label to its number.
_DOTS: Final = ".․‥…·．"
_LEADER: Final = re.compile(rf"[{_DOTS}]{{4,}}|…{{2,}}")


def find_aligned(lines: Sequence[RunLine]) -> list[RunLine | tuple[RuledGrid, list[list[GlyphRun]]]]:
    """The lines of a page outside of tables, those that are rows of a table put together to its grid and contents."""
    found: list[RunLine | tuple[RuledGrid, list[list[GlyphRun]]]] = []
    group: list[tuple[RunLine, list[list[GlyphRun]]]] = []
    for line in lines:
        pieces = _pieces(line)
        if group and line.top - group[-1][0].top > _PITCH * max(line.runs[0].size, group[-1][0].runs[0].size):
            found += _closed(group)
            group = []
        if len(pieces) > 1:
            group.append((line, pieces))
        else:
            found += [*_closed(group), line]
            group = []
    return found + _closed(group)


def _pieces(line: RunLine) -> list[list[GlyphRun]]:
    """The runs of a line, parted at wide holes and at dots that lead on."""
    pieces: list[list[GlyphRun]] = []
    end = 0.0
    parted = True
    for run in line.runs:
        for part in _without_leader(run):
            # What is left of the dots at the start of the next run leads on too.
            text = part.text.lstrip(_DOTS) if parted and pieces else part.text
            if not text:
                parted = True
                continue
            if parted or part.x0 - end > _HOLE * run.size:
                pieces.append([])
            pieces[-1].append(part if text == part.text else evolve(part, text=text))
            parted = False
            end = part.x1
    return pieces


def _without_leader(run: GlyphRun) -> list[GlyphRun]:
    """A run, or what stands around the dots in it and, for the dots, a run without text."""
    leader = _LEADER.search(run.text)
    if not leader:
        return [run]
    before, behind = run.text[: leader.start()], run.text[leader.end() :]
    dots = evolve(run, text="")
    parts = [dots]
    if before:
        parts.insert(0, evolve(run, text=before, x1=min(run.x1, run.x0 + _width(before, run.size))))
    if behind:
        parts.append(evolve(run, text=behind, x0=max(run.x0, run.x1 - _width(behind, run.size))))
    return parts


def _width(text: str, size: float) -> float:
    """How wide a text is about: letters of the width of their form."""
    return sum(size if east_asian_width(char) in "WF" else size / 2 for char in text)


def _closed(
    group: list[tuple[RunLine, list[list[GlyphRun]]]],
) -> list[RunLine | tuple[RuledGrid, list[list[GlyphRun]]]]:
    """A group of lines with holes as a table, where it is one; else the lines."""
    table = _table([pieces for _, pieces in group]) if len(group) >= _FEWEST_ROWS else None
    return [table] if table else [line for line, _ in group]


def _table(rows: list[list[list[GlyphRun]]]) -> tuple[RuledGrid, list[list[GlyphRun]]] | None:
    """Rows of pieces as a grid with its contents; absent where they do not stand in columns, or have no figures."""
    columns = _columns(rows)
    if len(columns) < 2:
        return None
    contents: list[list[GlyphRun]] = [[] for _ in range(len(rows) * len(columns))]
    for row, pieces in enumerate(rows):
        for piece in pieces:
            middle = (piece[0].x0 + piece[-1].x1) / 2
            column = next(at for at, (_, end) in enumerate(columns) if middle <= end)
            contents[row * len(columns) + column] += piece
    if not _has_figures(contents, len(columns)):
        return None
    tops = [min(run.top for piece in pieces for run in piece) for pieces in rows]
    bottoms = [max(run.bottom for piece in pieces for run in piece) for pieces in rows]
    xs = [columns[0][0], *(start for start, _ in columns[1:]), columns[-1][1]]
    ys = [tops[0], *((low + high) / 2 for low, high in zip(bottoms, tops[1:], strict=False)), bottoms[-1]]
    return _plain_grid(xs, ys), contents


def _columns(rows: list[list[list[GlyphRun]]]) -> list[tuple[float, float]]:
    """Left and right of each column: what no gap parts that goes through all the rows."""
    spans = sorted((piece[0].x0, piece[-1].x1) for pieces in rows for piece in pieces)
    gap = _RIVER * min(piece[0].size for pieces in rows for piece in pieces)
    columns = [spans[0]]
    for start, end in spans[1:]:
        if start - columns[-1][1] < gap:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return columns


def _has_figures(contents: list[list[GlyphRun]], columns: int) -> bool:
    """Whether a column behind the first one consists of figures, and most of its places have one."""
    rows = len(contents) // columns
    for column in range(1, columns):
        texts = [line_text(runs) for runs in contents[column::columns] if runs]
        if 2 * len(texts) >= rows and sum(bool(_FIGURE.fullmatch(text)) for text in texts) >= _FIGURES * len(texts):
            return True
    return False


def _plain_grid(xs: list[float], ys: list[float]) -> RuledGrid:
    """A grid without merged cells."""
    rows, columns = len(ys) - 1, len(xs) - 1
    areas = [Area(row, column, 1, 1) for row in range(rows) for column in range(columns)]
    return RuledGrid(xs, ys, areas, [[row * columns + column for column in range(columns)] for row in range(rows)])


def part_rows(grid: RuledGrid, contents: list[list[GlyphRun]]) -> RuledGrid | None:
    """The grid with the rows that no ruling parts, but columns of figures show; absent where there are none.

    A figure that is too wide for its cell stands on two lines of one row: such lines are as wide as the cell.
    """
    stacks: dict[int, list[list[RunLine]]] = defaultdict(list)
    for index, runs in enumerate(contents):
        if len(runs) >= _FEWEST_ROWS and grid.areas[index].rowspan == 1:
            lines = _stacked_figures(grid.box(grid.areas[index]), runs)
            if lines:
                stacks[grid.areas[index].row].append(lines)
    merged = {row for area in grid.areas if area.rowspan > 1 for row in range(area.row, area.row + area.rowspan)}
    cuts = [cut for row, some in stacks.items() if row not in merged for cut in _cuts(some)]
    if not cuts:
        return None
    return _with_rows(grid, sorted([*grid.ys, *cuts]))


def _stacked_figures(box: tuple[float, float, float, float], runs: list[GlyphRun]) -> list[RunLine]:
    """The lines of a cell if they are several figures, one below the other; else nothing."""
    room = box[2] - box[0]
    lines = gather_lines(runs)
    fits = all(
        _FIGURE.fullmatch(line_text(line.runs)) and line.x1 - line.x0 < room - line.runs[0].size for line in lines
    )
    return lines if fits and len(lines) >= _FEWEST_ROWS else []


def _cuts(stacks: list[list[RunLine]]) -> list[float]:
    """Where two columns of figures or more say that rows are parted."""
    if len(stacks) < 2 or len({len(lines) for lines in stacks}) > 1:
        return []
    lines = stacks[0]
    return [(upper.bottom + lower.top) / 2 for upper, lower in itertools.pairwise(lines)]


def _with_rows(grid: RuledGrid, ys: list[float]) -> RuledGrid:
    """The grid parted at further heights: cells that go through a new line are parted there, merged ones are not."""
    place = {y: at for at, y in enumerate(ys)}
    areas: list[Area] = []
    for area in grid.areas:
        first, last = place[grid.ys[area.row]], place[grid.ys[area.row + area.rowspan]]
        if area.rowspan > 1:
            areas.append(Area(first, area.column, last - first, area.colspan))
        else:
            areas += [Area(row, area.column, 1, area.colspan) for row in range(first, last)]
    areas.sort(key=lambda area: (area.row, area.column))
    owner = [[0] * (len(grid.xs) - 1) for _ in range(len(ys) - 1)]
    for index, area in enumerate(areas):
        for row in range(area.row, area.row + area.rowspan):
            owner[row][area.column : area.column + area.colspan] = [index] * area.colspan
    return RuledGrid(grid.xs, ys, areas, owner)
