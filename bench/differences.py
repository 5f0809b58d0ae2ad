"""What differs between two outcomes of one report: rows of tables, values of JSON, facts of XBRL, failures.

An outcome is what `bench/compile_all.py` wrote of a report: the text of each output by its name.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, TypeAlias

from alignment import Item, aligned
from attrs import frozen
from compile_all import FAILURE

Outcome: TypeAlias = Mapping[str, str]

TABLE = ".csv"
"""How the name of a table ends."""

csv.field_size_limit(sys.maxsize)

_SPAN = re.compile(r'"span": ?\{[^{}]*\}')
_POSITIONS = frozenset({"document", "line", "last_line", "table_line"})
"""Columns that say where a row stands, not what it says; and those whose names begin as facts' do."""
_FACT = "fact_"
_SORTS = {"diagnostics": "name", "blocks": "kind"}
"""Columns by which the differences of a table are told apart further."""


@frozen(slots=True)
class Kind:
    """Differences that are counted together.

    Attributes:
        part: the table or the format.
        change: what happened: `changed`, `added`, `removed` and the like.
        where: the columns, the path or the concept; empty where the change says all.
    """

    part: str
    change: str
    where: str


@frozen(slots=True)
class Difference:
    """One row, value or fact that differs.

    Attributes:
        kind: what it is counted with.
        place: where it stands in its output.
        base: what it was; empty where the base has none.
        new: what it is; empty where it is gone.
        cells: how many cells differ.
    """

    kind: Kind
    place: str
    base: str
    new: str
    cells: int = 1


def differences(base: Outcome, new: Outcome, kinds: frozenset[str]) -> Iterator[Difference]:
    """Every difference of a report, failures first.

    Args:
        base: what the one checkout made of it.
        new: what the other made.
        kinds: `tables`, `json`, `xbrl`: what is compared besides failures.
    """
    failures = list(_failures(base, new))
    yield from failures
    for name in dict.fromkeys([*base, *new]):
        kind, compare = _comparison(name)
        if kind not in kinds:
            continue
        old, other = base.get(name), new.get(name)
        if old is not None and other is not None:
            if old != other:
                yield from compare(name, old, other)
        elif not failures:  # else the failure says why it is lacking
            change = "output added" if old is None else "output removed"
            yield Difference(Kind(name.removesuffix(TABLE), change, ""), "", old or "", other or "")


_Compare: TypeAlias = Callable[[str, str, str], Iterator[Difference]]


def _comparison(name: str) -> tuple[str, _Compare]:
    """What kind an output is, and how two of it are compared."""
    if name.endswith(TABLE):
        return "tables", _table
    special: dict[str, tuple[str, _Compare]] = {
        "json": ("json", _json),
        "xbrl-json": ("xbrl", _xbrl_json),
        "xbrl": ("xbrl", _bytes),
    }
    # What else a folder of tables has describes them, in JSON.
    return special.get(name, ("" if name.startswith(FAILURE) else "tables", _json))


def _failures(base: Outcome, new: Outcome) -> Iterator[Difference]:
    for name in sorted({name for name in (*base, *new) if name.startswith(FAILURE)}):
        old, other = base.get(name, ""), new.get(name, "")
        if old != other:
            change = "changed" if old and other else "added" if other else "removed"
            yield Difference(Kind("failures", change, name.removeprefix(FAILURE)), "", old, other)


# --- tables ---


def _table(name: str, base: str, new: str) -> Iterator[Difference]:
    return table_differences(name.removesuffix(TABLE), base, new)


def table_differences(table: str, base: str, new: str) -> Iterator[Difference]:
    """The rows of a table that differ, and once each the columns that only one side has.

    Args:
        table: what it is called.
        base: the one side, as CSV with a header.
        new: the other.
    """
    old_header, old_rows = _read(base)
    header, rows = _read(new)
    for column in old_header:
        if column not in header:
            yield Difference(Kind(table, "column removed", column), "", column, "")
    for column in header:
        if column not in old_header:
            yield Difference(Kind(table, "column added", column), "", "", column)
    shared = [column for column in old_header if column in header]
    if shared != [column for column in header if column in shared]:
        yield Difference(Kind(table, "columns in another order", ""), "", ",".join(old_header), ",".join(header))
    for left, right in aligned([_row(row, shared) for row in old_rows], [_row(row, shared) for row in rows]):
        found = _row_difference(
            table, shared, {} if left is None else old_rows[left], {} if right is None else rows[right]
        )
        if found is not None:
            yield found


def _read(text: str) -> tuple[list[str], list[dict[str, str]]]:
    header, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    return header, [dict(zip_longest(header, row[: len(header)], fillvalue="")) for row in rows]


def _row(row: dict[str, str], columns: list[str]) -> Item:
    said = frozenset(
        (column, row[column])
        for column in columns
        if row[column] and column not in _POSITIONS and not column.startswith(_FACT)
    )
    return Item(tuple(row[column] for column in columns), said)


def _row_difference(table: str, columns: list[str], base: dict[str, str], new: dict[str, str]) -> Difference | None:
    """How a row differs; absent where it does not. A side without the row has no cells."""
    known = new or base
    sort = known.get(_SORTS.get(table, ""), "")
    place = f"line {known['line']}" if "line" in known else ""
    if not base or not new:
        change = "row added" if new else "row removed"
        return Difference(Kind(table, change, sort), place, _filled(base), _filled(new), len(columns))
    differing = [column for column in columns if base[column] != new[column]]
    if not differing:
        return None
    where = ", ".join(differing) + (f" [{sort}]" if sort else "")
    old, other = (_filled(row, differing) for row in (base, new))
    return Difference(Kind(table, "changed", where), place, old, other, len(differing))


def _filled(row: dict[str, str], columns: list[str] | None = None) -> str:
    """The cells that were asked for; of a whole row those that say something."""
    if columns is not None:
        return row[columns[0]] if len(columns) == 1 else " ".join(f"{column}={row[column]}" for column in columns)
    return " ".join(
        f"{column}={cell}" for column, cell in row.items() if cell and column != "document" and column[:5] != _FACT
    )


# --- JSON ---


def _json(name: str, base: str, new: str) -> Iterator[Difference]:
    return json_differences(name, json.loads(base), json.loads(new))


def json_differences(part: str, base: Any, new: Any, path: str = "", line: str = "") -> Iterator[Difference]:
    """The values that differ between two of JSON, each by its path (in the new one).

    Args:
        part: the format.
        base: the one value, parsed.
        new: the other.
        path: where they stand.
        line: where what they stand in was read, as it is shown; empty where that is not known.
    """
    if isinstance(base, dict) and isinstance(new, dict):
        line = _line(new) or line
        for key in dict.fromkeys([*base, *new]):
            below = f"{path}.{key}" if path else key
            if key not in new:
                yield _value(Kind(part, "key removed", below), line, base[key], None)
            elif key not in base:
                yield _value(Kind(part, "key added", below), line, None, new[key])
            else:
                yield from json_differences(part, base[key], new[key], below, line)
    elif isinstance(base, list) and isinstance(new, list):
        if base != new:
            yield from _list_differences(Kind(part, "", path), base, new, line)
    elif base != new or type(base) is not type(new):
        yield _value(Kind(part, "changed", path), line, base, new)


def _list_differences(kind: Kind, base: list[Any], new: list[Any], line: str) -> Iterator[Difference]:
    part, path = kind.part, kind.where
    for left, right in aligned([_element(one) for one in base], [_element(one) for one in new]):
        if left is None and right is not None:
            yield _value(Kind(part, "added", f"{path}[{right}]"), _line(new[right]) or line, None, new[right])
        elif right is None and left is not None:
            yield _value(Kind(part, "removed", f"{path}[{left}]"), _line(base[left]) or line, base[left], None)
        elif left is not None and right is not None:
            yield from json_differences(part, base[left], new[right], f"{path}[{right}]", line)


def _line(value: Any) -> str:
    span = value.get("span") if isinstance(value, dict) else None
    return f" (line {span['line']})" if isinstance(span, dict) and "line" in span else ""


def _element(value: Any) -> Item:
    members = value.items() if isinstance(value, dict) else [("", value)]
    said = frozenset(
        (key, _SPAN.sub("", _dumped(member))) for key, member in members if key != "span" and member not in (None, "")
    )
    return Item(_dumped(value), said)


def _value(kind: Kind, line: str, base: Any, new: Any) -> Difference:
    """A value that differs; the kind comes with its path, and is counted without the indexes in it."""
    gone = kind.change != "changed"  # else an absent value is a null
    old, other = ("" if gone and value is None else _dumped(value) for value in (base, new))
    counted = Kind(kind.part, kind.change, re.sub(r"\[\d+\]", "[]", kind.where))
    return Difference(counted, f"{kind.where}{line}", old, other)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- XBRL ---


def _xbrl_json(name: str, base: str, new: str) -> Iterator[Difference]:
    old, other = json.loads(base), json.loads(new)
    facts = old.pop("facts", {}), other.pop("facts", {})
    yield from json_differences(name, old, other)
    yield from fact_differences(*(list(side.values()) for side in facts))


def fact_differences(base: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[Difference]:
    """The facts of xBRL-JSON that only one side has; neither their order nor where they were read counts.

    One of the same aspects with another value, and one of the same concept and value with other aspects, are one
    fact that changed.
    """
    removed, added = _only(base, new), _only(new, base)
    for same, kind in ((_aspects, _changed_value), (_concept_and_value, _changed_aspects)):
        waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for fact in reversed(added):
            waiting[same(fact)].append(fact)
        left = []
        for fact in removed:
            if waiting[same(fact)]:
                partner = waiting[same(fact)].pop()
                yield _fact("changed", kind(fact, partner), fact, partner)
            else:
                left.append(fact)
        removed, added = left, [fact for facts in waiting.values() for fact in reversed(facts)]
    for fact in removed:
        yield _fact("removed", fact["dimensions"]["concept"], fact, None)
    for fact in added:
        yield _fact("added", fact["dimensions"]["concept"], None, fact)


def _only(facts: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts that the others lack, each as often as it is lacking."""
    surplus = Counter(map(_identity, facts)) - Counter(map(_identity, others))
    found = []
    for fact in facts:
        if surplus[_identity(fact)] > 0:
            surplus[_identity(fact)] -= 1
            found.append(fact)
    return found


def _identity(fact: dict[str, Any]) -> str:
    return json.dumps([fact["dimensions"], fact["value"], fact.get("decimals")], sort_keys=True)


def _aspects(fact: dict[str, Any]) -> str:
    return json.dumps(fact["dimensions"], sort_keys=True)


def _concept_and_value(fact: dict[str, Any]) -> str:
    return json.dumps([fact["dimensions"]["concept"], fact["value"], fact.get("decimals")])


def _changed_value(base: dict[str, Any], new: dict[str, Any]) -> str:
    return ", ".join(name for name in ("value", "decimals") if base.get(name) != new.get(name))


def _changed_aspects(base: dict[str, Any], new: dict[str, Any]) -> str:
    old, other = base["dimensions"], new["dimensions"]
    return ", ".join(name for name in dict.fromkeys([*old, *other]) if old.get(name) != other.get(name))


def _fact(change: str, where: str, base: dict[str, Any] | None, new: dict[str, Any] | None) -> Difference:
    line = (new or base or {}).get("source:line")
    return Difference(Kind("xbrl facts", change, where), f"line {line}" if line else "", _said(base), _said(new))


def _said(fact: dict[str, Any] | None) -> str:
    if fact is None:
        return ""
    aspects = [said for name, said in fact["dimensions"].items() if name not in ("entity", "language")]
    return " ".join([fact["value"], *aspects])


def _bytes(name: str, base: str, new: str) -> Iterator[Difference]:
    """That the bytes differ, with the first line that does."""
    for number, (old, other) in enumerate(zip_longest(base.split("\n"), new.split("\n"), fillvalue=""), start=1):
        if old != other:
            yield Difference(Kind(name, "other bytes", ""), f"line {number} of the output", old, other)
            return
