"""What TOML says into attrs classes, by cattrs: a class says which keys a table has and what they hold.

A field is a `str`, `int`, `float`, `bool`, an enumeration of texts, another such class, a `tuple` (of TOML's lists), a
`Mapping` (of a table whose keys anybody may name), one of these or None, or a class that reads its values itself
(`Parsed`). It is of the key of its name, less an underscore at the end (`from_`); `any_other` has the keys that no
other field has. Nothing is converted: `1` is no text and no yes. A field without a default must be said. What else
holds of a value stands at its type, and so is seen to in lists and of keys too:

    Priority = Annotated[int, between(-999, 999)]

Whoever only reads reports from a warm cache does without this module: cattrs takes 15 ms to import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, Final, Protocol, Self, TypeAlias, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.cols import is_mapping, list_structure_factory, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn, override

from yusuan.compiler.language.nearest import did_you_mean
from yusuan.compiler.language.places import Key

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
"""What messages call the types of TOML's values."""

ANY_OTHER: Final = "any_other"
"""The field that has the keys that no other field of its class has."""

_SCALARS: Final = {str: "a text", int: "a number", float: "a number with decimals", bool: "true or false"}
_LISTED: Final = 20
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_Said = TypeVar("_Said")
_Hook: TypeAlias = Callable[[Any, Any], Any]


class MisshapenError(ValueError):
    """TOML says what its class has no place for.

    Attributes:
        path: the key, as the entries of a file name it (`places.entries`).
        reason: why not.
    """

    def __init__(self, path: Key, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


class UnlikeError(TypeError):
    """A value is of another type than is expected.

    Attributes:
        reason: which type it has, and which it is to have; what it is of stands in front.
    """

    def __init__(self, value: object, expected: str) -> None:
        super().__init__(f"{KINDS.get(type(value), 'value')} where {expected} is expected")
        self.reason = f"is a {KINDS.get(type(value), 'value')} here; it is to be {expected}"


class Parsed(Protocol):
    """A class that reads its values itself."""

    @classmethod
    def parse(cls, said: Any) -> Self:
        """What a value of TOML says.

        Raises:
            ValueError: it says nothing of this class; the message is the reason, without the key.
            UnlikeError: it is of another type.
        """


def structure(said: object, cls: type[_Said]) -> _Said:
    """What TOML says, as a class.

    Args:
        said: a table, as `tomllib` reads it.
        cls: the class.

    Raises:
        MisshapenError: it has a key that the class has not, or none that it must have, or one holds something else.
    """
    try:
        return _converter().structure(said, cls)
    except (BaseValidationError, UnlikeError) as error:
        path, fault = next(_faults(error, ()))
        raise MisshapenError(*_told(said, path, fault)) from error


# --- what holds of a value --------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """A value that is a text.

    Raises:
        UnlikeError: it is none.
    """
    if type(value) is not str:
        raise UnlikeError(value, "a text")
    return value


def between(least: int, most: int) -> Callable[[int], int]:
    """That a number is one from the least to the most."""

    def check(value: int) -> int:
        if not least <= value <= most:
            raise ValueError(f"a number from {least} to {most} is expected")
        return value

    return check


def said_in_print(value: str) -> str:
    """That a text says something, in characters that can be printed."""
    if not value.strip() or not value.isprintable():
        raise ValueError("it is empty, or has a character that cannot be printed")
    return value


Line: TypeAlias = Annotated[str, said_in_print]
"""A text that says something."""


def matching(pattern: str, what: str) -> Callable[[str], str]:
    """That a text is wholly of a pattern; `what` says which texts are."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r} is no {what}")
        return value

    return check


def one_of(names: str) -> Callable[[str], str]:
    """That a text, which may be the key of a table, is one of these names, which blanks part."""
    known = names.split()

    def check(value: str) -> str:
        if value not in known:
            listed = f" (there are {', '.join(known)})" if len(known) <= _LISTED else ""
            raise ValueError(f"nothing that is called so is known here{did_you_mean(value, known)}{listed}")
        return value

    return check


# --- how values are read ----------------------------------------------------------------------------------------------


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for scalar, expected in _SCALARS.items():
        converter.register_structure_hook(scalar, _by_itself(_of_type(scalar, expected, _as_is)))
    # Asked of what is derived too: enumerations are classes of texts.
    converter.register_structure_hook(StrEnum, _by_itself(_member))
    converter.register_structure_hook_factory(attrs.has)(_of_class)
    converter.register_structure_hook_factory(_is(tuple))(_of_tuple)
    converter.register_structure_hook_factory(is_mapping)(_of_mapping)
    converter.register_structure_hook_func(lambda cls: hasattr(cls, "parse"), _by_itself(_as_is))
    converter.register_structure_hook_factory(_is(Annotated))(_of_annotated)
    return converter


def _is(origin: object) -> Callable[[Any], bool]:
    return lambda cls: get_origin(cls) is origin


def _by_itself(read: _Hook) -> _Hook:
    """The hook of a class that may read its values itself."""
    return lambda value, cls: cls.parse(value) if hasattr(cls, "parse") else read(value, cls)


def _as_is(value: Any, _: Any) -> Any:
    return value


def _member(value: Any, cls: type[StrEnum]) -> StrEnum:
    known = tuple(map(str, cls))
    if text(value) not in known:
        what = _CAMEL.sub(" ", cls.__name__).lower()
        raise ValueError(f"{value!r} is no {what}{did_you_mean(value, known)} (there are {', '.join(known)})")
    return cls(value)


def _of_annotated(cls: Any, converter: Converter) -> _Hook:
    base, *checks = get_args(cls)
    read = converter.get_structure_hook(base)

    def checked(value: Any, _: Any) -> Any:
        found = read(value, base)
        for check in checks:
            found = check(found)
        return found

    return checked


def _of_class(cls: Any, converter: Converter) -> _Hook:
    # A name that Python keeps for itself has an underscore behind it.
    names = {one.name: override(rename=key_of(one)) for one in attrs.fields(cls) if one.name.endswith("_")}
    read = make_dict_structure_fn(cls, converter, **names)  # type: ignore[arg-type]
    known = {key_of(one) for one in attrs.fields(cls)}

    def read_with_others(value: Any, cls: Any) -> Any:
        said = {key: one for key, one in value.items() if key in known}
        return read({**said, ANY_OTHER: {key: one for key, one in value.items() if key not in known}}, cls)

    return _of_type(dict, "a table", read_with_others if ANY_OTHER in known else read)


def key_of(field: attrs.Attribute[Any]) -> str:
    """The key of TOML that a field is of."""
    return field.name.rstrip("_")


def _of_mapping(cls: Any, converter: Converter) -> _Hook:
    return _of_type(dict, "a table", mapping_structure_factory(cls, converter))


def _of_tuple(cls: Any, converter: Converter) -> _Hook:
    items = get_args(cls)
    length = None if items[-1] is ... else len(items)
    read = list_structure_factory(GenericAlias(list, items[:1]), converter)  # type: ignore[arg-type]

    def whole(value: Any, cls: Any) -> Any:
        if length is not None and len(value) != length:
            raise ValueError(f"a list of {length} is expected")
        return tuple(read(value, cls))

    return _of_type(list, "a list", whole)


def _of_type(kind: type, expected: str, read: _Hook) -> _Hook:
    def checked(value: Any, cls: Any) -> Any:
        if type(value) is not kind:
            raise UnlikeError(value, expected)
        return read(value, cls)

    return checked


# --- what is told of a fault ------------------------------------------------------------------------------------------


def _faults(error: Exception, path: Key) -> Iterator[tuple[Key, Exception]]:
    """What cattrs found wrong, each with the keys and numbers that lead there."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = path if note.name == ANY_OTHER else (*path, note.name.rstrip("_"))
        elif isinstance(note, IterableValidationNote):
            path = (*path, note.index)
    if isinstance(error, BaseValidationError):
        for one in error.exceptions:
            yield from _faults(one, path)
    else:
        yield path, error


def _told(said: object, path: Key, fault: Exception) -> tuple[Key, str]:
    """The key that a fault is told at, and its reason."""
    if isinstance(fault, ForbiddenExtraKeysError):
        return _unknown(said, path, fault)
    if isinstance(fault, KeyError):
        *above, missing = path
        found, names = _named(said, above)
        return found, f"{_table(found, names)} has no {missing}, which it needs"
    found, names = _named(said, path)
    name = path[-1] if path and isinstance(path[-1], str) else "what stands in the list"
    if isinstance(fault, UnlikeError):
        return found, f"{name} {fault.reason}"
    return found, f"{names[-1]}: {fault}" if names else str(fault)


def _unknown(said: object, path: Key, fault: ForbiddenExtraKeysError) -> tuple[Key, str]:
    table: Any = said
    for part in path:
        table = table[part]
    # cattrs gives a set; the first in the file is told.
    key = next(key for key in table if key in fault.extra_fields)
    known = [key_of(one) for one in attrs.fields(fault.cl)]
    found, names = _named(said, path)
    listed = f" (it has {', '.join(known)})" if len(known) <= _LISTED else ""
    return (*found, key), f"{key}: no key of {_table(found, names)}{did_you_mean(key, known)}{listed}"


def _named(said: Any, path: Sequence[str | int]) -> tuple[Key, Sequence[str]]:
    """Keys and numbers as the entries of a file name them: what stands in a list by its text, or its name; and those of
    them that are keys."""
    found: list[str | int] = []
    for part in path:
        said = said[part]
        found.append(part if isinstance(part, str) else in_list(said, part))
    return tuple(found), [part for part in path if isinstance(part, str)]


def in_list(value: Any, at: int) -> str | int:
    """How the entries of a file call what stands in a list: by its text, or its name, or its number."""
    found = value.get("name", at) if isinstance(value, dict) else value
    return found if isinstance(found, str) else at


def _table(found: Key, names: Sequence[str]) -> str:
    if not names:
        return "the file"
    name = ".".join(names)
    return f"[{name}]" if found[-1] == names[-1] else f"[[{name}]]"
