"""Which year an amount is of."""

from __future__ import annotations

from typing import Final

from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse, Referent
from yusuan.ir.vocabulary import Basis, Concept

_Answer = Answer[int] | None


def assets_closing(state: Discourse, subject: Referent) -> _Answer:
    """Assets are those at the end of the year that the paragraph names: 截至2023年底."""
    return Answer(*state.closing) if subject.concept is Concept.FIXED_ASSETS and state.closing is not None else None


def assets_of_year(state: Discourse, subject: Referent) -> _Answer:
    """Assets are those of another year that the clause names."""
    year = state.clause.year
    is_other = subject.concept is Concept.FIXED_ASSETS and year not in (None, state.context.fiscal_year)
    return Answer(year, state.clause.year_at) if is_other else None


def assets_before(state: Discourse, subject: Referent) -> _Answer:
    """Assets are those at the end of the year before the budget's."""
    year = state.context.fiscal_year
    if subject.concept is not Concept.FIXED_ASSETS:
        return None
    return Answer(year - 1 if year is not None else None)


def compared(state: Discourse, _: Referent) -> _Answer:
    """Behind 比上年, a figure is of that year: 比上年142万元."""
    clause = state.clause
    return Answer(clause.compared_year, clause.compared_at) if clause.compared else None


def listed(state: Discourse, subject: Referent) -> _Answer:
    """An item is of the budget's year, whichever its name speaks of: 2020年结转项目."""
    is_item = subject.concept in state.concepts.items.values()
    return Answer(state.context.fiscal_year) if is_item else None


def said(state: Discourse, _: Referent) -> _Answer:
    """The clause names it."""
    clause = state.clause
    return Answer(clause.year, clause.year_at) if clause.year is not None else None


def sentence(state: Discourse, _: Referent) -> _Answer:
    """A clause keeps the year that its sentence begins with: 2023年收入5万元，支出4万元."""
    opening = state.opening
    return Answer(*opening) if opening is not None and not state.clause.is_current else None


def final(state: Discourse, subject: Referent) -> _Answer:
    """Final accounts go on with the year that they were told of before: 支出决算中，基本支出6万元."""
    is_final = subject.basis is Basis.FINAL and state.final_year is not None
    return Answer(state.final_year) if is_final else None


def budget(state: Discourse, _: Referent) -> _Answer:
    """Else it is of the budget's year."""
    return Answer(state.context.fiscal_year)


PERIOD: Final[Question[Referent, int]] = Question(
    "period", (assets_closing, assets_of_year, assets_before, compared, listed, said, sentence, final, budget)
)


def later(_: Discourse, subject: Referent) -> _Answer:
    """What final accounts changed by is of their year, the later one of those compared."""
    return Answer(subject.period) if subject.basis is Basis.FINAL else None


CHANGE_PERIOD: Final[Question[Referent, int]] = Question("period", (later, budget))
