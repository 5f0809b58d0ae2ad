"""Inline XBRL 1.1: the report as it was printed, every figure tagged in place.

One XHTML file shows the whole text, headings with an outline, tables as tables, and holds the facts of
`yusuan.emitters.to_xbrl` where they stand: a person reads it in a browser, a machine reads the same file. It has no
script and fetches nothing. What has no place in the text (a comparator, what is reckoned) is in the hidden part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import define

from yusuan.emitters.templates import template
from yusuan.emitters.tree import walk
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.contexts import NAMESPACES, SCHEMA_REFERENCE, Contexts, content, head, units
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.laying import LaidCell, is_number, lay_out
from yusuan.emitters.xbrl.markup import attributes, element, lines, text
from yusuan.emitters.xbrl.model import XbrlFact
from yusuan.emitters.xbrl.placing import Tag, place
from yusuan.emitters.xbrl.report import XbrlReport, xbrl_reports
from yusuan.ir.concepts import Kind
from yusuan.ir.document import Document
from yusuan.ir.nodes import Heading, Paragraph, Section, Table
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import Span

_NAMESPACES: Final = {
    "": "http://www.w3.org/1999/xhtml",
    "ix": "http://www.xbrl.org/2013/inlineXBRL",
    "ixt": "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    **NAMESPACES,
}
_DEEPEST_HEADING: Final = 6
_DEEPEST_OUTLINE: Final = 2
_MANY_COLUMNS: Final = 5
# Pixels to the point of printed tables: their letters are larger here.
_WIDENED: Final = 1.1


@define(slots=True)
class IxbrlEmitter(ReportEmitter):
    """One XHTML file, with every document one after another.

    Attributes:
        entity: whose report it is.
        annotate: whether the diagnostics are shown at their places.
    """

    annotate: bool = False

    name = "ixbrl"
    suffix = ".xhtml"
    summary = "the report as printed, every figure tagged in place (Inline XBRL), for people and machines"
    package_suffix = ".xbri"

    def write(self, documents: Iterable[Document]) -> Iterator[str]:
        """One file with all documents."""
        # Contexts stand in front of the text that refers to them.
        pages = [_Page(report, annotate=self.annotate) for report in xbrl_reports(documents, self.entity)]
        title = "、".join(page.title for page in pages) or names.PREFIX
        namespaces = {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in _NAMESPACES.items()}
        yield from template(__package__, "ixbrl.xhtml.jinja").generate(
            read_with="; ".join(dict.fromkeys(str(one) for page in pages for one in page.grammar)),
            # All that follows is XML already.
            attributes=attributes({**namespaces, "xml:lang": names.LANGUAGE}),
            title=text(title),
            hidden=[line for page in pages for line in page.hidden],
            references=SCHEMA_REFERENCE,
            resources=[*units(), *(line for page in pages for line in page.contexts)],
            body=(piece for page in pages for piece in page.body),
        )


class _Page:
    """One report: its text with the tags, and what these refer to."""

    def __init__(self, report: XbrlReport, *, annotate: bool) -> None:
        self._report = report
        self._contexts = Contexts(report)
        self._sections = 0
        self._outline: list[str] = []
        self.contexts: list[str] = []
        """The contexts."""
        self.hidden: list[str] = []
        """The facts that have no place in the text."""
        document = report.document
        self.grammar = document.grammar
        """The language that it was read in."""
        self.title = document.title.text if document.title else document.name
        """What the report is called."""
        self._notes = deque(sorted(document.diagnostics, key=lambda one: one.span.start) if annotate else ())
        self._places = FilePlaces(document.places, document.body)
        self._starts: list[int] = []
        self._facts = self._by_block()
        self.body = self._render()
        """The text, in pieces."""

    # --- facts --------------------------------------------------------------------------------------------------------

    def _by_block(self) -> dict[int, list[XbrlFact]]:
        """The facts of each block, by where the block starts; those of none are hidden."""
        spans = sorted(_spans(self._report.document.body), key=lambda span: span.start)
        starts = self._starts = [span.start for span in spans]
        found: dict[int, list[XbrlFact]] = {}
        for fact in self._report.facts:
            at = bisect_right(starts, fact.span.start) - 1 if fact.span else -1
            if at < 0 or fact.span is None or fact.span.start > spans[at].end:
                self._hide(fact)
            else:
                found.setdefault(starts[at], []).append(fact)
        return found

    def _hide(self, fact: XbrlFact) -> None:
        start, said = self._head(fact), content(fact)
        if fact.unit is None:
            self.hidden.append(f"<ix:nonNumeric{start}>{text(said)}</ix:nonNumeric>")
            return
        sign = ' sign="-"' if said.startswith("-") else ""
        self.hidden.append(f"<ix:nonFraction{start}{sign}>{said.removeprefix('-')}</ix:nonFraction>")

    def _head(self, fact: XbrlFact) -> str:
        """The attributes of a fact's element, its value and how that is printed aside."""
        context, new = self._contexts.of(fact)
        if new:
            self.contexts.append(new)
        language = f' xml:lang="{names.LANGUAGE}"' if fact.definition.kind is Kind.TEXT else ""
        return f' name="{names.PREFIX}:{fact.concept}"{head(fact, context)}{language}'

    def _tagged(self, printed: str, span: Span) -> str:
        """A text with the tags of its facts."""
        # What stands twice is tagged once.
        facts = self._facts.pop(span.start, None)
        if not facts:
            return text(printed)
        tags, lost = place(printed, span.start, facts)
        for fact in lost:
            self._pass_on(fact, span)
        pieces: list[str] = []
        around: list[Tag] = []
        at = 0
        for tag in tags:
            while around and around[-1].end <= tag.start:
                pieces += [text(printed[at : around[-1].end]), _end(around[-1])]
                at = around.pop().end
            pieces += [text(printed[at : tag.start]), self._start(tag)]
            at = tag.start
            around.append(tag)
        while around:
            pieces += [text(printed[at : around[-1].end]), _end(around[-1])]
            at = around.pop().end
        return "".join([*pieces, text(printed[at:])])

    def _pass_on(self, fact: XbrlFact, span: Span) -> None:
        """Look for a fact in the next cell that it stands in, as a target does in those of sign, value and unit."""
        following = bisect_right(self._starts, span.start)
        if fact.span is not None and following < len(self._starts) and self._starts[following] < fact.span.end:
            self._facts.setdefault(self._starts[following], []).append(fact)
        else:
            self._hide(fact)

    def _start(self, tag: Tag) -> str:
        start = self._head(tag.fact)
        if not tag.is_number:
            return f"<ix:nonNumeric{start}>"
        printed = "fixed-zero" if tag.scale is None else f'num-dot-decimal" scale="{tag.scale}'
        sign = ' sign="-"' if tag.negative else ""
        return f'<ix:nonFraction{start} format="ixt:{printed}"{sign}>'

    # --- text ---------------------------------------------------------------------------------------------------------

    def _render(self) -> list[str]:
        lines = []
        for section, _ in walk(self._report.document.body):
            if section.heading is not None:
                lines += [self._heading(section, section.heading), *self._noted(section.heading.span)]
            for block in section.blocks:
                if isinstance(block, Table):
                    lines += [self._table(block), *self._noted(block.span)]
                else:
                    lines += [self._paragraph(block), *self._noted(block.span)]
        for facts in self._facts.values():
            # An empty cell that is merged into the one above is not shown.
            for fact in facts:
                self._hide(fact)
        outline = element("ol", {}, "".join(self._outline))
        shown = element("div", {"class": "outline"}, outline) if self._outline else ""
        return [shown, '\n<div class="report">\n', *(f"{line}\n" for line in lines), "</div>\n"]

    def _heading(self, section: Section, heading: Heading) -> str:
        self._sections += 1
        name = f"{self._report.stem}.s{self._sections}"
        if section.level <= _DEEPEST_OUTLINE:
            link = element("a", {"href": f"#{name}"}, text(heading.text.replace("\n", " ")))
            self._outline.append(element("li", {"class": f"level{section.level}"}, link))
        level = min(section.level + 1, _DEEPEST_HEADING)
        return element(f"h{level}", {"id": name}, self._tagged(heading.text, heading.span) or " ")

    def _paragraph(self, paragraph: Paragraph) -> str:
        title = self._report.document.title
        in_title = title is not None and title.span.start <= paragraph.span.start < title.span.end
        kind = "title" if in_title else str(paragraph.kind)
        return element("p", {"class": kind}, self._tagged(paragraph.text, paragraph.span)) if paragraph.text else ""

    def _table(self, table: Table) -> str:
        laid = lay_out(table, self._places)
        rows = [element("tr", {}, "".join(self._cells(row, "td"))) for row in laid.rows[laid.head :]]
        head = [element("tr", {}, "".join(self._cells(row, "th"))) for row in laid.rows[: laid.head]]
        # The cells of the head come first in the text, and so do their tags.
        parts = [element("thead", {}, lines(head))] if head else []
        parts.append(element("tbody", {}, lines(rows)))
        if laid.widths:
            total = sum(laid.widths)
            shares = (element("col", {"style": f"width:{100 * width / total:.1f}%"}) for width in laid.widths)
            parts.insert(0, element("colgroup", {}, "".join(shares)))
        # On a phone, many columns are scrolled, not squeezed.
        is_many = max((len(row.cells) for row in table.rows), default=0) >= _MANY_COLUMNS
        least = f"min-width:{_WIDENED * sum(laid.widths):.0f}px" if laid.widths and is_many else None
        shown = element("table", {"class": "many" if is_many else None, "style": least}, "".join(parts))
        return element("div", {"class": "wide many" if is_many else "wide"}, shown)

    def _cells(self, row: Sequence[LaidCell], name: str) -> Iterator[str]:
        for one in row:
            kind = ' class="number"' if is_number(one.text) else ""
            rows = f' rowspan="{one.rows}"' if one.rows > 1 else ""
            columns = f' colspan="{one.columns}"' if one.columns > 1 else ""
            shown = self._tagged(one.text, one.cell.span) if one.cell else ""
            yield f"<{name}{kind}{rows}{columns}>{shown}</{name}>"

    def _noted(self, span: Span) -> Iterator[str]:
        """The diagnostics that belong to a block, and those before it that belong to none."""
        while self._notes and self._notes[0].span.start <= span.end:
            diagnostic = self._notes.popleft()
            code = element("span", {"class": "code"}, text(diagnostic.code))
            said = text(f"{self._places.name(diagnostic.span)} {diagnostic.message}")
            yield element("p", {"class": f"note {diagnostic.severity}"}, code + said)


def _end(tag: Tag) -> str:
    return "</ix:nonFraction>" if tag.is_number else "</ix:nonNumeric>"


def _spans(body: Section) -> Iterator[Span]:
    """Where facts may stand: each heading, paragraph and cell."""
    for section, _ in walk(body):
        if section.heading is not None:
            yield section.heading.span
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield from (cell.span for cell in row.cells)
            else:
                yield block.span
