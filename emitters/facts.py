"""The long view: every typed value of a document as one fact, for the table `facts`.

An amount of the running text brings its own concept (`yusuan.ir.vocabulary.Concept`). The values of the other
tables get theirs here, one for each column that holds a value.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from attrs import frozen

from yusuan.emitters.tree import RoleIndex
from yusuan.ir.declared import DeclaredRow
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableColumn, TableKind, ValueType
from yusuan.ir.nodes import Text
from yusuan.ir.records import (
    Activity,
    Amount,
    Asset,
    Figure,
    Indicator,
    ProcurementItem,
    Project,
    SpendingPlanEntry,
    Target,
)
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Measure, Operator, Role

TypedRecord: TypeAlias = (
    Amount | Project | SpendingPlanEntry | Indicator | Activity | ProcurementItem | Asset | DeclaredRow
)
"""A record that holds values."""


class Quantity(StrEnum):
    """What kind of value a concept has.

    MONEY is an amount in the record's unit, PERCENT a share in per cent, NUMBER a count or weight, TARGET a
    bound, a range or words.
    """

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    TARGET = "target"


@frozen(slots=True)
class RecordConcept:
    """A concept whose values stand in a column of a typed table.

    Attributes:
        name: the concept; it keeps its meaning once it has one.
        table: the document's field that holds the records.
        field: the record's field that holds the value.
        quantity: what kind of value it is.
        subject: the record's fields that may name what the value is of; the first that is present does.
        label: the record's fields that may say which of the subject's values it is; likewise.
        unit: the record's field that holds the unit of the value; absent for per cent, targets and bare
            numbers.
        annual: whether the value belongs to the fiscal year. Assets are counted on a day that their table
            does not state.
    """

    name: str
    table: str
    field: str
    quantity: Quantity
    subject: tuple[str, ...]
    label: tuple[str, ...] = ()
    unit: str | None = None
    annual: bool = True


def _money(name: str, table: str, field: str, *subject: str, annual: bool = True) -> RecordConcept:
    return RecordConcept(name, table, field, Quantity.MONEY, subject, unit="unit", annual=annual)


RECORD_CONCEPTS: Final[tuple[RecordConcept, ...]] = (
    _money("ProjectBudget", "projects", "budget", "name"),
    _money("ProjectBudgetFiscal", "projects", "budget_fiscal", "name"),
    _money("ProjectBudgetOther", "projects", "budget_other", "name"),
    RecordConcept("SpendingPlanPercent", "spending_plan", "percent", Quantity.PERCENT, ("project",), ("month",)),
    RecordConcept(
        "IndicatorTarget",
        "indicators",
        "target",
        Quantity.TARGET,
        ("project",),
        ("level3", "level2", "level1"),
    ),
    RecordConcept(
        "IndicatorWeight",
        "indicators",
        "weight",
        Quantity.NUMBER,
        ("project",),
        ("level3", "level2", "level1"),
    ),
    _money("ActivityBudget", "activities", "budget", "name"),
    _money("ProcurementProjectBudget", "procurement", "project_budget", "project"),
    RecordConcept(
        "ProcurementQuantity",
        "procurement",
        "quantity",
        Quantity.NUMBER,
        ("item", "project"),
        unit="measure_unit",
    ),
    _money("ProcurementUnitPrice", "procurement", "unit_price", "item", "project"),
    _money("ProcurementTotal", "procurement", "total", "item", "project"),
    _money("ProcurementGeneralPublic", "procurement", "general_public", "item", "project"),
    _money("ProcurementGovernmentFund", "procurement", "government_fund", "item", "project"),
    _money("ProcurementStateCapital", "procurement", "state_capital", "item", "project"),
    _money("ProcurementSpecialAccount", "procurement", "special_account", "item", "project"),
    _money("ProcurementOther", "procurement", "other", "item", "project"),
    RecordConcept("AssetQuantity", "assets", "quantity", Quantity.NUMBER, ("item",), annual=False),
    _money("AssetValue", "assets", "value", "item", annual=False),
)
"""The concepts of values outside the running text, by table."""


@frozen(slots=True)
class Fact:
    """One typed value with what it says and where it stands.

    Attributes:
        record: the record that the value is from, for what the other attributes do not say of it.
        concept: what it is: a `Concept`, the name of a `RecordConcept`, or that of a column of a declared table
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

    record: TypedRecord
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
    for concept in RECORD_CONCEPTS:
        for record in getattr(document, concept.table):
            value = getattr(record, concept.field)
            if value is not None:
                found.append(_of_record(document, concept, record, value, roles.at(record.span.start)))
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


def _of_record(
    document: Document, concept: RecordConcept, record: Any, value: Figure | Target, section: Role | None
) -> Fact:
    target = value if isinstance(value, Target) else None
    if target is not None:
        unit = target.unit
    elif concept.quantity is Quantity.PERCENT:
        unit = "%"
    else:
        unit = _first(record, (concept.unit,)) if concept.unit else None
    return Fact(
        record=record,
        concept=concept.name,
        section=section,
        subject=_first(record, concept.subject),
        label=_first(record, concept.label),
        period=document.fiscal_year if concept.annual else None,
        measure=Measure.AMOUNT if concept.quantity is Quantity.MONEY else None,
        operator=target.operator if target else None,
        value=value.value,
        upper=target.upper if target else None,
        unit=unit,
        text=value.text,
        span=value.span,
    )


def _first(record: Any, fields: tuple[str, ...]) -> str | None:
    """The first of the record's fields that is present, as plain text."""
    for field in fields:
        value = getattr(record, field)
        if value is not None:
            return value.text if isinstance(value, Text) else str(value)
    return None
