"""`--debug`: the traceback of a fault, for those who mend it; without it the diagnostic alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

REPORT = "云溪市桥梁处2024年部门预算公开\n二、部门预算安排的总体情况\n支出预算500万元。\n"

PLANTED = """
import sys
from yusuan.compiler.cli import {entry}
from yusuan.compiler.lowering import from_report

def fail(*_):
    raise ZeroDivisionError("\\x1b[2Jon purpose")

from_report.lower_amounts = fail
sys.argv = ["x", *sys.argv[1:]]
{entry}()
"""


def run(folder: Path, environment: dict[str, str], entry: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "report.txt").write_text(REPORT, "utf-8")
    program = PLANTED.format(entry=entry)
    return subprocess.run(
        ["python", "-c", program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("entry", "arguments"),
    [
        ("compile_main", ["report.txt", "--to", "csv"]),
        ("main", ["check", "report.txt", "--diagnostics", "short"]),
    ],
    ids=["compile", "check"],
)
def test_a_planted_fault(entry: str, arguments: list[str], tmp_path: Path, environment: dict[str, str]) -> None:
    plain = run(tmp_path, environment, entry, *arguments)
    assert "warning[BD901]: ZeroDivisionError: \\x1b[2Jon purpose" in plain.stdout + plain.stderr
    assert "Traceback" not in plain.stdout + plain.stderr
    debugged = run(tmp_path, environment, entry, *arguments, "--debug")
    assert (debugged.returncode, debugged.stdout) == (plain.returncode, plain.stdout)
    assert "ERROR yusuan.compiler.faults: line 3, column 1\nTraceback (most recent call last):\n" in debugged.stderr
    assert "ZeroDivisionError: \\x1b[2Jon purpose\n" in debugged.stderr
    assert "DEBUG yusuan.compiler.pipeline: report: lower took " in debugged.stderr
    assert "\x1b" not in debugged.stderr


def test_what_ends_a_command_is_traced(tmp_path: Path, environment: dict[str, str]) -> None:
    done = run(tmp_path, environment, "compile_main", "report.txt", "--to", "csv", "--grammar", "none", "--debug")
    assert done.returncode == 2
    assert "GrammarFileError: none: no such folder" in done.stderr
    assert done.stderr.endswith("\nError: none: no such folder, and no installed package brings it\n")
