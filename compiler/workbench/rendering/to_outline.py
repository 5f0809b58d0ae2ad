"""Tokens, trees and explanations of `yusuan grammar` as text for people, and tokens and trees as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from yusuan.compiler.rendering.excerpt import columns
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.style import Paint, Style
from yusuan.compiler.rendering.words import Words

if TYPE_CHECKING:
    from yusuan.compiler.workbench.tracing.notes import Note
    from yusuan.compiler.workbench.tracing.views import NodeView, TokenView

# Not U+2026, whose width differs between terminals.
_CUT: Final = "..."
_NARROWEST: Final = 24
_INDENT: Final = "  "
# What of an explanation stands out.
_PAINTS: Final = {
    "place": Paint.FRAME, "name": Paint.STRONG, "mark": Paint.INFO, "marks": Paint.INFO, "concept": Paint.STRONG,
}  # fmt: skip
_KINDS: Final = {"rule": Paint.RELATED, "grammar": Paint.INFO, "fault": Paint.ERROR}


# --- tokens -----------------------------------------------------------------------------------------------------------


def render_tokens(tokens: Iterable[TokenView], style: Style) -> Iterator[str]:
    """A line for each token: line number, type, what is known of it in brackets, text."""
    found = list(tokens)
    margin = len(str(found[-1].lines[0])) if found else 1
    for token in found:
        line = _Line(token.lines[0], 0, "token", token.type, _facts(token), token.text)
        yield line.shown(margin, style)


def plain_tokens(tokens: Iterable[TokenView]) -> Iterator[str]:
    """The tokens as a case of the corpus expects them."""
    return (f"{token.type} {token.text}".rstrip() + "\n" for token in tokens)


def tokens_json(tokens: Iterable[TokenView]) -> str:
    """The tokens as a JSON array; what a token does not have is left out."""
    return _json([_stated(_token_fields(token)) for token in tokens])


def _facts(token: TokenView) -> str | None:
    number = "" if token.number is None else f" {token.number}"
    facts = [f"{token.style}{number}" if token.style else None, token.role, token.mark]
    return ", ".join(fact for fact in facts if fact) or None


def _token_fields(token: TokenView) -> dict[str, Any]:
    return {
        "line": token.lines[0],
        "end_line": token.lines[1],
        "type": token.type,
        "style": token.style,
        "number": token.number,
        "ordinal": token.ordinal or None,
        "role": token.role,
        "mark": token.mark,
        "text": token.text or None,
    }


# --- trees ------------------------------------------------------------------------------------------------------------


def render_tree(root: NodeView, words: Words, style: Style, depth: int | None = None) -> Iterator[str]:
    """A line for each node, two blanks deeper for each rule, behind the number of its first line.

    Args:
        root: the tree.
        words: the texts of the language.
        style: the width, and whether colours are used.
        depth: how deep to go: 1 is the root and its children; absent for all.
    """
    margin = len(str(root.lines[1]))
    for node, level in _walk(root, 0, depth):
        text, mark = node.text, node.mark
        if node.kind == "fault":
            mark = words.say("grammar.unread")
        name = f"= {node.name}" if node.kind in ("grammar", "fault") else node.name
        if depth == level and node.children:
            text = words.say("grammar.deeper", number=_count(node) - 1)
        yield _Line(node.lines[0], level, node.kind, name, mark, text or "").shown(margin, style)


def plain_tree(root: NodeView, depth: int | None = None) -> Iterator[str]:
    """The tree as a case of the corpus expects it."""
    for node, level in _walk(root, 0, depth):
        yield f"{_INDENT * level}{node.name} {node.text or ''}".rstrip() + "\n"


def tree_json(root: NodeView, depth: int | None = None) -> str:
    """The tree as nested JSON objects; what a node does not have is left out."""
    return _json(_node_fields(root, depth))


def _walk(node: NodeView, level: int, depth: int | None) -> Iterator[tuple[NodeView, int]]:
    yield node, level
    if depth is None or level < depth:
        for child in node.children:
            yield from _walk(child, level + 1, depth)


def _count(node: NodeView) -> int:
    return 1 + sum(map(_count, node.children))


def _node_fields(node: NodeView, depth: int | None) -> dict[str, Any]:
    fields = {
        "kind": node.kind,
        "name": node.name,
        "line": node.lines[0],
        "end_line": node.lines[1],
        "mark": node.mark,
        "text": node.text or None,
    }
    deeper = depth is None or depth > 0
    below = None if depth is None else depth - 1
    children = [_node_fields(child, below) for child in node.children] if deeper else []
    return _stated({**fields, "children": children or None})


# --- explanations -----------------------------------------------------------------------------------------------------


def render_notes(notes: Iterable[Note], words: Words, style: Style, level: int = 0) -> Iterator[str]:
    """A line for each note, what explains it below it; an empty line between those at the top."""
    for at, note in enumerate(notes):
        if at and not level:
            yield "\n"
        paints = _PAINTS if level else {}
        values = {name: style.paint(visible(str(value)), paints.get(name)) for name, value in note.values.items()}
        said = words.say(f"trace.{note.key}", **values)
        yield f"{_INDENT * level}{style.paint(said, None if level else Paint.STRONG)}\n"
        yield from render_notes(note.notes, words, style, level + 1)


# --- lines ------------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class _Line:
    """A line of an outline.

    Attributes:
        number: the line of the report.
        level: how deep it stands.
        kind: what kind of thing it shows; it decides the colour.
        name: what the thing is called.
        mark: what is known of it; absent or empty where nothing is.
        text: its text, of which as much is shown as there is room for.
    """

    number: int
    level: int
    kind: str
    name: str
    mark: str | None
    text: str

    def shown(self, margin: int, style: Style) -> str:
        """It in a style, its number right-aligned in a margin of so many columns."""
        frame = style.paint(f"{self.number:>{margin}}", Paint.FRAME)
        indent = _INDENT * self.level
        brackets = f" [{self.mark}]" if self.mark else ""
        used = margin + len(_INDENT) + len(indent) + columns(self.name + brackets) + 1
        shortened = _shortened(visible(self.text), max(style.width - used, _NARROWEST))
        painted = style.paint(self.name, _KINDS.get(self.kind)) + style.paint(brackets, Paint.INFO)
        return f"{frame}{_INDENT}{indent}{painted} {shortened}".rstrip() + "\n"


def _shortened(text: str, room: int) -> str:
    # A character takes a column at least, but for those that combine: no more of a long text is measured than is seen.
    start = text[: 2 * room]
    if len(start) == len(text) and columns(text) <= room:
        return text
    while start and columns(start) > room - len(_CUT):
        start = start[: -max(1, (columns(start) - room + len(_CUT)) // 2)]
    return start + _CUT


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
