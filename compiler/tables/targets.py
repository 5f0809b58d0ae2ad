"""The targets that the cells of a row state: in one cell, or operator, value and unit in cells of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_target import Bound, normal_unit
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell
from yusuan.ir.records import Target
from yusuan.ir.vocabulary import Operator

_SPACE: Final = re.compile(r"\s+")
_LONGEST_QUOTE: Final = 60


def targets(context: Context, value: Cell | None, operator: Cell | None, unit: Cell | None) -> Iterator[Target]:
    """The targets that the cells of a row state, together or apart."""
    words = context.lexicon
    parts = [cell for cell in (operator, value, unit) if cell is not None and cell.text]
    described = [cell for cell in parts if cell is not value and words.fold(cell.text) in words.qualitative]
    stated = [cell for cell in parts if cell not in described]
    if operator in described and value in stated:
        # 定性, 良, 其他: what is told in words has no unit.
        stated = [cell for cell in stated if cell is not unit]
    if not stated:
        return
    text = "".join(_SPACE.sub(" ", cell.text).strip() if cell is not value else cell.text for cell in stated)
    span = (
        stated[0].span
        if len(stated) == 1
        else context.span(min(cell.span.start for cell in stated), max(cell.span.end for cell in stated))
    )
    if described:
        yield Target(text, Operator.QUALITATIVE, None, None, None, span)
        return
    longest = max(stated, key=lambda cell: len(cell.text))
    bounds = context.bounds(text, longest.span.start)
    if bounds is None:
        context.diagnostics.append(codes.UNREAD_TARGET.at(span, target=text[:_LONGEST_QUOTE]))
        bounds = (Bound(text, Operator.QUALITATIVE),)
    only = unit if unit is not None and unit in stated and len(bounds) == 1 else None
    for bound in bounds:
        written = bound.text if len(bounds) > 1 else text
        own = normal_unit(only.text, words) if only is not None and bound.value is not None else bound.unit
        yield Target(written, bound.operator, bound.value, bound.upper, own, span)
