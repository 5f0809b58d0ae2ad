"""An explanation: what is said, as keys and values without words of any language, and below it what explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from yusuan.compiler.grammar_index import Entry, grammar_index, shown
from yusuan.compiler.tracing.printing import escape

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


def symbol_place(grammar: str, name: str) -> str:
    """Where a rule or terminal stands; the grammar's first file where the index does not know it."""
    entry = grammar_index().symbol(grammar, name)
    return entry.place if entry is not None else grammar_place(grammar)


def symbol_about(grammar: str, name: str) -> str:
    """What a rule or terminal is, in words of the grammar; its name where nobody says."""
    entry = grammar_index().symbol(grammar, name)
    return (grammar_index().about(entry) if entry is not None else None) or name


def grammar_place(grammar: str) -> str:
    """The first file of a grammar."""
    members = grammar_index().members(grammar)
    # The grammar's own file stands behind those of its folders where it is sorted so.
    own = next((member for member in members if member.rpartition("/")[2] == f"{grammar}.lark"), None)
    return shown(own or next(iter(members), f"{grammar}.lark"))


def entry_place(file: str, *path: str | int) -> str:
    """Where an entry of the lexicon stands; its file where the index does not know it."""
    entry: Entry | None = grammar_index().entry(file, *path)
    return entry.place if entry is not None else shown(f"lexicon/{file}.toml")
