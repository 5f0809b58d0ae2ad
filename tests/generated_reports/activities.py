"""职责活动: the table of duties and activities, with graded targets."""

from __future__ import annotations

from tests.generated_reports.draft import ZERO, chinese
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen


def activities(pen: Pen) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    graded = pick(
        "activities/grades", (("优", "良", "中", "差"), ("优", "良", "中", "差"), ("优秀", "良好", "一般", "较差"))
    )
    rows: list[list[str]] = []
    if dice.chance("activities/caption", 0.7):
        rows.append([f"{dice.between('activities/code', 201, 699)}{plan.organization}", "单位：万元"])
    rows.append(["职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标", "评价标准"])
    rows.append(["", "", "", "", "", *graded])
    names = dice.sample("activities/names", plan.domain.projects, 10)
    duties = dice.sample("activities/duties", plan.domain.duties, dice.between("activities/count", 2, 4))
    indent = pick("activities/indent", ("　　", "", "  "))
    swaps: list[tuple[int, list[Span]]] = []
    number = 0
    # The activities share the money of the projects.
    left = plan.project_total
    for at, duty in enumerate(duties, 1):
        duty = duty.split("，")[0].partition("（")[0]
        children: list[Span] = []
        parent_row = len(rows)
        rows.append([])
        whole = ZERO
        for child in range(1, dice.between(f"activity/{at}/children", 2, 4)):
            name = f"activity/{at}/{child}"
            budget = ZERO if child > 1 and dice.chance(f"{name}/none", 0.2) else plan.some_money(dice, name, 2, 90)
            budget = min(budget, left)
            left -= budget
            whole += budget
            text = pen.cell(budget, empty_zero=True)
            if figure := pen.figure_of(text):
                children.append(figure)
            indicator, marks = _grades(pen, name, number)
            spans = [draft.span(mark) for mark in marks]
            if marks[0] != marks[1] and any(character.isdigit() for character in marks[1]):
                swaps.append((len(rows), spans))
            title = names[number % len(names)]
            number += 1
            spoken = duty.removesuffix("工作")
            words = ("围绕{d}，做好{t}各项具体工作。", "组织实施{t}，解决突出问题。", "制定{t}年度计划并抓好落实。")
            rows.append(
                [
                    f"{indent}{child}、{title}",
                    text,
                    pick(f"{name}/words", words).format(d=spoken, t=title),
                    pick(f"{name}/goal", ("按时保质完成任务。", "工作规范有序，群众认可。", "不断提高工作水平。")),
                    indicator,
                    *(str(span) for span in spans),
                ]
            )
        budget_cell = pen.cell(whole, empty_zero=True)
        if (figure := pen.figure_of(budget_cell)) and children:
            draft.sum("activity-children", figure, children)
        rows[parent_row] = [f"{chinese(at)}、{duty}", budget_cell, f"{duty}。", "职责履行到位。", *[""] * 5]
    starts = draft.table(rows, {index: 2 for index, _ in swaps})
    for index, spans in swaps:
        one, other = dice.pick(f"activities/swap/{index}", ((1, 2), (1, 2), (0, 1)))
        if one == 0 and not spans[0].text[0].isdigit():
            one, other = 1, 2
        texts = spans[other].text, spans[one].text
        draft.edit("grades-out-of-order", (spans[one], texts[0]), (spans[other], texts[1]), at=(starts[index],))


def _grades(pen: Pen, name: str, number: int) -> tuple[str, tuple[str, str, str, str]]:
    """An indicator of an activity and its four graded targets, the best first."""
    dice, pick = pen.dice, pen.dice.pick
    top = dice.between(f"{name}/top", 18, 20) * 5
    step = pick(f"{name}/step", (5, 5, 10))
    levels = [top - step * index for index in range(4)]
    form = pick(f"{name}/form", ("plain", "words", "named", "ranges", "counts", "quality", "evil"))
    matter = pen.plan.domain.things[number % len(pen.plan.domain.things)][0].removesuffix("数量")
    rate = f"{matter}{pick(f'{name}/rate', ('完成率', '达标率', '及时率'))}"
    match form:
        case "plain":
            return rate, (f"{levels[0]}%", f"{levels[1]}%", f"{levels[2]}%", f"{levels[3]}%")
        case "words":
            a, b, c, _ = levels
            return rate, (f"{a}%以上" if a < 100 else "100%", f"{b}%以上", f"{c}%以上", f"{c}%以下")
        case "named":
            a, b, c, _ = levels
            return "群众评价", (
                f"满意率{a - 5}%以上",
                f"满意率{b - 5}%以上",
                f"满意率{c - 5}%以上",
                f"满意率{c - 5}%以下",
            )
        case "ranges":
            a, b, c, _ = levels
            return rate, (f"≥{a}%", f"{b}%-{a}%", f"{c}%-{b}%", f"<{c}%")
        case "counts":
            low = dice.between(f"{name}/low", 2, 9)
            texts = (f"{low}次以下", f"{low}-{low * 2}次", f"{low * 2}-{low * 3}次", f"{low * 3}次以上")
            return pick(f"{name}/evil", ("设备故障次数", "有效投诉次数", "差错次数")), texts
        case "evil":
            low = dice.between(f"{name}/low", 1, 3)
            return "差错率", (f"{low}%以下", f"{low}%-{low + 2}%", f"{low + 2}%-{low + 5}%", f"{low + 5}%以上")
        case _:
            return "工作完成质量", ("全部采纳", "大部分采纳", "部分采纳", "未采纳")
