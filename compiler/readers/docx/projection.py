"""The blocks of a Word file as text and block tokens, in the form of INPUT_FORMAT (.docx, DOM).

A paragraph is a line. A row is a TAB, the text and a line end for each cell, and an empty line; so is a table's end. A
cell that is merged over columns is one cell; below one that is merged over rows stand empty ones, which are in the text
and no blocks: they belong to what stands in front of them.
"""

from __future__ import annotations

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockPlace, BlockToken
from yusuan.compiler.readers.docx.model import WordBlock, WordCell, WordLoss, WordParagraph, WordTable
from yusuan.ir.source import FilePlace


@frozen(slots=True)
class WordText:
    """A Word file as text.

    Attributes:
        text: its text.
        tokens: its blocks, in order and without gaps.
        places: which part of the file the text stands in.
        left_out: of each kind of what is not in the text, the offset where the first would stand, and how many.
    """

    text: str
    tokens: list[BlockToken]
    places: tuple[FilePlace, ...]
    left_out: dict[WordLoss, tuple[int, int]]


def project(blocks: list[WordBlock], main: str) -> WordText:
    """The text of some blocks; `main` is what the main part of the file is called."""
    writer = _Writer(main)
    for block in blocks:
        if isinstance(block, WordTable):
            writer.write_table(block)
        else:
            writer.write_paragraph(block)
    return WordText("".join(writer.pieces), writer.tokens, tuple(writer.places), writer.left_out)


class _Writer:
    def __init__(self, main: str) -> None:
        self.pieces: list[str] = []
        self.tokens: list[BlockToken] = []
        self.places: list[FilePlace] = []
        self.left_out: dict[WordLoss, tuple[int, int]] = {}
        self._main = main
        self._part: str | None = None
        self._at = 0
        self._line = 1

    def write_paragraph(self, paragraph: WordParagraph) -> None:
        self._enter(paragraph)
        if paragraph.is_blank:
            self._add("BLANK", f"{paragraph.text}\n")
            return
        place = None if paragraph.level is None else BlockPlace(level=paragraph.level + 1)
        self._add("TEXT", f"{paragraph.text}\n", place)

    def write_table(self, table: WordTable) -> None:
        self._add("TABLE_START")
        rows: list[list[WordCell]] = [[] for _ in range(table.rows)]
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                rows[row].append(cell)
        for row, cells in enumerate(rows):
            for cell in sorted(cells, key=_column):
                self._write_cell(cell, row)
            self._add("ROW_END", "\n")
        self._add("TABLE_END")
        self._add("BLANK", "\n")
        for note in table.notes:
            if isinstance(note, WordTable):
                self.write_table(note)
            else:
                self.write_paragraph(note)

    def _write_cell(self, cell: WordCell, row: int) -> None:
        if cell.row < row:
            self._write("\t\n")
            self.tokens[-1].end = self._at
            return
        lines = []
        for paragraph in cell.blocks:
            assert isinstance(paragraph, WordParagraph), "tables in tables are unfolded"
            self._enter(paragraph)
            if not paragraph.is_blank:
                lines.append(paragraph.text)
        place = BlockPlace(cell.row + 1, cell.column + 1, cell.rowspan, cell.colspan)
        self._add("CELL", "\t" + "\n".join(lines) + "\n", place)

    def _enter(self, paragraph: WordParagraph) -> None:
        """The part that a paragraph stands in, and what is left out there."""
        if paragraph.part != self._part:
            self._part = paragraph.part
            self.places.append(FilePlace(self._at, path=self._part or self._main))
        for kind in paragraph.left_out:
            first, count = self.left_out.get(kind, (self._at, 0))
            self.left_out[kind] = first, count + 1

    def _add(self, kind: str, text: str = "", place: BlockPlace | None = None) -> None:
        start, line = self._at, self._line
        self._write(text)
        self.tokens.append(BlockToken(kind, start, self._at, line, place=place))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self._at += len(text)
        self._line += text.count("\n")


def _column(cell: WordCell) -> int:
    return cell.column
