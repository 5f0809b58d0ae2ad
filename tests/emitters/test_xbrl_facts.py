"""The facts of an XBRL report: values, precision, dimensions, names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.builders import amount, at, document, figure, text

from yusuan.emitters.xbrl.model import Unit, XbrlFact
from yusuan.emitters.xbrl.report import xbrl_reports
from yusuan.ir.concepts import Kind
from yusuan.ir.document import Document
from yusuan.ir.records import Asset
from yusuan.ir.vocabulary import Base, Concept, Measure, Scope


def facts_of(made: Document) -> list[XbrlFact]:
    [report] = xbrl_reports([made])
    return list(report.facts)


@pytest.mark.parametrize(
    ("written", "unit", "value", "decimals"),
    [
        ("3632.47", "万元", "36324700", -2),
        ("2065", "万元", "20650000", -4),
        ("8.1032", "万元", "81032", 0),
        ("1.2", "亿元", "120000000", -7),
        ("15.00", "元", "15.00", 2),
        ("0.00", "万元", "0", "INF"),
        ("-5", "万元", "-50000", -4),
        ("1" * 40, "万元", "1" * 40 + "0000", -4),
    ],
)
def test_money_is_exact_and_as_precise_as_printed(written: str, unit: str, value: str, decimals: int | str) -> None:
    [fact] = facts_of(document(amounts=(amount(written, unit=unit),)))
    assert isinstance(fact.value, Decimal)
    assert (format(fact.value, "f"), fact.decimals, fact.unit) == (value, decimals, Unit.YUAN)


def test_money_without_a_unit_is_no_yuan() -> None:
    [fact] = facts_of(document(amounts=(amount("5", unit=None, line=3, column=7),)))
    assert (fact.concept, fact.unit, dict(fact.context.dimensions)) == (
        "IncompleteFigure",
        Unit.PURE,
        {"Figure": "Revenue 3:7"},
    )


def test_what_an_amount_says_are_its_dimensions() -> None:
    made = amount("5", scope=Scope.FISCAL, measure=Measure.CHANGE, base=Base.PRIOR_OUTTURN)
    [fact] = facts_of(document(amounts=(made,)))
    assert dict(fact.context.dimensions) == {"Scope": "Fiscal", "Measure": "Change", "Base": "PriorOutturn"}


def test_a_second_figure_that_differs_is_a_statement_of_its_own() -> None:
    twice = (amount("5.00"), amount("5", line=2), amount("7.00", line=3))
    facts = facts_of(document(amounts=twice))
    assert [dict(fact.context.dimensions).get("Statement") for fact in facts] == [None, None, "2"]


def test_what_a_list_leaves_out_is_stated_as_not_listed() -> None:
    made = (amount("10.00"), amount("7.0", Concept.OTHER_REVENUE), amount("2", Concept.INSTITUTIONAL_REVENUE))
    *_, rest = facts_of(document(amounts=made))
    assert (rest.concept, rest.value, rest.span) == ("RevenueNotListed", Decimal(10000), None)


def test_what_is_left_out_is_reckoned_with_the_most_exact_statements() -> None:
    parts = (amount("5", Concept.OTHER_REVENUE), amount("5.4", Concept.OTHER_REVENUE, line=2))
    made = (amount("10.0"), *parts, amount("2.0", Concept.INSTITUTIONAL_REVENUE))
    *_, rest = facts_of(document(amounts=made))
    assert (rest.concept, rest.value) == ("RevenueNotListed", Decimal(26000))


def test_names_that_stand_twice_are_told_apart() -> None:
    assets = tuple(Asset(text("车辆", line), figure("1", line), None, None, at(line)) for line in (1, 2))
    facts = facts_of(document(assets=assets))
    assert [dict(fact.context.dimensions) for fact in facts] == [{"Asset": "车辆"}, {"Asset": "车辆 (2)"}]


def test_square_metres_are_an_area() -> None:
    asset = Asset(text("房屋（平方米）"), figure("860"), None, None, at(1))
    [fact] = facts_of(document(assets=(asset,)))
    assert (fact.concept, fact.unit, fact.definition.kind) == ("AssetArea", Unit.SQUARE_METRE, Kind.AREA)


def test_an_id_is_the_place() -> None:
    [fact] = facts_of(document("a b/c", amounts=(amount("5", line=3, column=7),)))
    assert fact.id == "a_b_c.L3.C7.Revenue"
