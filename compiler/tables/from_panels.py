"""What each kind of panel states: institutions, assets, procurement, activities, indicators, projects, fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from attrs import define, evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_target import Bound, normal_unit
from yusuan.compiler.tables.from_table import (
    TOTALS,
    HeadedRow,
    Panel,
    bracket_unit,
    headed_rows,
    header_unit,
    percent_of,
    without_ordinal,
)
from yusuan.compiler.tables.project_rows import part_code, spender_rows
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import (
    Activity,
    Asset,
    Figure,
    Indicator,
    Institution,
    Objective,
    ProcurementItem,
    Project,
    SpendingPlanEntry,
    Target,
)
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator

_GRADES: Final = ("grade_excellent", "grade_good", "grade_fair", "grade_poor")
_SPACE: Final = re.compile(r"\s+")
_CODE_BRACKETS: Final = "()[]"
_CODE: Final = re.compile(r"[A-Z][0-9]{2,}")
_LONGEST_NAME: Final = 60
# So long is the rest of a project's name that a page cut.
_LONGEST_REST: Final = 8
# A shorter name without a target is the rest of the one above it.
_SHORTEST_NAME: Final = 3
# How far below the words of a merged cell are looked for.
_TALLEST_CELL: Final = 30
# The labels of a project's money, which are the fields of its record.
_BUDGETS: Final = ("budget", "budget_fiscal", "budget_other")
# A row of shares starts with one, with an empty cell, or with the plan's label again.
_PLAN_ROW: Final = ("-", "#", "<plan>")


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


# --- institutions, assets, procurement --------------------------------------------------------------------------------


def lower_institutions(context: Context, panel: Panel) -> None:
    """部门机构设置情况."""
    for row in headed_rows(context, panel):
        name = context.label(row.cell("institution", "unit_word"))
        if name is None or context.lexicon.mark(name.text) == "<total>":
            continue
        context.records.institutions.append(
            Institution(
                name=name,
                nature=context.label(row.cell("nature")),
                rank=context.label(row.cell("rank")),
                funding=context.label(row.cell("funding")),
                span=row.marked.span,
            )
        )


def lower_assets(context: Context, panel: Panel) -> None:
    """固定资产占用情况表."""
    header = panel.header
    quantity = header.find("quantity")
    value = header.find("asset_value", "budget")
    item = header.find("asset_item", "item", "project")
    if item is None:
        item = max(0, (quantity or 1) - 1)
    unit = header_unit(context, panel.head) or context.money_unit
    for row in headed_rows(context, panel):
        label = context.label(row.at(item))
        if label is None or row.marked.marks[0] == "<note>":
            continue
        span = row.marked.span
        context.records.assets.append(
            Asset(
                item=without_ordinal(context, label),
                quantity=None if quantity is None else context.figure(row.at(quantity), span),
                value=None if value is None else context.figure(row.at(value), span, unit),
                unit=unit,
                span=span,
            )
        )


def lower_procurement(context: Context, panel: Panel) -> None:
    """部门政府采购预算."""
    item_column = ("item",) if panel.header.find("item") is not None else ("procurement_project",)
    project = (
        ("project", "fund_source") if "item" not in item_column else ("project", "fund_source", "procurement_project")
    )
    for row in headed_rows(context, panel):
        label = context.label(row.cell(*project))
        is_total = not TOTALS.isdisjoint(row.marked.marks[:2]) or any(
            name is not None and context.lexicon.mark(name.text[-2:]) == "<total>"
            for name in (label, context.label(row.marked.cells[0]))
        )
        item = ProcurementItem(
            is_total=is_total,
            project=(label or context.label(row.marked.cells[0])) if is_total else label,
            project_budget=row.figure(context, "fund_budget"),
            item=context.label(row.cell(*item_column)) if not is_total else None,
            catalogue_code=_catalogue_code(context, row),
            measure_unit=context.label(row.cell("measure_unit", "unit_word")),
            quantity=row.figure(context, "quantity"),
            unit_price=row.figure(context, "unit_price"),
            total=row.figure(context, *_total_column(panel)),
            general_public=row.figure(context, "general_public"),
            government_fund=row.figure(context, "government_fund"),
            state_capital=row.figure(context, "state_capital"),
            special_account=row.figure(context, "special_account"),
            other=row.figure(context, "other"),
            unit=context.money_unit,
            span=row.marked.span,
        )
        figures = (
            item.project_budget,
            item.quantity,
            item.unit_price,
            item.total,
            item.general_public,
            item.other,
        )
        if item.item is not None or any(figure is not None for figure in figures):
            context.records.procurement.append(item)


def _catalogue_code(context: Context, row: HeadedRow) -> Text | None:
    """The code of the procurement catalogue, without brackets and without the name that may follow it."""
    cell = context.label(row.cell("catalogue_code"))
    if cell is None:
        return None
    folded = context.lexicon.fold(cell.text).strip(_CODE_BRACKETS)
    code = _CODE.match(folded)
    return Text(code[0] if code else folded, cell.span)


def _total_column(panel: Panel) -> tuple[str, ...]:
    """合计 is the money of this year's budget; a header that has none states it in the column of the amount itself."""
    if panel.header.find("total") is not None:
        return ("total",)
    return ("current_budget", "procurement_amount", "budget")


# --- activities -------------------------------------------------------------------------------------------------------


def lower_activities(context: Context, panel: Panel) -> None:
    """部门职责－工作活动: duties, the activities below them, and their graded targets."""
    parent: Text | None = None
    name: Text | None = None
    outer: int | None = None
    for row in headed_rows(context, panel):
        label = context.label(row.cell("activity"))
        if label is None:
            if row.ends("activity"):
                name = None
            # A further indicator of the activity above, whose cells are merged.
            if name is not None:
                _lower_grades(context, panel, row, name, row.marked.span)
            continue
        if context.lexicon.mark(label.text) in TOTALS:
            continue
        line = context.classifier.classify(label.text, 0, len(label.text))
        name = without_ordinal(context, label)
        # The style of the first duty's number is the duties'; what is numbered otherwise is below them.
        if outer is None:
            outer = line.style
        is_duty = line.style == outer
        span = row.marked.span
        context.records.activities.append(
            Activity(
                parent=None if is_duty or parent is None else parent.text,
                name=name,
                budget=row.figure(context, "budget", "budget_year"),
                unit=context.money_unit,
                description=context.running(row.cell("content")),
                objective=context.running(row.cell("objective")),
                span=span,
            )
        )
        if is_duty:
            parent = name
        _lower_grades(context, panel, row, name, span)


def _lower_grades(context: Context, panel: Panel, row: HeadedRow, name: Text, span: Span) -> None:
    indicator = context.label(row.cell("indicator", "level3"))
    record = Indicator(name.text, None, None, indicator, None, None, None, None, None, span)
    context.records.indicators.extend(_graded(context, panel, row, record))


def _graded(context: Context, panel: Panel, row: HeadedRow, record: Indicator) -> Iterator[Indicator]:
    """An indicator once for each grade that its row states a target for."""
    for identifier in _GRADES:
        column = panel.header.find(identifier)
        cell = None if column is None else row.at(column)
        if column is None or cell is None or not cell.text:
            continue
        grade = _column_text(panel, column, context)
        for target in _targets(context, cell, None, None):
            yield evolve(record, grade=grade, target=target)


def _column_text(panel: Panel, column: int, context: Context) -> Text | None:
    """The words of a column's innermost label."""
    row = panel.head[-1]
    if row.grid is not None:
        return context.label(panel.header.cells[column][-1])
    shift = panel.header.width - len(row.cells)
    at = column - shift
    return context.label(row.cells[at]) if 0 <= at < len(row.cells) else None


# --- indicators -------------------------------------------------------------------------------------------------------


def lower_indicators(context: Context, panel: Panel, state: ProjectState, *, goes_on: bool = False) -> None:
    """绩效指标表. Where it `goes_on` behind a page, merged cells carry over."""
    header = panel.header
    if not goes_on:
        state.level1 = state.level2 = None
    project_column = header.find("project", "activity")
    if project_column is None and any("institution" in labels for labels in header.columns):
        state.leave()
    rows = list(headed_rows(context, panel))
    for at, row in enumerate(rows):
        if project_column is not None and _has_indicator(row):
            _open_project_of_row(context, row, project_column, state, goes_on=goes_on)
        objective = row.cell("objective") if project_column is None else None
        if objective is not None and objective.text and objective.text != _last_objective(context, state):
            add_objectives(context, state, objective, row.marked.span)
        _end_classes(row, state)
        _find_level1(context, rows, at, state)
        _lower_indicator(context, panel, row, state)


def _end_classes(row: HeadedRow, state: ProjectState) -> None:
    """Forget the classes whose merged cells have ended above a row that has others, or none."""
    if row.ends("level1"):
        state.level1 = state.level2 = None
    elif row.ends("level2"):
        state.level2 = None


def _find_level1(context: Context, rows: list[HeadedRow], at: int, state: ProjectState) -> None:
    """The 一级指标 of a merged cell whose words stand in its middle, below the row at hand.

    The class of the 二级指标 says which it must be, and the next words in the column bear it out.
    """
    lexicon = context.lexicon
    level2 = context.label(rows[at].cell("level2"))
    wanted = lexicon.level1_of.get(lexicon.fold(level2.text)) if level2 is not None else None
    if wanted is None or context.label(rows[at].cell("level1")) is not None:
        return
    if state.level1 is not None and lexicon.fold(state.level1.text) == wanted:
        return
    below = (context.label(row.cell("level1")) for row in rows[at + 1 : at + _TALLEST_CELL])
    found = next((level1 for level1 in below if level1 is not None), None)
    if found is not None and lexicon.fold(found.text) == wanted:
        state.level1, state.level2 = found, None


def _has_indicator(row: HeadedRow) -> bool:
    """Whether a row states an indicator or an objective; one with money alone adds up the rows of a unit."""
    cells = (row.cell(identifier) for identifier in ("level2", "level3", "indicator", "target", "value", "objective"))
    return any(cell is not None and cell.text for cell in cells)


def _open_project_of_row(context: Context, row: HeadedRow, column: int, state: ProjectState, *, goes_on: bool) -> None:
    """In a table of many projects, a row that names one starts it; the rows below belong to it.

    Where it `goes_on` behind a page, the first row may name the project at hand again.
    """
    label = context.label(row.at(column))
    if label is None:
        if row.marked.ends(column):
            state.leave()
        return
    name, code = part_code(context, label)
    if row.header.find("activity") == column:
        if state.name != name.text:
            state.name = name.text
            state.level1 = state.level2 = None
        return
    objective = row.cell("objective")
    span = row.marked.span
    is_same = state.name == name.text and state.record is not None
    if is_same and (goes_on or row.cell("budget") is not None):
        return
    if _goes_on_with_name(context, row, name, state):
        _extend_name(context, state, name)
        state.extended = True
        if objective is not None and objective.text:
            _continue_objective(context, state, objective, span)
        return
    start_project(context, state, name, span)
    state.level1 = state.level2 = None
    _set(context, state, code=code, **{identifier: row.figure(context, identifier) for identifier in _BUDGETS})
    if objective is not None and objective.text:
        add_objectives(context, state, objective, span)


def _lower_indicator(context: Context, panel: Panel, row: HeadedRow, state: ProjectState) -> None:
    level1 = context.label(row.cell("level1"))
    level2 = context.label(row.cell("level2"))
    if level1 is not None:
        if state.level1 is None or state.level1.text != level1.text:
            state.level2 = None
        state.level1 = level1
    if level2 is not None:
        state.level2 = level2
    level3 = context.label(row.cell("level3", "indicator"))
    if level3 is not None and row.header.find("level1", "level2") is None:
        level1, level2, level3 = _classes(context, level3)
        state.level1, state.level2 = level1, level2
    operator, value = row.cell("operator", "nature"), row.cell("target", "value")
    if row.header.find("target") is not None and row.header.find("value") is not None:
        value = row.cell("value")
    unit = row.cell("unit", "measure_unit", "unit_word")
    targets = list(_targets(context, value, operator, unit))
    if level3 is not None and not targets:
        if not any(char.isalnum() for char in level3.text):
            # …… stands for a name in a template that nobody filled in.
            level3 = None
        elif (
            level1 is level2 is None and len(level3.text) < _SHORTEST_NAME and _extend_indicator(context, level3, state)
        ):
            return
    if level3 is None and not targets:
        return
    record = Indicator(
        project=state.name,
        level1=state.level1,
        level2=state.level2,
        level3=level3,
        description=context.label(row.cell("description")),
        grade=None,
        target=None,
        basis=context.label(row.cell("basis")),
        weight=row.figure(context, "weight"),
        span=row.marked.span,
    )
    graded = list(_graded(context, panel, row, record)) if not targets else []
    context.records.indicators.extend(graded or [evolve(record, target=target) for target in targets] or [record])


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


def _classes(context: Context, name: Text) -> tuple[Text | None, Text | None, Text]:
    """The classes that one cell has in front of an indicator's name, and the name; absent where it has none."""
    match = context.lexicon.classified.match(name.text)
    if match is None:
        return None, None, name
    level1, level2 = (Text(match[level], name.span) for level in ("level1", "level2"))
    return level1, level2, Text(name.text[match.end() :], name.span)


def _targets(context: Context, value: Cell | None, operator: Cell | None, unit: Cell | None) -> Iterator[Target]:
    """The targets that the cells of a row state, together or apart."""
    words = context.lexicon
    parts = [cell for cell in (operator, value, unit) if cell is not None and cell.text]
    described = [cell for cell in parts if cell is not value and words.fold(cell.text) in words.qualitative]
    stated = [cell for cell in parts if cell not in described]
    if operator in described and value in stated:
        # 定性, 良, 其他: what is told in words has no unit.
        stated = [cell for cell in stated if cell is not unit]
    if not stated:
        return
    text = "".join(_SPACE.sub(" ", cell.text).strip() if cell is not value else cell.text for cell in stated)
    span = (
        stated[0].span
        if len(stated) == 1
        else context.span(min(cell.span.start for cell in stated), max(cell.span.end for cell in stated))
    )
    if described:
        yield Target(text, Operator.QUALITATIVE, None, None, None, span)
        return
    longest = max(stated, key=lambda cell: len(cell.text))
    bounds = context.bounds(text, longest.span.start)
    if bounds is None:
        context.diagnostics.append(codes.UNREAD_TARGET.at(span, target=text[:_LONGEST_NAME]))
        bounds = (Bound(text, Operator.QUALITATIVE),)
    only = unit if unit is not None and unit in stated and len(bounds) == 1 else None
    for bound in bounds:
        written = bound.text if len(bounds) > 1 else text
        own = normal_unit(only.text, words) if only is not None and bound.value is not None else bound.unit
        yield Target(written, bound.operator, bound.value, bound.upper, own, span)


# --- a project a row --------------------------------------------------------------------------------------------------


def lower_projects(context: Context, panel: Panel, state: ProjectState, *, goes_on: bool = False) -> None:
    """重点项目绩效目标表: a project a row, with its money and objectives; a row of neither name nor money goes on.

    Totals, and rows that only name who spends the money below, are no projects. A row without objectives is one where
    the sums of the table tell that it is none of those.
    """
    if not goes_on:
        state.leave()
    context.money_unit = header_unit(context, panel.head) or context.money_unit
    fiscal = _fiscal_column(panel)
    rows = list(headed_rows(context, panel))
    projects = _summed_projects(context, rows)
    for at, row in enumerate(rows):
        name = context.label(row.cell(*_NAMES_OF_PROJECTS))
        objective = row.cell("objective")
        if objective is None or (at not in projects and not any(char.isalnum() for char in objective.text)):
            continue
        if name is None:
            _continue_objective(context, state, objective, row.marked.span)
        elif context.lexicon.mark(name.text) not in TOTALS:
            span = row.marked.span
            name, code = part_code(context, without_ordinal(context, name))
            start_project(context, state, name, span)
            _set(
                context,
                state,
                code=code,
                budget=row.figure(context, *_MONEY_OF_PROJECTS),
                budget_fiscal=None if fiscal is None else context.figure(row.at(fiscal), span),
                budget_other=row.figure(context, "budget_other"),
            )
            if objective.text:
                add_objectives(context, state, objective, span)


# The labels of the column that names the project of a row, and of its money.
_NAMES_OF_PROJECTS: Final = ("project", "project_class", "asset_item", "item")
_MONEY_OF_PROJECTS: Final = ("budget", "grand_total", "total")


def _summed_projects(context: Context, rows: list[HeadedRow]) -> frozenset[int]:
    """The places of the rows that are projects by the sums of their table; none where those do not tell."""
    named: dict[int, Decimal] = {}
    total: Decimal | None = None
    for at, row in enumerate(rows):
        name = context.label(row.cell(*_NAMES_OF_PROJECTS))
        cell = row.cell(*_MONEY_OF_PROJECTS)
        money = None if cell is None else context.lexicon.number(cell.text)
        if name is None or money is None:
            continue
        if context.lexicon.mark(name.text) not in TOTALS:
            named[at] = money
        elif total is None and not named:
            total = money
    spenders = None if total is None else spender_rows(list(named.values()), total)
    if spenders is None:
        return frozenset()
    return frozenset(at for place, at in enumerate(named) if place not in spenders)


def lower_project_sheet(context: Context, panel: Panel, state: ProjectState) -> None:
    """项目支出表: a project a row, with its money.

    Where the sheet says what each project is, a row that says nothing of it names a unit, or a kind of project.
    """
    state.leave()
    context.money_unit = header_unit(context, panel.head) or context.money_unit
    fiscal = _fiscal_column(panel)
    is_described = panel.header.find("content") is not None
    for row in headed_rows(context, panel):
        label, content = context.label(row.cell("project")), row.cell("content")
        if label is None or context.lexicon.mark(label.text) in TOTALS:
            continue
        if is_described and (content is None or not content.text):
            continue
        budget = row.figure(context, *_MONEY_OF_PROJECTS)
        if budget is None:
            continue
        span = row.marked.span
        name, code = part_code(context, without_ordinal(context, label))
        start_project(context, state, name, span)
        _set(context, state, code=code, budget=budget)
        money = None if fiscal is None else context.figure(row.at(fiscal), span)
        other = row.figure(context, "budget_other", "other")
        if money is not None and money.value + (other.value if other is not None else 0) == budget.value:
            # Else there is money of further columns: 财政专户, 上年结转.
            _set(context, state, budget_fiscal=money, budget_other=other)
    state.leave()


def _fiscal_column(panel: Panel) -> int | None:
    """The column of the fiscal money: 财政拨款, or 合计 below it."""
    columns = panel.header.columns
    within = (at for at, labels in enumerate(columns) if labels[:1] == ("budget_fiscal",))
    return next((at for at in within if len(columns[at]) == 1 or columns[at][-1] in ("total", "budget_fiscal")), None)


def _continue_objective(context: Context, state: ProjectState, cell: Cell, span: Span) -> None:
    """Join what stands behind a page to the project's objective before it; where it has none so far, it is one."""
    objectives = context.records.objectives
    if state.record is None:
        return
    if not state.objectives:
        add_objectives(context, state, cell, span)
    else:
        last = objectives[-1]
        objectives[-1] = evolve(last, text=Text(last.text.text + cell.text, last.text.span))


# --- a project's own fields -------------------------------------------------------------------------------------------


def start_project(context: Context, state: ProjectState, name: Text, span: Span) -> None:
    """Start the record of a project."""
    state.name = name.text
    state.record = len(context.records.projects)
    state.extended = False
    state.objectives = 0
    context.records.projects.append(Project(name, None, None, None, None, context.money_unit, None, span))


def _set(context: Context, state: ProjectState, **fields: Any) -> None:
    """Set what is now known of the project; what it already has stays."""
    if state.record is None:
        return
    projects = context.records.projects
    record = projects[state.record]
    fresh = {key: value for key, value in fields.items() if value is not None and getattr(record, key) is None}
    if fresh:
        if record.unit is None and not fresh.keys().isdisjoint(_BUDGETS):
            # The caption may stand behind the heading that started the project.
            fresh["unit"] = context.money_unit
        projects[state.record] = evolve(record, **fresh)
        context.records.touched += 1


def lower_fields(context: Context, panel: Panel, state: ProjectState) -> None:
    """项目信息: labels with their values beside or below them."""
    for row in panel.rows:
        if not row.is_empty():
            _lower_field_row(context, row, state)


def _lower_field_row(context: Context, row: MarkedRow, state: ProjectState) -> None:
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
    span = row.span
    if "budget" in pairs and state.again is not None:
        _start_namesake(context, state, context.figure(pairs["budget"], span))
    unit = next(filter(None, (bracket_unit(context, cells[at].text) for at in labels)), None)
    if unit is not None:
        _set_unit(context, state, unit)
    _set(context, state, **{key: context.figure(pairs[key], span) for key in _BUDGETS if key in pairs})
    if "funds" in pairs:
        for cell, mark in zip(cells, marks, strict=True):
            if mark == ".":
                _lower_funds(context, cell, state)
    if "purpose" in pairs:
        _set(context, state, purpose=context.running(pairs["purpose"]))
    for identifier in ("objective", "objective_number"):
        if identifier in pairs:
            numbered = pairs[identifier]
            add_objectives(context, state, numbered, span)
            break


def _lower_continued(context: Context, row: MarkedRow, texts: list[Cell], state: ProjectState) -> None:
    """A row without labels of its own goes on with the field above it."""
    if len(texts) != 1:
        return
    if state.field == "funds":
        _lower_funds(context, texts[0], state)
    elif state.field == "project" and row.marks[0] == "-":
        more = context.label(texts[0])
        if more is not None:
            _extend_name(context, state, more)
    elif state.field == "purpose":
        _set(context, state, purpose=context.running(texts[0]))
    elif state.field == "objective":
        add_objectives(context, state, texts[0], row.span)


def _goes_on_with_name(context: Context, row: HeadedRow, name: Text, state: ProjectState) -> bool:
    """Whether a page cut the name above, whose rest the row has: a short one without money below one with money.

    An objective that ended above goes on with none below.
    """
    columns = [identifier for identifier in _BUDGETS if row.header.find(identifier) is not None]
    if state.record is None or state.extended or not columns or len(name.text) > _LONGEST_REST:
        return False
    objective = row.cell("objective")
    if (
        objective is not None
        and objective.text
        and _last_objective(context, state).endswith(tuple(context.lexicon.stops))
    ):
        return False
    above = context.records.projects[state.record]
    return above.budget is not None and all(row.figure(context, identifier) is None for identifier in columns)


def _extend_name(context: Context, state: ProjectState, more: Text) -> None:
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


def _set_unit(context: Context, state: ProjectState, unit: str) -> None:
    if state.record is not None:
        projects = context.records.projects
        projects[state.record] = evolve(projects[state.record], unit=unit)


def _lower_funds(context: Context, cell: Cell, state: ProjectState) -> None:
    """预算规模及资金用途 in one cell: the figures, then the purpose (`grammar/clauses/funds.lark`)."""
    tree = context.parse("funds", cell.text, cell.span.start)
    figures: dict[str, Figure] = {}
    start = 0
    field_name = ""
    for child in tree.children:
        token: BlockToken = child
        if token.type in _FUND_FIELDS:
            field_name = _FUND_FIELDS[token.type]
        elif token.type == "FIGURE" and field_name:
            number = context.lexicon.number(token.value["number"])
            if number is not None:
                at = cell.span.start + token.value.start("number")
                span = context.span(at, at + len(token.value["number"]))
                figures.setdefault(field_name, Figure(number, token.value["number"], span))
                unit = token.value["money"]
                if unit:
                    _set_unit(context, state, context.lexicon.money_unit(unit))
            field_name = ""
            start = token.end
        elif token.type == "PURPOSE":
            break
        elif token.type == "GAP":
            start = max(start, token.end)
        else:
            start = max(start, token.start)
    purpose = cell.text
    if figures:
        purpose = cell.text[start:].lstrip(context.lexicon.blanks + context.lexicon.stops)
    _set(context, state, **figures)
    text = purpose.strip(context.lexicon.blanks)
    if text:
        _set(context, state, purpose=Text(text, cell.span))


_FUND_FIELDS: Final = {"BUDGET": "budget", "FISCAL": "budget_fiscal", "OTHER": "budget_other"}


def lower_plan(context: Context, panel: Panel, state: ProjectState) -> None:
    """资金支出计划: the months of the header, and below them the cumulative shares."""
    months = context.lexicon.label_patterns["month"]
    columns: list[tuple[int, int]] = []
    head = panel.head[0]
    for at, (cell, mark) in enumerate(zip(head.cells, head.marks, strict=True)):
        if mark == "<month>":
            match = months.fullmatch(context.lexicon.fold(cell.text))
            if match:
                columns.append((at, _month(context, match)))
    for at, month in columns:
        if at + 1 < len(head.cells) and head.marks[at + 1] == "#":
            _append_share(context, state, month, head.cells[at + 1], head.span)
    for row in panel.rows:
        if row.is_empty():
            continue
        if "#" not in row.marks or any(mark.startswith("<") for mark in row.marks[1:]) or row.marks[0] not in _PLAN_ROW:
            _lower_field_row(context, row, state)
            continue
        shares = [cell for cell, mark in zip(row.cells, row.marks, strict=True) if mark == "#"]
        if len(shares) == len(columns):
            # A share a month: an empty cell too many at a row's end shifts nothing.
            for cell, (_, month) in zip(shares, columns, strict=True):
                _append_share(context, state, month, cell, row.span)
            continue
        shift = len(head.cells) - len(row.cells)
        for at, month in columns:
            if 0 <= at - shift < len(row.cells):
                _append_share(context, state, month, row.cells[at - shift], row.span)


def _append_share(context: Context, state: ProjectState, month: int, cell: Cell, row: Span) -> None:
    figure = percent_of(context, cell, row)
    if figure is not None:
        context.records.spending_plan.append(SpendingPlanEntry(state.name, month, figure, row))


def _month(context: Context, match: re.Match[str]) -> int:
    """The month that a column is of; a quarter ends with its third month."""
    if match["month"]:
        return int(match["month"])
    return 3 * (context.lexicon.numeral(match["quarter"]) or 0)


# --- objectives -------------------------------------------------------------------------------------------------------


def add_objectives(context: Context, state: ProjectState, cell: Cell, span: Span) -> None:
    """The objectives that a cell states: one, or a numbered list (`grammar/clauses/listing.lark`)."""
    for text in split_listing(context, cell, state.objectives + 1):
        state.objectives += 1
        context.records.objectives.append(Objective(state.name, state.objectives, text, span))


def _ordinal(token: BlockToken) -> str:
    return token.value["circled"] or token.value["number"] or ""


def _last_objective(context: Context, state: ProjectState) -> str:
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
