"""The facts of one document for an XBRL report, made record by record."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, Protocol

from attrs import evolve, frozen

from yusuan.emitters.facts import declared_subject
from yusuan.emitters.xbrl.model import EXACT, NOTHING, Origin, Unit, XbrlFact, place_of, shifted
from yusuan.emitters.xbrl.rests import rests
from yusuan.emitters.xbrl.statements import told_apart
from yusuan.emitters.xbrl.subjects import Subject, axis_value, subjects_of
from yusuan.ir.concepts import definitions
from yusuan.ir.contract import contract, record_kinds
from yusuan.ir.declared import DeclaredValue
from yusuan.ir.document import Document
from yusuan.ir.kinds import ColumnFact, TableColumn, TableKind, ValueType, value_at
from yusuan.ir.money import common_units
from yusuan.ir.nodes import Text
from yusuan.ir.records import Amount, Figure, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator

INCOMPLETE: Final = "IncompleteFigure"
"""The concept of money that cannot be stated in yuan, or on a day."""
_AXES_OF_INCOMPLETE: Final = frozenset({"Scope", "Measure", "Basis", "Base", "Item", "Code", "Figure"})
DECLARED: Final = "declared"
"""The table of facts of declared kinds: each kind has a table of its own, without further columns."""
_OF_FIGURES: Final = {ValueType.MONEY: "DeclaredMoney", ValueType.PERCENT: "DeclaredPercent"}


class FactBuilder:
    """Makes the facts of one document."""

    def __init__(self, document: Document, stem: str) -> None:
        self._document = document
        self._known = definitions()
        self._yuan = {**common_units(), **{unit.name: unit.yuan for unit in document.units}}
        self._members = {
            # The first member is meant where nothing is said.
            name: {str(member.value): member.name for member in axis.members[1:]}
            for name, axis in self._known.axes.items()
        }
        self._comparators = {str(member.value): member.name for member in self._known.comparators}
        self._stem = stem
        self._ids: dict[str, int] = {}
        self._facts: list[XbrlFact] = []

    def build(self) -> list[XbrlFact]:
        """The facts."""
        self._add_document()
        for row, amount in enumerate(self._document.amounts):
            self._add_amount(row, amount)
        subjects = subjects_of(self._document)
        for kind in record_kinds().values():
            for subject, record in zip(subjects.get(kind.name, ()), self._document.tables[kind.name], strict=False):
                for column in kind.columns:
                    if column.facts:
                        self._add_value(kind, column, record, subject)
        self._add_declared()
        self._facts.sort(key=lambda fact: fact.span.start if fact.span else -1)
        facts = told_apart(self._document, self._facts)
        return [*facts, *rests(self._document, facts, self._id)]

    # --- one fact -----------------------------------------------------------------------------------------------------

    def _add(self, concept: str, stated: _Stated, printed: _Printed, subject: Subject, year: int | None) -> None:
        definition = self._known.concepts[concept]
        self._facts.append(
            XbrlFact(
                id=self._id(concept, printed.span),
                definition=definition,
                concept=concept,
                value=stated.value,
                decimals=stated.decimals,
                unit=stated.unit,
                context=subject.context(year, is_instant=definition.is_instant),
                span=printed.span,
                text=printed.text,
                origin=subject.origin,
            )
        )

    def _id(self, concept: str, span: Span | None) -> str:
        name = f"{self._stem}.{place_of(span, '.')}.{concept}" if span else f"{self._stem}.{concept}"
        count = self._ids[name] = self._ids.get(name, 0) + 1
        return name if count == 1 else f"{name}.{count}"

    def _add_money(self, concept: str, figure: Figure, unit: str | None, subject: Subject, year: int | None) -> None:
        factor = self._yuan.get(unit or "")
        # The end of no year is no day.
        if factor is None or (year is None and self._known.concepts[concept].is_instant):
            said = {**subject.dimensions, "Figure": f"{concept} {figure.span.line}:{figure.span.column}"}
            kept = {axis: said[axis] for axis in said if axis in _AXES_OF_INCOMPLETE}
            incomplete = Subject(subject.origin, kept)
            self._add(INCOMPLETE, _number(figure.value), figure, incomplete, year)
            return
        self._add(concept, _money(figure, power=len(str(factor)) - 1), figure, subject, year)

    def _add_text(self, concept: str, text: Text | None, subject: Subject) -> None:
        if text is not None and text.text:
            self._add(concept, _Stated(text.text), text, subject, self._document.fiscal_year)

    # --- what there is ------------------------------------------------------------------------------------------------

    def _add_document(self) -> None:
        subject = Subject(Origin("documents", 0, self._document.body.span), {})
        for column in contract()["documents"].columns:
            for fact in column.facts:
                self._add_text(fact.concept, column.value(self._document), subject)

    def _add_amount(self, row: int, amount: Amount) -> None:
        definition = self._known.concepts[str(amount.concept)]
        said: dict[str, str] = {}
        if "Item" in definition.optional_axes and amount.label is not None:
            said["Item"] = axis_value(amount.label.text)
        if "Code" in definition.optional_axes and amount.code is not None:
            said["Code"] = amount.code
        for axis, value in (
            ("Scope", amount.scope),
            ("Measure", amount.measure),
            ("Basis", amount.basis),
            ("Base", amount.base),
        ):
            member = self._members[axis].get(str(value))
            if member is not None:
                said[axis] = member
        subject = Subject(Origin("amounts", row, amount.value.span), said)
        self._add_money(definition.name, amount.value, amount.unit, subject, amount.period)

    def _add_declared(self) -> None:
        for table in self._document.declared:
            kind = table.kind
            for at, row in enumerate(table.rows, start=1):
                said = {"Table": kind.name, "Row": str(at)}
                name = declared_subject(kind, row)
                if name is not None:
                    said["Item"] = axis_value(name)
                origin = Origin(DECLARED, at - 1, row.span)
                for column in kind.columns:
                    value = row.value(column.name)
                    # What is carried down is a fact of the row in which its cell begins.
                    if value is not None and value.span.start >= row.span.start:
                        self._add_declared_value(column, value, Subject(origin, {**said, "Column": column.name}))

    def _add_declared_value(self, column: TableColumn, declared: DeclaredValue, subject: Subject) -> None:
        concept, year = _OF_FIGURES.get(column.type, "DeclaredNumber"), self._document.fiscal_year
        if declared.value is None:
            self._add_text("DeclaredText", Text(declared.text, declared.span), subject)
        elif column.type is ValueType.MONEY:
            figure = Figure(declared.value, declared.text, declared.span)
            self._add_money(concept, figure, declared.unit, subject, year)
        elif column.type is ValueType.PERCENT:
            self._add(concept, _percent(declared.value), declared, subject, year)
        else:
            self._add(concept, _number(declared.value), declared, subject, year)

    def _add_value(self, kind: TableKind, column: TableColumn, record: Any, subject: Subject) -> None:
        """The fact that a column of a record states, if any."""
        value, year = _stated_in(kind, column, record), self._document.fiscal_year
        if value is None or value.stated == "":
            return
        fact = self._fact_of(kind, column, record)
        match fact.type:
            case ValueType.MONEY:
                self._add_money(fact.concept, value.printed, column.unit_in(record), subject, year)
            case ValueType.TARGET:
                self._add_text(fact.concept, self._less_sign(value.printed), subject)
            case ValueType.COMPARATOR:
                stated = _Stated(self._comparators[str(value.stated)])
                self._add(fact.concept, stated, value.printed, subject, year)
            case ValueType.PERCENT:
                self._add(fact.concept, _percent(value.stated), value.printed, subject, year)
            case ValueType.NUMBER | ValueType.COUNT | ValueType.AREA:
                unit = Unit.SQUARE_METRE if fact.type is ValueType.AREA else Unit.PURE
                self._add(fact.concept, _number(value.stated, unit), value.printed, subject, year)
            case _:
                self._add(fact.concept, _Stated(value.stated), value.printed, subject, year)

    def _fact_of(self, kind: TableKind, column: TableColumn, record: Any) -> ColumnFact:
        """What a column's cell is a fact of: of a share where its unit says so, of an area where its name does."""
        for fact in column.facts[1:]:
            if fact.type is ValueType.PERCENT and column.unit_in(record) == "%":
                return fact
            name = kind.said(kind.subject, record) or ""
            if fact.type is ValueType.AREA and any(word in name for word in self._known.area):
                return fact
        return column.facts[0]

    def _less_sign(self, target: Target) -> Text:
        """The words of a target behind the sign that the comparator says."""
        words = target.text.lstrip(self._known.signs).lstrip()
        if target.operator is Operator.QUALITATIVE or not words:
            return Text(target.text, target.span)
        sign = len(target.text) - len(words)
        return Text(words, evolve(target.span, start=target.span.start + sign, column=target.span.column + sign))


# --- what is stated ---------------------------------------------------------------------------------------------------


class _Printed(Protocol):
    """What a document prints, and where."""

    @property
    def text(self) -> str: ...

    @property
    def span(self) -> Span: ...


@frozen(slots=True)
class _InRecord:
    """A value that a record holds: what it states, and what is printed of it, which of a part is the whole."""

    stated: Any
    printed: Any


def _stated_in(kind: TableKind, column: TableColumn, record: Any) -> _InRecord | None:
    """What a column of a record states; absent where it states nothing. A name that has a column of facts for itself is
    said by the columns that stand in for an empty one, too."""
    names = (column.name, *column.instead) if column.facts[0].column else (column.name,)
    for name in names:
        path = kind.column(name).path
        value = value_at(path)(record)
        if value is None:
            continue
        if isinstance(value, Figure):
            return _InRecord(value.value, value)
        if isinstance(value, Text | Target):
            return _InRecord(value.text, value)
        whole = path.rpartition(".")[0]
        return _InRecord(value, value_at(whole)(record) if whole else value)
    return None


@frozen(slots=True)
class _Stated:
    """A value as XBRL states it.

    Attributes:
        value: the number, or the text.
        decimals: the precision of a number; absent for a text.
        unit: the unit of a number; absent for a text.
    """

    value: Decimal | str
    decimals: int | str | None = None
    unit: Unit | None = None


def _money(figure: Figure, power: int) -> _Stated:
    """A figure of money in yuan, whose unit is so many powers of ten of it."""
    decimals = EXACT if not figure.value else _places(figure.value) - power
    return _Stated(shifted(figure.value, power), decimals, Unit.YUAN)


def _number(value: Decimal, unit: Unit = Unit.PURE) -> _Stated:
    """A number that is meant as it stands: a count, a target."""
    return _Stated(value or NOTHING, EXACT, unit)


def _percent(value: Decimal) -> _Stated:
    return _number(shifted(value, -2))


def _places(value: Decimal) -> int:
    """The printed decimal places."""
    return max(0, -int(value.as_tuple().exponent))
