"""Which unit a figure without one is in."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.phrases import start_of
from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse
from yusuan.compiler.language.parsers import Tree

# A figure, and the mark and the word in front of it.
_BETWEEN: Final = 3

_Answer = Answer[str] | None


def last_figure(state: Discourse, _: None) -> _Answer:
    """That of the last figure before it."""
    return Answer(state.unit) if state.unit is not None else None


def first_figure(state: Discourse, _: None) -> _Answer:
    """That of the first figure of the text."""
    return Answer(state.first_unit) if state.first_unit is not None else None


def end_of_list(state: Discourse, _: None) -> _Answer:
    """Figures that are told one behind the other have the unit of the first that has one: 3、4和2万元."""
    for phrase in state.ahead.behind(start_of(state.phrase), _BETWEEN * len(state.names)):
        last = phrase.children[-1] if isinstance(phrase, Tree) and phrase.children else None
        if isinstance(last, BlockToken) and last.type == "UNIT":
            unit = last.value["unit"] or last.value["unit_in_brackets"]
            return Answer(state.context.lexicon.money_unit(unit), (last.start, last.end))
    return None


LISTED_UNIT: Final[Question[None, str]] = Question("unit", (end_of_list,))
"""Asked of a figure without a unit among those whose names were told before."""

UNIT: Final[Question[None, str]] = Question("unit", (last_figure, first_figure))
