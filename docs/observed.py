"""What the rules and terminals become, and by which texts: watched while invented reports are compiled.

Nothing here is a list that someone keeps. A text is compiled twice, once by the compiler and once by the classes that
only record what it decides (`workbench/tracing/`); what of the IR stands at the characters that a rule or terminal took
is what it becomes. The texts are the cases of `tests/corpus/` and the reports of `examples/`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
from attrs import define, field, frozen
from lark import Tree
from lark.exceptions import UnexpectedInput

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import region_lexer
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import language
from yusuan.compiler.pipeline import compile_text
from yusuan.compiler.tables.from_table import RowLexer
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.corpus.judging import corpus_files, read_cases
from yusuan.compiler.workbench.tracing.observing import Observation, Region, observe
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section, Table
from yusuan.ir.source import SourceFile

ROOT: Final = Path(__file__).resolve().parents[1]

Name: TypeAlias = tuple[str, str]
"""A grammar and a rule or terminal of it."""

MOST_EXAMPLES: Final = 3
_AROUND: Final = 14
_LONGEST: Final = 90
_MOST_LINES: Final = 3
_MOST_ROWS: Final = 4
# What is seen so much less often than the most frequent is chance.
_RARE: Final = 50


@frozen(slots=True, order=True)
class Place:
    """Something of the IR.

    Attributes:
        name: the name of its class.
        attribute: its attribute whose value it is; empty for the whole.
        value: what tells it from others of its class: the role of a section, the kind of a paragraph; empty elsewhere.
    """

    name: str
    attribute: str = ""
    value: str = ""


@frozen(slots=True)
class Example:
    """A text that a rule or terminal took.

    Attributes:
        text: the text.
        before: what stands in front of it on its line, cut.
        after: what stands behind it, cut.
        source: the case or file that it is from.
    """

    text: str
    before: str
    after: str
    source: str


@define(slots=True)
class Observed:
    """What was seen of all texts.

    Attributes:
        becomes: what of the IR stood at the characters of a rule or terminal, how often.
        holds: what records stood within, for the rules of sections.
        texts: the texts that each took, how often, with the first example of each.
        items: for each class of the IR that has a span the item that says most, with its text.
    """

    becomes: dict[Name, Counter[Place]] = field(factory=lambda: defaultdict(Counter))
    holds: dict[Name, Counter[Place]] = field(factory=lambda: defaultdict(Counter))
    texts: dict[Name, dict[str, tuple[int, Example]]] = field(factory=lambda: defaultdict(dict))
    items: dict[str, tuple[Any, Example]] = field(factory=dict)

    def examples(self, name: Name) -> list[Example]:
        """The texts that a rule or terminal took most often, the shorter ones first among equals."""
        found = sorted(self.texts[name].items(), key=lambda one: (-one[1][0], len(one[0]), one[0]))
        return [example for _, (_, example) in found[:MOST_EXAMPLES]]

    def became(self, name: Name) -> dict[Place, int]:
        """What a rule or terminal becomes, how often, without what it hardly ever does: some word may be spelled as a
        unit is."""
        found = self.becomes[name]
        most = max(found.values(), default=0)
        return {place: count for place, count in found.items() if count * _RARE >= most}

    def sources(self, place: Place) -> list[Name]:
        """The rules and terminals that become something, those that did so most often first.

        What becomes an attribute of a class becomes the class as well.
        """
        found = []
        for name in list(self.becomes):
            became = self.became(name)
            whole = place == Place(place.name)
            count = sum(became[one] for one in became if one == place or (whole and one.name == place.name))
            found.append((-count, name))
        return [name for count, name in sorted(found) if count]

    def saw(self, name: Name, example: Example) -> None:
        """Keep a text that a rule or terminal took."""
        if example.text.strip():
            times, first = self.texts[name].get(example.text, (0, example))
            self.texts[name][example.text] = times + 1, first


@frozen(slots=True)
class Sample:
    """A text of the repository.

    Attributes:
        source: the case or file that it is.
        text: the text.
        grammar: the clause grammar that reads it; absent for a report, or a part of one.
    """

    source: str
    text: str
    grammar: str | None = None


@cache
def texts() -> tuple[Sample, ...]:
    """The texts that are compiled, all of them invented."""
    cases = [
        Sample(f"tests/corpus/{case.id}", case.input, case.attributes.get("grammar"))
        for path in corpus_files(ROOT / "tests" / "corpus")
        for case in read_cases(path)
    ]
    examples = [
        Sample(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "examples").rglob("*.txt"))
    ]
    return (*cases, *examples)


@cache
def observed() -> Observed:
    """What is seen of them."""
    seen = Observed()
    for sample in texts():
        if sample.grammar is None:
            _Watch(seen, sample.source, sample.text).look()
        else:
            _watch_clause(seen, sample)
    return seen


def _watch_clause(seen: Observed, sample: Sample) -> None:
    grammar = sample.grammar or ""
    tree = _parsed(grammar, sample.text)
    for name, start, end, _ in _walk(tree) if tree is not None else ():
        seen.saw((grammar, name), _example(sample.text, start, end, sample.source))


def _parsed(grammar: str, text: str) -> Tree[BlockToken] | None:
    try:
        return language().parsers[grammar].parse(region_lexer(grammar).lex(text))  # type: ignore[return-value]
    except UnexpectedInput:
        return None


def _walk(tree: Tree[BlockToken]) -> Iterator[tuple[str, int, int, Any]]:
    """Each rule and terminal of a tree: name, start, end, the tree or token. A rule without characters is left out."""
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Tree):
            tokens = list(node.scan_values(lambda one: isinstance(one, BlockToken)))
            if tokens:
                yield str(node.data), tokens[0].start, tokens[-1].end, node
            pending.extend(reversed(node.children))
        elif isinstance(node, BlockToken):
            yield node.type, node.start, node.end, node


def _example(text: str, start: int, end: int, source: str) -> Example:
    before = text[text.rfind("\n", 0, start) + 1 : start].lstrip()
    after = text[end:].partition("\n")[0].rstrip()
    lines = [line.strip("\r") for line in text[start:end].split("\n")]
    shown = "\n".join(lines[:_MOST_LINES]).strip("\n")
    cut = len(lines) > _MOST_LINES or len(shown) > _LONGEST
    return Example(
        f"{shown[:_LONGEST]}…" if cut else shown,
        f"…{before[-_AROUND:]}" if len(before) > _AROUND else before,
        "" if cut else f"{after[:_AROUND]}…" if len(after) > _AROUND else after,
        source,
    )


@frozen(slots=True)
class _Item:
    """Something of the IR at its characters, with the record that it is of."""

    place: Place
    value: Any
    owner: Any = None


@define(slots=True)
class _Watch:
    """What is seen of one text."""

    seen: Observed
    source: str
    text: str
    _items: dict[tuple[int, int], list[_Item]] = field(init=False, factory=lambda: defaultdict(list))
    _records: list[tuple[int, Place]] = field(init=False, factory=list)

    def look(self) -> None:
        """Compile the text and watch."""
        document = compile_text(self.text, checks=False).document
        for item in _of_tree(document):
            self._add(item)
        for record in _records(document):
            self._records.append((record.span.start, Place(type(record).__name__)))
            self._keep(record)
            for item in _values(record):
                self._add(item)
        watched = observe(SourceFile(self.source, self.text))
        self._document(watched)
        self._sections(document.body)
        self._tables(watched)
        for region in watched.regions:
            self._region(region)

    def _add(self, item: _Item) -> None:
        self._items[self._stripped(item.value.span.start, item.value.span.end)].append(item)
        self._keep(item.value)

    def _keep(self, item: Any) -> None:
        """Remember an item if it says more than those of its class before it."""
        name = type(item).__name__
        if name not in self.seen.items or _said_by(item) > _said_by(self.seen.items[name][0]):
            self.seen.items[name] = item, self._example(item.span.start, item.span.end)

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        """A range without the white space around it."""
        blanks = lexicon().blanks
        raw = self.text[start:end]
        left = len(raw) - len(raw.lstrip(blanks))
        return start + left, max(start + left, start + len(raw.rstrip(blanks)))

    def _example(self, start: int, end: int) -> Example:
        return _example(self.text, *self._stripped(start, end), self.source)

    # --- the document -------------------------------------------------------------------------------------------------

    def _document(self, watched: Observation) -> None:
        if watched.cst is None:
            return
        for name, start, end, node in _walk(watched.cst):
            self.seen.saw(("report", name), self._example(start, end))
            for item in self._items.get(self._stripped(start, end), ()):
                if not item.owner and _is_of(item.place, name):
                    self.seen.becomes["report", name][item.place] += 1
            if isinstance(node, BlockToken) and isinstance(node.value, LineClass):
                self._number(node.value)

    def _number(self, line: LineClass) -> None:
        """How a line is numbered."""
        if line.style < 0:
            return
        name = list(language().patterns["numbering"])[line.style]
        self.seen.saw(("numbering", name), self._example(line.start, line.title_start))
        for item in self._items.get(self._stripped(line.start, line.end), ()):
            if not item.owner and getattr(item.value, "ordinal", None):
                self.seen.becomes["numbering", name][Place(item.place.name, "ordinal")] += 1

    def _sections(self, body: Section) -> None:
        """What records stand in the sections of a role."""
        ranges: list[tuple[int, int, str]] = []
        pending = [(body, "")]
        while pending:
            section, role = pending.pop()
            role = str(section.role or role)
            ranges.append((section.span.start, section.span.end, role))
            pending.extend((inner, role) for inner in section.sections)
        for start, place in self._records:
            # The innermost section is the one that begins last.
            role = max(one for one in ranges if one[0] <= start < one[1])[2]
            if role:
                self.seen.holds["report", role][place] += 1

    # --- tables -------------------------------------------------------------------------------------------------------

    def _tables(self, watched: Observation) -> None:
        lexer = RowLexer()
        for table in watched.tables:
            for at, row in enumerate(table.rows):
                self._rows(lexer.token(at, row).type, [row])
            for panel in table.panels:
                self._rows(panel.kind, [*panel.head, *panel.rows])

    def _rows(self, name: str, rows: list[MarkedRow]) -> None:
        """Rows of a table that a rule or terminal took, and the records that begin there."""
        if grammar_index().symbol("table", name) is None:
            # Rows in front of any header are no rule's; those of a declared table are told by its declaration.
            return
        start = rows[0].span.start
        end = max([rows[-1].span.end, *(cell.span.end for cell in rows[-1].cells)])
        self.seen.saw(("table", name), _rows_example(rows, self.source))
        for at, place in self._records:
            if start <= at < end:
                self.seen.becomes["table", name][place] += 1

    # --- clauses ------------------------------------------------------------------------------------------------------

    def _region(self, region: Region) -> None:
        grammar, offset = region.grammar, region.start
        tree = _parsed(grammar, region.text)
        if tree is None:
            return
        phrases: list[tuple[int, int, list[_Item]]] = []
        for name, start, end, node in _walk(tree):
            if offset is None:
                # It is put together from several cells.
                self.seen.saw((grammar, name), _example(region.text, start, end, self.source))
                continue
            start, end = offset + start, offset + end
            self.seen.saw((grammar, name), self._example(start, end))
            items = self._read(start, end)
            if isinstance(node, Tree) and items:
                phrases.append((start, end, items))
            elif not items:
                around = min((one for one in phrases if one[0] <= start and end <= one[1]), key=_length, default=None)
                places = _spelled(name, self.text[start:end].strip(), around[2]) if around else []
                self.seen.becomes[grammar, name].update(places)
            self.seen.becomes[grammar, name].update(dict.fromkeys((item.place for item in items), 1))

    def _read(self, start: int, end: int) -> list[_Item]:
        """The values of records that stand at a range, or within it where none is all of it."""
        exact = [item for item in self._items.get(self._stripped(start, end), ()) if item.owner]
        return exact or [
            item
            for (first, last), items in self._items.items()
            if start <= first and last <= end
            for item in items
            if item.owner
        ]


def _said_by(item: Any) -> int:
    """How many attributes of an item say something."""
    return sum(getattr(item, one.name) not in (None, "", ()) for one in attrs.fields(type(item)))


def _length(phrase: tuple[int, int, list[_Item]]) -> int:
    return phrase[1] - phrase[0]


def _spelled(name: str, said: str, items: Iterable[_Item]) -> list[Place]:
    """The attributes of what a phrase states that have what one of its tokens says, or are called as it is: units,
    operators."""
    found = {
        Place(type(one).__name__, attribute.name)
        for item in items
        for one in (item.owner, item.value)
        for attribute in attrs.fields(type(one))
        if isinstance(value := getattr(one, attribute.name), str | Decimal)
        and attribute.name != "text"
        and (str(value) == said or (name.isupper() and str(value) == name.lower()))
    }
    return sorted(found)


def _rows_example(rows: Iterable[MarkedRow], source: str) -> Example:
    written = (" │ ".join(" ".join(cell.text.split()) for cell in row.cells) for row in rows)
    lines = [line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in written if line.strip(" │")]
    return Example("\n".join(lines[:_MOST_ROWS]), "", "", source)


def _is_of(place: Place, name: str) -> bool:
    """Whether a node of the tree is what a rule or terminal of the document is about: several nodes can have the same
    characters, as a table of one cell."""
    match place.name:
        case "Paragraph":
            return place.value == name.lower() or name == "TEXT"
        case "Heading":
            return name.endswith("HEADING")
        case "Section":
            return name == place.value or (not place.value and name in ("start", "section", "project_section"))
    return place.name.lower() == name.lower()


def _records(document: Document) -> Iterator[Any]:
    """The records of the typed tables."""
    for attribute in attrs.fields(Document):
        value = getattr(document, attribute.name)
        if attribute.name != "diagnostics" and isinstance(value, tuple):
            yield from (one for one in value if hasattr(one, "span"))


def _of_tree(document: Document) -> Iterator[_Item]:
    """The nodes of the tree, and what the document itself states."""
    yield from _values(document)
    pending = [document.body]
    while pending:
        section = pending.pop()
        yield _Item(Place("Section", value=str(section.role or "")), section)
        if section.heading is not None:
            yield _Item(Place("Heading"), section.heading)
        for block in section.blocks:
            if isinstance(block, Table):
                yield _Item(Place("Table"), block)
                for row in block.rows:
                    yield _Item(Place("Row"), row)
                    yield from (_Item(Place("Cell"), cell) for cell in row.cells)
            else:
                yield _Item(Place("Paragraph", value=str(block.kind)), block)
        pending.extend(section.sections)


def _values(owner: Any) -> Iterator[_Item]:
    """The attributes with a place of their own in the text."""
    for attribute in attrs.fields(type(owner)):
        value = getattr(owner, attribute.name)
        if attribute.name != "body" and attrs.has(type(value)) and hasattr(value, "span"):
            yield _Item(Place(type(owner).__name__, attribute.name), value, owner)
