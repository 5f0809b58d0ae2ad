"""The whole report: the tree and the typed tables of one input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen

from yusuan.ir.contract import record_kinds
from yusuan.ir.coverage import ReportCoverage
from yusuan.ir.declared import DeclaredTable
from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.money import MoneyUnit
from yusuan.ir.nodes import Section, Text
from yusuan.ir.records import (
    Activity,
    Amount,
    Asset,
    GlossaryEntry,
    Indicator,
    Institution,
    Objective,
    ProcurementItem,
    Project,
    SpendingPlanEntry,
)
from yusuan.ir.source import NO_PLACES, NO_PROVENANCE, Provenance, SourceMap
from yusuan.ir.vocabulary import ReportKind, ReportLevel

IR_VERSION: Final = 1
"""Version of the IR and of its JSON form; it changes with the contract."""


def _complete(rows: Mapping[str, Iterable[Any]]) -> dict[str, tuple[Any, ...]]:
    unknown = sorted(rows.keys() - record_kinds().keys())
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no table of the contract that has records")
    return {name: tuple(rows.get(name, ())) for name in record_kinds()}


@frozen(slots=True)
class GrammarSource:
    """A folder of the language that a document was read in.

    Attributes:
        name: what it is called; the built-in language as the program.
        version: its version; empty where it has none.
        digest: what tells one wording of it from another: the beginning of a hash over its files, in hexadecimal.
    """

    name: str
    version: str
    digest: str

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.version, self.digest)))


@frozen(slots=True, eq=False)
class Tables(Mapping[str, tuple[Any, ...]]):
    """The typed tables of a document by name: every table of the contract that has records, those without any too.

    Attributes:
        rows: what is known of them.

    Raises:
        ValueError: a name is that of no such table.
    """

    rows: Mapping[str, Iterable[Any]] = field(factory=dict, converter=_complete)

    def __getitem__(self, name: str) -> tuple[Any, ...]:
        return self.rows[name]  # type: ignore[return-value]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@frozen(slots=True)
class Document:
    """部门预算公开: one budget disclosure.

    Attributes:
        name: the input's file name without its suffix (the contract's `document`).
        title: the title, its lines joined; absent where the text has none.
        organization: the department whose budget it is; absent where neither the title nor the line behind it names it.
        fiscal_year: the budget's year; absent where the text does not say.
        body: the tree of the whole text.
        tables: the typed tables, rows in the order of the document.
        declared: the tables whose kinds the language declares, one for each kind, in the order of the kinds' names.
        diagnostics: what the compiler had to say, in the order of the document.
        grammar: the language that it was read in: the built-in one, and the overlays over it; empty where it was not
            read at all.
        units: the units of money that its records are in and that not every reader knows (`yusuan.ir.money`); as a rule
            there is none.
        places: where its characters stand in the file; without any for plain text.
        kind: what it reports; absent where nothing says so.
        level: whether it is of a department or of a unit; absent where its title does not say.
        provenance: the file that it was read from.
        coverage: how much of it became typed data; absent where it could not be read.
    """

    name: str
    title: Text | None
    organization: Text | None
    fiscal_year: int | None
    body: Section
    tables: Tables = field(factory=Tables)
    declared: tuple[DeclaredTable, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    grammar: tuple[GrammarSource, ...] = ()
    units: tuple[MoneyUnit, ...] = ()
    places: SourceMap = NO_PLACES
    kind: ReportKind | None = None
    level: ReportLevel | None = None
    provenance: Provenance = NO_PROVENANCE
    coverage: ReportCoverage | None = None

    @property
    def institutions(self) -> tuple[Institution, ...]:
        return self.tables["institutions"]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return self.tables["amounts"]

    @property
    def projects(self) -> tuple[Project, ...]:
        return self.tables["projects"]

    @property
    def objectives(self) -> tuple[Objective, ...]:
        return self.tables["objectives"]

    @property
    def spending_plan(self) -> tuple[SpendingPlanEntry, ...]:
        return self.tables["spending_plan"]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.tables["indicators"]

    @property
    def activities(self) -> tuple[Activity, ...]:
        return self.tables["activities"]

    @property
    def procurement(self) -> tuple[ProcurementItem, ...]:
        return self.tables["procurement"]

    @property
    def assets(self) -> tuple[Asset, ...]:
        return self.tables["assets"]

    @property
    def glossary(self) -> tuple[GlossaryEntry, ...]:
        return self.tables["glossary"]
