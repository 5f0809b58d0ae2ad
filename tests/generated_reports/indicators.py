"""绩效指标: the rows of targets of a project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen
from tests.generated_reports.targets import Indicator, target_cells


def indicators(
    pen: Pen,
    index: int,
    layout: str,
    rows: list[list[str]],
    marks: list[Callable[[list[Span]], None]],
) -> None:
    """The table of targets, in one of several layouts."""
    dice, pick = pen.dice, pen.dice.pick
    head = ["一级指标", "二级指标", "三级指标"]
    described = layout in ("inline", "cells", "two")
    if layout == "inline":
        rows.append([*head, "绩效指标描述", pick("indicators/value", ("指标值", "指标值", "目标值")), "指标值确定依据"])
    elif layout == "two":
        rows.append([*head, "绩效指标描述", "指标值", "指标值确定依据"])
    elif layout == "cells":
        rows.append([*head, "绩效指标描述", "指标值", "指标值确定依据"])
        rows.append(["", "", "", "", "符号", "值", "单位（文字描述）", ""])
    elif layout == "weights":
        rows.append([*head, pick("indicators/value", ("指标值", "年度指标值", "目标值")), "分值"])
    else:
        rows.append([*head, "指标性质", "指标值", "度量单位", "权重"])
    chosen = _chosen_indicators(pen, index)
    merged = dice.chance("indicators/merged", 0.75)
    twice = dice.random(f"project/{index}/twice").randrange(len(chosen) - 1)
    weight = dice.pick("indicators/weight", (5, 10))
    last1 = last2 = ""
    for number, each in enumerate(chosen):
        cells = target_cells(pen, f"project/{index}/target/{number}", each, layout)
        level1 = "" if merged and each.level1 == last1 else each.level1
        level2 = (
            ""
            if merged and not level1 and each.level2 == last2 and dice.chance("indicators/both", 0.4)
            else each.level2
        )
        last1, last2 = each.level1, each.level2
        row = [level1, level2, each.name, *([each.description] if described else []), *cells]
        row.append(each.basis if described else str(weight))
        rows.append(row)
        if number == twice:
            again = ["" if merged else each.level1, "" if merged and not level2 else each.level2, *row[2:]]
            marks.append(partial(_twice, pen, len(rows) - 1, again))


def _twice(pen: Pen, index: int, again: list[str], starts: list[Span]) -> None:
    """A row of targets can come a second time, right after itself."""
    draft = pen.draft
    start = starts[index]
    second = draft.span("")
    copied = "".join(f"\t{cell or draft.empty_cell}\n" for cell in again)
    if index + 1 < len(starts):
        # The copy goes in front of the next row.
        draft.edit("indicator-twice", (starts[index + 1], f"{second}{copied}\n{draft.span('')}"), at=(start, second))


def _chosen_indicators(pen: Pen, index: int) -> list[Indicator]:
    plan, dice, pick = pen.plan, pen.dice, pen.dice.pick
    served = pick("served", plan.domain.served)
    effect = pick("indicators/effect", ("效果指标", "效益指标", "效益指标"))
    project = plan.projects[index]
    name, unit, low, high = project.thing
    at = f"project/{index}"
    between = dice.between

    def basis(key: str) -> str:
        sources = (
            "工作计划",
            "年度工作计划",
            "实施方案",
            "历史数据",
            "行业标准",
            f"{plan.year - 1}年完成情况",
            "预算批复",
        )
        return pick(f"{at}/basis/{key}", sources)

    chosen = [
        Indicator(
            "产出指标",
            "数量指标",
            name,
            f"反映全年{name}",
            "ge",
            str(between(f"{at}/n", low, high)),
            unit,
            basis("n"),
        )
    ]
    if dice.chance(f"{at}/frequency", 0.3):
        times = str(between(f"{at}/times", 4, 52))
        chosen.append(Indicator("产出指标", "数量指标", "巡查频次", "每年巡查的次数", "ge", times, "次/年", basis("f")))
    done = pick(f"{at}/done", ("任务完成率", "计划完成率", "工作完成率", "项目完成率"))
    chosen.append(
        Indicator(
            "产出指标",
            "数量指标" if dice.chance(f"{at}/done/number", 0.4) else "质量指标",
            done,
            "实际完成数占计划数的比率",
            "ge",
            str(between(f"{at}/done/low", 18, 20) * 5),
            "%",
            basis("d"),
            "completion",
        )
    )
    good = pick(f"{at}/good", ("验收合格率", "资金发放准确率", "设备完好率", "政策知晓率", "服务覆盖率"))
    chosen.append(
        Indicator(
            "产出指标",
            "质量指标",
            good,
            "合格（达标）数占总数的比例",
            pick(f"{at}/good/operator", ("ge", "ge", "eq")),
            str(between(f"{at}/good/low", 90, 100)),
            "%",
            basis("g"),
            "good",
        )
    )
    bad_chance = 1.0 if dice.chance("indicators/bad", 0.1) and index == 0 else 0.35
    if dice.chance(f"{at}/bad", bad_chance):
        evil = pick(f"{at}/evil", ("差错率", "投诉率", "事故发生率", "漏报率", "辍学率", "退件率", "设备故障率"))
        mille = dice.chance(f"{at}/mille", 0.25)
        value = str(between(f"{at}/bad/high", 1, 5))
        chosen.append(
            Indicator(
                "产出指标",
                "质量指标",
                evil,
                "反向指标，越低越好",
                "le",
                value,
                "‰" if mille else "%",
                basis("b"),
                "bad",
            )
        )
    if dice.chance(f"{at}/time", 0.6):
        kind = pick(f"{at}/time/kind", ("month", "month", "days", "hours", "rate"))
        if index == 0 and dice.chance("indicators/month", 0.1):
            kind = "month"
        month, days = str(between(f"{at}/month", 6, 12)), str(between(f"{at}/days", 2, 60))
        times_row = {
            "month": ("完成时间", "全部任务完成的月份", "le", month, "月份", "month"),
            "days": ("办结时限", "受理到办结所用时间", "le", days, "个工作日", ""),
            "hours": ("应急响应时间", "接报后到场所用的时间", "le", days, "分钟", ""),
            "rate": ("资金支付及时率", "按时支付资金占应支付资金的比率", "ge", "95", "%", "good"),
        }[kind]
        chosen.append(Indicator("产出指标", "时效指标", *times_row[:5], basis("t"), times_row[5]))
    elif index == 0 and dice.chance("indicators/month", 0.1):
        month = str(between(f"{at}/month", 6, 12))
        chosen.append(
            Indicator("产出指标", "时效指标", "完成时间", "完工的月份", "le", month, "月份", basis("t"), "month")
        )
    if dice.chance(f"{at}/cost", 0.6):
        own = dice.chance(f"{at}/cost/own", 0.5)
        cost = f"{project.budget:f}" if own else str(between(f"{at}/cost/each", 20, 900))
        label = "项目总成本" if own else pick(f"{at}/cost/label", ("单位成本", "人均补助标准"))
        what = "项目总支出控制在预算以内" if own else "平均每个对象的支出"
        chosen.append(Indicator("产出指标", "成本指标", label, what, "le", cost, "万元" if own else "元", basis("c")))
    effects = (
        (
            "社会效益指标",
            f"{served}受益程度",
            "受益情况的变化",
            "is",
            pick(f"{at}/better", ("明显提高", "较大改善")),
            "",
            "",
        ),
        ("社会效益指标", "有效投诉件数", "查实的投诉", "le", str(between(f"{at}/complaints", 1, 9)), "件", ""),
        ("社会效益指标", "安全责任事故", "发生的责任事故", "eq", "0", "起", ""),
        ("社会效益指标", "参与人次增长率", "与上年相比", "ge", str(between(f"{at}/growth", 105, 180)), "%", ""),
        ("经济效益指标", "带动增收幅度", "同比增长", "ge", str(between(f"{at}/income", 3, 12)), "%", ""),
        (
            "生态效益指标",
            "单位面积能耗",
            "每平方米耗电量",
            "le",
            str(between(f"{at}/energy", 20, 90)),
            "千瓦时",
            "",
        ),
        ("生态效益指标", "能源消耗下降率", "与上年相比", "ge", str(between(f"{at}/saved", 2, 6)), "%", ""),
        (
            "可持续影响指标",
            "长效机制",
            "制度是否健全",
            "is",
            pick(f"{at}/lasting", ("基本健全", "逐步完善")),
            "",
            "",
        ),
        ("可持续影响指标", "正常使用年限", "设施使用年限", "ge", str(between(f"{at}/years", 3, 15)), "年", ""),
    )
    picked = dice.sample(f"{at}/effects", effects, between(f"{at}/effects/count", 1, 2))
    for level2, label, what, operator, value, measure, tag in sorted(picked, key=effects.index):
        chosen.append(Indicator(effect, level2, label, what, operator, value, measure, basis(label), tag))
    who = pick(f"{at}/who", (f"{served}满意度", "服务对象满意度", f"{served}满意率", "群众满意度"))
    least = str(between(f"{at}/satisfied", 80, 98))
    survey = pick(f"{at}/survey", ("问卷调查", "问卷", "抽样调查"))
    what = f"受访者中表示满意的比例（{pick(f'{at}/asked', ('抽样', '入户', '电话'))}）"
    chosen.append(Indicator("满意度指标", "服务对象满意度指标", who, what, "ge", least, "%", survey, "satisfaction"))
    return chosen
