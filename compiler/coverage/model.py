"""What a measurement came to: how often each thing of the language was used, and the shortest text that used it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import define, evolve, field, frozen

from yusuan.compiler.coverage.written import Definitions, WrittenRule, WrittenTerminal
from yusuan.compiler.grammar_files import LEXICON, Folder, GrammarFile
from yusuan.compiler.grammar_index import GrammarIndex
from yusuan.compiler.grammar_loader import GRAMMARS
from yusuan.compiler.grammar_places import Entry
from yusuan.compiler.grammar_places import Key as Path

Key = tuple[str, str | Path]
"""A rule or terminal by its grammar and name; an entry of the lexicon by its file and its path there."""

_LONGEST_EXAMPLE: Final = 200
# The length of a text without characters: what has some says more.
_NOTHING: Final = 1 << 60
# What a rule is made of is remembered where it is no longer.
_MOST_REMEMBERED: Final = 8


@frozen(slots=True)
class Use:
    """How something of the language was used.

    Attributes:
        count: how often it matched, or was looked up and found; from 1.
        source: where the shortest example comes from, as the caller of `measure` calls it.
        example: the shortest text that it matched, on one line; empty where what it matched has no characters.
    """

    count: int
    source: str
    example: str


@frozen(slots=True)
class Alternative:
    """One alternative of a rule or terminal.

    Attributes:
        text: as the grammar writes it; empty for an alternative of nothing.
        place: its file and line, as people are told.
        within: the alternative in whose brackets it stands; absent for one of the rule or terminal itself.
        use: how it was used; absent where it was not.
    """

    text: str
    place: str
    within: str | None
    use: Use | None


@frozen(slots=True)
class Member:
    """One thing of the language that can be used.

    Attributes:
        kind: `rule`, `alternative`, `terminal`, `entry` (a key of a lexicon file) or `value` (a text in its list).
        name: the name, the key, or the text; of an alternative the text that the grammar has.
        of: what it belongs to: the rule or terminal of an alternative, the keys that lead to an entry or a text
            (`labels.weight`); empty where there is nothing to say.
        file: its file, as people are told.
        line: its line there.
        use: how it was used; absent where it was not.
    """

    kind: str
    name: str
    of: str
    file: str
    line: int
    use: Use | None

    @property
    def place(self) -> str:
        """The place as people are told: `grammar/clauses/amount.lark:30`."""
        return f"{self.file}:{self.line}"


@define(slots=True)
class _Tally:
    """The uses of one thing so far: the text is cut out of another one only if it is the shortest."""

    count: int = 0
    length: int = -1
    source: str = ""
    example: str = ""

    def add(self, source: str, text: str, start: int, end: int) -> None:
        self.count += 1
        length = end - start or _NOTHING
        if self.length < 0 or length < self.length:
            self.length, self.source, self.example = length, source, text[start:end]

    def use(self) -> Use:
        example = " ".join(self.example.split())
        if len(example) > _LONGEST_EXAMPLE:
            example = example[: _LONGEST_EXAMPLE - 1] + "…"
        return Use(self.count, self.source, example)


@define(slots=True)
class Record:
    """What was seen while texts are compiled.

    Attributes:
        written: the rules and terminals as they are written.
        source: where the text at hand comes from.
        text: the text at hand.
    """

    written: Definitions
    source: str = ""
    text: str = ""
    tallies: dict[Key, _Tally] = field(factory=dict)
    alternatives: dict[tuple[str, str, int], _Tally] = field(factory=dict)
    _known: dict[tuple[str, str, tuple[str, ...]], tuple[int, ...]] = field(factory=dict)

    def saw(self, key: Key, text: str, start: int = 0, end: int | None = None) -> None:
        """Something matched `text[start:end]`."""
        self._add(self.tallies, key, text, start, end)

    def saw_rule(self, grammar: str, name: str, symbols: Sequence[str], text: str, start: int, end: int) -> None:
        """A rule matched, made of these symbols."""
        self.saw((grammar, name), text, start, end)
        rule = self.written.get((grammar, name))
        if isinstance(rule, WrittenRule):
            for place in self._taken(rule, grammar, name, tuple(symbols)):
                self._add(self.alternatives, (grammar, name, place), text, start, end)

    def saw_terminal(
        self, grammar: str, name: str, text: str, start: int, end: int, words: Callable[[], tuple[str, int, int]]
    ) -> None:
        """A terminal matched; `words` gives the text and the range that its pattern was tried on."""
        self.saw((grammar, name), text, start, end)
        terminal = self.written.get((grammar, name))
        if isinstance(terminal, WrittenTerminal):
            for place in terminal.taken(*words()):
                self._add(self.alternatives, (grammar, name, place), text, start, end)
                for inner in terminal.names[place]:
                    self.saw((grammar, inner), text, start, end)

    def _taken(self, rule: WrittenRule, grammar: str, name: str, symbols: tuple[str, ...]) -> tuple[int, ...]:
        if len(symbols) > _MOST_REMEMBERED:
            return rule.taken(symbols)
        key = grammar, name, symbols
        if key not in self._known:
            self._known[key] = rule.taken(symbols)
        return self._known[key]

    def _add(self, tallies: dict[Any, _Tally], key: object, text: str, start: int, end: int | None) -> None:
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally()
        tally.add(self.source, text, start, len(text) if end is None else end)


@frozen(slots=True)
class Coverage:
    """What a measurement came to.

    Attributes:
        folders: the folders of the language, the built-in one first.
    """

    folders: tuple[Folder, ...]
    _record: Record = field(repr=False)
    _keys: dict[Entry, Key] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        # What the built-in language has comes last, so it is what an entry is looked up in.
        for placed in reversed(list(_placed(self.folders))):
            self._keys[placed.entry] = placed.key

    def use(self, entry: Entry) -> Use | None:
        """How an entry of the index was used; absent where it was not.

        A table or list of the lexicon was used as often as what stands in it, a hook as the alternatives that it adds.
        """
        if entry.kind == "hook":
            return _all_together(
                self._record.alternatives[of, name, at]
                for (of, name), defined in self._record.written.items()
                for at, one in enumerate(defined.alternatives)
                if name == entry.name and one.file == entry.shown and one.within is None
                if (of, name, at) in self._record.alternatives
            )
        key = self._keys.get(entry)
        return None if key is None else self._use(key)

    def alternatives(self, grammar: str, name: str) -> tuple[Alternative, ...]:
        """The alternatives of a rule in the order of the files, those of brackets behind the one they stand in.

        Of a terminal, what each file says of it.
        """
        written = self._record.written.get((grammar, name))
        return tuple(
            Alternative(one.text, f"{one.file}:{one.line}", one.within, self._use_of_alternative(grammar, name, at))
            for at, one in enumerate(written.alternatives if written else ())
        )

    def members(self) -> Iterator[Member]:
        """Everything that can be used, file by file."""
        placed: dict[str, list[_Placed]] = {}
        for one in _placed(self.folders):
            placed.setdefault(one.file.shown, []).append(one)
        for folder in self.folders:
            for file in folder.files:
                find = self._of_lexicon if file.path.startswith(LEXICON) else self._of_grammar
                yield from sorted(find(file, placed.get(file.shown, [])), key=lambda member: member.line)

    def _of_grammar(self, file: GrammarFile, placed: Sequence[_Placed]) -> Iterator[Member]:
        for one in placed:
            yield Member(one.entry.kind, one.entry.name, "", file.shown, one.entry.line, self._use(one.key))
        for (grammar, name), defined in self._record.written.items():
            # The only alternative of a rule is the rule.
            if len(defined.alternatives) > 1:
                for at, written in enumerate(defined.alternatives):
                    if written.file == file.shown:
                        use = self._use_of_alternative(grammar, name, at)
                        yield Member("alternative", written.text, name, file.shown, written.line, use)

    def _of_lexicon(self, file: GrammarFile, placed: Sequence[_Placed]) -> Iterator[Member]:
        data = tomllib.loads(file.text)
        for one in placed:
            entry, path = one.entry, one.path
            of = ".".join(map(str, path[:-1]))
            # Tables and lists are what stands in them; a text that is the whole value of a key is told as the key.
            around = _at(data, path[:-1]) if entry.kind == "value" else _at(data, path)
            if isinstance(around, list) if entry.kind == "value" else not isinstance(around, (dict, list)):
                yield Member(entry.kind, entry.name, of, file.shown, entry.line, self._use(one.key))

    def _use_of_alternative(self, grammar: str, name: str, at: int) -> Use | None:
        tally = self._record.alternatives.get((grammar, name, at))
        return tally.use() if tally else None

    def _use(self, key: Key) -> Use | None:
        own = self._record.tallies.get(key)
        if own is not None:
            return own.use()
        file, path = key
        if isinstance(path, str):
            return None
        return _all_together(
            tally
            for (of, other), tally in self._record.tallies.items()
            if of == file and not isinstance(other, str) and other[: len(path)] == path
        )


def _all_together(tallies: Iterable[_Tally]) -> Use | None:
    """The uses of several things as one; absent where there are none."""
    found = list(tallies)
    if not found:
        return None
    shortest = min(found, key=lambda tally: tally.length)
    return evolve(shortest.use(), count=sum(tally.count for tally in found))


def _at(data: Any, path: Path) -> Any:
    """What stands at a path of the index in a TOML file; absent where it is a text of a list."""
    for part in path:
        if isinstance(data, list):
            data = data[part] if isinstance(part, int) else next((one for one in data if one["name"] == part), None)
        else:
            data = data[part]
    return data


@frozen(slots=True)
class _Placed:
    """A rule, terminal or entry of a file, with its path there and its key in the whole language."""

    file: GrammarFile
    path: Path
    key: Key
    entry: Entry


def _placed(folders: Sequence[Folder]) -> Iterator[_Placed]:
    """The rules, terminals and lexicon entries of folders."""
    # Tables of a list that have no names are known by their number, which goes on from folder to folder.
    counts: dict[tuple[str, str], int] = {}
    for folder in folders:
        index = GrammarIndex(folder.files)
        files = {file.path: file for file in folder.files}
        for grammar in GRAMMARS:
            for entry in index.symbols(grammar):
                yield _Placed(files[entry.file], (), (grammar, entry.name), entry)
        before = dict(counts)
        for file in folder.files:
            name = file.path.removeprefix(LEXICON).removesuffix(".toml")
            for path, entry in index.entries(name) if file.path.startswith(LEXICON) else ():
                key = path
                if len(path) > 1 and isinstance(path[1], int):
                    table = name, str(path[0])
                    key = (path[0], path[1] + before.get(table, 0), *path[2:])
                    counts[table] = max(counts.get(table, 0), int(str(key[1])) + 1)
                yield _Placed(file, path, (name, key), entry)
