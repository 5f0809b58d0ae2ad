"""Repairs of lost layout that no reader of a richer format needs."""

from __future__ import annotations

import pytest

from yusuan import compile_text
from yusuan.ir.document import Document

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "权重", "指标值确定依据")
ROWS = (("产出指标", "数量指标", "巡河次数", "≥24次", "20", "计划"), ("", "", "清淤里程", "≥8公里", "10", "计划"))


def table(*rows: tuple[str, ...]) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)


@pytest.mark.parametrize("at", range(1, len(HEAD)))
def test_below_a_torn_header_rows_are_as_wide_as_all_of_it(at: int) -> None:
    text = "某县水利局2024年部门预算\n{}"
    whole = compile_text(text.format(table(HEAD, *ROWS)))
    torn = compile_text(text.format(table(HEAD[:at], HEAD[at:], *ROWS)))
    assert [one.code for one in torn.diagnostics] == ["BD101"]
    assert whole.diagnostics == ()
    assert indicators(whole.document) == indicators(torn.document)
    assert indicators(torn.document) == [("产出指标", "巡河次数", "≥24次"), ("产出指标", "清淤里程", "≥8公里")]


def indicators(document: Document) -> list[tuple[str, ...]]:
    return [
        tuple(part.text if part else "" for part in (one.level1, one.level3, one.target)) for one in document.indicators
    ]
