"""Faults of this program that a run survives: said in a diagnostic, with their traceback in the log."""

from __future__ import annotations

import logging
from typing import Final, Literal

from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import Span

_LOG: Final = logging.getLogger(__name__)
# What an exception says may quote a whole report.
_LONGEST: Final = 200


def internal_fault(
    error: Exception, span: Span, within: Literal["region", "input"] = "region", *, of: str = ""
) -> Diagnostic:
    """The diagnostic of a fault that was caught; its traceback is logged, as an error.

    Args:
        error: what was raised.
        span: the place in the report that it was raised at.
        within: what it costs, a region of the report or the whole input.
        of: which part of the program failed; may be empty.
    """
    said = f"{of}: " if of else ""
    _LOG.error("%sline %d, column %d", said, span.line, span.column, exc_info=error)
    return codes.INTERNAL_FAULT.at(span, within, fault=f"{said}{type(error).__name__}: {error!s:.{_LONGEST}}")
