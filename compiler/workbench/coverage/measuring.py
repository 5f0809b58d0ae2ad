"""Compiling texts and keeping what of the language they use."""

from __future__ import annotations

from collections.abc import Iterable

from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import UnexpectedInput
from yusuan.compiler.pipeline import Observer, compile_text
from yusuan.compiler.workbench.coverage.model import Coverage, Record
from yusuan.compiler.workbench.coverage.recording import recorded
from yusuan.compiler.workbench.written import WrittenSymbols


def measure(
    language: Language,
    texts: Iterable[tuple[str, str]],
    clauses: Iterable[tuple[str, str, str]] = (),
) -> Coverage:
    """Compile texts in a language, and tell what of it they use.

    Args:
        language: the language.
        texts: reports, or parts of such: where each comes from, and the text.
        clauses: texts for a clause grammar alone: where each comes from, the grammar, and the text.
    """
    record = Record(WrittenSymbols(language), language.patterns)
    told = recorded(language, record)
    for source, text in texts:
        record.source, record.text = source, text
        # Whoever watches gets whole trees, with every row and cell.
        compile_text(text, source, language=told, observer=Observer())
    for source, grammar, text in clauses:
        record.source, record.text = source, text
        try:
            parse_region(told, grammar, text)
        except UnexpectedInput:
            # Nothing of the grammar reads it.
            continue
    return Coverage(language, record)
