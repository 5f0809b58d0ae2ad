"""收支总体情况: revenue, expenditure, and the change against last year."""

from __future__ import annotations

from tests.generated_reports.changes import cause_of, change_of, direction_of
from tests.generated_reports.draft import ZERO
from tests.generated_reports.expenditure import expenditure
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen
from tests.generated_reports.revenue import revenue


def overview(pen: Pen, level: int) -> None:
    pen.heading(
        level,
        "overview",
        (
            "部门预算安排的总体情况",
            "部门收支总体情况",
            "预算安排总体情况说明",
            "收支预算总体情况",
            "部门预算收支情况说明",
            "预算收支总体情况说明",
        ),
    )
    if pen.dice.chance("overview/intro", 0.6):
        intros = (
            "按照预算管理有关规定，目前部门预算的编制实行综合预算制度，即全部收入和支出都反映在预算中。",
            f"{pen.plan.me}把各项收入和支出全部编入部门预算，统一核算、统一管理。",
            "按照综合预算的原则，所有收入和支出均纳入部门预算管理。",
        )
        pen.draft.paragraph(pen.dice.pick("overview/intro/words", intros))
    for name, titles, write in (
        (
            "revenue",
            (
                "收入说明",
                "收入预算安排",
                "部门收入情况",
                "收入来源说明",
                "收入预算情况说明",
                "收入预算情况",
                "预算收入",
                "关于收入预算的说明",
            ),
            revenue,
        ),
        (
            "expenditure",
            (
                "支出说明",
                "支出预算安排",
                "部门支出情况",
                "支出构成说明",
                "支出预算情况说明",
                "支出预算情况",
                "预算支出",
                "关于支出预算的说明",
            ),
            expenditure,
        ),
        (
            "change",
            (
                "比上年增减情况",
                "预算增减变动原因",
                "收支预算变动情况",
                "与上年预算比较情况",
                "与上年相比增减变化情况",
                "较上年增减变化",
                "收支增减变化说明",
            ),
            _changes,
        ),
    ):
        pen.heading(level + 1, name, titles)
        write(pen)
    pen.draft.close_headings(level + 1)


def _changes(pen: Pen) -> None:
    plan, draft, pick = pen.plan, pen.draft, pen.dice.pick
    form = pick("change/form", ("parts", "parts", "parts", "total", "total", "loose"))
    total = pen.amount(plan.total)
    pen.same["revenue-against-expenditure/total"].append(total.figure)
    lead = pick(
        "change/lead",
        (
            "{y}年预算收支安排{t}",
            "{y}年收支预算{t}",
            "{y}年度收支总预算{t}",
            "本年度预算收支安排{t}",
            "{y}年，{me}预算收支共安排{t}",
            "{y}年收支总计{t}",
            "{y}年{me}预算总规模为{t}",
            "{y}年度预算规模{t}",
        ),
    ).format(y=pen.year(), t=total, me=plan.me)
    if form == "loose":
        up = plan.total > plan.total_before
        words = "略有增加" if up else "有所减少" if plan.total < plan.total_before else "基本持平"
        draft.paragraph(f"{lead}，与{plan.year - 1}年相比{words}。")
        return
    change = change_of(pen, "change/total", total.figure, plan.total, plan.total_before)
    if change.before:
        pen.same["last-year/total"].append(change.before)
    if form == "total":
        draft.paragraph(f"{lead}，{change}{cause_of(pen, 'change', plan.total, plan.total_before)}。")
        return
    pieces: list[str] = []
    signed: list[tuple[Span, Span]] = []
    rows = [("基本支出", plan.basic, plan.basic_before), ("项目支出", plan.project_total, plan.project_before)]
    if plan.others:
        rows.append(
            (
                plan.others[-1][0] if len(plan.others) == 1 else "其他各项支出",
                plan.others_before,
                plan.others_before,
            )
        )
    for label, now, before in rows:
        name = f"change/{label}"
        if now == before:
            pieces.append(f"{label}{pick(name, ('无增减变化', '持平', '与上年持平', '未发生变化'))}")
            continue
        direction = direction_of(pen, name, "增加" if now > before else "减少")
        amount = pen.amount(abs(now - before))
        signed.append((amount.figure, direction))
        pieces.append(f"{label}{direction}{amount}{cause_of(pen, name, now, before)}")
    if change.figure and change.direction:
        whole, sign = change.figure, change.direction

        def holds() -> bool:
            parts = sum((figure.number() * way.number() for figure, way in signed), ZERO)
            return whole.number() * sign.number() == parts

        draft.relate("change-parts", (whole, sign, *(span for pair in signed for span in pair)), holds)
    start = pick("change/start", ("，其中：", "。其中：", "。分项看，", "，其中", "。"))
    draft.paragraph(f"{lead}，{change}{start}{pick('change/join', ('；', '；', '，')).join(pieces)}。")
