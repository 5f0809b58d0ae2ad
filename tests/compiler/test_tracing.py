"""What `yusuan grammar` says of a text: true to what the compiler makes of it, for any text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import process_time

import pytest
from attrs import evolve
from tests.strategies import EXAMPLES, report
from tests.test_corpus import CASES

from yusuan import compile_text
from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, built_in_language, load
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.compiler.readers.spelling import as_meant
from yusuan.compiler.rendering.style import Style
from yusuan.compiler.rendering.words import words
from yusuan.compiler.tables.panels import row_lexer
from yusuan.compiler.workbench.rendering.to_outline import (
    render_notes,
)
from yusuan.compiler.workbench.tracing.clauses import fault_of
from yusuan.compiler.workbench.tracing.lines import headings_taking
from yusuan.compiler.workbench.tracing.notes import Note, walk
from yusuan.compiler.workbench.tracing.observing import observe
from yusuan.compiler.workbench.tracing.rows import conditions_of, matching_terminals, reading_of
from yusuan.compiler.workbench.tracing.trace import trace
from yusuan.compiler.workbench.tracing.views import NodeView, last_line, view_tree
from yusuan.ir.diagnostics import Locale
from yusuan.ir.source import SourceFile

LANGUAGE = built_in_language()

WHOLE = {case.id: case.input for case in CASES if "grammar" not in case.attributes}
WHOLE.update({path.stem: report(path) for path in EXAMPLES})

on_every_text = pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
"""A property of every text of the corpus and of every example."""


def nodes(node: NodeView) -> Iterator[NodeView]:
    yield node
    for child in node.children:
        yield from nodes(child)


def traced(text: str, first: int, last: int | None = None, spoken: Language = LANGUAGE) -> list[Note]:
    return list(walk(trace(SourceFile("report", text), spoken, (first, last or first))))


def values(notes: list[Note], key: str) -> list[Mapping[str, object]]:
    return [note.values for note in notes if note.key == key]


def said(text: str, first: int, last: int | None = None, language: Locale = Locale.EN) -> str:
    notes = trace(SourceFile("report", text), LANGUAGE, (first, last or first), language)
    return "".join(render_notes(notes, words(language), Style()))


# --- lines ------------------------------------------------------------------------------------------------------------

REPORT = """澜川市桥梁处2024年部门预算公开
一、部门职责及机构设置情况
部门职责：
（一）国有资产管理。
二、部门预算安排的总体情况
2、支出说明
2024年支出预算100.50万元，其中：基本支出80万元，比上年增加3.2万元，增长4.2%。
三、云溪大桥合龙
本处负责全市桥梁的养护，以及巡查。
四、名词解释
1、基本支出：指人员和公用的支出。
2、三公经费
3、三公经费：指三项支出。
4、人员经费
"""


def test_a_heading_is_told_with_its_number_its_terminal_and_its_place() -> None:
    notes = traced(REPORT, 6)
    assert values(notes, "line.numbered")[0]["style"] == "ARABIC"
    heading = values(notes, "line.heading")[0]
    assert heading["name"] == "EXPENDITURE_HEADING"
    assert str(heading["place"]).startswith("grammar/sections/expenditure.lark:")
    assert values(notes, "line.decision.known")[0]["rule"] == "expenditure"
    assert values(notes, "line.within")[0]["sections"] == "overview 5"


@pytest.mark.parametrize(
    ("line", "decision"),
    [(4, "known"), (8, "heading_like"), (9, "no_words"), (12, "listed"), (13, "term"), (14, "in_glossary")],
)
def test_what_the_outline_decided_is_told(line: int, decision: str) -> None:
    keys = [note.key for note in traced(REPORT, line) if note.key.startswith("line.decision.")]
    assert keys == [f"line.decision.{decision}"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("收入\n", "line.decision.word_alone"),
        ("一、甲项目绩效目标\n", "line.decision.project_outside"),
        ("1 云溪大桥\n", "line.bare"),
        ("部门职责\n甲3万元。\n乙5万元。\n", "text.of_role_lines"),
    ],
)
def test_what_is_rarely_decided_is_told(text: str, key: str) -> None:
    assert key in [note.key for note in traced(text, 1, last_line(SourceFile("", text)))]


def test_what_stands_in_front_of_the_words_is_left_out() -> None:
    title = "关于2024年机关运行经费安排情况的说明"
    heading = line_classifier(LANGUAGE).classify(title, 0, len(title)).heading
    assert heading is not None
    assert (heading.string[: heading.start()], heading[0]) == ("关于2024年", "机关运行经费安排情况的说明")
    assert headings_taking(LANGUAGE, heading)[0] == "OPERATING_EXPENSE_HEADING"


def test_why_a_numbered_line_is_no_heading() -> None:
    sentence = values(traced("一、预算安排，\n", 1), "line.sentence")
    assert [found["sign"] for found in sentence] == ["，"]
    assert values(traced(f"一、{'桥' * 50}\n", 1), "line.too_long")[0]["longest"] == 42


@on_every_text
def test_the_terminal_that_gives_a_heading_its_role_is_told_first(text: str) -> None:
    for judged in observe(SourceFile("", text), LANGUAGE).lines.values():
        line = judged.line
        assert (line.rule is None) == (line.heading is None)
        if line.heading is not None and line.rule is not None:
            names = headings_taking(LANGUAGE, line.heading)
            assert names[0] == f"{line.rule.removesuffix('_section').upper()}_HEADING"


def test_furniture_is_told() -> None:
    text = "目录\n一、部门职责........1\n\n- 12 -\n正文一行。\n"
    assert values(traced(text, 2), "line.contents")
    assert values(traced(text, 4), "line.page_mark")
    assert values(traced(text, 3), "line.one")[0]["type"] == "BLANK"


# --- rows -------------------------------------------------------------------------------------------------------------

TABLES = """五、绩效预算信息
	一级指标
	二级指标
	三级指标
	指标值

	产出指标
	时效指标
	险情到场时间
	以内40分钟

	产出指标
	数量指标
	巡查次数
	≥23次

一、部门职责及机构设置情况
	水库名称
	单位性质

	槐汀水库
	1974

"""


def test_a_row_is_told_with_its_terminals_and_labels() -> None:
    notes = traced(TABLES, 2, 5)
    assert values(notes, "row.marks") == [{"marks": "<level1><level2><level3><target>"}]
    assert values(notes, "row.wins")[0]["name"] == "INDICATORS_HEADER"
    assert [also["name"] for also in values(notes, "row.also")] == ["SUBHEADER", "ROW"]
    cell = values(notes, "cell.as_written")[3]
    assert (cell["text"], cell["mark"]) == ("指标值", "<target>")
    assert str(cell["place"]).startswith("grammar/lexicon/labels.toml:")
    assert values(notes, "panel.head")[0]["kind"] == "indicators"


def test_a_table_that_nobody_reads_is_told_with_what_its_header_misses() -> None:
    notes = traced(TABLES, 18)
    near = values(notes, "row.near")[0]
    assert near["name"] == "INSTITUTIONS_HEADER"
    assert "<institution> (grammar/lexicon/labels.toml:" in str(values(notes, "row.missing")[0]["labels"])
    assert values(notes, "cell.unknown")[0]["text"] == "水库名称"
    assert values(notes, "table.unread")[0]["first"] == 18
    assert values(notes, "said")[0]["code"] == "BD302"


def test_what_a_header_must_not_hold_is_told() -> None:
    assert values(traced("\t单位名称\n\t单位性质\n\t5\n\n\t甲\n\t乙\n\t6\n", 1), "row.forbidden") == [
        {"pattern": "(?!.*#)"}
    ]


def test_the_conditions_of_a_header() -> None:
    conditions = conditions_of(LANGUAGE, "INSTITUTIONS_HEADER", ".<nature>")
    assert [(one.wanted, one.holds) for one in conditions] == [(False, True), (True, False), (True, True)]
    assert conditions_of(LANGUAGE, "ROW", ".") == []


@on_every_text
def test_rows_and_cells_are_explained_as_the_compiler_marks_them(text: str) -> None:
    lexer = row_lexer(LANGUAGE)
    seen = observe(SourceFile("", text), LANGUAGE)
    for table in seen.tables:
        for row in table.rows:
            matching = matching_terminals(LANGUAGE, "".join(row.marks))
            if any(row.marks):
                assert matching[0][0] == lexer.kind("".join(row.marks))
            for cell, mark in zip(row.cells, row.marks, strict=True):
                reading = reading_of(seen, cell, mark)
                assert reading.mark == mark
                if reading.wording is not None:
                    assert lexicon(LANGUAGE).mark(reading.wording) == mark


# --- clauses ----------------------------------------------------------------------------------------------------------


def test_a_sentence_is_told_with_what_names_its_figures() -> None:
    notes = traced(REPORT, 7)
    assert [str(one["concept"]) for one in values(notes, "amount.stated")] == [
        "Expenditure",
        "BasicExpenditure",
        "BasicExpenditure",
    ]
    assert values(notes, "amount.stated")[1]["facts"] == "measure=amount  value=80  unit=万元  period=2024"
    label = values(notes, "label.patterns")[0]
    assert (label["words"], str(label["concept"])) == ("支出预算", "Expenditure")
    assert str(label["place"]).startswith("grammar/lexicon/concepts.toml:")
    assert values(notes, "amount.inherited")[0]["words"] == "基本支出"
    # 4.2% belongs to the change before it.
    assert len(values(notes, "amount.none")) == 1


def test_a_target_is_told_with_what_it_states() -> None:
    notes = traced(TABLES, 15)
    assert values(notes, "target.bound") == [
        {"text": "≥23次", "operator": "ge", "value": "23", "upper": "-", "unit": "次"}
    ]


def test_what_cannot_be_read_is_told_with_what_was_expected() -> None:
    notes = traced(TABLES, 10)
    fault = values(notes, "fault.token_at")[0]
    assert (fault["text"], fault["name"], fault["line"], fault["column"]) == ("以内", "AT_MOST", 10, 2)
    assert "NUMBER" in [one["name"] for one in values(notes, "fault.expected")]
    assert values(notes, "fault.mend")[0]["file"] == "grammar/clauses/target.lark"


def test_what_is_put_together_of_cells_is_told_by_its_characters() -> None:
    text = TABLES.replace("\t指标值\n", "\t数值\n\t计量单位\n").replace("\t以内40分钟\n", "\t以内40\n\t分钟\n")
    fault = values(traced(text.replace("\t≥23次\n", "\t≥23\n\t次\n"), 11), "fault.token")[0]
    assert (fault["text"], fault["character"]) == ("以内", 1)


def test_a_term_without_its_definition_is_told() -> None:
    notes = traced("八、名词解释\n基本支出：\n", 2)
    assert values(notes, "text.unread")[0]["grammar"] == "glossary"
    assert (values(notes, "fault.end_at")[0]["line"], values(notes, "fault.end_at")[0]["column"]) == (2, 6)
    assert values(notes, "fault.rule")[0]["name"] == "start"


def test_a_sentence_that_a_changed_grammar_cannot_read_is_told() -> None:
    shipped = built_in()
    changed = tuple(
        evolve(file, text=file.text.replace("share: SHARE_OF NUMBER PERCENT", "share: SHARE_OF NUMBER PERCENT STOP"))
        for file in shipped.files
    )
    assert changed != shipped.files
    language = load([evolve(shipped, files=changed)])
    text = REPORT.replace("比上年增加3.2万元", "占5%")
    notes = traced(text, 7, spoken=language)
    tree = view_tree(SourceFile("", text), language, (7, 7), clauses=True)
    assert values(notes, "said")[0]["code"] == "BD301"
    assert values(notes, "text.unread")[0]["place"] == "grammar/clauses/amount.lark"
    fault = values(notes, "fault.token_at")[0]
    assert (fault["text"], fault["name"], fault["line"], fault["column"]) == ("，", "COMMA", 7, 34)
    assert [one["name"] for one in values(notes, "fault.expected")] == ["STOP"]
    assert [one["name"] for one in values(notes, "fault.rule")] == ["share"]
    assert [node.name for node in nodes(tree) if node.kind == "fault"] == ["amount"]


def test_a_line_that_comes_again_is_placed_where_it_was_read() -> None:
    text = "八、名词解释\n桥梁处\n基本支出：指人员和公用的支出。\n桥梁处\n"
    regions = [region for region in observe(SourceFile("", text), LANGUAGE).regions if region.grammar == "glossary"]
    starts = [region.start for region in regions if region.text == "桥梁处"]
    assert starts == [text.index("桥梁处"), text.rindex("桥梁处")]


def test_a_table_of_many_rows_is_told_at_once() -> None:
    text = "五、绩效预算信息\n\t三级指标\n\t指标值\n\n" + "\t甲\n\t≥5次\n\n" * 3000
    began = process_time()
    traced(text, 1, 9000)
    assert process_time() - began < 10


def test_a_fault_names_the_rule_that_was_under_way() -> None:
    fault = fault_of(LANGUAGE, "glossary", "基本支出：")
    assert fault is not None
    assert (fault.at, fault.type, fault.expected, fault.rules) == (5, "$END", ("DEFINITION",), ("start",))
    assert fault_of(LANGUAGE, "target", "≥5") is None


@on_every_text
def test_labels_are_explained_as_the_compiler_reads_them(text: str) -> None:
    for region in observe(SourceFile("", text), LANGUAGE).regions:
        for start, end, label in (one for asked in region.asked.values() for one in asked):
            naming = concept_lexicon(LANGUAGE).naming(region.text[max(start, end - 120) : end])
            assert naming.concept is label.concept
            assert (naming.kind == "generic") == label.generic
            assert naming.scope is not None or label.scope is None
            if naming.kind in ("patterns", "whole", "bare"):
                assert naming.pattern is not None


def test_text_without_money_and_without_amounts_is_told() -> None:
    assert values(traced(REPORT, 9), "text.no_money")
    text = REPORT.replace("（一）国有资产管理。", "负责每年5万元的养护。")
    assert values(traced(text, 4), "text.of_role")[0]["role"] == "responsibilities"


def test_a_title_is_told() -> None:
    notes = traced(REPORT, 1)
    assert values(notes, "text.read")[0]["grammar"] == "title"
    assert [one["name"] for one in values(notes, "clause.token")][-1] == "KIND"


# --- watching changes nothing -----------------------------------------------------------------------------------------


@on_every_text
def test_watching_changes_nothing(text: str) -> None:
    seen = observe(SourceFile("report", text), LANGUAGE)
    compiled = compile_text(text, "report", checks=False)
    assert seen.document.amounts == compiled.document.amounts
    reported = {(one.code, one.span) for one in compiled.diagnostics}
    assert {(one.code, one.span) for one in seen.diagnostics} <= reported


@on_every_text
def test_every_region_stands_where_it_is_said_to(text: str) -> None:
    seen = observe(SourceFile("report", text), LANGUAGE)
    meant, _ = as_meant(text, LANGUAGE)
    for region in seen.regions:
        if region.start is not None and region.grammar != "amount":
            assert meant.startswith(region.text, region.start)
        assert region.start is not None or region.grammar in ("target", "listing", "funds")


def test_explanations_are_said_in_chinese_too() -> None:
    assert "提纲：标题，角色 expenditure" in said(REPORT, 6, language=Locale.ZH)
    assert "outline: a heading of the role expenditure" in said(REPORT, 6)
