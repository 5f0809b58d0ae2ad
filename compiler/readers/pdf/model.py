"""The layout of a document: what a PDF's pages say once lines, tables and pages are put together.

Lengths are points (1/72 inch); the origin is at the top left of a page as displayed. Pages are counted from 1, rows and
columns from 0. What there are thousands of is a tuple: it is made in a third of the time.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from enum import Enum
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from attrs import frozen

is_bold = attrgetter("bold")


class PageBox(NamedTuple):
    """A place in the file: a page, and the left, top, right and bottom of what stands there."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class PrintedLine(NamedTuple):
    """One line as printed.

    Attributes:
        text: its characters from left to right, one blank where a hole parts them.
        box: where it stands.
        size: the size of most of its letters.
        bold: whether most of its letters are bold.
    """

    text: str
    box: PageBox
    size: float
    bold: bool


class PrintedParagraph(NamedTuple):
    """Lines that are one paragraph, over two pages perhaps.

    Attributes:
        lines: at least one.
        indent: how far right of the text's left margin the first line starts.
    """

    lines: tuple[PrintedLine, ...]
    indent: float = 0.0

    @property
    def text(self) -> str:
        return self.lines[0].text if len(self.lines) == 1 else "".join(self.parts())

    def parts(self) -> list[str]:
        """What each line adds to the text: itself, and a blank in front between two words of Latin letters."""
        return parts_of([line.text for line in self.lines])

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return all(map(is_bold, self.lines))


class PrintedCell(NamedTuple):
    """A cell of a table.

    Attributes:
        row, column: its first row and column, from 0.
        rowspan, colspan: how many it goes over, 1 or more.
        paragraphs: what it says; nothing where it is empty.
        boxes: where it stands; more than one where a page cuts it.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    paragraphs: tuple[PrintedParagraph, ...]
    boxes: tuple[PageBox, ...]

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@frozen
class PrintedTable:
    """A table, over several pages perhaps.

    Attributes:
        rows, columns: how many; each place of the grid belongs to exactly one cell.
        cells: by row, then by column, of their first places.
        boxes: its parts, one a page.
        ruled: whether rules draw it; else its columns are known by alignment only.
    """

    rows: int
    columns: int
    cells: tuple[PrintedCell, ...]
    boxes: tuple[PageBox, ...]
    ruled: bool = True


class Omission(Enum):
    """Why something printed is not in the text."""

    RUNNING_HEAD = "running-head"
    PAGE_NUMBER = "page-number"
    REPEATED_ROW = "repeated-row"


@frozen
class LeftOut:
    """Something printed that belongs to the page and not to the text."""

    kind: Omission
    text: str
    box: PageBox


@frozen
class PageInfo:
    """What is known of a page.

    Attributes:
        number: from 1.
        width, height: as displayed.
        characters: how many are text.
        pictures: boxes of its images.
        outside, hidden, unmapped: characters that are no text: beyond the page's edge; drawn in no colour or aslant;
            without a code that says what they are.
        damaged: the engine could not read it.
        crowded: it has so many characters or objects that the rest was left out.
    """

    number: int
    width: float
    height: float
    characters: int
    pictures: tuple[PageBox, ...] = ()
    outside: int = 0
    hidden: int = 0
    unmapped: int = 0
    damaged: bool = False
    crowded: bool = False

    @property
    def is_scan(self) -> bool:
        """Whether the page is a picture and nothing else."""
        covered = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in self.pictures)
        return not self.characters and covered >= _MOSTLY * self.width * self.height > 0


# A picture of this part of the page is the page.
_MOSTLY: Final = 0.5

ProjectedBlock: TypeAlias = PrintedParagraph | PrintedTable


@frozen
class DocumentLayout:
    """A document.

    Attributes:
        pages: all of them, in order.
        blocks: paragraphs and tables in the order of reading.
        left_out: running heads and feet, page numbers, titles and head rows that are repeated.
    """

    pages: tuple[PageInfo, ...]
    blocks: tuple[ProjectedBlock, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_scan(self) -> bool:
        """Whether no page has any text and some page is a picture."""
        return not any(page.characters for page in self.pages) and any(page.is_scan for page in self.pages)


def parts_of(texts: Sequence[str]) -> list[str]:
    """What each of some lines adds to their text; see `PrintedParagraph.parts`."""
    parts = list(texts[:1])
    for before, text in itertools.pairwise(texts):
        apart = _is_latin(before[-1:]) and _is_latin(text[:1])
        parts.append(f" {text}" if apart else text)
    return parts


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
