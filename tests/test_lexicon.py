"""The lexicon: every wording means one thing, and what the code reads of it is there."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.ir.vocabulary import Concept, Role

FILES: dict[str, Any] = dict(built_in_language().lexicon)
LABELS: dict[str, list[str]] = FILES["labels"]["labels"]
WORDINGS = [(identifier, wording) for identifier, wordings in LABELS.items() for wording in wordings]
CONCEPTS: list[dict[str, Any]] = FILES["concepts"]["concept"]

# --- characters -------------------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("甲乙a1 \t“（［，．：１Ａ\u3000")))
def test_a_text_is_folded_character_by_character(text: str) -> None:
    fold = lexicon(built_in_language()).fold
    assert fold(text) == "".join(map(fold, text))
    assert fold(fold(text)) == fold(text)


# --- labels of tables -------------------------------------------------------------------------------------------------


def test_every_wording_is_its_own_label() -> None:
    wrong = {
        wording: lexicon(built_in_language()).mark(wording)
        for label, wording in WORDINGS
        if lexicon(built_in_language()).mark(wording) != f"<{label}>"
    }
    assert not wrong


def test_no_wording_stands_twice() -> None:
    folded = Counter(lexicon(built_in_language()).fold(wording) for _, wording in WORDINGS)
    assert [wording for wording, count in folded.items() if count > 1] == []


def test_wordings_are_written_as_they_are_compared() -> None:
    assert [wording for _, wording in WORDINGS if lexicon(built_in_language()).fold(wording) != wording] == []


def test_identifiers_are_those_of_the_table_grammar() -> None:
    patterns = "".join(built_in_language().patterns["table"].values())
    unknown = [
        identifier
        for group in re.findall(r"<\(?([a-z0-9_|]+)\)?>", patterns)
        for identifier in group.split("|")
        if identifier not in LABELS and identifier not in FILES["labels"]["patterns"]
    ]
    assert unknown == []


def test_framing_speaks_of_labels() -> None:
    said = dict(FILES["labels"]["framing"])
    starts: dict[str, list[str]] = said.pop("row_starts")
    named = [*starts, *(one for group in (*said.values(), *starts.values()) for one in group)]
    assert [one for one in named if one not in {*LABELS, *FILES["labels"]["patterns"], "text"}] == []


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("", "-"),
        ("\u3000", "-"),
        ("12", "#"),
        ("-1,234.50", "#"),
        ("９５％", "#"),
        ("一 级 指 标", "<level1>"),
        ("价值（金额单位：万元）", "<asset_value>"),
        ("其中：财政资金", "<budget_fiscal>"),
        ("数量：", "<quantity>"),
        ("2024年度预算", "<year>"),
        ("6月底", "<month>"),
        ("目标3", "<objective_number>"),
        ("单位：万元", "<unit_caption>"),
        ("截止时间：2023年12月31日", "<closing_date>"),
        ("桥梁", "."),
        ("一级指标" * 20, "."),
    ],
)
def test_marks(cell: str, mark: str) -> None:
    assert lexicon(built_in_language()).mark(cell) == mark


# --- characters -------------------------------------------------------------------------------------------------------


def test_no_character_is_folded_twice() -> None:
    characters = Counter(char for group in FILES["characters"]["fold"] for char in group.get("from", ""))
    assert [char for char, count in characters.items() if count > 1] == []


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert lexicon(built_in_language()).fold(lexicon(built_in_language()).fold(text)) == lexicon(
        built_in_language()
    ).fold(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("一百零八", 108),
        ("7", 7),
        ("０７", 7),
        ("①", 1),
        ("⑳", 20),
        ("⑴", 1),
        ("", None),
        ("甲", None),
    ],
)
def test_numerals(written: str, value: int | None) -> None:
    assert lexicon(built_in_language()).numeral(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("2024", 2024), ("２０２４", 2024), ("二〇二四", 2024), ("二○二零", 2020), ("", None), ("十", None)],
)
def test_years(written: str, value: int | None) -> None:
    assert lexicon(built_in_language()).digits(written) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [("九十五", "95"), ("九十九点五", "99.5"), ("零点零五", "0.05"), ("甲", None), ("五点甲", None)],
)
def test_decimals_in_words(written: str, value: str | None) -> None:
    assert lexicon(built_in_language()).decimal_words(written) == (None if value is None else Decimal(value))


# --- units ------------------------------------------------------------------------------------------------------------


def test_an_alias_stands_for_a_unit_of_money() -> None:
    assert set(FILES["units"]["money_alias"].values()) <= set(FILES["units"]["money"])
    assert all(
        lexicon(built_in_language()).money_unit(alias) == unit for alias, unit in FILES["units"]["money_alias"].items()
    )


def test_every_way_to_write_per_cent() -> None:
    assert all(map(lexicon(built_in_language()).is_percent, FILES["units"]["percent"]["wordings"]))
    assert not lexicon(built_in_language()).is_percent("元")


# --- concepts ---------------------------------------------------------------------------------------------------------


def test_every_concept_has_one_entry() -> None:
    itemised = set(FILES["concepts"]["items"].values())
    named = [entry["name"] for entry in CONCEPTS]
    assert len(named) == len(set(named))
    # What is itemised by name may have words of its own too: 其他运转类项目.
    assert set(Concept) - itemised <= set(named) <= set(Concept)


def test_parents_are_concepts() -> None:
    assert {entry["parent"] for entry in CONCEPTS if "parent" in entry} <= set(Concept)
    assert not any(concept_lexicon(built_in_language()).holds(concept, concept) for concept in Concept)


def test_what_the_concepts_refer_to_is_there() -> None:
    concepts = FILES["concepts"]
    assert set(concepts["default"]) <= set(Role)
    assert set(concepts["table"]) <= set(LABELS)
    named = (*concepts["default"].values(), *concepts["table"].values(), *concepts["items"])
    assert set(named) <= set(Concept)


@pytest.mark.parametrize("entry", CONCEPTS, ids=lambda entry: entry["name"])
def test_no_pattern_takes_nothing(entry: dict[str, Any]) -> None:
    assert [one for one in (*entry["patterns"], *entry.get("whole", ())) if re.fullmatch(one, "")] == []


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("2024年我部门预算收入共计", Concept.REVENUE),
        ("本部门支出预算总计", Concept.EXPENDITURE),
        ("收入", Concept.REVENUE),
        ("甲局支出", Concept.EXPENDITURE),
        ("一般公共预算财政拨款收入", Concept.GENERAL_PUBLIC_BUDGET_REVENUE),
        ("政府性基金预算拨款收入", Concept.GOVERNMENT_FUND_REVENUE),
        ("财政专户管理资金", Concept.FISCAL_ACCOUNT_REVENUE),
        ("事业单位经营收入", Concept.INSTITUTIONAL_OPERATING_REVENUE),
        ("事业收入", Concept.INSTITUTIONAL_REVENUE),
        ("公务用车购置及运行维护费", Concept.OFFICIAL_VEHICLE_EXPENSE),
        ("公务用车购置费", Concept.VEHICLE_PURCHASE_EXPENSE),
        ("公务用车运行维护费", Concept.VEHICLE_OPERATION_EXPENSE),
        ("因公出国（境）费用", Concept.OVERSEAS_TRAVEL_EXPENSE),
        ("固定资产总额", Concept.FIXED_ASSETS),
        ("拟购置固定资产", Concept.FIXED_ASSET_PURCHASES),
        ("商品和服务支出", Concept.ECONOMIC_EXPENDITURE_ITEM),
        ("农林水支出", Concept.FUNCTION_EXPENDITURE_ITEM),
        ("云溪大桥合龙仪式", None),
    ],
)
def test_what_words_name(words: str, concept: Concept | None) -> None:
    assert concept_lexicon(built_in_language()).label(words).concept is concept
