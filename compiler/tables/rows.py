"""The rows of a table, from its tokens: cells with their marks, and their places where the reader knows its grid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from attrs import define, field, frozen

from yusuan.compiler.blocks.marks import EMPTY, NUMBER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import Lexicon
from yusuan.ir.nodes import Cell, Row
from yusuan.ir.quick import maker
from yusuan.ir.source import SourceFile, Span

_span: Final = maker(Span)
_cell: Final = maker(Cell)
# Fewer numbers in a row may be figures.
_FEWEST_COLUMNS: Final = 3
_OF_COLUMN_NUMBERS: Final = frozenset({EMPTY, NUMBER, "<column_number>"})
_COUNTED: Final = re.compile(r"[0-9]{1,3}(?![0-9.,%])")
# One empty cell in front of a row says that it belongs to none of what stands above it.
_FEWEST_IN_FRONT: Final = 2


@frozen(slots=True)
class GridRow:
    """Where the cells of a row lie in the grid of their table.

    Attributes:
        cells: the row's own cells and, where one above covers its place, an empty cell; from left to right.
        columns: for each of them the column, from 0, that it starts at.
        width: the column behind the last of them.
        ended: the columns in which a merged cell above has ended: an empty cell there does not go on with it.
    """

    cells: tuple[Cell, ...]
    columns: Mapping[int, int]
    width: int
    ended: frozenset[int]


@define(slots=True)
class MarkedRow:
    """A row with the marks of its cells.

    Attributes:
        row: the row of the document.
        marks: for each of `cells` its mark.
        grid: where the cells lie; absent where the reader does not know, as of plain text.
    """

    row: Row
    marks: list[str]
    grid: GridRow | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The row's cells; in a grid with an empty one at each place that a cell above covers."""
        return self.row.cells if self.grid is None else self.grid.cells

    @property
    def span(self) -> Span:
        """Where the row stands, from its first cell's TAB."""
        return self.row.span

    @property
    def width(self) -> int:
        """How many columns the row has."""
        return len(self.row.cells) if self.grid is None else self.grid.width

    def place(self, column: int) -> int | None:
        """The place among `cells` of the one that starts at a column, from 0; absent where none does."""
        if self.grid is not None:
            return self.grid.columns.get(column)
        return column if column < len(self.row.cells) else None

    def ends(self, column: int | None) -> bool:
        """Whether a merged cell is known to have ended above, in a column that the row leaves empty."""
        return self.grid is not None and column in self.grid.ended

    def begins(self, column: int | None) -> bool:
        """Whether no cell of a row above covers the place of a column; nothing is known to, where there is no grid."""
        if self.grid is None or column not in self.grid.columns:
            return True
        return any(cell.column - 1 == column for cell in self.row.cells)

    def is_empty(self) -> bool:
        """Whether no cell of the row holds anything."""
        return self.marks.count(EMPTY) == len(self.marks)

    def numbers_columns(self) -> bool:
        """Whether the row holds nothing but the numbers of the columns: 1, 2, 3 and so on, behind 栏次 or **."""
        if not set(self.marks) <= _OF_COLUMN_NUMBERS:
            return False
        numbers = [cell.text for cell, mark in zip(self.cells, self.marks, strict=True) if mark != EMPTY]
        counted = [int(number[0]) for number in map(_COUNTED.match, numbers) if number]
        fewest = _FEWEST_COLUMNS if len(counted) == len(numbers) else 1
        return len(counted) >= fewest and counted == list(range(1, len(counted) + 1))


def are_alike(above: Sequence[MarkedRow], rows: Sequence[MarkedRow], width: int) -> bool:
    """Whether rows have the width of those above, and numbers or words in each column where those have such."""
    if any(row.width != width for row in rows):
        return False
    known = [_numbers(row) for row in above if not row.is_empty() and not row.numbers_columns()]
    of_rows = [_numbers(row) for row in rows]
    for column in range(width):
        before = {numbers[column] for numbers in known if column in numbers}
        behind = {numbers[column] for numbers in of_rows if column in numbers}
        if before and behind and before.isdisjoint(behind):
            return False
    return bool(known)


def _numbers(row: MarkedRow) -> dict[int, bool]:
    """For each column of a row that holds something, whether it is a number."""
    if row.grid is None:
        return {column: mark == NUMBER for column, mark in enumerate(row.marks) if mark != EMPTY}
    places = {column: row.place(column) for column in range(row.width)}
    marks = {column: row.marks[place] for column, place in places.items() if place is not None}
    return {column: mark == NUMBER for column, mark in marks.items() if mark != EMPTY}


class RowBuilder:
    """Builds the rows of one document's tables."""

    def __init__(self, source: SourceFile, lexicon: Lexicon) -> None:
        self._source = source
        self._text = source.text
        self._blanks = lexicon.blanks
        self._marks = lexicon.marks
        self._is_clean = "[" not in source.text and "\r" not in source.text

    def rows(self, rows: Sequence[Sequence[BlockToken]]) -> list[MarkedRow]:
        """The rows of a table.

        Args:
            rows: the CELL tokens of each row, at least one.
        """
        if all(token.place is not None and token.place.column is not None for cells in rows for token in cells):
            grid = _Grid()
            return [grid.lay(self._row(number, cells)) for number, cells in enumerate(rows, start=1)]
        return [self._row(number, cells) for number, cells in enumerate(rows, start=1)]

    def _row(self, number: int, tokens: Sequence[BlockToken]) -> MarkedRow:
        cells = self._cells(number, tokens)
        first = tokens[0]
        span = self._source.span(first.start, max(cells[-1].span.end, first.start), first.line)
        return MarkedRow(Row(tuple(cells), span), [token.value for token in tokens])

    def _cells(self, row: int, tokens: Sequence[BlockToken]) -> list[Cell]:
        """The cells of a row; in one loop, since a report has thousands."""
        source, blanks, starts = self._text, self._blanks, self._source.line_starts
        position, page = self._source.position, self._source.places.page if self._source.places.entries else None
        is_clean = self._is_clean
        cells: list[Cell] = []
        for column, token in enumerate(tokens, start=1):
            first = token.start
            raw = source[first : token.end]
            text = raw.strip(blanks)
            place, line = token.place, token.line
            if text:
                start = first + raw.find(text)
                end = start + len(text)
                if not is_clean:
                    text = self._cleaned(text)
                is_on_line = text and ((raw[0] == "\t" and start == first + 1) or source.find("\n", first, start) < 0)
            elif place is None and raw[:1] == "\t":
                start = end = first + 1
                is_on_line = True
            else:
                start = end = first + _behind_tab(raw, token)
                is_on_line = False
            if not is_on_line:
                line, _ = position(start)
            span = _span(start, end, line, start - starts[line - 1] + 1, page(start) if page else None)
            if place is None:
                cells.append(_cell(row, column, 1, 1, text, span))
            else:
                at = place.row or row, place.column or column, place.rowspan, place.colspan
                cells.append(_cell(*at, text, span))
        return cells

    def _cleaned(self, text: str) -> str:
        """The text of a cell without marks and notes, its lines parted by line feeds."""
        if "[" in text:
            text = self._marks.sub("", text).strip(self._blanks)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _behind_tab(raw: str, token: BlockToken) -> int:
    """Where an empty cell stands in its characters: behind its TAB.

    Where the grid is known, cells that one above covers may stand in front, empty ones too.
    """
    tab = max(0, raw.rfind("\t")) if token.place is not None else 0
    return tab + (raw[tab : tab + 1] == "\t")


class _Words(NamedTuple):
    """The last words of a column: the last row that their cell reaches, and whether it is merged down the rows."""

    last: int
    is_merged: bool


@define(slots=True)
class _Grid:
    """Lays the rows of a table into its grid, from top to bottom."""

    # By the column where a cell starts: the last row that it covers, and how many columns.
    _covered: dict[int, tuple[int, int]] = field(factory=dict)
    _words: dict[int, _Words] = field(factory=dict)
    _above: Cell | None = None

    def lay(self, marked: MarkedRow) -> MarkedRow:
        """A row with its grid."""
        own = marked.row.cells
        number = own[0].row
        laid = {cell.column - 1: (cell, mark) for cell, mark in zip(own, marked.marks, strict=True)}
        span = marked.span
        for column, (last, colspan) in self._covered.items():
            if last >= number and column not in laid:
                nowhere = Span(span.start, span.start, span.line, span.column, span.page)
                laid[column] = Cell(number, column + 1, 1, colspan, "", nowhere), EMPTY
        if not marked.is_empty():
            is_cut = self._is_cut(own)
            for cell in own:
                self._note(cell, is_cut=is_cut)
            self._above = own[0]
        columns = sorted(laid)
        cells = tuple(laid[column][0] for column in columns)
        grid = GridRow(
            cells,
            {column: at for at, column in enumerate(columns)},
            max(cell.column - 1 + cell.colspan for cell in cells),
            frozenset(column for column, words in self._words.items() if words.is_merged and words.last < number),
        )
        return MarkedRow(marked.row, [laid[column][1] for column in columns], grid)

    def _is_cut(self, own: Sequence[Cell]) -> bool:
        """Whether what stands between a row and the one above ends none of the merged cells: the end of a page.

        So does the rule of a page that the table was copied from: it goes through the merged cells in front, whose
        rest below it is empty.
        """
        above = self._above
        if above is None or own[0].span.page != above.span.page:
            return above is not None
        front = list(takewhile(lambda cell: not cell.text, own))
        are_in_front = _FEWEST_IN_FRONT <= len(front) < len(own) and any(cell.rowspan > 1 for cell in front)
        return are_in_front and all(self._ended(cell, above) for cell in front)

    def _ended(self, cell: Cell, above: Cell) -> bool:
        """Whether the words of the cell above another one go down to its row and no further."""
        words = self._words.get(cell.column - 1)
        return words is not None and words.last == above.row

    def _note(self, cell: Cell, *, is_cut: bool) -> None:
        """Keep what a cell covers of the rows below; an empty one goes on with that above where cells are cut."""
        column, last = cell.column - 1, cell.row + cell.rowspan - 1
        self._covered[column] = last, cell.colspan
        words, above = self._words.get(column), self._above
        if cell.text:
            self._words[column] = _Words(last, cell.rowspan > 1)
        elif is_cut and words is not None and above is not None and self._ended(cell, above):
            self._words[column] = _Words(last, words.is_merged or cell.rowspan > 1)
