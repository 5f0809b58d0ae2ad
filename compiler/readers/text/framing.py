"""Framing: which cells make a row, which rows a table.

The text form has lost this: a row end, an empty paragraph in a cell and an empty body paragraph are the same blank
line. What tells them apart is structure: how many cells the table's header has, and which lines are headings.
This is the only place that repairs lost layout; a reader of a richer format makes the same tokens without it.

    lines ─ collecting.py ─▶ rows ─ repairs.py ─▶ rows ─ layout.py: table or text? ─▶ tokens
"""

from __future__ import annotations

from yusuan.compiler.blocks.lines import line_ranges
from yusuan.compiler.blocks.marks import EMPTY, Marks
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.framing import framing_labels
from yusuan.compiler.language.loader import Language
from yusuan.compiler.readers.text.collecting import RowCollector
from yusuan.compiler.readers.text.layout import is_layout, paragraphs_in_front
from yusuan.compiler.readers.text.lost_tables import lost_tables
from yusuan.compiler.readers.text.repairs import RowRepairs
from yusuan.compiler.readers.text.rows import BLANK, CELL, TEXT, TextLines, TextRow
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile, Span


class Framer:
    """Frames one text. `frame` gives the tokens: TEXT and BLANK lines, and tables of CELL and ROW_END."""

    def __init__(self, source: SourceFile, language: Language) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._text = source.text
        self._lines = TextLines(source, language)
        self._collector = RowCollector(self._lines, self.diagnostics)
        self._repairs = RowRepairs(self._lines, framing_labels(language), self.diagnostics)
        self._marks = Marks(source.text, language)
        self._tokens: list[BlockToken] = []

    def frame(self) -> list[BlockToken]:
        """The tokens of the whole text, in order, without gaps."""
        lost = lost_tables(self._lines)
        if lost is not None:
            self.diagnostics.append(lost)
        kinds, ranges, tokens = self._lines.kinds, self._lines.ranges, self._tokens
        at, count = 0, len(ranges)
        while at < count:
            kind = kinds[at]
            if kind == CELL:
                at = self._frame_table(at)
            elif kind == TEXT:
                start, end = ranges[at]
                cut = self._heading_behind_tab(start, end)
                if cut:
                    tokens.append(BlockToken("TEXT", start, cut, at + 1))
                tokens.append(BlockToken("TEXT", cut or start, end, at + 1))
                at += 1
            else:
                first = at
                at = self._lines.skip(at, BLANK)
                tokens.append(BlockToken("BLANK", ranges[first][0], ranges[at - 1][1], first + 1))
        return tokens

    def _heading_behind_tab(self, start: int, end: int) -> int:
        """Where a TAB inside a line begins a paragraph that is the numbered heading of a section; 0 for nowhere."""
        cut = self._text.rfind("\t", start, end)
        if cut < 0:
            return 0
        lexicon = self._lines.lexicon
        before = self._text[start:cut].rstrip(lexicon.blanks)[-1:]
        line = self._lines.classify_range(cut, end)
        return cut if before in tuple(lexicon.stops) and line.rule is not None and line.ordinal else 0

    def _frame_table(self, at: int) -> int:
        """Frame the table that starts at line `at`; returns the line after it."""
        rows, after = self._collector.collect(at)
        for row in rows:
            self._marks.mark_row(row.cells)
        self._part_paragraphs(rows)
        rows = self._repairs.repair(rows)
        if is_layout(self._lines, rows):
            self._emit_as_text(rows)
        else:
            self._emit_table(rows)
        return after

    def _part_paragraphs(self, rows: list[TextRow]) -> None:
        """Make the paragraphs that stand in the first row of a table, in front of its header, text above it."""
        more = paragraphs_in_front(self._lines, rows)
        for cell in rows[0].cells[:more]:
            paragraph = TextRow()
            paragraph.cells.append(cell)
            paragraph.end = cell.end
            self._emit_as_text([paragraph])
        del rows[0].cells[:more]

    # --- tokens -------------------------------------------------------------------------------------------------------

    def _emit_as_text(self, rows: list[TextRow]) -> None:
        self._report_text(rows)
        for row in rows:
            for cell in row.cells:
                line = cell.line
                for start, end in line_ranges(self._text[cell.start : cell.end]):
                    body = self._text[cell.start + start : cell.start + end].strip(self._lines.lexicon.blanks)
                    kind = "TEXT" if body else "BLANK"
                    self._tokens.append(BlockToken(kind, cell.start + start, cell.start + end, line))
                    line += 1
            stop = row.cells[-1].end
            if row.end > stop:
                line = self._source.position(stop)[0]
                self._tokens.append(BlockToken("BLANK", stop, row.end, line))

    def _report_text(self, rows: list[TextRow]) -> None:
        first = rows[0].cells[0]
        place = self._before(first.start)
        if len(rows) > 1 or len(rows[0].cells) > 1:
            diagnostic = codes.LAYOUT_TABLE.at(place, "text")
        elif first.value == EMPTY:
            diagnostic = codes.LONE_TAB.at(place, "line")
        else:
            diagnostic = codes.TAB_PARAGRAPH.at(place)
        self.diagnostics.append(diagnostic)

    def _emit_table(self, rows: list[TextRow]) -> None:
        tokens = self._tokens
        first = rows[0].cells[0]
        tokens.append(BlockToken("TABLE_START", first.start, first.start, first.line))
        for row in rows:
            cells = row.cells
            tokens += cells
            last = cells[-1]
            tokens.append(BlockToken("ROW_END", last.end, row.end, last.line))
            if self._lines.kinds[cells[0].line - 1] == CELL and self._text[cells[0].start] != "\t":
                self.diagnostics.append(codes.INDENTED_CELL.at(self._before(cells[0].start)))
            if row.blank_lines == 2 and row is not rows[-1]:
                self.diagnostics.append(codes.EMPTY_PARAGRAPH_IN_CELL.at(self._before(cells[0].start)))
        if all(cell.value == EMPTY for row in rows for cell in row.cells):
            self.diagnostics.append(codes.LONE_TAB.at(self._before(first.start), "table"))
        end = tokens[-1].end
        tokens.append(BlockToken("TABLE_END", end, end, tokens[-1].line))

    def _before(self, offset: int) -> Span:
        """The place before a character."""
        return self._source.span(offset, offset)
