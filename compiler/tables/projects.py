"""The project that the tables at hand speak of: its record while it becomes known, and its objectives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import define, evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Objective, Project
from yusuan.ir.source import Span

BUDGETS: Final = ("budget", "budget_fiscal", "budget_other")
"""The labels of a project's money, which are the fields of its record."""


@define(slots=True)
class ProjectState:
    """The project that the tables at hand speak of.

    Attributes:
        heading: the name in the heading of its table.
        record: the place of its record, absent until something of it is known.
        name: its name, absent for the whole department.
        named: whether a field of its table has named it.
        again: the row that names it once more: a page's head, or another project of the same name.
        extended: whether a row below had the rest of its name.
        objectives: how many objectives it has so far.
        level1: the 一级指标 that the next row may leave out.
        level2: the 二级指标 likewise.
        field: the label of the field that a row without one goes on with.
    """

    heading: Text | None = None
    record: int | None = None
    name: str | None = None
    named: bool = False
    again: tuple[Text, Span] | None = None
    extended: bool = False
    objectives: int = 0
    level1: Text | None = None
    level2: Text | None = None
    field: str = ""

    def leave(self) -> None:
        """What follows is of the whole department."""
        self.heading = self.record = self.name = self.again = None
        self.named = self.extended = False
        self.objectives = 0

    def forget_levels(self) -> None:
        """The next row says its classes of indicators itself."""
        self.level1 = self.level2 = None


def start_project(context: Context, state: ProjectState, name: Text, span: Span) -> None:
    """Start the record of a project."""
    state.name = name.text
    state.record = len(context.records.projects)
    state.extended = False
    state.objectives = 0
    context.records.projects.append(Project(name, None, None, None, None, context.money_unit, None, span))


def known_of_project(context: Context, state: ProjectState, **fields: Any) -> None:
    """Set what is now known of the project; what it already has stays."""
    if state.record is None:
        return
    projects = context.records.projects
    record = projects[state.record]
    fresh = {key: value for key, value in fields.items() if value is not None and getattr(record, key) is None}
    if fresh:
        if record.unit is None and not fresh.keys().isdisjoint(BUDGETS):
            # The caption may stand behind the heading that started the project.
            fresh["unit"] = context.money_unit
        projects[state.record] = evolve(record, **fresh)
        context.records.touched += 1


def set_unit(context: Context, state: ProjectState, unit: str | None) -> None:
    """Set the unit of the project's money, whatever it was."""
    if state.record is not None and unit is not None:
        projects = context.records.projects
        projects[state.record] = evolve(projects[state.record], unit=unit)


def extend_name(context: Context, state: ProjectState, more: Text) -> None:
    """Put the rest of a project's name, which stands below, behind it, wherever it is told already."""
    records = context.records
    if state.record is None or state.name is None:
        return
    short, name = state.name, records.projects[state.record].name
    state.name = short + more.text
    records.projects[state.record] = evolve(records.projects[state.record], name=Text(state.name, name.span))
    told: list[list[Any]] = [records.indicators, records.objectives, records.spending_plan]
    for rows in told:
        for at in range(len(rows) - 1, -1, -1):
            if rows[at].project != short:
                break
            rows[at] = evolve(rows[at], project=state.name)


def part_code(context: Context, label: Text) -> tuple[Text, Text | None]:
    """The name of a project without the code in front of it, and the code; absent where the cell has none."""
    coded = context.pattern("line", "PROJECT_CODE").match(label.text)
    if coded is None:
        return label, None
    return Text(label.text[coded.end() :], label.span), Text(coded["code"], label.span)


# --- objectives -------------------------------------------------------------------------------------------------------


def add_objectives(context: Context, state: ProjectState, cell: Cell, span: Span) -> None:
    """The objectives that a cell states: one, or a numbered list (`grammar/clauses/listing.lark`)."""
    for text in split_listing(context, cell, state.objectives + 1):
        state.objectives += 1
        context.records.objectives.append(Objective(state.name, state.objectives, text, span))


def continue_objective(context: Context, state: ProjectState, cell: Cell, span: Span) -> None:
    """Join what stands behind a page to the project's objective before it; where it has none so far, it is one."""
    objectives = context.records.objectives
    if state.record is None:
        return
    if not state.objectives:
        add_objectives(context, state, cell, span)
    else:
        last = objectives[-1]
        objectives[-1] = evolve(last, text=Text(last.text.text + cell.text, last.text.span))


def last_objective(context: Context, state: ProjectState) -> str:
    """The objective that stands last, which a table behind a page may tell again; empty where it is of another."""
    known = context.records.objectives[-1:]
    return known[0].text.text if known and known[0].project == state.name else ""


def split_listing(context: Context, cell: Cell, following: int = 1) -> Iterator[Text]:
    """The items of a list in one cell, `；` before the next number belonging to neither; else the cell as it is.

    A list starts with 1, or goes on with the number `following` the items of the cells before.
    """
    tree = context.parse("listing", cell.text, cell.span.start)
    items = [child for child in tree.children if not isinstance(child, BlockToken)]
    numbers = [context.lexicon.numeral(_ordinal(item.children[0])) for item in items]
    lead = "".join(
        cell.text[child.start : child.end] for child in tree.children if isinstance(child, BlockToken)
    ).strip(context.lexicon.blanks)
    if lead and lead[-1] in context.lexicon.introducing:
        # 总体要求如下：1、…；2、… introduces the list and is no objective.
        lead = ""
    in_sequence = any(numbers == list(range(first, first + len(items))) for first in {1, following})
    if not in_sequence or not items or lead:
        yield Text(cell.text, cell.span)
        return
    for item in items:
        tokens = item.children[1:]
        if not tokens:
            continue
        raw = cell.text[tokens[0].start : tokens[-1].end]
        text = raw.strip(context.lexicon.blanks)
        if item is not items[-1]:
            text = context.lexicon.without_separators(text)
        if text:
            start = cell.span.start + tokens[0].start + len(raw) - len(raw.lstrip(context.lexicon.blanks))
            yield Text(text, context.span(start, min(start + len(text), cell.span.end)))


def _ordinal(token: BlockToken) -> str:
    return token.value["circled"] or token.value["number"] or ""
