"""What holds for every text: nothing raises, nothing is lost, places are true, output is a function of the input."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from time import process_time

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.strategies import EXAMPLES, OTHERS, REPORTS, TEXTS, report

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.pipeline import Compilation, compile_text, lex
from yusuan.emitters.converter import structure, unstructure
from yusuan.emitters.schema import json_schema
from yusuan.emitters.tables import TABLES
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.emitters.to_json import JsonEmitter, load_json
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT
from yusuan.ir.document import Document
from yusuan.ir.nodes import Cell, Heading, Paragraph, Section, Table, Text
from yusuan.ir.records import Activity, Asset, Figure, Institution, ProcurementItem
from yusuan.ir.source import SourceFile, Span

WHOLE = [*EXAMPLES, *REPORTS, *OTHERS]
VALIDATOR = Draft202012Validator(json_schema())

CHECKS: list[Callable[[str], None]] = []
"""What holds for every text."""


def on_any_text(check: Callable[[str], None]) -> Callable[[str], None]:
    """Declare a property of every text."""
    CHECKS.append(check)
    return check


@lru_cache(maxsize=2)
def compiled(text: str) -> Compilation:
    compilation = compile_text(text, "report")
    assert [found for found in compilation.diagnostics if found.code == INTERNAL_FAULT.code] == []
    return compilation


# --- nothing is lost --------------------------------------------------------------------------------------------------


@on_any_text
def the_tokens_joined_are_the_source(text: str) -> None:
    tokens, _ = lex(SourceFile("", text))
    assert "".join(text[token.start : token.end] for token in tokens) == text
    ends = [0, *(token.end for token in tokens)]
    assert [token.start for token in tokens] == ends[:-1]
    assert ends[-1] == len(text)


@on_any_text
def each_visible_character_lies_in_exactly_one_block(text: str) -> None:
    document = compiled(text).document
    source = compiled(text).source.text
    spans = sorted((block.span.start, block.span.end) for block in leaves(document.body))
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    rest, done = [], 0
    for start, end in [*spans, (len(source), len(source))]:
        rest.append(source[done:start])
        done = end
    left = lexicon().bookmark.sub("", "".join(rest)).strip(lexicon().blanks)
    assert not left, f"in no block: {' '.join(left.split())[:80]!r}"


def leaves(section: Section) -> Iterator[Heading | Paragraph | Cell]:
    """Headings, paragraphs and cells: what holds the text of a document."""
    if section.heading is not None:
        yield section.heading
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
        else:
            yield block
    for inner in section.sections:
        yield from leaves(inner)


# --- places are true --------------------------------------------------------------------------------------------------


@on_any_text
def lines_and_columns_agree_with_offsets(text: str) -> None:
    compilation = compiled(text)
    for span in spans_of(compilation.document):
        assert 0 <= span.start <= span.end <= len(compilation.source.text)
        assert (span.line, span.column) == compilation.source.position(span.start)


def spans_of(node: object) -> Iterator[Span]:
    """Every span in a node, its own and those of what it holds."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, tuple):
            stack.extend(one)
        else:
            stack.extend(fields_of(one).values())


def fields_of(node: object) -> dict[str, object]:
    """What an attrs object holds, by name; nothing for any other."""
    cls = type(node)
    return {field.name: getattr(node, field.name) for field in attrs.fields(cls)} if attrs.has(cls) else {}


@on_any_text
def each_node_lies_inside_its_parent(text: str) -> None:
    document = compiled(text).document
    assert (document.body.span.start, document.body.span.end) == (0, len(compiled(text).source.text))
    stack = [document.body]
    while stack:
        section = stack.pop()
        parts: list[Heading | Paragraph | Table | Section] = [*section.blocks, *section.sections]
        if section.heading is not None:
            parts.insert(0, section.heading)
        for part in parts:
            assert within(part.span, section.span), (part, section.span)
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    assert within(row.span, block.span), (row, block.span)
                    for cell in row.cells:
                        assert within(cell.span, row.span), (cell, row.span)
        stack.extend(section.sections)


def within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@on_any_text
def a_cell_or_figure_stands_where_its_span_says(text: str) -> None:
    compilation = compiled(text)
    source = compilation.source.text
    for node in leaves(compilation.document.body):
        if "[bookmark: " not in source[node.span.start : node.span.end]:
            written = source[node.span.start : node.span.end].replace("\r\n", "\n").replace("\r", "\n")
            assert node.text.replace("\r\n", "\n").replace("\r", "\n") == written
    for amount in compilation.document.amounts:
        written = source[amount.value.span.start : amount.value.span.end]
        assert "".join(written.split()).startswith("".join(amount.value.text.split()))


@on_any_text
def the_values_of_a_row_stand_in_its_table(text: str) -> None:
    document = compiled(text).document
    tables = [block.span for section in sections(document.body) for block in section.blocks]
    rows: tuple[ProcurementItem | Asset | Institution | Activity, ...] = (
        *document.procurement,
        *document.assets,
        *document.institutions,
        *document.activities,
    )
    for item in rows:
        holder = [span for span in tables if within(item.span, span)]
        assert len(holder) == 1
        values = [value for value in fields_of(item).values() if isinstance(value, Figure | Text)]
        assert all(within(value.span, item.span) for value in values), item


def sections(section: Section) -> Iterator[Section]:
    yield section
    for inner in section.sections:
        yield from sections(inner)


@on_any_text
def records_stand_in_the_order_of_the_document(text: str) -> None:
    document = compiled(text).document
    for table in ("amounts", "indicators", "activities", "procurement", "assets", "institutions", "glossary"):
        starts = [record.span.start for record in getattr(document, table)]
        assert starts == sorted(starts), table


# --- output is a function of the input --------------------------------------------------------------------------------


@on_any_text
def the_ir_survives_json(text: str) -> None:
    document = compiled(text).document
    data = unstructure(document)
    VALIDATOR.validate(data)
    assert structure(data) == document


@on_any_text
def csv_by_way_of_json_is_the_same(text: str) -> None:
    document = compiled(text).document
    assert package(load_json(json_of(document))) == package(document)


SHORT = (
    "",
    "\n",
    "\t",
    "\r\n\t\r",
    "\ud800",
    "\0\t\0",
    "\ufeff",
    "一、",
    "\t\n\n1、",
    "\t\n\t\t\n一、名词解释\n",
)
"""Texts that are awkward, or were: a failure found by chance is kept here."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text(check: Callable[[str], None], text: str) -> None:
    check(text)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("text", SHORT, ids=ascii)
def test_short_text(check: Callable[[str], None], text: str) -> None:
    check(text)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_whole_report(path: Path) -> None:
    for check in CHECKS:
        check(report(path))


def package(document: Document) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, chunk in CsvEmitter().package([document]):
        files[name] = files.get(name, "") + chunk
    assert {f"{table}.csv" for table in TABLES} <= files.keys()
    return files


def json_of(document: Document) -> str:
    return "".join(JsonEmitter().stream([document]))


def digest(paths: list[Path]) -> str:
    """A digest over all that the emitters write of some reports."""
    whole = hashlib.sha256()
    for path in paths:
        document = compile_text(report(path), path.stem).document
        for name, text in sorted({**package(document), "json": json_of(document)}.items()):
            whole.update(f"{path.stem} {name} {text}".encode())
    return whole.hexdigest()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_bytes_in_another_process(seed: str) -> None:
    """Whatever the hash seed, and whatever was compiled before: here all reports were, there none."""
    program = "from tests.test_invariants import digest\nfrom tests.strategies import EXAMPLES\nprint(digest(EXAMPLES))"
    root = Path(__file__).resolve().parents[1]
    path = os.pathsep.join([str(root), str(root / "src")])
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        cwd=root,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.stdout.strip() == digest(EXAMPLES)


def test_the_same_bytes_alone_and_among_others() -> None:
    alone = [digest([path]) for path in EXAMPLES]
    assert [digest([path]) for path in reversed(EXAMPLES)] == alone[::-1]


# --- hostile texts: time grows with the text, not with its square -----------------------------------------------------

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
    start = process_time()
    compile_text(text)
    return process_time() - start


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
