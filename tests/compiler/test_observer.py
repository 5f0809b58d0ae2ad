"""What compiling tells those who watch it: stages, decisions with their evidence. Nothing comes of watching."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.strategies import EXAMPLES, report

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.sections import Decision
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.phrases import Phrase, start_of
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.naming import Label
from yusuan.compiler.pipeline import Observer, Stage, compile_text
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.records import Amount
from yusuan.ir.vocabulary import Role

LANGUAGE = built_in_language()

REPORT = """澜川市桥梁处2024年部门预算公开
一、2024年支出预算说明
2024年支出预算100万元，其中：基本支出80万元。
二、绩效预算信息
\t一级指标
\t二级指标
\t三级指标
\t指标值

\t产出指标
\t数量指标
\t巡查次数
\t≥23次

\t产出指标
\t时效指标
\t到场
\t≥23次

"""


class Everything(Observer):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, Stage]] = []
        self.seconds: list[float] = []
        self.tokens: Sequence[BlockToken] = ()
        self.decided_lines: list[tuple[str | None, str]] = []
        self.fronts: list[str] = []
        self.regions: list[tuple[str, str, int]] = []
        self.labels: list[tuple[int, tuple[int, int], Label]] = []
        self.amounts: list[tuple[int, Amount]] = []
        self.tables: list[tuple[Role | None, int]] = []
        self.panels: list[str] = []
        self.known: list[bool] = []
        self.text: list[tuple[Role | None, int, int]] = []

    def began(self, stage: Stage) -> None:
        self.stages.append(("began", stage))

    def ended(self, stage: Stage, seconds: float) -> None:
        self.stages.append(("ended", stage))
        self.seconds.append(seconds)

    def outlined(self, tokens: Sequence[BlockToken]) -> None:
        self.tokens = tokens

    def decided(self, line: LineClass, decision: Decision) -> None:
        self.decided_lines.append((line.rule, decision.reason))
        self.fronts += [name for name, _ in line.fronts]

    def region(self, grammar: str, text: str, start: int, reading: ReadingText | None = None) -> None:  # noqa: ARG002
        self.regions.append((grammar, text, start))

    def asked(self, phrase: Phrase, bounds: tuple[int, int], label: Label) -> None:
        self.labels.append((start_of(phrase), bounds, label))

    def stated(self, phrase: Phrase, amount: Amount) -> None:
        self.amounts.append((start_of(phrase), amount))

    def running_text(self, role: Role | None, start: int, end: int) -> None:
        self.text.append((role, start, end))

    def table(self, role: Role | None, rows: Sequence[MarkedRow]) -> None:
        self.tables.append((role, len(rows)))

    def panel(self, panel: Panel) -> None:
        self.panels.append(panel.kind)

    def table_read(self, known: bool) -> None:
        self.known.append(known)


def test_every_stage_is_told_in_the_order_of_the_data_with_its_time() -> None:
    seen = Everything()
    compile_text(REPORT, language=LANGUAGE, observer=seen)
    assert seen.stages == [(said, stage) for stage in Stage for said in ("began", "ended")]
    assert all(seconds >= 0 for seconds in seen.seconds)


def test_checks_that_are_not_made_are_no_stage() -> None:
    seen = Everything()
    compile_text(REPORT, language=LANGUAGE, checks=False, observer=seen)
    assert ("began", Stage.CHECK) not in seen.stages


def test_decisions_come_with_their_evidence() -> None:
    seen = Everything()
    compiled = compile_text(REPORT, language=LANGUAGE, observer=seen)
    assert seen.decided_lines == [
        (None, "no_words"),
        ("expenditure", "known"),
        (None, "no_words"),
        ("performance", "known"),
    ]
    assert seen.fronts == ["FRONT"]
    assert "".join(REPORT[token.start : token.end] for token in seen.tokens) == REPORT
    assert tuple(amount for _, amount in seen.amounts) == compiled.document.amounts
    [(_, read, start)] = [region for region in seen.regions if region[0] == "amount"]
    assert start == REPORT.index(read)
    named = [(read[slice(*bounds)], str(label.concept)) for _, bounds, label in seen.labels if label.concept]
    assert dict(named) == {"支出预算": "Expenditure", "基本支出": "BasicExpenditure"}
    assert {phrase for phrase, _ in seen.amounts} <= {phrase for phrase, _, _ in seen.labels}
    assert (seen.tables, seen.panels, seen.known) == ([(Role.PERFORMANCE, 3)], ["indicators"], [True])
    assert [role for role, _, _ in seen.text] == [None, "expenditure"]


def test_every_region_is_told_with_its_place() -> None:
    """A target that stands twice is read once, and told at each place."""
    seen = Everything()
    compile_text(REPORT, language=LANGUAGE, observer=seen)
    assert [grammar for grammar, _, _ in seen.regions] == ["title", "amount", "target", "target"]
    assert all(REPORT.startswith(text, start) for _, text, start in seen.regions)
    assert [start for *_, start in seen.regions][2:] == [REPORT.index("≥23次"), REPORT.rindex("≥23次")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_comes_of_watching(path: Path) -> None:
    text = report(path)
    assert compile_text(text, language=LANGUAGE, observer=Everything()) == compile_text(text, language=LANGUAGE)


@pytest.mark.parametrize(
    ("text", "kind", "wording"),
    [
        ("", "empty", None),
        ("１，２３４．５", "number", None),
        ("指标值", "wording", "指标值"),
        ("指 标 值：", "wording", "指标值"),
        ("预算数（万元）", "remark", "预算数"),
        ("单位：万元", "pattern", None),
        ("云溪大桥", "unknown", None),
        ("桥" * 41, "long", None),
    ],
)
def test_a_mark_has_its_entry(text: str, kind: str, wording: str | None) -> None:
    words = lexicon(LANGUAGE)
    reading = words.reading(text)
    assert (reading.kind, reading.wording) == (kind, wording)
    assert reading.mark == words.mark(text)
