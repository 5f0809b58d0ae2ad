"""From sentences to amounts (`grammar/clauses/amount.lark`): which figure belongs to which words.

The tree of a section's running text is walked from left to right. What a phrase says of the figures behind it goes into
the `Discourse`; what a figure leaves unsaid is asked of it (`resolution`); what it states is `stating`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.clauses.phrases import Ahead, is_date, is_rate
from yusuan.compiler.clauses.reading_text import ReadingText, reading_text
from yusuan.compiler.clauses.resolution.answers import Range
from yusuan.compiler.clauses.resolution.direction import falls
from yusuan.compiler.clauses.resolution.discourse import Clause, Discourse, Focus, Referent
from yusuan.compiler.clauses.stating import Stating
from yusuan.compiler.language.parsers import Tree
from yusuan.ir.diagnostics import codes
from yusuan.ir.vocabulary import Basis

# Behind these a list goes on.
_FIGURES: Final = frozenset({"amount", "change", "share", "rate", "flat", "CLOSE"})
_YEARS: Final = frozenset({"YEAR", "PRIOR"})
_NAMED: Final = frozenset({"amount", "bare", "change"})
_SENTENCE_ENDS: Final = frozenset({"STOP", "SEMICOLON"})
# How far the figures stand of which names were told in front, in phrases; and the names, in characters.
_MOST_NAMES: Final = 60
_REACH: Final = 120


class AmountReader:
    """Reads one region of running text. Offsets of phrases are within its reading text."""

    def __init__(self, context: Context, reading: ReadingText) -> None:
        self._state = Discourse(context, reading)
        self._stating = Stating(self._state)
        self._concepts = context.concepts
        self._lexicon = context.lexicon
        # What was read last: the rule of a phrase, or the type of a token.
        self._last = "PARAGRAPH"
        self._turns: list[BlockToken] = []

    # --- the walk -----------------------------------------------------------------------------------------------------

    def read(self, tree: Tree[BlockToken]) -> None:
        """Read the tree of a region and append its amounts to the records."""
        for node in tree.children:
            if isinstance(node, Tree):
                self._state.ahead = Ahead(node)
                self._read_below(node)
            else:
                self._start_paragraph()
                self._last = "PARAGRAPH"

    def _read_below(self, tree: Tree[BlockToken]) -> None:
        """Read sentences, clauses, lists: whatever is made of phrases."""
        for node in tree.children:
            kind: str = node.data if isinstance(node, Tree) else node.type
            if kind in _STRUCTURE:
                _READ[kind](self, node)
                continue
            self._state.phrase = node
            _READ.get(kind, AmountReader._words)(self, node)
            self._last = kind

    def _aside(self, tree: Tree[BlockToken]) -> None:
        """What stands in brackets has subjects of its own."""
        state = self._state
        if self._last in _NAMED and self._stating.says_again(tree):
            self._last = "CLOSE"
            return
        focus = state.focus
        if focus.words is not None and focus.parent in self._concepts.items:
            # 网络运行维护费（178万元）: an item of the list with its figure in brackets.
            inner = Focus(focus.root, focus.subject, focus.parent, focus.holder, listed=focus.listed)
            state.put_aside = focus.words
        else:
            inner = Focus(focus.subject, focus.subject, focus.subject.concept if focus.subject else focus.parent)
        state.enter(inner)
        self._last = "OPEN"
        self._read_below(tree)
        state.leave()
        state.clause.falls = None

    def _pass(self, _: BlockToken) -> None:
        """A bracket, which its aside reads."""

    def _start_paragraph(self) -> None:
        state = self._state
        state.is_apart = state.is_apart or self._last != "SEMICOLON"
        state.names.clear()
        state.focus.words = state.put_aside = None
        state.focus.root = None
        state.closing = state.opening = state.stage = None
        self._end_clause()

    def _end_clause(self) -> None:
        clause = Clause()
        if self._last in _YEARS:
            # 2020年，我局收入预算100万元: a year alone is that of the clause behind it.
            before = self._state.clause
            clause.year, clause.year_at, clause.opens = before.year, before.year_at, before.opens
        self._state.clause = clause

    # --- words, and what parts them -----------------------------------------------------------------------------------

    def _words(self, token: BlockToken) -> None:
        focus = self._state.focus
        self._state.said_since = True
        focus.words = (token.start if focus.words is None else focus.words[0], token.end)

    def _year(self, token: BlockToken) -> None:
        match = token.value
        state = self._state
        state.clause.year = year = self._lexicon.digits(match["year"])
        if match["year"].isascii() and not match["year"].isdecimal():
            # 2O26年, with letters for noughts.
            span = state.span(*match.span("year"))
            state.context.diagnostics.append(codes.NUMBER_WITH_RESIDUE.at(span, "inside", figure=match["year"]))
        state.clause.year_at = at = (token.start, token.end)
        is_end = bool(match["end"]) or is_date(match)
        state.clause.opens = not is_end and match["from_year"] is None
        if year is not None and is_end:
            state.closing = year, at
        self._put_aside(is_owner=match["from_year"] is not None)

    def _prior(self, token: BlockToken) -> None:
        match = token.value
        state = self._state
        year = state.context.fiscal_year
        if year is not None:
            state.clause.year = year - 1
            state.clause.year_at = at = (token.start, token.end)
            if match["prior_end"]:
                state.closing = year - 1, at
        if match["basis"]:
            state.clause.basis = self._concepts.basis(match["basis"])
            state.clause.basis_at = (token.start, token.end)
        self._put_aside()

    def _current(self, _: BlockToken) -> None:
        self._state.clause.year = None
        self._state.clause.is_current = True
        self._put_aside()

    def _put_aside(self, *, is_owner: bool = False) -> None:
        """A year parts words from their figure: 基本支出2021年600万元. What names something is kept for the figure.

        So is what names nothing known, where it `is_owner` of the figure: 某项目由2021年600万元增加至….
        """
        state = self._state
        words = state.focus.words
        if words is not None and (is_owner or state.label(words).concept is not None):
            state.put_aside = words
        state.focus.words = None

    def _code(self, token: BlockToken) -> None:
        match = token.value
        in_front = match["code_before"] or match["code_glued"]
        self._state.clause.code = match["code"] or in_front
        if in_front:
            self._state.focus.words = None

    def _comparison(self, tree: Tree[BlockToken]) -> None:
        token = tree.children[0]
        assert isinstance(token, BlockToken)
        match = token.value
        state, clause = self._state, self._state.clause
        focus, year = state.focus, state.context.fiscal_year
        if focus.subject is not None and focus.subject.basis is Basis.FINAL:
            # 上年 is the one before that of the final accounts.
            year = focus.subject.period
        clause.compared = True
        compared = self._lexicon.digits(match["compared"]) if match["compared"] else None
        clause.compared_year = compared or (year - 1 if year is not None else None)
        clause.compared_at = at = (token.start, token.end)
        if match["base"]:
            # 比上年决算9万元减少1万元: the figure behind it is of that stage, too.
            clause.basis, clause.basis_at = self._concepts.basis(match["base"]), at
        base = self._concepts.base(match["base"])
        state.base_of_change = None if base is None else (base, at)
        if focus.words is not None and state.label(focus.words).generic:
            focus.words = None
        if focus.listed and focus.words is None and focus.holder is not None and self._last == "COMMA":
            # Behind a list of parts, what is compared is what they are parts of.
            focus.subject, focus.listed = focus.holder, False

    # --- breakdowns ---------------------------------------------------------------------------------------------------

    def _of_which(self, token: BlockToken) -> None:
        state = self._state
        focus, words = state.focus, state.focus.words
        state.falls_listed = None
        if self._concepts.respective.search(state.text, token.start, token.end):
            if words is not None:
                state.names = state.names_told = self._names(words, token)
            elif len(state.names_told) == self._figures_ahead(token.start):
                # …分别为3万元、2万元，分别增加1万元、0.5万元: of the same ones.
                state.names = state.names_told
            if state.names:
                state.names = list(state.names)
                focus.words = None
                return
        label = state.label(words) if words is not None else None
        if label is not None and label.concept in self._concepts.items:
            # 项目支出具体包括：…… comes back to what was stated before.
            focus.subject = Referent(label.concept, state.name(words), label.scope, state.unit)
        state.break_down()
        focus.words = None

    def _names(self, bounds: Range, token: BlockToken) -> list[Range | None]:
        """The names in words that the figures ahead belong to, one each; empty where there is but one.

        Where they are not as many as the figures, it is not known which is whose.
        """
        start = max(bounds[0], bounds[1] - _REACH)
        names = self._apart(self._concepts.apart, start, bounds[1])
        figures = self._figures_ahead(token.start)
        if len(names) == figures - 1:
            *names, last = names
            names += self._apart(self._concepts.and_, *last)
        if len(names) < 2:
            return []
        return list(names) if len(names) == figures else [None] * figures

    def _figures_ahead(self, start: int) -> int:
        """How many sums, or changes, stand one behind the other, up to the comma behind which there is none."""
        figures, parted = 0, False
        are_changes: bool | None = None
        for phrase in self._state.ahead.behind(start, _MOST_NAMES):
            kind: str = phrase.data if isinstance(phrase, Tree) else phrase.type
            is_figure = isinstance(phrase, Tree) and kind in _NAMED and not is_rate(phrase)
            if is_figure and are_changes is None:
                are_changes = kind == "change"
            is_other = kind == "change" and not are_changes
            if (parted and not is_figure) or is_other or kind in _SENTENCE_ENDS:
                break
            figures += is_figure
            parted = kind == "COMMA"
        return figures

    def _apart(self, mark: re.Pattern[str], start: int, end: int) -> list[Range]:
        """The ranges between marks."""
        marks = [match.span() for match in mark.finditer(self._state.text, start, end)]
        return list(zip([start, *(stop for _, stop in marks)], [*(first for first, _ in marks), end], strict=True))

    def _by_class(self, _: BlockToken) -> None:
        focus = self._state.focus
        focus.parent = focus.holder = focus.words = None

    def _mainly(self, token: BlockToken) -> None:
        if self._state.is_change_last:
            self._state.told_as_cause = True
        self._of_which(token)

    def _cause(self, _: BlockToken) -> None:
        self._state.focus.words = None

    def _colon(self, token: BlockToken) -> None:
        if self._last == "amount":
            # 项目支出1532万元：会议服务138万元、…: what follows breaks it down.
            self._of_which(token)
            return
        focus = self._state.focus
        if focus.words is not None:
            self._state.put_aside = focus.words
        focus.words = None

    # --- ends of clauses and sentences --------------------------------------------------------------------------------

    def _comma(self, _: BlockToken) -> None:
        state = self._state
        focus = state.focus
        if self._last not in _FIGURES:
            focus.listed = False
        if focus.words is not None:
            stage = state.label(focus.words).basis
            if stage is not None:
                state.stage = stage, focus.words
            if self._concepts.summed.search(state.text, *focus.words) and focus.root is not None:
                focus.subject = focus.root
            else:
                state.put_aside = focus.words
        focus.words = None
        self._end_clause()

    def _pause(self, _: BlockToken) -> None:
        self._state.focus.words = None
        self._state.focus.listed = True
        self._end_clause()

    def _break(self, _: BlockToken) -> None:
        self._state.focus.words = self._state.put_aside = None
        self._end_clause()

    def _semicolon(self, _: BlockToken) -> None:
        state = self._state
        state.names.clear()
        state.names_told = []
        state.focus.words = state.put_aside = None
        state.focus.listed = False
        state.opening = None
        self._end_clause()
        state.told_as_cause = False

    def _stop(self, token: BlockToken) -> None:
        state = self._state
        focus = state.focus
        # 压减公务接待费。 tells what is done about it and is no title.
        is_title = not state.stated and state.clause.falls is None
        titled = (focus.words or state.put_aside) if is_title else None
        self._semicolon(token)
        if titled is not None and state.label(titled).concept is not None:
            # A sentence of a name alone is the title of what follows: 1.公务接待费。2021年预算0.30万元。
            state.put_aside = titled
            focus.root = focus.subject = None
        state.stated = False
        if focus.root is not None:
            focus.lost = False
        if self._stating.is_first and self._stating.first is not None:
            # A list whose first item ends in a full stop is one of sentences: what follows speaks of the item.
            focus.root = self._stating.first
        focus.subject = focus.root or focus.subject
        state.base_of_change = state.stage = None
        state.is_change_last = False

    def _ordinal(self, token: BlockToken) -> None:
        state = self._state
        state.focus.words = state.put_aside = None
        state.is_apart = False
        is_entry = token.type == "ENTRY"
        self._stating.is_first = not is_entry and self._last == "COLON"
        self._stating.first = None
        if is_entry:
            state.focus.root = None
        self._end_clause()
        state.told_as_cause = False

    # --- figures ------------------------------------------------------------------------------------------------------

    def _rate(self, tree: Tree[BlockToken]) -> None:
        self._stating.rate(tree, follows=self._last in ("OPEN", "COMMA"))

    def _unread(self, token: BlockToken) -> None:
        self._stating.unread(token)

    def _change(self, tree: Tree[BlockToken]) -> None:
        self._stating.change(tree, self._turns if self._last == "turn" else ())

    def _turn(self, tree: Tree[BlockToken]) -> None:
        """A direction whose figure stands further on (增加人员经费5万元), or behind another one (增加减少5万元)."""
        direction = tree.children[0]
        assert isinstance(direction, BlockToken)
        if self._last != "turn":
            self._turns.clear()
        self._turns.append(direction)
        self._state.clause.falls = falls(direction)


# What the phrases stand in, which is no phrase.
_STRUCTURE: Final = frozenset({"sentence", "list", "clause", "UNCLOSED"})
# Of all other tokens the words are read alone.
_TOKENS: Final = (
    *("YEAR", "PRIOR", "CURRENT", "CODE", "OF_WHICH", "MAINLY", "BY_CLASS", "CAUSE"),
    *("COLON", "COMMA", "PAUSE", "BREAK", "SEMICOLON", "STOP", "ORDINAL"),
)
_READ: Final[dict[str, Callable[[AmountReader, Any], None]]] = {
    **{name: getattr(AmountReader, f"_{name.lower()}") for name in _TOKENS},
    "ENTRY": AmountReader._ordinal,
    **dict.fromkeys(("MISPRINT", "APPROXIMATE"), AmountReader._unread),
    **dict.fromkeys(("OPEN", "CLOSE", "UNCLOSED"), AmountReader._pass),
    **dict.fromkeys(("sentence", "list", "clause"), AmountReader._read_below),
    "aside": AmountReader._aside,
    "comparison": AmountReader._comparison,
    "amount": lambda reader, tree: reader._stating.amount(tree),
    "bare": lambda reader, tree: reader._stating.bare(tree),
    "rate": AmountReader._rate,
    "share": lambda reader, tree: reader._stating.share(tree),
    "change": AmountReader._change,
    "turn": AmountReader._turn,
    "flat": lambda reader, tree: reader._stating.flat(tree),
}


def lower_amounts(context: Context, start: int, text: str) -> None:
    """Read a region of running text; `text` is the source from `start` on, furniture of pages blanked out."""
    money = context.lexicon.money_like
    if not money.search(text) and not context.lexicon.unread.search(text):
        return
    reading = reading_text(context.language, text, start)
    if reading.text is not text and not money.search(reading.text):
        return
    tree: Tree[BlockToken] = context.parse("amount", reading.text, start, reading)
    AmountReader(context, reading).read(tree)
