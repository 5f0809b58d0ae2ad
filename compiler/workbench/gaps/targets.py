"""Targets read as text though they hold numbers, and what stands in the place of a unit and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.clauses.lexer import RegionLexer, region_lexer
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind
from yusuan.compiler.workbench.gaps.reading import Wording, has_words, in_one_line
from yusuan.ir.records import Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Operator

# A unit is a few characters: 万平方米, 元/人·月. What is longer goes on with a sentence.
_LONGEST_UNIT: Final = 10
# What parts the halves of a unit: 元/人.天.
_INSIDE: Final = "."
_LAST_NUMBER: Final = re.compile(r"[0-9][^0-9]*\Z")


def unread_targets(compilation: Compilation, language: Language) -> Iterator[Gap]:
    """The targets of a document that the grammar took for texts, and the units that look like none."""
    wording = Wording(compilation.document, language)
    document, lexer, words = compilation.document, region_lexer(language, "target"), lexicon(language)
    seen: set[Span] = set()
    for indicator in document.indicators:
        target = indicator.target
        if target is None:
            continue
        if target.operator is Operator.QUALITATIVE:
            if target.span not in seen and _has_number(lexer, target.text):
                yield _gap(GapKind.TARGET, wording.of(target.text), target.text, target.span)
            # Several targets of one cell have its span.
            seen.add(target.span)
        elif (unit := _odd_unit(lexer, words, target)) is not None:
            yield _gap(GapKind.UNIT, wording.of(unit), unit, target.span)
    for item in document.procurement:
        unit_of_item = item.measure_unit
        if unit_of_item is not None and not _is_unit(words, unit_of_item.text):
            yield _gap(GapKind.UNIT, wording.of(unit_of_item.text), unit_of_item.text, unit_of_item.span)


def _gap(kind: GapKind, words: str, text: str, span: Span) -> Gap:
    return Gap(kind, words, AddTo.TARGET, in_one_line(text), span)


def _has_number(lexer: RegionLexer, text: str) -> bool:
    """Whether a target of text holds a number that is not part of a date."""
    return any(
        token.type != "DATE" and any(char.isdecimal() for char in text[token.start : token.end])
        for token in lexer.lex(text)
    )


def _odd_unit(lexer: RegionLexer, words: Lexicon, target: Target) -> str | None:
    """What stands where a target has its unit and is none; absent where all is well, or where no unit is written."""
    if target.value is None:
        return None
    if target.unit is not None:
        return None if _is_unit(words, target.unit) else target.unit
    last = _LAST_NUMBER.search(target.text)
    behind = last[0][1:].strip(words.blanks + words.stops + words.brackets) if last else ""
    tokens = lexer.lex(f"0{behind}")[1:]
    # ≥3及以上: a bound behind the number is no unit.
    return behind if has_words(behind) and any(token.type == "TEXT" for token in tokens) else None


def _is_unit(words: Lexicon, text: str) -> bool:
    folded = words.fold(text)
    return 0 < len(folded) <= _LONGEST_UNIT and not any(
        char.isdecimal() or (char in words.stops and char not in _INSIDE) for char in folded
    )
