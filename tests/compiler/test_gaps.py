"""What of a report is a gap of the grammar, and what is none. All texts are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan import Compilation, compile_file, compile_text
from yusuan.compiler.cli.grammar.gaps import KINDS
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.rendering.words import words
from yusuan.compiler.workbench.gaps import AddTo, Gap, GapKind, GapSum, GapSums, find_gaps
from yusuan.compiler.workbench.rendering.gaps import render_gaps
from yusuan.ir.diagnostics import Locale

REPOSITORY = Path(__file__).resolve().parents[2]
TITLE = "云溪市档案局2024年部门预算公开\n\n"
DUTIES = "一、部门职责\n1、保管档案。\n2、编研史料。\n\n"
EXPENDITURE = "二、支出说明\n"


def gaps(text: str) -> list[Gap]:
    return found_in(compile_text(TITLE + text))


def found_in(compilation: Compilation) -> list[Gap]:
    return find_gaps(compilation, built_in_language())


def told(text: str, kind: GapKind) -> list[str]:
    return [gap.words for gap in gaps(text) if gap.kind is kind]


def table(*rows: str) -> str:
    """A table as the text form has it; the cells of a row stand between bars."""
    return "".join("".join(f"\t{cell}\n" for cell in row.split("|")) + "\n" for row in rows) + "\n"


def test_the_command_names_every_kind() -> None:
    assert tuple(GapKind) == KINDS


def test_the_files_named_stand_in_the_repository() -> None:
    assert all((REPOSITORY / file).exists() for file in AddTo)


# --- headings ---------------------------------------------------------------------------------------------------------


def test_heading_without_role() -> None:
    (gap,) = gaps(f"{DUTIES}二、2024年档案开放计划\n今年开放档案三批。\n")
    assert (gap.kind, gap.words, gap.file) == (GapKind.HEADING, "档案开放计划", AddTo.SECTIONS)
    assert (gap.text, gap.span.line) == ("二、2024年档案开放计划", 7)


@pytest.mark.parametrize("title", ["关于2024年档案开放计划", "云溪市档案局2024年 “档案”开放计划", "部门档案开放计划："])
def test_the_same_heading_written_differently(title: str) -> None:
    assert told(f"{DUTIES}二、{title}\n今年开放档案三批。\n", GapKind.HEADING) == ["档案开放计划"]


@pytest.mark.parametrize(
    "text",
    [
        "二、支出说明\n支出预算10万元。\n",  # a known role
        "二、档案开放计划\n\n三、收入说明\n收入预算10万元。\n",  # nothing below it
        "二、三公经费预算\n（一）公务接待费\n公务接待费1万元。\n",  # what an amount is called
        "二、云溪市档案局\n编制12人。\n",  # whose it is
    ],
)
def test_no_heading(text: str) -> None:
    assert told(DUTIES + text, GapKind.HEADING) == []


def test_prose_below_an_unknown_heading() -> None:
    prose = "二、档案开放计划\n（一）加快开放鉴定\n逐批鉴定。\n（二）开放经费情况\n安排经费5万元。\n"
    assert told(DUTIES + prose, GapKind.HEADING) == ["档案开放计划", "开放经费情况"]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_table_without_kind() -> None:
    found = gaps(DUTIES + table("单位：万元", "馆藏全宗|合计|修复", "民国全宗|3.00|2.00", "建国后全宗|1.00|0.50"))
    assert [(gap.kind, gap.words) for gap in found] == [
        (GapKind.TABLE, "馆藏全宗 | 合计 | 修复"),
        (GapKind.HEADER, "馆藏全宗"),
        (GapKind.HEADER, "修复"),
    ]


def test_title_and_name_in_front_of_a_header() -> None:
    rows = ("2024年馆藏修复表", "部门名称|云溪市档案局", "馆藏全宗|合计|修复", "民国全宗|3.00|2.00")
    assert told(DUTIES + table(*rows), GapKind.TABLE) == ["馆藏全宗 | 合计 | 修复"]


@pytest.mark.parametrize(
    "rows",
    [
        ("民国全宗|3.00|2.00", "建国后全宗|1.00|0.50"),  # what a page cut off
        ("馆藏|合|计|修复", "民国全宗|3|2|1"),  # a word torn apart
        ("馆藏全宗|合计|修复",),  # nothing below
    ],
)
def test_no_table(rows: tuple[str, ...]) -> None:
    assert told(DUTIES + table(*rows), GapKind.TABLE) == []


def test_column_without_meaning() -> None:
    indicators = table("一级指标|二级指标|三级指标|指标值|考证情况", "产出指标|数量指标|修复档案|≥30卷|已核")
    (gap,) = gaps(f"{DUTIES}二、绩效预算信息\n{indicators}")
    assert (gap.kind, gap.words, gap.file) == (GapKind.COLUMN, "考证情况", AddTo.LABELS)


# --- targets and units ------------------------------------------------------------------------------------------------


def targets(*values: str) -> str:
    rows = (f"产出指标|数量指标|指标{name}|{value}" for name, value in zip("甲乙丙丁", values, strict=False))
    return f"{DUTIES}二、绩效预算信息\n" + table("一级指标|二级指标|三级指标|指标值", *rows)


def test_target_read_as_text() -> None:
    (gap,) = gaps(targets("甲类2卷、乙类3卷且无破损", "≥30卷", "档案完好", "2024年11月底前"))
    assert (gap.kind, gap.words, gap.file) == (GapKind.TARGET, "甲类#卷、乙类#卷且无破损", AddTo.TARGET)


def test_unit_of_a_target() -> None:
    head = "一级指标|二级指标|三级指标|指标值|度量单位"
    rows = table(head, "产出指标|数量指标|修复|≥30|卷（含2023年未修复的卷）", "产出指标|数量指标|开放|≥3|批")
    (gap,) = gaps(f"{DUTIES}二、绩效预算信息\n{rows}")
    assert (gap.kind, gap.words) == (GapKind.UNIT, "卷(含#年未修复的卷)")


@pytest.mark.parametrize(("written", "unit"), [("20余万元", "余万元"), ("3万美元", "万美元")])
def test_unit_of_money(written: str, unit: str) -> None:
    found = gaps(f"{DUTIES}{EXPENDITURE}支出预算100万元。受赠{written}，另行安排。\n")
    assert [(gap.words, gap.file) for gap in found if gap.kind is GapKind.UNIT] == [(unit, AddTo.UNITS)]


# --- sentences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "支出预算100万元，较上年走高5万元。",
        "支出预算100万元，较上年走高5.26%。",
        "项目支出100万元，其中：修复库房40万元，较上年走高5万元。",  # looks like another item
    ],
)
def test_unknown_verb_of_change(sentence: str) -> None:
    (gap,) = gaps(f"{DUTIES}{EXPENDITURE}{sentence}\n")
    assert (gap.kind, gap.words, gap.file) == (GapKind.DIRECTION, "走高", AddTo.AMOUNT)


def test_unnamed_amount() -> None:
    (gap,) = gaps(f"{DUTIES}{EXPENDITURE}支出预算100万元，其中：基本支出80万元，爱心驿站20万元。\n")
    assert (gap.kind, gap.words, gap.file) == (GapKind.AMOUNT, "爱心驿站", AddTo.CONCEPTS)


@pytest.mark.parametrize(
    "sentence",
    [
        "支出预算100万元，比上年增加5万元，增长5.26%。",
        "支出预算100万元，比上年增加5万元，主要是修复库房5万元。",  # a cause
        "支出预算100万元，购置单价50万元以上的设备，按每人200元的标准补助。",  # prices
        "支出预算100万元（有则写，无则填0万元）。",  # text of the template
    ],
)
def test_understood_or_no_amount(sentence: str) -> None:
    assert gaps(f"{DUTIES}{EXPENDITURE}{sentence}\n") == []


def test_amount_lost_without_a_word() -> None:
    """A change of which nothing says what it is of."""
    found = gaps(f"{DUTIES}二、档案开放计划\n较上年减少5万元，下降10%。\n")
    assert [(gap.kind, gap.words, gap.file) for gap in found[1:]] == [(GapKind.AMOUNT, "较上年减少#", AddTo.AMOUNT)]


def test_duties_hold_no_amounts() -> None:
    assert gaps("一、部门职责\n1、管理爱心驿站20万元。\n") == []


# --- documents --------------------------------------------------------------------------------------------------------


def test_counted_over_documents() -> None:
    once = f"{DUTIES}{EXPENDITURE}支出预算100万元，其中：爱心驿站20万元。\n"
    twice = f"{DUTIES}{EXPENDITURE}支出预算100万元，其中：爱心 驿站20万元。\n支出预算90万元，其中：爱心驿站1万元。\n"
    sums = GapSums()
    sums.add("a.txt", gaps(once))
    sums.add("b.txt", gaps(twice))
    (only,) = sums.ordered()
    assert (only.gap.words, only.count, only.documents, only.report, only.gap.span.line) == (
        "爱心驿站",
        3,
        2,
        "a.txt",
        8,
    )


def test_most_reports_first() -> None:
    span = gaps(f"{DUTIES}二、档案开放计划\n开放三批。\n")[0].span
    often, widely = (Gap(GapKind.HEADING, one, AddTo.SECTIONS, one, span) for one in ("常见", "普遍"))
    sums = GapSums()
    sums.add("a.txt", [often, often, often, widely])
    sums.add("b.txt", [widely])
    assert [one.gap for one in sums.ordered()] == [widely, often]


def test_rendered_with_a_limit() -> None:
    span = gaps(f"{DUTIES}二、档案开放计划\n开放三批。\n")[0].span
    sums = [GapSum(Gap(GapKind.HEADING, one, AddTo.SECTIONS, one, span), "a\x1b.txt", 1, 1) for one in "甲乙丙"]
    said = "".join(render_gaps(sums, words(Locale.EN), 2))
    assert "丙" not in said
    assert "\x1b" not in said
    assert said.endswith("(1 more; --limit 3 shows all)\n")


@pytest.mark.parametrize("name", ["bureau-2024", "office-2022", "township-2023"])
def test_the_examples_are_understood(name: str) -> None:
    assert found_in(compile_file(REPOSITORY / "examples" / f"{name}.txt")) == []


def test_of_the_example_of_a_city_only_account_sheets_and_their_sections_are_not() -> None:
    found = found_in(compile_file(REPOSITORY / "examples" / "city-bureau-2026.txt"))
    assert {gap.kind for gap in found} == {GapKind.HEADING, GapKind.TABLE, GapKind.HEADER}


@pytest.mark.parametrize("text", ["", "\n", "\t\n\t\n", "没有预算的文字5万元。", "一、\n\t1\n\n"])
def test_any_text(text: str) -> None:
    assert found_in(compile_text(text)) == found_in(compile_text(text))
