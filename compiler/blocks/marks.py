"""Marks: what each cell is to the table grammar, whatever reader found it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import LONGEST_LABEL, lexicon
from yusuan.compiler.language.loader import Language

EMPTY: Final = "-"
"""The mark of a cell that holds nothing."""

NUMBER: Final = "#"
"""The mark of a number."""

OTHER: Final = "."
"""The mark of any other text."""

CAPTION: Final = "<unit_caption>"
"""The mark of a caption that states the unit of money."""


class Marks:
    """The marks of one text's cells; equal cells are looked up once."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._lexicon = lexicon(language)
        self._blanks = self._lexicon.blanks
        self._known: dict[str, str] = {}

    def mark_row(self, cells: Sequence[BlockToken]) -> None:
        """Give each cell of a row its mark, but those that have one: that of a page number between two rows is known.

        A title whose last line states the unit of money is a caption where it stands first.
        """
        text, blanks, known = self._text, self._blanks, self._known
        first = cells[0]
        is_marked = first.value is not None
        for cell in cells[is_marked:]:
            words = text[cell.start : cell.end].strip(blanks)
            cell.value = known.get(words) or self._new(words)
        if first.value == OTHER and not is_marked:
            last = text[first.start : first.end].strip(blanks).rpartition("\n")[2]
            if self._lexicon.mark(last) == CAPTION:
                first.value = CAPTION

    def _new(self, words: str) -> str:
        """The mark of words that stand in no cell before."""
        bare = self._lexicon.marks.sub("", words).strip(self._blanks) if "[" in words else words
        mark = self._lexicon.mark(bare)
        if len(words) <= LONGEST_LABEL:
            self._known[words] = mark
        return mark

    def mark(self, tokens: list[BlockToken]) -> None:
        """Give each cell among the tokens its mark, unless their reader needed the marks for its repairs."""
        first = next((token for token in tokens if token.type == "CELL"), None)
        if first is None or first.value is not None:
            return
        for is_row, row in groupby(tokens, key=lambda token: token.type == "CELL"):
            if is_row:
                self.mark_row([*row])
