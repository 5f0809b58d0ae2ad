"""The page of findings: one sound HTML file that fetches nothing, with every place of every diagnostic."""

from __future__ import annotations

import re
from base64 import b64decode
from functools import cache
from html.parser import HTMLParser

import pytest
from attrs import define, evolve, field, frozen
from tests.readers.pdf.writing import TARGETS, drawn

from yusuan import compile_bytes, compile_text
from yusuan.compiler.readers.pdf.picture import draw_page
from yusuan.compiler.rendering.findings import Findings, sum_up
from yusuan.compiler.rendering.marking import crop
from yusuan.compiler.rendering.to_html import Html
from yusuan.compiler.rendering.words import words
from yusuan.ir.diagnostics import Locale, Tally
from yusuan.ir.diagnostics.codes import EMPTY_INPUT, INTERNAL_FAULT
from yusuan.ir.source import SourceFile, Span

REPORT = drawn(f"""page
text 150 60 22 沙河县林业局2026年部门预算
text 90 120 16 一、部门预算安排的总体情况
text 90 160 12 2026年机关运行经费42.60万元，比2025年39.50万元，增加2.10万元。
{TARGETS}| ^ | ^ | 苗木成活率 | ≥85株 | 60 |
""")
TEXT = "某局2024年部门预算\n2024年支出预算320万元，其中：基本支出200万元，项目支出110万元。\n"
VOID = {"meta"}


@frozen
class Element:
    """An element by its name, with its attributes and all text inside."""

    name: str
    attributes: dict[str, str | None]
    words: list[str] = field(factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def __getitem__(self, name: str) -> str:
        value = self.attributes[name]
        assert value is not None
        return value


@define
class Page(HTMLParser):
    """Reads a page, and sees to it that what is opened is closed."""

    elements: list[Element] = field(factory=list)
    _open: list[Element] = field(factory=list)

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    @classmethod
    def of(cls, text: str) -> Page:
        page = cls()
        page.feed(text)
        page.close()
        assert not page._open
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.words.append(data)

    def all(self, name: str, kind: str = "") -> list[Element]:
        found = [one for one in self.elements if one.name == name]
        return [one for one in found if kind in (one.attributes.get("class") or "").split()] if kind else found


@cache
def findings(language: Locale = Locale.EN) -> Findings:
    one = compile_bytes(REPORT, "report")
    said = tuple(found.localized(language) for found in one.diagnostics if found.severity == "warning")
    return Findings("report.pdf", one.source, said, True, one.document.body, lambda order: draw_page(REPORT, order))


def html(*all_findings: Findings, language: Locale = Locale.EN, summary: tuple[Tally, ...] | None = None) -> str:
    form = Html(words(language), "1.2.3")
    assert all(form.show(one) == "" for one in all_findings)
    return form.close(summary)


def of_text(text: str = TEXT) -> Findings:
    one = compile_text(text, "a")
    return Findings("a.txt", one.source, one.diagnostics, True, one.document.body)


def boxes_of(page: Page, kind: str) -> list[tuple[float, ...]]:
    return [tuple(float(one[name]) for name in ("x", "y", "width", "height")) for one in page.all("rect", kind)]


def test_it_fetches_nothing_and_has_no_script() -> None:
    text = html(findings(), of_text())
    page = Page.of(text)
    assert not page.all("script") + page.all("link") + page.all("iframe")
    for one in page.elements:
        assert not any(name.startswith("on") for name in one.attributes)
        for name in ("src", "href"):
            assert (one.attributes.get(name) or "#").startswith(("#", "data:image/png;base64,"))
    assert "url(" not in text
    assert "@import" not in text
    [policy] = [one["content"] for one in page.all("meta") if "http-equiv" in one.attributes]
    assert policy.startswith("default-src 'none'")


def test_each_diagnostic_is_told() -> None:
    page = Page.of(html(findings(), of_text()))
    found = [*findings().diagnostics, *of_text().diagnostics]
    assert [one.text for one in page.all("h3")] == [f"{one.severity} {one.code}{one.message}" for one in found]
    assert [one.text for one in page.all("h2")] == ["report.pdf", "a.txt"]
    assert "report.pdf:p2:r3c4" in [one.text for one in page.all("p", "place")]


def test_a_page_is_stored_once() -> None:
    twice = evolve(findings(), diagnostics=findings().diagnostics * 2)
    page = Page.of(html(twice))
    images = page.all("image")
    assert [one["id"] for one in images] == ["i1p1", "i1p2"]
    assert all(b64decode(one["href"].partition(",")[2]).startswith(b"\x89PNG") for one in images)
    used = [one["href"] for one in page.all("use")]
    assert set(used) == {"#i1p1", "#i1p2"}
    assert len(used) > 4


def test_marks_stand_on_their_figures_and_in_sight() -> None:
    page = Page.of(html(findings()))
    # 2.10 of the line, in letters half as wide as high, and the cell; each in three views.
    figure, cell = dict.fromkeys(boxes_of(page, "own"))
    assert figure == pytest.approx((90 + 26 * 12 - 1, 159, 4 * 6 + 2, 14), abs=1)
    assert cell == pytest.approx((329, 159, 72, 22), abs=0.2)
    views = page.all("svg", "view")
    assert len(views) == 2 * 3
    for view in views:
        left, top, width, height = map(float, view["viewbox"].split())
        assert left >= 0
        assert top >= 0
        assert left + width <= 595.1
        assert top + height <= 842.1


def test_of_a_table_over_many_pages_the_first_are_shown() -> None:
    head = "table 60 20 50 200 300\n| 科目 | 本年 |\n"
    data = drawn("".join(f"page\n{head}| 项目{page} | {page} |\n" for page in range(1, 6)))
    one = compile_bytes(data, "a")
    diagnostic = INTERNAL_FAULT.at(one.source.span(0, len(one.source.text)), "region", fault="x")
    shown = Findings("a.pdf", one.source, (diagnostic,), True, one.document.body, lambda order: draw_page(data, order))
    page = Page.of(html(shown))
    assert [one["id"] for one in page.all("image")] == ["i1p1", "i1p2"]
    assert [one.text for one in page.all("p", "place")] == ["a.pdf:p1:r1c1–p5"]


def test_pictures_say_what_is_to_be_seen() -> None:
    labels = [one["aria-label"] for one in Page.of(html(findings())).all("svg", "view")]
    assert labels[0] == "Page 1: 1 2.10, 2 42.60, 3 39.50"
    assert labels[-1] == "Page 2: 1 ≥85株"
    assert all(one.attributes.get("role") == "img" for one in Page.of(html(findings())).all("svg", "view"))


def test_texts_show_their_lines() -> None:
    page = Page.of(html(of_text()))
    assert not page.all("svg")
    assert [one.text for one in page.all("mark", "own")] == ["320"]
    assert [one.text for one in page.all("mark", "other")] == ["200", "110"]
    lines = [one.text for one in page.all("p") if "2024年支出预算" in one.text]
    assert lines == ["22024年支出预算320万元，其中：基本支出200万元，项目支出110万元。"]


def test_a_page_that_cannot_be_drawn_is_shown_as_text() -> None:
    page = Page.of(html(evolve(findings(), draw=lambda _: None)))
    assert not page.all("svg") + page.all("details")
    assert [one.text for one in page.all("mark", "own")] == ["2.10", "≥85株"]
    assert any("苗木成活率 | ≥85株 | 60" in one.text for one in page.all("div", "excerpt"))


def test_hostile_texts_are_shown_and_do_nothing() -> None:
    hostile = "<script>alert(1)</script>\"'&\x1b[2J\u202e</title>"
    source = SourceFile("a", f"{hostile}\n")
    diagnostic = INTERNAL_FAULT.at(source.span(0, len(hostile)), "region", fault=hostile)
    text = html(Findings(f"{hostile}.txt", source, (diagnostic,), True))
    page = Page.of(text)
    assert not page.all("script")
    assert not re.search("[\x1b\u202e]", text)
    [mark] = page.all("mark")
    assert mark.text == hostile.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")


def test_long_lines_are_cut_around_their_marks() -> None:
    source = SourceFile("a", "前" * 50_000 + "100" + "后" * 50_000)
    diagnostic = INTERNAL_FAULT.at(source.span(50_000, 50_003), "region", fault="x")
    text = html(Findings("a", source, (diagnostic,), True))
    assert len(text) < 12_000
    [mark] = Page.of(text).all("mark")
    assert mark.text == "100"


def test_an_input_that_could_not_be_read() -> None:
    page = Page.of(html(Findings(None, SourceFile("a", ""), (EMPTY_INPUT.at(Span(0, 0, 1, 1), "empty"),), False)))
    assert [one.text for one in page.all("h2")] == ["<stdin>"]
    assert page.all("article", "error")


def test_where_nothing_is_found() -> None:
    page = Page.of(html(evolve(findings(), diagnostics=())))
    assert not page.all("article") + page.all("image")
    assert "1 input checked: nothing was found." in [one.text for one in page.all("p")]


@pytest.mark.parametrize(("language", "name"), [(Locale.EN, "en"), (Locale.ZH, "zh-CN")])
def test_it_is_said_in_both_languages(language: Locale, name: str) -> None:
    sums = sum_up([Tally("BD503", "a<b", 1, 2, 3)])
    page = Page.of(html(findings(language), language=language, summary=sums))
    [root] = page.all("html")
    assert root["lang"] == name
    assert [one.text for one in page.all("td")] == ["BD503", "a<b", "1", "2", "3"]
    [title] = page.all("title")
    assert (title.text == "What contradicts itself") is (language is Locale.EN)


def test_the_same_findings_give_the_same_bytes() -> None:
    assert html(findings(), of_text()) == html(findings(), of_text())


def test_crops_lie_on_the_page() -> None:
    size = (600.0, 800.0)
    assert crop([(10, 10, 20, 20)], size, least=(300, 90), margin=30) == (0, 0, 300, 90)
    assert crop([(580, 790, 590, 795)], size, least=(300, 90), margin=30) == (300, 710, 600, 800)
    assert crop([(5, 5, 595, 795)], size, least=(300, 90), margin=30) == (0, 0, 600, 800)
    left, top, right, bottom = crop([(290, 400, 310, 410)], size, least=(300, 90), margin=30)
    assert (left, right) == (150, 450)
    assert (top, bottom) == (360, 450)
