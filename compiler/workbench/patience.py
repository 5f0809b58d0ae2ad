"""Patterns that keep the engine busy: each is tried on strings that are pumped, in a process that can be ended.

A pattern whose repetitions nest, or stand next to each other and take the same characters, can be tried in more ways
than anybody can wait for. Nothing within a process ends a search that has begun, so another one does it.
"""

from __future__ import annotations

import multiprocessing
import re
import time
from collections.abc import Iterator, Sequence
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.workbench.sampling import LONGEST, Sampler

SECONDS: Final = 0.5
"""Of the processor: longer may it not take to see whether a pattern is at one place of a text of `LONGEST` characters.
What grows with the square of the text is a hundred times faster, what grows with its cube is slower."""

# By the clock, which also goes on while others work.
_PATIENCE: Final = 5.0
_LOOK: Final = 0.05
_SHORT: Final = 128


@frozen(slots=True)
class Tried:
    """A pattern that is to be tried.

    Attributes:
        pattern: it.
        longest: how many characters a text has at most that it is tried on in a report.
        is_whole: whether it is to take all of a text; else it is sought in it.
    """

    pattern: str
    longest: int = LONGEST
    is_whole: bool = False


def busy(patterns: Sequence[Tried]) -> Iterator[tuple[int, int]]:
    """The patterns that take too long, by their places in the sequence, each with the number of characters of a string
    that it took too long on."""
    at = 0
    while at < len(patterns):
        for place, length in _from(patterns, at):
            at = place + 1
            if length:
                yield place, length


def _from(patterns: Sequence[Tried], first: int) -> Iterator[tuple[int, int]]:
    """What a process says of the patterns from a place on: each with a length that it took too long on, or 0. It ends
    behind the first that the process does not come back from."""
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    # The place of the pattern, the length of the string, and how many were tried.
    now = context.RawArray("l", [first, 0, 0])
    results = context.SimpleQueue()
    process = context.Process(target=_work, args=(list(patterns), first, now, results), daemon=True)
    process.start()
    try:
        seen, since = -1, time.monotonic()
        while True:
            while not results.empty():
                place, length = results.get()
                yield place, length
                if length or place == len(patterns) - 1:
                    return
            if now[2] != seen:
                seen, since = now[2], time.monotonic()
            elif time.monotonic() - since > _PATIENCE or not process.is_alive():
                yield now[0], now[1]
                return
            time.sleep(_LOOK)
    finally:
        process.kill()
        process.join()


def _work(patterns: list[Tried], first: int, now: Any, results: Any) -> None:
    for place in range(first, len(patterns)):
        now[0] = place
        results.put((place, _slow_length(patterns[place], now)))


def _slow_length(tried: Tried, now: Any) -> int:
    """The length of a string that a pattern takes too long on; 0 where there is none."""
    compiled = re.compile(tried.pattern)
    for string in dict.fromkeys(Sampler(tried.pattern).pumped(tried.longest)):
        now[1], now[2] = len(string), now[2] + 1
        began = time.process_time()
        compiled.fullmatch(string)
        if not tried.is_whole:
            # What grows without bound shows in a short text too; in a long one each place is a text of its own.
            _ = compiled.search(string) if len(string) <= _SHORT else compiled.match(string)
        if time.process_time() - began > SECONDS:
            return len(string)
    return 0
