"""The language is sound, and what would not be is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan.compiler.language.files import built_in, overlay
from yusuan.compiler.workbench.soundness import find_faults

LABELS, CONCEPTS = "lexicon/labels.toml", "lexicon/concepts.toml"


def test_the_built_in_language_is_sound() -> None:
    assert find_faults([built_in()]) == []


@pytest.mark.parametrize(
    ("name", "content", "fault", "line"),
    [
        ("sections/revenue.lark", "// 收入\n\n%extend REVENUE_HEADING: /甲(/", "broken", 3),
        ("sections/revenue.lark", "// 收入\n%extend _tail: _tail _tail", "broken", None),
        ("clauses/amount.lark", "// 金额\nlonely: NUMBER\n", "unreached", 2),
        ("clauses/amount.lark", "// 金额\n\nLONELY: /甲/\n", "unreached", 3),
        (
            "sections/reserve.lark",
            "%extend _report_section: x\nx: RESERVE_HEADING _tail\nRESERVE_HEADING: /甲/\n",
            "no_term",
            1,
        ),
        (
            "sections/reserve.lark",
            "// 甲\n%extend _report_section: x\nx: X_HEADING _tail\nX_HEADING: /甲/\n",
            "misnamed",
            4,
        ),
        (LABELS, '[labels]\nweight = ["考核权重"]\ntarget = ["考核权重"]', "hidden", 3),
        (LABELS, '[labels]\nweight = ["考核权重", "考核 权重"]', "twice", 2),
        (CONCEPTS, '[[concept]]\nname = "TrainingExpense"\npatterns = ["会议费"]', "taken", 3),
        (CONCEPTS, '[[concept]]\nname = "TrainingExpense"\npatterns = ["甲", "(乙+)+丙"]', "busy", 3),
        ("clauses/amount.lark", "// 金额\n%extend UP: /(涨+)+到/\n", "busy", 2),
        ("sections/revenue.lark", "// 收入\n\n%extend REVENUE_HEADING: /支出说明/\n", "collides", 3),
        (LABELS, '[labels]\nweight = ["考核权重"]\nheaviness = ["分量"]', "unread", 3),
        (LABELS, '[patterns]\nheaviness = "分量[0-9]"', "unread", 2),
    ],
)
def test_a_fault_is_told_with_its_place(name: str, content: str, fault: str, line: int | None, tmp_path: Path) -> None:
    path = tmp_path / "dialect" / name
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    [found] = find_faults([built_in(), overlay(str(tmp_path / "dialect"))])
    assert found.name == fault
    assert found.place.startswith(str(path))
    if line is not None:
        assert found.place == f"{path}:{line}"


def test_a_collision_with_a_reason_is_none(tmp_path: Path) -> None:
    path = tmp_path / "dialect" / "sections" / "revenue.lark"
    path.parent.mkdir(parents=True)
    comment = "// Tried after EXPENDITURE_HEADING: 支出说明 with 收入 in front of it comes here."
    path.write_text(f"// 收入\n\n{comment}\n%extend REVENUE_HEADING: /支出说明/\n", "utf-8")
    assert find_faults([built_in(), overlay(str(tmp_path / "dialect"))]) == []


def test_what_the_order_decides_is_not_what_a_comment_says(tmp_path: Path) -> None:
    path = tmp_path / "dialect" / "sections" / "revenue.lark"
    path.parent.mkdir(parents=True)
    comment = "// Tried before EXPENDITURE_HEADING: which it is not."
    path.write_text(f"// 收入\n\n{comment}\n%extend REVENUE_HEADING: /支出说明/\n", "utf-8")
    assert [one.name for one in find_faults([built_in(), overlay(str(tmp_path / "dialect"))])] == ["collides"]


def test_a_label_that_something_new_reads_is_read(tmp_path: Path) -> None:
    files = {
        LABELS: '[labels]\nheaviness = ["分量"]\nproject_fund = ["专款"]\n',
        CONCEPTS: '[table]\nproject_fund = "ProjectExpenditure"\n',
        "tables/scales.toml": '# 衡器\n[columns.weight]\nlabels = ["<heaviness>"]\nrequired = true\n',
    }
    for name, content in files.items():
        path = tmp_path / "dialect" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    assert find_faults([built_in(), overlay(str(tmp_path / "dialect"))]) == []
