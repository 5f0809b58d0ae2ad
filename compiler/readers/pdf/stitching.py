"""What a page cut put together again: tables that go on, the rows and merged cells in them, and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from yusuan.compiler.readers.pdf.model import LeftOut, Omission, PageBox, PrintedParagraph
from yusuan.compiler.readers.pdf.paragraphs import IsNumbered, Margins, continues, first_word, reaches
from yusuan.compiler.readers.pdf.parts import SAME_EDGE, PartCell, TablePart, nearest

Piece: TypeAlias = PrintedParagraph | TablePart

# Of the inner edges of columns, this part must be the same in both.
_SAME_SHARE: Final = 0.8
# A table that ends above this part of the page had room for more: only one with the same head goes on with it.
_ROOM_LEFT: Final = 0.55
# A title that is repeated may have a few words behind it that say so.
_LONGER: Final = 6
# A title has at most so many lines.
_MOST_LINES: Final = 6
# Fewer columns than these could be those of another table.
_FEWEST_DRAWN: Final = 4
_CODE: Final = re.compile(r"[A-Z][A-Z0-9-]*")
_FIGURE: Final = re.compile(r"[-+]?[0-9][0-9,]*(\.[0-9]+)?%?")
# A line in a cell is full when less than this many letters would find room behind it.
_FULL: Final = 1.8


def stitch(pieces: Sequence[Piece], margins: Mapping[int, Margins], is_numbered: IsNumbered) -> list[Piece]:
    """The pieces of all pages in order, those that a page cut put together."""
    whole: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, TablePart):
            _add_table(whole, piece)
        else:
            _add_paragraph(whole, piece, margins, is_numbered)
    return whole


def _add_paragraph(
    whole: list[Piece], paragraph: PrintedParagraph, margins: Mapping[int, Margins], is_numbered: IsNumbered
) -> None:
    last = whole[-1] if whole else None
    if isinstance(last, PrintedParagraph):
        line, following = last.lines[-1], paragraph.lines[0]
        before, behind = margins[line.box.page], margins[following.box.page]
        if (
            line.box.page + 1 == following.box.page
            and reaches(line, following, before)
            and continues(line, following, behind, is_numbered)
        ):
            whole[-1] = last._replace(lines=last.lines + paragraph.lines)
            return
    whole.append(paragraph)


def _add_table(whole: list[Piece], part: TablePart) -> None:
    """Puts a table behind the others, or into the one that it goes on with."""
    at = len(whole) - 1
    while at >= 0 and isinstance(whole[at], PrintedParagraph):
        at -= 1
    table = whole[at] if at >= 0 else None
    between = [piece for piece in whole[at + 1 :] if isinstance(piece, PrintedParagraph)]
    if not isinstance(table, TablePart) or not _follows(table, part, between):
        whole.append(part)
        return
    titles = _repeated_title(whole, at, between)
    head = _repeated_head(table, part)
    if titles is None or not _is_continuation(table, part, head):
        whole.append(part)
        return
    del whole[at + 1 :]
    table.repeated += [LeftOut(Omission.REPEATED_ROW, line.text, line.box) for title in titles for line in title.lines]
    _join(table, part, head)


def _follows(table: TablePart, part: TablePart, between: Sequence[PrintedParagraph]) -> bool:
    """Whether a table is the last thing on a page and the other one the first on the next, as wide and as parted."""
    return (
        part.first_page == table.last_page + 1
        and all(paragraph.lines[0].box.page == part.first_page for paragraph in between)
        and len(between) <= _MOST_LINES
        and _columns_agree(table, part)
    )


def _columns_agree(table: TablePart, part: TablePart) -> bool:
    """Whether the columns are the same. Of those known by alignment only the outer edges and the number can be."""
    some, other = table.xs, part.xs
    if abs(some[-1] - other[-1]) > SAME_EDGE:
        return False
    if abs(some[0] - other[0]) > SAME_EDGE:
        return bool(_undrawn(table, part))
    if not (table.ruled and part.ruled):
        return len(some) == len(other)
    few, many = (some, other) if len(some) <= len(other) else (other, some)
    inner = few[1:-1]
    same = sum(abs(many[nearest(many, x)] - x) <= SAME_EDGE for x in inner)
    return same >= _SAME_SHARE * len(inner)


def _undrawn(table: TablePart, part: TablePart) -> list[PartCell]:
    """The merged cells at the left of a table that go on behind a page where no rule draws them; empty where none do.

    All edges of what is drawn there must be edges of the table.
    """
    if not (table.ruled and part.ruled) or part.columns < _FEWEST_DRAWN:
        return []
    if any(abs(table.xs[nearest(table.xs, x)] - x) > SAME_EDGE for x in part.xs):
        return []
    first = nearest(table.xs, part.xs[0])
    beside = [cell for cell in table.in_row(table.rows - 1) if cell.column < first]
    is_whole = beside and all(cell.rowspan > 1 and cell.column + cell.colspan <= first for cell in beside)
    return beside if is_whole else []


def _draw(part: TablePart, table: TablePart, cells: Sequence[PartCell]) -> None:
    """Gives a part the empty cells at its left that are not drawn: the rest of those of the table."""
    (drawn,) = part.boxes
    for cell in part.cells:
        cell.column += len(cells)
    edges = [table.xs[cell.column] for cell in cells]
    part.xs = [*edges, *part.xs]
    for column, x1 in enumerate(part.xs[1 : len(cells) + 1]):
        box = PageBox(drawn.page, edges[column], drawn.top, x1, drawn.bottom)
        part.cells.append(PartCell(0, column, part.rows, 1, [], [box]))


def _repeated_title(
    whole: Sequence[Piece], at: int, between: Sequence[PrintedParagraph]
) -> Sequence[PrintedParagraph] | None:
    """The lines between two tables if they are the title of the first one again; absent where they are not."""
    before = [piece for piece in whole[max(0, at - len(between)) : at] if isinstance(piece, PrintedParagraph)]
    if len(before) < len(between):
        return None
    for title, again in zip(before, between, strict=True):
        first, second = title.text.replace(" ", ""), again.text.replace(" ", "")
        if not second.startswith(first) or len(second) - len(first) > _LONGER:
            return None
    return between


def _repeated_head(table: TablePart, part: TablePart) -> int:
    """How many rows from the first on say the same in both tables and name every column; 0 where they do not."""
    same = 0
    for form, again in zip(table.head, part.head, strict=False):
        if form != again:
            break
        same += 1
    while same and not _names_columns(part, same - 1):
        same -= 1
    return same


def _names_columns(part: TablePart, row: int) -> bool:
    """Whether a row ends a head: each of its cells ends there, has words, and most are as wide as one column."""
    cells = part.in_row(row)
    single = sum(cell.colspan == 1 for cell in cells)
    return (
        len(cells) > 1
        and all(cell.row + cell.rowspan == row + 1 for cell in cells)
        and any(cell.text for cell in cells)
        and 2 * single > part.columns
    )


def _is_continuation(table: TablePart, part: TablePart, head: int) -> bool:
    """Whether a table goes on, given how many head rows are printed again.

    Forms of one kind follow each other, one a page, with the same title: each begins with the same words.
    """
    if head:
        return True
    first = part.in_row(0)[0]
    if first.colspan == part.columns or (first.text and first.text == table.head[0][0][0]):
        return False
    return table.boxes[-1].bottom >= _ROOM_LEFT * table.page_height


def _join(table: TablePart, part: TablePart, head: int) -> None:
    """Puts the rows of a part behind those of a table, without the first ones, which the table has."""
    if abs(table.xs[0] - part.xs[0]) > SAME_EDGE:
        _draw(part, table, _undrawn(table, part))
    table.repeated += [
        LeftOut(Omission.REPEATED_ROW, cell.text, cell.boxes[0]) for cell in part.cells if cell.row < head and cell.text
    ]
    if table.ruled and part.ruled:
        xs = _all_edges(table.xs, part.xs)
        table.spread(xs)
        part.spread(xs)
    rest = [cell for cell in part.cells if cell.row >= head]
    table.boxes += part.boxes
    table.page_height = part.page_height
    if not rest:
        return
    above = {cell.column: cell for cell in table.in_row(table.rows - 1)}
    below = {cell.column: cell for cell in part.in_row(head)}
    is_cut_row = _is_cut_row(above, below, _usual_places([*table.cells, *part.cells]))
    cut = below.keys() if is_cut_row else _cut_cells(above, below)
    for column in cut:
        _merge(above[column], below[column], shared_rows=int(is_cut_row))
    moved = {id(cell) for column in cut for cell in (above[column], below[column])}
    shift = table.rows - head - int(is_cut_row)
    for cell in rest:
        cell.row += shift
    last, table.cells[table.tail :] = table.cells[table.tail :], []
    table.cells += [cell for cell in last if id(cell) not in moved]
    table.tail = len(table.cells)
    table.cells += [above[column] for column in cut]
    table.cells += [cell for cell in rest if id(cell) not in moved]
    table.rows = part.rows + shift


def _all_edges(some: Sequence[float], other: Sequence[float]) -> list[float]:
    """The edges of both, those that are the same once."""
    return sorted([*some, *(x for x in other if abs(some[nearest(some, x)] - x) > SAME_EDGE)])


def _merge(cell: PartCell, more: PartCell, shared_rows: int) -> None:
    """Puts a cell of the next page into the one above it."""
    cell.rowspan += more.rowspan - shared_rows
    cell.lines += more.lines
    cell.boxes += more.boxes


def _cut_cells(above: Mapping[int, PartCell], below: Mapping[int, PartCell]) -> set[int]:
    """The columns whose merged cells go on.

    One part of such a cell is empty, or its text breaks off. Cells on the right of one that begins anew do not go on.
    """
    cut: set[int] = set()
    sure = False
    for column in sorted(above.keys() & below.keys()):
        over, under = above[column], below[column]
        if over.colspan != under.colspan or max(over.rowspan, under.rowspan) == 1:
            continue
        if over.lines and under.lines and not _breaks_off(over, under):
            break
        if bool(over.lines) != bool(under.lines):
            sure = True
        elif not over.lines and min(over.rowspan, under.rowspan) == 1:
            continue
        cut.add(column)
    return cut if sure else set()


def _is_cut_row(above: Mapping[int, PartCell], below: Mapping[int, PartCell], places: int) -> bool:
    """Whether a page cuts a row: the same cells, texts that break off in the middle, and nothing else on both sides.

    Of figures, which stand at the edge of their cells whether or not they are whole, only the decimal places tell.
    """
    if above.keys() != below.keys() or any(above[at].colspan != below[at].colspan for at in above):
        return False
    if any(cell.rowspan > 1 for cell in below.values()):
        return False
    both = [at for at in above if above[at].lines and below[at].lines]
    return (
        bool(both)
        and len(both) < sum(bool(above[at].lines or below[at].lines) for at in above)
        and all(_breaks_off(above[at], below[at]) or _breaks_figure(above[at], below[at], places) for at in both)
    )


def _breaks_figure(cell: PartCell, following: PartCell, places: int) -> bool:
    """Whether a figure goes on in the cell below: together they have the places of others, and it alone has not."""
    return _places_of(cell.text) != places and _places_of(cell.text + following.text) == places


def _usual_places(cells: Sequence[PartCell]) -> int:
    """How many decimal places most figures have that have any; 0 where none has."""
    counted = Counter(places for cell in cells if (places := _places_of(cell.text)))
    return max(counted, key=lambda places: (counted[places], places), default=0)


def _places_of(text: str) -> int:
    """The decimal places of a figure; 0 for none, and for what is no figure."""
    return len(text.partition(".")[2].removesuffix("%")) if _FIGURE.fullmatch(text) else 0


def _breaks_off(cell: PartCell, following: PartCell) -> bool:
    """Whether the text of a cell goes on in the one below: words or a code, and its last line had no room for more."""
    last = cell.lines[-1]
    return (
        (not _FIGURE.fullmatch(following.text) or _CODE.fullmatch(cell.text) is not None)
        and last.box.x1 >= cell.boxes[-1].x1 - (_FULL + first_word(following.text)) * last.size
        and abs(following.lines[0].size - last.size) < 1
    )
