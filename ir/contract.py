"""The declarations of tables as data, and the tables of the contract, which files declare.

A declaration is a TOML file: `[table]`, `[columns.NAME]` and `[[sums]]` with the keys below, `[axes.NAME]` with the
words of an axis and, where sheets are read by it, further keys that belong to the grammar and are passed over here
(`yusuan.compiler.language.declarations`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, Final

from yusuan.ir.kinds import (
    UNDECLARED_SUM,
    ColumnFact,
    RowAxis,
    SumForm,
    TableColumn,
    TableKind,
    TableSum,
    ValueType,
    rule_name,
)

TABLE_KEYS: Final[Mapping[str, type]] = {
    "record": str,
    "place": int,
    "place_in_document": int,
    "zh": str,
    "en": str,
    "subject": str,
    "label": str,
    "is_named": bool,
    "axis": str,
    "group": str,
    "fact_columns": list,
}
"""What `[table]` may say of data, and as which TOML type."""

_FACT_KEYS: Final[Mapping[str, type]] = {
    "concept": str,
    "fact_column": str,
    "zh": str,
    "en": str,
    "text": dict,
    "balance": str,
}

COLUMN_KEYS: Final[Mapping[str, type]] = {
    "type": str,
    "source": str,
    "unit": str,
    "subject": str,
    "instead": list,
    "axis": str,
    "annual": bool,
    "always": bool,
    "adds": bool,
    "vocabulary": str,
    **_FACT_KEYS,
    "percent": dict,
    "area": dict,
}
"""What `[columns.NAME]` may say of data. In `percent` and `area` stands what facts of that type are called, where the
same column makes them."""

SUM_KEYS: Final[Mapping[str, type]] = {
    "name": str,
    "code": str,
    "form": str,
    "total": str,
    "columns": list,
    "parts": list,
    "parent": str,
    "blank_is_zero": bool,
}
"""What `[[sums]]` may say."""


class KindError(ValueError):
    """A declaration says what is none.

    Attributes:
        reason: what is wrong.
        path: the keys under which it stands.
    """

    def __init__(self, reason: str, *path: str | int) -> None:
        super().__init__(".".join(map(str, path)) + f": {reason}" if path else reason)
        self.reason = reason
        self.path = path


def kind_of(name: str, said: Mapping[str, Any]) -> TableKind:
    """The kind that a declaration says; what it says of reading is passed over.

    Raises:
        KindError: it says something that is none.
    """
    table: Mapping[str, Any] = said.get("table", {})
    columns = tuple(_column(key, column) for key, column in said.get("columns", {}).items())
    known = {column.name: column for column in columns}
    for key in ("subject", "label"):
        if table.get(key) is not None and table[key] not in known:
            has = ", ".join(known)
            raise KindError(f"{key}: {table[key]} is no column of the table (it has {has})", "table", key)
    sums = tuple(found for at, one in enumerate(said.get("sums", ())) for found in _sums(name, at, one, known))
    place = table.get("place", 0)
    return TableKind(
        name,
        columns,
        table.get("subject"),
        table.get("zh"),
        table.get("en"),
        sums,
        table.get("record", ""),
        table.get("label", ""),
        table.get("is_named", False),
        table.get("axis", ""),
        tuple(_axis(name, words) for name, words in said.get("axes", {}).items()),
        table.get("group", ""),
        tuple(table.get("fact_columns", ())),
        place,
        table.get("place_in_document", place),
    )


def data_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """The half of a declaration that says what the data are, without what is said of reading."""
    return {
        "table": _kept(said.get("table", {}), TABLE_KEYS),
        "columns": {name: _kept(column, COLUMN_KEYS) for name, column in said.get("columns", {}).items()},
        "sums": [dict(one) for one in said.get("sums", ())],
        "axes": dict(said.get("axes", {})),
    }


def _kept(said: Mapping[str, Any], keys: Mapping[str, type]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key in keys}


def _column(name: str, said: Mapping[str, Any]) -> TableColumn:
    type_ = said.get("type", ValueType.TEXT)
    if type_ not in _TYPES:
        raise KindError(f"{name}: the type {type_} is none of {', '.join(_TYPES)}", "columns", name, "type")
    own = ValueType(type_)
    facts = [_fact(name, own, said)] if "concept" in said else []
    for other in (ValueType.PERCENT, ValueType.AREA):
        if other in said:
            facts.append(_fact(name, other, said[other]))
    return TableColumn(
        name,
        own,
        said.get("zh"),
        said.get("en"),
        said.get("source", ""),
        said.get("unit", "unit" if own is ValueType.MONEY else ""),
        said.get("subject", ""),
        tuple(said.get("instead", ())),
        said.get("axis", ""),
        said.get("annual", True),
        said.get("always", False),
        said.get("adds", True),
        said.get("vocabulary", ""),
        tuple(facts),
    )


_TYPES: Final = tuple(str(one) for one in ValueType)


def _axis(name: str, said: Mapping[str, Any]) -> RowAxis:
    return RowAxis(name, *_words(said, f"{name}: an axis", "axes", name))


def _words(said: Mapping[str, Any], what: str, *path: str) -> tuple[str, str, tuple[str, str]]:
    """The names of something of the taxonomy, and what it means."""
    try:
        return said["zh"], said["en"], (said["text"]["zh"], said["text"]["en"])
    except (KeyError, TypeError):
        reason = f"{what} has zh and en, its names, and text.zh and text.en, what it means"
        raise KindError(reason, *path) from None


def _fact(column: str, type_: ValueType, said: Mapping[str, Any]) -> ColumnFact:
    words = _words(said, f"{column}: a concept", "columns", column)
    if type_ is ValueType.MONEY:
        further = f"{column}_yuan"
    elif type_ is ValueType.PERCENT:
        further = f"{column}_ratio"
    else:
        further = ""
    return ColumnFact(said["concept"], type_, said.get("fact_column", further), *words, said.get("balance"))


def _sums(table: str, at: int, said: Mapping[str, Any], known: Mapping[str, TableColumn]) -> Iterator[TableSum]:
    """The sums of one entry: of its total, or of each of its columns."""
    form = said.get("form")
    if form not in tuple(SumForm):
        raise KindError(f"form: {form} is none of {', '.join(SumForm)}", "sums", at, "form")
    parts, parent = tuple(said.get("parts", ())), said.get("parent", "")
    totals = said.get("columns", [said["total"]] if "total" in said else [])
    if not totals or ("total" in said and "columns" in said):
        raise KindError("a sum has a total, or columns for each of which it holds", "sums", at)
    for column in (*totals, *parts, *filter(None, [parent])):
        if column not in known:
            raise KindError(f"{column} is no column of the table (it has {', '.join(known)})", "sums", at)
    for column in (*totals, *parts):
        if not known[column].type.is_figure:
            raise KindError(f"{column} holds no figures", "sums", at)
    least, most = _PARTS[SumForm(form)]
    if not least <= len(parts) <= most:
        raise KindError(f"a sum of the form {form} has {least} to {most} parts", "sums", at)
    if bool(parent) != (form == SumForm.LEVELS):
        raise KindError(f"a parent belongs to sums of the form {SumForm.LEVELS}, and to no others", "sums", at)
    code, blank_is_zero = said.get("code", UNDECLARED_SUM), said.get("blank_is_zero", False)
    for total in totals:
        name = said.get("name", rule_name(table, total, form))
        yield TableSum(name, SumForm(form), code, total, parts, parent, blank_is_zero)


_MOST_PARTS: Final = 100
_PARTS: Final[Mapping[SumForm, tuple[int, int]]] = {
    SumForm.COLUMNS: (1, _MOST_PARTS),
    SumForm.ROWS: (0, 0),
    SumForm.LEVELS: (0, 0),
    SumForm.WITHIN: (0, _MOST_PARTS),
    SumForm.PRODUCT: (2, 2),
}


# --- the tables of the contract ---------------------------------------------------------------------------------------

_PLACES: Final = (("yusuan.ir", "tables"), ("yusuan.grammar", "tables"))
_SUFFIX: Final = ".toml"
_TOLD: Final[dict[str, Mapping[str, Any]]] = {}


def tell(declarations: Mapping[str, Mapping[str, Any]]) -> None:
    """Hand over what `read_contract` has found, so that files are not read again: the same of the same files. Once the
    tables are in use, it is passed over."""
    if not _TOLD:
        _TOLD.update(declarations)


def contract_files() -> dict[str, str]:
    """The files that may declare tables of the contract, by their names."""
    found = (file for package, folder in _PLACES for file in (files(package) / folder).iterdir())
    return {file.name: file.read_text(encoding="utf-8") for file in found if file.name.endswith(_SUFFIX)}


def read_contract() -> dict[str, dict[str, Any]]:
    """What the files of the contract's tables say of data, by the names of the tables."""
    read = {name.removesuffix(_SUFFIX): tomllib.loads(text) for name, text in sorted(contract_files().items())}
    return {name: data_of(said) for name, said in read.items() if "place" in said.get("table", {})}


@cache
def contract() -> Mapping[str, TableKind]:
    """The tables of the contract by their names, in its order."""
    kinds = (kind_of(name, said) for name, said in (_TOLD or read_contract()).items())
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.place, kind.name))}


@cache
def record_kinds() -> Mapping[str, TableKind]:
    """Those with a class of records, in the order of the fields of a document."""
    found = sorted(filter(attrgetter("record"), contract().values()), key=attrgetter("place_in_document"))
    return {kind.name: kind for kind in found}


@cache
def row_sums() -> tuple[tuple[TableKind, TableSum], ...]:
    """The sums that hold within a row of a table of the contract, each with its table; all their columns are facts."""
    return tuple((kind, rule) for kind in contract().values() for rule in kind.sums if rule.form is SumForm.COLUMNS)
