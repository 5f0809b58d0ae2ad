"""Text that is safe to print, whatever a document or a file's name holds."""

from __future__ import annotations

import re
from typing import Final

# Control characters, direction marks and line separators: with them a document could drive the terminal, or
# forge a second diagnostic. Lone surrogates cannot be written at all.
UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""A character that does not print, or that acts on a terminal."""


def visible(text: str) -> str:
    """The text with everything that does not print, or acts on a terminal, written as an escape (`\\x1b`)."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    point = ord(match[0])
    # How Python holds a byte of a file name that is not UTF-8.
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode("ascii")
