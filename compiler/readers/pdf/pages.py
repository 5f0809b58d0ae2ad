"""A PDF, page by page: the characters as runs, the rulings and the pictures, all in coordinates as displayed."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from yusuan.compiler.readers.pdf.characters import GlyphRun, PageCharacters, read_characters
from yusuan.compiler.readers.pdf.pdfium import displayed, open_document, open_page, page_size
from yusuan.compiler.readers.pdf.rulings import Drawing, read_drawing


@define
class PdfPage:
    """What stands on a page, in points; the origin is at the top left of the page as displayed.

    Attributes:
        number: from 1.
        width, height: as displayed.
        characters: the runs, and what is no text.
        drawing: rulings and pictures.
        damaged: whether the engine could not read the page; it then has nothing.
    """

    number: int
    width: float
    height: float
    characters: PageCharacters = field(factory=PageCharacters)
    drawing: Drawing = field(factory=Drawing)
    damaged: bool = False

    @property
    def runs(self) -> list[GlyphRun]:
        return self.characters.runs


def read_pages(data: bytes) -> Iterator[PdfPage]:
    """The pages of a PDF in their order.

    Raises:
        PdfError: the bytes are no PDF that can be opened.
    """
    with open_document(data) as (document, count):
        for index in range(count):
            with open_page(document, index) as handles:
                if handles is None:
                    yield PdfPage(index + 1, 0.0, 0.0, damaged=True)
                    continue
                page, text = handles
                width, height = page_size(page)
                affine = displayed(page, width, height)
                yield PdfPage(
                    index + 1,
                    width,
                    height,
                    read_characters(text, affine, width, height),
                    read_drawing(page, affine, width, height),
                )
