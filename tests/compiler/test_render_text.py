"""Diagnostics as text for people."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from yusuan.compiler.rendering.excerpt import Mark, columns, draw_excerpt
from yusuan.compiler.rendering.findings import Findings, sum_up
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.style import Paint, Style
from yusuan.compiler.rendering.to_text import FullText, ShortText, render_line, render_summary
from yusuan.compiler.rendering.words import language_of, words
from yusuan.ir.diagnostics import Locale, Tally
from yusuan.ir.diagnostics.codes import CHANGE_DOES_NOT_RECONCILE, INTERNAL_FAULT, PRICE_TIMES_QUANTITY
from yusuan.ir.source import SourceFile, Span

NARROW = Style(width=60)


def span(source: SourceFile, text: str, *, nth: int = 0) -> Span:
    """The range of a text, the first or a later one."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(text, start + 1)
    return source.span(start, start + len(text))


def draw(source: SourceFile, *marks: tuple[Span, str], width: int = 60) -> str:
    """The excerpt with the last of the marks as the diagnostic's own."""
    others = [Mark(place, label, Paint.RELATED) for place, label in marks[:-1]]
    own = Mark(*marks[-1], Paint.WARNING, "^")
    return "\n".join(draw_excerpt(source, [*others, own], Style(width=width)))


def excerpt(*lines: str) -> str:
    return "\n".join(lines)


# --- the first line ---


def test_line() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(7, 8, 3, 2), "region", fault="a message")
    assert render_line("a/报告.txt", diagnostic) == "a/报告.txt:3:2: warning[BD901]: a message"


def test_a_diagnostic_is_one_line_whatever_the_document_says() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(0, 0, 1, 1), "region", fault="a\nb.txt:1:1: error[BD001]: forged\x1b[2J")
    line = render_line("x\r.txt", diagnostic)
    assert line == "x\\r.txt:1:1: warning[BD901]: a\\nb.txt:1:1: error[BD001]: forged\\x1b[2J"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“三公”经费（万元）\u3000", "“三公”经费（万元）\u3000"),
        ("\u202e\u2028\x85", "\\u202e\\u2028\\x85"),
        ("\ud800", "\\ud800"),
        (os.fsdecode(b"caf\xe9"), "caf\\xe9"),
        ("\t\0", "\\t\\x00"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


# --- the excerpt ---


def test_plain_characters_are_as_wide_as_the_library_says() -> None:
    plain = [
        chr(code)
        for some in (range(0x20, 0x7F), range(0x3000, 0x10000))
        for code in some
        if not 0xD800 <= code < 0xE000
    ]
    assert [char for char in plain if wcswidth(char) >= 0 and columns(char) != wcswidth(char)] == []


def test_wide_characters_take_two_columns() -> None:
    source = SourceFile("a", "预算100万元，合计\n")
    assert draw(source, (span(source, "100万元"), "here")) == excerpt(
        "  |",
        "1 | 预算100万元，合计",
        "  |     ^^^^^^^ here",
    )


def test_combining_marks_take_none() -> None:
    source = SourceFile("a", "e\u0301e\u0301 x\u0302y\n")
    assert draw(source, (span(source, "x\u0302"), "here")) == excerpt(
        "  |",
        "1 | e\u0301e\u0301 x\u0302y",
        "  |    ^ here",
    )
    # A mark alone is shown on a letter's place, and a range of nothing else is underlined there.
    source = SourceFile("a", "\u0301b\n")
    assert draw(source, (source.span(0, 1), "here")) == excerpt("  |", "1 | \u25cc\u0301b", "  | ^ here")


def test_tabs_are_blanks_up_to_a_stop() -> None:
    source = SourceFile("a", "\t单位\t数\n")
    assert draw(source, (span(source, "数"), "here")) == excerpt(
        "  |",
        "1 |     单位    数",
        "  |             ^^ here",
    )
    assert draw(source, (source.span(0, 1), "a cell")).endswith("|\n1 |     单位    数\n  | ^^^^ a cell")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", ""])
def test_empty_range_at_the_end_of_a_line(line_end: str) -> None:
    source = SourceFile("a", f"预算{line_end}")
    drawn = draw(source, (source.span(2, 2), "here"))
    assert drawn == excerpt("  |", "1 | 预算", "  |     ^ here")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_range_over_several_lines_is_underlined_on_its_first(line_end: str) -> None:
    source = SourceFile("a", line_end.join(["一二三", "四五六", "七八九", ""]))
    diagnostic = INTERNAL_FAULT.at(source.span(1, source.text.index("八")), "region", fault="a message")
    shown = FullText(words(Locale.EN)).show(Findings("a", source, (diagnostic,), True))
    assert shown.splitlines()[1:4] == ["  |", "1 | 一二三", "  |   ^^^^ (to line 3)"]


def test_line_end_in_a_range_is_no_further_line() -> None:
    source = SourceFile("a", "一二三\r\n四")
    diagnostic = INTERNAL_FAULT.at(source.span(0, 5), "region", fault="a message")
    shown = FullText(words(Locale.EN)).show(Findings("a", source, (diagnostic,), True))
    assert shown.splitlines()[3] == "  | ^^^^^^"


def test_long_line_is_cut_around_the_range() -> None:
    source = SourceFile("a", "前" * 200 + "100万元" + "后" * 200 + "\n")
    drawn = draw(source, (span(source, "100万元"), "here"))
    _, text, underline = drawn.splitlines()
    assert text == "1 | ..." + "前" * 10 + "100万元" + "后" * 11 + "..."
    assert underline == "  |    " + "  " * 10 + "^^^^^^^ here"
    assert columns(text) <= 60


def test_long_line_is_cut_at_its_ends_only_where_it_goes_on() -> None:
    source = SourceFile("a", "100万元" + "后" * 100 + "200万元\n")
    assert draw(source, (span(source, "100万元"), "")).splitlines()[1] == "1 | 100万元" + "后" * 23 + "..."
    first, last = draw(source, (span(source, "200万元"), "")).splitlines()[1:]
    assert first == "1 | ..." + "后" * 22 + "200万元"
    assert last == "  |    " + "  " * 22 + "^^^^^^^"


def test_range_longer_than_the_window_is_underlined_to_its_edge() -> None:
    source = SourceFile("a", "前" * 50 + "长" * 300 + "\n")
    _, text, underline = draw(source, (span(source, "长" * 300), "")).splitlines()
    assert text.startswith("1 | ...长长")
    assert text.endswith("长...")
    assert underline.count("^") == 2 * text.count("长")


def test_line_of_a_million_characters() -> None:
    source = SourceFile("a", "预算" * 1_500_000)
    assert columns(draw(source, (source.span(0, 3_000_000), "all")).splitlines()[1]) <= 60
    assert columns(draw(source, (source.span(2_999_999, 3_000_000), "last")).splitlines()[1]) <= 60


def test_what_does_not_print_is_an_escape() -> None:
    source = SourceFile("a", "a\x1b[2Jb\u202ec\x00\n")
    assert draw(source, (span(source, "b"), "here")) == excerpt(
        "  |",
        "1 | a\\x1b[2Jb\\u202ec\\x00",
        "  |         ^ here",
    )


def test_places_on_one_line_share_the_excerpt() -> None:
    source = SourceFile("a", "安排200万元，较上年150万元增加40万元\n")
    this, last, change = (span(source, text) for text in ("200万元", "150万元", "40万元"))
    assert draw(source, (this, "this year"), (last, "last year"), (change, "stated here")) == excerpt(
        "  |",
        "1 | 安排200万元，较上年150万元增加40万元",
        "  |     -------        -------    ^^^^^^ stated here",
        "  |     |              |",
        "  |     |              last year",
        "  |     this year",
    )


def test_places_far_apart_on_one_line_have_excerpts_of_their_own() -> None:
    source = SourceFile("a", "安排200万元" + "，" * 100 + "增加40万元\n")
    drawn = draw(source, (span(source, "200万元"), "this year"), (span(source, "40万元"), "stated here"))
    assert [line[:3] for line in drawn.splitlines()] == ["  |", "1 |", "  |", "1 |", "  |", "  |", "  |"]


def test_places_on_other_lines_stand_in_the_order_of_the_text() -> None:
    source = SourceFile("a", "\n".join(map(str, range(100, 120))))
    drawn = draw(source, (source.span(0, 3), "first"), (source.span(4, 7), "second"), (source.span(60, 63), "own"))
    assert drawn == excerpt(
        "   |",
        " 1 | 100",
        "   | --- first",
        " 2 | 101",
        "   | --- second",
        "...",
        "16 | 115",
        "   | ^^^ own",
    )


def test_label_without_room_stands_below() -> None:
    source = SourceFile("a", "预" * 20 + "算\n")
    assert draw(source, (span(source, "算"), "a label of some length"), width=50).splitlines()[2:] == [
        "  | " + " " * 40 + "^^",
        "  | " + " " * 40 + "|",
        "  | " + " " * 24 + "a label of some length",
    ]


TEXTS = st.text(
    st.sampled_from("ab预算，\t \u0301\u3099\x1b\u202e\u200d\U0001f469\U0001f680\ufe0f\u1100\u1161"), max_size=150
)


@settings(deadline=None)
@given(TEXTS, st.data(), st.integers(40, 80))
def test_an_excerpt_fits_and_underlines_what_it_should(text: str, data: st.DataObject, width: int) -> None:
    source = SourceFile("a", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    _, line, underline = draw(source, (source.span(start, end), ""), width=width).splitlines()
    assert visible(line) == line
    assert columns(line) <= width
    assert columns(underline) <= width
    assert "^" in underline


@settings(deadline=None)
@given(st.text(st.sampled_from("ab预算，"), min_size=1, max_size=150), st.data())
def test_what_stands_above_the_underline_is_the_range(text: str, data: st.DataObject) -> None:
    source = SourceFile("a", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 10)))
    _, line, underline = draw(source, (source.span(start, end), "")).splitlines()
    by_column = "".join(character + "\0" * (columns(character) - 1) for character in line)
    above = "".join(by_column[index] for index, sign in enumerate(underline) if sign == "^")
    assert above.replace("\0", "") == text[start:end]


# --- the whole ---


def reconciliation(source: SourceFile) -> Iterable[str]:
    code = CHANGE_DOES_NOT_RECONCILE
    diagnostic = code.at(
        span(source, "40万元"),
        related=[code.place("this", span(source, "200万元"), figure=200, unit="万元")],
        total="BudgetTotal",
        this=200,
        last=150,
        difference=50,
        figure=40,
        unit="万元",
    )
    for language in Locale:
        form = FullText(words(language), NARROW)
        yield form.show(Findings("a.txt", source, (diagnostic.localized(language),), True))


def test_full_text_in_both_languages() -> None:
    english, chinese = reconciliation(SourceFile("a", "安排200万元，\n增加40万元\n"))
    assert english.splitlines()[1:] == [
        "  |",
        "1 | 安排200万元，",
        "  |     ------- this year: 200万元",
        "2 | 增加40万元",
        "  |     ^^^^^^ stated here",
        "  = help: check the change, and the figure of the year before",
        "  = more: yusuan explain BD503",
        "",
    ]
    assert english.startswith("a.txt:2:3: warning[BD503]: ")
    assert chinese.startswith("a.txt:2:3: warning[BD503]: ")
    assert len(chinese.splitlines()) == len(english.splitlines())
    assert not re.search("[a-z]{3,}", chinese.split("]: ")[1].replace("yusuan explain", ""))


def test_the_row_of_a_cell_is_shown() -> None:
    source = SourceFile("a", "\t办公桌\n\t10\n\t200\n\t3000\n\n")
    diagnostic = PRICE_TIMES_QUANTITY.at(
        span(source, "3000"),
        row=span(source, "办公桌"),
        item="办公桌",
        quantity=10,
        unit_price=200,
        product=2000,
        figure=3000,
    )
    shown = FullText(words(Locale.EN)).show(Findings("a", source, (diagnostic,), True))
    assert shown.splitlines()[1:6] == [
        "  |",
        "1 |     办公桌",
        "...",
        "4 |     3000",
        "  |     ^^^^ stated here",
    ]


def test_only_the_first_of_a_code_says_how_to_read_more() -> None:
    source = SourceFile("a", "预算\n")
    diagnostic = INTERNAL_FAULT.at(source.span(0, 1), "region", fault="a message")
    form = FullText(words(Locale.EN))
    assert form.show(Findings("a", source, (diagnostic, diagnostic), True)).count("yusuan explain") == 1
    assert form.show(Findings("b", source, (diagnostic,), True)).count("yusuan explain") == 0


def test_nothing_is_drawn_of_an_input_without_text() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(0, 0, 1, 1), "input", fault="a message")
    shown = FullText(words(Locale.EN)).show(Findings(None, SourceFile("a", ""), (diagnostic,), False))
    assert shown == "<stdin>:1:1: warning[BD901]: the compiler failed: a message\n  = more: yusuan explain BD901\n\n"


def test_colours_change_nothing_but_the_colour() -> None:
    source = SourceFile("a", "安排200万元，\n增加40万元\n")
    diagnostic = INTERNAL_FAULT.at(source.span(2, 5), "region", fault="a message")
    findings = Findings("a", source, (diagnostic,), True)
    coloured = FullText(words(Locale.EN), Style(coloured=True)).show(findings)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == FullText(words(Locale.EN)).show(findings)
    assert "\x1b[1;33mwarning[BD901]\x1b[0m" in coloured
    assert ShortText(words(Locale.EN), Style(coloured=True)).show(findings).count("\n") == 1


# --- summary and words ---


def test_summary() -> None:
    sums = sum_up(
        [Tally("BD503", "whole", 10, 1, 0), Tally("BD501", "parts", 2, 0, 3), Tally("BD503", "whole", 5, 0, 7)]
    )
    assert render_summary(sums, words(Locale.EN)) == (
        "code   rule   holds  broken  cannot be told\n"
        "BD501  parts      2       0               3\n"
        "BD503  whole     15       1               7\n"
    )
    assert {columns(line) for line in render_summary(sums, words(Locale.ZH)).splitlines()} == {34}
    assert render_summary((), words(Locale.EN)) == "no rule was tried\n"


def test_both_languages_have_the_same_texts() -> None:
    english, chinese = words(Locale.EN), words(Locale.ZH)
    assert english.paths() == chinese.paths()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LC_MESSAGES": "de_DE", "LANG": "zh_CN"}, "en"),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
