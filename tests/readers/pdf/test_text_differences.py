"""Real PDF files say the same as the text that `yusuan text` prints of them.

What is left differs by layout alone, such as merged cells drawn in pieces: `text_differences.csv` counts it, a row a
file and table, and a rise fails. `--update-corpus` counts anew; `python -m tests.text_differences FILE` shows the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from tests.strategies import SHARED
from tests.text_differences import differences

from yusuan.compiler.readers.pdf.reader import PdfReader

COUNTS: Final = Path(__file__).parent / "text_differences.csv"
COLUMNS: Final = ("file", "table", "pdf_alone", "text_alone")
FILES: Final = sorted((SHARED / "pdf").glob("*.pdf"))

Key = tuple[str, str]
Counts = Mapping[Key, tuple[int, int]]


def counted() -> dict[Key, tuple[int, int]]:
    with COUNTS.open(encoding="utf-8", newline="") as lines:
        return {
            (row["file"], row["table"]): (int(row["pdf_alone"]), int(row["text_alone"]))
            for row in csv.DictReader(lines)
        }


def write(counts: Counts) -> None:
    with COUNTS.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*key, *sides) for key, sides in sorted(counts.items()))


@pytest.mark.skipif(not FILES, reason="the real PDF files are not beside this checkout")
def test_there_are_files() -> None:
    assert {file for file, _ in counted()} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_text_says_the_same(path: Path, request: pytest.FixtureRequest) -> None:
    if not PdfReader().takes(path.read_bytes()):
        pytest.skip("it is no PDF file, whatever its name says")
    # Numbers alone: nothing of a report is printed, which may be one that nobody is to read.
    found = {(path.stem, table): (len(one), len(other)) for table, (one, other) in differences(path).items()}
    known = counted()
    if request.config.getoption("--update-corpus"):
        write({key: sides for key, sides in known.items() if key[0] != path.stem} | found)
        return
    risen = {
        key: {"found": sides, "known": known.get(key, (0, 0))}
        for key, sides in found.items()
        if any(now > then for now, then in zip(sides, known.get(key, (0, 0)), strict=True))
    }
    assert risen == {}
