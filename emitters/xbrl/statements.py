"""What a report says more than once: a place whose figures contradict earlier ones is a statement of its own.

So no fact contradicts another, and what is wrong in a report shows in its sums, as it does in the checks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from decimal import Decimal
from typing import Final

from attrs import define, evolve

from yusuan.emitters.tree import walk
from yusuan.emitters.xbrl.model import NOTHING, XbrlFact, range_of
from yusuan.ir.document import Document
from yusuan.ir.nodes import Table
from yusuan.ir.source import Span

_AXIS: Final = "Statement"
_COMPARED: Final = 16


def told_apart(document: Document, facts: list[XbrlFact]) -> list[XbrlFact]:
    """The facts, those of a place that contradicts an earlier one as a statement of their own."""
    keys = [(fact.concept, fact.context) for fact in facts]
    repeated = {key for key, count in Counter(keys).items() if count > 1}
    if not repeated:
        return facts
    place_of = _Places(document)
    places: dict[tuple[int, int], list[int]] = {}
    for at, fact in enumerate(facts):
        places.setdefault(place_of(fact), []).append(at)
    told: dict[object, _Told] = {}
    found = list(facts)
    number = 1
    for members in places.values():
        # What a place says of one fact: its first figure, then each that contradicts those before.
        here: dict[object, _Turns] = {}
        again: dict[int, list[int]] = {}
        own = []
        for at in members:
            turn = here.setdefault(keys[at], _Turns()).of(facts[at]) if keys[at] in repeated else 0
            if turn:
                again.setdefault(turn, []).append(at)
            else:
                own.append(at)
        # All that a place says for the second time may belong together: a total and its parts.
        for _, restated in sorted(again.items()):
            number += 1
            for at in restated:
                found[at] = _of_statement(facts[at], number)
        compared = [at for at in own if keys[at] in repeated]
        if any(keys[at] in told and not told[keys[at]].agrees(facts[at]) for at in compared):
            number += 1
            for at in own:
                found[at] = _of_statement(facts[at], number)
            continue
        for at in compared:
            told.setdefault(keys[at], _Told.of(facts[at])).add(facts[at])
    return found


@define(slots=True)
class _Told:
    """What has been said of one fact so far: the range that its figures share, or the text."""

    low: Decimal
    high: Decimal
    text: str

    def agrees(self, fact: XbrlFact) -> bool:
        """Whether a fact says the same, as exactly as it is stated."""
        if isinstance(fact.value, str):
            return fact.value == self.text
        low, high = range_of(fact)
        return low <= self.high and self.low <= high

    def add(self, fact: XbrlFact) -> None:
        if not isinstance(fact.value, str):
            low, high = range_of(fact)
            self.low, self.high = max(self.low, low), min(self.high, high)

    @classmethod
    def of(cls, fact: XbrlFact) -> _Told:
        if isinstance(fact.value, str):
            return cls(NOTHING, NOTHING, fact.value)
        return cls(*range_of(fact), "")


class _Turns:
    """What a place says of one fact: its first figure, then each that contradicts those before."""

    def __init__(self) -> None:
        self._told: list[_Told] = []
        self._by_value: dict[Decimal | str, int] = {}

    def of(self, fact: XbrlFact) -> int:
        """Which of them a fact says, from 0. Of very many only the first are compared; the others are as written."""
        turn = self._by_value.get(fact.value)
        if turn is None or not self._told[turn].agrees(fact):
            compared = self._told[:_COMPARED]
            turn = next((at for at, told in enumerate(compared) if told.agrees(fact)), len(self._told))
            self._by_value[fact.value] = turn
        if turn == len(self._told):
            self._told.append(_Told.of(fact))
        else:
            self._told[turn].add(fact)
        return turn


def last_statement(fact: XbrlFact) -> int:
    """The number of the statement that a fact is of; the first has no number."""
    return next((int(number) for axis, number in fact.context.dimensions if axis == _AXIS), 1)


def shifted_statement(fact: XbrlFact, by: int) -> XbrlFact:
    """The fact as one of a statement behind others."""
    return _of_statement(fact, last_statement(fact) + by)


def _of_statement(fact: XbrlFact, number: int) -> XbrlFact:
    said = tuple(dimension for dimension in fact.context.dimensions if dimension[0] != _AXIS)
    return evolve(fact, context=evolve(fact.context, dimensions=(*said, (_AXIS, str(number)))))


class _Places:
    """Where figures stand together: in one section's own text, or in one table."""

    def __init__(self, document: Document) -> None:
        self._sections: list[int] = []
        self._tables: list[Span] = []
        for section, _ in walk(document.body):
            self._sections.append(section.span.start)
            self._tables += [block.span for block in section.blocks if isinstance(block, Table)]
        self._sections.sort()
        self._tables.sort(key=lambda span: span.start)
        self._starts = [span.start for span in self._tables]

    def __call__(self, fact: XbrlFact) -> tuple[int, int]:
        """The place of a fact: that of its whole record."""
        if fact.origin is None:
            return 0, 0
        offset = fact.origin.span.start
        table = bisect_right(self._starts, offset)
        inside = table and offset <= self._tables[table - 1].end
        return bisect_right(self._sections, offset), table if inside else 0
