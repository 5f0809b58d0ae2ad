"""What a match of a pattern starts with or holds, by the tree that Python's engine reads the pattern into.

Where a lexer tries many patterns at each place, most are told off by their first character; what no pattern starts with
is passed over in one step. A pattern that can start with anything is told off by what every match of it holds.
"""

from __future__ import annotations

import re
from re import _constants as code
from re import _parser
from typing import Any, Final

_CATEGORIES: Final = {
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_WORD: r"\w",
}
_ZERO_WIDTH: Final = frozenset({code.AT, code.ASSERT, code.ASSERT_NOT})
_REPEATS: Final = frozenset({code.MAX_REPEAT, code.MIN_REPEAT})


class _AnythingError(Exception):
    """A match can start with any character, or have none."""


def starts(pattern: str) -> str | None:
    """What a match can start with, as the inside of a set in brackets; absent where it can be anything, or nothing."""
    try:
        pieces, is_empty = _row(_parser.parse(pattern))
    except _AnythingError:
        return None
    return None if is_empty else "".join(sorted(pieces))


def needs(pattern: str) -> str | None:
    """Characters of which every match, or the text behind its start that it looks at, holds one; absent where none are
    known. As the inside of a set in brackets."""
    found = _needed(_parser.parse(pattern))
    return "".join(sorted(found)) if found else None


def _needed(tree: Any) -> set[str] | None:
    """The fewest characters of which every match of a sequence holds one; absent where none are known."""
    known = [found for found in (_needed_by(op, value) for op, value in tree) if found]
    # Of as many, those that stand first.
    return min(known, key=len, default=None)


def _needed_by(op: Any, value: Any) -> set[str] | None:
    if op is code.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return None if None in branches else set().union(*(found for found in branches if found))
    if op is code.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _needed(value[3])
    if op is code.ASSERT:
        direction, ahead = value
        return _needed(ahead) if direction > 0 else None
    if op in _REPEATS:
        return _needed(value[2]) if value[0] else None
    if op is code.LITERAL or op is code.IN:
        try:
            return _one(op, value)[0]
        except _AnythingError:
            pass
    return None


def _row(tree: Any) -> tuple[set[str], bool]:
    """The first characters of a sequence, and whether it can be empty."""
    pieces: set[str] = set()
    for op, value in tree:
        found, is_empty = _one(op, value)
        pieces |= found
        if not is_empty:
            return pieces, False
    return pieces, True


def _one(op: Any, value: Any) -> tuple[set[str], bool]:
    if op in _ZERO_WIDTH:
        return set(), True
    if op is code.LITERAL:
        return {re.escape(chr(value))}, False
    if op is code.IN:
        return set(map(_piece, value)), False
    if op is code.BRANCH:
        branches = [_row(branch) for branch in value[1]]
        return set().union(*(found for found, _ in branches)), any(is_empty for _, is_empty in branches)
    if op is code.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _row(value[3])
    if op in _REPEATS:
        found, is_empty = _row(value[2])
        return found, is_empty or value[0] == 0
    raise _AnythingError


def _piece(item: tuple[Any, Any]) -> str:
    op, value = item
    if op is code.LITERAL:
        return re.escape(chr(value))
    if op is code.RANGE:
        return "-".join(re.escape(chr(end)) for end in value)
    if op is code.CATEGORY and value in _CATEGORIES:
        return _CATEGORIES[value]
    raise _AnythingError
