"""A language that tells what of it is used: its parsers, and all that is made of its entries and terminals.

What is recorded does as the bare thing does, by calling it; what it tells changes nothing of what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from yusuan.compiler.language.entries import Entries, Probe, Used
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import Parser
from yusuan.compiler.workbench.coverage.model import Record
from yusuan.compiler.workbench.coverage.parsing import RecordingParser

# Grammars whose terminals are tried on single lines; no parser reads them.
_OF_LINES: Final = frozenset({"line", "numbering"})

_Name = TypeVar("_Name", bound=Hashable)
_Said = TypeVar("_Said")


def recorded(language: Language, record: Record) -> Language:
    """A language as another one, which tells a record what of it is used."""
    parsers = {name: RecordingParser(language, name, parser, record) for name, parser in language.parsers.items()}
    return evolve(language, parsers=cast("Mapping[str, Parser]", parsers), probe=_RecordingProbe(record))


class _RecordingProbe(Probe):
    def __init__(self, record: Record) -> None:
        self._record = record

    def entries(self, file: str, data: Mapping[str, Any]) -> Entries:
        return _RecordingEntries(file, data, self._record)

    def terminal(self, grammar: str, name: str, pattern: str) -> re.Pattern[str]:
        bare = super().terminal(grammar, name, pattern)
        if grammar not in _OF_LINES:
            return bare
        return _pattern(bare, lambda match: self.took(grammar, name, match.string, *match.span()))

    def took(self, grammar: str, name: str, text: str, start: int, end: int) -> None:
        part = text, start, end
        self._record.saw_terminal(grammar, name, part, lambda: part)
        self._record.saw_rule(grammar, "start", [name], part)

    def tried(self, grammar: str, name: str, text: str) -> None:
        self._record.saw_ends(grammar, name, text, 0)


class _RecordingEntries(Entries):
    def __init__(self, file: str, data: Mapping[str, Any], record: Record) -> None:
        super().__init__(data)
        self._file = file
        self._record = record

    def pattern(self, *path: str, form: Callable[[str], str] = str, written: str | None = None) -> re.Pattern[str]:
        key = self._file, path if written is None else (*path, written)
        bare = super().pattern(*path, form=form, written=written)
        return _pattern(bare, lambda match: self._record.saw(key, match.string, *match.span()))

    def alternation(self, pattern: str, used: Callable[[re.Match[str]], Iterable[Used]]) -> re.Pattern[str]:
        return _pattern(super().alternation(pattern, used), lambda match: self._saw(used(match)))

    def characters(self, *path: str, more: str = "") -> str:
        made = _RecordingCharacters(super().characters(*path, more=more))
        made.tell = lambda char: self.used(*path, text=char)
        return made

    def table(self, rows: Iterable[tuple[_Name, _Said, Iterable[Used]]]) -> dict[_Name, _Said]:
        kept = [(name, said, [*used]) for name, said, used in rows]
        used_of = {name: used for name, _, used in kept}
        return _RecordingTable(super().table(kept), lambda name: self._saw(used_of[name]))

    def words(self, rows: Iterable[tuple[_Name, Used]]) -> frozenset[_Name]:
        kept = [*rows]
        # Of several texts that are one word, the first is told.
        used_of = dict(reversed(kept))
        made = _RecordingWords(super().words(kept))
        made.tell = lambda word: self._saw([used_of[word]])
        return made

    def used(self, *path: str, text: str) -> None:
        self._saw([(path, text)])

    def _saw(self, used: Iterable[Used]) -> None:
        for path, text in used:
            self._record.saw((self._file, path), text)


# --- what is handed out -----------------------------------------------------------------------------------------------


class _RecordingPattern:
    """Matches as a pattern does, and tells each match that has characters."""

    def __init__(self, inner: re.Pattern[str], tell: Callable[[re.Match[str]], None]) -> None:
        self._inner = inner
        self._tell = tell

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def _told(self, match: re.Match[str] | None) -> re.Match[str] | None:
        if match is not None and match.end() > match.start():
            self._tell(match)
        return match

    def search(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.search(*arguments))

    def match(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.match(*arguments))

    def fullmatch(self, *arguments: Any) -> re.Match[str] | None:
        return self._told(self._inner.fullmatch(*arguments))

    def finditer(self, *arguments: Any) -> Iterator[re.Match[str]]:
        for match in self._inner.finditer(*arguments):
            self._told(match)
            yield match

    def findall(self, text: str) -> list[Any]:
        for match in self._inner.finditer(text):
            self._told(match)
        return self._inner.findall(text)

    def sub(self, replacement: str, text: str, count: int = 0) -> str:
        for at, match in enumerate(self._inner.finditer(text)):
            if count and at == count:
                break
            self._told(match)
        return self._inner.sub(replacement, text, count)


def _pattern(inner: re.Pattern[str], tell: Callable[[re.Match[str]], None]) -> re.Pattern[str]:
    return cast("re.Pattern[str]", _RecordingPattern(inner, tell))


class _RecordingTable(dict[_Name, _Said]):
    """Tells each name that is looked up and is there."""

    def __init__(self, inner: Mapping[_Name, _Said], tell: Callable[[_Name], None]) -> None:
        super().__init__(inner)
        self._tell = tell

    def __getitem__(self, name: _Name) -> _Said:
        said = super().__getitem__(name)
        self._tell(name)
        return said

    def get(self, name: _Name, default: Any = None) -> Any:
        if super().__contains__(name):
            self._tell(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        is_there = super().__contains__(name)
        if is_there:
            self._tell(cast("_Name", name))
        return is_there


class _RecordingWords(frozenset[_Name]):
    """Tells each word that is asked for and is there."""

    tell: Callable[[_Name], None]

    def __contains__(self, word: object) -> bool:
        is_there = super().__contains__(word)
        if is_there:
            self.tell(cast("_Name", word))
        return is_there


class _RecordingCharacters(str):
    """Tells each character that is asked for and is among them."""

    __slots__ = ("tell",)

    tell: Callable[[str], None]

    def __contains__(self, char: object) -> bool:
        is_there = super().__contains__(cast("str", char))
        if is_there and char:
            self.tell(cast("str", char))
        return is_there
