"""Report Packages 1.0: a report in one ZIP file, together with the taxonomy that it refers to.

The package is a taxonomy package as well, so that a processor needs nothing else, and no network, to read the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define

from yusuan.emitters.base import check_table
from yusuan.emitters.text import with_file_names
from yusuan.emitters.xbrl import taxonomy
from yusuan.emitters.xbrl.archive import archive
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.ir.document import Document

_TYPE: Final = "https://xbrl.org/report-package/2023/"


@define(slots=True)
class PackageEmitter:
    """A report of another format as a report package.

    Attributes:
        format: the format of the report.
    """

    format: ReportEmitter

    tables: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the format."""
        return self.format.name

    @property
    def suffix(self) -> str:
        """The suffix of the package."""
        return self.format.package_suffix

    @property
    def summary(self) -> str:
        """What it is."""
        return f"{self.format.summary}, as a report package"

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[bytes]:
        """One package with one report of all documents; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return (self._package("report", given) for given in [documents])

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
        """A package for each document, called as it is; see `Emitter.package`."""
        for name, document in with_file_names(documents, self.suffix):
            yield name, self._package(name.removesuffix(self.suffix), [document])

    def _package(self, folder: str, documents: Iterable[Document]) -> bytes:
        kind = {"documentInfo": {"documentType": _TYPE + self.suffix.removeprefix(".")}}
        # The chunks of several files may come by turns.
        report: dict[str, list[str]] = {}
        for name, chunk in self.format.report(documents):
            report.setdefault(name, []).append(chunk)
        files = {
            "META-INF/reportPackage.json": json.dumps(kind),
            **dict(taxonomy.files()),
            **{f"reports/{name}": "".join(chunks) for name, chunks in report.items()},
        }
        return archive((f"{folder}/{name}", content) for name, content in files.items())
