"""The grid of tables: merged cells, content controls, rows that are gone, tables in tables."""

from __future__ import annotations

from tests.readers.docx.writing import BELOW, DOWN, cell, paragraph, row, span, table, written

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.docx.reader import DocxReader


def reading(body: str) -> Reading:
    return DocxReader().read(written(body), "report", built_in_language())


def text(body: str) -> str:
    return reading(body).source.text


def cells(body: str) -> list[tuple[str, int | None, int | None, int, int]]:
    """Text, row, column and spans of each cell."""
    found = reading(body)
    return [
        (found.source.text[one.start : one.end].split("\n")[0].strip(), *_spans(one.place))
        for one in found.tokens
        if one.type == "CELL" and one.place is not None
    ]


def _spans(place: object) -> tuple[int, int, int, int]:
    return tuple(getattr(place, name) for name in ("row", "column", "rowspan", "colspan"))


def test_columns_that_a_row_leaves_out() -> None:
    body = table(row("甲", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'), row(*"一二三四"))
    assert cells(body)[:3] == [("", 1, 1, 1, 2), ("甲", 1, 3, 1, 1), ("", 1, 4, 1, 1)]


def test_cells_merged_to_the_left_and_downwards() -> None:
    right, left = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    body = table(
        row(cell("甲", right), cell("", left), cell("乙", DOWN)),
        row("一", "二", cell("", BELOW)),
        row("三", "四", cell("丙", DOWN)),
        row(cell("五", span(2)), cell("", BELOW)),
    )
    assert cells(body) == [
        ("甲", 1, 1, 1, 2),
        ("乙", 1, 3, 2, 1),
        ("一", 2, 1, 1, 1),
        ("二", 2, 2, 1, 1),
        ("三", 3, 1, 1, 1),
        ("四", 3, 2, 1, 1),
        ("丙", 3, 3, 2, 1),
        ("五", 4, 1, 1, 2),
    ]


def test_content_controls_around_blocks_rows_and_cells() -> None:
    def held(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = held(
        paragraph("甲") + held(table(held(row(held(cell("乙")), "丙")), row("丁", cell(held(paragraph("戊"))))))
    )
    assert text(body) == "甲\n\t乙\n\t丙\n\n\t丁\n\t戊\n\n\n"


def test_rows_that_are_deleted_or_hidden() -> None:
    body = table(
        row("甲", "乙"), row("旧", "旧", properties="<w:del/>"), row("暗", "暗", properties="<w:hidden/>"), ["丙", "丁"]
    )
    found = reading(body)
    assert found.source.text == "\t甲\n\t乙\n\n\t丙\n\t丁\n\n\n\n"
    assert [(one.code, one.variant, one.line) for one in found.diagnostics] == [("BD013", "deleted", 8)]


def test_a_frame_is_no_table() -> None:
    inner = table(["甲", "乙"], ["丙", "丁"])
    assert text(table([cell(paragraph("一") + paragraph("二"))])) == "一\n二\n"
    assert text(table([cell(paragraph("前") + inner + paragraph()), ""])) == "前\n\t甲\n\t乙\n\n\t丙\n\t丁\n\n\n\n"


def test_a_table_in_a_table_makes_its_grid_finer() -> None:
    inner = table(["产出", "数量", "≥3"], ["效益", "质量", "≥4"])
    body = table(row("项目", "修渠"), row("绩效指标", cell(paragraph("如下") + inner + paragraph())), row("备注", "无"))
    assert cells(body) == [
        ("项目", 1, 1, 1, 1),
        ("修渠", 1, 2, 1, 3),
        ("绩效指标", 2, 1, 3, 1),
        ("如下", 2, 2, 1, 3),
        *(("产出", 3, 2, 1, 1), ("数量", 3, 3, 1, 1), ("≥3", 3, 4, 1, 1)),
        *(("效益", 4, 2, 1, 1), ("质量", 4, 3, 1, 1), ("≥4", 4, 4, 1, 1)),
        ("备注", 5, 1, 1, 1),
        ("无", 5, 2, 1, 3),
    ]


def test_tables_beside_each_other_in_a_table() -> None:
    left, right = table(["甲", "乙"]), table(["一"], ["二"], ["三"])
    assert cells(table([cell(left + paragraph()), cell(right + paragraph())])) == [
        ("甲", 1, 1, 3, 1),
        ("乙", 1, 2, 3, 1),
        ("一", 1, 3, 1, 1),
        ("二", 2, 3, 1, 1),
        ("三", 3, 3, 1, 1),
    ]
