"""The rows of typed tables, whatever holds them, and what a table comes to by its total row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Operand, usable
from yusuan.ir.contract import contract
from yusuan.ir.declared import DeclaredRow
from yusuan.ir.kinds import TableKind, ValueType
from yusuan.ir.records import Figure
from yusuan.ir.source import Span

# What a row is called by, where its subject is not said.
_WORDS: Final = (ValueType.TEXT, ValueType.CODE)


@frozen(slots=True)
class Stated:
    """A figure of a table with its unit, absent where the table states none."""

    figure: Figure
    unit: str | None


@frozen(slots=True)
class TableRow:
    """A row of a typed table.

    Attributes:
        kind: what its table is.
        record: what holds it: a record of the contract, or a row of cells.
        is_total: whether it states what other rows come to.
        is_within: whether it is a part of a row above (其中), which no total counts again.
    """

    kind: TableKind
    record: Any
    is_total: bool
    is_within: bool = field(eq=False)

    @property
    def span(self) -> Span:
        """Where it stands."""
        found: Span = self.record.span
        return found

    @property
    def name(self) -> str:
        """What its figures are of; empty where nothing says so."""
        return _name_of(self.kind, self.record)

    def figure(self, column: str) -> Stated | None:
        """The figure in a column; absent where it has none."""
        if isinstance(self.record, DeclaredRow):
            value = self.record.value(column)
            if value is None or value.value is None:
                return None
            return Stated(Figure(value.value, value.text, value.span), value.unit)
        declared = self.kind.column(column)
        figure = declared.value(self.record)
        return Stated(figure, declared.unit_in(self.record)) if isinstance(figure, Figure) else None

    def text(self, column: str) -> str | None:
        """The words in a column; absent where it has none."""
        if isinstance(self.record, DeclaredRow):
            value = self.record.value(column)
            return value.text if value else None
        return self.kind.said(column, self.record)


def _name_of(kind: TableKind, record: Any) -> str:
    if not isinstance(record, DeclaredRow):
        said = (kind.said(column.name, record) for column in kind.columns if column.type in _WORDS)
        return kind.said(kind.subject, record) or next(filter(None, said), "")
    subject = record.value(kind.subject) if kind.subject else None
    found = subject or next((value for value in record.values if value.value is None), None)
    return found.text if found else ""


def tables(inspection: Inspection) -> Iterator[tuple[TableKind, list[list[TableRow]]]]:
    """Every kind of table that has rows, and those of each table, in the order of the document."""
    for kind in contract().values():
        if kind.record and kind.sums:
            yield kind, tables_of(inspection, kind)
    for declared in inspection.document.declared:
        yield declared.kind, _by_table(inspection, declared.kind, declared.rows)


def tables_of(inspection: Inspection, kind: TableKind) -> list[list[TableRow]]:
    """The rows of each table of a kind of the contract, in the order of the document."""
    return _by_table(inspection, kind, inspection.document.tables[kind.name])


def _by_table(inspection: Inspection, kind: TableKind, records: tuple[Any, ...]) -> list[list[TableRow]]:
    groups: dict[int | None, list[TableRow]] = {}
    for record in records:
        name = inspection.lexicon.fold(_name_of(kind, record))
        is_total = getattr(record, "is_total", None)
        if is_total is None:
            is_total = inspection.words.total_row.fullmatch(name) is not None
        is_within = inspection.words.of_which.match(name) is not None
        row = TableRow(kind, record, is_total, is_within)
        groups.setdefault(inspection.table_index(row.span.start), []).append(row)
    return list(groups.values())


def inner_entry(inspection: Inspection, figure: Figure | None, unit: str | None) -> Operand | None:
    """A figure of a record as an entry, for sums within its table, where all have one unit, be it stated or not."""
    if figure is None or not usable(figure):
        return None
    return Operand(figure, unit or "", inspection.unit_factor(unit) or 1)


def total_of(inspection: Inspection, table: str, column: str) -> Stated | None:
    """What the one table of a kind of the contract comes to in a column; absent where it does not say, or where there
    are several."""
    found = tables_of(inspection, contract()[table])
    if len(found) != 1:
        return None
    [rows] = found
    totals = [row.figure(column) for row in rows if row.is_total]
    # 合计 and 小计 of the only unit are the same.
    stated = [one for one in totals if one is not None]
    return stated[0] if len({one.figure.value for one in stated}) == 1 else None


def procurement_total(inspection: Inspection) -> Stated | None:
    """What the one procurement table comes to: its total row, else its only item; absent where it does not say."""
    records = inspection.document.procurement
    if len(records) == 1 and not records[0].is_total:
        return Stated(records[0].total, records[0].unit) if records[0].total is not None else None
    return total_of(inspection, "procurement", "total")
