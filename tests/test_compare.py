"""The comparison of two checkouts: what it finds, what it passes over, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
if str(BENCH) not in sys.path:
    sys.path.append(str(BENCH))

from alignment import Item, aligned  # noqa: E402
from compare import cut, find_reports  # noqa: E402
from compile_all import without_digests  # noqa: E402
from differences import Kind, differences, fact_differences, json_differences, table_differences  # noqa: E402

REPORTS = {
    "river": "青岚县河道管理所2024年部门预算\n\n一、收支总体情况\n\n2024年收入预算为120万元，较上年增加20万元。\n",
    "forest": "青岚县林场2024年部门预算\n\n一、收支总体情况\n\n2024年支出预算为80万元，比上年减少5万元。\n",
}
"""Two of a public body that does not exist."""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command, with a cache of its own."""

    def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, BENCH / "compare.py", *arguments],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"YUSUAN_CACHE": str(tmp_path / "cache"), "PYTHONIOENCODING": "utf-8"},
        )

    return command


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of this checkout, in which something is to be written differently."""
    for top in ("compiler", "emitters", "grammar", "ir", "src"):
        shutil.copytree(
            ROOT / top, tmp_path / "copy" / top, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path / "copy"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


# --- the command ---


def test_a_checkout_equals_itself(reports: Path, run: Callable[..., Any]) -> None:
    done = run(ROOT, "--files", reports)
    assert (done.returncode, done.stdout) == (0, "2 reports: 2 equal, 0 differ\n"), done.stderr
    # The second side is the same compiler, so its outcomes are known.
    assert "2 compiled, 0 known" in done.stderr
    assert "0 compiled, 2 known" in done.stderr


def test_a_planted_change_is_counted_and_shown(reports: Path, run: Callable[..., Any], copied: Path) -> None:
    replace(copied / "grammar/lexicon/units.toml", '"万元" = 10000', '"万元" = 1000')
    done = run(ROOT, copied, "--files", reports, "--show", "1")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("2 reports: 0 equal, 2 differ\n")
    assert EXAMPLE in done.stdout
    assert "\nxbrl facts: changed value, decimals (4 in 2 reports)\n" in done.stdout
    # That a file of the grammar is another one is no difference of what comes out.
    assert "grammar" not in done.stdout

    counted = run(ROOT, copied, "--files", reports, "--count", "--kinds", "tables", "--only", "amounts")
    assert [line.split()[:3] for line in counted.stdout.splitlines()[3:4]] == [["amounts", "2", "4"]]
    assert counted.stdout.splitlines()[5:] == ["amounts: changed yuan, decimals (4 in 2 reports)"]
    assert run(ROOT, copied, "--files", reports, "--only", "glossary").returncode == 0


EXAMPLE = """
amounts: changed yuan, decimals (4 in 2 reports)
    reports/forest line 5
        - yuan=800000 decimals=-4
        + yuan=80000 decimals=-3
"""


def test_what_nobody_is_to_read_is_counted_and_not_shown(
    reports: Path, run: Callable[..., Any], copied: Path, tmp_path: Path
) -> None:
    replace(copied / "grammar/lexicon/units.toml", '"万元" = 10000', '"万元" = 1000')
    unseen = tmp_path / "names.txt"
    unseen.write_text("forest\n", encoding="utf-8")
    done = run(ROOT, copied, "--files", reports, "--show", "9", "--unseen", unseen)
    assert "amounts: changed yuan, decimals (4 in 2 reports)" in done.stdout
    assert "reports/river" in done.stdout
    assert "reports/forest" not in done.stdout


@pytest.mark.parametrize(
    ("planted", "failure"),
    [
        (
            "raise RuntimeError('planted')",
            "failures: added compiling (2 in 2 reports)\n    reports/forest\n        - \n",
        ),
        ("import os; os._exit(7)", "failures: added process (2 in 2 reports)\n    reports/forest\n        - \n"),
    ],
)
def test_a_side_that_fails_differs(
    reports: Path, run: Callable[..., Any], copied: Path, planted: str, failure: str
) -> None:
    with (copied / "src/yusuan/__init__.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    done = run(ROOT, copied, "--files", reports)
    assert done.returncode == 1, done.stderr
    assert failure in done.stdout
    assert "output removed" not in done.stdout


def test_wrong_usage(reports: Path, run: Callable[..., Any]) -> None:
    for arguments, message in [
        (["no-such-revision", "--files", reports], "neither a checkout"),
        ([ROOT, "--files", reports / "none"], "no reports"),
        ([ROOT, "--files", reports, "--kinds", "tables,pdf"], "'tables,pdf' is not a list of tables, json, xbrl"),
        ([], "required: BASE"),
    ]:
        done = run(*arguments)
        assert done.returncode == 2
        assert message in done.stderr


def test_files_are_named_by_folder_or_pattern(reports: Path) -> None:
    names = ["reports/forest", "reports/river"]
    assert [report.name for report in find_reports([str(reports)])] == names
    assert [report.name for report in find_reports([str(reports / "*.txt"), str(reports)])] == names


# --- what differs ---


def told(table: str, base: str, new: str) -> list[tuple[str, str, str, str, str]]:
    found = table_differences(table, base, new)
    return [(one.kind.change, one.kind.where, one.place, one.base, one.new) for one in found]


def test_an_inserted_row_is_one_difference() -> None:
    rows = ["line,term,definition", "5,甲,一", "6,乙,二", "7,丙,三"]
    more = [*rows[:2], "6,丁,四", *rows[2:]]
    assert told("glossary", "\n".join(rows), "\n".join(more)) == [
        ("row added", "", "line 6", "", "line=6 term=丁 definition=四")
    ]
    assert told("glossary", "\n".join(more), "\n".join(rows))[0][0] == "row removed"


def test_a_row_that_moved_and_one_that_changed_are_told_by_their_columns() -> None:
    base = "line,concept,label,period,value\n5,A,甲,2024,1\n6,B,乙,2024,2\n7,C,丙,2024,3\n"
    new = "line,concept,label,period,value\n5,A,甲,2024,1\n6,X,戊,2023,8\n7,B,乙,2024,2\n8,C,丙,2024,4\n"
    assert told("amounts", base, new) == [
        ("row added", "", "line 6", "", "line=6 concept=X label=戊 period=2023 value=8"),
        ("changed", "line", "line 7", "6", "7"),
        ("changed", "line, value", "line 8", "line=7 value=3", "line=8 value=4"),
    ]


def test_a_column_of_one_side_is_told_once_and_left_out() -> None:
    assert told("assets", "line,item\n1,车\n2,房\n", "line,item,page\n1,车,1\n2,屋,1\n") == [
        ("column added", "page", "", "", "page"),
        ("row removed", "", "line 2", "line=2 item=房", ""),
        ("row added", "", "line 2", "", "line=2 item=屋 page=1"),
    ]
    assert told("assets", "line,item\n1,车\n", "item,line\n车,1\n") == [
        ("columns in another order", "", "", "line,item", "item,line")
    ]


def test_diagnostics_are_told_apart_by_name() -> None:
    header = "line,code,message,name\n"
    found = list(table_differences("diagnostics", header, f"{header}3,BD401,text,unit-not-stated\n"))
    assert [one.kind for one in found] == [Kind("diagnostics", "row added", "unit-not-stated")]


def test_json_is_compared_by_paths() -> None:
    base: dict[str, Any] = {
        "sections": [{"role": "a", "blocks": [{"text": "甲", "span": {"line": 4}}], "old": 1}],
        "n": 1,
    }
    new: dict[str, Any] = {
        "sections": [{"role": "a", "blocks": [{"text": "甲", "span": {"line": 5}}]}],
        "n": True,
        "m": 0,
    }
    assert [(one.kind.change, one.kind.where, one.place) for one in json_differences("json", base, new)] == [
        ("changed", "sections[].blocks[].span.line", "sections[0].blocks[0].span.line (line 5)"),
        ("key removed", "sections[].old", "sections[0].old"),
        ("changed", "n", "n"),
        ("key added", "m", "m"),
    ]
    assert not list(json_differences("json", base, json.loads(json.dumps(base))))


def test_an_element_that_json_has_more_is_one_difference() -> None:
    base = [{"text": text, "span": {"line": at}} for at, text in enumerate("甲乙丙")]
    new = [{"text": text, "span": {"line": at}} for at, text in enumerate("丁甲乙丙")]
    assert [(one.kind.change, one.place) for one in json_differences("json", base, new, "list")] == [
        ("added", "list[0] (line 0)"),
        ("changed", "list[1].span.line (line 1)"),
        ("changed", "list[2].span.line (line 2)"),
        ("changed", "list[3].span.line (line 3)"),
    ]


def fact(concept: str, value: str, *, period: str = "2024", line: int = 1) -> dict[str, Any]:
    return {"value": value, "dimensions": {"concept": concept, "period": period}, "decimals": 0, "source:line": line}


def test_facts_are_compared_as_a_bag() -> None:
    first, second = fact("Revenue", "1"), fact("Expenditure", "2")
    assert not list(fact_differences([first, second], [second | {"source:line": 9}, first]))
    found = list(fact_differences([first, first, second], [first, fact("Expenditure", "3"), fact("Change", "4")]))
    assert [(one.kind.change, one.kind.where, one.base, one.new) for one in found] == [
        ("changed", "value", "2 Expenditure 2024", "3 Expenditure 2024"),
        ("removed", "Revenue", "1 Revenue 2024", ""),
        ("added", "Change", "", "4 Change 2024"),
    ]
    (moved,) = fact_differences([first], [fact("Revenue", "1", period="2023")])
    assert moved.kind == Kind("xbrl facts", "changed", "period")


def test_other_bytes_of_xbrl_and_a_lacking_table_are_told() -> None:
    base = {"assets.csv": "line\n", "xbrl": "<a>\n<b>\n"}
    new = {"xbrl": "<a>\n<c>\n", "failure of csv": ""}
    found = list(differences(base, new, frozenset({"tables", "json", "xbrl"})))
    assert [one.kind for one in found] == [Kind("assets", "output removed", ""), Kind("xbrl", "other bytes", "")]
    assert (found[1].place, found[1].base, found[1].new) == ("line 2 of the output", "<b>", "<c>")
    failed = {"failure of compiling": "KeyError: 1"}
    assert [one.kind.part for one in differences(base, failed, frozenset({"tables", "xbrl"}))] == ["failures"]


def test_every_item_is_paired_once_and_in_order() -> None:
    def items(text: str) -> list[Item]:
        return [Item(char, frozenset({("", char.lower())})) for char in text]

    for base, new in [("", ""), ("abc", ""), ("abcd", "bXd"), ("abab", "baba"), ("aBc", "AbC"), ("a" * 300, "b" * 400)]:
        pairs = list(aligned(items(base), items(new)))
        assert [left for left, _ in pairs if left is not None] == list(range(len(base)))
        assert [right for _, right in pairs if right is not None] == list(range(len(new)))
    assert list(aligned(items("aBc"), items("AbC"))) == [(0, 0), (1, 1), (2, 2)]


def test_the_digest_of_the_grammar_is_left_out() -> None:
    made = {
        "json": json.dumps({"grammar": [{"digest": "0123abcd"}]}),
        "xbrl": "<!-- 0123abcd -->",
        "documents.csv": "x",
    }
    assert without_digests(made)["xbrl"] == "<!-- (digest) -->"
    assert without_digests({"xbrl": "<!-- 0123abcd -->"})["xbrl"] == "<!-- 0123abcd -->"


def test_a_shown_value_is_short_and_moves_no_cursor() -> None:
    assert cut("a\x1b[2Jb\nc") == "a\ufffd[2Jb\ufffdc"
    assert len(cut("长" * 200)) == 80
