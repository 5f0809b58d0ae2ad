"""What was said so far, so that what is left unsaid can be told: subjects, the breakdown at hand, the clause's year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import define

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.phrases import NOTHING, Ahead, Phrase
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.clauses.resolution.answers import Answer, Asked, Question, Range, Value
from yusuan.compiler.language.naming import Label
from yusuan.ir.nodes import Text
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Role, Scope

if TYPE_CHECKING:
    from yusuan.compiler.language.naming import ConceptLexicon

# By which any expenditure is broken down.
_CLASSES: Final = frozenset({Concept.FUNCTION_EXPENDITURE_ITEM, Concept.ECONOMIC_EXPENDITURE_ITEM})
_SPACE: Final = re.compile(r"\s+")
# The words that name an amount are no further in front of it.
_REACH: Final = 120


@define(slots=True)
class Referent:
    """What was last spoken of, so that a change without words finds its owner.

    Attributes:
        concept: what it is.
        label: its words; absent where it has none.
        scope: whose money; absent where unsaid.
        unit: the unit of its figure; absent where none is known.
        code: its classification code; absent where it has none.
        changed: whether its change was stated.
        basis: the stage of the budget cycle that its figure is of; absent where no figure was stated.
        period: the year of its figure; likewise.
    """

    concept: Concept
    label: Text | None
    scope: Scope | None
    unit: str | None
    code: str | None = None
    changed: bool = False
    basis: Basis | None = None
    period: int | None = None


@define(slots=True)
class Focus:
    """What is known inside one pair of brackets, or outside of all. What a bracket says moves no subject outside.

    Attributes:
        root: what the sentence is about.
        subject: what was last spoken of.
        parent: the concept that 其中 breaks down.
        holder: the subject of that concept.
        outer: the holder before, of which that concept is a part: 三公经费…，其中：…公务用车费…，包括：….
        listed: whether the last figure went on with a list: 购置费0万元、运维费5万元.
        lost: whether what was last spoken of has a name that is not known, so that no change is the subject's.
        words: the words since the last figure.
    """

    root: Referent | None = None
    subject: Referent | None = None
    parent: Concept | None = None
    holder: Referent | None = None
    outer: Referent | None = None
    listed: bool = False
    lost: bool = False
    words: Range | None = None


@define(slots=True)
class Clause:
    """What a clause says of all its figures.

    Attributes:
        year: the year that it names; absent where none.
        year_at: where it names it.
        opens: whether that year may be the one of the clauses behind it, which a date is not.
        compared: whether it compares with another year.
        compared_at: where it does.
        compared_year: that year; absent where unknown.
        is_current: whether it names the year of the budget by no number: 今年.
        basis: the stage of the budget cycle that its figures are of; absent where unsaid.
        basis_at: where it says so.
        falls: whether a direction whose figure stands further on goes down; absent without one.
        code: the classification code that it names; absent where none.
    """

    year: int | None = None
    year_at: Range | None = None
    opens: bool = False
    compared: bool = False
    compared_at: Range | None = None
    compared_year: int | None = None
    is_current: bool = False
    basis: Basis | None = None
    basis_at: Range | None = None
    falls: bool | None = None
    code: str | None = None


@define(slots=True)
class Mention:
    """The words that a figure is told by.

    Attributes:
        at: where they stand; absent where there are none.
        label: what they say.
        is_open: whether they leave it to what stands around them what they name: 预算, 收入 where no totals are told.
    """

    at: Range | None
    label: Label
    is_open: bool


NO_WORDS: Final = Label(None, None, generic=True, basis=None)


class Discourse:
    """What was said in one region of running text.

    Attributes:
        context: what is known of the document around.
        reading: the region without what is no part of its words.
        text: its text.
        phrase: the phrase that is being read.
        foci: the pairs of brackets that are open, outermost first.
        focus: the innermost of them.
        clause: what the clause at hand says.
        put_aside: words in front of a comma, a year or a colon, for a figure that has none of its own.
        closing: the year at whose end the paragraph tells of assets, and where it is named; absent where none is.
        opening: the year that the first figure of the sentence is said to be of, and where; absent where unsaid.
        stage: the stage of the budget cycle that the sentence begins with, and where; likewise: 支出决算中，….
        final_year: the year of the final accounts that the region tells of; absent where it told of none.
        base_of_change: what changes of the sentence are compared with, and where that is said; absent where unsaid.
        unit: the unit of the last figure of money.
        first_unit: the unit of the first one of the region.
        last_amount: the place of the last amount in the records; absent where there was none.
        said_since: whether words stand behind it.
        stated: whether the sentence has stated an amount.
        is_change_last: whether the amount before is a change.
        told_as_cause: whether figures only explain a change.
        is_apart: whether a paragraph began that is no part of the breakdown before it.
        names: the names that the figures ahead belong to, one each, absent for one that is unknown: 甲和乙分别为….
        names_told: the last such names of the sentence, all of them.
        falls_listed: whether the changes of these go down; absent where they are sums.
        ahead: what stands further on in the paragraph.
    """

    def __init__(self, context: Context, reading: ReadingText) -> None:
        self.context = context
        self.reading = reading
        self.text = text = reading.text
        self.concepts: ConceptLexicon = context.concepts
        self.phrase: Phrase = NOTHING
        self.focus = Focus()
        self.foci = [self.focus]
        self.clause = Clause()
        self.put_aside: Range | None = None
        self.closing: tuple[int, Range] | None = None
        self.opening: tuple[int, Range] | None = None
        self.stage: tuple[Basis, Range] | None = None
        self.final_year: int | None = None
        self.base_of_change: tuple[Base, Range] | None = None
        self.unit: str | None = None
        self.first_unit = context.lexicon.first_money_unit(text)
        self.last_amount: int | None = None
        self.said_since = False
        self.stated = False
        self.is_change_last = False
        self.told_as_cause = False
        self.is_apart = False
        self.names: list[Range | None] = []
        self.names_told: list[Range | None] = []
        self.falls_listed: bool | None = None
        self.ahead = Ahead(NOTHING)

    def ask(self, question: Question[Asked, Value], asked: Asked) -> Answer[Value] | None:
        """The answer of the first rule that has one; absent where none has. Who watches is told."""
        for rule in question.rules:
            answer = rule(self, asked)
            if answer is not None:
                self.context.observer.answered(self.phrase, question.name, rule.__name__, answer.at)
                return answer
        return None

    def answer(self, question: Question[Asked, Value], asked: Asked) -> Value | None:
        """What the rules of a question say; absent where none has an answer, or one says that there is none."""
        found = self.ask(question, asked)
        return None if found is None else found.value

    # --- brackets -----------------------------------------------------------------------------------------------------

    def enter(self, focus: Focus) -> None:
        """Begin a bracket."""
        self.foci.append(focus)
        self.focus = focus

    def leave(self) -> None:
        """End the innermost bracket."""
        self.foci.pop()
        self.focus = self.foci[-1]

    # --- words --------------------------------------------------------------------------------------------------------

    def label(self, bounds: Range) -> Label:
        """What words say. A text is looked at once a document."""
        label = self.context.name(self.text[max(bounds[0], bounds[1] - _REACH) : bounds[1]])
        self.context.observer.asked(self.phrase, bounds, label)
        return label

    def words(self, bounds: Range | None) -> Mention:
        """Words with what they say; those of nothing name nothing."""
        label = self.label(bounds) if bounds else NO_WORDS
        return Mention(bounds, label, label.generic or (label.bare and self.context.role not in _TOTALS))

    def name(self, bounds: Range | None) -> Text | None:
        """The naming words of a label, less 我部门, 共计 and the like; absent where nothing is left."""
        if bounds is None:
            return None
        start, end = max(bounds[0], bounds[1] - _REACH), bounds[1]
        text = self.text
        start += self._front_of(text[start:end])
        organization = self.context.organization
        if organization and text.startswith(organization, start, end - 1):
            # The department's own name is as 我部门 is.
            start += len(organization)
            start += self._front_of(text[start:end])
        back = self.concepts.strip_back.search(text[start:end])
        if back and back.start():
            end = start + back.start()
        raw = text[start:end]
        body = raw.strip(self.context.lexicon.blanks)
        if not body:
            return None
        start += raw.index(body)
        return Text(_SPACE.sub("", body), self.span(start, start + len(body)))

    def span(self, start: int, end: int) -> Span:
        """The span of a range of the region."""
        return self.context.span(self.reading.at(start), self.reading.behind(end))

    def _front_of(self, label: str) -> int:
        """How long the words in front of a label are that are no part of it."""
        start = 0
        front = self.concepts.strip_front.match(label)
        while front and front.end():
            start += front.end()
            front = self.concepts.strip_front.match(label[start:])
        return start

    def folded(self, bounds: Range) -> str:
        """Words in the form of comparisons."""
        return self.context.lexicon.fold(self.text[max(bounds[0], bounds[1] - _REACH) : bounds[1]])

    # --- what is a part of what ---------------------------------------------------------------------------------------

    def belongs(self, concept: Concept, parent: Concept) -> bool:
        """Whether an amount goes on with the breakdown of another: as its part, its class, or money from one source."""
        concepts = self.concepts
        if concepts.source_scope(concept) is not None and concepts.is_spending(parent):
            return True
        if concept in _CLASSES and (parent in (Concept.BUDGET_TOTAL, Concept.EXPENDITURE) or self.spends(parent)):
            return True
        return concepts.holds(parent, concept)

    def spends(self, concept: Concept) -> bool:
        """Whether a concept is a part of the expenditure."""
        return self.concepts.holds(Concept.EXPENDITURE, concept)

    def break_down(self) -> None:
        """What was last spoken of is broken down from here on; an item of a list is not."""
        focus = self.focus
        subject, holder = focus.subject, focus.holder
        if subject is None or subject.concept in self.concepts.items.values():
            return
        if holder is not None and self.concepts.holds(holder.concept, subject.concept):
            focus.outer = holder
        focus.parent = subject.concept
        focus.holder, focus.listed = subject, False
        self.is_apart = False

    def leave_breakdown(self, concept: Concept) -> None:
        """What is no part of what is broken down ends the breakdown; it may go on with the one around."""
        focus = self.focus
        if not focus.parent or self.belongs(concept, focus.parent):
            return
        outer, focus.outer = focus.outer, None
        if outer is not None and self.belongs(concept, outer.concept):
            focus.parent, focus.holder = outer.concept, outer
        else:
            focus.parent = None

    def goes_on_with_years(self) -> bool:
        """Whether the figure before was of another year: 公务接待费2023年4.60万元，2024年5.20万元."""
        if self.clause.year is None or self.last_amount is None or not self.stated:
            return False
        before = self.context.records.amounts[self.last_amount]
        subject = self.focus.subject
        is_same = subject is not None and before.concept is subject.concept
        return is_same and before.measure is Measure.AMOUNT and before.period != self.clause.year


# Where 收入 and 支出 alone name the totals.
_TOTALS: Final = frozenset({None, Role.OVERVIEW, Role.REVENUE, Role.EXPENDITURE, Role.CHANGE})
