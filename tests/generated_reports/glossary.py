"""名词解释: the terms."""

from __future__ import annotations

from typing import Final

from tests.generated_reports.draft import Heading, ordinal_of
from tests.generated_reports.pen import Pen

_TERMS: Final = (
    ("一般公共预算拨款收入", ("指本级财政当年拨付的资金", "由财政用税收等一般财力安排、拨给预算单位的款项")),
    ("政府性基金预算收入", ("指依法向特定对象征收、专项用于特定事业的资金",)),
    ("事业收入", ("指事业单位开展专业业务活动及辅助活动取得的收入", "事业单位在本职服务中依规收取的款项")),
    ("其他收入", ("指除“财政拨款收入”、“事业收入”等以外的收入", "前述来源之外的零星收入，如利息、场地出租")),
    ("基本支出", ("指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出", "养人和办公所需的钱")),
    ("项目支出", ("指在基本支出之外为完成特定任务和事业发展目标所发生的支出", "为办成一件具体的事另外安排的钱")),
    ("上缴上级支出", ("指下级单位上缴上级的支出",)),
    ("“三公”经费", ("指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费",)),
    ("机关运行经费", ("指为保障机关运行用于购买货物和服务的各项资金，包括办公、印刷、差旅、会议、水电等费用",)),
    ("上年结转", ("指以前年度尚未完成、结转到本年仍按原规定用途继续使用的资金",)),
    ("政府采购", ("指用财政性资金依法采购货物、工程和服务的行为",)),
    ("绩效目标", ("指资金在一定期限内计划达到的产出和效果",)),
    ("行政运行（项）", ("指行政单位（包括实行公务员管理的事业单位）的基本支出",)),
    ("结转下年", ("指当年支出预算已执行但尚未完成、下年需按原用途继续使用的资金",)),
)


def glossary(pen: Pen, level: int) -> Heading:
    dice, draft, pick = pen.dice, pen.draft, pen.dice.pick
    heading = pen.heading(
        level,
        "glossary",
        ("名词解释", "专业名词解释", "名词解释", "相关名词解释", "有关名词说明", "专业性较强的名词解释"),
    )
    style = pick("glossary/style", ("{n}、", "{n}.", "（{c}）", "{c}、", ""))
    if style in pen.styles[:2]:
        style = "{n}、" if "{n}、" not in pen.styles[:2] else "{n}."
    terms = dice.sample("glossary", _TERMS, dice.between("glossary/count", 5, 12))
    for number, (term, texts) in enumerate(terms, 1):
        draft.paragraph(f"{ordinal_of(style, number)}{term}：{pick(f'glossary/{term}', texts)}。")
    return heading
