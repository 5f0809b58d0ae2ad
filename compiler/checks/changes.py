"""比上年增减: a stated change against the figures of the two years, its direction, and 持平 beside a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from yusuan.compiler.checks.base import Finding, Inspection, Outcome, unknown
from yusuan.compiler.checks.equations import Entry, Equation, Interval, places, written
from yusuan.compiler.checks.statements import by_place, entry_of
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.records import Amount
from yusuan.ir.vocabulary import Base, Basis, Measure

_BASES = {Base.PRIOR_BUDGET: Basis.BUDGET, Base.PRIOR_OUTTURN: Basis.OUTTURN, Base.PRIOR_FINAL: Basis.FINAL}


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each change that a place states."""
    for group in by_place(inspection):
        for at, change in enumerate(group):
            if change.measure is Measure.CHANGE:
                yield _judge(inspection, group, at)


def years(group: Sequence[Amount], at: int) -> tuple[Amount | None, Amount | None]:
    """This year's and last year's amount of what changes, at the same place: the nearest before, else behind."""
    change = group[at]
    year = change.period
    same = [
        (abs(at - place) + (len(group) if place > at else 0), amount)
        for place, amount in enumerate(group)
        if amount.measure is Measure.AMOUNT and _is_same(amount, change)
    ]
    same.sort(key=lambda found: found[0])
    this = next((amount for _, amount in same if amount.period == year and amount.basis is Basis.BUDGET), None)
    basis = _BASES.get(change.base) if change.base else None
    last = next(
        (
            amount
            for _, amount in same
            if year is not None and amount.period == year - 1 and basis in (None, amount.basis)
        ),
        None,
    )
    return this, last


def _is_same(amount: Amount, change: Amount) -> bool:
    """Whether an amount is of what a change is of. What has a label of its own only (an item) goes by that."""
    if amount.concept is not change.concept or amount.code != change.code:
        return False
    if amount.scope is not change.scope and None not in (amount.scope, change.scope):
        return False
    if str(amount.concept).endswith("Item"):
        return amount.label is not None and change.label is not None and amount.label.text == change.label.text
    return True


def _judge(inspection: Inspection, group: Sequence[Amount], at: int) -> Finding:
    change = group[at]
    is_flat = not any(char.isdecimal() for char in change.value.text)
    code = codes.FLAT_BESIDE_DIFFERENCE if is_flat else codes.CHANGE_DOES_NOT_RECONCILE
    this, last = years(group, at)
    stated, now, then = (entry_of(inspection, amount) if amount else None for amount in (change, this, last))
    if now is None or then is None or stated is None:
        return unknown(code)
    difference = now.interval - then.interval
    outcome = Outcome.HOLDS if stated.interval.meets(difference) else Outcome.BROKEN
    if outcome is Outcome.BROKEN and _fits_another(inspection, group, at, stated.interval + then.interval):
        return unknown(code)
    if not is_flat and outcome is Outcome.BROKEN and (-stated.interval).meets(difference):
        code = codes.CHANGE_AGAINST_DIRECTION
    entries = (stated, now, then)
    return Equation(code, code.name, entries, outcome, partial(_report, inspection, code, change, entries))


def _fits_another(inspection: Inspection, group: Sequence[Amount], at: int, expected: Interval) -> bool:
    """Whether last year's figure and the change make another figure before them: then it is not clear what changed."""
    return any(
        entry is not None and entry.exact and entry.interval.meets(expected)
        for amount in group[:at]
        if amount.measure is Measure.AMOUNT and amount.period == group[at].period
        for entry in (entry_of(inspection, amount),)
    )


def _report(
    inspection: Inspection, code: Code, change: Amount, entries: tuple[Entry, Entry, Entry], suspect: int
) -> Diagnostic:
    stated, now, then = entries
    kinds = ("change", "this", "last")
    # A word is wrong where it stands; a figure, where the other sums say so.
    suspect = 0 if code is not codes.CHANGE_DOES_NOT_RECONCILE else suspect
    unit = now.unit if now.unit == then.unit else ""
    decimals = places(now.figure, then.figure)
    figure = stated.written.removeprefix("-") if code is codes.CHANGE_AGAINST_DIRECTION else stated.written
    return code.at(
        entries[suspect].figure.span,
        "years" if code is codes.CHANGE_AGAINST_DIRECTION else "",
        related=[
            code.place(kinds[at], entry.figure.span, figure=entry.written, unit=entry.unit)
            for at, entry in enumerate(entries)
            if at != suspect
        ],
        row=inspection.row(entries[suspect].figure.span),
        total=change.concept,
        last=then.written if unit else then.written + then.unit,
        this=now.written if unit else now.written + now.unit,
        difference=written((now.exact - then.exact) / now.factor, decimals),
        figure=figure if stated.unit == unit else figure + stated.unit,
        unit=unit,
        written=change.value.text,
        sense="up" if change.value.value > 0 else "down",
    )
