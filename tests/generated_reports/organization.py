"""部门职责及机构设置: the duties of the department and its institutions."""

from __future__ import annotations

from tests.generated_reports.draft import chinese, ordinal_of
from tests.generated_reports.pen import Pen


def organization(pen: Pen, level: int, year: str) -> None:
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    titles = ("部门职责及机构设置情况", "部门概况", "部门基本情况", "单位职能及机构编制情况", "部门基本概况")
    pen.heading(level, "organization", titles)
    pen.heading(level + 1, "duties", ("部门职责", "主要职责", "主要职能", "单位主要职能", "部门主要职责"))
    history = pick("duties/year", (2009, 2012, 2015, 2016))
    issuer = pick("duties/city", ("编办", "政办", "编委"))
    document = f"（{issuer}〔{history + 1}〕{dice.between('duties/number', 3, 98)}号）"
    intros = (
        f"根据《{plan.short}职能配置、内设机构和人员编制规定》{document}，{plan.organization}的主要职责是：",
        f"{plan.organization}成立于{history}年，{history + 1}年机构改革后为正科级单位，承担以下职责：",
        "",
        f"{plan.me}主要承担下列工作：",
    )
    if intro := pick("duties/intro", intros):
        draft.paragraph(intro)
    style = pick("duties/style", ("（{c}）", "{n}、", "{n}.", "（{n}）", "", "是"))
    if style in pen.styles[: level + 1]:
        style = ""
    duties = dice.sample("duties", plan.domain.duties, dice.between("duties/count", 3, 7))
    for number, duty in enumerate(duties, 1):
        # Lists that start again inside a duty are no mistake.
        more = ""
        if dice.chance(f"duty/{number}/list", 0.2):
            more = pick(
                f"duty/{number}/more",
                ("：1.调查摸底；2.分类施策；3.跟踪问效", "：一是定任务；二是定人员；三是定时限"),
            )
        mark = f"{chinese(number)}是" if style == "是" else ordinal_of(style, number)
        draft.paragraph(f"{mark}{duty}{more}。")
    if dice.chance("duties/last", 0.6):
        mark = f"{chinese(len(duties) + 1)}是" if style == "是" else ordinal_of(style, len(duties) + 1)
        draft.paragraph(f"{mark}{pick('duties/end', ('完成上级交办的其他任务', '承办领导交办的其他事项'))}。")
    if dice.chance("duties/quoted", 0.2):
        draft.paragraph("工作中推行“一线工作法”，做到情况在一线掌握、问题在一线解决（重大事项集体研究）。")
    pen.heading(level + 1, "institutions", ("机构设置", "机构设置情况", "部门预算单位构成", "机构设置及人员情况"))
    if dice.chance("institutions/table", 0.6):
        rows = [["单位名称", "单位性质", "单位规格", pick("institutions/funding", ("经费保障形式", "经费来源"))]]
        grade = pick("institutions/grade", ("正科级", "副处级", "正科"))
        rows.append([plan.organization, "行政", grade, "财政拨款"])
        if dice.chance("institutions/second", 0.5):
            rows.append([f"{plan.place}综合服务中心", "事业", "股级", "财政性资金基本保证"])
        draft.table(rows)
    else:
        staff = dice.between("institutions/staff", 9, 120)
        draft.paragraph(
            f"{plan.me}内设{dice.between('institutions/offices', 3, 9)}个股室（科室），核定编制{staff}名，"
            f"实有在职人员{staff - dice.between('institutions/less', 0, 5)}人"
            f"（其中行政{staff // 2}人），离退休人员{dice.between('institutions/retired', 0, 60)}人。"
        )
    if dice.chance("institutions/tasks", 0.15):
        pen.heading(level + 1, "tasks", (f"{year}年重点工作", f"{year}年主要任务"))
        draft.paragraph(
            f"全年重点抓好{plan.projects[0].name}，力争比{plan.year - 1}年再有进展，为{plan.year + 1}年打好基础。"
        )
