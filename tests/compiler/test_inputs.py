"""Which inputs there are, what their documents are called, and compiling them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from yusuan.compiler.pipeline import compile_bytes
from yusuan.compiler.readers.text.decode import DecodeError
from yusuan.compiler.workspace import inputs
from yusuan.compiler.workspace.inputs import Input, compile_file, compile_input, expand_inputs

Tree = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Makes files in an empty working folder."""
    monkeypatch.chdir(tmp_path)

    def make(*paths: str) -> None:
        for path in paths:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text("预算\n", "utf-8")

    return make


def names(*paths: str) -> dict[str, str]:
    return {item.path: item.name for item in expand_inputs(paths)}


def test_compile_file_is_called_as_the_file(tree: Tree) -> None:
    tree("a/2024.预算.txt")
    assert compile_file("a/2024.预算.txt").document.name == "2024.预算"
    assert compile_file(Path("a/2024.预算.txt")).source.text == "预算\n"


def test_compile_file_raises(tree: Tree) -> None:
    tree("a/x.txt")
    Path("empty.txt").touch()
    with pytest.raises(FileNotFoundError):
        compile_file("none.txt")
    with pytest.raises(IsADirectoryError):
        compile_file("a")
    with pytest.raises(DecodeError):
        compile_file("empty.txt")


def test_compile_bytes_reports_what_decoding_found() -> None:
    compilation = compile_bytes("预算\x07".encode("gb18030"), "name")
    assert compilation.document.name == "name"
    assert compilation.diagnostics[0].code == "BD005"


def test_folders_are_searched_in_order(tree: Tree) -> None:
    tree("r/b.txt", "r/a/2.TXT", "r/a/10.txt", "r/a.txt", "r/x.md", "r/.h.txt", "r/.git/h.txt")
    assert list(names("r")) == ["r/a/10.txt", "r/a/2.TXT", "r/a.txt", "r/b.txt"]
    # A hidden file, or one with another suffix, is compiled where it is named.
    assert list(names("r/x.md", "r/.h.txt")) == ["r/x.md", "r/.h.txt"]


def test_links(tree: Tree) -> None:
    tree("r/a.txt", "other/b.txt")
    os.symlink("a.txt", "r/0.txt")
    os.symlink("../other/b.txt", "r/c.txt")
    os.symlink("none.txt", "r/broken.txt")
    os.symlink("../r", "r/loop")
    os.symlink("../other", "r/folder.txt")
    os.symlink("self.txt", "r/self.txt")
    assert names("r") == {
        "r/a.txt": "a",
        "r/broken.txt": "broken",
        "r/c.txt": "c",
        "r/self.txt": "self",
    }
    [loop] = compile_input(Input("r/self.txt", "self")).diagnostics
    assert loop.message == f"cannot be read: {os.strerror(errno.ELOOP)}"


def test_folders_that_yield_nothing_have_a_fault(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree("r/x.md")
    [item] = expand_inputs(["r"])
    assert item.fault is not None
    assert item.fault.code == "BD004"

    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refuse)
    [item] = expand_inputs(["r"])
    assert item.fault is not None
    assert item.fault.message == "cannot be read: Permission denied"


def test_a_file_is_one_input_by_whatever_path(tree: Tree) -> None:
    tree("r/a.txt")
    os.symlink("r", "s")
    assert list(names("s/a.txt", "r/a.txt", "r", "./r/a.txt")) == ["./r/a.txt"]
    assert list(names("s")) == ["s/a.txt"]


def test_standard_input() -> None:
    [item] = expand_inputs(["-"])
    assert (item.name, item.shown) == ("stdin", "<stdin>")
    with pytest.raises(ValueError, match="only once"):
        expand_inputs(["-", "-"])


@pytest.mark.parametrize(
    "expected",
    [
        {"a/x.txt": "a_x", "b/x.txt": "b_x"},
        {"a/x.txt": "x", "a/b/x.txt": "b_x"},
        {"a/1/x.txt": "a_1_x", "b/1/x.txt": "b_1_x", "b/2/x.txt": "b_2_x"},
        {"a/x.txt": "a_x-2", "b/x.txt": "b_x", "a_x.txt": "a_x"},
        {"a/X.txt": "a_X", "b/x.txt": "b_x"},
        {"a/b_c.txt": "b_c", "b/c.txt": "b_c-2", "a/c.txt": "a_c"},
        {"x.a": "x", "x.b": "x-2", "x.c": "x-3"},
        {"a/x.md": "a_x", "a/x.txt": "a_x-2", "b/x.txt": "b_x"},
        {"stdin.txt": "stdin-2", "-": "stdin"},
        {"./.txt": ".txt", "..txt": "..txt"},
    ],
    ids=str,
)
def test_names_tell_files_apart_in_every_order(expected: dict[str, str], tree: Tree) -> None:
    tree(*(path for path in expected if path != "-"))
    assert names(*expected) == expected
    assert names(*reversed(expected)) == expected


def test_names_are_unicode() -> None:
    path = os.fsdecode(b"caf\xe9.txt")
    assert names(path) == {path: "caf%E9"}
    names(path)[path].encode()


def test_a_hundred_thousand_inputs_have_names() -> None:
    paths = [f"province{i % 30}/county{i // 30}/report.txt" for i in range(100_000)]
    assert len(set(names(*paths).values())) == 100_000


def test_an_input_that_fails_has_a_document(tree: Tree) -> None:
    tree()
    Path("empty.txt").touch()
    for path, code in (("empty.txt", "BD001"), ("none.txt", "BD004"), (".", "BD004")):
        compilation = compile_input(Input(path, "name"))
        [diagnostic] = compilation.diagnostics
        assert diagnostic.code == code
        assert compilation.document.name == "name"
        assert compilation.document.diagnostics == compilation.diagnostics
        assert compilation.document.body.blocks == ()


def test_a_fault_of_the_compiler_is_an_error_of_the_input(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    tree("a.txt")
    monkeypatch.setattr(inputs, "compile_bytes", fail)
    [diagnostic] = compile_input(Input("a.txt", "a")).diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("BD901", "error")
    assert "RecursionError: too deep" in diagnostic.message
