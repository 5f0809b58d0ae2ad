"""What of a language the engine asks for: plain data, so that it can be sent to another process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from attrs import field, frozen


@frozen
class Typography:
    """What of a language the engine asks for. By default it knows of none.

    Attributes:
        fold: code points of characters that are drawn like others, onto those: one for one.
        numbered: a pattern for what begins a numbered item; empty for none.
        stops: the characters that end a sentence.
    """

    fold: Mapping[int, str] = field(factory=dict)
    numbered: str = ""
    stops: str = ".;"

    def is_numbered(self, text: str) -> bool:
        """Whether a line begins with an item's number."""
        return bool(self.numbered) and _compiled(self.numbered).match(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
