"""What the cells of a table say: units of money, labels without their numbers, numbers of per cent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Figure
from yusuan.ir.source import Span

# Where a table says its unit of money.
_CAPTIONS: Final = frozenset({"<unit_caption>", "<note>"})
_CODE_BRACKETS: Final = "()[]"
_CODE: Final = re.compile(r"[A-Z][0-9]{2,}")


def unit_of(context: Context, rows: Sequence[MarkedRow]) -> str | None:
    """The unit of money that a caption among these rows states, or a note."""
    for row in rows:
        if _CAPTIONS.isdisjoint(row.marks):
            continue
        for cell, mark in zip(row.cells, row.marks, strict=True):
            if mark in _CAPTIONS and (unit := money_caption(context, cell.text)) is not None:
                return unit
    return None


def code_of(context: Context, label: Text | None) -> Text | None:
    """A code without the brackets around it and without the name that may follow it."""
    if label is None:
        return None
    folded = context.lexicon.fold(label.text).strip(_CODE_BRACKETS)
    code = _CODE.match(folded)
    return Text(code[0] if code else folded, label.span)


def money_caption(context: Context, text: str) -> str | None:
    """The unit in 单位：万元."""
    match = context.lexicon.label_patterns["unit_caption"].fullmatch(context.lexicon.fold(text))
    return context.lexicon.money_unit(match["unit"]) if match else None


def bracket_unit(context: Context, text: str) -> str | None:
    """The unit of money that a label names in brackets: 价值（金额单位：万元）."""
    unit = in_brackets(context, text)
    return unit if unit in context.lexicon.money else None


def in_brackets(context: Context, text: str) -> str:
    """What a label says in its last brackets, behind a colon where it has one there; empty for nothing."""
    folded = context.lexicon.fold(text)
    at = folded.rfind("(")
    inside = folded[at + 1 :].rstrip(")") if at >= 0 else ""
    return inside.rpartition(":")[2]


def header_unit(context: Context, head: Sequence[MarkedRow]) -> str | None:
    """The unit of money that the last such label of a header names in brackets."""
    units = (bracket_unit(context, cell.text) for row in reversed(head) for cell in reversed(row.cells))
    return next(filter(None, units), None)


def without_ordinal(context: Context, text: Text) -> Text:
    """A label without the number in front of it."""
    number = context.pattern("numbering", "BARE").match(text.text)
    start = number.end() if number else context.classifier.behind_number(text.text, 0, len(text.text))
    bare = text.text[start:].strip(context.lexicon.blanks)
    return Text(bare, text.span) if start and bare else text


def percent_of(context: Context, cell: Cell, row: Span) -> Figure | None:
    """A cell's number of per cent, with or without its sign; absent where it holds none."""
    text, _, more = cell.text.partition("\n")
    value = context.lexicon.number(context.lexicon.fold(text).rstrip("%")) if not more else None
    return Figure(value, text, cell.span) if isinstance(value, Decimal) else context.figure(cell, row)
