"""The table `assets`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


@frozen(slots=True)
class Asset:
    """固定资产: a row of the asset table.

    Attributes:
        item: the asset without its ordinal; 其中： stays where the cell has it.
        quantity: 数量, in the unit that the item names in brackets; absent for an empty cell or a dash.
        value: 价值, in `unit`.
        unit: unit of the value as header or caption states it.
    """

    item: Text
    quantity: Figure | None
    value: Figure | None
    unit: str | None
    span: Span
