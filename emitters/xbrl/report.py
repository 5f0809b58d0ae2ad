"""A document as the facts of an XBRL report, whatever the syntax that they are then written in.

Money is stated in yuan, exactly; `decimals` is the precision in which the report prints it, and a printed zero is
exact. What a text says again in other figures is a statement of its own (`yusuan.emitters.xbrl.statements`); what a
total has beyond the parts that are listed is stated as not listed (`yusuan.emitters.xbrl.rests`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final
from weakref import finalize

from attrs import define, evolve, field, frozen

from yusuan.emitters.facts import RECORD_CONCEPTS, Quantity, RecordConcept, declared_subject
from yusuan.emitters.text import FileNames
from yusuan.emitters.xbrl.entity import BY_NAME, Entity
from yusuan.emitters.xbrl.markup import allowed
from yusuan.emitters.xbrl.model import EXACT, NOTHING, Context, Origin, Period, Unit, XbrlFact, place_of, shifted
from yusuan.emitters.xbrl.rests import rests
from yusuan.emitters.xbrl.statements import last_statement, shifted_statement, told_apart
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.concepts import definitions
from yusuan.ir.declared import DeclaredColumn, DeclaredValue, ValueType
from yusuan.ir.document import Document
from yusuan.ir.money import common_units
from yusuan.ir.nodes import Text
from yusuan.ir.records import Amount, Asset, Figure, Indicator, Objective, SpendingPlanEntry, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator

_SPACES: Final = re.compile(r"\s+")
# What may not stand in an XML name, in any edition of XML.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_.\u4e00-\u9fa5-]")
INCOMPLETE: Final = "IncompleteFigure"
"""The concept of money that cannot be stated in yuan, or on a day."""
_AXES_OF_INCOMPLETE: Final = frozenset({"Scope", "Measure", "Basis", "Base", "Item", "Code", "Figure"})
DECLARED: Final = "declared"
"""The table of facts of declared kinds: each kind has a table of its own, without further columns."""
_OF_TYPE: Final = {
    ValueType.TEXT: "DeclaredText",
    ValueType.MONEY: "DeclaredMoney",
    ValueType.NUMBER: "DeclaredNumber",
    ValueType.PERCENT: "DeclaredPercent",
}
TEXTS: Final = (
    ("projects", "ProjectCode", "code"),
    ("projects", "ProjectPurpose", "purpose"),
    ("objectives", "ProjectObjective", "text"),
    ("activities", "ActivityDescription", "description"),
    ("activities", "ActivityObjective", "objective"),
    ("procurement", "ProcurementItem", "item"),
    ("procurement", "ProcurementProject", "project"),
    ("procurement", "ProcurementCatalogueCode", "catalogue_code"),
    ("procurement", "ProcurementMeasureUnit", "measure_unit"),
)
"""The concepts whose facts are texts of records: table, concept, the record's field."""


@define(slots=True)
class _Subject:
    """A record with what its facts say on the axes."""

    origin: Origin
    dimensions: Mapping[str, str]
    _contexts: dict[tuple[int | None, bool], Context] = field(init=False, factory=dict)

    def context(self, year: int | None, *, is_instant: bool) -> Context:
        """The context of its facts of a year."""
        known = self._contexts.get((year, is_instant))
        if known is None:
            said = tuple(sorted(self.dimensions.items(), key=lambda said: _order()[said[0]]))
            known = self._contexts[year, is_instant] = Context(Period(year, is_instant), said)
        return known


@frozen(slots=True)
class XbrlReport:
    """The facts of one document.

    Attributes:
        document: the document.
        stem: what the names within the report begin with.
        scheme, identifier: whose report it is, without blanks.
        facts: in the order of the document; what is reckoned stands behind the rest.
    """

    document: Document
    stem: str
    scheme: str
    identifier: str
    facts: tuple[XbrlFact, ...]


def xbrl_reports(documents: Iterable[Document], entity: Entity = BY_NAME) -> Iterator[XbrlReport]:
    """The facts of documents, one after another; no two facts of them have one id.

    A further document of one entity is a statement of its own, so that its figures are not taken with those before.

    Args:
        documents: consumed lazily, once.
        entity: whose reports they are; without an identifier each is its organization's, by name.
    """
    stems = FileNames("")
    statements: dict[str, int] = {}
    for document in documents:
        stem = stems.claim(_stem(document.name))
        identifier = entity.identifier or _name_of(document)
        facts = _facts_of(document, stem)
        before = statements.get(identifier, 0)
        if before:
            facts = tuple(shifted_statement(fact, before) for fact in facts)
        statements[identifier] = max((last_statement(fact) for fact in facts), default=before) if facts else before
        yield XbrlReport(document, stem, entity.scheme, identifier, facts)


def _stem(name: str) -> str:
    """What the names in a report begin with: an XML name, made of that of the document."""
    stem = _NOT_IN_NAMES.sub("_", name)
    return stem if stem[:1].isalpha() else f"_{stem}"


_FACTS: Final[dict[int, tuple[str, tuple[XbrlFact, ...]]]] = {}


def _facts_of(document: Document, stem: str) -> tuple[XbrlFact, ...]:
    """The facts of a document. They are kept while it lives: every XBRL format has the same."""
    key = id(document)
    known = _FACTS.get(key)
    if known is not None and known[0] == stem:
        return known[1]
    with collector_at_rest():
        facts = tuple(_Builder(document, stem).build())
    if known is None:
        finalize(document, _FACTS.pop, key, None).atexit = False
    _FACTS[key] = stem, facts
    return facts


def _name_of(document: Document) -> str:
    """The organization as an identifier, which has no blanks."""
    organization = document.organization.text if document.organization else document.name
    return allowed(_SPACES.sub("_", organization.strip())) or "-"


@cache
def _order() -> dict[str, int]:
    """The place of each axis."""
    return {axis: at for at, axis in enumerate(definitions().axes)}


class _Builder:
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
        subjects = _subjects(self._document)
        for concept in RECORD_CONCEPTS:
            for subject, record in zip(subjects[concept.table], getattr(self._document, concept.table), strict=True):
                value = getattr(record, concept.field)
                if value is not None:
                    self._add_record(concept, record, value, subject)
        for table, name, source in TEXTS:
            for subject, record in zip(subjects[table], getattr(self._document, table), strict=True):
                self._add_text(name, getattr(record, source), subject)
        for subject, indicator in zip(subjects["indicators"], self._document.indicators, strict=True):
            self._add_text("IndicatorName", indicator.level3 or indicator.level2 or indicator.level1, subject)
        self._add_declared()
        self._facts.sort(key=lambda fact: fact.span.start if fact.span else -1)
        facts = told_apart(self._document, self._facts)
        return [*facts, *rests(self._document, facts, self._id)]

    # --- one fact -----------------------------------------------------------------------------------------------------

    def _add(
        self,
        concept: str,
        value: Decimal | str,
        span: Span,
        text: str,
        subject: _Subject,
        *,
        decimals: int | str | None = None,
        unit: Unit | None = None,
        year: int | None = None,
    ) -> None:
        definition = self._known.concepts[concept]
        self._facts.append(
            XbrlFact(
                id=self._id(concept, span),
                definition=definition,
                concept=concept,
                value=value,
                decimals=decimals,
                unit=unit,
                context=subject.context(year, is_instant=definition.is_instant),
                span=span,
                text=text,
                origin=subject.origin,
            )
        )

    def _id(self, concept: str, span: Span | None) -> str:
        name = f"{self._stem}.{place_of(span, '.')}.{concept}" if span else f"{self._stem}.{concept}"
        count = self._ids[name] = self._ids.get(name, 0) + 1
        return name if count == 1 else f"{name}.{count}"

    def _add_money(self, concept: str, figure: Figure, unit: str | None, subject: _Subject, year: int | None) -> None:
        factor = self._yuan.get(unit or "")
        # The end of no year is no day.
        if factor is None or (year is None and self._known.concepts[concept].is_instant):
            said = {**subject.dimensions, "Figure": f"{concept} {figure.span.line}:{figure.span.column}"}
            kept = {axis: said[axis] for axis in said if axis in _AXES_OF_INCOMPLETE}
            incomplete = _Subject(subject.origin, kept)
            self._add_number(INCOMPLETE, figure.value, figure.span, figure.text, incomplete, year=year)
            return
        power = len(str(factor)) - 1
        decimals = EXACT if not figure.value else _places(figure.value) - power
        self._add(
            concept,
            shifted(figure.value, power),
            figure.span,
            figure.text,
            subject,
            decimals=decimals,
            unit=Unit.YUAN,
            year=year,
        )

    def _add_number(
        self,
        concept: str,
        value: Decimal,
        span: Span,
        text: str,
        subject: _Subject,
        *,
        unit: Unit = Unit.PURE,
        year: int | None = None,
    ) -> None:
        """A number that is meant as it stands: a count, a target."""
        self._add(concept, value or NOTHING, span, text, subject, decimals=EXACT, unit=unit, year=year)

    def _add_percent(self, concept: str, value: Decimal, span: Span, text: str, subject: _Subject) -> None:
        self._add_number(concept, shifted(value, -2), span, text, subject, year=self._document.fiscal_year)

    def _add_text(self, concept: str, text: Text | None, subject: _Subject) -> None:
        if text is not None and text.text:
            self._add(concept, text.text, text.span, text.text, subject, year=self._document.fiscal_year)

    # --- what there is ------------------------------------------------------------------------------------------------

    def _add_document(self) -> None:
        subject = _Subject(Origin("documents", 0, self._document.body.span), {})
        self._add_text("ReportTitle", self._document.title, subject)
        self._add_text("OrganizationName", self._document.organization, subject)

    def _add_amount(self, row: int, amount: Amount) -> None:
        definition = self._known.concepts[str(amount.concept)]
        said: dict[str, str] = {}
        if "Item" in definition.optional_axes and amount.label is not None:
            said["Item"] = _name(amount.label.text)
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
        subject = _Subject(Origin("amounts", row, amount.value.span), said)
        self._add_money(definition.name, amount.value, amount.unit, subject, amount.period)

    def _add_declared(self) -> None:
        for table in self._document.declared:
            kind = table.kind
            for at, row in enumerate(table.rows, start=1):
                said = {"Table": kind.name, "Row": str(at)}
                name = declared_subject(kind, row)
                if name is not None:
                    said["Item"] = _name(name)
                origin = Origin(DECLARED, at - 1, row.span)
                for column in kind.columns:
                    value = row.value(column.name)
                    # What is carried down is a fact of the row in which its cell begins.
                    if value is not None and value.span.start >= row.span.start:
                        self._add_declared_value(column, value, _Subject(origin, {**said, "Column": column.name}))

    def _add_declared_value(self, column: DeclaredColumn, declared: DeclaredValue, subject: _Subject) -> None:
        concept, year = _OF_TYPE[column.type], self._document.fiscal_year
        if declared.value is None:
            self._add_text(concept, Text(declared.text, declared.span), subject)
        elif column.type is ValueType.MONEY:
            figure = Figure(declared.value, declared.text, declared.span)
            self._add_money(concept, figure, declared.unit, subject, year)
        elif column.type is ValueType.PERCENT:
            self._add_percent(concept, declared.value, declared.span, declared.text, subject)
        else:
            self._add_number(concept, declared.value, declared.span, declared.text, subject, year=year)

    def _add_record(self, concept: RecordConcept, record: Any, value: Figure | Target, subject: _Subject) -> None:
        year = self._document.fiscal_year
        if isinstance(value, Target):
            self._add_target(value, subject)
        elif concept.quantity is Quantity.MONEY:
            self._add_money(concept.name, value, record.unit, subject, year)
        elif concept.quantity is Quantity.PERCENT:
            self._add_percent(concept.name, value.value, value.span, value.text, subject)
        elif isinstance(record, Asset) and any(word in record.item.text for word in self._known.area):
            unit = Unit.SQUARE_METRE
            self._add_number("AssetArea", value.value, value.span, value.text, subject, unit=unit, year=year)
        else:
            self._add_number(concept.name, value.value, value.span, value.text, subject, year=year)

    def _less_sign(self, target: Target) -> Text:
        """The words of a target behind the sign that the comparator says."""
        words = target.text.lstrip(self._known.signs).lstrip()
        if target.operator is Operator.QUALITATIVE or not words:
            return Text(target.text, target.span)
        sign = len(target.text) - len(words)
        return Text(words, evolve(target.span, start=target.span.start + sign, column=target.span.column + sign))

    def _add_target(self, target: Target, subject: _Subject) -> None:
        year, span, text = self._document.fiscal_year, target.span, target.text
        self._add_text("IndicatorTarget", self._less_sign(target), subject)
        self._add("IndicatorComparator", self._comparators[str(target.operator)], span, text, subject, year=year)
        for value, number, percent in (
            (target.value, "IndicatorValue", "IndicatorPercent"),
            (target.upper, "IndicatorUpper", "IndicatorUpperPercent"),
        ):
            if value is not None and target.unit == "%":
                self._add_percent(percent, value, span, text, subject)
            elif value is not None:
                self._add_number(number, value, span, text, subject, year=year)
        if target.unit:
            self._add("IndicatorUnit", target.unit, span, text, subject, year=year)


def _subjects(document: Document) -> dict[str, list[_Subject]]:
    """What the facts of each record say on the axes of its table: a name, with a number from its second bearer on."""
    named = {
        "projects": ("Project", [project.name.text for project in document.projects]),
        "activities": ("Activity", [activity.name.text for activity in document.activities]),
        "assets": ("Asset", [asset.item.text for asset in document.assets]),
    }
    said = {table: [{axis: name} for name in _numbered(map(_name, texts))] for table, (axis, texts) in named.items()}
    said["procurement"] = [{"Procurement": str(at)} for at in range(1, len(document.procurement) + 1)]
    said["spending_plan"] = [
        {**_project_of(entry), "Month": str(max(1, entry.month))} for entry in document.spending_plan
    ]
    said["objectives"] = [
        {**_project_of(objective), "Objective": str(max(1, objective.ordinal))} for objective in document.objectives
    ]
    said["indicators"] = [
        {**_project_of(indicator), "Indicator": str(at)} for at, indicator in enumerate(document.indicators, start=1)
    ]
    return {
        table: [
            _Subject(Origin(table, row, record.span), dimensions)
            for row, (record, dimensions) in enumerate(zip(getattr(document, table), dimensions_of, strict=True))
        ]
        for table, dimensions_of in said.items()
    }


def _numbered(names: Iterable[str]) -> Iterator[str]:
    taken: Counter[str] = Counter()
    for name in names:
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name} ({taken[name]})"


def _project_of(record: SpendingPlanEntry | Objective | Indicator) -> dict[str, str]:
    return {} if record.project is None else {"Project": _name(record.project)}


# --- numbers and names ------------------------------------------------------------------------------------------------


def _places(value: Decimal) -> int:
    """The printed decimal places."""
    return max(0, -int(value.as_tuple().exponent))


def _name(text: str) -> str:
    """A name as the value of an axis."""
    return _SPACES.sub(" ", text).strip() or "-"
