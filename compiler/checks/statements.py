"""The amounts that belong together: those that one section, or one table, states for one year on one basis."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Operand, usable
from yusuan.ir.records import Amount
from yusuan.ir.taxonomy import taxonomy
from yusuan.ir.vocabulary import Basis, Concept, Measure


class StatingPlace(NamedTuple):
    """Where amounts stand together: a section's own text, or a table.

    Attributes:
        section: the section's place in `Inspection.sections`.
        table: the table's place in `Inspection.tables`; absent for running text.
    """

    section: int
    table: int | None


def place_of(inspection: Inspection, amount: Amount) -> StatingPlace:
    """The place that an amount stands at."""
    start = amount.value.span.start
    return StatingPlace(inspection.section_index(start), inspection.table_index(start))


def entry_of(inspection: Inspection, amount: Amount) -> Operand | None:
    """An amount as an entry in yuan; absent where its unit is not known, or its figure too long."""
    known = inspection.entries
    place = (amount.value.span.start, amount.concept)
    if place not in known:
        factor = inspection.unit_factor(amount.unit)
        is_known = factor is not None and usable(amount.value)
        known[place] = Operand(amount.value, amount.unit or "", factor or 1) if is_known else None
    return known[place]


def statements(inspection: Inspection) -> Iterator[list[Amount]]:
    """The groups of amounts of one place, year, measure and basis, in the order of the document."""
    groups: dict[tuple[StatingPlace, int | None, Measure, Basis], list[Amount]] = {}
    for amount in inspection.document.amounts:
        key = (place_of(inspection, amount), amount.period, amount.measure, amount.basis)
        groups.setdefault(key, []).append(amount)
    yield from groups.values()


def stated(inspection: Inspection, concept: Concept) -> Operand | None:
    """What the running text first states of a concept for the year of the report, whosever money; absent where it does
    not, or without a unit."""
    for amount in inspection.document.amounts:
        if (
            amount.concept is concept
            and amount.measure is Measure.AMOUNT
            and amount.basis is Basis.BUDGET
            and amount.period == inspection.document.fiscal_year
            and inspection.table_index(amount.value.span.start) is None
        ):
            return entry_of(inspection, amount)
    return None


def is_of_the_year_alone(inspection: Inspection, amount: Amount) -> bool:
    """Whether a total is said to be of the year alone (当年收入), without what was carried over."""
    if amount.concept not in taxonomy().totals:
        return False
    start = amount.label.span.start if amount.label is not None else amount.value.span.start
    return inspection.search(inspection.words.of_the_year, max(0, start - 4), start) is not None


def is_of_a_part(inspection: Inspection, amount: Amount) -> bool:
    """Whether a total is that of what the heading above it names, and the sentence begins with: of a unit, as a rule.

    二、云溪市桥梁检测站, and below it: 云溪市桥梁检测站预算8万元. What the heading names is no kind of money.
    """
    start = amount.value.span.start
    at = inspection.section_index(start)
    heading = inspection.sections[at].heading if at >= 0 else None
    organization = inspection.document.organization
    if heading is None or not heading.title or (organization is not None and heading.title == organization.text):
        return False
    line, _ = inspection.line(start)
    told = inspection.source.text[line:start].lstrip(inspection.lexicon.blanks)
    # In a sentence the name may be without its beginning.
    name = heading.title
    is_named = any(told.startswith(name[cut:]) for cut in range(len(name) // 2 + 1))
    return is_named and inspection.concepts.label(name).concept is None


def by_place(inspection: Inspection) -> list[list[Amount]]:
    """The groups of amounts of one place, of all years and measures."""
    groups: dict[StatingPlace, list[Amount]] = {}
    for amount in inspection.document.amounts:
        groups.setdefault(place_of(inspection, amount), []).append(amount)
    return list(groups.values())


def holds_unread_money(inspection: Inspection, start: int, end: int) -> bool:
    """Whether a stretch of text states money that is none of the amounts, but for what repeats one (降至…万元)."""
    text = inspection.source.text[start:end]
    repeated = len(inspection.words.restated.findall(text))
    places = inspection.figure_starts
    known = bisect_left(places, end) - bisect_left(places, start)
    return len(inspection.lexicon.money_like.findall(text)) - repeated > known
