"""文字与表格: the same money in the running text and in a table: 三公 expenses, procurement, assets, projects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from attrs import frozen

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Equation, Operand
from yusuan.compiler.checks.statements import entry_of
from yusuan.compiler.checks.tables import Stated, inner_entry, procurement_total, total_of
from yusuan.compiler.checks.verdicts import Outcome, unknown
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.records import Amount, Figure
from yusuan.ir.vocabulary import Basis, Concept, Measure, Role

_EXPENSES = frozenset(
    {
        Concept.THREE_PUBLIC_EXPENSE,
        Concept.OVERSEAS_TRAVEL_EXPENSE,
        Concept.OFFICIAL_VEHICLE_EXPENSE,
        Concept.VEHICLE_PURCHASE_EXPENSE,
        Concept.VEHICLE_OPERATION_EXPENSE,
        Concept.OFFICIAL_RECEPTION_EXPENSE,
    }
)
_BOUGHT = "procurement"
# A shorter name may be a part of many others.
_SHORTEST_NAME = 4


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each figure of the text that a table states too."""
    yield from _check_expenses(inspection)
    yield from _check_total(inspection, Concept.PROCUREMENT_BUDGET, procurement_total(inspection))
    yield from _check_total(inspection, Concept.FIXED_ASSETS, total_of(inspection, "assets", "value"))
    yield from _check_projects(inspection)


def _check_expenses(inspection: Inspection) -> Iterator[Finding]:
    code = codes.TEXT_DIFFERS_FROM_TABLE
    tabled: dict[tuple[object, ...], list[Amount]] = {}
    told: list[Amount] = []
    for amount in inspection.document.amounts:
        if amount.concept in _EXPENSES and amount.basis is Basis.BUDGET:
            if inspection.table_index(amount.value.span.start) is None:
                # 运行经费 there is that of the offices, not of vehicles.
                if amount.section is not Role.OPERATING_EXPENSE and not _may_be_of_the_whole(inspection, amount):
                    told.append(amount)
            else:
                tabled.setdefault(_key(amount), []).append(amount)
    for amount in told:
        others = tabled.get(_key(amount), [])
        one = entry_of(inspection, amount)
        other = (
            entry_of(inspection, others[0]) if others and len({found.value.value for found in others}) == 1 else None
        )
        if one is None or other is None:
            yield unknown(code)
        else:
            yield _Pair(code, (one, other), {"total": str(amount.concept)}).equation(inspection)


def _may_be_of_the_whole(inspection: Inspection, amount: Amount) -> bool:
    """Whether a change stands behind the semicolon that ends a list of parts: of the last part, or of all of them."""
    if amount.measure is not Measure.CHANGE or amount.label is None:
        return False
    return inspection.search(inspection.words.list_end, amount.label.span.end, amount.value.span.start) is not None


def _key(amount: Amount) -> tuple[object, ...]:
    return amount.concept, amount.period, amount.measure


def _check_total(inspection: Inspection, concept: Concept, table: Stated | None) -> Iterator[Finding]:
    """The one figure of the text that a table has as its total."""
    code = codes.TEXT_DIFFERS_FROM_TABLE
    told = [
        amount
        for amount in inspection.document.amounts
        if amount.concept is concept
        and amount.measure is Measure.AMOUNT
        and amount.scope is None
        and inspection.table_index(amount.value.span.start) is None
    ]
    if not told:
        return
    one = entry_of(inspection, told[0])
    other = _tabled(inspection, one, table) if one is not None else None
    if one is None or other is None or table is None or len({amount.value.value for amount in told}) > 1:
        yield unknown(code)
        return
    agree = one.interval.meets(other.interval)
    is_beside = not agree and _stands_beside(inspection, table, one)
    pair = _Pair(code, (one, other), {"total": str(concept)})
    yield unknown(code) if is_beside else pair.equation(inspection)


def _stands_beside(inspection: Inspection, table: Stated, told: Operand) -> bool:
    """Whether the row of a total has the figure of the text in another column: 期初数, 期末数."""
    row = inspection.row_at(table.figure.span)
    if row is None or not any(record.value is table.figure for record in inspection.document.assets):
        # The columns of a procurement table are parts of its total.
        return False
    return any(inspection.lexicon.number(cell.text) == told.figure.value for cell in row.cells if cell.text)


def _tabled(inspection: Inspection, told: Operand | None, stated: Stated | _Named | None) -> Operand | None:
    """A figure to compare with another; where a table states no unit, in that of the other, or in any that makes the
    two the same."""
    if stated is None:
        return None
    if stated.unit is not None:
        return inner_entry(inspection, stated.figure, stated.unit)
    if told is None:
        return None
    units = (told.unit, *inspection.lexicon.money)
    tried = [entry for one in units if (entry := inner_entry(inspection, stated.figure, one)) is not None]
    return next((entry for entry in tried if entry.interval.meets(told.interval)), tried[0] if tried else None)


def _check_projects(inspection: Inspection) -> Iterator[Finding]:
    """Each project that is named with its budget in several places: in the text and in tables."""
    code = codes.PROJECT_BUDGET_DIFFERS
    named: dict[str, list[_Named]] = {}
    for one in _projects(inspection):
        name = _bare_name(inspection, one.name)
        if len(name) >= _SHORTEST_NAME:
            named.setdefault(name, []).append(one)
    for places in named.values():
        if len(places) < 2 or len({one.kind for one in places}) < len(places):
            # One that is named twice in the same table may be two.
            continue
        first, *others = places
        for other in others:
            told = _tabled(inspection, None, first) or _tabled(inspection, None, other)
            here, there = _tabled(inspection, told, first), _tabled(inspection, told, other)
            if here is None or there is None:
                yield unknown(code)
            elif other.kind == _BOUGHT and here.interval.exceeds(there.interval):
                # What is bought may be a part of what the project has.
                yield unknown(code)
            else:
                kinds = (first.kind, other.kind)
                yield _Pair(code, (here, there), {"project": first.name}, kinds).equation(inspection)


@frozen(slots=True)
class _Named:
    """A project's budget at one place: kind tells the text and the tables apart."""

    kind: str
    name: str
    figure: Figure
    unit: str | None


def _projects(inspection: Inspection) -> Iterator[_Named]:
    """The budgets of projects, those of the text first."""
    document = inspection.document
    for amount in document.amounts:
        is_told = amount.measure is Measure.AMOUNT and amount.period == document.fiscal_year
        if amount.concept is Concept.PROJECT_EXPENDITURE_ITEM and amount.label is not None and is_told:
            yield _Named("text", amount.label.text, amount.value, amount.unit)
    for project in document.projects:
        if project.budget is not None:
            yield _Named("project", project.name.text, project.budget, project.unit)
    bought: set[str] = set()
    for item in document.procurement:
        # A project's money stands in each row of what it buys.
        if item.project is not None and item.project_budget is not None and item.project.text not in bought:
            bought.add(item.project.text)
            yield _Named(_BOUGHT, item.project.text, item.project_budget, item.unit)


def _bare_name(inspection: Inspection, name: str) -> str:
    """A project's name without the year that one place puts in front and another does not."""
    return inspection.words.project_words.sub("", inspection.lexicon.fold(name))


@frozen(slots=True)
class _Pair:
    """The same money at two places, in the order of the document.

    Attributes:
        code: what a difference is reported as.
        entries: the two figures.
        values: what the diagnostic quotes of both.
        kinds: where each stands, in the terms of the catalogue.
    """

    code: Code
    entries: tuple[Operand, Operand]
    values: Mapping[str, str]
    kinds: tuple[str, str] = ("text", "table")

    def equation(self, inspection: Inspection) -> Equation:
        """That the two are the same."""
        one, other = self.entries
        outcome = Outcome.HOLDS if one.interval.meets(other.interval) else Outcome.BROKEN
        return Equation(self.code, self.code.name, self.entries, outcome, partial(self.report, inspection))

    def report(self, inspection: Inspection, suspect: int) -> Diagnostic:
        """What there is to say of two that differ, at the one that is wrong."""
        code, kinds, (one, other) = self.code, self.kinds, self.entries
        wrong, right = self.entries[suspect], self.entries[1 - suspect]
        where = {"place": kinds[1 - suspect], "figure": right.written, "unit": right.unit}
        said = {
            **self.values,
            "place": kinds[0],
            "figure": one.written,
            "unit": one.unit,
            "other_place": kinds[1],
            "other_figure": other.written,
            "other_unit": other.unit,
        }
        return code.at(
            wrong.figure.span,
            related=[code.place("other", right.figure.span, where)],
            row=inspection.row(wrong.figure.span),
            values=said,
        )
