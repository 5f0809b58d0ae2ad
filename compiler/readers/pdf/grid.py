"""Rulings to tables: the grid that they draw, and the cells in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import define

from yusuan.compiler.readers.pdf.characters import GlyphRun
from yusuan.compiler.readers.pdf.rulings import Ruling

# Rulings this near to each other are one line, drawn twice or in pieces.
_SNAP: Final = 2.0
_JOIN: Final = 3.0
# Rulings that come this near to each other touch.
_TOUCH: Final = 3.0
# A ruling that ends this far beyond the outermost crossing one has a column of its own there: the table is open.
_OPEN: Final = 6.0
# More merged rulings than this on one page are a drawing.
MOST_RULINGS: Final = 4_000
MOST_PLACES: Final = 100_000


class Area(NamedTuple):
    """A cell of a grid: its first row and column, and how many it goes over."""

    row: int
    column: int
    rowspan: int
    colspan: int


@define(eq=False)
class RuledGrid:
    """A table as drawn.

    Attributes:
        xs, ys: where its columns and rows are parted, outer edges included; one more than columns and rows.
        areas: the cells, by row, then by column.
        owner: for each row and column, the index of the cell that has the place.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]
    owner: list[list[int]]

    @property
    def size(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def covers(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def at(self, x: float, y: float) -> int:
        """The index of the cell at a point of the grid."""
        row = bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1
        column = bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1
        return self.owner[row][column]

    def box(self, area: Area) -> tuple[float, float, float, float]:
        return (
            self.xs[area.column],
            self.ys[area.row],
            self.xs[area.column + area.colspan],
            self.ys[area.row + area.rowspan],
        )

    def place(self, runs: Sequence[GlyphRun]) -> list[list[GlyphRun]]:
        """The runs of each cell. A run belongs to the cell of its middle, as a whole."""
        contents: list[list[GlyphRun]] = [[] for _ in self.areas]
        for run in runs:
            contents[self.at((run.x0 + run.x1) / 2, (run.top + run.bottom) / 2)].append(run)
        return contents


def find_grids(level: Sequence[Ruling], upright: Sequence[Ruling]) -> list[RuledGrid]:
    """The tables that rulings draw, those of one cell too; from the smallest to the largest."""
    levels, uprights = merge(level), merge(upright)
    if not levels or not uprights or len(levels) + len(uprights) > MOST_RULINGS:
        return []
    grids = []
    for some_levels, some_uprights in _touching(levels, uprights):
        grid = _grid(some_levels, some_uprights)
        if grid is not None:
            grids.append(grid)
    grids.sort(key=lambda grid: grid.size)
    return grids


def merge(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings, those on one line at one position, their pieces put together where they meet."""
    ordered = sorted(rulings)
    merged: list[Ruling] = []
    first = 0
    for index in range(1, len(ordered) + 1):
        if (
            index < len(ordered)
            and ordered[index][0] - ordered[index - 1][0] <= _SNAP
            and ordered[index][0] - ordered[first][0] <= 2 * _SNAP
        ):
            continue
        merged += _pieces(ordered[first:index])
        first = index
    return merged


def _pieces(rulings: list[Ruling]) -> list[Ruling]:
    """The pieces of one line, put together where they meet."""
    if len(rulings) == 1:
        return rulings
    position = sum(ruling[0] for ruling in rulings) / len(rulings)
    pieces: list[Ruling] = []
    spans = sorted((start, end) for _, start, end in rulings)
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start - end <= _JOIN:
            end = max(end, next_end)
        else:
            pieces.append((position, start, end))
            start, end = next_start, next_end
    pieces.append((position, start, end))
    return pieces


def _touching(levels: list[Ruling], uprights: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """The rulings that hang together, group by group."""
    parent = list(range(len(levels) + len(uprights)))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    heights = [level[0] for level in levels]
    for index, (x, top, bottom) in enumerate(uprights, len(levels)):
        for at in range(bisect_left(heights, top - _TOUCH), bisect_right(heights, bottom + _TOUCH)):
            _, start, end = levels[at]
            # An upright ruling is the root of all that it has touched so far.
            if start - _TOUCH <= x <= end + _TOUCH and parent[at] != index:
                parent[root(at)] = index
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for index, ruling in enumerate(levels):
        groups.setdefault(root(index), ([], []))[0].append(ruling)
    for index, ruling in enumerate(uprights, len(levels)):
        groups.setdefault(root(index), ([], []))[1].append(ruling)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _grid(levels: list[Ruling], uprights: list[Ruling]) -> RuledGrid | None:
    """The grid of rulings that hang together; absent where they enclose nothing."""
    xs = _positions(uprights, min(level[1] for level in levels), max(level[2] for level in levels))
    ys = _positions(levels, min(upright[1] for upright in uprights), max(upright[2] for upright in uprights))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > MOST_PLACES:
        return None
    below = _walls(levels, ys, xs)
    beside = _walls(uprights, xs, ys)
    areas, owner = _areas(rows, columns, below, beside)
    return RuledGrid(xs, ys, areas, owner)


def _positions(rulings: list[Ruling], first: float, last: float) -> list[float]:
    """Where the rulings of one direction stand, and where those that cross them end if that is far outside."""
    positions = sorted({ruling[0] for ruling in rulings})
    if first < positions[0] - _OPEN:
        positions.insert(0, first)
    if last > positions[-1] + _OPEN:
        positions.append(last)
    return positions


def _walls(rulings: list[Ruling], across: list[float], along: list[float]) -> list[list[bool]]:
    """For each position across, which pieces along it have a wall: more than half of the piece is ruled."""
    index = {position: at for at, position in enumerate(across)}
    lengths = [end - start for start, end in pairwise(along)]
    ruled = [[0.0] * len(lengths) for _ in across]
    for position, start, end in rulings:
        line = ruled[index[position]]
        first, last = max(bisect_right(along, start) - 1, 0), min(bisect_left(along, end), len(lengths)) - 1
        for at in range(first + 1, last):
            line[at] += lengths[at]
        for at in {first, last} if first <= last else ():
            line[at] += min(end, along[at + 1]) - max(start, along[at])
    half = [length / 2 for length in lengths]
    return [[length > enough for length, enough in zip(line, half, strict=True)] for line in ruled]


def _areas(
    rows: int, columns: int, below: list[list[bool]], beside: list[list[bool]]
) -> tuple[list[Area], list[list[int]]]:
    """The cells: places that no wall parts, and which of them has each place."""
    owner = [[-1] * columns for _ in range(rows)]
    areas: list[Area] = []
    for row in range(rows):
        under, owned = below[row + 1], owner[row]
        for column in range(columns):
            if owned[column] >= 0:
                continue
            # What is above and on the left has an owner already.
            if under[column] and beside[column + 1][row]:
                owned[column] = len(areas)
                areas.append(Area(row, column, 1, 1))
            else:
                _claim(_rectangle(_region(row, column, owner, below, beside), row, column), areas, owner)
    return areas, owner


def _region(
    row: int, column: int, owner: list[list[int]], below: list[list[bool]], beside: list[list[bool]]
) -> set[tuple[int, int]]:
    """The free places that hang together with one."""
    rows, columns = len(owner), len(owner[0])
    found = {(row, column)}
    waiting = [(row, column)]
    while waiting:
        y, x = waiting.pop()
        near = []
        if x + 1 < columns and not beside[x + 1][y]:
            near.append((y, x + 1))
        if x and not beside[x][y]:
            near.append((y, x - 1))
        if y + 1 < rows and not below[y + 1][x]:
            near.append((y + 1, x))
        if y and not below[y][x]:
            near.append((y - 1, x))
        for place in near:
            if place not in found and owner[place[0]][place[1]] < 0:
                found.add(place)
                waiting.append(place)
    return found


def _rectangle(region: set[tuple[int, int]], row: int, column: int) -> Area:
    """The region, or where it has corners the part from its first place on: as wide, then as high as it can be."""
    width = 1
    while (row, column + width) in region:
        width += 1
    height = 1
    while all((row + height, at) in region for at in range(column, column + width)):
        height += 1
    return Area(row, column, height, width)


def _claim(area: Area, areas: list[Area], owner: list[list[int]]) -> None:
    for row in range(area.row, area.row + area.rowspan):
        owner[row][area.column : area.column + area.colspan] = [len(areas)] * area.colspan
    areas.append(area)
