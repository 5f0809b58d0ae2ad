"""Figures of a million digits: every format writes them, whole, beside everything else."""

from __future__ import annotations

import json
from typing import Final

import pytest

from yusuan import compile_text
from yusuan.emitters.registry import BUILT_IN, find
from yusuan.ir.document import Document

# More than the exponents that a decimal context knows unless it is told otherwise.
DIGITS: Final = "7" * 1_000_100
TITLE: Final = "云溪市桥梁处2024年部门预算公开\n"
PROSE: Final = f"{TITLE}二、部门预算安排的总体情况\n2、支出说明\n"
CHANGES: Final = "2024年基本支出120.5万元，2023年基本支出90.1万元，增加3.7万元，公用经费"
TABLE: Final = f"{TITLE}五、绩效预算信息\n\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n\t甲\n\t乙\n\t丙\n\t"
KINDS: Final = {
    "sentence": f"{PROSE}支出预算{DIGITS}万元，其中：基本支出{DIGITS}万元，项目支出1万元。支出预算5万元。\n",
    "decrease": f"{PROSE}支出预算5万元，较上年减少{DIGITS}.5万元，下降{DIGITS}%。\n",
    "changes": f"{PROSE}{CHANGES}{DIGITS}万元。\n{CHANGES.replace('增加', f'甲{DIGITS}万元，增加')}1万元。\n",
    "decimals": f"{PROSE}支出预算1.{DIGITS}万元，其中：基本支出0.{DIGITS}万元，占0.{DIGITS}%。\n",
    "zeros": f"{PROSE}支出预算5{'0' * len(DIGITS)}万元，其中：基本支出0.{'0' * len(DIGITS)}万元。\n",
    "target": f"{TABLE}≥{DIGITS}个\n\n",
    "percent": f"{TABLE}≥{DIGITS}%\n\n",
    "range": f"{TABLE}{DIGITS}-{DIGITS}8个\n\n",
    "cell": f"{TITLE}七、国有资产信息\n\t项目\n\t数量\n\t价值（单位：万元）\n\n\t资产总额\n\t{DIGITS}\n\t{DIGITS}\n\n",
    "year": f"{PROSE}{DIGITS}年支出预算5万元。\n",
    "ordinal": f"{TITLE}二、部门预算安排的总体情况\n{DIGITS[:100_000]}、支出说明\n支出预算5万元。\n",
}


@pytest.fixture(scope="module", params=KINDS)
def document(request: pytest.FixtureRequest) -> Document:
    compilation = compile_text(KINDS[request.param], "long")
    assert not [one.message for one in compilation.diagnostics if one.code == "BD901"]
    return compilation.document


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_format_writes_it(name: str, document: Document) -> None:
    healthy = compile_text(f"{PROSE}支出预算5万元。\n", "healthy").document
    written = {file: len(chunk) for file, chunk in find(name).package([document, healthy])}
    assert written


def test_nothing_is_rounded() -> None:
    made = compile_text(f"{PROSE}支出预算{DIGITS}万元，其中：基本支出{DIGITS}万元，项目支出3万元。\n", "long").document
    facts = json.loads("".join(map(str, find("xbrl-json").stream([made]))))["facts"]
    values = {fact["dimensions"]["concept"].partition(":")[2]: fact["value"] for fact in facts.values()}
    assert values["Expenditure"] == values["BasicExpenditure"] == f"{DIGITS}0000"
    # What the parts leave of the total.
    assert values["ExpenditureNotListed"] == "-30000"
