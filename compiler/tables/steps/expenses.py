"""“三公”经费预算表: one expense a row, or one a column, of years and of whose money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.lexer import region_lexer
from yusuan.compiler.tables.cells import header_unit, percent_of, without_ordinal
from yusuan.compiler.tables.headed import TOTALS, HeadedRow, headed_rows
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.projects import ProjectState
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import Amount, Figure
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Basis, Concept, Measure, Role, Scope


def lower_expenses(context: Context, panel: Panel, state: ProjectState) -> None:  # noqa: ARG001
    """“三公”经费预算表: one expense a row, or one a column."""
    before = len(context.records.amounts)
    context.money_unit = header_unit(context, panel.head) or context.money_unit
    _lower_expenses(context, panel)
    if context.money_unit is None and len(context.records.amounts) > before:
        _infer_unit(context, before)


def _infer_unit(context: Context, first: int) -> None:
    """A table that states no unit has that of the amounts told before it; said in a diagnostic."""
    amounts = context.records.amounts
    unit = next((amount.unit for amount in reversed(amounts[:first]) if amount.unit), None)
    context.diagnostics.append(
        codes.TABLE_WITHOUT_UNIT.at(amounts[first].span, "taken" if unit else "none", unit=unit or "")
    )
    amounts[first:] = [evolve(amount, unit=unit, unit_inferred=unit is not None) for amount in amounts[first:]]


def _lower_expenses(context: Context, panel: Panel) -> None:
    if any(mark.startswith("<expense_overseas") for row in panel.head for mark in row.marks):
        _lower_expense_columns(context, panel)
        return
    rows = [(row, _expense_of(context, row)) for row in panel.rows if not row.is_empty()]
    known = [(row, concept) for row, concept in rows if concept is not None]
    if context.role is not Role.THREE_PUBLIC and sum(concept in _EXPENSES for _, concept in known) < 3:
        return
    for row, concept in known:
        for column, labels in enumerate(panel.header.columns):
            if row.place(column) is not None and labels:
                _append_expense(context, panel, row, column, concept)


_EXPENSES: Final = frozenset(
    {
        Concept.OVERSEAS_TRAVEL_EXPENSE,
        Concept.OFFICIAL_VEHICLE_EXPENSE,
        Concept.VEHICLE_PURCHASE_EXPENSE,
        Concept.VEHICLE_OPERATION_EXPENSE,
        Concept.OFFICIAL_RECEPTION_EXPENSE,
        Concept.THREE_PUBLIC_EXPENSE,
    }
)
# What is shown beside the 三公 expenses.
_SHOWN_AS_EXPENSES: Final = _EXPENSES | {Concept.MEETING_EXPENSE, Concept.TRAINING_EXPENSE, Concept.OPERATING_EXPENSE}
# The columns that say what of a budget became of it.
_STAGES: Final = {"outturn": Basis.OUTTURN, "final_accounts": Basis.FINAL}
# The columns that say by whose money an expense is paid.
_FUNDS: Final = {
    "general_public": Scope.GENERAL_PUBLIC,
    "government_fund": Scope.GOVERNMENT_FUND,
    "state_capital": Scope.STATE_CAPITAL,
}


def _expense_of(context: Context, row: MarkedRow) -> Concept | None:
    """The expense that a row is about: by the first label among its first cells, else by its first words."""
    table = context.concepts.table
    for mark in row.marks[:2]:
        if mark in table:
            return table[mark]
    for cell, mark in zip(row.cells[:2], row.marks[:2], strict=True):
        label = context.label(cell) if mark == "." else None
        if label is not None:
            concept = context.name(without_ordinal(context, label).text).concept
            return concept if concept in _SHOWN_AS_EXPENSES else None
    return None


def _append_expense(context: Context, panel: Panel, row: MarkedRow, column: int, concept: Concept) -> None:
    cell, named = _cell_at(row, column), panel.header.columns[column][-1]
    measure, back = _GROUPS.get(named, (Measure.AMOUNT, 0))
    period = _years_back(context, back)
    year = _year_above(context, panel, column)
    if named == "year":
        period = _year_of_column(context, panel, column)
    elif named in _STAGES or (named == "budget" and year is not None):
        period = _spent_in(context, panel, year) if named in _STAGES else year
    elif named not in ("budget", "total", *_GROUPS, *_FUNDS) or (
        named in ("budget", "budget_year") and panel.header.find("year") is not None
    ):
        return
    label = next(
        (context.label(known) for known, mark in zip(row.cells, row.marks, strict=True) if mark[0] in "<."), None
    )
    figure = _change_in_words(context, cell) if measure is Measure.CHANGE and cell is not None else None
    figure = figure or context.figure(cell, row.span)
    if figure is not None:
        amount = _amount(context, _Expense(concept, label, _FUNDS.get(named)), (measure, period), figure, row.span)
        if measure is Measure.CHANGE:
            amount = evolve(amount, percent=_change_percent(context, panel, row))
        if named in _STAGES:
            amount = evolve(amount, basis=_STAGES[named])
        context.records.amounts.append(amount)


def _year_above(context: Context, panel: Panel, column: int) -> int | None:
    """The year that a cell above a column's own label names; absent where none does."""
    header = panel.header
    if not header.cells:
        return None
    labelled = list(zip(header.columns[column], header.cells[column], strict=True))[:-1]
    return next((_year(context, cell) for label, cell in reversed(labelled) if label == "year"), None)


def _spent_in(context: Context, panel: Panel, year: int | None) -> int | None:
    """The year of a column of what was spent: none but the last year of the header, which is budgeted, wherever the
    cells above, whose widths a text has lost, seem to stand; the year before where the header names none.
    """
    cells = (cell for row in panel.head for cell, mark in zip(row.cells, row.marks, strict=True) if mark == "<year>")
    *earlier, last = sorted({known for cell in cells if (known := _year(context, cell)) is not None}) or (None,)
    if year is None or not earlier:
        return year if year is not None else _years_back(context, 1)
    return earlier[-1] if year == last else year


def _change_percent(context: Context, panel: Panel, row: MarkedRow) -> Figure | None:
    """The change in per cent, where the row has a column of it."""
    column = panel.header.find("change_percent")
    cell = None if column is None else _cell_at(row, column)
    return percent_of(context, cell, row.span) if cell is not None and cell.text else None


def _cell_at(row: MarkedRow, column: int) -> Cell | None:
    place = row.place(column)
    return None if place is None else row.cells[place]


def _change_in_words(context: Context, cell: Cell) -> Figure | None:
    """A change that its cell states in words: 减少0.20, 持平."""
    if not cell.text or context.lexicon.number(cell.text) is not None:
        return None
    falls = False
    figure: Decimal | None = None
    tokens = list(region_lexer(context.language, "amount").lex(cell.text))
    for at, token in enumerate(tokens):
        if token.type in ("DOWN", "DOWN_MISTYPED", "MINUS"):
            falls = True
        elif token.type == "FLAT":
            figure = Decimal(0)
        elif token.type == "NUMBER" and (at + 1 == len(tokens) or tokens[at + 1].type != "PERCENT"):
            figure = context.lexicon.number(cell.text[token.start : token.end])
        if figure is not None:
            # The change in money comes first; 下降20% behind it is another.
            return Figure(figure.copy_negate() if falls and figure else figure, cell.text, cell.span)
    return None


def _year_of_column(context: Context, panel: Panel, column: int) -> int | None:
    """The year that a column's header names: in the header's last row that has one there."""
    if all(row.grid is not None for row in panel.head):
        header = zip(panel.header.columns[column], panel.header.cells[column], strict=True)
        years = [_year(context, cell) for label, cell in header if label == "year"]
        return years[-1] if years else context.fiscal_year
    for row in reversed(panel.head):
        at = column - (panel.header.width - len(row.cells))
        for place in (column, at):
            if 0 <= place < len(row.cells) and row.marks[place] == "<year>":
                return _year(context, row.cells[place])
    return context.fiscal_year


def _year(context: Context, cell: Cell) -> int | None:
    """The year that a cell names as its label: 2020年预算数; absent where it names none."""
    match = context.lexicon.label_patterns["year"].fullmatch(context.lexicon.fold(cell.text))
    return int(match[1]) if match else None


def _lower_expense_columns(context: Context, panel: Panel) -> None:
    """One expense a column. The first row with figures is the total; the rows below break it down by unit.

    Rows may be years instead, and their change; columns may be parted by whose money they are of.
    """
    rows = [row for row in headed_rows(context, panel) if "#" in row.marked.marks]
    columns = _expense_columns(context, panel)
    if any("<year>" in row.marked.marks[:2] for row in rows):
        _lower_expense_years(context, columns, rows)
        return
    for row in rows[:1]:
        places: dict[tuple[Concept, Scope | None], list[_ExpenseColumn]] = {}
        for column in columns:
            places.setdefault((column.expense.concept, column.expense.scope), []).append(column)
        for group, at in _column_groups(context, row, list(places.values())):
            for same in places.values():
                if at < len(same):
                    _append_column(context, row, same[at], group)


def _lower_expense_years(context: Context, columns: list[_ExpenseColumn], rows: list[HeadedRow]) -> None:
    """The rows of a unit are years and their change; the unit's name may stand in front of the first."""
    named = False
    for row in rows:
        marks, cells = row.marked.marks, row.marked.cells
        at = 0 if marks[0] in ("<year>", "<change>") else 1
        if at and marks[0] != "-":
            if named:
                # The first unit is the whole department; the next ones are its parts.
                return
            named = True
        year = _year(context, cells[at])
        if year is None and marks[at] != "<change>":
            continue
        group = (Measure.CHANGE, context.fiscal_year) if year is None else (Measure.AMOUNT, year)
        for column in columns:
            _append_column(context, row, column, group)


_Group = tuple[Measure, int | None]
"""What a group of columns is of: the measure, and the year."""


@frozen(slots=True)
class _Expense:
    """An expense.

    Attributes:
        concept: which.
        label: the words of its row, or of its header.
        scope: whose money it is paid by; absent where no label says so.
    """

    concept: Concept
    label: Text | None
    scope: Scope | None = None


@frozen(slots=True)
class _ExpenseColumn:
    """A column of one expense.

    Attributes:
        column: its place.
        expense: what it is of.
        group: what a label above states; absent without one.
    """

    column: int
    expense: _Expense
    group: _Group | None


def _expense_columns(context: Context, panel: Panel) -> list[_ExpenseColumn]:
    """The columns that are about an expense. 小计 is of the expense above it; 合计 beside 三公经费 adds up more; what
    words that are no label name below an expense is a part of it.
    """
    table = context.concepts.table
    header = panel.header
    is_part = any("expense_total" in labels for labels in header.columns)
    columns = []
    for column, (labels, cells) in enumerate(zip(header.columns, header.cells, strict=True)):
        words = next((cell for cell in reversed(header.above[column]) if cell.text), None)
        if words is not None and words not in cells:
            group = _group(context, labels[0], cells[0]) if labels else None
            columns += _worded_column(context, column, words, group)
            continue
        named = [at for at, label in enumerate(labels) if f"<{label}>" in table]
        own = [at for at in named if f"<{labels[at]}>" not in TOTALS]
        if own or (named and not is_part):
            at = own[-1] if own else named[-1]
            concept, label = table[f"<{labels[at]}>"], context.label(cells[at])
            group = _group(context, labels[0], cells[0])
            columns.append(_ExpenseColumn(column, _Expense(concept, label, _FUNDS.get(labels[-1])), group))
    return columns


def _worded_column(context: Context, column: int, cell: Cell, group: _Group | None) -> list[_ExpenseColumn]:
    """A column by the words of its own that are no label, as 购置费 below 公务用车; none where they name no expense."""
    label = context.label(cell)
    concept = None if label is None else context.name(label.text).concept
    if concept is None or concept not in _SHOWN_AS_EXPENSES:
        return []
    return [_ExpenseColumn(column, _Expense(concept, label), group)]


def _group(context: Context, label: str, cell: Cell) -> _Group | None:
    """What a label above several columns says of them: a year, 上年, 当年, or the change."""
    if label == "year":
        year = _year(context, cell)
        return None if year is None else (Measure.AMOUNT, year)
    if label not in _GROUPS:
        return None
    measure, back = _GROUPS[label]
    return measure, _years_back(context, back)


def _years_back(context: Context, years: int) -> int | None:
    return None if context.fiscal_year is None else context.fiscal_year - years


def _append_column(context: Context, row: HeadedRow, column: _ExpenseColumn, group: _Group) -> None:
    figure = context.figure(row.at(column.column), row.marked.span)
    if figure is not None:
        context.records.amounts.append(_amount(context, column.expense, group, figure, row.marked.span))


# What groups of columns can be: measure and years back.
_GROUPS: Final = {
    "budget_prior": (Measure.AMOUNT, 1),
    "budget_year": (Measure.AMOUNT, 0),
    "change": (Measure.CHANGE, 0),
}


def _column_groups(context: Context, row: HeadedRow, places: list[list[_ExpenseColumn]]) -> list[tuple[_Group, int]]:
    """What the groups of columns are, and the place of each. Where no label says so, three are last year, this year and
    the change.

    Groups that the figures do not bear out are left to the reader of the table's cells.
    """
    longest = max(places, key=len, default=[])
    groups = [column.group for column in longest if column.group is not None]
    if len(groups) == len(longest):
        return list(zip(groups, range(len(groups)), strict=True))
    this_year, year_before = _years_back(context, 0), _years_back(context, 1)
    counts = {len(of_concept) for of_concept in places}
    if counts == {1}:
        return [((Measure.AMOUNT, this_year), 0)]
    figures = [[context.figure(row.at(column.column)) for column in of_concept] for of_concept in places]
    stated = [of_concept for of_concept in figures if any(of_concept)]
    if counts == {3} and all(_changed(*of_concept) for of_concept in stated):
        return [((Measure.AMOUNT, year_before), 0), ((Measure.AMOUNT, this_year), 1), ((Measure.CHANGE, this_year), 2)]
    return []


def _changed(then: Figure | None, now: Figure | None, change: Figure | None) -> bool:
    """Whether a change is what lies between two figures, to the last digit; an empty cell is nothing here."""
    values = [Fraction(figure.value) if figure is not None else Fraction(0) for figure in (then, now, change)]
    return values[1] - values[0] == values[2]


def _amount(context: Context, expense: _Expense, group: _Group, figure: Figure, span: Span) -> Amount:
    label = expense.label
    if label is not None:
        front = context.pattern("amount", "OF_WHICH").match(label.text)
        rest = label.text[front.end() if front else 0 :].lstrip(context.lexicon.introducing + context.lexicon.blanks)
        bare = without_ordinal(context, Text(rest or label.text, label.span)).text
        label = Text(context.concepts.strip_front.sub("", bare, count=1) or bare, label.span)
    measure, period = group
    return Amount(
        concept=expense.concept,
        label=label,
        period=period,
        measure=measure,
        value=figure,
        unit=context.money_unit,
        unit_inferred=False,
        scope=expense.scope or context.caption_scope or context.name(context.heading).scope,
        basis=Basis.BUDGET,
        base=None,
        percent=None,
        share=None,
        code=None,
        section=context.role,
        span=span,
    )
