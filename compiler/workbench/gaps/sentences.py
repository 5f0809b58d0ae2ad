"""Sentences with money that became no fact: an unknown name, an unknown verb of change, an unknown unit, or unread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from attrs import define

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.templates import residues
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.clauses.phrases import Phrase, phrases_of
from yusuan.compiler.clauses.reading_text import ReadingText, reading_text
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.naming import ConceptLexicon, concept_lexicon
from yusuan.compiler.language.parsers import Tree, UnexpectedInput
from yusuan.compiler.lowering.roles import NO_AMOUNTS, PERFORMANCE
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind
from yusuan.compiler.workbench.gaps.reading import Wording, in_one_line, places
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.nodes import Paragraph
from yusuan.ir.source import SourceFile, Span
from yusuan.ir.vocabulary import BlockKind

_TEXT: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_SENTENCE_ENDS: Final = frozenset({"STOP", "BREAK", "PARAGRAPH"})
_CLAUSE_ENDS: Final = _SENTENCE_ENDS | {"COMMA", "SEMICOLON", "ORDINAL", "ENTRY"}
_NUMBERS: Final = frozenset({"NUMBER", "EXTENT"})
_YEARS: Final = frozenset({"YEAR", "PRIOR", "CURRENT"})
_CAUSES: Final = frozenset({"CAUSE", "MAINLY"})
# Of a clause that is quoted whole.
_LONGEST_CLAUSE: Final = 40


def unread_sentences(compilation: Compilation, language: Language) -> Iterator[Gap]:
    """What sentences with money hold that the grammar does not know.

    Money that by the contract is no amount is none of it: prices and thresholds, causes of a change, all that stands in
    the sections of which no amounts are taken, and text of the template.
    """
    reader = _SentenceGaps(compilation, language)
    for place in places(compilation.document):
        if place.role in NO_AMOUNTS or place.role in PERFORMANCE:
            continue
        for is_text, blocks in groupby(place.section.blocks, lambda block: isinstance(block, Paragraph)):
            if is_text:
                yield from reader.of([block for block in blocks if isinstance(block, Paragraph)])


@define(slots=True)
class _Heard:
    """What was read of a sentence in front of a figure.

    Attributes:
        compared: whether its clause compares with another year: 较上年….
        words: where the words stand that were read last.
        clause: where its clause starts.
        told_as_cause: whether the sentence tells the causes of a change.
        said: whether a gap of the sentence was said.
    """

    compared: bool = False
    words: tuple[int, int] | None = None
    clause: int = 0
    told_as_cause: bool = False
    said: bool = False

    def take(self, token: BlockToken) -> None:
        """Read a token that is no phrase."""
        kind = token.type
        if kind == "WORDS":
            self.words = (self.words[0] if self.words else token.start, token.end)
        elif kind in _CLAUSE_ENDS or kind in _CAUSES:
            self.compared, self.words, self.clause = False, None, token.end
        elif kind in _YEARS:
            self.words = None
        if kind in _SENTENCE_ENDS:
            self.told_as_cause = self.said = False
        elif kind in _CAUSES:
            self.told_as_cause = True


class _SentenceGaps:
    def __init__(self, compilation: Compilation, language: Language) -> None:
        self._language = language
        self._source: SourceFile = compilation.source
        self._wording = Wording(compilation.document, language)
        self._lexicon: Lexicon = lexicon(language)
        self._concepts: ConceptLexicon = concept_lexicon(language)
        self._stated = {
            figure.span.start
            for amount in compilation.document.amounts
            for figure in (amount.value, amount.percent, amount.share)
            if figure is not None
        }
        self._unnamed = _by_start(compilation, codes.UNKNOWN_CONCEPT.code)
        inspection = Inspection(compilation.document, compilation.source, language)
        self._residue = [span for span, _ in residues(inspection)]

    def of(self, run: Sequence[Paragraph]) -> Iterator[Gap]:
        """The gaps in a run of paragraphs, read as one text as the compiler reads them."""
        first, last = run[0].span.start, run[-1].span.end
        whole = reading_text(self._language, self._read_as(run, first, last), first)
        text = whole.text
        for found in _odd_money(self._language).finditer(text):
            if not self._lexicon.is_money(found["unit"]):
                yield self._gap(GapKind.UNIT, AddTo.UNITS, whole, found.span("unit"))
        if not self._lexicon.money_like.search(text):
            return
        try:
            tree: Tree[BlockToken] = parse_region(self._language, "amount", text)
        except UnexpectedInput:
            yield self._gap(GapKind.AMOUNT, AddTo.AMOUNT, whole, (0, min(len(text), _LONGEST_CLAUSE)))
            return
        yield from self._of_phrases(phrases_of(tree), whole)

    def _read_as(self, run: Sequence[Paragraph], first: int, last: int) -> str:
        """The text of a run, the furniture of pages blanked out."""
        pieces: list[str] = []
        done = first
        for block in run:
            if block.kind not in _TEXT:
                pieces += (self._source.text[done : block.span.start], " " * (block.span.end - block.span.start))
                done = block.span.end
        return "".join((*pieces, self._source.text[done:last]))

    def _of_phrases(self, phrases: Iterable[Phrase], run: ReadingText) -> Iterator[Gap]:
        heard = _Heard()
        for phrase in phrases:
            if isinstance(phrase, BlockToken):
                heard.take(phrase)
                continue
            number, is_money = _measured(phrase)
            if number is None:
                heard.compared, heard.words = heard.compared or phrase.data == "comparison", None
                continue
            is_change = heard.compared and phrase.data in ("amount", "rate")
            verb = self._unknown_verb(run.text, heard.words) if is_change else None
            heard.compared, heard.words = False, None
            if verb is not None and not self._is_residue(run, number):
                # Even where the figure became an amount: of what only looks like a name.
                gap: Gap | None = self._gap(GapKind.DIRECTION, AddTo.AMOUNT, run, verb)
            else:
                gap = self._of_figure(run, number, heard, is_money=is_money)
            if gap is not None:
                heard.said = True
                yield gap

    def _of_figure(self, run: ReadingText, number: BlockToken, heard: _Heard, *, is_money: bool) -> Gap | None:
        """The gap that a figure lies in; absent where it was understood, or need not be."""
        place = run.at(number.start)
        if self._is_residue(run, number) or place in self._stated:
            return None
        if place in self._unnamed:
            span = self._source.span(place, run.behind(number.end))
            return self._unnamed_amount(self._unnamed[place], run.text[heard.clause : number.end], span)
        # Behind a figure that was not understood, others of its sentence are lost with it.
        if is_money and not heard.told_as_cause and not heard.said:
            return self._gap(GapKind.AMOUNT, AddTo.AMOUNT, run, (heard.clause, number.end))
        return None

    def _gap(self, kind: GapKind, file: AddTo, run: ReadingText, bounds: tuple[int, int]) -> Gap:
        start, end = max(bounds[0], bounds[1] - _LONGEST_CLAUSE), bounds[1]
        span = self._source.span(run.at(start), run.behind(end))
        clause = run.text[start:end]
        return Gap(kind, self._wording.of(clause), file, in_one_line(clause), span)

    def _unknown_verb(self, text: str, words: tuple[int, int] | None) -> tuple[int, int] | None:
        """The words between a comparison and its figure, where they name no money: 较上年提升5万元."""
        if words is None:
            return None
        label = self._concepts.label(text[words[0] : words[1]])
        return None if label.generic or label.concept is not None else words

    def _unnamed_amount(self, found: Diagnostic, clause: str, span: Span) -> Gap:
        name = found.values["words"] or clause[-_LONGEST_CLAUSE:]
        return Gap(GapKind.AMOUNT, self._wording.of(name), AddTo.CONCEPTS, in_one_line(name), span)

    def _is_residue(self, run: ReadingText, number: BlockToken) -> bool:
        return any(one.start <= run.at(number.start) < one.end for one in self._residue)


def _by_start(compilation: Compilation, code: str) -> dict[int, Diagnostic]:
    return {one.span.start: one for one in compilation.diagnostics if one.code == code}


def _measured(phrase: Tree[BlockToken]) -> tuple[BlockToken | None, bool]:
    """The number of a phrase, absent where it has none, and whether it is one of money."""
    tokens = [token for token in phrase.children if isinstance(token, BlockToken)]
    number = next((token for token in tokens if token.type in _NUMBERS), None)
    return number, any(token.type == "UNIT" for token in tokens)


@of_language
def _odd_money(language: Language) -> re.Pattern[str]:
    """A number and what ends as a unit of money does: 5万美元, 20余万元. The known ones are among them."""
    units = lexicon(language).money
    ends = "".join(unit for unit, yuan in units.items() if yuan == 1)
    multiples = "".join(sorted({char for unit in units for char in unit if char not in ends}))
    return re.compile(rf"(?<=[0-9０-９])\s*(?P<unit>[^\W\d_]?[{multiples}]{{1,2}}[^\W\d_{multiples}]?[{ends}])")
