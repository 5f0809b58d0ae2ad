"""Where something stands: spans of characters, lines and columns of the input as the user sees it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from attrs import field, frozen

# CR, LF and CRLF end a line, as editors count them; U+2028, U+000B and U+000C do not.
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@frozen(slots=True)
class Span:
    """A range of characters of the source.

    Attributes:
        start: offset of the first character, from 0, in characters of the decoded text.
        end: offset after the last character; equal to `start` for an empty range.
        line: line of the first character, from 1.
        column: column of the first character, from 1, in characters (a TAB and a wide character count as one).
    """

    start: int
    end: int
    line: int
    column: int


@frozen(slots=True)
class SourceFile:
    """The decoded text of one input with an index of its lines.

    Attributes:
        name: the input's name for people, normally its path as given.
        text: the decoded text, line ends as they stand, without a byte order mark.
    """

    name: str
    text: str = field(repr=False)
    _line_starts: list[int] = field(init=False, repr=False, eq=False)

    @_line_starts.default
    def _index_lines(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @property
    def line_starts(self) -> list[int]:
        """Offset of each line's first character; its length is the number of lines."""
        return self._line_starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of the character at `offset`."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span from `start` to `end`."""
        line, column = self.position(start)
        return Span(start, end, line, column)
