"""Tables whose kind the grammar declares: columns by name and type, without a class of records of their own.

The contract's tables have classes in `yusuan.ir.records`. Any other table that the language knows is told here by its
declaration, so that every format can write it and every reader finds beside the rows what they mean.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final

from attrs import frozen

from yusuan.ir.source import Span

OWN_COLUMNS: Final = ("document", "line", "is_total")
"""What a table of declared rows has in front of the declared columns, where a row is written as cells."""

LAST_COLUMN: Final = "page"
"""What it has behind them."""


class ValueType(StrEnum):
    """What the cells of a declared column hold: words, money in a unit, a bare number, or a share in per cent."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"

    @property
    def is_figure(self) -> bool:
        """Whether a number is what counts."""
        return self is not ValueType.TEXT


@frozen(slots=True)
class DeclaredColumn:
    """A column of a declared table.

    Attributes:
        name: its name in every format.
        type: what its cells hold.
        zh: what it is, in Chinese; absent where its declaration does not say.
        en: what it is, in English; likewise.
    """

    name: str
    type: ValueType
    zh: str | None
    en: str | None

    @property
    def unit_column(self) -> str | None:
        """The column behind it with the unit of its money; absent for what is no money."""
        return f"{self.name}_unit" if self.type is ValueType.MONEY else None


@frozen(slots=True)
class DeclaredKind:
    """A kind of table that the grammar declares.

    Attributes:
        name: its name in every format.
        columns: its columns, in the order of the declaration.
        subject: the column that names what a row's figures are of; absent where none does.
        zh: what the table is, in Chinese; absent where its declaration does not say.
        en: what the table is, in English; likewise.
    """

    name: str
    columns: tuple[DeclaredColumn, ...]
    subject: str | None
    zh: str | None
    en: str | None


@frozen(slots=True)
class DeclaredValue:
    """A cell of a declared table.

    Attributes:
        column: the name of its column.
        text: the cell as written; of a merged cell, what it says in the row where it begins.
        value: the number; absent in a column of texts.
        unit: the unit of money; absent for what is no money, and where neither header nor caption states it.
        span: where the cell stands; of a merged cell, where it begins.
    """

    column: str
    text: str
    value: Decimal | None
    unit: str | None
    span: Span


@frozen(slots=True)
class DeclaredRow:
    """A row of a declared table.

    Attributes:
        is_total: whether it is a 合计 or 小计 row.
        values: its cells, in the order of the columns; one that is empty, or holds no number where one is due, is
            not there.
        span: the row, from its first cell on.
    """

    is_total: bool
    values: tuple[DeclaredValue, ...]
    span: Span

    def value(self, column: str) -> DeclaredValue | None:
        """The cell of a column; absent where the row has none."""
        return next((value for value in self.values if value.column == column), None)


@frozen(slots=True)
class DeclaredTable:
    """All that a document has in tables of one declared kind.

    Attributes:
        kind: what the grammar declares of them.
        rows: their rows, in the order of the document; none where it has no such table.
    """

    kind: DeclaredKind
    rows: tuple[DeclaredRow, ...]
