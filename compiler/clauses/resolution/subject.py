"""What a figure is of: which words tell of it, and what a change without words changes."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.clauses.resolution.answers import Answer, Question, Range
from yusuan.compiler.clauses.resolution.concept import concept_of, default_of
from yusuan.compiler.clauses.resolution.discourse import Discourse, Mention, Referent
from yusuan.compiler.clauses.resolution.scope import SCOPE
from yusuan.ir.vocabulary import Concept

# --- the words of an amount -------------------------------------------------------------------------------------------


def listed_name(state: Discourse, _: Mention) -> Answer[Mention] | None:
    """Names that were told before their figures have one each: 甲、乙和丙分别为3万元、2万元和1万元."""
    if not state.names:
        return None
    at = state.names[0]
    return Answer(None if at is None else state.words(at), at)


def put_aside(state: Discourse, own: Mention) -> Answer[Mention] | None:
    """Words in front of a comma, a year or a colon name a figure whose own words name nothing."""
    at = state.put_aside
    if at is None or not own.label.generic:
        return None
    earlier = state.words(at)
    if earlier.label.generic:
        return None
    label = evolve(earlier.label, scope=earlier.label.scope or own.label.scope)
    return Answer(evolve(earlier, label=label), at)


def right_before(_: Discourse, own: Mention) -> Answer[Mention] | None:
    """The words right before a figure name it."""
    return Answer(own, own.at)


WORDS: Final[Question[Mention, Mention]] = Question("words", (listed_name, put_aside, right_before))


def subject_of_amount(state: Discourse) -> tuple[Referent | None, Range | None]:
    """What an amount is of, absent where unknown, and the words that it was told by, absent where there are none."""
    own = state.words(state.focus.words)
    words = state.answer(WORDS, own)
    if state.names:
        state.names.pop(0)
    if words is None:
        return None, None
    state.put_aside = None
    if words.label.basis:
        state.clause.basis, state.clause.basis_at = words.label.basis, words.at
    concept = concept_of(state, words)
    if concept is None:
        return None, words.at
    focus = state.focus
    named = state.name(words.at)
    if words.label.generic and focus.subject is not None and focus.subject.concept is concept:
        named = focus.subject.label
    scope = state.answer(SCOPE, (words, concept))
    source = state.concepts.source_scope(concept)
    if source is not None and focus.parent is not None and state.concepts.is_spending(focus.parent):
        # 三公经费5.30万元（一般公共预算5.30万元……）: the same money by its source.
        concept, scope = focus.parent, source
    return Referent(concept, named, scope, state.unit, state.clause.code), words.at


# --- what changes -----------------------------------------------------------------------------------------------------


@frozen(slots=True)
class Change:
    """A change whose subject is asked for.

    Attributes:
        words: the words between the last figure and it.
        concept: what they name; absent where nothing known.
        named: what the words name that were put aside, where it has none of its own; absent where nothing known.
    """

    words: Mention
    concept: Concept | None
    named: Concept | None


def named_again(state: Discourse, change: Change) -> Answer[Referent] | None:
    """Words that name what was spoken of before: 支出预算9万元，支出预算较上年增加1万元."""
    subject, scope = state.focus.subject, change.words.label.scope
    if subject is None or change.concept is None or subject.concept is not change.concept:
        return None
    if scope is None:
        return Answer(_whole_of(state, subject), change.words.at)
    return Answer(subject, change.words.at) if scope is subject.scope else None


def own_words(state: Discourse, change: Change) -> Answer[Referent] | None:
    """Words that name what was not spoken of."""
    concept, words = change.concept, change.words
    if concept is None:
        return None
    scope = state.answer(SCOPE, (words, concept))
    return Answer(Referent(concept, state.name(words.at), scope, state.unit, state.clause.code), words.at)


def unknown_part(state: Discourse, change: Change) -> Answer[Referent] | None:
    """In a breakdown, unknown words name a part that is not known."""
    is_part = state.context.role is not None and state.focus.parent is not None
    return Answer(None, change.words.at) if not change.words.label.generic and is_part else None


def unknown_before(state: Discourse, change: Change) -> Answer[Referent] | None:
    """Behind a figure whose name is not known a change is that one's."""
    return Answer(None) if state.focus.lost and change.named is None else None


def spoken_of(state: Discourse, change: Change) -> Answer[Referent] | None:
    """A change without words is of what was spoken of last."""
    subject = state.focus.subject
    return Answer(subject) if subject is not None and change.named in (None, subject.concept) else None


def named_aside(state: Discourse, _: Change) -> Answer[Referent] | None:
    """主要变动项目为公务接待费，减少1.58万元: what was just named changes, not what was spoken of before."""
    at = state.put_aside
    words = state.words(at)
    concept = words.label.concept
    if at is None or concept is None:
        return None
    return Answer(Referent(concept, state.name(at), state.answer(SCOPE, (words, concept)), state.unit), at)


def section(state: Discourse, _: Change) -> Answer[Referent] | None:
    """Where nothing was spoken of, what the heading or the section tells of changes."""
    concept = default_of(state)
    if concept is None:
        return None
    return Answer(Referent(concept, None, state.answer(SCOPE, (state.words(None), concept)), state.unit))


CHANGED: Final[Question[Change, Referent]] = Question(
    "changed", (named_again, own_words, unknown_part, unknown_before, spoken_of, named_aside, section)
)


def subject_of_change(state: Discourse) -> Answer[Referent] | None:
    """What changes. An answer without a subject is one of unknown words; there is none where nothing was spoken of."""
    words = state.words(state.focus.words)
    if state.names:
        words = state.answer(WORDS, words) or words
        state.names.pop(0)
    concept = None if words.label.generic else concept_of(state, words)
    has_own = words.at is not None or state.put_aside is None
    return state.ask(CHANGED, Change(words, concept, None if has_own else state.words(state.put_aside).label.concept))


def _whole_of(state: Discourse, subject: Referent) -> Referent:
    """What a subject breaks down by its source, where that is of the same name; else the subject itself.

    支出预算9万元，其中政府性基金支出2万元，支出预算较上年增加1万元: the change is the total's.
    """
    holder = state.focus.holder
    is_source = holder is not None and holder.concept is subject.concept and subject.scope is not holder.scope
    return holder if holder is not None and is_source else subject
