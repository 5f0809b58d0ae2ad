"""The heading terminals of the sections, tried on folded titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from yusuan.compiler.language.loader import Language, of_language

PROJECT_HEADING: Final = "PROJECT_HEADING"
"""The heading of a project's table, which is of no section of the report."""

# Stands in front of words that are a heading's only with a number, as `_NUMBERED` of report.lark says.
_NUMBERED: Final = "#"
# What in a set stands for characters that are not written there.
_RANGE: Final = re.compile(r"-|\\\w")
_ANYTHING: Final = re.compile("")
# For so many sets of characters it is kept which headings hold one of them.
_MOST_HELD: Final = 1000


class _Heading:
    """A heading terminal; its pattern is compiled when it is first tried.

    Attributes:
        name: its name.
        starts: the characters that it can start with, as the inside of a set in brackets; absent where those are any.
        needs: likewise characters of which every heading holds one; absent where none are known.
    """

    def __init__(self, name: str, pattern: str, starts: str | None, needs: str | None) -> None:
        self.name = name
        self._written = f"(?P<{name}>{pattern})"
        self._pattern: re.Pattern[str] | None = None
        self.starts = starts
        self.needs = needs

    def match(self, folded: str, at: int = 0) -> re.Match[str] | None:
        """The match of a folded title from an offset on; absent where it is no such heading."""
        if self._pattern is None:
            self._pattern = re.compile(self._written)
        return self._pattern.fullmatch(folded, at)


class Headings:
    """The heading terminals of the sections, of which a title is tried on those alone that it can be.

    Most lines can be none of most, by the first character of their words, or by those that every heading of a kind
    holds: so few patterns are tried, and few are compiled.
    """

    def __init__(self, language: Language) -> None:
        report, starts, needs = language.patterns["report"], language.starts["report"], language.needs["report"]
        names = [name for name in report if name.endswith("_HEADING")]
        self._all = [_Heading(name, report[name], starts[name], needs[name]) for name in names]
        self._of_sections = [one for one, name in zip(self._all, names, strict=True) if name != PROJECT_HEADING]
        self._start = _any_of(one.starts for one in self._all)
        self._of_any_start = [one for one in self._all if one.starts is None]
        self._by_start: dict[str, list[_Heading]] = {}
        self._needed = _any_of(one.needs for one in self._all)
        # What a title holds that one of those is which can start with anything.
        are_told = all(one.needs for one in self._of_any_start)
        self._told = _any_of(one.needs for one in self._of_any_start) if are_told else _ANYTHING
        self._by_held: dict[frozenset[str], list[_Heading]] = {}

    def match(self, folded: str, at: int = 0) -> re.Match[str] | None:
        """The heading that a folded title is from an offset on, in the order of the grammar."""
        start = self._start.match(folded, at)
        is_told = self._told.search(folded, at) is not None
        if start is not None:
            tried = self._by_start.get(start[0]) or self._starting_with(start[0])
        elif is_told:
            tried = self._of_any_start
        else:
            return None
        for heading in tried:
            if heading.starts is None and not is_told:
                continue
            found = heading.match(folded, at)
            if found is not None:
                return found
        return None

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    def taking(self, folded: str, at: int) -> list[str]:
        """All that take a folded title from an offset on, by their names, in the order of the grammar."""
        return [one.name for one in self._all if one.match(folded, at) is not None]

    def marked(self, folded: str) -> re.Match[str] | None:
        """The heading of a section that a folded title is behind the mark of a numbered one."""
        held = frozenset(self._needed.findall(folded))
        tried = self._by_held.get(held)
        if tried is None:
            known = {_NUMBERED, *held}
            tried = [one for one in self._of_sections if one.needs is None or _holds_one(one.needs, known)]
            if len(self._by_held) < _MOST_HELD:
                self._by_held[held] = tried
        numbered = f"{_NUMBERED}{folded}"
        for heading in tried:
            found = heading.match(numbered)
            if found is not None:
                return found
        return None

    def _starting_with(self, start: str) -> list[_Heading]:
        found = self._by_start[start] = [
            one for one in self._all if one.starts is None or _holds_one(one.starts, {start})
        ]
        return found


@of_language
def headings(language: Language) -> Headings:
    """The heading terminals of a language, made once for each."""
    return Headings(language)


def _any_of(sets: Iterable[str | None]) -> re.Pattern[str]:
    """What finds a character of some sets, each the inside of one in brackets; nothing where there are none."""
    known = "".join(filter(None, sets))
    return re.compile(f"[{known}]" if known else "(?!)")


def _holds_one(inside: str, characters: Collection[str]) -> bool:
    """Whether one of some characters can be in a set, the inside of one in brackets.

    To compile each of many sets, as `re` does it, takes longer than all that is told by them.
    """
    return _RANGE.search(inside) is not None or any(character in inside for character in characters)
