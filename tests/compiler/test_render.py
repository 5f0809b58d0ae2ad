"""Diagnostics as text."""

from __future__ import annotations

import os

import pytest

from yusuan.compiler.render import render_line, visible
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT
from yusuan.ir.source import Span


def test_line() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(7, 8, 3, 2), "region", fault="a message")
    assert render_line("a/报告.txt", diagnostic) == "a/报告.txt:3:2: warning[BD901]: a message"


def test_a_diagnostic_is_one_line_whatever_the_document_says() -> None:
    diagnostic = INTERNAL_FAULT.at(Span(0, 0, 1, 1), "region", fault="a\nb.txt:1:1: error[BD001]: forged\x1b[2J")
    line = render_line("x\r.txt", diagnostic)
    assert line == "x\\r.txt:1:1: warning[BD901]: a\\nb.txt:1:1: error[BD001]: forged\\x1b[2J"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“三公”经费（万元）\u3000", "“三公”经费（万元）\u3000"),
        ("\u202e\u2028\x85", "\\u202e\\u2028\\x85"),
        ("\ud800", "\\ud800"),
        (os.fsdecode(b"caf\xe9"), "caf\\xe9"),
        ("\t\0", "\\t\\x00"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown
