"""Diagnostics as one HTML file for people: each with pictures of the pages that it speaks of, all figures marked.

It needs no script and fetches nothing. A page is in the file once, however often it is shown. Of what has no pages, and
where a page cannot be drawn, the lines of the text are shown instead.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from attrs import define, field

from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.html_style import STYLE
from yusuan.compiler.rendering.marking import NOWHERE, MarkedPage, MarkedPages, NumberedMark, crop, marks_of
from yusuan.compiler.rendering.rows import RowView
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.words import Words
from yusuan.ir.diagnostics import Diagnostic, Locale, Severity, Tally
from yusuan.ir.source import Box, SourceFile, Span

_LANGUAGES: Final = {Locale.EN: "en", Locale.ZH: "zh-CN"}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# Of a long line, what stands around its marks.
_AROUND: Final = 70
_MARGIN: Final = 34.0
_LEAST: Final = (300.0, 90.0)
_LEAST_OF_TABLE: Final = 480.0
_COUNTS: Final = ("holds", "broken", "unknown")
_TAG: Final = 5.0
# The least height of letters that can be read, in pixels.
_LEGIBLE: Final = 9.0
# Between letters and the edge around them.
_SPACE: Final = 1.0


@define(slots=True)
class Html:
    """One page of all inputs, written at the end."""

    words: Words
    version: str
    _sections: list[str] = field(init=False, factory=list)
    _entries: list[str] = field(init=False, factory=list)
    _inputs: int = field(init=False, default=0)
    _found: Counter[Severity] = field(init=False, factory=Counter)

    def show(self, findings: Findings) -> str:
        """Nothing yet; see `Form.show`."""
        self._inputs += 1
        self._found.update(one.severity for one in findings.diagnostics)
        if findings.diagnostics:
            name = f"i{self._inputs}"
            count = self._counted(Counter(one.severity for one in findings.diagnostics))
            shown = text(findings.shown)
            self._entries.append(f'<li><a href="#{name}">{shown}</a> <span class="count">{text(count)}</span></li>\n')
            content = "".join(_Section(self.words, findings, name).render())
            self._sections.append(f'<section id="{name}">\n<h2>{shown}</h2>\n{content}</section>\n')
        return ""

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The page."""
        title = self._say("title")
        inputs = self.words.count("inputs", self._inputs)
        found = self._counted(self._found) or self._say("nothing")
        pieces = [
            f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[self.words.language]}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n',
            f'<meta name="generator" content="yusuan {text(self.version)}">\n',
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            f"<header>\n<h1>{title}</h1>\n<p>{text(self._say('counted', inputs=inputs, found=found))}</p>\n",
            f'<nav aria-label="{self._say("reports")}">\n<ol>\n{"".join(self._entries)}</ol>\n</nav>\n',
            f"</header>\n<main>\n{''.join(self._sections)}",
            "" if summary is None else self._summary(summary),
            f"</main>\n<footer>\n<p>yusuan {text(self.version)}</p>\n</footer>\n</body>\n</html>\n",
        ]
        return "".join(pieces)

    def _say(self, name: str, **values: object) -> str:
        return self.words.say(f"html.{name}", **values)

    def _counted(self, found: Counter[Severity]) -> str:
        counts = [self.words.count(f"counted.{one}", found[one]) for one in Severity if found[one]]
        return self.words.say("separator").join(counts)

    def _summary(self, summary: tuple[Tally, ...]) -> str:
        said = self.words
        if not summary:
            return f"<p>{text(said.say('summary.none'))}</p>\n"
        figures = "".join(f'<th class="figure">{text(said.say(f"summary.{name}"))}</th>' for name in _COUNTS)
        head = f"<tr><th>{text(said.say('summary.code'))}</th><th>{text(said.say('summary.rule'))}</th>{figures}</tr>"
        rows = "".join(
            f"<tr><td>{one.code}</td><td>{text(one.rule)}</td>"
            + "".join(f'<td class="figure">{getattr(one, name)}</td>' for name in _COUNTS)
            + "</tr>\n"
            for one in summary
        )
        return f'<h2>{self._say("rules")}</h2>\n<div class="wide"><table>\n{head}\n{rows}</table></div>\n'


class _Section:
    """What was found in one input."""

    def __init__(self, words: Words, findings: Findings, name: str) -> None:
        self._words = words
        self._findings = findings
        self._name = name
        self._pages = MarkedPages(findings, findings.draw) if findings.draw else None

    def _say(self, name: str, **values: object) -> str:
        return text(self._words.say(f"html.{name}", **values))

    def render(self) -> Iterator[str]:
        """Its HTML."""
        yield self._store()
        for index, diagnostic in enumerate(self._findings.diagnostics):
            yield from self._article(index, diagnostic)

    def _store(self) -> str:
        """The pages, to be shown by what refers to them."""
        pictures = self._pages.pictures if self._pages else {}
        images = "".join(
            f'<image id="{self._name}p{page}" width="{picture.width:.2f}" height="{picture.height:.2f}" '
            f'href="data:image/png;base64,{b64encode(picture.png).decode()}"/>\n'
            for page, picture in pictures.items()
        )
        return f'<svg class="store" aria-hidden="true"><defs>\n{images}</defs></svg>\n' if images else ""

    def _article(self, index: int, diagnostic: Diagnostic) -> Iterator[str]:
        findings = self._findings
        severity = text(self._words.say(f"severity.{diagnostic.severity}"))
        place = text(f"{findings.shown}:{self._place(diagnostic.span)}")
        yield f'<article class="{diagnostic.severity}" id="{self._name}-{index + 1}">\n'
        yield f'<h3><span class="kind">{severity} {diagnostic.code}</span>{text(diagnostic.message)}</h3>\n'
        yield f'<p class="place">{place}</p>\n'
        pages = self._pages.of(index) if self._pages else []
        for page in pages:
            yield from self._figure(page)
        yield self._marks(diagnostic)
        excerpt = "".join(self._excerpt(diagnostic))
        if pages and excerpt:
            excerpt = f"<details><summary>{self._say('text')}</summary>\n{excerpt}</details>\n"
        yield excerpt
        if diagnostic.help:
            yield f'<p class="help">{text(self._words.say("help", text=diagnostic.help))}</p>\n'
        yield f'<p class="more">{text(self._words.say("explain", code=diagnostic.code))}</p>\n</article>\n'

    def _place(self, span: Span) -> str:
        """What a place is called, and the page that it ends on if that is another one."""
        last = self._findings.source.places.page(max(span.start, span.end - 1)) if span.page else None
        name = self._findings.places.name(span)
        return f"{name}–p{last}" if last and last != span.page else name

    # --- pictures -----------------------------------------------------------------------------------------------------

    def _figure(self, page: MarkedPage) -> Iterator[str]:
        assert self._pages is not None
        picture = self._pages.pictures[page.number]
        size = picture.width, picture.height
        boxes = [box for _, box in page.boxes]
        whole: Box = (0.0, 0.0, *size)
        if boxes == [NOWHERE]:
            yield f"<figure>\n{self._view(page, whole, 'view')}"
            yield f"<figcaption>{self._say('page', page=page.number)}</figcaption>\n</figure>\n"
            return
        # Of prose the lines stay whole; of a table, whose letters are small, what is around is larger than its page.
        places = self._findings.places
        is_prose = any(places.cell(mark.span.start) is None for mark, _ in page.boxes)
        band = crop(boxes, size, least=(size[0] if is_prose else _LEAST_OF_TABLE, _LEAST[1]), margin=_MARGIN)
        yield '<figure>\n<div class="scroll" tabindex="0">\n'
        yield self._view(page, band, "view full")
        yield self._view(page, crop(boxes, size, least=_LEAST, margin=_MARGIN), "view narrow")
        yield "</div>\n"
        if band == whole:
            yield f"<figcaption>{self._say('page', page=page.number)}</figcaption>\n</figure>\n"
            return
        yield f"<figcaption><details><summary>{self._say('whole', page=page.number)}</summary>\n"
        yield f'<div class="scroll" tabindex="0">{self._view(page, whole, "view")}</div>\n'
        yield "</details></figcaption>\n</figure>\n"

    def _view(self, page: MarkedPage, part: Box, kind: str) -> str:
        """A part of a page with its marks."""
        left, top, right, bottom = part
        width, height = right - left, bottom - top
        # Letters stay legible on a phone: what is wider than its window then is scrolled.
        least = f' style="min-width:{width * self._least_scale(page):.0f}px"' if kind == "view narrow" else ""
        tops = f'<svg class="{kind}" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}"{least} role="img" '
        said = self._alternative(page)
        boxes = "".join(_box(mark, box) for mark, box in reversed(page.boxes) if box != NOWHERE)
        return f'{tops}aria-label="{said}">\n<use href="#{self._name}p{page.number}"/>\n{boxes}</svg>\n'

    def _least_scale(self, page: MarkedPage) -> float:
        """Pixels to the point: of lines, by the height of their letters; what that of cells is, nothing says."""
        cells = self._findings.places.cell
        heights = [box[3] - box[1] for mark, box in page.boxes if cells(mark.span.start) is None]
        return min(1.0, _LEGIBLE / min(heights)) if len(heights) == len(page.boxes) and min(heights) > 0 else 1.0

    def _alternative(self, page: MarkedPage) -> str:
        """What is to be seen, in words."""
        source = self._findings.source.text
        marks = dict.fromkeys(mark for mark, box in page.boxes if box != NOWHERE)
        said = [f"{one.number} {_short(source[one.span.start : one.span.end])}" for one in marks]
        of_page = self._words.say("html.page", page=page.number)
        return text(": ".join(filter(None, (of_page, self._words.say("separator").join(said)))))

    # --- words --------------------------------------------------------------------------------------------------------

    def _marks(self, diagnostic: Diagnostic) -> str:
        """What the marks say, by number."""
        marks = marks_of(diagnostic)
        source, places = self._findings.source, self._findings.places
        if not source.text or not places.shows(diagnostic.span) or not any(mark.label for mark in marks):
            return ""
        items = "".join(
            f'<li class="{_side(mark)}"><span class="number">{mark.number}</span> '
            f"<span>{text(mark.label or _short(source.text[mark.span.start : mark.span.end]))}</span> "
            f'<span class="at">{text(self._place(mark.span))}</span></li>\n'
            for mark in marks
        )
        return f'<ol class="marks">\n{items}</ol>\n'

    def _excerpt(self, diagnostic: Diagnostic) -> Iterator[str]:
        """The lines that it speaks of, with its marks in them."""
        findings = self._findings
        if not findings.source.text or not findings.places.shows(diagnostic.span):
            return
        marks = marks_of(diagnostic)
        spans = [mark.span for mark in marks] + ([diagnostic.row] if diagnostic.row else [])
        source, names = findings.source, None
        placed = [(mark, mark.span) for mark in marks]
        if findings.places.has_layout:
            view = RowView(findings.source, findings.places, spans)
            source, names = view.source, view.names
            placed = [(mark, view.moved(mark.span)) for mark in marks]
            spans = [view.moved(span) for span in spans]
        yield '<div class="excerpt">\n'
        for line in sorted({span.line for span in spans}):
            name = names[line] if names else str(line)
            words = _line(source, line, [(mark, span) for mark, span in placed if span.line == line])
            yield f'<p><span class="at">{name}</span><span>{words}</span></p>\n' if words.strip() else ""
        yield "</div>\n"


def text(value: str) -> str:
    """A text for the content of an element or an attribute; what acts on what is shown stands as an escape."""
    return escape(visible(value))


def _side(mark: NumberedMark) -> str:
    return "own" if mark.is_own else "other"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _AROUND else f"{words[:_AROUND]}…"


def _box(mark: NumberedMark, box: Box) -> str:
    left, top, right, bottom = box[0] - _SPACE, box[1] - _SPACE, box[2] + _SPACE, box[3] + _SPACE
    shape = f'<rect class="box {_side(mark)}" x="{left:.1f}" y="{top:.1f}" '
    shape += f'width="{right - left:.1f}" height="{bottom - top:.1f}"/>'
    # Above the corner, so that it hides no letter.
    x, y = left - 1, top - _TAG + 1
    tag = f'<circle class="tag {_side(mark)}" cx="{x:.1f}" cy="{y:.1f}" r="{_TAG}"/>'
    return f'{shape}{tag}<text x="{x:.1f}" y="{y + 2.5:.1f}">{mark.number}</text>\n'


def _line(source: SourceFile, line: int, marks: Sequence[tuple[NumberedMark, Span]]) -> str:
    """A line with its marks, cut to what stands around them."""
    starts = source.line_starts
    first = starts[line - 1]
    last = starts[line] if line < len(starts) else len(source.text)
    last = first + len(source.text[first:last].rstrip("\r\n"))
    ordered = sorted(marks, key=lambda one: (one[1].start, one[0].number))
    begin = max(first, min((span.start for _, span in ordered), default=first) - _AROUND)
    end = min(last, max((min(span.end, last) for _, span in ordered), default=first) + _AROUND)
    pieces = ["…" if begin > first else ""]
    at = begin
    for mark, span in ordered:
        stop = min(span.end, last)
        if span.start < at or stop <= span.start:
            continue
        pieces += [_between(source.text[at : span.start]), f'<mark class="{_side(mark)}">']
        pieces += [_between(source.text[span.start : stop]), "</mark>"]
        at = stop
    pieces += [_between(source.text[at:end]), "…" if end < last else ""]
    return "".join(pieces)


def _between(words: str) -> str:
    """A piece of a line; of a long one its ends."""
    if len(words) > 3 * _AROUND:
        words = f"{words[:_AROUND]} … {words[-_AROUND:]}"
    return text(words.replace("\t", " ").replace("\r", " ").replace("\n", " "))
