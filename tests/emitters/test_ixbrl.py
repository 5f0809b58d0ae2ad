"""Inline XBRL: the whole text is there, figures are tagged where they stand, and a browser shows it as it is."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import amount, at, body, document, rich_document, table
from tests.emitters.browser import BROWSER, FLAGS
from tests.strategies import EXAMPLES

from yusuan import compile_text
from yusuan.emitters.to_ixbrl import IxbrlEmitter
from yusuan.emitters.xbrl.placing import place
from yusuan.emitters.xbrl.report import xbrl_reports
from yusuan.ir.document import Document
from yusuan.ir.records import Figure
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Concept, Measure

XHTML = "{http://www.w3.org/1999/xhtml}"
IX = "{http://www.xbrl.org/2013/inlineXBRL}"


def page(made: Document, *, annotate: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring("".join(IxbrlEmitter(annotate=annotate).stream([made])).encode())


def shown(root: ElementTree.Element) -> str:
    """The text that a reader sees, white space aside."""
    [*_, body] = root
    return re.sub(r"\s+", "", "".join("".join(part.itertext()) for part in list(body)[1:]))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_whole_text_is_shown(path: Path) -> None:
    source = path.read_text("utf-8")
    said = shown(page(compile_text(source, path.stem).document))
    at = 0
    for line in source.splitlines():
        bare = re.sub(r"\[bookmark:[^]]*\]|\s+", "", line)
        assert bare in said[at:], line
        at = said.index(bare, at)


@pytest.mark.parametrize(
    ("printed", "value", "place_of_it", "scale", "negative"),
    [
        ("支出1,632.47万元", "1632.47", "1,632.47", 4, False),
        ("减少5万元", "-5", "5", 4, True),
        ("支出0.00万元", "0.00", "0.00", 0, False),
        ("较上年持平", "0", "持平", None, False),
    ],
)
def test_a_figure_is_tagged_where_it_stands(
    printed: str, value: str, place_of_it: str, scale: int | None, negative: bool
) -> None:
    measure = Measure.CHANGE if negative or scale is None else Measure.AMOUNT
    column = printed.index(place_of_it) + 1
    made = evolve(
        amount(value, measure=measure),
        value=Figure(Decimal(value), place_of_it, at(1, column, len(place_of_it))),
    )
    [report] = xbrl_reports([document(amounts=(made,))])
    [tag], lost = place(printed, 0, [*report.facts])
    assert not lost
    assert (printed[tag.start : tag.end], tag.scale, tag.negative) == (place_of_it, scale, negative)


NUMBERS = ("5", "50", "5.0", "0", "0.00", "1,000", "万", "持平", "，")


@given(st.lists(st.sampled_from(NUMBERS), max_size=12), st.lists(st.tuples(st.integers(-5, 50), st.booleans())))
def test_a_number_stands_at_the_first_place_that_is_free(words: list[str], values: list[tuple[int, bool]]) -> None:
    """What each fact of a line gets is what it would get by trying every number of the line in turn."""
    printed = "；".join(words)
    span = Span(0, len(printed), 1, 1)
    made = [
        evolve(
            amount("1", concept=Concept.REVENUE if is_revenue else Concept.EXPENDITURE),
            value=Figure(Decimal(value), "", span),
        )
        for value, is_revenue in values
    ]
    [report] = xbrl_reports([document(amounts=tuple(made))])
    tags, lost = place(printed, 0, report.facts)
    numbers = list(re.finditer(r"[0-9][0-9,.]*", printed))
    taken: set[tuple[str, int]] = set()
    for fact in report.facts:
        assert isinstance(fact.value, Decimal)
        steps = [abs(fact.value).scaleb(-scale) for scale in (0, -2, *range(1, 13))]
        fitting = [one.start() for one in numbers if Decimal(one[0].replace(",", "")) in steps]
        free = [start for start in fitting if (fact.concept, start) not in taken]
        expected = next(iter(free or fitting), None)
        if expected is not None:
            taken.add((fact.concept, expected))
            # Those that cross others are hidden.
            assert fact in lost or expected in [tag.start for tag in tags if tag.fact is fact]


def test_what_has_no_place_is_hidden() -> None:
    [report] = xbrl_reports([document(amounts=(amount("5", column=3),))])
    tags, lost = place("收入六万元", 0, [*report.facts])
    assert (tags, [fact.concept for fact in lost]) == ([], ["Revenue"])


def test_one_figure_may_be_two_facts() -> None:
    twice = (amount("5.00", column=3), amount("5.00", Concept.EXPENDITURE, column=3))
    [report] = xbrl_reports([document(amounts=twice)])
    tags, lost = place("收支5.00万元", 0, [*report.facts])
    assert [tag.fact.concept for tag in tags] == ["Revenue", "Expenditure"]
    assert not lost


TARGETS = """岚浦市砚湖区水利局2024年部门预算公开说明
五、绩效预算信息
\t一级指标
\t二级指标
\t三级指标
\t指标性质
\t指标值
\t度量单位

\t产出指标
\t数量指标
\t巡查次数
\t≥
\t12
\t次

\t产出指标
\t数量指标
\t会议
\t
\t≥30次；≥30篇；≥15次
\t
"""


def tagged(root: ElementTree.Element, concept: str) -> list[str]:
    """What stands on the page in the tags of a concept, in the order of the page."""
    shown_part = root.find(".//{http://www.w3.org/1999/xhtml}div[@class='report']")
    assert shown_part is not None
    return ["".join(one.itertext()) for one in shown_part.iter() if one.get("name") == f"cnbd:{concept}"]


def test_a_target_of_several_cells_is_tagged_in_its_cells() -> None:
    root = page(compile_text(TARGETS, "report").document)
    assert tagged(root, "IndicatorValue") == ["12", "30", "30", "15"]
    assert tagged(root, "IndicatorUnit") == ["次", "次", "篇", "次"]


def test_equal_figures_in_one_cell_are_tagged_one_after_another() -> None:
    root = page(compile_text(TARGETS, "report").document)
    figures = [one for one in root.iter() if one.get("name") == "cnbd:IndicatorValue"]
    assert not any(inner.get("name") for one in figures for inner in one)


def test_a_text_that_is_guarded_is_a_fact_but_not_on_the_page() -> None:
    text = "=1+1人民政府2023年部门预算公开说明\n二、部门预算安排的总体情况\n2023年预算收入10.00万元。\n"
    root = page(compile_text(text, "report").document)
    titles = ["".join(one.itertext()) for one in root.iter() if one.get("name") == "cnbd:ReportTitle"]
    assert titles == ["'=1+1人民政府2023年部门预算公开说明"]
    assert "'" not in shown(root)


def test_a_figure_of_more_digits_than_processors_know_is_hidden() -> None:
    made = document(amounts=(amount("1" * 40, line=2),), body=body())
    assert tagged(page(made), "Revenue") == []


def test_merged_cells_are_merged_again() -> None:
    made = table(1, ("一级", "二级", "值"), ("产出", "数量", "1"), ("", "质量", "2"), ("合计",), ("", "", ""))
    root = page(document(body=evolve(body(), blocks=(made,))))
    rows = [[(cell.text, cell.get("rowspan"), cell.get("colspan")) for cell in row] for row in root.iter(f"{XHTML}tr")]
    assert rows == [
        [("一级", None, None), ("二级", None, None), ("值", None, None)],
        [("产出", "2", None), ("数量", None, None), ("1", None, None)],
        [("质量", None, None), ("2", None, None)],
        [("合计", None, "3")],
        [(None, None, None)] * 3,
    ]


def test_diagnostics_are_shown_on_request_only() -> None:
    title, heading = "云溪市桥梁处2024年部门预算公开", "三、机关运行经费安排情况"
    sentence = "2024年机关运行经费42.60万元，2023年39.50万元，增加2.10万元。"
    made = compile_text(f"{title}\n{heading}\n{sentence}\n").document
    notes = [one for one in page(made, annotate=True).iter(f"{XHTML}p") if "note" in (one.get("class") or "")]
    assert ["BD503" in "".join(note.itertext()) for note in notes] == [True]
    assert "BD503" not in shown(page(made))


def test_nothing_is_fetched_and_nothing_runs() -> None:
    emitted = "".join(IxbrlEmitter(annotate=True).stream([rich_document()]))
    assert not re.search(r"<(script|img|link|iframe|object)[ >]|@import|url\(| src=| on[a-z]+=", emitted)
    assert all(target.startswith("#") for target in re.findall(r'<a href="([^"]*)"', emitted))


def test_headings_make_the_outline() -> None:
    root = page(
        compile_text(
            "云溪市桥梁处2024年部门预算公开\n一、部门职责\n管桥。\n二、机关运行经费安排情况\n共5.00万元。\n"
        ).document
    )
    links = {one.get("href") for one in root.iter(f"{XHTML}a")}
    assert links == {f"#{one.get('id')}" for one in root.iter(f"{XHTML}h2")}
    assert len(links) == 2


@pytest.fixture(scope="module")
def browser() -> str:
    """Chromium, where there is one that starts."""
    if BROWSER is None:
        pytest.skip("no Chromium on this machine")
    tried = subprocess.run([BROWSER, *FLAGS, "--dump-dom", "about:blank"], capture_output=True, timeout=120)
    if tried.returncode or b"<html>" not in tried.stdout:
        pytest.skip("Chromium does not start on this machine")
    return BROWSER


@pytest.mark.heavy
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_browser_shows_it(path: Path, tmp_path: Path, browser: str) -> None:
    made = compile_text(path.read_text("utf-8"), path.stem).document
    shown_at = tmp_path / "report.xhtml"
    shown_at.write_text("".join(IxbrlEmitter().stream([made])), "utf-8")
    picture = tmp_path / "report.png"
    for width in (1280, 390):
        command = [browser, *FLAGS, f"--user-data-dir={tmp_path}", f"--window-size={width},1600"]
        done = subprocess.run(
            [*command, f"--screenshot={picture}", shown_at.as_uri()], capture_output=True, encoding="utf-8", timeout=120
        )
        assert "CONSOLE" not in done.stderr
        assert picture.stat().st_size > 20_000
        picture.unlink()
    seen = subprocess.run(
        [*command, "--dump-dom", shown_at.as_uri()], capture_output=True, encoding="utf-8", timeout=120
    )
    [report] = xbrl_reports([made])
    figures = [fact for fact in report.facts if fact.unit and fact.span]
    assert sum(f'id="{fact.id}"' in seen.stdout for fact in figures) == len(figures) > 20
    assert "parsererror" not in seen.stdout
