"""What the lowering tells those who watch it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yusuan.compiler.clauses.observing import ClauseObserver
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.vocabulary import Role


class LoweringObserver(ClauseObserver):
    """What is told while a document is lowered, in the order of its text; what nobody watches costs nothing."""

    def running_text(self, role: Role | None, start: int, end: int) -> None:
        """Lines of running text, from the first character of the first to the end of the last, are about to be read.

        `role` is that of the innermost section that has one.
        """

    def table(self, role: Role | None, rows: Sequence[MarkedRow]) -> None:
        """A table is about to be read; `role` likewise."""

    def panel(self, panel: Panel) -> None:
        """A panel of the table at hand is about to be read; one that goes on with an earlier table is told twice."""

    def table_read(self, known: bool) -> None:
        """The table at hand was read; whether any of its panels was of a known kind. Not told where that failed."""


UNSEEN: Final = LoweringObserver()
"""Where nobody watches."""
