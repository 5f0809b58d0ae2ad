"""CSV: the contract's tables for spreadsheets, data frames and databases.

Formulas. A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (in East Asian locales with their
full-width forms too), and some drop white space before it. Such a cell, and one that begins with a TAB or a
line end, gets an apostrophe in front, the guard that spreadsheets and security guides agree on. Two kinds of
cell are left alone since no program takes them for formulas: a plain number (`-106.45`, `+5%`) and a dash for
an absent value (`-`, `--`). A cell that already begins with apostrophes before such a character gets one
more, so that a reader has the text back exactly by dropping one apostrophe from each cell that matches
`GUARDED`. JSON carries every text unchanged.

NUL. Many CSV readers refuse a file that holds one, so U+FFFD stands in its place. Other control characters
stay.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from yusuan.emitters.base import check_table
from yusuan.emitters.tables import TABLES, Cells, TableView
from yusuan.emitters.text import REPLACEMENT, encodable
from yusuan.ir.document import Document

DEFAULT_TABLE: Final = "facts"
"""The table of a stream for which none is named."""

GUARDED: Final = re.compile(r"'[\s']*[=+\-@＝＋－＠]|'+[\t\r\n]")
"""What the beginning of a guarded cell matches, and no other's: its first apostrophe is the guard."""

_FORMULA: Final = re.compile(r"[\s']*[=+\-@＝＋－＠]|'*[\t\r\n]")
_HARMLESS: Final = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?|[-－]+")
# First characters of a cell that is worth a closer look: nearly none is.
_SUSPECT: Final = frozenset("=+-@＝＋－＠' \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000")
# In characters; large enough that writing is cheap, small enough that a reader downstream starts early.
_CHUNK: Final = 1 << 16


class CsvEmitter:
    """One CSV table as a stream, all of them as a package: RFC 4180, a header row, `\\n` line ends."""

    name = "csv"
    suffix = ".csv"
    summary = "tables for spreadsheets and data frames: one to standard output, all of them to a folder"
    tables = tuple(TABLES)

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One table of all documents, `facts` unless another is named; see `Emitter.stream`."""
        name = DEFAULT_TABLE if table is None else table
        check_table(name, self.tables)
        return self._stream(documents, TABLES[name])

    def _stream(self, documents: Iterable[Document], view: TableView) -> Iterator[str]:
        yield from _chunks([view.header])
        for document in documents:
            yield from _chunks(view.rows(document))

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """`<table>.csv` for every table, those without rows too; see `Emitter.package`."""
        for name, view in TABLES.items():
            for chunk in _chunks([view.header]):
                yield name + self.suffix, chunk
        for document in documents:
            for name, view in TABLES.items():
                for chunk in _chunks(view.rows(document)):
                    yield name + self.suffix, chunk


class _Echo:
    """A file for `csv.writer` that gives each row back as the result of `writerow`."""

    def write(self, row: str) -> str:
        return row


def _chunks(rows: Iterable[Cells]) -> Iterator[str]:
    # The writer is told CRLF since otherwise it leaves a cell with a CR unquoted. The row's own becomes LF.
    writerow = csv.writer(_Echo(), lineterminator="\r\n").writerow
    chunk: list[str] = []
    size = 0
    for row in rows:
        line: str = writerow([_guard(cell) if cell[:1] in _SUSPECT else cell for cell in row])
        chunk.append(line[:-2])
        size += len(line)
        if size >= _CHUNK:
            yield _text(chunk)
            chunk, size = [], 0
    if chunk:
        yield _text(chunk)


def _text(lines: list[str]) -> str:
    lines.append("")
    return encodable("\n".join(lines).replace("\0", REPLACEMENT))


def _guard(cell: str) -> str:
    """The cell so that no spreadsheet runs it, see the module's docstring."""
    if _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell):
        return "'" + cell
    return cell
