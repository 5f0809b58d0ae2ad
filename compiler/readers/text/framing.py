"""Framing: which cells make a row, which rows a table.

The text form has lost this: a row end, an empty paragraph in a cell and an empty body paragraph are the same blank
line. What tells them apart is structure: how many cells the table's header has, and which lines are headings.
This is the only place that repairs lost layout; a reader of a richer format makes the same tokens without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from yusuan.compiler.blocks.lines import LineClass, line_classifier, line_ranges
from yusuan.compiler.blocks.marks import CAPTION, Marks
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile

_BLANK: Final = 0
_TEXT: Final = 1
_CELL: Final = 2

# Blank lines between two rows: one ends a row, two an empty paragraph too; more part two tables.
_TABLE_GAP: Final = 3
# Parts that a broken row is looked for in.
_WIDEST: Final = 40
# Running text in a cell of a table that is none.
_PROSE: Final = 48
# So many labels beside a caption are a header.
_LABELS_OF_HEADER: Final = 4
# Labels that stand first in their row, with what may stand behind them there; elsewhere the same words can be a text.
_ROW_STARTS: Final = {
    "<funds>": ("<budget>", "."),
    "<purpose>": (".",),
    "<plan>": ("<month>",),
    "<objective>": (".", "<objective_number>"),
    "<level1>": ("<level2>",),
}
# Fields whose value stands behind them in the same row.
_NEED_VALUE: Final = frozenset({"<project_code>", "<budget>", "<budget_fiscal>", "<budget_other>"})
# Labels that are no columns of a header, and labels of a header's second row.
_NO_COLUMN: Final = frozenset(
    {
        "<project_code>", "<funds>", "<purpose>", "<template>", "<plan>", "<month>", "<unit_caption>", "<closing_date>",
        "<department>", "<department_name>", "<objective_number>", "<total>", "<amount_group>", "<note>", "<remark>",
        "<year>",
    }
)  # fmt: skip
_BELOW: Final = frozenset(
    {
        "<project>", "<total>", "<grand_total>", "<year>", "<operator>", "<value>", "<budget_fiscal>", "<level1>",
        "<grade_excellent>", "<general_public>", "<expense_total>", "<expense_overseas>", "<sequence>", "<institution>",
    }
)  # fmt: skip
_INNER_TAB: Final = re.compile(r"\t")


class _Cell:
    """A cell while it is framed: a range of lines, or of a part of one line."""

    __slots__ = ("end", "line", "mark", "start")

    def __init__(self, start: int, end: int, line: int) -> None:
        self.start = start
        self.end = end
        self.line = line
        self.mark = ""


class _Row:
    """A row while it is framed: its cells and the range of blank lines behind it."""

    __slots__ = ("_last_states", "_stating", "blank_lines", "cells", "end", "filled")

    def __init__(self) -> None:
        self.cells: list[_Cell] = []
        self.blank_lines = 0
        self.end = 0
        self.filled = False
        self._stating = 0
        self._last_states = False

    def note_line(self, states_money: bool, *, of_new_cell: bool) -> None:
        """Keep, for the first row, whether the last cell has a sentence that states money."""
        if of_new_cell:
            self._last_states = False
        if states_money and not self._last_states:
            self._stating += 1
            self._last_states = True

    def are_paragraphs(self) -> bool:
        """Whether all cells of the first row are sentences that state money: paragraphs that start with a TAB."""
        return self._stating == len(self.cells) > 0


class Framer:
    """Frames one text. `frame` yields the tokens: TEXT and BLANK lines, and tables of CELL and ROW_END."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._text = source.text
        self._classifier = line_classifier()
        self._lexicon = lexicon()
        self._ranges = list(line_ranges(source.text))
        self._kinds = bytes(map(self._kind, self._ranges))
        self._marks = Marks(source.text)
        self._tokens: list[BlockToken] = []
        self._reach = (0, 0, False)
        self.diagnostics: list[Diagnostic] = []

    def _kind(self, bounds: tuple[int, int]) -> int:
        start, end = bounds
        first = self._text[start]
        if first == "\t":
            return _CELL
        if first not in self._lexicon.blanks:
            return _TEXT
        line = self._text[start:end]
        body = line.lstrip(self._lexicon.blanks)
        if not body:
            return _CELL if "\t" in line else _BLANK
        return _CELL if "\t" in line[: len(line) - len(body)] else _TEXT

    def frame(self) -> list[BlockToken]:
        """The tokens of the whole text, in order, without gaps."""
        kinds, ranges, tokens = self._kinds, self._ranges, self._tokens
        at, count = 0, len(ranges)
        while at < count:
            kind = kinds[at]
            if kind == _CELL:
                at = self._frame_table(at)
            elif kind == _TEXT:
                start, end = ranges[at]
                cut = self._heading_behind_tab(start, end)
                if cut:
                    tokens.append(BlockToken("TEXT", start, cut, at + 1))
                tokens.append(BlockToken("TEXT", cut or start, end, at + 1))
                at += 1
            else:
                first = at
                while at < count and kinds[at] == _BLANK:
                    at += 1
                tokens.append(BlockToken("BLANK", ranges[first][0], ranges[at - 1][1], first + 1))
        return tokens

    def _heading_behind_tab(self, start: int, end: int) -> int:
        """Where a TAB inside a line begins a paragraph that is the numbered heading of a section; 0 for nowhere."""
        cut = self._text.rfind("\t", start, end)
        if cut < 0:
            return 0
        bounds = self._classifier.content(self._text, cut, end)
        before = self._text[start:cut].rstrip(self._lexicon.blanks)[-1:]
        line = self._classifier.classify(self._text, *bounds)
        return cut if before in tuple(self._lexicon.stops) and line.rule is not None and line.ordinal else 0

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _frame_table(self, at: int) -> int:
        """Frame the table that starts at line `at`; returns the line after it."""
        rows, after = self._collect_rows(at)
        self._mark_cells(rows)
        rows = self._join_broken_rows(rows)
        if self._is_layout(rows):
            self._emit_as_text(rows)
        else:
            self._emit_table(rows)
        return after

    def _collect_rows(self, at: int) -> tuple[list[_Row], int]:
        kinds, ranges, count = self._kinds, self._ranges, len(self._ranges)
        rows: list[_Row] = []
        widths: set[int] = set()
        row = _Row()
        one_line = self._has_inner_tab(at)
        while at < count:
            kind = kinds[at]
            if kind == _CELL:
                if row.blank_lines:
                    if row.blank_lines >= _TABLE_GAP or (row.blank_lines == 2 and not self._goes_on(widths, row, at)):
                        break
                elif row.cells and one_line:
                    row.end = ranges[at][0]
                elif not rows and row.are_paragraphs() and not self._states_money(at):
                    break
                if row.cells and (row.blank_lines or one_line):
                    rows.append(row)
                    widths.add(len(row.cells))
                    row = _Row()
                self._add_cells(row, at, one_line)
                if not rows and not one_line:
                    row.note_line(self._states_money(at), of_new_cell=True)
                at += 1
            elif kind == _TEXT:
                if row.blank_lines:
                    marks = self._page_mark_inside(widths, row, at)
                    if marks:
                        row.blank_lines = _TABLE_GAP
                        rows.append(row)
                        row = self._page_mark_row(at, marks)
                        at = marks
                        continue
                    if not (self._continues_cell(widths, row, at) or self._continues_list(row, at)):
                        break
                    row.blank_lines = 0
                elif (
                    self._is_lone_tab(rows, row)
                    or (not rows and row.are_paragraphs() and not self._states_money(at))
                    or self._is_glued_heading(row, at)
                ):
                    break
                row.cells[-1].end = ranges[at][1]
                if not rows:
                    row.note_line(self._states_money(at), of_new_cell=False)
                at += 1
            elif not row.blank_lines and self._text[ranges[at][0]] not in "\r\n":
                # A paragraph of blanks behind a cell: the cell's own where no blank line came before.
                row.cells[-1].end = ranges[at][1]
                at += 1
            elif self._text[ranges[at][0]] not in "\r\n":
                break
            else:
                row.blank_lines += 1
                at += 1
            row.end = ranges[at - 1][1]
        rows.append(row)
        return rows, at

    def _is_lone_tab(self, rows: list[_Row], row: _Row) -> bool:
        """Whether the table is nothing but TABs so far: text right behind it is no second paragraph of a cell."""
        return not rows and not row.filled

    def _states_money(self, at: int) -> bool:
        """Whether the line `at` has a sentence that states money."""
        return self._classifier.states_money(self._text, *self._ranges[at])

    def _add_cells(self, row: _Row, at: int, one_line: bool) -> None:
        start, end = self._ranges[at]
        row.filled = row.filled or not self._text[start:end].isspace()
        if not one_line:
            row.cells.append(_Cell(start, end, at + 1))
            return
        tabs = [match.start() for match in _INNER_TAB.finditer(self._text, start, end)]
        for cut, stop in zip([start, *tabs[1:]], [*tabs[1:], end], strict=True):
            row.cells.append(_Cell(cut, stop, at + 1))

    def _has_inner_tab(self, first: int) -> bool:
        """Whether a table has its rows on one line each (`TAB cell TAB cell`), as the HTML and SAX forms have.

        Its first lines, each of which must be such a row, tell. In the other forms a TAB in a cell is part of its text.
        """
        lines = range(first, min(first + 2, len(self._ranges)))
        for line in lines:
            start, end = self._ranges[line]
            if self._kinds[line] != _CELL or self._text.find("\t", start + 1, end) < 0:
                return False
            if "\t" not in self._text[start:end].strip(self._lexicon.blanks):
                return False
        return len(lines) > 1

    def _goes_on(self, widths: set[int], row: _Row, at: int) -> bool:
        """Whether two blank lines are the end of a cell that ends in an empty paragraph, not of the table.

        The row before must be as wide as the rows around it; a lone row of text is a table of its own.
        """
        width = 0
        while at < len(self._ranges) and self._kinds[at] == _CELL:
            width += 1
            at += 1
            while at < len(self._ranges) and self._kinds[at] == _TEXT:
                at += 1
        return self._fits(widths, row, width)

    def _fits(self, widths: set[int], row: _Row, width: int) -> bool:
        """Whether a row of some width can follow a row in one table."""
        return len(row.cells) > 1 and (width == len(row.cells) or width in widths)

    def _cells_from(self, at: int) -> int:
        """How many cells follow each other from a line on."""
        first = at
        while at < len(self._ranges) and self._kinds[at] == _CELL:
            at += 1
        return at - first

    def _continues_cell(self, widths: set[int], row: _Row, at: int) -> bool:
        """Whether text behind a blank line is a further paragraph of the last cell.

        It is where the row lacks just the cells that follow.
        """
        width = max(widths, default=0)
        if row.blank_lines > 1 or width < 3 or len(row.cells) >= width:
            return False
        if self._classify(at).rule is not None:
            return False
        while at < len(self._ranges) and self._kinds[at] == _TEXT:
            at += 1
        return len(row.cells) + self._cells_from(at) == width

    def _page_mark_inside(self, widths: set[int], row: _Row, at: int) -> int:
        """The line on which a table goes on behind the page number at line `at`; 0 where it does not.

        Between two rows of one width stand nothing but the page number and blank lines.
        """
        bounds = self._classifier.content(self._text, *self._ranges[at])
        if len(row.cells) < 2 or not self._classifier.is_page_mark(self._text, *bounds):
            return 0
        at += 1
        while at < len(self._ranges) and self._kinds[at] == _BLANK:
            at += 1
        return at if self._fits(widths, row, self._cells_from(at)) else 0

    def _page_mark_row(self, at: int, stop: int) -> _Row:
        """A page number between two rows, as a row of its own that holds nothing for the table."""
        row = _Row()
        row.cells.append(_Cell(*self._ranges[at], at + 1))
        row.cells[0].mark = "-"
        row.blank_lines = _TABLE_GAP
        row.end = self._ranges[stop - 1][1]
        place = self._source.span(*self._classifier.content(self._text, *self._ranges[at]))
        self.diagnostics.append(codes.PAGE_MARK_IN_TABLE.at(place))
        return row

    def _continues_list(self, row: _Row, at: int) -> bool:
        """Whether text behind a blank line goes on with a numbered list in the last cell, with the table behind it."""
        line = self._classify(at)
        if row.blank_lines > 1 or line.number is None or line.rule is not None:
            return False
        last = at - 1
        while self._kinds[last] == _BLANK:
            last -= 1
        start, end = self._ranges[last]
        bounds = self._classifier.content(self._text, max(start, row.cells[-1].start), end)
        before = self._classifier.classify(self._text, *bounds)
        if before.style != line.style or before.number is None or line.number != before.number + 1:
            return False
        return self._reaches_cell(at)

    def _reaches_cell(self, at: int) -> bool:
        """Whether the next cell stands behind text without a gap in it. Each line is looked at once."""
        known, stop, reaches = self._reach
        if known <= at < stop:
            return reaches
        stop, blank_lines = at, 0
        while stop < len(self._ranges) and self._kinds[stop] != _CELL:
            if self._kinds[stop] == _BLANK:
                blank_lines += 1
            elif blank_lines >= _TABLE_GAP:
                break
            else:
                blank_lines = 0
            stop += 1
        reaches = stop < len(self._ranges) and self._kinds[stop] == _CELL
        self._reach = (at, stop, reaches)
        return reaches

    def _classify(self, at: int) -> LineClass:
        start, end = self._classifier.content(self._text, *self._ranges[at])
        return self._classifier.classify(self._text, start, end)

    def _is_glued_heading(self, row: _Row, at: int) -> bool:
        """Whether a line in the last cell of a row is the heading of what follows, its table's end being lost.

        Only a numbered heading of a known role, or of a project's table, is one; and it does not go on with a list that
        the cell itself holds.
        """
        start, end = self._classifier.content(self._text, *self._ranges[at])
        if end - start > 80 or start == end:
            return False
        line = self._classifier.classify(self._text, start, end)
        if line.rule is None or not line.ordinal or line.title_end < end - 1:
            return False
        if len(row.cells) < 2:
            return False
        cell = row.cells[-1]
        end_of_first = min(cell.end, self._ranges[cell.line - 1][1])
        first = self._classifier.classify(self._text, *self._classifier.content(self._text, cell.start, end_of_first))
        if first.style == line.style and first.ordinal:
            return False
        place, heading = self._source.span(start, end), self._text[start:end]
        if any(known.end - known.start > _PROSE for known in row.cells):
            diagnostic = codes.LAYOUT_TABLE.at(place, "heading", heading=heading)
        else:
            diagnostic = codes.GLUED_HEADING.at(place, heading=heading)
        self.diagnostics.append(diagnostic)
        return True

    # --- repairs ------------------------------------------------------------------------------------------------------

    def _mark_cells(self, rows: list[_Row]) -> None:
        for row in rows:
            for cell in row.cells:
                if not cell.mark:
                    cell.mark = self._marks.of(cell.start, cell.end, is_first=cell is row.cells[0])

    def _join_broken_rows(self, rows: list[_Row]) -> list[_Row]:
        """Join the parts of rows that an empty paragraph broke: below a header, narrow ones that sum to its width."""
        widths = Counter(len(row.cells) for row in rows)
        rows = [part for row in rows for part in self._part_at_labels(row, widths)]
        joined: list[_Row] = []
        width = 0
        for at, row in enumerate(rows):
            cells = row.cells
            before = joined[-1] if joined else None
            if before is not None and before.blank_lines == 1 and self._belongs_together(before, row):
                self._join(before, row)
                continue
            if len(cells) >= 3 and all(cell.mark[0] == "<" for cell in cells):
                width = self._data_width(rows, at)
            if (
                before is not None
                and width
                and len(before.cells) < width
                and before.blank_lines == 1
                and len(before.cells) + len(cells) <= width
                and self._completes(rows, at, width - len(before.cells))
                and not any(cell.mark[0] == "<" for cell in cells)
                and before.cells[0].mark[0] != "<"
            ):
                self._join(before, row)
                continue
            if width >= 3 and len(cells) > width and len(cells) % width == 0 and len(cells) <= 8 * width:
                joined.extend(self._split_row(row, range(0, len(cells), width)))
            else:
                joined.append(row)
        return joined

    def _belongs_together(self, before: _Row, row: _Row) -> bool:
        """Whether an empty paragraph parted a label from its value, or a header in two."""
        first, last = row.cells[0].mark, before.cells[-1].mark
        if last in _NEED_VALUE and first in ".#" and len(before.cells) > 1:
            # A field and its value take turns; labels beside each other are columns.
            is_header = "<<<" in "".join(cell.mark[0] for cell in before.cells)
            return before.cells[0].mark[0] in "<-" and not is_header
        marks = [cell.mark for cell in (*before.cells, *row.cells)]
        if len(marks) < 4 or any(mark[0] != "<" or mark in _NO_COLUMN for mark in marks):
            return False
        return first not in _BELOW and len(set(marks)) == len(marks)

    def _join(self, before: _Row, row: _Row) -> None:
        """Join a row to the one before it, which an empty paragraph in its last cell cut off."""
        before.cells[-1].end = row.cells[0].start
        self.diagnostics.append(
            codes.BROKEN_ROW.at(
                self._source.span(before.cells[0].start, before.cells[0].start),
                cells=len(before.cells) + len(row.cells),
            )
        )
        before.cells.extend(row.cells)
        before.blank_lines, before.end = row.blank_lines, row.end

    def _part_at_labels(self, row: _Row, widths: Counter[int]) -> Iterator[_Row]:
        """Rows that stand together because the blank line between them is lost: a label that starts rows stands inside.

        A header followed by a row of its own width is parted too, and a caption before a header.
        A row as wide as others is one row.
        """
        marks = [cell.mark for cell in row.cells]
        labels = next((at for at, mark in enumerate(marks) if mark[0] != "<"), len(marks))
        if _starts_with_caption(marks, widths):
            cuts = [0, 1]
        elif 4 <= labels < len(marks) and (len(marks) - labels) % labels == 0:
            cuts = [0, labels]
        elif widths[len(marks)] > 1:
            cuts = [0]
        else:
            cuts = [0]
            filled = False
            for at, mark in enumerate(marks):
                follows = marks[at + 1] if at + 1 < len(marks) else ""
                if at and filled and follows in _ROW_STARTS.get(mark, ()):
                    cuts.append(at)
                    filled = False
                filled = filled or mark in ".#"
        if len(cuts) == 1:
            yield row
        else:
            yield from self._split_row(row, cuts)

    def _split_row(self, row: _Row, cuts: Sequence[int]) -> Iterator[_Row]:
        """The rows that a row is cut into, each from its cut on; said in a diagnostic."""
        self.diagnostics.append(
            codes.LOST_ROW_END.at(
                self._source.span(row.cells[0].start, row.cells[0].start),
                cells=len(row.cells),
                rows=len(cuts),
            )
        )
        for at, stop in zip(cuts, [*cuts[1:], len(row.cells)], strict=True):
            part = _Row()
            part.cells = row.cells[at:stop]
            part.end = part.cells[-1].end
            yield part
        part.end, part.blank_lines = row.end, row.blank_lines

    def _completes(self, rows: list[_Row], at: int, missing: int) -> bool:
        """Whether the rows from `at` on have together just the cells that are missing."""
        for row in rows[at : at + _WIDEST]:
            missing -= len(row.cells)
            if missing <= 0:
                break
        return missing == 0

    def _data_width(self, rows: list[_Row], header: int) -> int:
        """How many cells a full row has below a header: the commonest number that is no less than the header's."""
        least = len(rows[header].cells)
        widths = Counter(
            len(row.cells) for row in rows[header + 1 : header + 40] if least <= len(row.cells) < 2 * least
        )
        return max(widths, key=lambda width: (widths[width], width), default=least)

    # --- what is no table ---------------------------------------------------------------------------------------------

    def _is_layout(self, rows: list[_Row]) -> bool:
        """Whether the cells hold running text: a page laid out by a table, or paragraphs that start with a TAB."""
        if len(rows) > 1 and any(cell.mark[0] in "<#" for row in rows for cell in row.cells):
            return False
        stating = [self._states_in(cell) for row in rows for cell in row.cells]
        if all(stating):
            return True
        if len(rows) == 1 and any(stating):
            # A sentence that states money below the number and words of its item.
            others = (cell for cell, states in zip(rows[0].cells, stating, strict=True) if not states)
            if all(next(self._lines([cell])).ordinal for cell in others):
                return True
        is_wide = max(len(row.cells) for row in rows) > 4
        if is_wide and not (len(rows) == 1 and self._holds_numbered_heading(rows[0])):
            return False
        prose = False
        for row in rows:
            for cell in row.cells:
                if cell.mark[0] in "<#":
                    return False
                if cell.end - cell.start > _PROSE:
                    prose = True
        if len(rows) == 1 and len(rows[0].cells) == 1:
            return True
        if is_wide:
            # So is a contents page whose entries start with TABs.
            return prose or all(next(self._lines([cell])).ordinal for cell in rows[0].cells)
        return (prose and len(rows) == 1) or ((prose or len(rows) == 1) and self._holds_headings(rows))

    def _states_in(self, cell: _Cell) -> bool:
        """Whether a cell holds a sentence that states money."""
        return self._classifier.states_money(self._text, cell.start, cell.end)

    def _holds_headings(self, rows: list[_Row]) -> bool:
        return any(line.rule is not None for row in rows for line in self._lines(row.cells))

    def _holds_numbered_heading(self, row: _Row) -> bool:
        """Whether a row has the numbered heading of a section among running text: paragraphs that start with a TAB."""
        return any(line.rule is not None and line.ordinal for line in self._lines(row.cells))

    def _lines(self, cells: Sequence[_Cell]) -> Iterator[LineClass]:
        for cell in cells:
            for start, end in line_ranges(self._text[cell.start : cell.end]):
                bounds = self._classifier.content(self._text, cell.start + start, cell.start + end)
                yield self._classifier.classify(self._text, *bounds)

    def _emit_as_text(self, rows: list[_Row]) -> None:
        self._report_text(rows)
        for row in rows:
            for cell in row.cells:
                line = cell.line
                for start, end in line_ranges(self._text[cell.start : cell.end]):
                    body = self._text[cell.start + start : cell.start + end].strip(self._lexicon.blanks)
                    kind = "TEXT" if body else "BLANK"
                    self._tokens.append(BlockToken(kind, cell.start + start, cell.start + end, line))
                    line += 1
            stop = row.cells[-1].end
            if row.end > stop:
                line = self._source.position(stop)[0]
                self._tokens.append(BlockToken("BLANK", stop, row.end, line))

    def _report_text(self, rows: list[_Row]) -> None:
        first = rows[0].cells[0]
        place = self._source.span(first.start, first.start)
        if len(rows) > 1 or len(rows[0].cells) > 1:
            diagnostic = codes.LAYOUT_TABLE.at(place, "text")
        elif first.mark == "-":
            diagnostic = codes.LONE_TAB.at(place, "line")
        else:
            diagnostic = codes.TAB_PARAGRAPH.at(place)
        self.diagnostics.append(diagnostic)

    def _emit_table(self, rows: list[_Row]) -> None:
        tokens = self._tokens
        first = rows[0].cells[0]
        tokens.append(BlockToken("TABLE_START", first.start, first.start, first.line))
        for row in rows:
            cells = row.cells
            for cell in cells:
                tokens.append(BlockToken("CELL", cell.start, cell.end, cell.line, cell.mark))
            last = cells[-1]
            tokens.append(BlockToken("ROW_END", last.end, row.end, last.line))
            if self._kinds[cells[0].line - 1] == _CELL and self._text[cells[0].start] != "\t":
                self._report_indented(cells[0])
            if row.blank_lines == 2 and row is not rows[-1]:
                self.diagnostics.append(
                    codes.EMPTY_PARAGRAPH_IN_CELL.at(self._source.span(cells[0].start, cells[0].start))
                )
        if all(cell.mark == "-" for row in rows for cell in row.cells):
            self.diagnostics.append(codes.LONE_TAB.at(self._source.span(first.start, first.start), "table"))
        end = tokens[-1].end
        tokens.append(BlockToken("TABLE_END", end, end, tokens[-1].line))

    def _report_indented(self, cell: _Cell) -> None:
        self.diagnostics.append(codes.INDENTED_CELL.at(self._source.span(cell.start, cell.start)))


def _starts_with_caption(marks: Sequence[str], widths: Counter[int]) -> bool:
    """Whether the first cell of a row is the caption of a table, and the others are its header."""
    if marks[0] != CAPTION or CAPTION in marks[1:] or "#" in marks:
        return False
    is_header = sum(mark[0] == "<" for mark in marks) >= _LABELS_OF_HEADER
    return is_header or (widths[len(marks)] == 1 and widths[len(marks) - 1] > 0)
