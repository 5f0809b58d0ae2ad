"""What is to be drawn of a page, and the picture: plain values, which go from one process to the other as they are.

Lengths are points, from the top left of the page as displayed; colours are red, green, blue and opacity, up to 255.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from yusuan.ir.source import Box

Colour: TypeAlias = tuple[int, int, int, int]
"""Red, green, blue, opacity."""


class Letters(NamedTuple):
    """Some letters of a line, blanks not counted: the first, the one behind the last, and how many the line has."""

    first: int
    behind: int
    total: int


class Outline(NamedTuple):
    """A rectangle.

    Attributes:
        box: where it stands.
        letters: the letters that it is around, of the line whose rectangle `box` is; absent for all of it.
        fill: its colour inside; absent for none.
        line: the colour of its edge; absent for none.
        width: how wide the edge is.
    """

    box: Box
    letters: Letters | None = None
    fill: Colour | None = None
    line: Colour | None = None
    width: float = 0.5


class Caption(NamedTuple):
    """Words in Latin letters: where they begin, how large they are, their colour."""

    left: float
    top: float
    size: float
    colour: Colour
    words: str


class PageOrder(NamedTuple):
    """What is to be drawn.

    Attributes:
        page: from 1.
        scale: pixels to the point.
        strip: how much room there is to be below the page.
        is_bare: whether the picture is the page in grey, and of the outlines only their places are asked.
        outlines, captions: what is drawn over it, later ones over earlier ones, captions over all.
    """

    page: int
    scale: float = 2.0
    strip: float = 0.0
    is_bare: bool = False
    outlines: tuple[Outline, ...] = ()
    captions: tuple[Caption, ...] = ()


class Picture(NamedTuple):
    """A page as a picture.

    Attributes:
        width, height: of the page.
        png: the file, with what was drawn over it.
        boxes: where each outline of the order stands, around its letters.
    """

    width: float
    height: float
    png: bytes
    boxes: tuple[Box, ...]
