"""The table `amounts`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Role, Scope


@frozen(slots=True)
class Amount:
    """金额: an amount of money that the running text or the 三公 table states.

    Attributes:
        concept: what the money is for.
        label: the document's own naming words, without year or 我部门; absent for a change that inherits its subject.
        period: the calendar year that it belongs to; absent where no fiscal year is known.
        measure: amount or change. A decrease has a negative value.
        value: the figure; for 持平 and 无增减变化 without one, a zero whose text is that word.
        unit: 万元, 元 or 亿元 as written, or inferred (`unit_inferred`); absent where neither.
        unit_inferred: whether the unit stands elsewhere than at the figure.
        scope: whose money it is, where said.
        basis: budget, outturn or final accounts.
        base: for a change, what it is measured against, where said.
        percent: the change in per cent where stated, signed.
        share: the share (占N%) in per cent where stated.
        code: the classification code where stated.
        section: role of the nearest enclosing section that has one.
        span: the figure in running text, the row's first cell in a table.
    """

    concept: Concept
    label: Text | None
    period: int | None
    measure: Measure
    value: Figure
    unit: str | None
    unit_inferred: bool
    scope: Scope | None
    basis: Basis
    base: Base | None
    percent: Figure | None
    share: Figure | None
    code: str | None
    section: Role | None
    span: Span
