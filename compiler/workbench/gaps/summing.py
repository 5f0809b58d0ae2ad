"""The same gaps of many reports counted together."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field, frozen

from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind

_Key = tuple[GapKind, AddTo, str]


@frozen(slots=True)
class GapSum:
    """A gap over all reports.

    Attributes:
        gap: its first occurrence, in the order of the reports and of their text.
        report: the report of that, as the user calls it.
        count: how often it occurs.
        documents: in how many reports.
    """

    gap: Gap
    report: str
    count: int
    documents: int


@define(slots=True)
class GapSums:
    """Counts gaps, report by report; of each it keeps one example."""

    _sums: dict[_Key, GapSum] = field(init=False, factory=dict)

    def add(self, report: str, gaps: Iterable[Gap]) -> None:
        """Count the gaps of one report."""
        here: set[_Key] = set()
        for gap in gaps:
            key = (gap.kind, gap.file, gap.words)
            known = self._sums.get(key)
            if known is None:
                self._sums[key] = GapSum(gap, report, 1, 1)
            else:
                new = key not in here
                self._sums[key] = evolve(known, count=known.count + 1, documents=known.documents + new)
            here.add(key)

    def ordered(self) -> list[GapSum]:
        """Kind by kind and file of the grammar by file, first what most reports have, then what occurs most often."""
        kinds, files = list(GapKind), list(AddTo)
        return sorted(
            self._sums.values(),
            key=lambda one: (
                kinds.index(one.gap.kind),
                files.index(one.gap.file),
                -one.documents,
                -one.count,
                one.gap.words,
            ),
        )
