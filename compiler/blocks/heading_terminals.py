"""The heading terminals of the sections, tried on folded titles."""

from __future__ import annotations

import re
from typing import Final

from yusuan.compiler.language.loader import Language

PROJECT_HEADING: Final = "PROJECT_HEADING"
"""The heading of a project's table, which is of no section of the report."""

# Stands in front of words that are a heading's only with a number, as `_NUMBERED` of report.lark says.
_NUMBERED: Final = "#"
# For so many sets of characters it is kept which headings hold one of them.
_MOST_HELD: Final = 1000


class _Heading:
    """A heading terminal; its pattern is compiled when it is first tried.

    Attributes:
        needs: finds a character of which every heading holds one; absent where none is known.
        is_of_any_start: whether a heading can start with any character.
    """

    def __init__(self, name: str, pattern: str, starts: str | None, needs: str | None) -> None:
        self._written = f"(?P<{name}>{pattern})"
        self._pattern: re.Pattern[str] | None = None
        self.needs = None if needs is None else re.compile(f"[{needs}]")
        self.is_of_any_start = starts is None

    def match(self, folded: str, at: int = 0) -> re.Match[str] | None:
        """The match of a folded title from an offset on; absent where it is no such heading."""
        if self.is_of_any_start and self.needs is not None and self.needs.search(folded, at) is None:
            return None
        if self._pattern is None:
            self._pattern = re.compile(self._written)
        return self._pattern.fullmatch(folded, at)


class Headings:
    """The heading terminals of the sections, of which a title is tried on those alone that it can be.

    Most lines can be none of most, by the first character of their words, or by those that every heading of a kind
    holds: so few patterns are tried, and few are compiled.
    """

    def __init__(self, language: Language) -> None:
        self._starts: dict[_Heading, str | None] = {}
        self._of_sections: list[_Heading] = []
        names = [name for name in language.patterns["report"] if name.endswith("_HEADING")]
        for name in names:
            starts = language.starts["report"][name]
            heading = _Heading(name, language.patterns["report"][name], starts, language.needs["report"][name])
            self._starts[heading] = starts
            if name != PROJECT_HEADING:
                self._of_sections.append(heading)
        known = "".join(starts for starts in self._starts.values() if starts)
        self._start = re.compile(f"[{known}]" if known else "(?!)")
        self._of_any_start = [heading for heading, starts in self._starts.items() if starts is None]
        self._by_start: dict[str, list[_Heading]] = {}
        needed = "".join(needs for name in names if (needs := language.needs["report"][name]))
        self._needed = re.compile(f"[{needed}]" if needed else "(?!)")
        self._by_held: dict[frozenset[str], list[_Heading]] = {}

    def match(self, folded: str, at: int = 0) -> re.Match[str] | None:
        """The heading that a folded title is from an offset on, in the order of the grammar."""
        tried = self._of_any_start
        start = self._start.match(folded, at)
        if start is not None:
            tried = self._by_start.get(start[0]) or self._starting_with(start[0])
        for heading in tried:
            found = heading.match(folded, at)
            if found is not None:
                return found
        return None

    def marked(self, folded: str) -> re.Match[str] | None:
        """The heading of a section that a folded title is behind the mark of a numbered one."""
        held = frozenset(self._needed.findall(folded))
        tried = self._by_held.get(held)
        if tried is None:
            known = _NUMBERED + "".join(held)
            tried = [one for one in self._of_sections if one.needs is None or one.needs.search(known)]
            if len(self._by_held) < _MOST_HELD:
                self._by_held[held] = tried
        for heading in tried:
            found = heading.match(f"{_NUMBERED}{folded}")
            if found is not None:
                return found
        return None

    def _starting_with(self, start: str) -> list[_Heading]:
        found = self._by_start[start] = [
            heading for heading, starts in self._starts.items() if starts is None or re.match(f"[{starts}]", start)
        ]
        return found
