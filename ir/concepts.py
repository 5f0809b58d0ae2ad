"""The concepts in full: what each one means, its type, its period, and by what its facts are told apart.

The data are `concepts.toml` and, of what stands in tables, their declarations (`yusuan.ir.contract`); names and sums
are those of `yusuan.ir.taxonomy`. Read by what describes the data to others (the XBRL formats, the documentation), not
by the compiler itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

from attrs import frozen

from yusuan.ir.contract import contract
from yusuan.ir.kinds import TableKind, ValueType
from yusuan.ir.taxonomy import taxonomy
from yusuan.ir.vocabulary import Concept


class Kind(StrEnum):
    """What the facts of a concept hold."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    AREA = "area"
    TEXT = "text"
    COMPARATOR = "comparator"


# The first axis of what stands in declared tables.
_OF_DECLARED: Final = "Table"
# The group of concepts whose table names none.
_OTHERS: Final = "declared"
_KINDS: Final = frozenset(map(str, Kind))


def kind_of(type_: ValueType) -> Kind:
    """What the facts of cells of a type hold."""
    if type_ is ValueType.COUNT:
        return Kind.NUMBER
    return Kind(type_.value) if type_.value in _KINDS else Kind.TEXT


@frozen(slots=True)
class Phrase:
    """A name or a sentence in the languages there are."""

    zh: str
    en: str

    def items(self) -> tuple[tuple[str, str], ...]:
        """Language and text."""
        return (("zh", self.zh), ("en", self.en))

    def filled(self, **values: Phrase) -> Phrase:
        """The sentence with names in place of its {name}s, each in the sentence's language.

        Raises:
            KeyError: it has a {name} that is not given.
        """
        return Phrase(
            self.zh.format(**{name: words.zh for name, words in values.items()}),
            self.en.format(**{name: words.en for name, words in values.items()}),
        )


@frozen(slots=True)
class Member:
    """What an axis with members may say.

    Attributes:
        name: its name.
        value: how the IR says it; absent for what is meant where the IR says nothing.
        label: its name for people.
    """

    name: str
    value: str | None
    label: Phrase


@frozen(slots=True)
class Axis:
    """By what facts are told apart.

    Attributes:
        name: its name.
        label: its name for people.
        text: what it tells apart.
        members: what it may say, the first where a fact does not say; empty for a typed axis.
    """

    name: str
    label: Phrase
    text: Phrase
    members: tuple[Member, ...]


@frozen(slots=True)
class Definition:
    """One concept.

    Attributes:
        name: its name; it keeps its meaning once it has one.
        group: what it is listed under.
        kind: what its facts hold.
        is_instant: whether a fact is of a day, not of a year.
        balance: `credit` or `debit`; absent for what is neither.
        label: its name for people.
        text: what it means.
        axes: the typed axes that a fact of it has.
        optional_axes: those that it may have.
        has_members: whether a fact of it has the axes with members, as the money of the running text has.
        column: the table and its field, as `projects.code`, that its facts are made of; absent for what the running
            text states, and for what may stand in any table.
    """

    name: str
    group: str
    kind: Kind
    is_instant: bool
    balance: str | None
    label: Phrase
    text: Phrase
    axes: tuple[str, ...]
    optional_axes: tuple[str, ...]
    has_members: bool
    column: str | None


@frozen(slots=True)
class SumWords:
    """What is said of sums over scopes or items.

    Attributes:
        of_scope: a {total} of one {scope}.
        with_scope: a {total}, of whose parts one is of a {scope}.
        unsatisfied: a {total} of a {figure} is not the {sum} of its parts.
    """

    of_scope: Phrase
    with_scope: Phrase
    unsatisfied: Phrase


@frozen(slots=True)
class Definitions:
    """What `concepts.toml` says, in its order.

    Attributes:
        title: what the taxonomy is called.
        concepts, axes, groups: by name.
        not_listed: what a total has beyond the parts that are listed: its name, in which {} stands for the total's, and
            what it means.
        sums: what is said of sums over scopes or items.
        comparators: what a target bounds its value by.
        signs: the signs that say so.
        area: the words for square metres in the name of an asset.
        kinds: what each kind of fact is called.
        tables: what each table is called that facts are from, by its name in the contract.
        page: the fixed words of the documentation.
    """

    title: Phrase
    not_listed: tuple[Phrase, Phrase]
    sums: SumWords
    concepts: Mapping[str, Definition]
    axes: Mapping[str, Axis]
    groups: Mapping[str, Phrase]
    comparators: tuple[Member, ...]
    signs: str
    area: tuple[str, ...]
    kinds: Mapping[Kind, Phrase]
    tables: Mapping[str, Phrase]
    page: Mapping[str, Phrase]


AMOUNTS = frozenset(map(str, Concept))
"""The concepts of the money of the running text."""


def _words(entry: Mapping[str, Any]) -> Phrase:
    return Phrase(entry["zh"], entry["en"])


def _member(entry: Mapping[str, Any]) -> Member:
    return Member(entry["name"], entry.get("value"), _words(entry))


def _definition(name: str, entry: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> Definition:
    axes = entry.get("axes", [])
    return Definition(
        name=name,
        group=entry["group"],
        kind=Kind(entry.get("type", Kind.MONEY)),
        is_instant=entry.get("period") == "instant",
        balance=entry.get("balance"),
        label=Phrase(labels["zh"][name], labels["en"][name]),
        text=_words(entry),
        axes=tuple(axis for axis in axes if not axis.endswith("?")),
        optional_axes=tuple(axis.removesuffix("?") for axis in axes if axis.endswith("?")),
        has_members=entry.get("members", name in AMOUNTS),
        column=entry.get("column"),
    )


def _of_kind(kind: TableKind) -> Iterator[Definition]:
    """The concepts of the columns of a kind, told apart by the axes that its rows have."""
    said = [column for column in kind.columns if column.axis]
    always = [*(column.axis for column in said if column.always), *filter(None, [kind.axis])]
    for column in kind.columns:
        for fact in column.facts:
            yield Definition(
                name=fact.concept,
                group=kind.group or _OTHERS,
                kind=kind_of(fact.type),
                is_instant=False,
                balance=fact.balance,
                label=Phrase(fact.zh, fact.en),
                text=Phrase(*fact.definition),
                axes=tuple(always),
                optional_axes=tuple(column.axis for column in said if not column.always),
                has_members=False,
                column=f"{kind.name}.{column.path.partition('.')[0]}",
            )


def _axes(data: Mapping[str, Any]) -> Iterator[Axis]:
    """The axes: those of the tables of the contract in front of those of declared tables."""
    for name, entry in data.items():
        if name == _OF_DECLARED:
            for axis in chain.from_iterable(kind.axes for kind in contract().values()):
                yield Axis(axis.name, Phrase(axis.zh, axis.en), Phrase(*axis.definition), ())
        yield Axis(name, _words(entry), _words(entry["text"]), tuple(map(_member, entry.get("members", ()))))


def _concepts(data: Mapping[str, Any]) -> dict[str, Definition]:
    """The concepts, group by group: those of the running text and of the whole report, then those of tables."""
    labels = {language: taxonomy().labels(language) for language in ("zh", "en")}
    found = [_definition(name, entry, labels) for name, entry in data["concept"].items()]
    found += [one for kind in contract().values() for one in _of_kind(kind)]
    groups = list(data["group"])
    return {one.name: one for one in sorted(found, key=lambda one: groups.index(one.group))}


@cache
def definitions() -> Definitions:
    """The definitions that are shipped, read once a process."""
    data = tomllib.loads((files("yusuan.ir") / "concepts.toml").read_text(encoding="utf-8"))
    return Definitions(
        title=_words(data["taxonomy"]),
        not_listed=(_words(data["not_listed"]["label"]), _words(data["not_listed"])),
        sums=SumWords(**{name: _words(entry) for name, entry in data["sums"].items()}),
        concepts=_concepts(data),
        axes={one.name: one for one in _axes(data["axis"])},
        groups={name: _words(entry) for name, entry in data["group"].items()},
        comparators=tuple(map(_member, data["comparator"])),
        signs=data["comparators"]["signs"],
        area=tuple(data["units"]["area"]),
        kinds={Kind(kind): _words(entry) for kind, entry in data["kind"].items()},
        tables={
            **{kind.name: Phrase(kind.zh, kind.en) for kind in contract().values() if kind.zh and kind.en},
            **{table: _words(entry) for table, entry in data["table"].items()},
        },
        page={key: _words(entry) for key, entry in data["page"].items()},
    )
