"""What an amount is: by its words, and where they leave it open, by the place that it stands at."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.phrases import start_of
from yusuan.compiler.clauses.resolution.answers import Answer, Question, Range
from yusuan.compiler.clauses.resolution.discourse import Discourse, Mention
from yusuan.ir.vocabulary import Concept, Role, Scope

_Answer = Answer[Concept] | None

# How many phrases behind a figure its first part may begin.
_FIRST_PART: Final = 6

# What has a section of its own is no item of the operating expense, wherever it is told.
_OTHER_SECTIONS: Final = frozenset(
    {
        Concept.THREE_PUBLIC_EXPENSE,
        Concept.PROCUREMENT_BUDGET,
        Concept.FIXED_ASSETS,
        Concept.FIXED_ASSET_PURCHASES,
        Concept.REVENUE,
        Concept.EXPENDITURE,
        Concept.BUDGET_TOTAL,
    }
)


def code(state: Discourse, words: Mention) -> _Answer:
    """A classification code says it: 2xx are functions, 3xx and 5xx economic items."""
    said = state.clause.code
    if not said:
        return None
    is_function = said.startswith("2")
    return Answer(Concept.FUNCTION_EXPENDITURE_ITEM if is_function else Concept.ECONOMIC_EXPENDITURE_ITEM, words.at)


def operating_expense(state: Discourse, words: Mention) -> _Answer:
    """A section on the operating expense speaks of it, by its name or by none: 2024年预算142万元."""
    is_named = words.label.concept is Concept.OPERATING_EXPENSE
    is_told = is_named or (words.label.generic and state.focus.parent is None)
    return Answer(Concept.OPERATING_EXPENSE, words.at) if is_told else None


def operating_compared(state: Discourse, words: Mention) -> _Answer:
    """Within its breakdown, words that name nothing are of what was spoken of, if anything known: 比上年预算142万元."""
    if not words.label.generic:
        return None
    subject = state.focus.subject
    return Answer(subject.concept if state.clause.compared and subject is not None else None)


def operating_item(state: Discourse, words: Mention) -> _Answer:
    """Where a sentence is about the operating expense, whatever is named is an item of it."""
    root = state.focus.root
    is_about = root is not None and root.concept is Concept.OPERATING_EXPENSE
    is_item = is_about and words.label.concept not in _OTHER_SECTIONS
    return Answer(Concept.OPERATING_EXPENSE_ITEM, words.at) if is_item else None


def part_by_source(state: Discourse, words: Mention) -> _Answer:
    """其中：财政拨款100万元 is the same money by its source."""
    parent = state.focus.parent
    return Answer(parent, words.at) if words.label.scope is not None and parent is not None else None


def subject_again(state: Discourse, _: Mention) -> _Answer:
    """A figure of another year without a name is of what was spoken of: 2023年5万元."""
    subject = state.focus.subject
    if subject is None:
        return None
    is_other_year = state.clause.year not in (None, state.context.fiscal_year)
    is_again = state.clause.compared or is_other_year or state.goes_on_with_years()
    return Answer(subject.concept) if is_again else None


def heading(state: Discourse, _: Mention) -> _Answer:
    """A figure without a name is what the heading names."""
    named = state.context.name(state.context.heading).concept
    return Answer(named) if named is not None else None


def section(state: Discourse, _: Mention) -> _Answer:
    """A figure without a name is what its section tells of, unless its sentence speaks of another thing.

    以上三项合计32.90万元 is what the parts before it are parts of.
    """
    role = state.context.role
    default = state.concepts.defaults.get(role) if role else None
    root, own = state.focus.root, state.focus.words
    if default is None:
        return None
    if root is not None:
        sums_up = own is not None and state.concepts.summing.search(state.text[own[0] : own[1]])
        if not sums_up or not state.concepts.holds(default, root.concept):
            return None
    return Answer(default)


def unknown_item(state: Discourse, words: Mention) -> _Answer:
    """What has no known name is an item of what is itemised by name."""
    return Answer(_item(state), words.at) if words.label.concept is None else None


def purpose(state: Discourse, words: Mention) -> _Answer:
    """What money can be for anywhere is an item among items: 项目支出…：会议费5万元."""
    return Answer(_item(state), words.at) if words.label.concept in state.concepts.purposes else None


def carried_over_first(state: Discourse, words: Mention) -> _Answer:
    """项目支出…，其中：上年结转20万元 is a part of it by its source."""
    focus = state.focus
    is_first = focus.subject is focus.holder and not words.label.extended
    return Answer(focus.parent, words.at) if is_first and _is_carried_over(words) else None


def carried_over_item(state: Discourse, words: Mention) -> _Answer:
    """Among the items of the project expenditure, money carried over is one of them."""
    return Answer(_item(state), words.at) if _is_carried_over(words) else None


def same_name(state: Discourse, words: Mention) -> _Answer:
    """Among the items of the project expenditure, 2020年结转项目资金 is one of them."""
    label = words.label
    is_own = label.concept is state.focus.parent and label.extended
    return Answer(_item(state), words.at) if is_own else None


def carried_over_spent(state: Discourse, words: Mention) -> _Answer:
    """支出100万元，其中：上年结转20万元: money carried over, which is spent."""
    parent, label = state.focus.parent, words.label
    is_spent = parent is Concept.EXPENDITURE and label.scope is Scope.CARRY_OVER and label.concept is not None
    return Answer(parent, words.at) if is_spent else None


def own_name(_: Discourse, words: Mention) -> _Answer:
    """Its words name it."""
    return Answer(words.label.concept, words.at) if words.label.concept is not None else None


def spent_below(state: Discourse, words: Mention) -> _Answer:
    """A budget whose words do not say of what is what is spent, where kinds of spending break it down right behind.

    某局预算100万元，包括基本支出80万元.
    """
    if words.at is None or state.focus.parent is not None:
        return None
    if not state.concepts.budgeted.search(state.folded(words.at)):
        return None
    part = _part_ahead(state)
    if part is None:
        return None
    concept = state.context.name(state.text[part[0] : part[1]]).concept
    return Answer(Concept.EXPENDITURE, part) if concept is not None and state.spends(concept) else None


def _part_ahead(state: Discourse) -> Range | None:
    """The words of the first part, where what stands right behind the figure breaks it down."""
    marks = [
        phrase for phrase in state.ahead.behind(start_of(state.phrase), _FIRST_PART) if isinstance(phrase, BlockToken)
    ]
    for mark, part in pairwise(marks[:3]):
        if mark.type == "OF_WHICH":
            return (part.start, part.end) if part.type == "WORDS" else None
    return None


def _item(state: Discourse) -> Concept | None:
    """What the items of what is broken down are; absent where that is not itemised by name."""
    parent = state.focus.parent
    return state.concepts.items.get(parent) if parent else None


def _is_carried_over(words: Mention) -> bool:
    return words.label.concept is Concept.REVENUE and words.label.scope is Scope.CARRY_OVER


_NAME: Final = "concept"

CODED: Final[Question[Mention, Concept]] = Question(_NAME, (code,))
"""Asked where the clause has a code."""

OPERATING: Final[Question[Mention, Concept]] = Question(_NAME, (operating_expense, operating_compared, operating_item))
"""Asked in a section on the operating expense, whose items have any names."""

OPEN: Final[Question[Mention, Concept]] = Question(
    _NAME, (part_by_source, subject_again, heading, section, spent_below)
)
"""Asked where the words leave open what they name."""

ITEM: Final[Question[Mention, Concept]] = Question(
    _NAME, (unknown_item, purpose, carried_over_first, carried_over_item, same_name)
)
"""Asked within what is itemised by name."""

NAMED: Final[Question[Mention, Concept]] = Question(_NAME, (carried_over_spent, own_name, spent_below))
"""Asked of all other words."""


def concept_of(state: Discourse, words: Mention) -> Concept | None:
    """What the amount at hand is, by its words; absent where unknown. What is no part of a breakdown ends it."""
    if state.clause.code:
        answer = state.ask(CODED, words)
    else:
        is_operating = state.context.role is Role.OPERATING_EXPENSE
        answer = state.ask(OPERATING, words) if is_operating else None
        if answer is None and words.is_open:
            answer = state.ask(OPEN, words)
        elif answer is None:
            answer = state.ask(ITEM, words) if _item(state) is not None else None
            answer = answer or state.ask(NAMED, words)
            own = words.label.concept
            if own is not None and answer is not None and answer.value is own and not is_operating:
                state.leave_breakdown(own)
    return answer.value if answer is not None else None


def default_of(state: Discourse) -> Concept | None:
    """What a figure without words is: what its heading names, or else its section."""
    nothing = state.words(None)
    answer = heading(state, nothing) or section(state, nothing)
    return answer.value if answer is not None else None
