"""Diagnostics: one record for everything the compiler has to say, and the registry of codes.

A code is `BD` and three digits, in bands by phase: 0xx source, 1xx layout, 2xx document, 3xx tables, 4xx amounts and
units, 9xx internal. A code is never used again for something else.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import frozen

from yusuan.ir.source import Span


class Severity(StrEnum):
    """How grave a diagnostic is. An error means that the input was not compiled as a report."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen(slots=True)
class Related:
    """Another place that a diagnostic speaks of, with its own label."""

    span: Span
    label: str


@frozen(slots=True)
class Diagnostic:
    """One thing to say about one place.

    Attributes:
        code: `BD` and three digits, see `CODES`.
        name: the fault's name in kebab case.
        severity: error, warning or info.
        message: one sentence that stands alone, figures quoted as in the source.
        span: the place that a reader would mend; in a table, the cell.
        related: other places that it speaks of.
        help: what to do; absent where the message says it all.
        row: in a table, where the cell's row starts; absent elsewhere.
    """

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    help: str | None = None
    row: Span | None = None

    @property
    def line(self) -> int:
        """The line to show: that of the row in a table (the contract's `diagnostics.line`), else of the span."""
        return self.row.line if self.row else self.span.line


@frozen(slots=True)
class Code:
    """The declaration of a diagnostic: its code, its name, its normal severity, and what it says in one line."""

    code: str
    name: str
    severity: Severity
    summary: str

    def at(
        self,
        span: Span,
        message: str,
        *,
        related: tuple[Related, ...] = (),
        help: str | None = None,  # noqa: A002 (the record's own field name)
        row: Span | None = None,
    ) -> Diagnostic:
        """This diagnostic at a place."""
        return Diagnostic(self.code, self.name, self.severity, message, span, related, help, row)


CODES: Final[dict[str, Code]] = {}
"""Every declared code, by code."""


def _declare(code: str, name: str, severity: Severity, summary: str) -> Code:
    if code in CODES or any(known.name == name for known in CODES.values()):
        raise ValueError(f"diagnostic {code} {name} is declared twice")
    CODES[code] = Code(code, name, severity, summary)
    return CODES[code]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

EMPTY_INPUT: Final = _declare("BD001", "empty-input", _E, "the input holds no text")
UNKNOWN_ENCODING: Final = _declare("BD002", "unknown-encoding", _E, "the bytes are in no known encoding")
NOT_TEXT: Final = _declare("BD003", "not-text", _E, "the file is a document or archive, not its text")
UNREADABLE_INPUT: Final = _declare("BD004", "unreadable-input", _E, "the input cannot be read")
CONTROL_CHARACTER: Final = _declare("BD005", "control-character", _W, "a control character stands in the text")
GUESSED_ENCODING: Final = _declare("BD006", "guessed-encoding", _W, "the encoding was guessed from the bytes")
NOT_A_DISCLOSURE: Final = _declare("BD007", "not-a-disclosure", _W, "the text is no budget disclosure")
LONE_SURROGATE: Final = _declare("BD008", "lone-surrogate", _W, "half of a surrogate pair stands alone")

BROKEN_ROW: Final = _declare("BD101", "broken-row", _I, "an empty paragraph broke a table row in two")
GLUED_HEADING: Final = _declare("BD102", "glued-heading", _W, "a heading stands in the last cell of a table")
SHORT_ROW: Final = _declare("BD103", "short-row", _W, "a row has fewer cells than its table has columns")
LONE_TAB: Final = _declare("BD104", "lone-tab", _I, "a line holds nothing but TABs")
INDENTED_CELL: Final = _declare("BD105", "indented-cell", _I, "a cell's TAB stands after a blank")
REPEATED_HEADER: Final = _declare("BD106", "repeated-header", _I, "a table's header is repeated after a page")
LAYOUT_TABLE: Final = _declare("BD107", "layout-table", _I, "running text stands in the cells of a table")
CONTINUED_TABLE: Final = _declare("BD108", "continued-table", _I, "a table goes on after a page without its header")
BROKEN_PARAGRAPH: Final = _declare("BD109", "broken-paragraph", _I, "a page ends inside a sentence")
EMPTY_PARAGRAPH_IN_CELL: Final = _declare("BD110", "empty-paragraph-in-cell", _I, "a cell ends in an empty paragraph")
TAB_PARAGRAPH: Final = _declare("BD111", "tab-paragraph", _I, "a paragraph starts with a TAB but is no table")
LOST_ROW_END: Final = _declare("BD112", "lost-row-end", _I, "rows stand together without the blank line between them")
PAGE_MARK_IN_TABLE: Final = _declare("BD113", "page-mark-in-table", _I, "a page number stands between a table's rows")

FISCAL_YEAR_INFERRED: Final = _declare("BD201", "fiscal-year-inferred", _I, "the title states no fiscal year")

UNREAD_CLAUSE: Final = _declare("BD301", "unread-clause", _I, "the sentence grammar cannot read a text")
UNREAD_TABLE: Final = _declare("BD302", "unread-table", _I, "no table grammar knows this table's header")
NUMBER_WITH_RESIDUE: Final = _declare("BD303", "number-with-residue", _W, "a number cell holds something else too")
TEXT_FOR_NUMBER: Final = _declare("BD304", "text-for-number", _I, "a number cell holds text")
UNREAD_TARGET: Final = _declare("BD305", "unread-target", _I, "the target grammar cannot read an indicator's target")

UNIT_NOT_STATED: Final = _declare("BD401", "unit-not-stated", _W, "an amount stands without its unit")
CONTRADICTORY_CHANGE: Final = _declare("BD402", "contradictory-change", _W, "a change has two directions")
MISTYPED_CHANGE: Final = _declare("BD403", "mistyped-change", _W, "a change's direction is mistyped")
TABLE_WITHOUT_UNIT: Final = _declare("BD405", "table-without-unit", _I, "a table states no unit of its amounts")
UNKNOWN_CONCEPT: Final = _declare("BD404", "unknown-concept", _I, "an amount's label is not known")

INTERNAL_FAULT: Final = _declare(
    "BD901", "internal-fault", _W, "a part of the compiler failed; its region is kept as text"
)
