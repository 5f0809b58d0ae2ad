"""Marks: what each cell is to the table grammar, whatever reader found it."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import LONGEST_LABEL, lexicon

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

    def __init__(self, text: str) -> None:
        self._text = text
        self._lexicon = lexicon()
        self._known: dict[str, str] = {}

    def of(self, start: int, end: int, *, is_first: bool = False) -> str:
        """The mark of the cell that a range of the text is; `is_first` is whether it stands first in its row.

        A title whose last line states the unit of money is a caption there.
        """
        blanks = self._lexicon.blanks
        raw = self._text[start:end].strip(blanks)
        if raw.startswith("["):
            raw = self._lexicon.bookmark.sub("", raw).strip(blanks)
        if len(raw) > LONGEST_LABEL:
            mark = OTHER
        else:
            known = self._known.get(raw)
            mark = self._known[raw] = known if known is not None else self._lexicon.mark(raw)
        if is_first and mark == OTHER:
            last = self._text[start:end].strip(blanks).rpartition("\n")[2]
            if self._lexicon.mark(last) == CAPTION:
                return CAPTION
        return mark

    def mark(self, tokens: list[BlockToken]) -> None:
        """Give each cell among the tokens its mark; those that a reader needed for its repairs have theirs."""
        is_first = True
        for token in tokens:
            if token.type != "CELL":
                is_first = True
                continue
            if token.value is None:
                token.value = self.of(token.start, token.end, is_first=is_first)
            is_first = False
