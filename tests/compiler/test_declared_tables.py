"""Kinds of tables that one file of the grammar declares: read whatever their layout; faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan import Compiler
from yusuan.compiler.language.files import GrammarFileError
from yusuan.compiler.overlays import with_overlays
from yusuan.ir.document import Document

DECLARATION = """\
# 惠农补贴明细表
[table]
zh = "惠农补贴明细表"
en = "Subsidies to farmers"
subject = "grant"

[columns.county]
labels = ["县区"]
merged = true

[columns.grant]
labels = ["补贴名称", "补贴事项"]
required = true

[columns.amount]
labels = ["补贴金额"]
type = "money"
required = true

[columns.households]
labels = ["受益户数", "数量"]
type = "number"

[columns.share]
labels = ["占比"]
type = "percent"
"""

HEADER = ("县区", "补贴名称", "补贴金额（万元）", "受益户数", "占比")


def table(*rows: tuple[str, ...]) -> str:
    """Rows as the conversion writes them: a TAB before each cell, a blank line behind each row."""
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


def read(text: str, folder: Path, *declarations: str, told: tuple[str, ...] = ()) -> Document:
    """A report that holds a text, read with overlays of one declaration each.

    Args:
        text: what stands in its first section.
        folder: where the overlays are written.
        declarations: what they say; one overlay with the declaration above where there are none.
        told: the diagnostics that there are.
    """
    overlays = [folder / str(at) for at, _ in enumerate(declarations or (DECLARATION,))]
    for overlay, said in zip(overlays, declarations or (DECLARATION,), strict=True):
        (overlay / "tables").mkdir(parents=True, exist_ok=True)
        (overlay / "tables" / "subsidies.toml").write_text(said, encoding="utf-8")
    compilation = Compiler(overlays).compile_text(f"某县农业农村局2024年部门预算\n一、补贴情况\n{text}")
    assert tuple(one.code for one in compilation.diagnostics) == told
    return compilation.document


def rows(document: Document) -> list[tuple[bool, dict[str, str]]]:
    """The rows of the one declared table: whether each is a total, and what it says by column."""
    [declared] = document.declared
    return [
        (row.is_total, {value.column: str(value.text if value.value is None else value.value) for value in row.values})
        for row in declared.rows
    ]


FIRST = {"county": "甲县", "grant": "耕地", "amount": "12.50", "households": "60", "share": "41.67"}
SECOND = {"county": "甲县", "grant": "农机", "amount": "17.50", "households": "20", "share": "58.33"}
ROWS = (("甲县", "耕地", "12.50", "60", "41.67%"), ("", "农机", "17.50", "20", "58.33"))


def test_each_row_is_what_its_columns_say(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("合计", "", "30.00", "80", "100%")), tmp_path)
    total = {"county": "合计", "amount": "30.00", "households": "80", "share": "100"}
    assert rows(document) == [(False, FIRST), (False, SECOND), (True, total)]
    [declared] = document.declared
    amount = declared.rows[0].value("amount")
    assert amount is not None
    assert (amount.unit, amount.text, amount.span.line) == ("万元", "12.50", 11)
    assert (declared.kind.name, declared.kind.zh, declared.kind.subject) == ("subsidies", "惠农补贴明细表", "grant")


def test_columns_stand_in_any_order_and_some_are_left_out(tmp_path: Path) -> None:
    document = read(table(("补贴金额", "补贴事项"), ("12.50", "耕地")), tmp_path)
    assert rows(document) == [(False, {"grant": "耕地", "amount": "12.50"})]


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    head = (("县区", "补贴名称", "补贴金额", "规模", ""), ("", "", "", "受益户数", "占比"))
    assert rows(read(table(*head, *ROWS), tmp_path)) == [(False, FIRST), (False, SECOND)]


def test_a_page_that_repeats_the_header_goes_on_with_merged_cells(tmp_path: Path) -> None:
    cut = table(HEADER, ROWS[0]) + "- 3 -\n" + table(HEADER, ROWS[1])
    document = read(cut, tmp_path, told=("BD113", "BD106"))
    assert rows(document) == [(False, FIRST), (False, SECOND)]


def test_rows_behind_a_page_without_a_header_go_on(tmp_path: Path) -> None:
    cut = table(HEADER, ROWS[0]) + "- 3 -\n" + table(ROWS[1])
    document = read(cut, tmp_path, told=("BD113", "BD108"))
    assert rows(document) == [(False, FIRST), (False, SECOND)]


def torn(*rows: tuple[str, ...], at: int) -> str:
    """Rows with an empty paragraph in a cell of the first, behind which its other cells stand in a row of their own."""
    first, *others = rows
    return table(first[:at], first[at:], *others)


REMARKED = f"""{DECLARATION}
[columns.remark]
labels = ["备注"]
"""
NARROW = """\
[columns.grant]
labels = ["补贴名称"]
required = true

[columns.amount]
labels = ["金额"]
type = "money"
required = true
"""


@pytest.mark.parametrize("at", [1, 2, 3, 4, 5])
def test_a_torn_header_is_joined(tmp_path: Path, at: int) -> None:
    # 备注 is no column of the built-in tables; here it is.
    text = torn((*HEADER, "备注"), *((*row, "无") for row in ROWS), at=at)
    document = read(text, tmp_path, REMARKED, told=("BD101",))
    assert rows(document) == [(False, {**FIRST, "remark": "无"}), (False, {**SECOND, "remark": "无"})]


def test_a_torn_row_is_joined(tmp_path: Path) -> None:
    text = table((*HEADER, "备注"), ("甲县", "耕地"), ("12.50", "60", "41.67%", "无"), (*ROWS[1], "无"))
    document = read(text, tmp_path, REMARKED, told=("BD101",))
    assert rows(document) == [(False, {**FIRST, "remark": "无"}), (False, {**SECOND, "remark": "无"})]


def test_a_header_that_lost_its_end_is_cut_from_its_rows(tmp_path: Path) -> None:
    head = ("补贴名称", "补贴金额", "占比")
    document = read(table((*head, "耕地", "12.50", "41.67%"), ("农机", "17.50", "58.33%")), tmp_path, told=("BD112",))
    assert [row for _, row in rows(document)] == [
        {"grant": "耕地", "amount": "12.50", "share": "41.67"},
        {"grant": "农机", "amount": "17.50", "share": "58.33"},
    ]


def test_a_header_with_columns_of_unknown_words_stays_whole(tmp_path: Path) -> None:
    document = read(
        table(("补贴名称", "补贴金额", "发放方式", "经办人"), ("耕地", "12.50", "一卡通", "王某")), tmp_path
    )
    assert [row for _, row in rows(document)] == [{"grant": "耕地", "amount": "12.50"}]


def test_a_column_that_is_a_field_elsewhere_takes_no_value_from_the_row_below(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "金额"), ("耕地", "12.50"), ("农机", "17.50")), tmp_path, NARROW)
    assert [row for _, row in rows(document)] == [
        {"grant": "耕地", "amount": "12.50"},
        {"grant": "农机", "amount": "17.50"},
    ]


def test_an_overlay_says_what_a_label_is_to_rows(tmp_path: Path) -> None:
    # 单价 alone in the second row of a header, below what it parts, is no rest of the row above.
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "labels.toml").write_text('[framing]\nbelow = ["unit_price"]\n', "utf-8")
    text = "某县水利局2024年部门预算\n" + table(("采购品目", "数量", "采购金额"), ("单价",), ("水泵", "2", "3.00"))
    assert "BD101" in {one.code for one in Compiler().compile_text(text).diagnostics}
    assert "BD101" not in {one.code for one in Compiler([str(tmp_path)]).compile_text(text).diagnostics}


def test_a_row_whose_cells_are_not_under_their_columns_is_none(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("农膜回收", "8.00", "15")), tmp_path, told=("BD103",))
    assert rows(document) == [(False, FIRST), (False, SECOND)]


def test_cells_may_lack_at_the_end_of_a_row(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("", "农膜回收", "8.00")), tmp_path, told=("BD103",))
    assert rows(document)[2] == (False, {"county": "甲县", "grant": "农膜回收", "amount": "8.00"})


def test_a_table_under_another_heading_is_another_table(tmp_path: Path) -> None:
    other = table(("科室", "人数", "编制", "在职", "退休"), ("办公室", "一科", "5", "6", "7"))
    text = table(HEADER, *ROWS) + "二、人员情况\n" + other
    assert rows(read(text, tmp_path)) == [(False, FIRST), (False, SECOND)]


def test_a_table_with_words_for_figures_is_another_table(tmp_path: Path) -> None:
    text = table(HEADER, *ROWS) + "下面是各科室人数。\n" + table(("科室", "人数", "编制", "在职", "退休"), ROWS[0])
    assert rows(read(text, tmp_path)) == [(False, FIRST), (False, SECOND)]


def test_merged_cells_are_not_carried_into_another_section(tmp_path: Path) -> None:
    text = table(HEADER, ROWS[0]) + "二、其他补贴情况\n" + table(HEADER, ROWS[1])
    assert rows(read(text, tmp_path))[1] == (False, {key: SECOND[key] for key in SECOND if key != "county"})


def test_the_unit_above_merged_columns_is_that_of_each(tmp_path: Path) -> None:
    more = '[columns.own]\nlabels = ["本级资金"]\ntype = "money"\n[columns.fee]\nlabels = ["手续费"]\ntype = "money"\n'
    declared = DECLARATION.replace('[columns.amount]\nlabels = ["补贴金额"]', '[columns.amount]\nlabels = ["上级资金"]')
    declared = declared.replace('type = "money"\nrequired = true', 'type = "money"') + more
    head = (("补贴名称", "金额（元）", "", "手续费"), ("", "本级资金", "上级资金", ""))
    text = "单位：万元\n" + table(*head, ("耕地", "100", "200", "3"))
    [row] = read(text, tmp_path, declared).declared[0].rows
    assert {value.column: value.unit for value in row.values if value.unit} == {
        "own": "元",
        "amount": "元",
        "fee": "万元",
    }


def test_a_second_header_row_of_labels_that_others_have_too(tmp_path: Path) -> None:
    head = (("补贴名称", "补贴金额", "规模"), ("", "", "数量"))
    assert rows(read(table(*head, ("耕地", "8", "60")), tmp_path)) == [
        (False, {"grant": "耕地", "amount": "8", "households": "60"})
    ]


def test_a_row_of_small_numbers_is_a_row(tmp_path: Path) -> None:
    head = ("县区", "补贴金额", "受益户数", "占比")
    declared = DECLARATION.replace('labels = ["县区"]\nmerged = true', 'labels = ["县区"]\nrequired = true').replace(
        'labels = ["补贴名称", "补贴事项"]\nrequired = true', 'labels = ["补贴名称"]'
    )
    document = read(table(head, ("甲县", "4", "5", "6"), ("乙县", "1", "2", "3")), tmp_path, declared)
    assert len(rows(document)) == 2


def test_a_share_may_fall(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "补贴金额", "占比"), ("耕地", "8", "-3.5%")), tmp_path)
    assert rows(document) == [(False, {"grant": "耕地", "amount": "8", "share": "-3.5"})]


def test_of_two_kinds_the_one_that_asks_for_more_is_read(tmp_path: Path) -> None:
    (tmp_path / "0" / "tables").mkdir(parents=True)
    general = '[columns.grant]\nlabels = ["补贴名称"]\nrequired = true\n'
    (tmp_path / "0" / "tables" / "grants.toml").write_text(general, encoding="utf-8")
    document = read(table(("补贴名称", "补贴金额"), ("耕地", "8")), tmp_path)
    assert {one.kind.name: len(one.rows) for one in document.declared} == {"grants": 0, "subsidies": 1}


def test_columns_of_two_kinds_never_share_a_name(tmp_path: Path) -> None:
    (tmp_path / "0" / "tables").mkdir(parents=True)
    other = '[columns.prior]\nlabels = ["甲", "乙"]\nrequired = true\n'
    (tmp_path / "0" / "tables" / "budget.toml").write_text(other, encoding="utf-8")
    text = "二、三公经费情况\n单位：万元\n" + table(("项目", "甲"), ("公务接待费", "3.00"))
    assert read(text, tmp_path).amounts == ()


def test_the_unit_is_that_of_the_caption_where_the_header_has_none(tmp_path: Path) -> None:
    document = read("单位：元\n" + table(("补贴名称", "补贴金额"), ("耕地", "800")), tmp_path)
    amount = document.declared[0].rows[0].value("amount")
    assert amount is not None
    assert amount.unit == "元"


def test_a_unit_that_only_an_overlay_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "0" / "lexicon").mkdir(parents=True)
    (tmp_path / "0" / "lexicon" / "units.toml").write_text('[money]\n"十万元" = 100000\n', encoding="utf-8")
    document = read(table(("补贴名称", "补贴金额（十万元）"), ("耕地", "8")), tmp_path)
    assert [(unit.name, unit.yuan) for unit in document.units] == [("十万元", 100000)]


def test_a_wording_that_is_a_label_already_heads_the_column_too(tmp_path: Path) -> None:
    document = read(table(("补贴名称", "补贴金额", "数量"), ("耕地", "8", "60")), tmp_path)
    assert rows(document) == [(False, {"grant": "耕地", "amount": "8", "households": "60"})]


def test_a_table_without_what_is_required_is_none(tmp_path: Path) -> None:
    assert rows(read(table(("补贴名称", "受益户数"), ("耕地", "8")), tmp_path)) == []


def test_an_overlay_adds_to_a_declared_kind(tmp_path: Path) -> None:
    more = '[columns.grant]\nlabels = ["补助名目"]\n'
    document = read(table(("补助名目", "补贴金额"), ("耕地", "8")), tmp_path, DECLARATION, more)
    assert rows(document) == [(False, {"grant": "耕地", "amount": "8"})]


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("[columns.county]", "[column.county]", "", "column: no key of the file; did you mean 'columns'?"),
        (
            'type = "money"',
            'type = "cash"',
            ":17",
            "type: nothing that is called so is known here (there are text, list, code, money, number, count, percent,",
        ),
        ('subject = "grant"', 'subject = "grunt"', ":5", "grunt is no column"),
        ("required = true", "required = false", "", "no column is required"),
        ('labels = ["占比"]', "labels = []", ":25", "share: labels are the wordings"),
        ('labels = ["占比"]', 'labels = ["数量"]', ":25", "数量 heads households too; a label heads one column"),
        ('type = "percent"', 'type = "percent"\nmerged = true', ":27", "share: only cells of texts are merged"),
        ('type = "percent"', 'kind = "percent"', ":26", "kind: no key of [columns.share] (it has labels, required,"),
        ("[columns.share]", "[columns.amount_unit]", ":24", "every table has this column of itself"),
        ("[columns.share]", "[columns.Share]", ":24", "Share: 'Share' is no name; one has small letters"),
        ("[table]", "[table", ":2", "Expected"),
        ('labels = ["占比"]', 'labels = ["占{units.money}"]', ":25", "is no wording of a label"),
        ('labels = ["占比"]', 'labels = ["数 量"]', ":25", "数 量 heads households too; a label heads one column"),
        ("required = true", 'required = "yes"', ":13", "required is a text here; it is to be true or false"),
    ],
)
def test_a_faulty_declaration_is_answered_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, told: str
) -> None:
    with pytest.raises(GrammarFileError) as caught:
        read("", tmp_path, DECLARATION.replace(old, new))
    assert caught.value.place == f"{tmp_path}/0/tables/subsidies.toml{place}"
    assert told in caught.value.reason


def test_a_fault_is_told_in_the_overlay_that_has_it(tmp_path: Path) -> None:
    with pytest.raises(GrammarFileError) as caught:
        read("", tmp_path, DECLARATION.replace('"money"', '"cash"'), '[columns.grant]\nlabels = ["补助名目"]\n')
    assert caught.value.place == f"{tmp_path}/0/tables/subsidies.toml:17"


@pytest.mark.parametrize("name", ["rows", "caption", "spanning"])
def test_a_kind_is_not_called_as_anything_of_the_table_grammar(tmp_path: Path, name: str) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / f"{name}.toml").write_text(DECLARATION, encoding="utf-8")
    with pytest.raises(GrammarFileError, match=rf"{name} is a name of the table grammar \(grammar/"):
        with_overlays([str(tmp_path)])


def test_a_kind_is_not_called_as_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "assets.toml").write_text(DECLARATION, encoding="utf-8")
    with pytest.raises(GrammarFileError, match=r":7: assets is a table of the contract, which has no column county"):
        with_overlays([str(tmp_path)])
