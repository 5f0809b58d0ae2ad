"""Reads the bodies of rules and terminals in Lark's notation: each alternative as a pattern, and what it is made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from attrs import define

from yusuan.compiler.language.placeholders import PLACEHOLDER, alternatives, folded_to, words_of
from yusuan.compiler.language.terminals import GAP, OTHERS, Gaps, nameless, until

_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|//[^\n]*)|(?P<name>[?!]?_*[A-Za-z]\w*)|(?P<literal>"(?:\\.|[^"\\])*"i?|/(?:\\.|[^/\\])+/[a-z]*)"""
    r"""|(?P<alias>->[ \t]*\w+)|(?P<times>~[ \t]*\d+(?:[ \t]*\.\.[ \t]*\d+)?)|(?P<sign>[()|*+?\[\]])"""
)
END: Final = ";"
"""Stands behind each symbol."""

# Literals are terminals of a name that Lark makes up.
_ANY: Final = f"[^{END}]+{END}"


@define(slots=True)
class Terminals:
    """The terminals of a grammar, by which one is put together of others.

    Attributes:
        bodies: what the files say of each.
        lexicon: the words that placeholders stand for.
        parsed: the names of those that a parser reads.
    """

    bodies: Mapping[str, Sequence[str]]
    lexicon: Mapping[str, Any]
    parsed: Sequence[str]
    _gaps: Gaps | None = None

    def without_others(self, pattern: str, names: Collection[str]) -> str:
        """A pattern for texts that it is known to take: a gap is all that the terminals are not that stand beside it.

        It costs far less than one that ends at every other terminal.
        """
        gap = f"{{until.{OTHERS}}}"
        if gap not in pattern:
            return pattern
        anything = until([self._whole(name) for name in sorted(names)]) if names else r"[\s\S]"
        return pattern.replace(gap, anything)

    def with_gaps(self, pattern: str) -> str:
        """A pattern with its gaps filled in."""
        if not GAP.search(pattern):
            return pattern
        if self._gaps is None:
            self._gaps = Gaps({name: self._whole(name) for name in self.bodies}, self.parsed)
        return self._gaps.fill(pattern)

    def _whole(self, name: str) -> str:
        """The pattern of a terminal."""
        readers = (reader for body in self.bodies[name] for reader in TerminalBody(body, self).alternatives())
        return f"(?:{'|'.join(nameless(reader.pattern) for reader in readers)})"


class BodyReader:
    """One alternative while it is read: its range in the body, its pattern, the ranges of the branches in it."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.pattern = ""
        self.branches: dict[str, tuple[int, int]] = {}


class _Body:
    """Reads the body of a rule or terminal in Lark's notation."""

    def __init__(self, text: str) -> None:
        self._tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "blank"]
        self._at = 0
        self._length = len(text)

    def alternatives(self) -> Iterator[BodyReader]:
        """Each alternative."""
        while True:
            reader = BodyReader(self._place())
            reader.pattern, reader.start, reader.end = self._sequence(reader)
            yield reader
            if not self._take("|"):
                return

    def _place(self) -> int:
        return self._tokens[self._at].start() if self._at < len(self._tokens) else self._length

    def _take(self, sign: str) -> bool:
        is_there = self._at < len(self._tokens) and self._tokens[self._at][0] == sign
        self._at += is_there
        return is_there

    def _sequence(self, reader: BodyReader) -> tuple[str, int, int]:
        """The items up to a bar, a closing bracket or the end: their pattern and range."""
        pattern = ""
        start = end = self._place()
        while self._at < len(self._tokens) and self._tokens[self._at][0] not in ("|", ")", "]"):
            token = self._tokens[self._at]
            self._at += 1
            end = token.end()
            if token.lastgroup == "alias":
                continue
            item = self._item(token, reader)
            end = self._tokens[self._at - 1].end()
            if self._at < len(self._tokens):
                behind = self._tokens[self._at]
                if behind[0] in ("*", "+", "?"):
                    item, end, self._at = item + behind[0], behind.end(), self._at + 1
                elif behind.lastgroup == "times":
                    bounds = re.findall(r"\d+", behind[0])
                    item, end, self._at = f"{item}{{{','.join(bounds)}}}", behind.end(), self._at + 1
            pattern += item
        return pattern, start, end

    def _item(self, token: re.Match[str], reader: BodyReader) -> str:
        if token.lastgroup == "name":
            return self._name(token[0])
        if token.lastgroup == "literal":
            return self._literal(token[0])
        # A bracket: its branches are alternatives too, where there are several.
        branches: list[tuple[str, str, int, int]] = []
        while True:
            name = f"b{len(reader.branches) + len(branches)}_{self._at}"
            pattern, start, end = self._sequence(reader)
            branches.append((name, pattern, start, end))
            if not self._take("|"):
                break
        self._at += 1
        several = len(branches) > 1
        if several:
            reader.branches.update({name: (start, end) for name, _, start, end in branches})
        named = "|".join(f"(?P<{name}>{pattern})" if several else pattern for name, pattern, _, _ in branches)
        return f"(?:{named})" + ("?" if token[0] == "[" else "")

    def _name(self, name: str) -> str:
        """The pattern of what a name stands for."""
        raise NotImplementedError

    def _literal(self, written: str) -> str:
        """The pattern of a text or a pattern between its marks."""
        raise NotImplementedError


class RuleBody(_Body):
    """Makes patterns over names of symbols."""

    def _name(self, name: str) -> str:
        return f"(?:{name.lstrip('?!')}{END})"

    def _literal(self, _: str) -> str:
        return f"(?:{_ANY})"


class TerminalBody(_Body):
    """Makes patterns over characters, in which each alternative of another terminal and each word is a group.

    Attributes:
        names: the other terminals that the alternative at hand names.
        parts: for each group what it stands for: a terminal and the place of its alternative, a key and its word.
    """

    def __init__(self, text: str, others: Terminals, groups: Iterator[int] | None = None) -> None:
        super().__init__(text)
        self._others = others
        self._groups = count() if groups is None else groups
        self.names: set[str] = set()
        self.parts: dict[str, tuple[str, int | str]] = {}

    def _group(self, pattern: str, *of: Any) -> str:
        group = f"g{next(self._groups)}"
        self.parts[group] = of
        return f"(?P<{group}>{pattern})"

    def _name(self, name: str) -> str:
        branches: list[str] = []
        self.names.add(name)
        for body in self._others.bodies.get(name, ()):
            inner = TerminalBody(body, self._others, self._groups)
            for reader in inner.alternatives():
                branches.append(self._group(reader.pattern, name, len(branches)))
            self.names |= inner.names
            self.parts |= inner.parts
        return f"(?:{'|'.join(branches)})"

    def _literal(self, written: str) -> str:
        mark = written[0]
        body, _, flags = written[1:].rpartition(mark)
        if mark == '"':
            return f"(?{flags}:{re.escape(_said(body))})"
        return f"(?{flags}:{PLACEHOLDER.sub(self._words, nameless(body))})"

    def _words(self, found: re.Match[str]) -> str:
        key = found["key"]
        words = words_of(key, self._others.lexicon)
        folded = folded_to(self._others.lexicon)
        longest_first = sorted(words, key=len, reverse=True)
        return f"(?:{'|'.join(self._group(alternatives([word], folded), key, word) for word in longest_first)})"


def _said(body: str) -> str:
    """What a text between quotation marks says."""
    said: str = ast.literal_eval(f'"{body}"')
    return said
