"""Overlays: one line in one file teaches a wording; a faulty one is answered with its place and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from yusuan.compiler.driver import compile_text
from yusuan.compiler.grammar_files import GrammarFileError, built_in
from yusuan.compiler.grammar_loader import language, speaking
from yusuan.compiler.overlays import with_overlays
from yusuan.ir.document import Document

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
    with speaking(with_overlays(places)):
        return compile_text(text, "report").document


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


LABELS, CONCEPTS, REVENUE = "lexicon/labels.toml", "lexicon/concepts.toml", "sections/revenue.lark"
FAULTS: dict[str, tuple[str, str, str]] = {
    "no TOML": (LABELS, "labels = ", "labels.toml: "),
    "a list that is a text": (LABELS, '[labels]\n\ntarget = "要求"', "labels.toml:3: target is a text here"),
    "a table that is none": (LABELS, '[lables]\nx = ["y"]', "labels.toml:1: lables: the lexicon has no"),
    "a concept that is none": (CONCEPTS, '[[concept]]\nname = "Nonsense"\npatterns = ["甲"]', "concepts.toml:2: "),
    "an entry without a name": (CONCEPTS, '[[concept]]\npatterns = ["甲"]', "concepts.toml:1: every entry"),
    "a broken pattern": (CONCEPTS, '[[concept]]\nname = "Revenue"\npatterns = ["甲("]', "concepts.toml:3: 甲(: "),
    "a hook that is none": (
        "sections/x.lark",
        "%extend _sect: x\nx: X_HEADING _tail\nX_HEADING: /甲/",
        "x.lark: Can't",
    ),
    "a broken terminal": (REVENUE, "\n%extend REVENUE_HEADING: /甲(/", "revenue.lark:2: 甲(: "),
    "a definition that stands already": (REVENUE, "REVENUE_HEADING: /甲/", "revenue.lark"),
    "a file that no grammar has": ("section/revenue.lark", "", "nothing of the grammar is called so"),
    "nothing": ("readme.md", "", "holds nothing that adds to the grammar"),
    "a description with more": ("grammar.toml", 'author = "x"', "grammar.toml:1: author"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_overlay_is_answered_with_its_place(fault: str, tmp_path: Path) -> None:
    name, content, reason = FAULTS[fault]
    place = overlay(tmp_path / "dialect", {name: content})
    before = language()
    with pytest.raises(GrammarFileError) as caught:
        with_overlays([place])
    assert str(caught.value).startswith(place)
    assert reason in str(caught.value)
    assert language() is before


def test_what_is_no_folder_is_sought_among_packages() -> None:
    with pytest.raises(GrammarFileError, match="none: no such folder, and no installed package brings it"):
        with_overlays(["none"])
