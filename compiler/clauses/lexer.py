"""The lexer of regions: running text and cells become the tokens of a clause grammar."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.punctuation import punctuated
from yusuan.compiler.language.loader import Language, of_language

_ANYTHING: Final = re.compile(r"[\s\S]+")
_NOTHING: Final = "(?!)"
# The grammar of running text, whose marks are told first.
_RUNNING: Final = "amount"


class RegionLexer:
    """Tokens of a region of running text, by the terminals of a clause grammar, tried in their order at each place.

    What no terminal takes is a gap, a token of its own; a grammar without one ends in a terminal that takes any
    character. So nothing is left out. `value` is the match. What a terminal can start with is looked at first: most of
    them are told off by it, and of a gap's characters all at once.
    """

    def __init__(self, language: Language, grammar: str) -> None:
        self._gap, beside = language.gaps.get(grammar, ("", _NOTHING))
        self._beside = re.compile(beside)
        patterns = {name: one for name, one in language.patterns[grammar].items() if name != self._gap}
        starts = language.starts[grammar]
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
        tokens: list[BlockToken] = []
        at = 0
        found = self._pattern.finditer(text)
        while (match := next(found, None)) is not None:
            start, end = match.span()
            if start > at:
                # Once it has begun, a gap goes over what it takes besides, whatever begins there.
                beside = self._beside.match(text, start)
                if beside is not None:
                    found = self._pattern.finditer(text, beside.end())
                    continue
                tokens.append(self._gap_token(text, at, start))
            at = end
            tokens.append(BlockToken(match.lastgroup or "", start, end, 0, match))
        if at < len(text):
            tokens.append(self._gap_token(text, at, len(text)))
        return tokens

    def _gap_token(self, text: str, start: int, end: int) -> BlockToken:
        return BlockToken(self._gap, start, end, 0, _ANYTHING.match(text, start, end))


@of_language
def region_lexer(language: Language, grammar: str) -> RegionLexer:
    """The lexer of a clause grammar, made once for each language."""
    return RegionLexer(language, grammar)


def parse_region(language: Language, grammar: str, text: str) -> Any:
    """The CST of a region, by its grammar.

    Raises:
        UnexpectedInput: the grammar cannot read the region.
    """
    tokens = region_lexer(language, grammar).lex(text)
    return parse_tokens(language, grammar, punctuated(tokens, text) if grammar == _RUNNING else tokens)


def parse_tokens(language: Language, grammar: str, tokens: Any) -> Any:
    """The CST of a region, of its tokens.

    Raises:
        UnexpectedInput: the grammar cannot read them.
    """
    return language.parsers[grammar].parse(tokens)
