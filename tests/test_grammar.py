"""The grammar's files: well-formed, and named after what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version

import pytest

from yusuan.compiler.language import building
from yusuan.compiler.language.building import build
from yusuan.compiler.language.files import GrammarFile, GrammarFileError, built_in
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.lexicon_files import lexicons
from yusuan.compiler.language.loader import built_in_language
from yusuan.ir.vocabulary import Role

FILES = {file.path: file.text for file in built_in().files}
LARK = [name for name in FILES if name.endswith(".lark")]
SECTIONS = [name for name in LARK if name.startswith("sections/")]
LEXICON = lexicons(built_in().files)
GRAMMAR_OF = {file.path: name for name in GRAMMARS for file in members(name, built_in().files)}


def as_files(texts: Mapping[str, str]) -> list[GrammarFile]:
    """Texts as the files of the built-in language."""
    return [GrammarFile(path, f"grammar/{path}", text) for path, text in texts.items()]


def stem(file: str) -> str:
    return file.rpartition("/")[2].partition(".")[0]


# --- form -------------------------------------------------------------------------------------------------------------


def test_every_grammar_builds_without_conflicts() -> None:
    assert set(build(built_in().files, strict=True)["grammars"]) == set(GRAMMARS)


def test_its_version_is_that_of_the_program() -> None:
    source = built_in().source
    assert (source.name, source.version) == ("yusuan", version("yusuan"))


def test_every_file_belongs_to_a_grammar() -> None:
    assert set(GRAMMAR_OF) == set(LARK)


@pytest.mark.parametrize("file", LARK)
def test_the_first_line_is_the_official_term(file: str) -> None:
    first = FILES[file].partition("\n")[0]
    assert re.fullmatch("// [\u4e00-\u9fff“”、－—]+", first), "the first line is a comment: the official Chinese term"


@pytest.mark.parametrize("file", SECTIONS)
def test_a_section_has_one_heading_named_after_its_file(file: str) -> None:
    headings = re.findall(r"^(\w+_HEADING)\b[^\n:]*:", FILES[file], re.MULTILINE)
    assert headings == [f"{stem(file).upper()}_HEADING"]


@pytest.mark.parametrize("file", SECTIONS)
def test_a_section_hangs_in_one_hook_and_is_a_role(file: str) -> None:
    hooks = [
        rule.name
        for rule in built_in_language().parsers["report"].rules
        if re.fullmatch(r"_\w+_section", rule.name) and stem(file) in rule.symbols
    ]
    assert len(hooks) == 1
    assert stem(file) in set(Role)


def test_every_role_has_its_file() -> None:
    assert {stem(file) for file in SECTIONS} == set(Role)


# --- faults in a file are reported with its name ----------------------------------------------------------------------

FAULTS = {
    "a syntax error": "broken: )",
    "an unknown rule": "broken: nowhere",
    "an unknown terminal": "broken: NOWHERE",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("file", ["report.lark", "sections/glossary.lark", "table.lark", "clauses/target.lark"])
def test_a_faulty_grammar_file_is_named(file: str, fault: str) -> None:
    files = {**FILES, file: f"{FILES[file]}\n{FAULTS[fault]}\n"}
    with pytest.raises(GrammarFileError, match=f"^grammar/{file}"):
        building._analysed(GRAMMAR_OF[file], as_files(files), LEXICON, True)


@pytest.mark.parametrize("file", ["report.lark", "sections/glossary.lark", "table.lark", "clauses/target.lark"])
def test_a_faulty_pattern_is_named_with_its_file(file: str) -> None:
    broken, count = re.subn(r"^([A-Z][A-Z_0-9]*(?:\.-?\d+)?: )/.*$", r"\1/(/", FILES[file], count=1, flags=re.MULTILINE)
    assert count == 1, "the file has no terminal with a pattern"
    with pytest.raises(GrammarFileError, match=f"^grammar/{file}:[0-9]+: "):
        building._analysed(GRAMMAR_OF[file], as_files({**FILES, file: broken}), LEXICON, True)


def test_a_faulty_lexicon_file_is_named() -> None:
    with pytest.raises(GrammarFileError, match=r"^grammar/lexicon/units\.toml: "):
        build(as_files({**FILES, "lexicon/units.toml": "money = "}))
