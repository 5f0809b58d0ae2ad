"""CSV: the contract's tables for spreadsheets, data frames and databases.

Formulas. What a spreadsheet would run as a formula gets an apostrophe in front, see `yusuan.emitters.text.guarded`. A
reader has the text back exactly by dropping one apostrophe from each cell that matches `GUARDED`. JSON carries every
text unchanged.

Control characters. Many CSV readers refuse a NUL, and no XML can hold it or most of its kind, so U+FFFD stands in the
place of each, as in the XBRL formats: the same folder is an xBRL-CSV report (`yusuan.emitters.xbrl.columns`), whose
facts are those of the other syntaxes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, Final

from attrs import define

from yusuan.emitters.base import check_table
from yusuan.emitters.cells import Cells
from yusuan.emitters.tables import TABLES, TableView, declared_views
from yusuan.emitters.text import SUSPECT, allowed, guarded
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind

if TYPE_CHECKING:
    from yusuan.emitters.xbrl.entity import Entity

BYTE_ORDER_MARK: Final = "\ufeff"
"""What spreadsheet programs want at the start of a file to take it for UTF-8."""

DEFAULT_TABLE: Final = "facts"
"""The table of a stream for which none is named."""

# In characters; large enough that writing is cheap, small enough that a reader downstream starts early.
_CHUNK: Final = 1 << 16


@define(slots=True)
class CsvEmitter:
    """One CSV table as a stream, all of them as a package: RFC 4180, a header row, `\\n` line ends.

    Attributes:
        byte_order_mark: whether every table starts with U+FEFF, which spreadsheet programs want.
        entity: whose reports they are, for the xBRL-CSV report that a package is; the organization of each if absent.
        declared: the declared kinds of tables that may occur; those of the first document if absent.
    """

    byte_order_mark: bool = False
    entity: Entity | None = None
    declared: tuple[TableKind, ...] | None = None

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"
    summary: ClassVar[str] = "tables for spreadsheets and data frames: one to standard output, all of them to a folder"

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the contract."""
        return tuple(TABLES)

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One table of all documents, `facts` unless another is named; see `Emitter.stream`.

        A table that is none of `tables` is one of a declared kind.
        """
        name = DEFAULT_TABLE if table is None else table
        if name in TABLES:
            return self._stream(documents, TABLES[name])
        kinds, documents = self._declared(documents)
        views = declared_views(kinds)
        check_table(name, (*self.tables, *views))
        return self._stream(documents, views[name])

    def _declared(self, documents: Iterable[Document]) -> tuple[tuple[TableKind, ...], Iterable[Document]]:
        """The declared kinds of tables, and the documents, the first of which may have been asked for them."""
        if self.declared is not None:
            return self.declared, documents
        rest = iter(documents)
        first = next(rest, None)
        if first is None:
            return (), ()
        return tuple(table.kind for table in first.declared), chain([first], rest)

    def _stream(self, documents: Iterable[Document], view: TableView) -> Iterator[str]:
        yield from self._header(view.header)
        for document in documents:
            yield from _chunks(view.rows(document))

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """`<table>.csv` for every table, those without rows too, and what describes them; see `Emitter.package`.

        Tables with facts have further columns there, by which `report.json` makes them an xBRL-CSV report;
        `datapackage.json` describes all of them.
        """
        from yusuan.emitters.folder import TableFolder

        kinds, documents = self._declared(documents)
        folder = TableFolder(self.entity, kinds)
        yield from folder.descriptions()
        for table, header in folder.headers():
            for chunk in self._header(header):
                yield table + self.suffix, chunk
        for table, rows in folder.rows(documents):
            for chunk in _chunks(rows):
                yield table + self.suffix, chunk

    def _header(self, header: Cells) -> Iterator[str]:
        if self.byte_order_mark:
            yield BYTE_ORDER_MARK
        yield from _chunks([header])


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
        line: str = writerow([guarded(cell) if cell[:1] in SUSPECT else cell for cell in row])
        chunk.append(line[:-2])
        size += len(line)
        if size >= _CHUNK:
            yield _text(chunk)
            chunk, size = [], 0
    if chunk:
        yield _text(chunk)


def _text(lines: list[str]) -> str:
    lines.append("")
    return allowed("\n".join(lines))
