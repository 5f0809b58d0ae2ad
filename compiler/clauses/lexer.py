"""The lexer of regions: running text and cells become the tokens of a clause grammar."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.loader import Language, of_language


class RegionLexer:
    """Tokens of a region of running text, by the terminals of a clause grammar, tried in their order at each place.

    The grammars end in a terminal that takes any character, so nothing is left out; `value` is the match. What a
    terminal can start with is looked at first: most of them are told off by it, and of a gap's characters all at once.
    """

    def __init__(self, language: Language, grammar: str) -> None:
        patterns, starts = language.patterns[grammar], language.starts[grammar]
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
def region_lexer(language: Language, grammar: str) -> RegionLexer:
    """The lexer of a clause grammar, made once for each language."""
    return RegionLexer(language, grammar)


def parse_region(language: Language, grammar: str, text: str) -> Any:
    """The CST of a region, by its grammar.

    Raises:
        lark.exceptions.UnexpectedInput: the grammar cannot read the region.
    """
    return language.parsers[grammar].parse(region_lexer(language, grammar).lex(text))
