"""An explanation: what is said, as keys and values without words of any language, and below it what explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.language.index import grammar_index, shown
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.placeholders import filled
from yusuan.compiler.language.places import Entry
from yusuan.compiler.workbench.tracing.printing import escape

_LONGEST: Final = 48
_PATTERN: Final = re.compile(r"/(?P<pattern>.*)/")


@frozen(slots=True)
class Note:
    """One thing that is said.

    Attributes:
        key: its text, a path below `trace` in `rendering/text/*.toml`.
        values: what the text quotes.
        notes: what explains it.
    """

    key: str
    values: Mapping[str, object]
    notes: tuple[Note, ...] = ()


def note(key: str, *notes: Note, **values: object) -> Note:
    """A note with its values and what stands below it."""
    return Note(key, values, notes)


def walk(notes: tuple[Note, ...] | list[Note]) -> Iterator[Note]:
    """All notes, those below another behind it."""
    for one in notes:
        yield one
        yield from walk(one.notes)


def quote(text: str, longest: int = _LONGEST) -> str:
    """A text as it is quoted: on one line, what does not print escaped, cut where it is long."""
    return escape(text if len(text) <= longest else f"{text[:longest]}...")


class Places:
    """Where the things of a language stand, as people are told."""

    def __init__(self, language: Language) -> None:
        self._index = grammar_index(language)
        self._lexicon = language.lexicon
        self._patterns: dict[Entry, re.Pattern[str] | None] = {}

    def symbol(self, grammar: str, name: str, takes: Callable[[re.Pattern[str]], object] | None = None) -> str:
        """Where a rule or terminal stands; the grammar's first file where the index does not know it.

        Args:
            grammar: its grammar.
            name: its name.
            takes: whether a pattern takes the text at hand. Where several files say what a terminal takes, the first
                one that does is told.
        """
        entry = self._index.symbol(grammar, name)
        if entry is None:
            return self.grammar(grammar)
        added = self._index.hooks(grammar, name)
        if takes is not None and added:
            for one in (entry, *added):
                pattern = self._pattern(one)
                if pattern is not None and takes(pattern):
                    return one.place
        return entry.place

    def rule(self, grammar: str, name: str, parts: Sequence[str]) -> str:
        """Where a rule stands, or where another file adds the alternative to it that has just these parts."""
        for added in self._index.hooks(grammar, name):
            if list(parts) in [alternative.split() for alternative in added.body.split("|")]:
                return added.place
        return self.symbol(grammar, name)

    def _pattern(self, entry: Entry) -> re.Pattern[str] | None:
        """The pattern that a line of a terminal says; absent where it is made of other terminals."""
        if entry not in self._patterns:
            found = _PATTERN.fullmatch(entry.body)
            self._patterns[entry] = re.compile(filled(found["pattern"], self._lexicon)) if found else None
        return self._patterns[entry]

    def about(self, grammar: str, name: str) -> str:
        """What a rule or terminal is, in words of the grammar; its name where nobody says."""
        entry = self._index.symbol(grammar, name)
        return (self._index.about(entry) if entry is not None else None) or name

    def grammar(self, grammar: str) -> str:
        """The file that a grammar is called after."""
        return self._index.first_file(grammar)

    def entry(self, file: str, *path: str | int) -> str:
        """Where an entry of the lexicon stands; its file where the index does not know it."""
        entry = self._index.entry(file, *path)
        return entry.place if entry is not None else shown(f"lexicon/{file}.toml")


@of_language
def places(language: Language) -> Places:
    """Where the things of a language stand, made once for each."""
    return Places(language)
