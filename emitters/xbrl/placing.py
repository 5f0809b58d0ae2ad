"""Where in a printed text each fact stands, so that it can be tagged there: which characters, and how they say it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final, TypeAlias

from attrs import frozen

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl.model import XbrlFact
from yusuan.ir.concepts import Kind

# What the transformation num-dot-decimal takes.
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
# What stands between a printed number and its value in the unit of the fact, as a power of ten: 万元, per cent.
_SCALES: Final = (0, -2, *range(1, 13))
# What processors reckon with; a longer figure is stated, but not in its place.
_MOST_DIGITS: Final = 28
# How far a text may have moved where marks of the conversion were taken out of it.
_REACH: Final = 400


_Number: TypeAlias = tuple[int, int, str]
"""A number of a text: where it starts, where it ends, how it is printed."""


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
    taken: set[tuple[str, int]] = set()
    numbers = [(match.start(), match.end(), match[0]) for match in _NUMBER.finditer(text)]
    for fact in facts:
        # Two facts of one concept stand at two places, where there are two: ≥30次；≥30篇.
        tag = None
        for found_tag in _find(text, numbers, offset, fact):
            tag = tag or found_tag
            if (fact.concept, found_tag.start) not in taken:
                tag = found_tag
                break
        if tag is None:
            lost.append(fact)
        else:
            taken.add((fact.concept, tag.start))
            found.append(tag)
    found.sort(key=lambda tag: (tag.start, -tag.end, tag.is_number))
    return _nested(found, lost), lost


def _find(text: str, numbers: Sequence[_Number], offset: int, fact: XbrlFact) -> Iterator[Tag]:
    """Where a fact may stand, the likeliest first."""
    if fact.span is None or fact.definition.kind is Kind.COMPARATOR:
        return
    start = max(0, fact.span.start - offset)
    if isinstance(fact.value, str):
        yield from _find_text(text, start, fact, fact.value)
        return
    end = min(len(text), max(0, fact.span.end - offset))
    stated = abs(fact.value)
    first = bisect_left(numbers, (start,))
    for begin, finish, printed in islice(numbers, first, None):
        if finish > end:
            break
        value = Decimal(printed.replace(",", ""))
        scale = next((scale for scale in _SCALES if _equal(value, stated, scale)), None)
        if scale is not None and finish - begin <= _MOST_DIGITS:
            yield Tag(fact, begin, finish, scale, fact.value < 0)
    # 持平 is a change of nothing.
    is_word = not stated and start < end and not any(char.isdecimal() for char in text[start:end])
    if is_word and text[start:end].strip():
        yield Tag(fact, start, end)


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


def _equal(printed: Decimal, stated: Decimal, scale: int) -> bool:
    """Whether a printed number times a power of ten is a value, whatever the zeros behind it."""
    sign, digits, exponent = printed.as_tuple()
    return Decimal((sign, digits, int(exponent) + scale)) == stated


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
