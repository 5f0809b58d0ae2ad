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

from yusuan.emitters.tree import walk
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.contexts import NAMESPACES, SCHEMA_REFERENCE, Contexts, content, head, units
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.laying import LaidCell, is_number, lay_out
from yusuan.emitters.xbrl.markup import DECLARATION, attributes, element, lines, text
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

_STYLE: Final = """
@namespace ix "http://www.xbrl.org/2013/inlineXBRL";
body { margin: 0; background: #f4f3ef; color: #1c1c1a; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; font-size: 17px; }
.report { max-width: 850px; margin: 2em auto; padding: 3em 4em; background: #fff; box-shadow: 0 1px 6px #0002; }
.outline { max-width: 850px; margin: 2em auto 0; padding: 1.2em 68px; background: #fff; box-shadow: 0 1px 6px #0002;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  font-size: 14px; }
.outline ol { margin: 0; padding: 0; list-style: none; columns: 18em; column-gap: 2em; }
.outline li { break-inside: avoid; padding: .1em 0; }
.outline .level2 { padding-left: 1.5em; font-size: 13px; }
.outline a { color: #4a3f2a; text-decoration: none; }
.outline a:hover { text-decoration: underline; }
h2, h3, h4, h5, h6 { margin: 1.6em 0 .6em; line-height: 1.4; white-space: pre-line;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h2 { font-size: 1.35em; border-bottom: 2px solid #9c2f24; padding-bottom: .2em; }
h3 { font-size: 1.15em; } h4, h5, h6 { font-size: 1em; }
p { margin: .5em 0; text-indent: 2em; text-align: justify; white-space: pre-line; }
p.title { text-align: center; text-indent: 0; text-wrap: balance; font-size: 1.5em; font-weight: bold;
  line-height: 1.5; }
p.page_mark, p.contents { text-align: center; text-indent: 0; color: #8a8778; font-size: .85em; }
.wide { overflow-x: auto; margin: 1em 0; }
@media screen and (min-width: 900px) { .wide.many { margin: 1em -3.2em; } }
table { border-collapse: collapse; width: 100%; font-size: .82em; line-height: 1.45;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
td, th { border: 1px solid #c9c5b8; padding: .35em .5em; vertical-align: middle; white-space: pre-line; min-width: 2em;
  overflow-wrap: break-word; }
th { background: #f4f2ea; font-weight: bold; text-align: center; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
ix|nonFraction { background: #fdf3d7; box-shadow: 0 1px 0 #d9a520; }
ix|nonFraction:target, ix|nonFraction:hover { background: #f8dc86; }
.note { margin: .4em 0 1em; padding: .5em .9em; border-left: 4px solid #9c2f24; background: #fbeeec; font-size: .85em;
  text-indent: 0; font-family: "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
.note.info { border-color: #6b7f94; background: #eef2f6; }
.note .code { font-weight: bold; margin-right: .6em; }
@media (max-width: 700px) {
  body { font-size: 16px; } .report, .outline { margin: 0; padding: 1.2em 1em; box-shadow: none; }
  .outline ol { columns: 1; } p { text-align: left; } table.many { width: 60em; }
}
@media print {
  body { background: none; font-size: 10.5pt; } .outline { display: none; }
  .report { margin: 0; padding: 0; max-width: none; box-shadow: none; }
  ix|nonFraction { background: none; box-shadow: none; }
  h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; } .wide { overflow: visible; }
  table.many { min-width: 0 !important; }
}
"""


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
        head = {f"xmlns:{prefix}" if prefix else "xmlns": namespace for prefix, namespace in _NAMESPACES.items()}
        yield f"{DECLARATION}<html{attributes({**head, 'xml:lang': names.LANGUAGE})}>\n<head>\n"
        yield element("meta", {"http-equiv": "Content-Type", "content": "text/html; charset=UTF-8"}) + "\n"
        yield element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) + "\n"
        read_with = dict.fromkeys(str(one) for page in pages for one in page.grammar)
        if read_with:
            yield element("meta", {"name": "generator", "content": "; ".join(read_with)}) + "\n"
        yield element("title", {}, text(title)) + "\n"
        yield element("style", {"type": "text/css"}, text(_STYLE)) + "\n</head>\n<body>\n"
        yield '<div style="display:none"><ix:header>'
        hidden = "\n".join(line for page in pages for line in page.hidden)
        yield element("ix:hidden", {}, hidden) + "\n" if hidden else ""
        yield element("ix:references", {}, SCHEMA_REFERENCE) + "\n"
        resources = [line for page in pages for line in page.contexts]
        yield element("ix:resources", {}, "\n".join([*units(), *resources])) + "</ix:header></div>\n"
        for page in pages:
            yield from page.body
        yield "</body>\n</html>\n"


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
