"""Pages as pictures. PDFium draws the page and what is drawn over it: a page of its own, laid over the first.

So the picture needs no other library, and nothing of the file (its turn, its crop, what it leaves unclosed) can move
what is drawn over it. It happens in the worker's process, as reading does.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Final, NamedTuple

import pypdfium2.raw as raw

from yusuan.compiler.readers.pdf.characters import is_letter
from yusuan.compiler.readers.pdf.pdfium import Affine, Handle, displayed, open_document, open_page, page_size, quick
from yusuan.compiler.readers.pdf.shapes import Caption, Letters, Outline, PageOrder, Picture
from yusuan.ir.source import Box

_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int
_F: Final = ctypes.c_float
_D: Final = ctypes.c_double
_U: Final = ctypes.c_uint

_page_size: Final = quick("FPDF_GetPageSizeByIndexF", _I, _P, _I, _P)
_count: Final = quick("FPDFText_CountChars", _I, _P)
_unicode: Final = quick("FPDFText_GetUnicode", _U, _P, _I)
_loose_box: Final = quick("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_new_document: Final = quick("FPDF_CreateNewDocument", _P)
_close_document: Final = quick("FPDF_CloseDocument", None, _P)
_new_page: Final = quick("FPDFPage_New", _P, _P, _I, _D, _D)
_close_page: Final = quick("FPDF_ClosePage", None, _P)
_new_rectangle: Final = quick("FPDFPageObj_CreateNewRect", _P, _F, _F, _F, _F)
_new_text: Final = quick("FPDFPageObj_NewTextObj", _P, _P, ctypes.c_char_p, _F)
_set_text: Final = quick("FPDFText_SetText", _I, _P, ctypes.c_char_p)
_move: Final = quick("FPDFPageObj_Transform", None, _P, _D, _D, _D, _D, _D, _D)
_set_fill: Final = quick("FPDFPageObj_SetFillColor", _I, _P, _U, _U, _U, _U)
_set_line: Final = quick("FPDFPageObj_SetStrokeColor", _I, _P, _U, _U, _U, _U)
_set_width: Final = quick("FPDFPageObj_SetStrokeWidth", _I, _P, _F)
_set_mode: Final = quick("FPDFPath_SetDrawMode", _I, _P, _I, _I)
_insert: Final = quick("FPDFPage_InsertObject", None, _P, _P)
_new_bitmap: Final = quick("FPDFBitmap_CreateEx", _P, _I, _I, _I, _P, _I)
_fill_bitmap: Final = quick("FPDFBitmap_FillRect", _I, _P, _I, _I, _I, _I, ctypes.c_ulong)
_destroy_bitmap: Final = quick("FPDFBitmap_Destroy", None, _P)
_render: Final = quick("FPDF_RenderPageBitmap", None, _P, _P, _I, _I, _I, _I, _I, _I)

_WHITE: Final = 0xFFFFFFFF
_CHANNELS: Final = 3
# A page of a report at 144 dots to the inch has two million; a poster is drawn smaller.
_MOST_PIXELS: Final = 30_000_000
# The same letter this part of its width further is one drawn twice, to look bold.
_DRAWN_TWICE: Final = 0.25
_ASCENT: Final = 0.8
_FONT: Final = b"Helvetica"
_COMPRESSION: Final = 6


def read_page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, as displayed; nothing of a page that is damaged.

    Raises:
        PdfError: the bytes are no PDF that can be opened.
    """
    size = (_F * 2)()
    with open_document(data) as (document, count):
        read = (_page_size(document, index, ctypes.addressof(size)) for index in range(count))
        return [(size[0], size[1]) if found else (0.0, 0.0) for found in read]


def draw_page(data: bytes, order: PageOrder) -> Picture | None:
    """A page as a picture; absent where there is no such page, or it is damaged.

    Raises:
        PdfError: the bytes are no PDF that can be opened.
        MemoryError: there is no room for the picture.
    """
    with open_document(data) as (document, count):
        if not 1 <= order.page <= count:
            return None
        with open_page(document, order.page - 1) as handles:
            if handles is None:
                return None
            page, text = handles
            width, height = page_size(page)
            if width <= 0 or height <= 0:
                return None
            finder = _LetterFinder(text, displayed(page, width, height))
            boxes = tuple(finder.box(one.box, one.letters) if one.letters else one.box for one in order.outlines)
            outlines = [one._replace(box=box) for one, box in zip(order.outlines, boxes, strict=True)]
            png = _drawn(page, (width, height), order._replace(outlines=tuple(outlines)))
            return Picture(width, height, png, boxes)


def _drawn(page: Handle, size: tuple[float, float], order: PageOrder) -> bytes:
    width, height = size
    full = height + order.strip
    scale = min(order.scale, (_MOST_PIXELS / (width * full)) ** 0.5)
    columns, rows, below = (max(1, round(length * scale)) for length in (width, height, full))
    pixels = bytearray(columns * below * _CHANNELS)
    buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    bitmap = _new_bitmap(columns, below, raw.FPDFBitmap_BGR, ctypes.addressof(buffer), columns * _CHANNELS)
    if not bitmap:
        raise MemoryError
    try:
        _fill_bitmap(bitmap, 0, 0, columns, below, _WHITE)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        _render(bitmap, page, 0, 0, columns, rows, 0, flags | (raw.FPDF_GRAYSCALE if order.is_bare else 0))
        if not order.is_bare:
            with _overlay((width, full), order) as over:
                _render(bitmap, over, 0, 0, columns, below, 0, flags)
    finally:
        _destroy_bitmap(bitmap)
    return png_of(columns, below, bytes(pixels[::_CHANNELS] if order.is_bare else pixels))


# --- what is drawn over it ---


@contextmanager
def _overlay(size: tuple[float, float], order: PageOrder) -> Iterator[Handle]:
    """A page with the outlines and captions of an order, and nothing else."""
    document = _new_document()
    try:
        page = _new_page(document, 0, *size)
        try:
            for outline in order.outlines:
                _insert(page, _rectangle(outline, size[1]))
            for caption in order.captions:
                _insert(page, _words(document, caption, size[1]))
            yield page
        finally:
            _close_page(page)
    finally:
        _close_document(document)


def _rectangle(outline: Outline, height: float) -> Handle:
    left, top, right, bottom = outline.box
    shape: Handle = _new_rectangle(left, height - bottom, right - left, bottom - top)
    if outline.fill is not None:
        _set_fill(shape, *outline.fill)
    if outline.line is not None:
        _set_line(shape, *outline.line)
        _set_width(shape, outline.width)
    _set_mode(shape, raw.FPDF_FILLMODE_WINDING if outline.fill else raw.FPDF_FILLMODE_NONE, outline.line is not None)
    return shape


def _words(document: Handle, caption: Caption, height: float) -> Handle:
    shape: Handle = _new_text(document, _FONT, caption.size)
    _set_text(shape, f"{caption.words}\0".encode("utf-16-le"))
    _set_fill(shape, *caption.colour)
    _move(shape, 1, 0, 0, 1, caption.left, height - caption.top - _ASCENT * caption.size)
    return shape


# --- where letters stand ---


class _Letter(NamedTuple):
    left: float
    right: float
    middle: float
    code: int


class _LetterFinder:
    """Finds the places of letters within the lines of a page."""

    def __init__(self, text: Handle, affine: Affine) -> None:
        self._text = text
        self._affine = affine
        self._known: list[_Letter] | None = None

    def box(self, line: Box, wanted: Letters) -> Box:
        """The rectangle around some letters of a line; the line's where the page has other letters there."""
        left, top, right, bottom = line
        inside = [
            letter
            for letter in self._letters()
            if top <= letter.middle <= bottom and left <= (letter.left + letter.right) / 2 <= right
        ]
        kept = [next(same) for _, same in groupby(inside, key=_Once())]
        if len(kept) != wanted.total:
            return line
        found = kept[wanted.first : wanted.behind]
        return (found[0].left, top, max(letter.right for letter in found), bottom) if found else line

    def _letters(self) -> Sequence[_Letter]:
        """All letters of the page, from left to right."""
        if self._known is None:
            self._known = sorted(self._read())
        return self._known

    def _read(self) -> Iterator[_Letter]:
        box = (_F * 4)()
        address = ctypes.addressof(box)
        for index in range(_count(self._text)):
            code = _unicode(self._text, index)
            # The engine gives left, top, right, bottom.
            if is_letter(code) and _loose_box(self._text, index, address):
                left, top, right, bottom = self._affine.box(box[0], box[3], box[2], box[1])
                yield _Letter(left, right, (top + bottom) / 2, code)


class _Once:
    """Gives the same key to a letter and its repetition at nearly the same place."""

    def __init__(self) -> None:
        self._last: _Letter | None = None
        self._number = 0

    def __call__(self, letter: _Letter) -> int:
        last = self._last
        near = _DRAWN_TWICE * (letter.right - letter.left)
        if last is None or letter.code != last.code or letter.left - last.left > near:
            self._number += 1
            self._last = letter
        return self._number


# --- PNG ---


def png_of(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG file (ISO/IEC 15948) of rows of pixels, each one byte of grey or three of red, green and blue."""
    row = len(pixels) // height
    colour = 0 if row == width else 2
    lines = b"".join(b"\0" + pixels[start : start + row] for start in range(0, len(pixels), row))
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(lines, _COMPRESSION)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
