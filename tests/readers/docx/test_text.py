"""What of a Word file is text, feature by feature: one small file each."""

from __future__ import annotations

import pytest
from tests.readers.docx.writing import (
    BELOW,
    DOWN,
    NAMESPACES,
    cell,
    level,
    numbered,
    numbering,
    packed,
    paragraph,
    part,
    row,
    run,
    span,
    table,
    written,
)

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.base import Reader, Reading
from yusuan.compiler.readers.docx.reader import DocxReader

LANGUAGE = built_in_language()


def reading(body: str, **parts: str) -> Reading:
    return DocxReader().read(written(body, **parts), "report", LANGUAGE)


def text(body: str, **parts: str) -> str:
    found = reading(body, **parts)
    assert "".join(found.source.text[one.start : one.end] for one in found.tokens) == found.source.text
    return found.source.text


def test_it_keeps_the_protocol_and_takes_what_is_word() -> None:
    reader = DocxReader()
    assert isinstance(reader, Reader)
    assert reader.takes(written(paragraph("甲")))
    assert reader.takes(packed({"document": part("document", "")}, main="document.macroEnabled.main"))
    assert not reader.takes(b"")
    assert not reader.takes(b"PK\x05\x06" + bytes(18))
    assert not reader.takes(b"word/document.xml")


def test_the_text_has_the_form_of_the_contract() -> None:
    body = paragraph("收支总表") + table(
        row(cell("项目", DOWN), cell("预算数", span(2))), row(cell("", BELOW), "本年", "上年")
    )
    found = reading(body + paragraph("说明"))
    assert found.source.text == "收支总表\n\t项目\n\t预算数\n\n\t\n\t本年\n\t上年\n\n\n说明\n"
    cells = "CELL CELL ROW_END"
    assert " ".join(one.type for one in found.tokens) == f"TEXT TABLE_START {cells} {cells} TABLE_END BLANK TEXT"


# --- runs -------------------------------------------------------------------------------------------------------------

BOX = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
SHAPES = (
    '<mc:AlternateContent><mc:Choice Requires="{}"><w:drawing><wps:wsp><wps:txbx>'
    + BOX
    + "</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    + BOX
    + "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
)
COMPLEX = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
WITHOUT_RESULT = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def equation(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def part_of(name: str, inner: str) -> str:
    return f"<m:{name}><m:r><m:t>{inner}</m:t></m:r></m:{name}>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), "甲\t乙"),
        ("<w:r><w:tab/></w:r>" + run("乙"), "乙"),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), "甲\n乙"),
        (run("3") + "<w:r><w:noBreakHyphen/></w:r>" + run("5") + "<w:r><w:softHyphen/></w:r>", "3-5"),
        ("<w:r><w:t> 甲 </w:t></w:r>", "甲"),
        ('<w:r><w:t xml:space="preserve"> 甲\n乙 </w:t></w:r>', " 甲 乙 "),
        ("<w:hyperlink><w:smartTag>" + run("甲") + "</w:smartTag></w:hyperlink>", "甲"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("甲") + "</w:sdtContent></w:sdt>", "甲"),
        ("<w:r><w:ruby><w:rt>" + run("jia") + "</w:rt><w:rubyBase>" + run("甲") + "</w:rubyBase></w:ruby></w:r>", "甲"),
        # symbols
        (symbol("Symbol", "F0B3") + run("95%"), "≥95%"),
        (symbol("Symbol", "00A3") + symbol("Wingdings", "F0FE") + symbol("Wingdings 2", "F052"), "≤☑☑"),
        (symbol("Wingdings", "F081") + symbol("宋体", "2103"), "①℃"),
        (run("\uf0b3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>') + run("95%"), "≥95%"),
        # equations
        (equation("<m:r><m:t>≥</m:t></m:r>") + run("95%"), "≥95%"),
        (equation(f"<m:f>{part_of('num', '1')}{part_of('den', '12')}</m:f>"), "1/12"),
        (equation(f"<m:f>{part_of('num', 'a+b')}{part_of('den', '2')}</m:f>"), "(a+b)/2"),
        (equation(f"<m:sSup>{part_of('e', 'm')}{part_of('sup', '2')}</m:sSup>"), "m²"),
        (equation(f"<m:sSub>{part_of('e', 'CO')}{part_of('sub', '2')}</m:sSub>"), "CO₂"),
        (equation(f"<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/>{part_of('e', '9')}</m:rad>"), "√9"),
        (
            equation(f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>{part_of("e", "x")}</m:d>'),
            "[x]",
        ),
        # fields
        ('<w:fldSimple w:instr=" PAGE ">' + run("12") + "</w:fldSimple>", "12"),
        (COMPLEX.format("SUM(A1:A2)", run("3,000")), "3,000"),
        (COMPLEX.format("IF ", run("甲")) + run("乙"), "甲乙"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
            + COMPLEX.format("PAGE", run("1"))
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("甲")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "甲",
        ),
        (WITHOUT_RESULT.format(r"eq \o\ac(○,12)") + run("甲"), "⑫甲"),
        (WITHOUT_RESULT.format(r"EQ \f(1,2)"), "1/2"),
        (WITHOUT_RESULT.format(r'SYMBOL 179 \f "Symbol" \s 12') + run("5"), "≥5"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
            "</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "☑",
        ),
        # tracked changes, as accepted
        ("<w:ins>" + run("新") + "</w:ins>" + run("数"), "新数"),
        ("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>" + run("数"), "数"),
        ("<w:moveTo>" + run("新") + "</w:moveTo><w:moveFrom>" + run("旧") + "</w:moveFrom>", "新"),
        # what is not shown
        (run("暗", "<w:vanish/>") + run("明", '<w:vanish w:val="0"/>'), "明"),
        # text boxes, once
        (run("外") + f"<w:r>{SHAPES.format('wps')}</w:r>", "外\n框内"),
        (run("外") + f"<w:r>{SHAPES.format('a14x')}</w:r>", "外\n框内"),
    ],
)
def test_what_of_a_paragraph_is_text(inner: str, expected: str) -> None:
    assert text(paragraph(inner)) == f"{expected}\n"


def test_an_instruction_that_never_ends_hides_nothing() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert text(paragraph(begun + "<w:r><w:instrText>TOC</w:instrText></w:r>") + paragraph("甲")) == "\n甲\n"


def test_a_field_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    entry = run("第一部分") + "<w:r><w:tab/></w:r>" + COMPLEX.format("PAGEREF x", run("3"))
    body = paragraph(begin + entry) + paragraph(entry + end) + paragraph("甲")
    assert text(body) == "第一部分\t3\n第一部分\t3\n甲\n"


def test_paragraphs_whose_end_is_deleted_are_one() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("支出合计", gone) + paragraph("<w:del/>", gone) + paragraph("12万元。") + paragraph("完")
    assert text(body) == "支出合计12万元。\n完\n"


def test_notes_stand_behind_what_calls_them() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="-1">{paragraph("线")}</w:footnote><w:footnote w:id="2">{paragraph("注文")}</w:footnote>'
    body = paragraph(run("支出") + call + run("12万元")) + paragraph("后文")
    found = reading(body, footnotes=notes)
    assert found.source.text == "支出12万元\n注文\n后文\n"
    parts = [(one.start, one.path) for one in found.source.places.entries]
    assert parts == [(0, "word/document.xml"), (7, "word/footnotes.xml"), (10, "word/document.xml")]
    assert text(table([f"<w:tc>{paragraph(call)}</w:tc>", "乙"]), footnotes=notes) == "\t\n\t乙\n\n\n注文\n"
    assert text(body.replace("footnoteR", "endnoteR"), endnotes=notes.replace("footnote", "endnote")) == (
        "支出12万元\n注文\n后文\n"
    )


def test_what_is_not_read_is_told_with_its_place() -> None:
    drawn = "<w:r><w:drawing><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></w:drawing></w:r>"
    found = reading(
        paragraph("甲")
        + paragraph(drawn.format("<pic:pic/>"))
        + paragraph(run("乙") + drawn.format("<pic:pic/>") + drawn.format("<dgm:relIds/>"))
        + '<w:altChunk r:id="x"/>'
        + paragraph(
            '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
        )
        + paragraph('<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>')
        + paragraph(symbol("Marlett", "F061"))
        + paragraph(run("暗", "<w:vanish/>") + "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>")
    )
    assert [(one.code, one.variant, one.line, one.values["count"]) for one in found.diagnostics] == [
        ("BD013", "picture", 2, "2"),
        ("BD012", "diagram", 3, "1"),
        ("BD012", "chunk", 4, "1"),
        ("BD012", "object", 5, "1"),
        ("BD012", "formula", 6, "1"),
        ("BD012", "symbol", 7, "1"),
        ("BD013", "hidden", 8, "1"),
        ("BD013", "deleted", 8, "1"),
    ]


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_headings_have_their_numbers() -> None:
    levels = (
        level(0, "chineseCounting", "第%1部分", '<w:suff w:val="space"/>'),
        level(1, "chineseCountingThousand", "%2、"),
        level(2, "japaneseCounting", "（%3）"),
        level(3, "decimal", "%4."),
        level(4, "decimalEnclosedCircle", "%5"),
        level(5, "lowerLetter", "%6)"),
    )
    body = "".join(
        numbered(words, depth)
        for words, depth in [
            ("概况", 0),
            ("职责", 1),
            ("机构", 1),
            ("本级", 2),
            ("所属", 2),
            ("2024年", 3),
            ("甲", 4),
            ("乙", 5),
            ("预算", 0),
            ("收入", 1),
        ]
    )
    assert text(body, numbering=numbering(*levels)).splitlines() == [
        "第一部分 概况",
        "一、职责",
        "二、机构",
        "（一）本级",
        "（二）所属",
        "1. 2024年",
        "① 甲",
        "a) 乙",
        "第二部分 预算",
        "一、收入",
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", "一 十 十一 二十 一〇一"),
        ("chineseCountingThousand", "一 十 十一 二十 一百零一"),
        ("ideographDigital", "一 一〇 一一 二〇 一〇一"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 壹佰零壹"),
        ("ideographTraditional", "甲 癸 11 20 101"),
        ("ideographZodiac", "子 酉 戌 20 101"),
        ("ideographZodiacTraditional", "甲子 癸酉 甲戌 癸未 101"),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑪ ⑳ 101"),
        ("decimalEnclosedFullstop", "⒈ ⒑ ⒒ ⒛ 101"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ ⒇ 101"),
        ("decimalZero", "01 10 11 20 101"),
        ("decimalFullWidth", "１ １０ １１ ２０ １０１"),
        ("upperRoman", "I X XI XX CI"),
        ("lowerLetter", "a j k t wwww"),
        ("bullet", "    "),
        ("none", "    "),
        ("bahtText", "1 10 11 20 101"),
    ],
)
def test_each_format_of_numbers(form: str, expected: str) -> None:
    body = "".join(numbered(f"<w:r><w:t>x{at}</w:t></w:r>") for at in range(1, 102))
    lines = text(body, numbering=numbering(level(0, form, "%1"))).splitlines()
    assert " ".join(lines[at - 1].removesuffix(f"x{at}").strip() for at in (1, 10, 11, 20, 101)) == expected


def test_a_format_of_numbers_that_is_not_known_is_told() -> None:
    found = reading(numbered("甲") * 2, numbering=numbering(level(0, "bahtText", "%1")))
    assert [(one.code, one.variant, one.values["count"]) for one in found.diagnostics] == [("BD012", "number", "2")]


def test_lists_go_on_and_start_again() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    again += '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    part_ = numbering(
        level(0, "decimal", "%1、"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%3）", '<w:lvlRestart w:val="0"/>'),
        instances='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' + again,
    )
    body = numbered("a") + numbered("b", 1) + numbered("c", 2) + paragraph("间") + numbered("d", instance=3)
    body += numbered("e", 1) + numbered("f", 2) + numbered("g", instance=2) + numbered("h", instance=2)
    assert text(body, numbering=part_).split() == [
        *("1、a", "1.1", "b", "1）c", "间", "2、d", "2.1", "e", "2）f", "1、g", "2、h")
    ]


def test_numbers_that_a_style_has() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>'), level(1, "chineseCounting", "（%2）")
    )
    body = paragraph("甲", '<w:pStyle w:val="H1"/>') + paragraph("乙", '<w:pStyle w:val="H2"/>')
    body += paragraph("丙", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += paragraph("丁", '<w:pStyle w:val="H1"/>')
    assert text(body, styles=styles, numbering=lists) == "一、甲\n（一）乙\n丙\n二、丁\n"


def test_numbers_in_cells_and_those_without_text() -> None:
    body = table([f"<w:tc>{numbered('')}</w:tc>", "甲"], [f"<w:tc>{numbered('')}</w:tc>", "乙"])
    assert text(body, numbering=numbering(level(0, "decimal", "%1"))) == "\t1\n\t甲\n\n\t2\n\t乙\n\n\n"


# --- other forms of the same ------------------------------------------------------------------------------------------


def test_strict_files() -> None:
    body = paragraph("甲", '<w:jc w:val="start"/>') + table(row(cell("项目", span(2))), "乙丙")
    strict = part("document", body).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    data = packed({"document": strict})
    assert DocxReader().takes(data)
    assert DocxReader().read(data, "report", LANGUAGE).source.text == text(body)


def test_utf16_parts() -> None:
    xml = part("document", paragraph("甲")).replace("UTF-8", "UTF-16")
    data = packed({"styles": f"<w:styles {NAMESPACES}/>"}, {"word/document.xml": xml.encode("utf-16")})
    assert DocxReader().read(data, "report", LANGUAGE).source.text == "甲\n"


def test_there_are_no_pages() -> None:
    found = reading(paragraph("<w:r><w:lastRenderedPageBreak/></w:r>" + run("甲")) + table(["乙", "丙"]))
    assert {found.source.span(one.start, one.end).page for one in found.tokens} == {None}
    assert {one.place.page for one in found.tokens if one.place} == {None}


def test_text_that_a_style_hides() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    styles = f'<w:style w:type="character" w:styleId="c">{hidden}</w:style>'
    styles += f'<w:style w:type="paragraph" w:styleId="p">{hidden}</w:style>'
    body = paragraph(run("暗", '<w:rStyle w:val="c"/>') + run("明")) + paragraph(run("暗"), '<w:pStyle w:val="p"/>')
    body += paragraph(run("明", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="p"/>')
    assert text(body, styles=styles) == "明\n\n明\n"
