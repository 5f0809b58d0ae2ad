"""Why the lines of a report became what they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.tracing.clauses import explain_region, explain_text, region_lines
from yusuan.compiler.workbench.tracing.lines import explain_line
from yusuan.compiler.workbench.tracing.notes import Note, entry_place, note, quote
from yusuan.compiler.workbench.tracing.observing import Observation, Region, Run, TableView, observe
from yusuan.compiler.workbench.tracing.rows import explain_row, panels_of
from yusuan.compiler.workbench.tracing.views import Lines, lines_of, overlaps, token_lines
from yusuan.ir.diagnostics import Diagnostic, Language
from yusuan.ir.source import SourceFile

_FRAMES: Final = frozenset({"TABLE_START", "ROW_END", "TABLE_END", "END_SECTION"})

# Grammars of running text, not of cells.
_OF_TEXT: Final = frozenset({"amount", "glossary", "title"})


def trace(source: SourceFile, wanted: Lines, said: Language = Language.EN) -> list[Note]:
    """What the lines of a range became and why, in the order of the text.

    Args:
        source: the text.
        wanted: the first and the last line.
        said: the language of the diagnostics that are quoted.
    """
    return list(_Tracer(observe(source), wanted, said).notes())


class _Tracer:
    def __init__(self, seen: Observation, wanted: Lines, said: Language) -> None:
        self._seen = seen
        self._source = seen.source
        self._wanted = wanted
        # A row is told as a whole, and what was said of any of its cells with it.
        self._told = wanted
        self._said = said
        self._open: list[str] = []
        self._rows: dict[int, tuple[TableView, int, MarkedRow]] = {
            row.span.start: (table, at, row) for table in seen.tables for at, row in enumerate(table.rows, 1)
        }

        self._panels = {start: panel for table in seen.tables for start, panel in panels_of(table).items()}
        cells = {cell.span.start for table in seen.tables for row in table.rows for cell in row.cells}
        self._in_cells: dict[int, list[Region]] = {}
        self._in_text: list[Region] = []
        for region in seen.regions:
            is_in_cell = region.grammar not in _OF_TEXT and region.anchor in cells
            (self._in_cells.setdefault(region.anchor, []) if is_in_cell else self._in_text).append(region)
        self._read = sorted(region.anchor for region in self._in_text if region.grammar != "title")

    def notes(self) -> Iterator[Note]:
        row_starts = True
        for token in self._seen.tokens:
            lines = token_lines(self._source, token)
            if token.type == "END_SECTION":
                self._open.pop()
            if token.type == "CELL":
                # A row is told of at its first cell.
                if row_starts:
                    yield from self._row(token)
                row_starts = False
            elif token.type in _FRAMES:
                row_starts = True
            elif overlaps(lines, self._wanted):
                yield self._line(token, lines)
            if token.type.endswith("HEADING"):
                self._open.append(f"{token.type.removesuffix('HEADING').rstrip('_').lower() or 'section'} {lines[0]}")
        yield from self._running_text()
        yield from self._diagnostics()

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _line(self, token: BlockToken, lines: Lines) -> Note:
        text = quote(self._source.text[token.start : token.end].strip(lexicon().blanks))
        key = _by_lines("line.one", lines)
        why = [] if token.type == "BLANK" else list(explain_line(self._seen, token))
        if self._open:
            why.append(note("line.within", sections=" > ".join(self._open)))
        return note(key, *why, first=lines[0], last=lines[1], type=token.type, text=text)

    def _row(self, token: BlockToken) -> Iterator[Note]:
        table, at, row = self._rows.get(token.start, (None, 0, None))
        if table is None or row is None:
            return
        end = max([row.span.end, *(cell.span.end for cell in row.cells)])
        lines = lines_of(self._source, row.span.start, end)
        if not overlaps(lines, self._wanted):
            return
        self._told = min(self._told[0], lines[0]), max(self._told[1], lines[1])
        first, last = lines_of(self._source, table.rows[0].span.start, table.rows[-1].span.end)
        regions = [
            explain_region(self._seen, region, lines)
            for cell in row.cells
            for region in self._in_cells.get(cell.span.start, ())
        ]
        yield note(
            _by_lines("row.one", lines),
            *explain_row(self._seen, table, row, self._panels.get(token.start)),
            *regions,
            first=lines[0],
            last=lines[1],
            number=at,
            rows=len(table.rows),
            table_first=first,
            table_last=last,
            cells=len(row.cells),
        )

    # --- running text -------------------------------------------------------------------------------------------------

    def _running_text(self) -> Iterator[Note]:
        """What the clause grammars read in the lines, and which of them none read."""
        for region in self._in_text:
            if overlaps(region_lines(self._seen, region), self._wanted):
                yield explain_text(self._seen, region, self._wanted)
        for run in self._seen.runs:
            lines = lines_of(self._source, run.start, run.end)
            if overlaps(lines, self._wanted) and not self._is_read(run):
                yield self._unread_run(run, lines)

    def _is_read(self, run: Run) -> bool:
        at = bisect_left(self._read, run.start)
        return at < len(self._read) and self._read[at] < run.end

    def _unread_run(self, run: Run, lines: Lines) -> Note:
        has_money = lexicon().money_like.search(self._source.text, run.start, run.end) is not None
        key = _by_lines("text.of_role" if has_money else "text.no_money", lines)
        return note(key, first=lines[0], last=lines[1], role=run.role or "-", place=entry_place("units"))

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def _diagnostics(self) -> Iterator[Note]:
        for found in sorted(self._seen.diagnostics, key=lambda one: (one.line, one.span.start)):
            if overlaps(self._lines_of(found), self._told):
                said = found.localized(self._said)
                yield note(
                    "said",
                    line=found.line,
                    column=found.span.column,
                    severity=str(found.severity),
                    code=found.code,
                    message=quote(said.message, 200),
                )

    def _lines_of(self, found: Diagnostic) -> Lines:
        # A diagnostic of a whole table is of interest at each of its rows.
        return lines_of(self._source, found.span.start, found.span.end)


def _by_lines(key: str, lines: Lines) -> str:
    """A key with another text for several lines."""
    return key if lines[0] == lines[1] else f"{key}_lines"
