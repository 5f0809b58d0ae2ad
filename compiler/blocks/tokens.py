"""Tokens of the block level: what readers hand to the parser.

A token is a range of the source with a type; the tokens of a text, joined, are the text. Tokens that only frame
(END_SECTION, TABLE_START, TABLE_END) have no characters.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from yusuan.ir.source import Box


@frozen(slots=True)
class BlockPlace:
    """Where a block lies, as far as its reader knows; plain text knows nothing of it.

    Attributes:
        row: of a cell, its row in the grid of its table, from 1; absent where no grid is known, and elsewhere.
        column: of a cell, its column in that grid, from 1; likewise.
        rowspan: how many rows of the grid the cell covers.
        colspan: how many columns of the grid the cell covers.
        page: the page, from 1; absent where the input has no pages.
        box: the rectangle on the page; absent where unknown.
        indent: how far its first line starts to the right of the others, in points; negative to the left; absent
            where unknown.
        size: the size of most of its letters, in points; absent where unknown.
        bold: whether most of its letters are bold; absent where unknown.
        level: of a paragraph that the file calls a heading, how deep it stands, from 1, the outermost; else absent.
    """

    row: int | None = None
    column: int | None = None
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None
    indent: float | None = None
    size: float | None = None
    bold: bool | None = None
    level: int | None = None


class BlockToken:
    """One token. Offsets are in characters of the source, the line is from 1.

    It has no more than it needs: 500,000 of them fit into memory.

    Attributes:
        type: the terminal's name.
        start: offset of the first character.
        end: offset after the last character, the line end included.
        line: line of the first character.
        value: what its lexer found out: a `LineClass` for headings and items, a mark for cells, a match in regions.
        place: where it lies on its page and in its table; absent for plain text.
    """

    __slots__ = ("end", "line", "place", "start", "type", "value")

    # One value instead of some of these would be made half a million times for nothing.
    def __init__(  # noqa: PLR0913
        self, type_: str, start: int, end: int, line: int, value: Any = None, place: BlockPlace | None = None
    ) -> None:
        self.type = type_
        self.start = start
        self.end = end
        self.line = line
        self.value = value
        self.place = place

    def __repr__(self) -> str:
        return f"{self.type}[{self.start}:{self.end}]"
