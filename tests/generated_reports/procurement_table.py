"""政府采购: the table, wide with the sources of the money or narrow without."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Final

from attrs import Factory, define, field
from tests.generated_reports.draft import ZERO
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen
from tests.generated_reports.plan import Purchase

_FUNDS: Final = ("一般公共预算拨款", "基金预算拨款", "国有资本经营预算拨款", "财政专户核拨", "其他来源收入")


def write_table(pen: Pen, places: int) -> None:
    """Write the table, and note what has to hold in it."""
    dice, draft, pick = pen.dice, pen.draft, pen.dice.pick
    wide = pick("procurement/table", ("wide", "wide", "wide", "narrow")) == "wide"
    caption = draft.span(pen.plan.organization)
    residue = pick("procurement/residue", ("***", "×××", "XX单位", f"***{pen.plan.place}***"))
    draft.edit("template-residue", (caption, residue), at=(caption,))
    table = _Table(pen, wide, places, pick("procurement/unit", ("万元", "万元", "万元", "元")))
    top = [f"{pick('procurement/code', ('', '[207]', '312', '[913]'))}{caption}", f"单位：{table.unit}"]
    rows: list[list[str]] = [top] if dice.chance("procurement/caption", 0.8) else []
    if not rows:
        draft.plain(f"部门政府采购预算　　单位：{table.unit}")
    rows += table.head()
    body = [table.row(number, each) for number, each in enumerate(pen.plan.purchases)]
    total = table.total()
    table.relate_classes()
    first = dice.chance("procurement/first", 0.65)
    start = len(rows) + first
    rows += [total, *body] if first else [*body, total]
    drops = {start + at: pick(f"purchase/{at}/lost", (2, 3, 4)) for at in range(len(body))} if wide else {}
    table.spoil_twins(draft.table(rows, drops)[start:])


@define
class _Table:
    """The table while it is written, with the figures of its columns."""

    pen: Pen
    wide: bool
    places: int
    unit: str
    _amounts: list[Span] = field(init=False, factory=list)
    _columns: defaultdict[int, list[Span]] = field(init=False, default=Factory(lambda: defaultdict(list)))
    _sums: defaultdict[int, Decimal] = field(init=False, default=Factory(lambda: defaultdict(lambda: ZERO)))
    _twins: list[tuple[Span, Span, Purchase]] = field(init=False, factory=list)
    _classes: defaultdict[str, list[Span]] = field(init=False, default=Factory(lambda: defaultdict(list)))

    def head(self) -> list[list[str]]:
        """The rows of the header."""
        pick = self.pen.dice.pick
        if not self.wide:
            return [["采购项目", "采购品目", "品目编码", "计量单位", "数量", "单价", "金额"]]
        budget = pick("procurement/budget", ("政府采购金额（当年部门预算安排资金）", "政府采购金额"))
        measure = pick("procurement/measure", ("计量单位", "计量  单位", "计量\n单位"))
        names = ["政府采购项目来源", "采购物品名称", "政府采购目录序号", measure, "数量", "单价", budget]
        return [names, ["项目名称", "预算资金", "", "", "", "", "", "合计", *_FUNDS]]

    def row(self, number: int, each: Purchase) -> list[str]:
        """The row of a purchase."""
        dice, draft = self.pen.dice, self.pen.draft
        quantity = draft.span(f"{each.quantity}.00" if dice.chance("procurement/quantity", 0.3) else str(each.quantity))
        price, amount = self._money(each.price), self._money(each.amount)
        price_span, amount_span = self.pen.figure_of(price), self.pen.figure_of(amount)
        assert price_span
        assert amount_span
        self._relate_product(quantity, price_span, amount_span)
        self._amounts.append(amount_span)
        self._classes[each.code[0]].append(amount_span)
        item, code = draft.span(each.item), draft.span(each.code)
        self._twins.append((item, code, each))
        code_text = f"[{code}]" if dice.chance("procurement/brackets", 0.2) else str(code)
        what = [str(item), code_text, each.measure, str(quantity), price, amount]
        if not self.wide:
            return [each.project, *what]
        funds = self._funds(number, each, amount_span)
        return [each.project, self._owner(each), *what, *funds]

    def _funds(self, number: int, each: Purchase, amount: Span) -> list[str]:
        """The cells of the sources that the money of a purchase is from."""
        dice = self.pen.dice
        split = [each.amount, ZERO, ZERO, ZERO, ZERO]
        if each.amount >= 1 and dice.chance(f"purchase/{number}/split", 0.3):
            share = Decimal(dice.between(f"purchase/{number}/share", 1, 7)) / 10
            other = (each.amount * share).quantize(Decimal("0.01"))
            split[dice.pick(f"purchase/{number}/fund", (1, 4))] = other
            split[0] -= other
        cells = [self._money(part) for part in split]
        self.pen.draft.sum("procurement-sources", amount, self._figures(cells))
        for column, cell in enumerate(cells):
            if span := self.pen.figure_of(cell):
                self._columns[column].append(span)
            self._sums[column] += split[column]
        return cells

    def _owner(self, each: Purchase) -> str:
        """The cell of what the project has in all."""
        cell = self._money(each.money)
        if span := self.pen.figure_of(cell):
            is_project = each.project_index is not None
            kind = f"project-text-table/{each.project_index}" if is_project else "routine-operating/routine"
            self.pen.same[kind].append(span)
        return cell

    def total(self) -> list[str]:
        """The row of the total."""
        plan, draft, pick = self.pen.plan, self.pen.draft, self.pen.dice.pick
        total = self._money(plan.procurement)
        total_span = self.pen.figure_of(total)
        assert total_span
        draft.sum("procurement-total", total_span, self._amounts)
        self.pen.same["procurement-text-table/total"].append(total_span)
        label = pick("procurement/total", ("合　计", "合计", f"{plan.short}小计", "总计"))
        if not self.wide:
            return [label, *[""] * 5, total]
        last = [self._money(self._sums[column]) for column in range(5)]
        draft.sum("procurement-sources", total_span, self._figures(last))
        for column, cell in enumerate(last):
            if span := self.pen.figure_of(cell):
                draft.sum("procurement-total", span, self._columns[column])
        return [label, *[""] * 6, total, *last]

    def relate_classes(self) -> None:
        """The text may state what goods, works and services come to."""
        for letter, spans in self._classes.items():
            for text_span in self.pen.same.get(f"procurement-class-table/{letter}", []):
                self.pen.draft.sum("procurement-class-table", text_span, spans)

    def spoil_twins(self, starts: list[Span]) -> None:
        """Two rows that differ in their names only can be made the same."""
        for at in range(1, len(self._twins)):
            one, other = self._twins[at - 1], self._twins[at]
            same = (one[2].quantity, one[2].price, one[2].project, one[2].measure)
            if same == (other[2].quantity, other[2].price, other[2].project, other[2].measure):
                changes = ((other[0], one[0].text), (other[1], one[1].text))
                self.pen.draft.edit("procurement-row-twice", *changes, at=(starts[at], starts[at - 1]))

    def _money(self, value: Decimal) -> str:
        return self.pen.cell(value, self.places, self.unit, empty_zero=True)

    def _figures(self, cells: list[str]) -> list[Span]:
        return [span for cell in cells if (span := self.pen.figure_of(cell))]

    def _relate_product(self, quantity: Span, price: Span, amount: Span) -> None:
        def holds() -> bool:
            return quantity.number() * price.number() == amount.number()

        self.pen.draft.relate("procurement-amount", (quantity, price, amount), holds)
