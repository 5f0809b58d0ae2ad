"""The parsers of the grammars: one driver over the tables that Lark's analysis of a grammar yields (`analysis.py`).

The tables of a parser are read when it is first asked for: a report seldom needs all, and the patterns of a grammar
that only a lexer uses need none. Lark itself is needed where a grammar is analysed, and nowhere else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, Generic, Protocol, TypeVar

from attrs import frozen

_LOG: Final = logging.getLogger(__name__)

END: Final = "$END"
"""The terminal of the end of what is read."""


class AnyToken(Protocol):
    """What a parser asks of a token."""

    type: str


_Token = TypeVar("_Token", bound=AnyToken)
_Made = TypeVar("_Made")


class Tree(Generic[_Token]):
    """What a rule has read.

    Attributes:
        data: the name of the rule, or the alias of its alternative.
        children: its tokens and trees in the order of the text; those of a rule whose name begins with `_` stand among
            those of the rule that names it.
    """

    __slots__ = ("children", "data")

    # Trees of several kinds of rules stand below each other: who walks one knows what it is.
    def __init__(self, data: str, children: list[Any]) -> None:
        self.data = data
        self.children = children

    def __repr__(self) -> str:
        return f"{self.data}{self.children!r}"


class UnexpectedInput(Exception):  # noqa: N818  # what the field calls it
    """A grammar cannot read some tokens.

    Attributes:
        token: the first token that does not fit; absent where it is the end.
        expected: the terminals that would fit, `END` among them, in the order of their names.
        before: what stands before it, a token or a tree; absent where nothing does.
    """

    def __init__(self, token: Any, expected: tuple[str, ...], before: Any) -> None:
        super().__init__(f"unexpected {token or END}, expected {', '.join(expected)}")
        self.token = token
        self.expected = expected
        self.before = before


@frozen(slots=True)
class Rule:
    """An alternative of a rule, as a parser has it.

    Attributes:
        name: the rule's; what stands for a repetition has a name of Lark's own, with `__` in front.
        symbols: the names of the rules and terminals that it is made of.
    """

    name: str
    symbols: tuple[str, ...]


class _End:
    """The end of what is read."""

    type = END


_THE_END: Final = _End()
# What a repetition has: the symbols before, as a list, and one more.
_GROWING: Final[list[list[Any]]] = [[0, True], [1, False]]

_Make = Callable[[list[Any]], Any]
# How many symbols a rule has, its name, and what is made of them; nothing where one that it has stays what it is.
_Reduction = tuple[int, str, _Make | None]


class Parser:
    """Reads the tokens of one grammar, LALR(1).

    Attributes:
        rules: its rules, in the order of its tables.
        priorities: its terminals, with their priorities.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        """A parser by its tables, as `analysis.tables_of` describes them."""
        self.priorities: Mapping[str, int] = tables["terminals"]
        self.rules = tuple(Rule(name, tuple(symbols)) for name, symbols, *_ in tables["rules"])
        # For each state what to do by the next terminal, where to go by a rule that was read: a state, or a rule that
        # is complete, as -1 less its place.
        self._states: list[dict[str, int]] = tables["states"]
        self._start: int = tables["start"]
        self._reductions: list[_Reduction] = [
            (len(symbols), name, _maker(name, len(symbols), *shape)) for name, symbols, *shape in tables["rules"]
        ]

    def parse(self, tokens: Iterable[_Token]) -> Tree[_Token]:
        """The tree of some tokens.

        Raises:
            UnexpectedInput: the grammar cannot read them.
        """
        tree: Tree[_Token] = self._read(tokens, self._reductions)
        return tree

    def derive(self, tokens: Iterable[AnyToken], makers: Sequence[Callable[[list[Any]], _Made]]) -> _Made:
        """What is made of some tokens, in the order of their derivation.

        Args:
            tokens: the tokens.
            makers: for each of `rules` what makes something of its symbols, tokens or what others have made.

        Raises:
            UnexpectedInput: the grammar cannot read them.
        """
        reductions = [(len(rule.symbols), rule.name, make) for rule, make in zip(self.rules, makers, strict=True)]
        made: _Made = self._read(tokens, reductions)
        return made

    def _read(self, tokens: Iterable[AnyToken], reductions: Sequence[_Reduction]) -> Any:
        states = self._states
        trail, values = [self._start], list[Any]()
        state = states[self._start]
        ended: Iterator[AnyToken] = chain(tokens, (_THE_END,))
        for token in ended:
            kind = token.type
            action = state.get(kind)
            while action is not None and action < 0:
                size, name, make = reductions[-1 - action]
                if size == 1:
                    trail.pop()
                    if make is not None:
                        values[-1] = make(values[-1:])
                elif size:
                    children = values[-size:]
                    del trail[-size:]
                    del values[-size:]
                    values.append(make(children))  # type: ignore[misc]
                else:
                    values.append(make([]))  # type: ignore[misc]
                reached = states[trail[-1]][name]
                trail.append(reached)
                state = states[reached]
                action = state.get(kind)
            if action is None:
                expected = tuple(sorted(symbol for symbol in state if symbol == END or symbol.isupper()))
                raise UnexpectedInput(None if token is _THE_END else token, expected, values[-1] if values else None)
            trail.append(action)
            values.append(token)
            state = states[action]
        return values[0]


def _maker(name: str, size: int, label: str, kept: list[list[Any]] | None, passes: bool) -> _Make | None:
    """What makes a tree of what a rule has read, or a list where the rule that names it takes that as its own.

    Args:
        name: the rule's name.
        size: how many symbols it has.
        label: the name of its tree.
        kept: the places of the symbols that the tree has, and whether they are lists; absent for all as they are.
        passes: whether a single one of them stands for the tree.
    """
    is_list = name.startswith("_")
    if kept is None and size == 1 and passes:
        return None
    if kept is None and not passes:
        return list if is_list else lambda children: Tree(label, children)
    if is_list and kept == _GROWING:
        return _grown

    def made(children: list[Any]) -> Any:
        found = children if kept is None else _gathered(children, kept)
        if passes and len(found) == 1:
            return found[0]
        return found if is_list else Tree(label, found)

    return made


def _grown(children: list[Any]) -> list[Any]:
    """A repetition with one more symbol."""
    found: list[Any] = children[0]
    found.append(children[1])
    return found


def _gathered(children: Sequence[Any], kept: list[list[Any]]) -> list[Any]:
    """The symbols that a tree has. A list in front, as that of a repetition, grows instead of being copied."""
    found: list[Any] = []
    for at, is_list in kept:
        if not is_list:
            found.append(children[at])
        elif found:
            found += children[at]
        else:
            found = children[at]
    return found


class Parsers(Mapping[str, Parser]):
    """Parsers by the names of their grammars, each made of its tables when it is first asked for.

    Threads may share it; two may make the same parser, of which one is kept.
    """

    def __init__(self, tables: Mapping[str, str], anew: Callable[[], Mapping[str, str]]) -> None:
        """Parsers of some tables.

        Args:
            tables: for each grammar what `analysis.tables_of` has made, as JSON.
            anew: makes the tables again, should some turn out to be none.
        """
        self._tables = tables
        self._anew = anew
        self._made: dict[str, Parser] = {}

    def __getitem__(self, name: str) -> Parser:
        if name not in self._made:
            tables = self._tables[name]
            try:
                parser = Parser(json.loads(tables))
            except Exception:  # a cache is never trusted: whatever is wrong with it, it is built anew
                _LOG.debug("the tables of %s cannot be used", name, exc_info=True)
                self._tables = self._anew()
                parser = Parser(json.loads(self._tables[name]))
            self._made.setdefault(name, parser)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)
