"""The rows that a document has in each table of the contract, in the order of the document.

A row has a cell for each column of its table (`yusuan.emitters.tables`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import fields

from yusuan.emitters import cells
from yusuan.emitters.cells import Cells
from yusuan.emitters.facts import facts
from yusuan.emitters.tree import walk
from yusuan.ir.coverage import ReportCoverage
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind
from yusuan.ir.nodes import Paragraph, Table

# Between what is said of the built-in language and of each overlay.
_GRAMMARS: Final = "; "


def documents(document: Document) -> Iterator[Cells]:
    yield (
        document.name,
        cells.text(document.title),
        cells.text(document.organization),
        cells.plain(document.fiscal_year),
        cells.plain(document.kind),
        cells.plain(document.level),
        cells.plain(document.provenance.path),
        cells.plain(document.provenance.sha256),
        cells.plain(document.provenance.pages),
        *(_GRAMMARS.join(said) for said in _grammar(document)),
        *_coverage(document.coverage),
    )


def _grammar(document: Document) -> tuple[list[str], list[str], list[str]]:
    """Names, versions and digests of what it was read in, the built-in language first: as many of each."""
    sources = document.grammar
    return [one.name for one in sources], [one.version for one in sources], [one.digest for one in sources]


def _coverage(coverage: ReportCoverage | None) -> Cells:
    if coverage is None:
        return ("",) * len(fields(ReportCoverage))
    numbers = coverage.money_figures, coverage.money_typed, coverage.tables, coverage.tables_typed
    return (*map(str, numbers), " ".join(coverage.sections_missing))


def sections(document: Document) -> Iterator[Cells]:
    for section, parent_role in walk(document.body):
        if section.role is None:
            continue
        heading = section.heading
        yield (
            document.name,
            cells.line(heading.span if heading else section.span),
            str(section.role),
            cells.plain(parent_role),
            cells.plain(heading.ordinal) if heading else "",
            heading.title if heading else "",
            str(section.level),
            cells.page(heading.span if heading else section.span),
        )


def fact_rows(document: Document) -> Iterator[Cells]:
    for fact in facts(document):
        yield (
            document.name,
            cells.line(fact.span),
            str(fact.span.column),
            cells.plain(fact.section),
            cells.plain(fact.subject),
            fact.concept,
            cells.plain(fact.label),
            cells.plain(fact.period),
            cells.plain(fact.measure),
            cells.plain(fact.operator),
            cells.decimal(fact.value),
            cells.decimal(fact.upper),
            cells.plain(fact.unit),
            fact.text,
            cells.page(fact.span),
        )


def of_records(kind: TableKind) -> Callable[[Document], Iterator[Cells]]:
    """What makes the rows of a table of records: a cell for each column of its kind."""
    values = [column.value for column in kind.columns]

    def rows(document: Document) -> Iterator[Cells]:
        for record in document.tables[kind.name]:
            said = (cells.of_value(value(record)) for value in values)
            yield document.name, cells.line(record.span), *said, cells.page(record.span)

    return rows


def blocks(document: Document) -> Iterator[Cells]:
    for section, enclosing in walk(document.body):
        role, depth = cells.plain(section.role or enclosing), str(section.level)
        if section.heading is not None:
            text, span = section.heading.text, section.heading.span
            last, typed = cells.last_line(span, text), cells.boolean(section.role is not None)
            yield document.name, cells.line(span), last, "heading", role, depth, typed, text, cells.page(span)
        for block in section.blocks:
            line, page, typed = cells.line(block.span), cells.page(block.span), cells.boolean(block.typed)
            if isinstance(block, Paragraph):
                last = cells.last_line(block.span, block.text)
                yield document.name, line, last, str(block.kind), role, depth, typed, block.text, page
            else:
                yield document.name, line, cells.last_line_of(block), "table", role, depth, typed, "", page


def table_cells(document: Document) -> Iterator[Cells]:
    for section, _ in walk(document.body):
        for block in section.blocks:
            if not isinstance(block, Table):
                continue
            found = [cell for row in block.rows for cell in row.cells]
            table_line = cells.line(found[0].span) if found else ""
            for cell in found:
                yield (
                    document.name,
                    table_line,
                    cells.line(cell.span),
                    str(cell.row),
                    str(cell.column),
                    str(cell.rowspan),
                    str(cell.colspan),
                    cell.text,
                    cells.page(cell.span),
                )


def diagnostics(document: Document) -> Iterator[Cells]:
    for diagnostic in document.diagnostics:
        yield (
            document.name,
            str(diagnostic.line),
            str(diagnostic.span.column),
            str(diagnostic.severity),
            diagnostic.code,
            diagnostic.message,
            diagnostic.name,
            cells.page(diagnostic.row or diagnostic.span),
        )


OF_DOCUMENTS: Final[Mapping[str, Callable[[Document], Iterator[Cells]]]] = {
    "documents": documents,
    "sections": sections,
    "facts": fact_rows,
    "blocks": blocks,
    "cells": table_cells,
    "diagnostics": diagnostics,
}
"""What makes the rows of the tables that have no records."""
