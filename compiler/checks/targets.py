"""指标值: targets whose unit, direction or size cannot be meant, by what the indicator's name says it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, Final

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import Verdict, broken, holds, unknown
from yusuan.ir.diagnostics import Code, codes
from yusuan.ir.records import Indicator, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator

_PERCENT: Final = "%"
_HUNDRED: Final = Decimal(100)
_AT_MOST: Final = frozenset({Operator.LE, Operator.LT})
_AT_LEAST: Final = frozenset({Operator.GE, Operator.GT})
_LONGEST: Final = 40
# What is measured stands at the end of a name.
_LONGEST_NAME: Final = 80
_FEWEST_GRADES: Final = 3
_DECEMBER: Final = 12
# A bad rate that is to be more than that is meant the other way round.
_HALF: Final = 50


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each target with a number, and each row of graded targets."""
    graded_rows: set[int] = set()
    for indicator in inspection.document.indicators:
        if indicator.target is None or indicator.target.value is None:
            continue
        if indicator.grade is not None:
            # What is wrong with the unit of one grade is wrong with that of the others.
            if indicator.span.start in graded_rows:
                continue
            graded_rows.add(indicator.span.start)
        yield from _check_target(inspection, indicator, indicator.target)
    graded = (indicator for indicator in inspection.document.indicators if indicator.grade is not None)
    for _, row in groupby(graded, key=lambda indicator: indicator.span.start):
        yield from _check_grades(inspection, list(row))


def _name(inspection: Inspection, indicator: Indicator) -> str:
    """The folded name of what is measured, without a remark behind it; empty where there is none, or several."""
    text = indicator.level3 or indicator.level2
    if text is None:
        return ""
    folded = inspection.words.remark.sub("", inspection.lexicon.fold(text.text[-_LONGEST_NAME:]))
    return "" if inspection.words.several.search(folded) else folded


def _check_target(inspection: Inspection, indicator: Indicator, target: Target) -> Iterator[Finding]:
    words, name = inspection.words, _name(inspection, indicator)
    value = target.value
    assert value is not None
    is_rate = bool(name and words.rate.search(name) and not words.no_rate.search(name))
    if target.unit in words.units_of_months and words.dated.search(name):
        most = max(value, target.upper or value)
        yield _verdict(inspection, codes.MONTH_AFTER_DECEMBER, target.span, most <= _DECEMBER, month=most)
    text = indicator.level3 or indicator.level2
    if text is None:
        return
    said: dict[str, Any] = {"name": text.text[-_LONGEST:], "target": target.text[:_LONGEST]}
    description = inspection.lexicon.fold(indicator.description.text) if indicator.description else ""
    bad = words.bad.search(name) is not None or (is_rate and words.reverse.search(description) is not None)
    if bad and indicator.grade is None and words.lessening.search(name) is None:
        is_raised = value > (0 if target.operator in _AT_LEAST else _HALF if target.operator is Operator.EQ else value)
        yield _verdict(inspection, codes.BAD_RATE_RAISED, target.span, not is_raised, variant="raised", **said)
    if is_rate:
        yield from _check_rate(inspection, indicator, target, name, bad, said)


def _check_rate(
    inspection: Inspection, indicator: Indicator, target: Target, name: str, bad: bool, said: dict[str, Any]
) -> Iterator[Finding]:
    """What is measured in per cent."""
    words, value, text = inspection.words, target.value, indicator.level3 or indicator.level2
    assert value is not None
    assert text is not None
    # 200/10万, 3次/年: so many of so many.
    is_ratio = "/" in inspection.lexicon.fold(target.text)
    unit_in_name = words.remark.search(inspection.lexicon.fold(text.text[-_LONGEST_NAME:])) is not None
    yield _verdict(
        inspection,
        codes.RATE_IN_THINGS,
        target.span,
        target.unit in (None, _PERCENT)
        or not value
        or is_ratio
        or target.unit in words.units_of_months
        or inspection.lexicon.fold(target.unit or "") in words.units_of_rates,
        target_unit=target.unit or "",
        **said,
    )
    # A number of 1 or less may be meant as a fraction.
    has_unit = target.unit is not None or unit_in_name or is_ratio
    yield _verdict(inspection, codes.TARGET_WITHOUT_UNIT, target.span, has_unit or value <= 1, **said)
    if indicator.grade is not None:
        return
    good = not bad and words.good.search(name) is not None
    in_percent = target.unit == _PERCENT or (target.unit is None and unit_in_name)
    if good and in_percent and words.reducing.search(name) is None:
        if target.operator in _AT_MOST and value < _HUNDRED and words.limited.search(name) is None:
            yield _verdict(inspection, codes.GOOD_RATE_CAPPED, target.span, False, variant="capped", **said)
        else:
            yield _verdict(inspection, codes.GOOD_RATE_CAPPED, target.span, value != 0, variant="zero", **said)
        most = max(value, target.upper or value)
        if words.exceedable.search(name) is None and words.limited.search(name) is None:
            yield _verdict(inspection, codes.SHARE_ABOVE_HUNDRED, target.span, most <= _HUNDRED, **said)


def _verdict(
    inspection: Inspection, code: Code, span: Span, is_sound: bool, variant: str = "", **values: Any
) -> Verdict:
    if is_sound:
        return holds(code)
    return broken(code, code.at(span, variant, row=inspection.row(span), **values))


def _check_grades(inspection: Inspection, row: Sequence[Indicator]) -> Iterator[Finding]:
    """优 to 差: the numbers all fall, or all rise; those of an evil rise."""
    code = codes.GRADES_OUT_OF_ORDER
    targets = [indicator.target for indicator in row if indicator.target is not None]
    numbers = [_middle(target) for target in targets]
    grades = [indicator.grade.text for indicator in row if indicator.grade is not None]
    if len(numbers) < _FEWEST_GRADES or None in numbers or len(set(grades)) < len(grades):
        # A grade of two bounds (≥90%且<100%) is read as two.
        yield unknown(code)
        return
    known = [number for number in numbers if number is not None]
    falls = all(one >= two for one, two in pairwise(known))
    rises = all(one <= two for one, two in pairwise(known))
    text = row[0].level3
    name = _name(inspection, row[0])
    said = text.text[-_LONGEST:] if text else ""
    if not falls and not rises:
        written = " / ".join(target.text for target in targets)
        yield broken(
            code,
            code.at(targets[0].span, row=inspection.row(targets[0].span), name=said, targets=written[:_LONGEST]),
        )
        return
    yield holds(code)
    code = codes.BAD_RATE_RAISED
    if name and inspection.words.bad.search(name) and not inspection.words.lessening.search(name):
        if known[0] > known[-1]:
            yield broken(code, code.at(targets[0].span, "graded", row=inspection.row(targets[0].span), name=said))
        else:
            yield holds(code)


def _middle(target: Target) -> Decimal | None:
    """The number that a grade stands at; of a range the middle."""
    if target.value is None:
        return None
    return target.value if target.upper is None else (target.value + target.upper) / 2
