"""From text to the CST of the whole document: frame, outline, LALR(1). Every token sequence has a parse."""

from __future__ import annotations

from collections.abc import Callable

from lark import Tree

from yusuan.compiler.framing import Framer
from yusuan.compiler.grammar_loader import language
from yusuan.compiler.outline import Outliner
from yusuan.compiler.tokens import BlockToken
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.source import SourceFile

Cst = Tree[BlockToken]


def lex(
    source: SourceFile, outliner: Callable[[str], Outliner] = Outliner
) -> tuple[list[BlockToken], list[Diagnostic]]:
    """The block tokens of a text, in order; joined they are the text."""
    framer = Framer(source)
    tokens = framer.frame()
    return outliner(source.text).outline(tokens), framer.diagnostics


def parse(tokens: list[BlockToken]) -> Cst:
    """The CST of a document's tokens."""
    return language().parsers["report"].parse(tokens)  # type: ignore[return-value]
