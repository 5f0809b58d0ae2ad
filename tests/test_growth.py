"""Hostile texts: time grows with the text, not with its square, and the largest of them compile."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from time import process_time

import pytest
from tests.test_invariants import compiled, leaves

from yusuan import compile_text

TITLE = "云溪市桥梁处2024年部门预算公开\n"
PROSE = TITLE + "二、部门预算安排的总体情况\n2、支出说明\n支出预算1万元，"
PERFORMANCE = TITLE + "五、绩效预算信息\n1、预算项目绩效目标\n"
TARGET = PERFORMANCE + "\t三级指标\n\t指标值\n\n\t次数\n\t"
FUNDS = PERFORMANCE + "\t项目名称\n\t甲\n\n\t预算规模及资金用途\n\t"
OBJECTIVE = PERFORMANCE + "\t项目名称\n\t甲\n\n\t绩效目标\n\t"
HEADER = PERFORMANCE + "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n"
ROW = "\t甲\n\t乙\n\t丙\n\t1个\n"
TERMS = TITLE + "八、名词解释\n1、基本支出：指甲"
NUMERALS = "一二三四五六七八九"
NESTED = "一、甲\n（一）乙\n1、丙\n（1）丁\n①戊\n"

REPEATED: dict[str, tuple[str, str, str]] = {
    "labels-ended-by-figures": ("二、部门预算安排的总体情况\n支出", "甲1.5、", "5万元"),
    "comparisons-without-a-figure": ("二、部门预算安排的总体情况\n", "甲比上年", "5万元"),
    "rows-of-a-header": ("\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n", "\t\n\t\n\t优\n\t良\n\n", ""),
    "a-row-of-empty-cells": ("", "\t\n", "\tx\ny\n"),
    **{
        f"{place}-{name}": (before, piece, after)
        for place, before, after in (
            ("line", "", ""),
            ("prose", PROSE, "支出2万元。\n"),
            ("target", TARGET, "1\n\n"),
            ("funds", FUNDS, "x\n\n"),
            ("objective", OBJECTIVE, "x\n\n"),
            ("glossary", TERMS, "x\n"),
        )
        for name, piece in (
            ("letters", "中"),
            ("digits", "1"),
            ("tabs", "\t"),
            ("blanks", " "),
            ("brackets", "（"),
            ("closed-brackets", "（甲）"),
            ("numbers", "1、"),
            ("groups", "1,"),
            ("points", "1."),
            ("increases", "增加"),
            ("both-directions", "增加减少"),
            ("of-which", "其中："),
            ("causes", "主要原因是"),
            ("shares", "占"),
            ("thresholds", "单价1"),
            ("quotes", "《"),
            ("leaders", "…"),
            ("commas", "，"),
            ("semicolons", "；"),
            ("years", "2024年"),
            ("bounds", "不低于"),
            ("ranges", "1-"),
            ("percent-words", "百分之九"),
            ("bookmarks", "[bookmark: a]"),
            ("open-bookmarks", "[bookmark: "),
            ("labels", "绩效"),
            ("amounts", "支出1万元，"),
            ("totals", "共计"),
            ("sums", "总额"),
            ("approvals", "核定为"),
            ("nul", "\0"),
            ("surrogates", "\ud800"),
        )
    },
    "blank-lines": ("", "\n", ""),
    "carriage-returns": ("", "\r", ""),
    "lines": ("", "甲乙\n", ""),
    "lone-tabs": ("", "\t\n", ""),
    "page-marks": (PROSE, "- 1 -\n", "支出2万元。\n"),
    "numbered-lines": (TITLE, "1、甲。\n", ""),
    "headings": (TITLE, "一、收入说明\n", ""),
    "nested-numbers": (TITLE, NESTED, ""),
    "contents": ("目录\n", "一、甲……………1\n", ""),
    "sentences": (PROSE, "支出1万元。\n", ""),
    "definition-goes-on": (TERMS + "。\n", "乙丙丁\n", ""),
    "terms": (TERMS + "。\n", "1、甲：指乙。\n", ""),
    "rows": (HEADER, ROW + "\n", ""),
    "rows-with-empty-paragraphs": (HEADER, ROW + "\n\n", ""),
    "rows-with-second-paragraphs": (HEADER, "\t甲\n\t乙\n\t丙\n\nx\n\t1\n\n", ""),
    "rows-on-one-line": ("", "\t甲\t乙\n", ""),
    "cells-on-one-line": ("", "\t甲", "\n"),
    "cells": ("", "\t甲\n", ""),
    "narrow-rows": (HEADER, "\t甲\n\n", ""),
    "headers": (PERFORMANCE, "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n", ""),
    "wide-header": (PERFORMANCE, "\t一级指标\n", "\t三级指标\n\t指标值\n\n" + ROW),
    "captions": (PERFORMANCE, "\t单位：万元\n\n", ""),
    "lines-of-a-cell": ("\t甲\n", "乙\n", ""),
    "glued-headings": ("", "\t甲\n\t乙\n八、名词解释\n", ""),
    "projects": (PERFORMANCE, "1、甲项目绩效目标表\n\t项目编码\n\t1\n\n", ""),
    "fields": (FUNDS + "甲\n\n", "\t绩效目标\n\t甲\n\n", ""),
    "title-lines": ("", "某\n", "2024年部门预算\n"),
    "changes": (PROSE, "2024年基本支出120.5万元，较上年增加3.2万元，增长3%。", ""),
    "broken-changes": (PROSE, "2024年基本支出120.5万元，2023年基本支出90.1万元，增加3.7万元。", ""),
    "shares-of-parts": (PROSE, "基本支出120.5万元，其中人员经费10万元，较上年增加3.2万元，增长9%。", ""),
    "totals": (PROSE, "收入预算1.5万元。支出预算1.7万元。", ""),
    "sums": (PROSE, "收入预算310万元，其中：一般公共预算收入260万元，其他收入10万元。", ""),
    "open-brackets": (PROSE, "（“", ""),
    "crossed-brackets": (PROSE + "（“" * 4_000, "）”", ""),
    "stars": (PROSE, "*", ""),
    "empty-brackets-in-a-name": (PERFORMANCE + "\t三级指标\n\t指标值\n\n\t", "()", "率\n\t≥90%\n"),
}
"""What stands before, the piece that is repeated, what stands behind."""


class TooSlow(BaseException):
    """A hostile text took too long."""


@contextmanager
def at_most(limit: float) -> Iterator[None]:
    """Raises TooSlow where the block takes longer, in seconds; without signals there is no limit."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: object) -> None:
        raise TooSlow(f"more than {limit} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(kind: str, size: int) -> float:
    before, piece, after = REPEATED[kind]
    text = before + piece * (size // len(piece)) + after
    # Looking through what other tests left behind takes no part in the time of this text.
    gc.disable()
    try:
        start = process_time()
        compile_text(text)
        return process_time() - start
    finally:
        gc.enable()


SMALL = 16_000
NOISE = 0.02
"""Seconds; shorter times say nothing about growth."""


@pytest.mark.parametrize("kind", REPEATED)
def test_time_is_linear(kind: str) -> None:
    with at_most(30):
        ratios = (seconds(kind, 4 * SMALL) / max(seconds(kind, SMALL), NOISE) for _ in range(3))
        assert any(ratio <= 8 for ratio in ratios), f"{kind}: four times the text takes more than eight times as long"


@pytest.mark.parametrize("piece", ["中", "1", "\t", "（", "1、", "增加"])
def test_a_line_of_ten_million_bytes(piece: str) -> None:
    text = piece * (10_000_000 // len(piece.encode()))
    document = compiled(text).document
    assert document.body.span.end == len(text)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("\n" * 100_000, 0),
        (HEADER + (ROW + "\n") * 100_000, 400_004),
        ("".join(f"{NUMERALS[at % 9]}、甲\n（{NUMERALS[at % 8]}）乙\n" for at in range(50_000)), 100_000),
    ],
    ids=["blank lines", "rows", "nested numbers"],
)
def test_a_hundred_thousand_of_something(text: str, blocks: int) -> None:
    assert sum(1 for _ in leaves(compiled(text).document.body)) >= blocks


def test_a_number_of_ten_thousand_digits_is_exact() -> None:
    digits = "1" * 10_000
    [amount] = compiled(f"{TITLE}三、机关运行经费安排情况\n机关运行经费{digits}万元。\n").document.amounts
    assert amount.value.value == Decimal(digits)
