"""Frozen records of which a report has thousands, made as fast as open ones.

The `__init__` that attrs writes for a frozen class calls `object.__setattr__` for each attribute, which takes most of
its time. That of a quick record makes the instance one of a twin for as long as it runs, a class of the same layout
whose attributes are simply assigned, and then one of its own class again. What is made is the same: frozen, compared,
hashed, copied and pickled as attrs has it.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

from attrs import NOTHING, fields

_Record = TypeVar("_Record")

_SET_CLASS: Final = object.__dict__["__class__"].__set__
_INIT: Final = """
def __init__(self, {parameters}):
    open_as(self, twin)
    {assignments}
    self.__class__ = record
"""


def quick(record: type[_Record]) -> type[_Record]:
    """Give a frozen attrs class with slots, which nothing derives from, an `__init__` without its detours.

    Raises:
        TypeError: an attribute has a converter, a validator or a default that is made anew each time.
    """
    declared = fields(record)  # type: ignore[arg-type]  # an attrs class, which a type variable cannot say
    open_again = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    twin = type(f"_Open{record.__name__}", (record,), {"__slots__": (), **open_again})
    known: dict[str, Any] = {"open_as": _SET_CLASS, "twin": twin, "record": record}
    parameters = []
    for one in declared:
        if one.converter is not None or one.validator is not None or not one.init:
            raise TypeError(f"{record.__name__}.{one.name} is no plain attribute")
        if one.default is NOTHING:
            parameters.append(one.name)
        elif hasattr(one.default, "factory"):
            raise TypeError(f"{record.__name__}.{one.name} has a default that is made anew")
        else:
            known[f"default_{one.name}"] = one.default
            parameters.append(f"{one.name}=default_{one.name}")
    assignments = "\n    ".join(f"self.{one.name} = {one.name}" for one in declared)
    exec(_INIT.format(parameters=", ".join(parameters), assignments=assignments), known)
    init = known["__init__"]
    init.__annotations__ = record.__init__.__annotations__
    init.__qualname__ = f"{record.__qualname__}.__init__"
    init.__module__ = record.__module__
    record.__init__ = init  # type: ignore[method-assign]
    return record
