"""The facts of an XBRL report, whatever the syntax that they are then written in, and what their numbers stand for."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeAlias

from attrs import frozen

from yusuan.ir.concepts import Definition
from yusuan.ir.source import Span

EXACT: Final = "INF"
"""The decimals of a number that is exact."""

NOTHING: Final = Decimal(0)
"""Zero, which is never below zero."""


class Unit(StrEnum):
    """The unit of a number, as XBRL names it."""

    YUAN = "iso4217:CNY"
    PURE = "xbrli:pure"
    SQUARE_METRE = "utr:sqm"


@frozen(slots=True, cache_hash=True)
class Period:
    """The time that a fact belongs to.

    Attributes:
        year: the calendar year; absent where the document does not say, and the fact is of no certain time.
        is_instant: whether it is of the end of the year, not of the year.
    """

    year: int | None
    is_instant: bool = False


Dimension: TypeAlias = tuple[str, str]
"""An axis and what a fact says on it: the name of a member, or a typed value."""


@frozen(slots=True, cache_hash=True)
class Context:
    """When a fact holds, and of what; the facts of one record have one.

    Attributes:
        period: the time that it belongs to.
        dimensions: what it says on each axis, in the order of the axes; an axis that it does not say is not there.
    """

    period: Period
    dimensions: tuple[Dimension, ...]


@frozen(slots=True)
class Origin:
    """The record that a fact is of.

    Attributes:
        table: the contract's table that has a row for the record.
        row: which row of the document there, from 0.
        span: where the record stands.
    """

    table: str
    row: int
    span: Span


@frozen(slots=True)
class XbrlFact:
    """One fact.

    Attributes:
        id: its name within the report, made of the document's, its page, line and column, and the concept.
        definition: its concept.
        concept: the local name of its concept; another than the definition's for what is not listed.
        value: a number in its unit, a text, or the name of a comparator.
        decimals: to which decimal place the number is exact, or INF; absent for what is no number.
        unit: its unit; absent for what is no number.
        context: when it holds, and of what.
        span: where the report prints it; absent for what is reckoned.
        text: what stands there.
        origin: the record that it is of; absent for what is reckoned.
    """

    id: str
    definition: Definition
    concept: str
    value: Decimal | str
    decimals: int | str | None
    unit: Unit | None
    context: Context
    span: Span | None
    text: str
    origin: Origin | None


def place_of(span: Span, sign: str) -> str:
    """A place as a part of a name: the page, where the input has pages, the line and the column."""
    page = [f"P{span.page}"] if span.page else []
    return sign.join([*page, f"L{span.line}", f"C{span.column}"])


def lexical(value: Decimal | str) -> str:
    """A value as every syntax writes it: a number without exponent."""
    return value if isinstance(value, str) else format(value, "f")


def shifted(value: Decimal, power: int) -> Decimal:
    """A number times a power of ten, exactly, however many digits it has; no zero is below zero."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) + power)) if value else NOTHING


def number_of(fact: XbrlFact) -> Decimal:
    """The value of a fact that is a number."""
    assert isinstance(fact.value, Decimal)
    return fact.value


def range_of(fact: XbrlFact) -> tuple[Fraction, Fraction]:
    """What a number stands for, by the rule of XBRL Calculations 1.1: half a unit of its last place up and down."""
    value = Fraction(number_of(fact))
    if not isinstance(fact.decimals, int):
        return value, value
    half = Fraction(10) ** -fact.decimals / 2
    return value - half, value + half


def meeting(same: list[XbrlFact]) -> tuple[Fraction, Fraction]:
    """What the statements of one fact have in common."""
    ranges = [range_of(fact) for fact in same]
    return max(low for low, _ in ranges), min(high for _, high in ranges)
