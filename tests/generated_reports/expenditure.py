"""支出: basic and project expenditure, by use and by function."""

from __future__ import annotations

from decimal import Decimal

from tests.generated_reports.draft import ordinal_of
from tests.generated_reports.pen import Amount, Pen


def expenditure(pen: Pen) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    total, slack = pen.total("expenditure", plan.total)
    basic, personnel, routine = (pen.amount(each) for each in (plan.basic, plan.personnel, plan.routine))
    project = pen.amount(plan.project_total)
    pen.same["revenue-against-expenditure/total"].append(total.figure)
    pen.same["routine-operating/routine"].append(routine.figure)
    others = [(label, pen.amount(amount)) for label, amount in plan.others]
    draft.sum(
        "expenditure-parts",
        total.figure,
        [basic.figure, project.figure, *(each.figure for _, each in others)],
        slack,
    )
    draft.sum("basic-parts", basic.figure, [personnel.figure, routine.figure])
    staff = pick("expenditure/staff", ("人员经费", "人员经费", "人员经费支出", "人员支出"))
    office = pick("expenditure/office", ("日常公用经费", "公用经费", "日常公用经费", "公用支出"))
    split = pick(
        "expenditure/split",
        (
            f"，包括{staff}{personnel}和{office}{routine}",
            f"（{staff}{personnel}，{office}{routine}）",
            f"，其中{staff}{personnel}、{office}{routine}",
            f"，由{staff}{personnel}、{office}{routine}构成",
            f"（其中：{staff}{personnel}；{office}{routine}）",
            f"，其中用于{staff}{personnel}，用于{office}{routine}",
            f"：{staff}{personnel}，{office}{routine}",
            f"，分别为{staff}{personnel}、{office}{routine}",
        ),
    )
    usage, lines = _usage(pen, project)
    lead = pick(
        "expenditure/lead",
        (
            "{y}年支出预算{t}",
            "{y}年预算支出{t}",
            "{y}年度支出预算总额为{t}",
            "{me}{y}年支出预算合计{t}",
            "收支预算总表支出栏按经济分类和支出功能分类科目编制。{y}年支出预算{t}",
            "{y}年，{me}全年支出预算为{t}",
            "与收入相对应，{y}年支出预算{t}",
            "{y}年预算总支出{t}",
            "{me}{y}年度共安排支出{t}",
            "{y}年支出总预算{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    form = pick("expenditure/form", ("sentence", "sentence", "sentence", "columns", "items"))
    tail = "".join(f"；{label}{amount}" for label, amount in others)
    if form == "columns" and not lines:
        draft.paragraph(pick("expenditure/total", (f"{pen.year()}年部门支出预算：{total}", f"支出总预算{total}")))
        for line in (f"基本支出{basic}", f"    其中：{staff}{personnel}", f"          {office}{routine}"):
            draft.paragraph(line, indent=False)
        draft.paragraph(f"项目支出{pen.blank}{project}{usage}")
        for label, amount in others:
            draft.paragraph(f"{label}{amount}")
        return
    if form == "items" and not lines:
        style = pen.list_style("expenditure/style", ("（{n}）", "{n}）", "", "{c}是"))
        draft.paragraph(f"{lead}，按用途分为：")
        draft.paragraph(f"{ordinal_of(style, 1)}基本支出{basic}{split}；")
        draft.paragraph(f"{ordinal_of(style, 2)}项目支出{project}{usage}{'；' if others else '。'}")
        for number, (label, amount) in enumerate(others, 3):
            draft.paragraph(f"{ordinal_of(style, number)}{label}{amount}{'。' if number == len(others) + 2 else '；'}")
        return
    mark = pick("expenditure/join", ("；", "；", "，", "。"))
    start = pick("expenditure/start", ("，其中：", "，其中", "。其中：", "：", "。从支出结构看，", "。按用途划分，"))
    if lines:
        draft.paragraph(f"{lead}{start}基本支出{basic}{split}{tail}{mark}项目支出{project}，具体为：")
        for line in lines:
            draft.paragraph(line)
    else:
        draft.paragraph(f"{lead}{start}基本支出{basic}{split}{mark}项目支出{project}{usage}{tail}。")
    if dice.chance("expenditure/functions", 0.2):
        _functions(pen, total)


def _functions(pen: Pen, total: Amount) -> None:
    """The same total by function (类)."""
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    rest, figures, pieces = plan.total, [], []
    for label in ("社会保障和就业支出", "卫生健康支出", "住房保障支出"):
        share = Decimal(dice.between(f"functions/{label}", 2, 12)) / 100
        money = (plan.total * share).quantize(Decimal(1).scaleb(-plan.decimals))
        rest -= money
        part = pen.amount(money)
        figures.append(part.figure)
        pieces.append(f"{label}（类）{part}")
    part = pen.amount(rest)
    own = pick("functions/own", ("一般公共服务支出", "农林水支出", "教育支出", "城乡社区支出"))
    pieces.insert(0, f"{own}（类）{part}")
    again = pen.amount(plan.total)
    pen.draft.same(
        "revenue-against-expenditure", total.figure, again.figure, slack=pen.slack((total.figure, again.figure))
    )
    draft.sum("function-items", again.figure, [*figures, part.figure])
    start = pick("functions/start", ("按支出功能分类，", "按功能分类科目，", "从功能分类看，"))
    draft.paragraph(f"{start}支出{again}，包括：{pick('functions/join', ('；', '，', '、')).join(pieces)}。")


def _usage(pen: Pen, project: Amount) -> tuple[str, list[str]]:
    """What the project expenditure is for: nothing, names, all amounts (in the sentence or in lines), or some."""
    plan, draft, pick = pen.plan, pen.draft, pen.dice.pick
    form = pick("expenditure/usage", ("none", "names", "names", "amounts", "lines", "partial"))
    names = [each.name for each in plan.projects]
    if form == "none":
        return "", []
    if form == "names":
        words = ("，主要为{}等", "，主要用于{}", "，用于{}等方面", "，包括本级支出，主要为{}等")
        return pick("expenditure/names", words).format("、".join(names[:4])), []
    chosen = list(range(len(names)))
    if form == "partial":
        chosen = sorted(chosen, key=lambda index: -plan.projects[index].budget)[: max(1, len(names) // 2)]
    pieces, figures = [], []
    for index in chosen:
        amount = pen.amount(plan.projects[index].budget)
        figures.append(amount.figure)
        pen.same[f"project-text-table/{index}"].append(amount.figure)
        pieces.append(f"{names[index]}{amount}")
    if form == "partial":
        draft.at_most("parts-within", figures, project.figure)
        words = ("，主要包括{}等", "，其中：{}等", "（主要有{}等）", "，重点安排{}等")
        return pick("expenditure/partial", words).format("、".join(pieces)), []
    draft.sum("project-items", project.figure, figures)
    if form == "lines":
        style = pen.list_style("expenditure/line", ("（{n}）", "{n}）", "——", ""))
        ends = ["；"] * (len(pieces) - 1) + ["。"]
        return "", [
            f"{ordinal_of(style, number)}{piece}{end}"
            for number, (piece, end) in enumerate(zip(pieces, ends, strict=True), 1)
        ]
    numbered = pick("expenditure/numbered", ("{n}.", "", "", "（{n}）"))
    mark = "；" if numbered else "、"
    forms = ("，包括：{}", "，分别为{}", "，具体是{}", "：{}", "，具体项目有{}", "，明细为：{}")
    listed = mark.join(f"{ordinal_of(numbered, number)}{piece}" for number, piece in enumerate(pieces, 1))
    return pick("expenditure/amounts", forms).format(listed), []
