"""The driver of ours reads as Lark's own parser does, whose tables it has."""

from __future__ import annotations

import random
from functools import cache, partial
from typing import Any

import pytest
from lark import Lark, Token
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedToken

from yusuan.compiler.language import building
from yusuan.compiler.language.declarations import declarations
from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.lexicon_files import lexicons
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.parsers import END, Tree, UnexpectedInput

_LONGEST = 40


@cache
def lark_parser(grammar: str) -> Lark:
    files = [*built_in().files, *(written for _, written in declarations(built_in().files, lexicon()))]
    return building._analysed(grammar, files, lexicon(), strict=False)[0]


@cache
def lexicon() -> Any:
    return lexicons(built_in().files)


def tokens_of(grammar: str, chosen: random.Random) -> list[Token]:
    """Tokens that the grammar takes, one after the other, with a stray one now and then."""
    interactive: Any = lark_parser(grammar).parse_interactive()
    names = sorted(built_in_language().parsers[grammar].priorities)
    tokens: list[Token] = []
    length = chosen.randrange(_LONGEST)
    while len(tokens) < 2 * _LONGEST and (len(tokens) < length or END not in interactive.accepts()):
        taken = sorted(interactive.accepts() - {END})
        if not taken or chosen.random() < 0.01:
            return [*tokens, Token(chosen.choice(names), str(len(tokens)))]
        # What is open is closed in the end.
        closing = [name for name in taken if "END" in name] if len(tokens) >= length else []
        tokens.append(Token(chosen.choice(closing or taken), str(len(tokens))))
        interactive.feed_token(tokens[-1])
    return tokens


def plain(node: Any) -> Any:
    if isinstance(node, Tree | LarkTree):
        return str(node.data), [plain(child) for child in node.children]
    return node


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_it_reads_what_lark_reads_and_refuses_what_lark_refuses(grammar: str) -> None:
    chosen = random.Random(grammar)
    read = 0
    for _ in range(60):
        tokens = tokens_of(grammar, chosen)
        theirs: Any = lark_parser(grammar).parse_interactive()
        try:
            for token in tokens:
                theirs.feed_token(token)
            expected: Any = plain(theirs.feed_eof())
        except UnexpectedToken as error:
            expected = error.token.type, str(error.token)
        try:
            found: Any = plain(built_in_language().parsers[grammar].parse(tokens))
            read += 1
        except UnexpectedInput as error:
            found = (error.token.type, str(error.token)) if error.token is not None else (END, "")
        assert found == expected
    assert read


def test_what_would_fit_is_told_in_order() -> None:
    with pytest.raises(UnexpectedInput) as caught:
        built_in_language().parsers["report"].parse([Token("HEADING", "")])
    error = caught.value
    assert error.token is None
    assert error.before == "", "the heading"
    assert list(error.expected) == sorted(error.expected)
    assert str(error) == f"unexpected {END}, expected {', '.join(error.expected)}"


def test_a_derivation_is_told_in_the_order_of_the_text() -> None:
    parser = built_in_language().parsers["report"]
    told: list[str] = []
    tokens = [Token("TEXT", "a"), Token("BLANK", "b"), Token("TEXT", "c")]

    def tell(name: str, children: list[Any]) -> list[str]:
        told.append(name)
        return [one for child in children for one in child]

    assert parser.derive(tokens, [partial(tell, rule.name) for rule in parser.rules]) == ["a", "b", "c"]
    assert told[-1] == "start"
