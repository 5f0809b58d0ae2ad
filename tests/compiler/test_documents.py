"""What is said of a document as a whole: what it reports, the file that it was read from, how much of it was read."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import has, resolve_types
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import EXAMPLES

from yusuan import Compiler, compile_bytes, compile_file, compile_text
from yusuan.compiler.lowering.coverage import value_fields
from yusuan.compiler.workspace.compiler import compile_input
from yusuan.compiler.workspace.inputs import Input
from yusuan.ir import records
from yusuan.ir.coverage import ReportCoverage
from yusuan.ir.source import NO_PROVENANCE, Provenance
from yusuan.ir.vocabulary import ReportKind, ReportLevel, Role

# --- what it reports ---


@pytest.mark.parametrize(
    ("title", "kind", "level"),
    [
        ("云溪市桥梁处2024年部门预算公开", ReportKind.BUDGET, ReportLevel.DEPARTMENT),
        ("云溪市桥梁处2024年部门综合预算", ReportKind.BUDGET, ReportLevel.DEPARTMENT),
        ("云溪市桥梁处部门2024年预算", ReportKind.BUDGET, ReportLevel.DEPARTMENT),
        ("云溪市事业单位登记局2024年部门预算", ReportKind.BUDGET, ReportLevel.DEPARTMENT),
        ("云溪市桥梁处2024年单位预算", ReportKind.BUDGET, ReportLevel.UNIT),
        ("云溪市桥梁处本级2024年部门预算", ReportKind.BUDGET, ReportLevel.UNIT),
        ("云溪市桥梁处（本级）2024年预算", ReportKind.BUDGET, ReportLevel.UNIT),
        ("云溪市桥梁处2024年部门（单位）预算", ReportKind.BUDGET, None),
        ("云溪市桥梁处2024年预算", ReportKind.BUDGET, None),
        ("云溪市桥梁处２０２３年度部门决算", ReportKind.FINAL_ACCOUNTS, ReportLevel.DEPARTMENT),
        ("云溪市桥梁处\n2023年度单位决算", ReportKind.FINAL_ACCOUNTS, ReportLevel.UNIT),
        ("关于开会的通知", ReportKind.OTHER, None),
        ("一、收入预算情况\n2024年收入5万元。", None, None),
    ],
)
def test_kind_and_level(title: str, kind: ReportKind | None, level: ReportLevel | None) -> None:
    document = compile_text(title + "\n").document
    assert (document.kind, document.level) == (kind, level)


# --- the file ---


def test_the_file_that_it_was_read_from() -> None:
    path = EXAMPLES[0]
    digest = sha256(path.read_bytes()).hexdigest()
    assert compile_file(path).document.provenance == Provenance(str(path), digest, None)
    assert compile_bytes(path.read_bytes(), "a").document.provenance == Provenance(None, digest, None)
    assert compile_text(path.read_text("utf-8")).document.provenance == NO_PROVENANCE


def test_the_file_of_an_input_that_failed(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    failed = compile_input(Input(str(empty), "empty"), Compiler()).document
    assert failed.provenance == Provenance(str(empty), sha256(b"").hexdigest(), None)
    assert failed.coverage is None
    missing = compile_input(Input("none.txt", "none"), Compiler()).document
    assert missing.provenance == Provenance("none.txt")


# --- coverage ---


def coverage(text: str) -> ReportCoverage:
    found = compile_text(text).document.coverage
    assert found is not None
    return found


@pytest.mark.parametrize(
    "figure",
    [
        "5万元",
        "5 万元",
        "12.50",
        "1,234",
        "1,234,567.89元",
        "１２．５",
        "5.23%",
        "3元/人",
        "0.5万平方米",
        "1,234万",
        "5圆",
        "2024.13",
        "2024.10万元",
        "2,024.1",
    ],
)
def test_what_looks_like_money(figure: str) -> None:
    for text in (f"共{figure}。", f"\t{figure}\n\n", figure, f"{figure}\n"):
        assert coverage(text).money_figures == 1, text


@pytest.mark.parametrize(
    "other",
    [
        "5万平方米",
        "5",
        "2024年",
        "2024.01",
        "2024.1",
        "2024.01.15",
        "1.2.3",
        "A02.05",
        "GB/T1.5",
        "12,34",
        "2010301",
        "1.5kg",
        "- 12 -",
        "3亿人次",
        "公元",
    ],
)
def test_what_does_not(other: str) -> None:
    for text in (f"共{other}。", f"\t{other}\n\n", other):
        assert coverage(text).money_figures == 0, text


def test_the_number_of_a_heading_is_no_money() -> None:
    assert coverage("预算\n1.1 收入\n2.3、支出\n").money_figures == 0
    assert coverage("预算\n1.1\n2.3万元的\n").money_figures == 2


REPORT = """\
云溪市桥梁处2024年部门预算公开
二、收入说明
2024年预算收入120.5万元，比上年增加1.25万元，用于购置单价100万元以上的设备。
	甲
	乙

"""


def test_how_much_became_typed() -> None:
    found = coverage(REPORT)
    assert (found.money_figures, found.money_typed) == (3, 2)
    assert (found.tables, found.tables_typed) == (1, 0)
    assert found.sections_missing == tuple(role for role in Role if role is not Role.REVENUE)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_most_of_a_report_is_typed(path: Path) -> None:
    found = compile_file(path).document.coverage
    assert found is not None
    assert found.money_figures > 30
    assert Decimal(found.money_typed) / found.money_figures > Decimal("0.7")
    assert 0 < found.tables_typed <= found.tables


def test_the_same_is_typed_whatever_was_done_before() -> None:
    path = EXAMPLES[0]
    before = compile_file(path).document
    # Others have the types of the records resolved, as a converter does.
    for record in vars(records).values():
        if isinstance(record, type) and has(record):
            resolve_types(record)
    values = {record: value_fields(record) for record in (records.Amount, records.Indicator, records.Asset)}
    assert values == {
        records.Amount: ("value", "percent", "share"),
        records.Indicator: ("target", "weight"),
        records.Asset: ("quantity", "value"),
    }
    assert compile_file(path).document.coverage == before.coverage


@given(st.text("0123456789０５.．,，万元亿 \t\n、年A一收入预算增加"))
def test_no_more_is_typed_than_there_is(text: str) -> None:
    found = coverage(text)
    assert 0 <= found.money_typed <= found.money_figures <= sum(char.isdecimal() for char in text)
    assert 0 <= found.tables_typed <= found.tables
