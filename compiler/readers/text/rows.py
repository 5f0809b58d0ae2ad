"""What framing works on: the lines of a text, and the cells and rows that they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from yusuan.compiler.blocks.lines import LineClass, line_classifier, line_ranges
from yusuan.compiler.language.lexicon import lexicon
from yusuan.ir.source import SourceFile

BLANK: Final = 0
TEXT: Final = 1
CELL: Final = 2

TABLE_GAP: Final = 3
"""Blank lines between two rows: one ends a row, two an empty paragraph too; so many part two tables."""

PROSE: Final = 48
"""A longer cell holds running text."""


class TextCell:
    """A cell while it is framed: a range of lines, or of a part of one line."""

    __slots__ = ("end", "line", "mark", "start")

    def __init__(self, start: int, end: int, line: int) -> None:
        self.start = start
        self.end = end
        self.line = line
        self.mark = ""


class TextRow:
    """A row while it is framed: its cells and the range of blank lines behind it."""

    __slots__ = ("_last_states", "_stating", "blank_lines", "cells", "end", "filled")

    def __init__(self) -> None:
        self.cells: list[TextCell] = []
        self.blank_lines = 0
        self.end = 0
        self.filled = False
        self._stating = 0
        self._last_states = False

    def note_line(self, states_money: bool, *, of_new_cell: bool) -> None:
        """Keep, for the first row, whether the last cell has a sentence that states money."""
        if of_new_cell:
            self._last_states = False
        if states_money and not self._last_states:
            self._stating += 1
            self._last_states = True

    def are_paragraphs(self) -> bool:
        """Whether all cells of the first row are sentences that state money: paragraphs that start with a TAB."""
        return self._stating == len(self.cells) > 0


class TextLines:
    """The lines of one text, with what each of them is by its first characters.

    Attributes:
        source: the text.
        ranges: start and end of each line, the line end included.
        kinds: for each line whether it is blank, starts a cell, or is other text.
    """

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = source.text
        self.classifier = line_classifier()
        self.lexicon = lexicon()
        self.ranges = list(line_ranges(source.text))
        self.kinds = bytes(map(self._kind, self.ranges))

    def _kind(self, bounds: tuple[int, int]) -> int:
        start, end = bounds
        first = self.text[start]
        if first == "\t":
            return CELL
        if first not in self.lexicon.blanks:
            return TEXT
        line = self.text[start:end]
        body = line.lstrip(self.lexicon.blanks)
        if not body:
            return CELL if "\t" in line else BLANK
        return CELL if "\t" in line[: len(line) - len(body)] else TEXT

    def content(self, at: int) -> tuple[int, int]:
        """The range of a line's text without the blanks around it."""
        return self.classifier.content(self.text, *self.ranges[at])

    def classify(self, at: int) -> LineClass:
        """What a line is by its own looks."""
        return self.classifier.classify(self.text, *self.content(at))

    def classify_range(self, start: int, end: int) -> LineClass:
        """What a part of a line is by its own looks."""
        return self.classifier.classify(self.text, *self.classifier.content(self.text, start, end))

    def lines_in(self, cells: Sequence[TextCell]) -> Iterator[LineClass]:
        """What each line of some cells is."""
        for cell in cells:
            for start, end in line_ranges(self.text[cell.start : cell.end]):
                yield self.classify_range(cell.start + start, cell.start + end)

    def states_money(self, at: int) -> bool:
        """Whether a line has a sentence that states money."""
        return self.classifier.states_money(self.text, *self.ranges[at])

    def cells_from(self, at: int) -> int:
        """How many cells follow each other from a line on."""
        first = at
        while at < len(self.ranges) and self.kinds[at] == CELL:
            at += 1
        return at - first

    def skip(self, at: int, kind: int) -> int:
        """The first line from `at` on that is of another kind."""
        while at < len(self.ranges) and self.kinds[at] == kind:
            at += 1
        return at
