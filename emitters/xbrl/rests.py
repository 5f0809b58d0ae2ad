"""What totals have beyond the parts that a report lists: stated where a list may leave something out.

A processor takes an absent part for nothing. So where a sum does not come out and the checks do not report it, what is
lacking is a fact of its own, a part of the sum as well: then only those sums fail that the checks report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from attrs import evolve

from yusuan.emitters.xbrl.model import (
    EXACT,
    NOTHING,
    RECKONING,
    FactContext,
    Unit,
    XbrlFact,
    added,
    meeting,
    number_of,
)
from yusuan.emitters.xbrl.networks import Assertion, assertions, calculations
from yusuan.ir.concepts import definitions
from yusuan.ir.contract import row_sums
from yusuan.ir.diagnostics import codes
from yusuan.ir.document import Document
from yusuan.ir.source import Span

# The checks that reckon what the calculations reckon.
_OF_TEXT: Final = (codes.PARTS_DO_NOT_SUM.code, codes.CHANGES_DO_NOT_SUM.code)
# Concept, scope, item and code.
_Part: TypeAlias = tuple[str, str, str | None, str | None]
_NewId: TypeAlias = Callable[[str, Span | None], str]
"""Makes the id of a fact, of its concept and the place that it is named after."""

_Reported: TypeAlias = list[tuple[str | None, set[int]]]
"""The sums that the checks report: the rule, and where its figures stand."""

_Sum: TypeAlias = tuple[str, list[XbrlFact], list[list[XbrlFact]]]
"""The concept of the rest, and the statements of the total and of each part."""


def rests(document: Document, facts: Iterable[XbrlFact], new_id: _NewId) -> Iterator[XbrlFact]:
    """What the totals of a document have beyond their parts, where the checks do not say that a sum is wrong."""
    sums = {*_OF_TEXT, *(rule.code for _, rule in row_sums())}
    reported = [
        (
            diagnostic.values.get("rule"),
            {diagnostic.span.start, *(place.span.start for place in diagnostic.related)},
        )
        for diagnostic in document.diagnostics
        if diagnostic.code in sums
    ]
    money = [fact for fact in facts if fact.unit is Unit.YUAN]
    for concept, total, parts in (*_not_listed(money, reported), *_not_asserted(money, reported)):
        yield _rest(new_id, concept, _most_exact(total), [_most_exact(same) for same in parts])


def _not_listed(facts: Iterable[XbrlFact], reported: _Reported) -> Iterator[_Sum]:
    """The sums of calculations that need a rest."""
    contexts: dict[FactContext, dict[str, list[XbrlFact]]] = {}
    for fact in facts:
        contexts.setdefault(fact.context, {}).setdefault(fact.concept, []).append(fact)
    places = {place for _, told in reported for place in told}
    for known in contexts.values():
        for calculation in calculations():
            total = known.get(calculation.total)
            parts = [known[part] for part in calculation.parts if part in known]
            if total is None or not parts or _comes_out(total, parts):
                continue
            listed = [fact for same in (total, *parts) for fact in same]
            if sum(fact.span is not None and fact.span.start in places for fact in listed) < 2:
                yield calculation.rest, total, parts


def _not_asserted(facts: Iterable[XbrlFact], reported: _Reported) -> Iterator[_Sum]:
    """The sums of assertions that need a rest."""
    for assertion in assertions():
        for total, parts in sums_over_axes(assertion, facts):
            if _comes_out(total, parts):
                continue
            whole = {fact.span.start for fact in total if fact.span}
            listed = {fact.span.start for same in parts for fact in same if fact.span}
            if not any(rule == assertion.name and told & whole and told & listed for rule, told in reported):
                yield assertion.rest, total, parts


def _rest(new_id: _NewId, concept: str, total: XbrlFact, parts: list[XbrlFact]) -> XbrlFact:
    """What a total has beyond its parts, to the last place that any of them has."""
    places = [fact.decimals for fact in (total, *parts) if isinstance(fact.decimals, int)]
    value = RECKONING.subtract(number_of(total), added(map(number_of, parts)))
    return evolve(
        total,
        id=new_id(concept, total.span),
        concept=concept,
        value=RECKONING.normalize(value) or NOTHING,
        decimals=max(places) if places else EXACT,
        span=None,
        text="",
        origin=None,
    )


def sums_over_axes(
    assertion: Assertion, facts: Iterable[XbrlFact]
) -> Iterator[tuple[list[XbrlFact], list[list[XbrlFact]]]]:
    """The totals of an assertion and the parts that it counts, as lists of the statements of one fact.

    Which they are is what the formula linkbase says; a total without parts is none.
    """
    default = definitions().axes["Scope"].members[0].name
    concepts = {*assertion.parts, *(concept for concept, _ in assertion.scoped)}
    totals: dict[FactContext, dict[str, list[XbrlFact]]] = {}
    candidates: dict[FactContext, dict[_Part, list[XbrlFact]]] = {}
    for fact in facts:
        if fact.concept != assertion.total and fact.concept not in concepts:
            continue
        said = dict(fact.context.dimensions)
        scope = said.pop("Scope", default)
        is_total = fact.concept == assertion.total and scope in assertion.scopes
        if is_total and not (assertion.has_items and "Measure" in said):
            totals.setdefault(FactContext(fact.context.period, tuple(said.items())), {}).setdefault(scope, []).append(
                fact
            )
        if fact.concept in concepts:
            item = (said.pop("Item", None), said.pop("Code", None)) if assertion.has_items else (None, None)
            known = candidates.setdefault(FactContext(fact.context.period, tuple(said.items())), {})
            known.setdefault((fact.concept, scope, *item), []).append(fact)
    for context, scopes in totals.items():
        for scope, total in scopes.items():
            parts = _counted(assertion, candidates.get(context, {}), scope, default)
            if parts:
                yield total, parts


def _counted(
    assertion: Assertion, candidates: dict[_Part, list[XbrlFact]], total: str, default: str
) -> list[list[XbrlFact]]:
    """The parts of a total of a scope; none where those that tell the sum from a calculation are not among them."""
    found = []
    is_told = not assertion.telling
    for (concept, scope, *item), same in candidates.items():
        if (concept, scope) in assertion.scoped:
            is_told = is_told or (concept, scope) in assertion.telling
            found.append(same)
        elif concept in assertion.parts and (
            scope == total or (scope == default and (concept, total, *item) not in candidates)
        ):
            found.append(same)
    return found if is_told else []


def _comes_out(total: list[XbrlFact], parts: list[list[XbrlFact]]) -> bool:
    """Whether a total and the sum of its parts may be the same number, each given as the statements of one fact."""
    low, high = meeting(total)
    stated = [meeting(same) for same in parts]
    return added(least for least, _ in stated) <= high and low <= added(most for _, most in stated)


def _most_exact(same: list[XbrlFact]) -> XbrlFact:
    """Of the statements of one fact the one with most decimal places: it is within what all of them stand for."""
    return max(same, key=lambda fact: fact.decimals if isinstance(fact.decimals, int) else float("inf"))
