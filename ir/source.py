"""Where something stands: spans of characters, lines and columns as the user sees them, and places in the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, TypeAlias

from attrs import field, frozen

from yusuan.ir.quick import maker, quick

# CR, LF and CRLF end a line, as editors count them; U+2028, U+000B and U+000C do not.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

Box: TypeAlias = tuple[float, float, float, float]
"""A rectangle on a page as it is displayed: left, top, right, bottom, in points from the page's top left corner."""


def around(boxes: Iterable[Box]) -> Box:
    """The rectangle around some, at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@quick
@frozen(slots=True, weakref_slot=False)
class Span:
    """A range of characters of the source.

    Attributes:
        start: offset of the first character, from 0, in characters of the decoded text.
        end: offset after the last character; equal to `start` for an empty range.
        line: line of the first character, from 1.
        column: column of the first character, from 1, in characters (a TAB and a wide character count as one).
        page: the page that the first character stands on, from 1; absent where the input has no pages.
    """

    start: int
    end: int
    line: int
    column: int
    page: int | None = None


_span: Final = maker(Span)


@frozen(slots=True)
class FilePlace:
    """A place in the file that an input was read from.

    Attributes:
        start: offset of the first character of the text that stands there; what follows stands there too, up to the
            next place.
        page: its page, from 1; absent in a file without pages.
        box: its rectangle on the page; absent where it is not known.
        path: the part of the file that it is in, as an archive names it; absent in a file without parts.
    """

    start: int
    page: int | None = None
    box: Box | None = None
    path: str | None = None


@frozen(slots=True)
class Provenance:
    """The file that a document was read from.

    Attributes:
        path: its path as given, `-` for standard input; absent where it was given as text or bytes.
        sha256: the SHA-256 of its bytes, in small hexadecimal digits; absent where it could not be read or was text.
        pages: how many pages it has; absent where it has none, or could not be read.
    """

    path: str | None = None
    sha256: str | None = None
    pages: int | None = None


NO_PROVENANCE: Final = Provenance()
"""The provenance of a text that comes from nowhere known."""


def _start_of(place: FilePlace) -> int:
    return place.start


def _sorted(places: tuple[FilePlace, ...]) -> tuple[FilePlace, ...]:
    return tuple(sorted(places, key=_start_of))


@frozen(slots=True)
class SourceMap:
    """From the offsets of a text to the places in the file that it was read from; without any for plain text.

    Attributes:
        entries: the places, in the order of the text.
    """

    entries: tuple[FilePlace, ...] = field(default=(), converter=_sorted)
    _starts: list[int] = field(init=False, repr=False, eq=False)

    @_starts.default
    def _index_starts(self) -> list[int]:
        return [place.start for place in self.entries]

    def at(self, offset: int) -> FilePlace | None:
        """Where the character at `offset` stands; absent where the map does not say."""
        found = bisect_right(self._starts, offset)
        return self.entries[found - 1] if found else None

    def within(self, start: int, end: int) -> tuple[FilePlace, ...]:
        """The places that a range of characters stands at: one, or several where it goes on elsewhere."""
        first = max(0, bisect_right(self._starts, start) - 1)
        behind = bisect_left(self._starts, max(end, start + 1))
        return self.entries[first:behind]

    def end_of(self, place: FilePlace, length: int) -> int:
        """Where in a text of that length the characters of one of the places end."""
        behind = bisect_right(self.entries, place.start, key=_start_of)
        return self.entries[behind].start if behind < len(self.entries) else length

    def page(self, offset: int) -> int | None:
        """The page, from 1, that the character at `offset` stands on; absent where the map does not say."""
        place = self.at(offset)
        return place.page if place else None


NO_PLACES: Final = SourceMap()
"""The map of plain text."""


@frozen(slots=True)
class SourceFile:
    """The text of one input, decoded or read off its file, with an index of its lines.

    Attributes:
        name: the input's name for people, normally its path as given.
        text: the text, line ends as they stand, without a byte order mark.
        places: where its characters stand in a file that is no text; without any for plain text.
    """

    name: str
    text: str = field(repr=False)
    places: SourceMap = field(default=NO_PLACES, repr=False)
    _line_starts: list[int] = field(init=False, repr=False, eq=False)

    @_line_starts.default
    def _index_lines(self) -> list[int]:
        if "\r" in self.text:
            return [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return [0, *accumulate([len(line) + 1 for line in self.text.split("\n")[:-1]])]

    @property
    def line_starts(self) -> list[int]:
        """Offset of each line's first character; its length is the number of lines."""
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of the character at `offset`."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def span(self, start: int, end: int, line: int | None = None) -> Span:
        """The span from `start` to `end`; `line` is its line where that is known already."""
        starts = self._line_starts
        if line is None:
            line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        return _span(start, end, line, column, self.places.page(start) if self.places.entries else None)
