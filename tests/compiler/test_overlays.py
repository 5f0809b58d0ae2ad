"""Overlays: one line in one file teaches a wording; a faulty one is answered with its place and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from yusuan import Compiler, compile_text
from yusuan.compiler.language.files import GrammarFileError, built_in
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.overlays import with_overlays
from yusuan.emitters.registry import emitters
from yusuan.emitters.to_json import load_json
from yusuan.ir.document import Document
from yusuan.ir.money import MoneyUnit

REPORT = """云溪市文化和旅游局2024年部门预算公开说明
一、进账情况
2024年预算收入120.5万元，开会花销3万元，比上年猛涨0.5万元。
二、预备费安排情况
预备费5万元。
三、绩效预算信息
巡回演出绩效目标表
\t一级指标
\t二级指标
\t三级指标
\t要求达到

\t产出指标
\t数量指标
\t场次
\t≥60成

"""


def overlay(folder: Path, files: Mapping[str, str]) -> str:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return str(folder)


def read(text: str, *places: str) -> Document:
    return Compiler(places).compile_text(text, "report").document


def test_nothing_of_it_is_known_without() -> None:
    made = compile_text(REPORT, "report").document
    assert [section.role for section in made.body.sections][:2] == [None, None]
    assert made.indicators == ()
    assert [source.name for source in made.grammar] == ["yusuan"]


def test_a_heading_is_one_line(tmp_path: Path) -> None:
    place = overlay(tmp_path / "o", {"sections/revenue.lark": "%extend REVENUE_HEADING: /进账情况/\n"})
    assert read(REPORT, place).body.sections[0].role == "revenue"


def test_a_column_is_one_line(tmp_path: Path) -> None:
    place = overlay(tmp_path / "o", {"lexicon/labels.toml": 'labels.target = ["要求达到"]\n'})
    [indicator] = read(REPORT, place).indicators
    assert indicator.target is not None
    assert (indicator.target.text, indicator.target.unit) == ("≥60成", "成")


def test_a_unit_is_one_line(tmp_path: Path) -> None:
    places = [
        overlay(tmp_path / "a", {"lexicon/labels.toml": 'labels.target = ["要求达到"]\n'}),
        overlay(tmp_path / "b", {"lexicon/units.toml": 'percent.wordings = ["成"]\n'}),
    ]
    [indicator] = read(REPORT, *places).indicators
    assert indicator.target is not None
    assert indicator.target.unit == "%"


def test_a_name_of_money_and_a_verb_are_a_line_each(tmp_path: Path) -> None:
    files = {
        "lexicon/concepts.toml": '[[concept]]\nname = "MeetingExpense"\npatterns = ["开会花销"]\n',
        "clauses/amount.lark": "%extend UP: /猛涨/\n",
    }
    amounts = read(REPORT.replace("一、进账情况", "一、收入情况"), overlay(tmp_path / "o", files)).amounts
    assert [(str(one.concept), str(one.measure), str(one.value.value)) for one in amounts[1:3]] == [
        ("MeetingExpense", "amount", "3"),
        ("MeetingExpense", "change", "0.5"),
    ]


def test_a_section_is_a_file(tmp_path: Path) -> None:
    content = "%extend _report_section: reserve\nreserve: RESERVE_HEADING _tail\nRESERVE_HEADING: /预备费安排情况/\n"
    made = read(REPORT, overlay(tmp_path / "o", {"sections/reserve.lark": content}))
    assert "reserve" in language_of(tmp_path / "o")
    assert [section.heading.title for section in made.body.sections if section.heading][1] == "预备费安排情况"


def language_of(folder: Path) -> Mapping[str, str | None]:
    return with_overlays([str(folder)]).parents


def test_a_later_overlay_replaces(tmp_path: Path) -> None:
    first = overlay(tmp_path / "a", {"sections/revenue.lark": "%override REVENUE_HEADING: /进账情况/\n"})
    second = overlay(tmp_path / "b", {"sections/revenue.lark": "%override REVENUE_HEADING: /入账情况/\n"})
    assert read(REPORT, first, second).body.sections[0].role is None
    assert read(REPORT, second, first).body.sections[0].role == "revenue"


def test_a_document_says_what_it_was_read_in(tmp_path: Path) -> None:
    files = {"grammar.toml": 'name = "云溪"\nversion = "2024.1"\n', "lexicon/units.toml": 'percent.wordings = ["成"]\n'}
    place = overlay(tmp_path / "o", files)
    shipped, laid_over = read(REPORT, place).grammar
    assert shipped == built_in().source
    assert (laid_over.name, laid_over.version, len(laid_over.digest)) == ("云溪", "2024.1", 12)
    overlay(tmp_path / "o", {"lexicon/units.toml": 'percent.wordings = ["成数"]\n'})
    assert read(REPORT, place).grammar[1].digest != laid_over.digest


IN_TENS = """云溪市文化和旅游局2024年部门预算公开说明
一、收入说明
2024年预算收入12.5十万元，其中：一般公共预算12（十 万元），比上年增加0.5十万元，增长4%。
二、支出说明
2024年预算支出125万元人民币，单价3十万元以上的设备除外。
三、三公经费情况
单位：十万元
\t项目
\t2024年预算
\t2023年预算
\t增减金额

\t公务接待费
\t1.2
\t1.1十万元
\t0.1

四、固定资产情况
\t资产名称
\t数量
\t价值（金额单位：十万元）

\t车辆
\t2
\t3.5

"""
A_UNIT = {"lexicon/units.toml": '[money]\n"十万元" = 100000\n"万元人民币" = 10000\n'}


def test_a_unit_of_money_is_one_line(tmp_path: Path) -> None:
    made = read(IN_TENS, overlay(tmp_path / "o", A_UNIT))
    assert [(str(one.concept), str(one.measure), str(one.value.value), one.unit) for one in made.amounts] == [
        ("Revenue", "amount", "12.5", "十万元"),
        ("GeneralPublicBudgetRevenue", "amount", "12", "十万元"),
        ("GeneralPublicBudgetRevenue", "change", "0.5", "十万元"),
        ("Expenditure", "amount", "125", "万元人民币"),
        ("OfficialReceptionExpense", "amount", "1.2", "十万元"),
        ("OfficialReceptionExpense", "amount", "1.1", "十万元"),
        ("OfficialReceptionExpense", "change", "0.1", "十万元"),
    ]
    assert [(one.value.value if one.value else None, one.unit) for one in made.assets] == [(Decimal("3.5"), "十万元")]
    assert [one.code for one in made.diagnostics if one.code.startswith("BD5")] == []
    assert made.units == (MoneyUnit("十万元", 100000), MoneyUnit("万元人民币", 10000))


@pytest.mark.parametrize("form", ["csv", "json", "xbrl-json", "ixbrl"])
def test_every_format_has_it(form: str, tmp_path: Path) -> None:
    made = read(IN_TENS, overlay(tmp_path / "o", A_UNIT))
    written = "".join(map(str, emitters()[form].stream([made])))
    again = load_json("".join(map(str, emitters()["json"].stream([made]))))
    said = {
        "csv": "Revenue,预算收入,2024,amount,,12.5,,十万元,12.5",
        "json": '"yuan": 100000',
        "xbrl-json": '"1250000"',
        "ixbrl": 'scale="5"',
    }
    assert said[form] in written
    # Who reads the JSON knows the unit as well.
    assert again == made


def test_in_a_folder_of_tables_it_is_yuan(tmp_path: Path) -> None:
    files = dict(emitters()["csv"].package([read(IN_TENS, overlay(tmp_path / "o", A_UNIT))]))
    assert "1250000" in str(files["amounts.csv"])


def test_what_no_record_is_in_is_not_said(tmp_path: Path) -> None:
    assert read(REPORT, overlay(tmp_path / "o", A_UNIT)).units == ()


def test_a_short_form_of_a_unit_is_one_line(tmp_path: Path) -> None:
    text = "某局2024年部门预算公开\n一、收入说明\n2024年预算收入12.5千，其中：财政拨款收入3元。\n"
    files = {"lexicon/units.toml": 'money_alias."千" = "千元"\n'}
    found = [(str(one.value.value), one.unit) for one in read(text, overlay(tmp_path / "o", files)).amounts]
    assert found == [("12.5", "千元"), ("3", "元")]
    assert len(compile_text(text).document.amounts) == 1


def test_a_percent_wording_is_one_line(tmp_path: Path) -> None:
    text = "某局2024年部门预算公开\n一、收入说明\n2024年预算收入12万元，比上年增加2万元，增长20趴。\n"
    place = overlay(tmp_path / "o", {"lexicon/units.toml": 'percent.wordings = ["趴"]\n'})
    assert [one.percent is None for one in compile_text(text).document.amounts] == [True, True]
    [_, change] = read(text, place).amounts
    assert change.percent is not None
    assert change.percent.value == 20


def test_a_unit_of_an_indicator_is_one_line(tmp_path: Path) -> None:
    text = REPORT.replace("要求达到", "指标值").replace("60成", "60内存条")
    place = overlay(tmp_path / "o", {"clauses/target.lark": "%extend UNIT: /(?<=[0-9])内存条/\n"})
    assert [one.target.unit for one in compile_text(text).document.indicators if one.target] == [None]
    assert [one.target.unit for one in read(text, place).indicators if one.target] == ["内存条"]


def test_an_overlay_s_pattern_has_the_words_of_the_lexicon(tmp_path: Path) -> None:
    files = {**A_UNIT, "clauses/amount.lark": "%extend UP: /猛涨(?=[0-9.]+{units.money})/\n"}
    text = REPORT.replace("一、进账情况", "一、收入情况").replace("猛涨0.5万元", "猛涨0.5十万元")
    text = text.replace("开会花销3万元，", "")
    found = read(text, overlay(tmp_path / "o", files)).amounts
    assert [(str(one.value.value), one.unit) for one in found if one.measure == "change"] == [("0.5", "十万元")]


LABELS, CONCEPTS, REVENUE = "lexicon/labels.toml", "lexicon/concepts.toml", "sections/revenue.lark"
FAULTS: dict[str, tuple[str, str, str]] = {
    "no TOML": (LABELS, "labels = ", "labels.toml: "),
    "a list that is a text": (LABELS, '[labels]\n\ntarget = "要求"', "labels.toml:3: target is a text here"),
    "a table that is none": (
        LABELS,
        '[lables]\nx = ["y"]',
        "labels.toml:1: lables: no key of the file; did you mean 'labels'?",
    ),
    "a concept that is none": (CONCEPTS, '[[concept]]\nname = "Nonsense"\npatterns = ["甲"]', "concepts.toml:2: "),
    "an entry without a name": (
        CONCEPTS,
        '[[concept]]\npatterns = ["甲"]',
        "concepts.toml:1: [[concept]] has no name, which it needs",
    ),
    "a broken pattern": (CONCEPTS, '[[concept]]\nname = "Revenue"\npatterns = ["甲("]', "concepts.toml:3: 甲(: "),
    "a hook that is none": (
        "sections/x.lark",
        "%extend _sect: x\nx: X_HEADING _tail\nX_HEADING: /甲/",
        "x.lark:1: Can't",
    ),
    "a broken terminal": (REVENUE, "\n%extend REVENUE_HEADING: /甲(/", "revenue.lark:2: 甲(: "),
    "a placeholder that names nothing": (
        REVENUE,
        "\n%extend REVENUE_HEADING: /甲{units.monney}/",
        "revenue.lark:2: {units.monney}: the lexicon has nothing of that name",
    ),
    "a placeholder that names no words": (
        CONCEPTS,
        '[[concept]]\nname = "Revenue"\npatterns = ["甲{units.percent.before}"]',
        "concepts.toml:3: {units.percent.before}: that is no table or list of words",
    ),
    "a unit that is no power of ten": (
        "lexicon/units.toml",
        '[money]\n"半万元" = 5000',
        "units.toml:2: 半万元: a unit of money is 1, 10, 100, … yuan",
    ),
    "a definition that stands already": (REVENUE, "REVENUE_HEADING: /甲/", "revenue.lark"),
    "a file that no grammar has": ("section/revenue.lark", "", "nothing of the grammar is called so"),
    "nothing": ("readme.md", "", "holds nothing that adds to the grammar"),
    "a description with more": ("grammar.toml", 'author = "x"', "grammar.toml:1: author"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_overlay_is_answered_with_its_place(fault: str, tmp_path: Path) -> None:
    name, content, reason = FAULTS[fault]
    place = overlay(tmp_path / "dialect", {name: content})
    before = built_in_language()
    with pytest.raises(GrammarFileError) as caught:
        with_overlays([place])
    assert str(caught.value).startswith(place)
    assert reason in str(caught.value)
    assert built_in_language() is before


def test_what_is_no_folder_is_sought_among_packages() -> None:
    with pytest.raises(GrammarFileError, match="none: no such folder, and no installed package brings it"):
        with_overlays(["none"])
