"""The pipeline: bytes or text in, typed document and diagnostics out. A pure function; it never raises on any text.

read ─▶ mark ─▶ outline ─▶ join pages ─▶ stitch ─▶ parse ─▶ lower ─▶ check
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.blocks.marks import Marks
from yusuan.compiler.blocks.outline import Outliner
from yusuan.compiler.blocks.pages import join_pages
from yusuan.compiler.blocks.parser import parse
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.checks import inspect
from yusuan.compiler.clauses.context import Context, Records
from yusuan.compiler.clauses.from_title import Title, lower_title
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import language
from yusuan.compiler.lowering.from_report import ReportLowering
from yusuan.compiler.lowering.stitching import Stitcher
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.registry import reader_for
from yusuan.compiler.readers.text.decode import inspect_text
from yusuan.compiler.readers.text.reader import frame
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.declared import DeclaredTable
from yusuan.ir.diagnostics import Diagnostic, Tally, codes
from yusuan.ir.document import Document
from yusuan.ir.money import MoneyUnit
from yusuan.ir.nodes import Section
from yusuan.ir.source import SourceFile

# Decoding leaves no half of a surrogate pair; a caller's own string can hold one.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


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


def compile_text(
    text: str, name: str = "<text>", *, reported: tuple[Diagnostic, ...] = (), checks: bool = True
) -> Compilation:
    """Compile one report.

    Args:
        text: the report as text, a TAB before each table cell.
        name: the document's name: the input's file name without its suffix.
        reported: what decoding had to say; it comes first.
        checks: whether to look where the report contradicts itself.

    Returns:
        The document with all diagnostics. A text that is no budget disclosure yields its generic tree and a warning.
    """
    if _SURROGATE.search(text):
        text, found_in_text = inspect_text(text)
        reported = (*reported, *found_in_text)
    with collector_at_rest():
        return compile_reading(frame(SourceFile(name, text), reported), checks=checks)


def compile_bytes(data: bytes, name: str) -> Compilation:
    """Compile the bytes of one report, by the reader that takes them.

    Args:
        data: the whole file.
        name: what the document is called in every output (`documents.document`).

    Raises:
        ReadError: the bytes hold no report that any reader knows (empty, a Word or PDF file, in no known encoding).
    """
    with collector_at_rest():
        return compile_reading(reader_for(data).read(data, name, language()))


def compile_reading(reading: Reading, *, checks: bool = True) -> Compilation:
    """Compile what a reader has made of one report; see `compile_text`. The reading's tokens are used up."""
    source, reported = reading.source, reading.reported
    with collector_at_rest():
        document, found = _compile(reading)
        contradictions, tallies = inspect(document, source) if checks else ([], ())
        found += contradictions
    diagnostics = (*reported, *sorted(found, key=lambda diagnostic: (diagnostic.line, diagnostic.span.start)))
    return Compilation(evolve(document, diagnostics=diagnostics), diagnostics, source, tallies)


def lex(
    source: SourceFile, outliner: Callable[[str], Outliner] = Outliner
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The block tokens of a text, in order; joined they are the text."""
    return structure(frame(source), outliner)


def structure(
    reading: Reading, outliner: Callable[[str], Outliner] = Outliner
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The tokens of a reading as the document grammar takes them: cells marked, headings known, sections closed, what a
    page cut joined; and what there is to say. The reading's tokens are used up."""
    source, diagnostics = reading.source, list(reading.diagnostics)
    Marks(source.text).mark(reading.tokens)
    tokens = join_pages(source, outliner(source.text).outline(reading.tokens), diagnostics)
    reading.tokens.clear()
    return tokens, diagnostics


def _compile(reading: Reading) -> tuple[Document, list[Diagnostic]]:
    source = reading.source
    tokens, diagnostics = structure(reading)
    context = Context(source, diagnostics=diagnostics)
    title = lower_title(context, tokens)
    context.fiscal_year = title.fiscal_year
    context.organization = title.organization.text if title.organization else ""
    stitched = Stitcher(context).stitch(tokens)
    cst = parse(tokens)
    del tokens
    body = ReportLowering(context, stitched).lower(cst)
    del cst
    document = _document(context, title, body)
    if title.title is None and not _is_disclosure(body, context):
        context.diagnostics.append(codes.NOT_A_DISCLOSURE.at(source.span(0, 0)))
    return document, context.diagnostics


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
            for name, one in sorted(language().declared.items())
        ),
        grammar=language().sources,
        units=_units(records),
        places=context.source.places,
    )


def _units(records: Records) -> tuple[MoneyUnit, ...]:
    """The units of money that records are in and not every reader of the document knows."""
    known = lexicon().uncommon_money
    if not known:
        return ()
    of_money = (records.amounts, records.projects, records.activities, records.procurement, records.assets)
    used = {record.unit for table in of_money for record in table}
    used |= {value.unit for rows in records.declared.values() for row in rows for value in row.values}
    return tuple(unit for unit in known if unit.name in used)
