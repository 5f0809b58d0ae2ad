"""Sums of tables that an overlay declares: one unit beyond the interval of any figure is told, and less is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from yusuan.compiler.workspace.compiler import Compiler
from yusuan.ir.diagnostics import Diagnostic, Tally
from yusuan.ir.kinds import UNDECLARED_SUM

# 补贴: columns and a total row. 科目: levels by code. 车辆: parts within columns, and a product.
DECLARATIONS = {
    "grants": """# 补贴
[table]
subject = "name"
[columns.name]
labels = ["补贴名称"]
required = true
[columns.whole]
labels = ["补贴总额"]
type = "money"
required = true
[columns.own]
labels = ["县级补贴"]
type = "money"
required = true
[columns.given]
labels = ["省级补贴"]
type = "money"
[columns.price]
labels = ["补贴单价"]
type = "money"
adds = false
[columns.homes]
labels = ["受益农户"]
type = "count"
[[sums]]
form = "columns"
total = "whole"
parts = ["own", "given"]
""",
    "classes": """# 科目
[table]
subject = "name"
[columns.code]
labels = ["分类代号"]
type = "code"
required = true
[columns.name]
labels = ["分类名目"]
required = true
[columns.amount]
labels = ["列支数额"]
type = "money"
required = true
[[sums]]
name = "classes-below"
form = "levels"
total = "amount"
parent = "code"
""",
    "vehicles": """# 车辆
[table]
subject = "name"
[columns.name]
labels = ["车辆名目"]
required = true
[columns.count]
labels = ["车辆台数"]
type = "count"
required = true
[columns.price]
labels = ["每台价款"]
type = "money"
adds = false
[columns.cost]
labels = ["价款总数"]
type = "money"
required = true
[columns.paid]
labels = ["已付价款"]
type = "money"
[[sums]]
form = "product"
total = "cost"
parts = ["count", "price"]
[[sums]]
form = "within"
total = "cost"
parts = ["paid"]
""",
}

GRANTS = [
    ["补贴名称", "补贴总额（万元）", "县级补贴（万元）", "省级补贴（万元）", "补贴单价（元）", "受益农户"],
    ["耕地", "12.50", "2.50", "10.00", "80", "60"],
    ["其中：梯田", "4.10", "1.10", "3.00", "80", "20"],
    ["农机", "17.50", "7.25", "10.25", "95", "21"],
    ["合计", "30.00", "9.75", "20.25", "", "81"],
]
CLASSES = [
    ["分类代号", "分类名目", "列支数额（万元）"],
    ["213", "农林水", "41.30"],
    ["21301", "农业", "30.10"],
    ["2130104", "运转", "10.10"],
    ["2130199", "其他", "20.00"],
    ["21303", "水利", "11.20"],
    ["224", "应急", "3.00"],
    ["合计", "", "44.30"],
]
VEHICLES = [
    ["车辆名目", "车辆台数", "每台价款（万元）", "价款总数（万元）", "已付价款（万元）"],
    ["洒水车", "3", "8.20", "24.60", "20.00"],
    ["巡查车", "2", "6.15", "12.30", "12.30"],
    ["合计", "5", "", "36.90", "32.30"],
]
TABLES: Mapping[str, list[list[str]]] = {"grants": GRANTS, "classes": CLASSES, "vehicles": VEHICLES}


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Compiler:
    """One that knows the three kinds."""
    folder = tmp_path_factory.mktemp("overlay")
    (folder / "tables").mkdir()
    for name, said in DECLARATIONS.items():
        (folder / "tables" / f"{name}.toml").write_text(said, encoding="utf-8")
    return Compiler([folder])


def told(compiler: Compiler, *tables: Sequence[Sequence[str]]) -> tuple[list[Diagnostic], tuple[Tally, ...]]:
    """What there is to say of tables, and how often their sums held."""
    texts = ("".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in table) for table in tables)
    found = compiler.compile_text(f"某县农业农村局2024年部门预算\n一、补贴情况\n{'说明如下。'.join(texts)}")
    assert {one.code for one in found.diagnostics} <= {UNDECLARED_SUM}
    return list(found.diagnostics), tuple(one for one in found.tallies if one.code == UNDECLARED_SUM)


def with_cell(name: str, place: tuple[int, int], cell: str) -> list[list[str]]:
    """A table with another cell in a row and column, from 0."""
    rows = [list(row) for row in TABLES[name]]
    rows[place[0]][place[1]] = cell
    return rows


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_adds_up_says_nothing(compiler: Compiler, name: str) -> None:
    found, tallies = told(compiler, TABLES[name])
    assert found == []
    assert tallies
    assert all(one.holds and not one.broken for one in tallies), tallies


# A table and its cell; a value that is within the intervals, and the next, which is not: a sum of n figures may be off
# by (n + 1) / 2 of their last place, a product as far as its factors allow. And the rule that tells it.
PLANTED = [
    ("grants", (4, 1), "30.01", "30.02", "grants-whole-rows"),
    ("grants", (4, 1), "29.99", "29.98", "grants-whole-rows"),
    ("grants", (1, 2), "2.51", "2.52", "grants-whole-columns"),
    ("grants", (3, 3), "10.26", "10.27", "grants-whole-columns"),
    ("grants", (4, 5), "82", "83", "grants-homes-rows"),
    ("classes", (1, 2), "41.31", "41.32", "classes-below"),
    ("classes", (3, 2), "10.11", "10.12", "classes-below"),
    ("classes", (7, 2), "44.31", "44.32", "classes-amount-rows"),
    ("classes", (6, 2), "3.01", "3.02", "classes-amount-rows"),
    ("vehicles", (1, 3), "24.62", "24.63", "vehicles-cost-product"),
    ("vehicles", (2, 4), "12.31", "12.32", "vehicles-cost-within"),
    ("vehicles", (3, 3), "36.91", "36.92", "vehicles-cost-rows"),
    ("vehicles", (3, 1), "6", "7", "vehicles-count-rows"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: f"{one[-1]}-{one[3]}")
def test_one_unit_beyond_the_interval_is_told(
    compiler: Compiler, planted: tuple[str, tuple[int, int], str, str, str]
) -> None:
    name, place, within, beyond, rule = planted
    silent, _ = told(compiler, with_cell(name, place, within))
    assert [one for one in silent if one.values.get("rule", rule) == rule] == []
    found, tallies = told(compiler, with_cell(name, place, beyond))
    assert rule in {one.rule for one in tallies if one.broken}
    assert all(one.values["table"] == name for one in found)


def test_a_total_above_rows_of_which_one_is_empty_is_not_known(compiler: Compiler) -> None:
    found, _ = told(compiler, with_cell("classes", (6, 2), ""))
    assert found == []
    found, _ = told(compiler, [*with_cell("classes", (6, 2), "")[:-1], ["合计", "", "41.28"]])
    assert [one.values["total"] for one in found] == ["amount"]


def test_of_which_is_not_counted_again(compiler: Compiler) -> None:
    found, _ = told(compiler, with_cell("grants", (4, 1), "34.10"))
    assert {one.values["rule"] for one in found} == {"grants-whole-rows", "grants-whole-columns"}
    assert {one.values["sum"] for one in found} == {"30.00"}


def test_of_two_columns_in_different_units_each_has_its_own(compiler: Compiler) -> None:
    rows = [["补贴名称", "补贴总额（万元）", "县级补贴（元）", "省级补贴（元）"], ["耕地", "12.50", "25000", "100000"]]
    assert told(compiler, rows)[0] == []
    rows[1][2] = "25200"
    [found] = told(compiler, rows)[0]
    assert found.values["sum"] == "12.52"


def test_a_total_beyond_a_table_that_was_parted_is_made_of_both(compiler: Compiler) -> None:
    first, second = GRANTS[:2], [GRANTS[0], *GRANTS[3:]]
    assert told(compiler, first, second)[0] == []


def test_subtotals_are_of_the_rows_beside_them(compiler: Compiler) -> None:
    head = CLASSES[0]
    rows = [head, ["甲", "一", "1.00"], ["乙", "二", "2.00"], ["小计", "", "3.00"], ["丙", "三", "4.00"]]
    rows += [["丁", "四", "5.00"], ["小计", "", "9.00"], ["合计", "", "12.00"]]
    assert told(compiler, rows)[0] == []
    rows[3] = ["小计", "", "3.02"]
    [found] = told(compiler, rows)[0]
    assert found.values["figure"] == "3.02"
