"""The tabular face of the IR: the contract's tables and those that the grammar declares, for every format with tables.

The contract is what pipelines depend on: the names of the tables, of their columns, and their order, which their
declarations say (`yusuan.ir.contract`); a change is a new version of it and stands in the CHANGELOG.
`yusuan.emitters.rows` makes their rows.

A cell is text: a number as the exact decimal that the document states, a boolean as `true` or `false`, what
is absent as the empty string. Cells are not yet fit for any one format: a lone surrogate or a NUL in the
source is still there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final

from attrs import frozen

from yusuan.emitters import cells, rows
from yusuan.emitters.cells import Cells
from yusuan.ir.contract import contract
from yusuan.ir.declared import LAST_COLUMN, OWN_COLUMNS, DeclaredRow
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableColumn, TableKind, ValueType


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


PAGE: Final = Column(LAST_COLUMN, ColumnKind.INTEGER)
"""The last column of every table that has `line`: the page, from 1; empty where the input has no pages."""

OTHER_FACTS: Final = "other_facts"
"""The table of a folder that has the facts without a row in a table of the contract."""

DOCUMENTS: Final = "documents"
"""The table of the documents themselves, to whose rows those of all others belong."""

LINE: Final = "line"
"""The column with the line that a row stands in."""

_OF_TYPES: Final = {ValueType.INTEGER: ColumnKind.INTEGER, ValueType.BOOLEAN: ColumnKind.BOOLEAN}


def _column(column: TableColumn) -> Column:
    kind = ColumnKind.DECIMAL if column.type.is_figure else _OF_TYPES.get(column.type, ColumnKind.TEXT)
    return Column(column.name, kind)


def _view(kind: TableKind) -> TableView:
    """A table of the contract: its columns between the document and, in all that have lines, the line and the page."""
    said = [_column(column) for column in kind.columns]
    if kind.name != DOCUMENTS:
        said = [*(() if any(one.name == LINE for one in said) else [Column(LINE, ColumnKind.INTEGER)]), *said, PAGE]
    rows_of = rows.of_records(kind) if kind.record else rows.OF_DOCUMENTS[kind.name]
    return TableView(kind.name, (Column("document", ColumnKind.TEXT), *said), rows_of)


class _Tables(Mapping[str, TableView]):
    """The tables of the contract, made when they are first asked for: until then somebody may tell what they are."""

    @cached_property
    def _views(self) -> dict[str, TableView]:
        return {kind.name: _view(kind) for kind in contract().values()}

    def __getitem__(self, name: str) -> TableView:
        return self._views[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)


TABLES: Final[Mapping[str, TableView]] = _Tables()
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
        columns.append(_column(column))
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
