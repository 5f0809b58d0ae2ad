"""重复: two indicators, objectives or rows that are the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Text
from yusuan.ir.records import Asset, Figure, Indicator, ProcurementItem
from yusuan.ir.source import Span

_LONGEST = 40
# A shorter text may well be the same twice: 无, 同上.
_SHORTEST_OBJECTIVE = 6
_SHORTEST_NAME = 3


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each indicator, objective and row of the procurement and asset tables."""
    yield from _check_indicators(inspection)
    yield from _check_objectives(inspection)
    yield from _check_rows(inspection)
    yield from _check_neighbours(inspection)


def _check_indicators(inspection: Inspection) -> Iterator[Finding]:
    code = codes.REPEATED_INDICATOR
    seen: dict[Hashable, Indicator] = {}
    for indicator in inspection.document.indicators:
        target = indicator.target
        if indicator.level3 is None or target is None or indicator.grade is not None:
            continue
        fold = inspection.lexicon.fold
        key = (
            inspection.table_index(indicator.span.start),
            indicator.project,
            *(fold(text.text) if text else None for text in (indicator.level1, indicator.level2, indicator.level3)),
            fold(indicator.description.text) if indicator.description else None,
            (target.operator, target.value, target.upper, target.unit)
            if target.value is not None
            else fold(target.text),
        )
        first = seen.setdefault(key, indicator)
        if first is indicator or first.span == indicator.span:
            yield holds(code)
            continue
        yield broken(
            code,
            code.at(
                indicator.level3.span,
                related=[code.place("first", first.level3.span if first.level3 else first.span)],
                row=indicator.span,
                name=indicator.level3.text[:_LONGEST],
                target=target.text[:_LONGEST],
            ),
        )


def _check_objectives(inspection: Inspection) -> Iterator[Finding]:
    code = codes.REPEATED_OBJECTIVE
    seen: dict[Hashable, Span] = {}
    for objective in inspection.document.objectives:
        folded = inspection.lexicon.fold(objective.text.text).rstrip(inspection.lexicon.stops)
        if len(folded) < _SHORTEST_OBJECTIVE:
            continue
        key = (inspection.table_index(objective.span.start), objective.project, folded)
        first = seen.get(key)
        if first is None:
            seen[key] = objective.text.span
            yield holds(code)
            continue
        yield broken(
            code,
            code.at(
                objective.text.span,
                related=[code.place("first", first)],
                row=inspection.row(objective.text.span),
                text=objective.text.text[:_LONGEST],
            ),
        )


def _check_rows(inspection: Inspection) -> Iterator[Finding]:
    code = codes.REPEATED_ROW
    seen: dict[Hashable, Span] = {}
    for table in (inspection.document.procurement, inspection.document.assets):
        for record in table:
            key, name, figures = _row(record)
            if not figures or getattr(record, "is_total", False):
                continue
            first = seen.setdefault((inspection.table_index(record.span.start), *key), record.span)
            if first is record.span:
                yield holds(code)
            else:
                yield broken(
                    code, code.at(record.span, related=[code.place("first", first)], row=record.span, name=name)
                )


def _check_neighbours(inspection: Inspection) -> Iterator[Finding]:
    """Two rows that follow each other and are the same in every cell: institutions, activities, expenses, coded ones.

    Without codes a class and the only one within it may have one name and one figure.
    """
    code = codes.REPEATED_ROW
    document = inspection.document
    named = {
        record.span.start
        for records in (document.institutions, document.activities, document.amounts)
        for record in records
    }
    for table in inspection.tables:
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        for (before, above), (row, below) in pairwise(zip(table.rows, texts, strict=True)):
            if above != below:
                continue
            cells = [inspection.lexicon.fold(text) for text in below]
            name = _name_of_row(inspection, cells)
            if name and (row.span.start in named or inspection.words.coded_row.match("".join(cells))):
                place = code.place("first", before.span)
                yield broken(code, code.at(row.span, related=[place], row=row.span, name=name))


def _name_of_row(inspection: Inspection, cells: Sequence[str]) -> str:
    """What a row is called: the first of its cells that is a name; empty where it has none, or nothing else to say."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return ""
    names = (cell for cell in filled if len(cell) >= _SHORTEST_NAME and inspection.lexicon.number(cell) is None)
    return next(names, "")[:_LONGEST]


def _row(record: ProcurementItem | Asset) -> tuple[tuple[Hashable, ...], str, int]:
    """What makes a row the same as another; its name; how many figures it has. Who pays may be told in another way."""
    if isinstance(record, Asset):
        figures: tuple[Figure | None, ...] = (record.quantity, record.value)
        texts: tuple[Text | None, ...] = (record.item,)
    else:
        figures = (record.quantity, record.unit_price, record.total)
        texts = (record.project, record.item, record.catalogue_code)
    key = (*(text.text if text else None for text in texts), *(one.value if one else None for one in figures))
    return key, record.item.text[:_LONGEST] if record.item else "", sum(one is not None for one in figures)
