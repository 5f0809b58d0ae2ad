"""From the rules of a grammar to shapes, by the tree that Lark reads the files into, and which symbols a rule uses."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen
from lark import Token, Tree
from lark.grammar import NonTerminal, Terminal
from lark.load_grammar import load_grammar

from docs.patterns import shape_of
from docs.shapes import Choice, Condition, Literal, Named, Repeat, Series, Shape, Symbol, choice, row
from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.grammars import members
from yusuan.compiler.language.loader import built_in_language

_BOUNDS: Final[Mapping[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


@frozen(slots=True)
class Rules:
    """The rules of a grammar, what its files add to each other's rules included.

    Attributes:
        shapes: what each rule is.
        terminals: what each terminal is, but for those that are only declared.
        users: for each symbol, the rules and terminals that it stands in, in the order of the files.
        priorities: of the terminals, where a lexer tries them in an order.
    """

    shapes: Mapping[str, Shape]
    terminals: Mapping[str, Shape]
    users: Mapping[str, tuple[str, ...]]
    priorities: Mapping[str, int]


@cache
def rules(grammar: str) -> Rules:
    """The rules of a grammar by its name."""
    text = "\n".join(file.text for file in members(grammar, built_in().files))
    read, _ = load_grammar(text, grammar, [], True)  # type: ignore[no-untyped-call]
    # Lark has put the tree of a terminal in the place of its name.
    named = {id(tree): str(name) for name, (tree, _) in read.term_defs}
    shapes = {str(name): _shape(tree, named) for name, _, tree, _ in read.rule_defs}
    terminals = {str(name): _shape(tree, named) for name, (tree, _) in read.term_defs if tree is not None}
    users: dict[str, list[str]] = defaultdict(list)
    for name, shape in (*shapes.items(), *terminals.items()):
        for symbol in dict.fromkeys(_symbols(shape)):
            users[symbol].append(name)
    priorities = built_in_language().parsers[grammar].priorities
    return Rules(shapes, terminals, {name: tuple(found) for name, found in users.items()}, priorities)


def _shape(tree: Any, named: Mapping[int, str]) -> Shape:
    match tree:
        case Tree(data="expansions", children=children):
            return choice([_shape(child, named) for child in children])
        case Tree(data="expansion", children=children):
            return row([_shape(child, named) for child in children])
        case Tree(data="alias", children=[child, _]):
            return _shape(child, named)
        case Tree(data="maybe" | "expr", children=[child, *times]):
            return Repeat(_shape(child, named), *_times([str(one) for one in times]))
        case Tree(data="value", children=[Terminal(name=name) | NonTerminal(name=name)]):
            return Symbol(str(name))
        case Tree(data="value", children=[Tree() as child]) if id(child) in named:
            return Symbol(named[id(child)])
        case Tree(data="value" | "literal", children=[Tree() as child]):
            return _shape(child, named)
        case Tree(data="literal", children=[Token(type="REGEXP", value=written)]):
            return shape_of(str(written)[1 : str(written).rindex("/")].replace("\\/", "/"))
        case Tree(data="literal", children=[Token(value=written)]):
            return Literal(ast.literal_eval(str(written).rstrip("i")))
    raise ValueError(f"no shape is known for {tree}")


def _times(said: list[str]) -> tuple[int, int | None]:
    """How often something stands there: what Lark has behind it, nothing for what may be left out."""
    if not said:
        return 0, 1
    return _BOUNDS[said[0]] if said[0] in _BOUNDS else (int(said[1]), int(said[-1]))


def _symbols(shape: Shape) -> list[str]:
    match shape:
        case Symbol(name):
            return [name]
        case Series(shapes) | Choice(shapes):
            return [name for one in shapes for name in _symbols(one)]
        case Repeat(shape=inner) | Condition(shape=inner) | Named(shape=inner):
            return _symbols(inner)
    return []
