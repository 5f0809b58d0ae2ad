"""From regular expressions to shapes, by the tree that Python's own engine reads a pattern into."""

from __future__ import annotations

import re
from itertools import count
from re import _constants as code
from re import _parser
from typing import Any, Final

from docs.shapes import (
    Chars,
    Condition,
    Literal,
    Look,
    Named,
    Repeat,
    Series,
    Shape,
    Spot,
    Symbol,
    Word,
    Wordlist,
    choice,
    row,
)
from yusuan.compiler.language.placeholders import PLACEHOLDER
from yusuan.compiler.language.terminals import GAP, OTHERS

_PLACES: Final = {
    code.AT_BEGINNING: Word.START,
    code.AT_BEGINNING_STRING: Word.START,
    code.AT_END: Word.END,
    code.AT_END_STRING: Word.END,
    code.AT_BOUNDARY: Word.BOUNDARY,
}
_CATEGORIES: Final = {
    code.CATEGORY_SPACE: Word.BLANK,
    code.CATEGORY_NOT_SPACE: Word.NO_BLANK,
    code.CATEGORY_DIGIT: Word.DIGIT,
    code.CATEGORY_NOT_DIGIT: Word.NO_DIGIT,
    code.CATEGORY_WORD: Word.LETTER,
    code.CATEGORY_NOT_WORD: Word.NO_LETTER,
}
_GROUPS: Final = frozenset({code.BRANCH, code.SUBPATTERN})
_REPEATS: Final = frozenset({code.MAX_REPEAT, code.MIN_REPEAT})
# Which way a condition looks, and which way where it looks back.
_LOOKS: Final = {
    code.ASSERT: (Look.AHEAD, Look.BEHIND),
    code.ASSERT_NOT: (Look.NOT_AHEAD, Look.NOT_BEHIND),
}
_SHOWN: Final = {"\n": Word.LINE_FEED, "\u3000": Word.WIDE_BLANK}
_ESCAPED: Final = {" ": "␣", "\t": "\\t", "\r": "\\r", "\f": "\\f", "\v": "\\v"}
_HOLDER: Final = re.compile(f"{PLACEHOLDER.pattern}|{GAP.pattern}")
# In place of a placeholder the engine reads a character that no text has, the first one from here.
_FIRST_KEY: Final = 0xE000
# What only a pattern holds; a wording in brackets is none.
_SIGNS: Final = re.compile(r"[|\\?*+[]|\.\*|\{[0-9,]+\}")


def is_pattern(text: str) -> bool:
    """Whether a text of the lexicon is a pattern, and more than words."""
    if not _SIGNS.search(text) and not PLACEHOLDER.search(text):
        return False
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def shape_of(pattern: str) -> Shape:
    """What a pattern matches, its placeholders as they stand.

    Raises:
        ValueError: it holds what no shape is known for.
    """
    stand = [_stands_for(found) for found in _HOLDER.finditer(pattern)]
    numbers = count(_FIRST_KEY)
    tree = _parser.parse(_HOLDER.sub(lambda _: chr(next(numbers)), pattern))
    return _Reader({number: name for name, number in tree.state.groupdict.items()}, stand).row(tree)


def _stands_for(found: re.Match[str]) -> Shape:
    """The words of a placeholder; any characters up to what a gap ends at."""
    if found["key"]:
        return Wordlist(found["key"])
    end = Literal(OTHERS) if found["name"] == OTHERS else Symbol(found["name"])
    condition = Condition(Look.NOT_AHEAD, end)
    return condition if found["kind"] == "not" else Repeat(row([condition, Spot(Word.ANY)]), 1, None)


class _Reader:
    def __init__(self, names: dict[int, str], stand: list[Shape]) -> None:
        self._names = names
        self._stand = stand

    def row(self, tree: Any) -> Shape:
        return row([self._one(op, value) for op, value in tree])

    def _one(self, op: Any, value: Any) -> Shape:
        if op in _GROUPS:
            return self._group(op, value)
        if op in _REPEATS:
            least, most, inner = value
            bound = None if most is code.MAXREPEAT else int(most)
            return Repeat(self.row(inner), int(least), bound, op is code.MIN_REPEAT)
        if op in _LOOKS:
            direction, inner = value
            ahead, behind = _LOOKS[op]
            return Condition(ahead if direction > 0 else behind, self.row(inner))
        if op is code.FAILURE:
            return Condition(Look.NOT_AHEAD, Series(()))
        if op is code.AT:
            return Spot(_PLACES[value])
        return self._character(op, value)

    def _group(self, op: Any, value: Any) -> Shape:
        if op is code.BRANCH:
            return choice([self.row(branch) for branch in value[1]])
        number, _, _, inner = value
        return Named(self._names[number], self.row(inner)) if number in self._names else self.row(inner)

    def _character(self, op: Any, value: Any) -> Shape:
        if op is code.LITERAL and 0 <= value - _FIRST_KEY < len(self._stand):
            held: Shape = self._stand[value - _FIRST_KEY]
            return held
        if op is code.LITERAL:
            return Spot(_SHOWN[chr(value)]) if chr(value) in _SHOWN else Literal(_char(value))
        if op is code.NOT_LITERAL:
            return Chars((_piece(value),), negated=True)
        if op is code.ANY:
            return Chars((Word.LINE_FEED,), negated=True)
        if op is code.IN:
            return _chars(value)
        raise ValueError(f"no shape is known for {op} in a pattern")


def _chars(items: list[tuple[Any, Any]]) -> Shape:
    negated = items[0][0] is code.NEGATE
    pieces: list[str | Word] = []
    for op, value in items[negated:]:
        if op is code.LITERAL:
            pieces.append(_piece(value))
        elif op is code.RANGE:
            pieces.append(f"{_char(value[0])}–{_char(value[1])}")
        else:
            pieces.append(_CATEGORIES[value])
    if Word.BLANK in pieces:
        # The engine counts these among the blanks; patterns name them for other engines.
        pieces = [piece for piece in pieces if piece not in (Word.WIDE_BLANK, Word.LINE_FEED, "␣")]
    if set(pieces) == {Word.BLANK, Word.NO_BLANK}:
        return Spot(Word.ANY)
    return Chars(tuple(pieces), negated)


def _piece(number: int) -> str | Word:
    return _SHOWN.get(chr(number)) or _char(number)


def _char(number: int) -> str:
    char = chr(number)
    return _ESCAPED.get(char, char) if char.isprintable() or char in _ESCAPED else f"U+{number:04X}"
