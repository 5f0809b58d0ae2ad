"""Frozen records of which a report has thousands, made as fast as open ones.

The `__init__` that attrs writes for a frozen class calls `object.__setattr__` for each attribute, which takes most of
its time. That of a quick record makes the instance one of a twin for as long as it runs, a class of the same layout
whose attributes are simply assigned, and then one of its own class again. What is made is the same: frozen, compared,
hashed, copied and pickled as attrs has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from attrs import NOTHING, fields

_Record = TypeVar("_Record")

_INIT: Final = """
def __init__(self, {parameters}):
    open_as(self, twin)
    {assignments}
    self.__class__ = record
"""
_MAKER: Final = """
def make({parameters}):
    self = new(twin)
    {assignments}
    self.__class__ = record
    return self
"""


def quick(record: type[_Record]) -> type[_Record]:
    """Give a frozen attrs class with slots, which nothing derives from, an `__init__` without its detours.

    Raises:
        TypeError: an attribute has a converter, a validator or a default that is made anew each time.
    """
    init = _written(_INIT, record)["__init__"]
    init.__annotations__ = record.__init__.__annotations__
    init.__qualname__ = f"{record.__qualname__}.__init__"
    init.__module__ = record.__module__
    record.__init__ = init  # type: ignore[method-assign]
    return record


def maker(record: type[_Record]) -> Callable[..., _Record]:
    """A function that makes records as their class does when it is called: for loops that make thousands.

    Python calls functions of its own faster than classes.

    Raises:
        TypeError: see `quick`.
    """
    made: Callable[..., _Record] = _written(_MAKER, record)["make"]
    return made


def _written(code: str, record: type) -> Mapping[str, Any]:
    """What the code defines for a record: its parameters and assignments filled in."""
    open_again = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    twin = type(f"_Open{record.__name__}", (record,), {"__slots__": (), **open_again})
    open_as = object.__dict__["__class__"].__set__
    known: dict[str, Any] = {"new": object.__new__, "open_as": open_as, "twin": twin, "record": record}
    parameters, assignments = [], []
    for one in fields(record):
        if one.converter is not None or one.validator is not None or not one.init or hasattr(one.default, "factory"):
            raise TypeError(f"{record.__name__}.{one.name} is no plain attribute")
        if one.default is NOTHING:
            parameters.append(one.name)
        else:
            known[f"default_{one.name}"] = one.default
            parameters.append(f"{one.name}=default_{one.name}")
        assignments.append(f"self.{one.name} = {one.name}")
    exec(code.format(parameters=", ".join(parameters), assignments="\n    ".join(assignments)), known)
    return known
