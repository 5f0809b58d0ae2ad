"""Whatever an overlay holds, it works or is refused with its place and a reason, before long."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.overlay_faults import Trial, answer, of_files, of_grammars, of_the_lexicon, written

from yusuan.compiler.language.files import GrammarFileError
from yusuan.compiler.overlays import with_overlays

forked = pytest.mark.skipif(os.name != "posix", reason="each is tried in a process of its own, which is forked")

_GRAMMARS = [one for one in of_grammars() if one.name.startswith("sections/revenue.lark: ")]
_TERMINALS = [one for one in of_grammars() if " override " in one.name or " extend " in one.name]
_FILES = list(of_files())
_SOME = random.Random(11).sample(list(of_the_lexicon()), 60) + random.Random(11).sample(_TERMINALS, 15)


@forked
@pytest.mark.parametrize("trial", [*_GRAMMARS, *_FILES, *_SOME], ids=lambda trial: ascii(trial.name)[1:100])
def test_it_works_or_is_refused_before_long(trial: Trial, tmp_path: Path) -> None:
    assert answer(trial, tmp_path, lambda place: with_overlays([place])) is None


CHARACTERS, CHECKS, CONCEPTS = "lexicon/characters.toml", "lexicon/checks.toml", "lexicon/concepts.toml"
LABELS, UNITS, REVENUE, AMOUNT = (
    "lexicon/labels.toml",
    "lexicon/units.toml",
    "sections/revenue.lark",
    "clauses/amount.lark",
)

REFUSED: dict[str, tuple[str, str | bytes, str]] = {
    "a number in place of wordings": (
        LABELS,
        "[labels]\n\nweight = 5",
        "labels.toml:3: weight is a number here; it is to be a list",
    ),
    "numbers among wordings": (LABELS, "[labels]\nweight = [1]", "labels.toml:2: what stands in the list is a number"),
    "an empty wording": (LABELS, '[labels]\nweight = [""]', "labels.toml:2: weight: a wording is empty"),
    "a wording that is folded away": (LABELS, '[labels]\nweight = ["“”"]', "labels.toml:2: '“”' is nothing when"),
    "a key that nothing reads": (
        CHECKS,
        "[sums]\npartiall = 'x'",
        "checks.toml:2: partiall: nothing that is called so is known here; did you mean 'partial'?",
    ),
    "a table that nothing reads": (
        UNITS,
        "[money]\n\n[percents]\nbefore = 'x'",
        "units.toml:3: percents: no key of the file; did you mean 'percent'?",
    ),
    "a concept without its name": (
        CONCEPTS,
        '[[concept]]\nname = "Revenue"\n[[concept]]\npatterns = ["x"]',
        "concepts.toml:3: [[concept]] has no name, which it needs",
    ),
    "a concept with another key": (
        CONCEPTS,
        '[[concept]]\nname = "Revenue"\n\npattern = ["x"]',
        "concepts.toml:4: pattern: no key of [[concept]]; did you mean 'patterns'?",
    ),
    "a numeral that is too large": (
        CHARACTERS,
        '[numerals]\n"百万" = 1000000\n',
        "characters.toml:2: 百万: one character is expected",
    ),
    "half a pair": (CHECKS, '[writing]\npairs = [["("]]', "checks.toml:2: pairs: a list of 2 is expected"),
    "an unnamed name": ("grammar.toml", '# x\nname = ""', "grammar.toml:2: name: it is empty, or has a character"),
    "an identifier that is none": (
        LABELS,
        '[labels]\nWeight = ["x"]',
        "labels.toml:2: Weight: 'Weight' is no identifier:",
    ),
    "a role that is none": (CHECKS, "[sections]\nx = 'x'", "checks.toml:2: x: 'x' is no role"),
    "a pattern without its group": (CHECKS, "[sums]\nmoney = 'x'", "checks.toml:2: x: the group number is missing"),
    "a group that nothing reads": (CHECKS, "[sums]\nothers = '(?P<a>x)'", "checks.toml:2: (?P<a>x): nothing reads the"),
    "a name found everywhere": (
        CONCEPTS,
        '[[concept]]\nname = "Revenue"\npatterns = ["甲?"]',
        "concepts.toml:3: 甲?: it matches nothing as well",
    ),
    "a concept in itself": (
        CONCEPTS,
        '[[concept]]\nname = "BudgetTotal"\nparent = "Expenditure"',
        "concepts.toml:3: BudgetTotal would be a part of itself",
    ),
    "short for nothing": (UNITS, '[money_alias]\n"毛" = "角"', "units.toml:2: '毛' is short for 角, which is no unit"),
    "a range that is none": (
        CHARACTERS,
        '[[fold]]\nrange = ["z", "a"]\nonto = "b"',
        "characters.toml:1: fold: range: it is no range",
    ),
    "half a group of characters": (
        CHARACTERS,
        '[[fold]]\nto = "b"',
        "characters.toml:1: fold: a group of characters",
    ),
    "a number of thousands of digits": (
        UNITS,
        f"money.'甲' = {'9' * 5000}",
        "units.toml: a value is none",
    ),
    "brackets without end": (UNITS, f"x = {'[' * 9999}", "units.toml: something is nested too deep"),
    "a key without end": (LABELS, f"# x\nlabels{'.a' * 40} = 1", "labels.toml:2: a key of that many parts is none"),
    "no UTF-8": (LABELS, b"# x\n\xff", "labels.toml:2: is not UTF-8"),
    "too large": (LABELS, "#" * 600_000, "labels.toml: cannot be read: it is larger than 512 KiB"),
    "an import": (REVENUE, "// x\n%import common.WORD", "revenue.lark:2: %import is refused"),
    "something ignored": (REVENUE, "// x\n%ignore /甲/", "revenue.lark:2: %ignore is refused"),
    "a template": (REVENUE, "// x\nt{x}: x x", "revenue.lark:2: a template is refused"),
    "deep brackets": (REVENUE, f"a: {'(' * 99}X{')' * 99}\n", "revenue.lark:1: brackets are nested more than 50 deep"),
    "a pattern of deep brackets": (
        REVENUE,
        f"\n%extend REVENUE_HEADING: /{'(' * 99}x{')' * 99}/",
        "brackets are nested more than 50 deep",
    ),
    "choices without end": (REVENUE, f"a: {'(X|Y) ' * 40}", "revenue.lark:1: there are more than 10000 ways through"),
    "no grammar": (REVENUE, "// x\n\nimport os", "revenue.lark:3: "),
    "a back reference by number": (
        REVENUE,
        "%extend REVENUE_HEADING: /(甲)\\1/",
        "revenue.lark:1: (甲)\\1: a group is referred to by its number",
    ),
    "a group of another terminal": (
        AMOUNT,
        "\n%extend UP: /(?P<unit>甲)/",
        "amount.lark:2: UP: the group unit is a group of UNIT already",
    ),
    "a terminal without its group": (
        AMOUNT,
        "%override _YEAR_BEFORE: /甲/",
        "amount.lark:1: COMPARISON: the group compared is read, and missing",
    ),
    "a number without its value": (
        "clauses/numbering.lark",
        "%extend start: NEW\nNEW: /甲/",
        "numbering.lark:2: NEW: the group number_new is read, and missing",
    ),
    "a terminal that is none": (AMOUNT, "// x\n\n%extend NOSUCH: /甲/", "amount.lark:3: Can't extend terminal NOSUCH"),
    "a terminal without its colon": (AMOUNT, "%extend UP /甲/", "amount.lark:1: a colon is missing: /甲/"),
    "a terminal without words": (AMOUNT, "%extend UP", "amount.lark:1: a colon is missing where the line ends"),
    "a terminal of nothing": (AMOUNT, "%extend UP: /甲?/", "amount.lark:1: UP: it matches nothing as well"),
    "a name with a line end": ("sections/a\nb.lark", "", "sections/a\\nb.lark: a name may have no colon"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_the_line_and_the_reason_are_told(fault: str, tmp_path: Path) -> None:
    name, content, reason = REFUSED[fault]
    written({name: content})(_folder(tmp_path))
    with pytest.raises(GrammarFileError) as caught:
        with_overlays([str(tmp_path / "o")])
    assert str(caught.value).startswith(f"{tmp_path}/o/")
    assert reason in str(caught.value)


def _folder(parent: Path) -> Path:
    (parent / "o").mkdir()
    return parent / "o"


WORK: dict[str, Mapping[str, str | bytes]] = {
    "a byte order mark": {LABELS: b'\xef\xbb\xbf[labels]\nweight = ["\xe9\x87\x8d"]\n'},
    "old line ends": {REVENUE: b"// x\r%extend REVENUE_HEADING: /x/\r"},
    "a repeated concept": {CONCEPTS: '[[concept]]\nname = "Revenue"\nbare = ["甲"]\n[[concept]]\nname = "Revenue"\n'},
}


@pytest.mark.parametrize("kind", WORK)
def test_what_is_odd_works(kind: str, tmp_path: Path) -> None:
    written(WORK[kind])(_folder(tmp_path))
    with_overlays([str(tmp_path / "o")])


@forked
def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    written({"..data/revenue.txt": "// x\n%extend REVENUE_HEADING: /x/\n", "sections/x.txt": ""})(folder)
    (folder / REVENUE).symlink_to("../..data/revenue.txt")
    assert [file.path for file in with_overlays([str(folder)]).files][-1] == REVENUE


@pytest.mark.parametrize("place", ["x" * 5000, "a/" * 3000, "nul\x00"])
def test_a_place_that_cannot_be_is_refused(place: str) -> None:
    with pytest.raises(GrammarFileError):
        with_overlays([place])
