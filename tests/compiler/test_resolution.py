"""The rules that say what figures leave unsaid: each has a case of the corpus that is called after it and needs it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from attrs import evolve
from tests.test_corpus import CASES

from yusuan.compiler.clauses.phrases import Phrase
from yusuan.compiler.clauses.resolution import base, basis, concept, direction, period, scope, subject, unit
from yusuan.compiler.clauses.resolution.answers import Question
from yusuan.compiler.clauses.resolution.discourse import Discourse
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import Observer, compile_text
from yusuan.compiler.workbench.corpus.judging import judge

MODULES = (base, basis, concept, direction, period, scope, subject, unit)
QUESTIONS = [value for module in MODULES for value in vars(module).values() if isinstance(value, Question)]
RULES: dict[str, Callable[..., object]] = {
    f"{question.name}-{rule.__name__}".replace("_", "-"): rule for question in QUESTIONS for rule in question.rules
}
"""Each rule by the name of its case."""

IN_USE = {case.name: case for case in CASES if case.path.stem == "resolution"}


class Answers(Observer):
    """Keeps which rules answered."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def answered(self, phrase: Phrase, question: str, rule: str, at: object) -> None:  # noqa: ARG002
        self.names.add(f"{question}-{rule}".replace("_", "-"))


def test_there_is_a_case_for_each_rule_and_none_for_others() -> None:
    assert set(IN_USE) == set(RULES)


@pytest.mark.parametrize("name", sorted(IN_USE))
def test_a_case_is_answered_by_its_rule(name: str) -> None:
    seen = Answers()
    compile_text(IN_USE[name].input, name, language=built_in_language(), observer=seen)
    assert name in seen.names


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_case_passes_without_its_rule(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, rule = Discourse.ask, RULES[name]

    def without(state: Discourse, question: Question[object, object], asked: object) -> object:
        others = tuple(one for one in question.rules if one is not rule)
        return ask(state, evolve(question, rules=others), asked)

    monkeypatch.setattr(Discourse, "ask", without)
    assert not judge(IN_USE[name], built_in_language()).is_right


def test_a_rule_says_what_it_is_for() -> None:
    assert [name for name, rule in RULES.items() if not re.match(r"\S.+\.", rule.__doc__ or "")] == []
