"""The columns of a header of any depth: the path of cells above each, and the labels among them.

Where the reader knows the grid, a cell stands above the columns that it covers. A text has lost how many those are:
there the rows of a header are laid below each other by their widths. A cell that goes on downwards is an empty one
below, and a cell over several columns has its own labels below it, so the number of labels says how wide it is; where
that leaves a choice, the header says of which columns.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate, groupby
from typing import Final

from attrs import field, frozen

from yusuan.compiler.blocks.marks import EMPTY
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.nodes import Cell

_LABEL: Final = "<"
# What a target stands for that has so many columns more than one.
_PARTS_OF_TARGET: Final = {1: ("target", "unit"), 2: ("operator", "value", "unit")}

# A column while headers are merged: the identifier of each label, empty for none, and its cell.
_Column = tuple[tuple[str, Cell], ...]


@frozen(slots=True)
class Header:
    """The columns of a panel.

    Attributes:
        columns: for each column the identifiers of its labels, outermost first (`("procurement_amount", "total")`).
        cells: for each column the cells that these labels stand in; empty where the header is not the document's own.
        above: for each column all cells of the header above it, outermost first; likewise.
        guessed: the cells whose columns nothing but the order of the labels tells.
    """

    columns: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...] = field(default=(), eq=False)
    above: tuple[tuple[Cell, ...], ...] = field(default=(), eq=False)
    guessed: tuple[Cell, ...] = field(default=(), eq=False)
    _places: dict[str, int] = field(init=False, eq=False, repr=False)

    @_places.default
    def _index(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for at, labels in enumerate(self.columns):
            if labels:
                places.setdefault(labels[-1], at)
        return places

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def find(self, *identifiers: str) -> int | None:
        """The first column whose innermost label is one of these; absent where none is."""
        for identifier in identifiers:
            at = self._places.get(identifier)
            if at is not None:
                return at
        return None

    def path(self, column: int) -> tuple[Cell, ...]:
        """The cells above a column that say anything, outermost first, each once: 2025年, 预算数, 合计.

        An empty cell beside a filled one goes on with it where both have something below: a text may keep the columns
        that a cell covers as empty ones.
        """
        if not self.above:
            return ()
        path: list[Cell] = []
        for depth, cell in enumerate(self.above[column]):
            said = cell if cell.text else self._beside(column, depth)
            if said is not None and said not in path:
                path.append(said)
        return tuple(path)

    def labelled(self, column: int) -> list[tuple[str, Cell]]:
        """The labels above a column with their cells, outermost first; none where the header is not the document's own.

        A label beside an empty cell that goes on with it is one of them.
        """
        if not self.above:
            return []
        known = {
            id(cell): label
            for labels, cells in zip(self.columns, self.cells, strict=True)
            for label, cell in zip(labels, cells, strict=True)
        }
        return [(known[id(cell)], cell) for cell in self.path(column) if id(cell) in known]

    def _beside(self, column: int, depth: int) -> Cell | None:
        """The filled cell to the left that an empty one goes on with."""
        if not any(cell.text for cell in self.above[column][depth + 1 :]) or self.above[column][depth].colspan > 1:
            return None
        for at in range(column - 1, -1, -1):
            cells = self.above[at]
            if depth >= len(cells) or cells[depth].row != self.above[column][depth].row:
                return None
            if cells[depth].text:
                return cells[depth] if any(cell.text for cell in cells[depth + 1 :]) else None
        return None


def compose(head: Sequence[MarkedRow], rows: Sequence[MarkedRow]) -> Header:
    """The columns of a header of one or more rows.

    Args:
        head: the rows of the header, one at least.
        rows: those below it; they tell of a target that has its parts in columns of their own.
    """
    guessed: list[Cell] = []
    if all(row.grid is not None for row in head):
        columns = _split_wide_target(_lay(head), rows)
    else:
        columns = [(label,) for label in _labels(head[0])]
        for below in head[1:]:
            columns = _spread(columns, below, guessed)
        columns = _split_target(columns, rows)
    return Header(
        tuple([tuple([label for label, _ in column if label]) for column in columns]),
        tuple([tuple([cell for label, cell in column if label]) for column in columns]),
        tuple([tuple([cell for _, cell in column]) for column in columns]),
        tuple(guessed),
    )


def _labels(row: MarkedRow) -> list[tuple[str, Cell]]:
    return [(_label(mark), cell) for mark, cell in zip(row.marks, row.cells, strict=True)]


def _label(mark: str) -> str:
    """The identifier of the label that a mark is; empty for any other."""
    return mark[1:-1] if mark.startswith(_LABEL) else ""


# --- by the grid ------------------------------------------------------------------------------------------------------


def _lay(head: Sequence[MarkedRow]) -> list[_Column]:
    """The columns of a header whose grid is known: each cell stands above the columns that it covers."""
    columns: list[_Column] = [() for _ in range(max(row.width for row in head))]
    for row in head:
        marks = dict(zip(map(id, row.cells), row.marks, strict=True))
        for cell in row.row.cells:
            for at in range(cell.column - 1, cell.column - 1 + cell.colspan):
                columns[at] = (*columns[at], (_label(marks[id(cell)]), cell))
    return columns


def _split_wide_target(columns: list[_Column], rows: Sequence[MarkedRow]) -> list[_Column]:
    """Where a header's target covers two columns or three, it stands for value and unit, or for operator too, unless
    the cells below are as wide as it.
    """
    innermost = [column[-1][0] if column else "" for column in columns]
    names = _PARTS_OF_TARGET.get(innermost.count("target") - 1)
    if names is None or not {"unit", "operator"}.isdisjoint(innermost):
        return columns
    at = innermost.index("target")
    cell = columns[at][-1][1]
    if cell.colspan != len(names) or (rows and all(row.place(at + 1) is None for row in rows)):
        return columns
    parted: list[_Column] = [(*columns[at][:-1], (name, cell)) for name in names]
    return [*columns[:at], *parted, *columns[at + len(names) :]]


# --- by widths --------------------------------------------------------------------------------------------------------


def _spread(columns: list[_Column], row: MarkedRow, guessed: list[Cell]) -> list[_Column]:
    """Lay a header row below another: an empty cell continues the column above, labels part merged cells.

    Args:
        columns: those of the rows above.
        row: the row.
        guessed: the cells that could stand above other labels of the row too are added.
    """
    labels = _labels(row)
    if len(labels) <= len(columns):
        if len(labels) < len(columns):
            guessed += (column[-1][1] for column in columns)
        return [(*column, *labels[at : at + 1]) for at, column in enumerate(columns)]
    widths, unsure = _widths(row, len(columns))
    guessed += (column[-1][1] for at, column in enumerate(columns) if at in unsure)
    spread: list[_Column] = []
    at = 0
    for above, width in enumerate(widths):
        outer = columns[above] if above < len(columns) else ()
        spread += ((*outer, label) for label in labels[at : at + width])
        at += width
    return spread + columns[len(widths) :]


def _widths(row: MarkedRow, count: int) -> tuple[list[int], Collection[int]]:
    """How many cells of a row stand below each of fewer cells above, and the places of those that are not sure.

    An empty cell goes on with one above. Labels below one cell differ. Where that leaves a choice, labels that repeat
    stand below a cell each time; else the last of some cells is above what labels are left over.
    """
    first, last = (_parted(row, count, as_long=as_long) for as_long in (False, True))
    if first == last:
        return (first, ()) if first else (_by_runs(row.marks, count), range(count))
    widths = _by_runs(row.marks, count)
    ends = [list(accumulate(one)) for one in (first, last)]
    same = [one == other for one, other in zip(*ends, strict=True)]
    return widths, [at for at in range(count) if not (same[at] and (at == 0 or same[at - 1]))]


def _parted(row: MarkedRow, count: int, *, as_long: bool) -> list[int]:
    """The widths of so many cells above a row, the first as long, or as short, as can be; none where none fit."""
    words = ["".join(cell.text.split()) for cell in row.cells]
    size = len(words)
    # How far the cells from each on may be below one, and how many cells above they need at least.
    reach, needed = [size] * size, [0] * (size + 1)
    nearest: dict[str, int] = {}
    end = size
    for at in range(size - 1, -1, -1):
        end = at + 1 if row.marks[at] == EMPTY else min(end, nearest.get(words[at], size))
        nearest[words[at]] = at
        reach[at] = end
        if row.marks[at] == EMPTY:
            end = at
        needed[at] = 1 + needed[reach[at]]
    widths: list[int] = []
    at = 0
    for left in range(count - 1, -1, -1):
        furthest = min(reach[at], size - left) if at < size else at
        if furthest <= at or needed[furthest] > left:
            return []
        to = furthest
        if not as_long:
            to = next(to for to in range(at + 1, furthest + 1) if needed[to] <= left)
        widths.append(to - at)
        at = to
    return widths if at == size else []


def _by_runs(marks: Sequence[str], count: int) -> list[int]:
    """Such widths where the labels leave a choice, or fit nowhere."""
    runs = [(is_empty, len(list(run))) for is_empty, run in groupby(marks, lambda mark: mark == EMPTY)]
    # How many cells above the runs of labels share between them.
    spare = count - marks.count(EMPTY)
    later = sum(not is_empty for is_empty, _ in runs)
    widths: list[int] = []
    at = 0
    for is_empty, length in runs:
        if is_empty:
            widths += [1] * length
        else:
            later -= 1
            cells = max(1, min(length, spare - later))
            spare -= cells
            width, over = divmod(length, cells)
            repeats = not over and marks[at : at + length] == [*marks[at : at + width]] * cells
            widths += [width] * cells if repeats else [*([1] * (cells - 1)), length - cells + 1]
        at += length
    return widths


def _split_target(columns: list[_Column], rows: Sequence[MarkedRow]) -> list[_Column]:
    """Where the rows have a cell or two more than the header, its target stands for value and unit, or for three."""
    widths = [len(row.marks) for row in rows if not row.is_empty()]
    if not widths:
        return columns
    extra = max(set(widths), key=lambda width: (widths.count(width), width)) - len(columns)
    innermost = [column[-1][0] for column in columns]
    names = _PARTS_OF_TARGET.get(extra)
    if names is None or "target" not in innermost or "unit" in innermost or "operator" in innermost:
        return columns
    at = innermost.index("target")
    return [*columns[:at], *(((name, columns[at][-1][1]),) for name in names), *columns[at + 1 :]]
