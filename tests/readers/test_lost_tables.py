"""Texts whose tables are lost are told among the real ones, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.strategies import SHARED

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.base import ReadError
from yusuan.compiler.readers.registry import reader_for
from yusuan.ir.diagnostics.codes import LOST_TABLES


def told(paths: Iterable[Path]) -> int:
    """How many texts have lost their tables."""
    return sum(LOST_TABLES.code in codes_of(path) for path in paths)


def codes_of(path: Path) -> set[str]:
    data = path.read_bytes()
    try:
        found = reader_for(data).read(data, path.stem, built_in_language()).diagnostics
    except ReadError:
        return set()
    return {one.code for one in found}


def texts(folder: str) -> list[Path]:
    found = sorted((SHARED / folder).glob("*.txt"))
    if not found:
        pytest.skip(f"the real texts ({folder}) are not beside this checkout")
    return found


def test_the_lines_of_pages() -> None:
    # Of 56 two have no table, and one is a page of the web.
    assert told(texts("pdf_text")) == 53


# Of the cases one has a table in Markdown.
@pytest.mark.parametrize(("folder", "lost"), [("reports", 0), ("corpus", 0), ("cases", 1)])
def test_texts_with_their_tables(folder: str, lost: int) -> None:
    assert told(texts(folder)) == lost
