"""The readers there are: the built-in ones, and those of other packages.

Another package brings a reader with an entry point in the group `yusuan.readers`, its object a `Reader` or a class of
one. Inputs that a built-in reader takes stay its own, so that a text is read the same everywhere.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from yusuan.compiler.readers.base import Reader
from yusuan.compiler.readers.doc.reader import DocReader
from yusuan.compiler.readers.docx.reader import DocxReader
from yusuan.compiler.readers.pdf.reader import PdfReader
from yusuan.compiler.readers.text.reader import TextReader

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "yusuan.readers"
"""The group of entry points that holds readers."""

# Known without the package's metadata too: a checkout on the path has none. pyproject.toml declares the same.
_TEXT: Final = TextReader()
BUILT_IN: Final[dict[str, Reader]] = {one.name: one for one in (PdfReader(), DocxReader(), DocReader(), _TEXT)}
"""The built-in readers by name, in the order in which they are asked."""

_LOG: Final = logging.getLogger(__name__)


def reader_for(data: bytes) -> Reader:
    """The reader of some bytes, by their content; that of text where none takes them, which says what they are."""
    for reader in BUILT_IN.values():
        if reader.takes(data):
            return reader
    return next((reader for reader in _others() if _takes(reader, data)), _TEXT)


def suffixes() -> tuple[str, ...]:
    """What the files end in that a folder is searched for."""
    return tuple(dict.fromkeys(suffix.lower() for one in (*BUILT_IN.values(), *_others()) for suffix in one.suffixes))


@cache
def _others() -> tuple[Reader, ...]:
    """The readers of other packages, by name. One that cannot be used is told in the log and left out."""
    from importlib.metadata import entry_points  # slow to import, and no text needs it

    found: dict[str, Reader] = {}
    for one in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        reader = _load(one) if one.name not in BUILT_IN and one.name not in found else None
        if reader is not None:
            found[one.name] = reader
    return tuple(found.values())


def _load(entry_point: EntryPoint) -> Reader | None:
    try:
        loaded: Any = entry_point.load()
        reader: Any = loaded() if isinstance(loaded, type) else loaded
    except Exception:  # whatever another package's module does wrong must not end this program
        _LOG.exception("the reader %s (%s) cannot be loaded", entry_point.name, entry_point.value)
        return None
    if not isinstance(reader, Reader):
        _LOG.error("the reader %s (%s) lacks a member of the protocol", entry_point.name, entry_point.value)
        return None
    return reader


def _takes(reader: Reader, data: bytes) -> bool:
    try:
        return reader.takes(data)
    except Exception:  # an input of another form must not fail for it
        _LOG.exception("the reader %s cannot tell whether it takes an input", reader.name)
        return False
