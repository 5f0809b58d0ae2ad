"""Parsers that tell the rules and tokens of what they read, as their tables have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final, cast

from yusuan.compiler.blocks.lines import LineClass, line_classifier
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import Parser, Tree
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.coverage.model import Record

# What Lark calls the rules that it makes of repetitions.
_MADE: Final = "__"


class _Part:
    """What a derivation has made so far of some symbols: their names and the ends of their tokens."""

    __slots__ = ("first", "last", "names")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.first: BlockToken | None = None
        self.last: BlockToken | None = None


class RecordingParser:
    """Parses as another one does, and tells the rules and tokens of each derivation that it completes."""

    def __init__(self, language: Language, grammar: str, parser: Parser, record: Record) -> None:
        self._language = language
        self._grammar = grammar
        self._inner = parser
        self._record = record
        self.rules = parser.rules
        self.priorities = parser.priorities
        self._makers = [
            partial(self._reduced, rule.name, rule.symbols, rule.name.startswith(_MADE)) for rule in parser.rules
        ]

    def parse(self, tokens: list[BlockToken]) -> Tree[BlockToken]:
        """The tree of some tokens.

        Raises:
            UnexpectedInput: the grammar cannot read them.
        """
        tree = self._inner.parse(tokens)
        self._inner.derive(tokens, self._makers)
        return tree

    def _reduced(self, name: str, symbols: Sequence[str], is_made: bool, children: list[_Part | BlockToken]) -> _Part:
        """Tell what a rule is made of."""
        part = _Part()
        if is_made and symbols[:1] == (name,):
            # A repetition grows to the right: what it has so far is not copied.
            part = cast("_Part", children[0])
            symbols, children = symbols[1:], children[1:]
        for symbol, child in zip(symbols, children, strict=True):
            self._add(part, symbol, child)
        if not is_made:
            self._tell(name, part)
            part.names = []
        return part

    def _add(self, part: _Part, name: str, child: _Part | BlockToken) -> None:
        if isinstance(child, BlockToken):
            self._tell_token(child)
            part.names.append(name)
            part.first, part.last = part.first or child, child
            return
        part.names.extend(child.names if name.startswith(_MADE) else [name])
        part.first, part.last = part.first or child.first, child.last or part.last

    def _tell_token(self, token: BlockToken) -> None:
        text = self._text(token, token)
        self._record.saw_terminal(self._grammar, token.type, text, lambda: self._words(token, *text))

    def _words(self, token: BlockToken, text: str, start: int, end: int) -> tuple[str, int, int]:
        """What the pattern of a token's terminal was tried on."""
        if self._grammar not in ("report", "table"):
            return text, start, end
        if self._grammar == "table":
            words = "".join(token.value.marks)
        elif isinstance(token.value, LineClass) and token.value.heading is not None:
            heading = token.value.heading
            words = heading.string[heading.start() :]
        else:
            first, last = line_classifier(self._language).content(text, start, end)
            words = text[first:last] if token.type == "PAGE_MARK" else lexicon(self._language).fold(text[first:last])
        return words, 0, len(words)

    def _tell(self, name: str, part: _Part) -> None:
        words = ("", 0, 0) if part.first is None or part.last is None else self._text(part.first, part.last)
        self._record.saw_rule(self._grammar, name, part.names, words)

    def _text(self, first: BlockToken, last: BlockToken) -> tuple[str, int, int]:
        """A text and the range of it that some tokens are."""
        if isinstance(first.value, MarkedRow):
            return self._record.text, first.value.span.start, last.value.span.end
        if isinstance(first.value, re.Match) and self._grammar != "report":
            return first.value.string, first.start, last.end
        return self._record.text, first.start, last.end
