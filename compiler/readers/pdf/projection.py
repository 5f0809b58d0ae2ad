"""The text projection of a layout: its text in the form of INPUT_FORMAT (.docx, DOM), its blocks, and their places.

A paragraph is a line. A row is a TAB, the text and a line end for each cell, and an empty line; so is a table's end. A
cell that is merged over columns is one cell; below one that is merged over rows stand empty ones. Those are in the
text, but no blocks: they belong to what stands behind them in their row, so that it begins with its first cell.

All of it is tuples of plain values, which go from the engine's process to the other one at once.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from yusuan.compiler.readers.pdf.model import (
    DocumentLayout,
    PageBox,
    PrintedCell,
    PrintedLine,
    PrintedParagraph,
    PrintedTable,
    is_bold,
)

TEXT: Final = "TEXT"
BLANK: Final = "BLANK"
CELL: Final = "CELL"
ROW_END: Final = "ROW_END"
TABLE_START: Final = "TABLE_START"
TABLE_END: Final = "TABLE_END"

Rectangle: TypeAlias = tuple[float, float, float, float]


class ProjectedBlock(NamedTuple):
    """A block of the text.

    Attributes:
        type: its terminal.
        start, end: its offsets in the text.
        line: its first line, from 1.
        row, column: of a cell, its place in the table's grid, from 1; 0 elsewhere.
        rowspan, colspan: of a cell, how many rows and columns it covers.
        page: where it stands, from 1; of a paragraph that a page cuts, where it ends. 0 for what is not printed.
        box: its rectangle there; absent for what is not printed.
        indent: of a paragraph, how far right of the margin it starts, in points.
        size: of its first letters, in points; 0 without any.
        bold: whether its letters are bold.
    """

    type: str
    start: int
    end: int
    line: int
    row: int = 0
    column: int = 0
    rowspan: int = 1
    colspan: int = 1
    page: int = 0
    box: Rectangle | None = None
    indent: float = 0.0
    size: float = 0.0
    bold: bool = False


class ProjectedPlace(NamedTuple):
    """Where the text from an offset on stands."""

    start: int
    page: int
    box: Rectangle


class Omitted(NamedTuple):
    """Something printed that is not in the text: what it is (`Omission`), its text and its place."""

    kind: str
    text: str
    page: int
    box: Rectangle


class Projection(NamedTuple):
    """A document as text.

    Attributes:
        text: its text.
        blocks: in order, without gaps.
        places: of lines and cells, in order.
        omitted: what is not in the text.
        pages: how many.
        scans: the pages that are pictures and nothing else.
        damaged: the pages that could not be read.
        crowded: the pages of which a part was left out, since they have more than a report can have.
        aligned: the offsets of the tables that are known by alignment only.
        lost: how many characters lie beyond a page's edge, are not drawn, and have no code, in this order.
    """

    text: str
    blocks: tuple[ProjectedBlock, ...]
    places: tuple[ProjectedPlace, ...]
    omitted: tuple[Omitted, ...]
    pages: int
    scans: tuple[int, ...] = ()
    damaged: tuple[int, ...] = ()
    crowded: tuple[int, ...] = ()
    aligned: tuple[int, ...] = ()
    lost: tuple[int, int, int] = (0, 0, 0)


def project(layout: DocumentLayout) -> Projection:
    """The text projection of a layout."""
    writer = _Writer()
    for block in layout.blocks:
        if isinstance(block, PrintedTable):
            writer.write_table(block)
        else:
            writer.write_paragraph(block)
    pages = layout.pages
    return Projection(
        "".join(writer.pieces),
        tuple(writer.blocks),
        tuple(writer.places),
        tuple(Omitted(each.kind.value, each.text, each.box.page, _rectangle(each.box)) for each in layout.left_out),
        len(pages),
        tuple(page.number for page in pages if page.is_scan),
        tuple(page.number for page in pages if page.damaged),
        tuple(page.number for page in pages if page.crowded),
        tuple(writer.aligned),
        (sum(page.outside for page in pages), sum(page.hidden for page in pages), sum(page.unmapped for page in pages)),
    )


class _Writer:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.blocks: list[ProjectedBlock] = []
        self.places: list[ProjectedPlace] = []
        self.aligned: list[int] = []
        self._at = 0
        self._line = 1

    def write_paragraph(self, paragraph: PrintedParagraph) -> None:
        start, line = self._at, self._line
        self._write_lines(paragraph)
        self._write("\n")
        box = paragraph.lines[-1].box
        self.blocks.append(
            ProjectedBlock(
                TEXT,
                start,
                self._at,
                line,
                page=box.page,
                box=_around([each.box for each in paragraph.lines if each.box.page == box.page]),
                indent=paragraph.indent,
                size=paragraph.size,
                bold=paragraph.bold,
            )
        )

    def write_table(self, table: PrintedTable) -> None:
        if self.blocks and self.blocks[-1].type == BLANK:
            # Two tables have an empty paragraph between them: they would be one else.
            self._write("\n")
            self._belongs_to_last()
        if not table.ruled:
            self.aligned.append(self._at)
        self._mark(TABLE_START)
        rows: list[list[tuple[int, int]]] = [[] for _ in range(table.rows)]
        for index, cell in enumerate(table.cells):
            for row in range(cell.row, cell.row + cell.rowspan):
                rows[row].append((cell.column, index))
        for row, places in enumerate(rows):
            places.sort()
            self._write_row(row, [table.cells[index] for _, index in places])
        self._mark(TABLE_END)
        self._mark(BLANK, "\n")

    def _write_row(self, row: int, cells: list[PrintedCell]) -> None:
        """Write a row; `cells` are those that cover a place of it, from left to right."""
        start, line = self._at, self._line
        has_own = False
        for cell in cells:
            if cell.row < row:
                self._write("\t\n")
                continue
            self._write_cell(cell, start, line)
            start, line = self._at, self._line
            has_own = True
        self._write("\n")
        if has_own:
            self.blocks.append(ProjectedBlock(ROW_END, start, self._at, line))
        else:
            self._belongs_to_last()

    def _belongs_to_last(self) -> None:
        """What was written behind the last block is part of it."""
        self.blocks[-1] = self.blocks[-1]._replace(end=self._at)

    def _write_cell(self, cell: PrintedCell, start: int, line: int) -> None:
        """Write a cell; its block begins at an offset and line in front of it."""
        box = cell.boxes[0]
        rectangle = _rectangle(box)
        self.places.append(ProjectedPlace(start, box.page, rectangle))
        if cell.paragraphs:
            self._write("\t")
            for paragraph in cell.paragraphs:
                self._write_lines(paragraph, within=box)
                self._write("\n")
        else:
            self._write("\t\n")
        first = cell.paragraphs[0] if cell.paragraphs else None
        self.blocks.append(
            ProjectedBlock(
                CELL,
                start,
                self._at,
                line,
                cell.row + 1,
                cell.column + 1,
                cell.rowspan,
                cell.colspan,
                box.page,
                rectangle,
                size=first.size if first else 0.0,
                bold=first is not None and all(map(is_bold, cell.paragraphs)),
            )
        )

    def _write_lines(self, paragraph: PrintedParagraph, within: PageBox | None = None) -> None:
        """The text of a paragraph, and the place of each line; in a cell of those lines only that another page has."""
        if within is not None and len(paragraph.lines) == 1 and paragraph.lines[0].box.page == within.page:
            self._write(paragraph.lines[0].text)
            return
        before: PrintedLine | None = None
        for line, text in zip(paragraph.lines, paragraph.parts(), strict=True):
            if within is None or line.box.page not in (within.page, before.box.page if before else 0):
                self.places.append(ProjectedPlace(self._at, line.box.page, _rectangle(line.box)))
            self._write(text)
            before = line

    def _mark(self, type_: str, text: str = "") -> None:
        start, line = self._at, self._line
        self._write(text)
        self.blocks.append(ProjectedBlock(type_, start, self._at, line))

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self._at += len(text)
        self._line += text.count("\n")


def _rectangle(box: PageBox) -> Rectangle:
    return round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2)


def _around(boxes: list[PageBox]) -> Rectangle:
    return _rectangle(
        PageBox(
            boxes[0].page,
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
        )
    )
