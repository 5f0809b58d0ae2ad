"""The checks: where a report contradicts itself. One file a check, a function over the finished document.

A check yields verdicts (`verdicts`) or equations (`equations`), which are settled together. Adding one is a file here,
its name in `CHECKS`, a code with its texts, page and corpus case; a sum of known concepts is an entry of
`ir/taxonomy.toml` alone, one within a table an entry of its declaration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from yusuan.compiler.checks import (
    activities,
    brackets,
    changes,
    equal_totals,
    headings,
    percentages,
    purchases,
    repeats,
    sections,
    spending_plans,
    sums_of_amounts,
    sums_of_tables,
    targets,
    templates,
    text_and_tables,
    years,
)
from yusuan.compiler.checks.base import Check, Inspection
from yusuan.compiler.checks.equations import Equation, settle
from yusuan.compiler.checks.verdicts import Outcome, Verdict
from yusuan.compiler.faults import internal_fault
from yusuan.compiler.language.loader import Language
from yusuan.ir.diagnostics import Diagnostic, Tally
from yusuan.ir.document import Document
from yusuan.ir.source import SourceFile

CHECKS: Final[tuple[Check, ...]] = (
    sums_of_amounts.check,
    equal_totals.check,
    changes.check,
    percentages.check,
    text_and_tables.check,
    sums_of_tables.check,
    activities.check,
    purchases.check,
    spending_plans.check,
    targets.check,
    repeats.check,
    headings.check,
    sections.check,
    years.check,
    templates.check,
    brackets.check,
)
"""Every check, in the order in which they are made."""


def inspect(document: Document, source: SourceFile, language: Language) -> tuple[list[Diagnostic], tuple[Tally, ...]]:
    """Make every check of a document.

    Args:
        document: the finished document.
        source: its text.
        language: the language that it was read in.

    Returns:
        What there is to say, and how often each rule held, was broken and could not be told. A check that fails
        costs its own verdicts only, and is said.
    """
    inspection = Inspection(document, source, language)
    verdicts: list[Verdict] = []
    equations: list[Equation] = []
    diagnostics: list[Diagnostic] = []
    for check in CHECKS:
        try:
            for finding in check(inspection):
                if isinstance(finding, Verdict):
                    verdicts.append(finding)
                else:
                    equations.append(finding)
        except Exception as error:  # a fault of ours in one check must not cost the document
            diagnostics.append(internal_fault(error, source.span(0, 0), of=check.__module__))
    verdicts.extend(settle(equations))
    diagnostics.extend(verdict.diagnostic for verdict in verdicts if verdict.diagnostic is not None)
    return diagnostics, _tallies(verdicts)


def _tallies(verdicts: Sequence[Verdict]) -> tuple[Tally, ...]:
    counts = Counter((verdict.code.code, verdict.rule, verdict.outcome) for verdict in verdicts)
    rules = sorted({(code, rule) for code, rule, _ in counts})
    return tuple(
        Tally(
            code, rule, *(counts[code, rule, outcome] for outcome in (Outcome.HOLDS, Outcome.BROKEN, Outcome.UNKNOWN))
        )
        for code, rule in rules
    )


__all__ = ["CHECKS", "inspect"]
