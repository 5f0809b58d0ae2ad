"""From the CST of the whole document to the IR: the tree of sections, and along the way the typed tables."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Final

from attrs import define, field

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.from_amounts import lower_amounts
from yusuan.compiler.clauses.from_glossary import lower_glossary
from yusuan.compiler.faults import internal_fault
from yusuan.compiler.language.parsers import Tree, UnexpectedInput
from yusuan.compiler.lowering.headings import project_of, title_of
from yusuan.compiler.lowering.observing import UNSEEN, LoweringObserver
from yusuan.compiler.lowering.roles import NO_AMOUNTS, PERFORMANCE, ROLES
from yusuan.compiler.lowering.stitching import DONE, Stitched, StitchedTable
from yusuan.compiler.tables.cells import bracket_unit, money_caption, unit_of
from yusuan.compiler.tables.projects import ProjectState, start_project
from yusuan.compiler.tables.steps import lower_panel
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Heading, Paragraph, Section, Table, Text
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import BlockKind, Concept, Role, Scope

_KINDS: Final = {
    "paragraph": BlockKind.PARAGRAPH,
    "item": BlockKind.ITEM,
    "page_mark": BlockKind.PAGE_MARK,
    "contents": BlockKind.CONTENTS,
}
# The lines that are read.
_TEXT: Final = frozenset({"paragraph", "item"})
# What is said of single amounts.
_OF_AMOUNTS: Final = frozenset(
    code.code
    for code in (
        codes.UNKNOWN_CONCEPT, codes.UNIT_NOT_STATED, codes.CONTRADICTORY_CHANGE, codes.MISTYPED_CHANGE,
    )
)  # fmt: skip
_LONGEST_CAPTION: Final = 60
# Lines before a table, blank ones among them, that its caption is looked for in.
_CAPTION_LINES: Final = 6
# More rows above the header of a table are no caption.
_ROWS_OF_CAPTION: Final = 3


@define(slots=True)
class ReportLowering:
    """Lowers one document. The walk follows the text, so the records come in the order of the document.

    Attributes:
        context: the state of the document.
        stitched: its tables, and the texts that a page cuts.
    """

    context: Context
    stitched: Stitched
    observer: LoweringObserver = UNSEEN
    _project: ProjectState = field(factory=ProjectState)
    # The project that each table spoke of, for those that go on with it.
    _projects: list[ProjectState] = field(factory=list)
    # Whether the section at hand has had a table: behind a glossary stand the tables of the budget, with their notes.
    _tables_behind: bool = False

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
        role = ROLES.get(str(tree.data))
        heading = self._heading(token, line)
        outer_heading, outer_scope, outer_unit = context.heading, context.scope, context.money_unit
        context.heading = heading.title
        said = context.concepts.scope(context.lexicon.fold(heading.title))
        context.scope = said or (outer_scope if role is None else None)
        context.caption_scope = None
        if role is not None:
            context.roles.append(role)
            context.money_unit = None
            self._tables_behind = False
            self._project = ProjectState()
        self._enter_project(tree, line, heading)
        blocks, sections = self._lower_children(tree.children[1:], level)
        if role is not None:
            context.roles.pop()
            self._project = ProjectState()
        context.heading, context.scope, context.money_unit = outer_heading, outer_scope, outer_unit
        end = tree.children[-1]
        assert isinstance(end, BlockToken)
        return Section(role, heading, level, blocks, sections, self._span(token.start, end.end, token.line))

    def _heading(self, token: BlockToken, line: LineClass) -> Heading:
        source = self.context.source.text
        end = min(line.title_end + 1, line.end) if line.title_end < line.end - 1 else line.end
        return Heading(
            text=source[line.start : end],
            ordinal=line.ordinal or None,
            title=title_of(source, line, self.context.lexicon),
            span=self._span(line.start, end, token.line),
        )

    def _enter_project(self, tree: Tree[BlockToken], line: LineClass, heading: Heading) -> None:
        """A heading in the performance section names the project of the tables below it."""
        if self.context.role not in PERFORMANCE and str(tree.data) != "project_section":
            return
        name = project_of(heading.title, line, self.context.lexicon)
        if str(tree.data) == "project_section" and name is not None:
            self._project = ProjectState(heading=Text(name, heading.span))
            start_project(self.context, self._project, Text(name, heading.span), heading.span)
        elif str(tree.data) == "section" and self.context.role is Role.PROJECT_PERFORMANCE and heading.title:
            self._project = ProjectState(heading=Text(heading.title, heading.span))

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
                blocks.append(self._lower_table())
                self._tables_behind = True
            else:
                sections.append(self._lower_section(child, level + 1))
            run = []
        blocks.extend(self._lower_run(run))
        return tuple(blocks), tuple(sections)

    def _caption_scope(self, run: list[tuple[str, BlockToken]]) -> Scope | None:
        """Whose money the last title-like line before a table speaks of; absent where none says."""
        source, classifier = self.context.source.text, self.context.classifier
        lines = (
            source[slice(*classifier.content(source, token.start, token.end))]
            for kind, token in reversed(run[-_CAPTION_LINES:])
            if kind == "paragraph"
        )
        return self._said_scope(lines)

    def _said_scope(self, texts: Iterable[str]) -> Scope | None:
        """Whose money the first of some texts that says so speaks of; long ones and sentences are no captions."""
        concepts, classifier = self.context.concepts, self.context.classifier
        titles = (text for text in texts if len(text) <= _LONGEST_CAPTION and not classifier.is_sentence(text))
        return next(filter(None, (concepts.scope(self.context.lexicon.fold(title)) for title in titles)), None)

    # --- running text -------------------------------------------------------------------------------------------------

    def _lower_run(self, run: list[tuple[str, BlockToken]]) -> list[Paragraph]:
        """Lower a run of lines: the paragraphs, and what their sentences state."""
        lines = [
            (kind, token, *self.context.classifier.content(self.context.source.text, token.start, token.end))
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
        text = [(start, end) for kind, _, start, end in lines if kind in _TEXT]
        if text:
            self.observer.running_text(role, lines[0][2], lines[-1][3])
        body = [
            (start, end) for start, end in text if not (source[start] == "[" and image.fullmatch(source, start, end))
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
        text = self.stitched.texts.get(first, context.source.text[first:last])
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
            self.context.diagnostics.append(internal_fault(error, span))
        return None

    # --- tables -------------------------------------------------------------------------------------------------------

    def _lower_table(self) -> Table:
        """Lower the next table."""
        at = len(self._projects)
        stitched, self.stitched.tables[at] = self.stitched.tables[at], DONE
        rows = stitched.rows
        if stitched.begins_anew:
            self._project.leave()
        before = self.context.records.count()
        self.observer.table(self.context.role, rows)
        self._guarded(rows[0].span, self._lower_parts, stitched)
        self.observer.table_read(not stitched.is_unknown)
        self._projects.append(self._project)
        typed = self.context.records.count() > before
        has_grid = rows[0].grid is not None
        span = self._span(rows[0].span.start, rows[-1].span.end, rows[0].span.line)
        table = Table(tuple(row.row for row in rows), typed, span, has_grid)
        if stitched.is_unknown and self.context.role is not None and any(not row.is_empty() for row in rows):
            self.context.diagnostics.append(codes.UNREAD_TABLE.at(table.span, rows=len(rows)))
        return table

    def _lower_parts(self, table: StitchedTable) -> None:
        """Lower the parts of a table."""
        context = self.context
        for part in table.parts:
            panel = part.panel
            unit = unit_of(context, panel.rows) or unit_of(context, panel.head)
            if unit is not None:
                context.money_unit = unit
            if part.leaves_project:
                self._project.leave()
            if part.resumes is not None:
                self._project = self._projects[part.resumes]
            if panel not in part.read:
                self.observer.panel(panel)
            for read in part.read:
                self.observer.panel(read)
                lower_panel(context, read, self._project, goes_on=part.goes_on)
            if panel.kind == "caption" or (panel.kind == "rows" and len(panel.rows) <= _ROWS_OF_CAPTION):
                # The caption stands in cells.
                texts = (cell.text for row in panel.rows[:_ROWS_OF_CAPTION] for cell in row.cells)
                context.caption_scope = self._said_scope(texts) or context.caption_scope
        if any(part.panel.kind != "caption" for part in table.parts):
            context.caption_scope = None

    def _span(self, start: int, end: int, line: int | None) -> Span:
        return self.context.source.span(start, end, line)
