"""From the glossary's paragraphs to terms and definitions (`grammar/clauses/glossary.lark`)."""

from __future__ import annotations

from collections.abc import Iterable

from lark.exceptions import UnexpectedInput

from yusuan.compiler.lexer import line_classifier, parse_region
from yusuan.compiler.lowering.context import Context
from yusuan.ir.nodes import Text
from yusuan.ir.records import GlossaryEntry


def lower_glossary(context: Context, lines: Iterable[tuple[int, int]]) -> None:
    """Read the lines (content ranges) of a glossary; one that starts no term goes on with the definition before it."""
    text, blanks = context.source.text, context.lexicon.blanks
    ordered: bool | None = None
    for start, end in lines:
        line = line_classifier().classify(text, start, end)
        numbered = bool(line.ordinal)
        if ordered is None:
            ordered = numbered
        body_start = line.title_start
        entry = _entry(context, body_start, end, start) if numbered or not ordered else None
        if entry is not None:
            context.records.glossary.append(entry)
        elif context.records.glossary:
            last = context.records.glossary[-1]
            definition = f"{last.definition.text}\n{text[start:end].strip(blanks)}"
            span = context.span(last.definition.span.start, end)
            context.records.glossary[-1] = GlossaryEntry(
                last.term, Text(definition, span), context.span(last.span.start, end)
            )


def _entry(context: Context, start: int, end: int, line_start: int) -> GlossaryEntry | None:
    region = context.source.text[start:end]
    try:
        tree = parse_region("glossary", region)
    except UnexpectedInput:
        return None
    term, definition = (context.text(start + token.start, start + token.end) for token in tree.children)
    if term is None or definition is None:
        return None
    return GlossaryEntry(term, definition, context.span(line_start, end))
