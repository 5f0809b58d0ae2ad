"""The rows of a table that has a project a row: the code in front of a name, and which rows are of who spends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from yusuan.compiler.clauses.context import Context
from yusuan.ir.nodes import Text

_NOTHING: Final = Decimal(0)
# Half of the last digit that is printed: how far a figure is from what it was rounded from.
_HALF: Final = Decimal("0.5")


def part_code(context: Context, label: Text) -> tuple[Text, Text | None]:
    """The name of a project without the code in front of it, and the code; absent where the cell has none."""
    coded = context.pattern("line", "PROJECT_CODE").match(label.text)
    if coded is None:
        return label, None
    return Text(label.text[coded.end() :], label.span), Text(coded["code"], label.span)


def spender_rows(budgets: Sequence[Decimal], total: Decimal) -> frozenset[int] | None:
    """Which rows of a table only name who spends the money of the rows below them.

    Args:
        budgets: the money of each row below the total, in one unit.
        total: what the table says that it comes to.

    Returns:
        Their places; none where all rows add up to the total, each being a project. Absent where the rows add up in
        neither way.
    """
    if _agree(total, budgets):
        return frozenset()
    spenders: list[int] = []
    at = 0
    while at < len(budgets):
        end = _last_of(budgets, at)
        if end == at:
            return None
        spenders.append(at)
        at = end + 1
    return frozenset(spenders) if spenders and _agree(total, [budgets[place] for place in spenders]) else None


def _last_of(budgets: Sequence[Decimal], spender: int) -> int:
    """The last row of those below a spender that add up to its money; its own place where none do."""
    total, last, sum_, ulps = budgets[spender], spender, _NOTHING, _ulp(budgets[spender])
    for at in range(spender + 1, len(budgets)):
        sum_ += budgets[at]
        ulps += _ulp(budgets[at])
        if sum_ - total > ulps * _HALF:
            break
        if abs(sum_ - total) <= ulps * _HALF:
            last = at
    return last


def _agree(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether parts come to a total, as rounded."""
    return abs(sum(parts, _NOTHING) - total) <= (_ulp(total) + sum(map(_ulp, parts), _NOTHING)) * _HALF


def _ulp(value: Decimal) -> Decimal:
    """The last digit that is printed of a figure."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))
