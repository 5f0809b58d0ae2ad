"""Collecting the rows of a table: which lines are cells of it, which go on with a cell, and where it ends."""

from __future__ import annotations

import re
from typing import Final

from yusuan.compiler.blocks.marks import EMPTY
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.readers.text.rows import BLANK, CELL, PROSE, TABLE_GAP, TEXT, TextLines, TextRow
from yusuan.ir.diagnostics import Diagnostic, codes

_INNER_TAB: Final = re.compile(r"\t")
_LONGEST_GLUED: Final = 80


class RowCollector:
    """Collects the tables of one text."""

    def __init__(self, lines: TextLines, diagnostics: list[Diagnostic]) -> None:
        self._lines = lines
        self._text = lines.text
        self._diagnostics = diagnostics
        self._reach = (0, 0, False)
        self._rows: list[TextRow] = []
        self._widths: set[int] = set()
        self._row = TextRow()
        self._at = 0
        self._one_line = False

    def collect(self, at: int) -> tuple[list[TextRow], int]:
        """The rows of the table that starts at line `at`, and the line after it."""
        ranges, kinds, count = self._lines.ranges, self._lines.kinds, len(self._lines.ranges)
        take = {CELL: self._take_cell, TEXT: self._take_text, BLANK: self._take_blank}
        self._rows, self._widths, self._row = [], set(), TextRow()
        self._at, self._one_line = at, self._has_inner_tab(at)
        while self._at < count and take[kinds[self._at]]():
            self._row.end = ranges[self._at - 1][1]
        return [*self._rows, self._row], self._at

    def _is_first(self) -> bool:
        """Whether the first row of the table is being collected."""
        return not self._rows

    def _starts_paragraph(self) -> bool:
        """Whether all cells so far are paragraphs that state money, and the line at hand does not."""
        return self._is_first() and self._row.are_paragraphs() and not self._lines.states_money(self._at)

    # --- a line with a TAB in front -----------------------------------------------------------------------------------

    def _take_cell(self) -> bool:
        row, at, one_line = self._row, self._at, self._one_line
        if row.blank_lines:
            if row.blank_lines >= TABLE_GAP or (row.blank_lines == 2 and not self._goes_on(at)):
                return False
        elif not self._rows and not one_line and self._starts_paragraph():
            return False
        if row.cells and (row.blank_lines or one_line):
            self._end_row(TextRow())
        if self._rows and not one_line:
            self._add_lines(self._row.cells)
            return True
        self._add_cells(self._row, at)
        if not one_line:
            self._row.note_line(self._lines.states_money(at), of_new_cell=True)
        self._at += 1
        return True

    def _add_lines(self, cells: list[BlockToken]) -> None:
        """Add the lines from the one at hand on, as far as each of them starts a cell."""
        first = self._at
        self._at = self._lines.skip(first, CELL)
        lines = enumerate(self._lines.ranges[first : self._at], start=first + 1)
        cells += [BlockToken("CELL", start, end, line) for line, (start, end) in lines]

    def _end_row(self, following: TextRow) -> None:
        self._rows.append(self._row)
        self._widths.add(len(self._row.cells))
        self._row = following

    def _add_cells(self, row: TextRow, at: int) -> None:
        start, end = self._lines.ranges[at]
        row.filled = row.filled or not self._text[start:end].isspace()
        if not self._one_line:
            row.cells.append(BlockToken("CELL", start, end, at + 1))
            return
        tabs = [match.start() for match in _INNER_TAB.finditer(self._text, start, end)]
        for cut, stop in zip([start, *tabs[1:]], [*tabs[1:], end], strict=True):
            row.cells.append(BlockToken("CELL", cut, stop, at + 1))

    def _has_inner_tab(self, first: int) -> bool:
        """Whether a table has its rows on one line each (`TAB cell TAB cell`), as the HTML and SAX forms have.

        Its first lines, each of which must be such a row, tell. In the other forms a TAB in a cell is part of its text.
        """
        lines = range(first, min(first + 2, len(self._lines.ranges)))
        for line in lines:
            start, end = self._lines.ranges[line]
            if self._lines.kinds[line] != CELL or self._text.find("\t", start + 1, end) < 0:
                return False
            if "\t" not in self._text[start:end].strip(self._lines.lexicon.blanks):
                return False
        return len(lines) > 1

    def _goes_on(self, at: int) -> bool:
        """Whether two blank lines are the end of a cell that ends in an empty paragraph, not of the table.

        The row before must be as wide as the rows around it; a lone row of text is a table of its own.
        """
        width = 0
        while at < len(self._lines.ranges) and self._lines.kinds[at] == CELL:
            width += 1
            at = self._lines.skip(at + 1, TEXT)
        return self._fits(width)

    def _fits(self, width: int) -> bool:
        """Whether a row of some width can follow the row at hand in one table."""
        cells = len(self._row.cells)
        return cells > 1 and (width == cells or width in self._widths)

    # --- a blank line -------------------------------------------------------------------------------------------------

    def _take_blank(self) -> bool:
        start, end = self._lines.ranges[self._at]
        if self._text[start] in "\r\n":
            self._row.blank_lines += 1
        elif self._row.blank_lines:
            return False
        else:
            # A paragraph of blanks behind a cell: the cell's own where no blank line came before.
            self._row.cells[-1].end = end
        self._at += 1
        return True

    # --- any other line -----------------------------------------------------------------------------------------------

    def _take_text(self) -> bool:
        row, at = self._row, self._at
        if row.blank_lines:
            after = self._page_mark_inside(at)
            if after:
                self._take_page_mark(at, after)
                return True
            if not (self._continues_cell(at) or self._continues_list(at)):
                return False
            row.blank_lines = 0
        elif self._is_lone_tab() or self._starts_paragraph() or self._is_glued_heading(at):
            return False
        row.cells[-1].end = self._lines.ranges[at][1]
        if self._is_first():
            row.note_line(self._lines.states_money(at), of_new_cell=False)
        self._at += 1
        return True

    def _is_lone_tab(self) -> bool:
        """Whether the table is nothing but TABs so far: text right behind it is no second paragraph of a cell."""
        return self._is_first() and not self._row.filled

    def _page_mark_inside(self, at: int) -> int:
        """The line on which a table goes on behind the page number at line `at`; 0 where it does not.

        Between two rows of one width stand nothing but the page number and blank lines.
        """
        lines = self._lines
        if len(self._row.cells) < 2 or not lines.classifier.is_page_mark(self._text, *lines.content(at)):
            return 0
        at = lines.skip(at + 1, BLANK)
        return at if self._fits(lines.cells_from(at)) else 0

    def _take_page_mark(self, at: int, after: int) -> None:
        """A page number between two rows, as a row of its own that holds nothing for the table."""
        self._row.blank_lines = TABLE_GAP
        self._rows.append(self._row)
        row = self._row = TextRow()
        row.cells.append(BlockToken("CELL", *self._lines.ranges[at], at + 1, EMPTY))
        row.blank_lines = TABLE_GAP
        place = self._lines.source.span(*self._lines.content(at))
        self._diagnostics.append(codes.PAGE_MARK_IN_TABLE.at(place))
        self._at = after

    def _continues_cell(self, at: int) -> bool:
        """Whether text behind a blank line is a further paragraph of the last cell.

        It is where the row lacks just the cells that follow.
        """
        width, cells = max(self._widths, default=0), len(self._row.cells)
        if self._row.blank_lines > 1 or width < 3 or cells >= width:
            return False
        if self._lines.classify(at).rule is not None:
            return False
        return cells + self._lines.cells_from(self._lines.skip(at, TEXT)) == width

    def _continues_list(self, at: int) -> bool:
        """Whether text behind a blank line goes on with a numbered list in the last cell, with the table behind it."""
        lines, row = self._lines, self._row
        line = lines.classify(at)
        if row.blank_lines > 1 or line.number is None or line.rule is not None:
            return False
        last = at - 1
        while lines.kinds[last] == BLANK:
            last -= 1
        start, end = lines.ranges[last]
        before = lines.classify_range(max(start, row.cells[-1].start), end)
        if before.style != line.style or before.number is None or line.number != before.number + 1:
            return False
        return self._reaches_cell(at)

    def _reaches_cell(self, at: int) -> bool:
        """Whether the next cell stands behind text without a gap in it. Each line is looked at once."""
        known, stop, reaches = self._reach
        if known <= at < stop:
            return reaches
        kinds, stop, blank_lines = self._lines.kinds, at, 0
        while stop < len(kinds) and kinds[stop] != CELL:
            if kinds[stop] == BLANK:
                blank_lines += 1
            elif blank_lines >= TABLE_GAP:
                break
            else:
                blank_lines = 0
            stop += 1
        reaches = stop < len(kinds) and kinds[stop] == CELL
        self._reach = (at, stop, reaches)
        return reaches

    def _is_glued_heading(self, at: int) -> bool:
        """Whether a line in the last cell of a row is the heading of what follows, its table's end being lost.

        Only a numbered heading of a known role, or of a project's table, is one; and it does not go on with a list that
        the cell itself holds.
        """
        lines, row = self._lines, self._row
        start, end = lines.content(at)
        if not 0 < end - start <= _LONGEST_GLUED:
            return False
        line = lines.classifier.classify(self._text, start, end)
        if line.rule is None or not line.ordinal or line.title_end < end - 1 or len(row.cells) < 2:
            return False
        cell = row.cells[-1]
        first = lines.classify_range(cell.start, min(cell.end, lines.ranges[cell.line - 1][1]))
        if first.style == line.style and first.ordinal:
            return False
        place, heading = lines.source.span(start, end), self._text[start:end]
        if any(known.end - known.start > PROSE for known in row.cells):
            diagnostic = codes.LAYOUT_TABLE.at(place, "heading", heading=heading)
        else:
            diagnostic = codes.GLUED_HEADING.at(place, heading=heading)
        self._diagnostics.append(diagnostic)
        return True
