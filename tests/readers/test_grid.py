"""A reader of twenty lines, with pages and merged cells: what it reads is right in every format, places included."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.grid import Cell, GridReader, table, text, written
from tests.test_invariants import leaves, sections, spans_of, within

from yusuan.compiler.cli import compile_main
from yusuan.compiler.language.loader import Language, built_in_language
from yusuan.compiler.overlays import with_overlays
from yusuan.compiler.pipeline import Compilation, compile_reading, structure
from yusuan.compiler.readers import registry
from yusuan.emitters.registry import emit, find
from yusuan.emitters.to_json import load_json, load_jsonl
from yusuan.ir.nodes import Table

HEAD = (
    (("一级指标", 1, 2), ("二级指标", 2, 2), ("三级指标", 3, 2), ("指标值", 4, 1, 2), ("权重", 6, 2)),
    (("符号", 4), ("数值", 5)),
)
REPORT = written(
    text(1, "某县水利局2024年部门预算"),
    text(1, "一、部门预算安排的总体情况"),
    text(1, "2024年预算安排河道疏浚、堤防加固和水文监测等工作，支出合计"),
    text(2, "120.50万元，其中项目支出30.00万元。"),
    text(2, "二、绩效预算信息"),
    text(2, "河道疏浚项目绩效目标表"),
    table(
        2,
        [("单位：万元", 1, 1, 6)],
        *HEAD,
        [("产出指标", 1, 3), ("数量指标", 2, 2), ("疏浚长度", 3), ("≥", 4), ("12公里", 5), ("20", 6)],
        [("清淤土方", 3), ("≥", 4), ("3万立方米", 5), ("20", 6)],
        [("时效指标", 2), ("完成时限", 3), ("≤", 4), ("12月", 5), ("10", 6)],
        [("效益指标", 1), ("社会效益指标", 2), ("受益人口", 3), ("≥", 4), ("5万人", 5), ("15", 6)],
    ),
    table(
        3,
        *HEAD,
        [("", 1, 2), ("生态效益指标", 2), ("水质达标率", 3), ("≥", 4), ("95%", 5), ("15", 6)],
        [("可持续影响指标", 2), ("管护年限", 3), ("≥", 4), ("5年", 5), ("10", 6)],
        [("", 1), ("", 2), ("群众满意度", 3), ("≥", 4), ("90%", 5), ("10", 6)],
    ),
    text(3, "三、政府采购预算情况"),
    text(3, "单位：万元"),
    table(
        3,
        [("项目名称", 1, 2), ("采购品目", 2, 2), ("数量", 3, 2), ("单价", 4, 2), ("政府采购金额", 5, 1, 3)],
        [("合计", 5), ("一般公共预算拨款", 6), ("其他来源收入", 7)],
        [("合计", 1, 1, 4), ("21.00", 5), ("18.00", 6), ("3.00", 7)],
        [("河道疏浚", 1, 2), ("水泵", 2), ("3", 3), ("5.00", 4), ("15.00", 5), ("15.00", 6), ("", 7)],
        [("测深仪", 2), ("2", 3), ("3.00", 4), ("6.00", 5), ("3.00", 6), ("3.00", 7)],
    ),
)

INDICATORS = [
    ("18", "产出指标", "数量指标", "疏浚长度", "≥12公里", "20", "2"),
    ("25", "产出指标", "数量指标", "清淤土方", "≥3万立方米", "20", "2"),
    ("30", "产出指标", "时效指标", "完成时限", "≤12月", "10", "2"),
    ("36", "效益指标", "社会效益指标", "受益人口", "≥5万人", "15", "2"),
    # The empty cell at the head of the page goes on with the one above; where it ends, so does what it says.
    ("52", "效益指标", "生态效益指标", "水质达标率", "≥95%", "15", "3"),
    ("59", "效益指标", "可持续影响指标", "管护年限", "≥5年", "10", "3"),
    ("65", "", "", "群众满意度", "≥90%", "10", "3"),
]


LANGUAGE = built_in_language()


def compiled(data: bytes, name: str = "report", language: Language = LANGUAGE) -> Compilation:
    return compile_reading(GridReader().read(data, name, language), language=language)


@cache
def report() -> Compilation:
    return compiled(REPORT)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def csv_table(name: str, compilation: Compilation | None = None) -> list[dict[str, str]]:
    return rows(emit((compilation or report()).document, "csv", table=name))


def picked(found: list[dict[str, str]], *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


# --- what is read -----------------------------------------------------------------------------------------------------


def test_merged_cells_over_two_pages() -> None:
    found = csv_table("indicators")
    assert picked(found, "line", "level1", "level2", "level3", "target", "weight", "page") == INDICATORS
    assert {row["project"] for row in found} == {"河道疏浚项目"}


def test_a_cell_beside_the_table_is_not_its_header() -> None:
    data = written(
        text(1, "河道疏浚项目绩效目标表"),
        table(
            1,
            [("绩效指标", 1, 4), ("一级指标", 2), ("二级指标", 3), ("三级指标", 4), ("指标值", 5)],
            [("产出指标", 2, 2), ("数量指标", 3), ("疏浚长度", 4), ("≥12公里", 5)],
            [("时效指标", 3), ("完成时限", 4), ("≤12月", 5)],
            [("效益指标", 2), ("社会效益指标", 3), ("受益人口", 4), ("≥5万人", 5)],
        ),
    )
    assert picked(csv_table("indicators", compiled(data)), "level1", "level2", "level3", "target") == [
        ("产出指标", "数量指标", "疏浚长度", "≥12公里"),
        ("产出指标", "时效指标", "完成时限", "≤12月"),
        ("效益指标", "社会效益指标", "受益人口", "≥5万人"),
    ]


def test_a_sentence_that_a_page_cuts() -> None:
    assert picked(csv_table("amounts"), "line", "concept", "value", "unit", "page") == [
        ("4", "Expenditure", "120.50", "万元", "2"),
        ("4", "ProjectExpenditure", "30.00", "万元", "2"),
    ]
    [cut] = [row for row in csv_table("blocks") if row["line"] != row["last_line"] and row["kind"] == "paragraph"]
    assert (cut["line"], cut["last_line"], cut["page"]) == ("3", "4", "1")


def test_cells_below_a_header_of_two_rows_are_aligned_by_column() -> None:
    columns = ("is_total", "project", "item", "quantity", "unit_price", "total", "general_public", "other", "page")
    assert picked(csv_table("procurement"), *columns) == [
        ("true", "合计", "", "", "", "21.00", "18.00", "3.00", "3"),
        ("false", "河道疏浚", "水泵", "3", "5.00", "15.00", "15.00", "", "3"),
        ("false", "", "测深仪", "2", "3.00", "6.00", "3.00", "3.00", "3"),
    ]


def test_what_is_said_of_the_layout() -> None:
    found = [(one.code, one.line, one.span.page) for one in report().diagnostics]
    assert found == [("BD109", 4, 2), ("BD106", 43, 3)]


# --- every format -----------------------------------------------------------------------------------------------------


def test_cells_stand_once_with_their_spans() -> None:
    found = csv_table("cells")
    columns = ("row", "column", "rowspan", "colspan", "text", "page")
    assert picked(found[:6], *columns) == [
        ("1", "1", "1", "6", "单位：万元", "2"),
        ("2", "1", "2", "1", "一级指标", "2"),
        ("2", "2", "2", "1", "二级指标", "2"),
        ("2", "3", "2", "1", "三级指标", "2"),
        ("2", "4", "1", "2", "指标值", "2"),
        ("2", "6", "2", "1", "权重", "2"),
    ]
    assert ("10", "1", "2", "1", "", "3") in picked(found, *columns)


def test_every_table_with_a_line_has_the_page() -> None:
    emitter = find("csv")
    for name in emitter.tables:
        header = emit(report().document, "csv", table=name).partition("\n")[0].split(",")
        assert ("line" in header) == (header[-1] == "page"), name
        if name not in ("activities", "institutions", "assets", "glossary", "spending_plan", "objectives", "documents"):
            assert {row["page"] for row in csv_table(name)} <= {"1", "2", "3"}, name


def test_json_has_pages_boxes_and_spans() -> None:
    document = report().document
    assert load_json(emit(document, "json")) == document
    assert list(load_jsonl(emit(document, "jsonl"))) == [document]
    data = json.loads(emit(document, "json"))
    assert data["indicators"][4]["target"]["span"]["page"] == 3
    assert data["indicators"][4]["level1"]["span"]["page"] == 2
    [cell] = [cell for cell in every(data["sections"], "rowspan") if cell["text"] == "产出指标"]
    assert (cell["rowspan"], cell["colspan"], cell["span"]["page"]) == (3, 1, 2)
    place = document.places.at(cell["span"]["start"])
    assert place is not None
    assert (place.page, place.box) == (2, (0, cell["span"]["start"] - 1, 9, cell["span"]["start"] + 8))


def every(data: Any, key: str) -> Iterator[dict[str, Any]]:
    """The objects in some JSON that have a key."""
    if isinstance(data, dict):
        if key in data:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from every(one, key)


def test_xbrl_facts_say_their_page() -> None:
    facts = json.loads(emit(report().document, "xbrl-json"))["facts"]
    places = {id_: (fact["source:line"], fact["source:page"]) for id_, fact in facts.items() if "source:line" in fact}
    assert places["report.P3.L55.C2.IndicatorPercent"] == (55, 3)
    assert all(f".P{page}.L{line}." in id_ for id_, (line, page) in places.items())
    instance = ElementTree.fromstring(emit(report().document, "xbrl"))
    assert places.keys() <= {one.get("id") for one in instance}
    inline = ElementTree.fromstring(emit(report().document, "ixbrl"))
    assert places.keys() <= {one.get("id") for one in inline.iter()}


def test_the_folder_has_the_page_in_front_of_what_makes_it_a_report() -> None:
    files: dict[str, str] = {}
    for name, chunk in find("xbrl-csv").package([report().document]):
        files[name] = files.get(name, "") + str(chunk)
    found = rows(files["indicators.csv"])
    assert [row["page"] for row in found] == [one[-1] for one in INDICATORS]
    assert found[4]["fact_id"].startswith("report_P3_L52_")
    assert list(found[0])[14:18] == ["weight", "horizon", "page", "fact_id"]
    fields = {one["name"]: one["schema"]["fields"] for one in json.loads(files["datapackage.json"])["resources"]}
    assert {"name": "page", "type": "integer"} in fields["cells"]
    assert "page" in fields["other_facts"][4]["name"]


def test_the_page_as_printed_has_the_table_as_it_is() -> None:
    shown = emit(report().document, "ixbrl")
    cells = re.findall(r"<t[dh]([^>]*)>(?:<[^/][^>]*>)*([^<]*)", shown)
    spans = {said: attributes.strip() for attributes, said in cells if said}
    assert spans["产出指标"] == 'rowspan="3"'
    assert spans["指标值"] == 'colspan="2"'
    assert spans["合计"] in ("", 'colspan="4"')
    html = "{http://www.w3.org/1999/xhtml}"
    first = next(ElementTree.fromstring(shown).iter(f"{html}table"))
    assert [len(list(row)) for row in first.iter(f"{html}tr")] == [1, 5, 2, 6, 4, 5, 6, 5, 2, 6, 5, 6]
    # The title of the table and the two rows of its header, of which one cell is merged over both.
    assert [len(list(row)) for part in first.iter(f"{html}thead") for row in part] == [1, 5, 2]


def test_the_command_reads_a_file_of_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_others", lambda: (GridReader(),))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "report.grid").write_bytes(REPORT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["compile", "in", "--to", "csv", "-o", "out", "--diagnostics", "json"])
    with pytest.raises(SystemExit) as caught:
        compile_main()
    assert not caught.value.code
    assert rows((tmp_path / "out" / "indicators.csv").read_text("utf-8"))[0]["page"] == "2"


# --- merged cells elsewhere -------------------------------------------------------------------------------------------


def test_a_merged_label_of_an_overlays_table_ends_where_it_ends(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "subsidies.toml").write_text(
        '[columns.county]\nlabels = ["县区"]\nmerged = true\n'
        '[columns.grant]\nlabels = ["补贴名称"]\nrequired = true\n'
        '[columns.amount]\nlabels = ["补贴金额"]\ntype = "money"\n'
        '[columns.paid]\nlabels = ["已发"]\ntype = "money"\n',
        "utf-8",
    )
    data = written(
        text(1, "某县农业农村局2024年部门预算"),
        text(1, "一、补贴情况"),
        table(
            1,
            [("县区", 1, 2), ("补贴名称", 2, 2), ("金额（万元）", 3, 1, 2)],
            [("补贴金额", 3), ("已发", 4)],
            [("甲县", 1, 2), ("耕地", 2), ("12.50", 3), ("1.00", 4)],
            [("农机", 2), ("7.50", 3), ("2.00", 4)],
            [("", 1), ("统筹", 2), ("3.00", 3), ("", 4)],
        ),
    )
    [declared] = compiled(data, language=with_overlays([str(tmp_path)])).document.declared
    said = [{value.column: value.text for value in row.values} for row in declared.rows]
    assert said == [
        {"county": "甲县", "grant": "耕地", "amount": "12.50", "paid": "1.00"},
        {"county": "甲县", "grant": "农机", "amount": "7.50", "paid": "2.00"},
        {"grant": "统筹", "amount": "3.00"},
    ]
    assert {value.unit for row in declared.rows for value in row.values if value.value is not None} == {"万元"}


def test_expenses_below_merged_years() -> None:
    data = written(
        text(1, "某县水利局2024年部门预算"),
        text(1, "一、“三公”经费预算情况"),
        text(1, "单位：万元"),
        table(
            1,
            [("项目", 1, 2), ("预算", 2, 1, 2), ("增减额", 4, 2)],
            [("2023年预算数", 2), ("2024年预算数", 3)],
            [("公务接待费", 1), ("2.00", 2), ("1.50", 3), ("-0.50", 4)],
            [("公务用车运行维护费", 1), ("4.00", 2), ("4.00", 3), ("0", 4)],
            [("因公出国（境）费", 1), ("0", 2), ("0", 3), ("0", 4)],
        ),
    )
    found = picked(csv_table("amounts", compiled(data)), "concept", "period", "measure", "value")
    assert found[:3] == [
        ("OfficialReceptionExpense", "2023", "amount", "2.00"),
        ("OfficialReceptionExpense", "2024", "amount", "1.50"),
        ("OfficialReceptionExpense", "2024", "change", "-0.50"),
    ]


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        (table(2, [("水质", 1), ("5", 2)]), True),
        (table(3, [("水质", 1), ("5", 2)]), False),
        (table(2, [("水质", 1), ("5", 2), ("6", 3)]), False),
        (table(2, [("另一张表", 1, 1, 2)], [("水质", 1), ("5", 2)]), False),
    ],
    ids=["next-page", "page-between", "other-columns", "row-over-the-full-width"],
)
def test_which_table_goes_on(second: dict[str, Any], joined: bool) -> None:
    first = table(1, [("名称", 1), ("数目", 2)], [("水量", 1), ("4", 2)])
    made = compiled(written(first, second)).document
    assert len([block for block in made.body.blocks if isinstance(block, Table)]) == (1 if joined else 2)


# --- whatever the grid ------------------------------------------------------------------------------------------------

LABELS = ("一级指标", "二级指标", "三级指标", "指标值", "项目", "合计", "单位：万元")
WORDS = ("", *LABELS, "12.5", "3", "≥2个", "产出\n指标")


@st.composite
def grids(draw: st.DrawFn, width: int) -> list[list[Cell]]:
    """A grid of cells that tile it; each row has one of its own."""
    height = draw(st.integers(1, 5))
    single = draw(st.integers(1, width))
    taken: set[tuple[int, int]] = set()
    made: list[list[Cell]] = []
    for row in range(1, height + 1):
        made.append([])
        for column in range(1, width + 1):
            if (row, column) in taken:
                continue
            free = 1
            while column + free <= width and (row, column + free) not in taken and column + free != single:
                free += 1
            colspan = 1 if column == single else draw(st.integers(1, free))
            rowspan = 1 if column == single else draw(st.integers(1, height - row + 1))
            taken |= {(row + down, column + right) for down in range(rowspan) for right in range(colspan)}
            made[-1].append((draw(st.sampled_from(WORDS)), column, rowspan, colspan))
    return made


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Tables over pages with text around them."""
    blocks, page, width = [text(1, "某县水利局2024年部门预算")], 1, draw(st.integers(1, 5))
    for _ in range(draw(st.integers(1, 4))):
        page += draw(st.integers(0, 1))
        width = draw(st.one_of(st.just(width), st.integers(1, 5)))
        words = draw(st.sampled_from([None, "", "一、绩效预算信息", "支出合计12万元，", "其中项目支出3万元。"]))
        blocks += [text(page, words)] if words is not None else []
        blocks.append(table(page, *draw(grids(width))))
    return blocks


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_grid(blocks: list[dict[str, Any]]) -> None:
    data = written(*blocks)
    reading = GridReader().read(data, "report", LANGUAGE)
    source = reading.source.text
    tokens, _ = structure(reading, LANGUAGE)
    assert "".join(source[token.start : token.end] for token in tokens) == source
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][:-1]

    compilation = compiled(data)
    document = compilation.document
    assert [one for one in compilation.diagnostics if one.code == "BD901"] == []
    assert load_json(emit(document, "json")) == document
    assert all(span.page in range(1, 6) for span in spans_of(document.body))
    spans = sorted((leaf.span.start, leaf.span.end) for leaf in leaves(document.body))
    between = [(0, 0), *spans, (len(source), len(source))]
    assert all(end <= start for (_, end), (start, _) in pairwise(between))
    assert not "".join(source[end:start] for (_, end), (start, _) in pairwise(between)).strip()
    for section in sections(document.body):
        for block in section.blocks:
            if isinstance(block, Table):
                assert all(within(row.span, block.span) for row in block.rows)
                assert all(within(cell.span, row.span) for row in block.rows for cell in row.cells)

    found = [(row["rowspan"], row["colspan"], row["column"], row["text"]) for row in csv_table("cells", compilation)]
    drawn = [cell for block in blocks if "rows" in block for cells in block["rows"] for cell in cells]
    assert found == [(str(down), str(right), str(column), words) for words, column, down, right in drawn]
    for name in ("ixbrl", "xbrl"):
        ElementTree.fromstring(emit(document, name))
