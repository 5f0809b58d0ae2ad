"""Diagnostics as JSON Lines: one object a line, always with the same keys in the same order.

An object whose `kind` is `diagnostic`:

    kind, file, line, column, end_line, end_column, offset, end_offset, row_line, severity, code, name, message, label,
    help, related, values, link

Lines and columns count from 1, offsets from 0, all in characters of the decoded text; ends lie behind the last
character. `row_line` is the line of the row's first cell in a table. `related` is a list of objects with `line`,
`column`, `end_line`, `end_column`, `offset`, `end_offset` and `label`. What is absent is null. Where the input has
pages, each place has a `page` behind its `end_offset`, from 1. With a summary an object whose `kind` is `rule` follows
for each rule: kind, code, rule, holds, broken, unknown.
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
from yusuan.ir.source import SourceFile, Span


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
        **_place(findings.source, diagnostic.span),
        "row_line": diagnostic.row.line if diagnostic.row else None,
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "message": diagnostic.message,
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": list(_related(findings.source, diagnostic)),
        "values": dict(diagnostic.values),
        "link": diagnostic.link,
    }


def _related(source: SourceFile, diagnostic: Diagnostic) -> Iterator[dict[str, Any]]:
    for place in diagnostic.related:
        yield {**_place(source, place.span), "label": place.label}


def _place(source: SourceFile, span: Span) -> dict[str, int]:
    end_line, end_column = source.position(span.end)
    return {
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": span.start,
        "end_offset": span.end,
        **({"page": span.page} if span.page else {}),
    }


def _rule(one: Tally) -> dict[str, Any]:
    return {
        "kind": "rule",
        "code": one.code,
        "rule": one.rule,
        "holds": one.holds,
        "broken": one.broken,
        "unknown": one.unknown,
    }
