"""Pages: what a page cut is joined by what a reader knows of the layout, tables and paragraphs of every kind alike.

A table goes on where the next one lies on the next page, in the same columns, with nothing between; the rows of its
header that it repeats there hold nothing. A paragraph goes on where the text of one page ends without a stop and that
of the next starts like no other paragraph. Readers leave running heads and page numbers out. Plain text knows no
layout: its tables are stitched by their headers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import define, evolve

from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.blocks.marks import EMPTY
from yusuan.compiler.blocks.tokens import BlockPlace, BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile

# How far, in points, the edges of one column may lie apart on two pages, and the sizes of one text.
_SAME_EDGE: Final = 4.0
_SAME_SIZE: Final = 0.6
# Rows that a caption and a header have at most.
_DEEPEST: Final = 8
_RUNNING: Final = frozenset({"TEXT", "ITEM"})


def join_pages(source: SourceFile, tokens: list[BlockToken], diagnostics: list[Diagnostic]) -> list[BlockToken]:
    """The tokens of a document with what a page cut as one; as they are where no page is known."""
    if not any(token.place is not None for token in tokens):
        return tokens
    return _Joiner(source, diagnostics).join(tokens)


@define(slots=True)
class _OpenTable:
    """The table that may go on, while nothing but blanks stands behind it.

    Attributes:
        head: its first rows.
        width: how many columns it has.
        edges: where its columns start on its last page, as far as known.
        last: its last cell.
        row: its last row.
    """

    head: list[list[BlockToken]]
    width: int
    edges: dict[int, float]
    last: BlockToken
    row: int

    @classmethod
    def of(cls, rows: list[list[BlockToken]]) -> _OpenTable | None:
        """A table; absent where the place of a cell is not known."""
        places = [cell.place for row in rows for cell in row if cell.place is not None]
        columns = [place.column + place.colspan for place in places if place.column]
        if len(columns) < sum(map(len, rows)) or not all(place.row for place in places):
            return None
        edges = {place.column: place.box[0] for place in places if place.column and place.box}
        return cls(rows[:_DEEPEST], max(columns) - 1, edges, rows[-1][-1], max(place.row or 0 for place in places))

    def goes_on_with(self, other: _OpenTable) -> bool:
        """Whether another table is the rest of this one: on the next page, in the same columns.

        A first row over the full width begins a table of its own: forms of one kind follow each other.
        """
        first = other.head[0]
        spans = first[0].place.colspan if first[0].place else 1
        if not _follows_page(self.last.place, first[0].place) or self.width != other.width:
            return False
        if len(first) == 1 and spans == self.width > 1:
            return False
        shared = self.edges.keys() & other.edges.keys()
        return all(abs(self.edges[column] - other.edges[column]) <= _SAME_EDGE for column in shared)


class _Joiner:
    def __init__(self, source: SourceFile, diagnostics: list[Diagnostic]) -> None:
        self._source = source
        self._diagnostics = diagnostics
        self._lexicon = lexicon()
        self._out: list[BlockToken] = []
        self._table: _OpenTable | None = None

    def join(self, tokens: list[BlockToken]) -> list[BlockToken]:
        """The tokens, joined."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "TABLE_START":
                end = next(end for end in range(at, len(tokens)) if tokens[end].type == "TABLE_END")
                self._add_table(tokens[at : end + 1])
                at = end
            elif not self._goes_on(token):
                self._out.append(token)
                self._table = self._table if token.type == "BLANK" else None
            at += 1
        return self._out

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _goes_on(self, token: BlockToken) -> bool:
        """Whether a token is the rest of the paragraph before it, which then holds it."""
        blanks = 1 if self._out and self._out[-1].type == "BLANK" else 0
        before = self._out[-1 - blanks] if len(self._out) > blanks else None
        if before is None or before.type not in _RUNNING or token.type != "TEXT":
            return False
        if before.place is None or token.place is None or not _is_one_text(before.place, token.place):
            return False
        start, end = line_classifier().content(self._source.text, before.start, before.end)
        if start == end or self._source.text[end - 1] in self._lexicon.stops:
            return False
        del self._out[len(self._out) - blanks :]
        before.end = token.end
        before.place = evolve(before.place, page=token.place.page)
        self._diagnostics.append(codes.BROKEN_PARAGRAPH.at(self._source.span(token.start, token.start)))
        return True

    # --- tables -------------------------------------------------------------------------------------------------------

    def _add_table(self, tokens: list[BlockToken]) -> None:
        rows = _rows(tokens)
        above, table = self._table, _OpenTable.of(rows)
        self._table = table
        if above is None or table is None or not above.goes_on_with(table):
            self._out.extend(tokens)
            return
        while self._out[-1].type != "ROW_END":
            self._out.pop()
        # What parts the pages is part of the last row's end.
        self._out[-1].end = tokens[0].end
        repeated = self._repeated(above.head, table.head)
        place = self._source.span(tokens[0].end, tokens[0].end)
        self._diagnostics.append((codes.REPEATED_HEADER if repeated else codes.CONTINUED_TABLE).at(place))
        for cell in (cell for row in rows[:repeated] for cell in row):
            cell.value = EMPTY
        self._move_below(rows, above.row)
        self._table = evolve(table, head=above.head, row=above.row + table.row)
        self._out.extend(tokens[1:])

    def _move_below(self, rows: list[list[BlockToken]], row: int) -> None:
        for cell in (cell for cells in rows for cell in cells):
            if cell.place is not None and cell.place.row is not None:
                cell.place = evolve(cell.place, row=cell.place.row + row)

    def _repeated(self, head: list[list[BlockToken]], rows: list[list[BlockToken]]) -> int:
        """How many of the first rows of a table are rows of the header of the one above once more."""
        known, behind = [list(map(self._said, row)) for row in head], [list(map(self._said, row)) for row in rows]
        if not any(cell.value.startswith("<") for cell in rows[0]) or behind[0] not in known:
            return 0
        # A caption stands above the header of the first page alone.
        pairs = zip(known[known.index(behind[0]) :], behind, strict=False)
        return next((at for at, (above, below) in enumerate(pairs) if above != below), len(behind))

    def _said(self, cell: BlockToken) -> tuple[int | None, int, str]:
        """What a cell says, and in which columns."""
        column, colspan = (cell.place.column, cell.place.colspan) if cell.place else (None, 1)
        return column, colspan, self._lexicon.fold(self._source.text[cell.start : cell.end])


def _rows(tokens: Iterable[BlockToken]) -> list[list[BlockToken]]:
    """The cells of each row of a table."""
    rows: list[list[BlockToken]] = [[]]
    for token in tokens:
        if token.type == "CELL":
            rows[-1].append(token)
        elif token.type == "ROW_END":
            rows.append([])
    return rows[:-1]


def _follows_page(before: BlockPlace | None, behind: BlockPlace | None) -> bool:
    """Whether a place is on the page behind another."""
    return before is not None and behind is not None and before.page is not None and behind.page == before.page + 1


def _is_one_text(before: BlockPlace, behind: BlockPlace) -> bool:
    """Whether two parts of a text can be one over a page's end: the second does not look like a paragraph's start."""
    if not _follows_page(before, behind) or (behind.indent or 0) > 0 or before.bold != behind.bold:
        return False
    return before.size is None or behind.size is None or abs(before.size - behind.size) <= _SAME_SIZE
