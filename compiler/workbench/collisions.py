"""Terminals that collide: of equal priority in one region, and taking the same text.

Lark finds such only in patterns that its automata know, without looking around and without giving nothing back, which
are few of ours. Here each terminal is tried on strings that were made for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.workbench.sampling import Sampler

_MADE: Final = 200


@frozen(slots=True)
class Rival:
    """A terminal, or a pattern that is tried beside others.

    Attributes:
        name: it.
        pattern: its pattern, placeholders filled in.
        priority: only those of the same collide; which of two others takes a text is said.
        is_whole: whether it is to take all of a text.
    """

    name: str
    pattern: str
    priority: int
    is_whole: bool


@frozen(slots=True)
class Collision:
    """Two rivals that take the same text.

    Attributes:
        first: the one that is tried first, and takes it.
        second: the other.
        text: what both take.
    """

    first: Rival
    second: Rival
    text: str


def collisions(rivals: Sequence[Rival]) -> Iterator[Collision]:
    """The pairs of rivals that take a text that was made for one of them, or its beginning, each pair once: which of
    the two takes it, and how much of it, is a matter of their order.

    Args:
        rivals: in the order in which they are tried.
    """
    compiled = {rival.name: re.compile(rival.pattern) for rival in rivals}
    taken = {rival.name: list(_taken(rival, compiled[rival.name])) for rival in rivals}
    for at, first in enumerate(rivals):
        for second in rivals[at + 1 :]:
            if first.priority == second.priority:
                found = next(_shared(first, second, compiled, taken), None)
                if found is not None:
                    yield Collision(first, second, found)


def _shared(
    first: Rival,
    second: Rival,
    compiled: Mapping[str, re.Pattern[str]],
    taken: Mapping[str, Sequence[tuple[str, int, int]]],
) -> Iterator[str]:
    """What was made for one of two rivals, and the other takes too, or the beginning of it."""
    for one, other in ((first, second), (second, first)):
        for text, start, end in taken[one.name]:
            if (_end(other, compiled[other.name], text, start) or 0) > start:
                yield text[start:end]


def _taken(rival: Rival, pattern: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Texts with the range that a rival takes in them."""
    for text, start in Sampler(rival.pattern).matching(_MADE):
        end = _end(rival, pattern, text, start)
        if end is not None and end > start:
            yield text, start, end


def _end(rival: Rival, pattern: re.Pattern[str], text: str, start: int) -> int | None:
    """Where what a rival takes from a place on ends; absent where it takes nothing."""
    found = pattern.fullmatch(text, start) if rival.is_whole else pattern.match(text, start)
    return found.end() if found else None
