"""What the rules and terminals become, and by which texts: watched while invented reports are compiled.

Nothing here is a list that someone keeps. A text is compiled while what the compiler decides is recorded
(`workbench/tracing/`); what of the IR stands at the characters that a rule or terminal took is what it becomes. The
texts are the cases of `tests/corpus/` and the reports of `examples/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any, Final

import attrs
from attrs import define, field, frozen

from docs.observations import IrPlace, Observed
from docs.samples import Example, Sample, texts
from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.parsers import Tree, UnexpectedInput
from yusuan.compiler.tables.panels import row_lexer
from yusuan.compiler.tables.rows import MarkedRow
from yusuan.compiler.workbench.tracing.observing import Observation, Region, observe
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section, Table
from yusuan.ir.source import SourceFile

_AROUND: Final = 14
_LONGEST: Final = 90
_MOST_LINES: Final = 3
_MOST_ROWS: Final = 4


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
        return parse_region(built_in_language(), grammar, text)  # type: ignore[no-any-return]
    except UnexpectedInput:
        return None


def _walk(tree: Tree[BlockToken]) -> Iterator[tuple[str, int, int, Any]]:
    """Each rule and terminal of a tree: name, start, end, the tree or token. A rule without characters is left out."""
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Tree):
            tokens = list(_tokens(node))
            if tokens:
                yield str(node.data), tokens[0].start, tokens[-1].end, node
            pending.extend(reversed(node.children))
        elif isinstance(node, BlockToken):
            yield node.type, node.start, node.end, node


def _tokens(tree: Tree[BlockToken]) -> Iterator[BlockToken]:
    """The tokens of a tree, in the order of the text."""
    pending: list[Any] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Tree):
            pending.extend(reversed(node.children))
        else:
            yield node


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

    place: IrPlace
    value: Any
    owner: Any = None


@define(slots=True)
class _Watch:
    """What is seen of one text."""

    seen: Observed
    source: str
    text: str
    _items: dict[tuple[int, int], list[_Item]] = field(init=False, factory=lambda: defaultdict(list))
    _records: list[tuple[int, IrPlace]] = field(init=False, factory=list)

    def look(self) -> None:
        """Compile the text and watch."""
        watched = observe(SourceFile(self.source, self.text), built_in_language())
        document = watched.document
        for item in _of_tree(document):
            self._add(item)
        for record in _records(document):
            self._records.append((record.span.start, IrPlace(type(record).__name__)))
            self._keep(record)
            for item in _values(record):
                self._add(item)
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
        blanks = lexicon(built_in_language()).blanks
        raw = self.text[start:end]
        left = len(raw) - len(raw.lstrip(blanks))
        return start + left, max(start + left, start + len(raw.rstrip(blanks)))

    def _example(self, start: int, end: int) -> Example:
        return _example(self.text, *self._stripped(start, end), self.source)

    # --- the document -------------------------------------------------------------------------------------------------

    def _document(self, watched: Observation) -> None:
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
        name = list(built_in_language().patterns["numbering"])[line.style]
        self.seen.saw(("numbering", name), self._example(line.start, line.title_start))
        for item in self._items.get(self._stripped(line.start, line.end), ()):
            if not item.owner and getattr(item.value, "ordinal", None):
                self.seen.becomes["numbering", name][IrPlace(item.place.name, "ordinal")] += 1

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
        lexer = row_lexer(built_in_language())
        for table in watched.tables:
            for row in table.rows:
                self._rows(lexer.kind("".join(row.marks)), [row])
            for panel in table.panels:
                self._rows(panel.kind, [*panel.head, *panel.rows])

    def _rows(self, name: str, rows: list[MarkedRow]) -> None:
        """Rows of a table that a rule or terminal took, and the records that begin there."""
        if grammar_index(built_in_language()).symbol("table", name) is None:
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
            start, end = region.at(start), region.behind(end)
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


def _spelled(name: str, said: str, items: Iterable[_Item]) -> list[IrPlace]:
    """The attributes of what a phrase states that have what one of its tokens says, or are called as it is: units,
    operators."""
    found = {
        IrPlace(type(one).__name__, attribute.name)
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


def _is_of(place: IrPlace, name: str) -> bool:
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
    yield from chain.from_iterable(document.tables.values())


def _of_tree(document: Document) -> Iterator[_Item]:
    """The nodes of the tree, and what the document itself states."""
    yield from _values(document)
    pending = [document.body]
    while pending:
        section = pending.pop()
        yield _Item(IrPlace("Section", value=str(section.role or "")), section)
        if section.heading is not None:
            yield _Item(IrPlace("Heading"), section.heading)
        for block in section.blocks:
            if isinstance(block, Table):
                yield _Item(IrPlace("Table"), block)
                for row in block.rows:
                    yield _Item(IrPlace("Row"), row)
                    yield from (_Item(IrPlace("Cell"), cell) for cell in row.cells)
            else:
                yield _Item(IrPlace("Paragraph", value=str(block.kind)), block)
        pending.extend(section.sections)


def _values(owner: Any) -> Iterator[_Item]:
    """The attributes with a place of their own in the text."""
    for attribute in attrs.fields(type(owner)):
        value = getattr(owner, attribute.name)
        if attribute.name != "body" and attrs.has(type(value)) and hasattr(value, "span"):
            yield _Item(IrPlace(type(owner).__name__, attribute.name), value, owner)
