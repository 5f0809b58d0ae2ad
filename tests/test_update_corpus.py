"""The corpus' own machinery: the file format, the update, what a failing case shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.test_corpus import check

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.workbench.corpus.cases import Case, CorpusFormatError
from yusuan.compiler.workbench.corpus.judging import print_layer, read_cases, rewrite

FILE = """\
====
first
====
甲

----
TEXT wrong

====
second
:unterminated
====
\t乙\r
 \u3000
----
====
third
:skip
====
丙
----
"""


def corpus_file(folder: Path, text: str, layer: str = "tokens") -> Path:
    path = folder / layer / "topic.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def cases_of(folder: Path, text: str = FILE, layer: str = "tokens") -> list[Case]:
    return read_cases(corpus_file(folder, text, layer))


def test_the_input_is_verbatim(tmp_path: Path) -> None:
    assert [case.input for case in cases_of(tmp_path)] == ["甲\n\n", "\t乙\r\n \u3000", "丙\n"]


def test_names_attributes_and_ids(tmp_path: Path) -> None:
    cases = cases_of(tmp_path)
    assert [case.id for case in cases] == [
        "tokens/topic/first",
        "tokens/topic/second",
        "tokens/topic/third",
    ]
    assert [dict(case.attributes) for case in cases] == [{}, {"unterminated": ""}, {"skip": ""}]
    assert [case.expected for case in cases] == ["TEXT wrong\n", "", ""]


def test_a_suffix_lets_the_input_hold_delimiters(tmp_path: Path) -> None:
    [case] = cases_of(tmp_path, "====|\nname\n====|\n====\n----\n----|\nTEXT x\n")
    assert case.input == "====\n----\n"
    assert case.expected == "TEXT x\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a case starts with"),
        ("甲\n----\n", "a case starts with"),
        ("====\nname\n甲\n----\n", "the first case has no head"),
        ("====\ntwo words\n====\n甲\n----\n", "a name is one word"),
        ("====\nname\n:oops\n====\n甲\n----\n", "unknown attribute :oops"),
        ("====\nname\n====\n甲\n", "no ---- follows"),
        ("====\na\n====\n甲\n----\n\n====\na\n====\n甲\n----\n", "stands twice"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CorpusFormatError, match=message):
        cases_of(tmp_path, text)


def test_rewriting_with_the_same_changes_nothing_but_blank_lines(tmp_path: Path) -> None:
    path = corpus_file(tmp_path, FILE)
    rewrite(path, {"first": "TEXT wrong\n"})
    assert path.read_bytes() == FILE.encode()


def test_a_difference_fails_with_a_diff_and_the_command(tmp_path: Path) -> None:
    first, *_ = cases_of(tmp_path)
    with pytest.raises(pytest.fail.Exception) as failure:
        check(first, update=False)
    shown = str(failure.value)
    assert "-TEXT wrong\n+TEXT 甲\\n\n+BLANK \\n\n" in shown
    assert 'pytest tests/test_corpus.py -k "first" --update-corpus' in shown


def test_an_update_rewrites_expected_parts_only(tmp_path: Path) -> None:
    first, second, third = cases_of(tmp_path)
    check(first, update=True)
    check(second, update=True)
    with pytest.raises(pytest.skip.Exception):
        check(third, update=True)
    fresh = read_cases(first.path)
    assert [case.input for case in fresh] == [first.input, second.input, third.input]
    assert [case.expected for case in fresh] == [
        print_layer(first, built_in_language()),
        print_layer(second, built_in_language()),
        "",
    ]
    check(fresh[0], update=False)
    check(fresh[1], update=False)


@pytest.mark.parametrize("update", [False, True])
def test_a_case_with_an_error_must_be_marked(tmp_path: Path, update: bool) -> None:
    text = "====\nname\n====\n \n----\nold\n"
    [case] = cases_of(tmp_path, text, "diagnostics")
    with pytest.raises(pytest.fail.Exception, match="BD001"):
        check(case, update=update)
    assert case.path.read_text("utf-8") == text


def test_a_marked_case_is_updated(tmp_path: Path) -> None:
    [case] = cases_of(tmp_path, "====\nname\n:error\n====\n \n----\nold\n", "diagnostics")
    check(case, update=True)
    assert read_cases(case.path)[0].expected.startswith("1:1 error[BD001] ")


def test_a_case_marked_in_vain_fails(tmp_path: Path) -> None:
    [case] = cases_of(tmp_path, "====\nname\n:error\n====\n甲\n----\n", "diagnostics")
    with pytest.raises(pytest.fail.Exception, match="yields no error"):
        check(case, update=True)


def test_no_update_where_ci_is_set() -> None:
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "pytest", "--update-corpus", "--collect-only", "-q", __file__]
    run = subprocess.run(command, cwd=root, env={**os.environ, "CI": "true"}, capture_output=True, encoding="utf-8")
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--update-corpus is for a person" in run.stderr
