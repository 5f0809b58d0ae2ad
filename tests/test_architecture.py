"""The architecture's invariants, read off the syntax trees: imports, sizes, Chinese words, input and output.

`make layers` checks the imports too, the indirect ones as well. A failure names each offending line.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Set
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("compiler", "emitters", "grammar", "ir")
TOOLS = ("bench", "docs", "tests")
"""The folders of Python that are no part of the package."""

WITH_LARK = ("admission", "analysis", "building", "terminals")
"""The modules of the language that analyse grammars; who finds a cache loads none of them."""

WITHOUT_LARK = (
    "api",
    "blocks",
    "checks",
    "clauses",
    "cli",
    "lowering",
    "overlays",
    "pipeline",
    "readers",
    "rendering",
    "tables",
    "workbench",
    "workspace",
    *(f"language.{path.stem}" for path in (ROOT / "compiler/language").glob("*.py") if path.stem not in WITH_LARK),
)
"""The modules of the compiler that know nothing of Lark."""

MAY_NOT_IMPORT = [
    ("ir", ("compiler", "emitters", "grammar", "cattrs", "click", "lark")),
    ("grammar", ("compiler", "emitters", "ir", "attrs", "cattrs", "click", "lark")),
    ("emitters", ("compiler", "grammar", "click", "lark")),
    *((f"compiler.{room}", ("lark",)) for room in WITHOUT_LARK),
]
"""A module (with all below it) and what it may not import; `ir` stands for `yusuan.ir`."""

INPUT_AND_OUTPUT = (
    "compiler.cli",
    "compiler.readers.doc.conversion",  # hands a file to the program that converts it, in a folder that is gone again
    "compiler.readers.docx.package",  # opens the parts of an archive that is in memory
    "compiler.readers.pdf.worker",  # talks to the process that it starts, and to nobody else
    "compiler.workbench.corpus",
    "compiler.workspace",
    "emitters.schema.__main__",
)
"""The modules, with all below them, that read and write for the user."""

OWN_FILES = {
    "compiler.language.cache",
    "compiler.language.folders",
    "compiler.language.loader",
    "compiler.language.regular",
    "compiler.rendering.words",
    "emitters.schema",
    "ir.diagnostics.catalogue",
    "ir.concepts",
    "ir.contract",
    "ir.money",
    "ir.taxonomy",
}
"""The modules that read the package's own data, or keep a cache of it."""

OPENING = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes"}
TALKING = {"print", "input", "breakpoint", "echo", "secho"}
STREAMS = {"stdin", "stdout", "stderr"}

HAN = re.compile("[\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A Chinese character. Full-width punctuation and blanks are layout, not words."""

HAN_RANGE = re.compile(f"{HAN.pattern}-{HAN.pattern}")
"""A range of them in a character class: a script, not a word."""


class Module(NamedTuple):
    """A module: its name, below `yusuan` where it is of the package, its file, its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def full_name(self) -> str:
        """What it is imported as."""
        return f"yusuan.{self.name}" if self.name.partition(".")[0] in LAYERS else self.name

    def is_in(self, name: str) -> bool:
        return self.name == name or self.name.startswith(f"{name}.")

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


def read(folder: str, above: Path = ROOT) -> tuple[Module, ...]:
    """Every module in a folder, named from the folder above."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = ".".join(path.relative_to(above).with_suffix("").parts).removesuffix(".__init__")
        found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the four layers."""
    return tuple(module for layer in LAYERS for module in read(layer))


@cache
def all_modules() -> tuple[Module, ...]:
    """Every module of the repository."""
    # The four layers are links there, which globbing does not follow.
    face = read("src", ROOT / "src")
    # What is run as a script imports the files beside it by their bare names.
    bench, docs, tests = (read(tool, ROOT / tool if tool == "bench" else ROOT) for tool in TOOLS)
    return (*modules(), *face, *bench, *docs, *tests)


@cache
def reference() -> tuple[Module, ...]:
    """The modules of the reference of the language, a tool of the repository."""
    return read("docs", ROOT)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """What a module imports, anywhere in it, with the line; our own modules below `yusuan`."""
    return ((name.removeprefix("yusuan."), line) for name, line in imported(module))


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """What a module imports, anywhere in it, with the line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node.lineno)}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((name, node.lineno) for name in names)


def literals(module: Module) -> Iterator[tuple[str, int]]:
    """The string literals of a module that are no docstrings, with their lines."""
    docstrings = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value, node.lineno


def called(call: ast.Call) -> str | None:
    """The bare name of what is called: `open` for `open(…)`, `path.open(…)` and `os.open(…)`."""
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return None


def test_there_are_modules_to_check() -> None:
    assert {module.name.partition(".")[0] for module in modules()} == set(LAYERS)


LONGEST = 400
"""The lines of the longest file."""

LONGER: dict[str, str] = {}
"""The files that are longer still, and why. A file that no longer is leaves the list."""


def test_no_file_is_longer_than_a_reader_can_take_in() -> None:
    lengths = {
        module.path.relative_to(ROOT).as_posix(): len(module.path.read_text(encoding="utf-8").splitlines())
        for module in all_modules()
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST and path not in LONGER} == {}
    assert {path: lengths.get(path) for path in LONGER if lengths.get(path, 0) <= LONGEST} == {}


def test_no_modules_import_each_other() -> None:
    """Not by a detour either, nor for types only, nor within a function, which is a matter of when and not of whether.

    That a module loads the packages around it is no import of them; what `yusuan` loads by name is not seen.
    """
    names = {module.full_name for module in all_modules()}
    graph = {
        module.full_name: {module_of(name, names) for name, _ in imported(module)} - {None, module.full_name}
        for module in all_modules()
    }
    assert sum(map(len, graph.values())) > len(graph)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def module_of(name: str, names: Set[str]) -> str | None:
    """The module that an imported name is, or is of; absent for one of somebody else."""
    while name and name not in names:
        name = name.rpartition(".")[0]
    return name or None


@pytest.mark.parametrize(("name", "banned"), MAY_NOT_IMPORT)
def test_layers_import_downwards_only(name: str, banned: tuple[str, ...]) -> None:
    violations = [
        f"{module.at(line)}: {module.name} imports {imported}"
        for module in modules()
        if module.is_in(name)
        for imported, line in imports(module)
        if imported.startswith(tuple(f"{one}." for one in banned)) or imported in banned
    ]
    assert not violations


def test_cattrs_is_used_in_two_places() -> None:
    """What reads no TOML and writes no JSON does without it, and without the time that it takes to import."""
    users = {module.name for module in modules() if any(name.startswith("cattrs") for name, _ in imports(module))}
    assert users == {"compiler.language.structuring", "emitters.converter"}


def test_the_compiler_uses_emitters_in_the_command_line_and_the_corpus_only() -> None:
    violations = [
        f"{module.at(line)}: {module.name} imports {imported}"
        for module in modules()
        if module.is_in("compiler") and not (module.is_in("compiler.cli") or module.is_in("compiler.workbench.corpus"))
        for imported, line in imports(module)
        if imported.partition(".")[0] in ("emitters", "yusuan") or imported.startswith("compiler.cli")
    ]
    assert not violations


def test_no_chinese_word_in_python() -> None:
    """What steers the compiler in Chinese stands under `grammar/`; docstrings and comments are free."""
    violations = [
        f"{module.at(line)}: {text!r} belongs into grammar/"
        for module in modules()
        for text, line in literals(module)
        if HAN.search(HAN_RANGE.sub("", text))
    ]
    assert not violations


def test_input_and_output_at_the_rim_only() -> None:
    violations = []
    for module in modules():
        if any(module.is_in(name) for name in INPUT_AND_OUTPUT):
            continue
        banned = TALKING if module.name in OWN_FILES else TALKING | OPENING
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (name := called(node)) in banned:
                violations.append(f"{module.at(node.lineno)}: {name}()")
            elif isinstance(node, ast.Attribute) and node.attr in STREAMS:
                violations.append(f"{module.at(node.lineno)}: .{node.attr}")
    assert not violations


def test_nothing_of_the_compiler_is_ambient() -> None:
    """The language and all else is handed over; only the functions that name no compiler know one that is spoken."""
    violations = [
        f"{module.at(line)}: {module.name} imports {imported}"
        for module in modules()
        if module.name != "compiler.api"
        for imported, line in imports(module)
        if imported.startswith("contextvars") or imported in ("threading.local", "compiler.api")
    ]
    assert not violations


def test_what_is_made_of_a_language_is_its_loader_s() -> None:
    """A language is a value: nobody puts into it what was not made of it."""
    violations = [
        module.at(node.lineno)
        for module in modules()
        if module.name != "compiler.language.loader"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "made"
    ]
    assert not violations


SEAMS = {"Observer", "Probe", "Entries"}
"""The classes that tools override to be told."""


def classes(module: Module) -> Iterator[tuple[ast.ClassDef, str]]:
    """The classes of a module, each with the name of every class that it derives from."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            for base in node.bases:
                inner = base.value if isinstance(base, ast.Subscript) else base
                yield node, inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")


def test_tools_are_told_and_override_nothing() -> None:
    """No class of a tool derives from one of the compiler but to be told; nor does one reach into what is private."""
    of_workbench = [module for module in modules() if module.is_in("compiler.workbench")]
    own = [*of_workbench, *reference()]
    theirs = {
        node.name
        for module in modules()
        if module.is_in("compiler") and module not in of_workbench
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    violations = [
        f"{module.at(node.lineno)}: {node.name} derives from {base}"
        for module in own
        for node, base in classes(module)
        if base in theirs - SEAMS
    ]
    violations += [
        f"{module.at(node.lineno)}: {ast.unparse(node)}"
        for module in own
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and re.match("_(?!_)", node.attr)
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    ]
    assert not violations


def test_no_fault_is_caught_without_a_trace() -> None:
    """Where any exception is caught, it is raised again, or its traceback goes into the log (by internal_fault)."""
    violations = [
        module.at(node.lineno)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and not is_traced(node)
    ]
    assert not violations


def catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    return caught is None or (isinstance(caught, ast.Name) and caught.id in ("Exception", "BaseException"))


def is_traced(handler: ast.ExceptHandler) -> bool:
    inner = [node for statement in handler.body for node in ast.walk(statement)]
    calls = {called(node) for node in inner if isinstance(node, ast.Call)}
    logs = any(keyword.arg == "exc_info" for node in inner if isinstance(node, ast.Call) for keyword in node.keywords)
    return (
        logs
        or not calls.isdisjoint(("exception", "internal_fault", "failed_input"))
        or any(isinstance(node, ast.Raise) for node in inner)
    )


def test_no_public_class_name_stands_twice() -> None:
    """One name, one class: who searches for it finds the one place."""
    places: dict[str, list[str]] = {}
    for module in (*modules(), *reference()):
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module.at(node.lineno))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
