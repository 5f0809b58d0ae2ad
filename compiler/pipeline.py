"""The pipeline: bytes or text in, typed document and diagnostics out. A pure function; it never raises on any text.

Its stages stand here in the order of the data:

read ─▶ mark ─▶ outline ─▶ join pages ─▶ title ─▶ stitch ─▶ parse ─▶ lower ─▶ check
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from hashlib import sha256
from operator import attrgetter
from time import perf_counter
from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.blocks.marks import Marks
from yusuan.compiler.blocks.outline import Outliner
from yusuan.compiler.blocks.pages import join_pages
from yusuan.compiler.blocks.parser import Cst, parse
from yusuan.compiler.blocks.sections import OutlineObserver
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.checks import inspect
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_title import Title, lower_title
from yusuan.compiler.language.loader import Language
from yusuan.compiler.lowering.coverage import coverage_of
from yusuan.compiler.lowering.from_report import ReportLowering
from yusuan.compiler.lowering.inferred_roles import infer_roles
from yusuan.compiler.lowering.observing import LoweringObserver
from yusuan.compiler.lowering.stitching import Stitcher
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.registry import reader_for
from yusuan.compiler.readers.spelling import as_meant
from yusuan.compiler.readers.text.decode import inspect_text
from yusuan.compiler.readers.text.reader import frame
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.contract import record_kinds
from yusuan.ir.declared import DeclaredTable
from yusuan.ir.diagnostics import Diagnostic, Tally, codes
from yusuan.ir.document import Document, Tables
from yusuan.ir.kinds import ValueType
from yusuan.ir.money import MoneyUnit
from yusuan.ir.nodes import Section
from yusuan.ir.source import Provenance, SourceFile
from yusuan.ir.vocabulary import ReportKind

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

    READ = "read"
    MARK = "mark"
    OUTLINE = "outline"
    JOIN_PAGES = "join_pages"
    TITLE = "title"
    STITCH = "stitch"
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


def compile_text(
    text: str, name: str = "<text>", *, language: Language, checks: bool = True, observer: Observer = UNSEEN
) -> Compilation:
    """Compile one report that is text already.

    Args:
        text: the report as text, a TAB before each table cell.
        name: the document's name: the input's file name without its suffix.
        language: the language that it is read in.
        checks: whether to look where the report contradicts itself.
        observer: what is told of it.

    Returns:
        The document with all diagnostics. A text that is no budget disclosure yields its generic tree and a warning.
    """
    with collector_at_rest():
        reading = reading_of(text, name, language, observer=observer)
        return compile_reading(reading, language=language, checks=checks, observer=observer)


def compile_bytes(
    data: bytes, name: str, *, language: Language, checks: bool = True, observer: Observer = UNSEEN
) -> Compilation:
    """Compile the bytes of one report, by the reader that takes them; see `compile_text`.

    Raises:
        ReadError: the bytes hold no report that any reader knows (empty, a workbook, locked, in no known encoding).
    """
    with collector_at_rest():
        with _stage(Stage.READ, name, observer):
            reading = reader_for(data).read(data, name, language)
        pages = reading.pages
        compilation = compile_reading(reading, language=language, checks=checks, observer=observer)
        provenance = Provenance(sha256=sha256(data).hexdigest(), pages=pages)
        return evolve(compilation, document=evolve(compilation.document, provenance=provenance))


def reading_of(
    text: str,
    name: str,
    language: Language,
    *,
    reported: tuple[Diagnostic, ...] = (),
    observer: Observer = UNSEEN,
) -> Reading:
    """The blocks of a text that is decoded already; `reported` is what decoding had to say, and comes first."""
    if _SURROGATE.search(text):
        text, found_in_text = inspect_text(text)
        reported = (*reported, *found_in_text)
    with _stage(Stage.READ, name, observer):
        text, spelled = as_meant(text, language)
        return frame(SourceFile(name, text), language, (*reported, *spelled))


def compile_reading(
    reading: Reading, *, language: Language, checks: bool = True, observer: Observer = UNSEEN
) -> Compilation:
    """Compile what a reader has made of one report; see `compile_text`. The reading's tokens are used up."""
    source, reported = reading.source, reading.reported
    with collector_at_rest():
        document, found = _compile(reading, language, observer)
        tallies: tuple[Tally, ...] = ()
        if checks:
            with _stage(Stage.CHECK, source.name, observer):
                contradictions, tallies = inspect(document, source, language)
            found += contradictions
    diagnostics = (*reported, *sorted(found, key=lambda diagnostic: (diagnostic.line, diagnostic.span.start)))
    return Compilation(evolve(document, diagnostics=diagnostics), diagnostics, source, tallies)


def lex(
    source: SourceFile, language: Language, observer: Observer = UNSEEN
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The block tokens of a text as the document grammar takes them, and what there is to say; see `structure`."""
    return structure(frame(source, language), language, observer)


def structure(
    reading: Reading, language: Language, observer: Observer = UNSEEN
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The tokens of a reading as the document grammar takes them, and what there is to say.

    Cells are marked, headings known, sections closed, what a page cut joined. The reading's tokens are used up.
    """
    source, diagnostics = reading.source, list(reading.diagnostics)
    with _stage(Stage.MARK, source.name, observer):
        Marks(source.text, language).mark(reading.tokens)
    with _stage(Stage.OUTLINE, source.name, observer):
        tokens = Outliner(source.text, language, observer).outline(reading.tokens)
    reading.tokens.clear()
    with _stage(Stage.JOIN_PAGES, source.name, observer):
        tokens = tokens if reading.is_joined else join_pages(source, language, tokens, diagnostics)
    observer.outlined(tokens)
    return tokens, diagnostics


def _compile(reading: Reading, language: Language, observer: Observer) -> tuple[Document, list[Diagnostic]]:
    source = reading.source
    tokens, diagnostics = structure(reading, language, observer)
    context = Context(source, language, observer, diagnostics=diagnostics)
    with _stage(Stage.TITLE, source.name, observer):
        title = lower_title(context, tokens)
    context.fiscal_year = title.fiscal_year
    context.organization = title.organization.text if title.organization else ""
    with _stage(Stage.STITCH, source.name, observer):
        stitched = Stitcher(context).stitch(tokens)
    with _stage(Stage.PARSE, source.name, observer):
        cst = parse(language, tokens, whole=observer is not UNSEEN)
    observer.parsed(cst)
    del tokens
    with _stage(Stage.LOWER, source.name, observer):
        body = infer_roles(context, ReportLowering(context, stitched, observer).lower(cst))
    del cst
    document = _document(context, title, body)
    if title.title is None and not _is_disclosure(body, context):
        context.diagnostics.append(codes.NOT_A_DISCLOSURE.at(source.span(0, 0)))
        document = evolve(document, kind=document.kind or ReportKind.OTHER)
    if document.kind is ReportKind.FINAL_ACCOUNTS and title.title is not None:
        context.diagnostics.append(codes.NO_BUDGET.at(title.title.span))
    coverage = coverage_of(document, source.text, context.lexicon)
    return evolve(document, coverage=coverage), context.diagnostics


@contextmanager
def _stage(stage: Stage, name: str, observer: Observer) -> Iterator[None]:
    """Tells the observer, and the log, how long a stage took."""
    observer.began(stage)
    started = perf_counter()
    try:
        yield
    finally:
        seconds = perf_counter() - started
        observer.ended(stage, seconds)
        _LOG.debug("%s: %s took %.1f ms", name, stage, seconds * 1000)


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
        tables=Tables(records.tables),
        declared=tuple(
            DeclaredTable(one.kind, tuple(records.declared.get(name, ())))
            for name, one in sorted(context.language.declared.items())
            if not one.is_of_contract
        ),
        grammar=context.language.sources,
        units=_units(context),
        places=context.source.places,
        kind=title.kind,
        level=title.level,
    )


def _units(context: Context) -> tuple[MoneyUnit, ...]:
    """The units of money that records are in and not every reader of the document knows."""
    known, records = context.lexicon.uncommon_money, context.records
    if not known:
        return ()
    of_money = [
        (attrgetter(column.unit), records.tables[name])
        for name, kind in record_kinds().items()
        for column in kind.columns
        if column.type is ValueType.MONEY
    ]
    used = {unit_of(record) for unit_of, table in of_money for record in table}
    used |= {value.unit for rows in records.declared.values() for row in rows for value in row.values}
    return tuple(unit for unit in known if unit.name in used)
