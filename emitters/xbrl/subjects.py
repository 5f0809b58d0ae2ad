"""What the facts of a document are of: its records, with what they say on the axes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final

from attrs import define, field

from yusuan.emitters.xbrl.model import FactContext, Origin, Period
from yusuan.ir.concepts import definitions
from yusuan.ir.contract import record_kinds
from yusuan.ir.document import Document
from yusuan.ir.kinds import TableKind, ValueType, plain

_SPACES: Final = re.compile(r"\s+")


@define(slots=True)
class Subject:
    """A record with what its facts say on the axes."""

    origin: Origin
    dimensions: Mapping[str, str]
    _contexts: dict[tuple[int | None, bool], FactContext] = field(init=False, factory=dict)

    def context(self, year: int | None, *, is_instant: bool) -> FactContext:
        """The context of its facts of a year."""
        known = self._contexts.get((year, is_instant))
        if known is None:
            said = tuple(sorted(self.dimensions.items(), key=lambda said: _order()[said[0]]))
            known = self._contexts[year, is_instant] = FactContext(Period(year, is_instant), said)
        return known


@cache
def _order() -> dict[str, int]:
    """The place of each axis."""
    return {axis: at for at, axis in enumerate(definitions().axes)}


def subjects_of(document: Document) -> dict[str, list[Subject]]:
    """What the facts of each record say on the axes of its table, by the name of the table."""
    return {
        kind.name: [
            Subject(Origin(kind.name, row, record.span), said)
            for row, (record, said) in enumerate(zip(records, _said(kind, records), strict=True))
        ]
        for kind in record_kinds().values()
        for records in [document.tables[kind.name]]
        if any(column.facts for column in kind.columns)
    }


def _said(kind: TableKind, records: Sequence[Any]) -> list[dict[str, str]]:
    """What each record says on the axes of its kind: the names and numbers in its columns, a name that tells the rows
    apart with a number from its second bearer on, and the number of the row."""
    found: list[dict[str, str]] = [{} for _ in records]
    for column in filter(attrgetter("axis"), kind.columns):
        values = [column.value(record) for record in records]
        if column.type is ValueType.INTEGER:
            texts = [None if value is None else str(max(1, value)) for value in values]
        else:
            texts = [None if value is None else axis_value(plain(value) or "") for value in values]
        if kind.is_named and column.name == kind.subject:
            texts = list(_numbered(texts))
        for said, text in zip(found, texts, strict=True):
            if text is not None:
                said[column.axis] = text
    if kind.axis:
        for at, said in enumerate(found, start=1):
            said[kind.axis] = str(at)
    return found


def _numbered(names: Iterable[str | None]) -> Iterator[str | None]:
    taken: Counter[str] = Counter()
    for name in names:
        if name is None:
            yield None
            continue
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name} ({taken[name]})"


def axis_value(text: str) -> str:
    """A name as the value of an axis."""
    return _SPACES.sub(" ", text).strip() or "-"
