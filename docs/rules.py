"""From the rules of a grammar to shapes, by the tree that Lark reads the files into, and which symbols a rule uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen
from lark import Token, Tree
from lark.grammar import NonTerminal, Terminal
from lark.load_grammar import load_grammar

from docs.shapes import Choice, Condition, Literal, Named, Repeat, Series, Shape, Symbol, choice, row
from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.loader import built_in_language, members

_BOUNDS: Final[Mapping[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


@frozen(slots=True)
class Rules:
    """The rules of a grammar, what its files add to each other's rules included.

    Attributes:
        shapes: what each rule is.
        users: for each symbol, the rules that it stands in, in the order of the files.
        priorities: of the terminals, where a lexer tries them in an order.
    """

    shapes: Mapping[str, Shape]
    users: Mapping[str, tuple[str, ...]]
    priorities: Mapping[str, int]


@cache
def rules(grammar: str) -> Rules:
    """The rules of a grammar by its name."""
    text = "\n".join(file.text for file in members(grammar, built_in().files))
    read, _ = load_grammar(text, grammar, [], True)  # type: ignore[no-untyped-call]
    shapes = {str(name): _shape(tree) for name, _, tree, _ in read.rule_defs}
    users: dict[str, list[str]] = defaultdict(list)
    for name, shape in shapes.items():
        for symbol in dict.fromkeys(_symbols(shape)):
            users[symbol].append(name)
    priorities = {terminal.name: terminal.priority for terminal in built_in_language().parsers[grammar].terminals}
    return Rules(shapes, {name: tuple(found) for name, found in users.items()}, priorities)


def _shape(tree: Any) -> Shape:
    match tree:
        case Tree(data="expansions", children=children):
            return choice([_shape(child) for child in children])
        case Tree(data="expansion", children=children):
            return row([_shape(child) for child in children])
        case Tree(data="alias", children=[child, _]):
            return _shape(child)
        case Tree(data="maybe", children=[child]):
            return Repeat(_shape(child), 0, 1)
        case Tree(data="expr", children=[child, op]):
            return Repeat(_shape(child), *_BOUNDS[str(op)])
        case Tree(data="expr", children=[child, _, times]):
            return Repeat(_shape(child), int(str(times)), int(str(times)))
        case Tree(data="expr", children=[child, _, least, most]):
            return Repeat(_shape(child), int(str(least)), int(str(most)))
        case Tree(data="value", children=[Terminal(name=name) | NonTerminal(name=name)]):
            return Symbol(str(name))
        case Tree(data="value" | "literal", children=[Tree() as child]):
            return _shape(child)
        case Token(value=text):
            return Literal(str(text))
        case Tree(data="literal", children=[Token(value=text)]):
            return Literal(str(text))
    raise ValueError(f"no shape is known for {tree}")


def _symbols(shape: Shape) -> list[str]:
    match shape:
        case Symbol(name):
            return [name]
        case Series(shapes) | Choice(shapes):
            return [name for one in shapes for name in _symbols(one)]
        case Repeat(shape=inner) | Condition(shape=inner) | Named(shape=inner):
            return _symbols(inner)
    return []
