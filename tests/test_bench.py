"""The benchmark runs and prints its figures; what they are is not tested."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.readers.pdf.writing import Sheet, written

BENCH = Path(__file__).resolve().parents[1] / "bench"


def run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, BENCH / script, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def test_prints_figures_and_targets(tmp_path: Path) -> None:
    report = tmp_path / "tiny.txt"
    report.write_text(run("generate.py", "40"), encoding="utf-8")
    printed = run("run.py", report, "--lines", "30", "60", "--repeats", "1")
    assert "not measured" not in printed
    documents = [line.split()[-1] for line in printed.splitlines() if line.endswith(("tiny", "-30", "-60"))]
    # Once each for the compiler, once for the XBRL formats.
    assert documents == ["tiny", "generated-30", "generated-60"] * 2
    assert printed.count("   target ") == 6


def test_a_document_that_cannot_be_measured_does_not_stop_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\xff")
    printed = run("run.py", broken, "--lines", "30", "--repeats", "1")
    assert "not measured: broken" in printed
    assert "generated-30" in printed


def test_pdf_is_measured_beside_pdfplumber(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    report = tmp_path / "tiny.pdf"
    report.write_bytes(written(Sheet().text(50, 60, "收支总表").table([50, 150, 250], [100, 120], [["教育", "12.5"]])))
    printed = run("run_pdf.py", report, "--repeats", "1")
    assert "not measured" not in printed
    assert printed.count("   target ") == 3


def test_generated_documents_are_the_same_for_the_same_seed() -> None:
    first = run("generate.py", "900")
    assert first == run("generate.py", "900", "--seed", "0")
    assert first != run("generate.py", "900", "--seed", "1")
    assert first.count("\n") == 900
    assert run("generate.py", "1200").startswith(first)


def test_hotspots_are_listed(tmp_path: Path) -> None:
    report = tmp_path / "tiny.txt"
    report.write_text(run("generate.py", "40"), encoding="utf-8")
    assert "tottime" in run("hotspots.py", report)


def test_growth_is_printed_for_each_kind() -> None:
    kinds = ["sections", "bounds in one cell"]
    printed = run("growth.py", *kinds).splitlines()
    assert [line.endswith(kind) for line, kind in zip(printed[2:4], kinds, strict=True)] == [True, True]
    assert "   target < " in printed[-1]
