"""What framing works on: the lines of a text, and the cells and rows that they become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from yusuan.compiler.blocks.lines import LineClass, line_classifier, line_ranges
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language
from yusuan.ir.source import SourceFile

BLANK: Final = 0
TEXT: Final = 1
CELL: Final = 2
_UNTOLD: Final = 3

_RUNS: Final = {kind: re.compile(bytes([kind]) + b"*") for kind in (BLANK, TEXT, CELL)}

TABLE_GAP: Final = 3
"""Blank lines between two rows: one ends a row, two an empty paragraph too; so many part two tables."""

PROSE: Final = 48
"""A longer cell holds running text."""


class TextRow:
    """A row while it is framed: its cells, as tokens with their marks, and the range of blank lines behind it."""

    __slots__ = ("_last_states", "_stating", "blank_lines", "cells", "end", "filled")

    def __init__(self) -> None:
        self.cells: list[BlockToken] = []
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

    def __init__(self, source: SourceFile, language: Language) -> None:
        self.source = source
        self.text = source.text
        self.classifier = line_classifier(language)
        self.lexicon = lexicon(language)
        self.ranges = [(start, end) for start, end in pairwise([*source.line_starts, len(source.text)]) if start < end]
        self.kinds = self._kinds()

    def _kinds(self) -> bytes:
        """The kinds of the lines: most are told by their first character."""
        text = self.text
        told = {**dict.fromkeys(self.lexicon.blanks, _UNTOLD), "\t": CELL, "\n": BLANK}
        kinds = bytearray([told.get(text[start], TEXT) for start, _ in self.ranges])
        at = -1
        while (at := kinds.find(_UNTOLD, at + 1)) >= 0:
            kinds[at] = self._kind_behind_blanks(*self.ranges[at])
        return bytes(kinds)

    def _kind_behind_blanks(self, start: int, end: int) -> int:
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

    def lines_in(self, cells: Sequence[BlockToken]) -> Iterator[LineClass]:
        """What each line of some cells is."""
        for cell in cells:
            for start, end in line_ranges(self.text[cell.start : cell.end]):
                yield self.classify_range(cell.start + start, cell.start + end)

    def states_money(self, at: int) -> bool:
        """Whether a line has a sentence that states money."""
        return self.classifier.states_money(self.text, *self.ranges[at])

    def cells_from(self, at: int) -> int:
        """How many cells follow each other from a line on."""
        return self.skip(at, CELL) - at

    def skip(self, at: int, kind: int) -> int:
        """The first line from `at` on that is of another kind."""
        run = _RUNS[kind].match(self.kinds, at)
        return run.end() if run else at
