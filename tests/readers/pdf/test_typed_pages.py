"""Real pages, typed from their pictures: every cell of every table as it is printed, with its place and spans.

The tables stand in `truth/` (see its README); the PDF files are not here but in `../shared/pdf`.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.pdf.layout import read_layout
from yusuan.compiler.readers.pdf.model import DocumentLayout, PrintedTable
from yusuan.compiler.readers.pdf.reader import typography

TRUTH: Final = Path(__file__).parent / "truth"
FILES: Final = Path(__file__).parents[4] / "shared" / "pdf"

Cells: TypeAlias = dict[tuple[int, int], tuple[int, int, str]]
"""Rowspan, colspan and text by row and column, from 1."""


def listed() -> Iterator[dict[str, str]]:
    """The tables of the index; none where there is no index."""
    if (TRUTH / "index.csv").exists():
        with (TRUTH / "index.csv").open(encoding="utf-8") as lines:
            yield from csv.DictReader(lines)


@cache
def layout(file: str) -> DocumentLayout:
    path = FILES / f"{file}.pdf"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return read_layout(path.read_bytes(), typography(built_in_language()))


def squashed(text: str) -> str:
    """A text as the typed ones compare: widths of characters and blanks say nothing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def typed(name: str) -> Cells:
    with (TRUTH / f"{name}.csv").open(encoding="utf-8") as lines:
        return {
            (int(cell["row"]), int(cell["column"])): (
                int(cell["rowspan"]),
                int(cell["colspan"]),
                squashed(cell["text"]),
            )
            for cell in csv.DictReader(lines)
        }


def read(table: PrintedTable, last_page: int) -> Cells:
    """The cells that begin on the pages that were typed."""
    return {
        (cell.row + 1, cell.column + 1): (cell.rowspan, cell.colspan, squashed(cell.text))
        for cell in table.cells
        if cell.boxes[0].page <= last_page
    }


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["name"]) for entry in listed()])
def test_every_cell_is_as_printed(entry: dict[str, str]) -> None:
    [table] = [
        block
        for block in layout(entry["file"]).blocks
        if isinstance(block, PrintedTable) and block.boxes[0].page == int(entry["page"])
    ]
    assert read(table, int(entry["last_page"])) == typed(entry["name"])
    assert table.ruled == (entry["kind"] != "no rulings")
