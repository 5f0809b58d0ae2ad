"""The networks of the taxonomy: which axes the facts of a concept have, and which concepts add up to which.

A sum within one context is a calculation; one whose parts are of another scope, or itemised by name, is an assertion of
the formula linkbase. Both the linkbases and the facts are made from these, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

from attrs import frozen

from yusuan.emitters.xbrl import names
from yusuan.ir.concepts import Definition, Phrase, definitions
from yusuan.ir.contract import row_sums
from yusuan.ir.taxonomy import SumRule, Term, taxonomy
from yusuan.ir.vocabulary import Scope


@frozen(slots=True)
class Calculation:
    """A total, and the concepts that it is the sum of in one context.

    Attributes:
        name: the name of the rule that says so.
        total: the concept of the total.
        parts: the concepts of its parts.
        rest: the concept of what the total has beyond the parts that are listed.
    """

    name: str
    total: str
    parts: tuple[str, ...]

    @property
    def rest(self) -> str:
        return names.not_listed(self.total)


@frozen(slots=True)
class Assertion:
    """A total, and the concepts that it is the sum of over scopes or items.

    A part without a scope of its own is counted where it has the total's; where it has not, as stated of all funds: the
    text under a heading on fiscal money says 政府性基金 alone. What the total has beyond the listed parts is a concept
    of its own, named after the rule: the total may be that of a calculation too, with other parts in its context.

    Attributes:
        name: the name of the rule that says so.
        total: the concept of the total.
        scopes: the members of the axis Scope of which one is the total's.
        parts: the concepts of the parts that have no scope of their own.
        scoped: concept and member of the parts that have one.
        telling: those of `scoped` without which the parts are those of a calculation, so that there is nothing to
            assert; empty where any part will do.
        has_items: whether the parts are told apart by the axes Item and Code; changes are no sum of items.
    """

    name: str
    total: str
    scopes: tuple[str, ...]
    parts: tuple[str, ...]
    scoped: tuple[tuple[str, str], ...]
    telling: tuple[tuple[str, str], ...]
    has_items: bool

    @property
    def rest(self) -> str:
        return names.not_listed("".join(word.capitalize() for word in self.name.split("-")))

    @property
    def label(self) -> Phrase:
        """The total for people: its name, and its scope where it is of one."""
        label = definitions().concepts[self.total].label
        if self.telling or self.has_items:
            return label
        return definitions().sums.of_scope.filled(total=label, scope=_member_label(self.scopes[0]))

    @property
    def list_label(self) -> Phrase:
        """The list of the parts for people: no other list of the total has the name."""
        known = definitions()
        if self.has_items:
            return known.concepts[self.parts[0]].label
        if self.telling:
            return known.sums.with_scope.filled(total=self.label, scope=_member_label(self.telling[0][1]))
        return self.label


@frozen(slots=True)
class Rest:
    """What a total has beyond the parts that are listed.

    Attributes:
        name: the local name of its concept.
        label: what it is the rest of, for people.
        rule: the name of the sum that it is a part of.
    """

    name: str
    label: Phrase
    rule: str


@frozen(slots=True)
class Hypercube:
    """A set of axes, and the concepts whose facts may have just these.

    Attributes:
        name: the axes' names, joined.
        typed: the typed axes.
        has_members: whether the axes with members are among them.
        concepts: the concepts.
    """

    name: str
    typed: tuple[str, ...]
    has_members: bool
    concepts: tuple[str, ...]


@cache
def calculations() -> tuple[Calculation, ...]:
    """The sums that hold within one context, one for each total; a part that is told apart by its scope is in none."""
    found: list[Calculation] = []
    for rule in taxonomy().sums:
        total = str(rule.total.concept)
        parts = tuple(str(part.concept) for part in rule.parts if part.scope is None)
        is_new = all(known.total != total for known in found)
        if rule.total.scope is None and not rule.items and len(parts) > 1 and is_new:
            found.append(Calculation(rule.name, total, parts))
    for kind, within in row_sums():
        concepts = [kind.column(name).facts[0].concept for name in (within.total, *within.parts)]
        found.append(Calculation(within.name, concepts[0], tuple(concepts[1:])))
    return tuple(found)


@cache
def assertions() -> tuple[Assertion, ...]:
    """The sums of the running text that are no calculations: of parts in other scopes, or itemised by name."""
    taken = {calculation.name for calculation in calculations()}
    same_context = {rule.total: rule for rule in taxonomy().sums if rule.name in taken}
    return tuple(
        _assertion(rule, same_context.get(rule.total))
        for rule in taxonomy().sums
        if rule.name not in taken and (rule.items or _has_scopes(rule))
    )


def _has_scopes(rule: SumRule) -> bool:
    return any(term.scope is not None for term in (rule.total, *rule.parts))


def _assertion(rule: SumRule, calculation: SumRule | None) -> Assertion:
    """What a rule asserts beside the rule of which the calculation of the same total is made, if there is one."""
    scoped = [term for term in rule.parts if term.scope is not None]
    known = calculation.parts if calculation else ()
    telling = [] if rule.items or rule.total.scope else [term for term in scoped if term not in known]
    return Assertion(
        name=rule.name,
        total=str(rule.total.concept),
        scopes=_scopes(rule),
        parts=tuple(str(term.concept) for term in rule.parts if term.scope is None),
        scoped=tuple(_scoped(term) for term in scoped),
        telling=tuple(_scoped(term) for term in telling),
        has_items=rule.items,
    )


def _scopes(rule: SumRule) -> tuple[str, ...]:
    """The members that a total may have; one of any scope is the sum of its items only."""
    members = definitions().axes["Scope"].members
    if not rule.items:
        return (_scope_member(rule.total.scope),)
    others = {term.scope for term in taxonomy().sums_by_total if term.concept is rule.total.concept and term.scope}
    without = {str(scope) for scope in (Scope.CARRY_OVER, *others)}
    return tuple(member.name for member in members if member.value not in without)


def _scoped(term: Term) -> tuple[str, str]:
    return str(term.concept), _scope_member(term.scope)


def _scope_member(scope: Scope | None) -> str:
    """The member that says a scope; the default one for none."""
    members = definitions().axes["Scope"].members
    return next(member.name for member in members if member.value == (None if scope is None else str(scope)))


def _member_label(name: str) -> Phrase:
    return next(member.label for member in definitions().axes["Scope"].members if member.name == name)


@cache
def rests() -> Mapping[str, tuple[Rest, ...]]:
    """By total, the concepts of what it may have beyond the parts that are listed."""
    found: dict[str, list[Rest]] = {}
    for calculation in calculations():
        label = definitions().concepts[calculation.total].label
        found.setdefault(calculation.total, []).append(Rest(calculation.rest, label, calculation.name))
    for assertion in assertions():
        found.setdefault(assertion.total, []).append(Rest(assertion.rest, assertion.list_label, assertion.name))
    return {total: tuple(known) for total, known in found.items()}


@cache
def hypercubes() -> tuple[Hypercube, ...]:
    """Every set of axes that a fact may have, with its concepts."""
    concepts: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for definition in definitions().concepts.values():
        carriers = [definition.name, *(rest.name for rest in rests().get(definition.name, ()))]
        for axes in _axes_of(definition):
            concepts.setdefault((axes, definition.has_members), []).extend(carriers)
    return tuple(
        Hypercube("".join((*axes, "Amount" if has_members else "")) or "Plain", axes, has_members, tuple(known))
        for (axes, has_members), known in concepts.items()
    )


def _axes_of(definition: Definition) -> Iterator[tuple[str, ...]]:
    """The sets of typed axes that a fact may have. A statement that differs from an earlier one has its own."""
    optional = (*definition.optional_axes, "Statement")
    order = list(definitions().axes)
    for count in range(len(optional) + 1):
        for chosen in combinations(optional, count):
            yield tuple(sorted((*definition.axes, *chosen), key=order.index))
