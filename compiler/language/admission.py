"""What a `.lark` file may hold, seen to by itself, so that a fault is told with its line.

Lark joins files, imports others, and makes of a rule with many choices as many rules as there are ways through it. What
would read other files, do nothing here, or keep it busy for ever is refused before Lark builds anything of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lark import Token, Tree
from lark.exceptions import GrammarError, UnexpectedInput, UnexpectedToken
from lark.load_grammar import _get_parser, _literal_to_pattern, _translate_parser_exception

from yusuan.compiler.language import expressions
from yusuan.compiler.language.files import GrammarFile, GrammarFileError, blaming

MOST_WAYS: Final = 10_000
"""How many ways there may be through a rule; Lark makes an alternative of each."""
MOST_DEFINITIONS: Final = 2000
"""Of one file."""
MOST_TIMES: Final = 1000
"""How often something may be repeated (`~`), and how high a priority is."""

MOST_PARTS: Final = 2000
"""Nodes of the tree of one definition: some hundred symbols, or words."""

# Rules of a grammar nest by brackets, each of which is three nodes of its tree.
_DEEPEST: Final = 3 * expressions.DEEPEST

_REFUSED: Final = {
    "import": "%import is refused: only the files of the folder are read",
    "ignore": "%ignore is refused: a grammar of reports reads everything; give it a terminal, and a place in a rule",
}
_TEMPLATE: Final = "a template is refused: write its rule out"


def admit(file: GrammarFile, text: str) -> None:
    """See that a file may be joined to its grammar.

    Args:
        file: a `.lark` file.
        text: what stands in it, placeholders filled in.

    Raises:
        GrammarFileError: it may not; its line is told.
    """
    with blaming(file.shown):
        statements = _parsed(file, text).children
        if len(statements) > MOST_DEFINITIONS:
            raise GrammarFileError(file.shown, f"it has more than {MOST_DEFINITIONS} definitions")
        for statement in statements:
            reason, line = _refused(statement) if isinstance(statement, Tree) else (None, 1)
            if reason:
                raise GrammarFileError(f"{file.shown}:{line}", reason)


def _parsed(file: GrammarFile, text: str) -> Tree[Token]:
    """The tree that Lark reads a file into."""
    parse = _get_parser().parse  # type: ignore[no-untyped-call]
    try:
        tree: Tree[Token] = parse(text + "\n", "start")
    except UnexpectedInput as error:
        reason = _translate_parser_exception(parse, error) if isinstance(error, UnexpectedToken) else None  # type: ignore[no-untyped-call]
        line = min(max(error.line, 1), text.count("\n") + 1)
        found = text.split("\n")[line - 1][max(error.column - 1, 0) :]
        if not reason:
            missing = (
                "a colon is missing" if "_COLON" in getattr(error, "expected", ()) else "this is no grammar of Lark"
            )
            reason = missing if found else f"{missing} where the line ends"
        raise GrammarFileError(
            f"{file.shown}:{line}", f"{reason}: {expressions.shown(found)}" if found else reason
        ) from error
    return tree


def _refused(statement: Tree[Token]) -> tuple[str | None, int]:
    """Why a statement is not admitted, absent where it is; and its line."""
    nodes = list(_nodes(statement))
    line = next((node.line or 1 for node, _ in nodes if isinstance(node, Token)), 1)
    inner = statement.children[-1] if statement.data in ("override", "extend") else statement
    reason = _REFUSED.get(str(statement.data))
    if reason is None and max(depth for _, depth in nodes) > _DEEPEST:
        reason = expressions.TOO_DEEP
    if reason is None and len(nodes) > MOST_PARTS:
        reason = "the definition is too long; make several of its parts"
    if reason is None and isinstance(inner, Tree) and inner.data == "rule":
        if any(isinstance(node, Tree) and node.data == "template_params" and node.children for node, _ in nodes):
            reason = _TEMPLATE
        elif _ways(inner.children[-1]) > MOST_WAYS:
            reason = f"there are more than {MOST_WAYS} ways through the rule; make rules of its parts"
    if reason is not None:
        return reason, line
    for node, _ in nodes:
        if isinstance(node, Token):
            line = node.line or line
        reason = _broken(node)
        if reason:
            return reason, line
    return None, line


def _nodes(tree: Any) -> Iterator[tuple[Any, int]]:
    """Every node of a tree with its depth, in the order of the text; without recursion, for the tree may be deep."""
    stack = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        yield node, depth
        if isinstance(node, Tree):
            stack += [(child, depth + 1) for child in reversed(node.children)]


def _ways(node: Any) -> int:
    """How many ways there are through a part of a rule, as far as they matter."""
    if not isinstance(node, Tree):
        return 1
    inner = [_ways(child) for child in node.children]
    if node.data == "expansions":
        return min(sum(inner), MOST_WAYS + 1)
    if node.data == "maybe":
        return inner[0] + 1
    if node.data == "expr":
        return _ways_repeated(inner[0], [str(child) for child in node.children[1:]])
    ways = 1
    for one in inner:
        ways = min(ways * one, MOST_WAYS + 1)
    return ways


def _ways_repeated(ways: int, operator: list[str]) -> int:
    if operator[0] == "?":
        return ways + 1
    if operator[0] != "~":
        # Lark makes a rule of it, with what is repeated as its alternatives, and one more.
        return ways if ways > MOST_WAYS else 2
    if any(len(one) > 5 or int(one) > MOST_TIMES for one in operator[1:]):
        return MOST_WAYS + 1
    least, most = int(operator[1]), int(operator[-1])
    found = 0
    for times in range(least, most + 1):
        found += ways**times
        if found > MOST_WAYS:
            return MOST_WAYS + 1
    return found


def _broken(node: Any) -> str | None:
    """What is wrong with a number, a range or a pattern of a grammar; absent where nothing is."""
    if isinstance(node, Tree):
        return _broken_range(node) if node.data == "range" else None
    if node.type == "NUMBER":
        is_meant = len(node) <= 5 and abs(int(node)) <= MOST_TIMES
        return None if is_meant else f"a number is from -{MOST_TIMES} to {MOST_TIMES}"
    if node.type not in ("REGEXP", "STRING"):
        return None
    try:
        pattern = _literal_to_pattern(node)  # type: ignore[no-untyped-call]
        expressions.read(pattern.to_regexp())
    except (ValueError, GrammarError) as error:
        return f"{expressions.shown(str(node).removeprefix('/').removesuffix('/'))}: {error}"
    return None


def _broken_range(node: Tree[Token]) -> str | None:
    first, last = (str(child)[1:-1] for child in node.children)
    if len(first) == len(last) == 1 and first <= last:
        return None
    return f"{first}..{last}: a range goes from one character to another behind it"
