"""Repairing rows: parts that an empty paragraph tore apart are joined, rows that lost what ended them are cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from yusuan.compiler.blocks.marks import CAPTION, EMPTY, NUMBER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.framing import FramingLabels
from yusuan.compiler.readers.text.rows import TextLines, TextRow
from yusuan.ir.diagnostics import Diagnostic, codes

# Parts that a broken row is looked for in.
_WIDEST: Final = 40
# So many labels beside a caption, or in front of a row of their number, are a header.
_LABELS_OF_HEADER: Final = 4
# Fewer labels below or beside each other may be fields.
_FEWEST_COLUMNS: Final = 3
# So many rows at most stand in one whose ends are lost.
_MOST_ROWS: Final = 8


class RowRepairs:
    """Repairs the rows of one text's tables, by the width of a header and by the labels of cells."""

    def __init__(self, lines: TextLines, labels: FramingLabels, diagnostics: list[Diagnostic]) -> None:
        self._source = lines.source
        self._labels = labels
        self._diagnostics = diagnostics

    def repair(self, rows: list[TextRow]) -> list[TextRow]:
        """Join the parts of rows that an empty paragraph broke: below a header, narrow ones that sum to its width."""
        widths = Counter(len(row.cells) for row in rows)
        rows = [part for at in range(len(rows)) for part in self._parts(rows, at, widths)]
        joined: list[TextRow] = []
        width = 0
        for at, row in enumerate(rows):
            before = joined[-1] if joined and joined[-1].blank_lines == 1 else None
            if before is not None and self._belongs_together(before, row):
                self._join(before, row)
                width = self._width_below(before, rows, at) or width
                continue
            width = self._width_below(row, rows, at) or width
            if before is not None and _is_rest(before, rows, at, width):
                self._join(before, row)
            else:
                joined.extend(self._cut_to_width(row, width))
        return joined

    def _width_below(self, row: TextRow, rows: Sequence[TextRow], at: int) -> int:
        """How many cells a full row has below a header: the commonest number that is no less than the header's.

        0 where the row is none: a header has nothing but labels, enough of them for columns.
        """
        least = len(row.cells)
        if (
            row.cells[0].value[0] != "<"
            or any(cell.value[0] != "<" for cell in row.cells)
            or _is_merged_over(rows, at, least + 1)
        ):
            return 0
        if least < _FEWEST_COLUMNS and not self._labels.is_declared_header(_marks(row)):
            return 0
        below = rows[at + 1 : at + _WIDEST]
        widths = Counter(len(row.cells) for row in below if least <= len(row.cells) < 2 * least)
        return max(widths, key=lambda width: (widths[width], width), default=least)

    def _belongs_together(self, before: TextRow, row: TextRow) -> bool:
        """Whether an empty paragraph parted a label from its value, or a header in two."""
        labels, first, last = self._labels, row.cells[0].value, before.cells[-1].value
        if first[0] != "<" and last not in labels.need_value:
            return False
        above, below = _marks(before), _marks(row)
        if last in labels.need_value and first in ".#" and len(above) > 1:
            # A field and its value take turns, each once; labels beside each other, or again, are columns.
            is_header = "<<<" in "".join(mark[0] for mark in above) or labels.is_declared_header(above)
            return above[0][0] in "<-" and above.count(last) == 1 and not is_header
        marks = [*above, *below]
        if len(set(marks)) < len(marks):
            return False
        if labels.is_declared_header(marks):
            return first not in labels.below or not labels.is_declared_header(above)
        if len(marks) < _LABELS_OF_HEADER or any(mark[0] != "<" or mark in labels.no_column for mark in marks):
            return False
        return first not in labels.below

    def _join(self, before: TextRow, row: TextRow) -> None:
        """Join a row to the one before it, which an empty paragraph in its last cell cut off."""
        before.cells[-1].end = row.cells[0].start
        cells = len(before.cells) + len(row.cells)
        self._diagnostics.append(codes.BROKEN_ROW.at(self._source.span(*_start(before)), cells=cells))
        before.cells.extend(row.cells)
        before.blank_lines, before.end = row.blank_lines, row.end

    def _parts(self, rows: Sequence[TextRow], at: int, widths: Counter[int]) -> Iterable[TextRow]:
        row = rows[at]
        # Most rows are as wide as others, and begin with no label that could head or start one.
        is_whole = row.cells[0].value[0] != "<" and widths[len(row.cells)] > 1
        return (row,) if is_whole else self._part_at_labels(rows, at, widths)

    def _part_at_labels(self, rows: Sequence[TextRow], at: int, widths: Counter[int]) -> Iterator[TextRow]:
        """Rows that stand together because the blank line between them is lost: a label that starts rows stands inside.

        A header followed by a row of its own width is parted too, and a caption before a header.
        A row as wide as others is one row, and so is one whose cells are merged over the row below.
        """
        row = rows[at]
        marks = _marks(row)
        labels = next((place for place, mark in enumerate(marks) if mark[0] != "<"), len(marks))
        if _starts_with_caption(marks, widths):
            cuts = [0, 1]
        elif self._heads_row(marks, labels):
            cuts = [0, labels]
        elif widths[len(marks)] > 1 or _is_merged_over(rows, at, len(marks)):
            cuts = [0]
        else:
            cuts = self._starts_inside(marks)
        if len(cuts) == 1:
            yield row
        else:
            yield from self._cut(row, cuts)

    def _heads_row(self, marks: Sequence[str], labels: int) -> bool:
        """Whether the labels in front of a row head the cells behind them, a row or more of their number."""
        if not 0 < labels < len(marks) or (len(marks) - labels) % labels:
            return False
        is_declared = labels > 1 and NUMBER in marks and self._labels.is_declared_header(marks[:labels])
        return labels >= _LABELS_OF_HEADER or is_declared

    def _starts_inside(self, marks: Sequence[str]) -> list[int]:
        """The start of a row, and where labels stand in it that start rows of their own."""
        cuts, filled = [0], False
        for at, mark in enumerate(marks):
            follows = marks[at + 1] if at + 1 < len(marks) else ""
            if at and filled and follows in self._labels.row_starts.get(mark, ()):
                cuts.append(at)
                filled = False
            filled = filled or mark in ".#"
        return cuts

    def _cut_to_width(self, row: TextRow, width: int) -> Iterator[TextRow]:
        """The rows that stand in one row several times as wide as the table's."""
        cells = len(row.cells)
        if width >= _FEWEST_COLUMNS and width < cells <= _MOST_ROWS * width and cells % width == 0:
            yield from self._cut(row, range(0, cells, width))
        else:
            yield row

    def _cut(self, row: TextRow, cuts: Sequence[int]) -> Iterator[TextRow]:
        """The rows that a row is cut into, each from its cut on; said in a diagnostic."""
        place = self._source.span(*_start(row))
        self._diagnostics.append(codes.LOST_ROW_END.at(place, cells=len(row.cells), rows=len(cuts)))
        for at, stop in zip(cuts, [*cuts[1:], len(row.cells)], strict=True):
            part = TextRow()
            part.cells = row.cells[at:stop]
            part.end = part.cells[-1].end
            if stop == len(row.cells):
                part.end, part.blank_lines = row.end, row.blank_lines
            yield part


def _marks(row: TextRow) -> list[str]:
    return [cell.value for cell in row.cells]


def _start(row: TextRow) -> tuple[int, int]:
    first: BlockToken = row.cells[0]
    return first.start, first.start


def _is_merged_over(rows: Sequence[TextRow], at: int, width: int) -> bool:
    """Whether cells of a row are merged over the row below, as a header's are: it begins with an empty cell, and has so
    many cells or more.
    """
    below = rows[at + 1].cells if at + 1 < len(rows) else []
    return len(below) >= width and below[0].value == EMPTY


def _is_rest(before: TextRow, rows: list[TextRow], at: int, width: int) -> bool:
    """Whether a row is the rest of the one before it: together, or with what follows, they have just the width."""
    cells, row = len(before.cells), rows[at]
    if not width or cells >= width or cells + len(row.cells) > width or before.cells[0].value[0] == "<":
        return False
    if any(cell.value[0] == "<" for cell in row.cells):
        return False
    missing = width - cells
    for part in rows[at : at + _WIDEST]:
        missing -= len(part.cells)
        if missing <= 0:
            break
    return missing == 0


def _starts_with_caption(marks: Sequence[str], widths: Counter[int]) -> bool:
    """Whether the first cell of a row is the caption of a table, and the others are its header."""
    if marks[0] != CAPTION or CAPTION in marks[1:] or NUMBER in marks:
        return False
    is_header = sum(mark[0] == "<" for mark in marks) >= _LABELS_OF_HEADER
    return is_header or (widths[len(marks)] == 1 and widths[len(marks) - 1] > 0)
