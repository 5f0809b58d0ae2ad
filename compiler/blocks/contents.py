"""The contents page: short lines with numbers, leaders or page numbers, which come again as headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.lines import LineClassifier
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import Lexicon

# Tokens behind the heading of a contents page that can belong to it.
_LONGEST_CONTENTS: Final = 400
_LONGEST_ENTRY: Final = 160
# A line of so many characters says that it is a heading of contents, spread as it may be.
_LONGEST_HEADING: Final = 16
# The first contents page stands in front; it is looked for among the first tokens.
_FRONT: Final = 120
# Without a heading, fewer entries are no contents page.
_FEWEST_ENTRIES: Final = 3
# Fewer entries with a number behind them say nothing of pages.
_FEWEST_PAGED: Final = 3
# A shorter entry comes again by chance.
_SHORTEST_ENTRY: Final = 4
# What an entry has behind its words.
_PAGE: Final = "0123456789.…·•-()"


@frozen(slots=True)
class _Entry:
    """A line that can be an entry: the place of its token, its folded words, its number, whether it has leaders, or a
    page behind its words."""

    at: int
    words: str
    number: tuple[int, int | None] | None
    has_leaders: bool
    has_page: bool


@frozen(slots=True)
class _Listed:
    """The entries up to the first line that is none, and where the last blank and that line stand."""

    entries: list[_Entry]
    gap: int
    stop: int


class ContentsPages:
    """Finds the contents pages of a text; of one with several units each may have its own.

    A page ends where its entries come again, or at the first sentence: never is running text taken for a part of it.
    """

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        classifier: LineClassifier,
        is_furniture: Callable[[BlockToken], bool],
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._classifier = classifier
        self._is_furniture = is_furniture

    def find(self, tokens: Sequence[BlockToken]) -> list[tuple[int, int]]:
        """The ranges of tokens that contents pages are, in order."""
        found = self._first(tokens)
        if found is None:
            return []
        ranges = [found]
        if not self._is_heading(tokens[found[0]]):
            return ranges
        heading = self._folded(tokens[found[0]])
        for at in range(found[1], len(tokens)):
            token = tokens[at]
            is_short = token.type == "TEXT" and token.end - token.start <= _LONGEST_HEADING
            if is_short and at >= ranges[-1][1] and self._folded(token) == heading:
                ranges.append((at, self._end(tokens, at)))
        return ranges

    def _first(self, tokens: Sequence[BlockToken]) -> tuple[int, int] | None:
        """The first contents page; absent where there is none."""
        for at, token in enumerate(tokens[:_FRONT]):
            if token.type == "TEXT" and self._is_contents(token):
                return at, self._end(tokens, at)
            if token.type == "TABLE_START" and self._is_heading_in_cells(tokens, at):
                end = next(last for last in range(at, len(tokens)) if tokens[last].type == "TABLE_END")
                return end, self._end(tokens, end)
        for at, token in enumerate(tokens[:_FRONT]):
            if token.type == "TEXT" and (entry := self._entry(tokens, at)) is not None and entry.number is not None:
                listed = self._listed(tokens, at - 1)
                again = _first_again(listed.entries)
                return None if again is None or again < _FEWEST_ENTRIES else (at, listed.entries[again].at)
        return None

    # --- lines --------------------------------------------------------------------------------------------------------

    def _folded(self, token: BlockToken) -> str:
        return self._lexicon.fold(self._text[slice(*self._classifier.content(self._text, token.start, token.end))])

    def _is_contents(self, token: BlockToken) -> bool:
        """Whether a line is the heading of a contents page, or has leaders."""
        return token.end - token.start < _LONGEST_ENTRY and self._classifier.is_contents(self._folded(token))

    def _is_heading_in_cells(self, tokens: Sequence[BlockToken], first: int) -> bool:
        """Whether a table is nothing but the heading of the contents page, a cell for each of its characters."""
        row = tokens[first + 1 : first + 4]
        if [token.type for token in row] != ["CELL", "CELL", "ROW_END"] or tokens[first + 4].type != "TABLE_END":
            return False
        folded = self._lexicon.fold("".join(self._text[token.start : token.end].strip() for token in row[:2]))
        return self._classifier.is_contents(folded)

    def _lists_entries(self, tokens: Sequence[BlockToken]) -> bool:
        """Whether the cells of a table are entries of the contents page, numbered or with leaders, behind TABs."""
        for token in tokens:
            if token.type != "CELL" or not self._text[token.start : token.end].strip():
                continue
            line = self._text[token.start : token.end].strip(self._lexicon.blanks).partition("\n")[0]
            start = self._text.index(line, token.start)
            if not (
                self._classifier.classify(self._text, start, start + len(line)).ordinal or self._is_contents(token)
            ):
                return False
        return True

    def _entry(self, tokens: Sequence[BlockToken], at: int) -> _Entry | None:
        """A line as an entry; absent where it is none: a sentence, a part of one, or too long."""
        start, end = self._classifier.content(self._text, tokens[at].start, tokens[at].end)
        folded = self._lexicon.fold(self._text[start:end])
        words = folded.rstrip(_PAGE)
        has_page = any(map(str.isdecimal, folded[len(words) :]))
        is_text = not has_page and self._classifier.is_running(self._text, start, end)
        has_leaders = self._classifier.is_contents(folded)
        if (is_text or end - start > _LONGEST_ENTRY) and not has_leaders:
            return None
        line = self._classifier.classify(self._text, start, end)
        number = (line.style, line.number) if line.ordinal else None
        return _Entry(at, words, number, has_leaders, has_page or has_leaders)

    # --- the page -----------------------------------------------------------------------------------------------------

    def _listed(self, tokens: Sequence[BlockToken], first: int) -> _Listed:
        """What can be entries behind a place."""
        entries: list[_Entry] = []
        gap = first + 1
        at = first
        while (at := at + 1) < min(first + _LONGEST_CONTENTS, len(tokens)):
            token = tokens[at]
            if token.type == "BLANK":
                gap = at
            elif token.type == "TABLE_START" and entries:
                stop = next(end for end in range(at, len(tokens)) if tokens[end].type == "TABLE_END")
                if not self._lists_entries(tokens[at:stop]):
                    break
                at = gap = stop
            elif token.type != "TEXT":
                break
            elif not self._is_furniture(token):
                entry = self._entry(tokens, at)
                if entry is None or (entries and self._is_heading(token)):
                    break
                if entry.words:
                    entries.append(entry)
        return _Listed(entries, gap, at)

    def _is_heading(self, token: BlockToken) -> bool:
        """Whether a line is the heading of a contents page."""
        return token.end - token.start <= _LONGEST_HEADING and self._classifier.is_contents(self._folded(token))

    def _end(self, tokens: Sequence[BlockToken], first: int) -> int:
        """Where the contents page ends whose heading, or first entry, stands at a place."""
        listed = self._listed(tokens, first)
        again = _again(listed.entries)
        entries = listed.entries[:again]
        paged = [entry for entry in entries if entry.has_page]
        is_sure = len(paged) >= _FEWEST_PAGED or any(entry.has_leaders for entry in paged)
        if is_sure and paged[-1] is not entries[-1]:
            # Behind the last entry with a page, and a blank, stands no other.
            stop = entries[entries.index(paged[-1]) + 1].at
            if any(tokens[at].type == "BLANK" for at in range(paged[-1].at, stop)):
                return stop
        if again is not None:
            return listed.entries[again].at
        return listed.gap if entries else first + 1


def _again(entries: Sequence[_Entry]) -> int | None:
    """The place of the first entry that is a heading already, since entries come again from there on.

    Absent where none comes again. An entry by chance called as another one is none: behind it stand new ones.
    """
    again = _first_again(entries)
    if again is not None or not entries:
        return again
    known: set[str] = set()
    old = []
    for entry in entries:
        old.append(entry.words in known and len(entry.words) >= _SHORTEST_ENTRY)
        known.add(entry.words)
    old_behind = 0
    for place in range(len(entries) - 1, 0, -1):
        old_behind += old[place]
        if old[place] and 2 * old_behind >= len(entries) - place:
            again = place
    number = entries[0].number
    if again is None:
        numbered = (place for place, entry in enumerate(entries) if place and entry.number == number)
        return next(numbered, None) if number is not None else None
    # 第一部分 has other words than in the contents.
    while again > 1 and number is not None and entries[again - 1].number == number:
        again -= 1
    return again


def _first_again(entries: Sequence[_Entry]) -> int | None:
    """The place where the first entry comes again; absent where it does not."""
    for place, entry in enumerate(entries):
        if place and len(entry.words) >= _SHORTEST_ENTRY and entries[0].words.startswith(entry.words):
            return place
    return None
