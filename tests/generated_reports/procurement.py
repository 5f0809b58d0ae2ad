"""政府采购: the section, and its text."""

from __future__ import annotations

from tests.generated_reports.draft import ZERO, Heading
from tests.generated_reports.pen import Pen
from tests.generated_reports.procurement_table import write_table


def procurement(pen: Pen, level: int) -> Heading:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    heading = pen.heading(
        level,
        "procurement",
        (
            "政府采购预算情况",
            "政府采购安排情况",
            "关于政府采购的说明",
            "政府采购情况说明",
            "政府采购情况的说明",
            "政府采购预算安排情况",
        ),
    )
    places = max(plan.decimals, 2)
    if not plan.purchases:
        words = (
            f"{pen.year()}年，{plan.me}安排政府采购预算{pen.amount(ZERO)}。",
            f"{plan.me}{pen.year()}年无政府采购预算。空表列示。",
        )
        draft.paragraph(pick("procurement/none", words))
        if dice.chance("procurement/empty", 0.4):
            empty = [[""] * 8, [""] * 8]
            draft.table(
                [
                    ["采购项目", "采购品目", "目录序号", "计量单位", "数量", "单价", "合计", "备注"],
                    ["合计", *[""] * 7],
                    *empty,
                ]
            )
        return heading
    total = pen.amount(plan.procurement, decimals=places)
    pen.same["procurement-text-table/total"].append(total.figure)
    lead = pick(
        "procurement/lead",
        (
            "{y}年，{me}安排政府采购预算{t}",
            "{me}{y}年政府采购预算{t}",
            "{y}年{me}政府采购预算总额{t}",
            "{y}年度政府采购支出预算合计{t}",
            "{y}年编列政府采购预算{t}",
            "{y}年{me}纳入政府采购范围的支出{t}",
            "{me}{y}年政府采购规模为{t}",
            "{y}年计划实施政府采购{t}",
            "{y}年政府采购计划金额{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    text = lead
    if dice.chance("procurement/classes", 0.4):
        kinds = (("A", "货物"), ("B", "工程"), ("C", "服务"))
        pieces, figures = [], []
        form = pick("procurement/class", ("政府采购{}预算{}", "{}类{}", "采购{}{}", "{}类采购预算{}"))
        for letter, word in kinds:
            money = sum((each.amount for each in plan.purchases if each.code[0] == letter), ZERO)
            if money or dice.chance("procurement/class/zero", 0.7):
                part = pen.amount(money, decimals=places)
                figures.append(part.figure)
                pieces.append(form.format(word, part))
                pen.same[f"procurement-class-table/{letter}"].append(part.figure)
        draft.sum("procurement-classes", total.figure, figures)
        text += f"，{pick('procurement/class/start', ('其中：', '其中，', '其中', '按类别分，'))}{'、'.join(pieces)}"
    see = pick("procurement/see", ("具体内容见下表。", "详见下表。", "明细附后。", ""))
    draft.paragraph(f"{text}。{see}")
    write_table(pen, places)
    return heading
