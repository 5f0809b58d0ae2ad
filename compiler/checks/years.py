"""年份: a year that belongs to another report, and a month that there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Paragraph, Section
from yusuan.ir.records import Amount
from yusuan.ir.taxonomy import taxonomy
from yusuan.ir.vocabulary import Basis, Concept, Measure, Role, Scope

_CODE = codes.FOREIGN_YEAR
_DECEMBER = 12
# The words in front of the year with which a sentence opens: 我单位2022年无政府采购预算.
_OPENING = 18
# What is looked at for a word of comparison: one, and a blank behind it.
_IN_FRONT = 2


def check(inspection: Inspection) -> Iterator[Finding]:
    """Headings, the main figure of each section, assets and deadlines."""
    yield from _check_months(inspection)
    year = inspection.document.fiscal_year
    if year is None:
        yield unknown(_CODE)
        return
    yield from _check_headings(inspection, year)
    yield from _check_sections(inspection, year)
    yield from _check_closing_dates(inspection, year)
    yield from _check_deadlines(inspection, year)


def _check_headings(inspection: Inspection, year: int) -> Iterator[Finding]:
    """A heading speaks of the year of the report, or of the year before where it compares."""
    for section in inspection.sections:
        heading = section.heading
        if heading is None or section.role is None:
            continue
        years = {int(match["year"]) for match in inspection.words.year.finditer(inspection.lexicon.fold(heading.text))}
        if not years:
            continue
        if year in years or inspection.concepts.label(heading.text).basis is Basis.FINAL:
            yield holds(_CODE)
        else:
            stated = max(years)
            yield broken(_CODE, _CODE.at(heading.span, "heading", year=stated, fiscal_year=year))


def _check_sections(inspection: Inspection, year: int) -> Iterator[Finding]:
    """What a section is about is stated for the year of the report: last year's stands beside it, not alone."""
    subjects = inspection.concepts.defaults
    found: dict[tuple[int, Concept], list[Amount]] = {}
    assets: list[Amount] = []
    for amount in inspection.document.amounts:
        is_told = inspection.table_index(amount.value.span.start) is None
        if amount.measure is Measure.AMOUNT and is_told and amount.section is not None:
            if amount.concept is Concept.FIXED_ASSETS:
                assets.append(amount)
            elif amount.scope is not Scope.CARRY_OVER and (
                amount.concept in (subjects.get(amount.section), Concept.FIXED_ASSET_PURCHASES)
                or (amount.concept in taxonomy().totals and amount.scope is None)
            ):
                found.setdefault((inspection.section_index(amount.value.span.start), amount.concept), []).append(amount)
    if assets:
        yield _check_assets(assets, year)
    for at, section in enumerate(inspection.sections):
        if section.role in subjects and (at, subjects[section.role]) not in found:
            yield from _check_first_line(inspection, section, year)
    for (_, concept), amounts in found.items():
        stated = _year_of_line(inspection, amounts[0])
        if stated is None:
            yield unknown(_CODE)
        elif (
            stated == year
            # Final accounts beside the budget are of a year of their own.
            or amounts[0].basis is Basis.FINAL
            or _names_year(inspection, amounts[0], year)
            or (stated == amounts[0].period and any(amount.period == year for amount in amounts))
        ):
            yield holds(_CODE)
        else:
            span = amounts[0].value.span
            yield broken(_CODE, _CODE.at(span, "section", concept=concept, year=stated, fiscal_year=year))


def _check_first_line(inspection: Inspection, section: Section, year: int) -> Iterator[Finding]:
    """A section without figures (无政府采购预算) says in its first line which year it is about."""
    first = next((block for block in section.blocks if isinstance(block, Paragraph) and block.text), None)
    if first is None or section.role is None:
        return
    match = inspection.words.year.search(
        inspection.source.text, first.span.start, min(first.span.end, first.span.start + _OPENING)
    )
    if match is None or str(year) in first.text:
        return
    stated = int(match["year"])
    if _is_compared_with(inspection, match, 0):
        return
    concept = inspection.concepts.defaults[section.role]
    span = inspection.source.span(*match.span("year"))
    yield broken(_CODE, _CODE.at(span, "section", concept=concept, year=stated, fiscal_year=year))


def _year_of_line(inspection: Inspection, amount: Amount) -> int | None:
    """The year that a line states in front of an amount, and not to compare with; absent where it states none."""
    text, place = inspection.source.text, amount.value.span.start
    start, _ = inspection.line(place)
    stated = None
    for match in inspection.words.year.finditer(text, start, place):
        if not _is_compared_with(inspection, match, start):
            stated = int(match["year"])
    return stated


def _is_compared_with(inspection: Inspection, year: re.Match[str], start: int) -> bool:
    """Whether a year is one that something is compared with, by what stands in front of it from an offset on."""
    before = max(start, year.start() - _IN_FRONT)
    return inspection.words.compared.search(inspection.source.text, before, year.start()) is not None


def _names_year(inspection: Inspection, amount: Amount, year: int) -> bool:
    """Whether an amount's line speaks of the year of the report with money: 2022年预算为…，2023年为…."""
    found = inspection.words.money_of_year.finditer(inspection.source.text, *inspection.line(amount.value.span.start))
    return any(int(match["year"]) == year for match in found)


def _check_assets(stated: list[Amount], year: int) -> Finding:
    """Assets are those at the end of the year before; those of an earlier one may stand beside them."""
    first = stated[0]
    if first.period is None or any(amount.period in (year - 1, year) for amount in stated):
        return holds(_CODE)
    return broken(_CODE, _CODE.at(first.value.span, "assets", year=first.period, fiscal_year=year, expected=year - 1))


def _check_closing_dates(inspection: Inspection, year: int) -> Iterator[Finding]:
    """截止时间：2023年12月31日: the table of the assets shows them at the end of the year before."""
    for section in inspection.sections:
        if section.role is not Role.STATE_ASSETS:
            continue
        for match in inspection.words.closing.finditer(inspection.source.text, section.span.start, section.span.end):
            stated = int(match["year"])
            if stated in (year - 1, year):
                yield holds(_CODE)
            else:
                span = inspection.source.span(*match.span("year"))
                said = {"year": stated, "fiscal_year": year, "expected": year - 1}
                yield broken(_CODE, _CODE.at(span, "assets", row=inspection.row(span), values=said))


def _check_deadlines(inspection: Inspection, year: int) -> Iterator[Finding]:
    """A target cannot be met before the year begins."""
    for indicator in inspection.document.indicators:
        target = indicator.target
        match = inspection.words.deadline.search(inspection.lexicon.fold(target.text)) if target else None
        if target is None or match is None:
            continue
        if int(match["year"]) >= year:
            yield holds(_CODE)
        else:
            yield broken(
                _CODE,
                _CODE.at(
                    target.span, "deadline", row=inspection.row(target.span), year=match["year"], fiscal_year=year
                ),
            )


def _check_months(inspection: Inspection) -> Iterator[Finding]:
    """十三月 and later there are none, wherever a date stands."""
    code = codes.MONTH_AFTER_DECEMBER
    source = inspection.source
    found = {}
    for one in inspection.words.month:
        for match in one.finditer(source.text):
            digits = match[0] if match[0][0].isdecimal() else match[0][1:]
            if not 1 <= int(digits) <= _DECEMBER:
                found[match.end() - len(digits)] = digits
    for start, digits in sorted(found.items()):
        span = source.span(start, start + len(digits))
        yield broken(code, code.at(span, row=inspection.row(span), month=int(digits)))
