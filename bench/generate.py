"""Big reports for the benchmark: one report's shape over and over, every name and figure invented.

`python bench/generate.py LINES` prints one. As in real reports, two lines in three are cells of tables, a
line has some 30 bytes, the parts of an amount add up, and numbering styles change from report to report. All
are of the same length and mixture, so that the cost of a line can be compared between documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import count, islice
from random import Random

PLACES = ("云溪", "柳川", "石桥", "青岚", "望泉", "松陵", "东浦", "南坞", "沙洲", "白鹭", "平湖", "长汀")
OFFICES = ("水务局", "园林绿化中心", "文化馆", "档案馆", "老龄工作办公室", "农机推广站", "街道办事处")
PROJECTS = ("河道清淤", "古树养护", "路灯节能改造", "雨水管网普查", "果园灌溉", "健身步道修缮", "公厕提升")
MATTERS = (*PROJECTS, "社区食堂", "图书流动车", "夜间消防巡查", "村史整理", "桥梁检测", "老旧电梯更新")
VERBS = ("制定", "落实", "检查", "总结", "协调", "推广", "评估", "指导")
AIMS = ("让居民出行更方便", "在汛期之前消除隐患", "使设施完好率逐年上升", "减少同类投诉", "留下完整的台账")
MEASURES = ("联合巡查", "公开招标", "分段验收", "季度通报", "入户走访", "第三方检测")
INDICATORS = (
    ("产出指标", "数量指标", ("处", "场", "公里", "台", "份")),
    ("", "质量指标", ("%",)),
    ("", "时效指标", ("%", "天")),
    ("", "成本指标", ("万元",)),
    ("效益指标", "社会效益指标", ("%", "人次")),
    ("", "可持续影响\n指标", ("%", "年")),
    ("满意度指标", "服务对象\n满意度指标", ("%",)),
)
GOODS = (
    ("投影仪", "A020202", "台"),
    ("档案柜", "A060503", "组"),
    ("巡查用无人机", "A021299", "架"),
    ("打印纸", "A090101", "箱"),
)
TERMS = (
    ("基本支出", "单位维持日常运转所花的人员和公用两部分钱"),
    ("项目支出", "为做成一件专门的事而另外安排的钱"),
    ("结转资金", "当年没有用完、下一年仍按原来用途使用的钱"),
    ("政府采购", "单位用财政性资金依法购买货物、工程和服务的活动"),
)
CHINESE_DIGITS = "一二三四五六七八九"


def generate(lines: int, seed: int = 0) -> str:
    """A document of exactly `lines` lines; the same lines for the same seed, on every machine."""
    random = Random(seed)
    endless = (line for number in count() for line in _report(random, number))
    return "".join(f"{line}\n" for line in islice(endless, lines))


def _report(random: Random, number: int) -> Iterator[str]:
    """One report. Sums of money are in hundredths of 万元 until they are written."""
    year = 2018 + number % 8
    name = f"{random.choice(PLACES)}区{random.choice(OFFICES)}"
    headings = _headings("第{}部分：{}" if number % 2 else "{}、{}")
    subheadings = "{}、{}" if number % 2 else "（{}）{}"
    projects = [f"{place}{random.choice(PROJECTS)}" for place in random.sample(PLACES, 3)]

    personnel, routine = random.randint(20_000, 90_000), random.randint(2_000, 9_000)
    budgets = [random.randint(300, 30_000) for _ in projects]
    basic, total = personnel + routine, personnel + routine + sum(budgets)
    before = total + random.randint(-9_000, 9_000)

    yield from (name, f"{year}年部门预算公开说明", "", f"现把{name}{year}年度的预算向社会说明如下：")
    yield next(headings).format("部门职责及机构设置情况")
    yield subheadings.format("一", "部门职责")
    for item in range(1, 8):
        yield f"{item}、{_sentences(random, 1 + item % 3)}"
        if number % 3 == 0:
            yield ""
    yield subheadings.format("二", "机构设置")
    yield from _table(
        ("单位名称", "单位性质", "单位规格", "经费保障形式"),
        (name, "行政", "正科级", "财政拨款"),
        (f"{name}服务站", "事业", "股级", "财政性资金基本保证"),
    )

    yield next(headings).format("部门预算安排的总体情况")
    yield subheadings.format("一", "收入说明")
    yield (
        f"{year}年预算收入{_money(total)}万元，其中：一般公共预算收入{_money(total)}万元，"
        f"事业收入0万元，其他收入0万元。"
    )
    yield subheadings.format("二", "支出说明")
    yield (
        f"{year}年支出预算{_money(total)}万元，其中：基本支出{_money(basic)}万元，"
        f"包括人员经费{_money(personnel)}万元和日常公用经费{_money(routine)}万元；"
        f"项目支出{_money(total - basic)}万元，用于{'、'.join(projects)}。"
    )
    yield subheadings.format("三", "比上年增减情况")
    yield (
        f"{year}年预算收支安排{_money(total)}万元，较{year - 1}年预算{'减少' if total < before else '增加'}"
        f"{_money(abs(total - before))}万元，主要原因是{random.choice(projects)}的工作量有变化。"
    )

    yield next(headings).format("机关运行经费安排情况")
    office, post = routine // 3, routine // 5
    yield (
        f"{year}年机关运行经费安排{_money(routine)}万元，其中：办公费{_money(office)}万元，邮电费{_money(post)}万元，"
        f"其他支出{_money(routine - office - post)}万元。"
    )

    yield next(headings).format("财政拨款“三公”经费预算情况及增减变化原因")
    vehicles, reception = random.randint(100, 900), random.randint(10, 99)
    yield (
        f"{year}年“三公”经费预算{_money(vehicles + reception)}万元，其中：因公出国（境）费0万元，"
        f"公务用车运行维护费{_money(vehicles)}万元，公务接待费{_money(reception)}万元。"
    )

    yield next(headings).format("绩效预算信息")
    yield subheadings.format("一", "总体绩效目标")
    for item in range(1, 5):
        yield f"{item}、以{random.choice(MATTERS)}为重点。{_sentences(random, item)}"
    yield subheadings.format("二", "项目绩效目标")
    for item, (project, budget) in enumerate(zip(projects, budgets, strict=True), start=1):
        yield f"{item}、{project}绩效目标表"
        yield from _project(random, project, budget, code=f"{number:04d}-{item:02d}")

    yield next(headings).format("政府采购预算情况")
    purchases = [(goods, random.randint(1, 40), random.randint(5, 300)) for goods in GOODS]
    yield f"{year}年，安排政府采购预算{_money(sum(amount * price for _, amount, price in purchases))}万元。"
    yield from _table(
        ("采购物品名称", "政府采购目录序号", "计量单位", "数量", "单价", "合计"),
        *(
            (goods, code, unit, str(amount), _money(price), _money(amount * price))
            for (goods, code, unit), amount, price in purchases
        ),
    )

    yield next(headings).format("国有资产信息")
    building, other = random.randint(9_000, 99_000), random.randint(900, 9_000)
    yield f"上年末固定资产总额{_money(building + other)}万元。"
    yield from _table(
        ("项目", "数量", "价值（单位：万元）"),
        ("资产总额", "——", _money(building + other)),
        ("1、房屋（平方米）", f"{random.randint(900, 9_000):,}.00", _money(building)),
        ("2、其他固定资产", "", _money(other)),
    )

    yield next(headings).format("名词解释")
    for item, (term, definition) in enumerate(TERMS, start=1):
        yield f"{item}、{term}：指{definition}。"
    yield next(headings).format("其他需要说明的事项")
    yield from ("没有其他需要说明的事项。", "")


def _project(random: Random, project: str, budget: int, code: str) -> Iterator[str]:
    """A project's tables: budget and plan of spending, then the indicators."""
    yield from _table(
        ("项目编码", code, "项目名称", project),
        (
            "资金规模及资金用途",
            f"预算数{_money(budget)}万元。其中：财政资金{_money(budget)}万元，其他资金0万元。用于{project}的勘察、施工和看护。",
        ),
        ("资金支出计划\n（%）", "3月底", "6月底", "9月底", "12月底"),
        ("", *(str(percent) for percent in sorted(random.sample(range(5, 96, 5), 3))), "100"),
        ("总体目标", "目标1", f"通过{random.choice(MEASURES)}，{random.choice(AIMS)}。"),
        ("", "目标2", f"完成{project}的全部内容。"),
    )
    yield from _table(
        ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
        *(
            (
                level1,
                level2,
                f"{random.choice(MATTERS)}完成情况",
                f"反映{project}在本年度内按计划实际做成了多少" if units[0] != "%" else "做成的除以计划的",
                f"{random.choice('≥≤')}{random.randint(2, 100)}{random.choice(units)}",
                random.choice(("年度工作计划", "行业标准", "问卷调查")),
            )
            for level1, level2, units in INDICATORS
        ),
    )


def _sentences(random: Random, number: int) -> str:
    return "".join(
        f"{random.choice(VERBS)}{'、'.join(random.sample(MATTERS, 3))}等方面的工作，"
        f"采取{random.choice(MEASURES)}的办法，{random.choice(AIMS)}。"
        for _ in range(number)
    )


def _headings(pattern: str) -> Iterator[str]:
    """The numbered patterns of the report's sections, in order, each with a place left for the title."""
    return (pattern.format(digit, "{}") for digit in CHINESE_DIGITS)


def _table(*rows: tuple[str, ...]) -> Iterator[str]:
    """A table as a converter lays it out: a TAB before each cell, a blank line after row and table."""
    for row in rows:
        for cell in row:
            yield from f"\t{cell}".split("\n")
        yield ""
    yield ""


def _money(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Print an invented report.")
    parser.add_argument("lines", type=int, help="how many lines")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives other names and figures")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file at run time
    sys.stdout.write(generate(arguments.lines, arguments.seed))


if __name__ == "__main__":
    main()
