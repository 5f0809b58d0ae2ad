"""The reader of Word files: the text of one as block tokens with their places, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.base import ReadError, Reading
from yusuan.compiler.readers.spelling import look_alikes
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile, SourceMap, Span

if TYPE_CHECKING:
    from yusuan.compiler.readers.docx.projection import WordText

_HEADER: Final = b"PK\x03\x04"
_START: Final = Span(0, 0, 1, 1)
# What has text, or may have, that nobody reads: the rest is left out on purpose.
_UNREAD: Final = frozenset({"chunk", "object", "diagram", "symbol", "formula", "number"})


class DocxReader:
    """Word files with text (.docx, .docm): Office Open XML, transitional or strict."""

    name: Final = "docx"
    suffixes: Final = (".docx", ".docm")

    def takes(self, data: bytes) -> bool:
        """Whether the bytes are a package whose document is one of Word's, or what is left of such a package."""
        if not data.startswith(_HEADER):
            return False
        from yusuan.compiler.readers.docx.package import is_word

        return is_word(data)

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        """See `Reader.read`.

        Raises:
            ReadError: the file is broken, encrypted, too large, or holds no text.
        """
        return read_docx(data, name, language)


def read_docx(data: bytes, name: str, language: Language, reported: tuple[Diagnostic, ...] = ()) -> Reading:
    """The reading of a Word file; `reported` is what there is to say of how it was come by.

    Raises:
        ReadError: it is broken, encrypted, too large, or holds no text.
    """
    # What reads text only must not wait for these.
    from yusuan.compiler.readers.docx.counting import number_words
    from yusuan.compiler.readers.docx.document import read_document
    from yusuan.compiler.readers.docx.package import DocxError, DocxFault
    from yusuan.compiler.readers.docx.projection import project

    try:
        main, blocks = read_document(data, number_words(language))
        found = project(blocks, main)
    except DocxError as error:
        fault = "broken_part" if error.fault is DocxFault.BROKEN and error.detail else error.fault.value
        raise unreadable(fault.replace("-", "_"), error.detail) from error
    if not found.text.strip():
        raise unreadable("pictures" if any(one.value == "picture" for one in found.left_out) else "blank")
    # One for one, so that the places of characters stay.
    source = SourceFile(name, found.text.translate(look_alikes(language)), SourceMap(found.places))
    return Reading(source, found.tokens, tuple(_said_of(found, source)), reported)


def unreadable(fault: str, detail: str = "") -> ReadError:
    """The error that a Word file of either form cannot be read."""
    return ReadError(codes.UNREADABLE_WORD.at(_START, fault, detail=detail))


def _said_of(found: WordText, source: SourceFile) -> Iterator[Diagnostic]:
    """What stands in the file and not in the text, each kind at its first place."""
    for kind, (first, count) in found.left_out.items():
        code = codes.UNREAD_OBJECT if kind.value in _UNREAD else codes.LEFT_OUT
        at = min(first, len(source.text))
        yield code.at(source.span(at, at), kind.value, count=count)
