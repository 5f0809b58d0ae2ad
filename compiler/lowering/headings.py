"""What a heading says: its title, and the project that it names."""

from __future__ import annotations

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.language.lexicon import Lexicon


def title_of(source: str, line: LineClass, lexicon: Lexicon) -> str:
    """The title of a heading without number, closing colon and line break, with what of it stands behind a page."""
    title = lexicon.marks.sub("", source[line.title_start : line.title_end])
    return "".join(part.strip(lexicon.blanks) for part in title.splitlines()) + line.rest


def project_of(title: str, line: LineClass, lexicon: Lexicon) -> str | None:
    """The project that the title of its table names; absent in any other."""
    return None if line.project is None else _raw_part(title, *line.project, lexicon)


def _raw_part(raw: str, start: int, end: int, lexicon: Lexicon) -> str:
    """The part of a raw text whose folded form stands from `start` to `end` in its folded form."""
    length, first = 0, 0
    for at, char in enumerate(raw):
        if length >= end:
            return raw[first:at].strip(lexicon.blanks)
        before = length
        length += len(lexicon.fold(char))
        if before < start <= length:
            first = at + 1
    return raw[first:].strip(lexicon.blanks)
