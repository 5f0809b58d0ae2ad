"""The characters of a page as runs: what stands side by side on one line and was written as one piece."""

from __future__ import annotations

import ctypes
from itertools import repeat
from math import hypot, nan
from typing import Final

import pypdfium2.raw as raw
from attrs import define, field

from yusuan.compiler.readers.pdf.clipping import Clips, PageBox
from yusuan.compiler.readers.pdf.pdfium import Affine, Handle, Room, bare, pointer, quick
from yusuan.compiler.readers.pdf.spacing import RISE, is_spacing

_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int

_count: Final = quick("FPDFText_CountChars", _I, _P)
_unicode: Final = bare("FPDFText_GetUnicode", ctypes.c_uint)
_object: Final = bare("FPDFText_GetTextObject", _P)
_loose_box: Final = bare("FPDFText_GetLooseCharBox", _I)
_tight_box: Final = bare("FPDFText_GetCharBox", _I)
_origin: Final = bare("FPDFText_GetCharOrigin", _I)
_matrix: Final = quick("FPDFText_GetMatrix", _I, _P, _I, _P)
_object_matrix: Final = quick("FPDFPageObj_GetMatrix", _I, _P, _P)
_font_size: Final = quick("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
_weight: Final = quick("FPDFText_GetFontWeight", _I, _P, _I)
_font: Final = bare("FPDFTextObj_GetFont", _P)
_font_name: Final = quick("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)
_render_mode: Final = bare("FPDFTextObj_GetTextRenderMode", _I)
_boxes: Final = Room(ctypes.c_float, 4, 1)

# PDFium writes a hyphen at a line's end as this.
_SOFT_HYPHEN: Final = 0x02
_HYPHEN: Final = 0x2D
# PageCharacters without width: what they part belongs together.
_IGNORED: Final = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF))
_BLANKS: Final = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
_NO_LETTERS: Final = _IGNORED | _BLANKS | frozenset(range(0x7F, 0xA0))
_BOLD_WEIGHT: Final = 600
_BOLD_NAME: Final = b"bold"
# A hole of this part of the size ends a run: letters of one word stand closer, columns farther apart.
_HOLE: Final = 0.15
# How far a letter may reach into the one in front: narrow digits and kerning do.
_OVERLAP: Final = 0.3
# A letter that is a text object of its own and reaches this far back begins another word: that of the next cell.
_STEP_BACK: Final = 0.15
# How much of the size stands above the line that letters are written on.
_ASCENT: Final = 0.86
_SAME_HEIGHT: Final = 0.02
_MOVED: Final = 0.01
_LEVEL: Final = 0.02
# A page of a report has 700 characters, the densest 6,000.
MOST_CHARACTERS: Final = 200_000


@define(eq=False)
class GlyphRun:
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
class PageCharacters:
    """The characters of a page.

    Attributes:
        runs: in the order of the file, which is not the order of reading.
        outside: how many characters lie outside of the page, and are no text.
        hidden: how many are drawn in no colour at all (as under a scan), outside of their clip (by programs that draw a
            cell whole on each page that has a piece of it), or aslant (watermarks), and are no text.
        unmapped: how many have a picture, but no code that says what they are.
        crowded: whether the page has so many that the rest was left out.
    """

    runs: list[GlyphRun] = field(factory=list)
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
        is_plain: whether those boxes are only moved and turned over.
    """

    way: int | None
    loose: bool
    size: float
    bold: bool
    is_plain: bool = False


_NOTHING: Final = _Style(None, False, 0.0, False)


def is_letter(code: int) -> bool:
    """Whether a character is one that is seen: no blank, no sign without a width, no control character."""
    return (code >= 0x20 and code not in _NO_LETTERS) or code == _SOFT_HYPHEN


def read_characters(page_text: Handle, affine: Affine, width: float, height: float) -> PageCharacters:
    """The characters of a page that can be seen, as runs."""
    return _Reading(page_text, affine, width, height).read()


class _Reading:
    """One pass over the characters of a page."""

    def __init__(self, page_text: Handle, affine: Affine, width: float, height: float) -> None:
        self._text = page_text
        self._text_at = pointer(page_text)
        self._affine = affine
        # Nearly every page is only moved and turned over: no more needs to be reckoned for it.
        self._is_plain = (affine.a, affine.b, affine.c, affine.d) == (1.0, 0.0, 0.0, -1.0)
        self._edge = width
        self._foot = height
        self._found = PageCharacters()
        self._owners: list[Handle | None] = []
        self._run: GlyphRun | None = None
        # The codes of the letters of all runs, and where those of the last one begin.
        self._letters: list[int] = []
        self._first_letter = 0
        self._blank = False
        self._clips = Clips()
        self._began = 0
        # What the last letters of a font and a way of drawing looked like: their style, and the height of their boxes.
        self._looks: dict[tuple[Handle, int], tuple[_Style, float]] = {}
        self._six = (ctypes.c_float * 6)()
        self._six_at = ctypes.addressof(self._six)
        self._doubles = (ctypes.c_double * 6)()
        self._doubles_at = [ctypes.byref(self._doubles, 8 * index) for index in range(6)]
        self._bold_fonts: dict[Handle, bool] = {}

    def read(self) -> PageCharacters:
        text, found = self._text_at, self._found
        count = max(_count(self._text), 0)
        found.crowded = count > MOST_CHARACTERS
        count = min(count, MOST_CHARACTERS)
        codes = self._codes(count)
        self._owners = owners = list(map(_object, repeat(text, count), range(count)))
        _, boxes = _boxes.ask(_loose_box, repeat(text), range(count))
        self._gather(codes, owners, boxes)
        self._finish()
        return found

    def _gather(self, codes: list[int], owners: list[Handle | None], boxes: list[float]) -> None:
        """Puts characters into runs, given their codes, objects and the library's wide boxes as in the file."""
        sides = lefts, highs, rights, lows = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        shift, drop, edge = self._affine.e, self._affine.f, self._edge
        append = self._letters.append
        owner: Handle | None = -1
        style = _NOTHING
        is_plain = False
        of_object = 0
        run: GlyphRun | None = None
        near = far = rise = right = top = high = 0.0
        for index, code in enumerate(codes):
            if code <= 0x20 or code in _NO_LETTERS:
                if self._is_parted(code, index, owners, sides) and run is not None:
                    run.x1, run = right, None
                continue
            if owners[index] != owner:
                owner = owners[index]
                style = self._known_style(index, owner, highs[index] - lows[index])
                is_plain = style.is_plain
                # What was written as one piece ends, but for programs that write single letters; and what steps back.
                if run is not None and (
                    of_object > 1 or (is_plain and lefts[index] + shift < right - _STEP_BACK * run.size)
                ):
                    run.x1, run = right, None
                    self._finish()
                of_object = 0
            of_object += 1
            # Most letters stand right behind the last one: for those no more is asked.
            if run is not None and is_plain:
                gap, x1 = lefts[index] + shift - right, rights[index] + shift
                if (
                    near <= gap <= far
                    and (highs[index] == high or -rise <= drop - highs[index] - top <= rise)
                    and right < x1 <= edge
                ):
                    append(code)
                    right = x1
                    continue
            if run is not None:
                run.x1 = right
            if is_plain:
                box = lefts[index] + shift, drop - highs[index], rights[index] + shift, drop - lows[index]
            else:
                box = self._box(index, style, (lefts[index], lows[index], rights[index], highs[index]))
            run = self._take(code, style, box, index)
            if run is not None:
                near, far, rise = -_OVERLAP * run.size, _HOLE * run.size, RISE * run.size
                right, top, high = run.x1, run.top, highs[index] if is_plain else nan
        if run is not None:
            run.x1 = right

    def _is_parted(self, code: int, index: int, owners: list[Handle | None], sides: tuple[list[float], ...]) -> bool:
        """Whether a blank parts the letters on both sides of what is no letter, or of some in front of it."""
        lefts, _, rights, _ = sides
        if code in _BLANKS and not (rights[index] <= lefts[index] and is_spacing(index, owners, sides)):
            self._blank = True
        return self._blank

    def _codes(self, count: int) -> list[int]:
        """The code of each character, of what is none that of the mark for it."""
        codes: list[int] = list(map(_unicode, repeat(self._text_at, count), range(count)))
        self._found.unmapped = codes.count(0)
        if _SOFT_HYPHEN in codes:
            codes = [_HYPHEN if code == _SOFT_HYPHEN else code for code in codes]
        if codes and max(codes) >= 0xD800:
            codes = [code if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else 0xFFFD for code in codes]
        return codes

    def _known_style(self, index: int, of: Handle | None, height: float) -> _Style:
        """What the characters of a text object share, by those that looked the same before.

        Some programs write each letter as an object. Where the library's wide box has a height, the letters stand
        upright in the file, and with font and height all is known.
        """
        if not of or height <= 0:
            return self._style(index, of)
        at = pointer(of)
        look = _font(at) or 0, _render_mode(at)
        known, like = self._looks.get(look, (_NOTHING, 0.0))
        if abs(height - like) > _SAME_HEIGHT:
            known = self._style(index, of)
            self._looks[look] = known, height
        return known

    def _take(self, code: int, style: _Style, box: PageBox, index: int) -> GlyphRun | None:
        """Puts a letter behind the run that it goes on, or begins another one; that run, absent without one."""
        x0, top, x1, bottom = box
        if not (0 <= x0 + x1 <= 2 * self._edge and 0 <= top + bottom <= 2 * self._foot):
            self._found.outside += 1
            self._finish()
            return None
        if style.way is None:
            self._found.hidden += 1
            return None if self._blank else self._run
        run = self._run
        if run is not None and not self._blank and run.sideways == style.way and _goes_on(run, x0, top, x1, bottom):
            self._letters.append(code)
            run.x1 = max(run.x1, x1)
            if style.way:
                run.top, run.bottom = min(run.top, top), max(run.bottom, bottom)
            return run
        self._finish()
        self._first_letter = len(self._letters)
        self._letters.append(code)
        size = style.size or bottom - top
        self._run = run = GlyphRun("", x0, top, x1, bottom, size, style.bold, self._blank, style.way)
        self._found.runs.append(run)
        self._began = index
        self._blank = False
        return run

    def _finish(self) -> None:
        """Ends the run: the letters that were collected are its text."""
        run = self._run
        if run is None:
            return
        run.text = "".join(map(chr, self._letters[self._first_letter :]))
        self._run = None
        clip = self._clip_of(self._began)
        if clip and not _is_inside(run, clip):
            self._found.runs.pop()
            self._found.hidden += len(run.text)

    def _box(self, index: int, style: _Style, loose: PageBox) -> PageBox:
        """The box of a character as displayed: as wide as the letter, as high as its size."""
        affine = self._affine
        if style.loose:
            return affine.box(*loose)
        at = self._doubles_at
        _tight_box(self._text_at, index, at[0], at[1], at[2], at[3])
        _origin(self._text_at, index, at[4], at[5])
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
        a, b, c, d, _, _ = self._six
        affine = self._affine
        along_x, along_y = affine.a * a + affine.c * b, affine.b * a + affine.d * b
        length = hypot(along_x, along_y)
        mode = _render_mode(pointer(of)) if of else 0
        bold = bool(of) and (mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE or self._is_bold(index, of or 0))
        style = _Style(0, True, 0.0, bold)
        if length:
            invisible = mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
            style.way = None if invisible else _direction(along_x / length, along_y / length)
            # The library's wide boxes are right for letters that stand upright in the file's own coordinates only.
            style.loose = style.way == 0 and a > 0 and abs(b) <= _LEVEL * a
            style.size = 0.0 if style.loose else _font_size(self._text, index) * hypot(c, d)
        style.is_plain = style.loose and self._is_plain
        return style

    def _clip_of(self, index: int) -> PageBox | None:
        """The clip of a character; absent where it has none, or is drawn in a form that is moved, with a clip there."""
        of = self._owners[index]
        clip = self._clips.box(pointer(of), self._affine) if of else None
        if clip:
            _matrix(self._text, index, self._six_at)
            *_, x, y = self._six
            _object_matrix(of, self._six_at)
            if abs(self._six[4] - x) + abs(self._six[5] - y) > _MOVED:
                return None
        return clip

    def _is_bold(self, index: int, of: Handle) -> bool:
        font = _font(pointer(of)) or 0
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


def _goes_on(run: GlyphRun, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Whether a character stands right behind a run, on its line."""
    size = run.size
    if run.sideways:
        gap = top - run.bottom if run.sideways > 0 else run.top - bottom
        return abs(x0 - run.x0) <= RISE * size and abs(gap) <= _HOLE * size
    return (
        -_OVERLAP * size <= x0 - run.x1 <= _HOLE * size
        and abs(top - run.top) <= RISE * size
        and x1 > run.x0
        and abs(bottom - top - run.bottom + run.top) <= RISE * size
    )


def _is_inside(run: GlyphRun, clip: PageBox) -> bool:
    """Whether a run can be seen through its clip: the middle of its height, and some of its length."""
    if run.sideways:
        return run.top < clip[3] and run.bottom > clip[1] and 2 * clip[0] <= run.x0 + run.x1 <= 2 * clip[2]
    return run.x0 < clip[2] and run.x1 > clip[0] and 2 * clip[1] <= run.top + run.bottom <= 2 * clip[3]
