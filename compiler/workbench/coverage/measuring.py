"""Compiling texts and keeping what of the language they use."""

from __future__ import annotations

from collections.abc import Iterable

from lark.exceptions import UnexpectedInput

from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.loader import language, speaking
from yusuan.compiler.pipeline import compile_text
from yusuan.compiler.workbench.coverage.model import Coverage, Record
from yusuan.compiler.workbench.coverage.watching import watched
from yusuan.compiler.workbench.written import definitions


def measure(
    texts: Iterable[tuple[str, str]],
    clauses: Iterable[tuple[str, str, str]] = (),
) -> Coverage:
    """Compile texts in the language that is spoken, and tell what of it they use.

    Args:
        texts: reports, or parts of such: where each comes from, and the text.
        clauses: texts for a clause grammar alone: where each comes from, the grammar, and the text.
    """
    spoken = language()
    record = Record(definitions(spoken), spoken.patterns)
    with speaking(watched(spoken, record)):
        for source, text in texts:
            record.source, record.text = source, text
            compile_text(text, source)
        for source, grammar, text in clauses:
            record.source, record.text = source, text
            try:
                parse_region(grammar, text)
            except UnexpectedInput:
                # Nothing of the grammar reads it.
                continue
    return Coverage(spoken, record)
