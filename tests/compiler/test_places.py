"""Places in inputs with a layout: what they are called, their boxes, and the rows that excerpts show."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from tests.readers.pdf.writing import drawn

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import Compilation, compile_reading
from yusuan.compiler.readers.pdf.reader import PdfReader
from yusuan.compiler.rendering.excerpt import columns
from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.to_sarif import Sarif
from yusuan.compiler.rendering.to_text import FullText, ShortText
from yusuan.compiler.rendering.words import words
from yusuan.ir.diagnostics import Locale
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import NO_PLACES, FilePlace, SourceFile, SourceMap

REPORT = """
page
text 150 60 22 沙河县林业局2026年部门预算
text 90 120 16 一、部门预算安排的总体情况
text 90 150 12 2026年支出预算20.00万元，其中：基本支出12.00万元，项目支出9.00万元。
page
text 90 90 16 二、绩效预算信息
text 90 110 14 造林项目绩效目标表
table 140 20 50 130 210 330 400 450
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重 |
| 产出指标 | 数量指标 | 造林面积 | ≥30公顷 | 40 |
| ^ | ^ | 苗木成活率 | ≥85株 | 60 |
"""


@cache
def compiled(*, has_pages: bool = True) -> Compilation:
    """The report; without pages as Word gives it, whose cells stand in a grid and nowhere else."""
    reading = PdfReader().read(drawn(REPORT), "report", built_in_language())
    if not has_pages:
        for token in reading.tokens:
            token.place = token.place and evolve(token.place, page=None, box=None)
        reading = evolve(reading, source=SourceFile("report", reading.source.text, NO_PLACES))
    return compile_reading(reading, language=built_in_language())


def findings(*, has_pages: bool = True) -> Findings:
    one = compiled(has_pages=has_pages)
    return Findings("report.pdf", one.source, one.diagnostics, True, one.document.body)


def shown(*, has_pages: bool = True) -> list[str]:
    text = FullText(words(Locale.EN)).show(findings(has_pages=has_pages))
    return [part for part in text.split("\n\n") if "warning" in part]


def test_pages_and_cells_are_named() -> None:
    lines = ShortText(words(Locale.EN)).show(findings()).splitlines()
    assert [line.partition(": ")[0] for line in lines if "warning" in line] == ["report.pdf:p1", "report.pdf:p2:r3c4"]


def test_without_pages_lines_are_named() -> None:
    lines = ShortText(words(Locale.EN)).show(findings(has_pages=False)).splitlines()
    named = [line.partition(": ")[0] for line in lines if "warning" in line]
    assert named[0] == "report.pdf:3:10"
    assert re.fullmatch(r"report\.pdf:\d+:r3c4", named[1])


def test_text_has_lines_and_columns_only() -> None:
    source = SourceFile("a", "预算\n100")
    assert FilePlaces(source.places).name(source.span(4, 5)) == "2:2"
    assert list(FilePlaces(source.places).boxes(source.span(0, 5))) == []


@pytest.mark.parametrize(("has_pages", "name"), [(True, "p2:r3"), (False, r"\d+:r3")])
def test_the_excerpt_is_the_row_with_its_merged_cells(has_pages: bool, name: str) -> None:
    _, _, row, underline, *_ = shown(has_pages=has_pages)[-1].splitlines()
    assert re.fullmatch(rf"{name} \| 产出指标 \| 数量指标 \| 苗木成活率 \| ≥85株 \| 60", row)
    before = row.partition("| ")[2].partition("≥")[0]
    assert underline.partition("| ")[2] == " " * columns(before) + "^" * columns("≥85株")


def test_places_of_a_paragraph_over_two_pages() -> None:
    lines = (
        FilePlace(0, 1, (90, 770, 500, 786)),
        FilePlace(5, 1, (90, 790, 500, 806)),
        FilePlace(9, 2, (90, 60, 300, 76)),
    )
    source = SourceFile("a", "2026年预算收入20万元", SourceMap(lines))
    places = FilePlaces(source.places)
    assert [page for page, _ in places.boxes(source.span(6, 12))] == [1, 2]
    assert places.box(source.span(0, 12)) == (90, 770, 500, 806)
    assert places.name(source.span(9, 12)) == "p2"
    assert places.box(source.span(9, 12)) == (90, 60, 300, 76)


def test_a_page_without_text_has_no_excerpt() -> None:
    sheet = PdfReader().read(drawn("page\ntext 50 50 12 预算说明\npage"), "a", built_in_language())
    places = FilePlaces(sheet.source.places)
    assert places.shows(sheet.source.span(0, 1))
    assert not places.shows(evolve(sheet.source.span(0, 0), page=2))


def test_sarif_has_them_as_properties() -> None:
    log = Sarif("1", Locale.EN)
    log.show(findings())
    [run] = json.loads(log.close(None))["runs"]
    regions: list[dict[str, Any]] = [
        result["locations"][0]["physicalLocation"]["region"]["properties"]
        for result in run["results"]
        if result["level"] == "warning"
    ]
    assert [region["page"] for region in regions] == [1, 2]
    assert regions[1]["cell"] == {"row": 3, "column": 4}
    assert regions[1]["box"] == [330, 180, 400, 200]
    assert "mimeType" not in run["artifacts"][0]
