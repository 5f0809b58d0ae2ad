"""What holds for every text: nothing raises, nothing is lost, places are true, output is a function of the input."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.strategies import EXAMPLES, OTHERS, REPORTS, TEXTS, report

from yusuan import Compilation, compile_text
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import lex
from yusuan.emitters.converter import structure, unstructure
from yusuan.emitters.schema import json_schema
from yusuan.emitters.tables import TABLES
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.emitters.to_json import JsonEmitter, load_json
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT
from yusuan.ir.document import Document
from yusuan.ir.nodes import Cell, Heading, Paragraph, Section, Table, Text
from yusuan.ir.records import Activity, Asset, Figure, Institution, ProcurementItem
from yusuan.ir.source import SourceFile, Span

WHOLE = [*EXAMPLES, *REPORTS, *OTHERS]
VALIDATOR = Draft202012Validator(json_schema())

CHECKS: list[Callable[[str], None]] = []
"""What holds for every text."""


def on_any_text(check: Callable[[str], None]) -> Callable[[str], None]:
    """Declare a property of every text."""
    CHECKS.append(check)
    return check


@lru_cache(maxsize=2)
def compiled(text: str) -> Compilation:
    compilation = compile_text(text, "report")
    assert [found for found in compilation.diagnostics if found.code == INTERNAL_FAULT.code] == []
    return compilation


# --- nothing is lost --------------------------------------------------------------------------------------------------


@on_any_text
def the_tokens_joined_are_the_source(text: str) -> None:
    tokens, _ = lex(SourceFile("", text), built_in_language())
    assert "".join(text[token.start : token.end] for token in tokens) == text
    ends = [0, *(token.end for token in tokens)]
    assert [token.start for token in tokens] == ends[:-1]
    assert ends[-1] == len(text)


@on_any_text
def each_visible_character_lies_in_exactly_one_block(text: str) -> None:
    document = compiled(text).document
    source = compiled(text).source.text
    spans = sorted((block.span.start, block.span.end) for block in leaves(document.body))
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    rest, done = [], 0
    for start, end in [*spans, (len(source), len(source))]:
        rest.append(source[done:start])
        done = end
    left = lexicon(built_in_language()).bookmark.sub("", "".join(rest)).strip(lexicon(built_in_language()).blanks)
    assert not left, f"in no block: {' '.join(left.split())[:80]!r}"


def leaves(section: Section) -> Iterator[Heading | Paragraph | Cell]:
    """Headings, paragraphs and cells: what holds the text of a document."""
    if section.heading is not None:
        yield section.heading
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)
        else:
            yield block
    for inner in section.sections:
        yield from leaves(inner)


# --- places are true --------------------------------------------------------------------------------------------------


@on_any_text
def lines_and_columns_agree_with_offsets(text: str) -> None:
    compilation = compiled(text)
    for span in spans_of(compilation.document):
        assert 0 <= span.start <= span.end <= len(compilation.source.text)
        assert (span.line, span.column) == compilation.source.position(span.start)


def spans_of(node: object) -> Iterator[Span]:
    """Every span in a node, its own and those of what it holds."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, Span):
            yield one
        elif isinstance(one, tuple):
            stack.extend(one)
        else:
            stack.extend(fields_of(one).values())


def fields_of(node: object) -> dict[str, object]:
    """What an attrs object holds, by name; nothing for any other."""
    cls = type(node)
    return {field.name: getattr(node, field.name) for field in attrs.fields(cls)} if attrs.has(cls) else {}


@on_any_text
def each_node_lies_inside_its_parent(text: str) -> None:
    document = compiled(text).document
    assert (document.body.span.start, document.body.span.end) == (0, len(compiled(text).source.text))
    stack = [document.body]
    while stack:
        section = stack.pop()
        parts: list[Heading | Paragraph | Table | Section] = [*section.blocks, *section.sections]
        if section.heading is not None:
            parts.insert(0, section.heading)
        for part in parts:
            assert within(part.span, section.span), (part, section.span)
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    assert within(row.span, block.span), (row, block.span)
                    for cell in row.cells:
                        assert within(cell.span, row.span), (cell, row.span)
        stack.extend(section.sections)


def within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@on_any_text
def a_cell_or_figure_stands_where_its_span_says(text: str) -> None:
    compilation = compiled(text)
    source = compilation.source.text
    for node in leaves(compilation.document.body):
        if "[bookmark: " not in source[node.span.start : node.span.end]:
            written = source[node.span.start : node.span.end].replace("\r\n", "\n").replace("\r", "\n")
            assert node.text.replace("\r\n", "\n").replace("\r", "\n") == written
    for amount in compilation.document.amounts:
        written = source[amount.value.span.start : amount.value.span.end]
        assert "".join(written.split()).startswith("".join(amount.value.text.split()))


@on_any_text
def the_values_of_a_row_stand_in_its_table(text: str) -> None:
    document = compiled(text).document
    tables = [block.span for section in sections(document.body) for block in section.blocks]
    rows: tuple[ProcurementItem | Asset | Institution | Activity, ...] = (
        *document.procurement,
        *document.assets,
        *document.institutions,
        *document.activities,
    )
    for item in rows:
        holder = [span for span in tables if within(item.span, span)]
        assert len(holder) == 1
        values = [value for value in fields_of(item).values() if isinstance(value, Figure | Text)]
        assert all(within(value.span, item.span) for value in values), item


def sections(section: Section) -> Iterator[Section]:
    yield section
    for inner in section.sections:
        yield from sections(inner)


@on_any_text
def records_stand_in_the_order_of_the_document(text: str) -> None:
    document = compiled(text).document
    for table in ("amounts", "indicators", "activities", "procurement", "assets", "institutions", "glossary"):
        starts = [record.span.start for record in getattr(document, table)]
        assert starts == sorted(starts), table


# --- output is a function of the input --------------------------------------------------------------------------------


@on_any_text
def the_ir_survives_json(text: str) -> None:
    document = compiled(text).document
    data = unstructure(document)
    VALIDATOR.validate(data)
    assert structure(data) == document


@on_any_text
def csv_by_way_of_json_is_the_same(text: str) -> None:
    document = compiled(text).document
    assert package(load_json(json_of(document))) == package(document)


SHORT = (
    "",
    "\n",
    "\t",
    "\r\n\t\r",
    "\ud800",
    "\0\t\0",
    "\ufeff",
    "一、",
    "\t\n\n1、",
    "\t\n\t\t\n一、名词解释\n",
)
"""Texts that are awkward, or were: a failure found by chance is kept here."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text(check: Callable[[str], None], text: str) -> None:
    check(text)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("text", SHORT, ids=ascii)
def test_short_text(check: Callable[[str], None], text: str) -> None:
    check(text)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_whole_report(path: Path) -> None:
    for check in CHECKS:
        check(report(path))


def package(document: Document) -> dict[str, str]:
    files: dict[str, str] = {}
    for name, chunk in CsvEmitter().package([document]):
        files[name] = files.get(name, "") + chunk
    assert {f"{table}.csv" for table in TABLES} <= files.keys()
    return files


def json_of(document: Document) -> str:
    return "".join(JsonEmitter().stream([document]))


def digest(paths: list[Path]) -> str:
    """A digest over all that the emitters write of some reports."""
    whole = hashlib.sha256()
    for path in paths:
        document = compile_text(report(path), path.stem).document
        for name, text in sorted({**package(document), "json": json_of(document)}.items()):
            whole.update(f"{path.stem} {name} {text}".encode())
    return whole.hexdigest()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_bytes_in_another_process(seed: str) -> None:
    """Whatever the hash seed, and whatever was compiled before: here all reports were, there none."""
    program = "from tests.test_invariants import digest\nfrom tests.strategies import EXAMPLES\nprint(digest(EXAMPLES))"
    root = Path(__file__).resolve().parents[1]
    path = os.pathsep.join([str(root), str(root / "src")])
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        cwd=root,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.stdout.strip() == digest(EXAMPLES)


def test_the_same_bytes_alone_and_among_others() -> None:
    alone = [digest([path]) for path in EXAMPLES]
    assert [digest([path]) for path in reversed(EXAMPLES)] == alone[::-1]
