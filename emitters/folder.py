"""The folder of tables: one for spreadsheets, data packages and xBRL-CSV alike.

The contract's tables, those with facts with further columns behind; those of declared kinds; the facts that have no
row in a table of the contract; and the two files that describe them to programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from yusuan.emitters import data_package
from yusuan.emitters.cells import Cells
from yusuan.emitters.tables import OTHER_FACTS, TABLES, Column, declared_views
from yusuan.emitters.xbrl import columns
from yusuan.emitters.xbrl.entity import BY_NAME, Entity
from yusuan.emitters.xbrl.report import XbrlReport, xbrl_reports
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind


class TableFolder:
    """The tables of one folder, for one document after another.

    Args:
        entity: whose reports they are; absent for the organization of each.
        kinds: the declared kinds of tables that have a table here.
    """

    def __init__(self, entity: Entity | None = None, kinds: tuple[TableKind, ...] = ()) -> None:
        self._entity = entity or BY_NAME
        self._kinds = kinds
        self._declared = declared_views(kinds)
        self._rows = columns.FactRows()

    def headers(self) -> Iterator[tuple[str, Cells]]:
        """Each table with the names of its columns."""
        for table, described in _tables(self._kinds).items():
            yield table, tuple(column.name for column in described)

    def rows(self, documents: Iterable[Document]) -> Iterator[tuple[str, Iterable[Cells]]]:
        """The rows of each table, for one document after another, which are consumed lazily."""
        for report in xbrl_reports(documents, self._entity):
            yield from self._rows_of(report)

    def _rows_of(self, report: XbrlReport) -> Iterator[tuple[str, Iterable[Cells]]]:
        further = self._rows.of(report)
        for table in TABLES:
            rows = TABLES[table].rows(report.document)
            if table in further:
                rows = (row + cells for row, cells in zip(rows, further[table], strict=True))
            yield table, rows
        for table, view in self._declared.items():
            yield table, view.rows(report.document)
        yield OTHER_FACTS, further[OTHER_FACTS]

    def descriptions(self) -> Iterator[tuple[str, str]]:
        """The files that describe the tables: name and text."""
        yield from _descriptions(self._entity.scheme, self._kinds)


@cache
def _descriptions(scheme: str, kinds: tuple[TableKind, ...]) -> tuple[tuple[str, str], ...]:
    declared = {name: view.kind for name, view in declared_views(kinds).items() if view.kind}
    return (
        (data_package.FILE, _text(data_package.data_package(_tables(kinds), declared))),
        (columns.METADATA, _text(columns.metadata(scheme))),
    )


@cache
def _tables(kinds: tuple[TableKind, ...]) -> dict[str, tuple[Column, ...]]:
    """The columns of each table of the folder."""
    found = {table: _described(table) for table in TABLES}
    found |= {table: view.columns for table, view in declared_views(kinds).items()}
    return found | {OTHER_FACTS: _described(OTHER_FACTS)}


def _described(table: str) -> tuple[Column, ...]:
    layout = columns.layouts().get(table)
    return (*columns.leading_columns(table), *(layout.further if layout else ()))


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
