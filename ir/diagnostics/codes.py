"""The registry of codes: one declaration each. What a code says stands in `text/`, its page in `docs/`.

A code is `BD` and three digits, in bands by phase: 0xx source, 1xx layout, 2xx document and writing, 3xx tables, 4xx
amounts and units, 5xx reconciliation, 6xx performance, 7xx procurement and assets, 9xx internal. A code is never used
again for something else. Its name names the fault, not the remedy.
"""

from __future__ import annotations

from typing import Final

from yusuan.ir.diagnostics.model import Code, Severity

CODES: Final[dict[str, Code]] = {}
"""Every declared code, by code."""


def _declare(code: str, name: str, severity: Severity, *, default: bool = True) -> Code:
    if code in CODES or any(known.name == name for known in CODES.values()):
        raise ValueError(f"diagnostic {code} {name} is declared twice")
    CODES[code] = Code(code, name, severity, default)
    return CODES[code]


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

EMPTY_INPUT: Final = _declare("BD001", "empty-input", _E)
UNKNOWN_ENCODING: Final = _declare("BD002", "unknown-encoding", _E)
NOT_TEXT: Final = _declare("BD003", "not-text", _E)
UNREADABLE_INPUT: Final = _declare("BD004", "unreadable-input", _E)
CONTROL_CHARACTER: Final = _declare("BD005", "control-character", _W)
GUESSED_ENCODING: Final = _declare("BD006", "guessed-encoding", _W)
NOT_A_DISCLOSURE: Final = _declare("BD007", "not-a-disclosure", _W)
LONE_SURROGATE: Final = _declare("BD008", "lone-surrogate", _W)
UNREADABLE_PDF: Final = _declare("BD009", "unreadable-pdf", _E)
UNREAD_PAGE: Final = _declare("BD010", "unread-page", _W)
UNREADABLE_WORD: Final = _declare("BD011", "unreadable-word", _E)
UNREAD_OBJECT: Final = _declare("BD012", "unread-object", _W)
LEFT_OUT: Final = _declare("BD013", "left-out", _I)
CONVERTED_DOCUMENT: Final = _declare("BD014", "converted-document", _I)
SPELLED_OTHERWISE: Final = _declare("BD015", "spelled-otherwise", _I)

BROKEN_ROW: Final = _declare("BD101", "broken-row", _I)
GLUED_HEADING: Final = _declare("BD102", "glued-heading", _W)
SHORT_ROW: Final = _declare("BD103", "short-row", _W)
LONE_TAB: Final = _declare("BD104", "lone-tab", _I)
INDENTED_CELL: Final = _declare("BD105", "indented-cell", _I)
REPEATED_HEADER: Final = _declare("BD106", "repeated-header", _I)
LAYOUT_TABLE: Final = _declare("BD107", "layout-table", _I)
CONTINUED_TABLE: Final = _declare("BD108", "continued-table", _I)
BROKEN_PARAGRAPH: Final = _declare("BD109", "broken-paragraph", _I)
EMPTY_PARAGRAPH_IN_CELL: Final = _declare("BD110", "empty-paragraph-in-cell", _I)
TAB_PARAGRAPH: Final = _declare("BD111", "tab-paragraph", _I)
LOST_ROW_END: Final = _declare("BD112", "lost-row-end", _I)
PAGE_MARK_IN_TABLE: Final = _declare("BD113", "page-mark-in-table", _I)
ALIGNED_TABLE: Final = _declare("BD114", "aligned-table", _I)
LOST_TABLES: Final = _declare("BD115", "lost-tables", _W)
WEB_PAGE: Final = _declare("BD116", "web-page", _I)

FISCAL_YEAR_INFERRED: Final = _declare("BD201", "fiscal-year-inferred", _I)
HEADING_OUT_OF_SEQUENCE: Final = _declare("BD202", "heading-out-of-sequence", _W)
MISSING_SECTION: Final = _declare("BD203", "missing-section", _W)
HEADING_IN_ANOTHER_STYLE: Final = _declare("BD204", "heading-in-another-style", _W)
FOREIGN_YEAR: Final = _declare("BD205", "foreign-year", _W)
TEMPLATE_RESIDUE: Final = _declare("BD206", "template-residue", _W)
UNCLOSED_BRACKET: Final = _declare("BD207", "unclosed-bracket", _W)
SECTION_INFERRED: Final = _declare("BD208", "section-inferred", _I)
NO_BUDGET: Final = _declare("BD209", "no-budget", _I)

UNREAD_CLAUSE: Final = _declare("BD301", "unread-clause", _I)
UNREAD_TABLE: Final = _declare("BD302", "unread-table", _I)
NUMBER_WITH_RESIDUE: Final = _declare("BD303", "number-with-residue", _W)
TEXT_FOR_NUMBER: Final = _declare("BD304", "text-for-number", _I)
UNREAD_TARGET: Final = _declare("BD305", "unread-target", _I)
AMBIGUOUS_HEADER: Final = _declare("BD306", "ambiguous-header", _I)
AMBIGUOUS_COLUMN: Final = _declare("BD307", "ambiguous-column", _I)
ROW_ACROSS: Final = _declare("BD308", "row-across-the-table", _I)

UNIT_NOT_STATED: Final = _declare("BD401", "unit-not-stated", _W)
CONTRADICTORY_CHANGE: Final = _declare("BD402", "contradictory-change", _W)
MISTYPED_CHANGE: Final = _declare("BD403", "mistyped-change", _W)
UNKNOWN_CONCEPT: Final = _declare("BD404", "unknown-concept", _I)
TABLE_WITHOUT_UNIT: Final = _declare("BD405", "table-without-unit", _I)
APPROXIMATE_AMOUNT: Final = _declare("BD406", "approximate-amount", _I)

PARTS_DO_NOT_SUM: Final = _declare("BD501", "parts-do-not-sum", _W)
REVENUE_DIFFERS: Final = _declare("BD502", "revenue-differs-from-expenditure", _W)
CHANGE_DOES_NOT_RECONCILE: Final = _declare("BD503", "change-does-not-reconcile", _W)
CHANGE_AGAINST_DIRECTION: Final = _declare("BD504", "change-against-direction", _W)
PERCENT_DOES_NOT_MATCH: Final = _declare("BD505", "percent-does-not-match", _W)
FLAT_BESIDE_DIFFERENCE: Final = _declare("BD506", "flat-beside-difference", _W)
CHANGES_DO_NOT_SUM: Final = _declare("BD507", "changes-do-not-sum", _W)
TEXT_DIFFERS_FROM_TABLE: Final = _declare("BD508", "text-differs-from-table", _W)
PROJECT_BUDGET_DIFFERS: Final = _declare("BD509", "project-budget-differs", _W)
ACTIVITIES_DO_NOT_SUM: Final = _declare("BD510", "activities-do-not-sum", _W)
SHARE_DOES_NOT_MATCH: Final = _declare("BD511", "share-does-not-match", _W)
TABLE_DOES_NOT_SUM: Final = _declare("BD512", "table-does-not-sum", _W)

PLAN_FALLS: Final = _declare("BD601", "plan-falls", _W)
PLAN_INCOMPLETE: Final = _declare("BD602", "plan-incomplete", _W)
RATE_IN_THINGS: Final = _declare("BD603", "rate-in-things", _W)
TARGET_WITHOUT_UNIT: Final = _declare("BD604", "target-without-unit", _W)
GOOD_RATE_CAPPED: Final = _declare("BD605", "good-rate-capped", _W)
BAD_RATE_RAISED: Final = _declare("BD606", "bad-rate-raised", _W)
SHARE_ABOVE_HUNDRED: Final = _declare("BD607", "share-above-hundred", _W)
MONTH_AFTER_DECEMBER: Final = _declare("BD608", "month-after-december", _W)
GRADES_OUT_OF_ORDER: Final = _declare("BD609", "grades-out-of-order", _W)
REPEATED_INDICATOR: Final = _declare("BD610", "repeated-indicator", _W)
REPEATED_OBJECTIVE: Final = _declare("BD611", "repeated-objective", _W)
REPEATED_ROW: Final = _declare("BD612", "repeated-row", _W)

PRICE_TIMES_QUANTITY: Final = _declare("BD701", "price-times-quantity", _W)
PROCUREMENT_SOURCES: Final = _declare("BD702", "procurement-sources-do-not-sum", _W)
PROCUREMENT_ROWS: Final = _declare("BD703", "procurement-rows-do-not-sum", _W)
ASSETS_DO_NOT_SUM: Final = _declare("BD704", "assets-do-not-sum", _W)
PURCHASES_EXCEED_PROCUREMENT: Final = _declare("BD705", "purchases-exceed-procurement", _W)

INTERNAL_FAULT: Final = _declare("BD901", "internal-fault", _W)
