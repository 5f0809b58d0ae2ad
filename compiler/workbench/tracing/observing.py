"""Compiling a text while watching: what the compiler tells of its decisions is kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.blocks.lines import LineClass, LineClassifier, line_classifier
from yusuan.compiler.blocks.parser import Cst
from yusuan.compiler.blocks.sections import Decision
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.phrases import Phrase, start_of
from yusuan.compiler.clauses.reading_text import ReadingText
from yusuan.compiler.language.lexicon import Lexicon, lexicon
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.naming import Label
from yusuan.compiler.language.parsers import Tree
from yusuan.compiler.pipeline import Observer, compile_reading, reading_of
from yusuan.compiler.tables.panels import Panel
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.tracing.notes import Places, places
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.document import Document
from yusuan.ir.records import Amount
from yusuan.ir.source import SourceFile
from yusuan.ir.vocabulary import Role

# The grammar of whole runs of text, in which the furniture of pages is blanked out.
_BLANKED: Final = frozenset({"amount"})
# The grammars of regions that may go over several lines of text.
_OF_LINES: Final = frozenset({"amount", "title"})


@frozen(slots=True)
class Judged:
    """A line that could be a heading, and what the outline made of it.

    Attributes:
        line: the line as it was classified.
        decision: what was decided, and why.
    """

    line: LineClass
    decision: Decision


@frozen(slots=True)
class Evidence:
    """Which rule answered a question that the words of a figure leave open.

    Attributes:
        question: the name of the question.
        rule: the name of the rule.
        at: the range in the region of the words that it goes by; absent where it goes by what is not written there.
    """

    question: str
    rule: str
    at: tuple[int, int] | None


@define(slots=True, eq=False)
class Region:
    """A text that a clause grammar read.

    Attributes:
        grammar: its name.
        text: what was read.
        start: offset of the text in the source; absent where it is put together or cleaned, and stands nowhere so.
        anchor: offset of a character of the source that it stands at.
        reading: the text with the places of its characters; absent where it is as it stands.
        asked: for each phrase, by its offset, the ranges of the labels that the reader of amounts looked up.
        answered: for each phrase the rules that said what its words leave open.
        stated: for each phrase the amounts that it stated.
    """

    grammar: str
    text: str
    start: int | None
    anchor: int
    reading: ReadingText | None = None
    asked: dict[int, list[tuple[int, int, Label]]] = field(factory=dict)
    answered: dict[int, list[Evidence]] = field(factory=dict)
    stated: dict[int, list[Amount]] = field(factory=dict)

    def at(self, offset: int) -> int:
        """The offset in the source of the character at one in the text, which must have a start."""
        return (self.start or 0) + offset if self.reading is None else self.reading.at(offset)

    def behind(self, offset: int) -> int:
        """The offset in the source behind the character in front of one in the text."""
        return (self.start or 0) + offset if self.reading is None else self.reading.behind(offset)


@define(slots=True, eq=False)
class Run:
    """Lines of running text that were read together.

    Attributes:
        role: the role of the innermost section that has one; absent outside of such.
        start: offset of the first character.
        end: offset behind the last one.
    """

    role: Role | None
    start: int
    end: int


@define(slots=True, eq=False)
class SeenTable:
    """A table as its lowering saw it.

    Attributes:
        role: the role of the innermost section that has one; absent outside of such.
        rows: its rows, with their marks.
        panels: its panels; one that goes on with an earlier table stands twice.
        known: whether any panel is of a known kind.
    """

    role: Role | None
    rows: list[MarkedRow]
    panels: list[Panel] = field(factory=list)
    known: bool = False


@define(slots=True, eq=False)
class Observation:
    """What compiling one text came to, with what was decided on the way.

    Attributes:
        source: the text.
        language: the language that it was read in.
        tokens: the block tokens.
        cst: the tree of the document.
        lines: what the outline decided of lines, by the offset of their text.
        runs: the running text, in order.
        tables: the tables, in order.
        regions: what the clause grammars read, in the order of reading.
        document: what came out, without checks.
    """

    source: SourceFile
    language: Language
    tokens: Sequence[BlockToken]
    cst: Cst
    lines: Mapping[int, Judged]
    runs: Sequence[Run]
    tables: Sequence[SeenTable]
    regions: Sequence[Region]
    document: Document
    _token_starts: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._token_starts = [token.start for token in self.tokens]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What there was to say of places in the text; that the whole is no disclosure is said of none."""
        return [one for one in self.document.diagnostics if one.code != codes.NOT_A_DISCLOSURE.code]

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of the language."""
        return lexicon(self.language)

    @property
    def classifier(self) -> LineClassifier:
        """What told how lines are numbered and whose headings they are."""
        return line_classifier(self.language)

    @property
    def places(self) -> Places:
        """Where the things of the language stand."""
        return places(self.language)

    def token_at(self, offset: int) -> BlockToken | None:
        """The token that a character stands in; absent in an empty text."""
        at = bisect_right(self._token_starts, offset) - 1
        return self.tokens[at] if at >= 0 else None


def observe(source: SourceFile, language: Language) -> Observation:
    """Compile a text without the checks, and keep what was decided. It never raises, as compiling does not."""
    reading = reading_of(source.text, source.name, language)
    kept = _Recorder(reading.source.text)
    compiled = compile_reading(reading, language=language, checks=False, observer=kept)
    assert kept.cst is not None, "every text has a tree"
    return Observation(
        compiled.source,
        language,
        kept.tokens,
        kept.cst,
        kept.lines,
        kept.runs,
        kept.tables,
        kept.regions,
        compiled.document,
    )


class _Recorder(Observer):
    """Keeps what it is told of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.tokens: Sequence[BlockToken] = ()
        self.cst: Cst | None = None
        self.lines: dict[int, Judged] = {}
        self.runs: list[Run] = []
        self.tables: list[SeenTable] = []
        self.regions: list[Region] = []

    def outlined(self, tokens: Sequence[BlockToken]) -> None:
        self.tokens = tokens

    def parsed(self, cst: Cst) -> None:
        self.cst = cst

    def decided(self, line: LineClass, decision: Decision) -> None:
        # It changes by what was decided.
        self.lines[line.start] = Judged(copy(line), decision)

    def region(self, grammar: str, text: str, start: int, reading: ReadingText | None = None) -> None:
        is_whole = grammar in _BLANKED or self._text.startswith(text, start)
        # A region of many lines is told behind its last one.
        last = start + len(text) - 1 if reading is None else reading.behind(len(text)) - 1
        anchor = last if grammar in _OF_LINES else start
        self.regions.append(Region(grammar, text, start if is_whole else None, anchor, reading))

    def asked(self, phrase: Phrase, bounds: tuple[int, int], label: Label) -> None:
        asked = self.regions[-1].asked.setdefault(start_of(phrase), [])
        if (*bounds, label) not in asked:
            asked.append((*bounds, label))

    def answered(self, phrase: Phrase, question: str, rule: str, at: tuple[int, int] | None) -> None:
        answered = self.regions[-1].answered.setdefault(start_of(phrase), [])
        evidence = Evidence(question, rule, at)
        if evidence not in answered:
            answered.append(evidence)

    def stated(self, phrase: Phrase, amount: Amount) -> None:
        self.regions[-1].stated.setdefault(start_of(phrase), []).append(amount)

    def running_text(self, role: Role | None, start: int, end: int) -> None:
        self.runs.append(Run(role, start, end))

    def table(self, role: Role | None, rows: Sequence[MarkedRow]) -> None:
        self.tables.append(SeenTable(role, [*rows]))

    def panel(self, panel: Panel) -> None:
        self.tables[-1].panels.append(panel)

    def table_read(self, known: bool) -> None:
        self.tables[-1].known = known


def rule_name(tree: Tree[BlockToken]) -> str:
    """The name of a tree's rule."""
    return str(tree.data)
