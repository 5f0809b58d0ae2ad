"""Sums within the contract's tables: one unit beyond the interval is told, and less is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from yusuan import Compilation, compile_text

PROCUREMENT = [
    ["项目名称", "采购物品名称", "数量", "单价", "合计", "一般公共预算拨款", "其他来源收入"],
    ["合计", "", "", "", "18.20", "16.00", "2.20"],
    ["渠道清淤经费", "水泵", "4", "3.05", "12.20", "10.00", "2.20"],
    ["河道巡查经费", "无人机", "2", "3.00", "6.00", "6.00", "0"],
]
ASSETS = [
    ["资产项目", "数量", "价值（万元）"],
    ["资产总额", "", "530.40"],
    ["1、房屋（平方米）", "1200", "400.10"],
    ["其中：办公用房", "900", "300.10"],
    ["2、车辆（台）", "3", "60.30"],
    ["3、其他", "", "70.00"],
]
ACTIVITIES = [
    ["职责活动", "年度预算数", "绩效目标"],
    ["一、河湖管护", "110.00", ""],
    ["1、河道巡查", "70.00", "问题按期销号"],
    ["2、渠道清淤", "40.00", "渠道畅通"],
]
SECTIONS = {
    "procurement": ("六、政府采购预算情况\n单位：万元\n", PROCUREMENT),
    "assets": ("七、国有资产信息\n", ASSETS),
    "activities": ("五、绩效预算信息\n\t单位：万元\n\n", ACTIVITIES),
}


def compiled(name: str, rows: Sequence[Sequence[str]]) -> Compilation:
    table = "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)
    return compile_text(f"某县水务局2024年部门预算信息公开情况说明\n{SECTIONS[name][0]}{table}")


def with_cell(name: str, place: tuple[int, int], cell: str) -> list[list[str]]:
    rows = [list(row) for row in SECTIONS[name][1]]
    rows[place[0]][place[1]] = cell
    return rows


# A table, its cell, a value within the intervals and the next, the code and the rule.
PLANTED = [
    ("procurement", (1, 4), "18.21", "18.22", "BD703", "procurement-rows-do-not-sum"),
    ("procurement", (3, 4), "6.01", "6.02", "BD703", "procurement-rows-do-not-sum"),
    ("procurement", (2, 5), "10.01", "10.02", "BD702", "procurement-sources"),
    ("procurement", (2, 4), "12.22", "12.23", "BD701", "price-times-quantity"),
    ("assets", (1, 2), "530.42", "530.43", "BD704", "assets-do-not-sum"),
    ("assets", (4, 2), "60.32", "60.33", "BD704", "assets-do-not-sum"),
    ("assets", (3, 2), "400.11", "400.12", "BD704", "assets-within"),
    ("activities", (1, 1), "110.01", "110.02", "BD510", "activities-of-a-duty"),
    ("activities", (3, 1), "40.01", "40.02", "BD510", "activities-of-a-duty"),
]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_table_that_adds_up_holds(name: str) -> None:
    found = compiled(name, SECTIONS[name][1])
    rules = {rule for table, *_, rule in PLANTED if table == name}
    assert rules <= {one.rule for one in found.tallies if one.holds}
    assert not [one for one in found.tallies if one.broken]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one[-1]}-{one[3]}")
def test_one_unit_beyond_the_interval_is_told(planted: tuple[str, tuple[int, int], str, str, str, str]) -> None:
    name, place, within, beyond, code, rule = planted
    assert rule not in {one.rule for one in compiled(name, with_cell(name, place, within)).tallies if one.broken}
    found = compiled(name, with_cell(name, place, beyond))
    assert rule in {one.rule for one in found.tallies if one.broken}
    assert code in {one.code for one in found.diagnostics}
