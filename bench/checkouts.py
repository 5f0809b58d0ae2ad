"""The two sides of a comparison: checkouts, or revisions of this repository, and what each makes of the reports."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import field, frozen
from compile_all import ELSEWHERE, FAILURE
from platformdirs import user_cache_path

COMPILING = Path(__file__).with_name("compile_all.py")
ROOT = COMPILING.parents[1]
FOLDERS = ("compiler", "emitters", "grammar", "ir", "src")
"""What of a checkout is the compiler."""
KEPT = 6
"""How many checkouts' outcomes are kept."""


class CheckoutError(Exception):
    """A side is no checkout and no revision, or its compiler is not the one that runs; the message says which."""


@frozen(slots=True)
class Report:
    """A report to compile.

    Attributes:
        path: its file.
        name: what it is called in the comparison: its folder and its name, without suffix.
    """

    path: Path
    name: str = field(init=False)

    @name.default
    def _name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"


@contextmanager
def checkout(side: str) -> Iterator[Path]:
    """The folder of a side: a checkout as it stands, or a revision, extracted for the time of the comparison.

    Raises:
        CheckoutError: it is neither.
    """
    folder = Path(side)
    if (folder / "src" / "yusuan").is_dir():
        yield folder.resolve()
        return
    asked = ["git", "-C", str(ROOT), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{side}^{{commit}}"]
    revision = subprocess.run(asked, capture_output=True, encoding="utf-8").stdout.strip()
    if not revision:
        raise CheckoutError(
            f"{side} is neither a checkout (a folder with src/yusuan) nor a revision of this repository"
        )
    with TemporaryDirectory() as name:
        archive = subprocess.run(["git", "-C", str(ROOT), "archive", revision], check=True, capture_output=True).stdout
        subprocess.run(["tar", "-xf", "-", "-C", name], check=True, input=archive)
        yield Path(name).resolve()


@contextmanager
def outcomes(folder: Path, reports: Sequence[Report]) -> Iterator[Outcomes]:
    """What a checkout makes of the reports, compiled where it is not known from an earlier run.

    Raises:
        CheckoutError: Python imports another compiler than the checkout's.
    """
    with _store(_digest(folder)) as store:
        yield _compiled(folder, reports, store)


@frozen(slots=True)
class Outcomes:
    """What a checkout made of reports.

    Attributes:
        files: the file of each outcome, by report.
        deaths: how the process ended that was compiling a report, for those that ended it.
        compiled: how many reports were compiled for it, not known before.
    """

    files: dict[Report, Path]
    deaths: dict[Report, str]
    compiled: int

    def of(self, report: Report) -> dict[str, str]:
        """The text of each output by its name, and each failure."""
        if report in self.deaths:
            return {f"{FAILURE}process": self.deaths[report]}
        found: dict[str, str] = json.loads(gzip.decompress(self.files[report].read_bytes()))
        return found


def _compiled(folder: Path, reports: Sequence[Report], store: Path) -> Outcomes:
    files = {report: store / f"{_input_digest(report)}.json.gz" for report in reports}
    deaths: dict[Report, str] = {}
    pending = _pending(files)
    compiled = len(pending)
    while pending:
        death = _compile(folder, {report: files[report] for report in pending}, store)
        pending = _pending({report: files[report] for report in pending})
        if pending:  # it took the reports in order, so the first one ended it
            deaths[pending.pop(0)] = death
    return Outcomes(files, deaths, compiled)


def _pending(files: dict[Report, Path]) -> list[Report]:
    return [report for report, file in files.items() if not file.exists()]


def _compile(folder: Path, files: dict[Report, Path], store: Path) -> str:
    """Compile reports in a fresh process until one ends it; how it ended."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YUSUAN_")}
    environment |= {
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "YUSUAN_CACHE": str(store / "language"),
    }
    done = subprocess.run(
        [sys.executable, "-P", COMPILING, folder],
        input=json.dumps([(str(report.path), str(file)) for report, file in files.items()]),
        env=environment,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode == ELSEWHERE:
        raise CheckoutError(f"{sys.executable} does not import the compiler of {folder}")
    said = done.stderr.strip().splitlines()
    return f"exit status {done.returncode}{': ' if said else ''}{said[-1] if said else ''}"


@contextmanager
def _store(digest: str) -> Iterator[Path]:
    """A folder for outcomes: the user's cache, by the rules of the compiler's own, else a temporary one."""
    cache = _cache()
    if cache is None:
        with TemporaryDirectory() as name:
            yield Path(name)
        return
    store = cache / digest[:16]
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.utime(store)
    for old in sorted(cache.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    yield store


def _cache() -> Path | None:
    chosen = os.environ.get("YUSUAN_CACHE")
    if chosen == "":
        return None
    return (Path(chosen, "yusuan") if chosen else user_cache_path("yusuan", appauthor=False)) / "compare"


def _digest(folder: Path) -> str:
    """Another one for another compiler, another Python and another way to compile all."""
    known = hashlib.sha256(sys.version.encode() + sys.prefix.encode() + COMPILING.read_bytes())
    for top in FOLDERS:
        for path in sorted((folder / top).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                known.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return known.hexdigest()


def _input_digest(report: Report) -> str:
    return hashlib.sha256(f"{report.path.stem}\0".encode() + report.path.read_bytes()).hexdigest()[:24]
