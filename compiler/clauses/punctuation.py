"""What punctuation does, told before the grammar of running text: brackets in pairs, line ends, pauses, bare numbers.

A grammar of one token ahead cannot tell them, and it is total because they are told: each bracket is in a pair, and
what belongs to the words around it is part of one token with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken

_DIRECTIONS: Final = frozenset(
    {"UP", "DOWN", "UP_MISTYPED", "DOWN_MISTYPED", "UP_OR_DOWN", "DOWN_OR_UP", "PLUS", "MINUS"}
)
_MEASURES: Final = frozenset({"UNIT", "PERCENT"})
# Behind these a number without a unit ends its clause.
_CLAUSE_ENDS: Final = frozenset(
    {"COMMA", "SEMICOLON", "STOP", "OPEN", "CLOSE", "COLON", "BREAK", "CAUSE", "MAINLY", "PAUSE"}
)
# Behind these a line end ends what stands before it, and a pause goes on with a list.
_FIGURES: Final = frozenset({"UNIT", "PERCENT", "FLAT", "EXTENT", "IN_WORDS", "MISPRINT", "APPROXIMATE"})
# Behind these a line end ends a paragraph.
_ENDS: Final = frozenset({"STOP", "SEMICOLON", "BREAK"})
# The longest word that joins the last number of a list to the others, in characters.
_JOINING: Final = 2
_OPENING: Final = "（("
_CLOSING: Final = "）)"
_NOTHING: Final = re.compile("")
_DEEPEST: Final = 31
"""Brackets that are nested deeper are as if they were not there."""


class _Punctuation:
    """Reads the tokens of one region from left to right.

    Attributes:
        kept: the tokens that the grammar is given.
        opened: how many brackets are open.
        deeper: how many more are, which are not there.
        last: the type of the token before, `EXTENT` for a number behind a direction; a line end within words is passed
            over. At the start of a region a line has ended.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.kept: list[BlockToken] = []
        self._opened = self._deeper = 0
        self._last = "BREAK"
        # Whether the pause before goes on with a list of figures.
        self._listing = False

    def read(self, tokens: Sequence[BlockToken]) -> None:
        """Read all tokens of a region."""
        for at, token in enumerate(tokens):
            kind = token.type
            if kind == "WORDS":
                self._words(token)
            elif kind == "NUMBER":
                self._number(token, tokens, at)
            else:
                step = _STEPS.get(kind)
                if step is None:
                    self._keep(token)
                else:
                    step(self, token)
        self._close_all(len(self._text))

    def _keep(self, token: BlockToken) -> None:
        self.kept.append(token)
        self._last = token.type

    def _words(self, token: BlockToken) -> None:
        """Words go on with those before them, whatever stands between that is no mark of its own."""
        if not token.value.group().isspace():
            self._join(token)
            self._last = "WORDS"

    def _join(self, token: BlockToken) -> None:
        before = self.kept[-1] if self.kept else None
        if before is not None and before.type == "WORDS":
            before.end = token.end
        else:
            token.type = "WORDS"
            self.kept.append(token)

    def _number(self, token: BlockToken, tokens: Sequence[BlockToken], at: int) -> None:
        behind = tokens[at + 1 : at + 3]
        is_extent = self._last in _DIRECTIONS
        is_measured = (bool(behind) and behind[0].type in _MEASURES) or bool(token.value["currency"])
        begins = is_extent or self._last in ("WORDS", "OF_WHICH") or (self._last == "PAUSE" and self._listing)
        if not is_measured and not (begins and (_ends_clause(behind) or self._goes_on(behind))):
            if is_extent:
                # 增加3辆 tells of no money, and of no change of what stands behind it.
                self.kept.pop()
            self._join(token)
            self._last = "NUMBER"
            return
        if is_extent:
            token.type = "EXTENT"
        self._keep(token)
        if not is_measured and not is_extent:
            self._last = "BARE"

    def _goes_on(self, behind: Sequence[BlockToken]) -> bool:
        """Whether a number of a list is joined to the next one by a word: 3、4和2万元."""
        return (
            self._last == "PAUSE"
            and len(behind) > 1
            and behind[0].type == "WORDS"
            and behind[0].end - behind[0].start <= _JOINING
            and behind[1].type == "NUMBER"
        )

    def _pause(self, token: BlockToken) -> None:
        """Behind a figure it goes on with a list; within words it is a part of them."""
        self._listing = self._last == "BARE"
        if self._last in _FIGURES or self._last in ("CLOSE", "BARE"):
            self.kept.append(token)
        self._last = "PAUSE"

    def _break(self, token: BlockToken) -> None:
        if self._last in _ENDS:
            self._close_all(token.start)
            token.type = "PARAGRAPH"
            self.kept.append(token)
            self._last = "BREAK"
        elif self._last in _FIGURES:
            self._keep(token)
        elif self._last == "COLON":
            self._last = "BREAK"

    def _ordinal(self, token: BlockToken) -> None:
        """At the start of a line or a sentence it begins an entry of its own."""
        if self._last in ("BREAK", "STOP"):
            token.type = "ENTRY"
        self.kept.append(token)
        self._last = "ORDINAL"

    def _open(self, token: BlockToken) -> None:
        if self._opened < _DEEPEST:
            self._opened += 1
            self.kept.append(token)
        else:
            self._deeper += 1
        self._last = "OPEN"

    def _close(self, token: BlockToken) -> None:
        """One that nothing opened is as if it were not there."""
        if self._deeper:
            self._deeper -= 1
        elif self._opened:
            self._opened -= 1
            self._keep(token)

    def _cause(self, token: BlockToken) -> None:
        """A cause told inside a bracket goes on behind it to the end of the sentence; the bracket ends all the same."""
        self._keep(token)
        told = self._text[token.start : token.end]
        closed = sum(map(told.count, _CLOSING)) - sum(map(told.count, _OPENING))
        for _ in range(min(closed, self._opened)):
            self._opened -= 1
            self.kept.append(self._unclosed(token.end))

    def _close_all(self, at: int) -> None:
        self.kept += (self._unclosed(at) for _ in range(self._opened))
        self._opened = self._deeper = 0

    def _unclosed(self, at: int) -> BlockToken:
        return BlockToken("UNCLOSED", at, at, 0, _NOTHING.match(self._text, at))


_STEPS: Final = {
    "PAUSE": _Punctuation._pause,
    "BREAK": _Punctuation._break,
    "ORDINAL": _Punctuation._ordinal,
    "OPEN": _Punctuation._open,
    "CLOSE": _Punctuation._close,
    "CAUSE": _Punctuation._cause,
}


def _ends_clause(behind: Iterable[BlockToken]) -> bool:
    """Whether a clause ends in front of some tokens, the first of which may be a blank."""
    following = next((token for token in behind if token.type != "WORDS" or not token.value.group().isspace()), None)
    return following is None or following.type in _CLAUSE_ENDS


def punctuated(tokens: Sequence[BlockToken], text: str) -> list[BlockToken]:
    """The tokens of a region of running text as its grammar takes them. The tokens are used up.

    Args:
        tokens: what the lexer of the amount grammar made of the text.
        text: the region.
    """
    punctuation = _Punctuation(text)
    punctuation.read(tokens)
    return punctuation.kept
