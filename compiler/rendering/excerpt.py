"""Lines of the source with ranges underlined, so that they stand right in a terminal.

    58 | ...安排2486.35万元，较2022年预算增加167.55万元。
       |     -------------               ^^^^^^^^^^^^ stated here
       |     |
       |     this year: 2486.35万元

A wide character takes two columns, a combining mark none; a TAB is shown as blanks up to the next stop, what does not
print as an escape. A line that is too long is cut to a window around its ranges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from attrs import field, frozen

from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.style import Paint, Style
from yusuan.ir.source import SourceFile, Span

# Not U+2026, whose width differs between terminals.
_CUT: Final = "..."
_TAB_STOP: Final = 4
_NARROWEST: Final = 24
# What a combining mark without its letter is shown on.
_PLACEHOLDER: Final = "\u25cc"


@frozen(slots=True)
class Mark:
    """A range to underline.

    Attributes:
        span: the range; one that ends on another line is underlined on its first.
        label: what stands there; empty for an underline alone.
        paint: its colour.
        sign: the character of the underline.
    """

    span: Span
    label: str
    paint: Paint
    sign: str = field(default="-")


def draw_excerpt(
    source: SourceFile,
    marks: Sequence[Mark],
    style: Style,
    *,
    beside: Sequence[Span] = (),
    names: Mapping[int, str] | None = None,
) -> list[str]:
    """The lines of the marks in the order of the text, each with its number and its marks below it.

    Args:
        source: the text that the marks point into.
        marks: at least one; of two that overlap the later one is seen.
        style: the width, and whether colours are used.
        beside: places whose lines are shown without a mark.
        names: what lines are called at the margin, by number; where it is not given, by their numbers.

    Returns:
        Lines, without line ends.
    """
    numbers = sorted({mark.span.line for mark in marks} | {span.line for span in beside})
    called = {number: str(number) if names is None else names[number] for number in numbers}
    margin = max(map(len, called.values()))
    room = max(style.width - margin - 3, _NARROWEST)
    drawn = [_framed("", "", margin, style)]
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.span.line, []).append(mark)
    for before, number in zip([None, *numbers], numbers, strict=False):
        if before is not None and number > before + 1:
            drawn.append(style.paint(_CUT, Paint.FRAME))
        for group in _groups(source, by_line.get(number, []), room):
            window = _Window(source, number, group, room)
            drawn.append(_framed(called[number], window.text, margin, style))
            drawn += [_framed("", row, margin, style) for row in _mark_rows(window, group, room, style)]
    return drawn


# Letters of one column and of two, as the library below has them: nearly all that is ever printed.
_NARROW: Final = range(0x20, 0x7F)
_PUNCTUATION: Final = range(0x3000, 0x302A)
_IDEOGRAPHS: Final = range(0x4E00, 0xA000)
_FULL_WIDTH: Final = range(0xFF01, 0xFF61)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes that is safe to print."""
    narrow, wide = 0, 0
    for code in map(ord, text):
        narrow += code in _NARROW
        wide += code in _IDEOGRAPHS or code in _PUNCTUATION or code in _FULL_WIDTH
    if narrow + wide == len(text):
        return narrow + 2 * wide
    from wcwidth import wcswidth  # slow to import: for what is not that plain

    width = wcswidth(text)
    return width if width >= 0 else len(text)


def pad(text: str, width: int) -> str:
    """The text with blanks behind it, to a width in columns."""
    return text + " " * (width - columns(text))


def _framed(number: str, row: str, margin: int, style: Style) -> str:
    frame = style.paint(f"{number:>{margin}} |", Paint.FRAME)
    return f"{frame} {row}" if row else frame


def _groups(source: SourceFile, marks: Sequence[Mark], room: int) -> Iterator[list[Mark]]:
    """The marks of one line, those together that one window can show; one empty group for a line without marks."""
    group: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.span.start):
        if group and not _fits(source.text, group[0].span.start, max(one.span.end for one in [*group, mark]), room):
            yield group
            group = []
        group.append(mark)
    yield group


def _fits(text: str, start: int, end: int, room: int) -> bool:
    if end - start > room:
        return False
    shown = visible(text[start:end].replace("\t", " " * _TAB_STOP))
    # Beside them the signs that the line goes on, and a little of it.
    return columns(shown) <= room - 4 * len(_CUT)


# --- the window on a line ---


class _Piece(NamedTuple):
    """A character with what combines with it, as shown: offsets in the source, text, columns."""

    start: int
    end: int
    text: str
    width: int


class _Window:
    """The part of a line that is shown.

    Attributes:
        text: what is shown, safe to print.
    """

    def __init__(self, source: SourceFile, number: int, marks: Sequence[Mark], room: int) -> None:
        first, last = _content(source, number)
        start = min(last, min((mark.span.start for mark in marks), default=first))
        end = min(last, max((mark.span.end for mark in marks), default=first))
        # Of a line of millions of characters only what can be seen is looked at.
        begin, stop = max(first, start - room), min(last, max(start, min(end, start + room)) + room)
        pieces = _pieces(source.text, begin, stop)
        kept = _window(pieces, start, end, room, cut=(begin > first, stop < last))
        left_cut = begin > first or kept[:1] != pieces[:1]
        right_cut = stop < last or kept[-1:] != pieces[-1:]
        self._left = len(_CUT) if left_cut else 0
        self._pieces = kept
        self.text = (_CUT if left_cut else "") + "".join(piece.text for piece in kept) + (_CUT if right_cut else "")

    def columns(self, span: Span) -> tuple[int, int]:
        """The columns of a range, from 0: the first, and the one after the last, which is another one always."""
        column = self._left
        begin = end = None
        for piece in self._pieces:
            if begin is None and piece.end > span.start:
                begin = column
            column += piece.width
            if piece.start < span.end:
                end = column
        if begin is None:
            begin = column
        return begin, max(begin + 1, end or 0)


def _content(source: SourceFile, number: int) -> tuple[int, int]:
    """Where the text of a line begins and ends, without its line end."""
    starts = source.line_starts
    first = starts[number - 1]
    last = starts[number] if number < len(starts) else len(source.text)
    while last > first and source.text[last - 1] in "\r\n":
        last -= 1
    return first, last


def _pieces(text: str, begin: int, stop: int) -> list[_Piece]:
    from wcwidth import iter_graphemes

    pieces = []
    offset, column = begin, 0
    for cluster in iter_graphemes(text[begin:stop]):
        shown = " " * (_TAB_STOP - column % _TAB_STOP) if cluster == "\t" else visible(cluster)
        if columns(shown) == 0:
            shown = _PLACEHOLDER + shown
        width = columns(shown)
        pieces.append(_Piece(offset, offset + len(cluster), shown, width))
        offset += len(cluster)
        column += width
    return pieces


def _window(pieces: list[_Piece], start: int, end: int, room: int, *, cut: tuple[bool, bool]) -> list[_Piece]:
    """The pieces to show of those around a range, so that they fit with the signs that the line goes on.

    Args:
        cut: whether the line goes on to the left and to the right of the pieces.
    """
    # An empty range behind the last character is one column more.
    total = sum(piece.width for piece in pieces) + 1
    if total <= room and not any(cut):
        return pieces
    before = sum(piece.width for piece in pieces if piece.end <= start)
    wanted = min(sum(piece.width for piece in pieces if start < piece.end and piece.start < end), room)
    skipped = _skipped(before, wanted, total, room, cut_left=cut[0])
    kept, column = [], 0
    for piece in pieces:
        if column >= skipped:
            kept.append(piece)
        column += piece.width
    free = room - (len(_CUT) if cut[0] or len(kept) < len(pieces) else 0)
    return _shortened(kept, free, cut_right=cut[1])


def _skipped(before: int, wanted: int, total: int, room: int, *, cut_left: bool) -> int:
    """How many columns to leave out on the left: none if the range is near the start, else so many that the range
    stands in the middle, and no room stays empty at the end."""
    if not cut_left and before + wanted + 2 * len(_CUT) <= room:
        return 0
    middle = before - (room - wanted) // 2 + len(_CUT)
    return max(0, min(middle, total - room + len(_CUT), before))


def _shortened(pieces: list[_Piece], room: int, *, cut_right: bool) -> list[_Piece]:
    width = sum(piece.width for piece in pieces)
    if width <= room and not cut_right:
        return pieces
    kept = list(pieces)
    while kept and width > room - len(_CUT):
        width -= kept.pop().width
    return kept


# --- the marks below a line ---


def _mark_rows(window: _Window, marks: Sequence[Mark], room: int, style: Style) -> Iterator[str]:
    """The row of underlines, with the label of the last one behind it, and the other labels below their underlines."""
    if not marks:
        return
    placed = [(*window.columns(mark.span), mark) for mark in marks]
    _, last_end, last = max(placed, key=lambda place: place[0])
    row: list[tuple[str, Paint | None]] = [(" ", None)] * max(end for _, end, _ in placed)
    for begin, end, mark in sorted(placed, key=lambda place: place[2].sign == "^"):
        row[begin:end] = [(mark.sign, mark.paint)] * (end - begin)
    inline = bool(last.label) and last_end == len(row) and last_end + 1 + columns(last.label) <= room
    underline = _painted(row, style)
    yield f"{underline} {style.paint(last.label, last.paint)}" if inline else underline
    hanging = [(begin, mark) for begin, _, mark in placed if mark.label and not (inline and mark is last)]
    yield from _hanging_rows(sorted(hanging, key=lambda place: place[0]), room, style)


def _hanging_rows(hanging: list[tuple[int, Mark]], room: int, style: Style) -> Iterator[str]:
    if hanging:
        yield _painted(_stems(hanging), style)
    while hanging:
        begin, mark = hanging.pop()
        # Moved to the left where it would leave the terminal.
        column = max(0, min(begin, room - columns(mark.label)))
        stems = _stems(hanging)[:column]
        yield _painted(stems, style) + " " * (column - len(stems)) + style.paint(mark.label, mark.paint)


def _stems(hanging: Sequence[tuple[int, Mark]]) -> list[tuple[str, Paint | None]]:
    """Lines from the underlines down to their labels."""
    row: list[tuple[str, Paint | None]] = [(" ", None)] * (max((begin for begin, _ in hanging), default=-1) + 1)
    for begin, mark in hanging:
        row[begin] = ("|", mark.paint)
    return row


def _painted(row: Sequence[tuple[str, Paint | None]], style: Style) -> str:
    runs = groupby(row, key=lambda cell: cell[1])
    return "".join(style.paint("".join(sign for sign, _ in run), paint) for paint, run in runs)
