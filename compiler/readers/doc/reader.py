"""The reader of old Word files: converted, then read as .docx."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.docx.reader import read_docx, unreadable
from yusuan.ir.diagnostics import codes
from yusuan.ir.source import Span

_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD: Final = "WordDocument"
# A .docx with a password is a compound file around its encrypted package ([MS-OFFCRYPTO], 2.3.4).
_ENCRYPTED: Final = "EncryptedPackage"
_START: Final = Span(0, 0, 1, 1)


class DocReader:
    """Word files of 1997 to 2003 (.doc), of WPS too (.wps), and Word files of any kind with a password."""

    name: Final = "doc"
    suffixes: Final = (".doc", ".wps")

    def takes(self, data: bytes) -> bool:
        """Whether the bytes are a compound file with a document of Word, or an encrypted package, at its root."""
        if not data.startswith(_SIGNATURE):
            return False
        from yusuan.compiler.readers.doc.compound import root_entries

        return not root_entries(data).keys().isdisjoint((_WORD, _ENCRYPTED))

    def read(self, data: bytes, name: str, language: Language) -> Reading:
        """See `Reader.read`.

        Raises:
            ReadError: it has a password, no program is there that converts it or none could, or it holds no text.
        """
        from yusuan.compiler.readers.doc.compound import is_locked, root_entries
        from yusuan.compiler.readers.doc.conversion import ConversionError, convert

        word = root_entries(data).get(_WORD)
        if word is None or is_locked(data, word):
            raise unreadable("encrypted")
        try:
            converted = convert(data)
        except ConversionError as error:
            raise unreadable("not_converted" if error.tried else "no_converter", error.tried) from error
        said = codes.CONVERTED_DOCUMENT.at(_START, program=converted.program)
        return read_docx(converted.data, name, language, (said,))
