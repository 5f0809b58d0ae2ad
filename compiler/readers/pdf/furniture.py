"""Running heads, feet and page numbers: what stands at the edge of page after page, known by recurrence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Final

from attrs import frozen

from yusuan.compiler.readers.pdf.characters import GlyphRun
from yusuan.compiler.readers.pdf.lines import RunLine, finished_line, gather_lines, line_text
from yusuan.compiler.readers.pdf.model import LeftOut, Omission
from yusuan.compiler.readers.pdf.pages import PdfPage

# The part of a page's height in which numbers stand, and the smaller one in which heads do: titles stand below.
_NUMBER_ZONE: Final = 0.12
_HEAD_ZONE: Final = 0.065
# What is printed larger than this times the usual size is a title.
_HEAD_SIZE: Final = 1.25
# A head stands on this part of the pages, and on at least so many.
_HEAD_SHARE: Final = 0.5
_FEWEST: Final = 3
# A page number counts on with this part of the pages that have one of its form.
_COUNTING_SHARE: Final = 0.6
_LONGEST_NUMBER: Final = 24
# A head or foot has at most this many lines.
_DEEPEST: Final = 3
_DIGITS: Final = re.compile(r"[0-9]+")


@frozen
class _Edge:
    """The line at an edge of a page that nothing but furniture parts from it.

    Attributes:
        page, line, text: the line, where it stands and what it says.
        is_near: whether it is as near to the edge, and as small, as running heads are.
        is_top: whether it is at the upper edge.
    """

    page: PdfPage
    line: RunLine
    text: str
    is_near: bool
    is_top: bool

    @property
    def form(self) -> str:
        return _DIGITS.sub("#", self.text)


def take_out_furniture(pages: Sequence[PdfPage], fold: Mapping[int, str]) -> list[LeftOut]:
    """Takes running heads, feet and page numbers out of the runs of the pages, and says what was taken."""
    taken: list[LeftOut] = []
    lines = {
        (page.number, side): lines
        for page in pages
        for side, lines in enumerate((_lines_at(page, top=True), _lines_at(page, top=False), _sideways(page)))
    }
    for _ in range(_DEEPEST):
        found: list[tuple[_Edge, Omission]] = []
        for side in range(3):
            edges = [_edge(page, each[0]) for page in pages if (each := lines[page.number, side])]
            found += _recurring(edges, len(pages))
        if not found:
            break
        for edge, kind in found:
            for side in range(3):
                own = lines[edge.page.number, side]
                lines[edge.page.number, side] = [line for line in own if line is not edge.line]
            taken.append(LeftOut(kind, edge.text, finished_line(edge.line, edge.page.number, fold).box))
        _take_out(found)
    taken.sort(key=lambda each: (each.box.page, each.box.top))
    return taken


def _take_out(found: Iterable[tuple[_Edge, Omission]]) -> None:
    of_page: dict[int, tuple[PdfPage, set[int]]] = {}
    for edge, _ in found:
        of_page.setdefault(edge.page.number, (edge.page, set()))[1].update(map(id, edge.line.runs))
    for page, gone in of_page.values():
        page.characters.runs = [run for run in page.runs if id(run) not in gone]


def _lines_at(page: PdfPage, top: bool) -> list[RunLine]:
    """The lines in the upper or lower zone of a page, from its edge inwards."""
    zone = page.height * _NUMBER_ZONE
    if top:
        return gather_lines([run for run in page.runs if run.bottom <= zone and not run.sideways])[:_DEEPEST]
    near: list[GlyphRun] = [run for run in page.runs if run.top >= page.height - zone and not run.sideways]
    return gather_lines(near)[: -_DEEPEST - 1 : -1]


def _sideways(page: PdfPage) -> list[RunLine]:
    """What stands sideways at the left or right edge: numbers of pages that were turned afterwards."""
    zone = page.width * _NUMBER_ZONE
    return gather_lines([run for run in page.runs if run.sideways and not zone < run.x0 < page.width - zone])


def _edge(page: PdfPage, line: RunLine) -> _Edge:
    far = min(line.bottom, page.height - line.top)
    usual = median(run.size for run in page.runs)
    is_near = far <= page.height * _HEAD_ZONE and line.runs[0].size <= _HEAD_SIZE * usual
    return _Edge(page, line, line_text(line.runs), is_near, 2 * line.top < page.height)


def _recurring(edges: Sequence[_Edge], pages: int) -> list[tuple[_Edge, Omission]]:
    """Those of the outermost lines that belong to the pages."""
    forms: dict[str, list[_Edge]] = defaultdict(list)
    texts: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if len(edge.text) <= _LONGEST_NUMBER and edge.form != edge.text:
            forms[edge.form].append(edge)
        if edge.is_near:
            texts[_without_number(edge)].append(edge)
    found = {
        id(edge): (edge, Omission.RUNNING_HEAD)
        for same in texts.values()
        if len(same) >= max(_FEWEST, _HEAD_SHARE * pages)
        for edge in same
    }
    for same in forms.values():
        found.update({id(edge): (edge, Omission.PAGE_NUMBER) for edge in _counting(same, pages)})
    return list(found.values())


def _without_number(edge: _Edge) -> str:
    """The text, the number of the page masked where it has it."""
    return re.sub(rf"(?<![0-9]){edge.page.number}(?![0-9])", "#", edge.text)


def _counting(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """The lines of one form that have a number which counts with the pages.

    Numbers of tables count with the pages too, for a while or all the time: they stand above the table, and a form with
    words in it must stand at the foot, and go through most of the document.
    """
    is_bare = not any(char.isalpha() for char in edges[0].form)
    if not is_bare:
        edges = [edge for edge in edges if not edge.is_top]
    fewest = _FEWEST if is_bare else max(_FEWEST, _HEAD_SHARE * pages)
    if len(edges) < fewest:
        return []
    for place in range(edges[0].form.count("#")):
        ahead: dict[int, list[_Edge]] = defaultdict(list)
        for edge in edges:
            ahead[int(_DIGITS.findall(edge.text)[place][:9]) - edge.page.number].append(edge)
        counting = [edge for same in ahead.values() if len(same) >= fewest for edge in same]
        if len(counting) >= _COUNTING_SHARE * len(edges):
            return counting
    return []
