"""The figures that are told together, and whether a part can be a share of one of them.

A part of N per cent may be so of any figure of its place and year. None is tried one by one: a long list of parts, each
with its share, would be read over for each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Interval, Operand
from yusuan.compiler.checks.statements import entry_of
from yusuan.ir.records import Amount
from yusuan.ir.vocabulary import Concept, Measure, Scope

_Stated: TypeAlias = tuple[int, Amount, Operand]
"""An amount above zero: its place in the group, itself, its figure."""


class Told:
    """The amounts of one place."""

    def __init__(self, inspection: Inspection, group: Sequence[Amount]) -> None:
        """Args:
        inspection: of which document.
        group: the amounts, in the order of the document.
        """
        self.group = group
        """The amounts."""
        self._inspection = inspection

    def last_total(self, at: int, wholes: Iterable[Concept]) -> Operand | None:
        """The last amount of some concepts for the year of an amount, as a figure; absent where none is told."""
        totals = self._year(at).totals
        stated = [entry for whole in wholes for entry in totals.get(whole, ()) if entry[0] != at]
        return max(stated, key=lambda one: one[0])[1] if stated else None

    def has_whole_of(self, at: int, part: Interval, percent: Interval) -> bool:
        """Whether another amount of the year can be what a part is some per cent of.

        Args:
            at: the place of the part in the group.
            part: what the part stands for.
            percent: what its share stands for.
        """
        if part.high < 0:
            part, percent = -part, -percent
        if percent.high <= 0:
            return False
        highest = part.high * 100 / percent.low if percent.low > 0 else None
        return self._year(at).has_between(part.low * 100 / percent.high, highest, but=at)

    def _year(self, at: int) -> _Year:
        return self._years[self.group[at].period]

    @cached_property
    def _years(self) -> dict[int | None, _Year]:
        stated: dict[int | None, list[_Stated]] = {}
        for at, amount in enumerate(self.group):
            if amount.measure is Measure.AMOUNT:
                of_year = stated.setdefault(amount.period, [])
                entry = entry_of(self._inspection, amount)
                if entry is not None and entry.interval.least > 0:
                    of_year.append((at, amount, entry))
        return {period: _Year(of_year) for period, of_year in stated.items()}


class _Year:
    """The amounts of one place and year that are above zero."""

    def __init__(self, stated: Iterable[_Stated]) -> None:
        self.totals: dict[Concept, tuple[tuple[int, Operand], ...]] = {}
        """The last two amounts of each concept that were not carried over: the part itself may be one of them."""
        ranges: list[tuple[Fraction, Fraction, int]] = []
        for at, amount, entry in stated:
            ranges.append((entry.interval.low, entry.interval.high, at))
            if amount.scope is not Scope.CARRY_OVER:
                self.totals[amount.concept] = (*self.totals.get(amount.concept, ())[-1:], (at, entry))
        ranges.sort()
        self._lows = [low for low, _, _ in ranges]
        # For each of them: of those up to it the two that reach highest.
        self._reaching: list[list[tuple[Fraction, int]]] = []
        best: list[tuple[Fraction, int]] = []
        for _, high, at in ranges:
            best = sorted([*best, (high, at)], reverse=True)[:2]
            self._reaching.append(best)

    def has_between(self, lowest: Fraction, highest: Fraction | None, *, but: int) -> bool:
        """Whether an amount, but for one, can be a number between two; without a highest, one of any size."""
        count = len(self._lows) if highest is None else bisect_right(self._lows, highest)
        reaching = self._reaching[count - 1] if count else []
        return any(high >= lowest for high, at in reaching if at != but)
