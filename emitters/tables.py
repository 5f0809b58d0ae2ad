"""The tabular face of the IR: the contract's tables and those that the grammar declares, for every format with tables.

The contract is what pipelines depend on: the names of the sixteen tables, of their columns, and their order. All of it
stands here, and what the rows hold in `yusuan.emitters.rows`; a change is a new version of it and stands in the
CHANGELOG.

A cell is text: a number as the exact decimal that the document states, a boolean as `true` or `false`, what
is absent as the empty string. Cells are not yet fit for any one format: a lone surrogate or a NUL in the
source is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from yusuan.emitters import cells, rows
from yusuan.emitters.cells import Cells
from yusuan.ir.declared import LAST_COLUMN, OWN_COLUMNS, DeclaredRow
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind, ValueType


class ColumnKind(StrEnum):
    """What a column's cells hold, for formats that type their columns. Any cell may be empty."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"


@frozen(slots=True)
class Column:
    """A column by its name in every format, with what its cells hold."""

    name: str
    kind: ColumnKind


@frozen(slots=True)
class TableView:
    """One table.

    Attributes:
        name: its name in every format.
        columns: its columns, in order.
        rows: the rows that a document has in it, in the order of the document.
        kind: what the grammar declares of it; absent for a table of the contract.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Document], Iterator[Cells]]
    kind: TableKind | None = None

    @property
    def header(self) -> Cells:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _view(name: str, rows_of: Callable[[Document], Iterator[Cells]], columns: str) -> tuple[str, TableView]:
    """A table whose columns are given as words, each with its kind after a colon unless that is text."""
    parsed = (word.partition(":") for word in columns.split())
    typed = tuple(Column(name, ColumnKind(kind or "text")) for name, _, kind in parsed)
    return name, TableView(name, typed if name == DOCUMENTS else (*typed, PAGE), rows_of)


PAGE: Final = Column(LAST_COLUMN, ColumnKind.INTEGER)
"""The last column of every table that has `line`: the page, from 1; empty where the input has no pages."""

OTHER_FACTS: Final = "other_facts"
"""The table of a folder that has the facts without a row in a table of the contract."""

DOCUMENTS: Final = "documents"
"""The table of the documents themselves, to whose rows those of all others belong."""

TABLES: Final[Mapping[str, TableView]] = MappingProxyType(
    dict(
        (
            _view(
                DOCUMENTS,
                rows.documents,
                "document title organization fiscal_year:integer kind level source sha256 pages:integer grammar"
                " grammar_version grammar_digest money_figures:integer money_typed:integer tables:integer"
                " tables_typed:integer sections_missing",
            ),
            _view(
                "sections",
                rows.sections,
                "document line:integer role parent_role ordinal title level:integer",
            ),
            _view(
                "facts",
                rows.fact_rows,
                "document line:integer column:integer section subject concept label period:integer measure"
                " operator value:decimal upper:decimal unit text",
            ),
            _view(
                "amounts",
                rows.amounts,
                "document line:integer concept label period:integer measure value:decimal unit scope basis"
                " base percent:decimal share:decimal code",
            ),
            _view(
                "projects",
                rows.projects,
                "document line:integer name code budget:decimal budget_fiscal:decimal budget_other:decimal purpose",
            ),
            _view("objectives", rows.objectives, "document line:integer project ordinal:integer text"),
            _view(
                "spending_plan",
                rows.spending_plan,
                "document line:integer project month:integer percent:decimal",
            ),
            _view(
                "indicators",
                rows.indicators,
                "document line:integer project level1 level2 level3 description grade target operator"
                " value:decimal upper:decimal unit basis weight:decimal",
            ),
            _view(
                "activities",
                rows.activities,
                "document line:integer parent name budget:decimal description objective",
            ),
            _view("institutions", rows.institutions, "document line:integer name nature rank funding"),
            _view(
                "procurement",
                rows.procurement,
                "document line:integer is_total:boolean project project_budget:decimal item catalogue_code"
                " measure_unit quantity:decimal unit_price:decimal total:decimal general_public:decimal"
                " government_fund:decimal state_capital:decimal special_account:decimal other:decimal",
            ),
            _view("assets", rows.assets, "document line:integer item quantity:decimal value:decimal"),
            _view("glossary", rows.glossary, "document line:integer term definition"),
            _view(
                "blocks",
                rows.blocks,
                "document line:integer last_line:integer kind role depth:integer typed:boolean text",
            ),
            _view(
                "cells",
                rows.table_cells,
                "document table_line:integer line:integer row:integer column:integer rowspan:integer"
                " colspan:integer text",
            ),
            _view(
                "diagnostics",
                rows.diagnostics,
                "document line:integer column:integer severity code message name",
            ),
        )
    )
)
"""The tables by name, in the contract's order."""


# --- declared tables --------------------------------------------------------------------------------------------------


def declared_views(kinds: Iterable[TableKind]) -> dict[str, TableView]:
    """The tables of declared kinds by name, in the order of the kinds.

    One that is called as a table of the contract or of a folder, or as another kind, has a number behind its name.
    """
    views: dict[str, TableView] = {}
    # What a kind is said to be makes no other table of it.
    for kind in {_shape(kind): kind for kind in kinds}.values():
        name, count = kind.name, 1
        while name in TABLES or name in views or name == OTHER_FACTS:
            count += 1
            name = f"{kind.name}_{count}"
        views[name] = _declared_view(name, kind)
    return views


def _declared_view(name: str, kind: TableKind) -> TableView:
    kinds = (ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.BOOLEAN)
    columns = [Column(own, of) for own, of in zip(OWN_COLUMNS, kinds, strict=True)]
    for column in kind.columns:
        columns.append(Column(column.name, ColumnKind.DECIMAL if column.type.is_figure else ColumnKind.TEXT))
        if column.unit_column is not None:
            columns.append(Column(column.unit_column, ColumnKind.TEXT))
    columns.append(PAGE)

    shape = _shape(kind)

    def declared_rows(document: Document) -> Iterator[Cells]:
        for table in document.declared:
            if _shape(table.kind) == shape:
                for row in table.rows:
                    own = document.name, cells.line(row.span), cells.boolean(row.is_total)
                    yield (*own, *_declared_cells(kind, row), cells.page(row.span))

    return TableView(name, tuple(columns), declared_rows, kind)


def _shape(kind: TableKind) -> tuple[str, tuple[tuple[str, ValueType], ...]]:
    """By what kinds are told apart: their names, and those and the types of their columns."""
    return kind.name, tuple((column.name, column.type) for column in kind.columns)


def _declared_cells(kind: TableKind, row: DeclaredRow) -> Iterator[str]:
    for column in kind.columns:
        value = row.value(column.name)
        if value is None:
            yield ""
        else:
            yield cells.decimal(value.value) if column.type.is_figure else value.text
        if column.unit_column is not None:
            yield cells.plain(value.unit) if value else ""
