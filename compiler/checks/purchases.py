"""拟购置资产: purchases that are said to be in the procurement budget are no more than it."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.statements import entry_of, stated
from yusuan.compiler.checks.tables import inner_entry, procurement_total
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.vocabulary import Concept, Measure

_CODE = codes.PURCHASES_EXCEED_PROCUREMENT
# How far behind a figure its sentence is looked through.
_SENTENCE = 160


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each amount of purchases whose sentence says that they are in the procurement budget."""
    year = inspection.document.fiscal_year
    text = inspection.source.text
    total = procurement_total(inspection)
    tabled = inner_entry(inspection, total.figure, total.unit) if total is not None and total.unit else None
    budget = stated(inspection, Concept.PROCUREMENT_BUDGET) or tabled
    for amount in inspection.document.amounts:
        if amount.concept is not Concept.FIXED_ASSET_PURCHASES or amount.measure is Measure.CHANGE:
            continue
        if amount.period != year:
            continue
        end = text.find("\n", amount.value.span.end)
        stop = min(end if end >= 0 else len(text), amount.value.span.end + _SENTENCE)
        match = inspection.search(inspection.words.in_procurement, amount.value.span.end, stop)
        if match is None:
            continue
        if inspection.search(inspection.words.some_of_it, amount.value.span.end, match.start()):
            # 其中12.20万元列入: another figure, which may be all that is said to be in it.
            yield unknown(_CODE)
            continue
        purchases = entry_of(inspection, amount)
        if purchases is None or budget is None:
            yield unknown(_CODE)
        elif not purchases.interval.exceeds(budget.interval):
            yield holds(_CODE)
        else:
            place = _CODE.place("budget", budget.figure.span, figure=budget.written, unit=budget.unit)
            yield broken(
                _CODE,
                _CODE.at(
                    amount.value.span,
                    related=[place],
                    figure=purchases.written,
                    unit=purchases.unit,
                    other_figure=budget.written,
                    other_unit=budget.unit,
                ),
            )
