"""The alternatives of rules and terminals as the grammar writes them, and which of them was taken.

Lark rewrites a grammar before it builds parsers: repetitions become rules of their own, optional parts several rules,
the alternatives of a terminal one pattern. So an alternative of a rule is compiled to a pattern of symbols here, and
the symbols that the rule was made of are held against it; what a terminal took, against each of its own patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.places import Entry
from yusuan.compiler.language.terminals import GAP, OTHERS
from yusuan.compiler.workbench.bodies import END, RuleBody, TerminalBody, Terminals


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
        for reader in RuleBody(text).alternatives():
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
        encoded = "".join(symbol + END for symbol in symbols)
        for one in self._patterns:
            match = one.pattern.fullmatch(encoded)
            if match:
                return (one.place, *(at for name, at in one.branches.items() if match[name] is not None))
        return ()


@frozen(slots=True)
class TakenPart:
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
class Taking:
    """How a terminal took a text.

    Attributes:
        place: the place of its own alternative.
        parts: what of other terminals and of the lexicon took the text, that alternative's as the grammar has them.
    """

    place: int
    parts: tuple[TakenPart, ...] = ()


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
    _others: Terminals | None = None

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing to tell of it but that it took a text."""
        return len(self.alternatives) == 1 and not self._patterns[0][1] and not self.ends

    def add(self, entry: Entry, others: Terminals) -> None:
        """Add the alternatives that an entry says; `others` are the terminals that it may name."""
        self._others = others
        body = TerminalBody(entry.body, others)
        for reader in body.alternatives():
            own = entry.line + entry.body.count("\n", 0, reader.start)
            self.alternatives.append(Written(_one_line(entry.body[reader.start : reader.end]), entry.shown, own))
            pattern = others.without_others(reader.pattern, body.names)
            self._patterns.append((pattern, dict(body.parts)))
            self.names.append(frozenset(body.names))
            self.ends += tuple(found["name"] for found in GAP.finditer(reader.pattern) if found["name"] != OTHERS)
            body.names.clear()
            body.parts.clear()

    def taken(self, text: str, start: int, end: int) -> Taking | None:
        """How it takes a range of a text, by the first alternative that does; absent where no one alone does."""

        def up_to_end(pattern: re.Pattern[str]) -> re.Match[str] | None:
            match = pattern.match(text, start)
            return match if match is not None and match.end() == end else None

        # Another alternative may have come first; but what looks ahead saw more of the text than this range.
        return self.found(up_to_end) or self.found(lambda pattern: pattern.fullmatch(text, start, end))

    def begins(self, text: str, at: int) -> Taking | None:
        """How it takes what stands at a place of a text; absent where it does not."""
        return self.found(lambda pattern: pattern.match(text, at))

    def found(self, takes: Callable[[re.Pattern[str]], re.Match[str] | None]) -> Taking | None:
        """How it takes a text, by the first of its alternatives whose pattern does; absent where none does."""
        for place in range(len(self._patterns)):
            match = takes(self._pattern(place))
            if match is not None:
                return Taking(place, self._parts(place, match))
        return None

    def _pattern(self, place: int) -> re.Pattern[str]:
        if place not in self._compiled:
            pattern = self._patterns[place][0]
            self._compiled[place] = re.compile(self._others.with_gaps(pattern) if self._others else pattern)
        return self._compiled[place]

    def _parts(self, place: int, match: re.Match[str]) -> tuple[TakenPart, ...]:
        spans = ((of, match.span(group)) for group, of in self._patterns[place][1].items())
        return tuple(TakenPart(*of, *span) for of, span in spans if span[0] >= 0)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"//[^\n]*", "", text).split())


class WrittenSymbols(Mapping[tuple[str, str], WrittenRule | WrittenTerminal]):
    """The rules and terminals of a language as its files say them, by grammar and name, with what later files add.

    Each is read when it is first asked for: who traces a line asks for a few of them.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._grammars: dict[str, tuple[dict[str, list[Entry]], Terminals]] = {}
        self._made: dict[tuple[str, str], WrittenRule | WrittenTerminal] = {}

    def __getitem__(self, key: tuple[str, str]) -> WrittenRule | WrittenTerminal:
        known = self._made.get(key)
        if known is None:
            known = self._made[key] = self._make(*key)
        return known

    def find(self, grammar: str, name: str) -> WrittenRule | WrittenTerminal | None:
        """A rule or terminal; absent where the files say nothing of it."""
        return self._made.get((grammar, name)) or self.get((grammar, name))

    def _make(self, grammar: str, name: str) -> WrittenRule | WrittenTerminal:
        if grammar not in GRAMMARS:
            raise KeyError(grammar)
        said, terminals = self._grammar(grammar)
        made = WrittenTerminal() if name in terminals.bodies else WrittenRule()
        for one in said[name]:
            if isinstance(made, WrittenTerminal):
                made.add(one, terminals)
            else:
                made.add(one.body, one.shown, one.line)
        return made

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((grammar, name) for grammar in GRAMMARS for name in self._grammar(grammar)[0])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _grammar(self, grammar: str) -> tuple[dict[str, list[Entry]], Terminals]:
        """What the files say of each rule and terminal of a grammar, and its terminals."""
        if grammar not in self._grammars:
            said: dict[str, list[Entry]] = {}
            for file in members(grammar, self._language.files):
                for entry in file.entries():
                    if entry.replaces:
                        said[entry.name] = []
                    if not entry.is_declared:
                        said.setdefault(entry.name, []).append(entry)
            bodies = {name: [one.body for one in entries] for name, entries in said.items() if entries[0].is_terminal}
            parsed = list(self._language.patterns[grammar])
            self._grammars[grammar] = said, Terminals(bodies, self._language.lexicon, parsed)
        return self._grammars[grammar]
