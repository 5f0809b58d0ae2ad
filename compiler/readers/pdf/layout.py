"""From the bytes of a PDF to the layout of its document, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.furniture import take_out_furniture
from yusuan.compiler.readers.pdf.lines import RunLine, finished_line
from yusuan.compiler.readers.pdf.model import (
    DocumentLayout,
    PageBox,
    PageInfo,
    PrintedLine,
    PrintedParagraph,
    ProjectedBlock,
)
from yusuan.compiler.readers.pdf.pages import PdfPage, read_pages
from yusuan.compiler.readers.pdf.paragraphs import Margins, cell_paragraphs, find_margins, gather_paragraphs
from yusuan.compiler.readers.pdf.parts import TablePart, part_of
from yusuan.compiler.readers.pdf.placing import PageTable, Placed, place_page
from yusuan.compiler.readers.pdf.stitching import Piece, stitch
from yusuan.compiler.readers.pdf.typography import Typography

# The longest known report has 142,000 characters and 20,000 cells.
MOST_CHARACTERS: Final = 2_000_000
MOST_CELLS: Final = 400_000


def read_layout(data: bytes, typography: Typography | None = None) -> DocumentLayout:
    """The layout of a PDF.

    Raises:
        PdfError: the bytes are no PDF that can be opened, or one that has more than any report.
    """
    pages: list[PdfPage] = []
    characters = 0
    for page in read_pages(data):
        pages.append(page)
        characters += sum(len(run.text) for run in page.runs)
        _bound(characters, MOST_CHARACTERS)
    return lay_out(pages, typography or Typography())


def lay_out(pages: Sequence[PdfPage], typography: Typography) -> DocumentLayout:
    """The layout of pages.

    Raises:
        PdfError: they have more cells than any report.
    """
    infos = tuple(map(_info, pages))
    left_out = take_out_furniture(pages, typography.fold)
    placed = {page.number: _with_lines(page, place_page(page), typography) for page in pages}
    margins = _margins(pages, placed)
    pieces: list[Piece] = []
    cells = 0
    for page in pages:
        own = _pieces(page, placed.pop(page.number), margins[page.number], typography)
        cells += sum(len(piece.cells) for piece in own if isinstance(piece, TablePart))
        _bound(cells, MOST_CELLS)
        pieces += own
    whole = stitch(pieces, margins, typography.is_numbered)
    for piece in whole:
        if isinstance(piece, TablePart):
            left_out += piece.repeated
    return DocumentLayout(infos, tuple(_finished(whole, typography)), tuple(left_out))


def _bound(count: int, most: int) -> None:
    if count > most:
        raise PdfError(PdfFault.TOO_LONG, f"{most:,}")


def _with_lines(page: PdfPage, placed: Iterable[Placed], typography: Typography) -> list[PrintedLine | PageTable]:
    return [finished_line(each, page.number, typography.fold) if isinstance(each, RunLine) else each for each in placed]


def _margins(pages: Sequence[PdfPage], placed: Mapping[int, Sequence[PrintedLine | PageTable]]) -> dict[int, Margins]:
    """The margins of each page; where it has little text, those of all pages as wide."""
    lines = {number: [each for each in some if isinstance(each, PrintedLine)] for number, some in placed.items()}
    together: dict[int, list[PrintedLine]] = defaultdict(list)
    for page in pages:
        together[round(page.width)] += lines[page.number]
    usual = {width: find_margins(some, width) for width, some in together.items()}
    return {page.number: find_margins(lines[page.number], page.width, usual[round(page.width)]) for page in pages}


def _pieces(
    page: PdfPage, placed: Iterable[PrintedLine | PageTable], margins: Margins, typography: Typography
) -> list[Piece]:
    """The paragraphs and tables of one page."""
    pieces: list[Piece] = []
    lines: list[PrintedLine] = []
    for each in [*placed, None]:
        if isinstance(each, PrintedLine):
            lines.append(each)
            continue
        pieces += gather_paragraphs(lines, margins, typography.is_numbered)
        lines = []
        if each is not None:
            pieces.append(part_of(each, page.height, typography.fold))
    return pieces


def _finished(pieces: Iterable[Piece], typography: Typography) -> Iterable[ProjectedBlock]:
    def paragraphs(lines: Sequence[PrintedLine], right: float) -> tuple[PrintedParagraph, ...]:
        return cell_paragraphs(lines, right, typography.is_numbered, typography.stops)

    for piece in pieces:
        yield piece.finished(paragraphs) if isinstance(piece, TablePart) else piece


def _info(page: PdfPage) -> PageInfo:
    characters, drawing = page.characters, page.drawing
    return PageInfo(
        page.number,
        page.width,
        page.height,
        sum(len(run.text) for run in page.runs),
        tuple(PageBox(page.number, *box) for box in drawing.pictures),
        characters.outside,
        characters.hidden,
        characters.unmapped,
        page.damaged,
        characters.crowded or drawing.crowded,
    )
