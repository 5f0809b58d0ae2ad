"""Finding the project file of an input."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from yusuan.compiler.workspace.inputs import PROJECT_FILE
from yusuan.compiler.workspace.project_file import ProjectFileError, ProjectFiles
from yusuan.compiler.workspace.selection import Layer, layer, resolve


def only(path: Path, code: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[diagnostics]\nselect = ["{code}"]\n', "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    only(tmp_path / PROJECT_FILE, "BD501")
    only(tmp_path / "a/b" / PROJECT_FILE, "BD502")
    only(tmp_path / "other.toml", "BD503")
    (tmp_path / "a/c").mkdir()
    return tmp_path


def test_the_nearest_above_an_input_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    selections = ProjectFiles(Layer())
    monkeypatch.chdir(folder / "a")
    inputs = ["b/x.txt", "x.txt", "c/x.txt", "../x.txt", "c", "-", str(folder / "a/b/d/none.txt")]
    found = [list(selections.for_input(path).selection.levels) for path in inputs]
    assert found == [["BD502"], ["BD501"], ["BD501"], ["BD501"], ["BD501"], ["BD501"], ["BD502"]]


def test_one_file_for_all_or_none(folder: Path) -> None:
    path = str(folder / "a/b/x.txt")
    assert list(ProjectFiles(Layer(), path=str(folder / "other.toml")).for_input(path).selection.levels) == ["BD503"]
    assert len(ProjectFiles(Layer(), searching=False).for_input(path).selection.levels) > 50


def test_a_folder_of_that_name_is_no_file(folder: Path) -> None:
    (folder / "a/c" / PROJECT_FILE).mkdir()
    assert list(ProjectFiles(Layer()).for_input(str(folder / "a/c/x.txt")).selection.levels) == ["BD501"]


def test_the_command_line_beats_the_file(folder: Path) -> None:
    selections = ProjectFiles(layer(["BD601"], [], []))
    assert list(selections.for_input(str(folder / "x.txt")).selection.levels) == ["BD601"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[diagnostics", ": Expected ']'"),
        (b"\n[diagnostics\n", ":2: Expected ']'"),
        (b"\xff", ": is no TOML: not UTF-8"),
        (b"a = " + b"[" * 100_000, ": something is nested too deep"),
        (b"a = " + b"9" * 10_000, ": a value is none that TOML has"),
        (b"select = []", ":1: select: no key of the file"),
        (
            b"\n[diagnostic]",
            ":2: diagnostic: no key of the file; did you mean 'diagnostics'? (it has diag",
        ),
        (b"grammar.overlay = []", ":1: overlay: no key of [grammar]; did you mean 'overlays'?"),
        (b"grammar.overlays = 'a'", ":1: overlays is a text here; it is to be a list"),
        (b"grammar.overlays = ['']", ":1: overlays: the name of a folder"),
        (b"[grammar]\noverlays = [['a']]", ":2: what stands in the list is a list here; it is to be a text"),
        (b"[diagnostics]\nignore = ['BD0000']", ":2: ignore: unknown diagnostic 'BD0000'"),
        (b"diagnostics = 'BD5'", ":1: diagnostics is a text here; it is to be a table"),
        (b"[diagnostics]\ncolour = 'red'", ":2: colour: no key of [diagnostics] (it has select, ignore, severity)"),
        (b"[diagnostics]\nselct = []", ":2: selct: no key of [diagnostics]; did you mean 'select'?"),
        (b"[diagnostics]\nselect = 'BD5'", ":2: select is a text here; it is to be a list"),
        (b"[diagnostics]\nselect = [5]", ":2: what stands in the list is a number here; it is to be a text"),
        (b"[diagnostics]\nseverity = []", ":2: severity is a list here; it is to be a table"),
        (b"[diagnostics.severity]\n\nBD99 = 'off'", ":3: BD99: unknown diagnostic 'BD99'"),
        (
            b"[diagnostics.severity]\n\nBD503 = 'eror'",
            ":3: BD503: unknown severity 'eror'; did you mean 'error'? (",
        ),
        (b"[diagnostics.severity]\n\nBD503 = 1", ":3: BD503: unknown severity 1 (known: error, warning, info, off)"),
    ],
)
def test_mistakes(content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / PROJECT_FILE).write_bytes(content)
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    with pytest.raises(ProjectFileError) as caught:
        ProjectFiles(Layer()).for_input("x.txt")
    assert str(caught.value).startswith(f"../{PROJECT_FILE}{said}")


def test_names_codes_and_levels_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "yusuan.toml"
    path.write_text(
        "\ufeff[diagnostics]\nselect = ['bd5']\nignore = ['template-residue']\nseverity.bd503 = 'Error'\n", "utf-8"
    )
    stated = layer(["BD5"], ["template-residue"], [("BD503", "error")])
    found = ProjectFiles(Layer(), path=str(path)).for_input("x.txt")
    assert found.selection == resolve([stated])


def test_nothing_is_said_of_what_is_reported(tmp_path: Path) -> None:
    for text in ("", "[diagnostics]\n", "[grammar]\noverlays = []\n"):
        (tmp_path / "yusuan.toml").write_text(text, "utf-8")
        assert ProjectFiles(Layer()).for_input(str(tmp_path / "x.txt")).selection == resolve([])


def test_a_file_on_another_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From one drive of Windows no path leads to another."""

    def refuse(*_: object) -> NoReturn:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", refuse)
    path = tmp_path / PROJECT_FILE
    path.write_text("[grammar]\noverlays = ['dialect']\n", "utf-8")
    assert ProjectFiles(Layer()).for_input(str(tmp_path / "x.txt")).overlays == (str(tmp_path / "dialect"),)
    path.write_text("[grammars]\n", "utf-8")
    with pytest.raises(ProjectFileError) as caught:
        ProjectFiles(Layer()).for_input(str(tmp_path / "x.txt"))
    assert str(caught.value).startswith(f"{path}:1: grammars: no key of the file")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match="cannot be read: No such file or directory"):
        ProjectFiles(Layer(), path=str(tmp_path / "none.toml")).for_input("x.txt")
