"""How much of a report became typed data, counted apart from how it was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, Final, get_args, get_type_hints

from yusuan.compiler.language.lexicon import Lexicon
from yusuan.ir.coverage import ReportCoverage
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section, Table
from yusuan.ir.records import Figure, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Role

# Without a unit of money behind it 2024.1 or 2024.01 is a month, and 1.2 at the beginning of a line, parted from words,
# the number of a heading.
_MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])(?![0-9])")
_HEADING: Final = re.compile(r"(?:\A|(?<=[\r\n]))[0-9]+\.[0-9]+[ \u3000、.．]+[^\W\d_]")


def coverage_of(document: Document, text: str, lexicon: Lexicon) -> ReportCoverage:
    """The coverage of a document.

    Args:
        document: it, with its records.
        text: the text that it was read from.
        lexicon: says which units are money.
    """
    sections = list(_sections(document.body))
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    money = list(_money(text, lexicon, _ordinals(sections)))
    roles = {section.role for section in sections}
    return ReportCoverage(
        len(money),
        _within(money, sorted((span.start, span.end) for span in _values(document))),
        len(tables),
        sum(table.typed for table in tables),
        tuple(role for role in Role if role not in roles),
    )


def _sections(body: Section) -> Iterator[Section]:
    """Every section, without recursion: a hostile outline may nest deep."""
    stack = [body]
    while stack:
        section = stack.pop()
        yield section
        stack.extend(section.sections)


def _money(text: str, lexicon: Lexicon, ordinals: dict[int, int]) -> Iterator[int]:
    """The offsets of the figures that look like money."""
    for match in lexicon.money_figure.finditer(text):
        start, end = match.span()
        if end <= ordinals.get(start, 0):
            continue
        if match["unit"] is not None or not (_MONTH.match(text, start) or _HEADING.match(text, start)):
            yield start


def _ordinals(sections: Iterable[Section]) -> dict[int, int]:
    """The ends of the numbers of headings and items by their starts: 1.2 in front of a heading is no money."""
    found: dict[int, int] = {}
    for section in sections:
        numbered = [section.heading, *(block for block in section.blocks if not isinstance(block, Table))]
        for one in numbered:
            if one is not None and one.ordinal:
                found[one.span.start] = one.span.start + len(one.ordinal)
    return found


def _within(offsets: list[int], spans: list[tuple[int, int]]) -> int:
    """How many of the offsets lie within a span; both are in order."""
    starts, reach, furthest = [], [], 0
    for start, end in spans:
        furthest = max(furthest, end)
        starts.append(start)
        reach.append(furthest)
    places = ((offset, bisect_right(starts, offset)) for offset in offsets)
    return sum(place > 0 and offset < reach[place - 1] for offset, place in places)


def _values(document: Document) -> Iterator[Span]:
    """Where the values of the typed records stand."""
    for record in chain.from_iterable(document.tables.values()):
        for name in value_fields(record.__class__):
            value = getattr(record, name)
            if value is not None:
                yield value.span
    for table in document.declared:
        for row in table.rows:
            yield from (value.span for value in row.values if value.value is not None)


@cache
def value_fields(record: Any) -> tuple[str, ...]:
    """The attributes of a class of records that hold figures or targets."""
    # Not by the types that attrs keeps, which are texts until somebody has them resolved.
    hints = get_type_hints(record)
    return tuple(name for name, hint in hints.items() if {hint, *get_args(hint)} & {Figure, Target})
