"""“三公”经费: the section, and its text."""

from __future__ import annotations

from tests.generated_reports.changes import cause_of, change_of
from tests.generated_reports.draft import ZERO, Heading, ordinal_of
from tests.generated_reports.pen import Pen
from tests.generated_reports.three_public_table import write_table


def three_public(pen: Pen, level: int) -> Heading:
    dice, pick = pen.dice, pen.dice.pick
    heading = pen.heading(
        level,
        "public",
        (
            "财政拨款“三公”经费预算情况及增减变化原因",
            "“三公”经费预算情况说明",
            "“三公”经费预算情况",
            "财政拨款“三公”经费安排情况说明",
            "一般公共预算“三公”经费支出情况说明",
            "“三公”经费安排及变动情况",
            "关于“三公”经费的说明",
        ),
    )
    form = pick("public/form", ("text", "text", "text", "table", "both"))
    if form != "table":
        _public_text(pen)
    elif dice.chance("public/intro", 0.6):
        pen.draft.paragraph(f"{pen.year()}年“三公”经费预算安排情况见下表。")
    if form != "text":
        write_table(pen)
    return heading


def _public_text(pen: Pen) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    abroad, bought, running, reception = (pen.amount(each) for each in plan.public)
    vehicles = pen.amount(plan.public[1] + plan.public[2])
    total, slack = pen.total("public", sum(plan.public, ZERO))
    draft.sum("three-public-parts", total.figure, [abroad.figure, vehicles.figure, reception.figure], slack)
    draft.sum("vehicle-parts", vehicles.figure, [bought.figure, running.figure])
    for index, amount in enumerate((abroad, bought, running, reception)):
        pen.same[f"three-public-text-table/{index}"].append(amount.figure)
    pen.same["three-public-text-table/vehicles"].append(vehicles.figure)
    pen.same["three-public-text-table/total"].append(total.figure)
    pen.same["operating-vehicle/running"].append(running.figure)
    lead = pick(
        "public/lead",
        (
            "{y}年，{me}财政拨款“三公”经费预算安排{t}",
            "{me}{y}年“三公”经费预算共计{t}",
            "{y}年用财政拨款安排“三公”经费{t}",
            "{y}年度“三公”经费财政拨款预算数为{t}",
            "{y}年一般公共预算安排的“三公”经费预算为{t}",
            "{y}年，{me}“三公”经费支出预算{t}",
            "{me}{y}年三公经费预算总额{t}",
            "{y}年“三公”经费预算数{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    before = plan.public_before
    whole = change_of(pen, "public/total", total.figure, sum(plan.public, ZERO), sum(before, ZERO))
    if whole.before:
        pen.same["three-public-text-table/before"].append(whole.before)
    reason = cause_of(pen, "public", sum(plan.public, ZERO), sum(before, ZERO))
    each = dice.chance("public/each", 0.4)
    slots = [
        ("abroad", abroad, plan.public[0], before[0]),
        ("vehicles", vehicles, plan.public[1] + plan.public[2], before[1] + before[2]),
        ("reception", reception, plan.public[3], before[3]),
    ]
    changes: dict[str, str] = {}
    for name, amount, now, then in slots:
        words = change_of(pen, f"public/{name}", amount.figure, now, then) if each else ""
        changes[name] = f"，{words}{cause_of(pen, f'public/{name}', now, then)}" if each else ""
    purchase = pick("public/bought", ("公务用车购置费", "公务用车购置费", "购置费"))
    running_label = pick("public/running", ("公务用车运行维护费", "公务用车运维费", "公务用车运行费"))
    inside = pick(
        "public/inside",
        (
            f"（其中：{purchase}为{bought}，{running_label}{running}）",
            f"（{purchase}{bought}，{running_label}{running}）",
            f"，其中{purchase}{bought}、{running_label}{running}",
            f"，包括{purchase}{bought}和{running_label}{running}",
        ),
    )
    label = pick(
        "public/vehicles",
        (
            "公务用车费用",
            "公务用车购置及运行费",
            "公务用车购置及运行维护费",
            "公务用车购置及运维费",
            "公务用车购置和运行费",
        ),
    )
    overseas = pick(
        "public/abroad", ("因公出国（境）支出", "因公出国（境）费", "因公出国（境）费用", "因公出国（境）经费")
    )
    guests = pick("public/reception", ("公务接待费", "公务接待费", "公务接待费用", "公务接待支出"))
    lines = [
        f"{overseas}{abroad}{changes['abroad']}",
        f"{label}{vehicles}{inside}{changes['vehicles']}",
        f"{guests}{reception}{changes['reception']}",
    ]
    if dice.chance("public/lines", 0.3):
        draft.paragraph(f"{lead}，{whole}{reason}。其中：")
        style = pen.list_style("public/style", ("（{n}）", "{n}）", "{n}. ", ""))
        for number, line in enumerate(lines, 1):
            draft.paragraph(f"{ordinal_of(style, number)}{line}。")
        return
    mark = "；" if each else pick("public/join", ("；", "；", "，"))
    listed = mark.join(lines)
    if not each and dice.chance("public/total-last", 0.12):
        # The three first, their total last.
        together = pick("public/together", ("三项合计{}", "“三公”经费合计{}", "以上三项共计{}")).format(total)
        draft.paragraph(f"{pen.year()}年，{plan.me}{listed}，{together}。{whole}{reason}。")
        return
    order = pick("public/order", ("change-last", "change-first"))
    start = pick("public/start", ("。其中，", "，其中：", "。其中：", "，其中", "：", "。分项看，"))
    if order == "change-first":
        draft.paragraph(f"{lead}，{whole}{reason}。{start.lstrip('。，：')}{listed}。")
    else:
        draft.paragraph(f"{lead}{start}{listed}。{whole}{reason}。")
