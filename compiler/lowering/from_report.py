"""From the CST of the whole document to the IR: the tree of sections, and along the way the typed tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from attrs import define, evolve, field, frozen
from lark import Tree
from lark.exceptions import UnexpectedInput

from yusuan.compiler.blocks.lines import LineClass, line_classifier
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context, pattern
from yusuan.compiler.clauses.from_amounts import lower_amounts
from yusuan.compiler.clauses.from_glossary import lower_glossary
from yusuan.compiler.language.loader import language
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.compiler.tables import from_panels
from yusuan.compiler.tables.from_declared import holds_figures, lower_declared
from yusuan.compiler.tables.from_expenses import lower_expenses
from yusuan.compiler.tables.from_panels import ProjectState
from yusuan.compiler.tables.from_table import (
    Header,
    Panel,
    bracket_unit,
    money_caption,
    read_panels,
    unit_of,
)
from yusuan.compiler.tables.rows import MarkedRow, RowBuilder
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Heading, Paragraph, Section, Table, Text
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import BlockKind, Concept, Role, Scope

_ROLES: Final = {role.value: role for role in Role}
_KINDS: Final = {
    "paragraph": BlockKind.PARAGRAPH,
    "item": BlockKind.ITEM,
    "page_mark": BlockKind.PAGE_MARK,
    "contents": BlockKind.CONTENTS,
}
# Of the text of these no amounts are taken, but, of the second, the money that is managed by targets.
NO_AMOUNTS: Final = frozenset({Role.GLOSSARY, Role.ORGANIZATION, Role.RESPONSIBILITIES, Role.INSTITUTIONS})
# What is said of single amounts.
_OF_AMOUNTS: Final = frozenset(
    code.code
    for code in (
        codes.UNKNOWN_CONCEPT, codes.UNIT_NOT_STATED, codes.CONTRADICTORY_CHANGE, codes.MISTYPED_CHANGE,
    )
)  # fmt: skip
PERFORMANCE: Final = frozenset(
    {
        Role.PERFORMANCE,
        Role.DEPARTMENT_PERFORMANCE,
        Role.OVERALL_OBJECTIVE,
        Role.ITEMIZED_OBJECTIVES,
        Role.SAFEGUARDS,
        Role.PROJECT_PERFORMANCE,
    }
)
_LONGEST_CAPTION: Final = 60
# The kinds whose rows go on behind a page without a header, and the columns whose cells are merged down the rows; a
# declared kind says its own.
_CONTINUED: Final = frozenset({"indicators", "procurement", "activities", "projects"})
_MERGED: Final = ("level1", "project", "activity")
# Lines before a table, blank ones among them, that its caption is looked for in.
_CAPTION_LINES: Final = 6
# More rows above the header of a table are no caption.
_ROWS_OF_CAPTION: Final = 3
# How far before a page mark the sentence that it breaks is looked for.
_REACH: Final = 40


@frozen(slots=True)
class _Cut:
    """Where a section ended, for one of the same heading that goes on with it, as where each page repeats it.

    Attributes:
        heading: the heading, folded.
        project: the project that its last table spoke of.
        panel: the panel that was open.
    """

    heading: str
    project: ProjectState
    panel: Panel


@define(slots=True)
class ReportLowering:
    """Lowers one document. The walk follows the text, so the records come in the order of the document."""

    context: Context
    _project: ProjectState = field(factory=ProjectState)
    _open_panel: Panel | None = None
    _open_heading: str = ""
    _cut: _Cut | None = None
    # The number of the last table that has one: 表15.
    _number: str = ""
    # Whether the section at hand has had a table: behind a glossary stand the tables of the budget, with their notes.
    _tables_behind: bool = False
    _builder: RowBuilder = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._builder = RowBuilder(self.context.source, self.context.lexicon)

    def lower(self, tree: Tree[BlockToken]) -> Section:
        """The tree of the whole document."""
        text = self.context.source.text
        blocks, sections = self._lower_children(tree.children, 0)
        return Section(None, None, 0, blocks, sections, self.context.span(0, len(text)))

    # --- sections -----------------------------------------------------------------------------------------------------

    def _lower_section(self, tree: Tree[BlockToken], level: int) -> Section:
        context = self.context
        token = tree.children[0]
        assert isinstance(token, BlockToken)
        line: LineClass = token.value
        role = _ROLES.get(str(tree.data))
        heading = self._heading(token, line)
        outer_heading, outer_scope, outer_unit = context.heading, context.scope, context.money_unit
        context.heading = heading.title
        said = concept_lexicon().scope(context.lexicon.fold(heading.title))
        context.scope = said or (outer_scope if role is None else None)
        context.caption_scope = None
        if role is not None:
            context.roles.append(role)
            context.money_unit = None
            self._tables_behind = False
            self._project = ProjectState()
            self._open_panel = None
            if self._cut is not None and self._cut.heading != context.lexicon.fold(heading.title):
                self._cut = None
        self._enter_project(tree, line, heading)
        blocks, sections = self._lower_children(tree.children[1:], level)
        if role is not None:
            context.roles.pop()
            if self._open_panel is not None:
                self._cut = _Cut(context.lexicon.fold(heading.title), self._project, self._open_panel)
            self._project = ProjectState()
            self._open_panel = None
        context.heading, context.scope, context.money_unit = outer_heading, outer_scope, outer_unit
        end = tree.children[-1]
        assert isinstance(end, BlockToken)
        return Section(role, heading, level, blocks, sections, self._span(token.start, end.end, token.line))

    def _heading(self, token: BlockToken, line: LineClass) -> Heading:
        source = self.context.source.text
        end = min(line.title_end + 1, line.end) if line.title_end < line.end - 1 else line.end
        title = self.context.lexicon.bookmark.sub("", source[line.title_start : line.title_end])
        return Heading(
            text=source[line.start : end],
            ordinal=line.ordinal or None,
            title="".join(part.strip(self.context.lexicon.blanks) for part in title.splitlines()) + line.rest,
            span=self._span(line.start, end, token.line),
        )

    def _enter_project(self, tree: Tree[BlockToken], line: LineClass, heading: Heading) -> None:
        """A heading in the performance section names the project of the tables below it."""
        if self.context.role not in PERFORMANCE and str(tree.data) != "project_section":
            return
        if str(tree.data) == "project_section" and line.project is not None:
            name = self._raw_part(heading.title, *line.project)
            self._leave_cut(name)
            self._project = ProjectState(heading=Text(name, heading.span))
            from_panels.start_project(self.context, self._project, Text(name, heading.span), heading.span)
            self._open_panel = None
        elif str(tree.data) == "section" and self.context.role is Role.PROJECT_PERFORMANCE and heading.title:
            self._leave_cut(heading.title)
            self._project = ProjectState(heading=Text(heading.title, heading.span))
            self._open_panel = None

    def _leave_cut(self, name: str) -> None:
        """Where another project begins, its tables go on with none of those before."""
        held = self._cut.project.heading if self._cut else None
        if held is None or self.context.lexicon.fold(held.text) != self.context.lexicon.fold(name):
            self._cut = None

    def _raw_part(self, raw: str, start: int, end: int) -> str:
        """The part of a raw text whose folded form stands from `start` to `end` in its folded form."""
        length, first = 0, 0
        for at, char in enumerate(raw):
            if length >= end:
                return raw[first:at].strip(self.context.lexicon.blanks)
            before = length
            length += len(self.context.lexicon.fold(char))
            if before < start <= length:
                first = at + 1
        return raw[first:].strip(self.context.lexicon.blanks)

    def _lower_children(
        self, children: list[Tree[BlockToken] | BlockToken], level: int
    ) -> tuple[tuple[Paragraph | Table, ...], tuple[Section, ...]]:
        blocks: list[Paragraph | Table] = []
        sections: list[Section] = []
        run: list[tuple[str, BlockToken]] = []
        for child in children:
            if isinstance(child, BlockToken):
                if child.type == "BLANK":
                    run.append(("blank", child))
                continue
            kind = str(child.data)
            if kind in _KINDS:
                token = child.children[0]
                assert isinstance(token, BlockToken)
                run.append((kind, token))
                continue
            blocks.extend(self._lower_run(run))
            if kind == "table":
                if any(of != "blank" for of, _ in run):
                    # A table of the unit alone may stand between the caption and its table.
                    self.context.caption_scope = self._caption_scope(run)
                self._begin_numbered(run)
                blocks.append(self._lower_table(child))
                self._tables_behind = True
            else:
                sections.append(self._lower_section(child, level + 1))
            run = []
        blocks.extend(self._lower_run(run))
        return tuple(blocks), tuple(sections)

    def _begin_numbered(self, run: list[tuple[str, BlockToken]]) -> None:
        """A line above a table that numbers it, another than the last, says that it goes on with none before it."""
        source, classifier = self.context.source.text, line_classifier()
        for kind, token in run:
            number = source[slice(*classifier.content(source, token.start, token.end))] if kind == "paragraph" else ""
            if number and number != self._number and pattern("line", "TABLE_NUMBER").fullmatch(number):
                self._number = number
                if self._open_panel is not None:
                    self._open_panel = self._cut = None
                    self._project.leave()

    def _caption_scope(self, run: list[tuple[str, BlockToken]]) -> Scope | None:
        """Whose money the last title-like line before a table speaks of; absent where none says."""
        source, classifier = self.context.source.text, line_classifier()
        lines = (
            source[slice(*classifier.content(source, token.start, token.end))]
            for kind, token in reversed(run[-_CAPTION_LINES:])
            if kind == "paragraph"
        )
        return self._said_scope(lines)

    def _said_scope(self, texts: Iterable[str]) -> Scope | None:
        """Whose money the first of some texts that says so speaks of; long ones and sentences are no captions."""
        concepts, classifier = concept_lexicon(), line_classifier()
        titles = (text for text in texts if len(text) <= _LONGEST_CAPTION and not classifier.is_sentence(text))
        return next(filter(None, (concepts.scope(self.context.lexicon.fold(title)) for title in titles)), None)

    # --- running text -------------------------------------------------------------------------------------------------

    def _lower_run(self, run: list[tuple[str, BlockToken]]) -> list[Paragraph]:
        """Lower a run of lines: the paragraphs, and what their sentences state."""
        lines = [
            (kind, token, *line_classifier().content(self.context.source.text, token.start, token.end))
            for kind, token in run
            if kind != "blank"
        ]
        if not lines:
            return []
        typed = self._read_text(lines)
        return [self._paragraph(kind, token, start, end, typed) for kind, token, start, end in lines]

    def _read_text(self, lines: list[tuple[str, BlockToken, int, int]]) -> list[int]:
        """Read the amounts or terms of some lines; returns the places of what was found, in order."""
        context = self.context
        role = context.role
        source, image = context.source.text, context.lexicon.image
        body = [
            (start, end)
            for kind, _, start, end in lines
            if kind in ("paragraph", "item") and not (source[start] == "[" and image.fullmatch(source, start, end))
        ]
        if not body:
            return []
        if role is Role.GLOSSARY and self._tables_behind:
            return []
        if role is Role.GLOSSARY:
            before = len(context.records.glossary)
            lower_glossary(context, body)
            return [entry.span.start for entry in context.records.glossary[before:]]
        for start, end in body:
            if end - start <= _LONGEST_CAPTION:
                line = context.source.text[start:end]
                unit = money_caption(context, line) or bracket_unit(context, line)
                if unit is not None:
                    context.money_unit = unit
        if role in NO_AMOUNTS:
            return []
        return self._read_amounts(lines)

    def _read_amounts(self, lines: list[tuple[str, BlockToken, int, int]]) -> list[int]:
        context = self.context
        amounts = context.records.amounts
        before, said = len(amounts), len(context.diagnostics)
        first, last = lines[0][2], lines[-1][3]
        text = context.source.text[first:last]
        marks = [
            (kind, start - first, end - first) for kind, _, start, end in lines if kind not in ("paragraph", "item")
        ]
        pieces: list[str] = []
        done = 0
        for kind, start, end in marks:
            before_it = text[max(done, start - _REACH) : start].rstrip(context.lexicon.blanks)
            if kind == "page_mark" and before_it and before_it[-1] not in context.lexicon.stops:
                place = context.span(first + start, first + end)
                context.diagnostics.append(codes.BROKEN_PARAGRAPH.at(place))
            pieces += (text[done:start], " " * (end - start))
            done = end
        text = "".join((*pieces, text[done:]))
        self._guarded(context.span(first, last), lower_amounts, context, first, text)
        if context.role in PERFORMANCE:
            kept = [amount for amount in amounts[before:] if amount.concept is Concept.PERFORMANCE_MANAGED_AMOUNT]
            amounts[before:] = kept
            # What cannot be told of amounts that are not taken is no matter there; what could not be read is.
            context.diagnostics[said:] = [
                message for message in context.diagnostics[said:] if message.code not in _OF_AMOUNTS
            ]
        return [amount.value.span.start for amount in amounts[before:]]

    def _paragraph(self, kind: str, token: BlockToken, start: int, end: int, typed: list[int]) -> Paragraph:
        source = self.context.source.text
        text = source[start:end]
        if "[" in text:
            text = self.context.lexicon.bookmark.sub("", text).strip(self.context.lexicon.blanks)
        ordinal = token.value.ordinal if kind == "item" and token.value is not None else None
        at = bisect_left(typed, start)
        is_typed = at < len(typed) and typed[at] < end
        return Paragraph(_KINDS[kind], text, ordinal, is_typed, self._span(start, end, None))

    def _guarded(self, span: Span, lower: Callable[..., object], *arguments: object) -> object:
        """Lower a region. Where that fails, it stays a generic node and everything around it goes on."""
        try:
            return lower(*arguments)
        except UnexpectedInput as error:
            self.context.diagnostics.append(codes.UNREAD_CLAUSE.at(span, reason=f"{error!s:.80}"))
        except Exception as error:  # a fault of ours in one region must not cost the document
            self.context.diagnostics.append(
                codes.INTERNAL_FAULT.at(span, "region", fault=f"{type(error).__name__}: {error!s:.200}")
            )
        return None

    # --- tables -------------------------------------------------------------------------------------------------------

    def _lower_table(self, tree: Tree[BlockToken]) -> Table:
        rows = self._builder.rows([_cells(row) for row in _rows(tree)])
        before = self.context.records.count()
        unknown = self._guarded(rows[0].span, self._lower_panels, rows) is False
        typed = self.context.records.count() > before
        first, last = rows[0].row.span, rows[-1].row.span
        table = Table(tuple(row.row for row in rows), typed, evolve(first, end=last.end))
        if unknown and self.context.role is not None and any(not row.is_empty() for row in rows):
            self.context.diagnostics.append(codes.UNREAD_TABLE.at(table.span, rows=len(rows)))
        return table

    def _lower_panels(self, rows: list[MarkedRow]) -> bool:
        """Lower the panels of a table; whether any was of a known kind."""
        context = self.context
        known = False
        panels = read_panels(rows)
        for panel in panels:
            unit = unit_of(context, panel.rows) or unit_of(context, panel.head)
            if unit is not None:
                context.money_unit = unit
            if self._lower_panel(panel, goes_on=self._repeats(panel)):
                self._open_panel, self._open_heading = panel, context.heading
                self._cut = None
                known = True
            elif (panel.kind == "rows" and self._continues(panel)) or panel.kind == "caption":
                known = True
            if panel.kind == "caption" or (panel.kind == "rows" and len(panel.rows) <= _ROWS_OF_CAPTION):
                # The caption stands in cells.
                texts = (cell.text for row in panel.rows[:_ROWS_OF_CAPTION] for cell in row.cells)
                context.caption_scope = self._said_scope(texts) or context.caption_scope
        if any(panel.kind != "caption" for panel in panels):
            context.caption_scope = None
        held = self._open_panel
        if not known and held is not None and held.kind in language().declared:
            # What follows goes on with the table that was not read.
            self._open_panel = None
        return known

    def _repeats(self, panel: Panel) -> bool:
        """Whether a panel's header is the last one again, as after a page, and its rows go on with merged cells."""
        held = self._open_panel
        if panel.kind in language().declared and self._open_heading != self.context.heading:
            return False
        if held is None or panel.kind != held.kind or panel.header.columns != held.header.columns or not panel.head:
            return False
        rows = [row for row in panel.rows if not row.is_empty()]
        declaration = language().declared.get(panel.kind)
        level = panel.header.find(*(declaration.merged_labels if declaration else _MERGED))
        if not rows or level is None or level >= len(rows[0].marks) or rows[0].marks[level] != "-":
            return False
        place = panel.head[0].span
        self.context.diagnostics.append(codes.REPEATED_HEADER.at(place))
        return True

    def _lower_panel(self, panel: Panel, *, goes_on: bool = False) -> bool:
        """Lower one panel; whether it is of a kind that states something."""
        context, state = self.context, self._project
        held = self._open_panel.kind if self._open_panel is not None else None
        if held == "projects" and panel.kind not in ("projects", "rows", "caption"):
            # What follows a list of projects is not of its last one.
            state.leave()
        match panel.kind:
            case "institutions":
                from_panels.lower_institutions(context, panel)
            case "assets":
                from_panels.lower_assets(context, panel)
            case "procurement":
                from_panels.lower_procurement(context, panel)
            case "expenses":
                lower_expenses(context, panel)
            case "activities":
                from_panels.lower_activities(context, panel)
            case "indicators":
                from_panels.lower_indicators(context, panel, state, goes_on=goes_on)
            case "projects":
                from_panels.lower_projects(context, panel, state, goes_on=goes_on)
            case "plan":
                from_panels.lower_plan(context, panel, state)
            case "fields":
                from_panels.lower_fields(context, panel, state)
            case _:
                declaration = language().declared.get(panel.kind)
                if declaration is None:
                    return False
                lower_declared(context, panel, declaration, goes_on=goes_on)
        return True

    def _continues(self, panel: Panel) -> bool:
        """Whether rows without a header go on with the panel that a page cut."""
        held = self._open_panel or (self._cut.panel if self._cut else None)
        if held is not None and held.kind == "fields" and _goes_on_with_field(panel):
            self.context.diagnostics.append(codes.CONTINUED_TABLE.at(panel.rows[0].span))
            from_panels.lower_fields(self.context, panel, self._project)
            return True
        if held is None or not (held.kind in _CONTINUED or held.kind in language().declared):
            return False
        rows = [row for row in panel.rows if not row.is_empty()]
        declaration = language().declared.get(held.kind)
        if declaration is not None:
            # A page repeats the heading, or has none; under another one stands another table.
            is_here = self._open_panel is None or self._open_heading == self.context.heading
            if not is_here or (rows and not holds_figures(rows[0], held.header, declaration)):
                return False
        parts: list[Panel] = []
        for _, same in groupby(rows, key=lambda row: len(row.cells)):
            of_width = list(same)
            header = self._header_behind_page(held, of_width)
            if header is None:
                return False
            parts.append(Panel(held.kind, header, of_width, held.head))
        if not parts:
            return False
        if self._open_panel is None and self._cut is not None:
            self._project, self._open_panel = self._cut.project, held
        self.context.diagnostics.append(codes.CONTINUED_TABLE.at(rows[0].span))
        for part in parts:
            self._lower_panel(part, goes_on=True)
        return True

    def _header_behind_page(self, held: Panel, rows: list[MarkedRow]) -> Header | None:
        """The columns of rows of one width behind a page: those of the panel, or without its first, which merged cells
        left out.

        Absent where the rows are none of the panel's. Without its first columns they are where their classes of
        indicators tell so.
        """
        missing = held.header.width - len(rows[0].cells)
        if missing == 0:
            return held.header
        at = held.header.find("level1")
        if at is None or not 0 < missing <= at:
            return None
        lexicon = self.context.lexicon
        said = {lexicon.fold(row.cells[at - missing].text) for row in rows} - {""}
        return Header(held.header.columns[missing:]) if said and said <= lexicon.classes["level1"] else None

    def _span(self, start: int, end: int, line: int | None) -> Span:
        return self.context.source.span(start, end, line)


def _goes_on_with_field(panel: Panel) -> bool:
    """Whether rows behind a page are nothing but the rest of the field above: a text below its label's empty cell."""
    return all(row.marks[:2] == ["-", "."] and set(row.marks[2:]) <= {"-"} for row in panel.rows)


def _cells(row: Tree[BlockToken]) -> list[BlockToken]:
    return [token for token in row.children if isinstance(token, BlockToken) and token.type == "CELL"]


def _rows(tree: Tree[BlockToken]) -> list[Tree[BlockToken]]:
    return [child for child in tree.children if isinstance(child, Tree)]
