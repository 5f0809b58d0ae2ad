"""绩效预算: what the department is to achieve, and the section as a whole."""

from __future__ import annotations

from tests.generated_reports.activities import activities
from tests.generated_reports.draft import Heading, ordinal_of
from tests.generated_reports.pen import Pen
from tests.generated_reports.projects import project_tables


def performance(pen: Pen, level: int) -> Heading:
    dice, draft, plan = pen.dice, pen.draft, pen.plan
    heading = pen.heading(
        level,
        "performance",
        (
            "绩效预算信息",
            "预算绩效信息",
            "预算绩效目标情况",
            "绩效目标管理情况说明",
            "预算绩效管理情况",
            "预算绩效情况说明",
        ),
    )
    if dice.chance("performance/managed", 0.25):
        count = len(plan.projects)
        money = pen.amount(plan.project_total)
        draft.paragraph(f"{pen.year()}年{plan.me}{count}个项目全部实行绩效目标管理，涉及资金{money}。")
    if dice.chance("performance/department", 0.7):
        _department(pen, level + 1)
    if dice.chance("performance/activities", 0.35):
        pen.heading(
            level + 1,
            "activities",
            ("部门职责及工作活动绩效目标指标", "部门职责-工作活动绩效目标", "职责活动绩效目标"),
        )
        activities(pen)
    if dice.chance("performance/tables", 0.85):
        pen.heading(level + 1, "projects", ("项目绩效目标", "预算项目绩效目标", "资金绩效目标", "项目支出绩效目标表"))
        project_tables(pen, level + 2)
    draft.close_headings(level + 1)
    return heading


def _department(pen: Pen, level: int) -> None:
    dice, draft, pick, plan = pen.dice, pen.draft, pen.dice.pick, pen.plan
    served = pick("served", plan.domain.served)
    pen.heading(level, "overall", ("总体绩效目标", "部门总体绩效目标", "年度总体目标"))
    overall = (
        f"围绕年度重点任务，统筹资金安排，{served}满意度稳步提高，确保每一笔钱都说得清去向、看得见成效。",
        f"以{plan.projects[0].name}为抓手，补短板、强弱项，把“过紧日子”要求落到实处。",
        f"坚持先急后缓、量力而行，{plan.year}年底前全部项目形成实物工作量，无重大安全责任事故。",
    )
    draft.paragraph(pick("overall", overall))
    pen.heading(level, "itemized", ("分项绩效目标", "职责分类绩效目标", "分项目标"))
    style = pen.list_style("itemized/style", ("{n}、", "{n}.", "（{n}）", "{n}）"))
    for number, project in enumerate(plan.projects[:4], 1):
        if dice.chance("itemized/short", 0.4):
            low = dice.between(f"itemized/{number}", 85, 99)
            draft.paragraph(
                f"{ordinal_of(style, number)}{project.name}：{project.thing[0]}达到计划要求，按时完成率{low}%以上。"
            )
            continue
        draft.paragraph(f"{ordinal_of(style, number)}推进{project.name}")
        draft.paragraph(f"绩效目标：通过实施{project.name}，改善{served}的感受，形成可持续的管护机制。")
        low, high = dice.between(f"itemized/{number}/low", 85, 98), dice.between(f"itemized/{number}/days", 2, 15)
        draft.paragraph(f"绩效指标：任务完成率达到{low}%以上；{served}满意度不低于90%；反映问题{high}个工作日内办结。")
    if dice.chance("safeguards", 0.6):
        pen.heading(level, "safeguards", ("工作保障措施", "实现年度目标的保障措施", "保障措施"))
        measures = (
            "完善制度。修订财务、采购和合同管理办法，堵塞漏洞（含下属单位）",
            "加快进度。按月通报支出进度，连续两个月滞后的由分管领导约谈",
            "强化监督。引入第三方抽查，发现“虚报冒领”的追回资金",
            "落实责任。执行“三重一大‘一票否决’”规定，重大支出集体研究",
            "加强培训。组织财务人员学习绩效管理知识，每年不少于2次",
        )
        for number, measure in enumerate(dice.sample("measures", measures, 3), 1):
            draft.paragraph(f"{ordinal_of(style, number)}{measure}。")
