"""Faults of the program that a run survives: a diagnostic for the user, the traceback in the log."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, NoReturn

import pytest
from attrs import evolve

from yusuan import Compiler, compile_text
from yusuan.compiler import checks, pipeline
from yusuan.compiler.checks.equations import settle
from yusuan.compiler.lowering import from_report
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workspace.compiler import compile_input
from yusuan.compiler.workspace.inputs import Input

TEXT = """云溪市桥梁处2024年部门预算公开
二、部门预算安排的总体情况
支出预算500万元，其中：基本支出100万元，项目支出300万元。
"""


class PlantedError(Exception):
    """What is raised on purpose."""


def fail(*_: Any, **__: Any) -> NoReturn:
    raise PlantedError("on purpose")


fail.__module__ = "planted"


def tracebacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The tracebacks that were logged as errors."""
    records = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert all(record.name.startswith("yusuan.") for record in records)
    return [record.exc_text or "" for record in records]


def faults(compilation: Compilation) -> list[str]:
    return [one.message for one in compilation.diagnostics if one.code == "BD901"]


@pytest.mark.parametrize("place", ["check", "equation", "region"])
def test_a_fault_in_part_of_a_document(
    place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if place == "check":
        monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, fail))
    elif place == "equation":
        monkeypatch.setattr(checks, "settle", lambda found: settle([evolve(one, report=fail) for one in found]))
    else:
        monkeypatch.setattr(from_report, "lower_amounts", fail)
    compilation = compile_text(TEXT)
    said, logged = faults(compilation), tracebacks(caplog)
    assert said
    assert len(logged) == len(said)
    assert all("PlantedError: on purpose" in message and "Traceback" not in message for message in said)
    assert all(trace.startswith("Traceback") and "in fail" in trace for trace in logged)


def test_a_fault_of_a_whole_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.setattr(pipeline, "compile_bytes", fail)
    [said] = faults(compile_input(Input(str(tmp_path / "a.txt"), "a"), Compiler()))
    assert "PlantedError: on purpose" in said
    [logged] = tracebacks(caplog)
    assert "in fail" in logged


def test_stages_are_logged_with_their_times(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "yusuan")
    compile_text(TEXT, "bridges")
    said = [record.getMessage() for record in caplog.records if record.name == "yusuan.compiler.pipeline"]
    stages = [message.removeprefix("bridges: ").split(" ")[0] for message in said]
    assert stages == ["read", "mark", "outline", "join_pages", "title", "stitch", "parse", "lower", "check"]
    assert all(message.endswith(" ms") for message in said)
