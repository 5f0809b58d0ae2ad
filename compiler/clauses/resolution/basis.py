"""Which stage of the budget cycle an amount is of: budget, outturn, final accounts."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse, Referent
from yusuan.ir.vocabulary import Basis

_Answer = Answer[Basis] | None


def said(state: Discourse, _: Referent) -> _Answer:
    """Its words say it, or its clause: 支出决算9万元, 上年执行数9万元."""
    clause = state.clause
    return Answer(clause.basis, clause.basis_at) if clause.basis is not None else None


def sentence(state: Discourse, _: Referent) -> _Answer:
    """The words with which the sentence begins say it: 支出决算中，基本支出6万元."""
    return Answer(*state.stage) if state.stage is not None else None


def whole(state: Discourse, subject: Referent) -> _Answer:
    """A part of what 其中 or a bracket breaks down is of the same stage."""
    focus = state.focus
    before = None if state.is_apart else focus.holder
    of = before if len(state.foci) == 1 else focus.root
    if of is None or of.basis is None or focus.parent is not of.concept:
        return None
    return Answer(of.basis) if state.belongs(subject.concept, of.concept) else None


def heading(state: Discourse, _: Referent) -> _Answer:
    """The section's heading says it: 收入支出决算情况说明."""
    stage = state.context.name(state.context.heading).basis
    return Answer(stage) if stage is not None else None


BASIS: Final[Question[Referent, Basis]] = Question("basis", (said, sentence, whole, heading))
"""What none of them says is budgeted."""
