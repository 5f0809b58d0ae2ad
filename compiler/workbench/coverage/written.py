"""The alternatives of rules and terminals as the grammar writes them, and which of them was taken.

Lark rewrites a grammar before it builds parsers: repetitions become rules of their own, optional parts several rules,
the alternatives of a terminal one pattern. So an alternative of a rule is compiled to a pattern of symbols here, and
the symbols that the rule was made of are held against it; what a terminal took, against each of its own patterns.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, field, frozen

from yusuan.compiler.language.files import GrammarFile
from yusuan.compiler.language.loader import GRAMMARS, Language, members
from yusuan.compiler.language.placeholders import filled

_START: Final = re.compile(r"(?P<directive>%extend|%override)?[ \t]*[?!]?(?P<name>_*[A-Za-z]\w*)(?:\.-?\d+)?[ \t]*:")
_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|//[^\n]*)|(?P<name>[?!]?_*[A-Za-z]\w*)|(?P<literal>"(?:\\.|[^"\\])*"i?|/(?:\\.|[^/\\])+/[a-z]*)"""
    r"""|(?P<alias>->[ \t]*\w+)|(?P<times>~[ \t]*\d+(?:[ \t]*\.\.[ \t]*\d+)?)|(?P<sign>[()|*+?\[\]])"""
)
# Stands behind each symbol.
_END: Final = ";"
# Literals are terminals of a name that Lark makes up.
_ANY: Final = f"[^{_END}]+{_END}"


@frozen(slots=True)
class Written:
    """One alternative of a rule or terminal, or one of a group in brackets within one of a rule.

    Attributes:
        text: as the grammar writes it; empty for an alternative of nothing.
        file: its file, as people are told.
        line: its line there, from 1.
        within: the alternative whose brackets it stands in; absent for one of the rule or terminal itself.
    """

    text: str
    file: str
    line: int
    within: str | None = None


@define(slots=True)
class _Alternative:
    """An alternative with the pattern of its symbols, in which each branch of a group is a group of its own."""

    place: int
    pattern: re.Pattern[str]
    branches: dict[str, int]


@define(slots=True)
class WrittenRule:
    """A rule.

    Attributes:
        alternatives: all its alternatives, those of groups behind the one that they stand in.
    """

    alternatives: list[Written] = field(factory=list)
    _patterns: list[_Alternative] = field(factory=list)

    def add(self, text: str, file: str, line: int) -> None:
        """Add the alternatives that a body says; `line` is where it starts."""
        for reader in _RuleBody(text).alternatives():
            place = len(self.alternatives)
            own = line + text.count("\n", 0, reader.start)
            self.alternatives.append(Written(_one_line(text[reader.start : reader.end]), file, own))
            branches = {}
            for name, (start, end) in reader.branches.items():
                branches[name] = len(self.alternatives)
                at = line + text.count("\n", 0, start)
                within = self.alternatives[place].text
                self.alternatives.append(Written(_one_line(text[start:end]), file, at, within))
            self._patterns.append(_Alternative(place, re.compile(reader.pattern), branches))

    def taken(self, symbols: Sequence[str]) -> tuple[int, ...]:
        """The places of the alternatives that a rule takes which is made of these symbols."""
        encoded = "".join(symbol + _END for symbol in symbols)
        for one in self._patterns:
            match = one.pattern.fullmatch(encoded)
            if match:
                return (one.place, *(at for name, at in one.branches.items() if match[name] is not None))
        return ()


@define(slots=True)
class WrittenTerminal:
    """A terminal.

    Attributes:
        alternatives: all its alternatives.
        names: for each of them the other terminals that it names.
    """

    alternatives: list[Written] = field(factory=list)
    names: list[frozenset[str]] = field(factory=list)
    _patterns: list[re.Pattern[str]] = field(factory=list)

    def add(self, text: str, file: str, line: int, others: Mapping[str, str], lexicon: Mapping[str, Any]) -> None:
        """Add the alternatives that a body says; `others` are the bodies of terminals that it may name."""
        body = _TerminalBody(text, others)
        for reader in body.alternatives():
            own = line + text.count("\n", 0, reader.start)
            self.alternatives.append(Written(_one_line(text[reader.start : reader.end]), file, own))
            self._patterns.append(re.compile(filled(reader.pattern, lexicon)))
            self.names.append(frozenset(body.names))
            body.names.clear()

    def taken(self, text: str, start: int, end: int) -> tuple[int, ...]:
        """The place of the first alternative that takes a range of a text; none where no one alone does."""
        for place, pattern in enumerate(self._patterns):
            match = pattern.match(text, start)
            if (match is not None and match.end() == end) or pattern.fullmatch(text, start, end):
                return (place,)
        return ()


Definitions = Mapping[tuple[str, str], WrittenRule | WrittenTerminal]


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"//[^\n]*", "", text).split())


def definitions(spoken: Language) -> Definitions:
    """The rules and terminals of a language as its files say them, by grammar and name, with what later files add."""
    found: dict[tuple[str, str], WrittenRule | WrittenTerminal] = {}
    for grammar in GRAMMARS:
        said: dict[str, list[_Statement]] = {}
        for file in members(grammar, spoken.files):
            for one in _statements(file):
                if one.directive == "%override":
                    said[one.name] = []
                said.setdefault(one.name, []).append(one)
        bodies = {name: "|".join(one.body for one in statements) for name, statements in said.items()}
        for name, statements in said.items():
            made = WrittenTerminal() if name.lstrip("_")[0].isupper() else WrittenRule()
            found[grammar, name] = made
            for one in statements:
                if isinstance(made, WrittenTerminal):
                    made.add(one.body, one.file, one.line, bodies, spoken.lexicon)
                else:
                    made.add(one.body, one.file, one.line)
    return found


@frozen(slots=True)
class _Statement:
    """What a file says of a rule or terminal: how it goes with what others say, the body and the line that it is on."""

    name: str
    directive: str | None
    body: str
    file: str
    line: int


def _statements(file: GrammarFile) -> Iterator[_Statement]:
    """Each rule and terminal of a file."""
    lines = file.text.split("\n")
    at = 0
    while at < len(lines):
        found = _START.match(lines[at])
        first = at
        at += 1
        if not found:
            continue
        # A body goes on with lines that start with a bar; comments may stand between.
        following = at
        while following < len(lines):
            ahead = lines[following].strip()
            following += 1
            if ahead.startswith("|"):
                at = following
            elif ahead and not ahead.startswith("//"):
                break
        body = "\n".join([lines[first][found.end() :], *lines[first + 1 : at]])
        yield _Statement(found["name"], found["directive"], body, file.shown, first + 1)


class _Reader:
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

    def alternatives(self) -> Iterator[_Reader]:
        """Each alternative."""
        while True:
            reader = _Reader(self._place())
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

    def _sequence(self, reader: _Reader) -> tuple[str, int, int]:
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

    def _item(self, token: re.Match[str], reader: _Reader) -> str:
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


class _RuleBody(_Body):
    """Makes patterns over names of symbols."""

    def _name(self, name: str) -> str:
        return f"(?:{name.lstrip('?!')}{_END})"

    def _literal(self, _: str) -> str:
        return f"(?:{_ANY})"


class _TerminalBody(_Body):
    """Makes patterns over characters."""

    def __init__(self, text: str, others: Mapping[str, str]) -> None:
        super().__init__(text)
        self._others = others
        self.names: set[str] = set()

    def _name(self, name: str) -> str:
        inner = _TerminalBody(self._others.get(name, ""), self._others)
        pattern = "|".join(reader.pattern for reader in inner.alternatives())
        self.names |= {name, *inner.names}
        return f"(?:{pattern})"

    def _literal(self, written: str) -> str:
        mark = written[0]
        body, _, flags = written[1:].rpartition(mark)
        pattern = body if mark == "/" else re.escape(ast.literal_eval(f'"{body}"'))
        return f"(?{flags}:{pattern})"
