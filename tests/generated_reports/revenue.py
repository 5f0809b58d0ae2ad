"""收入: the total and its sources."""

from __future__ import annotations

from typing import Final

from tests.generated_reports.changes import cause_of, change_of
from tests.generated_reports.draft import ordinal_of
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen

SOURCES: Final = (
    (
        "一般公共预算收入",
        "基金预算收入",
        "国有资本经营预算收入",
        "财政专户核拨收入",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "经营收入",
        "其他来源收入",
    ),
    (
        "一般公共预算拨款收入",
        "政府性基金预算拨款收入",
        "国有资本经营预算拨款收入",
        "财政专户管理资金收入",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
    ),
    (
        "一般公共预算财政拨款",
        "政府性基金预算财政拨款",
        "国有资本经营预算财政拨款",
        "教育收费等财政专户资金",
        "事业收入",
        "上级补助收入",
        "附属单位上缴收入",
        "事业单位经营收入",
        "其他收入",
    ),
    (
        "一般公共预算资金",
        "政府性基金",
        "国有资本经营预算资金",
        "财政专户管理资金",
        "事业收入资金",
        "上级补助",
        "下级单位上缴",
        "经营收入资金",
        "其他资金",
    ),
)


def revenue(pen: Pen) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    labels = pick("sources/labels", SOURCES)
    form = pick("revenue/form", ("list", "list", "list", "list", "lines", "lines", "bare", "partial"))
    total, slack = pen.total("revenue", plan.total)
    pen.same["revenue-against-expenditure/total"].append(total.figure)
    lead = pick(
        "revenue/lead",
        (
            "{y}年预算收入{t}",
            "{y}年收入预算{t}",
            "{y}年度{me}收入预算总额为{t}",
            "{me}{y}年全年预算收入合计{t}",
            "{y}年，{me}收入预算共计{t}",
            "反映本部门当年全部收入。{y}年预算收入{t}",
            "{y}年部门收入总预算为{t}",
            "经财政部门批复，{y}年{me}收入预算为{t}",
            "{y}年度纳入部门预算管理的收入共{t}",
            "{me}{y}年预算总收入{t}",
            "{y}年当年收入安排{t}",
            "{y}年，{me}各项收入合计{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    change = ""
    if dice.chance("revenue/change", 0.3):
        words = change_of(pen, "revenue/change", total.figure, plan.total, plan.total_before)
        if words.before:
            pen.same["last-year/total"].append(words.before)
        change = f"，{words}{cause_of(pen, 'revenue', plan.total, plan.total_before)}"
    shown = pick("revenue/zeros", ("all", "some", "none"))
    sources = [
        (source, amount)
        for source, amount in plan.sources
        if amount or shown == "all" or (shown == "some" and source in (1, 3, 8))
    ]
    template = pen.draft.span("")
    draft.edit(
        "template-residue",
        (template, pick("revenue/residue", ("（有则写，无则填0万元）", "（没有的请删除）", "***"))),
    )
    if form == "bare":
        draft.paragraph(f"{lead}{change}。{template}")
        return
    if form == "partial":
        # Only the largest is named, so the parts say nothing about the total.
        part = pen.amount(sources[0][1])
        draft.at_most("parts-within", [part.figure], total.figure)
        draft.paragraph(f"{lead}{change}，其中{labels[sources[0][0]]}{part}。{template}")
        return
    parts: list[Span] = []
    pieces: list[str] = []
    is_ = pick("revenue/is", ("", "", "", "为", "安排", "计", "："))
    for source, amount in sources:
        part = pen.amount(amount)
        parts.append(part.figure)
        share = ""
        if form == "lines" and amount and dice.chance("revenue/share", 0.5):
            share = f"{pen.comma}占{amount / plan.total * 100:.2f}%"
        pieces.append(f"{labels[source]}{is_}{part}{share}")
    if plan.carried:
        part = pen.amount(plan.carried)
        parts.append(part.figure)
        pieces.append(f"{pick('carried', ('上年结转', '上年结转收入', '上年结转结余'))}{is_}{part}")
    if len(parts) > 1 or not dice.chance("revenue/solo", 0.5):
        draft.sum("revenue-sources", total.figure, parts, slack)
    else:
        draft.sum("revenue-sources", total.figure, parts, slack)
    if form == "list" and not change and dice.chance("revenue/total-last", 0.1):
        # The parts first, their total last.
        year = pen.year()
        together = pick("revenue/together", ("，收入合计{}", "，以上各项收入共计{}", "，总计{}"))
        draft.paragraph(f"{year}年，{plan.me}{'、'.join(pieces)}{together.format(total)}{template}。")
        return
    if form == "list":
        mark = pick("revenue/join", ("，", "，", "、", "；", ","))
        start = pick("revenue/start", (f"{pen.comma}{pen.colon}", f"。{pen.colon}", f"，{pen.colon}"))
        draft.paragraph(f"{lead}{change}{start}{mark.join(pieces)}{template}。")
        return
    draft.paragraph(f"{lead}{change}，包括：{template}")
    style = pen.list_style("revenue/style", ("（{n}）", "{n}）", "", "{c}是"))
    for number, piece in enumerate(pieces, 1):
        end = "。" if number == len(pieces) else pick("revenue/end", ("；", "。", "；"))
        draft.paragraph(f"{ordinal_of(style, number)}{piece}{end}")
