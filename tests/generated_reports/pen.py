"""How figures, years and headings are written, the same way throughout a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from attrs import define, field, frozen
from tests.generated_reports.dice import Dice
from tests.generated_reports.draft import ZERO, Draft, Heading
from tests.generated_reports.marks import Span, grouped
from tests.generated_reports.plan import Plan


@frozen
class Amount:
    """A figure with its unit, as text; either can be changed."""

    figure: Span
    text: str

    def __str__(self) -> str:
        return self.text


@define(init=False)
class Pen:
    """What a plan is written down with: the words chosen by the dice, how figures are printed, what was said before."""

    plan: Plan
    draft: Draft
    dice: Dice
    same: defaultdict[str, list[Span]] = field(init=False)
    """The figures that have to be equal, by what they are of; the name begins with the kind of the fault."""
    covered: list[Span] = field(init=False)
    """Planned purchases that are said to be in the procurement budget."""
    styles: tuple[str, ...] = field(init=False)
    fixed: bool = field(init=False)
    table_fixed: bool = field(init=False)
    thousands: bool = field(init=False)
    unit: str = field(init=False)
    blank: str = field(init=False)
    comma: str = field(init=False)
    colon: str = field(init=False)

    def __init__(self, plan: Plan, draft: Draft) -> None:
        self.plan = plan
        self.draft = draft
        self.dice = draft.dice
        self.same = defaultdict(list)
        self.covered = []
        pick, chance = self.dice.pick, self.dice.chance
        self.fixed = chance("style/fixed", 0.6)
        self.table_fixed = self.fixed or chance("style/table-fixed", 0.5)
        self.thousands = chance("style/thousands", 0.25)
        self.unit = pick("style/unit", ("万元",) * 9 + ("元",))
        self.blank = pick("style/blank", ("", "", "", "", " "))
        self.comma = pick("style/comma", ("，", "，", "，", "，", ","))
        self.colon = pick("style/colon", ("其中：", "其中：", "其中:", "其中，", "包括："))

    def _written(self, value: Decimal, decimals: int, fixed: bool) -> str:
        if value == 0 and (not fixed or self.dice.chance(f"zero/{len(self.draft.edits)}", 0.5)):
            return "0"
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        text = f"{value:f}"
        if not fixed and "." in text:
            text = text.rstrip("0").rstrip(".")
        return grouped(text) if self.thousands and value >= 0 else text

    def amount(self, value: Decimal, unit: str = "", decimals: int | None = None) -> Amount:
        """A sum of money in running text; `value` in 万元."""
        unit = unit or self.unit
        scale = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}[unit]
        places = self.plan.decimals if decimals is None else decimals
        places = {"万元": places, "元": max(places - 4, 0), "亿元": places + 4}[unit]
        figure = self.draft.span(self._written(value / scale, places, self.fixed and unit != "亿元"), scale)
        mark = self.draft.span(unit)
        if value:
            self.draft.edit("amount-without-unit", (mark, ""), at=(figure,))
        return Amount(figure, f"{figure}{self.blank}{mark}")

    def cell(self, value: Decimal, decimals: int | None = None, unit: str = "万元", empty_zero: bool = False) -> str:
        """A figure in a table, alone in its cell."""
        if empty_zero and value == 0:
            return ""
        scale = Decimal(1) if unit == "万元" else Decimal("0.0001")
        places = max(self.plan.decimals, 2) if decimals is None else decimals
        places = places if unit == "万元" else max(places - 4, 2 if self.table_fixed else 0)
        figure = self.draft.span(self._written(value / scale, places, self.table_fixed), scale)
        if value:
            stray = self.dice.pick(f"stray/{len(self.draft.edits)}", ("2", "0", "1", "35", "."))
            again = f"{figure.text}\n{stray if stray != '.' else figure.text}"
            self.draft.edit("number-with-residue", (figure, again))
        return str(figure)

    def figure_of(self, cell: str) -> Span | None:
        """The figure of a cell that `cell` wrote."""
        return next((span for span in self.draft.inside(cell) if span.is_figure()), None)

    def list_style(self, name: str, styles: Sequence[str]) -> str:
        """How a list in running text is numbered: not as the headings are."""
        return self.dice.pick(name, [style for style in styles if style.strip() not in self.styles[:3]])

    def year(self) -> str:
        """The fiscal year where a section speaks of it; another year would be a mistake."""
        year = self.plan.year
        span = self.draft.span(str(year))
        other = self.dice.pick(f"year/{len(self.draft.edits)}", (year - 1, year - 2, year + 1))
        self.draft.edit("foreign-year", (span, str(other)))
        return str(span)

    def heading(self, level: int, name: str, titles: Sequence[str]) -> Heading:
        title = self.dice.pick(f"heading/{name}", titles)
        year = str(self.plan.year)
        if year in title:
            title = title.replace(year, self.year())
        return self.draft.heading(level, self.styles[level - 1], title)

    def total(self, name: str, value: Decimal) -> tuple[Amount, Decimal]:
        """A total, now and then written with a decimal less than its parts; and what it is off for that."""
        places = self.plan.decimals
        if self.fixed and self.unit == "万元" and places > 0 and self.dice.chance(f"{name}/rounded", 0.12):
            return self.amount(value, decimals=places - 1), Decimal(1).scaleb(1 - places) / 2
        return self.amount(value), ZERO

    def slack(self, spans: Sequence[Span]) -> Decimal:
        rough = max(span.unit_in_last_place() for span in spans)
        fine = min(span.unit_in_last_place() for span in spans)
        return rough / 2 if self.fixed and rough > fine else ZERO
