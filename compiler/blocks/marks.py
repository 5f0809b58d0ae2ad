"""Marks: what each cell is to the table grammar, whatever reader found it."""

from __future__ import annotations

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

    def of(self, start: int, end: int) -> str:
        """The mark of the cell that a range of the text is."""
        raw = self._text[start:end].strip(self._blanks)
        known = self._known.get(raw)
        if known is not None:
            return known
        bare = self._lexicon.bookmark.sub("", raw).strip(self._blanks) if raw.startswith("[") else raw
        mark = self._lexicon.mark(bare)
        if len(raw) <= LONGEST_LABEL:
            self._known[raw] = mark
        return mark

    def of_first(self, start: int, end: int) -> str:
        """The mark of a cell that stands first in its row.

        A title whose last line states the unit of money is a caption there.
        """
        mark = self.of(start, end)
        if mark != OTHER:
            return mark
        last = self._text[start:end].strip(self._blanks).rpartition("\n")[2]
        return CAPTION if self._lexicon.mark(last) == CAPTION else mark

    def mark(self, tokens: list[BlockToken]) -> None:
        """Give each cell among the tokens its mark, unless their reader needed the marks for its repairs."""
        first = next((token for token in tokens if token.type == "CELL"), None)
        if first is None or first.value is not None:
            return
        is_first = True
        for token in tokens:
            if token.type != "CELL":
                is_first = True
                continue
            token.value = (self.of_first if is_first else self.of)(token.start, token.end)
            is_first = False
