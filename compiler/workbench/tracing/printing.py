"""How tokens and trees are written down, one line each: in the corpus of the tests, and by the commands `grammar …`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.parsers import Tree


def escape(text: str) -> str:
    """The text on one line, with everything that does not print visibly as an escape: `\\t`, `\\u3000`."""
    return "".join(
        char if char.isprintable() and char != "\\" else char.encode("unicode_escape").decode() for char in text
    )


def print_token(token: BlockToken, text: str) -> str:
    """Type and text of a token: `TEXT 一行\\n`."""
    return f"{token.type} {escape(text[token.start : token.end])}".rstrip()


def print_tokens(tokens: Iterable[BlockToken], text: str) -> Iterator[str]:
    """Type and text of each token."""
    return (print_token(token, text) for token in tokens)


def print_tree(node: Tree[BlockToken] | BlockToken, text: str, depth: int = 0) -> Iterator[str]:
    """The tree of rules and tokens, two blanks deeper for each rule."""
    indent = "  " * depth
    if isinstance(node, BlockToken):
        yield indent + print_token(node, text)
        return
    yield f"{indent}{node.data}"
    for child in node.children:
        yield from print_tree(child, text, depth + 1)
