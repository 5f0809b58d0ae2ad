"""The reader of PDF: the projection of a file as block tokens with their places, and what there is to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yusuan.compiler.blocks.tokens import BlockPlace, BlockToken
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.readers.base import ReadError, Reading
from yusuan.compiler.readers.spelling import look_alikes
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import FilePlace, SourceFile, SourceMap, Span

if TYPE_CHECKING:
    from yusuan.compiler.readers.pdf.projection import ProjectedBlock, Projection
    from yusuan.compiler.readers.pdf.typography import Typography

_HEADER: Final = b"%PDF-"
# Where the header may stand, as PDFium and other readers allow.
_HEADER_WITHIN: Final = 1024
_OBJECT: Final = b" obj"
# A sentence that goes on is often broken in front of these: 一是, or a figure.
_NO_ITEMS: Final = frozenset({"ORDINAL", "BARE", "GLUED", "DECIMAL", "DECIMALS"})
_START: Final = Span(0, 0, 1, 1)


class PdfReader:
    """PDF files with text. The engine reads them in a process of its own."""

    name: Final = "pdf"
    suffixes: Final = (".pdf",)

    def takes(self, data: bytes) -> bool:
        """Whether the bytes start as PDF does, or have its header and an object; a text that speaks of PDF has none."""
        is_far_in = _HEADER in data[: _HEADER_WITHIN + len(_HEADER)] and _OBJECT in data
        return data.startswith(_HEADER) or is_far_in

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        """See `Reader.read`.

        Raises:
            ReadError: the file is broken, encrypted, too large, or holds pictures instead of text; or the engine died.
        """
        # What reads text only must not wait for these.
        from yusuan.compiler.readers.pdf.faults import PdfError
        from yusuan.compiler.readers.pdf.worker import engine

        try:
            projection = engine().read(data, typography(language))
        except PdfError as error:
            fault = error.fault.value.replace("-", "_")
            raise ReadError(codes.UNREADABLE_PDF.at(_START, fault, detail=error.detail)) from error
        if not projection.text:
            fault = "scan" if projection.scans else "damaged" if projection.damaged else "blank"
            raise ReadError(codes.UNREADABLE_PDF.at(_START, fault, detail=""))
        return reading_of(projection, name)


def reading_of(projection: Projection, name: str) -> Reading:
    """A projection as what the compiler goes on with."""
    places = tuple(FilePlace(start, page, box) for start, page, box in projection.places)
    source = SourceFile(name, projection.text, SourceMap(places))
    tokens = [
        BlockToken(block.type, block.start, block.end, block.line, place=_place(block)) for block in projection.blocks
    ]
    aligned = tuple(codes.ALIGNED_TABLE.at(source.span(at, at)) for at in projection.aligned)
    return Reading(source, tokens, aligned, _said_of_pages(projection), is_joined=True, pages=projection.pages)


def _place(block: ProjectedBlock) -> BlockPlace | None:
    if block.type == "CELL":
        size = block.size or None
        place = block.row, block.column, block.rowspan, block.colspan, block.page, block.box
        return BlockPlace(*place, None, size, block.bold if size else None)
    if block.type == "TEXT":
        return BlockPlace(page=block.page, box=block.box, indent=block.indent, size=block.size, bold=block.bold)
    return None


def _said_of_pages(projection: Projection) -> tuple[Diagnostic, ...]:
    """What pages hold that could not be read."""
    kinds = {"picture": projection.scans, "damaged": projection.damaged, "crowded": projection.crowded}
    return tuple(
        codes.UNREAD_PAGE.at(Span(0, 0, 1, 1, page), kind, page=page, count=len(pages))
        for kind, pages in kinds.items()
        for page in pages[:1]
    )


@of_language
def typography(language: Language) -> Typography:
    """What of a language the engine asks for."""
    from yusuan.compiler.readers.pdf.typography import Typography

    characters, numbering = language.lexicon["characters"], language.patterns["numbering"]
    numbered = "|".join(f"(?P<{name}>{pattern})" for name, pattern in numbering.items() if name not in _NO_ITEMS)
    pages = characters["pages"]
    return Typography(look_alikes(language), numbered, pages["ends"])
