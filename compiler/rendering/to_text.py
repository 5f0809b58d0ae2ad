"""Diagnostics as text for people, safe to print on a terminal.

The first line of each is as compilers print it, `path:line:column: severity[code]: message`, in every language.
"""

from __future__ import annotations

from typing import Final

from attrs import define, field

from yusuan.compiler.rendering.excerpt import Mark, columns, draw_excerpt, pad
from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.style import Paint, Style
from yusuan.compiler.rendering.words import Words
from yusuan.ir.diagnostics import Diagnostic, Severity, Tally
from yusuan.ir.source import SourceFile, Span

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
        lines = (render_line(findings.shown, diagnostic, self.style) for diagnostic in findings.diagnostics)
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
        lines = [
            render_line(findings.shown, diagnostic, self.style),
            *render_excerpt(findings.source, diagnostic, self.words, self.style),
        ]
        margin = " " * len(str(_last_line(diagnostic)))
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


def render_line(path: str, diagnostic: Diagnostic, style: Style = _PLAIN) -> str:
    """One line, as compilers print it: `path:line:column: severity[code]: message`."""
    place = f"{visible(path)}:{diagnostic.span.line}:{diagnostic.span.column}"
    kind = style.paint(f"{diagnostic.severity}[{diagnostic.code}]", _PAINTS[diagnostic.severity])
    return f"{place}: {kind}: {style.paint(visible(diagnostic.message), Paint.STRONG)}"


def render_excerpt(source: SourceFile, diagnostic: Diagnostic, words: Words, style: Style = _PLAIN) -> list[str]:
    """The lines of the source that a diagnostic speaks of, its place and the related ones underlined; in a table the
    first cell of the row, too. None where there is no source: the input could not be read."""
    if not source.text:
        return []

    def label(span: Span, text: str | None) -> str:
        last = source.position(max(span.start, span.end - 1))[0]
        through = words.say("through", line=last) if last > span.line else ""
        return " ".join(part for part in (visible(text or ""), through) if part)

    marks = [Mark(place.span, label(place.span, place.label), Paint.RELATED) for place in diagnostic.related]
    own = Mark(diagnostic.span, label(diagnostic.span, diagnostic.label), _PAINTS[diagnostic.severity], "^")
    row = [] if diagnostic.row is None else [diagnostic.row]
    return draw_excerpt(source, [*marks, own], style, beside=row)


def _last_line(diagnostic: Diagnostic) -> int:
    """The line whose number is the longest of those shown."""
    lines = [diagnostic.span.line, *(place.span.line for place in diagnostic.related)]
    return max(lines if diagnostic.row is None else [*lines, diagnostic.row.line])


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
