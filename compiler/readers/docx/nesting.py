"""Tables in tables: what is printed is one grid, so the inner one makes that of the outer one finer.

A frame around prose, or around tables, is no table: what stands in it stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, groupby
from typing import Final, TypeAlias

from yusuan.compiler.readers.docx.model import WordBlock, WordCell, WordParagraph, WordTable

# A finer grid has empty places below its merged cells. Beyond these bounds an inner table is text, row by row.
_MOST_PLACES: Final = 4_096
_MOST_PLACES_A_CELL: Final = 16

_Piece: TypeAlias = "WordTable | list[WordBlock]"


def unfolded(table: WordTable) -> list[WordBlock]:
    """What stands in the place of a table whose inner tables are unfolded already: itself, or what it only frames."""
    if not table.cells:
        return table.notes
    written = [cell for cell in table.cells if not cell.is_blank]
    frame = table.cells[0] if len(table.cells) == 1 else written[0] if len(written) == 1 else None
    if frame is not None and (len(table.cells) == 1 or _has_table(frame)):
        return [*frame.blocks, *table.notes]
    if any(map(_has_table, table.cells)):
        return _finer(table)
    return [table]


def _has_table(cell: WordCell) -> bool:
    return any(isinstance(block, WordTable) for block in cell.blocks)


def _finer(table: WordTable) -> list[WordBlock]:
    """A table with the rows and columns of those in it."""
    notes = [*table.notes, *(note for inner in _tables(table) for note in inner.notes)]
    pieces = {id(cell): _pieces(cell) for cell in table.cells if _has_table(cell)}
    downs, rights = [1] * table.rows, [1] * table.columns
    for cell in table.cells:
        if id(cell) in pieces:
            height, width = _size(pieces[id(cell)])
            last_row, last_column = cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1
            downs[last_row] = max(downs[last_row], height - cell.rowspan + 1)
            rights[last_column] = max(rights[last_column], width - cell.colspan + 1)
    tops, lefts = [0, *accumulate(downs)], [0, *accumulate(rights)]
    cells = len(table.cells) + sum(len(inner.cells) for inner in _tables(table))
    if tops[-1] * lefts[-1] > max(_MOST_PLACES, _MOST_PLACES_A_CELL * cells):
        return [_flat(table, notes)]
    made: list[WordCell] = []
    for cell in table.cells:
        row, column = tops[cell.row], lefts[cell.column]
        rows, columns = tops[cell.row + cell.rowspan] - row, lefts[cell.column + cell.colspan] - column
        whole = WordCell(row, column, rows, columns, cell.blocks)
        made.extend(_laid(whole, pieces[id(cell)]) if id(cell) in pieces else [whole])
    made.sort(key=lambda cell: (cell.row, cell.column))
    return [WordTable(tops[-1], made, []), *notes]


def _tables(table: WordTable) -> Iterator[WordTable]:
    return (block for cell in table.cells for block in cell.blocks if isinstance(block, WordTable))


def _pieces(cell: WordCell) -> list[_Piece]:
    """What stands below each other in a cell: tables, and paragraphs between them that say anything."""
    found: list[_Piece] = []
    for is_table, group in groupby(cell.blocks, lambda block: isinstance(block, WordTable)):
        blocks = list(group)
        if is_table:
            found.extend(block for block in blocks if isinstance(block, WordTable))
        elif any(isinstance(block, WordParagraph) and not block.is_blank for block in blocks):
            found.append(blocks)
    return found


def _size(pieces: list[_Piece]) -> tuple[int, int]:
    tables = [piece for piece in pieces if isinstance(piece, WordTable)]
    height = sum(table.rows for table in tables) + len(pieces) - len(tables)
    return height, max(table.columns for table in tables)


def _laid(whole: WordCell, pieces: list[_Piece]) -> Iterator[WordCell]:
    """The pieces below each other over the place of a cell; the last of them, and the last columns, reach its edges."""
    row, bottom = whole.row, whole.row + whole.rowspan
    for at, piece in enumerate(pieces):
        is_last = at == len(pieces) - 1
        if not isinstance(piece, WordTable):
            yield WordCell(row, whole.column, bottom - row if is_last else 1, whole.colspan, piece)
            row += 1
            continue
        for cell in piece.cells:
            down, across = cell.row + cell.rowspan, cell.column + cell.colspan
            rowspan = bottom - row - cell.row if is_last and down == piece.rows else cell.rowspan
            colspan = whole.colspan - cell.column if across == piece.columns else cell.colspan
            yield WordCell(row + cell.row, whole.column + cell.column, rowspan, colspan, cell.blocks)
        row += piece.rows


def _flat(table: WordTable, notes: list[WordBlock]) -> WordTable:
    """The table with the text of those in it."""
    for cell in table.cells:
        cell.blocks = [*_texts(cell.blocks)]
    return WordTable(table.rows, table.cells, notes)


def _texts(blocks: list[WordBlock]) -> Iterator[WordParagraph]:
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
        else:
            for cell in block.cells:
                yield from _texts(cell.blocks)
