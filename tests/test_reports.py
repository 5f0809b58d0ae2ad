"""The real reports: the five against their gold, all others whole. Skipped where they are not at hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.strategies import OTHERS, REPORTS, SHARED

from yusuan import compile_text
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import lex
from yusuan.compiler.readers.text.decode import decode
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.ir.diagnostics import Severity
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT
from yusuan.ir.source import SourceFile

SCORER = SHARED / "tools" / "score"
TABLES = (
    "documents",
    "sections",
    "amounts",
    "projects",
    "objectives",
    "spending_plan",
    "indicators",
    "institutions",
    "procurement",
    "assets",
    "activities",
    "glossary",
    "all tables",
)
"""The lines of the score that end in a figure to be 1."""


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the scorer prints of the five reports."""
    if not (REPORTS and SCORER.exists()):
        pytest.skip("the real reports and their gold are not beside this checkout")
    folder = tmp_path_factory.mktemp("package")
    documents = (compile_text(decode(path.read_bytes()).text, path.stem).document for path in REPORTS)
    for name, chunk in CsvEmitter().package(documents):
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            file.write(chunk)
    command = [sys.executable, str(SCORER), str(folder)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_right(score: str, table: str) -> None:
    [f1] = re.findall(rf"^{table} .* F1 ([0-9.]+)", score, re.MULTILINE)
    assert float(f1) == 1, score


def test_no_false_alarm(score: str) -> None:
    assert re.search(r"^false alarms +0 ", score, re.MULTILINE), score


@pytest.mark.parametrize("path", [*REPORTS, *OTHERS], ids=lambda path: path.stem)
def test_a_real_report_compiles_and_nothing_is_lost(path: Path) -> None:
    text = decode(path.read_bytes()).text
    found = compile_text(text, path.stem).diagnostics
    assert [one for one in found if one.severity is Severity.ERROR or one.code == INTERNAL_FAULT.code] == []
    tokens, _ = lex(SourceFile(path.stem, text), built_in_language())
    assert "".join(text[token.start : token.end] for token in tokens) == text
