"""Clips: the part of a page outside of which an object is not seen."""

from __future__ import annotations

import ctypes
from typing import Final, TypeAlias

from yusuan.compiler.readers.pdf.pdfium import Affine, Pointer, bare, pointer

PageBox: TypeAlias = tuple[float, float, float, float]

_P: Final = ctypes.c_void_p
_I: Final = ctypes.c_int

_clip: Final = bare("FPDFPageObj_GetClipPath", _P)
_count_paths: Final = bare("FPDFClipPath_CountPaths", _I)
_count_segments: Final = bare("FPDFClipPath_CountPathSegments", _I)
_segment: Final = bare("FPDFClipPath_GetPathSegment", _P)
_point: Final = bare("FPDFPathSegment_GetPoint", _I)

# A rule that lies on the border of its clip is still seen.
_BORDER: Final = 0.5
# Clips of more corners than this are pictures, and hide what they like.
_MOST_CORNERS: Final = 64
# A rectangle has four corners, and the first one perhaps again.
_RECTANGLE: Final = (4, 5)
_MOST_PATHS: Final = 16


class Clips:
    """The clips of the objects of a page."""

    def __init__(self) -> None:
        self._point = (ctypes.c_float * 2)()
        self._x_at = ctypes.byref(self._point)
        self._y_at = ctypes.byref(self._point, 4)

    def box(self, each: Pointer, affine: Affine) -> PageBox | None:
        """The box around an object's clip, by a map from its coordinates to those displayed; absent without a clip."""
        clip = pointer(_clip(each))
        count = _count_paths(clip) if clip else 0
        if count <= 0:
            return None
        found: PageBox | None = None
        for index in range(min(count, _MOST_PATHS)):
            xs, ys = self._corners(clip, index)
            if xs:
                hole = affine.box(min(xs), min(ys), max(xs), max(ys))
                found = hole if found is None else overlap(found, hole, 0.0) or (0.0, 0.0, 0.0, 0.0)
        return found

    def _corners(self, clip: Pointer, index: int) -> tuple[list[float], list[float]]:
        """The corners of a path; of a rectangle, two opposite ones."""
        count = _count_segments(clip, index)
        xs: list[float] = []
        ys: list[float] = []
        if count > _MOST_CORNERS:
            return xs, ys
        for at in (0, 2) if count in _RECTANGLE else range(count):
            _point(pointer(_segment(clip, index, at)), self._x_at, self._y_at)
            xs.append(self._point[0])
            ys.append(self._point[1])
        return xs, ys


def overlap(box: PageBox, hole: PageBox, border: float = _BORDER) -> PageBox | None:
    """The part of a box inside another one; absent where they are apart."""
    x0, top = max(box[0], hole[0] - border), max(box[1], hole[1] - border)
    x1, bottom = min(box[2], hole[2] + border), min(box[3], hole[3] + border)
    return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None
