"""What a report states, typed: one class for each table of the contract.

In every class `span` is where the record stands (the contract's `line` and `column`): its row from the first cell on,
an empty one too, or the figure itself in running text. Each value inside has its own span. Absent (`None`) means that
the document does not state it, never zero.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Operator, Role, Scope


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


@frozen(slots=True)
class Objective:
    """绩效目标: one objective of a project (of the whole department where `project` is absent).

    Attributes:
        project: the project's name.
        ordinal: its position among the objectives of its project, from 1.
        text: the objective without its number.
    """

    project: str | None
    ordinal: int
    text: Text
    span: Span


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


@frozen(slots=True)
class Indicator:
    """绩效指标: one target of an indicator.

    Attributes:
        project: the project's name, or the activity's in a table of graded activities; absent for the whole department.
        level1: 一级指标, carried down where the table merges cells.
        level2: 二级指标, carried down likewise.
        level3: 三级指标, the indicator's name.
        description: 绩效指标描述.
        grade: 优, 良, 中 or 差 as written, where the table grades targets.
        target: the target; absent where the row names an indicator without one.
        basis: 指标值确定依据.
        weight: 权重 or 分值.
    """

    project: str | None
    level1: Text | None
    level2: Text | None
    level3: Text | None
    description: Text | None
    grade: Text | None
    target: Target | None
    basis: Text | None
    weight: Figure | None
    span: Span


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


@frozen(slots=True)
class Institution:
    """机构: an institution whose budget is part of the department's.

    Attributes:
        name: 单位名称.
        nature: 单位性质.
        rank: 单位规格.
        funding: 经费保障形式.
    """

    name: Text
    nature: Text | None
    rank: Text | None
    funding: Text | None
    span: Span


@frozen(slots=True)
class ProcurementItem:
    """政府采购: a row of the procurement table. Amounts are in `unit`.

    Attributes:
        is_total: whether it is a 合计 or 小计 row.
        project: 项目名称, the source of funds; for a total its label.
        project_budget: 预算资金 of that source.
        item: 采购物品名称.
        catalogue_code: 政府采购目录序号 without brackets, in the edition that the document used.
        measure_unit: 计量单位 as written.
        quantity: 数量.
        unit_price: 单价.
        total: 合计 of 当年部门预算安排资金.
        general_public: 一般公共预算拨款.
        government_fund: 基金预算拨款.
        state_capital: 国有资本经营预算拨款.
        special_account: 财政专户核拨.
        other: 其他来源收入.
        unit: unit of the amounts as the caption states it.
    """

    is_total: bool
    project: Text | None
    project_budget: Figure | None
    item: Text | None
    catalogue_code: Text | None
    measure_unit: Text | None
    quantity: Figure | None
    unit_price: Figure | None
    total: Figure | None
    general_public: Figure | None
    government_fund: Figure | None
    state_capital: Figure | None
    special_account: Figure | None
    other: Figure | None
    unit: str | None
    span: Span


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


@frozen(slots=True)
class GlossaryEntry:
    """名词解释: a term and its definition."""

    term: Text
    definition: Text
    span: Span
