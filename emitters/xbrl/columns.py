"""xBRL-CSV 1.0: the contract's tables as a report, by further columns and a metadata file.

A figure of the contract is as printed, in 万元 as a rule; xBRL-CSV knows no scale. So each table with facts has, behind
the contract's columns, the row's name, whose it is, its year, what it says on the axes (`fact_…`), and the figures in
yuan with their decimals. Texts and counts are facts as they stand. What has no row of its own (what a total has beyond
its parts, money without its unit) is in a table of its own, `other_facts`, a fact a row.

The name of a row holds the document, the page where there is one, the line and the column, so that a processor's
message leads back to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, Final

from attrs import define, evolve, field, frozen

from yusuan.emitters.cells import Cells
from yusuan.emitters.tables import DOCUMENTS, OTHER_FACTS, PAGE, TABLES, Column, ColumnKind
from yusuan.emitters.xbrl import names, oim
from yusuan.emitters.xbrl.building import INCOMPLETE
from yusuan.emitters.xbrl.model import Period, Unit, XbrlFact, place_of
from yusuan.emitters.xbrl.report import XbrlReport
from yusuan.ir.concepts import AMOUNTS, Definition, Kind, definitions, kind_of
from yusuan.ir.contract import contract
from yusuan.ir.document import Document
from yusuan.ir.kinds import ColumnFact, TableColumn, ValueType
from yusuan.ir.source import Span

METADATA: Final = "report.json"
"""The name of the metadata file."""

FACT_ID: Final = "fact_id"
"""The column with the name of a row, which its facts are called after."""

_ENTITY: Final = "fact_entity"
_PERIOD: Final = "fact_period"
_CONCEPT: Final = "fact_concept"
_AMOUNTS: Final = "amounts"
_YUAN: Final = "yuan"
_DECIMALS: Final = "decimals"
_FIGURE: Final = "figure"
_OTHER_COLUMNS: Final = (
    Column("document", ColumnKind.TEXT),
    Column("line", ColumnKind.INTEGER),
    Column("column", ColumnKind.INTEGER),
    Column("concept", ColumnKind.TEXT),
    PAGE,
)
_NOT_IN_ROWS: Final = re.compile(r"[^A-Za-z0-9_\u4e00-\u9fa5-]")


@frozen(slots=True)
class FactColumn:
    """A column whose cells are facts.

    Attributes:
        name: its name.
        concepts: the concepts of the facts that may stand there.
        kind: what they hold.
        decimals: the column that says to which place a figure is exact; absent where all are.
        is_further: whether it stands behind the contract's columns.
    """

    name: str
    concepts: frozenset[str]
    kind: Kind
    decimals: str | None = None
    is_further: bool = True

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that it adds to the contract's."""
        if not self.is_further:
            return ()
        held = ColumnKind.TEXT if self.kind in (Kind.TEXT, Kind.COMPARATOR) else ColumnKind.DECIMAL
        accuracy = (Column(self.decimals, ColumnKind.INTEGER),) if self.decimals else ()
        return (Column(self.name, held), *accuracy)


@frozen(slots=False)
class Layout:
    """How a table holds facts.

    Attributes:
        table: the table's name.
        axes: the axes that a row says something on.
        columns: the columns of facts.
        says_concept: whether the row says the concept of its fact; else each column has its own.
    """

    table: str
    axes: tuple[str, ...]
    columns: tuple[FactColumn, ...]
    says_concept: bool = False

    @cached_property
    def further(self) -> tuple[Column, ...]:
        """The columns that stand behind the contract's."""
        row = [FACT_ID, _ENTITY, _PERIOD, *([_CONCEPT] if self.says_concept else [])]
        said = [Column(name, ColumnKind.TEXT) for name in [*row, *map(_axis_column, self.axes)]]
        return (*said, *(column for one in self.columns for column in one.columns))

    @cached_property
    def _by_concept(self) -> dict[str, FactColumn]:
        return {concept: column for column in self.columns for concept in column.concepts}

    def column_of(self, fact: XbrlFact) -> FactColumn | None:
        """Where a fact stands; absent where it has no place in the table."""
        return self._by_concept.get(fact.definition.name)


def _axis_column(axis: str) -> str:
    return f"fact_{axis.lower()}"


@cache
def layouts() -> Mapping[str, Layout]:
    """How each table holds facts, by its name; a table without facts is not there."""
    found = {_AMOUNTS: _any_money(_AMOUNTS, AMOUNTS)}
    for kind in contract().values():
        columns = [_of_fact(column, fact) for column in kind.columns for fact in column.facts]
        if columns:
            order = {name: at for at, name in enumerate(kind.fact_columns)}
            found[kind.name] = _layout(kind.name, sorted(columns, key=lambda one: order.get(one.name, -1)))
    found = {table: found[table] for table in contract() if table in found}
    every_money = frozenset(one.name for one in definitions().concepts.values() if one.kind is Kind.MONEY)
    found[OTHER_FACTS] = _any_money(
        OTHER_FACTS,
        every_money,
        _number("number", "DeclaredNumber"),
        _number("ratio", "DeclaredPercent"),
        FactColumn("words", frozenset({"DeclaredText"}), Kind.TEXT),
    )
    return MappingProxyType(found)


def _any_money(table: str, concepts: frozenset[str], *more: FactColumn) -> Layout:
    """The layout of a table with one fact a row: money of some concept, what cannot be stated in yuan, or more."""
    columns = [_money(concepts), _number(_FIGURE, INCOMPLETE), *more]
    return evolve(_layout(table, columns), says_concept=True)


def _layout(table: str, columns: list[FactColumn]) -> Layout:
    """A layout whose axes are those of its concepts."""
    said = {axis for column in columns for name in column.concepts for axis in _axes_of(definitions().concepts[name])}
    return Layout(table, tuple(axis for axis in definitions().axes if axis in said), tuple(columns))


def _axes_of(definition: Definition) -> Iterator[str]:
    yield from (*definition.axes, *definition.optional_axes, "Statement")
    if definition.has_members:
        yield from (axis.name for axis in definitions().axes.values() if axis.members)


def _of_fact(column: TableColumn, fact: ColumnFact) -> FactColumn:
    """The column of one of the facts that a column of the contract makes."""
    if fact.type is ValueType.MONEY:
        return _money(frozenset({fact.concept}), f"{column.name}_")
    return FactColumn(
        fact.column or column.name, frozenset({fact.concept}), kind_of(fact.type), is_further=bool(fact.column)
    )


def _money(concepts: frozenset[str], prefix: str = "") -> FactColumn:
    return FactColumn(prefix + _YUAN, concepts, Kind.MONEY, prefix + _DECIMALS)


def _number(name: str, concept: str) -> FactColumn:
    return FactColumn(name, frozenset({concept}), Kind.NUMBER)


# --- rows -------------------------------------------------------------------------------------------------------------


@define(slots=True)
class FactRows:
    """The cells of the further columns, for one report after another."""

    _taken: Counter[tuple[str, str]] = field(factory=Counter)

    def of(self, report: XbrlReport) -> dict[str, list[Cells]]:
        """The further cells of every table of a document: a row for each of its records, in their order."""
        spans = {table: _spans(report.document, table) for table in layouts() if table != OTHER_FACTS}
        records: dict[str, list[list[XbrlFact]]] = {table: [[] for _ in known] for table, known in spans.items()}
        others = []
        for fact in report.facts:
            layout = layouts().get(fact.origin.table) if fact.origin else None
            if fact.origin is None or layout is None or layout.column_of(fact) is None:
                others.append(fact)
            else:
                records[fact.origin.table][fact.origin.row].append(fact)
        rows = {
            table: [
                self._row(report, layouts()[table], f"{report.stem}_{place_of(span, '_')}", facts)
                for span, facts in zip(spans[table], known, strict=True)
            ]
            for table, known in records.items()
        }
        rows[OTHER_FACTS] = [self._other(report, fact) for fact in others]
        return rows

    def _other(self, report: XbrlReport, fact: XbrlFact) -> Cells:
        span = fact.span
        line, column = (str(span.line), str(span.column)) if span else ("", "")
        page = str(span.page) if span and span.page else ""
        cells = self._row(report, layouts()[OTHER_FACTS], fact.id, [fact])
        return report.document.name, line, column, fact.concept, page, *cells

    def _row(self, report: XbrlReport, layout: Layout, name: str, facts: list[XbrlFact]) -> Cells:
        """The further cells of one record: its name alone where none of its facts stands in the row."""
        cells = {FACT_ID: self._name(layout.table, name)}
        if facts:
            # The facts of a record are of one year, and say the same on the axes.
            first = facts[0]
            cells |= {
                _ENTITY: oim.entity(report.identifier),
                _PERIOD: _period(first.context.period),
                _CONCEPT: oim.qualified(first.concept),
            }
            cells |= {_axis_column(said[0]): oim.dimension(said) for said in first.context.dimensions}
        for fact in facts:
            column = layout.column_of(fact)
            assert column is not None
            cells[column.name] = oim.value(fact)
            if column.decimals is not None:
                cells[column.decimals] = str(fact.decimals) if isinstance(fact.decimals, int) else ""
        return tuple(cells.get(column.name, "") for column in layout.further)

    def _name(self, table: str, name: str) -> str:
        """The name of a row: no other of its table has it."""
        name = _NOT_IN_ROWS.sub("_", name)
        self._taken[table, name] += 1
        count = self._taken[table, name]
        # No name of the first form ends like this.
        return name if count == 1 else f"{name}-{count}"


def _spans(document: Document, table: str) -> list[Span]:
    """Where the records of a table stand."""
    if table == DOCUMENTS:
        return [document.body.span]
    if table == _AMOUNTS:
        return [amount.value.span for amount in document.amounts]
    return [record.span for record in document.tables[table]]


def _period(period: Period) -> str:
    if period.year is None:
        return ""
    return f"{period.year:04}@end" if period.is_instant else f"{period.year:04}"


# --- metadata ---------------------------------------------------------------------------------------------------------


def metadata(scheme: str) -> dict[str, Any]:
    """The metadata file: what each column of the tables says.

    Args:
        scheme: the scheme of the entity.
    """
    return {
        "documentInfo": oim.document_info("xbrl-csv", scheme),
        "tableTemplates": {layout.table: _template(layout) for layout in layouts().values()},
        "tables": {table: {"url": f"{table}.csv", "template": table} for table in layouts()},
    }


def _template(layout: Layout) -> dict[str, Any]:
    stated = {"entity": f"${_ENTITY}", "period": f"${_PERIOD}"}
    if layout.says_concept:
        stated["concept"] = f"${_CONCEPT}"
    stated |= {oim.qualified(names.axis(axis)): f"${_axis_column(axis)}" for axis in layout.axes}
    columns: dict[str, Any] = {column.name: {"comment": True} for column in leading_columns(layout.table)}
    columns |= {column.name: {} for column in layout.further}
    columns |= {column.name: _fact_column(layout, column) for column in layout.columns}
    return {"rowIdColumn": FACT_ID, "dimensions": stated, "columns": columns}


def _fact_column(layout: Layout, column: FactColumn) -> dict[str, Any]:
    stated: dict[str, str] = {}
    described: dict[str, Any] = {"dimensions": stated}
    if not layout.says_concept:
        [concept] = column.concepts
        stated["concept"] = oim.qualified(concept)
    if column.kind is Kind.MONEY:
        stated["unit"] = Unit.YUAN
        described["decimals"] = f"${column.decimals}"
    elif column.kind is Kind.AREA:
        stated["unit"] = Unit.SQUARE_METRE
    elif column.kind is Kind.TEXT:
        stated["language"] = names.LANGUAGE
    return described


def leading_columns(table: str) -> tuple[Column, ...]:
    """The columns in front of the facts': the contract's, or those of other facts."""
    return _OTHER_COLUMNS if table == OTHER_FACTS else TABLES[table].columns
