"""Diagnostics as one HTML file for people: each with pictures of the pages that it speaks of, all figures marked.

It needs no script and fetches nothing. A page is in the file once, however often it is shown. Of what has no pages, and
where a page cannot be drawn, the lines of the text are shown instead. The markup stands in the templates beside.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.marking import NOWHERE, MarkedPage, MarkedPages, NumberedMark, crop, marks_of
from yusuan.compiler.rendering.rows import RowView
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.words import Words
from yusuan.ir.diagnostics import Diagnostic, Locale, Severity, Tally
from yusuan.ir.source import Box, SourceFile, Span

if TYPE_CHECKING:
    from jinja2 import Environment

_LANGUAGES: Final = {Locale.EN: "en", Locale.ZH: "zh-CN"}
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


@frozen(slots=True)
class _Entry:
    """A section of the page: its anchor, what its input is called, how much was found, its content."""

    name: str
    shown: str
    counted: str
    content: object


@define(slots=True)
class Html:
    """One page of all inputs, written at the end."""

    words: Words
    version: str
    _sections: list[_Entry] = field(init=False, factory=list)
    _inputs: int = field(init=False, default=0)
    _found: Counter[Severity] = field(init=False, factory=Counter)

    def show(self, findings: Findings) -> str:
        """Nothing yet; see `Form.show`."""
        from markupsafe import Markup

        self._inputs += 1
        self._found.update(one.severity for one in findings.diagnostics)
        if findings.diagnostics:
            name = f"i{self._inputs}"
            counted = self._counted(Counter(one.severity for one in findings.diagnostics))
            # Rendered at once, so that what it was made of is not held.
            content = Markup(_Section(self.words, findings).render(name))
            self._sections.append(_Entry(name, findings.shown, counted, content))
        return ""

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The page."""
        from markupsafe import Markup

        environment = _environment()
        assert environment.loader is not None
        return environment.get_template("findings.html.jinja").render(
            say=self.words.say,
            language=_LANGUAGES[self.words.language],
            version=self.version,
            # Read as HTML, where nothing in a style is escaped: it has no `<` and no `&`.
            style=Markup("\n" + environment.loader.get_source(environment, "findings.css")[0]),
            inputs=self.words.count("inputs", self._inputs),
            found=self._counted(self._found) or self.words.say("html.nothing"),
            sections=self._sections,
            summary=summary,
            counts=_COUNTS,
        )

    def _counted(self, found: Counter[Severity]) -> str:
        counts = [self.words.count(f"counted.{one}", found[one]) for one in Severity if found[one]]
        return self.words.say("separator").join(counts)


@cache
def _environment() -> Environment:
    """The templates. What is filled in is escaped, and what acts on what is shown stands as an escape of its own."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__, ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )


@frozen(slots=True)
class _Picture:
    """A page, with its number and its size in points."""

    page: int
    width: float
    height: float
    png: object


@frozen(slots=True)
class _Box:
    """A rectangle (x, y, width, height) around what a mark speaks of, and the round tag (x, y, radius) with its number,
    whose digits stand at a height of their own."""

    side: str
    number: int
    edges: tuple[str, ...]
    tag: tuple[str, str, float]
    base: str


@frozen(slots=True)
class _View:
    """A part of a page with its marks: how it is shown, what is to be seen in words, its least width in pixels."""

    kind: str
    page: int
    part: Box
    said: str
    boxes: tuple[_Box, ...]
    least: str | None = None


@frozen(slots=True)
class _Figure:
    """The views of a page: the part on a desk and on a phone, and the whole where that is more."""

    full: _View
    narrow: _View | None = None
    whole: _View | None = None


@frozen(slots=True)
class _Mark:
    """What a mark says."""

    side: str
    number: int
    said: str
    place: str


@frozen(slots=True)
class _Line:
    """A line of an excerpt: its name, its pieces, each with the side of its mark or none."""

    name: str
    pieces: tuple[tuple[str, str], ...]


@frozen(slots=True)
class _Article:
    """A diagnostic; without lines where there is no text to show."""

    severity: Severity
    code: str
    message: str
    place: str
    help: str | None
    figures: tuple[_Figure, ...]
    marks: tuple[_Mark, ...]
    lines: tuple[_Line, ...] | None


class _Section:
    """What was found in one input."""

    def __init__(self, words: Words, findings: Findings) -> None:
        self._words = words
        self._findings = findings
        self._pages = MarkedPages(findings, findings.draw) if findings.draw else None

    def render(self, name: str) -> str:
        """Its HTML, all anchors beginning with a name."""
        articles = [self._article(index, one) for index, one in enumerate(self._findings.diagnostics)]
        return (
            _environment()
            .get_template("section.html.jinja")
            .render(say=self._words.say, name=name, pictures=list(self._pictures()), articles=articles)
        )

    def _pictures(self) -> Iterator[_Picture]:
        from markupsafe import Markup

        for page, picture in (self._pages.pictures if self._pages else {}).items():
            yield _Picture(page, picture.width, picture.height, Markup(b64encode(picture.png).decode()))

    def _article(self, index: int, diagnostic: Diagnostic) -> _Article:
        return _Article(
            diagnostic.severity,
            diagnostic.code,
            diagnostic.message,
            f"{self._findings.shown}:{self._place(diagnostic.span)}",
            diagnostic.help,
            tuple(map(self._figure, self._pages.of(index) if self._pages else ())),
            tuple(self._marks(diagnostic)),
            self._excerpt(diagnostic),
        )

    def _place(self, span: Span) -> str:
        """What a place is called, and the page that it ends on if that is another one."""
        last = self._findings.source.places.page(max(span.start, span.end - 1)) if span.page else None
        name = self._findings.places.name(span)
        return f"{name}–p{last}" if last and last != span.page else name

    # --- pictures -----------------------------------------------------------------------------------------------------

    def _figure(self, page: MarkedPage) -> _Figure:
        assert self._pages is not None
        picture = self._pages.pictures[page.number]
        size = picture.width, picture.height
        boxes = [box for _, box in page.boxes]
        whole: Box = (0.0, 0.0, *size)
        if boxes == [NOWHERE]:
            return _Figure(self._view(page, whole))
        # Of prose the lines stay whole; of a table, whose letters are small, what is around is larger than its page.
        places = self._findings.places
        is_prose = any(places.cell(mark.span.start) is None for mark, _ in page.boxes)
        band = crop(boxes, size, least=(size[0] if is_prose else _LEAST_OF_TABLE, _LEAST[1]), margin=_MARGIN)
        part = crop(boxes, size, least=_LEAST, margin=_MARGIN)
        # Letters stay legible on a phone: what is wider than its window then is scrolled.
        least = f"{(part[2] - part[0]) * self._least_scale(page):.0f}"
        return _Figure(
            self._view(page, band, "view full"),
            self._view(page, part, "view narrow", least),
            None if band == whole else self._view(page, whole),
        )

    def _view(self, page: MarkedPage, part: Box, kind: str = "view", least: str | None = None) -> _View:
        left, top, right, bottom = part
        boxes = tuple(_box(mark, box) for mark, box in reversed(page.boxes) if box != NOWHERE)
        return _View(kind, page.number, (left, top, right - left, bottom - top), self._alternative(page), boxes, least)

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
        return ": ".join(filter(None, (of_page, self._words.say("separator").join(said))))

    # --- words --------------------------------------------------------------------------------------------------------

    def _marks(self, diagnostic: Diagnostic) -> Iterator[_Mark]:
        """What the marks say, by number."""
        marks = marks_of(diagnostic)
        text, places = self._findings.source.text, self._findings.places
        if not text or not places.shows(diagnostic.span) or not any(mark.label for mark in marks):
            return
        for mark in marks:
            said = mark.label or _short(text[mark.span.start : mark.span.end])
            yield _Mark(_side(mark), mark.number, said, self._place(mark.span))

    def _excerpt(self, diagnostic: Diagnostic) -> tuple[_Line, ...] | None:
        """The lines that it speaks of, with its marks in them."""
        findings = self._findings
        if not findings.source.text or not findings.places.shows(diagnostic.span):
            return None
        marks = marks_of(diagnostic)
        spans = [mark.span for mark in marks] + ([diagnostic.row] if diagnostic.row else [])
        source, names = findings.source, None
        placed = [(mark, mark.span) for mark in marks]
        if findings.places.has_layout:
            view = RowView(findings.source, findings.places, spans)
            source, names = view.source, view.names
            placed = [(mark, view.moved(mark.span)) for mark in marks]
            spans = [view.moved(span) for span in spans]
        lines = []
        for line in sorted({span.line for span in spans}):
            pieces = tuple(_pieces(source, line, [(mark, span) for mark, span in placed if span.line == line]))
            if any(side or said.strip() for said, side in pieces):
                lines.append(_Line(names[line] if names else str(line), pieces))
        return tuple(lines)


def _side(mark: NumberedMark) -> str:
    return "own" if mark.is_own else "other"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _AROUND else f"{words[:_AROUND]}…"


def _box(mark: NumberedMark, box: Box) -> _Box:
    left, top, right, bottom = box[0] - _SPACE, box[1] - _SPACE, box[2] + _SPACE, box[3] + _SPACE
    x, y = left - 1, top - _TAG + 1
    edges = tuple(f"{one:.1f}" for one in (left, top, right - left, bottom - top))
    return _Box(_side(mark), mark.number, edges, (f"{x:.1f}", f"{y:.1f}", _TAG), f"{y + 2.5:.1f}")


def _pieces(source: SourceFile, line: int, marks: Sequence[tuple[NumberedMark, Span]]) -> Iterator[tuple[str, str]]:
    """A line cut to what stands around its marks: its pieces, each with the side of its mark or none."""
    starts = source.line_starts
    first = starts[line - 1]
    last = starts[line] if line < len(starts) else len(source.text)
    last = first + len(source.text[first:last].rstrip("\r\n"))
    ordered = sorted(marks, key=lambda one: (one[1].start, one[0].number))
    begin = max(first, min((span.start for _, span in ordered), default=first) - _AROUND)
    end = min(last, max((min(span.end, last) for _, span in ordered), default=first) + _AROUND)
    yield "…" if begin > first else "", ""
    at = begin
    for mark, span in ordered:
        stop = min(span.end, last)
        if span.start < at or stop <= span.start:
            continue
        yield _between(source.text[at : span.start]), ""
        yield _between(source.text[span.start : stop]), _side(mark)
        at = stop
    yield _between(source.text[at:end]), ""
    yield "…" if end < last else "", ""


def _between(words: str) -> str:
    """A piece of a line; of a long one its ends."""
    if len(words) > 3 * _AROUND:
        words = f"{words[:_AROUND]} … {words[-_AROUND:]}"
    return words.replace("\t", " ").replace("\r", " ").replace("\n", " ")
