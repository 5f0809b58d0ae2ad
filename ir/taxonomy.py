"""The concepts in words, and the arithmetic that holds between them: one source for the checks and for every emitter.

The data are `taxonomy.toml`; what adds up within tables their declarations say (`yusuan.ir.contract`). A sum says of
which parts a total is made; it holds for what a report states at one place (one section or one table), for one year,
one scope and one basis, and for changes as for amounts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any

from attrs import field, frozen

from yusuan.ir.contract import contract
from yusuan.ir.vocabulary import Concept, Role, Scope


@frozen(slots=True)
class Term:
    """A concept in a sum, of one scope where that tells it apart: `Revenue@carry_over`.

    Attributes:
        concept: what the money is.
        scope: whose money; absent for that of the total.
    """

    concept: Concept
    scope: Scope | None

    @classmethod
    def of(cls, text: str) -> Term:
        """The term written as `Concept` or `Concept@scope`."""
        concept, _, scope = text.partition("@")
        return cls(Concept(concept), Scope(scope) if scope else None)

    def __str__(self) -> str:
        return f"{self.concept}@{self.scope}" if self.scope else str(self.concept)


@frozen(slots=True)
class SumRule:
    """A total of the running text or the 三公 table and its parts.

    Attributes:
        name: its name, in kebab case.
        total: what is made of the parts.
        parts: all that it can be made of.
        core: the parts that no complete listing leaves out. Without them, or where a core is empty, a listing counts as
            complete where it states a zero, ends in one of `closing`, or has no word that says it is in part.
        closing: the parts that end a listing: what else there is.
        items: whether the parts are itemised by name, many of one concept.
        group: rules of one group make up the same total in other ways, of which one has to hold; empty for none.
    """

    name: str
    total: Term
    parts: tuple[Term, ...]
    core: tuple[Term, ...]
    closing: tuple[Term, ...]
    items: bool
    group: str


@frozen(slots=True)
class EqualRule:
    """Totals that are the same money, where a report states several of them.

    Attributes:
        name: its name, in kebab case.
        code: the diagnostic that reports a broken one.
        concepts: what the totals are called.
        sections: the roles of the sections that state them.
    """

    name: str
    code: str
    concepts: tuple[Concept, ...]
    sections: frozenset[Role]


@frozen(slots=False)
class Taxonomy:
    """What `taxonomy.toml` says."""

    sums: tuple[SumRule, ...]
    equal: tuple[EqualRule, ...]
    _labels: Mapping[str, Mapping[str, str]] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Taxonomy:
        """The taxonomy that a text in the form of `taxonomy.toml` says.

        Raises:
            tomllib.TOMLDecodeError: it is no TOML.
            ValueError: it names a concept, scope or role that there is not, or a rule has a key that says nothing.
            KeyError: a rule lacks a key.
        """
        data = tomllib.loads(text)
        return cls(
            sums=tuple(_sum_rule(rule) for rule in data["sum"]),
            equal=tuple(_equal_rule(rule) for rule in data["equal"]),
            labels=data["concept"],
        )

    @cached_property
    def sums_by_total(self) -> Mapping[Term, tuple[SumRule, ...]]:
        """The sums of each total."""
        totals = {rule.total for rule in self.sums}
        return {total: tuple(rule for rule in self.sums if rule.total == total) for total in totals}

    @cached_property
    def totals(self) -> frozenset[Concept]:
        """The concepts that are the same money as another: the totals of the whole budget."""
        return frozenset(concept for rule in self.equal for concept in rule.concepts)

    @cached_property
    def summed(self) -> frozenset[Concept]:
        """The concepts that are totals of others."""
        return frozenset(rule.total.concept for rule in self.sums)

    @cached_property
    def summed_by_scope(self) -> frozenset[tuple[Concept, Scope | None]]:
        """The totals that a rule of their own scope has."""
        return frozenset((rule.total.concept, rule.total.scope) for rule in self.sums if rule.total.scope)

    @cached_property
    def wholes(self) -> Mapping[Concept, frozenset[Concept]]:
        """What a concept is a part of, for each that is a part of any."""
        pairs = [(term.concept, rule.total.concept) for rule in self.sums for term in rule.parts]
        return {part: frozenset(whole for one, whole in pairs if one is part) for part, _ in pairs}

    def labels(self, language: str) -> Mapping[str, str]:
        """The name of each concept in a language (`zh`, `en`), of those of tables as of the others."""
        columns = chain.from_iterable(kind.columns for kind in contract().values())
        of_tables = {fact.concept: getattr(fact, language) for column in columns for fact in column.facts}
        return {concept: labels[language] for concept, labels in self._labels.items()} | of_tables


@cache
def _shipped() -> Taxonomy:
    return Taxonomy.parse((files("yusuan.ir") / "taxonomy.toml").read_text(encoding="utf-8"))


def taxonomy() -> Taxonomy:
    """The taxonomy that is shipped, read once a process."""
    return _shipped()


def _check_keys(rule: Mapping[str, Any], *known: str) -> None:
    """A misspelt key would be read as absent."""
    unknown = sorted(set(rule) - set(known))
    if unknown:
        raise ValueError(f"the rule {rule.get('name')!r} has no {', '.join(unknown)} (known: {', '.join(known)})")


def _sum_rule(rule: Mapping[str, Any]) -> SumRule:
    _check_keys(rule, "name", "total", "parts", "core", "closing", "items", "group")

    def terms(key: str) -> tuple[Term, ...]:
        return tuple(Term.of(text) for text in rule.get(key, ()))

    return SumRule(
        name=rule["name"],
        total=Term.of(rule["total"]),
        parts=terms("parts"),
        core=terms("core"),
        closing=terms("closing"),
        items=rule.get("items", False),
        group=rule.get("group", ""),
    )


def _equal_rule(rule: Mapping[str, Any]) -> EqualRule:
    _check_keys(rule, "name", "code", "concepts", "sections")
    return EqualRule(
        name=rule["name"],
        code=rule["code"],
        concepts=tuple(Concept(name) for name in rule["concepts"]),
        sections=frozenset(Role(name) for name in rule["sections"]),
    )
