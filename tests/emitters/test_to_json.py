"""The JSON forms: exact both ways, one shape, one document at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from tests.builders import body, deep_body, document, paragraph, rich_document
from tests.emitters.strategies import DOCUMENTS

from yusuan.emitters.base import UnknownTableError
from yusuan.emitters.converter import structure, unstructure
from yusuan.emitters.to_json import JsonEmitter, JsonLinesEmitter, load_json, load_jsonl
from yusuan.emitters.tree import flatten
from yusuan.ir.document import Document

JSON = JsonEmitter()
LINES = JsonLinesEmitter()


def emitted(made: Document) -> str:
    return "".join(JSON.stream([made]))


@given(DOCUMENTS)
def test_any_document_comes_back_exactly(made: Document) -> None:
    assert structure(unstructure(made)) == made
    assert load_json(emitted(made)) == made
    assert list(load_jsonl("".join(LINES.stream([made, made])))) == [made, made]
    assert emitted(made) == emitted(made)


@given(DOCUMENTS)
def test_the_layout_is_the_standard_librarys(made: Document) -> None:
    assert emitted(made) == json.dumps(unstructure(made), indent=2, ensure_ascii=False) + "\n"


def test_the_shape_of_a_document() -> None:
    data = unstructure(rich_document())
    assert list(data)[:6] == ["format", "version", "name", "title", "organization", "fiscal_year"]
    assert data["amounts"][0]["value"] == {
        "value": "15.00",
        "text": "15.00",
        "span": {"start": 402, "end": 407, "line": 5, "column": 3},
    }
    assert data["amounts"][0]["base"] is None
    assert type(data["amounts"][0]["concept"]) is str
    assert [one["parent"] for one in data["sections"]] == [None, 0, 1, 0, 3]
    assert data["sections"][4]["blocks"][0]["kind"] == "table"


@pytest.mark.parametrize(("count", "expected"), [(0, list), (1, dict), (2, list), (3, list)])
def test_several_documents_are_an_array(count: int, expected: type) -> None:
    text = "".join(JSON.stream(rich_document(str(number)) for number in range(count)))
    data = json.loads(text)
    assert isinstance(data, expected)
    if isinstance(data, list):
        assert [one["name"] for one in data] == [str(number) for number in range(count)]
    assert text.endswith("\n")


def test_a_line_a_document() -> None:
    made = document("a", body=body(blocks=(paragraph("b\u2028c\nd\u0085e"),)))
    text = "".join(LINES.stream([made, made]))
    assert text.count("\n") == 2
    assert list(load_jsonl(text)) == [made, made]


def test_a_package_has_a_file_a_document_and_no_name_twice() -> None:
    names = ["甲", "甲", "a/../b", "A", "a", "con", "", "x" * 300]
    files = dict(JSON.package(document(name) for name in names))
    assert list(files) == [
        "甲.json", "甲-2.json", "a_.._b.json", "A.json", "a-2.json", "_con.json", "document.json",
        "x" * 230 + ".json",
    ]  # fmt: skip
    assert [load_json(text).name for text in files.values()] == names


def test_a_package_of_lines_is_one_file() -> None:
    pairs = list(LINES.package([rich_document("a"), rich_document("b")]))
    assert {name for name, _ in pairs} == {"documents.jsonl"}
    assert "".join(chunk for _, chunk in pairs) == "".join(LINES.stream([rich_document("a"), rich_document("b")]))


@pytest.mark.parametrize("emitter", [JSON, LINES])
def test_there_are_no_tables(emitter: JsonEmitter | JsonLinesEmitter) -> None:
    with pytest.raises(UnknownTableError, match="there is none to choose"):
        emitter.stream([], table="facts")


def test_lone_surrogates_are_replaced_and_control_characters_kept() -> None:
    made = document("a\ud800", body=body(blocks=(paragraph("b\0\x1fc\udfff"),)))
    text = emitted(made)
    text.encode()
    back = load_json(text)
    assert back.name == "a\ufffd"
    assert back.body.blocks == (paragraph("b\0\x1fc\ufffd"),)
    assert next(iter(dict(JSON.package([made])))) == "a\ufffd.json"


def test_no_outline_is_too_deep() -> None:
    made = document(body=deep_body(100_000))
    back = load_json(emitted(made))
    # The trees themselves cannot be compared: equality recurses.
    assert flatten(back.body) == flatten(made.body)


def changed(path: str, value: object) -> dict[str, Any]:
    """The data of the rich document with one value changed."""
    data = unstructure(rich_document())
    *parents, last = path.split(".")
    place: Any = data
    for step in parents:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("format", "other", "not a yusuan document"),
        ("version", 99, "version 99 was found, version 1 was expected"),
        ("name", None, "None is not of type str"),
        ("extra", 1, "extra"),
        ("fiscal_year", "2024", "2024"),
        ("amounts.0.value.value", 15, "15 is not the string of a number"),
        ("amounts.0.value.value", "NaN", "'NaN' is not the string of a number"),
        ("amounts.0.concept", "Nonsense", r"amounts\[0\]\.concept"),
        ("sections.1.parent", 7, "no earlier section"),
        ("sections.4.blocks.0.kind", "drawing", "blocks"),
        ("sections.4.blocks.0.extra", 1, "extra"),
        ("sections", [], "whole document"),
    ],
)
def test_what_is_not_a_document_is_refused_with_its_place(path: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        structure(changed(path, value))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "an array of documents"),
        ("3", "not a yusuan document"),
        ("{", "Expecting"),
        ("[" * 10**6, "too deep"),
    ],
)
def test_text_that_is_no_document_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_json(text)


def test_a_faulty_line_is_named() -> None:
    text = "".join(LINES.stream([rich_document()])) + "\n{}\n"
    with pytest.raises(ValueError, match="line 3: not a yusuan document"):
        list(load_jsonl(text))
