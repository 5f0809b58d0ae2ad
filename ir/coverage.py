"""How much of a report became typed data."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.vocabulary import Role


@frozen(slots=True)
class ReportCoverage:
    """覆盖程度: what a report prints, and how much of it stands in typed records.

    Attributes:
        money_figures: the figures that look like money, counted without regard to what was understood: numbers with a
            unit of money behind them, or with a decimal point or thousands comma, less dates, codes and ordinals.
        money_typed: how many of these stand where a value of a typed record stands.
        tables: the tables.
        tables_typed: how many of these became something in the typed tables.
        sections_missing: the roles that no section has, in the order of the contract.
    """

    money_figures: int
    money_typed: int
    tables: int
    tables_typed: int
    sections_missing: tuple[Role, ...]
