"""The document as a tree: sections, headings, paragraphs, tables. Nothing of the source is left out of it.

Each node has a span inside its parent's. Texts are as the document has them, less bookmark marks and the white space
around them.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from yusuan.ir.quick import quick
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import BlockKind, Role


@quick
@frozen(slots=True)
class Text:
    """A piece of text with its place.

    Attributes:
        text: the text, never empty; a label broken over several lines of a cell is joined, running text keeps them.
        span: where it stands, without the white space around it.
    """

    text: str
    span: Span


@frozen(slots=True)
class Heading:
    """标题: the heading of a section.

    Attributes:
        text: the whole heading as written, number included; two lines where a line break stands in it.
        ordinal: its number as written (`三、`, `第二部分`, `（1）`); absent where it has none.
        title: the heading without number, closing colon and line break.
        span: the whole heading.
    """

    text: str
    ordinal: str | None
    title: str
    span: Span


@quick
@frozen(slots=True)
class Paragraph:
    """段落: a line of running text, a numbered item, a page number or a line of the contents page.

    Attributes:
        kind: which of these it is.
        text: the text; empty only where the source holds nothing but marks of the conversion.
        ordinal: the number of an item as written; absent elsewhere.
        typed: whether it became something in the typed tables.
        span: the whole line.
    """

    kind: BlockKind
    text: str
    ordinal: str | None
    typed: bool
    span: Span


@quick
@frozen(slots=True)
class Cell:
    """单元格: one cell of a table.

    Attributes:
        row: its row, from 1.
        column: its column in the grid of the table where that is known, else its place among the cells of its row;
            from 1.
        rowspan: how many rows it covers; always 1 where the source, as plain text, does not say.
        colspan: how many columns it covers; always 1 where the source, as plain text, does not say.
        text: the text as written, lines of one cell parted by line feeds; empty for an empty cell.
        span: its text; empty, behind its TAB, for an empty cell.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    span: Span


@quick
@frozen(slots=True)
class Row:
    """行: one row of a table, after repair of broken rows. A page number between two rows is a row of one cell."""

    cells: tuple[Cell, ...]
    span: Span


@frozen(slots=True)
class Table:
    """表格: one table.

    Attributes:
        rows: its rows from top to bottom.
        typed: whether any of its rows became something in the typed tables.
        span: from the first cell to the end of the last.
        has_grid: whether rows, columns and spans of its cells are those of its grid, as the reader of the input knows
            it; plain text does not say.
    """

    rows: tuple[Row, ...]
    typed: bool
    span: Span
    has_grid: bool = False


@frozen(slots=True)
class Section:
    """章节: a heading with what stands below it. The whole document is a section without heading.

    Attributes:
        role: what it is for; absent where its heading plays none of the known roles.
        heading: its heading; absent only for the whole document.
        level: depth in the outline, 0 for the whole document.
        blocks: paragraphs and tables before the first section inside.
        sections: the sections inside.
        span: from the heading to the end of the last section inside.
    """

    role: Role | None
    heading: Heading | None
    level: int
    blocks: tuple[Paragraph | Table, ...]
    sections: tuple[Section, ...]
    span: Span


def tables_of(body: Section) -> Iterator[Table]:
    """Every table below a section, in the order of the document; without recursion, however deep sections nest."""
    stack = [body]
    while stack:
        section = stack.pop()
        yield from (block for block in section.blocks if isinstance(block, Table))
        stack.extend(reversed(section.sections))
