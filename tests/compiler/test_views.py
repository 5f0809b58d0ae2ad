"""Tokens, trees and explanations as `yusuan grammar` prints them, for people, for the corpus and as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from tests.compiler.test_tracing import LANGUAGE, REPORT, TABLES, WHOLE, nodes, on_every_text
from tests.strategies import TEXTS
from tests.test_corpus import CASES

from yusuan.compiler.blocks.parser import parse
from yusuan.compiler.pipeline import lex
from yusuan.compiler.readers.spelling import as_meant
from yusuan.compiler.rendering.style import Style
from yusuan.compiler.rendering.words import words
from yusuan.compiler.workbench.corpus.cases import Case
from yusuan.compiler.workbench.rendering.to_outline import (
    plain_tokens,
    plain_tree,
    render_notes,
    render_tokens,
    render_tree,
    tokens_json,
    tree_json,
)
from yusuan.compiler.workbench.tracing.notes import walk
from yusuan.compiler.workbench.tracing.printing import print_tokens, print_tree
from yusuan.compiler.workbench.tracing.trace import trace
from yusuan.compiler.workbench.tracing.views import last_line, view_tokens, view_tree
from yusuan.ir.diagnostics import Locale
from yusuan.ir.source import SourceFile


@pytest.mark.parametrize("case", [case for case in CASES if case.layer == "tokens"], ids=lambda case: case.id)
def test_tokens_are_printed_as_the_corpus_has_them(case: Case) -> None:
    assert "".join(plain_tokens(view_tokens(SourceFile("", case.input), LANGUAGE))) == case.expected


@on_every_text
def test_the_tree_is_printed_as_the_corpus_has_it(text: str) -> None:
    meant, _ = as_meant(text, LANGUAGE)
    tokens, _ = lex(SourceFile("", meant), LANGUAGE)
    printed = "".join(f"{line}\n" for line in print_tree(parse(LANGUAGE, tokens), meant))
    assert "".join(plain_tree(view_tree(SourceFile("", text), LANGUAGE))) == printed
    assert len(list(print_tokens(tokens, meant))) == len(view_tokens(SourceFile("", text), LANGUAGE))


def test_the_tree_shows_what_other_grammars_made() -> None:
    root = view_tree(SourceFile("", TABLES), LANGUAGE, clauses=True)
    found = [(node.kind, node.name, node.lines) for node in nodes(root) if node.kind in ("grammar", "fault")]
    assert found == [
        ("fault", "target", (10, 10)),
        ("grammar", "target", (15, 15)),
        ("grammar", "table", (2, 15)),
        ("grammar", "table", (18, 22)),
    ]


def test_the_tree_of_some_lines_holds_nothing_of_others() -> None:
    root = view_tree(SourceFile("", REPORT), LANGUAGE, (7, 7), clauses=True)
    assert all(node.lines[0] <= 7 <= node.lines[1] for node in nodes(root))
    assert "= amount" in "".join(render_tree(root, words(Locale.EN), Style()))


def test_json_holds_the_same() -> None:
    source = SourceFile("", TABLES)
    assert [token["line"] for token in json.loads(tokens_json(view_tokens(source, LANGUAGE, (2, 3))))] == [2, 2, 3]
    tree = json.loads(tree_json(view_tree(source, LANGUAGE), 1))
    assert [child["name"] for child in tree["children"]] == ["performance", "organization"]
    assert "children" not in tree["children"][0]


def test_lines_are_counted_as_editors_do() -> None:
    assert [last_line(SourceFile("", text)) for text in ("", "a", "a\n", "a\n\n", "a\r\nb")] == [1, 1, 1, 2, 2]


# --- any text ---------------------------------------------------------------------------------------------------------


def show_everything(text: str) -> set[str]:
    """Show tokens, tree and trace in both languages; the keys of what is said."""
    source = SourceFile("report", text)
    wanted = (1, last_line(source))
    tokens, tree = view_tokens(source, LANGUAGE), view_tree(source, LANGUAGE, clauses=True)
    notes = trace(source, LANGUAGE, wanted)
    printed = ["".join(render_tokens(tokens, Style(True, 40))), tokens_json(tokens), tree_json(tree)]
    for language in Locale:
        printed.append("".join(render_tree(tree, words(language), Style(False, 40), 3)))
        printed.append("".join(render_notes(notes, words(language), Style())))
    for one in printed:
        one.encode()
    assert "\x1b" not in "".join(printed[3:])
    return {note.key for note in walk(notes)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(TEXTS)
def test_everything_is_shown_of_any_text(text: str) -> None:
    show_everything(text)


def test_everything_is_shown_of_every_case_and_every_text_is_said() -> None:
    found = {key for text in [*WHOLE.values(), REPORT, TABLES] for key in show_everything(text)}
    texts = {path.removeprefix("trace.") for path in words(Locale.EN).paths() if path.startswith("trace.")}
    assert found <= texts
    # What no text of the corpus comes to; the tests above come to most of it.
    rare = ("fault.", "line.bare", "line.decision.", "line.unread_number", "row.forbidden", "text.")
    assert [key for key in texts - found if not key.startswith(rare)] == []
