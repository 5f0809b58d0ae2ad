"""The reading text of a region: its words without what stands in them and is no part of them, with the way back.

A line end inside a figure, a unit or a keyword only wraps the line; so does the end of a page, whose furniture is
blanked already. What a program has left in the text (marks, characters that nobody sees) is no part of it either.
Offsets in the reading text are not those of the source, so it knows where each of its characters stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import RegionLexer, region_lexer
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language

Range = tuple[int, int]

_GRAMMAR: Final = "amount"
# White space with a line end in it, and what stands next to it; a page between makes it long.
_LINE_END: Final = re.compile(r"(?<=\S)[^\S\n]*\n\s*(?=\S)")
# So much of the lines on both sides tells whether a token goes on over a line end.
_REACH: Final = 40
# What goes on over a line end of itself, or would with any words: it tells of no wrapped line.
_WORDS: Final = frozenset({"WORDS", "QUOTED", "BREAK", "ORDINAL", "MISPRINT"})
# These go on to the end of a sentence; that one begins tells of a wrapped line, that it goes on does not.
_LONG: Final = frozenset({"CAUSE"})
# What a line begins with that is no rest of a figure: a year, a number of an item, a code.
_BEGINNINGS: Final = frozenset({"YEAR", "ORDINAL", "CODE", "PRIOR"})
_MEASURES: Final = frozenset({"UNIT", "PERCENT"})


@frozen(slots=True)
class ReadingText:
    """A text with the places of its characters in the source.

    Attributes:
        text: the text.
        start: offset in the source of its first character.
        cuts: offsets in the text of the characters in front of which something was taken out, in order.
        taken: for each of them how much was taken out in front of it, all together.
    """

    text: str
    start: int
    cuts: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()

    def at(self, offset: int) -> int:
        """Where the character at an offset stands in the source."""
        before = bisect_right(self.cuts, offset)
        return self.start + offset + (self.taken[before - 1] if before else 0)

    def behind(self, offset: int) -> int:
        """The offset in the source behind the character in front of an offset."""
        return self.at(offset - 1) + 1 if offset else self.start

    def without(self, ranges: Iterable[Range]) -> ReadingText:
        """The same less some ranges of the text, in order, that do not overlap."""
        pieces: list[str] = []
        shifts: dict[int, int] = {}
        done = length = 0
        for start, end in ranges:
            self._shift(shifts, done, start, length)
            pieces.append(self.text[done:start])
            length += start - done
            done = end
        if not done:
            return self
        self._shift(shifts, done, len(self.text), length)
        pieces.append(self.text[done:])
        return ReadingText("".join(pieces), self.start, tuple(shifts), tuple(shifts.values()))

    def _shift(self, shifts: dict[int, int], first: int, stop: int, onto: int) -> None:
        """Add how far the characters of a range stand from the source once they begin at another offset."""
        taken = self.at(first) - self.start - onto
        if taken:
            shifts[onto] = taken
        for at in range(bisect_right(self.cuts, first), bisect_right(self.cuts, stop - 1)):
            cut = self.cuts[at]
            shifts[cut - first + onto] = self.taken[at] + first - onto


class _LineEnds:
    """Tells which line ends of a text only wrap a line, by what the tokens on both sides would be without them."""

    def __init__(self, lexer: RegionLexer, words: Lexicon, text: str) -> None:
        self._lexer = lexer
        self._lexicon = words
        self._text = text

    def wrapping(self) -> Iterator[Range]:
        """The line ends that only wrap a line, with the blanks around them."""
        for gap in _LINE_END.finditer(self._text):
            if self._is_wrapping(*gap.span()):
                yield gap.span()

    def _is_wrapping(self, start: int, end: int) -> bool:
        text = self._text
        if text[end] in self._lexicon.continuing:
            return True
        # A point or a comma may stand in a figure.
        is_in_figure = text[end].isdecimal() and text[start - 2 : start - 1].isdecimal()
        if text[start - 1] in self._lexicon.stops and not is_in_figure:
            return False
        first = max(text.rfind("\n", 0, start) + 1, start - _REACH)
        stop = text.find("\n", end)
        before, behind = text[first:start], text[end : min(stop if stop >= 0 else len(text), end + _REACH)]
        at = len(before)
        tokens = self._lexer.lex(before + behind)
        place = next((place for place, token in enumerate(tokens) if token.end > at), None)
        if place is None or tokens[place].start >= at:
            return False
        token = tokens[place]
        if token.type in _WORDS:
            return False
        if token.type in _LONG:
            return all(known.start != token.start for known in self._lexer.lex(before) if known.type == token.type)
        if token.type != "NUMBER":
            return True
        return self._is_whole_figure(tokens[place:], behind, at - token.start)

    def _is_whole_figure(self, tokens: list[BlockToken], behind: str, reach: int) -> bool:
        """Whether a number that goes on over a line end is one of money or per cent, and what follows begins nothing.

        A number that has a line of its own is one for itself.
        """
        if len(tokens) < 2 or tokens[1].type not in _MEASURES or not tokens[0].start:
            return False
        if not behind[0].isdecimal():
            return True
        own = self._lexer.lex(behind)[0].type
        return reach > 0 and own not in _BEGINNINGS


def reading_text(language: Language, text: str, start: int) -> ReadingText:
    """The reading text of running text.

    Args:
        language: the language that it is read in.
        text: the source from `start` on, furniture of pages blanked out.
        start: offset in the source.
    """
    words = lexicon(language)
    reading = ReadingText(text, start)
    if words.unread.search(text) is not None:
        reading = reading.without(found.span() for found in words.unread.finditer(text))
    if "\n" in reading.text:
        reading = reading.without(_LineEnds(region_lexer(language, _GRAMMAR), words, reading.text).wrapping())
    return reading
