"""Diagnostics as JSON Lines: one object a line, always with the same keys in the same order.

An object whose `kind` is `diagnostic`:

    kind, file, line, column, end_line, end_column, offset, end_offset, row_line, severity, code, name, message, label,
    help, related, values, link

Lines and columns count from 1, offsets from 0, all in characters of the decoded text; ends lie behind the last
character. `row_line` is the line of the row's first cell in a table. `related` is a list of objects with `line`,
`column`, `end_line`, `end_column`, `offset`, `end_offset` and `label`. What is absent is null.

Behind `end_offset` each place has a `page`, from 1, and its `box` there (left, top, right, bottom, in points from the
top left) where the input has pages, and a `cell` (`row` and `column`, from 1) in a table whose grid is known. With a
summary an object whose `kind` is `rule` follows for each rule: kind, code, rule, holds, broken, unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.safety import UNSAFE
from yusuan.ir.diagnostics import Diagnostic, Tally
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import Span


@frozen(slots=True)
class JsonLines:
    """One object a line."""

    def show(self, findings: Findings) -> str:
        """An object for each diagnostic; see `Form.show`."""
        return "".join(to_line(_record(findings, diagnostic)) for diagnostic in findings.diagnostics)

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """An object for each rule, if a summary is wanted."""
        return "".join(to_line(_rule(one)) for one in summary or ())


def to_line(value: Any) -> str:
    """A value as one line of JSON that is safe to print: what acts on a terminal stands as an escape."""
    return escaped(json.dumps(value, ensure_ascii=False)) + "\n"


def escaped(text: str) -> str:
    """JSON in which what does not print stands as an escape, line ends between its values excepted."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1].replace("\x7f", "\\u007f")


def encodable(path: str) -> str:
    """A path in valid Unicode: U+FFFD for bytes that are not UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _record(findings: Findings, diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "kind": "diagnostic",
        "file": encodable(findings.shown),
        **_place(findings, diagnostic.span),
        "row_line": diagnostic.row.line if diagnostic.row else None,
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": list(_related(findings, diagnostic)),
        "values": dict(diagnostic.values),
        "link": diagnostic.link,
    }


def _related(findings: Findings, diagnostic: Diagnostic) -> Iterator[dict[str, Any]]:
    for place in diagnostic.related:
        yield {**_place(findings, place.span), "label": place.label}


def _place(findings: Findings, span: Span) -> dict[str, Any]:
    end_line, end_column = findings.source.position(span.end)
    return {
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": span.start,
        "end_offset": span.end,
        **layout_of(findings.places, span),
    }


def layout_of(places: FilePlaces, span: Span) -> dict[str, Any]:
    """What is known of a place beyond its characters: page, box and cell; nothing of plain text."""
    found: dict[str, Any] = {}
    if span.page:
        found["page"] = span.page
        box = places.box(span)
        if box is not None:
            found["box"] = [round(edge, 2) for edge in box]
    cell = places.cell(span.start)
    if cell is not None:
        found["cell"] = {"row": cell.cell.row, "column": cell.cell.column}
    return found


def _rule(one: Tally) -> dict[str, Any]:
    return {
        "kind": "rule",
        "code": one.code,
        "rule": one.rule,
        "holds": one.holds,
        "broken": one.broken,
        "unknown": one.unknown,
    }
