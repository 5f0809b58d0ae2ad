"""The reader of plain text: bytes to text (decode.py), lines to rows and tables (framing.py)."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.spelling import as_meant
from yusuan.compiler.readers.text.decode import decode, is_plain
from yusuan.compiler.readers.text.framing import Framer
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.source import SourceFile


class TextReader:
    """Plain text, as Apache Tika writes it, in any encoding that `decode` knows."""

    name: Final = "text"
    suffixes: Final = (".txt",)

    def takes(self, data: bytes) -> bool:
        """Whether the bytes start as a text does; any that no other reader takes are tried as one too."""
        return is_plain(data)

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        """See `Reader.read`.

        Raises:
            DecodeError: the bytes are no text (empty, a workbook, in no known encoding).
        """
        decoded = decode(data)
        text, spelled = as_meant(decoded.text, language)
        return frame(SourceFile(name, text), language, (*decoded.diagnostics, *spelled))


def frame(source: SourceFile, language: Language, reported: tuple[Diagnostic, ...] = ()) -> Reading:
    """The blocks of a text that is decoded already; `reported` is what decoding had to say."""
    framer = Framer(source, language)
    return Reading(source, framer.frame(), tuple(framer.diagnostics), reported)
