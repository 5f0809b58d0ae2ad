"""Why a file cannot be read as PDF. Who only asks the engine's process loads nothing of the engine."""

from __future__ import annotations

from enum import Enum


class PdfFault(Enum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    NOT_PDF = "not-pdf"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    TOO_MUCH = "too-much"
    ENGINE_DIED = "engine-died"
    ENGINE_SLOW = "engine-slow"


class PdfError(ValueError):
    """The bytes are no PDF that can be read.

    Attributes:
        fault: what is wrong.
        detail: the figure that belongs to it (pages, characters or cells, seconds, exit status), as text; empty where
            there is none.
    """

    def __init__(self, fault: PdfFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.fault.value}: {self.detail}" if self.detail else self.fault.value

    def __reduce__(self) -> tuple[type[PdfError], tuple[PdfFault, str]]:
        return type(self), (self.fault, self.detail)
