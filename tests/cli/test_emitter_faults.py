"""A format that fails over one document costs that document, and none of the others."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

REPORT = "云溪市桥梁处2024年部门预算公开\n二、部门预算安排的总体情况\n支出预算500万元。\n"
PLANTED = """
import sys
from yusuan.compiler.cli import compile_main
from yusuan.emitters.xbrl import report

def planted(function, name_of):
    def fail_at_times(*arguments, **keywords):
        if name_of(*arguments) in {bad} and arguments[0].amounts:
            raise ZeroDivisionError("on purpose")
        return function(*arguments, **keywords)
    return fail_at_times

report._facts_of = planted(report._facts_of, lambda document, stem: document.name)
compile_main()
"""


def run(
    folder: Path, environment: dict[str, str], *arguments: str, bad: tuple[str, ...] = ("b",), given: str = ""
) -> subprocess.CompletedProcess[str]:
    command = ["python", "-c", PLANTED.format(bad=bad), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, input=given)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(REPORT, "utf-8")
    return tmp_path


FAILED = "b.txt:1:1: error[BD901]: the compiler failed: {}: ZeroDivisionError: on purpose\n"


@pytest.mark.parametrize("name", ["xbrl", "xbrl-json", "ixbrl"])
def test_the_other_reports_of_a_folder_are_written(name: str, reports: Path, environment: dict[str, str]) -> None:
    files = ["a.txt", "b.txt", "c.txt"]
    good = run(reports, environment, *files, "--to", name, "-o", "good", bad=())
    assert good.returncode == 0, good.stderr
    done = run(reports, environment, *files, "--to", name, "-o", "out", "--ignore", "BD2")
    assert done.returncode == 1
    summary = "2 of 3 inputs compiled, 1 failed, 1 error, 0 warnings, 0 infos\n"
    assert done.stderr == FAILED.format(name) + "error: 1 of 3 inputs failed: b.txt\n" + summary
    assert sorted(os.listdir(reports / "out")) == sorted(os.listdir(reports / "good"))
    for file in (reports / "good").iterdir():
        same = (reports / "out" / file.name).read_bytes() == file.read_bytes()
        assert same is not file.name.startswith("b.")


def test_tables_have_a_row_for_what_failed(reports: Path, environment: dict[str, str]) -> None:
    done = run(reports, environment, ".", "--to", "csv", "-o", "out", "--quiet")
    assert done.returncode == 1
    assert (reports / "out/documents.csv").read_text("utf-8").count("\nb,") == 1
    amounts = (reports / "out/amounts.csv").read_text("utf-8")
    assert [amounts.count(f"\n{name},") for name in "abc"] == [1, 0, 1]
    assert "\nb,1,1,error,BD901," in (reports / "out/diagnostics.csv").read_text("utf-8")


def test_standard_input_is_read_once(reports: Path, environment: dict[str, str]) -> None:
    arguments = ("-", "b.txt", "--to", "xbrl-json", "-o", "out", "--quiet")
    assert run(reports, environment, *arguments, given=REPORT).returncode == 1
    [stdin] = (reports / "out").glob("stdin.*")
    assert len(json.loads(stdin.read_text("utf-8"))["facts"]) > 1


def test_every_document_may_fail(reports: Path, environment: dict[str, str]) -> None:
    done = run(reports, environment, ".", "--to", "xbrl", "-o", "out", bad=("a", "b", "c"))
    assert done.returncode == 1
    assert done.stderr.count("error[BD901]") == 3
    assert "error: out: nothing was written, since no input was compiled\n" in done.stderr
    assert not (reports / "out").exists()


def test_what_went_out_already_cannot_be_taken_back(reports: Path, environment: dict[str, str]) -> None:
    done = run(reports, environment, "a.txt", "b.txt", "--to", "ixbrl", "--quiet")
    assert done.returncode == 1
    assert done.stdout.endswith("</html>\n")
    assert "Traceback" not in done.stderr
