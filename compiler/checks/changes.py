"""比上年增减: a stated change against the figures of the two years, its direction, and 持平 beside a difference."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter

from yusuan.compiler.checks.base import Finding, Inspection, Printed
from yusuan.compiler.checks.equations import Equation, Operand, is_short, places, written
from yusuan.compiler.checks.statements import by_place, entry_of
from yusuan.compiler.checks.verdicts import Outcome, broken, unknown
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.records import Amount
from yusuan.ir.vocabulary import ITEMISED, Base, Basis, Measure

# What changes stands near; what is further away is of another sentence, and looking there would cost time.
_REACH = 64
_BASES = {Base.PRIOR_BUDGET: Basis.BUDGET, Base.PRIOR_OUTTURN: Basis.OUTTURN, Base.PRIOR_FINAL: Basis.FINAL}


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each change that a place states."""
    for group in by_place(inspection):
        for at, change in enumerate(group):
            if change.measure is Measure.CHANGE:
                yield _judge(inspection, group, at)
                yield from _check_flat(inspection, group, at)


def _check_flat(inspection: Inspection, group: Sequence[Amount], at: int) -> Iterator[Finding]:
    """持平，增加48.20万元: unchanged and changed in one sentence."""
    flat, following = group[at], group[at + 1] if at + 1 < len(group) else None
    if (
        following is None
        or not flat.value.in_words
        or following.measure is not Measure.CHANGE
        or not _is_same(following, flat)
        or not following.value.value
        or following.value.span.line != flat.value.span.line
        or _is_about(inspection, flat)
    ):
        return
    code, stated = codes.FLAT_BESIDE_DIFFERENCE, entry_of(inspection, following)
    if stated is not None:
        place = code.place("change", stated.figure.span, figure=stated.written, unit=stated.unit)
        said = {"total": flat.concept, "written": flat.value.text, "figure": stated.written, "unit": stated.unit}
        yield broken(
            code, code.at(flat.value.span, "stated", related=[place], row=inspection.row(flat.value.span), values=said)
        )


def years(group: Sequence[Amount], at: int) -> tuple[int | None, int | None]:
    """The places of this year's and last year's amount of what changes: the nearest before, else behind."""
    change = group[at]
    basis = _BASES.get(change.base) if change.base else None
    this = last = None
    is_other = False
    for place in (*range(at - 1, max(-1, at - _REACH), -1), *_behind(group, at)):
        amount = group[place]
        if amount.measure is not Measure.AMOUNT or change.period is None or not _is_same(amount, change):
            continue
        if this is None and amount.period == change.period and amount.basis is Basis.BUDGET:
            this = place
        elif last is None and amount.period is not None and amount.period < change.period and not is_other:
            # The nearest figure of an earlier year is what the change is measured against.
            is_other = amount.period != change.period - 1
            if not is_other and basis in (None, amount.basis):
                last = place
    return this, last if last is None or change.base else _budget_beside(group, last, change)


def _budget_beside(group: Sequence[Amount], last: int, change: Amount) -> int:
    """The place of last year's budget where the row of a table has it beside what was spent: budgets are compared."""
    for place in range(last, max(-1, last - _REACH), -1) if group[last].basis is not Basis.BUDGET else ():
        amount = group[place]
        if amount.span != change.span:
            break
        if amount.period == group[last].period and amount.basis is Basis.BUDGET and _is_same(amount, change):
            return place
    return last


def _behind(group: Sequence[Amount], at: int) -> range:
    """The places behind a change up to the next one: what stands there may be of that."""
    stop = at + 1
    while stop < min(len(group), at + _REACH) and group[stop].measure is Measure.AMOUNT:
        stop += 1
    follows = stop < len(group) and group[stop].measure is Measure.CHANGE and _is_same(group[stop], group[at])
    return range(at + 1, at + 1 if follows else stop)


def _is_same(amount: Amount, change: Amount) -> bool:
    """Whether an amount is of what a change is of. What has a label of its own only (an item) goes by that."""
    if amount.concept is not change.concept or amount.code != change.code:
        return False
    if amount.scope is not change.scope and None not in (amount.scope, change.scope):
        return False
    if amount.concept in ITEMISED:
        return amount.label is not None and change.label is not None and amount.label.text == change.label.text
    return True


def _is_about(inspection: Inspection, flat: Amount) -> bool:
    """Whether what is said to be unchanged is only nearly so: 基本持平."""
    span = flat.value.span
    return inspection.search(inspection.words.approximately, span.start - 2, span.end + 3) is not None


def _judge(inspection: Inspection, group: Sequence[Amount], at: int) -> Finding:
    change = group[at]
    is_flat = change.value.in_words
    code = codes.FLAT_BESIDE_DIFFERENCE if is_flat else codes.CHANGE_DOES_NOT_RECONCILE
    stated = entry_of(inspection, change)
    read_with = years(group, at)
    now, then = (None if place is None else entry_of(inspection, group[place]) for place in read_with)
    if now is None or then is None or stated is None:
        return unknown(code)
    if is_flat and _is_about(inspection, change):
        return unknown(code)
    difference = now.interval - then.interval
    outcome = Outcome.HOLDS if stated.interval.meets(difference) else Outcome.BROKEN
    expected = stated.interval + then.interval
    if outcome is Outcome.BROKEN and any(other.interval.meets(expected) for other in others(inspection, group, at)):
        return unknown(code)
    if outcome is Outcome.BROKEN and is_of_another(inspection, group, at, read_with):
        return unknown(code)
    if not is_flat and outcome is Outcome.BROKEN and (-stated.interval).meets(difference):
        code = codes.CHANGE_AGAINST_DIRECTION
    entries = (stated, now, then)
    return Equation(code, code.name, entries, outcome, partial(_report, inspection, code, change, entries))


def others(inspection: Inspection, group: Sequence[Amount], at: int) -> Iterator[Operand]:
    """The amounts before a change of its year. Where one of them fits it, it is not clear what changed."""
    for amount in group[max(0, at - _REACH) : at]:
        if amount.measure is Measure.AMOUNT and amount.period == group[at].period:
            entry = entry_of(inspection, amount)
            if entry is not None and entry.exact:
                yield entry


def is_of_another(inspection: Inspection, group: Sequence[Amount], at: int, read_with: Sequence[int | None]) -> bool:
    """Whether a change's own line speaks for it being of something else than the figures that it was read with.

    So it is where two other figures of the line differ by it, or come to it (合计增加), and where one of its figures is
    of another line though its own has money that is neither.

    Args:
        read_with: the places of the two figures in the group, as `years` finds them.
    """
    change = group[at]
    start = change.value.span.start
    if inspection.table_index(start) is not None:
        return False
    line, printed = inspection.printed_money(start)
    own = {group[place].value.span.start for place in read_with if place is not None}
    before = bisect_left(printed, start, key=attrgetter("place"))
    told = [one for one in printed[max(0, before - _REACH) : before] if not one.is_item or one.place in own]
    told = [one for one in told if is_short(one.value)]
    if any(place < line for place in own) and len(told) > sum(one.place in own for one in told):
        return True
    stated = abs(change.value.value)
    seen: dict[Decimal, list[Printed]] = {}
    # Equal figures are many: of what did not change they are the last two.
    for one in told if stated else told[-2:]:
        # What comes to it with the figure; and, where that is no change, what differs from it by so much.
        fitting = {(one.value - stated, False), (one.value + stated, False), (stated - one.value, True)}
        for value, is_sum in fitting if stated else {(one.value, False)} if one.value else ():
            for other in seen.get(value, ()):
                of_years = is_sum or not (one.is_change or other.is_change)
                if of_years and not (one.place in own and other.place in own):
                    return True
        seen.setdefault(one.value, []).append(one)
    return False


def _report(
    inspection: Inspection, code: Code, change: Amount, entries: tuple[Operand, Operand, Operand], suspect: int
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
        "" if code is codes.CHANGE_DOES_NOT_RECONCILE else "years",
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
