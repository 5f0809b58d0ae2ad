"""What the page shows of a concept beyond its definition: its label, where its facts are from, their axes."""

from __future__ import annotations

from functools import cache

from yusuan.emitters.xbrl.networks import hypercubes, rests
from yusuan.ir.concepts import AMOUNTS, Definition, Phrase, definitions


def label_of(name: str) -> Phrase:
    """The label of a concept, or of what a total has beyond the parts that are listed."""
    known = definitions()
    if name in known.concepts:
        return known.concepts[name].label
    [of] = (rest.label for found in rests().values() for rest in found if rest.name == name)
    pattern = known.not_listed[0]
    return Phrase(pattern.zh.format(of.zh), pattern.en.format(of.en))


def source(one: Definition) -> str | None:
    """The table and the column that the facts of a concept are from; absent for what may stand in any table."""
    return "amounts.value" if one.name in AMOUNTS else one.column


@cache
def axes(concept: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The axes that every fact of a concept has, and those that it may have, in the order of the axes."""
    cubes = [cube for cube in hypercubes() if concept in cube.concepts]
    every = set.intersection(*(set(cube.typed) for cube in cubes))
    some = set.union(*(set(cube.typed) for cube in cubes)) - every
    if any(cube.has_members for cube in cubes):
        some |= {axis.name for axis in definitions().axes.values() if axis.members}
    order = list(definitions().axes)
    return tuple(sorted(every, key=order.index)), tuple(sorted(some, key=order.index))


def users_of(axis: str) -> list[str]:
    """The concepts that have an axis, always or sometimes."""
    return [name for name in definitions().concepts if any(axis in listed for listed in axes(name))]
