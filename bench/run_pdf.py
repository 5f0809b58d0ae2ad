"""The benchmark of PDF: how long compiling takes beside pdfplumber, the CPU of a page, and memory.

Like `run.py` it reports and never fails. A page of pdfplumber takes some 50 ms: all reports take minutes.

    python bench/run_pdf.py            every report
    python bench/run_pdf.py --quick    every fifth one
    python bench/run_pdf.py FILE...    these files
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from figures import PdfFigures
from run import ROOT, ask, measure_each, row, verdict

REPORTS = ROOT.parent / "shared" / "pdf"

RATIO_TARGET = 1 / 8
"""Bytes to IR against the tables of pdfplumber."""
PAGE_TARGET = 0.015
"""Seconds of CPU for a page."""
MEMORY_TARGET = 200_000_000
"""Bytes of both processes for the report with the most pages."""

COLUMNS = ("pages", "best ms", "plumber ms", "ratio", "CPU ms/page", "own MB", "engine MB")


def measure(path: Path, repeats: int) -> PdfFigures:
    """Measure one PDF in fresh processes.

    Raises:
        MeasurementError: it cannot be compiled, or there is no pdfplumber.
    """
    times, memory = ask("pdf", path, str(repeats)), ask("pdf-memory", path)
    taken = times["pages"], times["compiling"], times["extracting"], times["cpu"]
    return PdfFigures(path, *taken, memory["own"], memory["engine"])


def describe(figures: PdfFigures) -> str:
    return row(
        (
            f"{figures.pages:,}",
            f"{min(figures.compiling) * 1e3:.0f}",
            f"{min(figures.extracting) * 1e3:.0f}",
            f"1/{1 / figures.ratio:.1f}",
            f"{figures.page_cost * 1e3:.1f}",
            f"{figures.own / 1e6:.0f}",
            f"{figures.engine / 1e6:.0f}",
        ),
        figures.path.stem,
    )


def verdicts(measured: list[PdfFigures]) -> Iterable[str]:
    """The figures for which there are targets."""
    if not measured:
        return
    ratio = median(figures.ratio for figures in measured)
    what = f"bytes to IR against pdfplumber, median of {len(measured)}"
    yield verdict(what, f"1/{1 / ratio:.1f}", f"≤ 1/{1 / RATIO_TARGET:g}", ratio <= RATIO_TARGET)
    cost = median(figures.page_cost for figures in measured)
    what = f"CPU of a page, median of {len(measured)}"
    yield verdict(what, f"{cost * 1e3:.1f} ms", f"≤ {PAGE_TARGET * 1e3:g} ms", cost <= PAGE_TARGET)
    largest = max(measured, key=lambda figures: figures.pages)
    what = f"memory of both processes, {largest.pages:,} pages"
    limit = f"< {MEMORY_TARGET / 1e6:g} MB"
    yield verdict(what, f"{largest.peak / 1e6:.0f} MB", limit, largest.peak < MEMORY_TARGET)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed and memory of the compiler on PDF.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="instead of the reports")
    parser.add_argument("--quick", action="store_true", help="every fifth report")
    parser.add_argument("--repeats", type=int, default=2, metavar="N", help="how often each time is taken")
    arguments = parser.parse_args()
    files = arguments.files or sorted(REPORTS.glob("*.pdf"))[:: 5 if arguments.quick else 1]
    if not files:
        print(f"no PDF: {REPORTS} is absent or empty")
    print("bytes to IR (best) and the tables of pdfplumber (best), in turns")
    print(row(COLUMNS, "document"))
    measured = measure_each(files, lambda path: measure(path, arguments.repeats), describe)
    print()
    for line in verdicts(measured):
        print(line)


if __name__ == "__main__":
    main()
