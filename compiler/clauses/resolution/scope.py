"""Whose money an amount is."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse, Mention
from yusuan.ir.vocabulary import Concept, Scope

Money = tuple[Mention, Concept]
"""The words of an amount, and what it is."""

_Answer = Answer[Scope] | None


def own_words(_: Discourse, money: Money) -> _Answer:
    """Its words say it."""
    words = money[0]
    return Answer(words.label.scope, words.at) if words.label.scope else None


def whole(state: Discourse, money: Money) -> _Answer:
    """A part of what 其中 or a bracket breaks down is of the same money."""
    focus, (_, concept) = state.focus, money
    before = None if state.is_apart else focus.holder
    of = before if len(state.foci) == 1 else focus.root
    if of is None or of.scope is None or focus.parent is not of.concept or not state.concepts.is_spent(concept):
        return None
    return Answer(of.scope) if state.belongs(concept, of.concept) else None


def heading(state: Discourse, money: Money) -> _Answer:
    """The section's heading says it of what the section is about; a source of revenue needs none."""
    scope, (_, concept) = state.context.scope, money
    if scope is None or state.concepts.is_source(concept):
        return None
    about = state.context.name(state.context.heading).concept
    speaks_of = about is not None and (about is concept or state.concepts.holds(about, concept))
    return Answer(scope) if speaks_of or state.concepts.is_spent(concept) else None


SCOPE: Final[Question[Money, Scope]] = Question("scope", (own_words, whole, heading))
