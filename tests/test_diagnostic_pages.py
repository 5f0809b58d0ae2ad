"""The pages of the diagnostics, their texts in both languages, and the codes themselves.

A page's title, its summary line and its console block are what the compiler says now: `pytest --update-corpus` rewrites
them. The words between are a writer's.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from string import Formatter
from typing import Any, Final

import pytest
from attrs import frozen

from yusuan import compile_text
from yusuan.compiler.language.check_words import check_words
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.registry import suffixes
from yusuan.compiler.readers.text import decode
from yusuan.compiler.readers.text.decode import DecodeError
from yusuan.compiler.rendering.to_text import render_line
from yusuan.compiler.rendering.words import words
from yusuan.compiler.workbench.corpus.judging import corpus_files, read_cases, read_text, spliced
from yusuan.ir.contract import contract
from yusuan.ir.diagnostics import Code, Diagnostic, codes
from yusuan.ir.diagnostics.catalogue import Locale, catalogue
from yusuan.ir.diagnostics.codes import CODES
from yusuan.ir.kinds import UNDECLARED_SUM
from yusuan.ir.source import Span
from yusuan.ir.taxonomy import taxonomy
from yusuan.ir.vocabulary import Concept

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "ir" / "diagnostics" / "docs"
UPDATE: Final = "pytest tests/test_diagnostic_pages.py --update-corpus"

HEADINGS: Final[Mapping[Locale, tuple[str, ...]]] = {
    Locale.EN: ("What it says", "Why it matters", "Example", "What to do"),
    Locale.ZH: ("说明", "为什么重要", "示例", "如何处理"),
}

_START: Final = Span(0, 0, 1, 1)


@frozen(slots=True)
class Staged:
    """A code whose example is not run.

    Attributes:
        reason: why not.
        path: what the input is called.
        diagnostic: what the page shows instead.
    """

    reason: str
    path: str
    diagnostic: Diagnostic


STAGED: Final[Mapping[str, Staged]] = {
    "BD004": Staged(
        "it is about files, not about a text",
        "reports",
        codes.UNREADABLE_INPUT.at(_START, "folder", suffix=", ".join(suffixes())),
    ),
    "BD009": Staged("it is about PDF files", "report.pdf", codes.UNREADABLE_PDF.at(_START, "encrypted", detail="")),
    "BD010": Staged("it is about PDF files", "report.pdf", codes.UNREAD_PAGE.at(_START, "picture", page=7, count=2)),
    "BD011": Staged(
        "it is about Word files", "report.doc", codes.UNREADABLE_WORD.at(_START, "no_converter", detail="")
    ),
    "BD012": Staged(
        "it is about Word files", "report.docx", codes.UNREAD_OBJECT.at(Span(0, 0, 47, 1), "object", count=2)
    ),
    "BD013": Staged("it is about Word files", "report.docx", codes.LEFT_OUT.at(Span(0, 0, 12, 1), "picture", count=3)),
    "BD014": Staged(
        "it is about Word files", "report.doc", codes.CONVERTED_DOCUMENT.at(_START, program="msdoc2docx 0.36.6")
    ),
    "BD114": Staged("it is about PDF files", "report.pdf", codes.ALIGNED_TABLE.at(Span(0, 0, 12, 1))),
    "BD301": Staged(
        "the grammar of sentences takes any character, so no text is known that it cannot read",
        "report.txt",
        codes.UNREAD_CLAUSE.at(Span(0, 0, 12, 1), reason="No terminal matches '\\x00' in the current parser context"),
    ),
    "BD512": Staged(
        "the built-in language declares no table without records",
        "report.txt",
        codes.TABLE_DOES_NOT_SUM.at(
            Span(0, 0, 9, 8),
            "total",
            table="subsidies",
            total="amount",
            figure="99.00",
            unit="万元",
            sum="30.00",
            parts="12.50 + 17.50",
        ),
    ),
    "BD308": Staged(
        "it is about kinds of tables that an overlay declares", "report.txt", codes.ROW_ACROSS.at(Span(0, 0, 12, 1))
    ),
    "BD901": Staged(
        "no text yields it while the compiler is sound",
        "report.txt",
        codes.INTERNAL_FAULT.at(Span(0, 0, 12, 1), "region", fault="IndexError: list index out of range"),
    ),
}
"""The examples that are described and not run. What they show is said by the catalogue all the same."""

NOT_IN_CORPUS: Final[Mapping[str, str]] = {
    "BD002": "a case of the corpus is a text: tests/compiler/test_decode.py",
    "BD004": "a case of the corpus is a text: tests/cli",
    "BD006": "a case of the corpus is a text: tests/compiler/test_decode.py",
    "BD008": "a case of the corpus is a text: tests/compiler/test_decode.py",
    "BD009": STAGED["BD009"].reason,
    "BD010": STAGED["BD010"].reason,
    "BD011": STAGED["BD011"].reason,
    "BD012": STAGED["BD012"].reason,
    "BD013": STAGED["BD013"].reason,
    "BD014": STAGED["BD014"].reason,
    "BD114": STAGED["BD114"].reason,
    "BD301": STAGED["BD301"].reason,
    "BD512": STAGED["BD512"].reason,
    "BD308": STAGED["BD308"].reason,
    "BD901": STAGED["BD901"].reason,
}

every_page = pytest.mark.parametrize(
    ("code", "language"),
    [pytest.param(code, language, id=f"{language}-{code.code}") for language in Locale for code in CODES.values()],
)
every_code = pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.code)


# --- pages ------------------------------------------------------------------------------------------------------------

_BLOCK: Final = re.compile(r"^```(?P<kind>\w+)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE)
_HEADING: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_TITLE: Final = re.compile(r"\A(?P<title>.*)\n\n(?P<summary>.*)\n\n")


def page_path(code: Code, language: Locale) -> Path:
    return DOCS / language / f"{code.code}.md"


def page_text(code: Code, language: Locale) -> str:
    path = page_path(code, language)
    if not path.exists():
        pytest.fail(f"{code.code} has no page: write {path.relative_to(ROOT)}", pytrace=False)
    return read_text(path)


def test_there_is_no_page_without_a_code() -> None:
    pages = {page_path(code, language) for code in CODES.values() for language in Locale}
    strays = sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*") if path.is_file() and path not in pages)
    assert not strays, f"{', '.join(strays)}: no such code is declared in ir/diagnostics/codes.py; take the page away"


@every_page
def test_a_page_has_its_headings_in_order(code: Code, language: Locale) -> None:
    prose = _BLOCK.sub("", page_text(code, language))
    assert tuple(_HEADING.findall(prose)) == HEADINGS[language], "a page has these four headings in this order"
    parts = _HEADING.split(prose)[1:]
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        assert body.strip() or heading == HEADINGS[language][2], f"nothing stands below ## {heading}: write it"


@every_page
def test_a_page_says_what_the_compiler_says(code: Code, language: Locale, request: pytest.FixtureRequest) -> None:
    text = page_text(code, language)
    fresh = refreshed(text, code, language)
    if fresh == text:
        return
    path = page_path(code, language)
    if request.config.getoption("--update-corpus"):
        path.write_bytes(fresh.encode())
        return
    name = path.relative_to(ROOT)
    lines = unified_diff(text.splitlines(True), fresh.splitlines(True), f"{name} (written)", f"{name} (now)")
    pytest.fail(f"{''.join(lines)}\nif this is right: {UPDATE} -k {language}-{code.code}", pytrace=False)


@every_code
def test_both_languages_have_the_same_example(code: Code) -> None:
    inputs = {language: _input(page_text(code, language)) for language in Locale}
    assert inputs[Locale.EN] == inputs[Locale.ZH], f"copy the example of {code.code} from one page to the other"


@pytest.mark.parametrize("code", STAGED)
def test_a_staged_example_has_no_input(code: str) -> None:
    assert _input(page_text(CODES[code], Locale.EN)) is None, f"{code} has an input to run: take it out of STAGED"


def refreshed(text: str, code: Code, language: Locale) -> str:
    """A page with the title, the summary line and the console block that it has to have."""
    head = _TITLE.match(text)
    assert head is not None, "a page starts with its title, an empty line, the summary line, an empty line"
    blocks = {match["kind"]: match for match in _BLOCK.finditer(text)}
    assert "console" in blocks, "a page shows in a block ```console what its example prints"
    console = blocks["console"]
    return spliced(
        text,
        [
            (head.span("title"), _title(head["title"], code, language)),
            (head.span("summary"), _summary(code, language)),
            (console.span("body"), "".join(f"{line}\n" for line in _printed(text, code, language))),
        ],
    )


def test_an_update_changes_title_summary_and_console_only() -> None:
    code = codes.NOT_A_DISCLOSURE
    text = page_text(code, Locale.EN)
    stale = re.sub(r"(?s)```console\n.*?```", "```console\nold\nolder\n```", text).replace("Warning: ", "Info: ", 1)
    stale = stale.replace(code.name, "old-name", 1)
    assert refreshed(stale, code, Locale.EN) == refreshed(text, code, Locale.EN)
    spoilt = re.sub(r"(?s)```text\n.*?```", "```text\n三、机关运行经费\n```", text)
    with pytest.raises(pytest.fail.Exception, match="the example of BD007 does not yield it"):
        refreshed(spoilt, code, Locale.EN)


def _title(written: str, code: Code, language: Locale) -> str:
    if language is Locale.EN:
        return f"# {code.code} {code.name}"
    name = re.fullmatch(r"# BD[0-9]{3} ([^（）]+)（.*）", written)
    assert name is not None, f"the title is: # {code.code} 中文名（{code.name}）"
    return f"# {code.code} {name[1]}（{code.name}）"


def _summary(code: Code, language: Locale) -> str:
    said = words(language)
    colon, stop = ("：", "。") if language is Locale.ZH else (": ", ".")
    severity = said.say(f"severity.{code.severity}").capitalize()
    line = f"{severity}{colon}{code.summary(language)}{stop}"
    if code.default:
        return line
    space = "" if language is Locale.ZH else " "
    return f"{line}{space}{said.say('off').capitalize()}{stop}"


def _printed(text: str, code: Code, language: Locale) -> Iterator[str]:
    """The first line of each diagnostic of the code that the example yields."""
    staged = STAGED.get(code.code)
    if staged is not None:
        yield render_line(staged.path, staged.diagnostic.localized(language))
        return
    data = _input(text)
    if data is None:
        pytest.fail(f"the page of {code.code} has no block ```text (or ```bytes) with an example", pytrace=False)
    found = [diagnostic for diagnostic in diagnose(data) if diagnostic.code == code.code]
    if not found:
        message = f"the example of {code.code} does not yield it: change the example, or mend the rule"
        pytest.fail(message, pytrace=False)
    for diagnostic in found:
        yield render_line("report.txt", diagnostic.localized(language))


def _input(text: str) -> bytes | None:
    """The example: a text, or bytes as a Python literal has them, other characters standing for their UTF-8."""
    for match in _BLOCK.finditer(text):
        if match["kind"] == "text":
            return match["body"].encode()
        if match["kind"] == "bytes":
            return match["body"].removesuffix("\n").encode().decode("unicode_escape").encode("latin-1")
    return None


def diagnose(data: bytes) -> tuple[Diagnostic, ...]:
    """What the compiler says about an input."""
    try:
        decoded = decode.decode(data)
    except DecodeError as error:
        return (error.diagnostic,)
    return compile_text(decoded.text, "report", reported=decoded.diagnostics).diagnostics


# --- the catalogues ---------------------------------------------------------------------------------------------------


def toml_of(language: Locale) -> dict[str, Any]:
    return tomllib.loads((DOCS.parent / "text" / f"{language}.toml").read_text("utf-8"))


def placeholders(text: str) -> set[tuple[str, str]]:
    """The values that a text quotes, each with its table of terms."""
    return {(name, term or "") for _, name, term, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", Locale)
def test_a_catalogue_has_the_declared_codes(language: Locale) -> None:
    assert list(catalogue(language).codes) == list(CODES), f"text/{language}.toml has the codes of codes.py, in order"


@every_code
def test_both_catalogues_have_the_same_texts(code: Code) -> None:
    english, chinese = (catalogue(language).texts(code.code) for language in Locale)
    assert set(english) == set(chinese), f"[{code.code}] has other keys in en.toml than in zh.toml"
    for key, text in english.items():
        assert placeholders(text) == placeholders(chinese[key]), f"[{code.code}] {key} quotes other values in zh.toml"


@every_code
def test_a_text_is_one_line_without_a_full_stop(code: Code) -> None:
    for language in Locale:
        for key, text in catalogue(language).texts(code.code).items():
            is_plain = text == text.strip() and "\n" not in text and not text.endswith((".", "。"))
            assert is_plain, f"[{code.code}] {key} in {language}.toml: one line, no full stop at its end"


def test_both_catalogues_have_the_same_terms() -> None:
    english, chinese = (toml_of(language)["terms"] for language in Locale)
    assert set(english) == set(chinese), "a table of terms is missing in en.toml or in zh.toml"
    for table, terms in english.items():
        if terms:
            assert set(terms) == set(chinese[table]), f"[terms.{table}] has other keys in en.toml than in zh.toml"


def test_the_tables_of_terms_are_those_that_the_texts_use() -> None:
    used = {
        term
        for language in Locale
        for code in CODES
        for text in catalogue(language).texts(code).values()
        for _, term in placeholders(text)
        if term
    }
    assert used == {*toml_of(Locale.EN)["terms"], "concept"}, "a table of terms is missing, or one is not used"


def test_every_value_of_an_enumeration_has_a_term() -> None:
    terms = toml_of(Locale.EN)["terms"]
    assert set(terms["sense"]) == {"up", "down"}
    assert set(check_words(built_in_language()).sections) <= set(terms["role"]), (
        "a section that checks.toml asks for has no [terms.role]"
    )
    for language in Locale:
        assert set(Concept) <= set(taxonomy().labels(language)), f"a concept has no {language} name in taxonomy.toml"


def test_every_english_phrase_that_decoding_says_has_its_chinese() -> None:
    chinese = toml_of(Locale.ZH)["terms"]
    kinds = {kind for _, kind, *_ in (*decode._SIGNATURES, *decode._ZIP_KINDS, *decode._OLE_KINDS, *decode._MARKUP)}
    advice = {decode._CONVERT, decode._UNPACK, *(advice for _, _, advice in decode._SIGNATURES)}
    others = {"an archive (ZIP)", "an old Office document"}
    assert set(chinese["kind"]) == kinds | others, "[terms.kind] of zh.toml has the kinds of readers/text/decode.py"
    assert set(chinese["advice"]) == advice, "[terms.advice] of zh.toml has the advice of readers/text/decode.py"


# --- the codes --------------------------------------------------------------------------------------------------------

# A name says what is wrong, not what to do.
_REMEDIES: Final = frozenset(
    {"add", "avoid", "correct", "fix", "ignore", "mend", "must", "need", "needs", "please", "prefer", "remove"}
    | {"rename", "replace", "should", "split", "verify"}
)


def test_names_are_in_kebab_case_and_name_the_fault() -> None:
    names = [code.name for code in CODES.values()]
    assert len(set(names)) == len(names), "two codes have one name"
    for code in CODES.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.name), f"{code.code} {code.name}: write its words in kebab case"
        assert _REMEDIES.isdisjoint(code.name.split("-")), f"{code.code} {code.name} names a remedy: name the fault"


def test_every_code_is_used() -> None:
    constants = {name: code.code for name, code in vars(codes).items() if isinstance(code, Code)}
    used = {UNDECLARED_SUM}
    for path in (*(ROOT / "compiler").rglob("*.py"), *(ROOT / "emitters").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            used |= {constants[name]} if name in constants else set()
    # Which code reports a broken sum, the taxonomy says too.
    used |= {rule.code for kind in contract().values() for rule in kind.sums} | {rule.code for rule in taxonomy().equal}
    unused = set(CODES) - used
    assert not unused, f"nothing in compiler/ or emitters/ yields {sorted(unused)}: use it"


def test_every_code_has_a_case_in_the_corpus() -> None:
    shown = {
        code
        for path in corpus_files(ROOT / "tests" / "corpus")
        if path.parent.name == "diagnostics"
        for case in read_cases(path)
        for code in re.findall(r"^\S+ \w+\[(BD[0-9]{3})\]", case.expected, re.MULTILINE)
    }
    wanted = "write a case in tests/corpus/diagnostics/ that yields {}"
    _compare(set(CODES) - shown, NOT_IN_CORPUS, wanted, "NOT_IN_CORPUS")


def _compare(missing: set[str], excused: Mapping[str, str], message: str, table: str) -> None:
    """What is missing is what is excused."""
    assert missing <= set(excused), message.format(", ".join(sorted(missing - set(excused))))
    assert missing >= set(excused), f"take {', '.join(sorted(set(excused) - missing))} out of {table}"
