"""From an indicator's target to operator, value and unit (`grammar/clauses/target.lark`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.parsers import Tree, UnexpectedInput
from yusuan.ir.vocabulary import Operator

_BOUNDS: Final = {
    "GE": Operator.GE,
    "LE": Operator.LE,
    "GT": Operator.GT,
    "LT": Operator.LT,
    "EQ": Operator.EQ,
    "AT_LEAST": Operator.GE,
    "AT_MOST": Operator.LE,
}
_PERCENT: Final = "%"
# Words behind a bare share of a hundred (100%达标) leave it a number; behind any other they make the target a text.
_LONGEST_PREDICATE: Final = 6
# Behind other words, a longer "unit" goes on with the sentence: 全年366天实时监测.
_LONGEST_UNIT: Final = 4
_SIGNED: Final = re.compile(r"\s*\+")


@frozen(slots=True)
class Bound:
    """One target as its words state it. `text` is the part of the cell that states it."""

    text: str
    operator: Operator
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None


@frozen(slots=True)
class _Quantity:
    value: Decimal | None
    unit: str | None
    more: bool


def read_target(language: Language, text: str) -> tuple[Bound, ...]:
    """The targets that a text states, at least one: qualitative where it states no number.

    Raises:
        UnexpectedInput: the grammar cannot read it.
    """
    if not states_number(language, text):
        return (Bound(text, Operator.QUALITATIVE),)
    tree: Tree[BlockToken] = parse_region(language, "target", text)
    words = lexicon(language)
    bounds = [bound for piece in tree.children for bound in _read_piece(piece, text, words)]
    if all(bound.operator is Operator.QUALITATIVE for bound in bounds):
        return (Bound(text, Operator.QUALITATIVE),)
    return tuple(bound for bound in bounds if bound.text)


def states_number(language: Language, text: str) -> bool:
    """Whether a target holds a number, so that its grammar reads it; any other is qualitative."""
    return _numbers(language).search(text) is not None


@of_language
def _numbers(language: Language) -> re.Pattern[str]:
    """Anything that the grammar takes for a number."""
    patterns = language.patterns["target"]
    return re.compile("|".join(patterns[name] for name in ("NUMBER", "PERCENTAGE", "TENTHS", "NUMBER_WORD")))


def try_target(language: Language, text: str) -> tuple[Bound, ...] | None:
    """`read_target`, absent where the grammar cannot read the text."""
    try:
        return read_target(language, text)
    except UnexpectedInput:
        return None


def _read_piece(piece: Tree[BlockToken], text: str, words: Lexicon) -> Iterator[Bound]:
    parts = piece.children
    measures = [part for part in parts if isinstance(part, Tree) and part.data == "measure"]
    tokens = [token for part in parts for token in _tokens(part)]
    whole = text[tokens[0].start : tokens[-1].end].strip() if tokens else ""
    if not measures:
        yield Bound(whole, Operator.QUALITATIVE)
        return
    bounded = [bound for measure in measures if (bound := _read_measure(measure, text, words)) is not None]
    explicit = [bound for bound, is_bounded in bounded if is_bounded]
    if explicit and not bounded[0][1] and _opens_bracket(measures[0], parts, text, words):
        # 2元/吨（最高不超过2000万元）: what a remark in brackets bounds is another thing.
        yield Bound(whole, *_values(bounded[0][0]))
    elif len(explicit) > 1:
        yield from explicit
    elif explicit:
        yield Bound(whole, *_values(explicit[0]))
    elif len(bounded) == 1 and _stands_alone(parts, bounded[0][0], text):
        yield Bound(whole, *_values(bounded[0][0]))
    else:
        yield Bound(whole, Operator.QUALITATIVE)


def _opens_bracket(
    measure: Tree[BlockToken], parts: list[Tree[BlockToken] | BlockToken], text: str, words: Lexicon
) -> bool:
    """Whether what stands right behind the first part, a measure, is a bracket."""
    if parts[0] is not measure:
        return False
    *_, last = _tokens(measure)
    return text.startswith(tuple(words.brackets), last.end)


def _values(bound: Bound) -> tuple[Operator, Decimal | None, Decimal | None, str | None]:
    return bound.operator, bound.value, bound.upper, bound.unit


def _stands_alone(parts: list[Tree[BlockToken] | BlockToken], bound: Bound, text: str) -> bool:
    """Whether nothing but punctuation follows the number, so that it is the target: 准确率100%。"""
    last = parts[-1]
    if isinstance(last, Tree) and last.data == "measure":
        unit = bound.unit or ""
        return len(parts) == 1 or len(unit) <= _LONGEST_UNIT or "/" in unit
    tokens = list(_tokens(last))
    behind = "".join(char for char in text[tokens[0].start : tokens[-1].end] if char.isalnum())
    return not behind or (bound.unit == _PERCENT and len(behind) <= _LONGEST_PREDICATE and len(parts) == 2)


def _tokens(part: Tree[BlockToken] | BlockToken) -> Iterator[BlockToken]:
    if isinstance(part, Tree):
        for child in part.children:
            yield from _tokens(child)
    else:
        yield part


def _read_measure(measure: Tree[BlockToken], text: str, words: Lexicon) -> tuple[Bound, bool] | None:
    """A measure as a bound, and whether its words bound it."""
    operator: Operator | None = None
    quantities: list[_Quantity] = []
    for part in measure.children:
        if isinstance(part, Tree):
            quantities.append(_read_quantity(part, text, words))
        elif part.type in _BOUNDS and (operator is None or part.type in ("AT_LEAST", "AT_MOST")):
            operator = _BOUNDS[part.type]
    if any(quantity.value is None for quantity in quantities) or len(quantities) > 2:
        return None
    tokens = list(_tokens(measure))
    span = text[tokens[0].start : tokens[-1].end].strip()
    last = quantities[-1]
    if len(quantities) == 2:
        low, high = sorted(quantity.value for quantity in quantities if quantity.value is not None)
        return Bound(span, Operator.BETWEEN, low, high, last.unit or quantities[0].unit), True
    if operator is None and last.more:
        operator = Operator.GE
    return Bound(span, operator or Operator.EQ, last.value, None, last.unit), operator is not None


def _read_quantity(quantity: Tree[BlockToken], text: str, words: Lexicon) -> _Quantity:
    value: Decimal | None = None
    unit: str | None = None
    more = False
    for token in quantity.children:
        assert isinstance(token, BlockToken)
        written = text[token.start : token.end]
        if token.type == "NUMBER":
            value = words.number(_SIGNED.sub("", written))
        elif token.type == "PERCENTAGE":
            share = words.after_percent(written)
            value, unit = words.number(share), _PERCENT
            if value is None:
                value = words.decimal_words(share)
        elif token.type == "TENTHS":
            tenths = words.numeral(written[:1])
            value, unit = None if tenths is None else Decimal(tenths * 10), _PERCENT
        elif token.type == "NUMBER_WORD":
            number = words.numeral(written)
            value = None if number is None else Decimal(number)
        elif token.type == "MORE":
            more = True
        else:
            unit = normal_unit(written, words)
    return _Quantity(value, unit, more)


def normal_unit(written: str, words: Lexicon) -> str | None:
    """A unit as the contract has it: every way to write per cent is `%`, any other as written. Absent for nothing."""
    unit = written.strip(words.blanks)
    if unit[0] in words.brackets:
        unit = unit.strip(words.brackets)
    if not unit:
        return None
    return _PERCENT if words.is_percent(unit) else unit
