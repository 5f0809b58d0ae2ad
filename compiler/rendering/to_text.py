"""Diagnostics as text for people, safe to print on a terminal.

The first line of each is as compilers print it, `path:line:column: severity[code]: message`, in every language.
"""

from __future__ import annotations

from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.rendering.excerpt import Mark, columns, draw_excerpt, pad
from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.rows import RowView
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.style import Paint, Style
from yusuan.compiler.rendering.words import Words
from yusuan.ir.diagnostics import Diagnostic, Severity, Tally
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import Span

_PAINTS: Final = {Severity.ERROR: Paint.ERROR, Severity.WARNING: Paint.WARNING, Severity.INFO: Paint.INFO}
_PLAIN: Final = Style()
_COUNTS: Final = ("holds", "broken", "unknown")


@define(slots=True)
class ShortText:
    """One line for each diagnostic."""

    words: Words
    style: Style = _PLAIN

    def show(self, findings: Findings) -> str:
        """A line for each; see `Form.show`."""
        lines = (
            render_line(findings.shown, diagnostic, self.style, findings.places) for diagnostic in findings.diagnostics
        )
        return "".join(f"{line}\n" for line in lines)

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The summary, if wanted."""
        return "" if summary is None else render_summary(summary, self.words)


@define(slots=True)
class FullText:
    """A paragraph for each diagnostic: the line of `ShortText`, then what stands at its places and what to do. The
    first diagnostic of each code says how to read more."""

    words: Words
    style: Style = _PLAIN
    _known: set[str] = field(init=False, factory=set)

    def show(self, findings: Findings) -> str:
        """A paragraph for each; see `Form.show`."""
        return "".join(self._paragraph(findings, diagnostic) for diagnostic in findings.diagnostics)

    def _paragraph(self, findings: Findings, diagnostic: Diagnostic) -> str:
        excerpt = render_excerpt(findings, diagnostic, self.words, self.style)
        lines = [render_line(findings.shown, diagnostic, self.style, findings.places), *excerpt.lines]
        margin = " " * excerpt.margin
        lines += [f"{margin} {self.style.paint('=', Paint.FRAME)} {note}" for note in self._notes(diagnostic)]
        return "\n".join(lines) + "\n\n"

    def _notes(self, diagnostic: Diagnostic) -> list[str]:
        notes = []
        if diagnostic.help:
            notes.append(self.words.say("help", text=visible(diagnostic.help)))
        if diagnostic.code not in self._known:
            self._known.add(diagnostic.code)
            notes.append(self.words.say("explain", code=diagnostic.code))
        return notes

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The summary, if wanted."""
        return "" if summary is None else render_summary(summary, self.words)


def render_line(path: str, diagnostic: Diagnostic, style: Style = _PLAIN, places: FilePlaces | None = None) -> str:
    """One line, as compilers print it: `path:line:column: severity[code]: message`, or `path:p8:r7c3: …` where `places`
    knows page and cell."""
    span = diagnostic.span
    place = f"{visible(path)}:{places.name(span) if places else f'{span.line}:{span.column}'}"
    kind = style.paint(f"{diagnostic.severity}[{diagnostic.code}]", _PAINTS[diagnostic.severity])
    return f"{place}: {kind}: {style.paint(visible(diagnostic.message), Paint.STRONG)}"


@frozen(slots=True)
class Excerpt:
    """What a diagnostic speaks of.

    Attributes:
        lines: without line ends; none where there is no text at the place, since it could not be read.
        margin: how many columns the names of lines take.
    """

    lines: list[str]
    margin: int


def render_excerpt(findings: Findings, diagnostic: Diagnostic, words: Words, style: Style = _PLAIN) -> Excerpt:
    """The lines of the source that a diagnostic speaks of, its place and the related ones underlined; in a table the
    first cell of the row, too. Of an input with a layout, the rows of its tables and its paragraphs."""
    source, places = findings.source, findings.places
    row = [] if diagnostic.row is None else [diagnostic.row]
    spans = [diagnostic.span, *(place.span for place in diagnostic.related), *row]
    if not source.text or not places.shows(diagnostic.span):
        return Excerpt([], len(str(max(span.line for span in spans))))
    view = RowView(source, places, spans) if places.has_layout else None

    def end_of(span: Span) -> str:
        if view is not None:
            return view.end_of(span)
        last = source.position(max(span.start, span.end - 1))[0]
        return str(last) if last > span.line else ""

    def mark(span: Span, text: str | None, paint: Paint, sign: str) -> Mark:
        end = end_of(span)
        through = words.say("through" if view is None else "through_place", line=end) if end else ""
        label = " ".join(part for part in (visible(text or ""), through) if part)
        return Mark(view.moved(span) if view else span, label, paint, sign)

    marks = [mark(place.span, place.label, Paint.RELATED, "-") for place in diagnostic.related]
    own = mark(diagnostic.span, diagnostic.label, _PAINTS[diagnostic.severity], "^")
    beside = [view.moved(span) if view else span for span in row]
    names = view.names if view else None
    margin = max(len(names[number]) for number in names) if names else len(str(max(span.line for span in spans)))
    lines = draw_excerpt(view.source if view else source, [*marks, own], style, beside=beside, names=names)
    return Excerpt(lines, margin)


def render_summary(summary: tuple[Tally, ...], words: Words) -> str:
    """A table of the rules: how often each holds, is broken, cannot be told."""
    if not summary:
        return words.say("summary.none") + "\n"
    head = [words.say(f"summary.{name}") for name in ("code", "rule", *_COUNTS)]
    rows = [[one.code, visible(one.rule), *(str(getattr(one, name)) for name in _COUNTS)] for one in summary]
    return render_table([head, *rows], numbers=len(_COUNTS))


def render_table(rows: list[list[str]], *, numbers: int = 0) -> str:
    """Rows with their cells in columns, the last `numbers` columns flush right."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    texts = len(widths) - numbers
    lines = (
        "  ".join(
            pad(cell, width) if index < texts else " " * (width - columns(cell)) + cell
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
