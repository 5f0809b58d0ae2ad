"""From block tokens to the CST of the whole document, by LALR(1). Every token sequence has a parse."""

from __future__ import annotations

from lark import Tree

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import Language

Cst = Tree[BlockToken]


def parse(language: Language, tokens: list[BlockToken]) -> Cst:
    """The CST of a document's tokens."""
    return language.parsers["report"].parse(tokens)  # type: ignore[return-value]
