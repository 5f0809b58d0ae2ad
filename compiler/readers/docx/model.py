"""What a Word file says, block by block, before it is text. Rows and columns are counted from 0."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import define


class WordLoss(Enum):
    """What stands in a file and not in its text."""

    CHUNK = "chunk"
    OBJECT = "object"
    DIAGRAM = "diagram"
    SYMBOL = "symbol"
    FORMULA = "formula"
    NUMBER = "number"
    PICTURE = "picture"
    DELETED = "deleted"
    HIDDEN = "hidden"


@define(slots=True)
class WordParagraph:
    """A paragraph, or the part of one up to a line break.

    Attributes:
        text: on one line; empty for an empty paragraph.
        part: the part of the file that it stands in; empty for the main one.
        left_out: what stands in it and is not in the text.
        level: its level in the outline, from 0; absent for the body of the text.
    """

    text: str
    part: str = ""
    left_out: tuple[WordLoss, ...] = ()
    level: int | None = None

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@define(slots=True)
class WordCell:
    """A cell.

    Attributes:
        row, column: its first row and column.
        rowspan, colspan: how many it goes over.
        blocks: what stands in it.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    blocks: list[WordBlock]

    @property
    def is_blank(self) -> bool:
        return all(isinstance(block, WordParagraph) and block.is_blank for block in self.blocks)


@define(slots=True)
class WordTable:
    """A table.

    Attributes:
        rows: how many.
        cells: by row, then by column, of their first places.
        notes: the notes that are called in it.
    """

    rows: int
    cells: list[WordCell]
    notes: list[WordBlock]

    @property
    def columns(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)


WordBlock: TypeAlias = WordParagraph | WordTable
