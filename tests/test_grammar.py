"""The grammar's files: well-formed, named after what they hold, and each terminal used by a corpus case or example."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import pytest
from tests.strategies import EXAMPLES, report
from tests.test_corpus import CASES

from yusuan.compiler import grammar_loader, lexer
from yusuan.compiler.coverage.corpus_format import Case
from yusuan.compiler.driver import compile_text
from yusuan.compiler.grammar_files import GrammarFile, GrammarFileError, built_in
from yusuan.compiler.grammar_loader import GRAMMARS, build, language
from yusuan.compiler.lexer import LineClass, LineClassifier, RegionLexer, parse_region
from yusuan.compiler.lowering.from_table import MarkedRow, RowLexer
from yusuan.compiler.parser import lex
from yusuan.compiler.tokens import BlockToken
from yusuan.ir.source import SourceFile
from yusuan.ir.vocabulary import Role

FILES = {file.path: file.text for file in built_in().files}
LARK = [name for name in FILES if name.endswith(".lark")]
SECTIONS = [name for name in LARK if name.startswith("sections/")]
GRAMMAR_OF = {file.path: name for name in GRAMMARS for file in grammar_loader.members(name, built_in().files)}


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
        rule.origin.name
        for rule in language().parsers["report"].rules
        if re.fullmatch(r"_\w+_section", rule.origin.name)
        and any(symbol.name == stem(file) for symbol in rule.expansion)
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
@pytest.mark.parametrize("file", ["report.lark", "sections/glossary.lark", "tables/assets.lark", "clauses/target.lark"])
def test_a_faulty_grammar_file_is_named(file: str, fault: str) -> None:
    files = {**FILES, file: f"{FILES[file]}\n{FAULTS[fault]}\n"}
    with pytest.raises(GrammarFileError, match=f"^grammar/{file}"):
        grammar_loader._build_grammar(GRAMMAR_OF[file], as_files(files), True)


@pytest.mark.parametrize("file", ["report.lark", "sections/glossary.lark", "tables/assets.lark", "clauses/target.lark"])
def test_a_faulty_pattern_is_named_with_its_file(file: str) -> None:
    broken, count = re.subn(r"^([A-Z][A-Z_0-9]*(?:\.-?\d+)?: )/.*$", r"\1/(/", FILES[file], count=1, flags=re.MULTILINE)
    assert count == 1, "the file has no terminal with a pattern"
    with pytest.raises(GrammarFileError, match=f"^grammar/{file}:[0-9]+: "):
        grammar_loader._build_grammar(GRAMMAR_OF[file], as_files({**FILES, file: broken}), True)


def test_a_faulty_lexicon_file_is_named() -> None:
    with pytest.raises(GrammarFileError, match=r"^grammar/lexicon/units\.toml: "):
        build(as_files({**FILES, "lexicon/units.toml": "money = "}))


# --- every terminal is exercised --------------------------------------------------------------------------------------

FRAMES = {"TABLE_START", "TABLE_END", "ROW_END", "END_SECTION"}
Used = dict[str, set[str]]


@pytest.fixture(scope="module")
def used() -> Iterator[Used]:
    """The terminals of each grammar that some corpus case or example has a token of."""
    found: Used = defaultdict(set)
    with pytest.MonkeyPatch.context() as patch:
        _record(patch, found)
        for case in CASES:
            _exercise(case, found)
        for path in EXAMPLES:
            _compile(report(path), found)
        yield found


def _record(patch: pytest.MonkeyPatch, found: Used) -> None:
    """Have the lexers tell which terminals they find."""
    classify, token, region_lexer = LineClassifier.classify, RowLexer.token, lexer.region_lexer
    styles = list(language().patterns["numbering"])

    def classify_and_tell(*arguments: Any, **options: Any) -> LineClass:
        line = classify(*arguments, **options)
        if line.ordinal:
            found["numbering"].add(styles[line.style])
        return line

    def token_and_tell(self: RowLexer, at: int, row: MarkedRow) -> BlockToken:
        made = token(self, at, row)
        found["table"].add(made.type)
        return made

    class Teller:
        def __init__(self, grammar: str, inner: RegionLexer) -> None:
            self.grammar, self.inner = grammar, inner

        def lex(self, text: str) -> list[BlockToken]:
            tokens = self.inner.lex(text)
            found[self.grammar].update(one.type for one in tokens)
            return tokens

    patch.setattr(LineClassifier, "classify", classify_and_tell)
    patch.setattr(RowLexer, "token", token_and_tell)
    patch.setattr(lexer, "region_lexer", lambda grammar: Teller(grammar, region_lexer(grammar)))


def _exercise(case: Case, found: Used) -> None:
    grammar = case.attributes.get("grammar")
    if grammar is None:
        _compile(case.input, found)
    else:
        parse_region(grammar, case.input)


def _compile(text: str, found: Used) -> None:
    tokens, _ = lex(SourceFile("", text))
    found["report"].update(token.type for token in tokens)
    found["labels"].update(mark for token in tokens if token.type == "CELL" for mark in [token.value])
    found["concepts"].update(amount.concept for amount in compile_text(text).document.amounts)


@pytest.mark.parametrize("grammar", sorted(set(GRAMMARS) - {"line"}))
def test_every_terminal_is_exercised(used: Used, grammar: str) -> None:
    terminals = {*language().patterns[grammar], *(FRAMES if grammar == "report" else ())}
    missing = sorted(terminals - used[grammar])
    assert not missing, f"no corpus case and no example has a token of these: {', '.join(missing)}"


def test_every_label_is_exercised(used: Used) -> None:
    lexicon: dict[str, Any] = language().lexicon["labels"]
    identifiers = {f"<{identifier}>" for identifier in (*lexicon["labels"], *lexicon["patterns"])}
    missing = sorted(identifiers - used["labels"])
    assert not missing, f"no table of a corpus case or example has a cell of these: {', '.join(missing)}"


def test_every_concept_is_exercised(used: Used) -> None:
    concepts = {entry["name"] for entry in language().lexicon["concepts"]["concept"]}
    missing = sorted(concepts - used["concepts"])
    assert not missing, f"no corpus case or example states an amount of these: {', '.join(missing)}"
