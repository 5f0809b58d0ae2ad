"""What the facts of a document are of: its records, with what they say on the axes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from attrs import define, field

from yusuan.emitters.xbrl.model import FactContext, Origin, Period
from yusuan.ir.concepts import definitions
from yusuan.ir.document import Document
from yusuan.ir.records import Indicator, Objective, SpendingPlanEntry

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
    """What the facts of each record say on the axes of its table: a name, with a number from its second bearer on."""
    named = {
        "projects": ("Project", [project.name.text for project in document.projects]),
        "activities": ("Activity", [activity.name.text for activity in document.activities]),
        "assets": ("Asset", [asset.item.text for asset in document.assets]),
    }
    said = {
        table: [{axis: name} for name in _numbered(map(axis_value, texts))] for table, (axis, texts) in named.items()
    }
    said["procurement"] = [{"Procurement": str(at)} for at in range(1, len(document.procurement) + 1)]
    said["spending_plan"] = [
        {**_project_of(entry), "Month": str(max(1, entry.month))} for entry in document.spending_plan
    ]
    said["objectives"] = [
        {**_project_of(objective), "Objective": str(max(1, objective.ordinal))} for objective in document.objectives
    ]
    said["indicators"] = [
        {**_project_of(indicator), "Indicator": str(at)} for at, indicator in enumerate(document.indicators, start=1)
    ]
    return {
        table: [
            Subject(Origin(table, row, record.span), dimensions)
            for row, (record, dimensions) in enumerate(zip(getattr(document, table), dimensions_of, strict=True))
        ]
        for table, dimensions_of in said.items()
    }


def _numbered(names: Iterable[str]) -> Iterator[str]:
    taken: Counter[str] = Counter()
    for name in names:
        taken[name] += 1
        yield name if taken[name] == 1 else f"{name} ({taken[name]})"


def _project_of(record: SpendingPlanEntry | Objective | Indicator) -> dict[str, str]:
    return {} if record.project is None else {"Project": axis_value(record.project)}


def axis_value(text: str) -> str:
    """A name as the value of an axis."""
    return _SPACES.sub(" ", text).strip() or "-"
