"""What the benchmark measures: a document, and the times and memory that it takes."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen


@frozen(slots=True)
class Document:
    """A document to measure.

    Attributes:
        path: its file.
        kind: report, example, generated or file.
        lines: how many lines it has.
        size: how many bytes.
    """

    path: Path
    kind: str
    lines: int
    size: int

    @classmethod
    def read(cls, path: Path, kind: str) -> Document:
        content = path.read_bytes()
        lines = content.count(b"\n") + (not content.endswith(b"\n"))
        return cls(path, kind, lines, len(content))

    @property
    def memory_bound(self) -> int:
        """How much memory a process that compiles it may take, in bytes."""
        return 40 * self.size + 80_000_000


@frozen(slots=True)
class Figures:
    """What was measured of one document: seconds, bytes.

    Attributes:
        document: the document.
        compiling: each compilation's time from text to IR, without the checks.
        checking: the time of all checks of it.
        parsing: each bare parse's time.
        peak: peak memory of a process that reads and compiles it once.
    """

    document: Document
    compiling: list[float]
    checking: list[float]
    parsing: list[float]
    peak: int

    @property
    def ratio(self) -> float:
        """Compiling against the bare parse, the best of each, which other processes disturb least."""
        return min(self.compiling) / min(self.parsing)

    @property
    def checks_ratio(self) -> float:
        """The checks against compiling, the best of each."""
        return min(self.checking) / min(self.compiling)

    @property
    def line_cost(self) -> float:
        return min(self.compiling) / self.document.lines

    @property
    def within_memory(self) -> bool:
        return self.peak <= self.document.memory_bound


@frozen(slots=True)
class XbrlFigures:
    """What was measured of one document in the XBRL formats: seconds.

    Attributes:
        document: the document.
        compiling: each compilation's time, with the checks.
        emitting: each time of writing it in all formats.
        facts: how many facts it has.
    """

    document: Document
    compiling: list[float]
    emitting: list[float]
    facts: int

    @property
    def ratio(self) -> float:
        """Writing against compiling, the best of each."""
        return min(self.emitting) / min(self.compiling)

    @property
    def fact_cost(self) -> float:
        return min(self.emitting) / self.facts


@frozen(slots=True)
class PdfFigures:
    """What was measured of one PDF: seconds, bytes.

    Attributes:
        path: its file.
        pages: how many it has.
        compiling: each compilation's time from bytes to IR, without the checks.
        extracting: each time that pdfplumber takes to extract its tables.
        cpu: the CPU that a compilation takes, in both processes.
        own, engine: peak memory of the process that compiles, its checks included, and of the engine's.
    """

    path: Path
    pages: int
    compiling: list[float]
    extracting: list[float]
    cpu: float
    own: int
    engine: int

    @property
    def ratio(self) -> float:
        """Compiling against pdfplumber, the best of each."""
        return min(self.compiling) / min(self.extracting)

    @property
    def page_cost(self) -> float:
        """The CPU that a page takes."""
        return self.cpu / self.pages

    @property
    def peak(self) -> int:
        """Memory of both processes, as if their peaks came at one time."""
        return self.own + self.engine
