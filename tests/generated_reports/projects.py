"""项目绩效目标表: a table for each project, with its budget, its plan of spending and its objectives."""

from __future__ import annotations

from collections.abc import Callable

from tests.generated_reports.indicators import indicators
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen
from tests.generated_reports.plan import Project


def project_tables(pen: Pen, level: int) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    plain = dice.chance("projects/plain", 0.15)
    national = dice.chance("projects/national", 0.2)
    form = "plain" if plain else "national" if national else pick("projects/form", ("code", "text"))
    style = pen.list_style("projects/heading", ("{n}、", "{n}、", "{n}.", "{n}.", "（{n}）", "{n}）"))
    layout = pick("indicators/layout", ("inline", "inline", "cells", "two", "weights", "national"))
    some = len(plan.projects) if dice.chance("projects/all", 0.7) else max(2, len(plan.projects) - 2)
    for index, project in enumerate(plan.projects[:some]):
        ending = pick("projects/title", ("绩效目标表", "绩效目标表", "绩效目标", "项目绩效目标表"))
        draft.heading(level, style, f"{project.name.removesuffix('项目')}{ending}", of_section=False)
        rows = _project_head(pen, index, project, form)
        marks: list[Callable[[list[Span]], None]] = []
        _objectives(pen, index, project, form, rows)
        joined = dice.chance("projects/joined", 0.4) or form == "national"
        if not joined:
            draft.table(rows)
            rows = []
        indicators(pen, index, layout, rows, marks)
        drops = {len(rows) - 1: 1} if layout in ("inline", "cells", "two") else None
        starts = draft.table(rows, drops)
        for note in marks:
            note(starts)


def _project_head(pen: Pen, index: int, project: Project, form: str) -> list[list[str]]:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    served = pick("served", plan.domain.served)
    use = pick(
        f"project/{index}/use",
        ("主要用于{p}的组织实施和日常管护", "用于支付{p}所需材料、人工和检测费用", "该项目资金用于{p}，惠及{s}"),
    ).format(p=project.name, s=served)
    fiscal = project.budget - project.other
    rows: list[list[str]] = []

    def note(*cells: str) -> None:
        spans = [span for cell in cells if (span := pen.figure_of(cell))]
        pen.same[f"project-text-table/{index}"].append(spans[0])
        draft.sum("project-budget-sources", spans[0], spans[1:])

    if form == "plain":
        return rows
    if form == "national":
        owner = plan.organization
        budget, own, other = (pen.cell(each) for each in (project.budget, fiscal, project.other))
        note(budget, own, other)
        rows += [
            ["项目名称", project.name],
            ["主管部门", owner],
            ["资金金额\n（万元）", pick("national/total", ("年度资金总额：", "年度资金总额")), budget],
            ["", pick("national/fiscal", ("其中：财政拨款", "　其中：财政资金")), own],
            ["", "　　　其他资金", other],
        ]
        return rows
    if dice.chance("projects/caption", 0.5):
        rows.append([f"{dice.between('projects/code', 101, 799)}001{plan.short}", "单位：万元"])
    rows.append(
        [pick("projects/code-label", ("项目编码", "项目编码", "项目代码")), project.code, "项目名称", project.name]
    )
    label = pick("projects/budget", ("预算规模及资金用途", "资金规模及资金用途", "预算规模及资金用途"))
    if form == "code":
        budget, own = pen.cell(project.budget), pen.cell(fiscal)
        other = pen.cell(project.other, empty_zero=dice.chance("projects/empty", 0.6))
        note(budget, own, other)
        rows.append([label, "预算数", budget, "其中：财政资金", own, "其他资金", other])
        rows.append(["", f"{use}。"])
    else:
        unit = "" if pen.unit == "万元" else "万元"
        whole, own_amount, rest = (pen.amount(each, unit) for each in (project.budget, fiscal, project.other))
        forms = (
            "预算数{w}。其中：财政资金{f}，其他资金{o}。{u}。",
            "预算数{w}。其中：财政资金{f}，其他资金{o}。{u}。",
            "预算数{w}（财政资金{f}，其他资金{o}）。{u}。",
            "预算数{w}，其中财政拨款{f}、其他资金{o}。{u}。",
            "预算安排{w}，其中：财政资金{f}；其他资金{o}。{u}。",
        )
        text = pick("projects/text", forms).format(w=whole, f=own_amount, o=rest, u=use)
        pen.same[f"project-text-table/{index}"].append(whole.figure)
        draft.sum("project-budget-sources", whole.figure, [own_amount.figure, rest.figure])
        rows.append([label, text])
    _spending(pen, index, rows)
    return rows


def _spending(pen: Pen, index: int, rows: list[list[str]]) -> None:
    """The plan of spending: cumulative per cent at the ends of four months."""
    dice, draft, pick = pen.dice, pen.draft, pen.dice.pick
    months = pick("plan/months", ((3, 6, 9, 12), (3, 6, 10, 12), (3, 6, 9, 12)))
    label = pick(
        "plan/label",
        (
            "资金支出计划（%）",
            "资金支出计划\n（%）",
            "资金支出计划（累计进度%）",
            "支出计划（累计%）",
            "资金支出进度计划（%）",
        ),
    )
    ending = pick("plan/ending", ("月底", "月底", "月末"))
    form = pick(f"project/{index}/plan", ("steps", "steps", "steps", "late", "early", "gaps", "empty"))
    steps = sorted(dice.sample(f"project/{index}/steps", range(5, 96, 5), 3))
    plans: dict[str, list[int | None]] = {
        "steps": [*steps, 100],
        "late": [0, 0, steps[2], 100],
        "early": [steps[0], 100, 100, 100],
        "gaps": [None, steps[1], None, 100],
        "empty": [None] * 4,
    }
    values = plans[form]
    written = pick("plan/written", ("{}", "{}.00", "{}", "{}%"))
    cells = [draft.span("" if value is None else written.format(value)) for value in values]
    last_month = draft.span(f"{months[3]}{ending}")
    draft.edit("month-thirteen", (last_month, f"13{ending}"))
    for at in range(1, 4):
        now, before = values[at], values[at - 1]
        if now is not None and before is not None and before >= 10 and (at < 3 or before == 100):
            fallen = pick(f"project/{index}/fall", (before - 5, before // 2))
            draft.edit("plan-falls", (cells[at], written.format(fallen)))
    third = values[2]
    if values[3] == 100 and third is not None and third < 96 and form != "empty":
        short = pick(f"project/{index}/short", [value for value in (80, 90, 95, 98) if value >= third])
        draft.edit("plan-not-100", (cells[3], written.format(short)))
        if form in ("steps", "late"):
            draft.edit("plan-not-100", *((cell, written.format(0)) for cell in cells))
    rows.append([label, *(f"{month}{ending}" for month in months[:3]), str(last_month)])
    rows.append(["", *(str(cell) for cell in cells)])


def _objectives(pen: Pen, index: int, project: Project, form: str, rows: list[list[str]]) -> None:
    dice, draft, pick = pen.dice, pen.draft, pen.dice.pick
    served = pick("served", pen.plan.domain.served)
    name, unit, low, high = project.thing
    texts = dice.sample(
        f"project/{index}/objectives/texts",
        (
            f"完成{name}{dice.between(f'project/{index}/n', low, high)}{unit}，形成长效机制",
            f"通过实施{project.name}，让{served}得到实惠",
            "按月调度、按季通报，年底前全部完成",
            f"资金专款专用，{served}满意度达到90%以上",
            "消除存量隐患，提升管理水平",
        ),
        dice.between("projects/objectives", 1, 3),
    )
    spans = [draft.span(text) for text in texts]
    if len(spans) > 1:
        draft.edit("objective-twice", (spans[1], spans[0].text), at=(spans[1], spans[0]))
    label = pick("projects/goal", ("绩效目标", "总体目标", "年度目标", "项目绩效目标"))
    many = pick("projects/goals", ("rows", "lines", "sentence")) if form != "national" else "sentence"
    end = pick("projects/goal-end", ("。", "。", ""))
    if len(spans) == 1:
        rows.append([label, f"{spans[0]}。"])
    elif many == "rows":
        rows += [
            [label if number == 1 else "", f"目标{number}", f"{span}{end}"] for number, span in enumerate(spans, 1)
        ]
    elif many == "lines":
        rows.append([label, "\n".join(f"{number}、{span}{end}" for number, span in enumerate(spans, 1))])
    else:
        rows.append([label, "；".join(f"{number}、{span}" for number, span in enumerate(spans, 1)) + "。"])
