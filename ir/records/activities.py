"""The table `activities`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


@frozen(slots=True)
class Activity:
    """职责活动: a duty, or an activity below one (`parent`).

    Attributes:
        parent: the name of the duty above; absent for a duty itself.
        name: its name without ordinal.
        budget: 年度预算数, in `unit`.
        unit: unit of the budget as the table's caption states it.
        description: 内容描述.
        objective: 绩效目标.
    """

    parent: str | None
    name: Text
    budget: Figure | None
    unit: str | None
    description: Text | None
    objective: Text | None
    span: Span
