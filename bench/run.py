"""The benchmark: how long compiling takes, how much memory, and how that stands to the targets.

It reports and never fails: a shared machine's figures vary. What is compared is measured in turns in one
process, so that a ratio says more than the times it is made of.

    python bench/run.py              everything: real reports, examples, generated documents, whole processes
    python bench/run.py --quick      without the two largest documents, fewer repeats
    python bench/run.py FILE...      these files instead of reports and examples
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

from figures import Document, Figures, XbrlFigures

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
REPORTS = ROOT.parent / "shared" / "reports"
EXAMPLES = ROOT / "examples"
SIZES = (1_000, 5_000, 50_000, 500_000)
QUICK_SIZES = (1_000, 5_000)

RATIO_TARGET = 4.0
"""Text to IR against the bare parse, on real reports."""
CHECKS_TARGET = 1 / 3
"""All checks against text to IR, on real reports."""
SPREAD_TARGET = 0.20
"""How much the cost of a line may differ between generated documents of different sizes."""
XBRL_TARGET = 1.0
"""Writing a document in all XBRL formats against compiling it, its checks included."""
XBRL_LINES = 60_000
"""The lines of the largest document that is written in the XBRL formats: they need more memory than compiling does."""
FACTS_TARGET = 0.35
"""How much the cost of a fact may differ between generated documents of different sizes."""
FEWEST_FACTS = 1_000
"""A document of fewer says more of what is the same for every document than of its facts."""
LEXICON_TARGET = 1.20
"""Compiling with ten times the lexicon's entries against compiling with the lexicon as it is."""
PROCESS_TARGET = 5.0
"""A whole run of the command against a Python that only imports Lark."""


# --- measuring ---


class MeasurementError(Exception):
    """A measuring process failed; the message is the last line that it said."""


def run(*command: str | Path) -> str:
    """Run a command and give what it prints."""
    try:
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    except subprocess.CalledProcessError as error:
        raise MeasurementError(error.stderr.strip().rpartition("\n")[2]) from error


def measure(document: Document, repeats: int | None) -> Figures:
    """Measure one document in fresh processes.

    This process must stay small itself: on Linux a child's peak memory starts at its parent's.
    """

    times = ask("times", document.path, str(repeats or _repeats(document.lines)))
    memory = ask("memory", document.path)
    return Figures(document, times["compiling"], times["checking"], times["parsing"], memory["peak"])


def measure_xbrl(document: Document, repeats: int | None) -> XbrlFigures:
    """Measure one document in the XBRL formats, in a fresh process."""
    found = ask("xbrl", document.path, str(repeats or _repeats(document.lines)))
    return XbrlFigures(document, found["compiling"], found["emitting"], *found["facts"])


def measure_lexicon(document: Document, repeats: int | None) -> float:
    """Compiling a document with ten times the lexicon's entries against compiling it, the best of each."""
    found = ask("lexicon", document.path, str(repeats or _repeats(document.lines)))
    ratio: float = min(found["tenfold"]) / min(found["compiling"])
    return ratio


def ask(*arguments: str | Path) -> Any:
    """What a measuring process answers."""
    return json.loads(run(sys.executable, BENCH / "measure.py", *arguments))


def _repeats(lines: int) -> int:
    """Enough for a steady best, few enough to end within minutes."""
    return 15 if lines < 3_000 else 7 if lines < 30_000 else 3


def measure_processes(report: Path, repeats: int) -> tuple[float, float]:
    """Median seconds of `compile report --to csv` and of a Python that only imports Lark, in turns."""
    commands = (
        (Path(sys.executable).with_name("compile"), report, "--to", "csv"),
        (sys.executable, "-c", "import lark"),
    )
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeats + 1):
        for command, seconds in zip(commands, taken, strict=True):
            start = perf_counter()
            run(*command)
            if turn > 0:
                seconds.append(perf_counter() - start)
    return median(taken[0]), median(taken[1])


# --- choosing documents ---


def collect(files: list[Path], sizes: Iterable[int], folder: Path) -> list[Document]:
    """The documents to measure; the generated ones are written into `folder`."""
    documents = [Document.read(path, "file") for path in files]
    if not files:
        for source, kind in ((REPORTS, "report"), (EXAMPLES, "example")):
            found = sorted(source.glob("*.txt"))
            if not found:
                print(f"no {kind}s: {source} is absent or empty")
            documents += [Document.read(path, kind) for path in found]
    for lines in sizes:
        path = folder / f"generated-{lines}.txt"
        # A process of its own writes it, because this one has to stay small.
        with path.open("wb") as file:
            subprocess.run([sys.executable, BENCH / "generate.py", str(lines)], check=True, stdout=file)
        documents.append(Document.read(path, "generated"))
    return documents


# --- reporting ---

COLUMNS = ("lines", "bytes", "best ms", "median ms", "bare ms", "ratio", "checks", "µs/line", "peak MB", "bound MB", "")


def row(cells: Iterable[str], name: str) -> str:
    """A line of the table; the name stands last, because it may be of any width."""
    return "".join(f"{cell:>13}" for cell in cells) + f"  {name}"


def describe(figures: Figures) -> str:
    document = figures.document
    return row(
        (
            f"{document.lines:,}",
            f"{document.size:,}",
            f"{min(figures.compiling) * 1e3:.1f}",
            f"{median(figures.compiling) * 1e3:.1f}",
            f"{min(figures.parsing) * 1e3:.1f}",
            f"{figures.ratio:.2f}",
            f"{figures.checks_ratio:.0%}",
            f"{figures.line_cost * 1e6:.1f}",
            f"{figures.peak / 1e6:.0f}",
            f"{document.memory_bound / 1e6:.0f}",
            "kept" if figures.within_memory else "BROKEN",
        ),
        document.path.stem,
    )


XBRL_COLUMNS = ("facts", "compiling ms", "XBRL ms", "ratio", "µs/fact")


def describe_xbrl(figures: XbrlFigures) -> str:
    return row(
        (
            f"{figures.facts:,}",
            f"{min(figures.compiling) * 1e3:.1f}",
            f"{min(figures.emitting) * 1e3:.1f}",
            f"{figures.ratio:.2f}",
            f"{figures.fact_cost * 1e6:.1f}" if figures.facts else "",
        ),
        figures.document.path.stem,
    )


def xbrl_verdicts(measured: list[XbrlFigures]) -> Iterable[str]:
    """The figures of the XBRL formats for which there are targets."""
    # A generated document has many times the facts of a report, for each of its lines.
    reports = [one for one in measured if one.document.kind != "generated"]
    if reports:
        worst = max(figures.ratio for figures in reports)
        what = f"all XBRL formats against compiling, worst of {len(reports)}"
        yield verdict(what, f"{worst:.2f}", f"< {XBRL_TARGET:g}", worst < XBRL_TARGET)
    large = [one for one in measured if one.document.kind == "generated" and one.facts >= FEWEST_FACTS]
    if len(large) > 1:
        costs = [figures.fact_cost for figures in large]
        sizes = [figures.facts for figures in large]
        spread = max(costs) / min(costs) - 1
        what = f"spread of cost per fact, {min(sizes):,} to {max(sizes):,} facts"
        yield verdict(what, f"{spread:.0%}", f"≤ {FACTS_TARGET:.0%}", spread <= FACTS_TARGET)


def verdict(what: str, figure: str, target: str, met: bool) -> str:
    return f"{what:<52}{figure:>12}   target {target:<22} {'met' if met else 'MISSED'}"


def verdicts(measured: list[Figures]) -> Iterable[str]:
    """The figures for which there are targets."""
    if measured:
        worst = max(figures.checks_ratio for figures in measured)
        yield verdict(
            f"all checks against compiling, worst of {len(measured)}",
            f"{worst:.0%}",
            f"< {CHECKS_TARGET:.0%}",
            worst < CHECKS_TARGET,
        )
    reports = [figures.ratio for figures in measured if figures.document.kind == "report"]
    if reports:
        yield verdict(
            f"ratio to the bare parse, worst of {len(reports)} real reports",
            f"{max(reports):.2f}",
            f"≤ {RATIO_TARGET:g}",
            max(reports) <= RATIO_TARGET,
        )
    generated = [figures for figures in measured if figures.document.kind == "generated"]
    if len(generated) > 1:
        costs = [figures.line_cost for figures in generated]
        sizes = [figures.document.lines for figures in generated]
        spread = max(costs) / min(costs) - 1
        yield verdict(
            f"spread of cost per line, {min(sizes):,} to {max(sizes):,} lines",
            f"{spread:.0%}",
            f"≤ {SPREAD_TARGET:.0%}",
            spread <= SPREAD_TARGET,
        )
    if measured:
        kept = sum(figures.within_memory for figures in measured)
        yield verdict(
            "documents within the bound of memory",
            f"{kept} of {len(measured)}",
            "40 × bytes + 80 MB",
            kept == len(measured),
        )


Subject = TypeVar("Subject", Document, Path)
Measured = TypeVar("Measured")


def measure_each(
    documents: Iterable[Subject], measured: Callable[[Subject], Measured], said: Callable[[Measured], str]
) -> list[Measured]:
    """What could be measured of documents or files; a line for each is printed as soon as it is."""
    found = []
    for document in documents:
        try:
            found.append(measured(document))
        except MeasurementError as error:
            path = document if isinstance(document, Path) else document.path
            print(f"not measured: {path.stem}: {error}", flush=True)
        else:
            print(said(found[-1]), flush=True)
    return found


def lexicon_verdict(document: Document, repeats: int | None) -> str:
    """How much a larger lexicon costs."""
    try:
        tenfold = measure_lexicon(document, repeats)
    except MeasurementError as error:
        return f"lexicon not measured: {error}"
    what = "ten times the lexicon's entries against its own"
    return verdict(what, f"{tenfold:.2f}", f"< {LEXICON_TARGET:.2f}", tenfold < LEXICON_TARGET)


def process_verdict(document: Document, repeats: int | None) -> str:
    """How much a whole run of the command costs."""
    try:
        command, bare = measure_processes(document.path, repeats or 7)
    except (MeasurementError, OSError) as error:
        return f"whole processes not measured: {error}"
    what = f"compile --to csv {command:.3f} s against import lark {bare:.3f} s"
    return verdict(what, f"{command / bare:.2f}", f"≤ {PROCESS_TARGET:g}", command / bare <= PROCESS_TARGET)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed and memory of the compiler.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="instead of reports and examples")
    parser.add_argument("--quick", action="store_true", help="no large documents, fewer repeats")
    parser.add_argument("--lines", nargs="+", type=int, metavar="N", help="sizes of the generated documents")
    parser.add_argument("--repeats", type=int, metavar="N", help="how often each time is taken")
    arguments = parser.parse_args()
    repeats: int | None = arguments.repeats or (5 if arguments.quick else None)
    sizes = arguments.lines or (QUICK_SIZES if arguments.quick else SIZES)

    with TemporaryDirectory() as folder:
        documents = collect(arguments.files, sizes, Path(folder))
        print("text to IR (best, median) and a bare Lark parse of the same text (best), in turns")
        print(row(COLUMNS, "document"))
        measured = measure_each(documents, lambda document: measure(document, repeats), describe)
        print("\nall XBRL formats (best) and compiling with the checks (best), in turns")
        print(row(XBRL_COLUMNS, "document"))
        small = [document for document in documents if document.lines <= XBRL_LINES]
        measured_xbrl = measure_each(small, lambda document: measure_xbrl(document, repeats), describe_xbrl)
        print()
        for line in (*verdicts(measured), *xbrl_verdicts(measured_xbrl)):
            print(line)
        print(lexicon_verdict(documents[0], repeats))
        print(process_verdict(documents[0], repeats))


if __name__ == "__main__":
    main()
