"""Tables without a kind, columns without a meaning, and the words of headers that no grammar knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, pattern
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.tables.panels import Panel, read_panels
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind
from yusuan.compiler.workbench.gaps.reading import NUMBER, Wording, has_words, in_one_line, places
from yusuan.ir.nodes import Cell, Table
from yusuan.ir.source import Span

_TEXT: Final = "."
_LABEL: Final = "<"
_EMPTY: Final = "-"
_FIGURE: Final = "#"
# How the cells of a header are told, and its rows.
_BESIDE: Final = " | "
_BELOW: Final = " / "
# What a caption says is no column.
_CAPTIONS: Final = frozenset({"<unit_caption>", "<closing_date>", "<note>"})
_UNHEADED: Final = frozenset({"rows", "caption"})
_FIELDS: Final = "fields"
# The label of a column is no longer, nor has a header more rows.
_LONGEST_LABEL: Final = 24
_MOST_ROWS: Final = 3
_FEWEST_COLUMNS: Final = 2
# In front of a header can stand its title and its unit.
_MOST_CAPTIONS: Final = 4


def unknown_tables(compilation: Compilation, language: Language) -> Iterator[Gap]:
    """Tables, and parts of tables, whose header no grammar knows; and the cells of headers that are no known label."""
    finder = _TableGaps(Wording(compilation.document, language), language)
    for place in places(compilation.document):
        for block in place.section.blocks:
            if isinstance(block, Table):
                yield from finder.of(block)


class _TableGaps:
    def __init__(self, wording: Wording, language: Language) -> None:
        self._wording = wording
        self._language = language
        self._lexicon = lexicon(language)
        self._classifier = line_classifier(language)
        self._year = pattern(language, "amount", "YEAR")

    def of(self, table: Table) -> Iterator[Gap]:
        rows = [MarkedRow(row, [self._lexicon.mark(cell.text) for cell in row.cells]) for row in table.rows]
        panels = read_panels(self._language, rows)
        if not table.typed:
            # Whatever its header looked like, nothing in it was what such a table has; without figures nothing could.
            if all(panel.kind in _UNHEADED for panel in panels) or any(_FIGURE in row.marks for row in rows):
                yield from self._of_unknown(rows)
            return
        for panel in panels:
            if panel.kind in _UNHEADED:
                yield from self._of_unknown(panel.rows)
            elif panel.kind == _FIELDS:
                yield from self._of_fields(panel)
            else:
                is_ours = self._language.declared[panel.kind].is_of_contract
                add_to = AddTo.LABELS if is_ours else AddTo.TABLES
                yield from self._unknown_labels(GapKind.COLUMN, panel.head, add_to)

    def _of_unknown(self, rows: Sequence[MarkedRow]) -> Iterator[Gap]:
        head = self._header(rows)
        if not head:
            return
        cells = [[cell for cell, _ in self._labels(row)] for row in head]
        if sum(map(len, cells)) < _FEWEST_COLUMNS:
            return
        words = _BELOW.join(_BESIDE.join(map(self._words, row)) for row in cells)
        text = _BELOW.join(_BESIDE.join(in_one_line(cell.text) for cell in row) for row in cells)
        first, last = head[0].span, head[-1].span
        yield Gap(GapKind.TABLE, words, AddTo.TABLES, text, Span(first.start, last.end, first.line, first.column))
        yield from self._unknown_labels(GapKind.HEADER, head)

    def _unknown_labels(self, kind: GapKind, head: Sequence[MarkedRow], add_to: AddTo = AddTo.LABELS) -> Iterator[Gap]:
        for row in head:
            yield from (self._label(kind, cell, add_to) for cell, mark in self._labels(row) if mark == _TEXT)

    def _of_fields(self, panel: Panel) -> Iterator[Gap]:
        """The words at the start of a row in whose third cell a label stands: a label with its value in front of
        another (单位编码 … 项目编码 …), or the first of a header's."""
        for row in panel.rows:
            is_first = len(row.marks) > 2 and row.marks[0] == _TEXT and row.marks[2].startswith(_LABEL)
            if is_first and row.marks[1] != _EMPTY and self._is_label(row.cells[0], _TEXT):
                yield self._label(GapKind.COLUMN, row.cells[0])

    def _label(self, kind: GapKind, cell: Cell, add_to: AddTo = AddTo.LABELS) -> Gap:
        return Gap(kind, self._words(cell), add_to, in_one_line(cell.text), cell.span)

    def _words(self, cell: Cell) -> str:
        return self._wording.of(cell.text)

    # --- what looks like a header -------------------------------------------------------------------------------------

    def _header(self, rows: Sequence[MarkedRow]) -> list[MarkedRow]:
        """The rows at the top of a table that look like its header, with something below them.

        None where no cell of them is a known label: what a page has cut off from its table has none, nor has a layout.
        None either where the conversion tore the words of the cells apart.
        """
        filled = [row for row in rows if not row.is_empty()]
        start = 0
        while start < min(len(filled), _MOST_CAPTIONS) and self._is_caption(filled[start]):
            start += 1
        end = start
        while end < len(filled) and end - start < _MOST_ROWS and self._is_header(filled[end]):
            end += 1
        head = filled[start:end]
        has_label = any(mark != _TEXT for row in head for _, mark in self._labels(row))
        return head if has_label and end < len(filled) and not any(map(self._is_torn, head)) else []

    def _is_caption(self, row: MarkedRow) -> bool:
        """Whether a row holds a title, a unit or a name, each alone or beside each other."""
        cells = list(self._filled(row))
        return len(cells) <= 1 or any(self._wording.is_name(cell.text) for cell, _ in cells)

    def _is_header(self, row: MarkedRow) -> bool:
        cells = list(self._filled(row))
        return len(cells) > 1 and all(self._is_label(cell, mark) or self._is_title(cell) for cell, mark in cells)

    def _is_label(self, cell: Cell, mark: str) -> bool:
        """Whether a cell may be a label: a known one, or a few words without a number."""
        if mark.startswith(_LABEL):
            return True
        words = self._words(cell)
        return (
            mark == _TEXT
            and len(cell.text) <= _LONGEST_LABEL
            and has_words(words)
            and NUMBER not in words
            and not self._classifier.classify(cell.text, 0, len(cell.text)).ordinal
        )

    def _is_title(self, cell: Cell) -> bool:
        """Whether a cell holds the title of the table, which says of which year it is and has no other number."""
        words = self._words(cell)
        return NUMBER in words and NUMBER not in self._wording.of(self._year.sub("", cell.text))

    def _is_torn(self, row: MarkedRow) -> bool:
        """Whether a word stands in two cells, a character each: what a page on its side leaves of a header."""
        cells = [self._lexicon.fold(cell.text) for cell, _ in self._labels(row)]
        return any(
            len(left) == len(right) == 1 and self._lexicon.mark(left + right).startswith(_LABEL)
            for left, right in pairwise(cells)
        )

    def _labels(self, row: MarkedRow) -> Iterator[tuple[Cell, str]]:
        return ((cell, mark) for cell, mark in self._filled(row) if self._is_label(cell, mark))

    def _filled(self, row: MarkedRow) -> Iterator[tuple[Cell, str]]:
        """The cells of a row that hold anything but a caption."""
        for cell, mark in zip(row.cells, row.marks, strict=True):
            if mark != _EMPTY and mark not in _CAPTIONS and not self._is_filled_in(cell):
                yield cell, mark

    def _is_filled_in(self, cell: Cell) -> bool:
        """Whether a cell holds a label and what is to be filled in there: 单位：某局."""
        label, colon, value = self._lexicon.fold(cell.text).partition(":")
        return bool(colon and label) and self._lexicon.mark(label).startswith(_LABEL) and bool(value)
