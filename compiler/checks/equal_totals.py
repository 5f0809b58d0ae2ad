"""收支平衡: the totals of revenue, of expenditure and of both are the same money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Equation, Operand
from yusuan.compiler.checks.statements import entry_of, is_of_a_part, is_of_the_year_alone
from yusuan.compiler.checks.verdicts import Outcome, unknown
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.records import Amount
from yusuan.ir.taxonomy import EqualRule, taxonomy
from yusuan.ir.vocabulary import Basis, Measure

# A report states its total in few different ways; a text that states more is none.
_MOST_VALUES = 16


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each of the totals against the one that is stated first among those that agree with most."""
    for rule in taxonomy().equal:
        code = codes.CODES[rule.code]
        stated = [amount for amount in inspection.document.amounts if _is_total(inspection, amount, rule)]
        if len({amount.concept for amount in stated}) < 2:
            yield unknown(code, rule.name)
            continue
        known = [(amount, entry) for amount in stated if (entry := entry_of(inspection, amount)) is not None]
        if len(known) < 2:
            yield unknown(code, rule.name)
            continue
        reference = _most_agreed([entry for _, entry in known])
        for at, (amount, entry) in enumerate(known):
            if at != reference:
                yield _compare(inspection, rule, (amount, entry), known[reference])


def _most_agreed(entries: Sequence[Operand]) -> int:
    """The place of the first figure that most others agree with."""
    counts = Counter(entry.exact for entry in entries)
    stated = {entry.exact: entry.interval for entry in reversed(entries)}
    common = [value for value, _ in counts.most_common(_MOST_VALUES)]
    agreeing = {value: sum(counts[other] for other in common if stated[value].meets(stated[other])) for value in common}
    return next(at for at, entry in enumerate(entries) if agreeing.get(entry.exact) == max(agreeing.values()))


def _is_total(inspection: Inspection, amount: Amount, rule: EqualRule) -> bool:
    return (
        amount.concept in rule.concepts
        and amount.measure is Measure.AMOUNT
        and amount.basis is Basis.BUDGET
        and amount.scope is None
        and amount.period == inspection.document.fiscal_year
        and amount.section in rule.sections
        and inspection.table_index(amount.value.span.start) is None
        and not is_of_the_year_alone(inspection, amount)
        and not is_of_a_part(inspection, amount)
    )


def _compare(
    inspection: Inspection, rule: EqualRule, one: tuple[Amount, Operand], other: tuple[Amount, Operand]
) -> Finding:
    pair = (one, other)
    entries = (one[1], other[1])
    code = codes.CODES[rule.code]
    return Equation(
        code=code,
        rule=rule.name,
        entries=entries,
        outcome=Outcome.HOLDS if entries[0].interval.meets(entries[1].interval) else Outcome.BROKEN,
        report=partial(_report, inspection, code, pair),
    )


def _report(
    inspection: Inspection, code: Code, pair: tuple[tuple[Amount, Operand], tuple[Amount, Operand]], suspect: int
) -> Diagnostic:
    (amount, entry), (other, other_entry) = pair[suspect], pair[1 - suspect]
    place = code.place(
        "other", other_entry.figure.span, other=other.concept, figure=other_entry.written, unit=other_entry.unit
    )
    return code.at(
        entry.figure.span,
        related=[place],
        row=inspection.row(entry.figure.span),
        # Where both have one name, the document's own words tell them apart.
        total=amount.concept if amount.concept is not other.concept or amount.label is None else amount.label.text,
        figure=entry.written,
        unit=entry.unit,
        other=other.concept,
        other_figure=other_entry.written + other_entry.unit,
    )
