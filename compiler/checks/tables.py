"""What the tables of procurement and assets come to: their rows, and the row that holds the total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from attrs import frozen

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Operand, usable
from yusuan.ir.records import Asset, Figure, ProcurementItem


@frozen(slots=True)
class Stated:
    """A figure of a table with its unit, absent where the table states none."""

    figure: Figure
    unit: str | None


_Row = TypeVar("_Row", ProcurementItem, Asset)


def inner_entry(inspection: Inspection, figure: Figure | None, unit: str | None) -> Operand | None:
    """A figure of a record as an entry, for sums within its table, where all have one unit, be it stated or not."""
    if figure is None or not usable(figure):
        return None
    return Operand(figure, unit or "", inspection.unit_factor(unit) or 1)


def by_table(inspection: Inspection, records: Sequence[_Row]) -> list[list[_Row]]:
    """The records of each table, in the order of the document."""
    groups: dict[int | None, list[_Row]] = {}
    for record in records:
        groups.setdefault(inspection.table_index(record.span.start), []).append(record)
    return list(groups.values())


def procurement_total(inspection: Inspection) -> Stated | None:
    """What the one procurement table comes to: its total row, else its only item; absent where it does not say."""
    records = inspection.document.procurement
    if not records or len(by_table(inspection, records)) > 1:
        return None
    totals = [record for record in records if record.is_total and record.total is not None]
    items = [record for record in records if not record.is_total]
    chosen = items if len(items) == 1 and not totals else totals
    stated = {record.total.value for record in chosen if record.total is not None}
    # 合计 and 小计 of the only unit are the same.
    if len(stated) != 1 or chosen[0].total is None:
        return None
    return Stated(chosen[0].total, chosen[0].unit)


def assets_total(inspection: Inspection) -> Stated | None:
    """What the one assets table comes to; absent where it has no total, or several."""
    records = inspection.document.assets
    if not records or len(by_table(inspection, records)) > 1:
        return None
    totals = [record for record in records if is_total_of_assets(inspection, record)]
    if len(totals) != 1 or totals[0].value is None:
        return None
    return Stated(totals[0].value, totals[0].unit)


def is_total_of_assets(inspection: Inspection, record: Asset) -> bool:
    """Whether a row is the total of the others."""
    return inspection.words.total_row.fullmatch(inspection.lexicon.fold(record.item.text)) is not None
