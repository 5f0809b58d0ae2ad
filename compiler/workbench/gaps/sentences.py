"""Sentences with money that became no fact: an unknown name, an unknown verb of change, an unknown unit, or unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from lark import Tree
from lark.exceptions import UnexpectedInput

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import of_language
from yusuan.compiler.language.naming import ConceptLexicon, concept_lexicon
from yusuan.compiler.lowering.roles import NO_AMOUNTS, PERFORMANCE
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workbench.gaps.model import Gap, GrammarFile, Kind
from yusuan.compiler.workbench.gaps.reading import Wording, in_one_line, places
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.nodes import Paragraph
from yusuan.ir.source import SourceFile, Span
from yusuan.ir.vocabulary import BlockKind

_Phrase = Tree[BlockToken] | BlockToken

_TEXT: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_CLAUSE_ENDS: Final = frozenset({"COMMA", "SEMICOLON", "STOP", "BREAK", "ORDINAL"})
_SENTENCE_ENDS: Final = frozenset({"STOP", "BREAK"})
_YEARS: Final = frozenset({"YEAR", "PRIOR", "CURRENT"})
_CAUSES: Final = frozenset({"CAUSE", "MAINLY"})
# Of a clause that is quoted whole.
_LONGEST_CLAUSE: Final = 40


def unread_sentences(compilation: Compilation) -> Iterator[Gap]:
    """What sentences with money hold that the grammar does not know.

    Money that by the contract is no amount is none of it: prices and thresholds, causes of a change, all that stands in
    the sections of which no amounts are taken, and text of the template.
    """
    reader = _SentenceGaps(compilation)
    for place in places(compilation.document):
        if place.role in NO_AMOUNTS or place.role in PERFORMANCE:
            continue
        for is_text, blocks in groupby(place.section.blocks, lambda block: isinstance(block, Paragraph)):
            if is_text:
                yield from reader.of([block for block in blocks if isinstance(block, Paragraph)])


class _SentenceGaps:
    def __init__(self, compilation: Compilation) -> None:
        self._source: SourceFile = compilation.source
        self._wording = Wording(compilation.document)
        self._lexicon: Lexicon = lexicon()
        self._concepts: ConceptLexicon = concept_lexicon()
        self._stated = {
            figure.span.start
            for amount in compilation.document.amounts
            for figure in (amount.value, amount.percent, amount.share)
            if figure is not None
        }
        self._unnamed = _by_start(compilation, codes.UNKNOWN_CONCEPT.code)
        self._residue = [one.span for one in compilation.diagnostics if one.code == codes.TEMPLATE_RESIDUE.code]

    def of(self, run: Sequence[Paragraph]) -> Iterator[Gap]:
        """The gaps in a run of paragraphs, read as one text as the compiler reads them."""
        first, last = run[0].span.start, run[-1].span.end
        text = self._read_as(run, first, last)
        for found in _odd_money().finditer(text):
            if not self._lexicon.is_money(found["unit"]):
                yield self._gap(Kind.UNIT, GrammarFile.UNITS, first, found.span("unit"), text)
        if not self._lexicon.money_like.search(text):
            return
        try:
            tree: Tree[BlockToken] = parse_region("amount", text)
        except UnexpectedInput:
            yield self._gap(Kind.AMOUNT, GrammarFile.AMOUNT, first, (0, min(len(text), _LONGEST_CLAUSE)), text)
            return
        yield from self._of_phrases(tree.children, first, text)

    def _read_as(self, run: Sequence[Paragraph], first: int, last: int) -> str:
        """The text of a run, the furniture of pages blanked out."""
        pieces: list[str] = []
        done = first
        for block in run:
            if block.kind not in _TEXT:
                pieces += (self._source.text[done : block.span.start], " " * (block.span.end - block.span.start))
                done = block.span.end
        return "".join((*pieces, self._source.text[done:last]))

    def _of_phrases(self, phrases: Sequence[_Phrase], base: int, text: str) -> Iterator[Gap]:
        compared = told_as_cause = said = False
        words: tuple[int, int] | None = None
        clause = 0
        for phrase in phrases:
            if isinstance(phrase, BlockToken):
                kind = phrase.type
                if kind == "WORDS":
                    words = (words[0] if words else phrase.start, phrase.end)
                elif kind in _CLAUSE_ENDS or kind in _CAUSES:
                    compared, words, clause = False, None, phrase.end
                elif kind in _YEARS:
                    words = None
                if kind in _SENTENCE_ENDS:
                    told_as_cause = said = False
                elif kind in _CAUSES:
                    told_as_cause = True
                continue
            number, is_money = _measured(phrase)
            if number is None:
                compared, words = compared or phrase.data == "comparison", None
                continue
            place = base + number.start
            span = self._source.span(place, base + number.end)
            verb = self._unknown_verb(text, words) if compared and phrase.data in ("amount", "rate") else None
            compared, words = False, None
            if self._is_residue(span):
                continue
            if verb is not None:
                # Even where the figure became an amount: of what only looks like a name.
                yield self._gap(Kind.DIRECTION, GrammarFile.AMOUNT, base, verb, text)
                said = True
            elif place in self._stated:
                continue
            elif place in self._unnamed:
                yield self._unnamed_amount(self._unnamed[place], text[clause : number.end], span)
                said = True
            elif is_money and not told_as_cause and not said:
                # Behind a figure that was not understood, others of its sentence are lost with it.
                yield self._gap(Kind.AMOUNT, GrammarFile.AMOUNT, base, (clause, number.end), text)
                said = True

    def _gap(self, kind: Kind, file: GrammarFile, base: int, bounds: tuple[int, int], text: str) -> Gap:
        start, end = max(bounds[0], bounds[1] - _LONGEST_CLAUSE), bounds[1]
        span = self._source.span(base + start, base + end)
        return Gap(kind, self._wording.of(text[start:end]), file, in_one_line(text[start:end]), span)

    def _unknown_verb(self, text: str, words: tuple[int, int] | None) -> tuple[int, int] | None:
        """The words between a comparison and its figure, where they name no money: 较上年提升5万元."""
        if words is None:
            return None
        label = self._concepts.label(text[words[0] : words[1]])
        return None if label.generic or label.concept is not None else words

    def _unnamed_amount(self, found: Diagnostic, clause: str, span: Span) -> Gap:
        name = found.values["words"] or clause[-_LONGEST_CLAUSE:]
        return Gap(Kind.AMOUNT, self._wording.of(name), GrammarFile.CONCEPTS, in_one_line(name), span)

    def _is_residue(self, span: Span) -> bool:
        return any(one.start <= span.start < one.end for one in self._residue)


def _by_start(compilation: Compilation, code: str) -> dict[int, Diagnostic]:
    return {one.span.start: one for one in compilation.diagnostics if one.code == code}


def _measured(phrase: Tree[BlockToken]) -> tuple[BlockToken | None, bool]:
    """The number of a phrase, absent where it has none, and whether it is one of money."""
    tokens = [token for token in phrase.children if isinstance(token, BlockToken)]
    number = next((token for token in tokens if token.type == "NUMBER"), None)
    return number, any(token.type == "UNIT" for token in tokens)


@of_language
def _odd_money() -> re.Pattern[str]:
    """A number and what ends as a unit of money does: 5万美元, 20余万元. The known ones are among them."""
    units = lexicon().money
    ends = "".join(unit for unit, yuan in units.items() if yuan == 1)
    multiples = "".join(sorted({char for unit in units for char in unit if char not in ends}))
    return re.compile(rf"(?<=[0-9０-９])\s*(?P<unit>[^\W\d_]?[{multiples}]{{1,2}}[^\W\d_{multiples}]?[{ends}])")
