"""The bytes of an input, kept as long as its pages are to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from yusuan.compiler.readers.pdf.shapes import PageOrder, Picture
    from yusuan.compiler.workspace.inputs import Input


@define(slots=True)
class DrawnInput:
    """An input that is read once, even if it can be read only once, and whose pages can be drawn then."""

    item: Input
    _data: bytes = field(init=False, default=b"")

    def read(self) -> bytes:
        """The bytes.

        Raises:
            OSError: it cannot be read.
        """
        from yusuan.compiler.workspace.inputs import read_bytes

        self._data = read_bytes(self.item)
        return self._data

    def draw(self, order: PageOrder) -> Picture | None:
        """A page; absent where it is none of a PDF, or cannot be drawn."""
        from yusuan.compiler.readers.pdf.faults import PdfError
        from yusuan.compiler.readers.pdf.reader import PdfReader
        from yusuan.compiler.readers.pdf.worker import drawing_engine

        if not PdfReader().takes(self._data):
            return None
        try:
            return drawing_engine().draw(self._data, order)
        except PdfError:
            return None
