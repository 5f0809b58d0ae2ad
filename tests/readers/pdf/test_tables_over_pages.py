"""Invented tables that go on over pages, and such that do not."""

from __future__ import annotations

import pytest
from tests.readers.pdf.test_layout import HEAD, XS, YS, layout, paragraphs, rows, spans, tables
from tests.readers.pdf.writing import Sheet

LOW = [700.0, 720.0, 740.0, 760.0]


def test_a_table_over_two_pages_with_its_head_again() -> None:
    first = Sheet().text(200, 670, "支出总表", 16).table(XS, LOW, [HEAD, ["教育", "1", "2"], ["医疗", "3", "4"]])
    second = Sheet().text(200, 70, "支出总表", 16).table(XS, YS, [HEAD, ["住房", "5", "6"], ["合计", "9", "12"]])
    found = layout(first, second)
    [table] = tables(found)
    assert rows(table) == [HEAD, ["教育", "1", "2"], ["医疗", "3", "4"], ["住房", "5", "6"], ["合计", "9", "12"]]
    assert [box.page for box in table.boxes] == [1, 2]
    assert paragraphs(found) == ["支出总表"]
    assert [each.text for each in found.left_out] == ["支出总表", *HEAD]


def test_a_table_over_two_pages_without_its_head() -> None:
    found = layout(
        Sheet().table(XS, LOW, [HEAD, ["教育", "1", "2"], ["医疗", "3", "4"]]),
        Sheet().table([x + 3 for x in XS], YS, [["住房", "5", "6"], ["合计", "9", "12"], ["", "", ""]]),
    )
    [table] = tables(found)
    assert table.rows == 6


@pytest.mark.parametrize(
    ("xs", "first"),
    [
        ([50, 150, 250, 380], ["住房", "5", "6"]),
        ([50, 120, 200, 350], ["住房", "5", "6"]),
        (XS, ["科目", "另一", "张表"]),
    ],
)
def test_another_table_on_the_next_page(xs: list[float], first: list[str]) -> None:
    found = layout(Sheet().table(XS, LOW, [HEAD, ["教育", "1", "2"]]), Sheet().table(xs, YS, [first]))
    assert len(tables(found)) == 2


def test_a_first_row_over_the_full_width_begins_another_table() -> None:
    form = Sheet().line(50, 80, 350, 80).line(50, 80, 50, 100).line(350, 80, 350, 100).text(60, 82, "另一张表")
    found = layout(Sheet().table(XS, LOW, [HEAD]), form.table(XS, YS, [["甲", "1", "2"]]))
    assert [table.rows for table in tables(found)] == [3, 4]


def test_a_row_and_a_merged_cell_that_a_page_cuts() -> None:
    first = Sheet().table(XS, LOW[:3], [HEAD, ["机关", "", "3"]])
    first.line(50, 760, 350, 760)
    for x in XS:
        first.line(x, 740, x, 760)
    first.text(52, 742, "机关事业单位养老保").text(252, 742, "88")
    second = Sheet().table(XS, YS, [["险缴费支出", "", ""], ["合计", "4", "5"]])
    [table] = tables(layout(first, second))
    assert rows(table)[2] == ["机关事业单位养老保险缴费支出", "", "88"]
    assert [box.page for box in table.cells[6].boxes] == [1, 2]


def cut_row(over: list[str], under: list[str]) -> list[list[str]]:
    """The rows of a table whose third one stands at the end of a page, the next at the head of another."""
    xs = [50.0, 98.0, 146.0, 194.0, 242.0]
    first = Sheet().table(xs, LOW, [["项目", "编码", "金额", "单价"], ["渡口", "B02", "3.50", "4.25"], over])
    second = Sheet().table(xs, YS[:3], [under, ["桥梁", "C07", "8.75", "6.00"]])
    [table] = tables(layout(first, second))
    return rows(table)[2:]


def test_figures_and_codes_that_a_page_cuts() -> None:
    found = cut_row(["桥梁养护", "A0206120", "78.", "5.00"], ["费", "0", "00", ""])
    assert found == [["桥梁养护费", "A02061200", "78.00", "5.00"], ["桥梁", "C07", "8.75", "6.00"]]


def test_whole_figures_are_not_cut() -> None:
    assert len(cut_row(["桥梁养护", "A0206120", "78.00", ""], ["管理", "B0206121", "12.00", "1.00"])) == 3


def test_a_merged_cell_goes_on_behind_a_page() -> None:
    def part(ys: list[float], label: str, *figures: str) -> Sheet:
        sheet = Sheet()
        for y in ys:
            sheet.line(50 if y in (ys[0], ys[-1]) else 150, y, 350, y)
        for x in XS:
            sheet.line(x, ys[0], x, ys[-1])
        sheet.text(52, ys[0] + 2, label)
        for top, figure in zip(ys, figures, strict=False):
            sheet.text(152, top + 2, "名").text(252, top + 2, figure)
        return sheet

    [table] = tables(layout(part(LOW, "产出指标", "1", "2", "3"), part(YS, "", "4", "5", "6")))
    assert spans(table)["产出指标"] == (0, 0, 6, 1)
    assert table.rows == 6


def _with_label(ys: list[float], xs: list[float], label: str, *cells: list[str]) -> Sheet:
    """A table with a merged cell at its left."""
    sheet = Sheet()
    for y in ys:
        sheet.line(xs[0] if y in (ys[0], ys[-1]) else xs[1], y, xs[-1], y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    sheet.text(xs[0] + 2, ys[0] + 2, label)
    for top, row in zip(ys, cells, strict=False):
        for x, words in zip(xs[1:], row, strict=False):
            sheet.text(x + 2, top + 2, words)
    return sheet


def test_a_merged_cell_that_is_not_drawn_behind_the_page() -> None:
    edges = [50.0, 100.0, 150.0, 220.0, 300.0, 350.0]
    first = _with_label(
        LOW, edges, "指标", ["产出", "数量", "卷数", "300"], ["产出", "质量", "完好", "95"], ["", "", "", ""]
    )
    rest = Sheet().table(edges[1:], YS[:3], [["效益", "社会", "查阅", "80"], ["效益", "经济", "节约", "3"]])
    [table] = tables(layout(first, rest))
    assert spans(table)["指标"] == (0, 0, 5, 1)
    assert rows(table)[3:] == [["效益", "社会", "查阅", "80"], ["效益", "经济", "节约", "3"]]


def test_a_narrower_table_of_other_columns_does_not_go_on() -> None:
    edges = [50.0, 100.0, 150.0, 220.0, 300.0, 350.0]
    first = _with_label(
        LOW, edges, "指标", ["产出", "数量", "卷数", "300"], ["产出", "质量", "完好", "95"], ["", "", "", ""]
    )
    other = Sheet().table([100.0, 170.0, 240.0, 300.0, 350.0], YS[:2], [["效益", "社会", "查阅", "80"]])
    assert len(tables(layout(first, other))) == 2
