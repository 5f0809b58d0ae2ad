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
from math import lcm
from typing import Final

from attrs import field, frozen

from yusuan.compiler.checks.verdicts import Outcome, Verdict
from yusuan.compiler.faults import internal_fault
from yusuan.ir.diagnostics import Code, Diagnostic
from yusuan.ir.quick import quick
from yusuan.ir.records import Figure

# No budget has more digits; longer ones would make the reckoning slow.
_MOST_DIGITS: Final = 40


@quick
@frozen(slots=True, eq=False, repr=False)
class Interval:
    """The numbers from one to another, both included.

    Attributes:
        least: the lowest, in parts.
        most: the highest, in parts.
        parts: how many parts make one. Whole numbers over a common one are reckoned with faster than fractions.
    """

    least: int
    most: int
    parts: int

    @classmethod
    def of(cls, figure: Figure, factor: int | Fraction = 1) -> Interval:
        """What a printed figure stands for, times a factor (yuan in a unit).

        Raises:
            ValueError: it is not `usable`.
        """
        if not usable(figure):
            raise ValueError(f"a figure of more than {_MOST_DIGITS} digits is not reckoned with")
        if not figure.value:
            return cls(0, 0, 1)
        digits, exponent = _printed(figure.value)
        # In halves of the last printed digit, whose number is whole.
        halves, power = 2 * int(digits), 10 ** abs(exponent)
        up, down = (power, 2) if exponent > 0 else (1, 2 * power)
        once = up * factor.numerator
        return cls((halves - 1) * once, (halves + 1) * once, down * factor.denominator)

    @classmethod
    def between(cls, low: int | Fraction, high: int | Fraction) -> Interval:
        """The numbers from `low` to `high`."""
        parts = lcm(low.denominator, high.denominator)
        return cls(low.numerator * (parts // low.denominator), high.numerator * (parts // high.denominator), parts)

    @classmethod
    def exactly(cls, value: int | Fraction) -> Interval:
        """A single number."""
        return cls(value.numerator, value.numerator, value.denominator)

    @property
    def low(self) -> Fraction:
        """The lowest."""
        return Fraction(self.least, self.parts)

    @property
    def high(self) -> Fraction:
        """The highest."""
        return Fraction(self.most, self.parts)

    def __repr__(self) -> str:
        return f"Interval({self.low}, {self.high})"

    def __add__(self, other: Interval) -> Interval:
        if self.parts == other.parts:
            return Interval(self.least + other.least, self.most + other.most, self.parts)
        parts = lcm(self.parts, other.parts)
        own, others = parts // self.parts, parts // other.parts
        return Interval(self.least * own + other.least * others, self.most * own + other.most * others, parts)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __neg__(self) -> Interval:
        return Interval(-self.most, -self.least, self.parts)

    def __mul__(self, other: Interval) -> Interval:
        corners = [one * two for one in (self.least, self.most) for two in (other.least, other.most)]
        return Interval(min(corners), max(corners), self.parts * other.parts)

    def __truediv__(self, other: Interval) -> Interval:
        least, most = other.least, other.most
        if not least or not most:
            raise ZeroDivisionError(f"{self} / {other}")
        # One over an end of the other is the other end over both.
        corners = [one * two * other.parts for one in (self.least, self.most) for two in (most, least)]
        parts = self.parts * least * most
        return (
            Interval(min(corners), max(corners), parts) if parts > 0 else -Interval(min(corners), max(corners), -parts)
        )

    def meets(self, other: Interval) -> bool:
        """Whether some number is in both."""
        return (
            self.least * other.parts <= other.most * self.parts and other.least * self.parts <= self.most * other.parts
        )

    def exceeds(self, other: Interval) -> bool:
        """Whether all of it is above all of the other."""
        return self.least * other.parts > other.most * self.parts


def usable(figure: Figure | None) -> bool:
    """Whether a figure can be reckoned with."""
    return figure is not None and is_short(figure.value)


def is_short(value: Decimal) -> bool:
    """Whether a number has no more digits than are reckoned with."""
    return len(str(value)) <= _MOST_DIGITS or len(value.as_tuple().digits) <= _MOST_DIGITS


def _printed(value: Decimal) -> tuple[str, int]:
    """The digits of a number, with its sign, and the power of ten of the last."""
    # Its text is made faster than its tuple.
    mantissa, _, power = str(value).partition("E")
    whole, _, decimals = mantissa.partition(".")
    return whole + decimals, int(power or 0) - len(decimals)


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
    return max((max(0, -_printed(figure.value)[1]) for figure in figures), default=0)


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
