"""The generator of reports with planted faults keeps its word."""

from __future__ import annotations

import difflib
from functools import cache

import pytest
from tests.generated_reports import FAULTS, GeneratedReport, clean, faulty, figures_that_disagree, twin

SEEDS = range(6)


@cache
def spoiled(seed: int, kind: str) -> GeneratedReport:
    return faulty(seed, kind)


def test_a_seed_gives_one_report() -> None:
    assert clean(3) == clean(3)
    assert faulty(3, "plan-falls") == faulty(3, "plan-falls")
    assert len({clean(seed).text for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", range(40))
def test_the_figures_of_a_clean_report_agree(seed: int) -> None:
    assert figures_that_disagree(seed) == []
    assert clean(seed).planted is None


@pytest.mark.parametrize("kind", FAULTS)
def test_each_kind_can_be_planted(kind: str) -> None:
    for seed in SEEDS:
        report = spoiled(seed, kind)
        assert report.planted is not None
        assert report.planted.kind == kind
        assert report.text != twin(seed, kind).text
        assert figures_that_disagree(seed, kind) == []


@pytest.mark.parametrize("kind", FAULTS)
def test_the_planted_line_is_where_the_text_was_changed(kind: str) -> None:
    for seed in SEEDS:
        planted = spoiled(seed, kind).planted
        before, after = twin(seed, kind).text.split("\n"), spoiled(seed, kind).text.split("\n")
        changed = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        begin = min(start for tag, _, _, start, _ in changed if tag != "equal")
        end = max(stop for tag, _, _, _, stop in changed if tag != "equal")
        assert planted is not None
        assert min(planted.lines) >= 1
        assert max(planted.lines) <= len(after)
        # A row's line is that of its first cell, some fourteen lines before its last.
        assert any(begin - 14 <= line <= end + 1 for line in planted.lines)


def test_reports_look_as_a_converter_leaves_them() -> None:
    for seed in SEEDS:
        text = clean(seed).text
        assert "\t" in text
        assert "\r" not in text
        assert not any(character >= "\U000f0000" for character in text)
