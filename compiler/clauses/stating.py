"""From figures to amounts: each figure of a clause with its subject, or what there is to say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.resolution.answers import Range
from yusuan.compiler.clauses.resolution.base import BASE
from yusuan.compiler.clauses.resolution.direction import DIRECTION, Direction, falls
from yusuan.compiler.clauses.resolution.discourse import Discourse, Referent
from yusuan.compiler.clauses.resolution.period import PERIOD
from yusuan.compiler.clauses.resolution.scope import SCOPE
from yusuan.compiler.clauses.resolution.subject import subject_of_amount, subject_of_change
from yusuan.compiler.clauses.resolution.unit import UNIT
from yusuan.compiler.language.parsers import Tree
from yusuan.ir.diagnostics import Severity, codes
from yusuan.ir.nodes import Text
from yusuan.ir.records import Amount, Figure
from yusuan.ir.vocabulary import Basis, Concept, Measure

_SPACE: Final = re.compile(r"\s+")
_LONGEST_LABEL: Final = 60


class Stating:
    """States the amounts of one region, in the order of its figures."""

    def __init__(self, state: Discourse) -> None:
        self._state = state
        self._context = state.context
        # Of a numbered list whose first entry is being read, what that states first.
        self.is_first = False
        self.first: Referent | None = None

    # --- figures ------------------------------------------------------------------------------------------------------

    def amount(self, tree: Tree[BlockToken]) -> None:
        """100.50万元: an amount, or how much changes where a direction stands further in front."""
        number, unit = _tokens(tree)
        state = self._state
        state.unit = self._money_unit(unit)
        figure = self._figure(number, falls=state.clause.falls is True)
        if figure is None or self._is_told_as_cause():
            state.focus.words = None
        elif state.clause.falls is not None:
            self._state_change(figure, state.unit, inferred=False)
        else:
            self._state_amount(figure, state.unit, inferred=False)

    def bare(self, tree: Tree[BlockToken]) -> None:
        """A number without its unit at the end of a clause: an amount where its words say so, else a part of them."""
        (number,) = _tokens(tree)
        state = self._state
        words, figure = state.focus.words, self._figure(number)
        has_unit = state.unit is not None or state.first_unit is not None
        if (
            figure is not None
            and words is not None
            and has_unit
            and self._names_something(words)
            and not self._is_told_as_cause()
        ):
            unit = state.answer(UNIT, None)
            self._report_unit(figure, unit)
            self._state_amount(figure, unit, inferred=True)
        elif words is not None:
            state.focus.words = (words[0], number.end)

    def rate(self, tree: Tree[BlockToken], *, follows: bool) -> None:
        """A rate alone: right behind a change, 减少1.49万元（18.63%）, it is how much that is."""
        state, at = self._state, self._state.last_amount
        state.focus.words = None
        if at is None or state.said_since or not follows:
            return
        amounts = self._context.records.amounts
        change = amounts[at]
        if change.measure is Measure.CHANGE and change.percent is None:
            number = _tokens(tree)[0]
            amounts[at] = evolve(change, percent=self._figure(number, falls=change.value.value < 0))

    def share(self, tree: Tree[BlockToken]) -> None:
        """接待200人次，占全年计划的50%: a share of what was said since is not the last amount's."""
        state, at = self._state, self._state.last_amount
        state.focus.words = None
        amounts = self._context.records.amounts
        if at is not None and not state.said_since and amounts[at].measure is Measure.AMOUNT:
            amounts[at] = evolve(amounts[at], share=self._figure(_tokens(tree)[1]))

    def change(self, tree: Tree[BlockToken], turns: Sequence[BlockToken]) -> None:
        """增加5万元, 增长4.2%; `turns` are the directions right before."""
        last, number, *measure = _tokens(tree)
        state = self._state
        figure = self._figure(number, falls=falls(last))
        if figure is None or self._is_told_as_cause():
            return
        if measure and measure[0].type == "PERCENT":
            self._state_percent(figure)
            return
        if measure:
            state.unit = self._money_unit(measure[0])
        unit = state.unit if measure else state.answer(UNIT, None)
        said = [*turns, last]
        direction = state.answer(DIRECTION, (said, bool(figure.value)))
        if direction is None:
            return
        if direction.fault is not None:
            self._report_direction(direction, said, figure, unit)
        if not measure:
            self._report_unit(figure, unit)
        self._state_change(figure, unit, inferred=not measure)

    def flat(self, tree: Tree[BlockToken]) -> None:
        """与上年持平: a change of nothing."""
        (token,) = _tokens(tree)
        state = self._state
        focus = state.focus
        subject = focus.subject
        words = state.words(focus.words)
        if words.label.concept is not None:
            scope = state.answer(SCOPE, (words, words.label.concept))
            subject = Referent(words.label.concept, state.name(words.at), scope, state.unit)
            focus.subject = subject
            focus.lost = False
        focus.words = None
        if subject is None or subject.changed or state.told_as_cause or focus.lost:
            return
        figure = Figure(Decimal(0), state.text[token.start : token.end], self._state.span(token.start, token.end))
        self._append(subject, Measure.CHANGE, figure, (subject.unit, True), self._context.fiscal_year)
        subject.changed = True

    # --- amounts ------------------------------------------------------------------------------------------------------

    def _state_amount(self, figure: Figure, unit: str | None, *, inferred: bool) -> None:
        state = self._state
        focus, own = state.focus, state.focus.words
        subject, told_by = subject_of_amount(state)
        focus.words = None
        if own is not None and state.concepts.joining.match(state.text, *own):
            focus.listed = True
        if subject is None:
            self._report_unknown(told_by, figure)
            focus.lost = own is not None and not state.label(own).generic
            return
        state.told_as_cause = focus.lost = False
        period = state.answer(PERIOD, subject.concept)
        self._append(subject, Measure.AMOUNT, figure, (unit, inferred), period)
        state.is_change_last = False
        if self.is_first and self.first is None:
            self.first = subject
        before = focus.subject
        if period == self._context.fiscal_year or before is None or before.concept != subject.concept:
            focus.subject = subject
        if subject.concept is Concept.PERFORMANCE_MANAGED_AMOUNT and subject.scope is not None:
            # 涉及一般公共预算拨款5万元，政府性基金预算拨款2万元: a list of the same by its source.
            focus.parent = subject.concept
        if focus.root is None or state.concepts.holds(subject.concept, focus.root.concept):
            # Where the total comes behind its parts, it is what a sentence goes on to speak of.
            focus.root = subject

    def _state_change(self, figure: Figure, unit: str | None, *, inferred: bool) -> None:
        state = self._state
        focus = state.focus
        answer = subject_of_change(state)
        focus.words = None
        state.clause.falls = None
        subject = answer.value if answer is not None else None
        if subject is None:
            if answer is not None:
                self._report_unknown(answer.at, figure)
            return
        self._append(subject, Measure.CHANGE, figure, (unit, inferred), self._context.fiscal_year)
        subject.changed = True
        focus.subject = subject
        if focus.root is None:
            focus.root = subject
        state.is_change_last = True

    def _state_percent(self, figure: Figure) -> None:
        """A change in per cent belongs to the change in money that was just stated; alone it is no amount."""
        state, at = self._state, self._state.last_amount
        state.focus.words = None
        amounts = self._context.records.amounts
        if state.is_change_last and at is not None and amounts[at].percent is None:
            amounts[at] = evolve(amounts[at], percent=figure)

    def _append(
        self, subject: Referent, measure: Measure, figure: Figure, unit: tuple[str | None, bool], period: int | None
    ) -> None:
        state, amounts = self._state, self._context.records.amounts
        state.last_amount = len(amounts)
        state.said_since = False
        state.stated = True
        is_change = measure is Measure.CHANGE
        amount = Amount(
            concept=subject.concept,
            label=subject.label,
            period=period,
            measure=measure,
            value=figure,
            unit=unit[0],
            unit_inferred=unit[1],
            scope=subject.scope,
            basis=Basis.BUDGET if is_change else state.clause.basis,
            base=state.answer(BASE, None) if is_change else None,
            percent=None,
            share=None,
            code=subject.code,
            section=self._context.role,
            span=figure.span,
        )
        amounts.append(amount)
        self._context.observer.stated(state.phrase, amount)

    # --- parts of figures ---------------------------------------------------------------------------------------------

    def _figure(self, number: BlockToken, *, falls: bool = False) -> Figure | None:
        """The figure that a number is, negative where it is how much something falls; a zero has no sign."""
        written = self._state.text[number.start : number.end]
        value = self._context.lexicon.number(written)
        if value is None:
            return None
        if falls and value:
            value = value.copy_negate()
        return Figure(value, _SPACE.sub("", written), self._state.span(number.start, number.end))

    def _money_unit(self, unit: BlockToken) -> str:
        return self._context.lexicon.money_unit(unit.value["unit"] or unit.value["unit_in_brackets"])

    def _is_told_as_cause(self) -> bool:
        """Whether a figure only explains a change: what it is for has no name of its own among the concepts."""
        words = self._state.focus.words
        return self._state.told_as_cause and (words is None or self._state.label(words).concept is None)

    def _names_something(self, words: Range) -> bool:
        """Whether the words in front of a number without unit say that it is money: a name, an item, or a year."""
        state = self._state
        known = state.label(words)
        is_other_year = state.clause.year not in (None, self._context.fiscal_year) and state.focus.subject is not None
        is_item = state.focus.parent in state.concepts.items
        return known.concept is not None or is_item or (known.generic and is_other_year)

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def _report_unknown(self, bounds: Range | None, figure: Figure) -> None:
        label: Text | None = self._state.name(bounds)
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

    def _report_direction(
        self, direction: Direction, said: Sequence[BlockToken], figure: Figure, unit: str | None
    ) -> None:
        state, fault = self._state, direction.fault
        assert fault is not None
        first, last = said[0], said[-1]
        span = state.span(first.start, last.end)
        if fault is codes.CHANGE_AGAINST_DIRECTION:
            written = state.text[first.start : last.start].strip()
            found = fault.at(span, "sign", written=written, figure=f"-{figure.text}")
        else:
            written, sense = state.text[first.start : last.end], "down" if direction.falls else "up"
            found = fault.at(span, written=written, figure=figure.text, unit=unit or "", sense=sense)
        self._context.diagnostics.append(found)


def _tokens(tree: Tree[BlockToken]) -> list[BlockToken]:
    return [token for token in tree.children if isinstance(token, BlockToken)]
