"""From an indicator's target to operator, value and unit (`grammar/clauses/target.lark`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import define, evolve, frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_tokens, region_lexer
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
_NUMBERS: Final = ("NUMBER", "PERCENTAGE", "TENTHS", "NUMBER_WORD")
_UNITS: Final = ("UNIT_PERCENT", "UNIT_WORDS", "UNIT_BRACKET", "UNIT")
# Tokens as letters, and what a target is written as that is one measure alone: ≥95%, 5-10次, 3人及以上. It has no
# structure that its grammar would have to find.
_LETTERS: Final = {
    **dict.fromkeys(_BOUNDS, "b"),
    **dict.fromkeys(_NUMBERS, "n"),
    **dict.fromkeys(_UNITS, "u"),
    "AT_LEAST": "s",
    "AT_MOST": "s",
    "ABOUT": "s",
    "MORE": "m",
    "RANGE": "r",
}
_ONE_MEASURE: Final = re.compile("b?nm?u?(?:rnm?u?)*s?")
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


@define(slots=True)
class _Quantity:
    """A number of a measure; its value is absent where it cannot be told, its unit where none is written."""

    value: Decimal | None = None
    unit: str | None = None
    more: bool = False


@frozen(slots=True)
class _Measure:
    """A measure: what it states, absent where it cannot be told, and where it stands."""

    bound: Bound | None
    is_bounded: bool
    start: int
    end: int


@frozen(slots=True)
class TargetReading:
    """What a text says as a target.

    Attributes:
        bounds: the targets that it states, at least one; absent where the grammar cannot read it.
        has_number: whether it holds a number, so that the grammar was asked; any other is qualitative.
    """

    bounds: tuple[Bound, ...] | None
    has_number: bool


def read_target(language: Language, text: str) -> TargetReading:
    """The targets that a text states. It is never an error: what the grammar cannot read has no bounds."""
    qualitative = (Bound(text, Operator.QUALITATIVE),)
    if _numbers(language).search(text) is None:
        return TargetReading(qualitative, has_number=False)
    words = lexicon(language)
    tokens = region_lexer(language, "target").lex(text)
    if is_one_measure(tokens):
        pieces = [_read_piece([_read_measure(tokens, text, words)], text, words)]
    else:
        try:
            tree: Tree[BlockToken] = parse_tokens(language, "target", tokens)
        except UnexpectedInput:
            return TargetReading(None, has_number=True)
        pieces = [_read_piece(list(_parts(piece, text, words)), text, words) for piece in _trees(tree)]
    bounds = tuple(bound for piece in pieces for bound in piece)
    is_stated = any(bound.operator is not Operator.QUALITATIVE for bound in bounds)
    return TargetReading(tuple(bound for bound in bounds if bound.text) if is_stated else qualitative, has_number=True)


def is_one_measure(tokens: Iterable[BlockToken]) -> bool:
    """Whether the tokens of a target are one measure alone, so that no parser has to find its structure."""
    return _ONE_MEASURE.fullmatch("".join(_LETTERS.get(token.type, "x") for token in tokens)) is not None


@of_language
def _numbers(language: Language) -> re.Pattern[str]:
    """Anything that the grammar takes for a number."""
    patterns = language.patterns["target"]
    return re.compile("|".join(patterns[name] for name in _NUMBERS))


# --- pieces -----------------------------------------------------------------------------------------------------------


def _trees(tree: Tree[BlockToken]) -> Iterator[Tree[BlockToken]]:
    return (child for child in tree.children if isinstance(child, Tree))


def _parts(piece: Tree[BlockToken], text: str, words: Lexicon) -> Iterator[_Measure | tuple[int, int]]:
    """The measures of a piece, and the ranges of the words between them."""
    for part in _trees(piece):
        tokens = list(_tokens(part))
        if part.data == "measure":
            yield _read_measure(tokens, text, words)
        else:
            yield tokens[0].start, tokens[-1].end


def _read_piece(parts: list[_Measure | tuple[int, int]], text: str, words: Lexicon) -> Iterator[Bound]:
    measures = [part for part in parts if isinstance(part, _Measure)]
    ranges = [(part.start, part.end) if isinstance(part, _Measure) else part for part in parts]
    whole = text[ranges[0][0] : ranges[-1][1]].strip() if ranges else ""
    stated = [measure for measure in measures if measure.bound is not None]
    explicit = [measure for measure in stated if measure.is_bounded]
    if explicit and not stated[0].is_bounded and _opens_bracket(parts[0], text, words):
        # 2元/吨（最高不超过2000万元）: what a remark in brackets bounds is another thing.
        yield _as(stated[0], whole)
    elif len(explicit) > 1:
        yield from (measure.bound for measure in explicit if measure.bound is not None)
    elif explicit:
        yield _as(explicit[0], whole)
    elif len(stated) == 1 and _stands_alone(parts, stated[0], text):
        yield _as(stated[0], whole)
    else:
        yield Bound(whole, Operator.QUALITATIVE)


def _as(measure: _Measure, text: str) -> Bound:
    assert measure.bound is not None
    return evolve(measure.bound, text=text)


def _opens_bracket(first: _Measure | tuple[int, int], text: str, words: Lexicon) -> bool:
    """Whether what stands right behind the first part, a measure, is a bracket."""
    return isinstance(first, _Measure) and text.startswith(tuple(words.brackets), first.end)


def _stands_alone(parts: list[_Measure | tuple[int, int]], measure: _Measure, text: str) -> bool:
    """Whether nothing but punctuation follows the number, so that it is the target: 准确率100%。"""
    last = parts[-1]
    unit = (measure.bound and measure.bound.unit) or ""
    if isinstance(last, _Measure):
        return len(parts) == 1 or len(unit) <= _LONGEST_UNIT or "/" in unit
    behind = "".join(char for char in text[last[0] : last[1]] if char.isalnum())
    return not behind or (unit == _PERCENT and len(behind) <= _LONGEST_PREDICATE and len(parts) == 2)


def _tokens(part: Tree[BlockToken] | BlockToken) -> Iterator[BlockToken]:
    if isinstance(part, Tree):
        for child in part.children:
            yield from _tokens(child)
    else:
        yield part


# --- measures ---------------------------------------------------------------------------------------------------------


def _read_measure(tokens: list[BlockToken], text: str, words: Lexicon) -> _Measure:
    """A measure: numbers with their units, and what bounds them."""
    operator: Operator | None = None
    quantities: list[_Quantity] = []
    for token in tokens:
        kind = token.type
        if kind in _BOUNDS:
            if operator is None or kind in ("AT_LEAST", "AT_MOST"):
                operator = _BOUNDS[kind]
        elif kind in _NUMBERS:
            quantities.append(_read_number(kind, text[token.start : token.end], words))
        elif kind == "MORE":
            quantities[-1].more = True
        elif kind.startswith("UNIT"):
            quantities[-1].unit = normal_unit(text[token.start : token.end], words)
    start, end = tokens[0].start, tokens[-1].end
    if any(quantity.value is None for quantity in quantities) or len(quantities) > 2:
        return _Measure(None, is_bounded=False, start=start, end=end)
    span = text[start:end].strip()
    last = quantities[-1]
    if len(quantities) == 2:
        low, high = sorted(quantity.value for quantity in quantities if quantity.value is not None)
        between = Bound(span, Operator.BETWEEN, low, high, last.unit or quantities[0].unit)
        return _Measure(between, is_bounded=True, start=start, end=end)
    if operator is None and last.more:
        operator = Operator.GE
    bound = Bound(span, operator or Operator.EQ, last.value, None, last.unit)
    return _Measure(bound, operator is not None, start, end)


def _read_number(kind: str, written: str, words: Lexicon) -> _Quantity:
    if kind == "NUMBER":
        return _Quantity(words.number(_SIGNED.sub("", written)))
    if kind == "PERCENTAGE":
        share = words.after_percent(written)
        value = words.number(share)
        return _Quantity(words.decimal_words(share) if value is None else value, _PERCENT)
    if kind == "TENTHS":
        tenths = words.numeral(written[:1])
        return _Quantity(None if tenths is None else Decimal(tenths * 10), _PERCENT)
    number = words.numeral(written)
    return _Quantity(None if number is None else Decimal(number))


def normal_unit(written: str, words: Lexicon) -> str | None:
    """A unit as the contract has it: every way to write per cent is `%`, any other as written. Absent for nothing."""
    unit = written.strip(words.blanks)
    if unit[0] in words.brackets:
        unit = unit.strip(words.brackets)
    if not unit:
        return None
    return _PERCENT if words.is_percent(unit) else unit
