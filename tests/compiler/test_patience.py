"""Patterns that keep the engine busy are found, others left alone; strings are made as they are said to be."""

from __future__ import annotations

import multiprocessing
import re

import pytest
from tests.overlay_texts import PATTERNS

from yusuan.compiler.language import expressions
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.workbench import patience
from yusuan.compiler.workbench.collisions import Rival, collisions
from yusuan.compiler.workbench.patience import Tried, busy
from yusuan.compiler.workbench.patterns import patterns
from yusuan.compiler.workbench.sampling import LONGEST, Sampler

BUSY = (
    "(a+)+$",
    "(a|a)*b",
    "(.*,)*x",
    "(?:甲|甲乙|乙)+丙",
    "([a-z]+)*=",
    r"^(\w+\s?)*$",
    r"([\s　]{0,16}甲?){0,16}乙",
    "(?=(a+)+b)c",
    "(?<=甲)(乙+)+丙",
    "(a?){30}a{30}",
    r"\d+\d+\d+\d+x",
    "[a-z]+[0-9a-c]+[c-f]+[a-f]+!",
)
CALM = ("a+b", r"\d+x", "(ab)*c", "[^，]{0,30}占", "(?:a|b)*c", r"\d+\.\d+", r"\d+\d+x", "(?:甲乙)+(?:丙丁)+")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PATIENCE", 2.0)


def test_they_are_found_and_none_hides_another() -> None:
    tried = [Tried(pattern) for pattern in (*CALM, *BUSY, *CALM)]
    found = dict(busy(tried))
    assert [tried[place].pattern for place in found] == list(BUSY)
    assert all(16 <= length <= LONGEST for length in found.values())


def test_what_is_never_tried_on_long_texts_may_take_its_time_there() -> None:
    assert list(busy([Tried(r"\d+\d+\d+\d+x", 70, is_whole=True)])) == []
    assert [place for place, _ in busy([Tried("(甲+)+乙", 70, is_whole=True)])] == [0]


def test_the_built_in_language_keeps_nobody_busy() -> None:
    assert list(busy([one.tried for one in patterns(built_in_language())])) == []


def test_strings_match_where_they_say() -> None:
    without = []
    for grammar, terminals in built_in_language().patterns.items():
        for name, pattern in terminals.items():
            compiled = re.compile(pattern)
            if not any(compiled.match(text, start) for text, start in Sampler(pattern).matching(200)):
                without.append((grammar, name))
    assert len(without) <= 2, "so of nearly every terminal there is a string"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?<=[0-9])年", [("0年", 1)]),
        ("甲(?=乙)", [("甲乙", 0)]),
        ("(?<!0)甲{2}", [("甲甲", 0)]),
    ],
)
def test_what_is_looked_for_stands_around(pattern: str, expected: list[tuple[str, int]]) -> None:
    made = Sampler(pattern).matching(20)
    assert set(made) >= set(expected)
    assert all(re.compile(pattern).match(text, start) for text, start in made)


def test_every_sound_pattern_has_strings() -> None:
    tried = 0
    for pattern in PATTERNS.values():
        try:
            expressions.read(pattern)
        except ValueError:
            continue
        made = [*Sampler(pattern).pumped(), *(text for text, _ in Sampler(pattern).matching(20))]
        assert made
        assert max(map(len, made)) <= LONGEST
        tried += 1
    assert tried > 10


def test_pumped_strings_are_as_long_as_they_may_be() -> None:
    made = list(Sampler("甲(乙+)丙").pumped(100))
    assert {"甲" + "乙" * 64 + "丙", "甲" + "乙" * 16} <= set(made)
    assert max(map(len, made)) <= 100


def test_collisions_are_of_the_same_place_and_priority() -> None:
    first, same, longer, other, apart = (
        Rival("FIRST", "甲乙?", 5, False),
        Rival("SAME", "(?<!丙)甲乙", 5, False),
        Rival("LONGER", "甲乙丙", 5, False),
        Rival("OTHER", "甲", 4, False),
        Rival("APART", "乙", 5, False),
    )
    found = [(one.first.name, one.second.name) for one in collisions([first, same, longer, other, apart])]
    assert found == [("FIRST", "SAME"), ("FIRST", "LONGER"), ("SAME", "LONGER")]


def test_they_are_found_where_processes_are_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    found = [place for place, _ in busy([Tried(CALM[0]), Tried(BUSY[0]), Tried(CALM[1])])]
    assert found == [1]
