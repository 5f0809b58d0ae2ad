"""The first row of a header, as declarations write it down, as a pattern of the table grammar.

A cell is written by its mark: the identifier of its label, `#` a number, `-` an empty one, `.` any other text.

    cells = ["-?", "sequence?", "project|item", "budget+", "..."]

are cells from left to right: one of several (`a|b`), one that may be missing (`?`), one or more (`+`), any number
(`*`), several together `(month #|-)+`, and `...` for any others. `has` asks for one cell of each of its sets, wherever
it stands, and `without` for none of its marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from yusuan.compiler.language.nearest import did_you_mean

_ELEMENT: Final = re.compile(r"(?P<cell>\([^()]+\)|[^()?*+ ]+)(?P<many>[?*+]?)")
_REST: Final = "..."
_MARKS: Final = "#.-"  # in the order in which a set of them is written


class HeaderPatternError(ValueError):
    """A header is written down wrongly."""


def pattern_of(
    cells: Sequence[str], has: Sequence[Collection[str]], without: Collection[str], known: Collection[str]
) -> str:
    """The pattern of a row.

    Args:
        cells: the cells from left to right; any where there are none.
        has: the marks of which each set has one in the row.
        without: the marks that none of its cells has.
        known: the identifiers of all labels.

    Raises:
        HeaderPatternError: a cell is written in no such way, or its label is none.
    """
    conditions = [f"(?!.*{one})" for one in _each(without, known)]
    conditions += [f"(?=.*{_one_of(some, known)})" for some in has]
    return "".join([*conditions, *(_element(cell, known) for cell in cells or (_REST,))])


def _element(written: str, known: Collection[str]) -> str:
    if written == _REST:
        return ".*"
    found = _ELEMENT.fullmatch(written)
    if found is None:
        raise HeaderPatternError(f"{written!r} is no cell of a header; write a label or a mark, then ?, * or +")
    inner = found["cell"]
    if inner.startswith("("):
        return f"(?:{''.join(_element(one, known) for one in inner[1:-1].split())}){found['many']}"
    cell = _one_of(inner.split("|"), known)
    return f"(?:{cell}){found['many']}" if found["many"] else cell


def _one_of(marks: Collection[str], known: Collection[str]) -> str:
    found = _each(marks, known)
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _each(marks: Iterable[str], known: Collection[str]) -> list[str]:
    """Patterns of marks: one for those of cells without labels, one for all labels."""
    marks = dict.fromkeys(marks)
    plain = [mark for mark in _MARKS if mark in marks]
    labels = [mark for mark in marks if mark not in _MARKS]
    for label in labels:
        if label not in known:
            raise HeaderPatternError(f"no label is called {label}{did_you_mean(label, known)}")
    found = [f"[{''.join(plain)}]" if len(plain) > 1 else plain[0].replace(".", r"\.")] if plain else []
    if labels:
        found.append(f"<{labels[0]}>" if len(labels) == 1 else f"<(?:{'|'.join(labels)})>")
    return found
