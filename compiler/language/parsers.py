"""Lark's parsers as JSON, and back: analysing a grammar takes a second, reading the tables of one a few milliseconds.

The tables of a parser are read when it is first asked for: a report seldom needs all, and the patterns of a grammar
that only a lexer uses need none.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from lark import Lark
from lark.grammar import Rule
from lark.lexer import Lexer, LexerState, TerminalDef

_LOG: Final = logging.getLogger(__name__)


class TokenFeed(Lexer):
    """Hands tokens that a lexer of ours has made to Lark's parser."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[Any]:  # noqa: ARG002
        return iter(lexer_state.text)  # type: ignore[call-overload, no-any-return]


class Parsers(Mapping[str, Lark]):
    """Parsers by the names of their grammars, each made of its tables when it is first asked for.

    Threads may share it; two may make the same parser, of which one is kept.
    """

    def __init__(self, tables: Mapping[str, str], anew: Callable[[], Mapping[str, str]]) -> None:
        """Parsers of some tables.

        Args:
            tables: for each grammar what `tables_of` has written.
            anew: makes the tables again, should some turn out to be none.
        """
        self._tables = tables
        self._anew = anew
        self._made: dict[str, Lark] = {}

    def __getitem__(self, name: str) -> Lark:
        if name not in self._made:
            tables = self._tables[name]
            try:
                parser = _parser(tables)
            except Exception:  # a cache is never trusted: whatever is wrong with it, it is built anew
                _LOG.debug("the tables of %s cannot be used", name, exc_info=True)
                self._tables = self._anew()
                parser = _parser(self._tables[name])
            self._made.setdefault(name, parser)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def tables_of(parser: Lark) -> str:
    """A parser as JSON."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {
        key: value for key, value in data["options"].items() if isinstance(value, str | int | list | None)
    }
    # The lexer is a class of ours, which JSON does not know; `_parser` puts it back.
    data["parser"] = {**data["parser"], "lexer_conf": {**data["parser"]["lexer_conf"], "lexer_type": None}}
    return json.dumps({"data": data, "memo": memo}, ensure_ascii=False, separators=(",", ":"))


def _parser(tables: str) -> Lark:
    """A parser from its tables. JSON knows only texts as keys, so the numbers among them are restored."""
    said = json.loads(tables)
    data = said["data"]
    table = data["parser"]["parser"]
    table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
    table["states"] = {
        int(state): {int(token): action for token, action in actions.items()}
        for state, actions in table["states"].items()
    }
    data["parser"]["lexer_conf"]["lexer_type"] = TokenFeed
    data["options"]["lexer"] = TokenFeed
    memo = {int(key): value for key, value in said["memo"].items()}
    parser: Lark = Lark._load_from_dict(data, memo)  # type: ignore[no-untyped-call]
    return parser
