"""Whatever the tables: their text, read as text, has the same rows at the same lines."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.pdf.model import (
    DocumentLayout,
    PageBox,
    PrintedCell,
    PrintedLine,
    PrintedParagraph,
    PrintedTable,
)
from yusuan.compiler.readers.pdf.projection import project
from yusuan.compiler.readers.pdf.reader import reading_of
from yusuan.compiler.readers.text.reader import frame

WORDS = ("", "", "甲", "乙丙", "12.5", "3")
BOX = PageBox(1, 0.0, 0.0, 9.0, 9.0)


def paragraph(text: str) -> PrintedParagraph:
    return PrintedParagraph((PrintedLine(text, BOX, 10.0, bold=False),))


@st.composite
def tables(draw: st.DrawFn) -> PrintedTable:
    """A table of two rows and columns or more, its cells merged anyhow."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            free = next((at for at in range(column, columns) if (row, at) in taken), columns) - column
            rowspan, colspan = draw(st.integers(1, rows - row)), draw(st.integers(1, free))
            taken |= {(row + down, column + right) for down in range(rowspan) for right in range(colspan)}
            words = draw(st.sampled_from(WORDS))
            cells.append(PrintedCell(row, column, rowspan, colspan, (paragraph(words),) if words else (), (BOX,)))
    return PrintedTable(rows, columns, tuple(cells), (BOX,))


def tables_of(tokens: Iterable[BlockToken], text: str) -> list[list[tuple[int, list[str]]]]:
    """The tables that say anything: of each row that does its line, and what its cells say."""
    found: list[list[tuple[int, list[str]]]] = []
    cells: list[BlockToken] = []
    for token in tokens:
        if token.type == "TABLE_START":
            found.append([])
        elif token.type == "CELL":
            cells.append(token)
        elif token.type == "ROW_END":
            said = [words for cell in cells if (words := text[cell.start : cell.end].strip())]
            found[-1] += [(cells[0].line, said)] if said else []
            cells = []
    return [table for table in found if table]


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(tables(), st.just(paragraph("说明文字。"))), min_size=1, max_size=4))
def test_rows_of_the_text(blocks: list[PrintedParagraph | PrintedTable]) -> None:
    reading = reading_of(project(DocumentLayout((), tuple(blocks))), "report")
    text = reading.source.text
    assert "".join(text[token.start : token.end] for token in reading.tokens) == text
    assert all(text.count("\n", 0, token.start) + 1 == token.line for token in reading.tokens)
    assert tables_of(frame(reading.source, built_in_language()).tokens, text) == tables_of(reading.tokens, text)
