"""The phrases of running text, out of the tree that its grammar makes (`grammar/clauses/amount.lark`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.parsers import Tree

Phrase = Tree[BlockToken] | BlockToken
"""A figure with what belongs to it, or a token that is none: words, a year, a mark."""

NOTHING: Final = Tree[BlockToken]("paragraph", [])
"""A paragraph of no phrases."""

# What is made of phrases.
_STRUCTURE: Final = frozenset({"start", "paragraph", "sentence", "list", "clause", "aside"})


def phrases_of(tree: Tree[BlockToken]) -> Iterator[Phrase]:
    """All phrases below a tree, with the marks between them, in the order of the text."""
    for node in tree.children:
        if isinstance(node, Tree) and node.data in _STRUCTURE:
            yield from phrases_of(node)
        else:
            yield node


def start_of(phrase: Phrase) -> int:
    """Where a phrase starts in its region, which has at least one token."""
    while isinstance(phrase, Tree):
        phrase = phrase.children[0]
    return phrase.start


class Ahead:
    """What stands further on in a paragraph. Its phrases are laid out when they are first asked for."""

    def __init__(self, paragraph: Tree[BlockToken]) -> None:
        self._paragraph = paragraph
        self._phrases: Sequence[Phrase] | None = None

    def behind(self, offset: int, most: int) -> Iterator[Phrase]:
        """The first phrases that start behind an offset, not more than some."""
        if self._phrases is None:
            self._phrases = list(phrases_of(self._paragraph))
        first = bisect_left(self._phrases, offset + 1, key=start_of)
        return islice(self._phrases, first, first + most)


def is_date(match: re.Match[str]) -> bool:
    """Whether a year comes with month or day: 截至2025年12月31日."""
    return any(char.isdecimal() for char in match.string[match.end("year") : match.end()])


def is_rate(figure: Tree[BlockToken]) -> bool:
    """Whether a figure is in per cent."""
    last = figure.children[-1]
    return isinstance(last, BlockToken) and last.type == "PERCENT"
