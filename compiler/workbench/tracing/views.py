"""The tokens and the tree of a text as plain values, for rendering: no parser's objects, places in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.parsers import Tree, UnexpectedInput
from yusuan.compiler.pipeline import reading_of, structure
from yusuan.compiler.tables.panels import parse_rows
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.tracing.observing import Observation, Region, SeenTable, observe, rule_name
from yusuan.compiler.workbench.tracing.printing import escape
from yusuan.ir.source import SourceFile

Lines = tuple[int, int]
"""The first and the last line of a range, from 1."""

_HEADING: Final = "_HEADING"
_START: Final = "_START"


@frozen(slots=True)
class TokenView:
    """A block token.

    Attributes:
        type: its terminal.
        lines: its first and last line.
        text: its text on one line, escaped; empty for a token that only frames.
        style: the style of its number, a terminal of numbering.lark; absent without one.
        number: its number; absent where it has none or it cannot be read.
        ordinal: its number as written; empty without one.
        role: the section rule whose heading it is; absent for everything else and for headings of no known role.
        mark: how the table grammar writes a cell; absent for everything else.
    """

    type: str
    lines: Lines
    text: str
    style: str | None = None
    number: int | None = None
    ordinal: str = ""
    role: str | None = None
    mark: str | None = None


@frozen(slots=True)
class NodeView:
    """A node of a tree.

    Attributes:
        kind: `rule`, `token`, `grammar` (the root of what a grammar of a region made of it) or `fault` (it could not
            read it).
        name: the rule's, terminal's or grammar's name.
        lines: its first and last line.
        text: a token's text, escaped; for a row in the table grammar its marks; absent for rules.
        mark: what more there is to know of a token: a cell's mark, a heading's role; absent where nothing.
        children: what it is made of.
    """

    kind: str
    name: str
    lines: Lines
    text: str | None = None
    mark: str | None = None
    children: tuple[NodeView, ...] = ()


def last_line(source: SourceFile) -> int:
    """How many lines a text has, as editors count them: a line end at the end of the text starts no further one."""
    count = len(source.line_starts)
    return count - 1 if count > 1 and source.line_starts[-1] == len(source.text) else count


def lines_of(source: SourceFile, start: int, end: int) -> Lines:
    """The lines that a range touches; an empty one the line that it stands on."""
    first = source.position(start)[0]
    last = source.position(end - 1)[0] if end > start else first
    limit = last_line(source)
    return min(first, limit), min(last, limit)


def token_lines(source: SourceFile, token: BlockToken) -> Lines:
    """The lines of a token; one that only ends something stands where that ends, not at the start of what follows."""
    if token.start == token.end and not token.type.endswith(_START):
        return lines_of(source, max(0, token.start - 1), token.start)
    return lines_of(source, token.start, token.end)


def overlaps(lines: Lines, wanted: Lines | None) -> bool:
    """Whether lines are among those wanted; all are where nothing is said."""
    return wanted is None or (lines[0] <= wanted[1] and wanted[0] <= lines[1])


# --- tokens -----------------------------------------------------------------------------------------------------------


def view_tokens(source: SourceFile, language: Language, wanted: Lines | None = None) -> list[TokenView]:
    """The block tokens of a text, or those that touch some lines."""
    reading = reading_of(source.text, source.name, language)
    tokens, _ = structure(reading, language)
    views = (_token(reading.source, language, token) for token in tokens)
    return [view for view in views if overlaps(view.lines, wanted)]


def style_name(language: Language, style: int) -> str | None:
    """The terminal of a style of numbers; absent for no number."""
    return list(language.patterns["numbering"])[style] if style >= 0 else None


def _token(source: SourceFile, language: Language, token: BlockToken) -> TokenView:
    lines = token_lines(source, token)
    text = escape(source.text[token.start : token.end])
    if isinstance(token.value, LineClass):
        line = token.value
        role = line.rule if token.type.endswith(_HEADING) else None
        return TokenView(token.type, lines, text, style_name(language, line.style), line.number, line.ordinal, role)
    return TokenView(token.type, lines, text, mark=token.value)


# --- the tree ---------------------------------------------------------------------------------------------------------


def view_tree(
    source: SourceFile, language: Language, wanted: Lines | None = None, *, clauses: bool = False
) -> NodeView:
    """The tree of a text: its root, with what touches the wanted lines.

    Args:
        source: the text.
        language: the language that it is read in.
        wanted: the lines; absent for all.
        clauses: whether what the table grammar and the clause grammars made of their regions is shown too: behind the
            table, the cell or the last line that they read.
    """
    return _Viewer(observe(source, language), wanted, clauses).root()


class _Viewer:
    def __init__(self, seen: Observation, wanted: Lines | None, clauses: bool) -> None:
        self._seen = seen
        self._source = seen.source
        self._wanted = wanted
        self._clauses = clauses
        self._regions: dict[int, list[Region]] = {}
        self._tables: dict[int, SeenTable] = {}
        if clauses:
            for region in seen.regions:
                token = seen.token_at(region.anchor)
                if token is not None:
                    self._regions.setdefault(token.start, []).append(region)
            self._tables = {table.rows[0].span.start: table for table in seen.tables}

    def root(self) -> NodeView:
        lines = 1, last_line(self._source)
        return NodeView("rule", rule_name(self._seen.cst), lines, children=tuple(self._children(self._seen.cst)))

    def _children(self, tree: Tree[BlockToken]) -> Iterator[NodeView]:
        for child in tree.children:
            node = self._node(child)
            if overlaps(node.lines, self._wanted):
                yield node
            if not self._clauses:
                continue
            # Behind a line's block, be it a token or the rule around it; a cell's are behind its token.
            block = child.children if isinstance(child, Tree) else [child]
            first = block[0]
            if isinstance(first, BlockToken) and len(block) == 1:
                yield from self._clauses_at(first)
            if node.name == "table" and isinstance(first, BlockToken) and first.start in self._tables:
                yield from self._in_range(self._table(self._tables[first.start]))

    def _node(self, node: Tree[BlockToken] | BlockToken) -> NodeView:
        if isinstance(node, BlockToken):
            view = _token(self._source, self._seen.language, node)
            facts = [f"{view.style} {'' if view.number is None else view.number}".strip()] if view.style else []
            facts += [fact for fact in (view.mark, view.role) if fact]
            return NodeView("token", view.type, view.lines, view.text, " ".join(facts) or None)
        first, last = _ends(node)
        return NodeView(
            "rule",
            rule_name(node),
            lines_of(self._source, first, last),
            children=tuple(self._children(node)),
        )

    def _in_range(self, node: NodeView) -> Iterator[NodeView]:
        if overlaps(node.lines, self._wanted):
            children = tuple(inner for child in node.children for inner in self._in_range(child))
            yield NodeView(node.kind, node.name, node.lines, node.text, node.mark, children)

    def _clauses_at(self, token: BlockToken) -> Iterator[NodeView]:
        for region in self._regions.pop(token.start, ()):
            yield from self._in_range(view_region(self._seen, region))

    def _table(self, table: SeenTable) -> NodeView:
        tree = parse_rows(self._seen.language, table.rows)
        first, last = table.rows[0].span, table.rows[-1].span
        lines = lines_of(self._source, first.start, last.end)
        return NodeView("grammar", "table", lines, children=(self._rows(tree, lines),))

    def _rows(self, node: Tree[BlockToken] | BlockToken, around: Lines) -> NodeView:
        if isinstance(node, BlockToken):
            row: MarkedRow = node.value
            lines = lines_of(self._source, row.span.start, row.span.end)
            return NodeView("token", node.type, lines, "".join(row.marks))
        children = tuple(self._rows(child, around) for child in node.children)
        lines = (children[0].lines[0], children[-1].lines[1]) if children else around
        return NodeView("rule", rule_name(node), lines, children=children)


def view_region(seen: Observation, region: Region) -> NodeView:
    """What a clause grammar made of a region: its tree, or that it could not read it."""
    source, text = seen.source, region.text
    start = region.anchor if region.start is None else region.start
    whole = lines_of(source, start, region.behind(len(text)) if region.start is not None else start)

    def view(node: Tree[BlockToken] | BlockToken) -> NodeView:
        if isinstance(node, BlockToken):
            lines = whole if region.start is None else lines_of(source, region.at(node.start), region.behind(node.end))
            return NodeView("token", node.type, lines, escape(text[node.start : node.end]))
        children = tuple(view(child) for child in node.children)
        lines = (children[0].lines[0], children[-1].lines[1]) if children else whole
        return NodeView("rule", rule_name(node), lines, children=children)

    try:
        tree: Tree[BlockToken] = parse_region(seen.language, region.grammar, text)
    except UnexpectedInput:
        return NodeView("fault", region.grammar, whole, escape(text))
    return NodeView("grammar", region.grammar, whole, children=(view(tree),))


def _ends(tree: Tree[BlockToken]) -> tuple[int, int]:
    """Where a tree's characters start and end; every rule of the document has a token."""
    first: Tree[BlockToken] | BlockToken = tree
    last: Tree[BlockToken] | BlockToken = tree
    while isinstance(first, Tree):
        first = first.children[0]
    while isinstance(last, Tree):
        last = last.children[-1]
    return first.start, last.end
