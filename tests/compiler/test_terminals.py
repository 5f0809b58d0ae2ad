"""Terminals: each is open to overlays, which a report shows, or closed to them; gaps; priorities; patterns."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from yusuan.compiler.clauses.lexer import region_lexer
from yusuan.compiler.language.building import build
from yusuan.compiler.language.files import LEXICON, GrammarFileError, built_in
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon_files import lexicons
from yusuan.compiler.language.loader import Language, built_in_language
from yusuan.compiler.language.places import closed
from yusuan.compiler.language.starts import needs, starts
from yusuan.compiler.language.terminals import Gaps, has_bare_bar, never_backtracks, until
from yusuan.compiler.overlays import with_overlays
from yusuan.compiler.pipeline import compile_text
from yusuan.compiler.workbench.sampling import Sampler
from yusuan.emitters.tables import TABLES

LANGUAGE: Final = built_in_language()

CASES_FILE: Final = Path(__file__).parent / "extensions.toml"
CASES: Final[list[dict[str, Any]]] = tomllib.loads(CASES_FILE.read_text("utf-8"))["case"]
IDS: Final = [f"{case['grammar']}.{case['terminal']}" for case in CASES]
FRAMES: Final = {
    "sentence": "云溪市档案局2024年部门预算公开\n三、支出说明\n{}。\n",
    "target": "五、绩效预算信息\n\t三级指标\n\t指标值\n\n\t办件数\n\t{}\n",
    "cell": "五、绩效预算信息\n档案库房改造绩效目标表\n\t预算规模及资金用途\n\t{}\n",
    "heading": "云溪市档案局2024年部门预算公开\n一、{}\n见下。\n",
    "report": "{}",
}
LONGEST: Final = 120


def overlay(folder: Path, files: Mapping[str, str]) -> Language:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return with_overlays([str(folder)])


def terminals(grammar: str) -> list[str]:
    return [entry.name for entry in grammar_index(LANGUAGE).symbols(grammar) if entry.is_terminal]


def closed_ones(grammar: str) -> dict[str, str]:
    return {name: why for file in members(grammar, built_in().files) for name, why in closed(file.text).items()}


# --- each is open or closed -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The language with the words of all cases."""
    files: dict[str, str] = defaultdict(str)
    for case in CASES:
        entry = grammar_index(LANGUAGE).symbol(case["grammar"], case["terminal"])
        assert entry is not None, case
        is_declared = entry.file.endswith(".toml")
        files[entry.file] += case["adds"] if is_declared else f"%extend {case['terminal']}: {case['adds']}\n"
    return overlay(tmp_path_factory.mktemp("words") / "words", files)


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_each_terminal_has_a_case_or_is_closed(grammar: str) -> None:
    with_case = {case["terminal"] for case in CASES if case["grammar"] == grammar}
    why = closed_ones(grammar)
    assert set(why) <= set(terminals(grammar)), "what is closed is a terminal"
    assert with_case.isdisjoint(why)
    assert set(terminals(grammar)) - set(why) == with_case


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_an_invented_word_shows_in_the_rows_of_a_report(
    case: dict[str, Any], extended: Language, request: pytest.FixtureRequest
) -> None:
    kind = next(key for key in FRAMES if key in case)
    text = FRAMES[kind].format(case[kind])
    before, after = rows(text, case["table"]), rows(text, case["table"], extended)
    changed = {
        "new": [row for row in after if row not in before],
        "gone": [row for row in before if row not in after],
    }
    assert changed["new"] or changed["gone"], "the word shows nowhere"
    if request.config.getoption("--update-corpus"):
        write_down(case, changed)
    assert {"new": case.get("new", []), "gone": case.get("gone", [])} == changed


def rows(text: str, table: str, language: Language = LANGUAGE) -> list[str]:
    made = TABLES[table].rows(compile_text(text, "r", language=language).document)
    # Behind its title, name and year a document says which language it was read in: that differs in any case.
    return [",".join(row[:4] if table == "documents" else row) for row in made]


def write_down(case: dict[str, Any], changed: Mapping[str, list[str]]) -> None:
    """Write the expected rows of a case."""
    case |= changed
    blocks = CASES_FILE.read_text("utf-8").split("[[case]]\n")
    at = 1 + CASES.index(case)
    body = re.split(r"^(?:new|gone) = ", blocks[at], maxsplit=1, flags=re.MULTILINE)[0].rstrip("\n")
    said = [f"{key} = {json.dumps(found, ensure_ascii=False)}" for key, found in changed.items() if found]
    blocks[at] = "\n".join([body, *said, "", ""])
    CASES_FILE.write_text("[[case]]\n".join(blocks), "utf-8")


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_no_open_terminal_can_be_nothing(grammar: str) -> None:
    """What can be nothing always is: no word that is added behind it is ever tried."""
    for name, pattern in LANGUAGE.patterns[grammar].items():
        if name not in closed_ones(grammar):
            assert not re.fullmatch(pattern, ""), name


CLOSED = [(grammar, name) for grammar in GRAMMARS for name in closed_ones(grammar)]


@pytest.mark.parametrize(("grammar", "name"), CLOSED[::7])
@pytest.mark.parametrize("directive", ["extend", "override"])
def test_a_closed_one_is_refused(grammar: str, name: str, directive: str, tmp_path: Path) -> None:
    entry = grammar_index(LANGUAGE).symbol(grammar, name)
    assert entry is not None
    with pytest.raises(GrammarFileError) as caught:
        overlay(tmp_path, {entry.file: f"// 甲\n%{directive} {name}: /甲/\n"})
    assert caught.value.place == f"{tmp_path}/{entry.file}:2"
    assert caught.value.reason == f"{name} is closed to overlays: {closed_ones(grammar)[name]}"


# --- priorities -------------------------------------------------------------------------------------------------------

TABLE = "四、绩效预算信息\n\t三级指标\t指标值\n\t归档率\t95%\n"


@pytest.mark.parametrize("written", ["SUBHEADER", "SUBHEADER.6"])
def test_what_replaces_a_terminal_keeps_its_priority(written: str, tmp_path: Path) -> None:
    spoken = overlay(tmp_path, {"table.lark": f"%override {written}: /<level3><target>/\n"})
    assert rows(TABLE, "indicators", spoken) == rows(TABLE, "indicators") != []
    assert spoken.parsers["table"].priorities["SUBHEADER"] == 6


def test_a_priority_that_is_said_is_kept_by_later_overlays(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    overlay(first, {"table.lark": "%override SUBHEADER.12: /<level3><target>/\n"})
    overlay(second, {"table.lark": "%override SUBHEADER : /<level3><value>/\n"})
    spoken = with_overlays([str(first), str(second)])
    assert spoken.parsers["table"].priorities["SUBHEADER"] == 12
    assert spoken.patterns["table"]["SUBHEADER"] == "<level3><value>"


def test_a_priority_that_lark_would_pass_over_is_told(tmp_path: Path) -> None:
    with pytest.raises(GrammarFileError) as caught:
        overlay(tmp_path, {"clauses/amount.lark": "// 金额语句\n%extend UP.30: /攀升/\n"})
    assert caught.value.place == f"{tmp_path}/clauses/amount.lark:2"
    assert caught.value.reason.startswith(
        "%extend UP.30: a priority is said where a terminal is defined; write %extend UP"
    )


# --- gaps -------------------------------------------------------------------------------------------------------------


def tokens(grammar: str, text: str, language: Language = LANGUAGE) -> list[tuple[str, str]]:
    return [(token.type, text[token.start : token.end]) for token in region_lexer(language, grammar).lex(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("因公出国（境）费", ["因公出国（境）费"]),
        ("基本支出（本级）3万元", ["基本支出（本级）"]),
        ("车辆（含购置、福利费）", ["车辆（含购置、福利费）"]),
        ("支出（其中甲）", ["支出", "甲"]),
        ("支出（类）", ["支出"]),
        ("支出（增加）5万元", ["支出"]),
        ("（本级）支出", ["本级", "支出"]),
        ("支出（3辆车）", ["支出", "辆车"]),
        ("主要的原先数一件", ["主要的原先数一件"]),
    ],
)
def test_what_no_terminal_takes_is_words(text: str, words: list[str]) -> None:
    assert [said for kind, said in tokens("amount", text) if kind == "WORDS"] == words


def test_an_invented_bound_breaks_words_in_their_middle(tmp_path: Path) -> None:
    extended = overlay(tmp_path, {"clauses/target.lark": '%extend GE: "起码"\n'})
    assert tokens("target", "起码5件", extended) == [("GE", "起码"), ("NUMBER", "5"), ("UNIT_WORDS", "件")]
    assert tokens("target", "办件量起码5件", extended)[:2] == [("TEXT", "办件量"), ("GE", "起码")]


def test_words_of_a_target_hold_what_joins_numbers() -> None:
    assert tokens("target", "起草至印发约定为3份") == [
        ("TEXT", "起草至印发约定为"),
        ("NUMBER", "3"),
        ("UNIT_WORDS", "份"),
    ]


def test_a_gap_that_ends_at_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(GrammarFileError, match="no terminal is called NOWHERE"):
        overlay(tmp_path, {"clauses/listing.lark": "%extend item: X\nX: /{until.NOWHERE}/\n"})


def test_a_gap_that_ends_at_itself_is_told() -> None:
    with pytest.raises(ValueError, match="A ends at itself"):
        Gaps({"A": "{until.B}", "B": "{until.A}"}, ["A"]).filled("A")


def test_what_does_not_begin_here() -> None:
    gaps = Gaps({"A": "(?P<a>甲|乙)丙", "B": "{not.A}[一-龥]"}, ["B"])
    assert [match.start() for match in re.finditer(gaps.filled("B"), "甲丙甲甲")] == [1, 2, 3]


def test_a_gap_takes_all_up_to_its_ends() -> None:
    gap = re.compile(f"{until(['(?P<a>甲|乙)丙', '[0-9]+'])}+")
    assert [match[0] for match in gap.finditer("丁甲丁甲丙乙乙丙戊9己甲")] == ["丁甲丁", "丙乙", "丙戊", "己甲"]
    anything = re.compile(f"{until(['.丙'])}+")
    assert [match[0] for match in anything.finditer("丁甲甲丙乙")] == ["丁甲", "丙乙"]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("甲乙", "甲"),
        ("甲?乙", "乙甲"),
        ("(?<=丙)(甲|[乙丁])", "丁乙甲"),
        (r"[\s　]{0,4}[0-9]", r"0-9\s　"),
        ("甲*", None),
        ("[^甲]", None),
        ("(?i:a)", None),
        (".甲", None),
    ],
)
def test_what_a_match_can_start_with(pattern: str, first: str | None) -> None:
    found = starts(pattern)
    assert found is None if first is None else sorted(found or "") == sorted(first)


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        ("甲乙", "甲"),
        (".{0,8}[甲乙]丙", "丙"),
        ("(?:甲|丁乙)?丙", "丙"),
        (".*(?:甲丙|乙)", "乙甲"),
        ("(?:甲|.)乙{1,2}", "乙"),
        (".(?:甲|乙*)", None),
        ("[^甲]", None),
        ("(?=甲).", "甲"),
        ("(?i:a)", None),
        (r"\d.", r"\d"),
    ],
)
def test_what_every_match_holds(pattern: str, held: str | None) -> None:
    assert needs(pattern) == held


@pytest.mark.parametrize("grammar", LANGUAGE.patterns)
def test_what_every_match_of_a_terminal_holds_is_in_it(grammar: str) -> None:
    for name, pattern in LANGUAGE.patterns[grammar].items():
        held = LANGUAGE.needs[grammar][name]
        for text, at in Sampler(pattern).matching(40) if held is not None else ():
            found = re.compile(pattern).match(text, at)
            # A terminal may look at what stands behind its match.
            assert found is None or re.search(f"[{held}]", text[at:]), (name, text)


# --- how patterns are written -----------------------------------------------------------------------------------------


def test_no_line_is_long() -> None:
    """A line is read in a difference; what is longer is built of fragments."""
    long = [
        f"{file.shown}:{number}"
        for file in built_in().files
        for number, line in enumerate(file.text.split("\n"), start=1)
        if len(line) > LONGEST
    ]
    assert long == []


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


WORDS_AND_ASIDES: Final = st.lists(
    st.sampled_from(
        ["因公出国", "（境）", "（", "）", "(本级)", "费", "增加", "5", "万元", "其中", "：", "，", "\n", " ", "（类）"]
    )
).map("".join)


@given(WORDS_AND_ASIDES)
def test_a_gap_is_what_its_pattern_says(text: str) -> None:
    """The lexer finds a gap by what stands around it; the pattern, which tools try, says the same."""
    patterns = LANGUAGE.patterns["amount"]
    by_patterns = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()))
    assert tokens("amount", text) == [(str(found.lastgroup), found[0]) for found in by_patterns.finditer(text)]


@pytest.mark.parametrize(
    "written",
    ["WORDS.-1: /{until.others}/", "WORDS.-1: (/{until.others}/ | _ASIDE)+\nMORE_WORDS.-2: /{until.others}/+"],
)
def test_the_gap_of_a_grammar_is_one_repetition(written: str) -> None:
    [shipped] = [file for file in built_in().files if file.path == "clauses/amount.lark"]
    text = re.sub(r"^WORDS\.-1: .*$", lambda _: written, shipped.text, flags=re.MULTILINE)
    text = text.replace("WORDS | ", "WORDS | MORE_WORDS | ", 1) if "MORE" in written else text
    files = [evolve(file, text=text) if file is shipped else file for file in built_in().files]
    with pytest.raises(GrammarFileError, match="the one terminal of a grammar that ends at all others is a repetition"):
        build(files)


def test_no_pattern_has_what_python_versions_read_differently() -> None:
    of_terminals = [pattern for patterns in LANGUAGE.patterns.values() for pattern in patterns.values()]
    assert [one for one in [*of_terminals, *texts(lexicons(built_in().files))] if never_backtracks(one)] == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("clauses/amount.lark", "// 甲\n%extend UP: /甲++/\n"),
        ("clauses/amount.lark", "// 甲\n%extend UP: /甲/ | /(?>甲|乙)丙/\n"),
        (f"{LEXICON}checks.toml", '[names]\nreducing = "甲*+"\n'),
        (f"{LEXICON}concepts.toml", '[words]\ntail = ["甲?+乙"]\n'),
    ],
)
def test_such_a_pattern_of_an_overlay_is_told(file: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(GrammarFileError, match="possessive repeats and atomic groups") as caught:
        overlay(tmp_path, {file: text})
    assert caught.value.place == f"{tmp_path}/{file}:2"


@pytest.mark.parametrize("written", ['/甲|乙/ "丙"', '(/甲|乙/) "丙"', '_X "丙"'])
def test_alternatives_of_a_pattern_end_where_it_ends(written: str, tmp_path: Path) -> None:
    """Lark joins what stands beside a pattern without brackets around it."""
    added = f"%extend UP: {written}\n" + ("_X: /甲|乙/\n" if "_X" in written else "")
    extended = overlay(tmp_path, {"clauses/amount.lark": added})
    assert [kind for kind, _ in tokens("amount", "甲丙5万元，乙丙，甲，乙", extended)] == [
        *("UP", "NUMBER", "UNIT", "COMMA", "UP", "COMMA", "WORDS", "COMMA", "WORDS"),
    ]


@pytest.mark.parametrize(
    ("pattern", "bare"), [("a|b", True), ("(a|b)c", False), ("[|]", False), (r"\|", False), ("[]|]a|b", True)]
)
def test_a_bar_outside_of_brackets(pattern: str, bare: bool) -> None:
    assert has_bare_bar(pattern) is bare
