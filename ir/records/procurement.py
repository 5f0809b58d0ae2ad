"""The table `procurement`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure
from yusuan.ir.source import Span


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
