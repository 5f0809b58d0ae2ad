"""From sentences to amounts (`grammar/clauses/amount.lark`): which figure belongs to which words.

The phrases of a section's running text are read from left to right with a small state: the label so far, the year of
the clause, what a change is compared with, and the subject that a change without words of its own belongs to. A bracket
has a state of its own: what it says of its parts does not move the subject outside.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from attrs import define, evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.naming import ConceptLexicon, Label
from yusuan.compiler.language.parsers import Tree
from yusuan.ir.diagnostics import Severity, codes
from yusuan.ir.nodes import Text
from yusuan.ir.records import Amount, Figure
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Role, Scope

_Phrase = Tree[BlockToken] | BlockToken

_UP: Final = frozenset({"UP", "UP_MISTYPED"})
_MISTYPED: Final = frozenset({"UP_MISTYPED", "DOWN_MISTYPED"})
_SIGNS: Final = frozenset({"PLUS", "MINUS"})
_EITHER: Final = frozenset({"UP_OR_DOWN", "DOWN_OR_UP"})
_RAISING: Final = _UP | {"UP_OR_DOWN", "PLUS"}
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
# By which any expenditure is broken down.
_CLASSES: Final = frozenset({Concept.FUNCTION_EXPENDITURE_ITEM, Concept.ECONOMIC_EXPENDITURE_ITEM})
# Where 收入 and 支出 alone name the totals.
_TOTALS: Final = frozenset({None, Role.OVERVIEW, Role.REVENUE, Role.EXPENDITURE, Role.CHANGE})
_SPACE: Final = re.compile(r"\s+")
_LONGEST_LABEL: Final = 60
# The words that name an amount are no further in front of it.
_REACH: Final = 120
_MOST_NAMES: Final = 60
# The first part of what is broken down is no further behind it.
_FIRST_PART: Final = 7


@define(slots=True)
class _Subject:
    """What was last spoken of, so that a change without words finds its owner."""

    concept: Concept
    label: Text | None
    scope: Scope | None
    unit: str | None
    code: str | None = None
    changed: bool = False


@define(slots=True)
class _Frame:
    """The state inside one pair of brackets, or outside of all.

    Attributes:
        root: what the sentence is about.
        subject: what was last spoken of.
        parent: the concept that 其中 breaks down.
        holder: the subject of that concept.
        outer: the holder before, of which that concept is a part: 三公经费…，其中：…公务用车费…，包括：….
        listed: whether the last figure went on with a list: 购置费0万元、运维费5万元.
        lost: whether what was last spoken of has a name that is not known, so that no change is the subject's.
        label: the words since the last figure.
    """

    root: _Subject | None = None
    subject: _Subject | None = None
    parent: Concept | None = None
    holder: _Subject | None = None
    outer: _Subject | None = None
    listed: bool = False
    lost: bool = False
    label: tuple[int, int] | None = None


class AmountReader:
    """Reads one region of running text. Offsets of phrases are within the region; `base` is its place in the source."""

    def __init__(self, context: Context, base: int, text: str) -> None:
        self._context = context
        self._base = base
        self._text = text
        self._concepts: ConceptLexicon = context.concepts
        self._observer = context.observer
        self._frames = [_Frame()]
        self._last: str = "BREAK"
        self._fallback: tuple[int, int] | None = None
        self._year: int | None = None
        self._closing: int | None = None
        self._compared = False
        self._compared_year: int | None = None
        self._compare_base: Base | None = None
        self._basis = Basis.BUDGET
        self._falls: bool | None = None
        self._cause = False
        self._change_last = False
        self._unit: str | None = None
        self._first_unit = context.lexicon.first_money_unit(text)
        self._code: str | None = None
        self._last_amount: int | None = None
        self._said_since = False
        self._stated = False
        # Whether the first item of a numbered list is being read, and what it states first.
        self._is_first = False
        self._first: _Subject | None = None
        # Whether a paragraph began that is no item of the breakdown before it.
        self._is_apart = False
        self._turns: list[BlockToken] = []
        self._ahead: tuple[list[_Phrase], int] = ([], 0)
        self._named: list[tuple[int, int] | None] = []

    # --- the walk -----------------------------------------------------------------------------------------------------

    def read(self, phrases: list[_Phrase]) -> None:
        """Read the phrases of a region and append its amounts to the records."""
        for at, phrase in enumerate(phrases):
            self._ahead = phrases, at
            if isinstance(phrase, Tree):
                kind = str(phrase.data)
                getattr(self, f"_read_{kind}")(phrase, phrases, at)
            else:
                kind = phrase.type
                handler = _HANDLERS.get(kind)
                if handler:
                    handler(self, phrase)
                else:
                    self._words(phrase)
            if kind != "BREAK" or self._last in _FIGURES or self._last in ("STOP", "SEMICOLON", "COLON"):
                self._last = kind

    @property
    def _frame(self) -> _Frame:
        return self._frames[-1]

    def _words(self, token: BlockToken) -> None:
        frame = self._frame
        self._said_since = True
        if frame.label is None:
            frame.label = (token.start, token.end)
        else:
            frame.label = (frame.label[0], token.end)

    def _on_year(self, token: BlockToken) -> None:
        match = token.value
        year = self._context.lexicon.digits(match["year"])
        self._year = year
        if match["end"] or self._is_date(match):
            self._closing = year
        self._put_aside(is_owner=match["from_year"] is not None)

    def _is_date(self, match: re.Match[str]) -> bool:
        """Whether a year comes with month or day: 截至2025年12月31日."""
        tail = self._text[match.end("year") : match.end()]
        return any(char.isdecimal() for char in tail)

    def _on_prior(self, token: BlockToken) -> None:
        match = token.value
        year = self._context.fiscal_year
        if year is not None:
            self._year = year - 1
            if match["prior_end"]:
                self._closing = year - 1
        if match["basis"]:
            self._basis = self._concepts.basis(match["basis"])
        self._put_aside()

    def _on_current(self, _: BlockToken) -> None:
        self._year = None
        self._put_aside()

    def _put_aside(self, *, is_owner: bool = False) -> None:
        """A year parts a label from its figure: 基本支出2021年600万元. What names something is kept for the figure.

        So is what names nothing known, where it `is_owner` of the figure: 某项目由2021年600万元增加至….
        """
        label = self._frame.label
        if label is not None and (is_owner or self._label_of(label).concept is not None):
            self._fallback = label
        self._frame.label = None

    def _on_code(self, token: BlockToken) -> None:
        self._code = token.value["code"] or token.value["code_before"]
        if token.value["code_before"]:
            self._frame.label = None

    def _on_of_which(self, token: BlockToken) -> None:
        frame = self._frame
        if frame.label is not None and self._concepts.respective.search(self._text, token.start, token.end):
            self._named = self._names(frame.label)
            if self._named:
                frame.label = None
                return
        named = self._itemised()
        if named is not None:
            # 项目支出具体包括：…… comes back to what was stated before.
            frame.subject = named
        if frame.subject is not None and frame.subject.concept not in self._concepts.items.values():
            holder = frame.holder
            if holder is not None and self._concepts.holds(holder.concept, frame.subject.concept):
                frame.outer = holder
            frame.parent = frame.subject.concept
            frame.holder, frame.listed = frame.subject, False
            self._is_apart = False
        frame.label = None

    def _names(self, bounds: tuple[int, int]) -> list[tuple[int, int] | None]:
        """The names in a label that the figures ahead belong to, one each; empty where there is but one.

        Where they are not as many as the figures, it is not known which is whose.
        """
        start = max(bounds[0], bounds[1] - _REACH)
        names = self._apart(self._concepts.apart, start, bounds[1])
        phrases, at = self._ahead
        figures = 0
        for phrase in phrases[at + 1 : at + _MOST_NAMES]:
            if isinstance(phrase, BlockToken) and phrase.type in ("STOP", "SEMICOLON"):
                break
            figures += isinstance(phrase, Tree) and phrase.data in ("amount", "bare")
        if len(names) == figures - 1:
            *names, last = names
            names += self._apart(self._concepts.and_, *last)
        if len(names) < 2:
            return []
        return list(names) if len(names) == figures else [None] * figures

    def _apart(self, mark: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
        """The ranges between marks."""
        marks = [match.span() for match in mark.finditer(self._text, start, end)]
        return list(zip([start, *(stop for _, stop in marks)], [*(first for first, _ in marks), end], strict=True))

    def _itemised(self) -> _Subject | None:
        """What the words say that now is itemised, where that is itemised by name."""
        bounds = self._frame.label
        label = self._label_of(bounds) if bounds else None
        if label is None or label.concept not in self._concepts.items:
            return None
        return _Subject(label.concept, self._label_text(bounds), label.scope, self._unit)

    def _on_by_class(self, _: BlockToken) -> None:
        self._frame.parent = self._frame.holder = self._frame.label = None

    def _on_mainly(self, token: BlockToken) -> None:
        if self._change_last:
            self._cause = True
        self._on_of_which(token)

    def _on_cause(self, token: BlockToken) -> None:
        self._frame.label = None
        # A cause told inside a bracket goes on behind it to the end of the sentence; the bracket ends all the same.
        told = self._context.lexicon.fold(self._text[token.start : token.end])
        for _ in range(told.count(")") - told.count("(")):
            self._on_close(token)

    def _on_open(self, _: BlockToken) -> None:
        frame = self._frame
        if frame.label is not None and frame.parent in self._concepts.items:
            # 网络运行维护费（178万元）: an item of the list with its figure in brackets.
            inner = _Frame(frame.root, frame.subject, frame.parent, frame.holder, listed=frame.listed)
            self._fallback = frame.label
        else:
            inner = _Frame(frame.subject, frame.subject, frame.subject.concept if frame.subject else frame.parent)
        if len(self._frames) < 32:
            self._frames.append(inner)

    def _on_close(self, _: BlockToken) -> None:
        if len(self._frames) > 1:
            self._frames.pop()
        self._falls = None

    def _on_comma(self, _: BlockToken) -> None:
        frame = self._frame
        if self._last not in _FIGURES and self._last != "CLOSE":
            frame.listed = False
        if frame.label is not None:
            if self._concepts.summed.search(self._text, *frame.label) and frame.root is not None:
                frame.subject = frame.root
            else:
                self._fallback = frame.label
        frame.label = None
        self._end_clause()

    def _on_colon(self, token: BlockToken) -> None:
        if self._last == "amount":
            # 项目支出1532万元：会议服务138万元、…: what follows breaks it down.
            self._on_of_which(token)
            return
        frame = self._frame
        if frame.label is not None:
            self._fallback = frame.label
        frame.label = None

    def _on_pause(self, token: BlockToken) -> None:
        if self._last in _FIGURES or self._last == "CLOSE":
            self._frame.label = None
            self._frame.listed = True
            self._end_clause()
        elif self._frame.label is not None:
            self._words(token)

    def _on_semicolon(self, _: BlockToken) -> None:
        self._named.clear()
        self._frame.label = self._fallback = None
        self._frame.listed = False
        self._end_clause()
        self._cause = False

    def _on_stop(self, token: BlockToken) -> None:
        frame = self._frame
        # 压减公务接待费。 tells what is done about it and is no title.
        titled = (frame.label or self._fallback) if not self._stated and self._falls is None else None
        self._on_semicolon(token)
        if titled is not None and self._label_of(titled).concept is not None:
            # A sentence of a name alone is the title of what follows: 1.公务接待费。2021年预算0.30万元。
            self._fallback = titled
            frame.root = frame.subject = None
        self._stated = False
        if frame.root is not None:
            frame.lost = False
        if self._is_first and self._first is not None:
            # A list whose first item ends in a full stop is one of sentences: what follows speaks of the item.
            frame.root = self._first
        frame.subject = frame.root or frame.subject
        self._compare_base = None
        self._change_last = False

    def _on_break(self, token: BlockToken) -> None:
        if self._last in _FIGURES:
            self._frame.label = self._fallback = None
            self._end_clause()
        elif self._last in ("STOP", "SEMICOLON", "BREAK"):
            self._is_apart = self._is_apart or self._last != "SEMICOLON"
            self._start_paragraph()
        elif self._frame.label is not None:
            self._frame.label = (self._frame.label[0], token.end)

    def _start_paragraph(self) -> None:
        del self._frames[1:]
        self._named.clear()
        frame = self._frame
        frame.label = self._fallback = None
        frame.root = None
        self._closing = None
        self._end_clause()

    def _on_ordinal(self, _: BlockToken) -> None:
        self._frame.label = self._fallback = None
        self._is_apart = False
        self._is_first = self._last == "COLON"
        self._first = None
        if self._last in ("BREAK", "STOP"):
            self._frame.root = None
        self._end_clause()
        self._cause = False

    def _end_clause(self) -> None:
        if self._last not in ("YEAR", "PRIOR"):
            # 2020年，我局收入预算100万元: a year alone is that of the clause behind it.
            self._year = None
        self._compared = False
        self._falls = None
        self._code = None
        self._basis = Basis.BUDGET

    # --- figures ------------------------------------------------------------------------------------------------------

    def _read_comparison(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        (token,) = tree.children
        assert isinstance(token, BlockToken)
        match = token.value
        self._compared = True
        self._compare_base = self._concepts.base(match["base"])
        year = self._context.fiscal_year
        compared = self._context.lexicon.digits(match["compared"]) if match["compared"] else None
        self._compared_year = compared or (year - 1 if year is not None else None)
        frame = self._frame
        if frame.label is not None and self._label_of(frame.label).generic:
            frame.label = None
        if frame.listed and frame.label is None and frame.holder is not None and self._last == "COMMA":
            # Behind a list of parts, what is compared is what they are parts of.
            frame.subject, frame.listed = frame.holder, False

    def _read_amount(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        number, unit = tree.children
        assert isinstance(number, BlockToken)
        assert isinstance(unit, BlockToken)
        self._unit = self._money_unit(unit)
        figure = self._figure(number, falls=self._falls is True)
        if figure is None or self._is_told_as_cause():
            self._frame.label = None
            return
        if self._falls is not None:
            self._state_change(figure, self._unit, inferred=False)
        else:
            self._state_amount(figure, self._unit, inferred=False)

    def _state_amount(self, figure: Figure, unit: str | None, *, inferred: bool) -> None:
        subject = self._subject_of(figure)
        label = self._frame.label
        self._frame.label = None
        if label is not None and self._concepts.joining.match(self._text, *label):
            self._frame.listed = True
        if subject is None:
            self._frame.lost = label is not None and not self._label_of(label).generic
            return
        self._cause = self._frame.lost = False
        period = self._period(subject.concept)
        self._append(subject, Measure.AMOUNT, figure, unit, inferred, period, None)
        self._change_last = False
        if self._is_first and self._first is None:
            self._first = subject
        frame = self._frame
        subject.changed = False
        if period == self._context.fiscal_year or frame.subject is None or frame.subject.concept != subject.concept:
            frame.subject = subject
        if subject.concept is Concept.PERFORMANCE_MANAGED_AMOUNT and subject.scope is not None:
            # 涉及一般公共预算拨款5万元，政府性基金预算拨款2万元: a list of the same by its source.
            frame.parent = subject.concept
        if frame.root is None or self._concepts.holds(subject.concept, frame.root.concept):
            # Where the total comes behind its parts, it is what a sentence goes on to speak of.
            frame.root = subject

    def _money_unit(self, unit: BlockToken) -> str:
        return self._context.lexicon.money_unit(unit.value["unit"] or unit.value["unit_in_brackets"])

    def _is_told_as_cause(self) -> bool:
        """Whether a figure only explains a change: what it is for has no name of its own among the concepts."""
        if not self._cause:
            return False
        label = self._frame.label
        return label is None or self._label_of(label).concept is None

    def _read_bare(self, tree: Tree[BlockToken], phrases: list[_Phrase], at: int) -> None:
        (number,) = tree.children
        assert isinstance(number, BlockToken)
        label = self._frame.label
        figure = self._figure(number)
        if (
            figure is not None
            and label is not None
            and (self._unit or self._first_unit) is not None
            and self._last == "WORDS"
            and _ends_clause(phrases, at)
            and self._names_something(label)
            and not self._is_told_as_cause()
        ):
            unit = self._unit or self._first_unit
            self._report_unit(figure, unit)
            self._state_amount(figure, unit, inferred=True)
        else:
            self._words(number)

    def _names_something(self, label: tuple[int, int]) -> bool:
        """Whether the words in front of a number without unit say that it is money: a name, an item, or a year."""
        frame, known = self._frame, self._label_of(label)
        of_another_year = self._year not in (None, self._context.fiscal_year) and frame.subject is not None
        return known.concept is not None or frame.parent in self._concepts.items or (known.generic and of_another_year)

    def _read_rate(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        """A rate alone: right behind a change, 减少1.49万元（18.63%）, it is how much that is."""
        self._frame.label = None
        at = self._last_amount
        if at is None or self._said_since or self._last not in ("OPEN", "COMMA"):
            return
        amounts = self._context.records.amounts
        change = amounts[at]
        if change.measure is Measure.CHANGE and change.percent is None:
            number = tree.children[0]
            assert isinstance(number, BlockToken)
            amounts[at] = evolve(change, percent=self._figure(number, falls=change.value.value < 0))

    def _read_share(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        number = tree.children[1]
        assert isinstance(number, BlockToken)
        self._frame.label = None
        amounts = self._context.records.amounts
        # 接待200人次，占全年计划的50%: a share of what was said since is not the last amount's.
        at = self._last_amount
        if at is not None and not self._said_since and amounts[at].measure is Measure.AMOUNT:
            amounts[at] = evolve(amounts[at], share=self._figure(number))

    def _read_change(self, tree: Tree[BlockToken], phrases: list[_Phrase], at: int) -> None:
        direction, *extent = (token for token in tree.children if isinstance(token, BlockToken))
        directions = [*self._turns, direction] if self._last == "turn" else [direction]
        number = extent[0]
        figure = self._figure(number, falls=_falls(direction))
        if figure is None or self._is_told_as_cause():
            return
        if len(extent) == 2 and extent[1].type == "PERCENT":
            self._state_percent(figure)
            return
        unit, inferred = self._unit or self._first_unit, len(extent) == 1
        if not inferred:
            unit = self._unit = self._money_unit(extent[1])
        elif not _ends_clause(phrases, at):
            self._words(number)
            return
        self._report_direction(directions, figure, unit)
        if inferred:
            self._report_unit(figure, unit)
        self._state_change(figure, unit, inferred=inferred)

    def _read_turn(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        """A direction whose figure stands further on (增加人员经费5万元), or behind another one (增加减少5万元)."""
        (direction,) = tree.children
        assert isinstance(direction, BlockToken)
        if self._last != "turn":
            self._turns.clear()
        self._turns.append(direction)
        self._falls = _falls(direction)

    def _read_flat(self, tree: Tree[BlockToken], _: list[_Phrase], __: int) -> None:
        (token,) = tree.children
        assert isinstance(token, BlockToken)
        frame = self._frame
        label = self._label_of(frame.label) if frame.label else None
        subject = frame.subject
        if label is not None and label.concept is not None:
            scope = self._scope(label, label.concept)
            subject = _Subject(label.concept, self._label_text(frame.label), scope, self._unit)
            frame.subject = subject
            frame.lost = False
        frame.label = None
        if subject is None or subject.changed or self._cause or frame.lost:
            return
        text = self._text[token.start : token.end]
        figure = Figure(Decimal(0), text, self._context.span(self._base + token.start, self._base + token.end))
        self._append(subject, Measure.CHANGE, figure, subject.unit, True, self._context.fiscal_year, self._compare_base)
        subject.changed = True

    def _state_percent(self, figure: Figure) -> None:
        """A change in per cent belongs to the change in money that was just stated; alone it is no amount."""
        self._frame.label = None
        amounts = self._context.records.amounts
        if self._change_last and self._last_amount is not None and amounts[self._last_amount].percent is None:
            amounts[self._last_amount] = evolve(amounts[self._last_amount], percent=figure)

    def _state_change(self, figure: Figure, unit: str | None, *, inferred: bool) -> None:
        frame = self._frame
        subject = self._change_subject(figure)
        frame.label = None
        self._falls = None
        if subject is None:
            return
        self._append(subject, Measure.CHANGE, figure, unit, inferred, self._context.fiscal_year, self._compare_base)
        subject.changed = True
        frame.subject = subject
        if frame.root is None:
            frame.root = subject
        self._change_last = True

    def _figure(self, number: BlockToken, *, falls: bool = False) -> Figure | None:
        """The figure that a number is, negative where it is how much something falls; a zero has no sign."""
        written = self._text[number.start : number.end]
        value = self._context.lexicon.number(written)
        if value is None:
            return None
        if falls and value:
            value = value.copy_negate()
        return Figure(
            value,
            _SPACE.sub("", written),
            self._context.span(self._base + number.start, self._base + number.end),
        )

    # --- labels and subjects ------------------------------------------------------------------------------------------

    def _label_of(self, bounds: tuple[int, int]) -> Label:
        label = self._context.name(self._text[max(bounds[0], bounds[1] - _REACH) : bounds[1]])
        self._observer.asked(self._ahead[1], bounds, label)
        return label

    def _label_text(self, bounds: tuple[int, int] | None) -> Text | None:
        """The naming words of a label, less 我部门, 共计 and the like."""
        if bounds is None:
            return None
        start, end = max(bounds[0], bounds[1] - _REACH), bounds[1]
        text = self._text
        start += self._front_of(text[start:end])
        organization = self._context.organization
        if organization and text.startswith(organization, start, end - 1):
            # The department's own name is as 我部门 is.
            start += len(organization)
            start += self._front_of(text[start:end])
        back = self._concepts.strip_back.search(text[start:end])
        if back and back.start():
            end = start + back.start()
        found = self._context.text(self._base + start, self._base + end)
        return Text(_SPACE.sub("", found.text), found.span) if found else None

    def _front_of(self, label: str) -> int:
        """How long the words in front of a label are that are no part of it."""
        start = 0
        front = self._concepts.strip_front.match(label)
        while front and front.end():
            start += front.end()
            front = self._concepts.strip_front.match(label[start:])
        return start

    def _subject_of(self, figure: Figure) -> _Subject | None:
        """The subject that an amount's words name."""
        frame = self._frame
        bounds = frame.label
        if self._named:
            named_before = self._named.pop(0)
            if named_before is None:
                self._report_unknown(None, figure)
                return None
            bounds = named_before
        label = self._label_of(bounds) if bounds else Label(None, None, True, None)
        if label.generic and self._fallback is not None:
            earlier = self._label_of(self._fallback)
            if not earlier.generic:
                bounds, label = self._fallback, evolve(earlier, scope=earlier.scope or label.scope)
        self._fallback = None
        if label.basis:
            self._basis = label.basis
        concept = self._concept_in_place(label) or self._spent_below(bounds)
        if concept is None:
            self._report_unknown(bounds, figure)
            return None
        named = self._label_text(bounds)
        if label.generic and frame.subject is not None and frame.subject.concept is concept:
            named = frame.subject.label
        scope = self._scope(label, concept)
        source = self._concepts.source_scope(concept)
        if source is not None and frame.parent is not None and self._concepts.is_spending(frame.parent):
            # 三公经费5.30万元（一般公共预算5.30万元……）: the same money by its source.
            concept, scope = frame.parent, source
        return _Subject(concept, named, scope, self._unit, self._code)

    def _spent_below(self, bounds: tuple[int, int] | None) -> Concept | None:
        """What is spent, where words that name a budget only are broken down right behind it by kinds of spending."""
        if bounds is None or self._frame.parent is not None:
            return None
        words = self._context.lexicon.fold(self._text[max(bounds[0], bounds[1] - _REACH) : bounds[1]])
        if not self._concepts.budgeted.search(words):
            return None
        phrases, at = self._ahead
        ahead = [phrase for phrase in phrases[at + 1 : at + _FIRST_PART] if not _is_blank(phrase)]
        marks = [phrase.type for phrase in ahead if isinstance(phrase, BlockToken)]
        if "OF_WHICH" not in marks or marks.index("OF_WHICH") > 1:
            return None
        part = ahead[marks.index("OF_WHICH") + 1 :][:1]
        if not part or not isinstance(part[0], BlockToken) or part[0].type != "WORDS":
            return None
        concept = self._context.name(self._text[part[0].start : part[0].end]).concept
        return Concept.EXPENDITURE if concept is not None and self._spends(concept) else None

    def _concept_in_place(self, label: Label) -> Concept | None:
        """The concept of a label at its place: what is itemised by name only is an item of what holds it."""
        role, frame = self._context.role, self._frame
        concept = label.concept
        if self._code:
            return _coded(self._code)
        if role is Role.OPERATING_EXPENSE:
            if concept is Concept.OPERATING_EXPENSE or (label.generic and frame.parent is None):
                return Concept.OPERATING_EXPENSE
            if label.generic:
                # 比上年预算142万元: of what was spoken of.
                return frame.subject.concept if self._compared and frame.subject is not None else None
            spoken_of = frame.root is not None and frame.root.concept is Concept.OPERATING_EXPENSE
            return Concept.OPERATING_EXPENSE_ITEM if spoken_of and concept not in _OTHER_SECTIONS else concept
        if label.generic or (label.bare and role not in _TOTALS):
            if label.scope is not None and frame.parent is not None:
                # 其中：财政拨款100万元 is the same money by its source.
                return frame.parent
            if frame.subject is not None and (
                self._compared or self._year not in (None, self._context.fiscal_year) or self._goes_on_with_years()
            ):
                return frame.subject.concept
            return self._default(role)
        if concept is None:
            return self._concepts.items.get(frame.parent) if frame.parent else None
        if frame.parent in self._concepts.items and concept in self._concepts.purposes:
            return self._concepts.items[frame.parent]
        if frame.parent in self._concepts.items and concept is Concept.REVENUE and label.scope is Scope.CARRY_OVER:
            # 项目支出…，其中：上年结转20万元 is a part of it by its source; among its items, an item.
            is_first = frame.subject is frame.holder and not label.extended
            return frame.parent if is_first else self._concepts.items[frame.parent]
        if concept is frame.parent and concept in self._concepts.items and label.extended:
            # Among the items of the project expenditure, 2020年结转项目资金 is one of them.
            return self._concepts.items[concept]
        if frame.parent is Concept.EXPENDITURE and label.scope is Scope.CARRY_OVER:
            # 支出100万元，其中：上年结转20万元: money carried over, which is spent.
            return frame.parent
        if frame.parent and not self._belongs(concept, frame.parent):
            outer, frame.outer = frame.outer, None
            if outer is not None and self._belongs(concept, outer.concept):
                frame.parent, frame.holder = outer.concept, outer
            else:
                frame.parent = None
        return concept

    def _goes_on_with_years(self) -> bool:
        """Whether the figure before was of another year: 公务接待费2023年4.60万元，2024年5.20万元."""
        if self._year is None or self._last_amount is None or not self._stated:
            return False
        before = self._context.records.amounts[self._last_amount]
        subject = self._frame.subject
        is_same = subject is not None and before.concept is subject.concept
        return is_same and before.measure is Measure.AMOUNT and before.period != self._year

    def _belongs(self, concept: Concept, parent: Concept) -> bool:
        """Whether an amount goes on with the breakdown of another: as its part, its class, or money from one source."""
        if self._concepts.source_scope(concept) is not None and self._concepts.is_spending(parent):
            return True
        if concept in _CLASSES and (parent in (Concept.BUDGET_TOTAL, Concept.EXPENDITURE) or self._spends(parent)):
            return True
        return self._concepts.holds(parent, concept)

    def _spends(self, concept: Concept) -> bool:
        return self._concepts.holds(Concept.EXPENDITURE, concept)

    def _default(self, role: Role | None) -> Concept | None:
        """What a figure without words is: what its heading names, or else its section."""
        heading = self._context.name(self._context.heading)
        if heading.concept is not None:
            return heading.concept
        default = self._concepts.defaults.get(role) if role else None
        root, label = self._frame.root, self._frame.label
        if default is None or root is None:
            return default
        # 以上三项合计32.90万元 is what the parts before it are parts of.
        sums_up = label is not None and self._concepts.summing.search(self._text[label[0] : label[1]])
        return default if sums_up and self._concepts.holds(default, root.concept) else None

    def _scope(self, label: Label, concept: Concept) -> Scope | None:
        """Whose money an amount is: as its words say, else as what it is a part of, else as its section."""
        return label.scope or self._whole_scope(concept) or self._section_scope(concept)

    def _whole_scope(self, concept: Concept) -> Scope | None:
        """The scope of what 其中 or a bracket breaks down, for its parts."""
        frame = self._frame
        before = None if self._is_apart else frame.holder
        whole = before if len(self._frames) == 1 else frame.root
        if whole is None or frame.parent is not whole.concept or not self._concepts.is_spent(concept):
            return None
        return whole.scope if self._belongs(concept, whole.concept) else None

    def _section_scope(self, concept: Concept) -> Scope | None:
        """The scope that the section's heading states for what it is about; a source of revenue needs none."""
        if self._concepts.is_source(concept):
            return None
        about = self._context.name(self._context.heading).concept
        speaks_of = about is not None and (about is concept or self._concepts.holds(about, concept))
        return self._context.scope if speaks_of or self._concepts.is_spent(concept) else None

    def _change_subject(self, figure: Figure) -> _Subject | None:
        frame = self._frame
        if frame.label is not None:
            label = self._label_of(frame.label)
            if not label.generic:
                concept = self._concept_in_place(label)
                if (
                    concept is not None
                    and frame.subject is not None
                    and frame.subject.concept is concept
                    and label.scope in (None, frame.subject.scope)
                ):
                    return self._whole_of(frame.subject) if label.scope is None else frame.subject
                if concept is not None:
                    scope = self._scope(label, concept)
                    return _Subject(concept, self._label_text(frame.label), scope, self._unit, self._code)
                if self._context.role is not None and frame.parent is not None:
                    self._report_unknown(frame.label, figure)
                    return None
        named = self._label_of(self._fallback).concept if frame.label is None and self._fallback is not None else None
        if frame.lost and named is None:
            self._report_unknown(None, figure)
            return None
        if frame.subject is not None and named in (None, frame.subject.concept):
            return frame.subject
        # 主要变动项目为公务接待费，减少1.58万元: what was just named changes, not what was spoken of before.
        return self._fallback_subject()

    def _whole_of(self, subject: _Subject) -> _Subject:
        """What a subject breaks down by its source, where that is of the same name; else the subject itself.

        支出预算9万元，其中政府性基金支出2万元，支出预算较上年增加1万元: the change is the total's.
        """
        holder = self._frame.holder
        is_source = holder is not None and holder.concept is subject.concept and subject.scope is not holder.scope
        return holder if holder is not None and is_source else subject

    def _fallback_subject(self) -> _Subject | None:
        if self._fallback is not None:
            label = self._label_of(self._fallback)
            if label.concept is not None:
                scope = self._scope(label, label.concept)
                return _Subject(label.concept, self._label_text(self._fallback), scope, self._unit)
        concept = self._default(self._context.role)
        return _Subject(concept, None, self._section_scope(concept), self._unit) if concept else None

    def _period(self, concept: Concept) -> int | None:
        """The year that an amount belongs to."""
        year = self._context.fiscal_year
        if concept is Concept.FIXED_ASSETS:
            if self._closing is not None:
                return self._closing
            return self._year if self._year not in (None, year) else (year - 1 if year is not None else None)
        if self._compared:
            return self._compared_year
        if concept in self._concepts.items.values():
            return year
        return self._year if self._year is not None else year

    def _append(
        self,
        subject: _Subject,
        measure: Measure,
        figure: Figure,
        unit: str | None,
        inferred: bool,
        period: int | None,
        base: Base | None,
    ) -> None:
        amounts = self._context.records.amounts
        self._last_amount = len(amounts)
        self._said_since = False
        self._stated = True
        amount = Amount(
            concept=subject.concept,
            label=subject.label,
            period=period,
            measure=measure,
            value=figure,
            unit=unit,
            unit_inferred=inferred,
            scope=subject.scope,
            basis=self._basis if measure is Measure.AMOUNT else Basis.BUDGET,
            base=base if measure is Measure.CHANGE else None,
            percent=None,
            share=None,
            code=subject.code,
            section=self._context.role,
            span=figure.span,
        )
        amounts.append(amount)
        self._observer.stated(self._ahead[1], amount)

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def _report_unknown(self, bounds: tuple[int, int] | None, figure: Figure) -> None:
        label = self._label_text(bounds)
        self._context.diagnostics.append(
            codes.UNKNOWN_CONCEPT.at(
                figure.span,
                "words" if label else "none",
                figure=figure.text,
                words=label.text[-_LONGEST_LABEL:] if label else "",
            )
        )

    def _report_unit(self, figure: Figure, unit: str | None) -> None:
        found = codes.UNIT_NOT_STATED.at(figure.span, "taken" if unit else "none", figure=figure.text, unit=unit or "")
        # Nothing is nothing in any unit.
        self._context.diagnostics.append(found if figure.value else evolve(found, severity=Severity.INFO))

    def _report_direction(self, directions: list[BlockToken], figure: Figure, unit: str | None) -> None:
        written = self._text[directions[0].start : directions[-1].end]
        span = self._context.span(self._base + directions[0].start, self._base + directions[-1].end)
        kinds = {token.type for token in directions} - _SIGNS
        if directions[-1].type == "MINUS" and kinds:
            # 增加-5万元: the word and the sign of the figure are two directions.
            said = self._text[directions[0].start : directions[-1].start].strip()
            code = codes.CHANGE_AGAINST_DIRECTION
            self._context.diagnostics.append(code.at(span, "sign", written=said, figure=f"-{figure.text}"))
            return
        if len({kind in _UP for kind in kinds}) > 1 or (kinds & _EITHER and figure.value):
            code = codes.CONTRADICTORY_CHANGE
        elif kinds & _MISTYPED:
            code = codes.MISTYPED_CHANGE
        else:
            return
        sense = "up" if directions[-1].type in _RAISING else "down"
        self._context.diagnostics.append(
            code.at(span, written=written, figure=figure.text, unit=unit or "", sense=sense)
        )


_HANDLERS: Final = {
    "YEAR": AmountReader._on_year,
    "PRIOR": AmountReader._on_prior,
    "CURRENT": AmountReader._on_current,
    "CODE": AmountReader._on_code,
    "OF_WHICH": AmountReader._on_of_which,
    "MAINLY": AmountReader._on_mainly,
    "BY_CLASS": AmountReader._on_by_class,
    "CAUSE": AmountReader._on_cause,
    "OPEN": AmountReader._on_open,
    "CLOSE": AmountReader._on_close,
    "COMMA": AmountReader._on_comma,
    "COLON": AmountReader._on_colon,
    "PAUSE": AmountReader._on_pause,
    "SEMICOLON": AmountReader._on_semicolon,
    "STOP": AmountReader._on_stop,
    "BREAK": AmountReader._on_break,
    "ORDINAL": AmountReader._on_ordinal,
}
_FIGURES: Final = frozenset({"amount", "change", "share", "rate", "flat"})
_CLAUSE_ENDS: Final = frozenset(
    {"COMMA", "SEMICOLON", "STOP", "OPEN", "CLOSE", "COLON", "BREAK", "CAUSE", "MAINLY", "PAUSE"}
)


def _ends_clause(phrases: list[_Phrase], at: int) -> bool:
    """Whether a clause ends behind a phrase, so that its bare number is an amount without its unit."""
    following = next((phrase for phrase in phrases[at + 1 : at + 3] if not _is_blank(phrase)), None)
    if following is None:
        return True
    return isinstance(following, BlockToken) and following.type in _CLAUSE_ENDS


def _is_blank(phrase: _Phrase) -> bool:
    return isinstance(phrase, BlockToken) and phrase.type == "WORDS" and phrase.value.group().isspace()


def _falls(direction: BlockToken) -> bool:
    return direction.type not in _RAISING


def _coded(code: str) -> Concept:
    """What a classification code says of an amount: 2xx are functions, 3xx and 5xx economic items."""
    return Concept.FUNCTION_EXPENDITURE_ITEM if code.startswith("2") else Concept.ECONOMIC_EXPENDITURE_ITEM


def lower_amounts(context: Context, start: int, text: str) -> None:
    """Read a region of running text; `text` is the source from `start` on, furniture of pages blanked out."""
    if not context.lexicon.money_like.search(text):
        return
    tree: Tree[BlockToken] = context.parse("amount", text, start)
    AmountReader(context, start, text).read(tree.children)
