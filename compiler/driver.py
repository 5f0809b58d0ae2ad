"""The pipeline: text in, typed document and diagnostics out. A pure function; it never raises on any text."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import frozen

from yusuan.compiler.lowering.context import Context
from yusuan.compiler.lowering.from_report import ReportLowering
from yusuan.compiler.lowering.from_title import Title, lower_title
from yusuan.compiler.parser import lex, parse
from yusuan.ir import diagnostics as codes
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section
from yusuan.ir.source import SourceFile

_SURROGATES: Final = ("\ud800", "\udfff")


@frozen(slots=True)
class Compilation:
    """What compiling one text yields.

    Attributes:
        document: the typed document.
        diagnostics: what the compiler had to say, in the order of the document (`document.diagnostics`).
        source: the text with its line index, to show diagnostics at their lines.
    """

    document: Document
    diagnostics: tuple[Diagnostic, ...]
    source: SourceFile


def compile_text(text: str, name: str = "<text>", *, reported: tuple[Diagnostic, ...] = ()) -> Compilation:
    """Compile one report.

    Args:
        text: the report as text, a TAB before each table cell.
        name: the document's name: the input's file name without its suffix.
        reported: what decoding had to say; it comes first.

    Returns:
        The document with all diagnostics. A text that is no budget disclosure yields its generic tree and a warning.
    """
    source = SourceFile(name, text)
    with _collector_at_rest():
        document, found = _compile(source)
    diagnostics = (*reported, *sorted(found, key=lambda diagnostic: (diagnostic.line, diagnostic.span.start)))
    document = _with_diagnostics(document, diagnostics)
    return Compilation(document, diagnostics, source)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Compiling makes no cycles but many objects: the cyclic collector would walk all of them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _compile(source: SourceFile) -> tuple[Document, list[Diagnostic]]:
    tokens, diagnostics = lex(source)
    context = Context(source, diagnostics=diagnostics)
    title = lower_title(context, tokens)
    context.fiscal_year = title.fiscal_year
    cst = parse(tokens)
    del tokens
    body = ReportLowering(context).lower(cst)
    del cst
    return _document(context, title, body), context.diagnostics


def _document(context: Context, title: Title, body: Section) -> Document:
    records = context.records
    return Document(
        name=context.source.name,
        title=title.title,
        organization=title.organization,
        fiscal_year=title.fiscal_year,
        body=body,
        institutions=tuple(records.institutions),
        amounts=tuple(records.amounts),
        projects=tuple(records.projects),
        objectives=tuple(records.objectives),
        spending_plan=tuple(records.spending_plan),
        indicators=tuple(records.indicators),
        activities=tuple(records.activities),
        procurement=tuple(records.procurement),
        assets=tuple(records.assets),
        glossary=tuple(records.glossary),
    )


def _with_diagnostics(document: Document, diagnostics: tuple[Diagnostic, ...]) -> Document:
    from attrs import evolve

    return evolve(document, diagnostics=diagnostics)
