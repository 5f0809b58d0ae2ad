"""The tabular face of the IR: the contract's tables and those that the grammar declares, for every format with tables.

The contract is what pipelines depend on: the names of the sixteen tables, of their columns, and their order. All of it
stands here; a change is a new version of it and stands in the CHANGELOG.

A cell is text: a number as the exact decimal that the document states, a boolean as `true` or `false`, what
is absent as the empty string. Cells are not yet fit for any one format: a lone surrogate or a NUL in the
source is still there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from yusuan.emitters.facts import facts
from yusuan.emitters.tree import walk
from yusuan.ir.declared import LAST_COLUMN, OWN_COLUMNS, DeclaredKind, DeclaredRow, ValueType
from yusuan.ir.document import Document
from yusuan.ir.nodes import Paragraph, Table, Text
from yusuan.ir.records import Figure
from yusuan.ir.source import Span

Cells: TypeAlias = tuple[str, ...]
"""One row, a cell for each column."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


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
    kind: DeclaredKind | None = None

    @property
    def header(self) -> Cells:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def _documents(document: Document) -> Iterator[Cells]:
    yield document.name, _text(document.title), _text(document.organization), _plain(document.fiscal_year)


def _sections(document: Document) -> Iterator[Cells]:
    for section, parent_role in walk(document.body):
        if section.role is None:
            continue
        heading = section.heading
        yield (
            document.name,
            _line(heading.span if heading else section.span),
            str(section.role),
            _plain(parent_role),
            _plain(heading.ordinal) if heading else "",
            heading.title if heading else "",
            str(section.level),
            _page(heading.span if heading else section.span),
        )


def _facts(document: Document) -> Iterator[Cells]:
    for fact in facts(document):
        yield (
            document.name,
            _line(fact.span),
            str(fact.span.column),
            _plain(fact.section),
            _plain(fact.subject),
            fact.concept,
            _plain(fact.label),
            _plain(fact.period),
            _plain(fact.measure),
            _plain(fact.operator),
            _decimal(fact.value),
            _decimal(fact.upper),
            _plain(fact.unit),
            fact.text,
            _page(fact.span),
        )


def _amounts(document: Document) -> Iterator[Cells]:
    for amount in document.amounts:
        yield (
            document.name,
            _line(amount.span),
            str(amount.concept),
            _text(amount.label),
            _plain(amount.period),
            str(amount.measure),
            _figure(amount.value),
            _plain(amount.unit),
            _plain(amount.scope),
            str(amount.basis),
            _plain(amount.base),
            _figure(amount.percent),
            _figure(amount.share),
            _plain(amount.code),
            _page(amount.span),
        )


def _projects(document: Document) -> Iterator[Cells]:
    for project in document.projects:
        yield (
            document.name,
            _line(project.span),
            project.name.text,
            _text(project.code),
            _figure(project.budget),
            _figure(project.budget_fiscal),
            _figure(project.budget_other),
            _text(project.purpose),
            _page(project.span),
        )


def _objectives(document: Document) -> Iterator[Cells]:
    for objective in document.objectives:
        yield (
            document.name,
            _line(objective.span),
            _plain(objective.project),
            str(objective.ordinal),
            objective.text.text,
            _page(objective.span),
        )


def _spending_plan(document: Document) -> Iterator[Cells]:
    for entry in document.spending_plan:
        yield (
            document.name,
            _line(entry.span),
            _plain(entry.project),
            str(entry.month),
            _figure(entry.percent),
            _page(entry.span),
        )


def _indicators(document: Document) -> Iterator[Cells]:
    for indicator in document.indicators:
        target = indicator.target
        yield (
            document.name,
            _line(indicator.span),
            _plain(indicator.project),
            _text(indicator.level1),
            _text(indicator.level2),
            _text(indicator.level3),
            _text(indicator.description),
            _text(indicator.grade),
            target.text if target else "",
            str(target.operator) if target else "",
            _decimal(target.value) if target else "",
            _decimal(target.upper) if target else "",
            _plain(target.unit) if target else "",
            _text(indicator.basis),
            _figure(indicator.weight),
            _page(indicator.span),
        )


def _activities(document: Document) -> Iterator[Cells]:
    for activity in document.activities:
        yield (
            document.name,
            _line(activity.span),
            _plain(activity.parent),
            activity.name.text,
            _figure(activity.budget),
            _text(activity.description),
            _text(activity.objective),
            _page(activity.span),
        )


def _institutions(document: Document) -> Iterator[Cells]:
    for institution in document.institutions:
        yield (
            document.name,
            _line(institution.span),
            institution.name.text,
            _text(institution.nature),
            _text(institution.rank),
            _text(institution.funding),
            _page(institution.span),
        )


def _procurement(document: Document) -> Iterator[Cells]:
    for item in document.procurement:
        yield (
            document.name,
            _line(item.span),
            _boolean(item.is_total),
            _text(item.project),
            _figure(item.project_budget),
            _text(item.item),
            _text(item.catalogue_code),
            _text(item.measure_unit),
            _figure(item.quantity),
            _figure(item.unit_price),
            _figure(item.total),
            _figure(item.general_public),
            _figure(item.government_fund),
            _figure(item.state_capital),
            _figure(item.special_account),
            _figure(item.other),
            _page(item.span),
        )


def _assets(document: Document) -> Iterator[Cells]:
    for asset in document.assets:
        yield (
            document.name,
            _line(asset.span),
            asset.item.text,
            _figure(asset.quantity),
            _figure(asset.value),
            _page(asset.span),
        )


def _glossary(document: Document) -> Iterator[Cells]:
    for entry in document.glossary:
        yield document.name, _line(entry.span), entry.term.text, entry.definition.text, _page(entry.span)


def _blocks(document: Document) -> Iterator[Cells]:
    for section, enclosing in walk(document.body):
        role, depth = _plain(section.role or enclosing), str(section.level)
        if section.heading is not None:
            text, span = section.heading.text, section.heading.span
            last, typed = _last_line(span, text), _boolean(section.role is not None)
            yield document.name, _line(span), last, "heading", role, depth, typed, text, _page(span)
        for block in section.blocks:
            line, page, typed = _line(block.span), _page(block.span), _boolean(block.typed)
            if isinstance(block, Paragraph):
                last = _last_line(block.span, block.text)
                yield document.name, line, last, str(block.kind), role, depth, typed, block.text, page
            else:
                yield document.name, line, _last_line_of(block), "table", role, depth, typed, "", page


def _cells(document: Document) -> Iterator[Cells]:
    for section, _ in walk(document.body):
        for block in section.blocks:
            if not isinstance(block, Table):
                continue
            cells = [cell for row in block.rows for cell in row.cells]
            table_line = _line(cells[0].span) if cells else ""
            for cell in cells:
                yield (
                    document.name,
                    table_line,
                    _line(cell.span),
                    str(cell.row),
                    str(cell.column),
                    str(cell.rowspan),
                    str(cell.colspan),
                    cell.text,
                    _page(cell.span),
                )


def _diagnostics(document: Document) -> Iterator[Cells]:
    for diagnostic in document.diagnostics:
        yield (
            document.name,
            str(diagnostic.line),
            str(diagnostic.span.column),
            str(diagnostic.severity),
            diagnostic.code,
            diagnostic.message,
            diagnostic.name,
            _page(diagnostic.row or diagnostic.span),
        )


def _plain(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _text(text: Text | None) -> str:
    return "" if text is None else text.text


def _decimal(value: Decimal | None) -> str:
    # Not str(): that writes small and large numbers with an exponent.
    return "" if value is None else format(value, "f")


def _figure(figure: Figure | None) -> str:
    return "" if figure is None else format(figure.value, "f")


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _line(span: Span) -> str:
    return str(span.line)


def _page(span: Span) -> str:
    return _plain(span.page)


def _last_line(span: Span, text: str) -> str:
    """The line of the last character of a text that starts with its span."""
    if "\n" not in text and "\r" not in text:
        return str(span.line)
    return str(span.line + len(_LINE_END.findall(text)))


def _last_line_of(table: Table) -> str:
    """The line of the last character of a table's last cell."""
    cell = next((row.cells[-1] for row in reversed(table.rows) if row.cells), None)
    return _last_line(cell.span, cell.text) if cell else _line(table.span)


def _view(name: str, rows: Callable[[Document], Iterator[Cells]], columns: str) -> tuple[str, TableView]:
    """A table whose columns are given as words, each with its kind after a colon unless that is text."""
    parsed = (word.partition(":") for word in columns.split())
    typed = tuple(Column(name, ColumnKind(kind or "text")) for name, _, kind in parsed)
    return name, TableView(name, typed if name == DOCUMENTS else (*typed, PAGE), rows)


PAGE: Final = Column(LAST_COLUMN, ColumnKind.INTEGER)
"""The last column of every table that has `line`: the page, from 1; empty where the input has no pages."""


OTHER_FACTS: Final = "other_facts"
"""The table of a folder that has the facts without a row in a table of the contract."""

DOCUMENTS: Final = "documents"
"""The table of the documents themselves, to whose rows those of all others belong."""

TABLES: Final[Mapping[str, TableView]] = MappingProxyType(
    dict(
        (
            _view(DOCUMENTS, _documents, "document title organization fiscal_year:integer"),
            _view(
                "sections",
                _sections,
                "document line:integer role parent_role ordinal title level:integer",
            ),
            _view(
                "facts",
                _facts,
                "document line:integer column:integer section subject concept label period:integer measure"
                " operator value:decimal upper:decimal unit text",
            ),
            _view(
                "amounts",
                _amounts,
                "document line:integer concept label period:integer measure value:decimal unit scope basis"
                " base percent:decimal share:decimal code",
            ),
            _view(
                "projects",
                _projects,
                "document line:integer name code budget:decimal budget_fiscal:decimal budget_other:decimal purpose",
            ),
            _view("objectives", _objectives, "document line:integer project ordinal:integer text"),
            _view(
                "spending_plan",
                _spending_plan,
                "document line:integer project month:integer percent:decimal",
            ),
            _view(
                "indicators",
                _indicators,
                "document line:integer project level1 level2 level3 description grade target operator"
                " value:decimal upper:decimal unit basis weight:decimal",
            ),
            _view(
                "activities",
                _activities,
                "document line:integer parent name budget:decimal description objective",
            ),
            _view("institutions", _institutions, "document line:integer name nature rank funding"),
            _view(
                "procurement",
                _procurement,
                "document line:integer is_total:boolean project project_budget:decimal item catalogue_code"
                " measure_unit quantity:decimal unit_price:decimal total:decimal general_public:decimal"
                " government_fund:decimal state_capital:decimal special_account:decimal other:decimal",
            ),
            _view("assets", _assets, "document line:integer item quantity:decimal value:decimal"),
            _view("glossary", _glossary, "document line:integer term definition"),
            _view(
                "blocks",
                _blocks,
                "document line:integer last_line:integer kind role depth:integer typed:boolean text",
            ),
            _view(
                "cells",
                _cells,
                "document table_line:integer line:integer row:integer column:integer rowspan:integer"
                " colspan:integer text",
            ),
            _view(
                "diagnostics",
                _diagnostics,
                "document line:integer column:integer severity code message name",
            ),
        )
    )
)
"""The tables by name, in the contract's order."""


# --- declared tables --------------------------------------------------------------------------------------------------


def declared_views(kinds: Iterable[DeclaredKind]) -> dict[str, TableView]:
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


def _declared_view(name: str, kind: DeclaredKind) -> TableView:
    kinds = (ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.BOOLEAN)
    columns = [Column(own, of) for own, of in zip(OWN_COLUMNS, kinds, strict=True)]
    for column in kind.columns:
        columns.append(Column(column.name, ColumnKind.DECIMAL if column.type.is_figure else ColumnKind.TEXT))
        if column.unit_column is not None:
            columns.append(Column(column.unit_column, ColumnKind.TEXT))
    columns.append(PAGE)

    shape = _shape(kind)

    def rows(document: Document) -> Iterator[Cells]:
        for table in document.declared:
            if _shape(table.kind) == shape:
                for row in table.rows:
                    cells = _declared_cells(kind, row)
                    yield document.name, _line(row.span), _boolean(row.is_total), *cells, _page(row.span)

    return TableView(name, tuple(columns), rows, kind)


def _shape(kind: DeclaredKind) -> tuple[str, tuple[tuple[str, ValueType], ...]]:
    """By what kinds are told apart: their names, and those and the types of their columns."""
    return kind.name, tuple((column.name, column.type) for column in kind.columns)


def _declared_cells(kind: DeclaredKind, row: DeclaredRow) -> Iterator[str]:
    for column in kind.columns:
        value = row.value(column.name)
        if value is None:
            yield ""
        else:
            yield _decimal(value.value) if column.type.is_figure else value.text
        if column.unit_column is not None:
            yield _plain(value.unit) if value else ""
