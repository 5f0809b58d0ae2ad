"""What every lowering needs: the source, the lexicon, the place in the outline, the lists that the records go to."""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import define, field

from yusuan.compiler.blocks.lines import LineClassifier, line_classifier
from yusuan.compiler.clauses.from_target import Bound, TargetReading, read_target
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.clauses.observing import UNSEEN, ClauseObserver
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language, pattern
from yusuan.compiler.language.naming import ConceptLexicon, Label, concept_lexicon
from yusuan.ir.contract import record_kinds
from yusuan.ir.declared import DeclaredRow
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.nodes import Cell, Text
from yusuan.ir.records import (
    Activity,
    Amount,
    Asset,
    Figure,
    GlossaryEntry,
    Indicator,
    Institution,
    Objective,
    ProcurementItem,
    Project,
    SpendingPlanEntry,
)
from yusuan.ir.source import SourceFile, Span
from yusuan.ir.vocabulary import Role, Scope

_LONGEST_QUOTE: Final = 40
# What starts with a digit and is longer is a text: 2024年预算安排情况.
_LONGEST_NUMBER: Final = 12
_LINE_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")


@define(slots=True)
class Records:
    """The typed tables while they grow."""

    tables: dict[str, list[Any]] = field(factory=lambda: {name: [] for name in record_kinds()})
    declared: dict[str, list[DeclaredRow]] = field(factory=dict)
    touched: int = 0

    def count(self) -> int:
        """How many records there are, and how often one was added to; it tells whether a block became something."""
        return sum(map(len, self.tables.values())) + sum(map(len, self.declared.values())) + self.touched

    @property
    def institutions(self) -> list[Institution]:
        return self.tables["institutions"]

    @property
    def amounts(self) -> list[Amount]:
        return self.tables["amounts"]

    @property
    def projects(self) -> list[Project]:
        return self.tables["projects"]

    @property
    def objectives(self) -> list[Objective]:
        return self.tables["objectives"]

    @property
    def spending_plan(self) -> list[SpendingPlanEntry]:
        return self.tables["spending_plan"]

    @property
    def indicators(self) -> list[Indicator]:
        return self.tables["indicators"]

    @property
    def activities(self) -> list[Activity]:
        return self.tables["activities"]

    @property
    def procurement(self) -> list[ProcurementItem]:
        return self.tables["procurement"]

    @property
    def assets(self) -> list[Asset]:
        return self.tables["assets"]

    @property
    def glossary(self) -> list[GlossaryEntry]:
        return self.tables["glossary"]


@define(slots=True)
class Context:
    """The state of lowering one document.

    Attributes:
        source: the text.
        language: the language that it is read in.
        observer: what is told of what is read.
        fiscal_year: the budget's year, absent where unknown.
        organization: the department's name as its title has it; empty where unknown.
        records: what was found so far.
        diagnostics: what there is to say.
        roles: the roles of the open sections, outermost first.
        heading: title of the innermost open section, as written.
        scope: whose money the headings around speak of, absent where unsaid.
        caption_scope: whose money the caption of the table at hand speaks of, above it or in its first rows; likewise.
        money_unit: the unit of money that the nearest caption states.
        lexicon: that of the language; so are `concepts` and `classifier`.
    """

    source: SourceFile
    language: Language
    observer: ClauseObserver = UNSEEN
    fiscal_year: int | None = None
    organization: str = ""
    records: Records = field(factory=Records)
    diagnostics: list[Diagnostic] = field(factory=list)
    roles: list[Role] = field(factory=list)
    heading: str = ""
    scope: Scope | None = None
    caption_scope: Scope | None = None
    money_unit: str | None = None
    lexicon: Lexicon = field(init=False)
    concepts: ConceptLexicon = field(init=False)
    classifier: LineClassifier = field(init=False)
    _labels: dict[str, Label] = field(factory=dict)
    _targets: dict[str, TargetReading] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.lexicon = lexicon(self.language)
        self.concepts = concept_lexicon(self.language)
        self.classifier = line_classifier(self.language)

    def pattern(self, grammar: str, terminal: str) -> re.Pattern[str]:
        """The pattern of a terminal, as it is tried on a text outside of any parser."""
        return pattern(self.language, grammar, terminal)

    def parse(self, grammar: str, text: str, start: int, reading: ReadingText | None = None) -> Any:
        """The CST of a region that starts at an offset, by its grammar; `reading` as in `ClauseObserver.region`.

        Raises:
            UnexpectedInput: the grammar cannot read the region.
        """
        self.observer.region(grammar, text, start, reading)
        return parse_region(self.language, grammar, text)

    def name(self, text: str) -> Label:
        """What the words in front of an amount say; read once a document."""
        label = self._labels.get(text)
        if label is None:
            label = self._labels[text] = self.concepts.label(text)
        return label

    def bounds(self, text: str, start: int) -> tuple[Bound, ...] | None:
        """What a target that starts at an offset states, absent where its grammar cannot read it.

        Each text is read once a document.
        """
        known = self._targets.get(text)
        if known is None:
            known = self._targets[text] = read_target(self.language, text)
        if known.has_number:
            self.observer.region("target", text, start)
        return known.bounds

    @property
    def role(self) -> Role | None:
        """The role of the innermost section that has one."""
        return self.roles[-1] if self.roles else None

    def text(self, start: int, end: int) -> Text | None:
        """The text of a range without the blanks around it; absent where nothing is left."""
        source = self.source.text
        raw = source[start:end]
        left = len(raw) - len(raw.lstrip(self.lexicon.blanks))
        body = raw[left:].rstrip(self.lexicon.blanks)
        if not body:
            return None
        return Text(body, self.source.span(start + left, start + left + len(body)))

    def label(self, cell: Cell | None) -> Text | None:
        """A cell's text as a label: its lines joined. Absent for an empty cell."""
        if cell is None or not cell.text:
            return None
        if "\n" in cell.text:
            return Text(_LINE_BREAK.sub("", cell.text), cell.span)
        return Text(cell.text, cell.span)

    def running(self, cell: Cell | None) -> Text | None:
        """A cell's text as running text: its line breaks kept. Absent for an empty cell."""
        return Text(cell.text, cell.span) if cell is not None and cell.text else None

    def figure(self, cell: Cell | None, row: Span | None = None, unit: str | None = None) -> Figure | None:
        """A cell's number; `unit` is the unit of money of its column, absent for that of the caption.

        A dash, an empty cell or a text is no figure. A number with something else in a paragraph of its own is read,
        with a diagnostic.
        """
        if cell is None or not cell.text:
            return None
        first, _, rest = cell.text.partition("\n")
        value = self.lexicon.number(first)
        if value is None:
            measured = self.lexicon.measured.fullmatch(self.lexicon.fold(first))
            if measured and not self._is_other_money(measured[2], unit or self.money_unit):
                value = self.lexicon.number(measured[1])
        if value is None:
            if any(char.isalnum() for char in first):
                self._report_text(cell, first.strip(), row, is_measured=measured is not None)
            return None
        if rest:
            self.diagnostics.append(
                codes.NUMBER_WITH_RESIDUE.at(cell.span, "behind", row=row, figure=first.strip(), residue=rest.strip())
            )
        return Figure(value, first.strip(), cell.span)

    def _report_text(self, cell: Cell, text: str, row: Span | None, *, is_measured: bool) -> None:
        """Say what stands where a number is expected: a number with something in it (17O.03), or a text."""
        if not is_measured and len(text) <= _LONGEST_NUMBER and text[0].isdecimal():
            self.diagnostics.append(codes.NUMBER_WITH_RESIDUE.at(cell.span, "inside", row=row, figure=text))
        else:
            self.diagnostics.append(codes.TEXT_FOR_NUMBER.at(cell.span, row=row, text=text[:_LONGEST_QUOTE]))

    def _is_other_money(self, written: str, unit: str | None) -> bool:
        """Whether a cell's own unit of money is not that of its column: 8000元 where the caption says 万元."""
        if unit is None or not self.lexicon.is_money(written):
            return False
        return self.lexicon.money_unit(written) != self.lexicon.money_unit(unit)

    def span(self, start: int, end: int) -> Span:
        """The span of a range."""
        return self.source.span(start, end)
