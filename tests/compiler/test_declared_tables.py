"""Kinds of tables that one file of the grammar declares: read whatever their layout; faults with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan.compiler.driver import compile_text
from yusuan.compiler.grammar_files import GrammarFileError
from yusuan.compiler.grammar_loader import speaking
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
    with speaking(with_overlays(map(str, overlays))):
        compilation = compile_text(f"某县农业农村局2024年部门预算\n一、补贴情况\n{text}")
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


def test_a_row_whose_cells_are_not_under_their_columns_is_none(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("农膜回收", "8.00", "15")), tmp_path, told=("BD103",))
    assert rows(document) == [(False, FIRST), (False, SECOND)]


def test_cells_may_lack_at_the_end_of_a_row(tmp_path: Path) -> None:
    document = read(table(HEADER, *ROWS, ("", "农膜回收", "8.00")), tmp_path, told=("BD103",))
    assert rows(document)[2] == (False, {"county": "甲县", "grant": "农膜回收", "amount": "8.00"})


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
        ("[columns.county]", "[column.county]", "", "column: a kind of table has"),
        ('type = "money"', 'type = "cash"', ":17", "the type cash is none of text, money, number, percent"),
        ('subject = "grant"', 'subject = "grunt"', ":5", "grunt is no column"),
        ("required = true", "required = false", "", "no column is required"),
        ('labels = ["占比"]', "labels = []", ":25", "share: labels are the wordings"),
        ('labels = ["占比"]', 'labels = ["数量"]', ":25", "its labels name the same as those of households (quantity"),
        ('type = "percent"', 'type = "percent"\nmerged = true', ":27", "share: only cells of texts are merged"),
        ('type = "percent"', 'kind = "percent"', ":26", "share: kind is none of labels, type"),
        ("[columns.share]", "[columns.amount_unit]", ":24", "every table has this column of itself"),
        ("[columns.share]", "[columns.Share]", ":24", "called by small letters"),
        ("[table]", "[table", "", "Expected"),
    ],
)
def test_a_faulty_declaration_is_answered_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, told: str
) -> None:
    with pytest.raises(GrammarFileError) as caught:
        read("", tmp_path, DECLARATION.replace(old, new))
    assert caught.value.place == f"{tmp_path}/0/tables/subsidies.toml{place}"
    assert told in caught.value.reason


def test_a_kind_is_not_called_as_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "assets.toml").write_text(DECLARATION, encoding="utf-8")
    with pytest.raises(GrammarFileError, match=r"tables/assets\.lark is a kind of table already"):
        with_overlays([str(tmp_path)])
