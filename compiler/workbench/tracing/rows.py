"""Why a row of a table is what it is, and which labels its cells are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.index import shown
from yusuan.compiler.language.lexicon import LONGEST_LABEL, MarkReading
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.tables.panels import Panel, row_lexer
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.tracing.notes import Note, note, quote
from yusuan.compiler.workbench.tracing.observing import Observation, SeenTable
from yusuan.compiler.workbench.tracing.views import lines_of
from yusuan.ir.nodes import Cell

# Terminals that take rows of any table.
_OF_ANY_TABLE: Final = frozenset({"ROW", "EMPTY", "TOTAL", "SUBHEADER", "CAPTION"})
# The kind of rows that no header stands above.
_NO_PANEL: Final = "rows"
_CONDITION: Final = re.compile(r"\(\?[=!]")
# Stands in front of several forms.
_FORMS: Final = "(?:"
_IDENTIFIERS: Final = re.compile(r"[a-z_0-9]+")
# Headers that nearly match are told, the nearest first.
_MOST_NEAR: Final = 3


@frozen(slots=True)
class HeaderCondition:
    """One of the conditions that a header terminal starts with, and whether a row meets it.

    Attributes:
        pattern: as written in the grammar: `(?=.*<(nature|rank)>)`.
        wanted: whether it asks for something, instead of forbidding it.
        holds: whether the row meets it.
    """

    pattern: str
    wanted: bool
    holds: bool


def explain_row(seen: Observation, table: SeenTable, row: MarkedRow, panel: Panel | None) -> Iterator[Note]:
    """The row as written down, the terminals that take it, its cells.

    Args:
        seen: the observation.
        table: the row's table.
        row: the row.
        panel: the panel that it came to stand in (`panels_of`); absent where the lowering failed before it.
    """
    encoded = "".join(row.marks)
    yield note("row.marks", marks=encoded)
    winner = row_lexer(seen.language).kind(encoded)
    for name, priority in matching_terminals(seen.language, encoded):
        key = "row.wins" if name == winner else "row.also"
        place = seen.places.symbol("table", name, lambda pattern: pattern.fullmatch(encoded))
        about = seen.places.about("table", name)
        yield note(key, name=name, priority=priority, place=place, about=about)
    if winner in _OF_ANY_TABLE and "<" in encoded and (panel is None or panel.kind == _NO_PANEL):
        yield from near_headers(seen, encoded)
    for at, (cell, mark) in enumerate(zip(row.cells, row.marks, strict=True), 1):
        yield explain_cell(seen, at, cell, mark)
    if panel is not None:
        yield _panel(seen, panel, row)
    yield from _table(seen, table)


def matching_terminals(language: Language, encoded: str) -> list[tuple[str, int]]:
    """The terminals that take a row, with their priorities, in the order in which they are tried."""
    return [
        (name, priority) for name, (priority, pattern) in _row_terminals(language).items() if pattern.fullmatch(encoded)
    ]


@of_language
def _row_terminals(language: Language) -> dict[str, tuple[int, re.Pattern[str]]]:
    priorities = language.parsers["table"].priorities
    patterns = language.patterns["table"]
    return {name: (priorities[name], re.compile(pattern)) for name, pattern in patterns.items()}


# --- headers that nearly match ----------------------------------------------------------------------------------------


def near_headers(seen: Observation, encoded: str) -> Iterator[Note]:
    """The headers of known tables that a row meets some conditions of, but not all."""
    found = []
    for name in _row_terminals(seen.language):
        conditions = conditions_of(seen.language, name, encoded)
        met = sum(one.holds for one in conditions if one.wanted)
        if met and not all(one.holds for one in conditions):
            found.append((sum(not one.holds for one in conditions), -met, name, conditions))
    for _, _, name, conditions in sorted(found, key=lambda entry: entry[:2])[:_MOST_NEAR]:
        yield note(
            "row.near",
            *(_condition(seen, one) for one in conditions),
            name=name,
            place=seen.places.symbol("table", name),
        )


def conditions_of(language: Language, name: str, encoded: str) -> list[HeaderCondition]:
    """The conditions that a terminal of the table grammar starts with; none for one that has no such."""
    pattern = language.patterns["table"][name]
    conditions = []
    # Of several forms of a header those of the first are told.
    at = len(_FORMS) if pattern.startswith(_FORMS) and _CONDITION.match(pattern, len(_FORMS)) else 0
    while _CONDITION.match(pattern, at):
        stop = _closing(pattern, at)
        part = pattern[at:stop]
        conditions.append(
            HeaderCondition(part.replace("(?:", "("), part[2] == "=", re.match(part, encoded) is not None)
        )
        at = stop
    return conditions


def _closing(pattern: str, at: int) -> int:
    """Where the bracket that opens at a place is closed; outside of sets, which the conditions have none with brackets
    in."""
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "(":
            depth += 1
        elif pattern[at] == ")":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return at


def _condition(seen: Observation, condition: HeaderCondition) -> Note:
    if condition.holds:
        return note("row.holds", pattern=condition.pattern)
    if not condition.wanted:
        return note("row.forbidden", pattern=condition.pattern)
    known = seen.language.lexicon["labels"]["labels"]
    named = [name for name in _IDENTIFIERS.findall(condition.pattern) if name in known]
    labels = ", ".join(f"<{name}> ({seen.places.entry('labels', 'labels', name)})" for name in named)
    return note("row.missing", pattern=condition.pattern, labels=labels)


# --- cells ------------------------------------------------------------------------------------------------------------


def reading_of(seen: Observation, cell: Cell, mark: str) -> MarkReading:
    """By what a cell has its mark: by its text; a title at the head of a row by its last line.

    Any other mark than these is that of an empty cell, which the framing gives to furniture of pages in a cell.
    """
    tried = (seen.lexicon.reading(text) for text in (cell.text, cell.text.rpartition("\n")[2]))
    return next((reading for reading in tried if reading.mark == mark), MarkReading(mark, "empty"))


def explain_cell(seen: Observation, number: int, cell: Cell, mark: str) -> Note:
    """Which mark a cell has, and which entry of the lexicon gives it."""
    reading = reading_of(seen, cell, mark)
    key = "as_written" if reading.wording == cell.text else reading.kind
    values: dict[str, Any] = {"number": number, "mark": reading.mark, "text": quote(cell.text)}
    return note(f"cell.{key}", **values, **_entry_of(seen, reading))


def _entry_of(seen: Observation, reading: MarkReading) -> dict[str, str]:
    """What a reading quotes, and where its entry stands."""
    identifier = reading.mark.strip("<>")
    match reading.kind:
        case "wording" | "remark" | "qualified":
            wording = reading.wording or ""
            return {"wording": wording, "place": seen.places.entry("labels", "labels", identifier, wording)}
        case "pattern":
            return {"place": seen.places.entry("labels", "patterns", identifier)}
        case "long" | "unknown":
            return {"longest": str(LONGEST_LABEL), "file": seen.places.entry("labels")}
    return {}


# --- around the row ---------------------------------------------------------------------------------------------------


def panels_of(table: SeenTable) -> dict[int, Panel]:
    """The panels that the rows of a table came to stand in, by the places of the rows.

    A panel that goes on with an earlier table stands behind the one of rows without a header that it is; its header's
    rows are that table's.
    """
    return {row.span.start: panel for panel in table.panels for row in (*panel.head, *panel.rows)}


def _panel(seen: Observation, panel: Panel, row: MarkedRow) -> Note:
    """What the table grammar and its lowering took a row for."""
    if panel.kind == _NO_PANEL:
        return note("panel.none")
    part = "head" if any(one is row for one in panel.head) else "rows"
    columns = " ".join("/".join(labels) or "-" for labels in panel.header.columns)
    place, about = seen.places.symbol("table", panel.kind), seen.places.about("table", panel.kind)
    key = f"panel.{part}" if columns else "panel.plain"
    return note(key, kind=panel.kind, place=place, about=about, columns=columns)


def _table(seen: Observation, table: SeenTable) -> Iterator[Note]:
    """What became of a table of no known kind."""
    if table.known:
        return
    first, last = lines_of(seen.source, table.rows[0].span.start, table.rows[-1].span.end)
    key = "table.unread" if table.role is not None else "table.outside"
    yield note(key, first=first, last=last, labels=seen.places.entry("labels"), folder=shown("tables/"))
