"""What stands in words and figures and is no part of them: wherever it stands, a text says what it says without it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan import compile_text
from yusuan.compiler.clauses.reading_text import ReadingText

SENTENCE = (
    "2026年本部门收入预算1,050.95万元，较上年预算减少31.3万元，下降2.89%，其中：一般公共预算财政拨款收入1026.19万元，"
    "政府性基金预算收入0万元，其他收入24.76万元，与上年持平。"
)
AROUND = (
    "云溪市水务局2026年部门预算\n二、收支预算情况\n1、收入预算情况\n{}\n2、支出预算情况\n2026年支出预算1,050.95万元。\n"
)


def stated(sentence: str) -> list[tuple[object, ...]]:
    document = compile_text(AROUND.format(sentence), "report", checks=False).document
    return [
        (one.concept, one.period, one.measure, one.value.value, one.unit, one.percent and one.percent.value)
        for one in document.amounts
    ]


@pytest.mark.parametrize(
    "taken", ["\n", "　\n", "\n\n- 3 -\n\n", "\u200b", "\ufeff", "[bookmark: _Toc1]"],
    ids=["line-end", "blank-and-line-end", "page-end", "zero-width", "byte-order-mark", "bookmark"],
)  # fmt: skip
def test_wherever_it_stands_nothing_changes(taken: str) -> None:
    whole = stated(SENTENCE)
    assert len(whole) == 7
    changed = [
        f"{SENTENCE[:at]}|{SENTENCE[at:]}"
        for at in range(1, len(SENTENCE))
        if stated(SENTENCE[:at] + taken + SENTENCE[at:]) != whole
    ]
    assert not changed, "\n".join(changed)


@given(st.text("甲乙丙1234 \n", max_size=40), st.lists(st.lists(st.integers(0, 40), max_size=8), max_size=3))
def test_each_character_knows_where_it_stands(text: str, passes: list[list[int]]) -> None:
    reading = ReadingText(text, 7)
    for bounds in passes:
        known = sorted({min(at, len(reading.text)) for at in bounds})
        reading = reading.without(list(pairwise(known))[::2])
    places = [reading.at(at) for at in range(len(reading.text))]
    assert places == sorted(set(places))
    assert "".join(text[place - 7] for place in places) == reading.text
    assert [reading.behind(at + 1) for at in range(len(places))] == [place + 1 for place in places]
