"""What is no table: running text in cells, a page that is laid out by a table, paragraphs that start with a TAB."""

from __future__ import annotations

from collections import Counter
from typing import Final

from yusuan.compiler.blocks.marks import OTHER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.readers.text.rows import PROSE, TextLines, TextRow

# A wider row is a table's.
_WIDEST_LAYOUT: Final = 4
_LABEL: Final = "<"


def is_layout(lines: TextLines, rows: list[TextRow]) -> bool:
    """Whether the cells hold running text: a page laid out by a table, or paragraphs that start with a TAB."""
    has_values = any(cell.value[0] in "<#" for row in rows for cell in row.cells)
    if len(rows) > 1 and has_values:
        return False
    stating = [_states_money(lines, cell) for row in rows for cell in row.cells]
    if all(stating) or (len(rows) == 1 and any(stating) and _are_numbers(lines, rows[0], stating)):
        return True
    is_wide = max(len(row.cells) for row in rows) > _WIDEST_LAYOUT
    if is_wide and not (len(rows) == 1 and _holds_numbered_heading(lines, rows[0])):
        return False
    if has_values:
        return False
    if len(rows) == 1 and len(rows[0].cells) == 1:
        return True
    prose = any(cell.end - cell.start > PROSE for row in rows for cell in row.cells)
    if is_wide:
        # So is a contents page whose entries start with TABs.
        return prose or all(next(lines.lines_in([cell])).ordinal for cell in rows[0].cells)
    return (prose and len(rows) == 1) or ((prose or len(rows) == 1) and _holds_headings(lines, rows))


def paragraphs_in_front(lines: TextLines, rows: list[TextRow]) -> int:
    """How many cells in front of a table's header are paragraphs that start with a TAB, by all rows together.

    They are as many as the header has more cells than most rows below it: running text, with labels behind it.
    """
    widths = Counter(len(row.cells) for row in rows[1:])
    first = rows[0].cells
    more = len(first) - max(widths, key=lambda width: (widths[width], width), default=len(first))
    if more <= 0 or not any(cell.value[0] == _LABEL for cell in first[more:]):
        return 0
    return more if all(_is_paragraph(lines, cell) for cell in first[:more]) else 0


def _is_paragraph(lines: TextLines, cell: BlockToken) -> bool:
    """Whether a cell is running text: long, of several lines, or ended as a sentence or what introduces a list."""
    if cell.value != OTHER:
        return False
    text, lexicon = lines.text[cell.start : cell.end].strip(lines.lexicon.blanks), lines.lexicon
    return len(text) > PROSE or "\n" in text or text[-1:] in (*lexicon.stops, *lexicon.introducing)


def _states_money(lines: TextLines, cell: BlockToken) -> bool:
    """Whether a cell holds a sentence that states money."""
    return lines.classifier.states_money(lines.text, cell.start, cell.end)


def _are_numbers(lines: TextLines, row: TextRow, stating: list[bool]) -> bool:
    """Whether the cells of a row that state no money are the numbers and words of items, sentences below them."""
    others = (cell for cell, states in zip(row.cells, stating, strict=True) if not states)
    return all(next(lines.lines_in([cell])).ordinal for cell in others)


def _holds_headings(lines: TextLines, rows: list[TextRow]) -> bool:
    return any(line.rule is not None for row in rows for line in lines.lines_in(row.cells))


def _holds_numbered_heading(lines: TextLines, row: TextRow) -> bool:
    """Whether a row has the numbered heading of a section among running text: paragraphs that start with a TAB."""
    return any(line.rule is not None and line.ordinal for line in lines.lines_in(row.cells))
