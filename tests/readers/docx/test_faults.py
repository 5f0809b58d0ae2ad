"""Files that are no Word files, are damaged or hostile: never anything but the reader's own error, in bounded time."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.docx.writing import (
    DOWN,
    RELATION,
    RELATIONS,
    TYPES,
    archived,
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
from yusuan.compiler.readers.base import ReadError, Reading
from yusuan.compiler.readers.docx import package
from yusuan.compiler.readers.docx.reader import DocxReader
from yusuan.compiler.readers.docx.tables import MOST_COLUMNS
from yusuan.compiler.readers.registry import reader_for

LANGUAGE = built_in_language()
BODY = (
    paragraph("某局2024年部门预算")
    + numbered("收入")
    + table(row(cell("项目", DOWN), cell("数", span(2))), ["甲", "1", "2"])
)
PLAIN = written(BODY, numbering=numbering(level(0, "chineseCounting", "%1、")), styles="", footnotes="")


def read(data: bytes) -> Reading:
    return DocxReader().read(data, "report", LANGUAGE)


def fault_of(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.diagnostic.code == "BD011"
    return caught.value.diagnostic.variant


def with_document(xml: str | bytes) -> bytes:
    return packed({"styles": part("styles", "")}, {"word/document.xml": xml.encode() if isinstance(xml, str) else xml})


def test_what_is_wrong_is_said() -> None:
    assert fault_of(PLAIN[:-40]) == "broken"
    assert fault_of(with_document("<w:document")) == "broken_part"
    assert fault_of(written(paragraph())) == "blank"
    assert fault_of(written(paragraph("<w:r><w:pict><v:imagedata/></w:pict></w:r>"))) == "pictures"
    assert fault_of(written("") + b"") == "blank"


def test_a_file_that_breaks_off_is_still_known_as_word() -> None:
    assert reader_for(PLAIN[: len(PLAIN) // 2]).name == "docx"


@pytest.mark.parametrize(
    ("entries", "reader"),
    [
        ({"xl/workbook.xml": "", "word/x.docx": "word/document.xml"}, "text"),
        ({"a.txt": "word/document.xml"}, "text"),
        ({"OFD.xml": ""}, "text"),
    ],
)
def test_archives_of_other_programs_are_not_taken(entries: dict[str, str | bytes], reader: str) -> None:
    data = archived(entries)
    assert reader_for(data).name == reader
    with pytest.raises(ReadError) as caught:
        reader_for(data).read(data, "report", LANGUAGE)
    assert caught.value.diagnostic.code == "BD003"


def test_a_workbook_with_a_word_file_in_it_is_none_of_words() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Types xmlns="{TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{sheet}"/></Types>'
    document = f'<Relationship Id="a" Type="{RELATION.format("officeDocument")}" Target="xl/workbook.xml"/>'
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{document}</Relationships>',
        "xl/workbook.xml": "<workbook/>",
        "word/document.xml": part("document", paragraph("甲")),
    }
    assert reader_for(archived(entries)).name == "text"


# --- hostile ----------------------------------------------------------------------------------------------------------


def test_entities_are_not_read() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    xml = part("document", paragraph("&i;")).replace("?><", f"?>{bomb}]><", 1)
    assert fault_of(with_document(xml)) == "entities"
    assert fault_of(with_document(xml.replace("UTF-8", "UTF-16").encode("utf-16"))) == "entities"
    outside = '<!DOCTYPE w [<!ENTITY i SYSTEM "file:///etc/passwd">]><'
    assert fault_of(with_document(part("document", paragraph("&i;")).replace("?><", f"?>{outside}", 1))) == "entities"
    assert fault_of(with_document(part("document", paragraph("&i;")))) == "broken_part"


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    started = process_time()
    assert fault_of(with_document(b" " * (300 << 20))) == "too_large"
    assert process_time() - started < 20
    monkeypatch.setattr(package, "_DENSE_FROM", 1 << 30)
    monkeypatch.setattr(package, "MOST_BYTES", 1 << 20)
    assert fault_of(written(paragraph("甲" * (1 << 20)))) == "too_large"


def test_many_parts_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PARTS", 10)
    assert fault_of(packed({"document": part("document", paragraph("甲"))}, {f"{at}": b"" for at in range(9)})) == (
        "too_large"
    )


def test_a_locked_part_is_told() -> None:
    data = bytearray(PLAIN)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    assert fault_of(bytes(data)) == "encrypted"


@pytest.mark.parametrize("depth", [20, 70, 5_000])
def test_deep_nesting(depth: int) -> None:
    tables = "<w:tbl><w:tr><w:tc>" * depth + paragraph("甲") + "<w:p/></w:tc></w:tr></w:tbl>" * depth
    controls = "<w:ins>" * depth + run("甲") + "</w:ins>" * depth
    fractions = "<m:f><m:num>" * depth + "<m:r><m:t>甲</m:t></m:r>" + "</m:num></m:f>" * depth
    for body in (tables, paragraph(controls), paragraph(f"<m:oMath>{fractions}</m:oMath>")):
        if depth == 5_000:
            assert fault_of(written(body)) == "too_large"
        else:
            assert "甲" in read(written(body)).source.text


def test_a_cell_of_ten_megabytes() -> None:
    words = "预算执行情况" * 1_000
    many = table([cell(paragraph("".join(run(words) for _ in range(560)))), "乙"])
    assert len(read(written(many)).source.text) > 3_300_000
    assert fault_of(written(table([cell(paragraph(run("预" * 4_000_000))), "乙"]))) == "too_large"


def test_columns_and_rows_are_bounded() -> None:
    wide = read(written(table(row(cell("甲", span(1_000_000)), "乙"), *[row(cell("丙", span(1_000_000)))] * 50)))
    places = [one.place for one in wide.tokens if one.type == "CELL" and one.place]
    assert max((place.column or 0) + place.colspan - 1 for place in places) == MOST_COLUMNS
    assert "乙" in wide.source.text
    merged = read(written(table(*[row(cell("甲", "<w:vMerge/>"), "乙") for _ in range(2_000)])))
    assert len(merged.source.text) < 20_000
    before = table(row("甲", properties='<w:gridBefore w:val="999999999"/>'))
    assert "甲" in read(written(before)).source.text


def test_tables_in_tables_do_not_multiply() -> None:
    inner = table(*[["一"]] * 1_000)
    found = read(written(table([cell(inner + paragraph()), *["乙"] * 1_000])))
    assert len(found.source.text) < 20_000
    assert found.source.text.count("一") == 1_000


def test_styles_and_lists_that_go_in_circles() -> None:
    link = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        f'<w:style w:type="numbering" w:styleId="n{own}"><w:pPr>{link}</w:pPr></w:style>'
        for own, other in (("a", "b"), ("b", "a"))
    )
    lists = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="na"/></w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = paragraph("甲", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    assert read(written(body, styles=styles, numbering=lists)).source.text == "甲\n"


def test_a_note_that_calls_itself() -> None:
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1">{paragraph(run("注") + call)}</w:footnote>'
    assert read(written(paragraph(run("甲") + call), footnotes=notes)).source.text == "甲\n注\n"


def test_time_grows_with_the_file() -> None:
    def seconds(rows: int) -> float:
        data = written(table(*[["项目支出", "12.50", "万元"]] * rows) + paragraph("甲") * rows)
        started = process_time()
        read(data)
        return process_time() - started

    small = min(seconds(2_000) for _ in range(3))
    assert min(seconds(8_000) for _ in range(2)) < 10 * small


# --- damaged ----------------------------------------------------------------------------------------------------------


def test_a_file_that_breaks_off_is_told() -> None:
    for end in range(4, len(PLAIN), 53):
        assert fault_of(PLAIN[:end]).startswith("broken")


def _tried(data: bytes) -> None:
    try:
        found = read(data)
    except ReadError:
        return
    assert "".join(found.source.text[one.start : one.end] for one in found.tokens) == found.source.text


CHANGES = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8)


def changed(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    found = bytearray(data)
    for at, new in changes:
        at %= len(found)
        found[at : at + len(new)] = new
    return bytes(found)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_damaged_bytes_never_raise_anything_else(changes: list[tuple[int, bytes]]) -> None:
    data = changed(PLAIN, changes)
    DocxReader().takes(data)
    _tried(data)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES, st.sampled_from(["document", "numbering", "styles"]))
def test_damaged_parts_never_raise_anything_else(changes: list[tuple[int, bytes]], kind: str) -> None:
    parts = {"document": part("document", BODY), "numbering": part("numbering", numbering(level(0, "decimal", "%1")))}
    parts["styles"] = part("styles", "")
    damaged = changed(parts.pop(kind).encode(), changes)
    _tried(packed(parts, {f"word/{kind}.xml": damaged}))


_NAMES = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "tcPr",
    "pPr",
    "rPr",
    "sdt",
    "sdtContent",
    "ins",
    "del",
    "fldChar",
    "txbxContent",
]
_NAMES += ["pict", "numPr", "trPr", "fldSimple", "footnoteReference", "sym", "br", "altChunk", "body", "customXml"]
_PROPERTIES = [DOWN, "<w:vMerge/>", '<w:hMerge w:val="continue"/>', span(3), span(0), '<w:gridBefore w:val="-5"/>']
_PROPERTIES += [
    '<w:numId w:val="1"/>',
    '<w:ilvl w:val="77"/>',
    "<w:vanish/>",
    "<w:cellDel/>",
    "甲",
    "<m:oMath><m:f/></m:oMath>",
]
_PROPERTIES += [
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="end"/>',
    "<w:instrText>eq \\o(</w:instrText>",
]


@st.composite
def _elements(draw: st.DrawFn, depth: int = 5) -> str:
    if not depth:
        return draw(st.sampled_from(_PROPERTIES))
    name = draw(st.sampled_from(_NAMES))
    inner = draw(st.lists(st.one_of(_elements(depth - 1), st.sampled_from(_PROPERTIES)), max_size=4))
    return f'<w:{name} w:val="1" w:id="1">{"".join(inner)}</w:{name}>'


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_elements(), min_size=1, max_size=5), _elements())
def test_elements_in_places_where_none_may_stand(body: list[str], style: str) -> None:
    notes = f'<w:footnote w:id="1">{body[0]}</w:footnote>'
    lists = numbering(level(0, "decimal", "%1"), level(1, "chineseCounting", "%1%9")) + style
    _tried(written("".join(body) + paragraph("甲"), footnotes=notes, numbering=lists, styles=style))
