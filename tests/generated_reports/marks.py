"""The pieces of a text that a fault may change, what has to hold between them, and the ways to spoil them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from attrs import Factory, define, frozen
from tests.generated_reports.directions import SIGNS


@define(eq=False)
class Span:
    """A piece of the text that a fault may change. As a string it is its mark; its own text may hold marks again."""

    mark: str
    text: str
    scale: Decimal = Decimal(1)
    """What 1 in the text is: figures in 元 and in 万元 are compared."""
    row: Span | None = None
    """Where the row begins, of a span in a table."""
    lines: list[int] = Factory(list)

    def __str__(self) -> str:
        return self.mark

    def number(self) -> Decimal:
        if self.text in SIGNS:
            return Decimal(SIGNS[self.text])
        return Decimal(self.text.replace(",", "")) * self.scale

    def is_figure(self) -> bool:
        return re.fullmatch(r"-?[\d,]+(\.\d+)?", self.text) is not None

    def unit_in_last_place(self) -> Decimal:
        return Decimal(1).scaleb(-len(self.text.partition(".")[2])) * self.scale

    def whereabouts(self) -> set[int]:
        return {*self.lines, *(self.row.lines if self.row else ())}


@define(eq=False)
class Relation:
    """What has to hold between figures of the text."""

    kind: str
    spans: tuple[Span, ...]
    holds: Callable[[], bool]
    scale_free: bool = True

    @property
    def figures(self) -> list[Span]:
        return [span for span in self.spans if span.is_figure()]

    def coarsest(self) -> Decimal:
        """The unit of the last place of the roughest figure: a difference has to be clearly above it."""
        return max((span.unit_in_last_place() for span in self.figures if span.number()), default=Decimal("0.01"))


@frozen
class Edit:
    """A way to spoil the text: spans and their new texts, and at which spans it shows (the changed ones, if unsaid)."""

    kind: str
    changes: tuple[tuple[Span, str], ...]
    at: tuple[Span, ...] = ()


def grouped(text: str) -> str:
    """A number with commas between its thousands."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"
