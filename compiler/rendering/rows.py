"""What an excerpt shows of an input that has a layout: of a table the row with its cells, of prose the paragraph.

p8:r7 | 满意度指标 | 服务对象满意度 | 社会公众满意度 | ≥90次
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

from yusuan.ir.nodes import Table
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import SourceFile, Span

# Not U+2502, whose width differs between terminals.
_BORDER: Final = " | "
_LINE_END: Final = re.compile("[\r\n]")
_ON_ONE_LINE: Final = str.maketrans("\r\n", "  ")


@frozen(slots=True, order=True)
class _Key:
    """A line of the view, in the order of the input.

    Attributes:
        start: where its table starts in the text, or the line itself.
        row: the row of the table; 0 outside of tables.
        span: where it stands, for its page and line.
        table: the table; absent outside.
    """

    start: int
    row: int
    span: Span = field(eq=False, order=False)
    table: Table | None = field(default=None, eq=False, order=False)

    @property
    def name(self) -> str:
        """What it is called at the margin."""
        place = f"p{self.span.page}" if self.span.page else str(self.span.line)
        return f"{place}:r{self.row}" if self.row else place

    def follows(self, before: _Key) -> bool:
        """Whether it is the next row of the same table."""
        return self.row > 0 and (before.start, before.row) == (self.start, self.row - 1)


@frozen(slots=True)
class _Part:
    """A piece of the input on a line of the view: where it starts and ends in the input, and starts in the view."""

    start: int
    end: int
    shown: int


class RowView:
    """A text of the rows and paragraphs that some spans stand in, each on a line, and where the spans stand there.

    Between lines that do not follow each other in the input stands an empty one.

    Attributes:
        source: the text.
        names: what its lines are called, by number.
    """

    def __init__(self, source: SourceFile, places: FilePlaces, spans: Iterable[Span]) -> None:
        self._input = source
        self._places = places
        self._parts_of: dict[_Key, list[_Part]] = {}
        self.names: dict[int, str] = {}
        lines: list[str] = []
        at = 0
        # Of a paragraph over two pages the first span says the page.
        keys = sorted(dict.fromkeys(map(self._key, spans)))
        for before, key in zip([None, *keys], keys, strict=False):
            if before is not None and not key.follows(before):
                lines.append("")
                at += 1
            shown = list(self._shown(key, at))
            self._parts_of[key] = [part for part, _ in shown]
            lines.append(_BORDER.join(words for _, words in shown))
            self.names[len(lines)] = key.name
            at += len(lines[-1]) + 1
        self.source = SourceFile(source.name, "".join(f"{line}\n" for line in lines))

    def moved(self, span: Span) -> Span:
        """Where one of the spans stands in this text; one that goes on to further lines ends with its first."""
        parts = self._parts_of[self._key(span)]
        start = _shown_at(parts, span.start)
        return self.source.span(start, max(start, _shown_at(parts, span.end)))

    def end_of(self, span: Span) -> str:
        """What the line is called that a span ends on, if that is another one; else empty."""
        last = max(span.start, span.end - 1)
        key = self._key(self._input.span(last, last))
        return key.name if key != self._key(span) else ""

    def _key(self, span: Span) -> _Key:
        found = self._places.cell(span.start)
        if found is None:
            return _Key(span.start - span.column + 1, 0, span)
        return _Key(found.table.span.start, found.cell.row, found.cell.span, found.table)

    def _shown(self, key: _Key, at: int) -> Iterator[tuple[_Part, str]]:
        """The parts of a line that begins at an offset of the view, and what they say there."""
        for start, end in self._ranges(key):
            words = self._input.text[start:end].translate(_ON_ONE_LINE)
            yield _Part(start, end, at), words
            at += end - start + len(_BORDER)

    def _ranges(self, key: _Key) -> Iterator[tuple[int, int]]:
        """Where the parts of a line stand in the input."""
        if key.table is not None:
            yield from ((cell.span.start, cell.span.end) for cell in self._places.row(key.table, key.row))
            return
        found = _LINE_END.search(self._input.text, key.start)
        yield key.start, found.start() if found else len(self._input.text)


def _shown_at(parts: Sequence[_Part], offset: int) -> int:
    """Where a character of the input is shown; one that is not, where the part in front of it ends."""
    shown = min(parts, key=lambda part: part.start).shown
    for part in sorted(parts, key=lambda part: part.start):
        if part.start <= offset:
            shown = part.shown + min(offset, part.end) - part.start
    return shown
