"""Which items of two sequences belong together, so that an inserted one is one difference and not a shift of all."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from attrs import frozen

_LARGE = 40_000
"""Pairs of a stretch in which everything differs; of more, items are paired in their order."""


@frozen(slots=True)
class Item:
    """What is compared of one item of a sequence.

    Attributes:
        whole: equal for items that are the same.
        features: what it says, position apart; items that share most of it are one item that changed.
    """

    whole: Hashable
    features: frozenset[tuple[str, str]]


Pair: TypeAlias = tuple[int | None, int | None]
"""The indexes of an item on both sides; absent where the side has none."""


def aligned(base: Sequence[Item], new: Sequence[Item]) -> Iterator[Pair]:
    """Every item of both sides once, those that belong together in one pair, each side in its order.

    The same items find each other first, then those that say the same elsewhere, then those that say most of the same.
    What is the only item of both sides is one that changed.
    """
    if len(base) == len(new) == 1:
        yield 0, 0
        return
    for old_range, new_range in _gaps([item.whole for item in base], [item.whole for item in new]):
        if isinstance(old_range, int) and isinstance(new_range, int):
            yield old_range, new_range
        elif isinstance(old_range, range) and isinstance(new_range, range):
            yield from _moved(base, new, old_range, new_range)


def _moved(base: Sequence[Item], new: Sequence[Item], old_range: range, new_range: range) -> Iterator[Pair]:
    """The pairs of a stretch in which no item is the same on both sides."""
    said = [base[at].features for at in old_range], [new[at].features for at in new_range]
    for old, other in _gaps(*said):
        if isinstance(old, int) and isinstance(other, int):
            yield old_range[old], new_range[other]
        elif isinstance(old, range) and isinstance(other, range):
            for left, right in _changed([said[0][at] for at in old], [said[1][at] for at in other]):
                yield (
                    None if left is None else old_range[old[left]],
                    None if right is None else new_range[other[right]],
                )


def _gaps(base: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int] | tuple[range, range]]:
    """The indexes of what is the same, and the ranges of indexes in between where the sides differ."""
    start = 0
    while start < min(len(base), len(new)) and base[start] == new[start]:
        yield start, start
        start += 1
    matcher = SequenceMatcher(None, base[start:], new[start:], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old_range, new_range = range(start + old_from, start + old_to), range(start + new_from, start + new_to)
        if tag == "equal":
            yield from zip(old_range, new_range, strict=True)
        else:
            yield old_range, new_range


def _changed(base: Sequence[frozenset[tuple[str, str]]], new: Sequence[frozenset[tuple[str, str]]]) -> Iterator[Pair]:
    """The pairs, in order, that together share the most features."""
    if len(base) * len(new) > _LARGE:
        yield from _in_order(base, new)
        return
    best = [[0] * (len(new) + 1) for _ in range(len(base) + 1)]
    for old in reversed(range(len(base))):
        for other in reversed(range(len(new))):
            like = _likeness(base[old], new[other])
            paired = like + best[old + 1][other + 1] if like else 0
            best[old][other] = max(paired, best[old + 1][other], best[old][other + 1])
    old = other = 0
    while old < len(base) and other < len(new):
        if best[old][other] == best[old + 1][other]:
            yield old, None
            old += 1
        elif best[old][other] == best[old][other + 1]:
            yield None, other
            other += 1
        else:
            yield old, other
            old, other = old + 1, other + 1
    yield from ((at, None) for at in range(old, len(base)))
    yield from ((None, at) for at in range(other, len(new)))


def _in_order(base: Sequence[frozenset[tuple[str, str]]], new: Sequence[frozenset[tuple[str, str]]]) -> Iterator[Pair]:
    for at in range(max(len(base), len(new))):
        if at < len(base) and at < len(new) and _likeness(base[at], new[at]):
            yield at, at
            continue
        if at < len(base):
            yield at, None
        if at < len(new):
            yield None, at


def _likeness(base: frozenset[tuple[str, str]], new: frozenset[tuple[str, str]]) -> int:
    """How much two items share; 0 where that is less than three fifths of what the larger says."""
    shared = len(base & new)
    return shared + 1 if 5 * shared >= 3 * max(len(base), len(new)) else 0
