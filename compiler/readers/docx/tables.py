"""The grid of a table (ISO/IEC 29500-1, 17.4): which cells go over which rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from attrs import define, field

from yusuan.compiler.readers.docx.model import WordBlock, WordCell, WordParagraph, WordTable
from yusuan.compiler.readers.docx.names import VAL, W, XmlElement, integer, is_on

# Word itself has 63 columns at most; more than this are no columns.
MOST_COLUMNS: Final = 1_024

_ROW: Final = f"{W}tr"
_CELL: Final = f"{W}tc"
# What stands around rows and cells and is none.
_AROUND: Final = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_SPAN: Final = f"{W}gridSpan"
_DOWN: Final = f"{W}vMerge"
_RIGHT: Final = f"{W}hMerge"
_DELETED: Final = f"{W}cellDel"

ReadCell: TypeAlias = Callable[[XmlElement], list[WordBlock]]


@define(slots=True)
class _CellForm:
    """What a cell says of its place.

    Attributes:
        span: how many columns it goes over.
        is_below: whether it goes on with the cell above; absent where it is merged with none.
        is_joined: whether it goes on with the cell to its left.
        is_deleted: whether a tracked change takes it away.
    """

    span: int = 1
    is_below: bool | None = None
    is_joined: bool = False
    is_deleted: bool = False


@define(slots=True)
class _Row:
    """A row as far as it is read.

    Attributes:
        number: of it, from 0.
        column: where its next cell stands.
        cells: its own cells.
        merged: by column, the cells of this row or of those above that the next row may go on with.
    """

    number: int
    column: int = 0
    cells: list[WordCell] = field(factory=list)
    merged: dict[int, WordCell] = field(factory=dict)

    @property
    def last(self) -> WordCell:
        return self.cells[-1] if self.cells else next(reversed(self.merged.values()))

    def fitting(self, span: int) -> int:
        """How many of some columns there are."""
        return min(span, MOST_COLUMNS - self.column)

    def add(self, span: int, blocks: list[WordBlock]) -> WordCell:
        """A cell of its own, over some columns."""
        made = WordCell(self.number, self.column, 1, self.fitting(span), blocks)
        self.cells.append(made)
        self.column += made.colspan
        return made


@define(slots=True)
class TableGrid:
    """A table that is read row by row.

    Attributes:
        left_out: how many rows and cells a tracked change takes away, or are hidden.
    """

    _read: ReadCell
    left_out: int = 0
    _rows: int = 0
    _cells: list[WordCell] = field(factory=list)
    _above: dict[int, WordCell] = field(factory=dict)

    def table(self, element: XmlElement) -> WordTable:
        """The table of an element."""
        for row in _inner(element, _ROW):
            properties = row.find(f"{W}trPr")
            if properties is not None and any(is_on(properties.find(f"{W}{name}")) for name in ("del", "hidden")):
                self.left_out += 1
            else:
                self._add_row(row, properties)
        return WordTable(self._rows, self._cells, [])

    def _add_row(self, element: XmlElement, properties: XmlElement | None) -> None:
        row = _Row(self._rows)
        before, behind = _omitted(properties, "gridBefore"), _omitted(properties, "gridAfter")
        if before:
            row.add(before, [])
        for cell in _inner(element, _CELL):
            form = _form(cell)
            if form.is_deleted:
                self.left_out += 1
            elif row.column >= MOST_COLUMNS:
                # Beyond the last column there is no place; what stands there is still read.
                row.last.blocks.extend(self._read(cell))
            else:
                self._add_cell(cell, form, row)
        if behind and row.column < MOST_COLUMNS:
            row.add(behind, [])
        if row.column:
            self._cells.extend(row.cells)
            self._above = row.merged
            self._rows += 1

    def _add_cell(self, element: XmlElement, form: _CellForm, row: _Row) -> None:
        """A cell, or the rest of the one above or to the left: that is not shown, but what is written there is kept."""
        span = row.fitting(form.span)
        above = self._above.get(row.column) if form.is_below else None
        if above is not None and above.colspan == span:
            above.rowspan += 1
            above.blocks.extend(_written(self._read(element)))
            row.merged[row.column] = above
            row.column += span
        elif form.is_joined and row.cells and row.cells[-1].column + row.cells[-1].colspan == row.column:
            row.last.colspan += span
            row.last.blocks.extend(_written(self._read(element)))
            row.column += span
        else:
            made = row.add(span, self._read(element))
            if form.is_below is not None:
                row.merged[made.column] = made


def _written(blocks: list[WordBlock]) -> list[WordBlock]:
    return [block for block in blocks if not (isinstance(block, WordParagraph) and block.is_blank)]


def _inner(element: XmlElement, tag: str) -> Iterator[XmlElement]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inner(child, tag)


def _omitted(properties: XmlElement | None, name: str) -> int:
    """The columns in front of the first cell of a row, or behind the last."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return min(max(integer(found.get(VAL)) or 0, 0), MOST_COLUMNS - 1) if found is not None else 0


def _form(cell: XmlElement) -> _CellForm:
    found = _CellForm()
    properties = cell.find(f"{W}tcPr")
    if properties is None:
        return found
    for one in properties:
        tag = one.tag
        if tag == _SPAN:
            found.span = min(max(integer(one.get(VAL)) or 1, 1), MOST_COLUMNS)
        elif tag == _DOWN:
            found.is_below = one.get(VAL, "continue") != "restart"
        elif tag == _RIGHT:
            found.is_joined = one.get(VAL, "continue") != "restart"
        elif tag == _DELETED:
            found.is_deleted = True
    return found
