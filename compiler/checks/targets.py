"""指标值: targets whose unit, direction or size cannot be meant, by what the indicator's name says it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Final

from attrs import frozen

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


@frozen(slots=True)
class _Measured:
    """A target with a number, and what the indicator's name says it is.

    Attributes:
        indicator, target: the two.
        value: the target's number.
        title: the name as the report writes it.
        name: the folded name of what is measured; empty where there is none, or several.
        is_rate: whether the name is that of a rate.
        is_bad: whether less of it is better.
    """

    indicator: Indicator
    target: Target
    value: Decimal
    title: str
    name: str
    is_rate: bool
    is_bad: bool

    @property
    def most(self) -> Decimal:
        """The most that is aimed at."""
        return max(self.value, self.target.upper or self.value)

    def verdict(self, inspection: Inspection, code: Code, is_sound: bool, variant: str = "", **more: str) -> Verdict:
        """The verdict on the target; a broken one quotes it with its name."""
        if is_sound:
            return holds(code)
        said = {**more, "name": self.title[-_LONGEST:], "target": self.target.text[:_LONGEST]}
        return _verdict(inspection, code, self.target.span, is_sound, variant, **said)


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
    description = inspection.lexicon.fold(indicator.description.text) if indicator.description else ""
    is_bad = words.bad.search(name) is not None or (is_rate and words.reverse.search(description) is not None)
    measured = _Measured(indicator, target, value, text.text, name, is_rate, is_bad)
    if is_bad and indicator.grade is None and words.lessening.search(name) is None:
        is_raised = value > (0 if target.operator in _AT_LEAST else _HALF if target.operator is Operator.EQ else value)
        yield measured.verdict(inspection, codes.BAD_RATE_RAISED, not is_raised, "raised")
    if is_rate:
        yield from _check_rate(inspection, measured)


def _check_rate(inspection: Inspection, rate: _Measured) -> Iterator[Finding]:
    """What is measured in per cent."""
    words, target, value = inspection.words, rate.target, rate.value
    # 200/10万, 3次/年: so many of so many.
    is_ratio = "/" in inspection.lexicon.fold(target.text)
    unit_in_name = words.remark.search(inspection.lexicon.fold(rate.title[-_LONGEST_NAME:])) is not None
    yield rate.verdict(
        inspection,
        codes.RATE_IN_THINGS,
        target.unit in (None, _PERCENT)
        or not value
        or is_ratio
        or target.unit in words.units_of_months
        or inspection.lexicon.fold(target.unit or "") in words.units_of_rates,
        target_unit=target.unit or "",
    )
    # A number of 1 or less may be meant as a fraction.
    has_unit = target.unit is not None or unit_in_name or is_ratio
    yield rate.verdict(inspection, codes.TARGET_WITHOUT_UNIT, has_unit or value <= 1)
    is_good = rate.indicator.grade is None and not rate.is_bad and words.good.search(rate.name) is not None
    if is_good and (target.unit == _PERCENT or (target.unit is None and unit_in_name)):
        yield from _check_share(inspection, rate)


def _check_share(inspection: Inspection, rate: _Measured) -> Iterator[Finding]:
    """A rate in per cent of which more is better: not capped, not zero, not above a hundred."""
    words, target, name = inspection.words, rate.target, rate.name
    if words.reducing.search(name) is not None:
        return
    if target.operator in _AT_MOST and rate.value < _HUNDRED and words.limited.search(name) is None:
        yield rate.verdict(inspection, codes.GOOD_RATE_CAPPED, False, "capped")
    else:
        yield rate.verdict(inspection, codes.GOOD_RATE_CAPPED, rate.value != 0, "zero")
    if words.exceedable.search(name) is None and words.limited.search(name) is None:
        yield rate.verdict(inspection, codes.SHARE_ABOVE_HUNDRED, rate.most <= _HUNDRED)


def _verdict(
    inspection: Inspection, code: Code, span: Span, is_sound: bool, variant: str = "", **values: object
) -> Verdict:
    if is_sound:
        return holds(code)
    return broken(code, code.at(span, variant, row=inspection.row(span), values=values))


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
