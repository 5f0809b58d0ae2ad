"""Every rule of the checks can hold and can be broken: no check that cannot fail, none that never holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from yusuan import compile_text
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.compiler.workbench.corpus.judging import corpus_files, read_cases
from yusuan.ir import taxonomy as module
from yusuan.ir.contract import contract
from yusuan.ir.diagnostics.codes import CODES
from yusuan.ir.taxonomy import Taxonomy, taxonomy
from yusuan.ir.vocabulary import ITEMISED, Concept

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tallies() -> dict[str, Counter[tuple[str, str]]]:
    """How often each rule held and was broken in the samples and the cases of the corpus."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    for path in corpus_files(ROOT / "tests" / "corpus"):
        if path.parent.name == "diagnostics":
            texts += [case.input for case in read_cases(path)]
    counts: dict[str, Counter[tuple[str, str]]] = {"holds": Counter(), "broken": Counter()}
    for text in texts:
        for tally in compile_text(text).tallies:
            counts["holds"][tally.code, tally.rule] += tally.holds
            counts["broken"][tally.code, tally.rule] += tally.broken
    return counts


@pytest.mark.parametrize("outcome", ["holds", "broken"])
def test_every_rule_can_hold_and_be_broken(tallies: dict[str, Counter[tuple[str, str]]], outcome: str) -> None:
    rules = {rule for counts in tallies.values() for rule in counts}
    never = sorted(rule for rule in rules if not tallies[outcome][rule] and (outcome, *rule) not in NEVER)
    assert not never, f"add a case to tests/corpus/diagnostics/ in which it {outcome}: {never}"


def test_every_rule_of_the_taxonomy_is_tried(tallies: dict[str, Counter[tuple[str, str]]]) -> None:
    tried = {rule for _, rule in tallies["holds"]}
    assert {rule.name for rule in taxonomy().sums} | {
        rule.name for kind in contract().values() for rule in kind.sums
    } <= tried
    assert {rule.code for kind in contract().values() for rule in kind.sums} <= CODES.keys()


def test_a_new_sum_touches_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "云溪市桥梁处2024年部门预算公开\n八、其他\n会议费8.00万元，其中：培训费5.00万元，差旅费2.00万元。\n"
    assert [found.code for found in compile_text(text).diagnostics] == []
    entry = '[[sum]]\nname = "a-new-sum"\ntotal = "MeetingExpense"\nparts = ["TrainingExpense", "TravelExpense"]\n'
    core = 'core = ["TrainingExpense", "TravelExpense"]\n'
    data = (ROOT / "ir" / "taxonomy.toml").read_text(encoding="utf-8")
    extended = Taxonomy.parse(data.replace("[[equal]]", f"{entry}{core}\n[[equal]]", 1))
    monkeypatch.setattr(module, "_shipped", lambda: extended)
    assert [found.code for found in compile_text(text).diagnostics] == ["BD501"]


# A change in the right direction is one that reconciles.
NEVER = {("holds", "BD504", "change-against-direction")}
"""What cannot be: outcome, code and rule."""


def test_misspelt_keys_of_a_rule_are_no_silence() -> None:
    data = (ROOT / "ir" / "taxonomy.toml").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="has no cor "):
        Taxonomy.parse(data.replace("\ncore =", "\ncor =", 1))


def test_the_lexicon_and_the_taxonomy_agree_on_what_is_part_of_what() -> None:
    holds = concept_lexicon(built_in_language()).holds
    wholes: dict[Concept, set[Concept]] = {}
    for rule in taxonomy().sums:
        for part in rule.parts:
            if part.concept not in ITEMISED and part.scope is None:
                wholes.setdefault(part.concept, set()).add(rule.total.concept)
    for concept, totals in wholes.items():
        # The lexicon knows one whole of each part; the taxonomy may know several.
        assert any(holds(total, concept) for total in totals), f"{concept} is no part of {totals} in concepts.toml"
