"""The table `projects`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


@frozen(slots=True)
class Project:
    """项目: a project with its budget, from the project's own table or heading.

    Attributes:
        name: the 项目名称 cell, else the heading without ordinal and 绩效目标表.
        code: 项目编码.
        budget: 预算数, in `unit`.
        budget_fiscal: 财政资金, in `unit`.
        budget_other: 其他资金, in `unit`.
        unit: unit of the three figures as the table's caption states it; absent where no caption does.
        purpose: the purpose cell less its budget figures.
        span: the 项目编码 row, else the heading, else the row of the name.
    """

    name: Text
    code: Text | None
    budget: Figure | None
    budget_fiscal: Figure | None
    budget_other: Figure | None
    unit: str | None
    purpose: Text | None
    span: Span
