"""Characters that mean the same made one: the form in which words are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def fold_table(groups: Iterable[Mapping[str, Any]]) -> dict[int, str | None]:
    """The table for `str.translate` that the groups of `characters.toml` say."""
    table: dict[int, str | None] = {}
    for group in groups:
        if "range" in group:
            first, last = group["range"]
            shift = ord(group["onto"]) - ord(first)
            table.update({code: chr(code + shift) for code in range(ord(first), ord(last) + 1)})
        else:
            table.update({ord(char): group["to"] or None for char in group["from"]})
    return table
