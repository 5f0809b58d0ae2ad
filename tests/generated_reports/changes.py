"""How a figure changed against last year, and why."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from attrs import frozen
from tests.generated_reports.directions import MISTYPED, OPPOSITE
from tests.generated_reports.draft import ZERO
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Amount, Pen

_RISES: Final = (
    "在职人员增加，工资和社保缴费相应上升",
    "缴费基数上调",
    "新增{project}任务",
    "落实增资政策，补发以前年度津贴",
    "{project}工作量扩大",
    "退休人员增多",
    "上级新下达考核任务",
)
_FALLS: Final = (
    "厉行节约，压减一般性支出",
    "{project}上年已经完成，本年不再安排",
    "人员调出和退休，人数减少",
    "落实过“紧日子”要求",
    "部分经费改由其他渠道解决",
    "严格控制标准和批次",
)
_PUBLIC_RISES: Final = ("上级检查调研批次增多", "到期报废更新公务用车一辆", "外出招商任务增加", "下乡巡查里程增加")
_PUBLIC_FALLS: Final = (
    "严格执行中央八项规定精神",
    "集中派车，压减车辆运行开支",
    "从严控制接待批次和陪餐人数",
    "厉行节约，压减一般性支出",
    "公务用车减少一辆",
    "上年安排了购车，本年不再购置",
)
_OPERATING_RISES: Final = ("定额标准提高", "编制内人员增加，公用经费相应增加", "办公用房面积扩大，水电物业费上升")
_OPERATING_FALLS: Final = ("落实过“紧日子”要求", "推行无纸化办公，压减办公费和印刷费", "人员减少，定额公用经费相应减少")


@frozen
class Change:
    """The words of a change against last year."""

    text: str
    figure: Span | None = None
    direction: Span | None = None
    before: Span | None = None

    def __str__(self) -> str:
        return self.text


@frozen
class _Compared:
    """A figure of this year that is compared with last year's; both in 万元."""

    name: str
    now: Span
    value: Decimal
    before: Decimal


def change_of(pen: Pen, name: str, now: Span, value: Decimal, before: Decimal) -> Change:
    """How a figure changed against last year, in one of many wordings; `now` has been written before."""
    draft, pick, year = pen.draft, pen.dice.pick, pen.plan.year
    usual = ("plain", "plain", "percent", "percent", "bracket", "before-first", "before-in", "full", "from-to")
    form = pick(f"{name}/form", usual)
    last = pick(
        f"{name}/last", ("上年", "上年", f"{year - 1}年", f"{year - 1}年预算", "上年预算", "上年预算数", "去年")
    )
    compared = _Compared(name, now, value, before)
    if value == before:
        return _flat(pen, compared, last, form)
    up = value > before
    rises = ("增加", "增加", "增加", "增加", "上升", "增长", "净增加", "调增", "多安排")
    falls = ("减少", "减少", "减少", "减少", "下降", "压减", "净减少", "调减", "少安排")
    word = pick(f"{name}/word", rises if up else falls)
    than = pick(f"{name}/than", ("比{}", "较{}", "较{}", "与{}相比", "相比{}", "同{}比较，", "与{}比")).format(last)
    if form in ("before-in", "full"):
        than = pick(f"{name}/than-figure", ("比{}", "较{}", "相比{}")).format(last)
    direction = direction_of(pen, name, word)
    change = pen.amount(abs(value - before))
    first = _before(pen, name, before) if form in ("before-first", "before-in", "full", "from-to") else None
    tail = f"{direction}{change}"
    rate = ""
    if form in ("percent", "bracket", "full") and before > 0:
        rate = _rate(pen, compared, first, change.figure)
    if first:
        known, slack = first.figure, pen.slack((now, first.figure, change.figure))

        def holds() -> bool:
            off = now.number() - known.number() - change.figure.number() * direction.number()
            return abs(off) <= slack

        draft.relate("change-difference", (now, known, change.figure, direction), holds)
        draft.edit("change-direction", (direction, OPPOSITE[word]), at=(direction, now, known))
    if form == "bracket" and rate:
        return Change(f"{than}{tail}（{rate}）", change.figure, direction)
    if first and form == "from-to":
        again = pen.amount(value) if now.text == pen.amount(value).figure.text else None
        rest = f"，{tail}" + (f"，{rate}" if rate else "")
        reached = f"{'增至' if up else '降至'}{again}" if again else "变动至上述数额"
        if again:
            draft.same("said-again", now, again.figure)
        text = f"由{pick(f'{name}/from', ('上年', f'{year - 1}年', f'{year - 1}年度'))}的{first}{reached}{rest}"
        return Change(text, change.figure, direction, first.figure)
    if first and form == "before-first":
        ending = draft.span(f"{pick(f'{name}/so', ('', '', '同比', '较上年'))}{tail}")
        draft.edit("flat-with-difference", (ending, "与上年持平"), at=(ending, now, first.figure))
        was = pick(f"{name}/was", ("{y}年为{b}", "{y}年预算{b}", "{y}年{b}", "上年预算数为{b}", "{y}年安排{b}"))
        text = was.format(y=year - 1, b=first) + pen.comma + str(ending)
        return Change(text, change.figure, direction, first.figure)
    if first:
        ending = draft.span(tail)
        draft.edit("flat-with-difference", (ending, "无增减变化"), at=(ending, now, first.figure))
        text = f"{than}{first}{pen.comma if form == 'full' else ''}{ending}"
        return Change(text + (f"，{rate}" if rate else ""), change.figure, direction, first.figure)
    return Change(f"{than}{tail}" + (f"，{rate}" if rate else ""), change.figure, direction)


def _flat(pen: Pen, compared: _Compared, last: str, form: str) -> Change:
    pick, name, now = pen.dice.pick, compared.name, compared.now
    words = (
        "与{}持平",
        "与{}相比持平",
        "较{}无增减变化",
        "与{}相同",
        "同{}持平，无变化",
        "与{}一致",
        "与{}相比无增减变化",
    )
    text = pick(f"{name}/flat", words).format(last)
    if form in ("before-first", "before-in", "full", "from-to"):
        first = _before(pen, name, compared.value)
        pen.draft.same("flat-with-difference", now, first.figure, slack=pen.slack((now, first.figure)))
        return Change(f"{pen.plan.year - 1}年为{first}，{text}", before=first.figure)
    if form == "percent" and pen.dice.chance(f"{name}/zeros", 0.4):
        return Change(f"比上年增加{pen.amount(ZERO)}，增长0%，与上年持平")
    return Change(text)


def _before(pen: Pen, name: str, value: Decimal) -> Amount:
    """Last year's figure, now and then in another unit."""
    if value >= 20000 and pen.dice.chance(f"{name}/other-unit", 0.15):
        return pen.amount(value, "亿元")
    if pen.unit == "万元" and pen.dice.chance(f"{name}/other-unit", 0.05) and pen.plan.decimals <= 4:
        return pen.amount(value, "元")
    return pen.amount(value)


def direction_of(pen: Pen, name: str, word: str) -> Span:
    """The word of a direction, which can be doubled, mistyped or left as the template has it."""
    span = pen.draft.span(word)
    opposite = OPPOSITE[word]
    if word in ("增加", "减少", "增长", "下降", "上升"):
        twice = pen.dice.pick(f"{name}/twice", (word + opposite, opposite + word))
        pen.draft.edit("doubled-direction", (span, twice))
    for wrong in MISTYPED.get(word, ()):
        pen.draft.edit("mistyped-direction", (span, wrong))
    pen.draft.edit("template-residue", (span, f"{word}（{opposite}）"))
    return span


def _rate(pen: Pen, compared: _Compared, first: Amount | None, change: Span) -> str:
    now, value, before = compared.now, compared.value, compared.before
    places = pen.dice.pick("style/percent", (0, 1, 2, 2, 2))
    rate = (abs(value - before) / before * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    figure = pen.draft.span(f"{rate:f}")
    up = value > before
    words = ("增长", "增长", "增长", "上升", "增幅") if up else ("下降", "下降", "降低", "减少", "降幅")
    word = pen.dice.pick(f"{compared.name}/rate", words)
    direction = pen.draft.span(word)
    half = Decimal(1).scaleb(-places) / 2

    def holds() -> bool:
        sign = 1 if up else -1
        base = first.figure.number() if first else now.number() - sign * change.number()
        # Where this year's figure is a rounded one, so is what the percentage is reckoned from.
        off = half + figure.number() * pen.slack((now, change)) / base if base > 0 else half
        return base > 0 and abs(change.number() / base * 100 - figure.number()) <= off

    known = (first.figure,) if first else ()
    pen.draft.relate("change-percent", (figure, change, now, *known), holds, scale_free=False)
    pen.draft.edit("change-direction", (direction, OPPOSITE[word]), at=(direction, change))
    sign = pen.dice.pick("style/percent-sign", ("%", "%", "%", "％"))
    return f"{direction}{'达' if word in ('增幅', '降幅') else ''}{figure}{sign}"


def cause_of(pen: Pen, name: str, value: Decimal, before: Decimal) -> str:
    """Why it changed; empty now and then."""
    pick = pen.dice.pick
    if value == before and not pen.dice.chance(f"{name}/cause-of-nothing", 0.2):
        return ""
    if not pen.dice.chance(f"{name}/cause", 0.8):
        return ""
    if value == before:
        reason = pick(f"{name}/steady", ("业务量基本稳定", "人员和任务没有变化", "执行同一定额标准"))
    else:
        rises: tuple[str, ...] = _RISES
        falls: tuple[str, ...] = _FALLS
        if name.startswith("public"):
            rises, falls = _PUBLIC_RISES, _PUBLIC_FALLS
        elif name == "operating":
            rises, falls = _OPERATING_RISES, _OPERATING_FALLS
        reason = pick(f"{name}/reason", rises if value > before else falls)
    reason = reason.format(project=pick(f"{name}/project", pen.plan.projects).name)
    span = pen.draft.span(reason)
    residue = pick(f"{name}/residue", ("×××", "***", "XX", "____", "XXXX项目增加", "（此处填写原因）"))
    pen.draft.edit("template-residue", (span, residue))
    lead = pick(
        f"{name}/lead",
        ("主要原因是{}", "主要原因是：{}", "主要是{}", "原因是{}", "主要为{}", "系{}所致", "变动原因：{}"),
    )
    return f"{pen.comma}{lead.format(span)}"
