"""Which inputs there are, what their documents are called, and compiling them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan import Compiler, compile_bytes, compile_file
from yusuan.compiler import pipeline
from yusuan.compiler.readers.text.decode import DecodeError
from yusuan.compiler.workspace.compiler import compile_input
from yusuan.compiler.workspace.inputs import Input, PassedOver, expand_inputs, find_inputs
from yusuan.compiler.workspace.naming import Candidate, NameClashError, name_files, path_below

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
    return {item.path: item.name for item in expand_inputs(paths).taken}


def told(passed: Mapping[str, PassedOver]) -> dict[str, tuple[int, list[str]]]:
    return {kind: (one.number, one.examples) for kind, one in passed.items()}


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
    assert told(expand_inputs(["r"]).passed_over) == {"/": (2, ["r/folder.txt", "r/loop"])}
    [loop] = compile_input(Input("r/self.txt", "self"), Compiler()).diagnostics
    assert loop.message == f"cannot be read: {os.strerror(errno.ELOOP)}"


def test_folders_that_yield_nothing_have_a_fault(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree("r/x.md")
    [item] = expand_inputs(["r"]).taken
    assert item.fault is not None
    assert item.fault.code == "BD004"

    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", refuse)
    [item] = expand_inputs(["r"]).taken
    assert item.fault is not None
    assert item.fault.message == "cannot be read: Permission denied"


def test_a_file_is_one_input_by_whatever_path(tree: Tree) -> None:
    tree("r/a.txt")
    os.symlink("r", "s")
    assert list(names("s/a.txt", "r/a.txt", "r", "./r/a.txt")) == ["./r/a.txt"]
    assert list(names("s")) == ["s/a.txt"]


def test_standard_input() -> None:
    [item] = expand_inputs(["-"]).taken
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
        {"stdin.txt": "stdin-2", "-": "stdin"},
        {"./.txt": ".txt", "..txt": "..txt"},
    ],
    ids=str,
)
def test_names_tell_files_apart_in_every_order(expected: dict[str, str], tree: Tree) -> None:
    tree(*(path for path in expected if path != "-"))
    assert names(*expected) == expected
    assert names(*reversed(expected)) == expected


def test_below_a_folder_a_document_is_called_by_its_path(tree: Tree) -> None:
    tree("r/x.txt", "r/a/x.txt", "r/a/b/2024.预算.TXT", "s/x.txt", "y.txt")
    below = {"r/a/b/2024.预算.TXT": "a/b/2024.预算", "r/a/x.txt": "a/x", "r/x.txt": "x"}
    assert names("r") == names("r/") == below
    assert names("./r") == {f"./{path}": name for path, name in below.items()}
    # Whatever is compiled beside it; below several folders the outermost counts.
    assert names("r", "y.txt") == names("y.txt", "r/a/x.txt", "r/a", "r") == {**below, "y.txt": "y"}
    # Those that differ in the case of letters only are still called as they are.
    tree("r/X.txt")
    assert names("r") == {**below, "r/X.txt": "X"}


@pytest.mark.parametrize(
    ("files", "given", "clashes"),
    [
        (["r/x.txt", "r/x.pdf"], ["r"], [("x", ["r/x.pdf", "r/x.txt"])]),
        (["r/a/x.txt", "s/a/x.txt"], ["r", "s"], [("a/x", ["r/a/x.txt", "s/a/x.txt"])]),
        (["r/x.txt", "s/x.txt"], ["s/x.txt", "r"], [("x", ["r/x.txt", "s/x.txt"])]),
        (["x.txt", "x.md", "y.txt"], ["x.md", "y.txt", "x.txt"], [("x", ["x.md", "x.txt"])]),
        (["r/stdin.txt"], ["r", "-"], [("stdin", ["-", "r/stdin.txt"])]),
    ],
)
def test_two_inputs_of_one_name_are_refused(
    files: list[str], given: list[str], clashes: list[tuple[str, list[str]]], tree: Tree
) -> None:
    tree(*files)
    for order in (given, given[::-1]):
        with pytest.raises(NameClashError) as raised:
            expand_inputs(order)
        assert raised.value.clashes == clashes
    # What goes by no names reads all of them.
    assert len(find_inputs(given)) == len({*files, *given} - {"r", "s"})


def test_the_message_quotes_the_clashes(tree: Tree) -> None:
    tree(*(f"r/{number}.{suffix}" for number in range(7) for suffix in ("txt", "pdf")))
    with pytest.raises(NameClashError) as raised:
        expand_inputs(["r"])
    quoted = ", ".join(f"{number} (r/{number}.pdf, r/{number}.txt)" for number in range(5))
    assert str(raised.value) == f"inputs of one name: {quoted}, 2 more; say which are taken: --prefer pdf,txt"
    tree("s/x.txt", "t/x.txt")
    with pytest.raises(NameClashError, match="; name the folder above them, or one of each name only"):
        expand_inputs(["s", "t"])


def test_the_preferred_form_is_taken(tree: Tree) -> None:
    tree("r/x.txt", "r/x.PDF", "r/a/x.txt", "y.txt", "y.pdf")
    preferred = {"r/a/x.txt": "a/x", "r/x.PDF": "x", "y.pdf": "y"}
    for prefer in ([".pdf"], [".pdf", ".txt"], [".docx", ".pdf"]):
        inputs = expand_inputs(["r", "y.txt", "y.pdf"], prefer)
        assert {item.path: item.name for item in inputs.taken} == preferred
        assert told(inputs.set_aside) == {".txt": (2, ["r/x.txt", "y.txt"])}
    with pytest.raises(NameClashError):
        expand_inputs(["r"], [".docx"])
    # Two of the preferred form are no choice, even where a less preferred one is alone.
    tree("s/x.pdf")
    with pytest.raises(NameClashError):
        expand_inputs(["r", "s"], [".pdf", ".txt"])


def test_what_no_reader_takes_is_counted(tree: Tree) -> None:
    tree("r/1.xlsx", "r/2.XLSX", "r/a/3.xlsx", "r/a/4.xlsx", "r/README", "r/x.txt")
    tree("r/.hidden.jpg", "r/.git/a.jpg", "r/~$x.docx", "r/~$x.txt", "r/yusuan.toml")
    inputs = expand_inputs(["r"])
    assert [item.path for item in inputs.taken] == ["r/x.txt"]
    assert told(inputs.passed_over) == {".xlsx": (4, ["r/1.xlsx", "r/2.XLSX", "r/a/3.xlsx"]), "": (1, ["r/README"])}
    # Named, whatever it is, it is tried: content decides.
    assert list(names("r/1.xlsx", "r/~$x.txt")) == ["r/1.xlsx", "r/~$x.txt"]


_PATHS = st.from_regex(r"([abB]/){0,2}[xX](-2)?\.(txt|pdf)", fullmatch=True)


@given(st.sets(_PATHS), st.sets(_PATHS), st.lists(st.sampled_from([".pdf", ".txt"]), unique=True))
def test_no_two_documents_have_one_name(named: set[str], found: set[str], prefer: list[str]) -> None:
    files = [Candidate(path) for path in named - found]
    files += [Candidate(path, path_below(".", f"./{path}")) for path in found]
    try:
        names = name_files(files, prefer)
    except NameClashError:
        return
    assert len(set(names.by_path.values())) == len(names.by_path)
    assert {*names.by_path, *names.set_aside} == named | found
    assert names.by_path == name_files(files[::-1], prefer).by_path
    assert all(names.by_path[path] == path.rpartition(".")[0] for path in found if path in names.by_path)


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
        compilation = compile_input(Input(path, "name"), Compiler())
        [diagnostic] = compilation.diagnostics
        assert diagnostic.code == code
        assert compilation.document.name == "name"
        assert compilation.document.diagnostics == compilation.diagnostics
        assert compilation.document.body.blocks == ()


def test_a_fault_of_the_compiler_is_an_error_of_the_input(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    tree("a.txt")
    monkeypatch.setattr(pipeline, "compile_bytes", fail)
    [diagnostic] = compile_input(Input("a.txt", "a"), Compiler()).diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("BD901", "error")
    assert "RecursionError: too deep" in diagnostic.message


def test_an_input_of_an_impossible_name_is_told() -> None:
    """The system's functions raise something else than its errors then; a run must survive that too."""
    [diagnostic] = compile_input(Input("a\0.txt", "a"), Compiler()).diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("BD901", "error")
