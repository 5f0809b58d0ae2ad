"""What a measurement came to: how often each thing of the language was used, and the shortest text that used it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve, field, frozen

from yusuan.compiler.language.declared import is_identifier
from yusuan.compiler.language.files import LEXICON, GrammarFile
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import GrammarIndex
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.placeholders import filled
from yusuan.compiler.language.places import Entry
from yusuan.compiler.language.places import Key as Path
from yusuan.compiler.workbench.written import Taking, WrittenRule, WrittenSymbols, WrittenTerminal

Key = tuple[str, str | Path]
"""A rule or terminal by its grammar and name; an entry of the lexicon by its file and its path there."""

# The grammar that a file, or each file of a folder, belongs to.
_GRAMMAR_OF: Final = {part.rstrip("/"): grammar for grammar, parts in GRAMMARS.items() for part in parts}

# What only readers of PDF and of Word ask for, whom coverage does not run: it is that of texts.
_OF_OTHER_READERS: Final = frozenset({("characters", "pages"), ("characters", "counting")})
# What stands for the whole of a declared table.
_DECLARATION: Final = ("table",)

_LONGEST_EXAMPLE: Final = 200
# The length of a text without characters: what has some says more.
_NOTHING: Final = 1 << 60
# What a rule is made of is remembered where it is no longer.
_MOST_REMEMBERED: Final = 8
_LONGEST_REMEMBERED: Final = 100


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
class Usable:
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


Part = tuple[str, int, int]
"""A part of a text: the text, where the part starts in it and where it ends."""


@define(slots=True)
class _Tally:
    """The uses of one thing so far: the text is cut out of another one only if it is the shortest."""

    count: int = 0
    length: int = -1
    source: str = ""
    example: str = ""

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
        parsed: for each grammar the names of the terminals that its parser reads.
        source: where the text at hand comes from.
        text: the text at hand.
    """

    written: WrittenSymbols
    parsed: Mapping[str, Collection[str]]
    source: str = ""
    text: str = ""
    tallies: dict[Key, _Tally] = field(factory=dict)
    alternatives: dict[tuple[str, str, int], _Tally] = field(factory=dict)
    _known: dict[tuple[str, str, tuple[str, ...]], tuple[int, ...]] = field(factory=dict)
    _readings: dict[tuple[str, str, str], Taking | None] = field(factory=dict)

    def saw(self, key: Key, text: str, start: int = 0, end: int | None = None) -> None:
        """Something matched `text[start:end]`."""
        self._add(self.tallies, key, text, start, end)

    def saw_rule(self, grammar: str, name: str, symbols: Sequence[str], part: Part) -> None:
        """A rule matched, made of these symbols."""
        self.saw((grammar, name), *part)
        rule = self.written.find(grammar, name)
        if isinstance(rule, WrittenRule):
            for place in self._taken(rule, grammar, name, tuple(symbols)):
                self._add(self.alternatives, (grammar, name, place), *part)

    def saw_terminal(self, grammar: str, name: str, part: Part, words: Callable[[], Part]) -> None:
        """A terminal matched; `words` gives what its pattern was tried on."""
        self.saw((grammar, name), *part)
        terminal = self.written.find(grammar, name)
        if not isinstance(terminal, WrittenTerminal):
            return
        if terminal.is_whole:
            self._add(self.alternatives, (grammar, name, 0), *part)
            return
        said = words()
        taken = self._read(grammar, name, terminal, said)
        if taken is None:
            return
        self._add(self.alternatives, (grammar, name, taken.place), *part)
        self._saw_parts(grammar, taken, said[0])
        # What ends a gap stands behind what was taken.
        self.saw_ends(grammar, name, said[0], said[2])

    def _read(self, grammar: str, name: str, terminal: WrittenTerminal, said: Part) -> Taking | None:
        """How a terminal takes a part of a text; a whole one, which nothing stands around, is read once."""
        text, start, end = said
        if start or end < len(text) or end > _LONGEST_REMEMBERED:
            return terminal.taken(*said)
        key = grammar, name, text
        if key not in self._readings:
            self._readings[key] = terminal.taken(*said)
        return self._readings[key]

    def saw_ends(self, grammar: str, name: str, text: str, at: int) -> None:
        """Tell of what ends, or forbids, the gaps of a terminal at a place of a text."""
        terminal = self.written.find(grammar, name)
        for end in terminal.ends if isinstance(terminal, WrittenTerminal) else ():
            ends = self.written.find(grammar, end)
            behind = ends.begins(text, at) if isinstance(ends, WrittenTerminal) else None
            if behind is not None and end not in self.parsed[grammar]:
                self.saw((grammar, end), text, at)
                self._add(self.alternatives, (grammar, end, behind.place), text, at, None)
                self._saw_parts(grammar, behind, text)

    def _saw_parts(self, grammar: str, taken: Taking, text: str) -> None:
        """Tell of other terminals and words that one is made of; those that a parser reads tell of themselves."""
        for part in taken.parts:
            if isinstance(part.alternative, str):
                file, *keys = part.of.split(".")
                self.saw((file, (*keys, part.alternative)), text, part.start, part.end)
            elif part.of not in self.parsed[grammar]:
                self.saw((grammar, part.of), text, part.start, part.end)
                self._add(self.alternatives, (grammar, part.of, part.alternative), text, part.start, part.end)

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
        tally.count += 1
        if end is None:
            end = len(text)
        length = end - start or _NOTHING
        if tally.length < 0 or length < tally.length:
            tally.length, tally.source, tally.example = length, self.source, text[start:end]


@frozen(slots=True)
class Coverage:
    """What a measurement came to.

    Attributes:
        spoken: the language.
    """

    spoken: Language = field(repr=False)
    _record: Record = field(repr=False)

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
        key = self._key(entry)
        return None if key is None else self._use(key)

    def _key(self, entry: Entry) -> Key | None:
        """What the record calls an entry; absent for what can be used only as a whole."""
        if entry.file.startswith(LEXICON):
            path = entry.path
            if entry.kind == "value":
                # What a list has is looked up as it is spoken.
                path = (*path[:-1], filled(entry.name, self.spoken.lexicon))
            return _stem(entry.file), path
        folder, _, name = entry.file.rpartition("/")
        if not entry.path:
            return _GRAMMAR_OF.get(entry.file) or _GRAMMAR_OF[folder], entry.name
        # Of a declared sheet the wordings are labels, and the whole is a rule.
        if entry.kind == "value" and entry.path[2:3] == ("labels",):
            return "labels", self._label(entry.name)
        declared = self.spoken.declared.get(name.removesuffix(".toml"))
        is_rule = entry.path == _DECLARATION and declared is not None and declared.header
        return (_GRAMMAR_OF[folder], name.removesuffix(".toml")) if is_rule else None

    def _label(self, written: str) -> Path:
        """The entry of a label that a declaration names, by its identifier or by a wording."""
        said = self.spoken.lexicon["labels"]
        if is_identifier(written):
            identifier = written[1:-1]
            return ("labels" if identifier in said["labels"] else "patterns", identifier)
        wording = filled(written, self.spoken.lexicon)
        return "labels", next(one for one, words in said["labels"].items() if wording in words), wording

    def alternatives(self, grammar: str, name: str) -> tuple[Alternative, ...]:
        """The alternatives of a rule in the order of the files, those of brackets behind the one they stand in.

        Of a terminal, what each file says of it.
        """
        written = self._record.written.get((grammar, name))
        return tuple(
            Alternative(one.text, f"{one.file}:{one.line}", one.within, self._use_of_alternative(grammar, name, at))
            for at, one in enumerate(written.alternatives if written else ())
        )

    def members(self) -> Iterator[Usable]:
        """Everything that can be used, file by file."""
        index = GrammarIndex(self.spoken.files)
        for file in self.spoken.files:
            found = self._of_grammar(file) if file.path.endswith(".lark") else self._of_lexicon(file, index)
            yield from sorted(found, key=lambda member: member.line)

    def _of_grammar(self, file: GrammarFile) -> Iterator[Usable]:
        for entry in file.entries():
            if entry.kind != "hook":
                yield Usable(entry.kind, entry.name, "", file.shown, entry.line, self.use(entry))
        for (grammar, name), defined in self._record.written.items():
            # The only alternative of a rule is the rule.
            if len(defined.alternatives) > 1:
                for at, written in enumerate(defined.alternatives):
                    if written.file == file.shown:
                        use = self._use_of_alternative(grammar, name, at)
                        yield Usable("alternative", written.text, name, file.shown, written.line, use)

    def _of_lexicon(self, file: GrammarFile, index: GrammarIndex) -> Iterator[Usable]:
        data = tomllib.loads(file.text)
        # The index knows at which number of the whole language a table without a name stands.
        numbered = {evolve(entry, path=()): entry for _, entry in index.entries(_stem(file.path))}
        for entry in file.entries():
            path = entry.path
            if (_stem(file.path), *path[:1]) in _OF_OTHER_READERS:
                continue
            # Tables and lists are what stands in them; a text that is the whole value of a key is told as the key.
            if entry.kind == "value":
                is_told = isinstance(_at(data, path[:-1]), list)
            else:
                is_told = path == _DECLARATION or not isinstance(_at(data, path), (dict, list))
            placed = numbered.get(evolve(entry, path=()), entry)
            if is_told and self._key(placed) is not None:
                of = ".".join(map(str, path[:-1]))
                yield Usable(entry.kind, entry.name, of, file.shown, entry.line, self.use(placed))

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


def _stem(file: str) -> str:
    """A lexicon by the path of its file."""
    return file.removeprefix(LEXICON).removesuffix(".toml")


def _at(data: Any, path: Path) -> Any:
    """What stands at a path of the index in a TOML file; absent where it is a text of a list."""
    for part in path:
        if isinstance(data, list):
            data = data[part] if isinstance(part, int) else next((one for one in data if one["name"] == part), None)
        else:
            data = data[part]
    return data
