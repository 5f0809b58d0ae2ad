"""Sums that a report states, compared as intervals, and the figure that is wrong where one is broken.

A printed figure stands for all numbers that it could be the rounding of: 47 for 46.5 to 47.5, 47.10 for 47.095 to
47.105; a printed zero is exact. A sum holds where the two intervals meet (the rule of XBRL Calculations 1.1). No
tolerance is fixed anywhere.

Which of the figures in a broken sum is the wrong one, the other sums tell: it is the figure that most broken sums have
in common and fewest sums bear out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from yusuan.compiler.checks.verdicts import Outcome, Verdict
from yusuan.compiler.faults import internal_fault
from yusuan.ir.diagnostics import Code, Diagnostic
from yusuan.ir.records import Figure

# No budget has more digits; longer ones would make the reckoning slow.
_MOST_DIGITS: Final = 40


@frozen(slots=True)
class Interval:
    """The numbers from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, figure: Figure, factor: int | Fraction = 1) -> Interval:
        """What a printed figure stands for, times a factor (yuan in a unit).

        Raises:
            ValueError: it is not `usable`.
        """
        if not usable(figure):
            raise ValueError(f"a figure of more than {_MOST_DIGITS} digits is not reckoned with")
        if not figure.value:
            return cls(Fraction(0), Fraction(0))
        sign, digits, exponent = figure.value.as_tuple()
        # In halves of the last printed digit, whose number is whole.
        halves = 2 * int("".join(map(str, digits))) * (-1 if sign else 1)
        power = 10 ** abs(int(exponent))
        up, down = (power, 2) if int(exponent) > 0 else (1, 2 * power)
        return cls(
            Fraction((halves - 1) * up * factor.numerator, down * factor.denominator),
            Fraction((halves + 1) * up * factor.numerator, down * factor.denominator),
        )

    @classmethod
    def exactly(cls, value: int | Fraction) -> Interval:
        """A single number."""
        return cls(Fraction(value), Fraction(value))

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        corners = [one / two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def meets(self, other: Interval) -> bool:
        """Whether some number is in both."""
        return self.low <= other.high and other.low <= self.high

    def exceeds(self, other: Interval) -> bool:
        """Whether all of it is above all of the other."""
        return self.low > other.high


def usable(figure: Figure | None) -> bool:
    """Whether a figure can be reckoned with."""
    return figure is not None and is_short(figure.value)


def is_short(value: Decimal) -> bool:
    """Whether a number has no more digits than are reckoned with."""
    return len(value.as_tuple().digits) <= _MOST_DIGITS


@frozen(slots=True)
class Operand:
    """A figure in an equation.

    Attributes:
        figure: the figure as printed.
        unit: its unit as written; empty where it has none.
        factor: how many of the common unit one of it is.
        interval: what it stands for, in the common unit.
    """

    figure: Figure
    unit: str = ""
    factor: int | Fraction = 1
    interval: Interval = field(init=False, eq=False, repr=False)

    @interval.default
    def _stands_for(self) -> Interval:
        return Interval.of(self.figure, self.factor)

    @property
    def exact(self) -> Fraction:
        """The figure as printed, in the common unit."""
        return Fraction(self.figure.value) * self.factor

    @property
    def written(self) -> str:
        """The figure as people read it, a decrease with its sign."""
        return written(Fraction(self.figure.value), places(self.figure))


def places(*figures: Figure) -> int:
    """How many decimal places the most precise of some figures has."""
    return max((max(0, -int(figure.value.as_tuple().exponent)) for figure in figures), default=0)


def written(value: Fraction, decimals: int) -> str:
    """A number with some decimal places, as it would be printed."""
    scaled = round(value * 10**decimals)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(decimals + 1, "0")
    return sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)


@frozen(slots=True)
class Equation:
    """A total and its parts at one place of a report, whether they hold, and how to say that they do not.

    Attributes:
        code: what it is reported as.
        rule: the rule's name.
        entries: every figure in it, the total first.
        outcome: whether it holds.
        report: what to say, given the place of the wrong figure among the entries.
        group: equations of one group are other ways to make up the same total: if one holds, none is broken.
    """

    code: Code
    rule: str
    entries: tuple[Operand, ...]
    outcome: Outcome
    report: Callable[[int], Diagnostic]
    group: Hashable | None = None


def settle(equations: Sequence[Equation]) -> Iterator[Verdict]:
    """The verdict on each equation, the broken ones reported at the figure that the others speak against."""
    standing = _standing(equations)
    sound = [equation for at, equation in enumerate(equations) if at in standing]
    against = _appearances(equation for equation in sound if equation.outcome is Outcome.BROKEN)
    borne_out = _appearances(equation for equation in sound if equation.outcome is Outcome.HOLDS)
    for at, equation in enumerate(equations):
        outcome, diagnostic = (equation.outcome if at in standing else Outcome.UNKNOWN), None
        if outcome is Outcome.BROKEN:
            diagnostic = _told(equation, _suspect(equation, against, borne_out))
        yield Verdict(equation.code, equation.rule, outcome, diagnostic)


def _told(equation: Equation, suspect: int) -> Diagnostic:
    """What an equation has to say. That it fails to is a fault of ours, which must not cost the document."""
    try:
        return equation.report(suspect)
    except Exception as error:
        return internal_fault(error, equation.entries[suspect].figure.span, of=equation.rule)


def _standing(equations: Sequence[Equation]) -> set[int]:
    """The places of the equations that stand: of a group whose none holds, the broken one that lists most."""
    fullest: dict[Hashable, int] = {}
    made_up: set[Hashable] = set()
    for at, equation in enumerate(equations):
        group = equation.group
        if group is None:
            continue
        if equation.outcome is Outcome.HOLDS:
            made_up.add(group)
        elif equation.outcome is Outcome.BROKEN:
            best = fullest.setdefault(group, at)
            if len(equation.entries) > len(equations[best].entries):
                fullest[group] = at
    return {
        at
        for at, equation in enumerate(equations)
        if equation.group is None
        or equation.outcome is not Outcome.BROKEN
        or (equation.group not in made_up and fullest[equation.group] == at)
    }


def _appearances(equations: Iterable[Equation]) -> Counter[int]:
    """In how many equations each figure is, by its place in the text."""
    return Counter(entry.figure.span.start for equation in equations for entry in equation.entries)


def _suspect(equation: Equation, against: Counter[int], borne_out: Counter[int]) -> int:
    """The place of the figure that is wrong: of equals the total, else the largest part."""

    def weight(at: int) -> tuple[int, int, bool, Fraction]:
        entry = equation.entries[at]
        place = entry.figure.span.start
        return against[place], -borne_out[place], at == 0, abs(entry.exact)

    return max(range(len(equation.entries)), key=weight)
