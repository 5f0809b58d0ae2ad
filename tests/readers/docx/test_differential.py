"""One report as text, as .docx by python-docx and by LibreOffice, as .doc and as .pdf: the same facts.

The tables are compared without lines and columns, which differ. What LibreOffice makes is skipped where there is none.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from tests.readers.docx.office import converted, has_fonts, word_file

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import Compilation, compile_bytes, compile_reading
from yusuan.compiler.readers.doc import conversion
from yusuan.compiler.readers.docx.reader import read_docx
from yusuan.emitters.registry import emit, find

ROOT = Path(__file__).parents[3]
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").rglob("*.txt"))}
LANGUAGE = built_in_language()
PLACES = frozenset({"line", "column", "page"})
NOT_COMPARED = ("documents", "blocks", "cells", "diagnostics")

OF_THE_TEXT_FORM = frozenset({"BD101", "BD105", "BD113"})
"""What is said of a text whose rows and pages had to be made out, and of no file that has them."""

IN_PDF = {"city-bureau-2026": {"amounts": 2, "glossary": 2}, "township-2023": {"facts": 6, "procurement": 2}}
"""The rows of a PDF's tables that the text has not, and the other way round: a page number that the text has in its
middle is words on another page, and 合　计 is 合计."""

every_example = pytest.mark.parametrize("name", EXAMPLES)


def tables(compilation: Compilation) -> dict[str, Counter[tuple[str, ...]]]:
    """The rows of each table, without their places."""
    found = {}
    for name in find("csv").tables:
        if name not in NOT_COMPARED:
            rows = csv.DictReader(io.StringIO(emit(compilation.document, "csv", table=name)))
            found[name] = Counter(tuple(one for key, one in row.items() if key not in PLACES) for row in rows)
    return found


def codes_of(compilation: Compilation) -> Counter[str]:
    said = Counter(one.code for one in compilation.diagnostics)
    return Counter({code: count for code, count in said.items() if code not in OF_THE_TEXT_FORM | {"BD014"}})


def compiled(data: bytes) -> Compilation:
    return compile_bytes(data, "report", language=LANGUAGE)


@pytest.fixture(scope="module")
def texts() -> dict[str, Compilation]:
    return {name: compiled(path.read_bytes()) for name, path in EXAMPLES.items()}


@pytest.fixture(scope="module")
def word() -> dict[str, bytes]:
    return {name: word_file(path.read_bytes(), LANGUAGE) for name, path in EXAMPLES.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def old(word: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    return converted(word, "docx", "doc", folder)


@pytest.fixture(scope="module")
def again(old: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    return converted(old, "doc", "docx", folder)


@pytest.fixture(scope="module")
def printed(word: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    if not has_fonts():
        pytest.skip("no font with Chinese letters is installed: a PDF would have none")
    return converted(word, "docx", "pdf", folder)


@every_example
def test_docx_by_python_docx(name: str, texts: dict[str, Compilation], word: dict[str, bytes]) -> None:
    found = compiled(word[name])
    assert tables(found) == tables(texts[name])
    assert codes_of(found) == codes_of(texts[name])


@pytest.mark.heavy
@every_example
def test_docx_by_libreoffice(name: str, texts: dict[str, Compilation], again: dict[str, bytes]) -> None:
    found = compiled(again[name])
    assert tables(found) == tables(texts[name])
    assert codes_of(found) == codes_of(texts[name])


@pytest.mark.heavy
@every_example
@pytest.mark.parametrize("program", ["msdoc2docx", "LibreOffice"])
def test_doc(name: str, program: str, texts: dict[str, Compilation], old: dict[str, bytes]) -> None:
    converters = [one for one in conversion.available() if one.name.startswith(program)]
    if not converters:
        pytest.skip(f"{program} is not installed")
    data = conversion.convert(old[name], converters).data
    found = compile_reading(read_docx(data, "report", LANGUAGE), language=LANGUAGE)
    assert tables(found) == tables(texts[name])
    assert codes_of(found) == codes_of(texts[name])


@pytest.mark.heavy
@every_example
def test_pdf(name: str, texts: dict[str, Compilation], printed: dict[str, bytes]) -> None:
    found, known = tables(compiled(printed[name])), tables(texts[name])
    differing = {table: ((rows - found[table]) + (found[table] - rows)).total() for table, rows in known.items()}
    assert {table: count for table, count in differing.items() if count} == IN_PDF.get(name, {})
