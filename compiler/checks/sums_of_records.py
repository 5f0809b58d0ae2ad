"""表内勾稽: sums within a row (budget and its sources), over the rows of a table, and quantity times unit price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Equation, Interval, Operand, places, usable, written
from yusuan.compiler.checks.sums import Sum
from yusuan.compiler.checks.tables import by_table, inner_entry, is_total_of_assets
from yusuan.compiler.checks.verdicts import Outcome, broken, holds, unknown
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.records import Asset, Figure, ProcurementItem
from yusuan.ir.taxonomy import RecordSum, taxonomy

# A unit price may be in yuan where the amounts are in 万元.
_PRICE_FACTORS = (Fraction(1), Fraction(1, 10000), Fraction(10000))


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each row of the typed tables, and each total row."""
    for rule in taxonomy().record_sums:
        for record in getattr(inspection.document, rule.table):
            yield from _check_record(inspection, rule, record)
    for item in inspection.document.procurement:
        yield from _check_product(inspection, item)
    for table in by_table(inspection, inspection.document.procurement):
        yield from _check_procurement_rows(inspection, table)
    for assets in by_table(inspection, inspection.document.assets):
        yield from _check_assets(inspection, assets)


def _check_record(inspection: Inspection, rule: RecordSum, record: Any) -> Iterator[Finding]:
    code = codes.CODES[rule.code]
    stated = [getattr(record, part) for part in rule.parts]
    if getattr(record, rule.total) is None and all(figure is None for figure in stated):
        return
    unit = getattr(record, "unit", None)
    total = inner_entry(inspection, getattr(record, rule.total), unit)
    parts = [inner_entry(inspection, figure, unit) for figure in stated if figure is not None]
    known = [part for part in parts if part is not None]
    if total is None or not known or len(known) < len(parts):
        yield unknown(code, rule.name)
        return
    is_complete = rule.blank_is_zero or len(known) == len(rule.parts)
    yield _equation(inspection, Sum(code, rule.name, rule.concept, (total, *known)), is_complete=is_complete)


def _equation(inspection: Inspection, total: Sum, *, is_complete: bool) -> Finding:
    return total.equation(inspection, total.outcome(is_complete=is_complete))


# --- procurement ------------------------------------------------------------------------------------------------------


def _check_product(inspection: Inspection, item: ProcurementItem) -> Iterator[Finding]:
    """数量 × 单价 = 金额."""
    code = codes.PRICE_TIMES_QUANTITY
    if item.is_total or item.quantity is None or item.unit_price is None or item.total is None:
        if item.quantity is not None or item.unit_price is not None:
            yield unknown(code)
        return
    if not (usable(item.total) and usable(item.quantity) and usable(item.unit_price)):
        yield unknown(code)
        return
    entries = (Operand(item.total), Operand(item.quantity), Operand(item.unit_price))
    product = _count(item.quantity) * entries[2].interval
    matches = any((product * Interval.exactly(factor)).meets(entries[0].interval) for factor in _PRICE_FACTORS)
    outcome = Outcome.HOLDS if matches else Outcome.BROKEN
    yield Equation(code, code.name, entries, outcome, partial(_report_product, inspection, item))


def _count(quantity: Figure) -> Interval:
    """A quantity: a whole number of things is exact."""
    value = Fraction(quantity.value)
    return Interval.exactly(value) if value.denominator == 1 else Interval.of(quantity)


def _report_product(inspection: Inspection, item: ProcurementItem, suspect: int) -> Diagnostic:
    assert item.total is not None
    assert item.quantity is not None
    assert item.unit_price is not None
    code = codes.PRICE_TIMES_QUANTITY
    figures = (item.total, item.quantity, item.unit_price)
    product = Fraction(item.quantity.value) * Fraction(item.unit_price.value)
    name = item.item or item.project or item.catalogue_code
    return code.at(
        figures[suspect].span,
        related=[code.place("factor", one.span, figure=one.text) for one in figures if one is not figures[suspect]],
        row=inspection.row(figures[suspect].span),
        quantity=item.quantity.text,
        unit_price=item.unit_price.text,
        product=written(product, places(item.quantity) + places(item.unit_price)),
        figure=item.total.text,
        item=name.text if name else "",
    )


def _check_procurement_rows(inspection: Inspection, table: Sequence[ProcurementItem]) -> Iterator[Finding]:
    """合计 and 小计: the grand total is the sum of all items, a subtotal of those behind it (before it, at the end)."""
    code = codes.PROCUREMENT_ROWS
    totals = [at for at, record in enumerate(table) if record.is_total and record.total is not None]
    items = [record for record in table if not record.is_total]
    if not totals or not items:
        return
    grand = max(totals, key=lambda at: Fraction(table[at].total.value))  # type: ignore[union-attr]
    leads = totals[0] == 0
    for at in totals:
        parts = items if at == grand else _subtotalled(table, at, leads=leads)
        known = [entry for item in parts if (entry := inner_entry(inspection, item.total, item.unit)) is not None]
        total = inner_entry(inspection, table[at].total, table[at].unit)
        if total is None or not known:
            yield unknown(code)
            continue
        rows = Sum(code, code.name, "ProcurementTotal", (total, *known))
        yield _equation(inspection, rows, is_complete=len(known) == len(parts))


def _subtotalled(table: Sequence[ProcurementItem], at: int, *, leads: bool) -> list[ProcurementItem]:
    """The items that a subtotal stands before, or behind."""
    step = 1 if leads else -1
    found: list[ProcurementItem] = []
    place = at + step
    while 0 <= place < len(table) and not table[place].is_total:
        found.append(table[place])
        place += step
    return found


# --- assets -----------------------------------------------------------------------------------------------------------


def _check_assets(inspection: Inspection, table: Sequence[Asset]) -> Iterator[Finding]:
    """资产总额: the total is the sum of the kinds; 其中 rows are within the one above."""
    yield from _check_within(inspection, table)
    code = codes.ASSETS_DO_NOT_SUM
    totals = [record for record in table if is_total_of_assets(inspection, record)]
    if len(totals) != 1:
        if totals:
            yield unknown(code)
        return
    kinds = list(_kinds(inspection, [record for record in table if record is not totals[0]]))
    total = inner_entry(inspection, totals[0].value, totals[0].unit)
    parts = [entry for record in kinds if (entry := inner_entry(inspection, record.value, record.unit)) is not None]
    if total is None or not parts:
        yield unknown(code)
        return
    yield _equation(inspection, Sum(code, code.name, "AssetValue", (total, *parts)), is_complete=len(kinds) > 1)


def _check_within(inspection: Inspection, table: Sequence[Asset]) -> Iterator[Finding]:
    """其中：办公用房: no more of it, and worth no more, than the row above that it is within."""
    code, rule = codes.ASSETS_DO_NOT_SUM, "assets-within"
    whole: Asset | None = None
    for record in table:
        if inspection.words.of_which.match(inspection.lexicon.fold(record.item.text)) is None:
            whole = record
            continue
        for field in ("quantity", "value"):
            part = inner_entry(inspection, getattr(record, field), record.unit)
            limit = inner_entry(inspection, getattr(whole, field), record.unit) if whole is not None else None
            if part is None or limit is None:
                yield unknown(code, rule)
            elif not part.interval.exceeds(limit.interval):
                yield holds(code, rule)
            else:
                said = {"figure": limit.written, "part": part.written, "item": record.item.text}
                yield broken(
                    code,
                    code.at(
                        part.figure.span,
                        "within",
                        related=[code.place("whole", limit.figure.span, figure=limit.written)],
                        row=inspection.row(part.figure.span),
                        values=said,
                    ),
                    rule,
                )


def _kinds(inspection: Inspection, rows: Sequence[Asset]) -> Iterator[Asset]:
    """The rows that the total is made of: not 其中, nor what goes on with it where the kinds are numbered."""
    numbered = [_is_numbered(inspection, row) for row in rows]
    within = False
    for row, has_number in zip(rows, numbered, strict=True):
        starts = inspection.words.of_which.match(inspection.lexicon.fold(row.item.text)) is not None
        within = starts or (within and any(numbered) and not has_number)
        if not within:
            yield row


def _is_numbered(inspection: Inspection, row: Asset) -> bool:
    """Whether the cell has a number in front of the item, which the record leaves out."""
    cell = inspection.source.text[row.item.span.start : row.item.span.end]
    return not inspection.lexicon.fold(cell).startswith(inspection.lexicon.fold(row.item.text))
