"""Units of money: what every reader of a document knows, and what a document says of others."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import field, frozen


def _check_factor(unit: MoneyUnit, _: object, yuan: int) -> None:
    if type(yuan) is not int or str(yuan).rstrip("0") != "1":
        raise ValueError(f"'{unit.name}' is {yuan!r}; a unit of money is 1, 10, 100, … yuan")


@frozen(slots=True)
class MoneyUnit:
    """计量单位: a unit of money.

    Attributes:
        name: as records name it.
        yuan: how many yuan one of it is: a power of ten, so that figures keep their digits.
    """

    name: str
    yuan: int = field(validator=_check_factor)


@cache
def common_units() -> Mapping[str, int]:
    """How many yuan one is of each unit that needs no saying, read once a process."""
    data: dict[str, Any] = tomllib.loads((files("yusuan.ir") / "money.toml").read_text(encoding="utf-8"))
    return data
