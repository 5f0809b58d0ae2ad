"""From block tokens to the CST of the whole document, by LALR(1). Every token sequence has a parse."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import Tree

Cst = Tree[BlockToken]

_OF_ROWS: Final = frozenset({"CELL", "ROW_END"})


def parse(language: Language, tokens: list[BlockToken], *, whole: bool = True) -> Cst:
    """The CST of a document's tokens.

    Args:
        language: the language.
        tokens: those of the outline.
        whole: whether tables have all their cells; else only the first one, for who has put their rows together.
    """
    return language.parsers["report"].parse(tokens if whole else _with_first_cells(tokens))


def _with_first_cells(tokens: list[BlockToken]) -> list[BlockToken]:
    """The tokens without those of tables behind the first cell and the first end of a row."""
    kept: list[BlockToken] = []
    seen: set[str] = set()
    for token in tokens:
        if token.type in _OF_ROWS:
            if token.type in seen:
                continue
            seen.add(token.type)
        elif token.type == "TABLE_START":
            seen.clear()
        kept.append(token)
    return kept
