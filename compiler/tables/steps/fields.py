"""项目信息: the fields of a project's own table, labels with their values beside or below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.tables.cells import bracket_unit
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.projects import (
    BUDGETS,
    ProjectState,
    add_objectives,
    extend_name,
    known_of_project,
    part_code,
    set_unit,
    start_project,
)
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Figure

_FUND_FIELDS: Final = {"BUDGET": "budget", "FISCAL": "budget_fiscal", "OTHER": "budget_other"}


def lower_fields(context: Context, panel: Panel, state: ProjectState) -> None:
    """项目信息: labels with their values beside or below them."""
    for row in panel.rows:
        if not row.is_empty():
            lower_field_row(context, row, state)


def lower_field_row(context: Context, row: MarkedRow, state: ProjectState) -> None:
    """A row of fields; one without labels of its own goes on with the field above it."""
    cells, marks = row.cells, row.marks
    labels = [at for at, mark in enumerate(marks) if mark.startswith("<")]
    if not labels:
        texts = [cell for cell, mark in zip(cells, marks, strict=True) if mark != "-"]
        _lower_continued(context, row, texts, state)
        return
    if marks[0].startswith("<"):
        state.field = marks[0][1:-1]
    pairs: dict[str, Cell] = {}
    for at in labels:
        if at + 1 < len(cells) and marks[at + 1] in ".#" and cells[at + 1].text:
            pairs.setdefault(marks[at][1:-1], cells[at + 1])
    _start_project_of_fields(context, row, pairs, state)
    if "budget" in pairs and state.again is not None:
        _start_namesake(context, state, context.figure(pairs["budget"], row.span))
    set_unit(context, state, next(filter(None, (bracket_unit(context, cells[at].text) for at in labels)), None))
    _lower_pairs(context, row, pairs, state)


def _lower_pairs(context: Context, row: MarkedRow, pairs: Mapping[str, Cell], state: ProjectState) -> None:
    """What the fields of a row say of the project."""
    money = {key: context.figure(pairs[key], row.span) for key in BUDGETS if key in pairs}
    known_of_project(context, state, **money)
    if "funds" in pairs:
        for cell, mark in zip(row.cells, row.marks, strict=True):
            if mark == ".":
                _lower_funds(context, cell, state)
    known_of_project(context, state, purpose=context.running(pairs.get("purpose")))
    objective = pairs.get("objective") or pairs.get("objective_number")
    if objective is not None:
        add_objectives(context, state, objective, row.span)


def _lower_continued(context: Context, row: MarkedRow, texts: list[Cell], state: ProjectState) -> None:
    """A row without labels of its own goes on with the field above it."""
    if len(texts) != 1:
        return
    if state.field == "funds":
        _lower_funds(context, texts[0], state)
    elif state.field == "project" and row.marks[0] == "-":
        more = context.label(texts[0])
        if more is not None:
            extend_name(context, state, more)
    elif state.field == "purpose":
        known_of_project(context, state, purpose=context.running(texts[0]))
    elif state.field == "objective":
        add_objectives(context, state, texts[0], row.span)


def _start_project_of_fields(context: Context, row: MarkedRow, pairs: dict[str, Cell], state: ProjectState) -> None:
    """A project's name or code starts its record, unless its heading did; a second name starts the next one."""
    name, code = context.label(pairs.get("project")), context.label(pairs.get("project_code"))
    if name is None and code is None:
        if "department_name" in pairs:
            state.leave()
        elif state.record is None and state.heading is not None:
            start_project(context, state, state.heading, state.heading.span)
        return
    if name is not None:
        name, own_code = part_code(context, name)
        code = code or own_code
    chosen = name or state.heading
    if chosen is None:
        return
    if state.record is None or (state.named and name is not None and name.text != state.name):
        start_project(context, state, chosen, row.span)
    elif state.named and name is not None:
        state.again = name, row.span
    projects = context.records.projects
    assert state.record is not None
    record = projects[state.record]
    if name is not None:
        record = evolve(record, name=name)
        state.name, state.named = name.text, True
    if code is not None and record.code is None:
        record = evolve(record, code=code, span=row.span)
    projects[state.record] = record
    context.records.touched += 1


def _start_namesake(context: Context, state: ProjectState, budget: Figure | None) -> None:
    """A table that names the project again but has other money is of another unit's project of the same name."""
    assert state.again is not None
    assert state.record is not None
    known = context.records.projects[state.record].budget
    if budget is not None and known is not None and budget.value != known.value:
        start_project(context, state, *state.again)
    state.again = None


def _lower_funds(context: Context, cell: Cell, state: ProjectState) -> None:
    """预算规模及资金用途 in one cell: the figures, then the purpose (`grammar/clauses/funds.lark`)."""
    figures: dict[str, Figure] = {}
    field_name = ""
    start = 0
    for token in context.parse("funds", cell.text, cell.span.start).children:
        if token.type == "PURPOSE":
            break
        start = token.end if token.type == "FIGURE" and field_name else max(start, _behind(token))
        if token.type == "FIGURE":
            figure = _fund(context, cell, token, state) if field_name else None
            if figure is not None:
                figures.setdefault(field_name, figure)
            field_name = ""
        field_name = _FUND_FIELDS.get(token.type, field_name)
    known_of_project(context, state, **figures)
    purpose = cell.text[start:].lstrip(context.lexicon.blanks + context.lexicon.stops) if figures else cell.text
    text = purpose.strip(context.lexicon.blanks)
    if text:
        known_of_project(context, state, purpose=Text(text, cell.span))


def _behind(token: BlockToken) -> int:
    """Where the purpose begins at the earliest: behind words that are none of it."""
    return token.end if token.type == "GAP" else 0 if token.type in _FUND_FIELDS else token.start


def _fund(context: Context, cell: Cell, token: BlockToken, state: ProjectState) -> Figure | None:
    """The figure of a fund; its unit is that of the project."""
    number = context.lexicon.number(token.value["number"])
    if number is None:
        return None
    unit = token.value["money"]
    set_unit(context, state, context.lexicon.money_unit(unit) if unit else None)
    at = cell.span.start + token.value.start("number")
    return Figure(number, token.value["number"], context.span(at, at + len(token.value["number"])))
