"""Where in a printed text each fact stands, so that it can be tagged there: which characters, and how they say it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from attrs import frozen

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl.model import XbrlFact
from yusuan.ir.concepts import Kind

# What the transformation num-dot-decimal takes.
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_DECIMALS: Final = re.compile(r"\d+")
_VISIBLE: Final = re.compile(r"\S")
# What stands between a printed number and its value in the unit of the fact, as a power of ten: 万元, per cent.
_SCALES: Final = (0, -2, *range(1, 13))
# What processors reckon with; a longer figure is stated, but not in its place.
_MOST_DIGITS: Final = 28
# How far a text may have moved where marks of the conversion were taken out of it.
_REACH: Final = 400


_Digits: TypeAlias = tuple[str, int]
"""The digits of a number without zeros behind them, and the power of ten of the last one; of nothing, no digits."""

_Place: TypeAlias = tuple[int, int]
"""Where something starts in a text, and where it ends."""


@frozen(slots=True)
class Tag:
    """A fact with its place in a text.

    Attributes:
        fact: the fact.
        start, end: its characters.
        scale: the power of ten between what is printed and the value; absent for what is no number, and for a word.
        negative: whether the value is below zero, which the characters do not say.
    """

    fact: XbrlFact
    start: int
    end: int
    scale: int | None = None
    negative: bool = False

    @property
    def is_number(self) -> bool:
        return isinstance(self.fact.value, Decimal)


def place(text: str, offset: int, facts: Iterable[XbrlFact]) -> tuple[list[Tag], list[XbrlFact]]:
    """The tags of a text that starts at an offset of the source, outer ones first, and the facts that find no place."""
    found: list[Tag] = []
    lost: list[XbrlFact] = []
    finder = _Finder(text, offset)
    for fact in facts:
        tag = finder.find(fact)
        if tag is None:
            lost.append(fact)
        else:
            found.append(tag)
    found.sort(key=lambda tag: (tag.start, -tag.end, tag.is_number))
    return _nested(found, lost), lost


class _Finder:
    """Finds the place of each fact in a text: the likeliest that no fact of its concept has, else the likeliest.

    Two facts of one concept stand at two places, where there are two: ≥30次；≥30篇. No fact looks at all numbers, nor
    at all that are taken: many facts can have one cell as their place.
    """

    def __init__(self, text: str, offset: int) -> None:
        """Args:
        text: the text.
        offset: where it starts in the source.
        """
        self._text = text
        self._offset = offset
        self._numbers: dict[_Digits, list[_Place]] = {}
        for match in _NUMBER.finditer(text):
            if match.end() - match.start() <= _MOST_DIGITS:
                digits = _significant(Decimal(match[0].replace(",", "")))
                self._numbers.setdefault(digits, []).append(match.span())
        self._decimals = [match.span()[::-1] for match in _DECIMALS.finditer(text)]
        self._taken: set[tuple[str, int]] = set()
        self._free: dict[tuple[str, _Digits], _Free] = {}

    def find(self, fact: XbrlFact) -> Tag | None:
        """Where a fact stands; absent where it has no place."""
        if fact.span is None or fact.definition.kind is Kind.COMPARATOR:
            return None
        start = max(0, fact.span.start - self._offset)
        if isinstance(fact.value, str):
            return self._first_free(_find_text(self._text, start, fact, fact.value))
        end = min(len(self._text), max(0, fact.span.end - self._offset))
        # 持平 is a change of nothing.
        if not fact.value and self._is_word(start, end):
            return Tag(fact, start, end)
        return self._find_number(fact, fact.value, start, end)

    def _first_free(self, tags: Iterable[Tag]) -> Tag | None:
        likeliest = None
        for tag in tags:
            place = (tag.fact.concept, tag.start)
            if place not in self._taken:
                self._taken.add(place)
                return tag
            likeliest = likeliest or tag
        return likeliest

    def _find_number(self, fact: XbrlFact, value: Decimal, start: int, end: int) -> Tag | None:
        """The first number of a range that is a value times a power of ten."""
        digits, exponent = _significant(value)
        found: list[tuple[bool, _Place, int]] = []
        for scale in _SCALES:
            key = (digits, exponent - scale)
            places = self._numbers.get(key, ())
            first = bisect_left(places, (start,))
            free = self._free.setdefault((fact.concept, key), _Free()).at(first) if places else first
            for is_taken, at in ((False, free), (True, first)):
                if at < len(places) and places[at][1] <= end:
                    found.append((is_taken, places[at], scale))
                    break
        if not found:
            return None
        is_taken, (begin, finish), scale = min(found)
        if not is_taken:
            key = (digits, exponent - scale)
            self._free[fact.concept, key].take(bisect_left(self._numbers[key], (begin,)))
        return Tag(fact, begin, finish, scale, value < 0)

    def _is_word(self, start: int, end: int) -> bool:
        """Whether a range has something in it, and no decimal digit of any script."""
        following = bisect_left(self._decimals, (start + 1,))
        has_digit = following < len(self._decimals) and self._decimals[following][1] < end
        return not has_digit and _VISIBLE.search(self._text, start, end) is not None


class _Free:
    """The places of a list that nobody has taken: the next one is found without going over those that are."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def at(self, index: int) -> int:
        """The first free place from an index on."""
        passed = []
        while index in self._next:
            passed.append(index)
            index = self._next[index]
        for one in passed:
            self._next[one] = index
        return index

    def take(self, index: int) -> None:
        """Take a free place."""
        self._next[index] = index + 1


def _significant(value: Decimal) -> _Digits:
    """The digits of a number, whatever its sign and the zeros behind it."""
    _, all_digits, exponent = value.as_tuple()
    digits = "".join(map(str, all_digits))
    kept = digits.rstrip("0")
    return kept, int(exponent) + len(digits) - len(kept) if kept else 0


def _find_text(text: str, start: int, fact: XbrlFact, words: str) -> Iterator[Tag]:
    # What guards a text in a spreadsheet is part of the fact, and not of the page.
    if not words or guarded(words) != words:
        return
    if text.startswith(words, start):
        yield Tag(fact, start, start + len(words))
    last = start + _REACH + len(words)
    at = text.find(words, max(0, start - _REACH), last)
    while at >= 0:
        if at != start:
            yield Tag(fact, at, at + len(words))
        at = text.find(words, at + 1, last)


def _nested(tags: Sequence[Tag], lost: list[XbrlFact]) -> list[Tag]:
    """The tags that stand within each other or apart; of those that cross, the first."""
    kept: list[Tag] = []
    around: list[Tag] = []
    for tag in tags:
        while around and around[-1].end <= tag.start:
            around.pop()
        outer = around[-1] if around else None
        if outer is not None and (tag.end > outer.end or not _may_hold(outer, tag)):
            lost.append(tag.fact)
            continue
        kept.append(tag)
        around.append(tag)
    return kept


def _may_hold(outer: Tag, inner: Tag) -> bool:
    """A text may hold anything; a number, only the same number as another fact."""
    if not outer.is_number:
        return True
    same = (outer.start, outer.end, outer.scale, outer.negative) == (
        inner.start,
        inner.end,
        inner.scale,
        inner.negative,
    )
    return same and inner.is_number and outer.fact.unit is inner.fact.unit
