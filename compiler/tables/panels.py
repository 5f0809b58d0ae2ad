"""From tables to panels: the row lexer, and what the table grammar makes of the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from attrs import define, field

from yusuan.compiler.blocks.marks import EMPTY, NUMBER, OTHER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.parsers import Tree
from yusuan.compiler.tables.headers import Header, compose
from yusuan.compiler.tables.rows import MarkedRow

# The terminals of rows that head no columns of their own.
_NO_HEADER: Final = frozenset({"ROW", "EMPTY", "TOTAL", "SUBHEADER", "CAPTION", "SPANNING_HEADER", "FIELDS_HEADER"})
# Rows that a header has at most below its first.
_DEEPEST_HEADER: Final = 5


@define(slots=True)
class Panel:
    """A part of a table that has a kind: its header and its rows.

    Attributes:
        kind: the rule of the table grammar.
        header: the columns; without any for a panel of fields.
        rows: the rows below the header.
        head: the header's own rows.
    """

    kind: str
    header: Header
    rows: list[MarkedRow]
    head: list[MarkedRow] = field(factory=list)


class RowLexer:
    """Classifies rows by the terminals of the table grammar."""

    def __init__(self, language: Language) -> None:
        patterns = language.patterns["table"]
        self._pattern = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items()))
        self._lexicon = lexicon(language)
        self._declared = {one.terminal: one for one in language.declared.values()}
        self._deep = [(one, re.compile(one.header)) for one in language.declared.values() if one.required]
        self._deep.sort(key=lambda deep: -deep[0].priority)

    def kind(self, encoded: str) -> str:
        """The terminal of a row, by the marks of its cells."""
        match = self._pattern.fullmatch(encoded)
        return match.lastgroup if match and match.lastgroup else "ROW"

    def is_labelled(self, row: MarkedRow) -> bool:
        """Whether a row holds labels and nothing else; 其中 above columns is none of its own and no text either."""
        cells = zip(row.cells, row.marks, strict=True)
        return all(mark[0] in "<-" or (mark == OTHER and self._lexicon.is_front(cell.text)) for cell, mark in cells)

    def _heads_columns(self, token: BlockToken) -> bool:
        return token.type not in ("EMPTY", "CAPTION") and self.is_labelled(token.value)

    def find_deep_headers(self, tokens: Sequence[BlockToken]) -> None:
        """Find the headers that have what they must have in several rows, whose first alone tells nothing."""
        for at, token in enumerate(tokens if self._deep else ()):
            row: MarkedRow = token.value
            if token.type in ("EMPTY", "CAPTION") or NUMBER in row.marks:
                continue
            below = list(takewhile(self._heads_columns, tokens[at + 1 : at + 1 + _DEEPEST_HEADER]))
            known = self._declared.get(token.type)
            for declaration, pattern in self._deep if below else ():
                if token.type == declaration.terminal or (known is not None and known.priority >= declaration.priority):
                    continue
                marks = "".join(mark for one in (token, *below) for mark in one.value.marks)
                if not declaration.own_marks.isdisjoint(row.marks) and pattern.fullmatch(marks):
                    token.type = declaration.terminal
                    for one in below:
                        one.type = "SUBHEADER"
                    break


@of_language
def row_lexer(language: Language) -> RowLexer:
    """The lexer of rows, made once for each language."""
    return RowLexer(language)


def parse_rows(language: Language, rows: list[MarkedRow]) -> Tree[BlockToken]:
    """The CST of a table; the value of a token is its row."""
    lexer = row_lexer(language)
    # Most rows of a table have the marks of others.
    kinds: dict[str, str] = {}
    tokens = []
    for at, row in enumerate(rows):
        encoded = "".join(row.marks)
        kind = kinds.get(encoded)
        if kind is None:
            kind = kinds[encoded] = lexer.kind(encoded)
        tokens.append(BlockToken(kind, at, at + 1, 0, row))
    lexer.find_deep_headers(tokens)
    _reach_down(tokens)
    return language.parsers["table"].parse(tokens)


def read_panels(language: Language, rows: list[MarkedRow]) -> list[Panel]:
    """The panels of a table, by the table grammar."""
    tree = parse_rows(language, rows)
    panels: list[Panel] = []
    lead = [child.value for child in tree.children if isinstance(child, BlockToken)]
    if lead:
        panels.append(Panel("rows", Header(()), lead))
    for child in tree.children:
        if isinstance(child, Tree):
            panel = _panel(language, child)
            declaration = language.declared.get(panel.kind)
            is_spanned = declaration is not None and declaration.spanned
            if is_spanned and panels and panels[-1].kind == "spanning" and not panels[-1].rows:
                head = [*panels.pop().head, *panel.head]
                panel = Panel(panel.kind, compose(head, panel.rows), panel.rows, head)
            panels.append(panel)
    return panels


def _reach_down(tokens: Sequence[BlockToken]) -> None:
    """Where the grid is known, a row that cells of a header reach into is of that header, whatever it looks like."""
    for at, token in enumerate(tokens):
        row: MarkedRow = token.value
        if row.grid is not None and token.type not in _NO_HEADER:
            # A label over one column ends its header where it ends; one beside the table may reach down to its foot.
            single = [cell.rowspan for cell in row.row.cells if cell.colspan == 1]
            depth = min(single, default=max(cell.rowspan for cell in row.row.cells))
            for below in tokens[at + 1 : at + depth]:
                if below.type in _NO_HEADER and NUMBER not in below.value.marks:
                    below.type = "SUBHEADER"


def _panel(language: Language, tree: Tree[BlockToken]) -> Panel:
    kind = str(tree.data)
    tokens = [token for token in tree.children if isinstance(token, BlockToken)]
    declaration = language.declared.get(kind)
    if kind == "caption" or (declaration is not None and not declaration.headed):
        return Panel(kind, Header(()), [token.value for token in tokens])
    head = [tokens[0].value]
    rest = tokens[1:]
    for token in rest[:_DEEPEST_HEADER]:
        is_below = declaration is not None and _goes_on_below(language, token, declaration)
        if token.type != "SUBHEADER" and not is_below:
            break
        head.append(token.value)
    rows = [token.value for token in rest[len(head) - 1 :]]
    return Panel(kind, compose(head, rows), rows, head)


def _goes_on_below(language: Language, token: BlockToken, declaration: Declaration) -> bool:
    """Whether a row has nothing but labels below those of a kind that is no table of the contract: some of its own, or
    those of a group, in front of which an empty cell goes on with the one above."""
    row: MarkedRow = token.value
    if not declaration.own_marks or token.type == "EMPTY" or not row_lexer(language).is_labelled(row):
        return False
    return row.marks[0] == EMPTY or not declaration.own_marks.isdisjoint(row.marks)
