"""Rows typed from pictures of pages that the reader had never been tried on: each is among those that it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.strategies import SHARED

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import compile_bytes
from yusuan.ir.nodes import tables_of

ROWS = Path(__file__).parent / "truth" / "rows.txt"
PDFS = SHARED / "pdf"


def typed() -> Iterator[tuple[str, int, list[list[str]]]]:
    """Of each page the file, the number and the rows."""
    for page in ROWS.read_text("utf-8").split("# ")[1:]:
        head, *rows = page.removesuffix("\n").split("\n")
        file, number = head.split()
        yield file, int(number), [row.split("|") for row in rows]


PAGES = list(typed())


@cache
def read(file: str) -> list[tuple[frozenset[int | None], list[str]]]:
    """The rows of a file, with the pages that they stand on; blanks in a cell are layout."""
    data = (PDFS / f"{file}.pdf").read_bytes()
    document = compile_bytes(data, file, language=built_in_language()).document
    return [
        (frozenset(cell.span.page for cell in row.cells), [re.sub(r"\s", "", cell.text) for cell in row.cells])
        for table in tables_of(document.body)
        for row in table.rows
    ]


def test_there_are_ten_pages() -> None:
    assert len(PAGES) == 10
    assert sum(len(rows) for _, _, rows in PAGES) == 123


@pytest.mark.skipif(not PDFS.is_dir(), reason="the real reports are not beside this checkout")
@pytest.mark.parametrize(("file", "page", "rows"), PAGES, ids=[f"{file}-p{page}" for file, page, _ in PAGES])
def test_every_typed_row_is_read(file: str, page: int, rows: list[list[str]]) -> None:
    found = [cells for pages, cells in read(file) if page in pages]
    assert [row for row in rows if row not in found] == []
