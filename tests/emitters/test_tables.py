"""Each table of the contract from IR made by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.builders import at, body, document, figure, paragraph, rich_document, section, table, text

from yusuan.emitters.tables import TABLES
from yusuan.ir.document import Document
from yusuan.ir.nodes import Table
from yusuan.ir.records import Asset
from yusuan.ir.vocabulary import Role

CONTRACT = {
    "documents": "document, title, organization, fiscal_year, kind, level, source, sha256, pages, grammar, "
    "grammar_version, grammar_digest, money_figures, money_typed, tables, tables_typed, sections_missing",
    "sections": "document, line, role, parent_role, ordinal, title, level",
    "facts": "document, line, column, section, subject, concept, label, period, measure, operator, "
    "value, upper, unit, text",
    "amounts": "document, line, concept, label, period, measure, value, unit, scope, basis, base, percent, share, code",
    "projects": "document, line, name, code, budget, budget_fiscal, budget_other, purpose",
    "objectives": "document, line, project, ordinal, text",
    "spending_plan": "document, line, project, month, percent",
    "indicators": "document, line, project, level1, level2, level3, description, grade, target, "
    "operator, value, upper, unit, basis, weight",
    "activities": "document, line, parent, name, budget, description, objective",
    "institutions": "document, line, name, nature, rank, funding",
    "procurement": "document, line, is_total, project, project_budget, item, catalogue_code, "
    "measure_unit, quantity, unit_price, total, general_public, government_fund, "
    "state_capital, special_account, other",
    "assets": "document, line, item, quantity, value",
    "glossary": "document, line, term, definition",
    "blocks": "document, line, last_line, kind, role, depth, typed, text",
    "cells": "document, table_line, line, row, column, rowspan, colspan, text",
    "diagnostics": "document, line, column, severity, code, message",
}


def rows(name: str, of: Document) -> list[str]:
    """The rows of a table without the document's name and, of an input without pages, the page; parted by bars."""
    found = list(TABLES[name].rows(of))
    if name == "documents":
        return ["|".join(row[1:]) for row in found]
    assert {row[-1] for row in found} <= {""}
    return ["|".join(row[1:-1]) for row in found]


def test_names_and_columns_are_the_contracts() -> None:
    assert list(TABLES) == list(CONTRACT)
    for name, columns in CONTRACT.items():
        header = list(TABLES[name].header)
        assert header[: len(columns.split(", "))] == columns.split(", ")
        assert header[-1] == "page" or name == "documents"


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_cell_a_column(name: str) -> None:
    made = list(TABLES[name].rows(rich_document("某局")))
    assert made
    for row in made:
        assert len(row) == len(TABLES[name].columns)
        assert row[0] == "某局"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "documents",
            [
                f"某局2024年预算|某局|2024|budget|unit|a/某局.pdf|{'0' * 64}|3|yusuan; dialect|1.0; |aa; bb"
                "|7|5|2|1|three_public glossary"
            ],
        ),
        (
            "sections",
            ["3|overview||一、|总体情况|1", "4|revenue|overview|一、|收入|2", "10|performance||一、|绩效|1"],
        ),
        (
            "amounts",
            [
                "5|Revenue|收入|2024|amount|15.00|万元|fiscal|budget||||",
                "5|Revenue||2024|change|-106.45|万元||budget|prior_budget|-3.20||",
            ],
        ),
        ("projects", ["12|甲项目|A01|30.0|30.0||用途"]),
        ("objectives", ["15|甲项目|1|做完。", "11||2|办好"]),
        ("spending_plan", ["16|甲项目|3|25"]),
        (
            "indicators",
            [
                "17|甲项目|产出|数量|台数||优|5-8台|between|5|8|台|计划|10|year",
                "11||||满意|||较好|qualitative||||||",
                "11||||名称||||||||||",
            ],
        ),
        ("activities", ["20||职责|7||", "21|职责|活动||描述|目标"]),
        ("institutions", ["8|某局|行政||财政"]),
        ("procurement", ["40|false|甲项目|30|电脑|A02010105|台|2|0.50|1.00|0.4|0.3|0.2|0.1|0"]),
        ("assets", ["50|房屋(平方米)|100|5.5", "51|其中：办公用房||"]),
        ("glossary", ["60|术语|意思"]),
        (
            "blocks",
            [
                "2|2|page_mark||0|false|- 1 -",
                "3|3|heading|overview|1|true|一、总体情况",
                "4|4|heading|revenue|2|true|一、收入",
                "5|6|paragraph|revenue|2|true|收入15.00万元，\n减少-106.45万元",
                "6|6|item|revenue|2|false|1、第一项",
                "10|10|heading|performance|1|true|一、绩效",
                "12|12|heading|performance|2|false|一、甲项目",
                "13|14|table|performance|2|false|",
            ],
        ),
        (
            "cells",
            ["13|13|1|1|1|1|指标", "13|13|1|2|1|1|值", "13|14|2|1|1|1|数量", "13|14|2|2|1|1|≥90%"],
        ),
        ("diagnostics", ['5|3|warning|BD202|"四、" comes behind "二、": 三、 is missing|heading-out-of-sequence']),
    ],
)
def test_rows(name: str, expected: list[str]) -> None:
    assert rows(name, rich_document()) == expected


def test_a_section_without_role_passes_on_the_role_around_it() -> None:
    inner = section(Role.REVENUE, "收入", (3, 4), level=3)
    middle = section(None, "情况", (2, 4), inner, level=2)
    outer = section(Role.OVERVIEW, "总体", (1, 4), middle)
    assert rows("sections", document(body=body(outer))) == [
        "1|overview||一、|总体|1",
        "3|revenue|overview|一、|收入|3",
    ]


def test_a_whole_document_with_a_role_has_a_row_without_heading() -> None:
    assert rows("sections", document(body=body(role=Role.PROCUREMENT))) == ["1|procurement||||0"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_last_line_counts_every_kind_of_line_end(line_end: str) -> None:
    texts = [row.split("|") for row in rows("blocks", document(body=body(blocks=(paragraph(f"a{line_end}b", 7),))))]
    assert texts[0][:2] == ["7", "8"]
    cells = rows("blocks", document(body=body(blocks=(table(3, ("a",), (f"b{line_end}c",)),))))
    assert cells == ["3|5|table||0|false|"]


def test_an_empty_table_is_still_a_block() -> None:
    made = document(body=body(blocks=(Table((), False, at(9)),)))
    assert rows("blocks", made) == ["9|9|table||0|false|"]
    assert rows("cells", made) == []


@pytest.mark.parametrize("number", ["15.00", "0.0000000", "-0.50", "12345678901234567890.123456789"])
def test_numbers_are_as_printed_without_exponent(number: str) -> None:
    made = document(assets=(Asset(text("a"), None, figure(number), None, at(1)),))
    assert rows("assets", made) == [f"1|a||{number}"]
    assert Decimal(number) == made.assets[0].value.value  # type: ignore[union-attr]
