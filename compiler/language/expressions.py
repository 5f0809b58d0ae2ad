"""What a regular expression of the language may be, and what is wrong with one that may not.

The lexers join many patterns into one, so a pattern has to be sound as a part: it may not end a bracket that it did not
begin, set flags for what stands around it, or count groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as code
from re import _parser
from typing import Any, Final

DEEPEST: Final = 50
"""How deep brackets may nest: the engine reads them by recursion, and what one machine can read another cannot."""

LONGEST: Final = 20_000
"""How many characters a pattern may have, the words in it filled in; it is joined with others, and compiled anew."""

TOO_DEEP: Final = f"brackets are nested more than {DEEPEST} deep"

_SHOWN: Final = 60
# An escaped character, a set, or the bracket of a group without a name.
_GROUP: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<group>\()(?!\?)", re.DOTALL)
# An escaped character, a set, or the bracket of a group with a name.
_NAMED: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P<(?P<name>\w+)>", re.DOTALL)


def read(pattern: str) -> Any:
    """The tree that Python's engine reads a pattern into.

    Raises:
        ValueError: it is none, or may not stand in the language; the message is the reason.
    """
    if len(pattern) > LONGEST:
        raise ValueError(f"it has more than {LONGEST} characters; make several of it")
    if _depth(pattern) > DEEPEST:
        raise ValueError(TOO_DEEP)
    try:
        # By itself, and as a part of another.
        tree = _parser.parse(pattern)
        _parser.parse(f"(?:{pattern})")
        if "(?<" in pattern:
            # Only the engine knows whether what is looked back for has one length.
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from error
    named = set(tree.state.groupdict.values())
    for operator, argument in operators(tree):
        if operator is code.GROUPREF_EXISTS or (operator is code.GROUPREF and argument not in named):
            raise ValueError("a group is referred to by its number; give it a name: (?P<name>…), (?P=name)")
    return tree


def operators(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Everything in the tree of a pattern, whatever it stands in."""
    for operator, argument in tree:
        yield operator, argument
        for part in parts(operator, argument):
            yield from operators(part)


def parts(operator: Any, argument: Any) -> list[Any]:
    """The trees that something in a tree holds."""
    if operator is code.BRANCH:
        return list(argument[1])
    if operator in (code.ASSERT, code.ASSERT_NOT):
        return [argument[1]]
    if operator is code.ATOMIC_GROUP:
        return [argument]
    if operator in (code.SUBPATTERN, code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        return [argument[-1]]
    if operator is code.GROUPREF_EXISTS:
        return [part for part in argument[1:] if part is not None]
    return []


def groups(pattern: str) -> frozenset[str]:
    """The names of the groups of a sound pattern."""
    return frozenset(found["name"] for found in _NAMED.finditer(pattern) if found["name"])


def may_be_nothing(pattern: str) -> bool:
    """Whether a pattern may match no character at all."""
    least: int = _parser.parse(pattern).getwidth()[0]
    return least == 0


def shown(pattern: str) -> str:
    """A pattern as messages quote it: its beginning, where it is long."""
    return pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…"


def _depth(pattern: str) -> int:
    """How deep the brackets of a pattern nest, be it sound or not."""
    deepest = depth = 0
    in_set = False
    characters = iter(pattern)
    for char in characters:
        if char == "\\":
            next(characters, None)
        elif in_set:
            in_set = char != "]"
        elif char == "[":
            in_set = True
        elif char == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")":
            depth -= 1
    return deepest


def without_captures(pattern: str) -> str:
    """A pattern whose groups without a name keep nothing: the engine spends two thirds of its time on keeping them."""
    return _GROUP.sub(lambda match: "(?:" if match["group"] else match[0], pattern)
