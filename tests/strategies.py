"""Hypothesis strategies for texts: any text at all, and reports with their lines, cells and characters disturbed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

ROOT: Final = Path(__file__).resolve().parents[1]
EXAMPLES: Final = sorted((ROOT / "examples").glob("*.txt"))
"""Reports of invented departments, part of the project."""

SHARED: Final = ROOT.parent / "shared"
"""Real reports, beside the checkout where there are any."""

REPORTS: Final = sorted((SHARED / "reports").glob("*.txt"))
OTHERS: Final = sorted((SHARED / "corpus").glob("*.txt"))

_WINDOW: Final = 120
_PIECES: Final = (
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\n\n\n",
    " ",
    "\u3000",
    "\0",
    "\ufeff",
    "[bookmark: _Toc1]",
    "一、",
    "（一）",
    "1、",
    "第一部分",
    "- 3 -",
    "目录",
    "……………",
    "一、部门职责及机构设置情况\n",
    "二、部门预算安排的总体情况\n",
    "五、绩效预算信息\n",
    "八、名词解释\n",
    "2024年",
    "支出预算",
    "比上年",
    "增加",
    "减少（",
    "1,234.50",
    "１２",
    "万元",
    "%",
    "。",
    "，",
    "；",
    "≥",
    "≤90%",
    "其中：",
    "主要原因是",
    "单位：万元",
    "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n",
    "\t项目名称\n\t甲\n\n",
    "\t绩效目标\n\t1、甲；2、乙\n\n",
    "\t合计\n\t1\n\n",
    "指",
)

ANY_TEXT: Final = st.text(st.characters(), max_size=60)
"""Any Unicode text, lone surrogates and control characters among it."""

PATCHWORK: Final = st.lists(st.sampled_from(_PIECES) | st.text(st.characters(), max_size=4), max_size=30).map("".join)
"""Pieces that mean something to the compiler, in any order, with anything between."""


@cache
def report(path: Path) -> str:
    """A report's text, line ends as they stand."""
    return path.read_bytes().decode("utf-8-sig")


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(report(path).splitlines(keepends=True))


@st.composite
def disturbed_reports(draw: st.DrawFn) -> str:
    """A stretch of a report with lines left out, doubled, swapped, broken, and characters replaced."""
    lines = _lines(draw(st.sampled_from([*EXAMPLES, *REPORTS, *OTHERS])))
    start = draw(st.integers(0, max(0, len(lines) - 10)))
    text = list(lines[start : start + _WINDOW])
    for _ in range(draw(st.integers(0, 6))):
        at, other = draw(st.integers(0, len(text) - 1)), draw(st.integers(0, len(text) - 1))
        match draw(st.sampled_from(("drop", "double", "swap", "insert", "cut", "replace"))):
            case "drop":
                text[at] = ""
            case "double":
                text[at] *= 2
            case "swap":
                text[at], text[other] = text[other], text[at]
            case "insert":
                text[at] += draw(st.sampled_from(_PIECES))
            case "cut":
                text[at] = text[at][: draw(st.integers(0, len(text[at])))]
            case _:
                place = draw(st.integers(0, len(text[at])))
                text[at] = text[at][:place] + draw(st.characters()) + text[at][place + 1 :]
    return "".join(text)


TEXTS: Final = st.one_of(ANY_TEXT, PATCHWORK, disturbed_reports())
"""Texts of every kind."""
