"""The pipeline: text in, typed document and diagnostics out. A pure function; it never raises on any text.

Its stages stand here in the order of the data: frame ─▶ outline ─▶ title ─▶ parse ─▶ lower ─▶ check.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from time import perf_counter
from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.blocks.outline import Outliner
from yusuan.compiler.blocks.parser import Cst, parse
from yusuan.compiler.blocks.sections import OutlineObserver
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.checks import inspect
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_title import Title, lower_title
from yusuan.compiler.language.loader import Language
from yusuan.compiler.lowering.from_report import ReportLowering
from yusuan.compiler.lowering.observing import LoweringObserver
from yusuan.compiler.readers.text.decode import inspect_text
from yusuan.compiler.readers.text.framing import Framer
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.declared import DeclaredTable
from yusuan.ir.diagnostics import Diagnostic, Tally, codes
from yusuan.ir.document import Document
from yusuan.ir.money import MoneyUnit
from yusuan.ir.nodes import Section
from yusuan.ir.source import SourceFile

# Decoding leaves no half of a surrogate pair; a caller's own string can hold one.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LOG: Final = logging.getLogger(__name__)


@frozen(slots=True)
class Compilation:
    """What compiling one text yields.

    Attributes:
        document: the typed document.
        diagnostics: what the compiler had to say, in the order of the document (`document.diagnostics`).
        source: the text with its line index, to show diagnostics at their lines.
        tallies: how often each rule of the checks held, was broken and could not be told; empty where none was made.
    """

    document: Document
    diagnostics: tuple[Diagnostic, ...]
    source: SourceFile
    tallies: tuple[Tally, ...] = ()


class Stage(StrEnum):
    """The stages, in the order of the data."""

    FRAME = "frame"
    OUTLINE = "outline"
    TITLE = "title"
    PARSE = "parse"
    LOWER = "lower"
    CHECK = "check"


class Observer(OutlineObserver, LoweringObserver):
    """What compiling tells those who watch it; each tool overrides what it wants to be told.

    Nothing that it does comes back: what is compiled is the same, whoever watches. What nobody watches costs nothing.
    """

    def began(self, stage: Stage) -> None:
        """A stage begins."""

    def ended(self, stage: Stage, seconds: float) -> None:
        """A stage has ended, well or not; how long it took."""

    def outlined(self, tokens: Sequence[BlockToken]) -> None:
        """The block tokens have their final types."""

    def parsed(self, cst: Cst) -> None:
        """The document has its tree."""


UNSEEN: Final = Observer()
"""Where nobody watches."""


def compile_text(  # noqa: PLR0913
    text: str,
    name: str = "<text>",
    *,
    language: Language,
    reported: tuple[Diagnostic, ...] = (),
    checks: bool = True,
    observer: Observer = UNSEEN,
) -> Compilation:
    """Compile one report.

    Args:
        text: the report as text, a TAB before each table cell.
        name: the document's name: the input's file name without its suffix.
        language: the language that it is read in.
        reported: what decoding had to say; it comes first.
        checks: whether to look where the report contradicts itself.
        observer: what is told of it.

    Returns:
        The document with all diagnostics. A text that is no budget disclosure yields its generic tree and a warning.
    """
    if _SURROGATE.search(text):
        text, found_in_text = inspect_text(text)
        reported = (*reported, *found_in_text)
    source = SourceFile(name, text)
    with collector_at_rest():
        document, found = _compile(source, language, observer)
        tallies: tuple[Tally, ...] = ()
        if checks:
            with _stage(Stage.CHECK, source, observer):
                contradictions, tallies = inspect(document, source, language)
            found += contradictions
    diagnostics = (*reported, *sorted(found, key=lambda diagnostic: (diagnostic.line, diagnostic.span.start)))
    return Compilation(evolve(document, diagnostics=diagnostics), diagnostics, source, tallies)


def lex(
    source: SourceFile, language: Language, observer: Observer = UNSEEN
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The block tokens of a text, in order; joined they are the text."""
    with _stage(Stage.FRAME, source, observer):
        framer = Framer(source, language)
        framed = framer.frame()
    with _stage(Stage.OUTLINE, source, observer):
        tokens = Outliner(source.text, language, observer).outline(framed)
    observer.outlined(tokens)
    return tokens, framer.diagnostics


def _compile(source: SourceFile, language: Language, observer: Observer) -> tuple[Document, list[Diagnostic]]:
    tokens, diagnostics = lex(source, language, observer)
    context = Context(source, language, observer, diagnostics=diagnostics)
    with _stage(Stage.TITLE, source, observer):
        title = lower_title(context, tokens)
    context.fiscal_year = title.fiscal_year
    context.organization = title.organization.text if title.organization else ""
    with _stage(Stage.PARSE, source, observer):
        cst = parse(language, tokens)
    observer.parsed(cst)
    del tokens
    with _stage(Stage.LOWER, source, observer):
        body = ReportLowering(context, observer).lower(cst)
    del cst
    document = _document(context, title, body)
    if title.title is None and not _is_disclosure(body, context):
        context.diagnostics.append(codes.NOT_A_DISCLOSURE.at(source.span(0, 0)))
    return document, context.diagnostics


@contextmanager
def _stage(stage: Stage, source: SourceFile, observer: Observer) -> Iterator[None]:
    """Tells the observer, and the log, how long a stage took."""
    observer.began(stage)
    started = perf_counter()
    try:
        yield
    finally:
        seconds = perf_counter() - started
        observer.ended(stage, seconds)
        _LOG.debug("%s: %s took %.1f ms", source.name, stage, seconds * 1000)


def _is_disclosure(body: Section, context: Context) -> bool:
    """Whether anything of a budget disclosure was found: a section with a role, or a typed record."""
    return context.records.count() > 0 or any(section.role is not None for section in _sections(body))


def _sections(section: Section) -> Iterator[Section]:
    for inner in section.sections:
        yield inner
        yield from _sections(inner)


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
        declared=tuple(
            DeclaredTable(one.kind, tuple(records.declared.get(name, ())))
            for name, one in sorted(context.language.declared.items())
        ),
        grammar=context.language.sources,
        units=_units(context),
    )


def _units(context: Context) -> tuple[MoneyUnit, ...]:
    """The units of money that records are in and not every reader of the document knows."""
    known, records = context.lexicon.uncommon_money, context.records
    if not known:
        return ()
    of_money = (records.amounts, records.projects, records.activities, records.procurement, records.assets)
    used = {record.unit for table in of_money for record in table}
    used |= {value.unit for rows in records.declared.values() for row in rows for value in row.values}
    return tuple(unit for unit in known if unit.name in used)
