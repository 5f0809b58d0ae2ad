"""Whether any part grows faster than its input: documents of one thing over and over, and of four times as many.

    python bench/growth.py [KIND...]    how many times as long the part takes that grows fastest, for each kind

It reports and never fails, as `run.py` does; `tests/test_growth.py` asks for it with room to spare.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from time import process_time
from typing import Final

from yusuan import compile_text
from yusuan.compiler.checks import inspect
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.registry import BUILT_IN, find

TIMES: Final = 4
"""How many times as large the larger document is."""
NOISE: Final = 0.02
"""Seconds; shorter times say nothing about growth."""
TARGET: Final = 6.0
"""How many times as long a part may take for a document that is `TIMES` as large: a square takes 16 times."""
REPEATS: Final = 3
SIZE: Final = 400
"""How often the smaller document has what it is of."""

_TITLE: Final = "云溪市桥梁处2024年部门预算公开\n"
_PROSE: Final = f"{_TITLE}二、部门预算安排的总体情况\n2、支出说明\n支出预算1000万元，"
_PERFORMANCE: Final = f"{_TITLE}五、绩效预算信息\n1、预算项目绩效目标\n"
_INDICATORS: Final = ("一级指标", "二级指标", "三级指标", "指标值")
_PURCHASES: Final = ("采购物品名称", "政府采购目录序号", "计量单位", "数量", "单价", "合计")
_NUMERALS: Final = "一二三四五六七八九"


def _prose(sentence: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: _PROSE + "".join(map(sentence, range(number))) + "\n"


def _lines(line: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: _TITLE + "".join(f"{line(at)}\n" for at in range(number))


def _rows(heading: str, header: tuple[str, ...], row: Callable[[int], tuple[str, ...]]) -> Callable[[int], str]:
    def document(number: int) -> str:
        rows = (header, *map(row, range(number)))
        return heading + "".join("".join(f"\t{cell}\n" for cell in cells) + "\n" for cells in rows)

    return document


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "shares in one line": _prose(lambda at: f"基本支出{at % 97 + 1}.5万元，占支出预算的{at % 89}.3%，"),
    "changes with percentages": _prose(
        lambda at: f"2024年基本支出{at + 120}.5万元，较上年增加3.2万元，增长{at % 50}%。"
    ),
    "changes that contradict": _prose(
        lambda at: f"2024年基本支出{120 + at}.5万元，2023年基本支出{90 + at % 17}.1万元，增加{3 + at % 5}.7万元。"
    ),
    "one figure said differently": _prose(lambda at: f"支出预算{310 + at}万元，"),
    "sums that do not come out": _lines(
        lambda at: f"一、收入说明\n收入预算{310 + at}万元，其中：一般公共预算收入{260 + at % 13}万元，其他收入10万元。"
    ),
    "sections": _lines(
        lambda at: f"{_NUMERALS[at % 9]}、收入说明\n支出预算{100 + at}万元，较上年增加{at}万元，增长{at % 9}%。"
    ),
    "bounds in one cell": lambda number: _rows(
        _PERFORMANCE, _INDICATORS, lambda _: ("甲", "乙", "丙", "".join(f"≥{at}次；" for at in range(number)))
    )(1),
    "the same bound in one cell": lambda number: _rows(
        _PERFORMANCE, _INDICATORS, lambda _: ("甲", "乙", "丙", "≥30次；" * number)
    )(1),
    "indicators": _rows(_PERFORMANCE, _INDICATORS, lambda at: ("产出指标", "数量指标", f"甲{at}", f"≥{at}个")),
    "the same indicator": _rows(_PERFORMANCE, _INDICATORS, lambda _: ("产出指标", "数量指标", "甲", "≥30个")),
    "purchases": _rows(
        f"{_TITLE}六、政府采购预算情况\n", _PURCHASES, lambda at: (f"物{at}", "A0202", "台", "3", "1.5", f"{at}.5")
    ),
    "assets": _rows(
        f"{_TITLE}七、国有资产信息\n",
        ("项目", "数量", "价值（单位：万元）"),
        lambda at: (f"{at}、其他固定资产", "2", f"{at}.5"),
    ),
    "plans": lambda number: (
        _PERFORMANCE
        + "".join(
            f"{at}、甲{at}项目绩效目标表\n\t资金支出计划（%）\n\t3月底\n\t6月底\n\t9月底\n\t12月底\n\n\t\n\t50\n\t40\n\t60\n\t90\n\n"
            for at in range(number)
        )
    ),
}
"""What a document has over and over."""


def parts(text: str) -> Iterator[tuple[str, float]]:
    """The parts that work on a document, each with the seconds that it took."""
    start = process_time()
    compilation = compile_text(text, checks=False)
    yield "text to IR", process_time() - start
    start = process_time()
    inspect(compilation.document, compilation.source, built_in_language())
    yield "checks", process_time() - start
    document = compile_text(text).document
    for name in BUILT_IN:
        start = process_time()
        for _ in find(name).package([document]):
            pass
        yield name, process_time() - start


def growth(kind: str, size: int = SIZE) -> dict[str, float]:
    """How many times as long each part takes for a document that is larger by `TIMES`."""
    before = dict(parts(KINDS[kind](size)))
    return {part: seconds / max(before[part], NOISE) for part, seconds in parts(KINDS[kind](TIMES * size))}


def main() -> None:
    growth("sections", 1)  # what is made once for all documents is made now
    print(f"\n{TIMES} times the document: how many times as long the part takes that grows fastest, best of {REPEATS}")
    worst = 0.0
    for kind in sys.argv[1:] or KINDS:
        measured = [growth(kind) for _ in range(REPEATS)]
        times, part = max((min(one[part] for one in measured), part) for part in measured[0])
        worst = max(worst, times)
        print(f"{times:>6.1f}  {part:<12}{kind}", flush=True)
    print(f"fastest growth {worst:.1f}   target < {TARGET:g}   {'met' if worst < TARGET else 'MISSED'}")


if __name__ == "__main__":
    main()
