"""Which unit a figure without one is in."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse

_Answer = Answer[str] | None


def last_figure(state: Discourse, _: None) -> _Answer:
    """That of the last figure before it."""
    return Answer(state.unit) if state.unit is not None else None


def first_figure(state: Discourse, _: None) -> _Answer:
    """That of the first figure of the text."""
    return Answer(state.first_unit) if state.first_unit is not None else None


UNIT: Final[Question[None, str]] = Question("unit", (last_figure, first_figure))
