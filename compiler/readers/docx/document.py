"""The body of a Word file: paragraphs and tables in the order of reading, numbers in front, notes behind.

A note stands behind the paragraph or the table that calls it, a text box behind the paragraph that it is anchored in:
so both belong to their section, and neither stands in a sentence. Tracked changes are taken as accepted.
"""

from __future__ import annotations

from itertools import chain
from typing import Final

from yusuan.compiler.readers.docx.counting import NumberWords
from yusuan.compiler.readers.docx.model import WordBlock, WordLoss, WordParagraph, WordTable
from yusuan.compiler.readers.docx.names import MC, VAL, W, XmlElement, is_on
from yusuan.compiler.readers.docx.nesting import unfolded
from yusuan.compiler.readers.docx.numbering import ListCounter
from yusuan.compiler.readers.docx.package import DocxError, DocxFault, WordPackage
from yusuan.compiler.readers.docx.runs import RunReader, RunText, chosen
from yusuan.compiler.readers.docx.styles import HIDDEN, NUMBERED, OUTLINED, STYLE, Format, StyleSheet
from yusuan.compiler.readers.docx.tables import TableGrid

_PROPERTIES: Final = f"{W}pPr"
_MARK: Final = f"{W}rPr"
_ENDS_TAKEN: Final = frozenset({f"{W}del", f"{W}moveFrom"})


def read_document(data: bytes, words: NumberWords) -> tuple[str, list[WordBlock]]:
    """The main part of a Word file, and its blocks.

    Raises:
        DocxError: the bytes are no Word file that can be read.
    """
    package = WordPackage(data)
    if not package.main:
        raise DocxError(DocxFault.BROKEN)
    body = package.xml(package.main).find(f"{W}body")
    return package.main, [] if body is None else DocumentReader(package, words).read(body)


class DocumentReader:
    """Reads the body of a file and what it refers to."""

    def __init__(self, package: WordPackage, words: NumberWords) -> None:
        parts: dict[str, str] = {}
        for kind, part in package.related(package.main).values():
            if package.has(part):
                parts.setdefault(kind, part)
        roots = {name: package.xml(parts[name]) if name in parts else None for name in ("styles", "numbering")}
        self._package = package
        self._parts = parts
        self._styles = StyleSheet(roots["styles"])
        self._lists = ListCounter(roots["numbering"], self._styles, words)
        self._runs = RunReader(self._styles)
        self._notes: dict[str, dict[str, XmlElement]] = {}
        self._part = ""

    def read(self, body: XmlElement) -> list[WordBlock]:
        """The blocks of the body."""
        return self._blocks(body)

    def _blocks(self, element: XmlElement) -> list[WordBlock]:
        """The blocks in an element."""
        found: list[WordBlock] = []
        pending: list[WordParagraph] = []
        for child in self._children(element):
            if child.tag == _PARAGRAPH:
                lines, behind, goes_on = self._paragraph(child, is_rest=bool(pending))
                if pending:
                    lines[0] = _joined(pending[0], lines[0])
                pending = [lines.pop()] if goes_on else []
                found.extend(lines)
                found.extend(behind)
                continue
            found.extend(pending)
            pending = []
            found.extend(self._table(child) if child.tag == _TABLE else [self._lost(WordLoss.CHUNK)])
        return [*found, *pending]

    def _children(self, element: XmlElement) -> list[XmlElement]:
        """The paragraphs, tables and chunks in an element, those in content controls and of the chosen form too."""
        found: list[XmlElement] = []
        for child in element:
            tag = child.tag
            if tag in _BLOCKS:
                found.append(child)
            elif tag in _AROUND:
                found.extend(self._children(child))
            elif tag == _ALTERNATIVES:
                branch = chosen(child)
                found.extend([] if branch is None else self._children(branch))
        return found

    def _lost(self, *kinds: WordLoss) -> WordParagraph:
        return WordParagraph("", self._part, kinds)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, element: XmlElement) -> list[WordBlock]:
        notes: list[WordBlock] = []

        def read_cell(cell: XmlElement) -> list[WordBlock]:
            blocks = self._blocks(cell)
            # A note that is called in a cell stands behind the table.
            notes.extend(block for block in blocks if _is_note(block, self._part))
            return [block for block in blocks if not _is_note(block, self._part)]

        grid = TableGrid(read_cell)
        table = grid.table(element)
        table.notes = notes
        found = unfolded(table)
        return [*found, self._lost(WordLoss.DELETED)] if grid.left_out else found

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraph(self, element: XmlElement, is_rest: bool) -> tuple[list[WordParagraph], list[WordBlock], bool]:
        """The lines of a paragraph, what stands behind it, and whether the next one goes on with it.

        One that is the rest of another has no number of its own.
        """
        properties = element.find(_PROPERTIES)
        format_, goes_on = self._format(properties)
        said = self._runs.read(element, format_)
        text = "".join(said.pieces)
        if not is_rest and (text or not goes_on):
            # A number may be all that a cell says.
            number, text = self._lists.number_of(format_), text.lstrip("\t")
            if number and self._lists.unread:
                said.left_out.append(WordLoss.NUMBER)
            text = number + text if text else number.rstrip()
        lines = [
            WordParagraph(line.lstrip("\t"), self._part, tuple(said.left_out) if not at else (), format_.level)
            for at, line in enumerate(text.split("\n"))
        ]
        return lines, self._behind(said), goes_on

    def _format(self, properties: XmlElement | None) -> tuple[Format, bool]:
        """A paragraph's format, and whether its end is taken away or not shown."""
        style, numbered, outlined, goes_on = None, None, None, False
        for one in properties if properties is not None else ():
            tag = one.tag
            if tag == STYLE:
                style = one.get(VAL)
            elif tag == NUMBERED:
                numbered = one
            elif tag == OUTLINED:
                outlined = one
            elif tag == _MARK:
                goes_on = any(child.tag in _ENDS_TAKEN or (child.tag == HIDDEN and is_on(child)) for child in one)
        format_ = self._styles.of_paragraph(style)
        format_ = format_ if outlined is None else format_.with_level(outlined)
        return format_ if numbered is None else format_.with_number(numbered), goes_on

    def _behind(self, said: RunText) -> list[WordBlock]:
        """Text boxes and notes of a paragraph."""
        boxes = [self._blocks(box) for box in said.boxes]
        notes = [self._note(kind, identifier) for kind, identifier in said.notes]
        return list(chain.from_iterable([*boxes, *notes]))

    def _note(self, kind: str, identifier: str) -> list[WordBlock]:
        """A note, read where it is called, once."""
        if kind not in self._notes:
            part = self._parts.get(kind)
            root = None if part is None else self._package.xml(part)
            self._notes[kind] = {} if root is None else {one.get(f"{W}id", ""): one for one in root}
        note = self._notes[kind].pop(identifier, None)
        if note is None:
            return []
        around, self._part = self._part, self._parts[kind]
        blocks = self._blocks(note)
        self._part = around
        return [block for block in blocks if isinstance(block, WordTable) or not block.is_blank]


def _is_note(block: WordBlock, part: str) -> bool:
    return isinstance(block, WordParagraph) and block.part != part


def _joined(first: WordParagraph, second: WordParagraph) -> WordParagraph:
    """Two paragraphs of which the first one's end is taken away."""
    return WordParagraph(first.text + second.text, first.part, (*first.left_out, *second.left_out), first.level)


_PARAGRAPH: Final = f"{W}p"
_TABLE: Final = f"{W}tbl"
_BLOCKS: Final = frozenset({_PARAGRAPH, _TABLE, f"{W}altChunk"})
_AROUND: Final = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_ALTERNATIVES: Final = f"{MC}AlternateContent"
