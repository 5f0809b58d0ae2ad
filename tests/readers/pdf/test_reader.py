"""From invented PDF files to tokens, and on through the compiler: texts, places, diagnostics."""

from __future__ import annotations

import pytest
from tests.readers.pdf.writing import Sheet, written

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import Compilation, compile_reading
from yusuan.compiler.readers.base import Reader, ReadError, Reading
from yusuan.compiler.readers.pdf import worker
from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.reader import PdfReader
from yusuan.compiler.readers.text.reader import frame
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Table

XS = [50.0, 170.0, 290.0, 410.0]
PICTURE = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"


def reading(*sheets: Sheet) -> Reading:
    return PdfReader().read(written(*sheets), "report", built_in_language())


def compiled(*sheets: Sheet) -> Compilation:
    return compile_reading(reading(*sheets), language=built_in_language())


def test_it_keeps_the_protocol_and_takes_what_is_pdf() -> None:
    reader = PdfReader()
    assert isinstance(reader, Reader)
    assert reader.takes(written(Sheet()))
    assert reader.takes(b"\r\n" + written(Sheet()))
    assert not reader.takes(b"")
    assert not reader.takes(b"<!DOCTYPE html><p>report.pdf</p>")
    assert not reader.takes("某局的报告以 %PDF- 开头".encode())


def test_the_text_has_the_form_of_the_contract() -> None:
    sheet = Sheet().text(50, 60, "收支总表")
    sheet.line(50, 100, 410, 100).line(170, 120, 410, 120).line(50, 140, 410, 140)
    sheet.line(50, 100, 50, 140).line(170, 100, 170, 140).line(290, 120, 290, 140).line(410, 100, 410, 140)
    sheet.text(52, 112, "项目").text(250, 102, "预算数").text(172, 122, "本年").text(50, 200, "说明")
    found = reading(sheet)
    assert found.source.text == "收支总表\n\t项目\n\t预算数\n\n\t\n\t本年\n\t\n\n\n说明\n"
    assert "".join(found.source.text[token.start : token.end] for token in found.tokens) == found.source.text
    assert [token.type for token in found.tokens] == [
        "TEXT",
        "TABLE_START",
        *["CELL", "CELL", "ROW_END"],
        *["CELL", "CELL", "ROW_END"],
        "TABLE_END",
        "BLANK",
        "TEXT",
    ]
    places = [token.place for token in found.tokens if token.type == "CELL" and token.place]
    assert [(place.row, place.column, place.rowspan, place.colspan) for place in places] == [
        (1, 1, 2, 1),
        (1, 2, 1, 2),
        (2, 2, 1, 1),
        (2, 3, 1, 1),
    ]
    assert places[2].page == 1
    assert places[2].box == (170, 120, 290, 140)


def test_a_row_begins_where_the_text_has_its_first_cell() -> None:
    sheet = Sheet().line(50, 100, 410, 100).line(170, 120, 410, 120).line(50, 140, 410, 140)
    sheet.line(50, 100, 50, 140).line(170, 100, 170, 140).line(290, 100, 290, 140).line(410, 100, 410, 140)
    sheet.text(52, 112, "项目").text(172, 102, "甲").text(292, 102, "1").text(172, 122, "乙").text(292, 122, "2")
    found = reading(sheet)
    assert found.source.text == "\t项目\n\t甲\n\t1\n\n\t\n\t乙\n\t2\n\n\n"
    [table] = [block for block in compiled(sheet).document.body.blocks if isinstance(block, Table)]
    assert [row.span.line for row in table.rows] == [1, 5]
    assert [cell.span.line for row in table.rows for cell in row.cells] == [1, 2, 3, 6, 7]
    assert found.source.places.at(table.rows[1].span.start) == found.source.places.at(table.rows[1].cells[0].span.start)


def test_two_tables_have_an_empty_paragraph_between_them() -> None:
    sheet = Sheet().table(XS, [100, 120, 140], [["甲", "乙", "丙"], ["1", "2", "3"]])
    found = reading(sheet.table(XS, [300, 320, 340], [["丁", "戊", "己"], ["4", "5", "6"]]))
    assert found.source.text.count("\t3\n\n\n\n\t丁") == 1
    assert [token.type for token in frame(found.source, built_in_language()).tokens].count("TABLE_START") == 2


def test_each_character_has_its_place_in_the_file() -> None:
    sheets = [Sheet().text(50, 100, f"第{page}段") for page in (1, 2)]
    sheets[1].grid(XS[:3], [200, 220]).text(52, 202, "甲").text(172, 202, "7.5")
    found = reading(*sheets)
    text, source = found.source.text, found.source
    assert [source.places.page(text.index(words)) for words in ("第1段", "第2段", "7.5")] == [1, 2, 2]
    place = source.places.at(text.index("7.5"))
    assert place is not None
    assert place.box == (170, 200, 290, 220)


def test_amounts_of_prose_that_a_page_cuts() -> None:
    first = Sheet().text(90, 60, "沙河县林业局2026年部门预算", 22).text(90, 120, "一、部门预算安排的总体情况", 16)
    first.text(122, 740, "2026年部门预算收入620.40万元，其中：一般公共预", 16).text(
        90, 770, "算收入600.40万元，政府性基金预算收入20万元，国有", 16
    )
    found = compiled(first, Sheet().text(90, 80, "资本经营预算收入0万元。", 16))
    assert [str(amount.value.value) for amount in found.document.amounts] == ["620.40", "600.40", "20", "0"]


def test_a_table_without_rulings_is_told() -> None:
    sheet = Sheet()
    for at, (label, figure) in enumerate([("工资", "12.50"), ("奖金", "7"), ("其他", "0.1")]):
        sheet.text(50, 100 + 20 * at, label).text(250, 100 + 20 * at, figure)
    assert [diagnostic.code for diagnostic in reading(sheet).diagnostics] == [codes.ALIGNED_TABLE.code]


def test_a_page_that_is_a_picture_is_told() -> None:
    [told] = reading(Sheet().text(50, 50, "文字"), Sheet().raw(PICTURE), Sheet().raw(PICTURE)).reported
    assert told.code == codes.UNREAD_PAGE.code
    assert "page 2 " in told.message
    assert "2 such pages" in told.message


@pytest.mark.parametrize(
    ("data", "variant"),
    [
        (written(Sheet().raw(PICTURE)), "pictures of pages"),
        (written(Sheet()), "no text"),
        (b"%PDF-1.7\n1 0 obj\n", "broken"),
        (
            written(
                Sheet(), trailer=f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P 0/O<{'5A' * 32}>/U<{'5A' * 32}>>>"
            ),
            "password",
        ),
    ],
)
def test_what_cannot_be_read_is_an_error(data: bytes, variant: str) -> None:
    with pytest.raises(ReadError) as caught:
        PdfReader().read(data, "report", built_in_language())
    assert caught.value.diagnostic.code == codes.UNREADABLE_PDF.code
    assert variant in caught.value.diagnostic.message


@pytest.mark.parametrize("fault", PdfFault)
def test_each_fault_has_words(fault: PdfFault, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PdfError(fault, "7")

    monkeypatch.setattr(worker.Engine, "read", fail)
    with pytest.raises(ReadError) as caught:
        PdfReader().read(b"", "report", built_in_language())
    assert caught.value.diagnostic.message
