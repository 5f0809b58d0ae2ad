"""XML as text: escaped, without the characters that XML forbids, in the order in which it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from yusuan.emitters.text import allowed

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

_SPECIAL: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def text(value: str) -> str:
    """Text for the content of an element."""
    # Nearly no text needs anything done to it.
    return allowed(value.translate(_IN_TEXT)) if _SPECIAL.search(value) else value


def attributes(values: Mapping[str, str | None]) -> str:
    """Attributes, each with a blank in front; one without a value is left out."""
    return "".join(
        f' {name}="{allowed(value.translate(_IN_ATTRIBUTE)) if _SPECIAL.search(value) else value}"'
        for name, value in values.items()
        if value is not None
    )


def element(name: str, values: Mapping[str, str | None], content: str = "") -> str:
    """An element; `content` is XML already."""
    return f"<{name}{attributes(values)}>{content}</{name}>" if content else f"<{name}{attributes(values)}/>"


def lines(parts: Iterable[str]) -> str:
    """The content of an element that has a line for each of its parts."""
    return "".join(f"\n{part}" for part in parts) + "\n"
