"""From bytes to text."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_LE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.compiler.readers.text.decode import Decoded, DecodeError, decode, inspect_text

TEXT = "\t部门预算公开\r\n一、收入，一二三 100万元\n\n第二行\r"


def codes(decoded: Decoded) -> list[str]:
    return [diagnostic.code for diagnostic in decoded.diagnostics]


def attempt(data: bytes) -> Decoded | DecodeError:
    try:
        return decode(data)
    except DecodeError as error:
        return error


def refused(data: bytes) -> DecodeError:
    with pytest.raises(DecodeError) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_encodings_give_the_same_text(written: str, encoding: str) -> None:
    assert decode(TEXT.encode(written)) == Decoded(TEXT, encoding)


def test_marks_are_no_text() -> None:
    assert decode(("\ufeff" + TEXT).encode("gb18030")).text == TEXT
    assert decode(("\ufeff" + TEXT).encode("utf-16-be")).text == TEXT


def test_ascii_is_utf_8() -> None:
    assert decode(b"budget 2024").encoding == "utf-8"


def test_characters_beyond_the_first_plane() -> None:
    text = "预算𠮷😀\n"
    for encoding in ("utf-8", "utf-16", "gb18030"):
        assert decode(text.encode(encoding)).text == text


def test_utf_16_without_mark_needs_its_pattern() -> None:
    # As UTF-8 this is a text with a NUL in it.
    assert decode("预算a\0b".encode()).encoding == "utf-8"
    assert decode("1\n".encode("utf-16-le")).text == "1\n"


def test_traditional_characters_are_guessed_and_said() -> None:
    text = "歲入歲出預算總表與部門職掌說明\n機關運作經費\n"
    decoded = decode(text.encode("big5"))
    assert decoded.text == text
    assert codes(decoded) == ["BD006"]


def test_characters_that_gb18030_leaves_to_its_users_are_kept_where_they_are_few() -> None:
    text = TEXT * 5 + "\ue5e5"
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("data", [b"", b" \n\t", "\u3000\u3000\n".encode(), BOM_UTF8, BOM_UTF16_LE, b"\r\n"])
def test_nothing_to_compile(data: bytes) -> None:
    error = refused(data)
    assert error.diagnostic.code == "BD001"
    assert error.diagnostic.span.line == error.diagnostic.span.column == 1


@pytest.mark.parametrize(
    ("data", "offset", "line", "column"),
    [
        ("预算\n预".encode() + b"\xff\n", 10, 2, 2),
        ("预算\r\n预算".encode()[:-1], 11, 2, 2),
        ("预算\n预算\n".encode("gbk") + b"\xff", 10, 3, 1),
        (BOM_UTF8 + "预".encode() + b"\xff", 6, 1, 2),
        (BOM_UTF16_LE + "预\n算".encode("utf-16-le") + b"\x00", 8, 2, 2),
    ],
    ids=["utf-8", "truncated utf-8", "gb18030", "utf-8 with mark", "odd utf-16"],
)
def test_where_decoding_fails(data: bytes, offset: int, line: int, column: int) -> None:
    error = refused(data)
    assert error.diagnostic.code == "BD002"
    assert error.offset == offset
    assert f"byte {offset} (line {line})" in error.diagnostic.message
    span = error.diagnostic.span
    assert (span.line, span.column, span.start, span.end) == (line, column, 0, 0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04....word/document.xml", "Word document (.docx)"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel workbook (.xlsx)"),
        (b"PK\x03\x04....OFD.xml", "OFD document"),
        (b"PK\x03\x04....a.txt", "archive (ZIP)"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF file"),
        (b"{\\rtf1\\ansi", "rich text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word document (.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "Excel workbook (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
        (b"\x89PNG\r\n\x1a\n", "picture (PNG)"),
        (b"\xff\xd8\xff\xe0", "picture (JPEG)"),
        (b"\x1f\x8b\x08", "compressed file (gzip)"),
        (b"\n<!DOCTYPE html>\n<html>", "HTML page"),
        ("<HTML>".encode("utf-16"), "HTML page"),
        (b"<?xml version='1.0'?>", "XML file"),
        (b"\0" * 64, "binary data"),
        (bytes(range(32)) * 4, "binary data"),
        (("预算" * 100).encode("gbk") + b"\0" * 9, "binary data"),
    ],
)
def test_documents_are_not_their_text(data: bytes, kind: str) -> None:
    error = refused(data)
    assert error.diagnostic.code == "BD003"
    assert kind in error.diagnostic.message


def test_control_characters_are_kept_and_said_once() -> None:
    decoded = decode("预算\n公\x07开\x00\x85".encode())
    assert decoded.text == "预算\n公\x07开\x00\x85"
    [diagnostic] = decoded.diagnostics
    assert diagnostic.code == "BD005"
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 2)
    assert "U+0007" in diagnostic.message
    assert "3 control characters" in diagnostic.message


def test_white_space_of_the_layout_is_no_fault() -> None:
    assert decode("预算\t\v\f\r\n\u2028\u3000公开".encode()).diagnostics == ()


def test_lone_surrogates_are_replaced_in_place() -> None:
    decoded = decode(BOM_UTF16_LE + "预\n\ud83d算😀\udc00".encode("utf-16-le", "surrogatepass"))
    assert decoded.text == "预\n\ufffd算😀\ufffd"
    [diagnostic] = decoded.diagnostics
    assert diagnostic.code == "BD008"
    assert (diagnostic.span.line, diagnostic.span.column) == (2, 1)
    assert "2 times" in diagnostic.message


def test_pairs_of_surrogates_in_utf_8_are_characters() -> None:
    decoded = decode("预\ud83d\ude00".encode("utf-8", "surrogatepass"))
    assert decoded == Decoded("预😀", "cesu-8")
    assert codes(decode("预\ud83d".encode("utf-8", "surrogatepass"))) == ["BD008"]


def test_inspect_reports_in_the_order_of_the_text() -> None:
    text, diagnostics = inspect_text("\x07\ud800")
    assert text == "\x07\ufffd"
    assert [diagnostic.code for diagnostic in diagnostics] == ["BD005", "BD008"]


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    result = attempt(data)
    if isinstance(result, Decoded):
        result.text.encode()
        assert not result.text.isspace()
    else:
        assert 0 <= result.offset <= len(data)
        assert result.diagnostic.span.line >= 1
        assert result.diagnostic.span.column >= 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_in_utf_8_with_a_mark_is_itself(text: str) -> None:
    result = attempt(BOM_UTF8 + text.encode())
    if isinstance(result, Decoded):
        assert result.text == text
    else:
        assert result.diagnostic.code in {"BD001", "BD003"}
