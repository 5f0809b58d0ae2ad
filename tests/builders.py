"""Small pieces of IR made by hand, and one small document that holds every class of it. No text of a real
report."""

from __future__ import annotations

from decimal import Decimal

from yusuan.ir.contract import record_kinds
from yusuan.ir.coverage import ReportCoverage
from yusuan.ir.declared import DeclaredRow, DeclaredTable, DeclaredValue
from yusuan.ir.diagnostics import codes
from yusuan.ir.document import Document, GrammarSource, Tables
from yusuan.ir.kinds import TableColumn, TableKind, ValueType
from yusuan.ir.nodes import Cell, Heading, Paragraph, Row, Section, Table, Text
from yusuan.ir.records import (
    Activity,
    Amount,
    Asset,
    Figure,
    GlossaryEntry,
    Indicator,
    Institution,
    Objective,
    ProcurementItem,
    Project,
    SpendingPlanEntry,
    Target,
)
from yusuan.ir.source import Provenance, Span
from yusuan.ir.vocabulary import (
    Base,
    Basis,
    BlockKind,
    Concept,
    Horizon,
    Measure,
    Operator,
    ReportKind,
    ReportLevel,
    Role,
    Scope,
)

LINE = 100
"""Characters a line in documents made here, line end included."""


def at(line: int, column: int = 1, length: int = 1) -> Span:
    """A span in a text whose lines are all `LINE` characters long."""
    start = (line - 1) * LINE + column - 1
    return Span(start, start + length, line, column)


def lines(first: int, last: int) -> Span:
    """The span of whole lines."""
    return Span((first - 1) * LINE, last * LINE, first, 1)


def text(value: str, line: int = 1, column: int = 1) -> Text:
    return Text(value, at(line, column, len(value)))


def figure(value: str, line: int = 1, column: int = 1) -> Figure:
    return Figure(Decimal(value), value, at(line, column, len(value)))


SUBSIDIES = TableKind(
    "subsidies",
    (
        TableColumn("county", ValueType.TEXT, "县区", None),
        TableColumn("grant", ValueType.TEXT, None, None),
        TableColumn("amount", ValueType.MONEY, "补贴金额", "what is granted"),
        TableColumn("households", ValueType.NUMBER, None, None),
        TableColumn("share", ValueType.PERCENT, None, None),
    ),
    "grant",
    "补贴明细表",
    "Subsidies",
)
"""A kind of table with a column of every type."""


def declared(
    column: str, value: str, place: tuple[int, int], number: str | None = None, unit: str | None = None
) -> DeclaredValue:
    """A value of a declared table at a line and column."""
    return DeclaredValue(column, value, None if number is None else Decimal(number), unit, at(*place, len(value)))


def target(
    value: str, operator: Operator, place: tuple[int, int], bounds: tuple[str, ...] = (), unit: str | None = None
) -> Target:
    """A target at a line and column, with no number, one, or a lower and an upper one."""
    lower, upper = (*map(Decimal, bounds), None, None)[:2]
    return Target(value, operator, lower, upper, unit, at(*place, len(value)))


def amount(
    value: str, concept: Concept = Concept.REVENUE, *, line: int = 1, column: int = 1, **changes: object
) -> Amount:
    """An amount of revenue of 2024 as the budget states it, in 万元, but for what `changes` gives."""
    fields: dict[str, object] = {
        "label": None,
        "period": 2024,
        "measure": Measure.AMOUNT,
        "unit": "万元",
        "unit_inferred": False,
        "scope": None,
        "basis": Basis.BUDGET,
        "base": None,
        "percent": None,
        "share": None,
        "code": None,
        "section": Role.REVENUE,
        "span": at(line, column, len(value)),
        **changes,
    }
    return Amount(concept=concept, value=figure(value, line, column), **fields)  # type: ignore[arg-type]


def paragraph(value: str, line: int = 1, *, kind: BlockKind = BlockKind.PARAGRAPH, typed: bool = False) -> Paragraph:
    return Paragraph(kind, value, "1、" if kind is BlockKind.ITEM else None, typed, at(line, 1, len(value)))


def section(
    role: Role | None, title: str, on: tuple[int, int], *parts: Paragraph | Table | Section, level: int = 1
) -> Section:
    """A section from its heading on the first of two lines to the last, with its blocks and the sections in it."""
    first, last = on
    heading = Heading(f"一、{title}", "一、", title, at(first, 1, len(title) + 2))
    blocks = tuple(part for part in parts if not isinstance(part, Section))
    sections = tuple(part for part in parts if isinstance(part, Section))
    return Section(role, heading, level, blocks, sections, lines(first, last))


def body(
    *sections: Section, blocks: tuple[Paragraph | Table, ...] = (), role: Role | None = None, last: int = 100
) -> Section:
    """A whole document of `last` lines."""
    return Section(role, None, 0, blocks, sections, lines(1, last))


def table(first: int, *rows: tuple[str, ...], typed: bool = False) -> Table:
    """A table with a row on each line from line `first`."""
    made = tuple(
        Row(
            tuple(
                Cell(number, column, 1, 1, value, at(first + number - 1, column * 10, len(value)))
                for column, value in enumerate(row, start=1)
            ),
            lines(first + number - 1, first + number - 1),
        )
        for number, row in enumerate(rows, start=1)
    )
    return Table(made, typed, lines(first, first + len(rows) - 1))


def deep_body(depth: int) -> Section:
    """Sections nested `depth` deep, the innermost one with a role."""
    inner = section(Role.GLOSSARY, "深", (depth + 1, depth + 1), level=depth)
    for level in range(depth - 1, 0, -1):
        inner = section(None, "层", (level + 1, depth + 1), inner, level=level)
    return body(inner, last=depth + 1)


def document(name: str = "report", **changes: object) -> Document:
    """A document with nothing in it but what `changes` gives."""
    fields: dict[str, object] = {
        "title": None,
        "organization": None,
        "fiscal_year": None,
        "body": body(),
        **{key: value for key, value in changes.items() if key not in record_kinds()},
        "tables": Tables({key: value for key, value in changes.items() if key in record_kinds()}),  # type: ignore[misc]
    }
    return Document(name, **fields)  # type: ignore[arg-type]


def rich_document(name: str = "report") -> Document:
    """A document with at least one record of every class, some of whose values are absent."""
    revenue = section(
        Role.REVENUE,
        "收入",
        (4, 6),
        paragraph("收入15.00万元，\n减少-106.45万元", 5, typed=True),
        paragraph("1、第一项", 6, kind=BlockKind.ITEM),
        level=2,
    )
    overview = section(Role.OVERVIEW, "总体情况", (3, 6), revenue)
    performance = section(
        Role.PERFORMANCE,
        "绩效",
        (10, 30),
        section(None, "甲项目", (12, 30), table(13, ("指标", "值"), ("数量", "≥90%")), level=2),
    )
    return document(
        name,
        title=text("某局2024年预算"),
        organization=text("某局"),
        fiscal_year=2024,
        kind=ReportKind.BUDGET,
        level=ReportLevel.UNIT,
        provenance=Provenance("a/某局.pdf", "0" * 64, 3),
        grammar=(GrammarSource("yusuan", "1.0", "aa"), GrammarSource("dialect", "", "bb")),
        coverage=ReportCoverage(7, 5, 2, 1, (Role.THREE_PUBLIC, Role.GLOSSARY)),
        body=body(overview, performance, blocks=(paragraph("- 1 -", 2, kind=BlockKind.PAGE_MARK),)),
        institutions=(Institution(text("某局", 8), text("行政", 8), None, text("财政", 8), at(8)),),
        amounts=(
            amount("15.00", label=text("收入", 5), line=5, column=3, scope=Scope.FISCAL),
            amount(
                "-106.45",
                line=5,
                column=30,
                measure=Measure.CHANGE,
                base=Base.PRIOR_BUDGET,
                percent=figure("-3.20", 5, 50),
            ),
        ),
        projects=(
            Project(
                text("甲项目", 12),
                text("A01", 12),
                figure("30.0", 13, 20),
                figure("30.0", 13, 40),
                None,
                "万元",
                text("用途", 14),
                at(12),
            ),
        ),
        objectives=(
            Objective("甲项目", 1, text("做完。", 15), at(15)),
            Objective(None, 2, text("办好", 11), at(11)),
        ),
        spending_plan=(SpendingPlanEntry("甲项目", 3, figure("25", 16, 5), at(16)),),
        indicators=(
            Indicator(
                "甲项目",
                text("产出", 17),
                text("数量", 17),
                text("台数", 17),
                None,
                text("优", 17),
                target("5-8台", Operator.BETWEEN, (17, 30), ("5", "8"), "台"),
                text("计划", 17),
                figure("10", 17, 50),
                Horizon.YEAR,
                at(17),
            ),
            Indicator(
                None,
                None,
                None,
                text("满意", 11),
                None,
                None,
                target("较好", Operator.QUALITATIVE, (11, 30)),
                None,
                None,
                None,
                at(11),
            ),
            Indicator(None, None, None, text("名称", 11), None, None, None, None, None, None, at(11)),
        ),
        activities=(
            Activity(None, text("职责", 20), figure("7", 20, 20), "万元", None, None, at(20)),
            Activity("职责", text("活动", 21), None, "万元", text("描述", 21), text("目标", 21), at(21)),
        ),
        procurement=(
            ProcurementItem(
                is_total=False,
                project=text("甲项目", 40),
                project_budget=figure("30", 40, 5),
                item=text("电脑", 40),
                catalogue_code=text("A02010105", 40),
                measure_unit=text("台", 40),
                quantity=figure("2", 40, 10),
                unit_price=figure("0.50", 40, 15),
                total=figure("1.00", 40, 20),
                general_public=figure("0.4", 40, 25),
                government_fund=figure("0.3", 40, 30),
                state_capital=figure("0.2", 40, 35),
                special_account=figure("0.1", 40, 40),
                other=figure("0", 40, 45),
                unit="万元",
                span=at(40),
            ),
        ),
        assets=(
            Asset(text("房屋(平方米)", 50), figure("100", 50, 20), figure("5.5", 50, 30), "万元", at(50)),
            Asset(text("其中：办公用房", 51), None, None, "万元", at(51)),
        ),
        glossary=(GlossaryEntry(text("术语", 60), text("意思", 60), at(60)),),
        declared=(
            DeclaredTable(
                SUBSIDIES,
                (
                    DeclaredRow(
                        False,
                        (
                            declared("county", "甲县", (55, 2)),
                            declared("grant", "惠农补贴", (55, 10)),
                            declared("amount", "12.50", (55, 20), "12.50", "万元"),
                            declared("households", "60", (55, 30), "60"),
                            declared("share", "41.67%", (55, 40), "41.67"),
                        ),
                        at(55),
                    ),
                    DeclaredRow(
                        True, (declared("county", "合计", (56, 2)), declared("amount", "3", (56, 20), "3")), at(56)
                    ),
                ),
            ),
        ),
        diagnostics=(
            codes.HEADING_OUT_OF_SEQUENCE.at(
                at(5, 3),
                "skipped",
                related=[codes.HEADING_OUT_OF_SEQUENCE.place("before", at(4))],
                heading="四、",
                before="二、",
                expected="三、",
            ),
        ),
    )
