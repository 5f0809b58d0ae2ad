"""合计与分项: totals of the text and the 三公 table against their parts, by the sums of the taxonomy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Operand
from yusuan.compiler.checks.statements import entry_of, holds_unread_money, is_of_the_year_alone, statements
from yusuan.compiler.checks.sums import Sum, sum_of
from yusuan.compiler.checks.verdicts import Outcome, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import Amount
from yusuan.ir.taxonomy import SumRule, Term, taxonomy
from yusuan.ir.vocabulary import Concept, Measure, Scope

_FEWEST_LISTED = 3
# How far behind its last figure a listing may still say that it is in part: …20.2万元等方面。
_BEHIND = 6
_LONGEST_BRACKET = 2000
_FISCAL = {Scope.FISCAL, Scope.GENERAL_PUBLIC}
_Stated: TypeAlias = dict[Concept, list[Amount]]


@frozen(slots=True)
class _Listing:
    """The parts that a place states of one total.

    Attributes:
        amounts: the amounts that make it up.
        terms: which terms of the rule are stated, directly or by their own parts.
        clear: whether it is clear which amounts make it up.
    """

    amounts: tuple[Amount, ...]
    terms: frozenset[Term]
    clear: bool = True


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each total of each rule, at each place that states one."""
    rules = taxonomy().sums
    for group in statements(inspection):
        concepts = {amount.concept for amount in group}
        for rule in () if concepts.isdisjoint(taxonomy().summed) else rules:
            if rule.total.concept not in concepts or (rule.items and group[0].measure is Measure.CHANGE):
                continue
            totals = [at for at, amount in enumerate(group) if _is_total(inspection, amount, rule.total)]
            for number, at in enumerate(totals):
                stop = totals[number + 1] if number + 1 < len(totals) else len(group)
                listing = _listing(_bracketed(inspection, group, at, stop), group[at], rule)
                if not listing.terms:
                    listing = _listing(_outside_brackets(inspection, group, at, stop), group[at], rule)
                if not listing.terms and len(totals) == 1:
                    listing = _listing(_before(group, at, rule), group[at], rule)
                yield _judge(inspection, rule, group[at], listing)


def _before(group: Sequence[Amount], at: int, rule: SumRule) -> Sequence[Amount]:
    """The amounts before a total. What other lines tell of all money is not what 财政拨款收支总预算 is made of."""
    total = group[at]
    if total.scope is rule.total.scope:
        return group[:at]
    return [amount for amount in group[:at] if amount.value.span.line == total.value.span.line]


def _is_total(inspection: Inspection, amount: Amount, term: Term) -> bool:
    if amount.concept is not term.concept or is_of_the_year_alone(inspection, amount):
        return False
    if term.scope is not None:
        return amount.scope is term.scope
    return amount.scope is not Scope.CARRY_OVER and (amount.concept, amount.scope) not in taxonomy().summed_by_scope


def _bracketed(inspection: Inspection, group: Sequence[Amount], at: int, stop: int) -> Sequence[Amount]:
    """The amounts in the bracket directly behind a total, which breaks it down: 1048.90万元（其中：……）, …."""
    end = group[at].value.span.end
    last = _bracket_end(inspection, end)
    return [amount for amount in group[at + 1 : stop] if end <= amount.value.span.start < last]


def _bracket_end(inspection: Inspection, end: int) -> int:
    """Where the bracket ends that opens directly behind a figure; the figure's end where none does."""
    text = inspection.source.text
    opening = None if inspection.table_index(end) is not None else inspection.words.bracket_behind.match(text, end)
    if opening is None:
        return end
    depth, last = 0, opening.end()
    for match in inspection.words.round_marks.finditer(text, opening.end() - 1, opening.end() + _LONGEST_BRACKET):
        depth += 1 if match[0] in inspection.words.opening else -1
        last = match.end()
        if not depth:
            break
    return last


def _outside_brackets(inspection: Inspection, group: Sequence[Amount], at: int, stop: int) -> Sequence[Amount]:
    """The amounts behind a total, but for what a bracket says was carried over within a part: （含上年结转20万元）."""
    window = group[at + 1 : stop]
    if not any(amount.scope is Scope.CARRY_OVER for amount in window):
        return window
    text, start, depth = inspection.source.text, group[at].value.span.end, 0
    kept = []
    for amount in window:
        place = amount.value.span.start
        for match in inspection.words.round_marks.finditer(text, min(start, place), place):
            depth += 1 if match[0] in inspection.words.opening else -1
        start = place
        if depth <= 0 or amount.scope is not Scope.CARRY_OVER:
            kept.append(amount)
    return kept


def _listing(window: Sequence[Amount], total: Amount, rule: SumRule) -> _Listing:
    """The parts among the amounts of a window; a part that is absent is stepped over to its own parts."""
    amounts: dict[int, Amount] = {}
    terms: set[Term] = set()
    clear = True
    stated: _Stated = {}
    for amount in window:
        stated.setdefault(amount.concept, []).append(amount)
    for term in rule.parts:
        found = _parts(stated, term, total)
        is_whole = bool(found)
        if found and not rule.items:
            different = {amount.value.value for amount in found}
            clear = clear and len(different) == 1
            found = found[:1]
        if not found and not rule.items:
            found, is_whole = _own_parts(stated, total, term)
        amounts |= {amount.value.span.start: amount for amount in found}
        if is_whole:
            terms.add(term)
    return _Listing(tuple(amounts.values()), frozenset(terms), clear)


def _parts(stated: _Stated, term: Term, total: Amount) -> list[Amount]:
    """The amounts that a term of a total may mean."""
    return [amount for amount in stated.get(term.concept, ()) if _is_part(amount, term, total)]


def _is_part(amount: Amount, term: Term, total: Amount) -> bool:
    if amount is total:
        return False
    if term.scope is not None:
        return amount.scope is term.scope
    if amount.scope is None or amount.scope is total.scope:
        return True
    # A heading says 财政拨款, its text 一般公共预算: of what is spent on one thing it is the same money.
    return {amount.scope, total.scope} == _FISCAL and total.concept not in taxonomy().totals


def _own_parts(stated: _Stated, total: Amount, term: Term) -> tuple[list[Amount], bool]:
    """The amounts that make up a part which is not stated itself, and whether they are all of its core."""
    for rule in taxonomy().sums_by_total.get(term, ()):
        if rule.core:
            found = [_parts(stated, part, total) for part in rule.parts]
            told = {part for part, amounts in zip(rule.parts, found, strict=True) if amounts}
            if told:
                return [amounts[0] for amounts in found if amounts], told.issuperset(rule.core)
    return [], False


def _judge(inspection: Inspection, rule: SumRule, total: Amount, listing: _Listing) -> Finding:
    code = codes.CHANGES_DO_NOT_SUM if total.measure is Measure.CHANGE else codes.PARTS_DO_NOT_SUM
    whole = entry_of(inspection, total)
    parts = [entry_of(inspection, amount) for amount in listing.amounts]
    known = [part for part in parts if part is not None]
    if whole is None or not known or len(known) < len(parts):
        return unknown(code, rule.name)
    entries = (whole, *known)
    outcome = _outcome(inspection, rule, total, listing, entries)
    # Other ways to make up the same total, by its sources and by what is fiscal and what is not.
    group = (total.value.span.start, total.concept) if rule.group else None
    return Sum(code, rule.name, str(total.concept), entries).equation(inspection, outcome, group)


def _outcome(
    inspection: Inspection, rule: SumRule, total: Amount, listing: _Listing, entries: tuple[Operand, ...]
) -> Outcome:
    whole, made = entries[0].interval, sum_of(entries[1:])
    if whole.meets(made):
        return Outcome.HOLDS
    if not listing.clear or _holds_without_inner(rule, listing, entries):
        return Outcome.UNKNOWN
    is_change = total.measure is Measure.CHANGE
    if (rule.items or (whole.exceeds(made) and not is_change)) and _holds_more(inspection, rule, total, listing):
        return Outcome.UNKNOWN
    above = made.exceeds(whole) and total.measure is Measure.AMOUNT and all(part.exact >= 0 for part in entries[1:])
    if above or _is_complete(inspection, rule, total, listing):
        return Outcome.BROKEN
    return Outcome.UNKNOWN


def _holds_without_inner(rule: SumRule, listing: _Listing, entries: tuple[Operand, ...]) -> bool:
    """Whether the sum holds without a part that may stand within another: 项目支出，包括…、对下补助60万元.

    So may what was carried over, or beside the whole list: 其中一般公共预算5万元；上年结转3万元.
    """
    inner = {
        part.concept
        for term in listing.terms
        for other in taxonomy().sums_by_total.get(term, ())
        for part in other.parts
        if part in rule.parts
    }
    kept = [
        entry
        for amount, entry in zip(listing.amounts, entries[1:], strict=True)
        if amount.concept not in inner and amount.scope is not Scope.CARRY_OVER
    ]
    return 0 < len(kept) < len(entries) - 1 and entries[0].interval.meets(sum_of(kept))


def _holds_more(inspection: Inspection, rule: SumRule, total: Amount, listing: _Listing) -> bool:
    """Whether a listing states money that is none of the parts: of unknown name, or within an item."""
    spans = sorted((amount.value.span for amount in (total, *listing.amounts)), key=lambda span: span.start)
    if inspection.table_index(spans[0].start) is not None:
        return False
    if rule.items:
        first = min(amount.value.span.start for amount in listing.amounts)
        return inspection.search(inspection.words.nested, first, spans[-1].end + _BEHIND) is not None
    end = max(spans[-1].end + _BEHIND, _bracket_end(inspection, total.value.span.end))
    return holds_unread_money(inspection, spans[0].start, end)


def _is_complete(inspection: Inspection, rule: SumRule, total: Amount, listing: _Listing) -> bool:
    """Whether a listing leaves nothing out, so that a sum below the total is a fault."""
    if rule.core:
        # Of last year a text tells what it compares with, not all there was.
        is_past = total.period != inspection.document.fiscal_year
        return listing.terms.issuperset(rule.parts if is_past else rule.core)
    amounts = listing.amounts
    if len(amounts) < 2:
        return False
    if not listing.terms.isdisjoint(rule.closing):
        return True
    if total.measure is Measure.CHANGE:
        return False
    words, text = inspection.words, inspection.source.text
    first = min(total.value.span.start, *(amount.value.span.start for amount in amounts))
    last = max(total.value.span.end, *(amount.value.span.end for amount in amounts))
    if inspection.search(words.partial, first, last + _BEHIND):
        return False
    if words.made_up.match(text, last):
        return True
    if rule.items:
        named = (amount.label.text for amount in amounts if amount.label)
        return len(amounts) >= _FEWEST_LISTED or any(
            words.others.search(inspection.lexicon.fold(name)) for name in named
        )
    # Who lists a source without money lists all of them.
    return any(not amount.value.value for amount in amounts) or len(amounts) >= _FEWEST_LISTED
