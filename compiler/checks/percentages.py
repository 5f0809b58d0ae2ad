"""增减百分比与占比: a change in per cent against the change in money, a share against its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.changes import is_of_another, others, years
from yusuan.compiler.checks.equations import Interval, Operand, places, usable, written
from yusuan.compiler.checks.shares import Told
from yusuan.compiler.checks.statements import by_place, entry_of, holds_unread_money
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import Amount, Figure
from yusuan.ir.taxonomy import taxonomy
from yusuan.ir.vocabulary import Measure

_HUNDRED = Interval.exactly(100)
# Between a name and its change: 较上年预算减少.
_NEAR = 16


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each change that is stated in per cent too, and each amount whose share is."""
    for group in by_place(inspection):
        told = Told(inspection, group)
        for at, amount in enumerate(group):
            if amount.measure is Measure.CHANGE and amount.percent is not None:
                yield _judge(inspection, group, at, amount.percent)
            elif amount.measure is Measure.AMOUNT and amount.share is not None:
                yield _judge_share(inspection, told, at, amount.share)


def _judge(inspection: Inspection, group: Sequence[Amount], at: int, percent: Figure) -> Finding:
    code, change = codes.PERCENT_DOES_NOT_MATCH, group[at]
    this, last = years(group, at)
    stated = entry_of(inspection, change)
    now = entry_of(inspection, group[this]) if this is not None and _is_about(inspection, group, at, this) else None
    then = None if last is None else entry_of(inspection, group[last])
    if now is None and then is None and _is_named(change):
        # 项目支出增加5万元，增长10%: what the project expenditure is may be told elsewhere.
        sole = inspection.sole_amounts.get((change.concept, change.scope))
        now = entry_of(inspection, sole) if sole is not None else None
    if stated is None or not usable(percent):
        return unknown(code)
    if then is not None:
        before, base = then.interval, then.exact
    elif now is not None:
        before, base = now.interval - stated.interval, now.exact - stated.exact
    else:
        return unknown(code)
    if before.least <= 0:
        return unknown(code)
    if stated.exact and percent.value and (stated.exact > 0) is not (percent.value > 0):
        return _report_direction(inspection, change, stated, percent)
    if (stated.interval * _HUNDRED / before).meets(_rounded(percent)):
        return holds(code)
    if is_of_another(inspection, group, at, (this, last)) or any(
        _fits(stated, other, percent) for other in others(inspection, group, at)
    ):
        return unknown(code)
    decimals = places(*(entry.figure for entry in (stated, now, then) if entry is not None))
    related = [
        code.place(kind, entry.figure.span, figure=entry.written, unit=entry.unit)
        for kind, entry in (("change", stated), ("this", now), ("last", then))
        if entry is not None
    ]
    return broken(
        code,
        code.at(
            percent.span,
            related=related,
            row=inspection.row(percent.span),
            total=change.concept,
            change=stated.written,
            last=written(base / stated.factor, decimals),
            unit=stated.unit,
            expected=written(stated.exact * 100 / base, places(percent)),
            percent=_number(percent),
        ),
    )


def _report_direction(inspection: Inspection, change: Amount, stated: Operand, percent: Figure) -> Finding:
    """减少5万元，增长10%: the percentage has the other direction."""
    code = codes.CHANGE_AGAINST_DIRECTION
    place = code.place("change", stated.figure.span, figure=stated.written, unit=stated.unit)
    return broken(
        code,
        code.at(
            percent.span,
            "percent",
            related=[place],
            row=inspection.row(percent.span),
            total=change.concept,
            figure=stated.written,
            unit=stated.unit,
            percent=_number(percent),
        ),
    )


def _is_named(change: Amount) -> bool:
    """Whether what changes is named right before the change, not taken from what was spoken of before."""
    name, figure = change.label, change.value.span
    return name is not None and 0 <= figure.start - name.span.end <= _NEAR


def _fits(stated: Operand, this: Operand, percent: Figure) -> bool:
    """Whether a change and its percentage fit a figure of this year."""
    before = this.interval - stated.interval
    return before.least > 0 and (stated.interval * _HUNDRED / before).meets(_rounded(percent))


def _rounded(percent: Figure) -> Interval:
    """What a percentage stands for; 0.0 per cent, unlike a zero of money, may be a rounded one."""
    half = Fraction(10) ** -places(percent) / 2
    return Interval.between(Fraction(percent.value) - half, Fraction(percent.value) + half)


def _is_about(inspection: Inspection, group: Sequence[Amount], at: int, this: int) -> bool:
    """Whether a change is of a figure before it: nothing but its own parts, and other years, stand in between."""
    change, between = group[at], group[this + 1 : at]
    start, end = group[this].value.span.end, change.value.span.start
    is_told = inspection.table_index(start) is None
    if is_told and start < end and holds_unread_money(inspection, start, end):
        return False
    return all(
        amount.concept is change.concept
        or amount.measure is Measure.CHANGE
        or inspection.concepts.holds(change.concept, amount.concept)
        for amount in between
    )


def _number(percent: Figure) -> str:
    return written(Fraction(percent.value), places(percent))


def _judge_share(inspection: Inspection, told: Told, at: int, share: Figure) -> Finding:
    """占N%: the share of an amount in the total that it is a part of, or in any other figure told with it."""
    code, part = codes.SHARE_DOES_NOT_MATCH, told.group[at]
    own = entry_of(inspection, part)
    wholes = taxonomy().wholes.get(part.concept, frozenset())
    said = inspection.words.share_of.search(inspection.source.text, max(0, share.span.start - 40), share.span.start)
    whole = inspection.concepts.label(said["whole"]) if said is not None and said["whole"] else None
    if whole is not None and not whole.generic and whole.concept not in wholes:
        # 占一般公共预算支出的1%: of something else. 占总额的1% names nothing.
        return unknown(code)
    total = told.last_total(at, wholes)
    if own is None or total is None or not usable(share):
        return unknown(code)
    if told.has_whole_of(at, own.interval, _rounded(share)):
        return holds(code)
    return broken(
        code,
        code.at(
            share.span,
            related=[code.place("total", total.figure.span, figure=total.written, unit=total.unit)],
            row=inspection.row(share.span),
            part=part.concept,
            figure=own.written,
            unit=own.unit,
            total=written(total.exact / own.factor, places(total.figure)),
            expected=written(own.exact * 100 / total.exact, places(share)),
            percent=_number(share),
        ),
    )
