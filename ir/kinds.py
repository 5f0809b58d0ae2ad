"""Kinds of tables: what columns each has, what their cells hold and are facts of, and what adds up to what.

One declaration, a TOML file, says all that stands behind reading: rows, facts, taxonomy, data package and checks derive
from it. The tables that sheets are read from are declared in `grammar/tables/`, beside the wordings of their headers,
which are the grammar's and passed over here; those that are made of the whole document in `ir/tables/`. A kind whose
declaration names a class of records is a table of the contract; any other is told with its document
(`yusuan.ir.declared`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, Final

from attrs import frozen

from yusuan.ir.nodes import Text


class ValueType(StrEnum):
    """What the cells of a column hold.

    TEXT is words, LIST several of them, CODE characters that are no number though they may be digits. MONEY is a figure
    in a unit of money, NUMBER a bare one, COUNT one of things that can be added, AREA one of square metres, PERCENT a
    share in per cent. TARGET is a bound, a range or words, COMPARATOR how it bounds. INTEGER is a whole number that
    orders or counts (a line, a month), BOOLEAN whether something holds.
    """

    TEXT = "text"
    LIST = "list"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    AREA = "area"
    PERCENT = "percent"
    TARGET = "target"
    COMPARATOR = "comparator"
    INTEGER = "integer"
    BOOLEAN = "boolean"

    @property
    def is_figure(self) -> bool:
        """Whether a printed number is what counts."""
        return self in _FIGURES

    @property
    def is_summable(self) -> bool:
        """Whether the cells of the rows make up that of a total row, unless the declaration says otherwise."""
        return self in (ValueType.MONEY, ValueType.COUNT)


_FIGURES: Final = frozenset(
    {ValueType.MONEY, ValueType.NUMBER, ValueType.COUNT, ValueType.AREA, ValueType.PERCENT},
)


class SumForm(StrEnum):
    """What is the sum, or the product, of what.

    COLUMNS: a column of others in the same row. ROWS: the cell of a total row of those of the rows it is the total of.
    LEVELS: the cell of a row of those of the rows that name it as their `parent`. WITHIN: no sum, a column that each of
    some others is a part of (其中); without others, the cell of a row that those of the 其中 rows below are parts of.
    PRODUCT: a column of two others multiplied.
    """

    COLUMNS = "columns"
    ROWS = "rows"
    LEVELS = "levels"
    WITHIN = "within"
    PRODUCT = "product"


_SEVERITIES: Final = ("yusuan.ir.diagnostics", "Severity")

UNDECLARED_SUM: Final = "BD512"
"""The code of a broken sum whose declaration names none."""


@cache
def value_at(path: str) -> Callable[[Any], Any]:
    """What gives the value at a path of attributes with dots between; absent where nothing stands on the way."""
    first, _, rest = path.partition(".")
    get = attrgetter(first)
    if not rest:
        return get
    inner = value_at(rest)

    def value(record: Any) -> Any:
        outer = get(record)
        return None if outer is None else inner(outer)

    return value


def plain(value: Any) -> str | None:
    """A text or a number of a record as plain text; absent where there is none."""
    return None if value is None else value.text if isinstance(value, Text) else str(value)


@frozen(slots=True)
class ColumnFact:
    """What the cells of a column are called as facts.

    Attributes:
        concept: the name of the concept; it keeps its meaning once it has one.
        type: what the facts hold.
        column: the further column of xBRL-CSV that says the fact; empty where the declared one does as it stands.
        zh: its name in Chinese.
        en: its name in English.
        definition: what it means, in Chinese and in English.
        balance: `credit` or `debit`; absent for what is neither.
    """

    concept: str
    type: ValueType
    column: str
    zh: str
    en: str
    definition: tuple[str, str]
    balance: str | None


@frozen(slots=True)
class RowAxis:
    """An axis of the taxonomy that tells rows apart.

    Attributes:
        name: its name.
        zh: what it is called in Chinese.
        en: what it is called in English.
        definition: what it tells apart, in Chinese and in English.
    """

    name: str
    zh: str
    en: str
    definition: tuple[str, str]


@frozen(slots=True)
class TableColumn:
    """A column.

    Attributes:
        name: its name in every format.
        type: what its cells hold.
        zh: what it is, in Chinese; absent where its declaration does not say.
        en: what it is, in English; likewise.
        source: where a record holds the value: an attribute, with dots below it (`target.value`); that of the column's
            name where empty.
        unit: where a record holds the unit of its figures; empty where they have none, or its type says it.
        subject: the column that names what its figures are of, where it is another than the table's.
        instead: the columns that name a row where this one is empty, the first that is not.
        axis: the axis of the taxonomy on which it tells the facts of a row apart.
        annual: whether its figures belong to the fiscal year.
        always: whether no row leaves it empty.
        adds: whether a total row states the sum of what can be added, where no sum of the declaration says so.
        vocabulary: the class of `yusuan.ir.vocabulary` whose values it holds; empty for free text.
        facts: what its cells are facts of, the column's own first; none where it is none.
    """

    name: str
    type: ValueType
    zh: str | None = None
    en: str | None = None
    source: str = ""
    unit: str = ""
    subject: str = ""
    instead: tuple[str, ...] = ()
    axis: str = ""
    annual: bool = True
    always: bool = False
    adds: bool = True
    vocabulary: str = ""
    facts: tuple[ColumnFact, ...] = ()

    @property
    def path(self) -> str:
        """Where a record holds the value."""
        return self.source or self.name

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its vocabulary; none where it has none."""
        if not self.vocabulary:
            return ()
        module, name = _SEVERITIES if self.vocabulary == _SEVERITIES[1] else ("yusuan.ir.vocabulary", self.vocabulary)
        return tuple(map(str, getattr(import_module(module), name)))

    @property
    def value(self) -> Callable[[Any], Any]:
        """What gives the value that a record holds; absent (`None`) where it holds none."""
        return value_at(self.path)

    def unit_in(self, record: Any) -> str | None:
        """The unit that a record holds of the figure in the column; absent where it has none."""
        if self.type is ValueType.PERCENT:
            return "%"
        return plain(value_at(self.unit)(record)) if self.unit else None

    @property
    def unit_column(self) -> str | None:
        """The column behind that of a table without records, with the unit of its money; absent for what is no
        money."""
        return f"{self.name}_unit" if self.type is ValueType.MONEY else None


def rule_name(table: str, column: str, form: str) -> str:
    """What the rule of a sum is called whose declaration does not say."""
    return f"{table}-{column}-{form}".replace("_", "-")


@frozen(slots=True)
class TableSum:
    """What adds up in a table.

    Attributes:
        name: the name of the rule, in kebab case.
        form: what is the sum of what.
        code: the diagnostic that reports a broken one.
        total: the column of the sum, or of the product; in ROWS and LEVELS that of the parts as well.
        parts: the columns that make it up, or are within it; none where it runs over rows.
        parent: in LEVELS the column that names the row above.
        blank_is_zero: whether an empty cell among stated ones says that there is none; else it is unknown. A single
            row is no complete list then.
    """

    name: str
    form: SumForm
    code: str
    total: str
    parts: tuple[str, ...] = ()
    parent: str = ""
    blank_is_zero: bool = False


@frozen(slots=True)
class TableKind:
    """A kind of table.

    Attributes:
        name: its name in every format.
        columns: its columns, in order, without those that every table has (document, line, page).
        subject: the column that names what a row's figures are of; absent where none does.
        zh: what the table is, in Chinese; absent where its declaration does not say.
        en: what the table is, in English; likewise.
        sums: what adds up in it, by its declaration; see `every_sum`.
        record: the class of its records in the module of its name below `yusuan.ir.records`; empty where it has no
            such class.
        label: the column that says which of the subject's values a figure is; empty where none does.
        is_named: whether the subject tells the rows apart, by a number from its second bearer on.
        axis: the axis of the taxonomy that numbers the rows; empty where they are told apart otherwise.
        axes: the axes that its declaration brings.
        group: the group of the taxonomy that its concepts are listed under.
        fact_columns: the further columns of its facts in xBRL-CSV, where they do not stand in the order of the columns.
        place: its place among the tables of the contract.
        place_in_document: its place among the fields of a document, which most often is that one.
    """

    name: str
    columns: tuple[TableColumn, ...]
    subject: str | None = None
    zh: str | None = None
    en: str | None = None
    sums: tuple[TableSum, ...] = ()
    record: str = ""
    label: str = ""
    is_named: bool = False
    axis: str = ""
    axes: tuple[RowAxis, ...] = ()
    group: str = ""
    fact_columns: tuple[str, ...] = ()
    place: int = 0
    place_in_document: int = 0

    @property
    def every_sum(self) -> tuple[TableSum, ...]:
        """What adds up in it. In a kind without records a total row is, without being said so, one of all that can be
        added."""
        if self.record:
            return self.sums
        said = {one.total for one in self.sums if one.form is SumForm.ROWS}
        implied = (
            TableSum(rule_name(self.name, column.name, SumForm.ROWS), SumForm.ROWS, UNDECLARED_SUM, column.name)
            for column in self.columns
            if column.adds and column.type.is_summable and column.name not in said
        )
        return (*self.sums, *implied)

    def column(self, name: str) -> TableColumn:
        """A column by its name.

        Raises:
            KeyError: it has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    def said(self, column: str | None, record: Any) -> str | None:
        """What a column says of a record, or the first of those that say it instead; absent where none does."""
        if not column:
            return None
        texts = (plain(self.column(name).value(record)) for name in (column, *self.column(column).instead))
        return next((text for text in texts if text is not None), None)

    @property
    def record_class(self) -> type:
        """The class of its records.

        Raises:
            LookupError: it has none.
        """
        if not self.record:
            raise LookupError(f"{self.name} has no class of records")
        found: type = getattr(import_module(f"yusuan.ir.records.{self.name}"), self.record)
        return found
