"""Stitching: what a page cut is put together before it is lowered, for tables of every kind and for sentences.

A table that goes on behind a page has its header again, or none; rows of column numbers and captions between are no
data. A page number inside a sentence is no part of it. What a reader knows by layout is joined before (see
`yusuan.compiler.blocks.pages`); here the columns, the headings and the words tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from attrs import define, evolve, field, frozen

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.marks import CAPTION, EMPTY, OTHER
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.faults import internal_fault
from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.lowering.headings import project_of, title_of
from yusuan.compiler.lowering.roles import NO_AMOUNTS, PERFORMANCE, ROLES
from yusuan.compiler.tables.headers import Header
from yusuan.compiler.tables.panels import Panel, read_panels
from yusuan.compiler.tables.rows import MarkedRow, RowBuilder, are_alike
from yusuan.compiler.tables.sheets import holds_figures
from yusuan.ir.diagnostics import codes
from yusuan.ir.vocabulary import Role

# The lines that running text consists of, and those of them that sentences are read in.
_LINES: Final = frozenset({"TEXT", "ITEM", "PAGE_MARK", "CONTENTS", "BLANK"})
_SENTENCES: Final = frozenset({"TEXT", "ITEM"})
_BETWEEN_PAGES: Final = frozenset({"PAGE_MARK", "BLANK"})
# What may stand behind a list of projects without ending it.
_IN_LIST: Final = frozenset({"projects", "rows", "caption"})
_CAPTIONS: Final = frozenset({CAPTION, "<closing_date>"})
# How far before a page mark the sentence that it breaks is looked for.
_REACH: Final = 40


@frozen(slots=True)
class StitchedPart:
    """A panel of a table, with what it goes on with.

    Attributes:
        panel: the panel as it stands.
        read: what is to be lowered: the panel; its rows, below the header that they go on under; nothing.
        goes_on: whether it goes on with a panel above, whose merged cells carry over.
        leaves_project: whether it is of no project of the list above.
        resumes: the number of the table, from 0, whose project it goes on with; absent for that at hand.
    """

    panel: Panel
    read: tuple[Panel, ...] = ()
    goes_on: bool = False
    leaves_project: bool = False
    resumes: int | None = None

    def panels(self) -> Iterator[Panel]:
        """The panel as it stands, and what is lowered of it where that is another."""
        yield self.panel
        yield from (panel for panel in self.read if panel is not self.panel)


@frozen(slots=True)
class StitchedTable:
    """A table.

    Attributes:
        rows: its rows, from top to bottom.
        parts: its panels.
        begins_anew: whether a line above numbers it as another table than those before.
        is_unknown: whether it has panels and none is of a known kind, nor goes on with one.
    """

    rows: list[MarkedRow]
    parts: tuple[StitchedPart, ...]
    begins_anew: bool
    is_unknown: bool


DONE: Final = StitchedTable([], (), begins_anew=False, is_unknown=False)
"""What stands in the place of a table that was lowered."""


@define(slots=True)
class Stitched:
    """What is put together of one document.

    Attributes:
        tables: its tables, in order; who lowers one puts DONE in its place, so that its memory is free.
        texts: by its first character the running text whose sentences a page cuts, the page marks blanked.
    """

    tables: list[StitchedTable] = field(factory=list)
    texts: dict[int, str] = field(factory=dict)


@frozen(slots=True)
class _Held:
    """The panel that rows may go on with: the heading that it stands below, and the number of its table."""

    panel: Panel
    heading: str
    table: int


@frozen(slots=True)
class _Cut:
    """Where a section ended, for one of the same heading that goes on with it, as where each page repeats it.

    Attributes:
        heading: the heading, folded.
        project: the project that its tables spoke of, folded; absent for the department.
        held: the panel that was open.
    """

    heading: str
    project: str | None
    held: _Held


@define(slots=True)
class Stitcher:
    """Stitches one document, from top to bottom."""

    context: Context
    _builder: RowBuilder = field(init=False)
    _done: Stitched = field(factory=Stitched)
    # The open sections: the role of each, and the title of the one around it.
    _open: list[tuple[Role | None, str]] = field(factory=list)
    _roles: list[Role] = field(factory=list)
    _heading: str = ""
    _project: str | None = None
    _held: _Held | None = None
    _cut: _Cut | None = None
    # The number of the last table that has one: 表15.
    _number: str = ""
    _is_behind_page: bool = False

    def __attrs_post_init__(self) -> None:
        self._builder = RowBuilder(self.context.source, self.context.lexicon)

    def stitch(self, tokens: Sequence[BlockToken]) -> Stitched:
        """What is put together of a document's tokens, as the outline leaves them."""
        run: list[BlockToken] = []
        rows: list[list[BlockToken]] = []
        cells: list[BlockToken] = []
        for token in tokens:
            kind = token.type
            if kind == "CELL":
                cells.append(token)
            elif kind == "ROW_END":
                rows.append(cells)
                cells = []
            elif kind in _LINES:
                run.append(token)
            elif kind == "TABLE_END":
                self._add_table(rows, run)
                rows, run = [], []
            elif kind == "TABLE_START":
                self._add_text(run)
            else:
                self._add_text(run)
                run = []
                if kind == "END_SECTION":
                    self._leave_section()
                else:
                    self._enter_section(token.value)
        self._add_text(run)
        return self._done

    # --- sections -----------------------------------------------------------------------------------------------------

    def _fold(self, text: str) -> str:
        return self.context.lexicon.fold(text)

    def _enter_section(self, line: LineClass) -> None:
        role = ROLES.get(line.rule or "")
        title = title_of(self.context.source.text, line, self.context.lexicon)
        self._open.append((role, self._heading))
        self._heading = title
        if role is not None:
            self._roles.append(role)
            self._held = self._project = None
            if self._cut is not None and self._cut.heading != self._fold(title):
                self._cut = None
        self._enter_project(line, title)

    def _leave_section(self) -> None:
        role, outer = self._open.pop()
        if role is not None:
            self._roles.pop()
            if self._held is not None:
                self._cut = _Cut(self._fold(self._heading), self._project, self._held)
            self._held = self._project = None
        self._heading = outer

    def _enter_project(self, line: LineClass, title: str) -> None:
        """Where another project begins, its tables go on with none of those before."""
        role = self._roles[-1] if self._roles else None
        if role not in PERFORMANCE and line.rule != "project_section":
            return
        name: str | None = None
        if line.rule == "project_section":
            name = project_of(title, line, self.context.lexicon)
        elif line.rule is None and role is Role.PROJECT_PERFORMANCE:
            name = title
        if name:
            self._project = self._fold(name)
            self._held = None
            if self._cut is not None and self._cut.project != self._project:
                self._cut = None

    # --- running text -------------------------------------------------------------------------------------------------

    def _add_text(self, run: list[BlockToken]) -> None:
        """Keep the text of some lines without the page marks in it, which are told where they cut a sentence."""
        if all(token.type in _SENTENCES or token.type == "BLANK" for token in run):
            return
        source, blanks = self.context.source.text, self.context.lexicon.blanks
        lines = [
            (token.type, *self.context.classifier.content(source, token.start, token.end))
            for token in run
            if token.type != "BLANK"
        ]
        image = self.context.lexicon.image
        is_read = (not self._roles or self._roles[-1] not in NO_AMOUNTS) and any(
            kind in _SENTENCES and not image.fullmatch(source, start, end) for kind, start, end in lines
        )
        first, last = lines[0][1], lines[-1][2]
        pieces: list[str] = []
        done = first
        for kind, start, end in lines:
            if kind in _SENTENCES:
                continue
            before = source[max(done, start - _REACH) : start].rstrip(blanks)
            if is_read and kind == "PAGE_MARK" and before and before[-1] not in self.context.lexicon.stops:
                self.context.diagnostics.append(codes.BROKEN_PARAGRAPH.at(self.context.span(start, end)))
            pieces += (source[done:start], " " * (end - start))
            done = end
        self._done.texts[first] = "".join((*pieces, source[done:last]))

    # --- tables -------------------------------------------------------------------------------------------------------

    def _add_table(self, rows: list[list[BlockToken]], run: list[BlockToken]) -> None:
        begins_anew = self._begin_numbered(run)
        self._is_behind_page = all(token.type in _BETWEEN_PAGES for token in run)
        marked = self._builder.rows(rows)
        parts: list[StitchedPart] = []
        is_known = True
        try:
            is_known = self._stitch_panels(read_panels(self.context.language, marked), parts)
        except Exception as error:  # a fault of ours in one region must not cost the document
            self.context.diagnostics.append(internal_fault(error, marked[0].span))
        self._done.tables.append(StitchedTable(marked, tuple(parts), begins_anew, not is_known))

    def _begin_numbered(self, run: list[BlockToken]) -> bool:
        """Whether a line above a table numbers it, as another than the last: it goes on with none before it."""
        source, classifier = self.context.source.text, self.context.classifier
        begins = False
        for token in run:
            number = source[slice(*classifier.content(source, token.start, token.end))] if token.type == "TEXT" else ""
            if number and number != self._number and self.context.pattern("line", "TABLE_NUMBER").fullmatch(number):
                self._number = number
                if self._held is not None:
                    self._held = self._cut = None
                    begins = True
        return begins

    def _stitch_panels(self, panels: list[Panel], parts: list[StitchedPart]) -> bool:
        """Stitch the panels of a table, whose parts are added; whether any is known."""
        known = False
        for panel in panels:
            held = self._held
            leaves = held is not None and held.panel.kind == "projects" and panel.kind not in _IN_LIST
            part = StitchedPart(panel, leaves_project=leaves)
            if panel.kind in self.context.language.declared:
                part = StitchedPart(panel, (panel,), self._repeats(panel), leaves)
                self._held, self._cut = _Held(panel, self._heading, len(self._done.tables)), None
                known = True
            elif panel.kind in ("rows", "caption"):
                part = self._continued(part)
                known = known or bool(part.read) or panel.kind == "caption"
            parts.append(part)
        if not known and self._held is not None and self._declared(self._held).continues == "figures":
            # What follows goes on with the table that was not read.
            self._held = None
        return known

    def _repeats(self, panel: Panel) -> bool:
        """Whether a panel's header is the last one again, as after a page, and its rows go on with merged cells."""
        held = self._held
        if held is None or not panel.head:
            return False
        declaration = self._declared(held)
        if declaration.continues == "figures" and held.heading != self._heading:
            return False
        if panel.kind != held.panel.kind or panel.header.columns != held.panel.header.columns:
            return False
        rows = [row for row in panel.rows if not row.is_empty()]
        level = panel.header.find(*declaration.merged_labels)
        place = rows[0].place(level) if rows and level is not None else None
        if place is None or rows[0].marks[place] != EMPTY:
            return False
        self.context.diagnostics.append(codes.REPEATED_HEADER.at(panel.head[0].span))
        return True

    def _continued(self, part: StitchedPart) -> StitchedPart:
        """A panel without a header, with the rows of it that go on with the panel that a page cut; or as it is."""
        held = self._held or (self._cut.held if self._cut else None)
        if held is None:
            return part
        rows = [row for row in part.panel.rows if not row.is_empty() and _CAPTIONS.isdisjoint(row.marks)]
        if held.panel.kind == "fields" and part.panel.kind == "rows" and _goes_on_with_field(part.panel):
            read: tuple[Panel, ...] = (evolve(part.panel, kind="fields"),)
            rows = part.panel.rows
        else:
            read = self._below_header(held, rows, behind_caption=part.panel.kind == "caption")
            if read:
                part = evolve(part, goes_on=True, resumes=None if self._held else held.table)
                self._held = held
        if not read:
            return part
        self.context.diagnostics.append(codes.CONTINUED_TABLE.at(rows[0].span))
        return evolve(part, read=read)

    def _below_header(self, held: _Held, rows: list[MarkedRow], *, behind_caption: bool) -> tuple[Panel, ...]:
        """Rows as panels of the kind that they go on with, one for each width; none where they do not."""
        panel = held.panel
        if not rows or not self._goes_on_here(held, rows):
            return ()
        if behind_caption and not (self._is_behind_page and are_alike(panel.rows, rows, panel.header.width)):
            # A caption is that of another table.
            return ()
        parts = []
        for _, same in groupby(rows, key=lambda row: row.width):
            of_width = list(same)
            header = self._header_behind_page(panel, of_width)
            if header is None:
                return ()
            parts.append(Panel(panel.kind, header, of_width, panel.head))
        return tuple(parts)

    def _goes_on_here(self, held: _Held, rows: list[MarkedRow]) -> bool:
        """Whether rows of the kind that is held can stand here at all."""
        panel, declaration = held.panel, self._declared(held)
        # A page repeats the heading, or has none; under another one stands another table.
        is_here = self._held is None or held.heading == self._heading
        match declaration.continues:
            case "rows":
                return True
            case "figures":
                return is_here and holds_figures(self.context, rows[0], panel.header, declaration)
            case "columns":
                return is_here and self._is_behind_page and self._are_below(held.panel, declaration, rows)
        return False

    def _are_below(self, panel: Panel, declaration: Declaration, rows: list[MarkedRow]) -> bool:
        """Whether rows are like those of a panel; where a page cut it behind its header, whether they fit that."""
        header, width = panel.header, panel.header.width
        if not all(row.is_empty() for row in panel.rows):
            return are_alike(panel.rows, rows, width)
        return all(row.width == width and holds_figures(self.context, row, header, declaration) for row in rows)

    def _declared(self, held: _Held) -> Declaration:
        """What is declared of the kind that rows may go on with."""
        return self.context.language.declared[held.panel.kind]

    def _header_behind_page(self, held: Panel, rows: list[MarkedRow]) -> Header | None:
        """The columns of rows of one width behind a page: those of the panel, or without its first, which merged cells
        left out.

        Absent where the rows are none of the panel's. Without its first columns they are where their classes of
        indicators tell so.
        """
        if held.header.width == rows[0].width:
            return held.header
        # Another page may be ruled anew, without the edges that no header cell of the panel needs.
        columns = _named(held.header) if rows[0].grid is not None else held.header.columns
        missing = len(columns) - rows[0].width
        at = next((at for at, labels in enumerate(columns) if labels[-1:] == ("level1",)), None)
        if at is None or not 0 < missing <= at:
            return None
        places = [row.place(at - missing) for row in rows]
        said = {self._fold(row.cells[place].text) for row, place in zip(rows, places, strict=True) if place is not None}
        said.discard("")
        return Header(columns[missing:]) if said and said <= self.context.lexicon.classes["level1"] else None


def _named(header: Header) -> tuple[tuple[str, ...], ...]:
    """The labels of a header's columns, once where several lie below one cell and are called the same."""
    innermost = [cells[-1:] for cells in header.above] or range(header.width)
    return tuple(labels for (labels, _), _ in groupby(zip(header.columns, innermost, strict=True)))


def _goes_on_with_field(panel: Panel) -> bool:
    """Whether rows behind a page are nothing but the rest of the field above: a text below its label's empty cell."""
    return all(row.marks[:2] == [EMPTY, OTHER] and set(row.marks[2:]) <= {EMPTY} for row in panel.rows)
