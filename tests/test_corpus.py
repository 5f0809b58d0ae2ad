"""Every case of the corpus: what its layer prints is what stands there.

A wanted difference is written down with `pytest --update-corpus`. Expected parts are not edited by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.workbench.corpus.cases import Case
from yusuan.compiler.workbench.corpus.judging import LAYERS, corpus_files, judge, read_cases, rewrite

CORPUS = Path(__file__).parent / "corpus"
CASES = [case for path in corpus_files(CORPUS) for case in read_cases(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    check(case, update=request.config.getoption("--update-corpus"))


def check(case: Case, *, update: bool) -> None:
    """Compare a case, or write down what its layer prints now."""
    if "skip" in case.attributes:
        pytest.skip("marked :skip")
    verdict = judge(case, built_in_language())
    if verdict.fault is not None:
        done = "it is not updated" if update else "the case is not marked :error"
        pytest.fail(f"{verdict.fault.code} {verdict.fault.message}: {done}", pytrace=False)
    if verdict.lacks_error:
        pytest.fail("the case is marked :error but yields no error", pytrace=False)
    if verdict.is_right:
        return
    if update:
        rewrite(case.path, {case.name: verdict.actual})
    else:
        command = f'pytest tests/test_corpus.py -k "{case.name}" --update-corpus'
        pytest.fail(f"{verdict.difference()}\nif this is right: {command}", pytrace=False)


def test_every_file_stands_in_the_folder_of_a_layer() -> None:
    assert {path.parent.name for path in corpus_files(CORPUS)} == set(LAYERS)
