"""The alternatives of rules and terminals as the grammar writes them, and which of them was taken.

Lark rewrites a grammar before it builds parsers: repetitions become rules of their own, optional parts several rules,
the alternatives of a terminal one pattern. So an alternative of a rule is compiled to a pattern of symbols here, and
the symbols that the rule was made of are held against it; what a terminal took, against each of its own patterns.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from attrs import define, field, frozen

from yusuan.compiler.language.loader import GRAMMARS, Language, members
from yusuan.compiler.language.placeholders import PLACEHOLDER, alternatives, folded_to, words_of
from yusuan.compiler.language.places import Entry
from yusuan.compiler.language.terminals import GAP, OTHERS, Gaps, nameless

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


@frozen(slots=True)
class Part:
    """What took some characters within a terminal.

    Attributes:
        of: the other terminal that the terminal names, or the key of the lexicon whose words stand in it.
        alternative: the place of the alternative of that terminal, or the word of that key.
        start: the offset of the first character.
        end: the offset behind the last one.
    """

    of: str
    alternative: int | str
    start: int
    end: int


@frozen(slots=True)
class Taken:
    """How a terminal took a text.

    Attributes:
        place: the place of its own alternative.
        parts: what of other terminals and of the lexicon took the text, that alternative's as the grammar has them.
    """

    place: int
    parts: tuple[Part, ...] = ()


@define(slots=True)
class WrittenTerminal:
    """A terminal.

    Attributes:
        alternatives: all its alternatives.
        names: for each of them the other terminals that it names.
        ends: those that end its gaps.
    """

    alternatives: list[Written] = field(factory=list)
    names: list[frozenset[str]] = field(factory=list)
    ends: tuple[str, ...] = ()
    _patterns: list[tuple[str, Mapping[str, tuple[str, int | str]]]] = field(factory=list)
    _compiled: dict[int, re.Pattern[str]] = field(factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing to tell of it but that it took a text."""
        return len(self.alternatives) == 1 and not self._patterns[0][1] and not self.ends

    def add(self, entry: Entry, others: _Terminals) -> None:
        """Add the alternatives that an entry says; `others` are the terminals that it may name."""
        body = _TerminalBody(entry.body, others)
        for reader in body.alternatives():
            own = entry.line + entry.body.count("\n", 0, reader.start)
            self.alternatives.append(Written(_one_line(entry.body[reader.start : reader.end]), entry.shown, own))
            self._patterns.append((others.with_gaps(reader.pattern), dict(body.parts)))
            self.names.append(frozenset(body.names))
            self.ends += tuple(found["name"] for found in GAP.finditer(reader.pattern) if found["name"] != OTHERS)
            body.names.clear()
            body.parts.clear()

    def taken(self, text: str, start: int, end: int) -> Taken | None:
        """How it takes a range of a text, by the first alternative that does; absent where no one alone does."""

        def up_to_end(pattern: re.Pattern[str]) -> re.Match[str] | None:
            match = pattern.match(text, start)
            return match if match is not None and match.end() == end else None

        # Another alternative may have come first; but what looks ahead saw more of the text than this range.
        return self.found(up_to_end) or self.found(lambda pattern: pattern.fullmatch(text, start, end))

    def begins(self, text: str, at: int) -> Taken | None:
        """How it takes what stands at a place of a text; absent where it does not."""
        return self.found(lambda pattern: pattern.match(text, at))

    def found(self, takes: Callable[[re.Pattern[str]], re.Match[str] | None]) -> Taken | None:
        """How it takes a text, by the first of its alternatives whose pattern does; absent where none does."""
        for place in range(len(self._patterns)):
            match = takes(self._pattern(place))
            if match is not None:
                return Taken(place, self._parts(place, match))
        return None

    def _pattern(self, place: int) -> re.Pattern[str]:
        if place not in self._compiled:
            self._compiled[place] = re.compile(self._patterns[place][0])
        return self._compiled[place]

    def _parts(self, place: int, match: re.Match[str]) -> tuple[Part, ...]:
        spans = ((of, match.span(group)) for group, of in self._patterns[place][1].items())
        return tuple(Part(*of, *span) for of, span in spans if span[0] >= 0)


Definitions = Mapping[tuple[str, str], WrittenRule | WrittenTerminal]


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"//[^\n]*", "", text).split())


def definitions(spoken: Language) -> Definitions:
    """The rules and terminals of a language as its files say them, by grammar and name, with what later files add."""
    found: dict[tuple[str, str], WrittenRule | WrittenTerminal] = {}
    for grammar in GRAMMARS:
        said: dict[str, list[Entry]] = {}
        for file in members(grammar, spoken.files):
            for entry in file.entries():
                if entry.replaces:
                    said[entry.name] = []
                if not entry.is_declared:
                    said.setdefault(entry.name, []).append(entry)
        bodies = {name: [one.body for one in entries] for name, entries in said.items() if entries[0].is_terminal}
        others = _Terminals(bodies, spoken.lexicon, list(spoken.patterns[grammar]))
        for name, entries in said.items():
            made = found[grammar, name] = WrittenTerminal() if name in bodies else WrittenRule()
            for one in entries:
                if isinstance(made, WrittenTerminal):
                    made.add(one, others)
                else:
                    made.add(one.body, one.shown, one.line)
    return found


@define(slots=True)
class _Terminals:
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

    def with_gaps(self, pattern: str) -> str:
        """A pattern with its gaps filled in."""
        if not GAP.search(pattern):
            return pattern
        if self._gaps is None:
            self._gaps = Gaps({name: self._whole(name) for name in self.bodies}, self.parsed)
        return self._gaps.fill(pattern)

    def _whole(self, name: str) -> str:
        """The pattern of a terminal."""
        readers = (reader for body in self.bodies[name] for reader in _TerminalBody(body, self).alternatives())
        return f"(?:{'|'.join(nameless(reader.pattern) for reader in readers)})"


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
    """Makes patterns over characters, in which each alternative of another terminal and each word is a group.

    Attributes:
        names: the other terminals that the alternative at hand names.
        parts: for each group what it stands for: a terminal and the place of its alternative, a key and its word.
    """

    def __init__(self, text: str, others: _Terminals, groups: Iterator[int] | None = None) -> None:
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
            inner = _TerminalBody(body, self._others, self._groups)
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
