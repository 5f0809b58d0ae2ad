"""What kinds of sheets state beyond their cells: steps that a declaration names, in its order.

A step sees a row before it becomes a record: it says what a column holds, adds records of other kinds, or keeps the row
from becoming one. A kind whose rows are no rows of columns has a function for the whole panel instead (`lowering`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.projects import ProjectState
from yusuan.compiler.tables.sheets import SheetReading, Step, lower_sheet
from yusuan.compiler.tables.steps import activities, expenses, fields, indicators, plans, projects

STEPS: Final[Mapping[str, Step]] = {
    "duties": activities.duties,
    "project_of_row": indicators.project_of_row,
    "objectives": indicators.objectives,
    "levels": indicators.levels,
    "names": indicators.names,
    "horizons": indicators.horizons,
    "listed_projects": projects.listed_projects,
    "projects_with_money": projects.projects_with_money,
}
"""The steps by the names that declarations call them by."""

LOWERINGS: Final[Mapping[str, Callable[[Context, Panel, ProjectState], None]]] = {
    "expenses": expenses.lower_expenses,
    "fields": fields.lower_fields,
    "plan": plans.lower_plan,
}
"""The functions for whole panels likewise."""


def lower_panel(context: Context, panel: Panel, state: ProjectState, *, goes_on: bool) -> None:
    """Lower a panel as its kind is declared; where it `goes_on` behind a page, merged cells carry over."""
    kind = panel.kind
    while kind:
        declaration = context.language.declared[kind]
        if declaration.lowering:
            LOWERINGS[declaration.lowering](context, panel, state)
        else:
            sheet = SheetReading(context, panel, declaration, state, goes_on)
            lower_sheet(sheet, [STEPS[name] for name in declaration.steps])
        kind = declaration.also
