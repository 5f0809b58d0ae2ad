"""Compiling a text while watching: the same front end and lowering, whose decisions are kept.

What is watched overrides methods of the classes that decide, and calls them: it changes nothing of what comes out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

from attrs import define, field, frozen
from lark import Tree

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.outline import Outliner
from yusuan.compiler.blocks.parser import Cst, parse
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_amounts import AmountReader, lower_amounts
from yusuan.compiler.clauses.from_target import Bound
from yusuan.compiler.clauses.from_title import lower_title
from yusuan.compiler.clauses.lexer import watching
from yusuan.compiler.language.naming import Label
from yusuan.compiler.lowering.from_report import ReportLowering
from yusuan.compiler.lowering.stitching import Stitched, StitchedTable, Stitcher
from yusuan.compiler.pipeline import lex
from yusuan.compiler.tables.from_table import Panel
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.records import Amount
from yusuan.ir.source import SourceFile, Span
from yusuan.ir.vocabulary import Role

# Cells that state one target together: operator, value and unit.
# The lines that clause grammars read: no page marks, no contents.
_READ: Final = frozenset({"paragraph", "item"})
_MOST_PARTS: Final = 3
_MOST_TRIED: Final = 12


@frozen(slots=True)
class Decision:
    """What the outline made of one line that could be a heading.

    Attributes:
        reason: why, as a word: `known`, `heading_like`, `no_words`, `in_glossary`, `project_outside`, `term`,
            `item_of_itself`, `sentence`, `listed`, `word_alone`, `caption`.
        is_heading: what it decided.
        style: how the line is numbered, -1 for not at all.
        title: the range of its title, behind the number, as the heading terminals saw it.
        end: where the line's text ends.
        rule: the section rule whose heading its words are; absent for none.
        heading_like: whether it looks like a heading, be its words known or not.
        rest: what the title goes on with behind the end of a page; empty where nothing.
    """

    reason: str
    is_heading: bool
    style: int
    title: tuple[int, int]
    end: int
    rule: str | None
    heading_like: bool
    rest: str = ""


@define(slots=True, eq=False)
class Region:
    """A text that a clause grammar read.

    Attributes:
        grammar: its name.
        text: what was read.
        start: offset of the text in the source; absent where it is put together or cleaned, and stands nowhere so.
        anchor: offset of a character of the source that it stands at.
        asked: for each phrase, by its place, the labels that the reader of amounts looked up: their ranges in the text.
        stated: for each phrase the amounts that it stated.
    """

    grammar: str
    text: str
    start: int | None
    anchor: int
    asked: dict[int, list[tuple[int, int, Label]]] = field(factory=dict)
    stated: dict[int, list[Amount]] = field(factory=dict)


@define(slots=True, eq=False)
class Run:
    """Lines of running text that were read together.

    Attributes:
        role: the role of the innermost section that has one; absent outside of such.
        start: offset of the first character.
        end: offset behind the last one.
    """

    role: Role | None
    start: int
    end: int


@define(slots=True, eq=False)
class TableView:
    """A table as its lowering saw it.

    Attributes:
        role: the role of the innermost section that has one; absent outside of such.
        rows: its rows, with their marks.
        panels: its panels; one that goes on with an earlier table stands twice.
        known: whether any panel is of a known kind.
    """

    role: Role | None
    rows: list[MarkedRow]
    panels: list[Panel] = field(factory=list)
    known: bool = False


@define(slots=True, eq=False)
class Observation:
    """What compiling one text came to, with what was decided on the way.

    Attributes:
        source: the text.
        tokens: the block tokens.
        cst: the tree of the document.
        decisions: what the outline decided of lines, by the offset of their text.
        runs: the running text, in order.
        tables: the tables, in order.
        regions: what the clause grammars read, in the order of reading.
        amounts: the amounts that were kept.
        diagnostics: what framing and lowering had to say.
    """

    source: SourceFile
    tokens: list[BlockToken] = field(factory=list)
    cst: Cst | None = None
    decisions: dict[int, Decision] = field(factory=dict)
    runs: list[Run] = field(factory=list)
    tables: list[TableView] = field(factory=list)
    regions: list[Region] = field(factory=list)
    amounts: list[Amount] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)
    _token_starts: list[int] = field(init=False, factory=list)

    def token_at(self, offset: int) -> BlockToken | None:
        """The token that a character stands in; absent in an empty text."""
        if not self._token_starts:
            self._token_starts.extend(token.start for token in self.tokens)
        at = bisect_right(self._token_starts, offset) - 1
        return self.tokens[at] if at >= 0 else None


def observe(source: SourceFile) -> Observation:
    """Compile a text without the checks, and keep what was decided. It never raises, as compiling does not."""
    seen = Observation(source)
    eye = _Eye(seen)
    with collector_at_rest(), watching(eye.saw_region):
        seen.tokens, seen.diagnostics = lex(source, partial(_WatchedOutliner, seen.decisions))
        context = _WatchedContext(source, diagnostics=seen.diagnostics)
        title = lower_title(context, seen.tokens)
        if title.title is not None:
            eye.place_title(title.title.span)
        context.fiscal_year = title.fiscal_year
        context.organization = title.organization.text if title.organization else ""
        stitched = Stitcher(context).stitch(seen.tokens)
        seen.cst = parse(seen.tokens)
        _WatchedLowering(context, stitched, eye).lower(seen.cst)
    seen.amounts = context.records.amounts
    return seen


@define(slots=True)
class _Eye:
    """Where the lowering is, so that the text of a region is known to stand there."""

    seen: Observation
    amounts_at: int | None = None
    run: Run | None = None
    panel: Panel | None = None
    row: int = 0
    line: int = -1

    def saw_region(self, grammar: str, text: str) -> None:
        """Keep a region with the place where it stands."""
        region = self._placed(grammar, text)
        if region is not None:
            self.seen.regions.append(region)

    def _placed(self, grammar: str, text: str) -> Region | None:
        source = self.seen.source.text
        if grammar == "amount" and self.amounts_at is not None:
            return Region(grammar, text, self.amounts_at, self.amounts_at + len(text) - 1)
        if self.panel is not None:
            return self._in_cell(grammar, text)
        if self.run is not None:
            # The lines are read one after the other; only a term on a line of its own is read again, with what follows.
            at = source.find(text, self.line + 1, self.run.end)
            if at < 0:
                at = source.find(text, self.run.start, self.run.end)
            self.line = max(self.line, at)
            return Region(grammar, text, at, at) if at >= 0 else None
        return Region(grammar, text, None, 0)

    def place_title(self, span: Span) -> None:
        """Say where the title stands, whose text was read before its place was known."""
        for region in self.seen.regions:
            if region.grammar == "title":
                region.start, region.anchor = span.start, span.end - 1

    def _in_cell(self, grammar: str, text: str) -> Region | None:
        """A region in the panel at hand: its cells are read from top to bottom."""
        rows = self.panel.rows if self.panel is not None else []
        for at in chain(range(self.row, len(rows)), range(self.row)):
            for cell in rows[at].cells:
                if cell.text == text:
                    self.row = at
                    start = cell.span.start
                    is_there = self.seen.source.text.startswith(text, start)
                    return Region(grammar, text, start if is_there else None, start)
            parts = [cell for cell in rows[at].cells if cell.text and " ".join(cell.text.split()) in text]
            if len(parts) > 1 and _made_of(text, [cell.text for cell in parts[:_MOST_TRIED]], _MOST_PARTS):
                self.row = at
                whole = max(parts, key=lambda cell: len(cell.text))
                return Region(grammar, text, None, whole.span.start)
        return None


def _made_of(text: str, parts: Sequence[str], most: int) -> bool:
    """Whether a text is some of the parts, at most so many, one behind the other."""
    if not text:
        return True
    if not most:
        return False
    for at, part in enumerate(parts):
        for written in {part, " ".join(part.split())}:
            if text.startswith(written) and _made_of(text[len(written) :], [*parts[:at], *parts[at + 1 :]], most - 1):
                return True
    return False


# --- what is watched --------------------------------------------------------------------------------------------------


class _WatchedOutliner(Outliner):
    """Keeps why a line is a heading or none."""

    def __init__(self, decisions: dict[int, Decision], text: str) -> None:
        super().__init__(text)
        self._decisions = decisions

    def _is_heading(self, line: LineClass) -> bool:
        rule, title_end = line.rule, line.title_end
        with_body = title_end < line.end - 1
        in_glossary, in_itself = self._inside("glossary"), self._inside(rule or "")
        is_heading = super()._is_heading(line)
        if rule is None:
            reason = "heading_like" if is_heading else "in_glossary" if line.heading_like else "no_words"
        elif is_heading and line.rule == rule:
            reason = "known"
        elif rule == "project_section" and line.rule is None:
            reason = "project_outside"
        elif with_body and in_glossary:
            reason = "term"
        elif with_body and in_itself:
            reason = "item_of_itself"
        elif with_body and not line.ordinal:
            reason = "sentence"
        elif line.ordinal:
            reason = "listed"
        else:
            reason = "caption" if in_itself else "word_alone"
        title = line.title_start, title_end
        self._decisions[line.start] = Decision(
            reason, is_heading, line.style, title, line.end, rule, line.heading_like, line.rest
        )
        return is_heading


class _WatchedContext(Context):
    """Has every target read anew, so that each place where it stands is seen."""

    def bounds(self, text: str) -> tuple[Bound, ...] | None:
        self._targets.pop(text, None)
        return super().bounds(text)


class _WatchedReader(AmountReader):
    """Keeps which labels were looked up for which phrase, and what it stated."""

    def __init__(self, region: Region | None, context: Context, base: int, text: str) -> None:
        super().__init__(context, base, text)
        self._region = region

    def _label_of(self, bounds: tuple[int, int]) -> Label:
        label = super()._label_of(bounds)
        if self._region is not None:
            asked = self._region.asked.setdefault(self._ahead[1], [])
            if (*bounds, label) not in asked:
                asked.append((*bounds, label))
        return label

    def _append(self, *arguments: Any) -> None:
        super()._append(*arguments)
        if self._region is not None:
            self._region.stated.setdefault(self._ahead[1], []).append(self._context.records.amounts[-1])


class _WatchedLowering(ReportLowering):
    """Keeps the running text and the tables with their panels, and tells where the lowering is."""

    def __init__(self, context: Context, stitched: Stitched, eye: _Eye) -> None:
        super().__init__(context, stitched)
        self._eye = eye

    def _read_text(self, lines: list[tuple[str, BlockToken, int, int]]) -> list[int]:
        eye = self._eye
        eye.run = Run(self.context.role, lines[0][2], lines[-1][3])
        eye.line = eye.run.start - 1
        if any(kind in _READ for kind, *_ in lines):
            eye.seen.runs.append(eye.run)
        typed = super()._read_text(lines)
        eye.run = None
        return typed

    def _guarded(self, span: Span, lower: Callable[..., object], *arguments: object) -> object:
        if lower is not lower_amounts:
            return super()._guarded(span, lower, *arguments)
        eye = self._eye

        def watched(context: Context, start: int, text: str) -> None:
            eye.amounts_at = start

            def reader(*arguments: Any) -> AmountReader:
                return _WatchedReader(eye.seen.regions[-1], *arguments)

            try:
                lower_amounts(context, start, text, reader)
            finally:
                eye.amounts_at = None

        return super()._guarded(span, watched, *arguments)

    def _lower_parts(self, table: StitchedTable) -> None:
        panels = [panel for part in table.parts for panel in part.panels()]
        self._eye.seen.tables.append(TableView(self.context.role, table.rows, panels, not table.is_unknown))
        super()._lower_parts(table)

    def _lower_panel(self, panel: Panel, *, goes_on: bool = False) -> None:
        eye = self._eye
        before = eye.panel
        eye.panel, eye.row = panel, 0
        try:
            super()._lower_panel(panel, goes_on=goes_on)
        finally:
            eye.panel = before


def rule_name(tree: Tree[BlockToken]) -> str:
    """The name of a tree's rule."""
    return str(tree.data)
