"""From tables to rows under headers: the row lexer, the table grammar, the columns of a panel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.blocks.marks import EMPTY, NUMBER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.parsers import Tree
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Figure
from yusuan.ir.source import Span

_LABEL: Final = "<"
# The marks of a row of totals.
TOTALS: Final = frozenset({"<total>", "<grand_total>"})
# The terminals of rows that head no columns of their own.
_NO_HEADER: Final = frozenset({"ROW", "EMPTY", "TOTAL", "SUBHEADER", "FIELD", "CAPTION", "SPANNING_HEADER"})
# Rows that a header has at most below its first.
_DEEPEST_HEADER: Final = 5
# What a row that spans the columns of a header can stand above.
_SPANNED: Final = ("indicators", "expenses")

# What a target stands for that has so many columns more than one.
_PARTS_OF_TARGET: Final = {1: ("target", "unit"), 2: ("operator", "value", "unit")}

# A column while headers are merged: the identifier of each label, empty for none, and its cell.
_Column = tuple[tuple[str, Cell], ...]


@frozen(slots=True)
class Header:
    """The columns of a panel.

    Attributes:
        columns: for each column the identifiers of its labels, outermost first (`("procurement_amount", "total")`).
        cells: for each column the cells that these labels stand in; empty where the header is not the document's own.
        above: for each column all cells of the header above it, outermost first; likewise.
    """

    columns: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...] = field(default=(), eq=False)
    above: tuple[tuple[Cell, ...], ...] = field(default=(), eq=False)
    _places: dict[str, int] = field(init=False, eq=False, repr=False)

    @_places.default
    def _index(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for at, labels in enumerate(self.columns):
            if labels:
                places.setdefault(labels[-1], at)
        return places

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def find(self, *identifiers: str) -> int | None:
        """The first column whose innermost label is one of these; absent where none is."""
        for identifier in identifiers:
            at = self._places.get(identifier)
            if at is not None:
                return at
        return None


@define(slots=True)
class Panel:
    """A part of a table that has a kind: its header and its rows.

    Attributes:
        kind: the rule of the table grammar.
        header: the columns; without any for a panel of fields.
        rows: the rows below the header.
        head: the header's own rows.
    """

    kind: str
    header: Header
    rows: list[MarkedRow]
    head: list[MarkedRow] = field(factory=list)


class RowLexer:
    """Classifies rows by the terminals of the table grammar."""

    def __init__(self, language: Language) -> None:
        patterns = language.patterns["table"]
        self._pattern = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()))

    def token(self, at: int, row: MarkedRow) -> BlockToken:
        """The token of a row; its value is the row."""
        encoded = "".join(row.marks)
        match = self._pattern.fullmatch(encoded)
        kind = match.lastgroup if match and match.lastgroup else "ROW"
        return BlockToken(kind, at, at + 1, 0, row)


@of_language
def row_lexer(language: Language) -> RowLexer:
    """The lexer of rows, made once for each language."""
    return RowLexer(language)


def parse_rows(language: Language, rows: list[MarkedRow]) -> Tree[BlockToken]:
    """The CST of a table; the value of a token is its row."""
    lexer = row_lexer(language)
    tokens = [lexer.token(at, row) for at, row in enumerate(rows)]
    _reach_down(tokens)
    return language.parsers["table"].parse(tokens)


def read_panels(language: Language, rows: list[MarkedRow]) -> list[Panel]:
    """The panels of a table, by the table grammar."""
    tree = parse_rows(language, rows)
    panels: list[Panel] = []
    lead = [child.value for child in tree.children if isinstance(child, BlockToken)]
    if lead:
        panels.append(Panel("rows", Header(()), lead))
    for child in tree.children:
        if isinstance(child, Tree):
            panel = _panel(language, child)
            if panels and panels[-1].kind == "spanning" and panel.kind in _SPANNED and not panels[-1].rows:
                head = [*panels.pop().head, *panel.head]
                panel = Panel(panel.kind, _merge_header(head, panel.rows), panel.rows, head)
            panels.append(panel)
    return panels


def _reach_down(tokens: Sequence[BlockToken]) -> None:
    """Where the grid is known, a row that cells of a header reach into is of that header, whatever it looks like."""
    for at, token in enumerate(tokens):
        row: MarkedRow = token.value
        if row.grid is not None and token.type not in _NO_HEADER:
            # A label over one column ends its header where it ends; one beside the table may reach down to its foot.
            single = [cell.rowspan for cell in row.row.cells if cell.colspan == 1]
            depth = min(single, default=max(cell.rowspan for cell in row.row.cells))
            for below in tokens[at + 1 : at + depth]:
                if below.type in _NO_HEADER and NUMBER not in below.value.marks:
                    below.type = "SUBHEADER"


def _panel(language: Language, tree: Tree[BlockToken]) -> Panel:
    kind = str(tree.data)
    tokens = [token for token in tree.children if isinstance(token, BlockToken)]
    if kind in ("fields", "caption"):
        return Panel(kind, Header(()), [token.value for token in tokens])
    head = [tokens[0].value]
    rest = tokens[1:]
    declaration = language.declared.get(kind)
    for token in rest[:_DEEPEST_HEADER]:
        is_below = declaration is not None and _holds_labels(token.value, declaration)
        if (token.type != "SUBHEADER" and not is_below) or kind == "plan":
            break
        head.append(token.value)
    rows = [token.value for token in rest[len(head) - 1 :]]
    return Panel(kind, _merge_header(head, rows), rows, head)


def _holds_labels(row: MarkedRow, declaration: Declaration) -> bool:
    """Whether a row has nothing but labels, one of a declared kind's columns among them."""
    own = {f"<{identifier}>" for labels in declaration.labels.values() for identifier in labels}
    return all(mark[0] in "<-" for mark in row.marks) and not own.isdisjoint(row.marks)


# --- headers ----------------------------------------------------------------------------------------------------------


def _merge_header(head: Sequence[MarkedRow], rows: Sequence[MarkedRow]) -> Header:
    """The columns of a header of one or more rows, merged cells spread over the columns that they cover."""
    if all(row.grid is not None for row in head):
        columns = _split_wide_target(_lay(head), rows)
    else:
        columns = [(label,) for label in _labels(head[0])]
        for below in head[1:]:
            columns = _spread(columns, below)
        columns = _split_target(columns, rows)
    return Header(
        tuple(tuple(label for label, _ in column if label) for column in columns),
        tuple(tuple(cell for label, cell in column if label) for column in columns),
        tuple(tuple(cell for _, cell in column) for column in columns),
    )


def _labels(row: MarkedRow) -> list[tuple[str, Cell]]:
    return [(_label(mark), cell) for mark, cell in zip(row.marks, row.cells, strict=True)]


def _label(mark: str) -> str:
    """The identifier of the label that a mark is; empty for any other."""
    return mark[1:-1] if mark.startswith(_LABEL) else ""


def _lay(head: Sequence[MarkedRow]) -> list[_Column]:
    """The columns of a header whose grid is known: each cell stands above the columns that it covers."""
    columns: list[_Column] = [() for _ in range(max(row.width for row in head))]
    for row in head:
        marks = dict(zip(map(id, row.cells), row.marks, strict=True))
        for cell in row.row.cells:
            for at in range(cell.column - 1, cell.column - 1 + cell.colspan):
                columns[at] = (*columns[at], (_label(marks[id(cell)]), cell))
    return columns


def _split_wide_target(columns: list[_Column], rows: Sequence[MarkedRow]) -> list[_Column]:
    """Where a header's target covers two columns or three, it stands for value and unit, or for operator too, unless
    the cells below are as wide as it.
    """
    innermost = [column[-1][0] if column else "" for column in columns]
    names = _PARTS_OF_TARGET.get(innermost.count("target") - 1)
    if names is None or not {"unit", "operator"}.isdisjoint(innermost):
        return columns
    at = innermost.index("target")
    cell = columns[at][-1][1]
    if cell.colspan != len(names) or (rows and all(row.place(at + 1) is None for row in rows)):
        return columns
    parted: list[_Column] = [(*columns[at][:-1], (name, cell)) for name in names]
    return [*columns[:at], *parted, *columns[at + len(names) :]]


def _spread(columns: list[_Column], row: MarkedRow) -> list[_Column]:
    """Lay a header row below another: an empty cell continues the column above, a run of labels parts a merged cell."""
    marks, labels = row.marks, _labels(row)
    missing = len(marks) - len(columns)
    spread: list[_Column] = []
    above, at = 0, 0
    runs = _runs(marks)
    spare = len(columns) - sum(1 for mark in marks if mark == EMPTY)
    later = len(runs)
    while at < len(marks) and above < len(columns):
        if marks[at] == EMPTY or missing <= 0:
            spread.append((*columns[above], labels[at]))
            above, at = above + 1, at + 1
            continue
        length = runs[at]
        later -= 1
        groups = max(1, min(length, spare - later))
        for width in _widths(marks[at : at + length], groups):
            spread.extend((*columns[above], label) for label in labels[at : at + width])
            above, at = above + 1, at + width
        spare -= groups
    spread.extend(columns[above:])
    spread.extend((label,) for label in labels[at:])
    return spread


def _widths(marks: Sequence[str], groups: int) -> list[int]:
    """How many labels of a run stand below each of some merged cells.

    The same labels below each of them where the run repeats itself; else one merged cell above the last labels, what
    cells are left over above single labels before them.
    """
    width, over = divmod(len(marks), groups)
    if not over and list(marks) == list(marks[:width]) * groups:
        return [width] * groups
    return [1] * (groups - 1) + [len(marks) - groups + 1]


def _runs(marks: Sequence[str]) -> dict[int, int]:
    """Start and length of each run of cells that are not empty."""
    runs: dict[int, int] = {}
    at = 0
    while at < len(marks):
        length = 0
        while at + length < len(marks) and marks[at + length] != EMPTY:
            length += 1
        if length:
            runs[at] = length
        at += length + 1
    return runs


def _split_target(columns: list[_Column], rows: Sequence[MarkedRow]) -> list[_Column]:
    """Where the rows have a cell or two more than the header, its target stands for value and unit, or for three."""
    widths = [len(row.marks) for row in rows if not row.is_empty()]
    if not widths:
        return columns
    extra = max(set(widths), key=lambda width: (widths.count(width), width)) - len(columns)
    innermost = [column[-1][0] for column in columns]
    names = _PARTS_OF_TARGET.get(extra)
    if names is None or "target" not in innermost or "unit" in innermost or "operator" in innermost:
        return columns
    at = innermost.index("target")
    return [*columns[:at], *(((name, columns[at][-1][1]),) for name in names), *columns[at + 1 :]]


# --- rows under a header ----------------------------------------------------------------------------------------------


class HeadedRow:
    """A row read by its header's columns."""

    __slots__ = ("_at", "header", "marked")

    def __init__(self, marked: MarkedRow, header: Header) -> None:
        self.marked = marked
        self.header = header
        self._at = self._alignment()

    def _alignment(self) -> Callable[[int], int | None]:
        """From column to cell. The label of a narrower total row covers the missing columns; else the row is cut."""
        cells, width = len(self.marked.cells), self.header.width
        if self.marked.grid is None and cells < width and self.marked.marks[0] in TOTALS:
            missing = width - cells
            return lambda column: 0 if column == 0 else (column - missing if column > missing else None)
        if self.marked.grid is not None:
            return self.marked.place
        return lambda column: column if column < cells else None

    def cell(self, *identifiers: str) -> Cell | None:
        """The cell of the first column with one of these labels."""
        column = self.header.find(*identifiers)
        return None if column is None else self.at(column)

    def at(self, column: int) -> Cell | None:
        """The cell of a column."""
        at = self._at(column)
        return None if at is None or at >= len(self.marked.cells) else self.marked.cells[at]

    def ends(self, *identifiers: str) -> bool:
        """Whether an empty cell begins, below a merged one that ended, in the first column with one of these labels."""
        column = self.header.find(*identifiers)
        return self.marked.ends(column) and self.marked.begins(column)

    def figure(self, context: Context, *identifiers: str) -> Figure | None:
        """The number in the first column with one of these labels."""
        return context.figure(self.cell(*identifiers), self.marked.span)


def headed_rows(context: Context, panel: Panel) -> Iterator[HeadedRow]:
    """The rows of a panel that hold anything, with a diagnostic for each that is cut short."""
    is_first = True
    for row in panel.rows:
        if row.is_empty() or (is_first and row.numbers_columns()):
            continue
        is_first = False
        cells, width = len(row.cells), panel.header.width
        if cells > 1 and row.width < width and row.marks[0] not in TOTALS:
            context.diagnostics.append(codes.SHORT_ROW.at(row.span, cells=cells, columns=width))
        yield HeadedRow(row, panel.header)


def unit_of(context: Context, rows: Sequence[MarkedRow]) -> str | None:
    """The unit of money that a caption among these rows states."""
    for row in rows:
        for cell, mark in zip(row.cells, row.marks, strict=True):
            if mark == "<unit_caption>":
                return money_caption(context, cell.text)
    return None


def money_caption(context: Context, text: str) -> str | None:
    """The unit in 单位：万元."""
    match = context.lexicon.label_patterns["unit_caption"].fullmatch(context.lexicon.fold(text))
    return context.lexicon.money_unit(match["unit"]) if match else None


def bracket_unit(context: Context, text: str) -> str | None:
    """The unit of money that a label names in brackets: 价值（金额单位：万元）."""
    folded = context.lexicon.fold(text)
    at = folded.rfind("(")
    inside = folded[at + 1 :].rstrip(")") if at >= 0 else ""
    unit = inside.rpartition(":")[2]
    return unit if unit in context.lexicon.money else None


def header_unit(context: Context, head: Sequence[MarkedRow]) -> str | None:
    """The unit of money that the last such label of a header names in brackets."""
    units = (bracket_unit(context, cell.text) for row in reversed(head) for cell in reversed(row.cells))
    return next(filter(None, units), None)


# --- what cells say ---------------------------------------------------------------------------------------------------


def without_ordinal(context: Context, text: Text) -> Text:
    """A label without the number in front of it."""
    number = context.pattern("numbering", "BARE").match(text.text)
    start = number.end() if number else context.classifier.classify(text.text, 0, len(text.text)).title_start
    bare = text.text[start:].strip(context.lexicon.blanks)
    return Text(bare, text.span) if start and bare else text


def percent_of(context: Context, cell: Cell, row: Span) -> Figure | None:
    """A cell's number of per cent, with or without its sign; absent where it holds none."""
    text, _, more = cell.text.partition("\n")
    value = context.lexicon.number(context.lexicon.fold(text).rstrip("%")) if not more else None
    return Figure(value, text, cell.span) if isinstance(value, Decimal) else context.figure(cell, row)
