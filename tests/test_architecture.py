"""The architecture's invariants, read off the syntax trees: imports, Chinese words, input and output.

`make layers` checks the imports too, the indirect ones as well. A failure names each offending line.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "yusuan"
LAYERS = ("compiler", "emitters", "grammar", "ir")

WITHOUT_LARK = ("checks", "cli", "overlays", "pipeline", "readers", "rendering", "workspace")
"""The rooms of the compiler that know nothing of parsers."""

MAY_NOT_IMPORT = [
    ("ir", ("compiler", "emitters", "grammar", "cattrs", "click", "lark")),
    ("grammar", ("compiler", "emitters", "ir", "attrs", "cattrs", "click", "lark")),
    ("emitters", ("compiler", "grammar", "click", "lark")),
    ("compiler", ("cattrs",)),
    *((f"compiler.{room}", ("lark",)) for room in WITHOUT_LARK),
]
"""A module (with all below it) and what it may not import; `ir` stands for `yusuan.ir`."""

INPUT_AND_OUTPUT = (
    "compiler.cli",
    "compiler.readers.pdf.worker",  # talks to the process that it starts, and to nobody else
    "compiler.workbench.corpus",
    "compiler.workspace",
    "emitters.schema.__main__",
)
"""The modules, with all below them, that read and write for the user."""

OWN_FILES = {
    "compiler.language.files",
    "compiler.language.loader",
    "compiler.rendering.words",
    "emitters.schema",
    "ir.diagnostics.catalogue",
    "ir.concepts",
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
    """A module of the package: its name below `yusuan`, its file, its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    def is_in(self, name: str) -> bool:
        return self.name == name or self.name.startswith(f"{name}.")

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(PACKAGE)}:{line}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the four layers."""
    found = []
    for layer in LAYERS:
        # Not from the package's folder: globbing does not follow the links there.
        for path in sorted((PACKAGE / layer).rglob("*.py")):
            name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """What a module imports, anywhere in it, with the line; our own modules below `yusuan`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.at(node.lineno)}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((name.removeprefix("yusuan."), node.lineno) for name in names)


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
