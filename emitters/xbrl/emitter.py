"""What the XBRL formats have in common: whose report it is, and one report for all documents or one for each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from attrs import define

from yusuan.emitters.base import check_table
from yusuan.emitters.text import one_file_each
from yusuan.emitters.xbrl.entity import BY_NAME, Entity
from yusuan.ir.document import Document


@define(slots=True)
class ReportEmitter(ABC):
    """A format that holds the facts of documents as one report.

    Attributes:
        entity: whose report it is.
    """

    entity: Entity = BY_NAME

    name: ClassVar[str]
    suffix: ClassVar[str]
    summary: ClassVar[str]
    package_suffix: ClassVar[str] = ".xbr"
    """The suffix of a report package (Report Packages 1.0) that holds a report of the format."""
    tables: ClassVar[tuple[str, ...]] = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One report of all documents; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return self.write(documents)

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """A report of each document, called as it is; see `Emitter.package`."""
        return one_file_each(documents, self.suffix, lambda document: self.write([document]))

    def report(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """One report of all documents as the files that a report package holds; see `Emitter.package`."""
        return ((f"report{self.suffix}", chunk) for chunk in self.write(documents))

    @abstractmethod
    def write(self, documents: Iterable[Document]) -> Iterator[str]:
        """One report of all documents, in pieces."""
