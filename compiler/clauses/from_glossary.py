"""From the glossary's paragraphs to terms and definitions (`grammar/clauses/glossary.lark`)."""

from __future__ import annotations

from collections.abc import Iterable

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.parsers import UnexpectedInput
from yusuan.ir.nodes import Text
from yusuan.ir.records import GlossaryEntry


def lower_glossary(context: Context, lines: Iterable[tuple[int, int]]) -> None:
    """Read the lines (content ranges) of a glossary; one that starts no term goes on with the definition before it."""
    text, blanks = context.source.text, context.lexicon.blanks
    entries: list[tuple[GlossaryEntry, list[str], int]] = []
    ordered: bool | None = None
    pending: tuple[int, int] | None = None
    for start, end in lines:
        title_start = context.classifier.behind_number(text, start, end)
        numbered = title_start > start
        if ordered is None:
            ordered = numbered
        entry = _entry(context, title_start, end, start) if numbered or not ordered else None
        if entry is None and pending is not None and not numbered:
            # The term stands on a line of its own above.
            entry = _entry(context, pending[1], end, pending[0])
        pending = (start, title_start) if entry is None and numbered else None
        if entry is not None:
            entries.append((entry, [entry.definition.text], end))
        elif entries:
            last, parts, _ = entries[-1]
            parts.append(text[start:end].strip(blanks))
            entries[-1] = (last, parts, end)
    for entry, parts, end in entries:
        definition = Text("\n".join(parts), context.span(entry.definition.span.start, end))
        span = context.span(entry.span.start, end)
        context.records.glossary.append(GlossaryEntry(entry.term, definition, span))


def _entry(context: Context, start: int, end: int, line_start: int) -> GlossaryEntry | None:
    region = context.source.text[start:end]
    try:
        tree = context.parse("glossary", region, start)
    except UnexpectedInput:
        return None
    term, definition = (context.text(start + token.start, start + token.end) for token in tree.children)
    if term is None or definition is None:
        return None
    return GlossaryEntry(term, definition, context.span(line_start, end))
