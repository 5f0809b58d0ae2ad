"""The judge of a refactoring: compile many reports with two checkouts and show all that differs in what comes out.

    python bench/compare.py BASE               this checkout against another, or against a revision (v0.1.0, HEAD~3)
    python bench/compare.py BASE NEW           two others
    python bench/compare.py BASE --files examples --only amounts diagnostics --show 10

Compared are all tables, JSON as values, and the facts of XBRL, without the grammar's digest. Differences are counted by
their kind. The exit status is 0 where nothing differs, 1 where something does, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from glob import glob
from pathlib import Path
from time import perf_counter

from attrs import Factory, define
from checkouts import ROOT, CheckoutError, Outcomes, Report, checkout, outcomes
from differences import Difference, Kind, differences

SHARED = ROOT.parent / "shared"
SHARED_FOLDERS = ("reports", "corpus", "pdf_text")
UNSEEN = ROOT.parent / "unseen.txt"
"""Names of reports that nobody is to read, one a line: their differences are counted and not shown."""
KINDS = ("tables", "json", "xbrl")
WIDTH = 80
"""Characters shown of a value."""


@define(slots=True)
class Tally:
    """The differences of one kind.

    Attributes:
        reports: the names of those that have one.
        count: how many differences: rows, values or facts.
        cells: how many cells or values differ in them.
        first: the first one of each report that may be shown, with the report's name.
        more: some of the others.
    """

    reports: set[str] = Factory(set)
    count: int = 0
    cells: int = 0
    first: list[tuple[str, Difference]] = Factory(list)
    more: list[tuple[str, Difference]] = Factory(list)

    def add(self, report: Report, difference: Difference, examples: int) -> None:
        """Count one more, and keep it where there are fewer examples of its sort than that."""
        kept = self.more if report.name in self.reports else self.first
        if len(kept) < examples:
            kept.append((report.name, difference))
        self.reports.add(report.name)
        self.count += 1
        self.cells += difference.cells


def tallied(
    reports: Sequence[Report], sides: tuple[Outcomes, Outcomes], choice: argparse.Namespace
) -> dict[Kind, Tally]:
    """The differences of all reports by their kind."""
    base, new = sides
    unseen = names_in(choice.unseen)
    kinds = frozenset(choice.kinds)
    tallies: dict[Kind, Tally] = {}
    for report in reports:
        old, other = base.of(report), new.of(report)
        if old == other:
            continue
        if choice.only:
            old, other = (chosen(side, choice.only) for side in (old, other))
        for difference in differences(old, other, kinds):
            examples = 0 if report.path.stem in unseen else choice.show
            tallies.setdefault(difference.kind, Tally()).add(report, difference, examples)
    return tallies


def chosen(outcome: dict[str, str], tables: Sequence[str]) -> dict[str, str]:
    """What of an outcome is one of these tables, or a failure."""
    wanted = {f"{table}.csv" for table in tables}
    return {name: text for name, text in outcome.items() if name in wanted or name.startswith("failure")}


def names_in(file: Path) -> frozenset[str]:
    return frozenset(file.read_text(encoding="utf-8").split()) if file.is_file() else frozenset()


# --- showing ---


def shown(tallies: dict[Kind, Tally], reports: int, examples: int) -> Iterator[str]:
    """The lines of the answer: how much differs in each part, then each kind with its examples, of many reports."""
    differing = set().union(*(tally.reports for tally in tallies.values()))
    yield f"{reports} reports: {reports - len(differing)} equal, {len(differing)} differ"
    if not tallies:
        return
    yield ""
    yield f"{'part':<20}{'reports':>10}{'differences':>14}{'cells':>10}"
    parts: dict[str, Tally] = {}
    for kind, tally in tallies.items():
        part = parts.setdefault(kind.part, Tally())
        part.reports |= tally.reports
        part.count += tally.count
        part.cells += tally.cells
    for name, part in parts.items():
        yield f"{name:<20}{len(part.reports):>10}{part.count:>14}{part.cells:>10}"
    order = {name: at for at, name in enumerate(parts)}
    for kind, tally in sorted(tallies.items(), key=lambda item: (order[item[0].part], -item[1].count)):
        yield ""
        yield f"{kind.part}: {kind.change} {kind.where}".rstrip() + f" ({tally.count} in {len(tally.reports)} reports)"
        for report, difference in [*tally.first, *tally.more][:examples]:
            yield f"    {report} {difference.place}".rstrip()
            yield f"        - {cut(difference.base)}"
            yield f"        + {cut(difference.new)}"


def cut(value: str) -> str:
    """The value on one line, without what would move the cursor of a terminal."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value[: WIDTH + 1])
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


# --- the command ---


def find_reports(patterns: Sequence[str]) -> list[Report]:
    """The reports that files, folders and patterns name; the shared ones where there are none."""
    folders = [str(SHARED / name) for name in SHARED_FOLDERS]
    paths: dict[Path, None] = {}
    for pattern in patterns or folders:
        for name in sorted(glob(pattern, recursive=True)):
            path = Path(name)
            paths |= dict.fromkeys(sorted(path.rglob("*.txt")) if path.is_dir() else [path])
    return [Report(path.resolve()) for path in paths]


def kinds_in(text: str) -> list[str]:
    kinds = text.split(",")
    if not set(kinds) <= set(KINDS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of {', '.join(KINDS)}")
    return kinds


def usage() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Compile reports with two checkouts and show what differs.")
    parser.add_argument("base", metavar="BASE", help="a checkout, or a revision of this repository")
    parser.add_argument("new", metavar="NEW", nargs="?", default=str(ROOT), help="the same; this checkout where absent")
    parser.add_argument("--files", nargs="+", default=[], metavar="GLOB|FOLDER", help="instead of ../shared")
    parser.add_argument("--kinds", type=kinds_in, default=KINDS, metavar="KIND,…", help=f"some of {','.join(KINDS)}")
    parser.add_argument("--only", nargs="+", default=[], metavar="TABLE", help="these tables and nothing else")
    parser.add_argument("--show", type=int, default=3, metavar="N", help="examples of each kind (3)")
    parser.add_argument("--count", action="store_const", const=0, dest="show", help="no examples")
    parser.add_argument(
        "--unseen",
        type=Path,
        default=UNSEEN,
        metavar="FILE",
        help="names of reports that are counted and never shown, one a line (../unseen.txt where there is one)",
    )
    return parser


def main() -> int:
    parser = usage()
    choice = parser.parse_args()
    reports = find_reports(choice.files)
    if not reports:
        where = " ".join(choice.files) or f"{SHARED} (reports, corpus, pdf_text)"
        parser.error(f"no reports: {where} is absent or empty; --files names others")
    with ExitStack() as stack:
        try:
            sides = [compiled(stack, side, reports) for side in (choice.base, choice.new)]
        except CheckoutError as error:
            parser.error(str(error))
        tallies = tallied(reports, (sides[0], sides[1]), choice)
    for line in shown(tallies, len(reports), choice.show):
        print(line)
    return 1 if tallies else 0


def compiled(stack: ExitStack, side: str, reports: Sequence[Report]) -> Outcomes:
    """What a side makes of the reports; how long that took goes to standard error."""
    start = perf_counter()
    made = stack.enter_context(outcomes(stack.enter_context(checkout(side)), reports))
    known = len(reports) - made.compiled
    print(f"{side}: {made.compiled} compiled, {known} known, {perf_counter() - start:.1f} s", file=sys.stderr)
    return made


if __name__ == "__main__":
    sys.exit(main())
