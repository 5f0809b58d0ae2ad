"""The text while it is written: with marks in it, and with what is known about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import define
from tests.generated_reports.dice import Dice
from tests.generated_reports.directions import SIGNS
from tests.generated_reports.marks import Edit, Relation, Span

ZERO: Final = Decimal(0)
FIRST_MARK: Final = 0xF0000
_DIGITS: Final = "零一二三四五六七八九十"


@define(eq=False)
class Heading:
    """A heading with its ordinal, which can be written for another number and in another style."""

    level: int
    style: str
    number: int
    ordinal: Span
    title: str
    siblings: list[Heading]
    of_section: bool = True


class Draft:
    """The report while it is written, and what is known about it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.edits: list[Edit] = []
        self.relations: list[Relation] = []
        self.headings: list[Heading] = []
        self._by_span: dict[Span, list[Relation]] | None = None
        self._spans: list[Span] = []
        self._raw: list[str] = []
        self._open: dict[int, list[Heading]] = {}
        self._tail: Span | None = None
        self._count = 0
        pick = dice.pick
        self.spacing = pick("layout/spacing", ("none", "none", "all", "erratic", "headings"))
        self.indent = pick("layout/indent", ("", "", "　　", "    ", "   "))
        self.bookmarks = dice.chance("layout/bookmarks", 0.4)
        self.pages = dice.chance("layout/pages", 0.2)
        self.empty_cell = pick("layout/empty", ("", "", "　", " "))
        self.table_end = pick("layout/table-end", ("", "", "\n", "\n\n\n", " \n"))

    # Spans, edits and relations.

    def span(self, text: str, scale: Decimal = Decimal(1)) -> Span:
        span = Span(chr(FIRST_MARK + len(self._spans)), text, scale)
        self._spans.append(span)
        return span

    def edit(self, kind: str, *changes: tuple[Span, str], at: Iterable[Span] = ()) -> None:
        self.edits.append(Edit(kind, changes, tuple(at)))

    def relate(self, kind: str, spans: Iterable[Span], holds: Callable[[], bool], scale_free: bool = True) -> None:
        self.relations.append(Relation(kind, tuple(spans), holds, scale_free))

    def sum(self, kind: str, total: Span, parts: Sequence[Span], slack: Decimal = ZERO) -> None:
        def holds() -> bool:
            return abs(total.number() - sum(part.number() for part in parts)) <= slack

        self.relate(kind, (total, *parts), holds)

    def same(self, kind: str, *spans: Span | None, slack: Decimal = ZERO) -> None:
        there = [span for span in spans if span]

        def holds() -> bool:
            return max(span.number() for span in there) - min(span.number() for span in there) <= slack

        if len(there) > 1:
            self.relate(kind, there, holds)

    def at_most(self, kind: str, parts: Sequence[Span], total: Span) -> None:
        def holds() -> bool:
            return sum(part.number() for part in parts) <= total.number()

        self.relate(kind, (*parts, total), holds)

    def broken(self) -> list[Relation]:
        return [relation for relation in self.relations if _all_numbers(relation) and not relation.holds()]

    def relations_of(self, span: Span) -> list[Relation]:
        if self._by_span is None:
            self._by_span = defaultdict(list)
            for relation in self.relations:
                for each in relation.spans:
                    self._by_span[each].append(relation)
        return self._by_span.get(span, [])

    # The text.

    def section(self, body: Callable[[], None]) -> Span:
        """Write a section as a span of its own, so that it can be left out."""
        outer, self._raw = self._raw, []
        body()
        span = self.span("".join(self._raw))
        self._raw = [*outer, span.mark]
        return span

    def write(self, text: str) -> None:
        self._raw.append(text)
        if text.strip():
            self._tail = None

    def paragraph(self, text: str, indent: bool = True) -> None:
        """A paragraph of running text; the closing half of a pair of brackets or quotation marks can be lost."""
        self._count += 1
        # Not the brackets of an ordinal.
        text = self._fragile(text, r"（(?![一二三四五六七八九十\d]+）)[^（）“”\n]{1,60}(）)", "unclosed-bracket")
        text = self._fragile(text, r"“[^“”（）\n]{2,60}(”)", "unclosed-quotation")
        self.write(f"{self.indent if indent else ''}{text}\n{self._gap()}")
        if self.pages and self._count % 9 == 0:
            self.write(f"- {self._count // 9} -\n\n\n")

    def plain(self, text: str) -> None:
        self.write(f"{text}\n")

    def heading(self, level: int, style: str, title: str, of_section: bool = True) -> Heading:
        if level not in self._open:
            self._open[level] = []
        for deeper in [each for each in self._open if each > level]:
            del self._open[deeper]
        siblings = self._open[level]
        number = len(siblings) + 1
        ordinal = self.span(style.format(n=number, c=chinese(number)))
        heading = Heading(level, style, number, ordinal, title, siblings, of_section)
        siblings.append(heading)
        self.headings.append(heading)
        name = f"heading/{len(self.headings)}"
        mark = f"[bookmark: _Toc{self.dice.between(name, 10**6, 10**8)}]" if self.bookmarks else ""
        if mark and not self.dice.chance(f"{name}/marked", 0.7):
            mark = ""
        if self._tail:
            # The rows of a table before are lost to the heading: what ended the row and the table is gone.
            lost = self.dice.pick(f"{name}/glued", ("", " ", "　"))
            self.edit("heading-glued", (self._tail, lost), at=(ordinal, self._tail))
        gap = self._gap() if self.spacing != "headings" else "\n"
        self.write(f"{mark}{ordinal}{title}\n{gap}")
        return heading

    def close_headings(self, level: int) -> None:
        """The next heading of this level or a deeper one starts with 1 again."""
        for deeper in [each for each in self._open if each >= level]:
            del self._open[deeper]

    def table(self, rows: Sequence[Sequence[str]], droppable: Mapping[int, int] | None = None) -> list[Span]:
        """A table as Tika writes it: TAB, cell, newline; a blank line after the row, another after the table.

        `droppable` says for a row's index how many of its last cells a fault may take away. Gives each row's mark.
        """
        starts = []
        for index, row in enumerate(rows):
            start = self.span("")
            starts.append(start)
            for span in self.inside("".join(row)):
                span.row = start
            cells = [f"\t{cell or self.empty_cell}\n" for cell in row]
            lost = (droppable or {}).get(index, 0)
            if lost and not any(span.is_figure() for span in self.inside("".join(row[-lost:]))):
                last = self.span("".join(cells[-lost:]))
                cells[-lost:] = [last.mark]
                self.edit("short-row", (last, ""), at=(start,))
            self.write(start.mark + "".join(cells))
            if index + 1 < len(rows):
                self.write("\n")
        tail = self.span("\n\n" + self.table_end)
        tail.row = starts[-1]
        self.write(tail.mark)
        self._tail = tail
        return starts

    def laid_out(self) -> str:
        """The text without marks; each span learns its lines."""
        for span in self._spans:
            span.lines = []
        out: list[str] = []
        self._lay("".join(self._raw), out, 1)
        return "".join(out)

    def forget_the_unwritten(self) -> None:
        """Drop edits and relations of spans that were made for a wording that was not chosen."""
        self.laid_out()
        self.edits = [edit for edit in self.edits if all(span.lines for span, _ in edit.changes)]
        self.relations = [relation for relation in self.relations if all(span.lines for span in relation.spans)]

    def _lay(self, raw: str, out: list[str], line: int) -> int:
        for piece in re.split(f"([{chr(FIRST_MARK)}-\U000ffffd])", raw):
            if len(piece) == 1 and ord(piece) >= FIRST_MARK:
                span = self._spans[ord(piece) - FIRST_MARK]
                span.lines.append(line)
                line = self._lay(span.text, out, line)
            else:
                out.append(piece)
                line += piece.count("\n")
        return line

    def inside(self, text: str) -> Iterator[Span]:
        """The spans whose marks are in a text, and those in their texts."""
        for character in text:
            if ord(character) >= FIRST_MARK:
                span = self._spans[ord(character) - FIRST_MARK]
                yield span
                yield from self.inside(span.text)

    def _fragile(self, text: str, pattern: str, kind: str) -> str:
        if found := next(re.finditer(pattern, text), None):
            closing = self.span(found[1])
            self.edit(kind, (closing, ""))
            text = text[: found.start(1)] + closing.mark + text[found.end(1) :]
        return text

    def _gap(self) -> str:
        self._count += self.spacing == "erratic"
        if self.spacing == "erratic":
            return "\n" if self.dice.chance(f"gap/{len(self._raw)}/{self._count}", 0.5) else ""
        return "\n" if self.spacing == "all" else ""


def chinese(number: int) -> str:
    """A number below a hundred in Chinese."""
    if number <= 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[ones] if ones else "")


def ordinal_of(style: str, number: int) -> str:
    """A number in a style: `{n}、`, `（{c}）`."""
    return style.format(n=number, c=chinese(number))


def _all_numbers(relation: Relation) -> bool:
    return all(span.is_figure() or span.text in SIGNS for span in relation.spans)
