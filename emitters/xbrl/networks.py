"""The networks of the taxonomy: which axes the facts of a concept have, and which concepts add up to which.

Both the linkbases and the facts are made from these, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from attrs import frozen

from yusuan.emitters.facts import RECORD_CONCEPTS
from yusuan.emitters.xbrl import names
from yusuan.ir.concepts import Definition, definitions
from yusuan.ir.taxonomy import taxonomy


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
    by_field = {(concept.table, concept.field): concept.name for concept in RECORD_CONCEPTS}
    for record in taxonomy().record_sums:
        columns = tuple(by_field[record.table, part] for part in record.parts)
        found.append(Calculation(record.name, by_field[record.table, record.total], columns))
    return tuple(found)


@cache
def rests() -> tuple[str, ...]:
    """The totals that may have more than the parts that are listed."""
    return tuple(calculation.total for calculation in calculations())


@cache
def hypercubes() -> tuple[Hypercube, ...]:
    """Every set of axes that a fact may have, with its concepts."""
    concepts: dict[tuple[tuple[str, ...], bool], list[str]] = {}
    for definition in definitions().concepts.values():
        carriers = [definition.name]
        if definition.name in rests():
            carriers.append(names.not_listed(definition.name))
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
