"""Every case of the corpus: what its layer prints is what stands there.

A wanted difference is written down with `pytest --update-corpus`. Expected parts are not edited by hand.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from tests.corpus_files import corpus_files, read_cases, rewrite
from tests.corpus_layers import LAYERS, faults, print_layer

from yusuan.compiler.coverage.corpus_format import Case

CORPUS = Path(__file__).parent / "corpus"
CASES = [case for path in corpus_files(CORPUS) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, update=request.config.getoption("--update-corpus"))


def check(case: Case, *, update: bool) -> None:
    """Compare a case, or write down what its layer prints now."""
    if "skip" in case.attributes:
        pytest.skip("marked :skip")
    found = faults(case)
    if found and "error" not in case.attributes:
        verdict = "it is not updated" if update else "the case is not marked :error"
        pytest.fail(f"{found[0].code} {found[0].message}: {verdict}", pytrace=False)
    if "error" in case.attributes and not found:
        pytest.fail("the case is marked :error but yields no error", pytrace=False)
    actual = print_layer(case)
    if actual == case.expected:
        return
    if update:
        rewrite(case.path, {case.name: actual})
    else:
        pytest.fail(difference(case, actual), pytrace=False)


def difference(case: Case, actual: str) -> str:
    """A unified diff and what to do."""
    before, after = case.expected.splitlines(keepends=True), actual.splitlines(keepends=True)
    lines = unified_diff(before, after, f"{case.id} (expected)", f"{case.id} (now)")
    command = f'pytest tests/test_corpus.py -k "{case.name}" --update-corpus'
    return f"{''.join(lines)}\nif this is right: {command}"


def test_every_file_stands_in_the_folder_of_a_layer() -> None:
    assert {path.parent.name for path in corpus_files(CORPUS)} == set(LAYERS)
