"""The table `spending_plan`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


@frozen(slots=True)
class SpendingPlanEntry:
    """资金支出计划: how much of a project's money is to be spent by the end of a month.

    Attributes:
        project: the project's name.
        month: 1 to 12 as written; another number where the document errs.
        percent: cumulative share in per cent.
    """

    project: str | None
    month: int
    percent: Figure
    span: Span
