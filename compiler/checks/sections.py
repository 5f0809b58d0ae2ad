"""缺少的部分: a section that every report has and this one has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Text
from yusuan.ir.vocabulary import BlockKind, ReportKind

_CODE = codes.MISSING_SECTION
# A text with fewer of the sections is no whole report.
_FEWEST = 4
# A line that is no longer may be a heading that was not known as one.
_LONGEST_HEADING = 40


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each section that the rules of disclosure ask for."""
    wanted = inspection.words.sections
    present = {section.role for section in inspection.sections if section.role is not None}
    subjects, amounts = inspection.words.subjects, inspection.document.amounts
    spoken_of = present | {amount.section for amount in amounts} | {subjects.get(amount.concept) for amount in amounts}
    title = inspection.document.title
    if title is None or inspection.document.kind is not ReportKind.BUDGET or len(present & set(wanted)) < _FEWEST:
        for _ in wanted:
            yield unknown(_CODE)
        return
    for role, pattern in wanted.items():
        if role in spoken_of:
            yield holds(_CODE)
        elif _is_named(inspection, pattern, title):
            yield unknown(_CODE)
        else:
            yield broken(_CODE, _CODE.at(title.span, role=role))


def _is_named(inspection: Inspection, pattern: re.Pattern[str], title: Text) -> bool:
    """Whether a heading, or a short line that may be one, names what a section is about."""
    fold = inspection.lexicon.fold
    titles = (section.heading.title for section in inspection.sections if section.heading is not None)
    lines = (
        paragraph.text
        for paragraph in inspection.paragraphs
        if paragraph.span.start >= title.span.end
        and len(paragraph.text) <= _LONGEST_HEADING
        and paragraph.kind is not BlockKind.CONTENTS
        and paragraph.text[-1:] not in inspection.lexicon.stops
    )
    return any(pattern.search(fold(text)) for text in (*titles, *lines))
