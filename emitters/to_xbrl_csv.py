"""xBRL-CSV 1.0: the folder of tables that `yusuan.emitters.to_csv` writes, which its metadata file makes a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NoReturn

from attrs import define

from yusuan.emitters.base import FolderOnlyError
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.emitters.xbrl import columns
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind


@define(slots=True)
class XbrlCsvEmitter(ReportEmitter):
    """One xBRL-CSV report, with the facts of every document, as a folder of tables.

    Attributes:
        entity: whose report it is.
        byte_order_mark: whether every table starts with U+FEFF.
        declared: the declared kinds of tables that may occur; those of the first document if absent.
    """

    byte_order_mark: bool = False
    declared: tuple[TableKind, ...] | None = None

    name = "xbrl-csv"
    suffix = ".json"
    folder_only = True
    summary = "the facts as xBRL-CSV: the folder of csv, whose report.json says what each column means"

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """The folder of csv, with one report of all documents; see `Emitter.package`."""
        return CsvEmitter(self.byte_order_mark, self.entity, self.declared).package(documents)

    def report(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """The metadata file and the tables that it names. What else is in the folder is no part of the report."""
        kept = {columns.METADATA, *(f"{table}.csv" for table in columns.layouts())}
        return ((name, chunk) for name, chunk in self.package(documents) if name in kept)

    def write(self, documents: Iterable[Document]) -> NoReturn:  # noqa: ARG002 (that of every format)
        """Raises FolderOnlyError: a report is several files."""
        raise FolderOnlyError(self.name)
