"""What a diagnostic speaks of as marks: numbered, with their texts, and where they stand on pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from attrs import frozen

from yusuan.compiler.readers.pdf.shapes import Outline, PageOrder, Picture
from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.overlay import letters_of
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.source import Box, Span, around

NOWHERE: Final[Box] = (0.0, 0.0, 0.0, 0.0)
"""The rectangle of a mark that stands for its whole page, of which nothing was read."""

# What stands in more cells and lines than this is marked as one.
_MOST_BOXES: Final = 12
# Of a table over many pages, the first are shown.
_MOST_PAGES: Final = 2
_SCALE: Final = 2.0


@frozen(slots=True)
class NumberedMark:
    """A place that a diagnostic speaks of.

    Attributes:
        number: from 1, which is the diagnostic's own place.
        span: the place.
        label: what stands there, in words; may be empty.
    """

    number: int
    span: Span
    label: str

    @property
    def is_own(self) -> bool:
        return self.number == 1


@frozen(slots=True)
class MarkedPage:
    """A page that a diagnostic speaks of.

    Attributes:
        number: from 1.
        boxes: the rectangles on it, each with the mark that it belongs to.
    """

    number: int
    boxes: tuple[tuple[NumberedMark, Box], ...]


def marks_of(diagnostic: Diagnostic) -> tuple[NumberedMark, ...]:
    """The marks of a diagnostic, its own first."""
    places = [(diagnostic.span, diagnostic.label or ""), *((one.span, one.label) for one in diagnostic.related)]
    return tuple(NumberedMark(number, span, label) for number, (span, label) in enumerate(places, start=1))


class MarkedPages:
    """The pages that the diagnostics of one input speak of, each drawn once.

    Attributes:
        pictures: by the number of the page; those that could be drawn.
    """

    def __init__(self, findings: Findings, draw: Callable[[PageOrder], Picture | None]) -> None:
        self._findings = findings
        outlines: dict[int, dict[Outline, None]] = {}
        self._marked = [list(self._outlines(one)) for one in findings.diagnostics]
        for marked in self._marked:
            for _, page, outline in marked:
                outlines.setdefault(page, {})[outline] = None
        self.pictures: dict[int, Picture] = {}
        self._boxes: dict[tuple[int, Outline], Box] = {}
        for page in sorted(outlines):
            wanted = tuple(outlines[page])
            picture = draw(PageOrder(page, _SCALE, is_bare=True, outlines=wanted))
            if picture is not None:
                self.pictures[page] = picture
                self._boxes |= {(page, one): box for one, box in zip(wanted, picture.boxes, strict=True)}

    def of(self, index: int) -> Sequence[MarkedPage]:
        """The pages of a diagnostic that could be drawn, by its place among all; that of its own place first."""
        found: dict[int, list[tuple[NumberedMark, Box]]] = {}
        for mark, page, outline in self._marked[index]:
            if page in self.pictures:
                found.setdefault(page, []).append((mark, self._boxes[page, outline]))
        return [MarkedPage(page, tuple(boxes)) for page, boxes in found.items()]

    def _outlines(self, diagnostic: Diagnostic) -> Iterator[tuple[NumberedMark, int, Outline]]:
        findings = self._findings
        if not findings.places.shows(diagnostic.span):
            page = diagnostic.span.page
            assert page is not None
            yield marks_of(diagnostic)[0], page, Outline(NOWHERE)
            return
        for mark in marks_of(diagnostic):
            pages: dict[int, list[Outline]] = {}
            for page, box, letters in letters_of(findings.source, findings.places, mark.span):
                pages.setdefault(page, []).append(Outline(box, letters))
            for page, outlines in islice(pages.items(), _MOST_PAGES):
                shown = outlines if len(outlines) <= _MOST_BOXES else [Outline(around(one.box for one in outlines))]
                yield from ((mark, page, outline) for outline in shown)


def crop(boxes: Sequence[Box], size: tuple[float, float], *, least: tuple[float, float], margin: float) -> Box:
    """The part of a page around some rectangles, no smaller than `least`; all of it where that is nearly the page.

    Args:
        boxes: at least one.
        size: width and height of the page.
        least: the least width and height.
        margin: how much there is to be around.
    """
    left, top, right, bottom = around(boxes)
    left, right = _widened(left - margin, right + margin, least[0], size[0])
    top, bottom = _widened(top - margin, bottom + margin, least[1], size[1])
    return left, top, right, bottom


def _widened(start: float, end: float, least: float, length: float) -> tuple[float, float]:
    lacking = max(0.0, least - (end - start))
    start, end = start - lacking / 2, end + lacking / 2
    if end > length:
        start, end = start - (end - length), length
    return (0.0, min(length, end - start)) if start < 0 else (start, end)
