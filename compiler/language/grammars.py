"""The grammars there are, and which of the language's files make up each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yusuan.compiler.language.files import CLAUSES, GrammarFile, built_in

# Each grammar is the text of its files, joined; a folder means all its files in order of their names. Every file of
# clauses/ is a grammar of its own.
GRAMMARS: Final[dict[str, tuple[str, ...]]] = {
    "report": ("report.lark", "sections/"),
    "table": ("table.lark", "tables/"),
    "line": ("line.lark",),
    **{
        file.path.removeprefix(CLAUSES).removesuffix(".lark"): (file.path,)
        for file in built_in().files
        if file.path.startswith(CLAUSES)
    },
}


def members(name: str, files: Sequence[GrammarFile]) -> list[GrammarFile]:
    """The files of a grammar, in the order in which they are joined."""
    return [
        file
        for part in GRAMMARS[name]
        for file in files
        if file.path == part or (part.endswith("/") and file.path.startswith(part) and file.path.endswith(".lark"))
    ]
