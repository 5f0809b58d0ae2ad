"""How a value stands in a cell of a table: as text, which is empty where there is no value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final, TypeAlias

from yusuan.ir.nodes import Table, Text
from yusuan.ir.records import Figure, Target
from yusuan.ir.source import Span

Cells: TypeAlias = tuple[str, ...]
"""One row, a cell for each column."""

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def plain(value: str | int | None) -> str:
    """A word or a whole number."""
    return "" if value is None else str(value)


def text(value: Text | None) -> str:
    """A text, as it stands."""
    return "" if value is None else value.text


def decimal(value: Decimal | None) -> str:
    """A number, exactly."""
    # Not str(): that writes small and large numbers with an exponent.
    return "" if value is None else format(value, "f")


def of_value(value: Any) -> str:
    """Whatever a record holds."""
    if value is None:
        return ""
    if isinstance(value, Text | Target):
        return value.text
    if isinstance(value, Figure):
        return format(value.value, "f")
    if isinstance(value, Decimal):
        return format(value, "f")
    return boolean(value) if isinstance(value, bool) else str(value)


def boolean(value: bool) -> str:
    """`true` or `false`."""
    return "true" if value else "false"


def line(span: Span) -> str:
    """The line that a span starts in."""
    return str(span.line)


def page(span: Span) -> str:
    """The page that a span starts on; empty where the input has no pages."""
    return plain(span.page)


def last_line(span: Span, said: str) -> str:
    """The line of the last character of a text that starts with its span."""
    if "\n" not in said and "\r" not in said:
        return str(span.line)
    return str(span.line + len(_LINE_END.findall(said)))


def last_line_of(table: Table) -> str:
    """The line of the last character of a table's last cell."""
    cell = next((row.cells[-1] for row in reversed(table.rows) if row.cells), None)
    return last_line(cell.span, cell.text) if cell else line(table.span)
