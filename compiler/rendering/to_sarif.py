"""Diagnostics as SARIF 2.1.0, for code scanning and the viewers of editors.

One run. Every diagnostic is a result; an input that could not be compiled is told in the invocation, too. The same
findings give the same text: no times, no names of machines, paths relative to the working directory.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from attrs import define, field

from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.to_json import escaped, layout_of
from yusuan.ir.diagnostics import Code, Diagnostic, Locale, Severity, Tally
from yusuan.ir.diagnostics.codes import CODES
from yusuan.ir.source import SourceFile, Span

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_INFORMATION: Final = "urn:yusuan:about"
_STANDARD_INPUT: Final = "urn:yusuan:stdin"
# The name that code scanning services know for the folder that a run starts in.
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_LOCALES: Final = {Locale.EN: "en-US", Locale.ZH: "zh-CN"}
_FINGERPRINT: Final = "yusuanDiagnostic/v1"
# Characters of context in a fingerprint, and of a snippet: a text may be one line of millions.
_AROUND: Final = 60
_SNIPPET: Final = 500

_Object = dict[str, Any]


@define(slots=True)
class Sarif:
    """One log of all inputs, written at the end."""

    version: str
    language: Locale
    _results: list[_Object] = field(init=False, factory=list)
    _artifacts: list[_Object] = field(init=False, factory=list)
    _notifications: list[_Object] = field(init=False, factory=list)

    def show(self, findings: Findings) -> str:
        """Nothing yet; see `Form.show`."""
        location = _artifact_location(findings.path) | {"index": len(self._artifacts)}
        self._artifacts.append(_artifact(findings))
        fingerprints: Counter[str] = Counter()
        for diagnostic in findings.diagnostics:
            self._results.append(_result(findings, diagnostic, location, fingerprints))
            if diagnostic.severity is Severity.ERROR and not findings.compiled:
                self._notifications.append(_notification(diagnostic, location))
        return ""

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The log."""
        codes = sorted({result["ruleId"] for result in self._results})
        index = {code: number for number, code in enumerate(codes)}
        for result in self._results:
            result["ruleIndex"] = index[result["ruleId"]]
        for notification in self._notifications:
            notification["associatedRule"]["index"] = index[notification["associatedRule"]["id"]]
        run = {
            "tool": {"driver": self._driver([CODES[code] for code in codes])},
            "language": _LOCALES[self.language],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The working directory."}}},
            "invocations": [self._invocation()],
            "artifacts": self._artifacts,
            "results": self._results,
        }
        if summary is not None:
            run["properties"] = {"rules": [_tally(one) for one in summary]}
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        return escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"

    def _driver(self, codes: list[Code]) -> _Object:
        return {
            "name": "yusuan",
            "version": self.version,
            "semanticVersion": self.version,
            "informationUri": _INFORMATION,
            "language": _LOCALES[self.language],
            "rules": [_rule(code, self.language) for code in codes],
        }

    def _invocation(self) -> _Object:
        invocation: _Object = {"executionSuccessful": not self._notifications}
        if self._notifications:
            invocation["toolExecutionNotifications"] = self._notifications
        return invocation


# --- rules ---


def _rule(code: Code, language: Locale) -> _Object:
    page = code.page(language)
    summary = code.summary(language)
    return {
        "id": code.code,
        "name": "".join(part.capitalize() for part in code.name.split("-")),
        "shortDescription": {"text": _sentence(summary, language)},
        "fullDescription": {"text": describe(page, language) or _sentence(summary, language)},
        "help": {"text": page, "markdown": page},
        "helpUri": code.link,
        "defaultConfiguration": {"level": _LEVELS[code.severity], "enabled": code.default},
        "properties": {
            "problem.severity": _PROBLEMS[code.severity],
            "tags": ["budget-disclosure", code.name],
        },
    }


def _sentence(text: str, language: Locale) -> str:
    """A text of the catalogue, which has none, with its full stop."""
    stop = "\u3002" if language is Locale.ZH else "."
    return text if text.endswith((".", stop)) else text[:1].upper() + text[1:] + stop


def describe(page: str, language: Locale) -> str:
    """The first paragraph of a page's first section, on one line; empty where there is none."""
    _, _, section = page.partition("\n## ")
    paragraphs = section.split("\n\n")[1:2]
    return ("" if language is Locale.ZH else " ").join("".join(paragraphs).split("\n"))


def _tally(one: Tally) -> _Object:
    return {"code": one.code, "rule": one.rule, "holds": one.holds, "broken": one.broken, "unknown": one.unknown}


# --- results ---


def _result(findings: Findings, diagnostic: Diagnostic, artifact: _Object, fingerprints: Counter[str]) -> _Object:
    place = _location(findings, diagnostic.span, artifact)
    if diagnostic.label:
        place["message"] = {"text": diagnostic.label}
    result: _Object = {
        "ruleId": diagnostic.code,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [place],
    }
    related = list(_related(findings, diagnostic, artifact))
    if related:
        result["relatedLocations"] = related
    result["partialFingerprints"] = {_FINGERPRINT: _fingerprint(findings.source, diagnostic, fingerprints)}
    result["properties"] = dict(_properties(diagnostic))
    return result


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, Any]]:
    if diagnostic.help:
        yield "help", diagnostic.help
    if diagnostic.row:
        yield "rowLine", diagnostic.row.line
    yield "values", dict(diagnostic.values)


def _related(findings: Findings, diagnostic: Diagnostic, artifact: _Object) -> Iterator[_Object]:
    for number, place in enumerate(diagnostic.related, start=1):
        yield {"id": number, **_location(findings, place.span, artifact), "message": {"text": place.label}}


def _location(findings: Findings, span: Span, artifact: _Object) -> _Object:
    """A place. Its region is one of the text; where that stands in the file, which SARIF has no word for, is a
    property of it."""
    place: _Object = {"artifactLocation": artifact, "region": _region(findings.source, span)}
    layout = layout_of(findings.places, span)
    if layout:
        place["region"]["properties"] = layout
    around = _context(findings.source, span)
    if around is not None:
        place["contextRegion"] = around
    return {"physicalLocation": place}


def _region(source: SourceFile, span: Span) -> _Object:
    end_line, end_column = source.position(span.end)
    region: _Object = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }
    if span.end - span.start <= _SNIPPET:
        region["snippet"] = {"text": source.text[span.start : span.end]}
    return region


def _context(source: SourceFile, span: Span) -> _Object | None:
    """The line of a range; absent where it is too long, holds nothing more, or the range goes on to the next."""
    first = span.start - span.column + 1
    starts = source.line_starts
    last = starts[span.line] if span.line < len(starts) else len(source.text)
    if last - first > _SNIPPET or span.end > last:
        return None
    around = source.span(first, first + len(source.text[first:last].rstrip("\r\n")))
    return _region(source, around) if span.end <= around.end and (first, around.end) != (span.start, span.end) else None


def _fingerprint(source: SourceFile, diagnostic: Diagnostic, known: Counter[str]) -> str:
    """What tells a diagnostic from the others of its input, and stays when lines move: what it says, the text around
    it, and its number among those that share both."""
    span = diagnostic.span
    start = max(span.start - _AROUND, span.start - span.column + 1)
    line = source.text[start : min(span.end, span.start + _SNIPPET) + _AROUND].splitlines()[:1]
    texts = [diagnostic.code, diagnostic.variant, *map(str, sorted(diagnostic.values.items())), *line]
    digest = sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    known[digest] += 1
    return f"{digest}:{known[digest]}"


def _notification(diagnostic: Diagnostic, artifact: _Object) -> _Object:
    return {
        "level": "error",
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
        "associatedRule": {"id": diagnostic.code},
    }


# --- artifacts ---


def _artifact(findings: Findings) -> _Object:
    artifact = {"location": _artifact_location(findings.path), "roles": ["analysisTarget"]}
    # What has a layout is no text; what it is, only its reader knows.
    return artifact if findings.places.has_layout else {**artifact, "mimeType": "text/plain"}


def _artifact_location(path: str | None) -> _Object:
    """Where an input lies: below the working directory relative to it, elsewhere absolute."""
    if path is None:
        return {"uri": _STANDARD_INPUT, "description": {"text": "Standard input."}}
    normal = os.path.normpath(path)
    if os.path.isabs(normal) or normal.split(os.sep)[0] == os.pardir:
        return {"uri": PurePath(os.path.abspath(path)).as_uri()}
    return {"uri": _quoted(normal), "uriBaseId": _ROOT}


def _quoted(path: str) -> str:
    return quote(os.fsencode(path.replace(os.sep, "/")))
