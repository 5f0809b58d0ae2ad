"""模板文字: what a template left to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds
from yusuan.ir.diagnostics import codes
from yusuan.ir.source import Span

_CODE = codes.TEMPLATE_RESIDUE


def check(inspection: Inspection) -> Iterator[Finding]:
    """Instructions, placeholders and choices, wherever they stand."""
    is_clean = True
    for span, variant in residues(inspection):
        is_clean = False
        text = inspection.source.text[span.start : span.end].strip(inspection.lexicon.blanks)
        yield broken(_CODE, _CODE.at(span, variant, row=inspection.row(span), text=text))
    if is_clean:
        yield holds(_CODE)


def residues(inspection: Inspection) -> Iterator[tuple[Span, str]]:
    """What a template left, in the order of the text, each with the kind that it is."""
    source, words = inspection.source, inspection.words
    # What two of the patterns find at one place is said once.
    found: dict[int, tuple[int, str]] = {}
    for variant, pattern in words.residue.items():
        for match in pattern.finditer(source.text):
            found[match.start()] = (match.end(), variant)
    behind = 0
    for start, (end, variant) in sorted(found.items()):
        if start < behind:
            # Within an instruction that is said already: （填写***）.
            continue
        behind = end
        span = source.span(start, end)
        if not _is_column_number(inspection, span):
            yield span, variant


def _is_column_number(inspection: Inspection, span: Span) -> bool:
    """Whether a mark is all of its cell, as account sheets have ** among the numbers of their columns."""
    row = inspection.row_at(span)
    return row is not None and any(cell.span == span for cell in row.cells)
