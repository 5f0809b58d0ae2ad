"""What stands in records: figures and targets."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator


@frozen(slots=True)
class Figure:
    """A number as the document prints it.

    Attributes:
        value: the number exactly as printed (`15.00` stays `15.00`), sign included, without thousands separators; its
            exponent is the printed precision.
        text: the characters as written.
        span: where they stand.
    """

    value: Decimal
    text: str
    span: Span

    @property
    def in_words(self) -> bool:
        """Whether a word such as 持平 tells it, and no digit."""
        return not any(char.isdecimal() for char in self.text)


@frozen(slots=True)
class Target:
    """指标值: an indicator's target, taken apart.

    Attributes:
        text: the cell as written; operator, value and unit joined where the table splits them.
        operator: how the value is bounded; `qualitative` where there is no number.
        value: the number, the lower bound of a range; absent for a qualitative target.
        upper: the upper bound of a range; absent elsewhere.
        unit: the unit as written, every way to write per cent as `%`; absent where none is written.
        span: where the target stands.
    """

    text: str
    operator: Operator
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    span: Span
