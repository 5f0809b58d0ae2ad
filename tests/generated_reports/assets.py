"""国有资产: the text and the table, and the planned purchases."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen
from tests.generated_reports.draft import ZERO, Heading
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen


@frozen
class _Assets:
    """What the department holds: money in 万元 with some decimal places, square metres, and numbers of things."""

    places: int
    house: Decimal
    office: Decimal
    cars: Decimal
    gear: Decimal
    other: Decimal
    area: int
    count: int
    machines: int

    @property
    def total(self) -> Decimal:
        return self.house + self.cars + self.gear + self.other


def assets(pen: Pen, level: int) -> Heading:
    heading = pen.heading(
        level,
        "assets",
        (
            "国有资产信息",
            "国有资产占有使用情况",
            "国有资产占用情况说明",
            "国有资产信息公示",
            "国有资产情况",
            "固定资产占用情况",
            "国有资产占有情况",
        ),
    )
    held = _held(pen)
    _tell(pen, held)
    _write_table(pen, held)
    return heading


def _held(pen: Pen) -> _Assets:
    plan, dice = pen.plan, pen.dice
    places = max(plan.decimals, 2) if dice.chance("assets/exact", 0.6) else plan.decimals
    scale = 10**places

    def value(name: str, low: int, high: int, probability: float = 1.0) -> Decimal:
        if not dice.chance(f"assets/{name}/any", probability):
            return ZERO
        return Decimal(dice.between(f"assets/{name}", low * scale, high * scale)).scaleb(-places)

    house = value("house", 60, 9000, 0.85)
    office = (house * Decimal(dice.between("assets/office", 3, 10)) / 10).quantize(Decimal(1).scaleb(-places))
    return _Assets(
        places,
        house,
        office,
        cars=value("cars", 9, 300, 0.85),
        gear=value("gear", 25, 900, 0.4),
        other=value("other", 20, 1800),
        area=dice.between("assets/area", 200, 18000),
        count=dice.between("assets/count", 1, 26),
        machines=dice.between("assets/machines", 1, 9),
    )


def _tell(pen: Pen, held: _Assets) -> None:
    """The paragraph."""
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    amount = pen.amount(held.total, decimals=held.places)
    pen.same["assets-text-table/total"].append(amount.figure)
    year = plan.year
    lead = pick(
        "assets/lead",
        (
            "{me}上年末固定资产金额为{t}",
            "截至{b}年12月31日，{me}固定资产金额{t}",
            "截至{b}年末，{me}固定资产总额{t}",
            "上年末固定资产总金额为{t}（详见下表）",
            "{b}年末{me}占有使用固定资产{t}",
            "截至{b}年底，{me}固定资产账面原值{t}",
            "{me}{b}年末共有固定资产{t}",
            "截止{b}年12月31日，{me}占用固定资产总值{t}",
        ),
    ).format(me=plan.me, t=amount, b=year - 1)
    parts: list[str] = []
    vehicles = draft.span(str(held.count))
    if held.cars and dice.chance("assets/parts", 0.35):
        parts.append(f"其中车辆{vehicles}辆")
        pen.same["assets-text-count/cars"].append(vehicles)
        if held.house:
            part = pen.amount(held.house, decimals=held.places)
            parts.append(f"房屋{held.area}平方米，价值{part}")
            pen.same["assets-text-table/house"].append(part.figure)
    text = "，".join([lead, *parts])
    draft.paragraph(
        f"{text}{pick('assets/join', ('，', '；', '。'))}{_planned(pen)}"
        f"{pick('assets/see', ('详见下表。', '', '占用情况如下。'))}"
    )


def _write_table(pen: Pen, held: _Assets) -> None:
    """The table, and what has to hold in it."""
    dice, draft, pick = pen.dice, pen.draft, pen.dice.pick
    unit = pick("assets/unit", ("万元",) * 7 + ("元",))
    dash = pick("assets/dash", ("——", "--", "－－", "—", ""))
    head = _head(pen, unit)
    parts: list[Span] = []

    def row(label: str, number: str, money: Decimal, key: str = "") -> list[str]:
        text = pen.cell(money, held.places, unit, empty_zero=dice.chance("assets/empty", 0.6))
        figure = pen.figure_of(text)
        if figure and key != "inside":
            parts.append(figure)
            if key:
                pen.same[f"assets-text-table/{key}"].append(figure)
        return [label, number, text]

    total = row(pick("assets/total", ("资产总额", "固定资产总额", "合计")), dash, held.total, "total")
    total_figure = parts.pop()
    count = draft.span(str(held.count))
    if held.cars:
        pen.same["assets-text-count/cars"].append(count)
    size = f"{held.area:,}.00" if dice.chance("assets/long", 0.3) else str(held.area)
    limit = pick("assets/limit", ("20", "50", "100"))
    indent = pick("assets/indent", ("", "", "  "))
    house = row(f"{indent}1、房屋（平方米）", size if held.house else "", held.house, "house")
    office = row("其中：办公用房（平方米）", str(held.area * 2 // 3) if held.office else "", held.office, "inside")
    if (inner := pen.figure_of(office[2])) and (outer := pen.figure_of(house[2])):
        draft.at_most("parts-within", [inner], outer)
    rows = [
        house,
        office,
        row(f"{indent}2、车辆（台、辆）", str(count) if held.cars else "", held.cars),
        row(f"{indent}3、单价在{limit}万元以上的设备", str(held.machines) if held.gear else dash, held.gear),
    ]
    if held.gear and dice.chance("assets/among", 0.3):
        among = held.gear / 2 if held.gear % 2 == 0 else held.gear
        rows.append(row(f"   其中：单价{limit}万元（含）以上的通用设备", "1", among, "inside"))
    columns = pick("assets/table", ("three", "three", "two"))
    rows.append(row(f"{indent}4、其他固定资产", "" if columns == "two" else dash, held.other))
    draft.sum("assets-total", total_figure, parts)
    drops = {len(head) + 1: 1} if not held.house else None
    draft.table([*head, total, *rows] if dice.chance("assets/first", 0.85) else [*head, *rows, total], drops)


def _head(pen: Pen, unit: str) -> list[list[str]]:
    """The rows of the header; what is its caption may stand in front of the table."""
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    caption = pick(
        "assets/caption", ("固定资产占用情况表", f"{plan.short}固定资产占用情况表", "部门固定资产占用情况表")
    )
    rows: list[list[str]] = []
    until = f"截止时间：{plan.year - 1}年12月31日"
    if dice.chance("assets/inside", 0.6):
        rows += [[caption], [f"编制部门：{plan.organization}", until]]
    else:
        draft.plain(caption)
        draft.plain(f"编制部门：{plan.organization}               {until}")
    priced = pick("assets/price", ("价值（金额单位：{}）", "价值（单位：{}）", "价值（{}）")).format(unit)
    rows.append([pick("assets/name", ("项目", "项   目", "项　　目")), "数量", priced])
    return rows


def _planned(pen: Pen) -> str:
    """The sentence of planned purchases."""
    plan, dice, draft, pick = pen.plan, pen.dice, pen.draft, pen.dice.pick
    goods = sum((each.amount for each in plan.purchases if each.code[0] == "A"), ZERO)
    places = max(plan.decimals, 2)
    form = pick("assets/purchases", ("procurement", "procurement", "plain", "plain", "none"))
    if form == "procurement" and not goods:
        form = "plain"
    year = pick("assets/this", (f"{pen.year()}年", "本年度"))
    if form == "none":
        nothing = (
            f"{year}无购置固定资产计划。",
            f"{year}拟购置固定资产{pen.amount(ZERO)}。",
            f"{year}未安排购置车辆和大型设备。",
        )
        return pick("assets/nothing", nothing)
    share = Decimal(dice.between("assets/share", 3, 10)) / 10
    money = (goods * share).quantize(Decimal("0.01")) if form == "procurement" else _small(pen)
    amount = pen.amount(money, decimals=places)
    things = "、".join([each.item for each in plan.purchases if each.code[0] == "A"][:3]) or "办公家具、计算机"
    span = draft.span(things)
    draft.edit("template-residue", (span, pick("assets/residue", ("***", "XXX、XXX", "____"))))
    words = pick("assets/words", ("拟购置固定资产总额为{}", "计划购置固定资产{}", "拟购置固定资产{}")).format(amount)
    which = pick("assets/which", ("，主要为{}等", "，主要是{}", "，包括{}等")).format(span)
    if form == "plain":
        return f"{year}{words}{which}。"
    pen.covered.append(amount.figure)
    listed = pick(
        "assets/listed",
        ("已列入政府采购预算", "均已列入政府采购预算", "全部编入政府采购预算", "已在政府采购预算中列明"),
    )
    where = pick("assets/where", ("", "", "，详见政府采购预算表"))
    return f"{year}{words}{which}，{listed}{where}。"


def _small(pen: Pen) -> Decimal:
    return pen.plan.some_money(pen.dice, "assets/small", 1, 20)
