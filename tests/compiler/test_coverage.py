"""Coverage: what is measured is what matched, measuring changes nothing, and the corpus uses the whole language."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.strategies import EXAMPLES, report
from tests.test_corpus import CASES

from yusuan import Compiler, compile_text
from yusuan.compiler.language.files import built_in, overlay
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language, load
from yusuan.compiler.language.places import Entry
from yusuan.compiler.rendering.words import words
from yusuan.compiler.workbench.coverage import Coverage, Use, measure
from yusuan.compiler.workbench.coverage.model import Record
from yusuan.compiler.workbench.coverage.recording import recorded
from yusuan.compiler.workbench.rendering.coverage import describe
from yusuan.compiler.workbench.written import WrittenSymbols
from yusuan.ir.diagnostics import Locale

LANGUAGE = built_in_language()

SENTENCE = """\
云溪市档案局2024年部门预算公开

二、支出说明
2024年支出预算100.50万元，其中：基本支出80万元。
"""

TABLE = "\t三级指标\n\t指标值\n\t分值权重\n\n\t归档率\n\t≥95%\n\t１０\n\n"


@pytest.fixture(scope="module")
def corpus() -> Coverage:
    """What the cases of the corpus use."""
    cases = [case for case in CASES if "skip" not in case.attributes]
    return measure(
        LANGUAGE,
        [(case.id, case.input) for case in cases if "grammar" not in case.attributes],
        [(case.id, case.attributes["grammar"], case.input) for case in cases if "grammar" in case.attributes],
    )


def entry(*path: str | int) -> Entry:
    file, *inner = path
    found = grammar_index(LANGUAGE).entry(str(file), *inner)
    assert found is not None
    return found


def symbol(grammar: str, name: str) -> Entry:
    found = grammar_index(LANGUAGE).symbol(grammar, name)
    assert found is not None
    return found


# --- measuring changes nothing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_watched_language_reads_the_same(path: Path) -> None:
    text = report(path)
    seen = Compiler(language=recorded(LANGUAGE, Record(WrittenSymbols(LANGUAGE), LANGUAGE.patterns))).compile_text(text)
    assert seen == compile_text(text)


def test_every_case_reads_the_same_in_a_watched_language() -> None:
    told = Compiler(language=recorded(LANGUAGE, Record(WrittenSymbols(LANGUAGE), LANGUAGE.patterns)))
    seen = [told.compile_text(case.input) for case in CASES]
    assert seen == [compile_text(case.input) for case in CASES]


def test_whatever_is_made_of_an_entry_tells_of_it() -> None:
    """So what the compiler comes to use is told without a further line."""
    record = Record(WrittenSymbols(LANGUAGE), LANGUAGE.patterns)
    entries = recorded(LANGUAGE, record).entries("checks")
    data = {"a": {"pattern": "云+", "chars": "、，", "texts": ["溪"], "table": {"桥": 1}}}
    entries.data = data
    entries.pattern("a", "pattern").sub("", "云云溪")
    assert "，" in entries.characters("a", "chars")
    assert "溪" in entries.texts("a", "texts", name=str)
    assert entries.keys("a", "table", name=str)["桥"] == 1
    entries.alternation("渡", lambda match: [(("a", "group"), match[0])]).search("渡口")
    entries.used("a", "end", text="。")
    assert {path: tally.example for (_, path), tally in record.tallies.items()} == {
        ("a", "pattern"): "云云",
        ("a", "chars"): "，",
        ("a", "texts", "溪"): "溪",
        ("a", "table", "桥"): "桥",
        ("a", "group"): "渡",
        ("a", "end"): "。",
    }


# --- what is used -----------------------------------------------------------------------------------------------------


def test_rules_and_terminals_of_a_sentence() -> None:
    found = measure(LANGUAGE, [("a.txt", SENTENCE)])
    assert found.use(symbol("amount", "amount")) == Use(2, "a.txt", "80万元")
    assert found.use(symbol("amount", "UNIT")) == Use(2, "a.txt", "万元")
    assert found.use(symbol("amount", "flat")) is None
    assert found.use(symbol("report", "EXPENDITURE_HEADING")) == Use(1, "a.txt", "二、支出说明")
    assert found.use(symbol("report", "REVENUE_HEADING")) is None


def test_a_row_terminal_has_the_text_of_its_row() -> None:
    used = measure(LANGUAGE, [("a.txt", TABLE)]).use(symbol("table", "INDICATORS_HEADER"))
    assert used == Use(1, "a.txt", "三级指标 指标值 分值权重")


def test_of_the_wordings_of_a_label_that_which_stands_there() -> None:
    found = measure(LANGUAGE, [("a.txt", TABLE)])
    assert found.use(entry("labels", "labels", "weight", "分值权重")) == Use(1, "a.txt", "分值权重")
    assert found.use(entry("labels", "labels", "weight", "权重")) is None
    weight = found.use(entry("labels", "labels", "weight"))
    assert weight is not None
    assert weight.count == 1


def test_entries_of_the_other_lexicons() -> None:
    found = measure(LANGUAGE, [("a.txt", SENTENCE + TABLE)])
    used: list[tuple[str | int, ...]] = [
        ("concepts", "concept", "BasicExpenditure", "patterns", "基本(经费)?支出"),
        ("concepts", "concept", "BasicExpenditure", "name"),
        ("units", "money", "万元"),
        ("units", "percent", "wordings", "%"),
        ("characters", "fold", 10, "onto"),
        ("checks", "names", "rate"),
    ]
    assert [path for path in used if found.use(entry(*path)) is None] == []
    unused = [
        ("concepts", "concept", "BasicExpenditure", "patterns", "基本经费"),
        ("concepts", "concept", "MeetingExpense", "name"),
        ("units", "money", "亿元"),
        ("characters", "marks", "image"),
        ("checks", "names", "bad"),
    ]
    assert [path for path in unused if found.use(entry(*path)) is not None] == []


def test_the_shortest_example_of_all_texts() -> None:
    found = measure(LANGUAGE, [("a.txt", SENTENCE), ("b.txt", SENTENCE.replace("80万元", "8万元")), ("c.txt", "")])
    assert found.use(symbol("amount", "amount")) == Use(4, "b.txt", "8万元")


def test_a_clause_alone_is_read_by_its_grammar() -> None:
    found = measure(LANGUAGE, [], [("a", "target", "不低于95%"), ("b", "glossary", "")])
    assert found.use(symbol("target", "GE")) == Use(1, "a", "不低于")
    assert found.use(symbol("glossary", "start")) is None


# --- alternatives -----------------------------------------------------------------------------------------------------


def test_alternatives_stand_as_they_are_written() -> None:
    found = measure(LANGUAGE, [("a.txt", SENTENCE)]).alternatives("amount", "_separator")
    assert [(one.text, one.use is not None) for one in found] == [
        ("COMMA", True),
        ("SEMICOLON", False),
        ("BREAK", False),
        ("ORDINAL", False),
        ("ENTRY", False),
    ]
    place = symbol("amount", "_separator").place
    assert {one.place for one in found} == {place}


def test_alternatives_of_brackets_are_told_apart() -> None:
    found = measure(LANGUAGE, [("a.txt", TABLE)]).alternatives("table", "_rows")
    whole = "(ROW | EMPTY | TOTAL | SUBHEADER)*"
    assert [(one.text, one.within, one.use is not None) for one in found] == [
        (whole, None, True),
        ("ROW", whole, True),
        ("EMPTY", whole, False),
        ("TOTAL", whole, False),
        ("SUBHEADER", whole, False),
    ]


def test_what_a_file_adds_to_a_rule_is_an_alternative_there() -> None:
    found = {
        one.text: one for one in measure(LANGUAGE, [("a.txt", SENTENCE)]).alternatives("report", "_overview_section")
    }
    assert found["expenditure"].place.startswith("grammar/sections/expenditure.lark:")
    assert found["expenditure"].use is not None
    assert found["revenue"].use is None


def test_a_hook_is_used_as_what_it_adds() -> None:
    hooks = {hook.file: hook for hook in grammar_index(LANGUAGE).hooks("report", "_overview_section")}
    found = measure(LANGUAGE, [("a.txt", SENTENCE)])
    used = found.use(hooks["sections/expenditure.lark"])
    assert used is not None
    assert (used.count, used.source) == (1, "a.txt")
    assert found.use(hooks["sections/change.lark"]) is None


def test_an_overlay_that_overrides_has_the_only_alternatives(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "listing.lark").write_text(
        '// 分条\n%override item: NUMBER TEXT // with its text\n\n    | NUMBER "#"~1..2 [TEXT] -> bare\n', "utf-8"
    )
    folders = [built_in(), overlay(str(tmp_path))]
    found = measure(load(folders), [], [("a", "listing", "1、归档")]).alternatives("listing", "item")
    assert [(one.text, one.place.rpartition(":")[2], one.use is not None) for one in found] == [
        ("NUMBER TEXT", "2", True),
        ('NUMBER "#"~1..2 [TEXT] -> bare', "4", False),
    ]


def test_what_an_overlay_adds_to_a_terminal_is_an_alternative(tmp_path: Path) -> None:
    files = {
        "sections/money.lark": "// 收入说明\n%extend REVENUE_HEADING: /进项|进款/ | /收入说明/\n",
        "table.lark": "// 更多表格\n%extend SUBHEADER: /<plan>-+/ | /<level1>#/\n",
        "clauses/amount.lark": '// 金额语句\n%extend OF_WHICH: "内有"i | "内含" WHITE "有"\nWHITE: " "+\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    folders = [built_in(), overlay(str(tmp_path))]
    report = "一、2024年进款：\n收入100万元，内含 有：事业收入3万元。\n\t支出计划\n\t\n\t\n\n\t5\n\t6\n\t7\n"
    found = measure(load(folders), [("a.txt", report)])
    taken = {one.name: one.use and one.use.example for one in found.members() if one.file.startswith(str(tmp_path))}
    assert taken == {
        "/进项|进款/": "一、2024年进款：",
        "/收入说明/": None,
        "/<plan>-+/": "支出计划",
        "/<level1>#/": None,
        '"内有"i': None,
        '"内含" WHITE "有"': "内含 有",
        "WHITE": "",
    }


def test_patterns_have_the_words_of_their_placeholders(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    added = "// 金额语句\n%extend _EACH: /{units.money}内/\n"
    (tmp_path / "clauses" / "amount.lark").write_text(added, "utf-8")
    extended = load([built_in(), overlay(str(tmp_path))])
    found = measure(extended, [("a.txt", SENTENCE.replace("80万元", "80万元元内"))])
    *_, last = found.alternatives("amount", "_EACH")
    assert (last.text, last.use) == ("/{units.money}内/", Use(1, "a.txt", "元内"))
    unit = found.use(symbol("amount", "UNIT"))
    assert unit == Use(1, "a.txt", "万元")


def test_tables_without_names_go_on_from_folder_to_folder(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    text = '[[fold]]\nto = "1"\nfrom = "壹"\n[[fold]]\nto = "2"\nfrom = "贰"\n'
    (tmp_path / "lexicon" / "characters.toml").write_text(text, "utf-8")
    folders = [built_in(), overlay(str(tmp_path))]
    found = measure(load(folders), [("a.txt", TABLE.replace("95", "9贰"))])
    taken = {one.line: one.use and one.use.example for one in found.members() if one.file.startswith(str(tmp_path))}
    assert taken == {2: None, 3: None, 5: "贰", 6: "贰"}


def test_a_declared_table_is_used_by_its_rows_and_wordings(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    text = """\
# 补贴发放表
[table]
zh = "补贴"

[columns.village]
labels = ["村名", "村庄", "机构名称"]
required = true

[columns.paid]
labels = ["发放金额"]
type = "money"
required = true
"""
    (tmp_path / "tables" / "subsidies.toml").write_text(text, "utf-8")
    (tmp_path / "tables" / "grants.toml").write_text(text.replace("村", "乡").replace(', "机构名称"', ""), "utf-8")
    folders = [built_in(), overlay(str(tmp_path))]
    found = measure(
        load(folders), [("a.txt", "\t村名\n\t发放金额\n\n\t甲\n\t3\n\n\t机构名称\n\t发放金额\n\n\t乙\n\t4\n")]
    )
    here = [one for one in found.members() if one.file.startswith(str(tmp_path))]
    told = [(one.file.rpartition("/")[2], one.line, one.name, one.use is not None) for one in here]
    assert told == [
        ("grants.toml", 2, "table", False),
        ("grants.toml", 6, "乡名", False),
        ("grants.toml", 6, "乡庄", False),
        ("grants.toml", 10, "发放金额", True),
        ("subsidies.toml", 2, "table", True),
        ("subsidies.toml", 6, "村名", True),
        ("subsidies.toml", 6, "村庄", False),
        ("subsidies.toml", 6, "机构名称", True),
        ("subsidies.toml", 10, "发放金额", True),
    ]


def test_whatever_is_derived_takes_an_alternative(corpus: Coverage) -> None:
    """The alternatives as written are those that the parsers have."""
    for grammar in GRAMMARS:
        for rule in grammar_index(LANGUAGE).symbols(grammar):
            used = corpus.use(rule) if rule.kind == "rule" else None
            if used is None or rule.file.endswith(".toml"):
                continue
            taken = [one.use for one in corpus.alternatives(grammar, rule.name) if one.use and one.within is None]
            if rule.name == "_panel":
                # Those of declared sheets are alternatives that stand in no file.
                sheets = [one for one in grammar_index(LANGUAGE).symbols(grammar) if one.file.endswith(".toml")]
                taken += [use for one in sheets if one.kind == "rule" and (use := corpus.use(one))]
            assert sum(use.count for use in taken) == used.count, rule.place


def test_the_corpus_uses_the_whole_language(corpus: Coverage) -> None:
    unused = [f"{one.place}: {describe(one, words(Locale.EN))}" for one in corpus.members() if one.use is None]
    advice = "no case of tests/corpus uses these: add a case that needs each, or delete it"
    assert not unused, "\n".join([advice, *unused])
