"""Compiling texts and keeping what of the language they use."""

from __future__ import annotations

from collections.abc import Iterable

from yusuan.compiler.clauses.from_target import is_one_measure
from yusuan.compiler.clauses.lexer import parse_region, parse_tokens, region_lexer
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import UnexpectedInput
from yusuan.compiler.pipeline import Observer, compile_text
from yusuan.compiler.workbench.coverage.model import Coverage, Record
from yusuan.compiler.workbench.coverage.recording import recorded
from yusuan.compiler.workbench.written import WrittenSymbols


class _Parsing(Observer):
    """Has the parser read what compiling reads without it: targets that are one measure alone."""

    def __init__(self, told: Language) -> None:
        self._told = told
        self._seen: set[str] = set()

    def region(
        self,
        grammar: str,
        text: str,
        start: int,  # noqa: ARG002
        reading: ReadingText | None = None,  # noqa: ARG002
    ) -> None:
        if grammar == "target" and text not in self._seen:
            self._seen.add(text)
            tokens = region_lexer(self._told, grammar).lex(text)
            if is_one_measure(tokens):
                parse_tokens(self._told, grammar, tokens)


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
        compile_text(text, source, language=told, observer=_Parsing(told))
    for source, grammar, text in clauses:
        record.source, record.text = source, text
        try:
            parse_region(told, grammar, text)
        except UnexpectedInput:
            # Nothing of the grammar reads it.
            continue
    return Coverage(language, record)
