"""The long view: which values are facts, and what each says of itself."""

from __future__ import annotations

from attrs import fields
from tests.builders import amount, at, document, figure, rich_document, text

from yusuan.emitters.facts import facts, value_columns
from yusuan.emitters.tables import TABLES
from yusuan.ir.contract import contract
from yusuan.ir.document import Document
from yusuan.ir.records import Figure, ProcurementItem, SpendingPlanEntry
from yusuan.ir.vocabulary import Concept

EXPECTED = """\
5|3|revenue||Revenue|收入|2024|amount||15.00||万元|15.00
5|30|revenue||Revenue||2024|change||-106.45||万元|-106.45
11|30|performance||IndicatorTarget|满意|2024||qualitative||||较好
13|20|performance|甲项目|ProjectBudget||2024|amount||30.0||万元|30.0
13|40|performance|甲项目|ProjectBudgetFiscal||2024|amount||30.0||万元|30.0
16|5|performance|甲项目|SpendingPlanPercent|3|2024|||25||%|25
17|30|performance|甲项目|IndicatorTarget|台数|2024||between|5|8|台|5-8台
17|50|performance|甲项目|IndicatorWeight|台数|2024|||10|||10
20|20|performance|职责|ActivityBudget||2024|amount||7||万元|7
40|5||甲项目|ProcurementProjectBudget||2024|amount||30||万元|30
40|10||电脑|ProcurementQuantity||2024|||2||台|2
40|15||电脑|ProcurementUnitPrice||2024|amount||0.50||万元|0.50
40|20||电脑|ProcurementTotal||2024|amount||1.00||万元|1.00
40|25||电脑|ProcurementGeneralPublic||2024|amount||0.4||万元|0.4
40|30||电脑|ProcurementGovernmentFund||2024|amount||0.3||万元|0.3
40|35||电脑|ProcurementStateCapital||2024|amount||0.2||万元|0.2
40|40||电脑|ProcurementSpecialAccount||2024|amount||0.1||万元|0.1
40|45||电脑|ProcurementOther||2024|amount||0||万元|0
50|20||房屋(平方米)|AssetQuantity|||||100|||100
50|30||房屋(平方米)|AssetValue|||amount||5.5||万元|5.5
55|20||惠农补贴|subsidies.amount||2024|amount||12.50||万元|12.50
55|30||惠农补贴|subsidies.households||2024|||60|||60
55|40||惠农补贴|subsidies.share||2024|||41.67||%|41.67%
56|20|||subsidies.amount||2024|amount||3|||3
"""


def rows(of: Document) -> str:
    return "".join("|".join(row[1:-1]) + "\n" for row in TABLES["facts"].rows(of))


def test_every_typed_value_is_a_fact_in_the_order_of_the_document() -> None:
    assert rows(rich_document()) == EXPECTED


def test_every_figure_of_every_table_has_a_concept() -> None:
    known = {(kind.name, column.path) for kind, column in value_columns()}
    made = rich_document()
    for table, records in made.tables.items():
        for record in () if table == "amounts" else records:
            for name in type(record).__slots__:
                if isinstance(getattr(record, name, None), Figure):
                    assert (table, name) in known


def test_concepts_are_unique_and_none_is_that_of_an_amount() -> None:
    names = [fact.concept for kind in contract().values() for column in kind.columns for fact in column.facts]
    assert len(set(names)) == len(names)
    assert set(names).isdisjoint(str(concept) for concept in Concept)


def test_a_fact_leads_back_to_its_record() -> None:
    made = rich_document()
    assert facts(made)[0].record is made.amounts[0]


def test_facts_of_several_tables_interleave() -> None:
    made = document(
        amounts=(amount("1", line=9), amount("2", line=2)),
        spending_plan=(SpendingPlanEntry(None, 6, figure("50", 5), at(5)),),
    )
    assert [str(fact.value) for fact in facts(made)] == ["2", "50", "1"]


def test_a_total_is_of_its_label() -> None:
    absent = dict.fromkeys(field.name for field in fields(ProcurementItem))
    total = ProcurementItem(
        **{**absent, "is_total": True, "project": text("总"), "total": figure("3"), "span": at(1)}  # type: ignore[arg-type]
    )
    assert [fact.subject for fact in facts(document(procurement=(total,)))] == ["总"]
