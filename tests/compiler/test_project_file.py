"""Finding the project file of an input."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan.compiler.workspace.inputs import PROJECT_FILE
from yusuan.compiler.workspace.project_file import ProjectFileError, ProjectFiles
from yusuan.compiler.workspace.selection import Layer, layer


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
        (b"[diagnostics", "is no TOML: Expected ']'"),
        (b"\xff", "is no TOML: not UTF-8"),
        (b"a = " + b"[" * 100_000, "is no TOML: "),
        (b"a = " + b"9" * 10_000, "is no TOML: "),
        (b"select = []", "unknown key select; did you mean 'diagnostics'?"),
        (b"[diagnostic]", "unknown key diagnostic; did you mean 'diagnostics'? (known: diagnostics, grammar)"),
        (b"grammar.overlay = []", "unknown key grammar.overlay; did you mean 'overlays'?"),
        (b"grammar.overlays = 'a'", "grammar.overlays: a list of folders or names is expected"),
        (b"diagnostics.ignore = ['BD0000']", "diagnostics.ignore: unknown diagnostic 'BD0000'"),
    ],
)
def test_mistakes(content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / PROJECT_FILE).write_bytes(content)
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    with pytest.raises(ProjectFileError) as caught:
        ProjectFiles(Layer()).for_input("x.txt")
    assert str(caught.value).startswith(f"../{PROJECT_FILE}: ")
    assert said.partition(";")[0] in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match="cannot be read: No such file or directory"):
        ProjectFiles(Layer(), path=str(tmp_path / "none.toml")).for_input("x.txt")
