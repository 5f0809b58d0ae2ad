"""An explanation: what is said, as keys and values without words of any language, and below it what explains it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.index import grammar_index, shown
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.workbench.tracing.printing import escape
from yusuan.compiler.workbench.written import WrittenSymbols, WrittenTerminal

_LONGEST: Final = 48


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
        self._written = WrittenSymbols(language)
        self._shipped = {file.shown for file in built_in().files}
        self._is_shipped = language.files == built_in().files

    def symbol(
        self, grammar: str, name: str, takes: Callable[[re.Pattern[str]], re.Match[str] | None] | None = None
    ) -> str:
        """Where a rule or terminal stands; the grammar's first file where the index does not know it.

        Args:
            grammar: its grammar.
            name: its name.
            takes: how a pattern takes the text at hand. The alternative of a terminal is told that does; where an
                overlay adds words to a part of it that the text has, the overlay's line.
        """
        entry = self._index.symbol(grammar, name)
        if entry is None:
            return self.grammar(grammar)
        terminal = self._written.find(grammar, name)
        if takes is None or not isinstance(terminal, WrittenTerminal):
            return entry.place
        if self._is_shipped and len(terminal.alternatives) == 1:
            return entry.place
        taken = terminal.found(takes)
        if taken is None:
            return entry.place
        alternative = terminal.alternatives[taken.place]
        for part in taken.parts:
            of = self._written.find(grammar, part.of)
            if isinstance(of, WrittenTerminal) and isinstance(part.alternative, int):
                written = of.alternatives[part.alternative]
                if written.file not in self._shipped:
                    alternative = written
        return f"{alternative.file}:{alternative.line}"

    def rule(self, grammar: str, name: str, parts: Sequence[str]) -> str:
        """Where a rule stands, or where another file adds the alternative to it that has just these parts."""
        for added in self._index.hooks(grammar, name):
            if list(parts) in [alternative.split() for alternative in added.body.split("|")]:
                return added.place
        return self.symbol(grammar, name)

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
