"""What `grammar new` writes into a checkout: files that build as they stand, and a case that reads as it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from yusuan.compiler.cli.grammar import grammar_group
from yusuan.compiler.language import grammars
from yusuan.compiler.language.building import build
from yusuan.compiler.language.files import GrammarFile, built_in
from yusuan.compiler.language.loader import load
from yusuan.compiler.workbench.corpus.judging import judge, read_cases


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "grammar").mkdir()
    (tmp_path / "grammar" / "report.lark").touch()
    (tmp_path / "tests" / "corpus").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


EXPECTED = {
    "section": "  petty_cash\n    PETTY_CASH_HEADING 一、备用金(处)情况\\n\n",
    "table": "petty_cash  is_total=false  item=甲  amount=5.00  amount_unit=万元\n",
    "clause": "  item\n    MARK 备用金(处)：\n    NUMBER 3\n",
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_what_is_written_builds_and_its_case_is_read(
    kind: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = CliRunner().invoke(grammar_group, ["new", kind, "petty_cash", "--term", "备用金(处)"])
    assert done.exit_code == 0, done.output
    [written] = [path for path in checkout.glob("grammar/*/*") if path.is_file()]
    [case_file] = checkout.glob("tests/corpus/*/*.txt")
    path = written.relative_to(checkout / "grammar").as_posix()
    file = GrammarFile(path, f"grammar/{path}", written.read_text(encoding="utf-8"))
    if kind == "clause":
        # A fresh process finds the file in the folder.
        monkeypatch.setitem(grammars.GRAMMARS, "petty_cash", (path,))
    folder = evolve(built_in(), files=(*built_in().files, file))
    build(folder.files, strict=True)
    [case] = read_cases(case_file)
    verdict = judge(case, load([folder]))
    assert verdict.can_be_written
    assert not verdict.is_right
    assert EXPECTED[kind] in verdict.actual
