"""What is drawn over a page of a report: its cells and rows, and what is data, coloured by the table that has it.

The words are Latin, as the names of the tables are: PDFium has no other letters with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import define, field, fields, frozen

from yusuan.compiler.readers.pdf.shapes import Caption, Colour, Letters, Outline
from yusuan.ir.declared import DeclaredRow, DeclaredValue
from yusuan.ir.document import Document
from yusuan.ir.nodes import Text
from yusuan.ir.places import FilePlaces, GridCell
from yusuan.ir.records import Figure, Target
from yusuan.ir.source import Box, SourceFile, Span

# Told apart by most who see colours otherwise (Okabe and Ito), and some more.
_COLOURS: Final[Mapping[str, str]] = {
    "amounts": "0072B2",
    "indicators": "D55E00",
    "projects": "009E73",
    "objectives": "CC79A7",
    "spending_plan": "E69F00",
    "activities": "56B4E9",
    "institutions": "8C6D31",
    "procurement": "6A3D9A",
    "assets": "A6A000",
    "glossary": "7F7F7F",
}
_OTHERS: Final = ("1B9E77", "A6761D", "E7298A", "4D4DFF")
_CELL: Final[Colour] = (120, 144, 156, 255)
_MERGED: Final[Colour] = (55, 71, 79, 255)
_MARKED: Final[Colour] = (198, 40, 40, 255)
_NUMBERS: Final[Colour] = (84, 110, 122, 255)
_INK: Final[Colour] = (33, 33, 33, 255)
_FIGURE: Final = 88
_WORDS: Final = 36
_SMALL: Final = 5.0
_LEGEND: Final = 9.0
_LEGEND_LINE: Final = 18.0
_LEGEND_MARGIN: Final = 24.0
# How wide a letter of the legend is at most, as a part of its size.
_LETTER: Final = 0.56
_SWATCH: Final = 12.0


@frozen(slots=True)
class PageOverlay:
    """What is drawn over a page, and the height of the legend below it."""

    outlines: tuple[Outline, ...]
    captions: tuple[Caption, ...]
    strip: float


@define(slots=True)
class _OnPage:
    """What stands on one page.

    Attributes:
        cells: its cells with their rectangles.
        values: the rectangles of data, by the table, and whether it is a figure.
    """

    cells: list[tuple[GridCell, Box]] = field(factory=list)
    values: dict[tuple[str, Box, Letters | None], bool] = field(factory=dict)


class Overlays:
    """The overlays of one document, by page."""

    def __init__(self, document: Document, source: SourceFile) -> None:
        self._places = FilePlaces(document.places, document.body)
        self._source = source
        self._colours = dict(_COLOURS)
        self._pages: dict[int, _OnPage] = {}
        others = [
            *(name for name in document.tables if name not in _COLOURS),
            *(one.kind.name for one in document.declared),
        ]
        for number, name in enumerate(others):
            self._colours[name] = _OTHERS[number % len(_OTHERS)]
        for cell in self._places.cells:
            for page, box in self._places.boxes(cell.cell.span):
                self._page(page).cells.append((cell, box))
        for table, span, is_figure in _values(document):
            for page, box, letters in letters_of(self._source, self._places, span):
                values = self._page(page).values
                values[table, box, letters] = is_figure or values.get((table, box, letters), False)

    def _page(self, number: int) -> _OnPage:
        return self._pages.setdefault(number, _OnPage())

    def has(self, page: int, row: int, column: int) -> bool:
        """Whether a cell of a table stands on a page."""
        cells = (cell.cell for cell, _ in self._pages.get(page, _OnPage()).cells)
        return any((cell.row, cell.column) == (row, column) for cell in cells)

    def of(self, page: int, size: tuple[float, float], marked: tuple[int, int] | None = None) -> PageOverlay:
        """The overlay of a page.

        Args:
            page: from 1.
            size: its width and height.
            marked: row and column of cells to be marked.
        """
        found = self._pages.get(page, _OnPage())
        outlines = [*self._values_of(found), *_cells_of(found)]
        for cell, box in found.cells:
            if (cell.cell.row, cell.cell.column) == marked:
                outlines.append(Outline(box, line=_MARKED, width=2.0))
        legend = _Legend(size)
        legend.add(f"p{page}")
        if any(not _is_merged(cell) for cell, _ in found.cells):
            legend.add("cell", Outline((0, 0, 0, 0), line=_CELL, width=0.8))
        if any(_is_merged(cell) for cell, _ in found.cells):
            legend.add("merged cell", Outline((0, 0, 0, 0), line=_MERGED, width=1.4))
        for table in self._colours:
            if any(name == table for name, _, _ in found.values):
                legend.add(table, self._value(table, (0, 0, 0, 0), None, is_figure=True))
        captions = (*_numbers_of(found), *legend.captions)
        return PageOverlay((*outlines, *legend.outlines), captions, legend.height)

    def _values_of(self, found: _OnPage) -> Iterator[Outline]:
        for (table, box, letters), is_figure in found.values.items():
            yield self._value(table, box, letters, is_figure=is_figure)

    def _value(self, table: str, box: Box, letters: Letters | None, *, is_figure: bool) -> Outline:
        red, green, blue = bytes.fromhex(self._colours[table])
        edge = (red, green, blue, 255) if is_figure else None
        return Outline(box, letters, (red, green, blue, _FIGURE if is_figure else _WORDS), edge, 0.6)


def letters_of(source: SourceFile, places: FilePlaces, span: Span) -> Iterator[tuple[int, Box, Letters | None]]:
    """Where a range stands: page and rectangle of each of its cells, and of its lines the letters as well."""
    entries = places.pages.within(span.start, span.end) if places.pages.entries else ()
    for entry in entries:
        if entry.page is None or entry.box is None:
            continue
        if places.cell(max(span.start, entry.start)) is not None:
            yield entry.page, entry.box, None
            continue
        end = places.pages.end_of(entry, len(source.text))
        line = source.text[entry.start : end]
        first, behind = (max(0, offset - entry.start) for offset in (span.start, span.end))
        letters = Letters(_count(line[:first]), _count(line[:behind]), _count(line))
        if letters.behind > letters.first:
            yield entry.page, entry.box, None if letters == (0, letters.total, letters.total) else letters


def _count(text: str) -> int:
    """How many of its characters are seen."""
    return sum(not char.isspace() for char in text)


def _values(document: Document) -> Iterator[tuple[str, Span, bool]]:
    """Every value of every table: the table, where it stands, and whether it is a figure."""
    tables = [(name, document.tables[name]) for name in dict.fromkeys([*_COLOURS, *document.tables])]
    for name, records in [*tables, *((one.kind.name, one.rows) for one in document.declared)]:
        for record in records:
            for value in _values_of_record(record):
                yield name, value.span, not isinstance(value, Text) and not _is_words(value)


def _is_words(value: Figure | Target | DeclaredValue) -> bool:
    return not isinstance(value, Figure) and value.value is None


def _values_of_record(record: Any) -> Iterator[Text | Figure | Target | DeclaredValue]:
    if isinstance(record, DeclaredRow):
        yield from record.values
        return
    for one in fields(type(record)):
        value = getattr(record, one.name)
        if isinstance(value, Text | Figure | Target):
            yield value


# --- cells, rows, columns ---


def _is_merged(cell: GridCell) -> bool:
    return cell.cell.rowspan > 1 or cell.cell.colspan > 1


def _cells_of(found: _OnPage) -> Iterator[Outline]:
    """Cells, merged ones over the others."""
    for cell, box in sorted(found.cells, key=lambda one: _is_merged(one[0])):
        merged = _is_merged(cell)
        yield Outline(box, line=_MERGED if merged else _CELL, width=1.4 if merged else 0.8)


def _numbers_of(found: _OnPage) -> Iterator[Caption]:
    """The numbers of rows, left of each table, and of columns, above it: by them a diagnostic names a cell."""
    tables: dict[int, list[tuple[GridCell, Box]]] = {}
    for cell, box in found.cells:
        tables.setdefault(cell.table.span.start, []).append((cell, box))
    for cells in tables.values():
        left, top = min(box[0] for _, box in cells), min(box[1] for _, box in cells)
        rows: dict[int, float] = {}
        columns: dict[int, float] = {}
        for cell, box in cells:
            rows.setdefault(cell.cell.row, box[1])
            columns[cell.cell.column] = min(columns.get(cell.cell.column, box[0]), box[0])
        for row, y in rows.items():
            words = f"r{row}"
            yield Caption(max(0.0, left - len(words) * _SMALL * _LETTER - 2), y + 1, _SMALL, _NUMBERS, words)
        for column, x in columns.items():
            yield Caption(x + 1, max(0.0, top - _SMALL - 2), _SMALL, _NUMBERS, f"c{column}")


# --- the legend ---


class _Legend:
    """The legend below a page, in as many lines as it needs."""

    def __init__(self, size: tuple[float, float]) -> None:
        self._width, self._top = size
        self._x = _LEGEND_MARGIN
        self._y = self._top + _LEGEND_LINE / 2
        self.outlines: list[Outline] = []
        self.captions: list[Caption] = []

    @property
    def height(self) -> float:
        return self._y + _LEGEND_LINE - self._top

    def add(self, words: str, swatch: Outline | None = None) -> None:
        """Put words into it, behind what they are said of."""
        needed = (_SWATCH + 4 if swatch else 0) + len(words) * _LEGEND * _LETTER
        if self._x + needed > self._width - _LEGEND_MARGIN and self._x > _LEGEND_MARGIN:
            self._x, self._y = _LEGEND_MARGIN, self._y + _LEGEND_LINE
        if swatch is not None:
            self.outlines.append(swatch._replace(box=(self._x, self._y, self._x + _SWATCH, self._y + _LEGEND)))
            self._x += _SWATCH + 4
        self.captions.append(Caption(self._x, self._y, _LEGEND, _INK, words))
        self._x += len(words) * _LEGEND * _LETTER + 12
