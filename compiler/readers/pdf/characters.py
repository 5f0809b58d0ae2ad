"""The characters of a page as runs: what stands side by side on one line and was written as one piece."""

from __future__ import annotations

import ctypes
from math import hypot
from typing import Final

import pypdfium2.raw as raw
from attrs import define, field

from yusuan.compiler.readers.pdf.clipping import Box, Clips
from yusuan.compiler.readers.pdf.pdfium import Affine, Handle, quick

_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int

_count: Final = quick("FPDFText_CountChars", _I, _P)
_unicode: Final = quick("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
_object: Final = quick("FPDFText_GetTextObject", _P, _P, _I)
_loose_box: Final = quick("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_tight_box: Final = quick("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
_origin: Final = quick("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
_matrix: Final = quick("FPDFText_GetMatrix", _I, _P, _I, _P)
_object_matrix: Final = quick("FPDFPageObj_GetMatrix", _I, _P, _P)
_font_size: Final = quick("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
_weight: Final = quick("FPDFText_GetFontWeight", _I, _P, _I)
_font: Final = quick("FPDFTextObj_GetFont", _P, _P)
_font_name: Final = quick("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)
_render_mode: Final = quick("FPDFTextObj_GetTextRenderMode", _I, _P)

# PDFium writes a hyphen at a line's end as this.
_SOFT_HYPHEN: Final = 0x02
_HYPHEN: Final = "-"
# Characters without width: what they part belongs together.
_IGNORED: Final = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF))
_BLANKS: Final = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_NO_LETTERS: Final = _IGNORED | _BLANKS | frozenset(range(0x7F, 0xA0))
_BOLD_WEIGHT: Final = 600
_BOLD_NAME: Final = b"bold"
# A hole of this part of the size ends a run: letters of one word stand closer, columns farther apart.
_HOLE: Final = 0.15
# How far a letter may reach into the one in front: narrow digits and kerning do.
_OVERLAP: Final = 0.3
# Letters that are this part of the size higher or lower stand on another line.
_RISE: Final = 0.3
# How much of the size stands above the line that letters are written on.
_ASCENT: Final = 0.86
_MOVED: Final = 0.01
_LEVEL: Final = 0.02
# A page of a report has 700 characters, the densest 6,000.
MOST_CHARACTERS: Final = 200_000


@define(eq=False)
class Run:
    """Characters side by side without a hole, in coordinates as displayed.

    Attributes:
        text: the characters, no blank among them.
        x0, top, x1, bottom: the box in points; its height is the size of the letters.
        size: the size of the letters in points.
        bold: whether the font says that it is bold, or the letters are drawn as such.
        blank: whether a blank is written in front.
        sideways: the letters run from top to bottom (1) or from bottom to top (-1); 0 as usual.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    blank: bool = False
    sideways: int = 0


@define
class Characters:
    """The characters of a page.

    Attributes:
        runs: in the order of the file, which is not the order of reading.
        outside: how many characters lie outside of the page, and are no text.
        hidden: how many are drawn in no colour at all (as under a scan), outside of their clip (by programs that draw a
            cell whole on each page that has a piece of it), or aslant (watermarks), and are no text.
        unmapped: how many have a picture, but no code that says what they are.
        crowded: whether the page has so many that the rest was left out.
    """

    runs: list[Run] = field(factory=list)
    outside: int = 0
    hidden: int = 0
    unmapped: int = 0
    crowded: bool = False


@define
class _Style:
    """What all characters of one text object share.

    Attributes:
        way: 0 upright, 1 downwards, -1 upwards, None aslant or not drawn.
        loose: whether PDFium's wide boxes are right.
        size: of the letters; 0 where their box says it.
        bold: as of a run.
        of: the text object.
        place: where it is put, in coordinates of the page.
    """

    way: int | None
    loose: bool
    size: float
    bold: bool
    of: Handle | None = None
    place: tuple[float, float] = (0.0, 0.0)


_NOTHING: Final = _Style(None, False, 0.0, False)


def read_characters(page_text: Handle, affine: Affine, width: float, height: float) -> Characters:
    """The characters of a page that can be seen, as runs."""
    return _Reading(page_text, affine, width, height).read()


class _Reading:
    """One pass over the characters of a page."""

    def __init__(self, page_text: Handle, affine: Affine, width: float, height: float) -> None:
        self._text = page_text
        self._affine = affine
        # Nearly every page is only moved and turned over: no more needs to be reckoned for it.
        self._is_plain = (affine.a, affine.b, affine.c, affine.d) == (1.0, 0.0, 0.0, -1.0)
        self._twice_width = 2 * width
        self._twice_height = 2 * height
        self._found = Characters()
        self._run: Run | None = None
        self._letters: list[str] = []
        self._blank = False
        self._clips = Clips()
        self._began = _NOTHING
        self._of_object = 0
        self._rect = (ctypes.c_float * 4)()
        self._rect_at = ctypes.addressof(self._rect)
        self._six = (ctypes.c_float * 6)()
        self._six_at = ctypes.addressof(self._six)
        self._doubles = (ctypes.c_double * 6)()
        self._doubles_at = [ctypes.addressof(self._doubles) + 8 * index for index in range(6)]
        self._bold_fonts: dict[Handle, bool] = {}

    def read(self) -> Characters:
        text, found = self._text, self._found
        count = _count(text)
        found.crowded = count > MOST_CHARACTERS
        owner: Handle | None = None
        style = _NOTHING
        for index in range(min(count, MOST_CHARACTERS)):
            code = _unicode(text, index)
            if code <= 0x20 or code in _NO_LETTERS:
                if code in _BLANKS:
                    self._blank = True
                    continue
                if code != _SOFT_HYPHEN:
                    found.unmapped += code == 0
                    continue
            of = _object(text, index)
            if of != owner or style is _NOTHING:
                owner, style = of, self._style(index, of)
                self._change_object()
            letter = chr(code) if 0x20 < code < 0xD800 else _letter(code)
            self._take(letter, style, self._box(index, style))
        self._finish()
        return found

    def _take(self, letter: str, style: _Style, box: Box) -> None:
        """Puts a letter behind the run that it goes on, or begins another one."""
        x0, top, x1, bottom = box
        if not (0 <= x0 + x1 <= self._twice_width and 0 <= top + bottom <= self._twice_height):
            self._found.outside += 1
            self._finish()
            return
        if style.way is None:
            self._found.hidden += 1
            return
        run = self._run
        self._of_object += 1
        if run is not None and not self._blank and run.sideways == style.way and _goes_on(run, x0, top, x1, bottom):
            self._letters.append(letter)
            if x1 > run.x1:
                run.x1 = x1
            if style.way:
                run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
            return
        self._finish()
        self._letters = [letter]
        size = style.size or bottom - top
        self._run = run = Run("", x0, top, x1, bottom, size, style.bold, self._blank, style.way)
        self._found.runs.append(run)
        self._began = style
        self._blank = False

    def _change_object(self) -> None:
        """Another text object begins: what was written as one piece ends. Some programs write each letter for itself."""
        if self._of_object > 1:
            self._finish()
        self._of_object = 0

    def _finish(self) -> None:
        """Writes the letters that were collected into their run."""
        run = self._run
        if run is None:
            return
        run.text = "".join(self._letters)
        self._run = None
        clip = self._clip(self._began)
        if clip and not _is_inside(run, clip):
            self._found.runs.pop()
            self._found.hidden += len(run.text)

    def _box(self, index: int, style: _Style) -> Box:
        """The box of a character as displayed: as wide as the letter, as high as its size."""
        affine = self._affine
        if style.loose:
            _loose_box(self._text, index, self._rect_at)
            left, high, right, low = self._rect
            if self._is_plain:
                e, f = affine.e, affine.f
                return left + e, f - high, right + e, f - low
            return affine.box(left, low, right, high)
        at = self._doubles_at
        _tight_box(self._text, index, at[0], at[1], at[2], at[3])
        _origin(self._text, index, at[4], at[5])
        left, right, low, high, origin_x, origin_y = self._doubles
        x0, top, x1, bottom = affine.box(left, low, right, high)
        base_x, base_y = affine.point(origin_x, origin_y)
        rise = style.size * _ASCENT
        if not style.way:
            return x0, base_y - rise, x1, base_y - rise + style.size
        if style.way == 1:
            return base_x + rise - style.size, top, base_x + rise, bottom
        return base_x - rise, top, base_x - rise + style.size, bottom

    def _style(self, index: int, of: Handle | None) -> _Style:
        """What the characters of a text object share."""
        _matrix(self._text, index, self._six_at)
        a, b, c, d, *place = self._six
        affine = self._affine
        along_x, along_y = affine.a * a + affine.c * b, affine.b * a + affine.d * b
        length = hypot(along_x, along_y)
        mode = _render_mode(of) if of else 0
        bold = bool(of) and (mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE or self._is_bold(index, of))
        style = _Style(0, True, 0.0, bold, of, (place[0], place[1]))
        if length:
            invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            style.way = None if invisible else _direction(along_x / length, along_y / length)
            # The library's wide boxes are right for letters that stand upright in the file's own coordinates only.
            style.loose = style.way == 0 and a > 0 and abs(b) <= _LEVEL * a
            style.size = 0.0 if style.loose else _font_size(self._text, index) * hypot(c, d)
        return style

    def _clip(self, style: _Style) -> Box | None:
        """The clip of a text object; absent where it has none, or is drawn in a form that is moved, with a clip there."""
        clip = self._clips.box(style.of, self._affine) if style.of else None
        if clip:
            _object_matrix(style.of, self._six_at)
            if abs(self._six[4] - style.place[0]) + abs(self._six[5] - style.place[1]) > _MOVED:
                return None
        return clip

    def _is_bold(self, index: int, of: Handle) -> bool:
        font = _font(of) or 0
        known = self._bold_fonts.get(font)
        if known is None:
            name = ctypes.create_string_buffer(256)
            _font_name(font, ctypes.addressof(name), len(name))
            known = _BOLD_NAME in name.value.lower() or _weight(self._text, index) >= _BOLD_WEIGHT
            self._bold_fonts[font] = known
        return known


def _direction(x: float, y: float) -> int | None:
    if abs(y) <= _LEVEL and x > 0:
        return 0
    if abs(x) <= _LEVEL:
        return 1 if y > 0 else -1
    return None


def _letter(code: int) -> str:
    if code == _SOFT_HYPHEN:
        return _HYPHEN
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _goes_on(run: Run, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether a character stands right behind a run, on its line."""
    size = run.size
    if run.sideways:
        gap = top - run.bottom if run.sideways > 0 else run.top - bottom
        return abs(x0 - run.x0) <= _RISE * size and abs(gap) <= _HOLE * size
    return (
        -_OVERLAP * size <= x0 - run.x1 <= _HOLE * size
        and abs(top - run.top) <= _RISE * size
        and x1 > run.x0
        and abs(bottom - top - run.bottom + run.top) <= _RISE * size
    )


def _is_inside(run: Run, clip: Box) -> bool:
    """Whether a run can be seen through its clip: the middle of its height, and some of its length."""
    if run.sideways:
        return run.top < clip[3] and run.bottom > clip[1] and 2 * clip[0] <= run.x0 + run.x1 <= 2 * clip[2]
    return run.x0 < clip[2] and run.x1 > clip[0] and 2 * clip[1] <= run.top + run.bottom <= 2 * clip[3]
