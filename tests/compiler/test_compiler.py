"""A compiler as a value: what it was made with is what it compiles with, whatever others are at work."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest
from attrs.exceptions import FrozenInstanceError
from tests.strategies import EXAMPLES

import yusuan
from yusuan import Compiler, Document, GrammarFileError, Options

REPORT = """云溪市文化和旅游局2024年部门预算公开说明
一、进账情况
2024年预算收入120.5万元，占预算收入的250%。
"""
HEADING = {"sections/revenue.lark": "%extend REVENUE_HEADING: /进账情况/\n"}
OTHER_HEADING = {"sections/expenditure.lark": "%extend EXPENDITURE_HEADING: /进账情况/\n"}


def overlay(folder: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder


def role(document: Document) -> str | None:
    return document.body.sections[0].role


def test_it_compiles_with_its_overlays_and_no_others(tmp_path: Path) -> None:
    plain = Compiler()
    dialect = Compiler([overlay(tmp_path / "o", HEADING)])
    assert role(dialect.compile_text(REPORT).document) == "revenue"
    assert role(plain.compile_text(REPORT).document) is None
    assert dialect.overlays == (str(tmp_path / "o"),)


def test_the_functions_are_those_of_the_plain_one() -> None:
    plain, path = Compiler(), EXAMPLES[0]
    assert yusuan.compile_file(path) == plain.compile_file(path)
    assert yusuan.compile_bytes(path.read_bytes(), "a") == plain.compile_bytes(path.read_bytes(), "a")
    assert yusuan.compile_text(REPORT) == plain.compile_text(REPORT)
    assert yusuan.compile_text(REPORT, checks=False) == Compiler(options=Options(checks=False)).compile_text(REPORT)


def test_without_checks_nothing_is_checked() -> None:
    assert Compiler(options=Options(checks=False)).compile_file(EXAMPLES[0]).tallies == ()
    assert Compiler().compile_file(EXAMPLES[0]).tallies != ()


def test_it_is_a_value(tmp_path: Path) -> None:
    place = overlay(tmp_path / "o", HEADING)
    assert Compiler([place]) == Compiler([str(place)]) != Compiler()
    assert hash(Compiler([place])) == hash(Compiler([place]))
    assert Compiler(options=Options(checks=False)) != Compiler()
    with pytest.raises(FrozenInstanceError):
        Compiler().options = Options()  # type: ignore[misc]


def test_what_it_cannot_be_made_of_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(GrammarFileError, match=r"revenue\.lark:1"):
        Compiler([overlay(tmp_path / "o", {"sections/revenue.lark": "%extend REVENUE_HEADING: /(/\n"})])
    with pytest.raises(TypeError, match="write \\(folder,\\)"):
        Compiler("dialect")


def test_compilers_of_several_threads_know_nothing_of_each_other(tmp_path: Path) -> None:
    """Every thread makes of its language what it needs while the others do."""
    compilers = {
        "revenue": Compiler([overlay(tmp_path / "a", HEADING)]),
        "expenditure": Compiler([overlay(tmp_path / "b", OTHER_HEADING)]),
        None: Compiler(),
    }
    wanted = [*compilers] * 8
    with ThreadPoolExecutor(max_workers=6) as pool:
        found = [*pool.map(lambda one: role(compilers[one].compile_text(REPORT).document), wanted)]
    assert found == wanted


# --- until the next version -------------------------------------------------------------------------------------------


def test_speaking_still_works_and_says_what_takes_its_place(tmp_path: Path) -> None:
    place = str(overlay(tmp_path / "o", HEADING))
    with catch_warnings(record=True) as told:
        simplefilter("always")
        spoken = yusuan.with_overlays([place])
        with yusuan.speaking(spoken):
            made = yusuan.compile_text(REPORT), Compiler().compile_text(REPORT)
    assert [role(one.document) for one in made] == ["revenue", None]
    assert role(yusuan.compile_text(REPORT).document) is None
    assert [(one.category, one.filename) for one in told] == [(DeprecationWarning, __file__)] * 2
    assert all("yusuan.Compiler(overlays=" in str(one.message) for one in told)


def test_compiling_warns_of_nothing() -> None:
    with catch_warnings(record=True) as told:
        simplefilter("always")
        yusuan.compile_text(REPORT)
    assert told == []


# --- what the package has ---------------------------------------------------------------------------------------------


def test_every_public_name_is_there() -> None:
    assert {name for name in yusuan.__all__ if getattr(yusuan, name, None) is None} == set()
    assert set(yusuan.__all__) <= set(dir(yusuan))
    assert sorted(yusuan.__all__) == list(yusuan.__all__)


def reachable(of: type) -> Iterator[type]:
    """The classes that the attributes of a class name in their types."""
    hints = inspect.get_annotations(of).values()
    for name in {word for hint in map(str, hints) for word in hint.replace("[", " ").replace("]", " ").split()}:
        found = getattr(inspect.getmodule(of), name.strip(",."), None)
        if isinstance(found, type) and found.__module__.startswith("yusuan.ir"):
            yield found


def test_every_class_that_a_document_is_made_of_is_public() -> None:
    pending: list[type] = [Document]
    seen: set[type] = {Document}
    while pending:
        fresh = set(reachable(pending.pop())) - seen
        pending.extend(fresh)
        seen |= fresh
    assert {one.__name__ for one in seen} - set(yusuan.__all__) == set()
