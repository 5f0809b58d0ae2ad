"""PDFium, as much of it as this reader asks: a document opened from bytes, its pages one by one, and quick calls.

The library is not safe for threads, and a damaged file may end the whole process: `worker.py` keeps it apart.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final, TypeAlias

import pypdfium2.raw as raw
from attrs import frozen

from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault

# A handle of the library: an address. Plain integers cost a third of what typed pointers of ctypes cost.
Handle: TypeAlias = int
# A pointer as a function of `bare` takes it.
Pointer: TypeAlias = Any

# A report has some 40 pages, the longest known 241. What has more than this is no report.
MOST_PAGES: Final = 5_000
# The paths of fonts as the library takes them: a list that has nothing but its end.
_NO_FONTS: Final = (ctypes.POINTER(ctypes.c_char) * 1)()
# Points: 350 m. Acrobat allows 14,400, in units that may be larger; the library takes memory for the size.
_LARGEST: Final = 1e6


@frozen
class Affine:
    """A map of the plane: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The upright box around the image of a box: left, top, right, bottom."""
        if self.b == self.c == 0 < self.a and self.d < 0 and x0 <= x1 and y0 <= y1:
            return self.a * x0 + self.e, self.d * y1 + self.f, self.a * x1 + self.e, self.d * y0 + self.f
        ax0, ax1, bx0, bx1 = self.a * x0, self.a * x1, self.b * x0, self.b * x1
        cy0, cy1, dy0, dy1 = self.c * y0, self.c * y1, self.d * y0, self.d * y1
        return (
            (ax0 if ax0 < ax1 else ax1) + (cy0 if cy0 < cy1 else cy1) + self.e,
            (bx0 if bx0 < bx1 else bx1) + (dy0 if dy0 < dy1 else dy1) + self.f,
            (ax1 if ax0 < ax1 else ax0) + (cy1 if cy0 < cy1 else cy0) + self.e,
            (bx1 if bx0 < bx1 else bx0) + (dy1 if dy0 < dy1 else dy0) + self.f,
        )

    def boxes(self, sides: Sequence[float]) -> list[tuple[float, float, float, float]]:
        """What `box` gives for each four of some numbers."""
        a, d, e, f = self.a, self.d, self.e, self.f
        fours = zip(sides[0::4], sides[1::4], sides[2::4], sides[3::4], strict=True)
        if not (self.b == self.c == 0 < a and d < 0):
            return [self.box(*four) for four in fours]
        return [
            (a * x0 + e, d * y1 + f, a * x1 + e, d * y0 + f) if x0 <= x1 and y0 <= y1 else self.box(x0, y0, x1, y1)
            for x0, y0, x1, y1 in fours
        ]

    def after(self, inner: Affine) -> Affine:
        """The map that does `inner` first, then this one."""
        e, f = self.point(inner.e, inner.f)
        return Affine(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


def quick(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of the library that takes and gives plain numbers instead of typed pointers."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None
    function: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return function


def bare(name: str, result: Any) -> Callable[..., Any]:
    """A function of the library for hot loops: it takes integers and what `pointer` makes, and looks at neither.

    To convert arguments takes longer than what most of the functions do. An address passed as an integer would be cut
    in half, so no function is called like this that takes anything but pointers and `int`.
    """
    return quick(name, result)


pointer: Final[Callable[[Handle], Pointer]] = ctypes.c_void_p.from_param
"""A handle as functions of `bare` take it; absent or 0 for the null pointer."""


class Room:
    """Where functions of `bare` write what they find, one after the other, to be read at once."""

    _MOST: Final = 1024

    def __init__(self, kind: type[ctypes.c_float | ctypes.c_int | ctypes.c_uint], width: int, pointers: int) -> None:
        """
        Args:
            kind: of the values.
            width: how many a call writes.
            pointers: how many it is given: one for all values, or one for each.
        """
        self._width = width
        self._values = (kind * (width * self._MOST))()
        size, step = ctypes.sizeof(kind), width * ctypes.sizeof(kind)
        starts = range(0, step * self._MOST, step)
        self._at = [[ctypes.byref(self._values, start + size * at) for start in starts] for at in range(pointers)]

    def ask(self, function: Callable[..., Any], *arguments: Iterable[Any]) -> tuple[list[Any], list[Any]]:
        """What a function returns and what it writes, for all calls; zeros where it writes nothing.

        Args:
            function: takes some arguments, then the pointers.
            arguments: of each call, as `map` takes them; not all of them without an end.
        """
        iterators = [iter(one) for one in arguments]
        returned: list[Any] = []
        written: list[Any] = []
        while True:
            ctypes.memset(self._values, 0, ctypes.sizeof(self._values))
            some = list(map(function, *(islice(one, self._MOST) for one in iterators), *self._at))
            returned += some
            written += self._values[: self._width * len(some)]
            if len(some) < self._MOST:
                return returned, written


_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int

_load_document: Final = quick("FPDF_LoadMemDocument64", _P, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)
_close_document: Final = quick("FPDF_CloseDocument", None, _P)
_last_error: Final = quick("FPDF_GetLastError", ctypes.c_ulong)
_count_pages: Final = quick("FPDF_GetPageCount", _I, _P)
_load_page: Final = quick("FPDF_LoadPage", _P, _P, _I)
_close_page: Final = quick("FPDF_ClosePage", None, _P)
_load_text: Final = quick("FPDFText_LoadPage", _P, _P)
_close_text: Final = quick("FPDFText_ClosePage", None, _P)
_page_width: Final = quick("FPDF_GetPageWidthF", ctypes.c_float, _P)
_page_height: Final = quick("FPDF_GetPageHeightF", ctypes.c_float, _P)
_page_to_device: Final = quick(
    "FPDF_PageToDevice", _I, _P, _I, _I, _I, _I, _I, ctypes.c_double, ctypes.c_double, _P, _P
)

# The header may stand behind other bytes, as PDFium and other readers allow.
_HEADER_WITHIN: Final = 1024
_HEADER: Final = b"%PDF-"


def start(*, fonts: bool) -> None:
    """Start the library anew, while nothing of it is open.

    Args:
        fonts: whether it may draw with the fonts of this machine where a file brings none of its own. What is read must
            not hang on which those are: sizes of letters do, and whether one without an outline is there at all.
    """
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=None if fonts else _NO_FONTS))


start(fonts=False)


@contextmanager
def open_document(data: bytes) -> Iterator[tuple[Handle, int]]:
    """The document of the bytes, and how many pages it has; closed at the end.

    Raises:
        PdfError: the bytes are empty, no PDF, broken, encrypted, or have no page or too many.
    """
    if not data:
        raise PdfError(PdfFault.EMPTY)
    if _HEADER not in data[: _HEADER_WITHIN + len(_HEADER)]:
        raise PdfError(PdfFault.NOT_PDF)
    document = _load_document(data, len(data), None)
    if not document:
        locked = _last_error() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise PdfError(PdfFault.ENCRYPTED if locked else PdfFault.BROKEN)
    try:
        pages = _count_pages(document)
        if pages < 1:
            raise PdfError(PdfFault.BROKEN)
        if pages > MOST_PAGES:
            raise PdfError(PdfFault.TOO_LARGE, str(pages))
        yield document, pages
    finally:
        _close_document(document)


@contextmanager
def open_page(document: Handle, index: int) -> Iterator[tuple[Handle, Handle] | None]:
    """A page and its text, closed at the end; absent where the page is damaged, or larger than any."""
    page = _load_page(document, index)
    if not page:
        yield None
        return
    try:
        text = _load_text(page) if all(0 <= side <= _LARGEST for side in page_size(page)) else None
        try:
            yield (page, text) if text else None
        finally:
            if text:
                _close_text(text)
    finally:
        _close_page(page)


def page_size(page: Handle) -> tuple[float, float]:
    """Width and height in points, as displayed."""
    return _page_width(page), _page_height(page)


# The library gives whole pixels: a picture of this many pixels to the point is exact enough.
_SCALE: Final = 1000
_FAR: Final = 1000.0


def displayed(page: Handle, width: float, height: float) -> Affine:
    """The map from the page's own coordinates to those as displayed: origin at the top left, y grows downwards.

    Three points settle it, whatever rotation, crop and origin the page has.
    """
    x, y = ctypes.c_int(), ctypes.c_int()
    size = round(width * _SCALE), round(height * _SCALE)

    def place(page_x: float, page_y: float) -> tuple[float, float]:
        _page_to_device(page, 0, 0, *size, 0, page_x, page_y, ctypes.addressof(x), ctypes.addressof(y))
        return x.value / _SCALE, y.value / _SCALE

    e, f = place(0.0, 0.0)
    ax, ay = place(_FAR, 0.0)
    cx, cy = place(0.0, _FAR)
    return Affine((ax - e) / _FAR, (ay - f) / _FAR, (cx - e) / _FAR, (cy - f) / _FAR, e, f)
