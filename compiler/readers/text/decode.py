"""From bytes to text: find the encoding, keep every character and line end, say what is odd about them.

A pure function of the bytes. Strict decoding decides; a guess is made only where that fails, and is reported.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from typing import Final

from attrs import frozen

from yusuan.compiler.readers.base import ReadError
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile, Span


@frozen(slots=True)
class Decoded:
    """The text of one input.

    Attributes:
        text: the text, line ends as they stand, without a byte order mark; no lone surrogates.
        encoding: Python's name of the encoding that the bytes are in.
        diagnostics: what is odd about the bytes, all of them warnings.
    """

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


class DecodeError(ReadError):
    """The bytes are no text that can be compiled.

    Attributes:
        diagnostic: what is wrong: empty, in no known encoding, or a document instead of its text. Its span is empty for
            want of a text; line and column, from 1, are those of the byte in the file.
        offset: the byte, from 0, where decoding failed; 0 where the whole input is meant.
    """

    def __init__(self, diagnostic: Diagnostic, offset: int = 0) -> None:
        super().__init__(diagnostic, offset)
        self.offset = offset


_START: Final = Span(0, 0, 1, 1)


def decode(data: bytes) -> Decoded:
    """The text of the bytes of one input.

    Raises:
        DecodeError: the bytes hold no text, or something else than text, or are in no known encoding.
    """
    if not data:
        raise DecodeError(codes.EMPTY_INPUT.at(_START, "empty"))
    _refuse_signature(data)
    encoding, text = _decode_marked(data) or _decode_unmarked(data)
    if not text or text.isspace():
        raise DecodeError(codes.EMPTY_INPUT.at(_START, "blank"))
    _refuse_markup(text)
    text, diagnostics = inspect_text(text)
    if encoding in _GUESSED:
        diagnostics = (codes.GUESSED_ENCODING.at(_START, encoding=encoding), *diagnostics)
    return Decoded(text, encoding, diagnostics)


def is_plain(data: bytes) -> bool:
    """Whether bytes start as a text does: with a byte order mark, or with neither the signature of another form of file
    nor control characters. So an empty input does."""
    head = data[:1000]
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return True
    signatures = (*_ZIP, _OLE, *(signature for signature, *_ in _SIGNATURES))
    start = head.lstrip().lower()
    is_markup = any(start.startswith(tag.encode()) for tag, _ in _MARKUP)
    return not head.startswith(signatures) and not is_markup and _CONTROL_BYTE.search(head) is None


# --- encodings ---

# UTF-32 before UTF-16: the mark of UTF-32-LE starts with that of UTF-16-LE.
_MARKS: Final = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)

# What Chinese texts outside of the mainland are written in. Encodings of one byte are not among them: any
# bytes at all decode in those, and a damaged report is better refused than turned into Western letters.
_GUESSED: Final = ("big5", "big5hkscs", "cp950")

# Half of a surrogate pair as UTF-8 of three bytes, as some databases and Java programs write it.
_SURROGATE_BYTES: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _decode_marked(data: bytes) -> tuple[str, str] | None:
    """Encoding and text where the bytes start with a byte order mark."""
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b"", None))
    if encoding is None:
        return None
    if encoding == "utf-8":
        return _try_utf8(data, len(mark)) or _fail(data, len(mark), encoding)
    try:
        return encoding, data[len(mark) :].decode(encoding, _surrogates(encoding))
    except UnicodeDecodeError:
        return _fail(data, len(mark), encoding)


def _decode_unmarked(data: bytes) -> tuple[str, str]:
    """Encoding and text where no mark names the encoding."""
    found = _try_utf16(data) or _try_utf8(data)
    if found:
        _refuse_binary(found[1], tolerated=0.1)
        return found
    return _try_gb18030(data) or _guess(data) or _fail(data, 0, "utf-8", "gb18030")


def _surrogates(encoding: str) -> str:
    """How to decode strictly all but lone surrogates, which `inspect_text` reports."""
    return "strict" if encoding == "gb18030" else "surrogatepass"


def _try_utf8(data: bytes, start: int = 0) -> tuple[str, str] | None:
    payload = data[start:] if start else data
    try:
        return "utf-8", payload.decode()
    except UnicodeDecodeError:
        pass
    if not _SURROGATE_BYTES.search(payload):
        return None
    try:
        halves = payload.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return "cesu-8", halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


# Compiled where it is needed, which is seldom: the engine takes longer for sets of many characters than for a report.
_PRIVATE: Final = "[\ue000-\uf8ff]"


def _try_gb18030(data: bytes) -> tuple[str, str] | None:
    """GB18030. Most pairs of bytes are some character of it, so that other data may decode by luck."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    _refuse_binary(text, tolerated=0.0 if "\0" in text else 0.02)
    # Texts in Big5 decode too, with many a character that GB18030 leaves to its users.
    return None if len(re.findall(_PRIVATE, text)) > 0.02 * len(text) else ("gb18030", text)


# What a Chinese text in UTF-16 consists of; read with the bytes swapped, two thirds of it are something else.
_COMMON: Final = "[\t\n\r -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


def _try_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: NULs where ASCII characters and line ends have their high byte."""
    if len(data) % 2 or b"\0" not in data:
        return None
    sample = data[:8192]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if len(re.findall(_COMMON, text)) < 0.9 * len(text):
            continue
        try:
            return encoding, data.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            return None
    return None


def _guess(data: bytes) -> tuple[str, str] | None:
    """The guess of charset-normalizer, which is slow to import and rarely needed."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_GUESSED)).best()
    if best is None:
        return None
    encoding = best.encoding.replace("_", "-")
    return encoding, str(best)


def _fail(data: bytes, start: int, *encodings: str) -> tuple[str, str]:
    """Raise the error that says where decoding failed in the encoding that is most likely meant."""
    failures = [_failure(data, start, encoding) for encoding in encodings]
    # Hardly any three bytes are a character of UTF-8 by luck. Else it is the encoding that came farthest.
    is_first = max(data[start : failures[0][1]], default=0) >= 0xE0
    encoding, offset, line, column = failures[0] if is_first else max(failures, key=lambda failure: failure[1])
    tried = ", ".join(name for name, *_ in failures)
    unknown = codes.UNKNOWN_ENCODING.at(
        Span(0, 0, line, column), encodings=tried, encoding=encoding, offset=offset, line=line
    )
    raise DecodeError(unknown, offset)


def _failure(data: bytes, start: int, encoding: str) -> tuple[str, int, int, int]:
    """Name of an encoding, and offset, line and column of the first byte that is not in it."""
    offset = len(data)
    try:
        data[start:].decode(encoding, _surrogates(encoding) if encoding != "utf-8" else "strict")
    except UnicodeDecodeError as error:
        offset = start + error.start
    before = SourceFile("", data[start:offset].decode(encoding, "replace"))
    return encoding.upper(), offset, *before.position(len(before.text))


# --- what is no text ---

_CONVERT: Final = "convert it first, with Apache Tika: java -jar tika-app.jar --text FILE > FILE.txt"
_PROJECT: Final = "print its text first: yusuan text FILE > FILE.txt"
_UNPACK: Final = "unpack it first, and convert what is in it with Apache Tika"
_RECOGNIZE: Final = "it needs text recognition (OCR) first"

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SIGNATURES: Final = (
    (b"%PDF-", "a PDF file", _PROJECT),
    (b"{\\rtf", "a rich text file (.rtf)", _CONVERT),
    (b"\x89PNG\r\n", "a picture (PNG)", _RECOGNIZE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _RECOGNIZE),
    (b"GIF8", "a picture (GIF)", _RECOGNIZE),
    (b"II*\0", "a picture (TIFF)", _RECOGNIZE),
    (b"MM\0*", "a picture (TIFF)", _RECOGNIZE),
    (b"\x1f\x8b", "a compressed file (gzip)", _UNPACK),
    (b"BZh91AY&SY", "a compressed file (bzip2)", _UNPACK),
    (b"\xfd7zXZ\0", "a compressed file (xz)", _UNPACK),
    (b"(\xb5/\xfd", "a compressed file (Zstandard)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)", _UNPACK),
    (b"Rar!\x1a\x07", "an archive (RAR)", _UNPACK),
    (b"SQLite format 3\0", "an SQLite database", "it holds no report as text"),
    (b"PAR1", "a Parquet file", "it holds no report as text"),
)

# What stands in a ZIP archive, or in the directory of an old Office file, tells the kinds apart.
_ZIP_KINDS: Final = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"OFD.xml", "an OFD document"),
    (b"opendocument", "an OpenDocument file"),
)
_OLE_KINDS: Final = (
    ("WordDocument".encode("utf-16-le"), "a Word document (.doc)"),
    ("Workbook".encode("utf-16-le"), "an Excel workbook (.xls)"),
)

_MARKUP: Final = (
    ("<!doctype html", "an HTML page"),
    ("<html", "an HTML page"),
    ("<?xml", "an XML file"),
)


def _refuse_signature(data: bytes) -> None:
    """Raise where the first bytes are those of a document, a picture or an archive."""
    if data.startswith(_ZIP):
        kind = next((kind for mark, kind in _ZIP_KINDS if mark in data), None)
        _refuse(kind or "an archive (ZIP)", _CONVERT if kind else _UNPACK)
    if data.startswith(_OLE):
        kind = next((kind for mark, kind in _OLE_KINDS if mark in data), "an old Office document")
        _refuse(kind, _CONVERT)
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            _refuse(kind, advice)


def _refuse_markup(text: str) -> None:
    """Raise where the text is the source of a page."""
    start = text[:1000].lstrip().lower()
    for tag, kind in _MARKUP:
        if start.startswith(tag):
            _refuse(kind, _CONVERT)


def _refuse_binary(text: str, tolerated: float) -> None:
    """Raise where more than the tolerated share of the characters are control characters."""
    count = len(_CONTROL.findall(text))
    # A few control characters in a short text are a fault of that text, not a sign of other data.
    if count > 8 and count > tolerated * len(text):
        raise DecodeError(codes.NOT_TEXT.at(_START, "control", count=count, length=len(text)))


def _refuse(kind: str, advice: str) -> None:
    raise DecodeError(codes.NOT_TEXT.at(_START, "kind", kind=kind, advice=advice))


# --- what is odd in a text ---

# TAB, LF, VT, FF and CR are white space of the layout.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTE: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def inspect_text(text: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text with U+FFFD in the place of each lone surrogate, and a warning for each oddity found.

    Other control characters are kept. Offsets, lines and columns stay as they are.
    """
    diagnostics: list[Diagnostic] = []
    if (half := _SURROGATE.search(text)) is not None:
        count = len(_SURROGATE.findall(text))
        diagnostics.append(codes.LONE_SURROGATE.at(_span_of(text, half), _number(count), count=count))
        text = _SURROGATE.sub("\ufffd", text)
    if (control := _CONTROL.search(text)) is not None:
        count = len(_CONTROL.findall(text))
        character = f"U+{ord(control[0]):04X}"
        diagnostics.append(
            codes.CONTROL_CHARACTER.at(_span_of(text, control), _number(count), character=character, count=count)
        )
    return text, tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.span.start))


def _number(count: int) -> str:
    return "many" if count > 1 else "one"


def _span_of(text: str, match: re.Match[str]) -> Span:
    return SourceFile("", text).span(match.start(), match.end())
