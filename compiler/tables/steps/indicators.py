"""绩效指标表: whose indicators they are, the classes that merged cells state for several rows, names that go on."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.lexicon import LONGEST_LABEL
from yusuan.compiler.tables.columns import Slice
from yusuan.compiler.tables.headed import HeadedRow
from yusuan.compiler.tables.projects import (
    BUDGETS,
    ProjectState,
    add_objectives,
    continue_objective,
    extend_name,
    known_of_project,
    last_objective,
    part_code,
    start_project,
)
from yusuan.compiler.tables.sheets import RowReading, RowStep, SheetReading
from yusuan.ir.nodes import Text
from yusuan.ir.vocabulary import Horizon

_LONGEST_NAME: Final = 60
# So long is the rest of a project's name that a page cut.
_LONGEST_REST: Final = 8
# A shorter name without a target is the rest of the one above it.
_SHORTEST_NAME: Final = 3
# How far below the words of a merged cell are looked for.
_TALLEST_CELL: Final = 30
# A row with one of these states an indicator or an objective; one with money alone adds up the rows of a unit.
_OF_INDICATORS: Final = ("level2", "level3", "indicator", "target", "value", "objective")


def project_of_row(sheet: SheetReading) -> RowStep:
    """In a table of many projects, a row that names one starts it; the rows below belong to it.

    Where it goes on behind a page, the first row may name the project at hand again.
    """
    context, state, header = sheet.context, sheet.state, sheet.panel.header
    if not sheet.goes_on:
        state.forget_levels()
    column = header.find("project", "activity")
    if column is None and any("institution" in labels for labels in header.columns):
        state.leave()

    def row(reading: RowReading) -> bool:
        if column is not None and any((cell := reading.row.cell(one)) and cell.text for one in _OF_INDICATORS):
            label = context.label(reading.row.at(column))
            if label is not None:
                name, code = part_code(context, label)
                code = code or context.label(reading.row.cell("project_code"))
                if header.find("activity") == column:
                    _open_activity(state, name)
                else:
                    _open_project(reading, name, code)
            elif reading.row.marked.ends(column):
                state.leave()
        reading.set(project=state.name)
        return True

    return row


def _open_activity(state: ProjectState, name: Text) -> None:
    if state.name != name.text:
        state.name = name.text
        state.forget_levels()


def _open_project(reading: RowReading, name: Text, code: Text | None) -> None:
    sheet, row = reading.sheet, reading.row
    context, state = sheet.context, sheet.state
    objective, span = row.cell("objective"), row.marked.span
    is_same = state.name == name.text and state.record is not None
    if is_same and (sheet.goes_on or row.cell("budget") is not None):
        return
    if _goes_on_with_name(context, row, name, state):
        extend_name(context, state, name)
        state.extended = True
        if objective is not None and objective.text:
            continue_objective(context, state, objective, span)
        return
    start_project(context, state, name, span)
    state.forget_levels()
    known_of_project(context, state, code=code, **{one: row.figure(context, one) for one in BUDGETS})
    if objective is not None and objective.text:
        add_objectives(context, state, objective, span)


def _goes_on_with_name(context: Context, row: HeadedRow, name: Text, state: ProjectState) -> bool:
    """Whether a page cut the name above, whose rest the row has: a short one without money below one with money.

    An objective that ended above goes on with none below.
    """
    columns = [identifier for identifier in BUDGETS if row.header.find(identifier) is not None]
    if state.record is None or state.extended or not columns or len(name.text) > _LONGEST_REST:
        return False
    objective, stops = row.cell("objective"), tuple(context.lexicon.stops)
    if objective is not None and objective.text and last_objective(context, state).endswith(stops):
        return False
    above = context.records.projects[state.record]
    return above.budget is not None and all(row.figure(context, identifier) is None for identifier in columns)


def objectives(sheet: SheetReading) -> RowStep:
    """The objectives that stand beside the indicators, once where each row has them again."""
    context, state, header = sheet.context, sheet.state, sheet.panel.header
    is_of_rows = header.find("project", "activity") is not None

    def row(reading: RowReading) -> bool:
        cell = None if is_of_rows else reading.row.cell("objective")
        if cell is not None and cell.text and cell.text != last_objective(context, state):
            add_objectives(context, state, cell, reading.row.marked.span)
        return True

    return row


def levels(sheet: SheetReading) -> RowStep:
    """The classes of indicators, which merged cells state for several rows, or the cell of the name itself."""
    context, state = sheet.context, sheet.state
    is_classed = sheet.panel.header.find("level1", "level2") is not None
    is_banded = sheet.panel.header.find("level1") is None and sheet.panel.header.find("level2", "level3") is not None

    def row(reading: RowReading) -> bool:
        if is_banded and _is_class_band(reading.row):
            state.level1, state.level2 = context.label(reading.row.marked.row.cells[0]), None
            return False
        _end_classes(reading.row, state)
        _find_level1(reading)
        level1, level2 = (context.label(reading.cell(one)) for one in ("level1", "level2"))
        if level1 is not None:
            if state.level1 is None or state.level1.text != level1.text:
                state.level2 = None
            state.level1 = level1
        if level2 is not None:
            state.level2 = level2
        name = reading.value("level3")
        if name is not None and not is_classed:
            state.level1, state.level2, name = _classes(context, name)
            reading.set(level3=name)
        reading.set(level1=state.level1, level2=state.level2)
        return True

    return row


def _is_class_band(row: HeadedRow) -> bool:
    """Whether a row is a band above the rows of a class that has no column, short as labels are."""
    return row.is_across() and len(row.marked.row.cells[0].text) <= LONGEST_LABEL


def _end_classes(row: HeadedRow, state: ProjectState) -> None:
    """Forget the classes whose merged cells have ended above a row that has others, or none."""
    if row.ends("level1"):
        state.forget_levels()
    elif row.ends("level2"):
        state.level2 = None


def _find_level1(reading: RowReading) -> None:
    """The 一级指标 of a merged cell whose words stand in its middle, below the row at hand.

    The class of the 二级指标 says which it must be, and the next words in the column bear it out.
    """
    context, state, rows = reading.sheet.context, reading.sheet.state, reading.sheet.rows
    lexicon = context.lexicon
    level2 = context.label(reading.cell("level2"))
    wanted = lexicon.level1_of.get(lexicon.fold(level2.text)) if level2 is not None else None
    if wanted is None or context.label(reading.cell("level1")) is not None:
        return
    if state.level1 is not None and lexicon.fold(state.level1.text) == wanted:
        return
    below = (context.label(row.cell("level1")) for row in rows[reading.at + 1 : reading.at + _TALLEST_CELL])
    found = next((level1 for level1 in below if level1 is not None), None)
    if found is not None and lexicon.fold(found.text) == wanted:
        state.level1, state.level2 = found, None


def _classes(context: Context, name: Text) -> tuple[Text | None, Text | None, Text]:
    """The classes that one cell has in front of an indicator's name, and the name; absent where it has none."""
    match = context.lexicon.classified.match(name.text)
    if match is None:
        return None, None, name
    level1, level2 = (Text(match[level], name.span) for level in ("level1", "level2"))
    return level1, level2, Text(name.text[match.end() :], name.span)


def names(sheet: SheetReading) -> RowStep:
    """Names that are none: …… in a template that nobody filled in; the rest of a name, which stands behind it then."""
    context, state = sheet.context, sheet.state

    def row(reading: RowReading) -> bool:
        name = reading.value("level3")
        if name is None or reading.value("target") is not None:
            return True
        if not any(char.isalnum() for char in name.text):
            reading.set(level3=None)
            return True
        is_classed = any(context.label(reading.cell(one)) is not None for one in ("level1", "level2"))
        return is_classed or len(name.text) >= _SHORTEST_NAME or not _extend_indicator(context, name, state)

    return row


def horizons(sheet: SheetReading) -> RowStep:
    """The target of all the years of a project, which has a column beside that of the year: a record of its own."""
    at, places = sheet.panel.header.find("target_whole"), sheet.slices[-1].places
    if at is None or "target" not in places:
        return lambda _: True

    def row(reading: RowReading) -> bool:
        reading.set(horizon=Horizon.WHOLE)
        reading.below(Slice({**places, "target": at}, {})).emit()
        reading.set(horizon=Horizon.YEAR)
        return True

    return row


def _extend_indicator(context: Context, more: Text, state: ProjectState) -> bool:
    """Whether the rest of a name, which a line's end put into a row of its own, could be put behind the name above."""
    indicators = context.records.indicators
    last = indicators[-1] if indicators and indicators[-1].project == state.name else None
    if last is None or last.level3 is None or len(last.level3.text) > _LONGEST_NAME:
        return False
    name = Text(last.level3.text + more.text, last.level3.span)
    for at in range(len(indicators) - 1, -1, -1):
        if indicators[at].span != last.span:
            break
        indicators[at] = evolve(indicators[at], level3=name)
    return True
