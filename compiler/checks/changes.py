"""比上年增减: a stated change against the figures of the two years, its direction, and 持平 beside a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from yusuan.compiler.checks.base import Finding, Inspection, Outcome, broken, unknown
from yusuan.compiler.checks.equations import Entry, Equation, places, written
from yusuan.compiler.checks.statements import by_place, entry_of
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
        or any(char.isdecimal() for char in flat.value.text)
        or following.measure is not Measure.CHANGE
        or not _is_same(following, flat)
        or not following.value.value
        or following.value.span.line != flat.value.span.line
        or inspection.search(inspection.words.approximately, flat.value.span.start - 2, flat.value.span.end + 3)
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
    return this, last


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


def _judge(inspection: Inspection, group: Sequence[Amount], at: int) -> Finding:
    change = group[at]
    is_flat = not any(char.isdecimal() for char in change.value.text)
    code = codes.FLAT_BESIDE_DIFFERENCE if is_flat else codes.CHANGE_DOES_NOT_RECONCILE
    stated = entry_of(inspection, change)
    now, then = (None if place is None else entry_of(inspection, group[place]) for place in years(group, at))
    if now is None or then is None or stated is None:
        return unknown(code)
    if is_flat and inspection.search(
        inspection.words.approximately, change.value.span.start - 2, change.value.span.end + 3
    ):
        return unknown(code)
    difference = now.interval - then.interval
    outcome = Outcome.HOLDS if stated.interval.meets(difference) else Outcome.BROKEN
    expected = stated.interval + then.interval
    if outcome is Outcome.BROKEN and any(other.interval.meets(expected) for other in others(inspection, group, at)):
        return unknown(code)
    if outcome is Outcome.BROKEN and is_of_another(inspection, group, at):
        return unknown(code)
    if not is_flat and outcome is Outcome.BROKEN and (-stated.interval).meets(difference):
        code = codes.CHANGE_AGAINST_DIRECTION
    entries = (stated, now, then)
    return Equation(code, code.name, entries, outcome, partial(_report, inspection, code, change, entries))


def others(inspection: Inspection, group: Sequence[Amount], at: int) -> Iterator[Entry]:
    """The amounts before a change of its year. Where one of them fits it, it is not clear what changed."""
    for amount in group[max(0, at - _REACH) : at]:
        if amount.measure is Measure.AMOUNT and amount.period == group[at].period:
            entry = entry_of(inspection, amount)
            if entry is not None and entry.exact:
                yield entry


def is_of_another(inspection: Inspection, group: Sequence[Amount], at: int) -> bool:
    """Whether a change's own line speaks for it being of something else than the figures that it was read with.

    So it is where two other figures of the line differ by it, or come to it (合计增加), and where one of its figures is
    of another line though its own has money that is neither.
    """
    change = group[at]
    start = change.value.span.start
    if inspection.table_index(start) is not None:
        return False
    line = inspection.source.text.rfind("\n", 0, start) + 1
    own = {group[place].value.span.start for place in years(group, at) if place is not None}
    printed = [
        (line + match.start(), value)
        for match in inspection.words.money.finditer(inspection.source.text[line:start])
        if (value := inspection.lexicon.number(match["number"])) is not None
    ]
    if any(place < line for place in own) and any(place not in own for place, _ in printed):
        return True
    stated = abs(change.value.value)
    # Equal figures are many: of what did not change they are the last two.
    told = printed[-_REACH:] if stated else printed[-2:]
    return any(
        (abs(one - other) == stated and one) or (one + other == stated and stated)
        for index, (place, one) in enumerate(told)
        for other_place, other in told[:index]
        if not (place in own and other_place in own)
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
