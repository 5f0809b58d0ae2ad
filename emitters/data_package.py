"""Data Package 1.0: what the tables of a folder are, for programs that read CSV: types, keys, enumerations.

`datapackage.json` is a Tabular Data Package (https://specs.frictionlessdata.io), with the `model` of a Fiscal Data
Package: which column is money, in which currency, and by what it is classified. It names the tabular profile and not
the fiscal one, which readers would fetch from the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from yusuan.emitters.facts import declared_concept, value_columns
from yusuan.emitters.tables import DOCUMENTS, LINE, Column, ColumnKind
from yusuan.emitters.xbrl.columns import FACT_ID
from yusuan.ir.concepts import AMOUNTS, definitions
from yusuan.ir.contract import contract
from yusuan.ir.declared import OWN_COLUMNS
from yusuan.ir.kinds import TableColumn, TableKind, ValueType
from yusuan.ir.vocabulary import BlockKind, Concept

FILE: Final = "datapackage.json"
"""The name of the file."""

_TYPES: Final = {
    ColumnKind.TEXT: "string",
    ColumnKind.INTEGER: "integer",
    ColumnKind.DECIMAL: "number",
    ColumnKind.BOOLEAN: "boolean",
}
_DOCUMENT: Final = "document"
_REQUIRED: Final = frozenset({_DOCUMENT, FACT_ID})
_ANY_CONCEPT: Final = ("facts", "concept")
_BLOCKS: Final = ("heading", "table")


def data_package(tables: Mapping[str, Iterable[Column]], kinds: Mapping[str, TableKind]) -> dict[str, Any]:
    """The description of a folder of tables.

    Args:
        tables: the columns of each table, by its name.
        kinds: what the grammar declares of those that are of a declared kind, by their names.
    """
    figures = ((kind, column) for kind in kinds.values() for column in kind.columns if column.type.is_figure)
    of_kinds = list(dict.fromkeys(declared_concept(kind, column) for kind, column in figures))
    return {
        "profile": "tabular-data-package",
        "name": "yusuan",
        "title": definitions().title.zh,
        "countryCode": "CN",
        "resources": [_resource(name, columns, kinds.get(name), of_kinds) for name, columns in tables.items()],
        "model": _model(),
    }


def _resource(table: str, columns: Iterable[Column], kind: TableKind | None, of_kinds: Iterable[str]) -> dict[str, Any]:
    fields = [_declared_field(column, kind) if kind else _field(table, column, of_kinds) for column in columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table == DOCUMENTS:
        schema["primaryKey"] = _DOCUMENT
    else:
        schema["foreignKeys"] = [
            {"fields": _DOCUMENT, "reference": {"resource": DOCUMENTS, "fields": _DOCUMENT}},
        ]
        if any(field["name"] == FACT_ID for field in fields):
            schema["primaryKey"] = FACT_ID
    return {
        "profile": "tabular-data-resource",
        "name": table,
        **_said(kind),
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _said(declared: TableKind | TableColumn | None) -> dict[str, str]:
    """What a declaration says of a table or a column."""
    said = {"title": declared.zh, "description": declared.en} if declared else {}
    return {key: text for key, text in said.items() if text}


def _declared_field(column: Column, kind: TableKind) -> dict[str, Any]:
    declared = next((one for one in kind.columns if one.name == column.name), None)
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind], **_said(declared)}
    if column.name in OWN_COLUMNS:
        field["constraints"] = {"required": True}
    return field


def _field(table: str, column: Column, of_kinds: Iterable[str]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind]}
    kind = contract().get(table)
    declared = next((one for one in kind.columns if one.name == column.name), None) if kind else None
    constraints: dict[str, Any] = {}
    if column.name in _REQUIRED or (kind and (column.name == LINE or (declared and _is_filled(kind, declared)))):
        constraints["required"] = True
    if (table, column.name) == _ANY_CONCEPT:
        # Any figure of a declared kind is a fact too.
        concepts = {*AMOUNTS, *(one.facts[0].concept for _, one in value_columns())}
        constraints["enum"] = [*sorted(concepts), *of_kinds]
    elif declared and declared.vocabulary:
        words = sorted(AMOUNTS) if declared.vocabulary == Concept.__name__ else declared.words
        constraints["enum"] = [*(_BLOCKS if declared.vocabulary == BlockKind.__name__ else ()), *words]
    if constraints:
        field["constraints"] = constraints
    return field


def _is_filled(kind: TableKind, column: TableColumn) -> bool:
    """Whether no row leaves a column empty. A record may have a name that is an empty text."""
    is_text = column.type is ValueType.TEXT and not column.vocabulary
    return column.always and not (kind.record and is_text)


def _model() -> dict[str, Any]:
    """The Fiscal Data Package's view: money, and by what it is told apart."""
    return {
        "measures": {
            "amount": {
                "source": "yuan",
                "resource": "amounts",
                "currency": "CNY",
                "factor": 1,
                "phase": "approved",
            },
            "project": {
                "source": "budget_yuan",
                "resource": "projects",
                "currency": "CNY",
                "factor": 1,
                "direction": "expenditure",
                "phase": "approved",
            },
        },
        "dimensions": {
            "year": _dimension("datetime", "amounts", "period"),
            "concept": _dimension("classification", "amounts", "concept"),
            "function": {
                **_dimension("classification", "amounts", "code", "label"),
                "classificationType": "functional",
            },
            "fund": _dimension("classification", "amounts", "scope"),
            "phase": _dimension("other", "amounts", "basis", "measure", "base"),
            "organization": _dimension("entity", DOCUMENTS, "document", "organization"),
            "activity": _dimension("activity", "projects", "name", "code"),
        },
    }


def _dimension(kind: str, resource: str, key: str, *others: str) -> dict[str, Any]:
    attributes = {name: {"source": name, "resource": resource} for name in (key, *others)}
    return {"dimensionType": kind, "attributes": attributes, "primaryKey": key}
