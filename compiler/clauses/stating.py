"""From figures to amounts: each figure of a clause with its subject, or what there is to say of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.phrases import phrases_of
from yusuan.compiler.clauses.resolution.answers import Range
from yusuan.compiler.clauses.resolution.base import BASE
from yusuan.compiler.clauses.resolution.basis import BASIS
from yusuan.compiler.clauses.resolution.direction import DIRECTION, Direction, falls
from yusuan.compiler.clauses.resolution.discourse import Discourse, Referent
from yusuan.compiler.clauses.resolution.period import CHANGE_PERIOD, PERIOD
from yusuan.compiler.clauses.resolution.scope import SCOPE
from yusuan.compiler.clauses.resolution.subject import subject_of_amount, subject_of_change
from yusuan.compiler.clauses.resolution.unit import LISTED_UNIT, UNIT
from yusuan.compiler.language.parsers import Tree
from yusuan.ir.diagnostics import Severity, codes
from yusuan.ir.nodes import Text
from yusuan.ir.records import Amount, Figure
from yusuan.ir.vocabulary import Basis, Concept, Measure

_SPACE: Final = re.compile(r"\s+")
_LONGEST_LABEL: Final = 60
# What of a bracket can name something, or say of what or when a figure is.
_NAMING: Final = frozenset({"WORDS", "OF_WHICH", "BY_CLASS", "MAINLY", "YEAR", "PRIOR", "CURRENT", "THRESHOLD", "CODE"})


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
        number, *unit = _tokens(tree)
        state = self._state
        if state.names and state.clause.falls is None:
            # 分别增加3、2万元: the direction is told once.
            state.clause.falls = state.falls_listed
        figure = self._figure(number, falls=state.clause.falls is True)
        if figure is None:
            self.unread(number)
            return
        state.unit = self._money_unit(number, unit)
        if self._is_told_as_cause():
            state.focus.words = None
        elif state.clause.falls is not None:
            self._state_change(figure, state.unit, inferred=False)
        else:
            self._state_amount(figure, state.unit, inferred=False)

    def bare(self, tree: Tree[BlockToken]) -> None:
        """A number without its unit at the end of a clause: an amount where its words say so, else a part of them."""
        (number,) = _tokens(tree)
        if number.value["currency"]:
            self.amount(tree)
            return
        state = self._state
        words, figure = state.focus.words, self._figure(number)
        unit = state.answer(LISTED_UNIT, None) if state.names else None
        if figure is not None and unit is not None and state.falls_listed is None:
            self._state_amount(figure, unit, inferred=False)
            return
        state.names.clear()
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
        is_measured = bool(measure) or bool(number.value["currency"])
        if is_measured:
            state.unit = self._money_unit(number, measure)
        listed = state.answer(LISTED_UNIT, None) if state.names and not is_measured else None
        unit = state.unit if is_measured else listed or state.answer(UNIT, None)
        said = [*turns, last]
        direction = state.answer(DIRECTION, (said, bool(figure.value)))
        if direction is None:
            return
        if direction.fault is not None:
            self._report_direction(direction, said, figure, unit)
        inferred = not is_measured and listed is None
        if inferred:
            self._report_unit(figure, unit)
        self._state_change(figure, unit, inferred=inferred)
        state.falls_listed = direction.falls if state.names else None

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
        self._append_change(subject, figure, (subject.unit, True))

    def says_again(self, aside: Tree[BlockToken]) -> bool:
        """Whether a bracket behind a figure says the same sum in another unit, or in words: 20万元（即200000元）.

        It holds nothing else that names an amount.
        """
        state = self._state
        if state.last_amount is None or state.said_since:
            return False
        figures = [phrase for phrase in phrases_of(aside) if isinstance(phrase, Tree)]
        words = [phrase for phrase in phrases_of(aside) if isinstance(phrase, BlockToken) and phrase.type in _NAMING]
        if len(figures) != 1 or figures[0].data not in ("amount", "bare"):
            return False
        if any(one.type != "WORDS" or state.label((one.start, one.end)).concept is not None for one in words):
            return False
        number, *unit = _tokens(figures[0])
        figure, stated = self._figure(number), self._context.records.amounts[state.last_amount]
        if figure is None or not (unit or number.type == "IN_WORDS" or number.value["currency"]):
            return False
        money, again = self._context.lexicon.money, self._money_unit(number, unit)
        was_in_words = not any(map(str.isdecimal, stated.value.text))
        if stated.unit is None or (again == stated.unit and number.type != "IN_WORDS" and not was_in_words):
            return False
        sums = ((stated.value.value, money[stated.unit]), (figure.value, money[again]))
        first, second = (abs(value) * yuan for value, yuan in sums)
        # One of them may be rounded.
        places = max(yuan * Decimal(10) ** min(0, int(value.as_tuple().exponent)) for value, yuan in sums)
        is_same = abs(first - second) <= places / 2
        if is_same and was_in_words:
            # Digits tell how exact it is.
            value = figure.value.copy_sign(stated.value.value)
            amounts = self._context.records.amounts
            amounts[state.last_amount] = evolve(stated, value=evolve(figure, value=value), unit=again)
        return is_same

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
        subject.basis = state.answer(BASIS, subject)
        subject.period = period = state.answer(PERIOD, subject)
        self._remember(subject)
        self._append(subject, Measure.AMOUNT, figure, (unit, inferred))
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
        self._append_change(subject, figure, (unit, inferred))
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

    def _remember(self, subject: Referent) -> None:
        """Keep the year of what is stated for the clauses behind it."""
        state = self._state
        clause = state.clause
        if not state.stated:
            year, at = clause.year, clause.year_at
            is_said = clause.opens and not clause.compared
            state.opening = (year, at) if is_said and year is not None and at is not None else None
        if subject.basis is Basis.FINAL and not clause.compared:
            state.final_year = subject.period

    def _append_change(self, subject: Referent, figure: Figure, unit: tuple[str | None, bool]) -> None:
        """A change of final accounts whose sum was not stated is told by its words, as the sum would be."""
        state = self._state
        if subject.period is None and state.answer(BASIS, subject) is Basis.FINAL:
            subject.basis, subject.period = Basis.FINAL, state.answer(PERIOD, subject)
        self._append(subject, Measure.CHANGE, figure, unit)
        subject.changed = True

    def _append(self, subject: Referent, measure: Measure, figure: Figure, unit: tuple[str | None, bool]) -> None:
        state, amounts = self._state, self._context.records.amounts
        state.last_amount = len(amounts)
        state.said_since = False
        state.stated = True
        is_change = measure is Measure.CHANGE
        amount = Amount(
            concept=subject.concept,
            label=subject.label,
            period=state.answer(CHANGE_PERIOD, subject) if is_change else subject.period,
            measure=measure,
            value=figure,
            unit=unit[0],
            unit_inferred=unit[1],
            scope=subject.scope,
            basis=_basis_of(subject, is_change=is_change),
            base=state.answer(BASE, None) if is_change else None,
            percent=None,
            share=None,
            code=subject.code,
            section=self._context.role,
            span=figure.span,
        )
        amounts.append(amount)
        self._context.observer.stated(state.phrase, amount)

    def unread(self, token: BlockToken) -> None:
        """Tell of a figure of money that is none: no number, or not just how much. It is no amount, nor two."""
        state = self._state
        written = _SPACE.sub(" ", state.text[token.start : token.end])
        span = state.span(token.start, token.end)
        if token.type == "APPROXIMATE":
            found = codes.APPROXIMATE_AMOUNT.at(span, figure=written)
        else:
            found = codes.NUMBER_WITH_RESIDUE.at(span, "inside", figure=written)
        self._context.diagnostics.append(found)
        state.focus.words = state.put_aside = None
        state.focus.lost = True
        state.clause.falls = None

    # --- parts of figures ---------------------------------------------------------------------------------------------

    def _figure(self, number: BlockToken, *, falls: bool = False) -> Figure | None:
        """The figure that a number is, negative where it is how much something falls; a zero has no sign."""
        lexicon, match = self._context.lexicon, number.value
        start, end = number.start, number.end
        if number.type == "IN_WORDS":
            end = match.end("numerals")
            in_words = lexicon.money_in_words(match["numerals"], match["yuan"])
            value = None if in_words is None else in_words[0]
        else:
            start = match.start("digits")
            value = lexicon.number(self._state.text[start:end])
        if value is None:
            return None
        if falls and value:
            value = value.copy_negate()
        return Figure(value, _SPACE.sub("", self._state.text[start:end]), self._state.span(start, end))

    def _money_unit(self, number: BlockToken, unit: Sequence[BlockToken]) -> str:
        """The unit behind a number; else that of the sign in front of it, or the one that is a part of its words."""
        lexicon = self._context.lexicon
        if unit:
            return lexicon.money_unit(unit[0].value["unit"] or unit[0].value["unit_in_brackets"])
        if number.type == "IN_WORDS":
            in_words = lexicon.money_in_words(number.value["numerals"], number.value["yuan"])
            assert in_words is not None
            return in_words[1]
        return lexicon.currency[lexicon.fold(number.value["currency"])]

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


def _basis_of(subject: Referent, *, is_change: bool) -> Basis:
    """The stage of a figure; a change is one of the budget, or of the final accounts."""
    basis = subject.basis or Basis.BUDGET
    return Basis.BUDGET if is_change and basis is not Basis.FINAL else basis


def _tokens(tree: Tree[BlockToken]) -> list[BlockToken]:
    return [token for token in tree.children if isinstance(token, BlockToken)]
