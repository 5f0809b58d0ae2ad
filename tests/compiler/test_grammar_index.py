"""The index of the grammar: everything of the language is found, and stands where the index says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from yusuan.compiler.language.files import GrammarFile, built_in
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import GrammarIndex, grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.places import Entry

FILES = {file.path: file.text for file in built_in().files}
LEXICON = [name for name in FILES if name.startswith("lexicon/") and name.endswith(".toml")]


def written(entry: Entry) -> str:
    """The line that an entry stands on."""
    return FILES[entry.file].split("\n")[entry.line - 1]


def indexed(texts: Mapping[str, str], *overlays: Mapping[str, str]) -> GrammarIndex:
    """The index of some texts by their paths, those of overlays behind the built-in ones."""
    folders = {"grammar/": texts} | {f"{at}/": overlay for at, overlay in enumerate(overlays)}
    return GrammarIndex([GrammarFile(path, at + path, text) for at, of in folders.items() for path, text in of.items()])


# --- grammars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_terminal_is_found_on_its_line(grammar: str) -> None:
    for name in built_in_language().patterns[grammar]:
        entry = grammar_index(built_in_language()).symbol(grammar, name)
        assert entry is not None, name
        assert entry.kind == "terminal"
        # That of a declared sheet is its file.
        if entry.file.endswith(".toml"):
            assert entry.line == 1
            continue
        assert re.match(rf"{name}(\.-?[0-9]+)?: \S", written(entry))


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_rule_is_found_on_its_line(grammar: str) -> None:
    # What Lark makes of repetitions has names that nobody wrote.
    names = {rule.name for rule in built_in_language().parsers[grammar].rules}
    for name in (name for name in names if not name.startswith("__")):
        entry = grammar_index(built_in_language()).symbol(grammar, name)
        assert entry is not None, name
        assert entry.kind == "rule"
        assert written(entry).startswith("# " if entry.file.endswith(".toml") else f"{name}:")


def test_a_declared_terminal_is_found() -> None:
    entry = grammar_index(built_in_language()).symbol("report", "ROW_END")
    assert entry is not None
    assert written(entry).startswith("%declare")


def test_a_name_of_several_grammars_is_told_apart() -> None:
    found = grammar_index(built_in_language()).find("NUMBER")
    assert {entry.file for entry in found} >= {"clauses/amount.lark", "clauses/target.lark", "clauses/listing.lark"}


def test_what_a_file_adds_to_a_rule_is_a_hook() -> None:
    index = grammar_index(built_in_language())
    assert {entry.file for entry in index.hooks("table", "_panel")} == {
        name for name in FILES if name.startswith("tables/") and name.endswith(".lark")
    }
    panel = index.symbol("table", "_panel")
    assert panel is not None
    assert panel.file == "table.lark"


def test_what_is_not_there_is_absent() -> None:
    index = grammar_index(built_in_language())
    assert index.symbol("amount", "$END") is None
    assert index.symbol("none", "NUMBER") is None
    assert index.entry("labels", "labels", "none") is None
    assert index.find("none") == ()


GRAMMAR = """// 甲
// What it is for.

start: ONE | TWO
// 乙
// goes on
ONE.5: /1/
TWO: /2/
%extend other: start
     | ONE
?inlined.2: ONE
"""


def test_comments_say_what_a_thing_is() -> None:
    index = indexed({"clauses/target.lark": GRAMMAR})
    entries = {entry.name: entry for entry in index.symbols("target")}
    assert {name: entry.line for name, entry in entries.items()} == {"start": 4, "ONE": 7, "TWO": 8, "inlined": 11}
    assert entries["ONE"].about == "乙 goes on"
    assert entries["ONE"].body == "/1/"
    assert entries["TWO"].about is None
    assert index.about(entries["TWO"]) == "甲"
    assert entries["ONE"].place == "grammar/clauses/target.lark:7"
    assert [entry.line for entry in index.hooks("target", "other")] == [9]


def test_the_term_in_front_of_a_first_definition_is_no_comment_on_it() -> None:
    index = indexed({"clauses/target.lark": "// 甲\nONE: /1/\n"})
    entry = index.symbol("target", "ONE")
    assert entry is not None
    assert entry.about is None


def test_every_file_has_a_term() -> None:
    assert [name for name in FILES if not grammar_index(built_in_language()).term(name)] == []


def test_the_place_of_what_an_overlay_says_is_the_overlay_s() -> None:
    index = indexed(
        {"clauses/target.lark": GRAMMAR},
        {"clauses/target.lark": "%extend ONE: /3/\n"},
        {"clauses/target.lark": "\n%override ONE: /4/\nNEW: /5/\n"},
        {"clauses/target.lark": "%extend ONE: /6/\n"},
    )
    places = {entry.name: entry.place for entry in index.symbols("target")}
    assert places["ONE"] == "1/clauses/target.lark:2"
    assert places["NEW"] == "1/clauses/target.lark:3"
    assert places["TWO"] == "grammar/clauses/target.lark:8"
    assert [entry.place for entry in index.hooks("target", "ONE")] == ["2/clauses/target.lark:1"]
    assert index.first_file("target") == "grammar/clauses/target.lark"
    assert index.term("clauses/target.lark") == "甲"


# --- the lexicon ------------------------------------------------------------------------------------------------------


def keys(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The keys of a TOML document as the index has them, texts in lists and tables of lists among them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(inner, dict | list) or not inner or not _is_table(inner):
                yield (*path, name)
            yield from keys(inner, (*path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            if isinstance(inner, dict):
                table = (*path, inner.get("name", at))
                yield table
                yield from keys(inner, table)
            elif isinstance(inner, str):
                yield (*path, inner)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and isinstance(value[0], dict)


@pytest.mark.parametrize("file", LEXICON)
def test_every_entry_of_the_lexicon_is_found_on_its_line(file: str) -> None:
    index, name = grammar_index(built_in_language()), file.removeprefix("lexicon/").removesuffix(".toml")
    for path in keys(tomllib.loads(FILES[file])):
        entry = index.entry(name, *path)
        assert entry is not None, path
        assert entry.file == file
        last = str(path[-1])
        line = written(entry)
        # A text with escapes, and a table that is known by its number, do not stand there as they are.
        assert last in line or "\\" in line or line.startswith("[["), (path, line)


TOML = """# 甲: what it is for

[words]
# what it means
one = "a = 'b' # c"
list = [
    "x",  # a comment with "quotes"
    'y',
]
"quoted key" = 3
nested = {inner = "z"}

[[entry]]
parent = "B"
name = "A"
patterns = ["p]", "q"]
[[entry]]
text = '''
two lines
'''
after = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("words",), 3),
        (("words", "one"), 5),
        (("words", "list"), 6),
        (("words", "list", "x"), 7),
        (("words", "list", "y"), 8),
        (("words", "quoted key"), 10),
        (("words", "nested", "z"), 11),
        (("entry", "A"), 13),
        (("entry", "A", "parent"), 14),
        (("entry", "A", "patterns", "p]"), 16),
        (("entry", 1), 17),
        (("entry", 1, "after"), 21),
    ],
)
def test_places_in_toml(path: tuple[str | int, ...], line: int) -> None:
    assert tomllib.loads(TOML)
    entry = indexed({"lexicon/words.toml": TOML}).entry("words", *path)
    assert entry is not None
    assert entry.line == line


def test_a_comment_above_an_entry_is_kept() -> None:
    index = indexed({"lexicon/words.toml": TOML})
    entry = index.entry("words", "words", "one")
    assert entry is not None
    assert index.about(entry) == "what it means"
    table = index.entry("words", "words")
    assert table is not None
    assert index.about(table) == "甲"


OVERLAY = """words.one = "new"
words.list = ["z", "y"]
[[entry]]
name = "A"
patterns = ["r"]
[[entry]]
text = "without a name"
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("words",), "grammar/lexicon/words.toml:3"),
        (("words", "one"), "0/lexicon/words.toml:1"),
        (("words", "list"), "grammar/lexicon/words.toml:6"),
        (("words", "list", "x"), "grammar/lexicon/words.toml:7"),
        (("words", "list", "y"), "grammar/lexicon/words.toml:8"),
        (("words", "list", "z"), "0/lexicon/words.toml:2"),
        (("entry", "A"), "grammar/lexicon/words.toml:13"),
        (("entry", "A", "patterns", "r"), "0/lexicon/words.toml:5"),
        (("entry", 1, "after"), "grammar/lexicon/words.toml:21"),
        (("entry", 3, "text"), "0/lexicon/words.toml:7"),
    ],
)
def test_the_place_that_decides_where_files_lie_over_each_other(path: tuple[str | int, ...], place: str) -> None:
    index = indexed({"lexicon/words.toml": TOML}, {"lexicon/words.toml": OVERLAY})
    entry = index.entry("words", *path)
    assert entry is not None
    assert entry.place == place


def test_what_is_replaced_is_there_no_more() -> None:
    index = indexed({"lexicon/words.toml": TOML}, {"lexicon/words.toml": OVERLAY})
    assert index.find("a = 'b' # c") == ()


@pytest.mark.parametrize("text", ["", "[", "[[", "= 3", '"', "a = [", "a = [[[", "]]", "a.b.c = 1", "\r\n"])
def test_a_faulty_file_is_indexed_as_far_as_it_goes(text: str) -> None:
    index = indexed({"lexicon/words.toml": text, "clauses/target.lark": text})
    assert all(entry.line >= 1 for _, entry in index.entries("words"))
