"""The rulings of a page: level and upright lines and thin rectangles that can be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import pairwise, repeat
from typing import Any, Final, TypeAlias

import pypdfium2.raw as raw
from attrs import define, field

from yusuan.compiler.readers.pdf.clipping import Clips, PageBox, overlap
from yusuan.compiler.readers.pdf.pdfium import Affine, Handle, Pointer, Room, bare, pointer, quick

# Where the ruling stands across its direction, where it starts and where it ends; in points as displayed.
Ruling: TypeAlias = tuple[float, float, float]

_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int

_count_on_page: Final = quick("FPDFPage_CountObjects", _I, _P)
_on_page: Final = bare("FPDFPage_GetObject", _P)
_count_in_form: Final = bare("FPDFFormObj_CountObjects", _I)
_in_form: Final = quick("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_type: Final = bare("FPDFPageObj_GetType", _I)
_bounds: Final = bare("FPDFPageObj_GetBounds", _I)
_object_matrix: Final = bare("FPDFPageObj_GetMatrix", _I)
_draw_mode: Final = bare("FPDFPath_GetDrawMode", _I)
_fill_color: Final = bare("FPDFPageObj_GetFillColor", _I)
_stroke_color: Final = bare("FPDFPageObj_GetStrokeColor", _I)
_count_segments: Final = bare("FPDFPath_CountSegments", _I)
_segment: Final = bare("FPDFPath_GetPathSegment", _P)
_segment_type: Final = bare("FPDFPathSegment_GetType", _I)
_segment_point: Final = bare("FPDFPathSegment_GetPoint", _I)
_segment_closes: Final = bare("FPDFPathSegment_GetClose", _I)
_four_sides: Final = Room(ctypes.c_float, 4, 4)
_two_modes: Final = Room(ctypes.c_int, 2, 2)
_four_colors: Final = Room(ctypes.c_uint, 4, 4)

# What is no thicker than this is a rule, what is thicker a coloured area.
THICKEST: Final = 3.0
# What is shorter is a corner or a dot.
_SHORTEST: Final = 1.0
_WHITE: Final = 250
_DEEPEST: Final = 8
# More objects than this on one page are a drawing; the densest sheets have 6,000.
MOST_OBJECTS: Final = 60_000
MOST_SEGMENTS: Final = 60_000
# A line with this many segments is at most a rectangle.
_RECTANGLE: Final = 5


@define
class Drawing:
    """What is drawn on a page.

    Attributes:
        level, upright: the rulings.
        pictures: the boxes of images, as displayed.
        crowded: whether the page has so many objects that the rest was left out.
    """

    level: list[Ruling] = field(factory=list)
    upright: list[Ruling] = field(factory=list)
    pictures: list[PageBox] = field(factory=list)
    crowded: bool = False


def read_drawing(page: Handle, affine: Affine, width: float, height: float) -> Drawing:
    """The rulings and pictures of a page, those in its form XObjects too."""
    reading = _Reading(width, height)
    reading.walk(_on_page, pointer(page), _count_on_page(page), affine, 0)
    return reading.found


class _Reading:
    """One pass over the objects of a page."""

    def __init__(self, width: float, height: float) -> None:
        self.found = Drawing()
        self._page = (0.0, 0.0, width, height)
        self._clips = Clips()
        self._left = MOST_OBJECTS
        self._segments_left = MOST_SEGMENTS
        self._floats = (ctypes.c_float * 4)()
        self._floats_at = [ctypes.byref(self._floats, 4 * index) for index in range(4)]
        self._matrix = raw.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)

    def walk(self, get: Callable[[Any, int], Handle], holder: Any, count: int, affine: Affine, depth: int) -> None:
        """Takes in the objects of the page or of a form; `affine` leads from their coordinates to those displayed."""
        self.found.crowded = self.found.crowded or count > self._left
        count = min(max(count, 0), self._left)
        self._left -= count
        objects: list[Pointer] = list(map(pointer, map(get, repeat(holder, count), range(count))))
        kinds = list(map(_type, objects))
        self._paths([each for each, kind in zip(objects, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH], affine)
        for each, kind in zip(objects, kinds, strict=True):
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                box = self._visible(each, affine, self._bounds_of(each, affine))
                if box:
                    self.found.pictures.append(box)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = affine.after(self._matrix_of(each))
                self.walk(_in_form, each, _count_in_form(each), inner, depth + 1)

    def _paths(self, paths: list[Pointer], affine: Affine) -> None:
        """Takes in paths. What is asked of each is asked in bulk: a sheet has hundreds of them."""
        _, modes = _two_modes.ask(_draw_mode, paths)
        fills = _seen(_fill_color, paths, modes[0::2])
        strokes = _seen(_stroke_color, paths, modes[1::2])
        _, sides = _four_sides.ask(_bounds, paths)
        for path, filled, stroked, box in zip(paths, fills, strokes, affine.boxes(sides), strict=True):
            if filled or stroked:
                self._path(path, stroked, box, affine)

    def _path(self, path: Pointer, stroked: bool, box: PageBox, affine: Affine) -> None:
        if box[2] - box[0] <= THICKEST or box[3] - box[1] <= THICKEST:
            self._add(self._visible(path, affine, box))
            return
        segments = _count_segments(path)
        if not stroked and segments <= _RECTANGLE:
            return
        self._outline(path, segments, affine.after(self._matrix_of(path)), stroked, affine)

    def _outline(self, path: Pointer, segments: int, to_page: Affine, stroked: bool, affine: Affine) -> None:
        """The rulings of a path of many segments: the lines of a stroked one, the thin rectangles of a filled one."""
        for corners in self._subpaths(path, segments, to_page):
            xs = [x for x, _ in corners]
            ys = [y for _, y in corners]
            box = min(xs), min(ys), max(xs), max(ys)
            if min(box[2] - box[0], box[3] - box[1]) <= THICKEST:
                self._add(self._visible(path, affine, box))
            elif stroked:
                for (x0, y0), (x1, y1) in pairwise(corners):
                    side = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                    if min(side[2] - side[0], side[3] - side[1]) <= _SHORTEST:
                        self._add(self._visible(path, affine, side))

    def _subpaths(self, path: Pointer, segments: int, to_page: Affine) -> list[list[tuple[float, float]]]:
        """The corners of each part of a path, those of curves left out."""
        parts: list[list[tuple[float, float]]] = []
        for index in range(min(segments, self._segments_left)):
            segment = pointer(_segment(path, index))
            kind = _segment_type(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([])
            _segment_point(segment, self._floats_at[0], self._floats_at[1])
            if kind != raw.FPDF_SEGMENT_BEZIERTO:
                parts[-1].append(to_page.point(self._floats[0], self._floats[1]))
            if _segment_closes(segment) and parts[-1]:
                parts[-1].append(parts[-1][0])
        self._segments_left -= min(segments, self._segments_left)
        return [part for part in parts if len(part) > 1]

    def _add(self, box: PageBox | None) -> None:
        """Takes in a thin box as a ruling."""
        if box is None:
            return
        x0, top, x1, bottom = box
        if x1 - x0 >= bottom - top:
            if x1 - x0 > _SHORTEST:
                self.found.level.append(((top + bottom) / 2, x0, x1))
        elif bottom - top > _SHORTEST:
            self.found.upright.append(((x0 + x1) / 2, top, bottom))

    def _visible(self, each: Pointer, affine: Affine, box: PageBox) -> PageBox | None:
        """The part of a box that page and clip leave; absent where nothing is left."""
        x0, top, x1, bottom = box
        _, _, width, height = self._page
        is_inside = 0 <= x0 <= x1 <= width and 0 <= top <= bottom <= height
        cut = box if is_inside else overlap(box, self._page)
        hole = self._clips.box(each, affine) if cut else None
        return overlap(cut, hole) if cut and hole else cut

    def _bounds_of(self, each: Pointer, affine: Affine) -> PageBox:
        at = self._floats_at
        _bounds(each, at[0], at[1], at[2], at[3])
        left, bottom, right, top = self._floats
        return affine.box(left, bottom, right, top)

    def _matrix_of(self, each: Pointer) -> Affine:
        _object_matrix(each, self._matrix_at)
        six = self._matrix
        return Affine(six.a, six.b, six.c, six.d, six.e, six.f)


def _seen(color: Callable[..., Any], paths: Sequence[Pointer], drawn: Sequence[int]) -> list[bool]:
    """Which paths are drawn in a colour that shows on white paper; `drawn` is 0 for those that are not drawn at all."""
    asked = [path for path, is_drawn in zip(paths, drawn, strict=True) if is_drawn]
    known, colors = _four_colors.ask(color, asked)
    seen = iter(
        [
            not is_known or (alpha > 0 and (red < _WHITE or green < _WHITE or blue < _WHITE))
            for is_known, red, green, blue, alpha in zip(
                known, colors[0::4], colors[1::4], colors[2::4], colors[3::4], strict=True
            )
        ]
    )
    return [is_drawn != 0 and next(seen) for is_drawn in drawn]
