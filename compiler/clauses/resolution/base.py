"""What a change is measured against."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse
from yusuan.ir.vocabulary import Base


def sentence(state: Discourse, _: None) -> Answer[Base] | None:
    """The sentence says it: 比上年预算…增加…，增长…."""
    return Answer(*state.base_of_change) if state.base_of_change is not None else None


BASE: Final[Question[None, Base]] = Question("base", (sentence,))
