"""表内勾稽: what adds up within tables, by their declarations (`yusuan.ir.kinds`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import chain, takewhile
from typing import Final

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.equations import Equation, Interval, Operand, places, usable, written
from yusuan.compiler.checks.sums import Sum
from yusuan.compiler.checks.tables import Stated, TableRow, inner_entry, tables, tables_of
from yusuan.compiler.checks.verdicts import Outcome, broken, holds, unknown
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.kinds import SumForm, TableKind, TableSum, ValueType
from yusuan.ir.records import Figure

# A unit price may be in yuan where the amounts are in 万元.
_PRICE_FACTORS: Final = (Fraction(1), Fraction(1, 10000), Fraction(10000))
_Table = Sequence[TableRow]


def is_broken(inspection: Inspection, kind: TableKind, rule: str) -> bool:
    """Whether a sum of a kind of the contract does not come out somewhere."""
    findings = (
        finding
        for one in kind.sums
        for table in tables_of(inspection, kind)
        if one.name == rule
        for finding in _FORMS[one.form](inspection, one, table)
    )
    return any(isinstance(finding, Equation) and finding.outcome is Outcome.BROKEN for finding in findings)


def check(inspection: Inspection) -> Iterator[Finding]:
    """Each sum of each table."""
    for kind, found in tables(inspection):
        for rule in kind.every_sum:
            for at, table in enumerate(found):
                if rule.form is SumForm.ROWS:
                    yield from _check_rows(inspection, rule, table, _parted_from(found, at))
                else:
                    yield from _FORMS[rule.form](inspection, rule, table)


def _code(rule: TableSum) -> Code:
    return codes.CODES[rule.code]


def _concept(kind: TableKind, column: str) -> str:
    """What a column is called in a message: by the taxonomy, else by its name."""
    facts = kind.column(column).facts
    return facts[0].concept if facts else column


def _entry(inspection: Inspection, stated: Stated | None) -> Operand | None:
    return None if stated is None else inner_entry(inspection, stated.figure, stated.unit)


def _finding(
    inspection: Inspection, rule: TableSum, total: TableRow, entries: Sequence[Operand | None], *, is_complete: bool
) -> Finding:
    """The sum of entries, the total first: unknown where a figure cannot be reckoned with, or only some have units."""
    known = [entry for entry in entries if entry is not None]
    if entries[0] is None or len(known) < 2 or len({bool(entry.unit) for entry in known}) > 1:
        return unknown(_code(rule), rule.name)
    said = {"table": total.kind.name, "name": total.name}
    variant = "children" if rule.form is SumForm.LEVELS else ""
    made = Sum(_code(rule), rule.name, _concept(total.kind, rule.total), tuple(known), variant, said)
    return made.equation(inspection, made.outcome(is_complete=is_complete))


# --- within a row -----------------------------------------------------------------------------------------------------


def _check_columns(inspection: Inspection, rule: TableSum, table: _Table) -> Iterator[Finding]:
    """合计 = 基本支出 + 项目支出."""
    for row in table:
        stated = [row.figure(column) for column in (rule.total, *rule.parts)]
        if all(figure is None for figure in stated):
            continue
        entries = [_entry(inspection, figure) for figure in stated]
        filled = [entry for entry, figure in zip(entries, stated, strict=True) if figure is not None]
        if None in filled:
            yield unknown(_code(rule), rule.name)
            continue
        is_complete = rule.blank_is_zero or None not in stated
        yield _finding(inspection, rule, row, [entries[0], *filter(None, entries[1:])], is_complete=is_complete)


def _check_product(inspection: Inspection, rule: TableSum, table: _Table) -> Iterator[Finding]:
    """数量 × 单价 = 金额."""
    for row in table:
        stated = [row.figure(column) for column in (rule.total, *rule.parts)]
        figures = [one.figure for one in stated if one is not None]
        if row.is_total or len(figures) < len(stated) or not all(map(usable, figures)):
            if any(one is not None for one in stated[1:]):
                yield unknown(_code(rule), rule.name)
            continue
        entries = tuple(map(Operand, figures))
        product = _count(figures[1]) * entries[2].interval
        matches = any((product * Interval.exactly(factor)).meets(entries[0].interval) for factor in _PRICE_FACTORS)
        outcome = Outcome.HOLDS if matches else Outcome.BROKEN
        yield Equation(
            _code(rule), rule.name, entries, outcome, partial(_report_product, inspection, rule, row, figures)
        )


def _count(quantity: Figure) -> Interval:
    """A quantity: a whole number of things is exact."""
    value = Fraction(quantity.value)
    return Interval.exactly(value) if value.denominator == 1 else Interval.of(quantity)


def _report_product(
    inspection: Inspection, rule: TableSum, row: TableRow, figures: Sequence[Figure], suspect: int
) -> Diagnostic:
    code, (total, quantity, price) = _code(rule), figures
    product = Fraction(quantity.value) * Fraction(price.value)
    return code.at(
        figures[suspect].span,
        "product",
        related=[code.place("factor", one.span, figure=one.text) for one in figures if one is not figures[suspect]],
        row=inspection.row(figures[suspect].span),
        quantity=quantity.text,
        unit_price=price.text,
        product=written(product, places(quantity) + places(price)),
        figure=total.text,
        item=row.name,
        table=row.kind.name,
    )


# --- over rows --------------------------------------------------------------------------------------------------------


def _check_rows(inspection: Inspection, rule: TableSum, table: _Table, parted: _Table) -> Iterator[Finding]:
    """合计 and 小计: the grand total is the sum of all items, a subtotal of those behind it (before it, at the end).

    Args:
        parted: the rows of tables beside it that have no total, which may be its own beyond a page.
    """
    stated = {at: figure for at, row in enumerate(table) if row.is_total and (figure := row.figure(rule.total))}
    items = _counted(inspection, rule, table)
    if not items or not any(row.is_total for row in table):
        return
    if not stated:
        yield unknown(_code(rule), rule.name)
        return
    grand = max(stated, key=lambda at: Fraction(stated[at].figure.value))
    leads = table[0].is_total
    for at in stated:
        near = _counted(inspection, rule, _subtotalled(table, at, leads=leads))
        # Two tables may have become one, and one two.
        others = (near, _counted(inspection, rule, [*table, *parted]))
        yield _best(
            [
                _of_rows(inspection, rule, table[at], parts)
                for parts in ((items, *(one for one in others if one != items)) if at == grand else (near,))
            ]
        )


def _best(findings: Sequence[Finding]) -> Finding:
    """Of several ways to make up a total that which holds, else the first."""
    holding = (one for one in findings if isinstance(one, Equation) and one.outcome is Outcome.HOLDS)
    return next(holding, findings[0])


def _of_rows(inspection: Inspection, rule: TableSum, total: TableRow, parts: _Table) -> Finding:
    known = [entry for row in parts if (entry := _entry(inspection, row.figure(rule.total))) is not None]
    is_complete = len(parts) > 1 if rule.blank_is_zero else len(known) == len(parts)
    entries = [_entry(inspection, total.figure(rule.total)), *known]
    return _finding(inspection, rule, total, entries, is_complete=is_complete)


def _parted_from(found: Sequence[_Table], at: int) -> list[TableRow]:
    """The rows of the tables right before and behind one, up to the next that has a total."""
    rows: list[TableRow] = []
    for beside in (reversed(found[:at]), found[at + 1 :]):
        rows += chain.from_iterable(takewhile(lambda table: not any(row.is_total for row in table), beside))
    return rows


def _counted(inspection: Inspection, rule: TableSum, table: _Table) -> list[TableRow]:
    """The rows that a total is made of: none below others; not 其中, nor what goes on with it where the rows are
    numbered."""
    items = [row for row in table if not row.is_total]
    numbered = [_is_numbered(inspection, row) for row in items]
    found, within = [], False
    for row, has_number in zip(items, numbered, strict=True):
        within = row.is_within or (within and any(numbered) and not has_number)
        if not within:
            found.append(row)
    return _tops(rule, found)


def _is_numbered(inspection: Inspection, row: TableRow) -> bool:
    """Whether the cell has a number in front of the name, which the record leaves out."""
    subject = row.kind.column(row.kind.subject).value(row.record) if row.kind.record and row.kind.subject else None
    if subject is None:
        return False
    cell = inspection.source.text[subject.span.start : subject.span.end]
    return not inspection.lexicon.fold(cell).startswith(inspection.lexicon.fold(subject.text))


def _subtotalled(table: _Table, at: int, *, leads: bool) -> list[TableRow]:
    """The items that a subtotal stands before, or behind."""
    step = 1 if leads else -1
    found: list[TableRow] = []
    place = at + step
    while 0 <= place < len(table) and not table[place].is_total:
        found.append(table[place])
        place += step
    return found


def _check_within(inspection: Inspection, rule: TableSum, table: _Table) -> Iterator[Finding]:
    """其中：办公用房: no more of it, and worth no more, than what it is within: the row above, or another column."""
    whole: TableRow | None = None
    for row in table:
        for column in rule.parts:
            yield from _check_part(inspection, rule, (row, rule.total), (row, column))
        if not rule.parts and row.is_within:
            yield from _check_part(inspection, rule, (whole, rule.total), (row, rule.total))
        else:
            whole = row


def _check_part(
    inspection: Inspection, rule: TableSum, whole: tuple[TableRow | None, str], part: tuple[TableRow, str]
) -> Iterator[Finding]:
    code = _code(rule)
    within = _entry(inspection, part[0].figure(part[1]))
    limit = _entry(inspection, whole[0].figure(whole[1])) if whole[0] is not None else None
    if rule.parts and within is None and limit is None:
        return
    if within is None or limit is None or bool(within.unit) != bool(limit.unit):
        yield unknown(code, rule.name)
    elif not within.interval.exceeds(limit.interval):
        yield holds(code, rule.name)
    else:
        yield broken(
            code,
            code.at(
                within.figure.span,
                "within",
                related=[code.place("whole", limit.figure.span, figure=limit.written)],
                row=inspection.row(within.figure.span),
                values={
                    "figure": limit.written,
                    "part": within.written,
                    "item": part[1] if rule.parts else part[0].name,
                    "table": part[0].kind.name,
                },
            ),
            rule.name,
        )


# --- levels -----------------------------------------------------------------------------------------------------------


def _check_levels(inspection: Inspection, rule: TableSum, table: _Table) -> Iterator[Finding]:
    """类款项, 职责活动: a row is the sum of those below it."""
    for whole, parts in _levels(rule, table):
        yield _of_rows(inspection, rule, whole, parts)


def _levels(rule: TableSum, rows: _Table) -> list[tuple[TableRow, list[TableRow]]]:
    """The rows that have others below them, and these: by codes that begin with that of the row above, else those
    behind it that name a row above."""
    found: list[tuple[TableRow, list[TableRow]]] = []
    is_code = bool(rows) and rows[0].kind.column(rule.parent).type is ValueType.CODE
    open_: list[tuple[str, list[TableRow]]] = []
    for row in rows:
        said = row.text(rule.parent) or ""
        if is_code and not said:
            continue
        while is_code and open_ and (said == open_[-1][0] or not said.startswith(open_[-1][0])):
            open_.pop()
        if open_ and said:
            open_[-1][1].append(row)
        if is_code or not said:
            below: list[TableRow] = []
            found.append((row, below))
            open_ = [*open_, (said, below)] if is_code else [("", below)]
    return [(row, below) for row, below in found if below]


def _tops(rule: TableSum, rows: list[TableRow]) -> list[TableRow]:
    """The rows that are not below others, where the declaration says that there are levels."""
    levels = (
        [one for one in rows[0].kind.sums if one.form is SumForm.LEVELS and one.total == rule.total] if rows else []
    )
    below = {id(row) for one in levels for _, parts in _levels(one, rows) for row in parts}
    return [row for row in rows if id(row) not in below]


_FORMS: Final[Mapping[SumForm, Callable[[Inspection, TableSum, _Table], Iterator[Finding]]]] = {
    SumForm.COLUMNS: _check_columns,
    SumForm.LEVELS: _check_levels,
    SumForm.WITHIN: _check_within,
    SumForm.PRODUCT: _check_product,
}
