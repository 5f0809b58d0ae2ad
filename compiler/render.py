"""Diagnostics as text for people. Pure functions: what they return is safe to print on a terminal."""

from __future__ import annotations

import re
from typing import Final

from yusuan.ir.diagnostics import Diagnostic

# Control characters, direction marks and line separators: with them a document could drive the terminal, or
# forge a second diagnostic. Lone surrogates cannot be written at all.
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def render_line(path: str, diagnostic: Diagnostic) -> str:
    """One line, as compilers print it: `path:line:column: severity[code]: message`."""
    place = f"{visible(path)}:{diagnostic.span.line}:{diagnostic.span.column}"
    return f"{place}: {diagnostic.severity}[{diagnostic.code}]: {visible(diagnostic.message)}"


def visible(text: str) -> str:
    """The text with everything that does not print, or acts on a terminal, written as an escape (`\\x1b`)."""
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    point = ord(match[0])
    # How Python holds a byte of a file name that is not UTF-8.
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode("ascii")
