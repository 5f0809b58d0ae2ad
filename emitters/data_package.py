"""Data Package 1.0: what the tables of a folder are, for programs that read CSV: types, keys, enumerations.

`datapackage.json` is a Tabular Data Package (https://specs.frictionlessdata.io), with the `model` of a Fiscal Data
Package: which column is money, in which currency, and by what it is classified. It names the tabular profile and not
the fiscal one, which readers would fetch from the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from yusuan.emitters.facts import RECORD_CONCEPTS, declared_concept
from yusuan.emitters.tables import DOCUMENTS, Column, ColumnKind
from yusuan.emitters.xbrl.columns import FACT_ID
from yusuan.ir.concepts import AMOUNTS, definitions
from yusuan.ir.declared import OWN_COLUMNS
from yusuan.ir.diagnostics import Severity
from yusuan.ir.kinds import TableColumn, TableKind
from yusuan.ir.vocabulary import Base, Basis, BlockKind, Measure, Operator, ReportKind, ReportLevel, Role, Scope

FILE: Final = "datapackage.json"
"""The name of the file."""

_TYPES: Final = {
    ColumnKind.TEXT: "string",
    ColumnKind.INTEGER: "integer",
    ColumnKind.DECIMAL: "number",
    ColumnKind.BOOLEAN: "boolean",
}
_DOCUMENT: Final = "document"
# What the text columns of these names hold in every table that has them, unless the next says otherwise.
_WORDS: Final[Mapping[str, Iterable[str]]] = {
    "role": Role,
    "parent_role": Role,
    "section": Role,
    "measure": Measure,
    "operator": Operator,
    "scope": Scope,
    "base": Base,
    "severity": Severity,
}
_ANY_CONCEPT: Final = ("facts", "concept")
_WORDS_OF_TABLES: Final[Mapping[tuple[str, str], Iterable[str]]] = {
    (DOCUMENTS, "kind"): ReportKind,
    (DOCUMENTS, "level"): ReportLevel,
    ("amounts", "concept"): sorted(AMOUNTS),
    ("amounts", "basis"): Basis,
    _ANY_CONCEPT: sorted({*AMOUNTS, *(concept.name for concept in RECORD_CONCEPTS)}),
    ("blocks", "kind"): ("heading", "table", *BlockKind),
}
# Columns that no row leaves empty.
_REQUIRED: Final = frozenset({_DOCUMENT, FACT_ID})
_REQUIRED_IN_TABLES: Final[Mapping[str, frozenset[str]]] = {
    "sections": frozenset({"line", "role", "level"}),
    "facts": frozenset({"line", "column", "concept"}),
    "amounts": frozenset({"line", "concept", "measure", "value", "basis"}),
    "blocks": frozenset({"line", "last_line", "kind", "depth", "typed"}),
    "cells": frozenset({"line", "table_line", "row", "column", "rowspan", "colspan"}),
    "diagnostics": frozenset({"line", "column", "severity", "code", "message", "name"}),
}


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
    constraints: dict[str, Any] = {}
    if column.name in _REQUIRED | _REQUIRED_IN_TABLES.get(table, frozenset()):
        constraints["required"] = True
    words = _WORDS_OF_TABLES.get((table, column.name), _WORDS.get(column.name))
    if words is not None and column.kind is ColumnKind.TEXT:
        # Any figure of a declared kind is a fact too.
        more = of_kinds if (table, column.name) == _ANY_CONCEPT else ()
        constraints["enum"] = [*map(str, words), *more]
    if constraints:
        field["constraints"] = constraints
    return field


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
