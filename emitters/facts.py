"""The long view: every typed value of a document as one fact, for the table `facts`.

An amount of the running text brings its own concept (`yusuan.ir.vocabulary.Concept`), what stands in another table has
that of its column (`yusuan.ir.kinds`).
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from attrs import frozen

from yusuan.emitters.tree import RoleIndex
from yusuan.ir.contract import contract
from yusuan.ir.declared import DeclaredRow
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableColumn, TableKind, ValueType
from yusuan.ir.records import Amount, Figure, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Measure, Operator, Role

ValueColumn: TypeAlias = tuple[TableKind, TableColumn]
"""A column of a kind."""


@frozen(slots=True)
class Fact:
    """One typed value with what it says and where it stands.

    Attributes:
        record: the record that the value is from, for what the other attributes do not say of it.
        concept: what it is: a `Concept`, that of a column, or the name of a column of a declared table
            (`declared_concept`).
        section: the role of the section that it stands in; absent where none has one.
        subject: what the value is of: a project, an item, an asset; absent for the department.
        label: the document's own naming words of an amount, an indicator's name, the month of a spending
            plan.
        period: the calendar year that it belongs to; absent where the document does not say.
        measure: whether money is an amount or a change; absent for what is no money.
        operator: how a target bounds its value; absent elsewhere.
        value: the number, the lower bound of a range; absent for a target in words.
        upper: the upper bound of a range; absent elsewhere.
        unit: the unit; absent where none is stated.
        text: the value as written.
        span: where the value itself stands.
    """

    record: Any
    concept: str
    section: Role | None
    subject: str | None
    label: str | None
    period: int | None
    measure: Measure | None
    operator: Operator | None
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    text: str
    span: Span


def facts(document: Document) -> list[Fact]:
    """The facts of a document, in the order in which their values stand in it."""
    roles = RoleIndex.of(document.body)
    found = [_of_amount(amount) for amount in document.amounts]
    for place in value_columns():
        made = (_of_record(document, place, record, roles) for record in document.tables[place[0].name])
        found.extend(fact for fact in made if fact is not None)
    for table in document.declared:
        for row in table.rows:
            section = roles.at(row.span.start)
            declared = (_of_declared(document, table.kind, row, column, section) for column in table.kind.columns)
            found.extend(fact for fact in declared if fact is not None)
    found.sort(key=lambda fact: fact.span.start)
    return found


def declared_concept(kind: TableKind, column: TableColumn) -> str:
    """What the facts of a column of a declared table are called: the table's name, a dot, the column's."""
    return f"{kind.name}.{column.name}"


def declared_subject(kind: TableKind, row: DeclaredRow) -> str | None:
    """What the figures of a row of a declared table are of; absent where neither the kind nor the row says."""
    subject = row.value(kind.subject) if kind.subject else None
    return subject.text if subject else None


def _of_declared(
    document: Document, kind: TableKind, row: DeclaredRow, column: TableColumn, section: Role | None
) -> Fact | None:
    """The fact in a column of a row; absent where it holds no figure."""
    value = row.value(column.name) if column.type.is_figure else None
    if value is None:
        return None
    return Fact(
        record=row,
        concept=declared_concept(kind, column),
        section=section,
        subject=declared_subject(kind, row),
        label=None,
        period=document.fiscal_year,
        measure=Measure.AMOUNT if column.type is ValueType.MONEY else None,
        operator=None,
        value=value.value,
        upper=None,
        unit="%" if column.type is ValueType.PERCENT else value.unit,
        text=value.text,
        span=value.span,
    )


def _of_amount(amount: Amount) -> Fact:
    return Fact(
        record=amount,
        concept=str(amount.concept),
        section=amount.section,
        subject=None,
        label=amount.label.text if amount.label else None,
        period=amount.period,
        measure=amount.measure,
        operator=None,
        value=amount.value.value,
        upper=None,
        unit=amount.unit,
        text=amount.value.text,
        span=amount.value.span,
    )


def _of_record(document: Document, place: ValueColumn, record: Any, roles: RoleIndex) -> Fact | None:
    """The fact in a column of a record; absent where it states none."""
    kind, column = place
    value: Figure | Target | None = column.value(record)
    if value is None:
        return None
    target = value if isinstance(value, Target) else None
    return Fact(
        record=record,
        concept=column.facts[0].concept,
        section=roles.at(record.span.start),
        subject=kind.said(column.subject or kind.subject, record),
        label=kind.said(kind.label, record),
        period=document.fiscal_year if column.annual else None,
        measure=Measure.AMOUNT if column.type is ValueType.MONEY else None,
        operator=target.operator if target else None,
        value=value.value,
        upper=target.upper if target else None,
        unit=target.unit if target else column.unit_in(record),
        text=value.text,
        span=value.span,
    )


@cache
def value_columns() -> tuple[ValueColumn, ...]:
    """The columns of the contract whose values are facts, each with its kind; a part of a value is none of its own."""
    return tuple(
        (kind, column)
        for kind in contract().values()
        for column in kind.columns
        if kind.record and column.facts and "." not in column.path and _is_value(column.type)
    )


def _is_value(type_: ValueType) -> bool:
    return type_.is_figure or type_ is ValueType.TARGET
