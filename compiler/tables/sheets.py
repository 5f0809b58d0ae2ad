"""Sheets of every kind: each row is what its declaration says of its columns, and what the kind's steps add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve, field, fields_dict

from yusuan.compiler.blocks.marks import EMPTY, NUMBER
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_target import normal_unit
from yusuan.compiler.language.declared import Declaration, SheetColumn
from yusuan.compiler.tables.cells import bracket_unit, code_of, header_unit, in_brackets, without_ordinal
from yusuan.compiler.tables.columns import Slice, slices
from yusuan.compiler.tables.headed import TOTALS, HeadedRow, headed_rows
from yusuan.compiler.tables.headers import Header
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.projects import ProjectState, split_listing
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.tables.targets import targets
from yusuan.ir.declared import DeclaredRow, DeclaredValue
from yusuan.ir.diagnostics import codes
from yusuan.ir.kinds import TableColumn, ValueType
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Figure, Target
from yusuan.ir.source import Span

_NOTE: Final = "<note>"
_TOTAL: Final = "<total>"
# So many characters at its end make a name that of a total: 采购合计.
_TOTAL_WORD: Final = 2


@define(slots=True)
class SheetReading:
    """A panel while it is read.

    Attributes:
        context: the state of the document.
        panel: it.
        declaration: what its kind is.
        state: the project that the tables at hand speak of.
        goes_on: whether it goes on with a panel above, whose merged cells carry over.
        rows: its rows that hold anything.
        unit: the unit of money of its records: what its header says, else the caption; absent where its columns differ.
        above: for each column whose cells are merged what the next row may leave out.
    """

    context: Context
    panel: Panel
    declaration: Declaration
    state: ProjectState
    goes_on: bool
    rows: Sequence[HeadedRow] = field(init=False)
    unit: str | None = field(init=False)
    above: dict[str, Any] = field(factory=dict)
    # The class of its records, and for each of their fields whether it is a bare text.
    record: tuple[type, Mapping[str, bool]] = field(init=False)
    slices: tuple[Slice, ...] = field(init=False)
    # By their names the columns with the types of what they hold, and the names of those that are merged.
    columns: Mapping[str, tuple[SheetColumn, ValueType]] = field(init=False)
    merged: tuple[str, ...] = field(init=False)
    # The column of its targets; empty where it has none.
    target: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        types = {column.name: column.type for column in self.declaration.kind.columns}
        self.columns = {column.name: (column, types[column.name]) for column in self.declaration.columns}
        self.target = next((name for name, (_, type_) in self.columns.items() if type_ is ValueType.TARGET), "")
        self.merged = tuple([column.name for column in self.declaration.columns if column.merged])
        self.slices = slices(self.context, self.panel.header, self.declaration.columns)
        self.rows = list(headed_rows(self.context, self.panel))
        default = header_unit(self.context, self.panel.head) or self.context.money_unit
        money = [at for name, at in self.slices[-1].places.items() if types[name] is ValueType.MONEY]
        units = {self.unit_above(at) or default for at in money} or {default}
        self.unit = units.pop() if len(units) == 1 else None
        if self.declaration.is_of_contract:
            cls = self.declaration.kind.record_class
            self.record = cls, {name: str(one.type).startswith("str") for name, one in fields_dict(cls).items()}

    def unit_above(self, at: int) -> str | None:
        """The unit of money that the cells above a column state, the nearest first."""
        stated = (bracket_unit(self.context, cell.text) for cell in reversed(self.panel.header.path(at)))
        return next(filter(None, stated), None)

    def target_unit_above(self, at: int) -> str | None:
        """The unit of money or per cent that the cells above a column of targets state, the nearest first."""
        words = self.context.lexicon
        for cell in reversed(self.panel.header.path(at)):
            unit = in_brackets(self.context, cell.text)
            if unit in words.money or words.is_percent(unit):
                return normal_unit(unit, words)
        return None

    def cell(self, row: HeadedRow, column: str) -> Cell | None:
        """The cell of a row in a declared column; absent where the header or the row has none."""
        at = self.slices[-1].places.get(column)
        return None if at is None else row.at(at)


RowStep = Callable[["RowReading"], bool]
"""What a step does with a row; whether the row goes on to the next step, and to its record."""

Step = Callable[[SheetReading], RowStep]
"""What a step does before the first row; it gives what is done with each."""


@define(slots=True)
class RowReading:
    """A row while it is read; its cells are read when they are asked for.

    Attributes:
        sheet: the panel.
        at: the place of the row among those of the panel.
        row: it.
        slice: what of the header it is read by.
        is_total: whether it is a 合计 or 小计 row.
    """

    sheet: SheetReading
    at: int
    row: HeadedRow
    slice: Slice
    is_total: bool = False
    _values: dict[str, Any] = field(factory=dict)
    _set: dict[str, Any] = field(factory=dict)

    def cell(self, column: str) -> Cell | None:
        """The cell of a declared column; absent where the header or the row has none."""
        at = self.slice.places.get(column)
        return None if at is None else self.row.at(at)

    def value(self, column: str) -> Any:
        """What the row says in a column: a `Text`, a `Figure`, some `Target`; absent where it says nothing."""
        if column not in self._values:
            self._values[column] = self._read(column)
        return self._values[column]

    def set(self, **values: Any) -> None:
        """Say what is in some columns, whatever their cells hold."""
        self._values |= values
        self._set |= values

    def name_total(self) -> None:
        """Put the words of a total into their column; it has no subject."""
        declaration, context = self.sheet.declaration, self.sheet.context
        if declaration.total_in:
            name = context.label(self.cell(declaration.total_in)) or context.label(self.row.marked.cells[0])
            self.set(**{declaration.kind.subject or "": None, declaration.total_in: name})

    def take_band(self) -> None:
        """A row of one cell across the table stands for the merged cell of the first column, if that has such."""
        sheet = self.sheet
        first = next((one for one in sheet.declaration.columns if self.slice.places.get(one.name) == 0), None)
        if first is not None and first.merged:
            sheet.above[first.name] = sheet.context.label(self.row.marked.row.cells[0])
        else:
            sheet.context.diagnostics.append(codes.ROW_ACROSS.at(self.row.marked.span))

    def below(self, slice_: Slice) -> RowReading:
        """The row, read by what is below one of the labels that become rows."""
        return RowReading(self.sheet, self.at, self.row, slice_, self.is_total, dict(self._set), self._set)

    def _read(self, name: str) -> Any:
        sheet = self.sheet
        known = sheet.columns.get(name)
        if known is None:
            return None
        if name in self.slice.said:
            return self.slice.said[name]
        declared, type_ = known
        value = self._said(declared, type_)
        if value is not None or not declared.merged or self.is_total:
            return value
        return None if self.row.marked.ends(self.slice.places.get(name)) else sheet.above.get(name)

    def _said(self, declared: SheetColumn, type_: ValueType) -> Any:
        context, cell = self.sheet.context, self.cell(declared.name)
        if type_ is ValueType.TEXT:
            text = context.running(cell) if declared.lines else context.label(cell)
            return without_ordinal(context, text) if text is not None and declared.numbered else text
        if type_ is ValueType.TARGET:
            found = targets(context, cell, self.cell("operator"), self.cell("unit"))
            return tuple([self._in_unit_above(target, declared.name) for target in found]) or None
        if type_ is ValueType.CODE:
            return code_of(context, context.label(cell))
        if type_ is ValueType.LIST:
            return _listed(context, cell)
        return context.figure(cell, self.row.marked.span, self.unit(declared.name)) if cell is not None else None

    def _in_unit_above(self, target: Target, column: str) -> Target:
        """A target whose unit its header says in brackets, where the cells say none: 指标值（%）."""
        at = self.slice.places.get(column)
        if target.value is None or target.unit is not None or at is None:
            return target
        unit = self.sheet.target_unit_above(at)
        return target if unit is None else evolve(target, unit=unit)

    def unit(self, column: str) -> str | None:
        """The unit of money of a column: what the cells above say, the nearest first, else the caption's; the figures
        of a record have one, that of the sheet."""
        if self.sheet.declaration.is_of_contract:
            return self.sheet.unit
        at = self.slice.places.get(column)
        return (None if at is None else self.sheet.unit_above(at)) or self.sheet.context.money_unit

    def carry(self) -> None:
        """Keep what the next row may leave out."""
        if not self.is_total:
            for column in self.sheet.merged:
                self.sheet.above[column] = self.value(column)

    def emit(self) -> bool:
        """Make the row a record, or one for each of its targets; whether it says what its kind needs."""
        sheet = self.sheet
        for said in self.slice.said:
            if self.value(sheet.columns[said][0].unpivot) is None:
                return False
        for some in sheet.declaration.needs:
            if all(self.value(one) is None for one in some):
                return False
        targets_ = self.value(sheet.target) if sheet.target else None
        if targets_ is None:
            self._append()
        for value in targets_ or ():
            self._values[sheet.target] = value
            self._append()
        return True

    def _append(self) -> None:
        kind, records, span = self.sheet.declaration.kind, self.sheet.context.records, self.row.marked.span
        if kind.record:
            records.tables[kind.name].append(self._record(span))
            return
        values = [value for column in kind.columns if (value := _declared_value(self, column)) is not None]
        if any(value.span.start >= span.start for value in values):
            records.declared.setdefault(kind.name, []).append(DeclaredRow(self.is_total, tuple(values), span))

    def _record(self, span: Span) -> Any:
        """The row as a record of its kind."""
        cls, own = self.sheet.record
        said = self._values | {"span": span, "is_total": self.is_total, "unit": self.sheet.unit}
        fields = {}
        for name, is_text in own.items():
            value = said[name] if name in said else self.value(name)
            fields[name] = value.text if is_text and isinstance(value, Text) else value
        return cls(**fields)


def lower_sheet(sheet: SheetReading, steps: Sequence[Step]) -> None:
    """The rows of a panel, as its declaration and the steps that it names say.

    Merged cells are carried down, behind a page too. A row that says nothing but what is carried down is none; nor is a
    remark below the table, nor a row that lacks cells and whose others show that they are not under their columns.
    """
    context, declaration, panel = sheet.context, sheet.declaration, sheet.panel
    *parted, whole = sheet.slices
    if panel.header.guessed and not sheet.goes_on:
        cells = dict.fromkeys(cell for cell in panel.header.guessed if cell.text)
        context.diagnostics += (codes.AMBIGUOUS_HEADER.at(cell.span, label=cell.text) for cell in cells)
    if sheet.goes_on and not declaration.is_of_contract:
        rows = context.records.declared.get(declaration.kind.name)
        sheet.above = {one.column: Text(one.text, one.span) for one in rows[-1].values} if rows else {}
    done = [step(sheet) for step in steps]
    for at, row in enumerate(sheet.rows):
        reading = RowReading(sheet, at, row, whole)
        if row.marked.marks[0] == _NOTE or _is_dropped(reading):
            continue
        if _is_band(reading):
            reading.take_band()
            continue
        if all(step(reading) for step in done):
            emitted = [reading.below(label).emit() for label in parted]
            if not any(emitted):
                reading.emit()
        reading.carry()


def _is_dropped(reading: RowReading) -> bool:
    """Whether a row is a total that its kind has none of, or has its cells under the columns of others."""
    declaration = reading.sheet.declaration
    if declaration.totals != "kept" and _is_total(reading):
        reading.is_total = True
        reading.name_total()
        return declaration.totals == "dropped"
    return not declaration.is_of_contract and _is_shifted(reading)


def _is_band(reading: RowReading) -> bool:
    """Whether a row is a band across the table, of a kind without records."""
    return not (reading.sheet.declaration.is_of_contract or reading.is_total) and reading.row.is_across()


def _is_total(reading: RowReading) -> bool:
    """Whether a row is one of totals: by the mark of its first cells or its subject, or, where those of a kind are
    told, by what their words end with."""
    context, declaration, row = reading.sheet.context, reading.sheet.declaration, reading.row
    if not TOTALS.isdisjoint(row.marked.marks[:2]):
        return True
    mark = context.lexicon.mark
    subject = context.label(reading.cell(declaration.kind.subject or ""))
    if declaration.totals == "dropped":
        return subject is not None and mark(subject.text) in TOTALS
    names = (context.label(row.marked.cells[0]), context.label(reading.cell(declaration.total_in)))
    return any(name is not None and mark(name.text[-_TOTAL_WORD:]) == _TOTAL for name in names)


def _is_shifted(reading: RowReading) -> bool:
    """Whether a row has fewer cells than the header and a number stands for a text in one of them, or the reverse."""
    marks = reading.row.marked.marks
    if reading.row.marked.grid is not None or len(marks) >= reading.row.header.width:
        return False
    for column, at in _typed_places(reading.sheet.declaration, reading.slice.places):
        mark = marks[at] if at < len(marks) else EMPTY
        if mark != EMPTY and column.type.is_figure != (mark == NUMBER):
            return True
    return False


def holds_figures(context: Context, row: MarkedRow, header: Header, declaration: Declaration) -> bool:
    """Whether no words stand where a figure is due: in the header of another table, they do."""
    places = slices(context, header, declaration.columns)[-1].places
    for column, at in _typed_places(declaration, places):
        place = row.place(at)
        if not column.type.is_figure or place is None or row.marks[place] in (EMPTY, NUMBER):
            continue
        text = row.cells[place].text
        if any(map(str.isalpha, text)) and not any(map(str.isdecimal, text)):
            return False
    return True


def _typed_places(declaration: Declaration, places: Mapping[str, int]) -> Iterator[tuple[TableColumn, int]]:
    """The columns that hold numbers, or words that are none, with their places."""
    for name, at in places.items():
        column = declaration.kind.column(name)
        if column.type not in (ValueType.CODE, ValueType.TARGET):
            yield column, at


# --- what a row becomes -----------------------------------------------------------------------------------------------


def _listed(context: Context, cell: Cell | None) -> Text | None:
    """The items of a numbered list in one cell, a line each."""
    items = [] if cell is None or not cell.text else list(split_listing(context, cell))
    return Text("\n".join(item.text for item in items), items[0].span) if items else None


def _declared_value(reading: RowReading, column: TableColumn) -> DeclaredValue | None:
    """What a row says in a column; absent where its cell is empty, or holds no number where one is due."""
    value = reading.value(column.name)
    match value:
        case Text(text, span):
            return DeclaredValue(column.name, text, None, None, span)
        case Figure(number, text, span):
            unit = reading.unit(column.name) if column.type is ValueType.MONEY else None
            return DeclaredValue(column.name, text, number, unit, span)
        case Target():
            return DeclaredValue(column.name, value.text, value.value, value.unit, value.span)
    return None
