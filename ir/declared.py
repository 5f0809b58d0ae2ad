"""Tables whose kind the grammar declares without a class of records of its own: rows of cells by columns.

The contract's tables have classes in `yusuan.ir.records`. Any other table that the language knows is told here with its
declaration, so that every format can write it and every reader finds beside the rows what they mean.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import frozen

from yusuan.ir.kinds import TableKind
from yusuan.ir.source import Span

OWN_COLUMNS: Final = ("document", "line", "is_total")
"""What a table of declared rows has in front of the declared columns, where a row is written as cells."""

LAST_COLUMN: Final = "page"
"""What it has behind them."""


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

    kind: TableKind
    rows: tuple[DeclaredRow, ...]
