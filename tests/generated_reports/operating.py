"""机关运行经费: the operating expense and its items."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from tests.generated_reports.changes import cause_of, change_of
from tests.generated_reports.draft import Heading
from tests.generated_reports.pen import Pen

_ITEMS: Final = ("办公费", "印刷费", "水费", "电费", "邮电费", "取暖费", "物业管理费", "差旅费", "维修（护）费")
_MORE_ITEMS: Final = ("会议费", "培训费", "劳务费", "工会经费", "福利费", "其他交通费用", "租赁费", "咨询费")


def operating(pen: Pen, level: int) -> Heading:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    heading = pen.heading(
        level,
        "operating",
        ("机关运行经费安排情况", "机关运行经费情况说明", "机关运行经费安排情况说明", "机关运行经费"),
    )
    total, slack = pen.total("operating", plan.routine)
    pen.same["routine-operating/routine"].append(total.figure)
    lead = pick(
        "operating/lead",
        (
            "{y}年，{me}机关运行经费共计安排{t}",
            "{y}年{me}机关运行经费安排{t}",
            "{me}{y}年机关运行经费财政拨款预算{t}",
            "{me}{y}年机关运行经费合计{t}",
            "{y}年度安排机关运行经费{t}",
            "{y}年机关运行经费支出预算为{t}",
            "{me}{y}年用于机关运行的公用经费（机关运行经费）{t}",
            "{y}年，财政拨款安排的机关运行经费为{t}",
            "机关运行经费{y}年预算数{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    change = ""
    if dice.chance("operating/change", 0.4):
        before = plan.routine
        if not dice.chance("operating/same", 0.15):
            share = Decimal(dice.between("operating/share", 85, 118)) / 100
            before = (plan.routine * share).quantize(Decimal(1).scaleb(-plan.decimals))
            before += 0 if before != plan.routine else Decimal(4).scaleb(-plan.decimals)
        words = change_of(pen, "operating/change", total.figure, plan.routine, before)
        change = f"，{words}{cause_of(pen, 'operating', plan.routine, before)}"
    form = pick("operating/form", ("use", "use", "items", "items", "partial"))
    if form == "use":
        uses = (
            "主要用于办公区日常维修、水电、取暖和物业管理等日常运行支出",
            "用于保障机关日常运转",
            "主要用于办公、印刷、差旅和会议等开支",
        )
        draft.paragraph(f"{lead}{change}，{pick('operating/use', uses)}。")
        return heading
    items = _operating_items(pen)
    if form == "partial":
        items = sorted(items, key=lambda item: -item[1])[:2]
    figures, pieces = [], []
    for label, amount in items:
        part = pen.amount(amount)
        figures.append(part.figure)
        if label == "公务用车运行维护费":
            pen.same["operating-vehicle/running"].append(part.figure)
        pieces.append(f"{label}{part}")
    mark = pick("operating/join", ("，", "，", "、", "；"))
    start = (
        pick("operating/start", ("，其中：", "，其中", "。包括：", "：", "，分项是：")) if not change else "。其中："
    )
    if form == "partial":
        draft.at_most("parts-within", figures, total.figure)
        draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}等。")
    else:
        draft.sum("operating-expense-items", total.figure, figures, slack)
        draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}。")
    return heading


def _operating_items(pen: Pen) -> list[tuple[str, Decimal]]:
    plan, dice = pen.plan, pen.dice
    running = plan.public[2]
    labels = [*dice.sample("operating/labels", _ITEMS, dice.between("operating/count", 2, 6))]
    labels += dice.sample("operating/more", _MORE_ITEMS, 2)
    rest = plan.routine
    items: list[tuple[str, Decimal]] = []
    if running and running < rest / 2:
        items.append(("公务用车运行维护费", running))
        rest -= running
    for label in labels:
        share = Decimal(dice.between(f"operating/{label}", 4, 22)) / 100
        amount = (rest * share).quantize(Decimal(1).scaleb(-plan.decimals))
        if amount:
            items.append((label, amount))
            rest -= amount
    items.append((dice.pick("operating/rest", ("其他商品和服务支出", "其他支出", "其他费用")), rest))
    return items
