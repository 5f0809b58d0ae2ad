"""括号与引号: brackets and quotation marks that are not closed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from attrs import frozen

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds
from yusuan.ir.diagnostics import codes
from yusuan.ir.source import Span

_CODE = codes.UNCLOSED_BRACKET
# Where a page or a line break parts a sentence, its other half stands in one of the next paragraphs.
_NEXT_REGIONS = 3


@frozen(slots=True)
class _Region:
    """What a paragraph, heading or cell leaves unpaired.

    Attributes:
        opened: offsets of marks that it does not close, with their kind.
        closed: the kinds of marks that it closes without having opened them.
        paired: whether it has any mark at all.
    """

    opened: tuple[tuple[int, int], ...]
    closed: tuple[int, ...]
    paired: bool


_BARE: Final = _Region((), (), False)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each paragraph, heading and cell of a table that was read; those of account sheets are cut off as they come."""
    spans = [section.heading.span for section in inspection.sections if section.heading is not None]
    spans += [paragraph.span for paragraph in inspection.paragraphs]
    typed = (row for table in inspection.tables if table.typed for row in table.rows)
    spans += [cell.span for row in typed for cell in row.cells if cell.text]
    spans.sort(key=attrgetter("start"))
    regions = _regions(inspection, spans)
    for at, region in enumerate(regions):
        left = _left_open(region, regions[at + 1 : at + 1 + _NEXT_REGIONS]) if region.opened else None
        if left is not None:
            place = inspection.source.span(left, left + 1)
            yield broken(_CODE, _CODE.at(place, row=inspection.row(place), mark=inspection.source.text[left]))
        elif region.paired:
            yield holds(_CODE)


def _left_open(region: _Region, following: Sequence[_Region]) -> int | None:
    """The first mark of a region that none of the regions behind it closes; absent where there is none."""
    closed = Counter(kind for later in following for kind in later.closed)
    for offset, kind in region.opened:
        if not closed[kind]:
            return offset
        closed[kind] -= 1
    return None


def _regions(inspection: Inspection, spans: Sequence[Span]) -> list[_Region]:
    """What each region leaves unpaired, from one run over all marks of the text; most regions have none."""
    starts = [span.start for span in spans]
    regions = [_BARE] * len(spans)
    marks = inspection.words.marks.finditer(inspection.source.text)
    for at, own in groupby(marks, key=lambda mark: bisect_right(starts, mark.start()) - 1):
        within = [mark for mark in own if at >= 0 and mark.start() < spans[at].end]
        if within:
            regions[at] = _read(inspection, spans[at], within)
    return regions


def _read(inspection: Inspection, span: Span, marks: Sequence[re.Match[str]]) -> _Region:
    """Each kind of marks pairs on its own: what is closed across another pair closes all the same, （“甲）."""
    words = inspection.words
    numbers: set[int] | None = None
    opened: dict[int, list[int]] = {}
    closed: list[int] = []
    for match in marks:
        kind = words.kinds_of_marks[match[0]]
        if match[0] in words.opening:
            opened.setdefault(kind, []).append(match.start())
        elif opened.get(kind):
            opened[kind].pop()
        else:
            if numbers is None:
                text = inspection.source.text[span.start : span.end]
                numbers = {span.start + number.end() - 1 for number in words.list_number.finditer(text)}
            if match.start() not in numbers:
                closed.append(kind)
    left = sorted((place, kind) for kind, places in opened.items() for place in places)
    return _Region(tuple(left), tuple(closed), True)
