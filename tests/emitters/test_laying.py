"""How tables are laid out on the page of Inline XBRL: heads, widths of columns, merged cells."""

from __future__ import annotations

import pytest
from tests.readers.pdf.writing import drawn

from yusuan import Document, compile_bytes, compile_text
from yusuan.emitters.registry import emit
from yusuan.emitters.xbrl.laying import LaidTable, is_number, lay_out
from yusuan.ir.nodes import tables_of
from yusuan.ir.places import FilePlaces


def document(table: str, columns: str = "50 200 260 300 400") -> Document:
    return compile_bytes(drawn(f"page\ntext 50 50 14 收支表\ntable 100 20 {columns}\n{table}"), "report").document


def laid(table: str, columns: str = "50 200 260 300 400") -> LaidTable:
    one = document(table, columns)
    return lay_out(next(tables_of(one.body)), FilePlaces(one.places, one.body))


FIGURES = "| 教育 | 1.5 | 2 | 备 |\n| 卫生 | 3 | 4 | |"


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("| 科目 | 本年 | 上年 | 说明 |", 1),
        ("| 收支总表 | < | < | < |\n| 科目 | 本年 | 上年 | 说明 |", 2),
        ("| 科目 | 预算 | < | 说明 |\n| ^ | 本年 | 上年 | ^ |", 2),
        ("| 收入 | < | 支出 | < |\n| 科目 | 本年 | 上年 | 说明 |", 2),
        ("| 科目 | 2024 | 2023 | 说明 |", 0),
    ],
)
def test_heads_of_columns_of_figures(head: str, rows: int) -> None:
    assert laid(f"{head}\n{FIGURES}").head == rows


def test_a_form_has_no_head() -> None:
    assert laid("| 项目名称 | 造林 | < | < |\n| 单位 | 林业局 | 负责人 | 甲 |\n| 金额 | 12 | < | < |").head == 0
    assert laid("| 序号 | 名称 | 性质 | 备注 |\n| 一 | 甲 | 乙 | 丙 |").head == 0


def test_columns_are_as_wide_as_printed() -> None:
    assert laid(f"| 科目 | 本年 | 上年 | 说明 |\n{FIGURES}").widths == pytest.approx((150, 60, 40, 100))
    assert laid("| 甲 | < | 1 | 2 |\n| 乙 | < | 3 | 4 |").widths in ((), pytest.approx((210, 40, 100)))


def test_text_knows_neither() -> None:
    one = compile_text("\t科目\n\t本年\n\n\t教育\n\t1.5\n\n").document
    found = lay_out(next(tables_of(one.body)), FilePlaces(one.places, one.body))
    assert (found.head, found.widths) == (0, ())


def test_the_page_says_them() -> None:
    shown = emit(document(f"| 科目 | 预算 | < | 说明 |\n| ^ | 本年 | 上年 | ^ |\n{FIGURES}"), "ixbrl")
    assert '<colgroup><col style="width:42.9%"/><col style="width:17.1%"/>' in shown
    assert '<thead>\n<tr><th rowspan="2">科目</th><th colspan="2">预算</th><th rowspan="2">说明</th></tr>' in shown
    assert '<tbody>\n<tr><td>教育</td><td class="number">1.5</td>' in shown


def test_figures() -> None:
    assert all(map(is_number, ("1", "-2.50", "1,234.5", "95%", "9５％"[:1])))
    assert not any(map(is_number, ("", "-", "≥3", "3次", "％")))
