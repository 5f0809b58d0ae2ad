"""Colours of a terminal."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Paint(Enum):
    """What a piece of text is; the value is how ANSI terminals show it."""

    ERROR = "1;31"
    WARNING = "1;33"
    INFO = "1;36"
    STRONG = "1"
    RELATED = "1;34"
    FRAME = "34"


@frozen(slots=True)
class Style:
    """How text is shown.

    Attributes:
        coloured: whether colours are used.
        width: columns of the terminal, or of a page where there is none.
    """

    coloured: bool = False
    width: int = 100

    def paint(self, text: str, paint: Paint | None) -> str:
        """The text as what it is; as it stands without colours."""
        return f"\x1b[{paint.value}m{text}\x1b[0m" if self.coloured and paint and text else text
