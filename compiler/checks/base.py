"""What a check is: a function over the finished document, with ways to find one's way in it, that yields findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from attrs import define, field, frozen

from yusuan.compiler.blocks.lines import LineClassifier, line_classifier
from yusuan.compiler.checks.equations import Equation, Operand
from yusuan.compiler.checks.verdicts import Verdict
from yusuan.compiler.language.check_words import CheckWords, check_words
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.naming import ConceptLexicon, concept_lexicon
from yusuan.ir.document import Document
from yusuan.ir.nodes import Paragraph, Row, Section, Table
from yusuan.ir.records import Amount
from yusuan.ir.source import SourceFile, Span
from yusuan.ir.vocabulary import ITEMISED, Basis, Concept, Measure, Scope


@frozen(slots=True)
class Printed:
    """A figure of money as a line prints it.

    Attributes:
        place: where it stands.
        value: the number.
        is_change: whether it was read as a change.
        is_item: whether it was read as one of many that are told apart by their names.
    """

    place: int
    value: Decimal
    is_change: bool
    is_item: bool


@define(slots=False)
class Inspection:
    """One document under inspection, with the ways to find one's way in it.

    Attributes:
        document: the finished document.
        source: its text.
        language: the language that it was read in.
        entries: the amounts as figures of equations, by place and concept, made when asked for (`statements`).
    """

    document: Document
    source: SourceFile
    language: Language
    entries: dict[tuple[int, Concept], Operand | None] = field(init=False, factory=dict)
    _printed: dict[int, list[Printed]] = field(init=False, factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon."""
        return lexicon(self.language)

    @cached_property
    def words(self) -> CheckWords:
        """The words that the checks go by."""
        return check_words(self.language)

    @cached_property
    def concepts(self) -> ConceptLexicon:
        """What names in front of figures mean."""
        return concept_lexicon(self.language)

    @cached_property
    def classifier(self) -> LineClassifier:
        """What tells how a line is numbered and whose heading it is."""
        return line_classifier(self.language)

    @cached_property
    def sections(self) -> list[Section]:
        """Every section but the document itself, in the order of the document."""
        return list(_walk(self.document.body))

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.span.start for section in self.sections]

    def section_index(self, offset: int) -> int:
        """The place of the innermost section that an offset stands in, among `sections`; -1 before the first.

        A section's own blocks come before the sections inside it, so the last one that starts before an offset is it.
        """
        return bisect_right(self._section_starts, offset) - 1

    @cached_property
    def tables(self) -> list[Table]:
        """Every table, in the order of the document."""
        return [block for block in self.blocks if isinstance(block, Table)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph, in the order of the document."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @cached_property
    def blocks(self) -> list[Paragraph | Table]:
        """Every block, in the order of the document."""
        found = list(self.document.body.blocks)
        for section in self.sections:
            found.extend(section.blocks)
        return found

    @cached_property
    def _table_starts(self) -> list[int]:
        return [table.span.start for table in self.tables]

    def table_index(self, offset: int) -> int | None:
        """The place of the table that an offset stands in, among `tables`; absent outside of all."""
        at = bisect_right(self._table_starts, offset) - 1
        return at if at >= 0 and offset <= self.tables[at].span.end else None

    @cached_property
    def _rows(self) -> list[Row]:
        return [row for table in self.tables for row in table.rows]

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.span.start for row in self._rows]

    def row_at(self, span: Span) -> Row | None:
        """The table row that a span stands in; absent for running text."""
        at = bisect_right(self._row_starts, span.start) - 1
        return self._rows[at] if at >= 0 and self.table_index(span.start) is not None else None

    def row(self, span: Span) -> Span | None:
        """Where the table row starts that a span stands in; absent for running text."""
        row = self.row_at(span)
        return row.span if row is not None else None

    @cached_property
    def figure_starts(self) -> list[int]:
        """Where the amounts stand that are figures, not words such as 持平, in the order of the document."""
        amounts = self.document.amounts
        return sorted(amount.value.span.start for amount in amounts if not amount.value.in_words)

    @cached_property
    def _changes(self) -> frozenset[int]:
        """Where the amounts stand that are changes."""
        amounts = self.document.amounts
        return frozenset(amount.value.span.start for amount in amounts if amount.measure is Measure.CHANGE)

    @cached_property
    def _items(self) -> frozenset[int]:
        """Where the amounts stand that are itemised by name."""
        return frozenset(amount.value.span.start for amount in self.document.amounts if amount.concept in ITEMISED)

    @cached_property
    def sole_amounts(self) -> dict[tuple[Concept, Scope | None], Amount | None]:
        """The one figure that the text states of a concept, and of whose money, for the year of the report.

        Absent where it states several. What is itemised by name has none.
        """
        found: dict[tuple[Concept, Scope | None], Amount | None] = {}
        for amount in self.document.amounts:
            if (
                amount.measure is Measure.AMOUNT
                and amount.basis is Basis.BUDGET
                and amount.period == self.document.fiscal_year
                and amount.concept not in ITEMISED
            ):
                key = (amount.concept, amount.scope)
                known = found.setdefault(key, amount)
                if known is not None and (known.value.value, known.unit) != (amount.value.value, amount.unit):
                    found[key] = None
        return found

    def line(self, offset: int) -> tuple[int, int]:
        """Where the line of an offset starts and where it ends, its line end left out."""
        text = self.source.text
        end = text.find("\n", offset)
        return text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text)

    def printed_money(self, offset: int) -> tuple[int, list[Printed]]:
        """Where the line of an offset starts, and the figures of money printed in it.

        A line is read once, however many of its amounts ask for it.
        """
        start, end = self.line(offset)
        if start not in self._printed:
            matches = self.words.money.finditer(self.source.text, start, end)
            self._printed[start] = [
                Printed(match.start(), value, match.start() in self._changes, match.start() in self._items)
                for match in matches
                if (value := self.lexicon.number(match["number"])) is not None
            ]
        return start, self._printed[start]

    def unit_factor(self, unit: str | None) -> int | None:
        """How many yuan a unit of money is; absent for no unit or one that is not money."""
        return self.lexicon.money.get(unit) if unit else None

    def search(self, pattern: re.Pattern[str], start: int, end: int) -> re.Match[str] | None:
        """The first match of a pattern in a range of the source."""
        return pattern.search(self.source.text, start, end)


def _walk(section: Section) -> Iterator[Section]:
    for inner in section.sections:
        yield inner
        yield from _walk(inner)


Finding: TypeAlias = Verdict | Equation
"""What a check yields. Equations are settled together, so that a wrong figure is found by all the sums it is in."""

Check: TypeAlias = Callable[[Inspection], Iterator[Finding]]
"""A check."""
