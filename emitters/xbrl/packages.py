"""Report Packages 1.0: a report in one ZIP file, together with the taxonomy that it refers to.

The package is a taxonomy package as well, so that a processor needs nothing else, and no network, to read the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from io import BytesIO, TextIOWrapper
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import define

from yusuan.emitters.base import check_table
from yusuan.emitters.text import FileNames
from yusuan.emitters.xbrl import taxonomy
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
        names = FileNames(self.suffix)
        for document in documents:
            name = names.claim(document.name)
            yield name, self._package(name.removesuffix(self.suffix), [document])

    def _package(self, folder: str, documents: Iterable[Document]) -> bytes:
        buffer = BytesIO()
        with ZipFile(buffer, "w") as archive:
            kind = json.dumps({"documentInfo": {"documentType": _TYPE + self.suffix.removeprefix(".")}})
            archive.writestr(_entry(f"{folder}/META-INF/reportPackage.json"), kind)
            for name, content in taxonomy.files():
                archive.writestr(_entry(f"{folder}/{name}"), content)
            self._write(archive, f"{folder}/reports", documents)
        return buffer.getvalue()

    def _write(self, archive: ZipFile, folder: str, documents: Iterable[Document]) -> None:
        """The files of the report. Their chunks may come by turns, those of one entry of a ZIP file may not."""
        files: dict[str, TextIOWrapper] = {}
        for name, chunk in self.format.report(documents):
            if name not in files:
                files[name] = TextIOWrapper(BytesIO(), "utf-8", newline="")
            files[name].write(chunk)
        for name, file in files.items():
            file.flush()
            buffer = file.buffer
            assert isinstance(buffer, BytesIO)
            archive.writestr(_entry(f"{folder}/{name}"), buffer.getvalue())


def _entry(name: str) -> ZipInfo:
    """An entry with the first time that a ZIP file can state, so that the same report is the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
