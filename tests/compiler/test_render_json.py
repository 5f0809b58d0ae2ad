"""Diagnostics as JSON Lines."""

from __future__ import annotations

import json
import os

from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.to_json import JsonLines, to_line
from yusuan.ir.diagnostics import Tally
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT, REPEATED_ROW
from yusuan.ir.source import SourceFile, Span

PLACE = ["line", "column", "end_line", "end_column", "offset", "end_offset"]
WORDS = ["severity", "code", "name", "message", "label", "help", "related", "values", "link"]
KEYS = ["kind", "file", *PLACE, "row_line", *WORDS]


def test_one_object_a_line() -> None:
    source = SourceFile("a", "\t甲\n\t1\n\n\t甲\n\t1\n\n")
    first, second = source.span(1, 2), source.span(8, 9)
    diagnostic = REPEATED_ROW.at(second, row=second, related=[REPEATED_ROW.place("first", first)], name="甲")
    [line] = JsonLines().show(Findings("b/a.txt", source, (diagnostic,), True)).splitlines()
    assert list(json.loads(line)) == KEYS
    assert json.loads(line) == {
        "kind": "diagnostic",
        "file": "b/a.txt",
        "line": 4,
        "column": 2,
        "end_line": 4,
        "end_column": 3,
        "offset": 8,
        "end_offset": 9,
        "row_line": 4,
        "severity": "warning",
        "code": "BD612",
        "name": "repeated-row",
        "message": 'the row "甲" stands twice',
        "label": None,
        "help": "strike out one of them, or tell them apart",
        "related": [
            {
                "line": 1,
                "column": 2,
                "end_line": 1,
                "end_column": 3,
                "offset": 1,
                "end_offset": 2,
                "label": "it stands here first",
            }
        ],
        "values": {"name": "甲"},
        "link": "urn:yusuan:diagnostic:BD612",
    }


def test_what_is_absent_is_null() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(0, 0, 1, 1), "input", fault="a message")
    told = json.loads(JsonLines().show(Findings(None, SourceFile("a", ""), (diagnostic,), False)))
    assert list(told) == KEYS
    assert told["file"] == "<stdin>"
    assert (told["row_line"], told["label"], told["help"], told["related"]) == (None, None, None, [])


def test_lines_are_safe_to_print_and_lose_nothing() -> None:
    hostile = "\x1b[2J\x7f\x85\u2028\u202e\ufeff\U000e0041\n\r\t\0预算"
    line = to_line({"text": hostile})
    assert json.loads(line) == {"text": hostile}
    assert line.removesuffix("\n").isprintable()


def test_names_of_files_are_valid_unicode() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(0, 0, 1, 1), "input", fault="a message")
    text = JsonLines().show(Findings(os.fsdecode(b"caf\xe9.txt"), SourceFile("a", ""), (diagnostic,), False))
    assert json.loads(text)["file"] == "caf\ufffd.txt"


def test_rules_follow_where_a_summary_is_wanted() -> None:
    assert JsonLines().close(None) == ""
    assert json.loads(JsonLines().close((Tally("BD503", "a", 1, 2, 3),))) == {
        "kind": "rule",
        "code": "BD503",
        "rule": "a",
        "holds": 1,
        "broken": 2,
        "unknown": 3,
    }
