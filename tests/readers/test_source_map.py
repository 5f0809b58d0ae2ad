"""The map from a text's characters to the places in the file that it was read from."""

from __future__ import annotations

import json

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from yusuan import compile_text
from yusuan.emitters.converter import unstructure
from yusuan.emitters.registry import emit
from yusuan.emitters.to_json import load_json
from yusuan.ir.source import FilePlace, SourceFile, SourceMap

TWO_PAGES = SourceMap(
    (
        FilePlace(6, 2, (70.5, 60.0, 200.0, 72.0)),
        FilePlace(0, 1, (70.5, 700.0, 200.0, 712.0)),
        FilePlace(3, 1, (70.5, 714.0, 120.0, 726.0), "word/document.xml"),
    )
)


@given(st.lists(st.integers(0, 40), unique=True), st.integers(0, 45), st.integers(0, 10))
def test_a_place_holds_up_to_the_next(starts: list[int], offset: int, length: int) -> None:
    places = SourceMap(tuple(FilePlace(start, number) for number, start in enumerate(sorted(starts), start=1)))
    before = [place for place in places.entries if place.start <= offset]
    assert places.at(offset) == (before[-1] if before else None)
    assert places.page(offset) == (before[-1].page if before else None)
    touched = [places.at(one) for one in range(offset, offset + max(length, 1))]
    assert list(places.within(offset, offset + length)) == list(dict.fromkeys(place for place in touched if place))


def test_spans_say_their_page() -> None:
    source = SourceFile("report", "一二\n三四\n五六\n", TWO_PAGES)
    assert [source.span(at, at + 1).page for at in (0, 3, 5, 6, 8)] == [1, 1, 1, 2, 2]
    assert source.span(6, 8, 3) == source.span(6, 8)
    assert SourceFile("report", source.text).span(6, 8).page is None


def test_json_has_pages_where_the_input_has() -> None:
    made = compile_text("某县水利局2024年部门预算\n一、部门职责\n管水。\n").document
    assert '"page"' not in emit(made, "json")
    assert '"places"' not in emit(made, "json")
    span = evolve(made.body.span, page=2)
    paged = evolve(made, body=evolve(made.body, span=span), places=TWO_PAGES)
    written = emit(paged, "json")
    assert load_json(written) == paged
    assert json.loads(written) == unstructure(paged)
    assert unstructure(paged)["places"]["entries"][2] == {
        "start": 6,
        "page": 2,
        "box": [70.5, 60.0, 200.0, 72.0],
        "path": None,
    }
