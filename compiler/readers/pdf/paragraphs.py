"""Lines to paragraphs: a line that reaches the right margin goes on, unless the next one begins something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median_low
from typing import Final, TypeAlias
from unicodedata import category

from attrs import frozen

from yusuan.compiler.readers.pdf.model import PrintedLine, PrintedParagraph

IsNumbered: TypeAlias = Callable[[str], object]

# Lengths in sizes of the letters.
# A full line ends this near to the margin: a comma may not begin the next one, and a word of digits is not broken.
_REACHES: Final = 1.6
# In a cell the margin is the cell's edge, and there is some room in front of it.
_CELL_REACHES: Final = 2.2
# A line that starts this far right of the margin is indented.
_INDENTED: Final = 1.2
# Lines of one paragraph follow each other at most this far down.
_PITCH: Final = 3.2
_SAME_SIZE: Final = 0.12
# Figures and Latin words are not broken, nor parted from their brackets: a line ends where the next word finds no room.
_LONGEST_WORD: Final = 40
_LETTER_WIDTH: Final = 0.5
_OPENING: Final = frozenset({"Ps", "Pi"})
_CLOSING: Final = frozenset({"Pe", "Pf", "Po"})


@frozen
class Margins:
    """Left and right margin of a text, in points."""

    left: float
    right: float


def find_margins(lines: Sequence[PrintedLine], width: float, otherwise: Margins | None = None) -> Margins:
    """The margins of the text: where most of the lines that are long begin and end.

    Args:
        lines: those outside of tables, of a page or of all pages of one width.
        width: of the page.
        otherwise: what holds where the lines are too few to tell.
    """
    long = [line for line in lines if line.box.x1 - line.box.x0 >= width / 2]
    if not long:
        return otherwise or Margins(0.0, width)
    # A comma may hang out of the text, and a first line is indented: neither is what most lines do.
    right, same = max(Counter(round(line.box.x1) for line in long).items(), key=lambda each: (each[1], each[0]))
    edge = float(right)
    if same == 1 and len(long) == 1 and otherwise is not None:
        edge = max(edge, otherwise.right)
    usual = median_low(line.size for line in long)
    return Margins(min(line.box.x0 for line in lines if abs(line.size - usual) <= _SAME_SIZE * usual), edge)


def gather_paragraphs(
    lines: Sequence[PrintedLine], margins: Margins, is_numbered: IsNumbered
) -> list[PrintedParagraph]:
    """The paragraphs of lines that follow each other on a page."""
    paragraphs: list[PrintedParagraph] = []
    members: list[PrintedLine] = []
    for line in lines:
        if members and not goes_on(members[-1], line, margins, is_numbered):
            paragraphs.append(_paragraph(members, margins))
            members = []
        members.append(line)
    if members:
        paragraphs.append(_paragraph(members, margins))
    return paragraphs


def _paragraph(members: Sequence[PrintedLine], margins: Margins) -> PrintedParagraph:
    return PrintedParagraph(tuple(members), max(0.0, members[0].box.x0 - margins.left))


def goes_on(line: PrintedLine, following: PrintedLine, margins: Margins, is_numbered: IsNumbered) -> bool:
    """Whether the paragraph of a line goes on with the one below it."""
    if following.box.top - line.box.top > _PITCH * line.size or not _same_size(line, following):
        return False
    if reaches(line, following, margins) and continues(line, following, margins, is_numbered):
        return True
    return _open_brackets(line.text) > 0 > _open_brackets(following.text)


def _same_size(line: PrintedLine, following: PrintedLine) -> bool:
    return abs(following.size - line.size) <= _SAME_SIZE * max(line.size, following.size)


def _open_brackets(text: str) -> int:
    """How many brackets are open at the end; below zero where more are closed than were opened."""
    if text.isascii() and "(" not in text and ")" not in text:
        return 0
    categories = list(map(category, text))
    return categories.count("Ps") - categories.count("Pe")


def reaches(line: PrintedLine, following: PrintedLine, margins: Margins) -> bool:
    """Whether a line is full: what the next one begins with would not have found room behind it."""
    return line.box.x1 >= margins.right - (_REACHES + first_word(following.text)) * line.size


def first_word(text: str) -> float:
    """The width of what is not broken at the start of a text, in sizes of its letters; none for Chinese words."""
    opening = letters = closing = 0
    for char in text[:_LONGEST_WORD]:
        if "!" <= char <= "~":
            letters += 1
        elif not letters and category(char) in _OPENING:
            opening += 1
        elif letters and category(char) in _CLOSING:
            closing += 1
        else:
            break
    return opening + closing + letters * _LETTER_WIDTH if letters else 0.0


def continues(line: PrintedLine, following: PrintedLine, margins: Margins, is_numbered: IsNumbered) -> bool:
    """Whether a line can be a further one of the paragraph that another line is of."""
    return (
        _same_size(line, following)
        and following.box.x0 - margins.left < _INDENTED * following.size
        and not is_numbered(following.text)
    )


def cell_paragraphs(
    lines: Sequence[PrintedLine], right: float, is_numbered: IsNumbered, stops: str
) -> tuple[PrintedParagraph, ...]:
    """The paragraphs of a cell: its lines go on to the next one but where a sentence ends or a numbered item begins.

    Labels are centred and broken anywhere, and figures too, so a short line says nothing by itself.
    """
    if len(lines) == 1:
        return (PrintedParagraph(tuple(lines)),)
    paragraphs: list[list[PrintedLine]] = []
    for line in lines:
        last = paragraphs[-1][-1] if paragraphs else None
        ends = last is not None and (
            last.text.endswith(tuple(stops)) and last.box.x1 < right - _CELL_REACHES * last.size
        )
        if last is None or ends or (is_numbered(line.text) and _is_sentence(lines, stops)):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return tuple(PrintedParagraph(tuple(each)) for each in paragraphs)


def _is_sentence(lines: Sequence[PrintedLine], stops: str) -> bool:
    """Whether lines have the stops of sentences: then numbers in front of them number something."""
    return any(stop in line.text for line in lines for stop in stops)
