"""Placeholders: a pattern has the words of the lexicon, the longest first, with blanks between their characters."""

from __future__ import annotations

import re

import pytest

from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.placeholders import alternatives, filled, filled_lines

MONEY = {"元": 1, "万元": 10000, "万元整": 10000}
WORDS = {"units": {"digits": ["3"], "money": MONEY, "percent": {"wordings": ["%", "成"], "before": "x"}}}


@pytest.mark.parametrize(
    ("text", "found"),
    [("5元", "元"), ("5万元", "万元"), ("5万元整", "万元整"), ("5万 　元,", "万 　元"), ("5百元", None)],
)
def test_the_longest_word_is_found(text: str, found: str | None) -> None:
    match = re.search(rf"(?<=[0-9]){alternatives(MONEY)}", text)
    assert (match[0] if match else None) == found


def test_what_the_words_hold_is_no_pattern() -> None:
    assert re.fullmatch(alternatives(["a.b", "(c)"]), "(c)")
    assert not re.fullmatch(alternatives(["a.b", "(c)"]), "axb")


def test_a_table_gives_its_keys_and_a_list_its_texts() -> None:
    assert re.fullmatch(filled("[0-9]{1,3}{units.money}", WORDS), "120元")
    assert re.fullmatch(filled("[0-9]{1,3}{units.percent.wordings}", WORDS), "5成")


def test_a_character_may_be_one_that_is_folded_to_it() -> None:
    fold = [{"to": "%", "from": "％﹪"}, {"to": "", "from": " "}, {"range": ["０", "９"], "onto": "0"}]
    pattern = filled("{units.percent.wordings}|{units.digits}", WORDS | {"characters": {"fold": fold}})
    assert all(re.fullmatch(pattern, text) for text in ("%", "％", "﹪", "成", "3", "３"))
    assert not re.fullmatch(pattern, "２")


@pytest.mark.parametrize("pattern", ["a{0,16}", "a{3}", "{units}", r"\{a\.b\}", "{Units.money}"])
def test_what_is_no_placeholder_is_left_alone(pattern: str) -> None:
    assert filled(pattern, WORDS) == pattern


@pytest.mark.parametrize("key", ["units.x", "x.money", "units.percent.before", "units.percent", "units.money.元"])
def test_a_placeholder_that_names_no_words_is_refused(key: str) -> None:
    with pytest.raises(KeyError):
        filled(f"{{{key}}}", WORDS)


def test_a_comment_may_speak_of_them() -> None:
    assert filled_lines("// {units.x}\nA: /{units.percent.wordings}/", WORDS) == "// {units.x}\nA: /(?:%|成)/"


def test_the_built_in_language_has_none_left() -> None:
    left = re.compile(r"\{[a-z]+\.[a-z.]+\}")
    assert any(left.search(file.text) for file in built_in().files)
    patterns = [pattern for grammar in built_in_language().patterns.values() for pattern in grammar.values()]
    assert not any(left.search(text) for text in (*patterns, str(built_in_language().lexicon)))
