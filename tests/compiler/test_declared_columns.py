"""What a declaration says of columns: paths, parts, order, labels that become rows, types, and rows that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.compiler.test_declared_tables import FIRST, HEADER, NARROW, ROWS, SECOND, read, rows, table

from yusuan import Compiler
from yusuan.ir.document import Document

SHEET = """\
# 惠农补贴预算表
[table]
zh = "惠农补贴预算表"
subject = "grant"

[columns.grant]
labels = ["补贴名称"]
required = true

[columns.total]
labels = [["预算数", "合计"]]
type = "money"
required = true

[columns.basic]
labels = ["基本支出"]
type = "money"
of_which = "total"

[columns.project]
labels = ["项目支出"]
type = "money"
of_which = "total"

[columns.prior]
labels = [["执行数", "合计"]]
type = "money"

[columns.prior_project]
labels = ["项目支出"]
type = "money"
of_which = "prior"
"""


def said(document: Document) -> list[dict[str, str]]:
    return [row for _, row in rows(document)]


def test_a_header_of_three_rows(tmp_path: Path) -> None:
    head = (
        ("补贴名称", "2024年执行数", "2025年预算数（万元）"),
        ("", "合计", "其中", "合计", "其中"),
        ("", "", "项目支出", "", "基本支出", "项目支出"),
        ("栏次", "1", "2", "3", "4", "5"),
    )
    declared = SHEET.replace('"预算数"', '"2025年预算数"').replace('"执行数"', '"2024年执行数"')
    document = read(table(*head, ("耕地", "5", "3", "9", "2", "7")), tmp_path, declared)
    figures = {"grant": "耕地", "prior": "5", "prior_project": "3", "total": "9", "basic": "2", "project": "7"}
    assert said(document) == [figures]
    assert {one.column: one.unit for one in document.declared[0].rows[0].values if one.unit} == {
        "total": "万元", "basic": "万元", "project": "万元",
    }  # fmt: skip


def test_what_must_be_in_a_header_may_stand_below_its_first_row(tmp_path: Path) -> None:
    head = (("预算数", "", "县区"), ("合计", "补贴名称", ""))
    assert said(read(table(*head, ("9", "耕地", "甲县")), tmp_path, SHEET)) == [{"grant": "耕地", "total": "9"}]


def test_a_row_of_texts_above_another_header_is_none_of_it(tmp_path: Path) -> None:
    text = table(("补贴名称", "备注"), ("耕地", "无")) + "下表为预算。\n" + table(HEADER, *ROWS)
    assert rows(read(text, tmp_path)) == [(False, FIRST), (False, SECOND)]


def test_of_two_columns_of_one_label_the_one_that_a_dialect_leaves_out_takes_none_of_the_other(tmp_path: Path) -> None:
    head = (("补贴名称", "预算数"), ("", "合计", "项目支出"))
    row = ("耕地", "9", "7")
    assert said(read(table(*head, row), tmp_path, SHEET)) == [{"grant": "耕地", "total": "9", "project": "7"}]


TWICE = """\
[columns.grant]
labels = ["补贴名称"]
required = true

[columns.prior]
labels = ["补贴金额"]
type = "money"

[columns.amount]
labels = ["补贴金额"]
type = "money"
"""


def test_the_same_label_twice_heads_columns_in_their_order(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "补贴金额", "补贴金额"), ("耕地", "8", "9")), tmp_path, TWICE)
    assert said(document) == [{"grant": "耕地", "prior": "8", "amount": "9"}]


def test_of_the_same_label_twice_one_alone_is_read_as_neither_and_said(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "补贴金额"), ("耕地", "8")), tmp_path, TWICE, told=("BD307",))
    assert said(document) == [{"grant": "耕地"}]
    assert document.diagnostics[0].span.line == 4


def test_words_of_one_label_head_two_columns_if_each_is_said(tmp_path: Path) -> None:
    # 预算金额 and 年度预算数 are one label of the lexicon.
    declared = TWICE.replace('"补贴金额"', '"预算金额"', 1).replace('"补贴金额"', '"年度预算数"')
    document = read(table(("补贴名称", "年度预算数", "预算金额"), ("耕地", "8", "9")), tmp_path, declared)
    assert said(document) == [{"grant": "耕地", "prior": "9", "amount": "8"}]
    assert said(read(table(("补贴名称", "年度预算数"), ("耕地", "8")), tmp_path / "b", declared)) == [
        {"grant": "耕地", "amount": "8"}
    ]


YEARS = """\
[columns.grant]
labels = ["补贴名称"]
required = true

[columns.year]
labels = ["<year>"]
unpivot = "amount"

[columns.amount]
labels = ["补贴金额"]
type = "money"

[columns.households]
labels = ["受益户数"]
type = "count"
"""


def test_labels_become_rows(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "2024年", "2025年"), ("耕地", "8", "9"), ("农机", "", "5")), tmp_path, YEARS)
    assert said(document) == [
        {"grant": "耕地", "year": "2024年", "amount": "8"},
        {"grant": "耕地", "year": "2025年", "amount": "9"},
        {"grant": "农机", "year": "2025年", "amount": "5"},
    ]


def test_labels_above_several_columns_become_rows(tmp_path: Path) -> None:
    head = (("补贴名称", "2024年", "2025年"), ("", "补贴金额", "受益户数", "补贴金额", "受益户数"))
    assert said(read(table(*head, ("耕地", "8", "60", "9", "70")), tmp_path, YEARS)) == [
        {"grant": "耕地", "year": "2024年", "amount": "8", "households": "60"},
        {"grant": "耕地", "year": "2025年", "amount": "9", "households": "70"},
    ]


def test_a_code_a_list_and_a_target(tmp_path: Path) -> None:
    declared = """\
[columns.grant]
labels = ["补贴名称"]
required = true

[columns.item]
labels = ["补贴品目"]
type = "code"

[columns.steps]
labels = ["发放步骤"]
type = "list"

[columns.goal]
labels = ["发放目标"]
type = "target"
"""
    row = ("耕地", "（A0310）粮食", "1、公示；2、打卡", "≥95%")
    document = read(table(("补贴名称", "补贴品目", "发放步骤", "发放目标"), row), tmp_path, declared)
    assert said(document) == [{"grant": "耕地", "item": "A0310", "steps": "公示\n打卡", "goal": "95"}]
    goal = document.declared[0].rows[0].value("goal")
    assert goal is not None
    assert (goal.text, goal.unit) == ("≥95%", "%")


def test_one_cell_across_a_table_is_a_merged_cell_or_no_row(tmp_path: Path) -> None:
    bands = table(HEADER, ("甲县",), ROWS[1], ("乙县",), ("", "农膜", "8.00", "15", "9"))
    assert [(row["county"], row["grant"]) for row in said(read(bands, tmp_path))] == [
        ("甲县", "农机"),
        ("乙县", "农膜"),
    ]
    narrow = table(("补贴名称", "金额", "经办人"), ("一、种植业补贴",), ("耕地", "8", "王某"))
    document = read(narrow, tmp_path / "b", NARROW, told=("BD308",))
    assert said(document) == [{"grant": "耕地", "amount": "8"}]


@pytest.mark.parametrize(
    "numbers", [("栏次", "1", "2", "3", "4"), ("**", "1", "2", "3=1+2", "4"), ("甲", "乙", "1", "2", "3")]
)
def test_numbers_of_columns_are_no_row(tmp_path: Path, numbers: tuple[str, ...]) -> None:
    assert rows(read(table(HEADER, numbers, *ROWS), tmp_path)) == [(False, FIRST), (False, SECOND)]


def test_small_counts_below_a_header_are_a_row(tmp_path: Path) -> None:
    document = read(
        table(("县区", "补贴名称", "补贴金额", "受益户数", "占比"), ("甲县", "耕地", "1", "2", "3")), tmp_path
    )
    assert len(said(document)) == 1


def test_the_unit_may_stand_in_a_note_below_the_table(tmp_path: Path) -> None:
    text = table(("补贴名称", "补贴金额"), ("耕地", "800"), ("注：金额单位：元", ""))
    amount = read("单位：万元\n" + text, tmp_path).declared[0].rows[0].value("amount")
    assert amount is not None
    assert amount.unit == "元"


def test_the_words_of_a_total_may_end_with_it(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("甲县小计", "", "30.00", "80", "100%")), tmp_path)
    assert [is_total for is_total, _ in rows(document)] == [False, False, True]


def test_an_overlay_adds_to_a_table_of_the_contract(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    more = '[[header]]\nhas = [["asset_item"], ["reason"]]\n[columns.value]\nlabels = ["账面净额"]\n'
    (tmp_path / "tables" / "assets.toml").write_text(more, encoding="utf-8")
    text = "某县水利局2024年部门预算\n六、国有资产信息\n" + table(("资产名称", "原因", "账面净额"), ("车辆", "无", "5"))
    [asset] = Compiler([str(tmp_path)]).compile_text(text).document.assets
    assert asset.value is not None
    assert (asset.item.text, asset.value.text) == ("车辆", "5")
    assert Compiler().compile_text(text).document.assets == ()
