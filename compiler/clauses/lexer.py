"""The lexer of regions: running text and cells become the tokens of a clause grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any, Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import language, of_language


class RegionLexer:
    """Tokens of a region of running text, by the terminals of a clause grammar, tried in their order at each place.

    The grammars end in a terminal that takes any character, so nothing is left out; `value` is the match. What a
    terminal can start with is looked at first: most of them are told off by it, and of a gap's characters all at once.
    """

    def __init__(self, grammar: str) -> None:
        patterns, starts = language().patterns[grammar], language().starts[grammar]
        branches = []
        for is_known, names in groupby(patterns, lambda name: starts[name] is not None):
            group = {name: patterns[name] for name in names}
            if is_known:
                tried = "|".join(f"(?P<{name}>(?=[{starts[name]}])(?:{pattern}))" for name, pattern in group.items())
                branches.append(f"(?=[{''.join(str(starts[name]) for name in group)}])(?:{tried})")
            else:
                branches += [f"(?P<{name}>{pattern})" for name, pattern in group.items()]
        self._pattern = re.compile("|".join(branches))

    def lex(self, text: str) -> list[BlockToken]:
        """The tokens of a text; offsets are within it."""
        return [
            BlockToken(match.lastgroup or "", match.start(), match.end(), 0, match)
            for match in self._pattern.finditer(text)
        ]


@of_language
def region_lexer(grammar: str) -> RegionLexer:
    """The lexer of a clause grammar, made once for each language."""
    return RegionLexer(grammar)


_WATCHER: Final[ContextVar[Callable[[str, str], None] | None]] = ContextVar("watcher", default=None)


@contextmanager
def watching(watcher: Callable[[str, str], None]) -> Iterator[None]:
    """Tell of every region, before it is parsed, its grammar and its text."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def parse_region(grammar: str, text: str) -> Any:
    """The CST of a region, by its grammar.

    Raises:
        lark.exceptions.UnexpectedInput: the grammar cannot read the region.
    """
    watcher = _WATCHER.get()
    if watcher is not None:
        watcher(grammar, text)
    return language().parsers[grammar].parse(region_lexer(grammar).lex(text))
