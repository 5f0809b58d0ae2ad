"""The package of a Word file: a ZIP archive of parts (ISO/IEC 29500-2), opened within bounds.

Nothing is trusted: sizes are those that come out, not those that are declared; no DTD is read, no entity made, nothing
fetched; and a part nests no deeper, and has no longer text, than libxml2 takes without being asked.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from enum import Enum
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from yusuan.compiler.readers.docx.names import RELATIONSHIP, STRICT, W, XmlElement

# A report has some 40 parts; a thousand pages of tables are 30 MB of XML, and take 300 MB to read.
MOST_PARTS: Final = 20_000
MOST_BYTES: Final = 64 << 20
# XML of tables that are alike is packed a hundredfold; zeros are packed a thousandfold.
_DENSEST: Final = 400
_DENSE_FROM: Final = 4 << 20

_HEADER: Final = b"PK\x03\x04"
_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 1
_TYPES: Final = "[content_types].xml"
_MAIN: Final = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.wordprocessingml|ms-word)\..*main\+xml", re.I
)
_CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
# What libxml2 says of a text or a nesting that it takes only where it is asked to.
_RESOURCES: Final = re.compile("huge|excessive|too large|too long|limit", re.I)


class DocxFault(Enum):
    """Why a file cannot be read."""

    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    ENTITIES = "entities"
    TOO_LARGE = "too-large"


class DocxError(ValueError):
    """The bytes are no Word file that can be read.

    Attributes:
        fault: what is wrong.
        detail: the part that it is about, or what is too large; empty where that is the file itself.
    """

    def __init__(self, fault: DocxFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.fault.value}: {self.detail}" if self.detail else self.fault.value


class WordPackage:
    """The parts of a file by name, and how they refer to each other.

    Attributes:
        main: the name of the main part; empty where the package is none of Word's.
    """

    def __init__(self, data: bytes) -> None:
        """
        Raises:
            DocxError: it is no archive that can be opened.
        """
        # Counted before they are read: the archive's index alone can be larger than the archive.
        if data.count(_ENTRY) > MOST_PARTS:
            raise DocxError(DocxFault.TOO_LARGE, "")
        try:
            self._archive = ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except (BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError) as error:
            raise DocxError(DocxFault.BROKEN) from error
        self._entries: dict[str, ZipInfo] = {_normal(entry.filename): entry for entry in entries}
        self._left = MOST_BYTES
        self.main = self._main()

    def has(self, name: str) -> bool:
        return _normal(name) in self._entries

    def xml(self, name: str) -> XmlElement:
        """A part's root element.

        Raises:
            DocxError: it is not there, too large, or no XML.
        """
        return parsed(self._read(name), name)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: by identifier the last word of the relationship's type and the name of the part.

        Raises:
            DocxError: what it refers to cannot be read.
        """
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(relations):
            return {}
        found = {}
        for one in self.xml(relations).iter(RELATIONSHIP):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], target
        return found

    def _main(self) -> str:
        """The main part: what the package refers to as its document, if its content type is Word's."""
        of_parts: dict[str, str] = {}
        if self.has(_TYPES):
            for one in self.xml(_TYPES).iter(f"{_CONTENT_TYPES}Override"):
                of_parts[_normal(one.get("PartName", ""))] = one.get("ContentType", "")
        named = [part for kind, part in self.related("").values() if kind == "officeDocument" and self.has(part)]
        for part in named:
            kind = of_parts.get(_normal(part), "")
            # Without a type of its own it is told by its root: some programs declare a default for .xml.
            if _MAIN.fullmatch(kind) or (not kind.endswith("main+xml") and self.xml(part).tag == f"{W}document"):
                return part
        if named:
            return ""
        return next((part for part, kind in of_parts.items() if _MAIN.fullmatch(kind) and part in self._entries), "")

    def _read(self, name: str) -> bytes:
        entry = self._entries.get(_normal(name))
        if entry is None:
            raise DocxError(DocxFault.BROKEN, name)
        if entry.flag_bits & _ENCRYPTED:
            raise DocxError(DocxFault.ENCRYPTED)
        try:
            with self._archive.open(entry) as file:
                data = file.read(self._left + 1)
        except (BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise DocxError(DocxFault.BROKEN, name) from error
        if len(data) > self._left or (len(data) > _DENSE_FROM and len(data) > _DENSEST * max(1, entry.compress_size)):
            raise DocxError(DocxFault.TOO_LARGE, name)
        self._left -= len(data)
        return data


def is_word(data: bytes) -> bool:
    """Whether some bytes are a Word file, or what is left of one."""
    if not data.startswith(_HEADER):
        return False
    try:
        return bool(WordPackage(data).main)
    except DocxError:
        # Not to be opened: the names of the parts, which are never packed, say whose they are.
        firsts = [at for at in (data.find(folder) for folder in (b"word/", b"xl/", b"ppt/")) if at >= 0]
        return bool(firsts) and data.startswith(b"word/", min(firsts))


def parsed(data: bytes, name: str) -> XmlElement:
    """The root element of a part.

    Raises:
        DocxError: it is no XML, has a DTD, or nests too deep.
    """
    from lxml import etree  # what reads text only must not wait for it

    if data.startswith(_UTF16):
        data = _as_utf8(data, name)
    # OPC has no DTD (ISO/IEC 29500-2, 8.1.4); entities are made of nothing else.
    if b"<!DOCTYPE" in data:
        raise DocxError(DocxFault.ENTITIES, name)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in STRICT.items():
            for quote in (b'"', b"'"):
                data = data.replace(quote + strict + quote, quote + transitional + quote)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = DocxFault.TOO_LARGE if _RESOURCES.search(str(error)) else DocxFault.BROKEN
        raise DocxError(fault, name) from error


def _as_utf8(data: bytes, name: str) -> bytes:
    encoding = "utf-16" if data[:2] in _UTF16[:2] else "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        return _DECLARATION.sub("", data.decode(encoding), count=1).encode()
    except UnicodeError as error:
        raise DocxError(DocxFault.BROKEN, name) from error


def _normal(name: str) -> str:
    """A part's name as names are compared (ISO/IEC 29500-2, 6.2.2.3)."""
    return name.replace("\\", "/").lstrip("/").lower()
