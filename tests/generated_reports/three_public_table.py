"""“三公”经费: the table, of this year alone, of two years, or with a column for each expense."""

from __future__ import annotations

from decimal import Decimal

from attrs import define, field
from tests.generated_reports.draft import ZERO
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen


def write_table(pen: Pen) -> None:
    """Write the table, and note what has to hold in it."""
    pick = pen.dice.pick
    table = _Table(pen, pick("public/unit", ("万元", "万元", "万元", "元")))
    form = pick("public/table", ("years", "years", "wide", "single"))
    nested = form == "wide" or pen.dice.chance("public/nested", 0.5)
    if form == "wide":
        table.write_columns()
    else:
        table.write_rows(nested=nested, is_single=form == "single")
    table.relate(nested=nested)


@define
class _Table:
    """The table while it is written: the money of each expense this year and last, and the figures of each column."""

    pen: Pen
    unit: str
    places: int = field(init=False)
    money: dict[str, tuple[Decimal, Decimal]] = field(init=False)
    figures: dict[str, dict[str, Span]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        plan = self.pen.plan
        now, before = plan.public, plan.public_before
        self.places = max(plan.decimals, 2)
        self.money = {
            "total": (sum(now, ZERO), sum(before, ZERO)),
            "0": (now[0], before[0]),
            "vehicles": (now[1] + now[2], before[1] + before[2]),
            "1": (now[1], before[1]),
            "2": (now[2], before[2]),
            "3": (now[3], before[3]),
        }
        self.figures = {"now": {}, "before": {}, "change": {}}

    def write_columns(self) -> None:
        """A column for each expense."""
        draft, pick = self.pen.draft, self.pen.dice.pick
        draft.plain(pick("public/caption", ("一般公共预算“三公”经费支出表", "“三公”经费预算表", "")))
        draft.table(
            [
                [f"部门：{self.pen.plan.organization}", f"单位：{self.unit}"],
                ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"],
                ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""],
                [self._cell("now", key, self.money[key][0]) for key in ("total", "0", "vehicles", "1", "2", "3")],
            ]
        )

    def write_rows(self, *, nested: bool, is_single: bool) -> None:
        """A row for each expense, of this year alone or of two years with what changed."""
        dice, draft, pick = self.pen.dice, self.pen.draft, self.pen.dice.pick
        keys = [key for key in self.money if nested or key != "vehicles"]
        if dice.chance("public/last", 0.5):
            keys = [*keys[1:], "total"]
        head = self._head()
        table = [[head[0], f"{self.pen.plan.year}年预算数"] if is_single else head]
        labels = self._labels()
        for key in keys:
            row = [self._cell("now", key, self.money[key][0])] if is_single else self._compared(key)
            table.append([labels[key], *row])
        width = len(table[0])
        captioned = dice.chance("public/caption-row", 0.5)
        if captioned:
            table.insert(0, [*[""] * (width - 1), f"单位：{self.unit}"])
        else:
            draft.plain(f"{pick('public/caption-text', ('', '“三公”经费预算表　　'))}单位：{self.unit}")
        first = 2 if captioned else 1
        draft.table(table, None if is_single else dict.fromkeys(range(first, len(table)), 1))

    def _head(self) -> list[str]:
        pick, year = self.pen.dice.pick, self.pen.plan.year
        head = pick(
            "public/head",
            (
                [f"{year - 1}年度预算", f"{year}年度预算", "增减金额", "变化原因"],
                [f"{year - 1}年预算数", f"{year}年预算数", "增减额", "增减原因"],
                ["上年预算数", "本年预算数", "增减变化", "原因"],
            ),
        )
        return [pick("public/name", ("项目名称", "项目", "项  目")), *head]

    def _labels(self) -> dict[str, str]:
        pick = self.pen.dice.pick
        return {
            "total": pick("public/table/total", ("合计", "合　计", "“三公”经费合计", "总计")),
            "0": pick("public/table/abroad", ("因公出国（境）费", "因公出国经费", "1、因公出国（境）费用")),
            "vehicles": "公务用车购置及运行维护费",
            "1": pick("public/table/bought", ("公务用车购置费", "其中：公务用车购置费", "　　公务用车购置费")),
            "2": pick("public/table/running", ("公务用车运行维护费", "公务用车运行费", "　　公务用车运行维护费")),
            "3": "公务接待费",
        }

    def _compared(self, key: str) -> list[str]:
        """The cells of an expense in two years, and of its change."""
        value, last = self.money[key]
        was, is_ = self._cell("before", key, last), self._cell("now", key, value)
        change = self._cell("change", key, value - last)
        if figure := self.pen.figure_of(change):
            self._relate_change(self.figures["now"][key], self.figures["before"][key], figure)
        reason = "无增减变化" if value == last else "厉行节约" if value < last else "业务量增加"
        return [was, is_, change, reason]

    def _cell(self, column: str, key: str, value: Decimal) -> str:
        text = self.pen.cell(value, self.places, self.unit)
        if span := self.pen.figure_of(text):
            self.figures[column][key] = span
        return text

    def relate(self, *, nested: bool) -> None:
        """What has to hold in each column, and with what the text says."""
        draft, same = self.pen.draft, self.pen.same
        for column, spans in self.figures.items():
            if not spans:
                continue
            parts = [spans[key] for key in (("0", "vehicles", "3") if nested else ("0", "1", "2", "3"))]
            draft.sum("three-public-table-parts", spans["total"], parts)
            if nested:
                draft.sum("three-public-table-parts", spans["vehicles"], [spans["1"], spans["2"]])
            if column == "now":
                for key, span in spans.items():
                    same[f"three-public-text-table/{key}"].append(span)
                same["operating-vehicle/running"].append(spans["2"])
            elif column == "before":
                same["three-public-text-table/before"].append(spans["total"])

    def _relate_change(self, now: Span, before: Span, change: Span) -> None:
        def holds() -> bool:
            return now.number() - before.number() == change.number()

        self.pen.draft.relate("change-difference", (now, before, change), holds)
