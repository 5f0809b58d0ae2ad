"""Shapes of values: what a key of a TOML file is to hold, and what is wrong with what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, Final, Protocol

from attrs import field, frozen

Key = tuple[str | int, ...]

KINDS: Final[Mapping[type, str]] = {
    dict: "table",
    list: "list",
    str: "text",
    int: "number",
    float: "number with decimals",
    bool: "yes or no",
    datetime: "date",
    date: "date",
    time: "time of day",
}

_LONGEST: Final = 100_000
_MOST_CODES: Final = 1000


class MisshapenError(ValueError):
    """A file says what no place of the lexicon is for.

    Attributes:
        path: the key.
        reason: why not.
    """

    def __init__(self, path: Key, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


Leaf = tuple[Key, "Shape", Any]
"""A value that holds no others: its key, what it is to be, and it."""


class Shape(Protocol):
    """What a value is to be."""

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        """What the value holds, in its order.

        Raises:
            MisshapenError: it is something else.
        """


def _of(kind: type, value: Any, path: Key, what: str) -> None:
    if type(value) is not kind:
        name = path[-1] if path and isinstance(path[-1], str) else "what stands in the list"
        raise MisshapenError(path, f"{name} is a {KINDS.get(type(value), 'value')} here; it is to be {what}")


# --- single values ----------------------------------------------------------------------------------------------------


@frozen(slots=True)
class Characters:
    """A text of characters that stand for themselves.

    Attributes:
        most: how many there may be.
        may_be_empty: whether there may be none.
    """

    most: int = _LONGEST
    may_be_empty: bool = False

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(str, value, path, "a text")
        if not value and not self.may_be_empty:
            raise MisshapenError(path, f"{path[-1]}: the text is empty")
        if len(value) > self.most:
            raise MisshapenError(path, f"{path[-1]}: {self.most} characters at most are expected")
        yield path, self, value


@frozen(slots=True)
class WordShape:
    """A wording, as reports have it."""

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(str, value, path, "a text")
        if not value.strip():
            raise MisshapenError(path, "a wording is empty")
        if not value.isprintable() or len(value) > _LONGEST // 100:
            raise MisshapenError(path, "a wording is too long, or has a character that cannot be printed")
        yield path, self, value


@frozen(slots=True)
class Pattern:
    """A regular expression.

    Attributes:
        groups: the named groups that are read; it has these, and no others.
        takes_something: whether it must not match nothing: what is looked for would be found everywhere.
    """

    groups: frozenset[str] = frozenset()
    takes_something: bool = False

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(str, value, path, "a text")
        if not value:
            raise MisshapenError(path, "a pattern is empty")
        yield path, self, value


@frozen(slots=True)
class OneOf:
    """One of some names.

    Attributes:
        names: which there are.
        what: what they are, as messages call one.
    """

    names: tuple[str, ...]
    what: str

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(str, value, path, f"a {self.what}")
        if value not in self.names:
            raise MisshapenError(path, f"'{value}' is no {self.what}; there are {', '.join(self.names)}")
        yield path, self, value


@frozen(slots=True)
class Identifier:
    """What labels are called by in patterns: small letters, digits, underscores."""

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        if not (value.isascii() and value.isidentifier() and value == value.lower() and value[0] != "_"):
            raise MisshapenError(path, f"{value}: an identifier is small letters, digits and underscores")
        yield path, self, value


@frozen(slots=True)
class Number:
    """A whole number.

    Attributes:
        least: the smallest that is meant.
        most: the largest.
    """

    least: int
    most: int

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(int, value, path, "a number")
        if not self.least <= value <= self.most:
            raise MisshapenError(path, f"{path[-1]}: a number from {self.least} to {self.most} is expected")
        yield path, self, value


@frozen(slots=True)
class Factor:
    """How many yuan a unit of money is."""

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(int, value, path, "a number")
        if not 0 < value < 10**24 or str(value).rstrip("0") != "1":
            said = value if abs(value) < 10**24 else "a number that no unit has"
            raise MisshapenError(path, f"'{path[-1]}' is {said}; a unit of money is 1, 10, 100, … yuan")
        yield path, self, value


# --- values that hold others ------------------------------------------------------------------------------------------


@frozen(slots=True)
class ListOf:
    """A list.

    Attributes:
        item: what each of its values is to be.
        what: what it is, as messages call it.
        length: how many values it has; absent where any number will do.
    """

    item: Shape
    what: str = "a list"
    length: int | None = None

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(list, value, path, self.what)
        if self.length is not None and len(value) != self.length:
            raise MisshapenError(path, f"{self.what} is expected")
        for at, one in enumerate(value):
            yield from self.item.leaves(one, (*path, _key_of(one, at)))


def _key_of(value: Any, at: int) -> str | int:
    """How a file's entries call a value of a list: by its text, or its name, or its number."""
    found = value.get("name", at) if isinstance(value, dict) else value
    return found if isinstance(found, str) else at


@frozen(slots=True)
class TableShape:
    """A table.

    Attributes:
        known: the keys that it may have, with what they hold.
        needed: those of them that it must have.
        key: what any other key is to be; absent where there may be none.
        value: what such a key holds.
    """

    known: Mapping[str, Shape] = field(factory=dict)
    needed: tuple[str, ...] = ()
    key: Shape | None = None
    value: Shape | None = None

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(dict, value, path, "a table")
        for name in self.needed:
            if name not in value:
                raise MisshapenError(path, f"every entry of {path[0]} needs a {name}")
        for name, one in value.items():
            shape = self.known.get(name, self.value)
            if shape is None:
                raise MisshapenError((*path, name), f"{name}: nothing reads it; there may be {', '.join(self.known)}")
            if name not in self.known and self.key is not None:
                yield from self.key.leaves(name, (*path, name))
            yield from shape.leaves(one, (*path, name))


CHARACTER: Final = Characters(1)
"""A text of one character."""


@frozen(slots=True)
class Fold:
    """Characters that are made one: `to` with `from`, or a `range` that goes onto others."""

    def leaves(self, value: Any, path: Key) -> Iterator[Leaf]:
        _of(dict, value, path, "a table")
        if set(value) == {"to", "from"}:
            yield from Characters(1, may_be_empty=True).leaves(value["to"], (*path, "to"))
            yield from Characters().leaves(value["from"], (*path, "from"))
        elif set(value) == {"range", "onto"}:
            yield from ListOf(CHARACTER, "a list of the first and the last character", 2).leaves(
                value["range"], (*path, "range")
            )
            yield from CHARACTER.leaves(value["onto"], (*path, "onto"))
            first, last, onto = (ord(char) for char in (*value["range"], value["onto"]))
            if not 0 <= last - first < _MOST_CODES or not chr(onto + last - first).isprintable():
                raise MisshapenError((*path, "range"), "range: it is no range of characters, or has too many")
        else:
            raise MisshapenError(path, "a group of characters has to and from, or range and onto")
