"""The whole report: the tree and the typed tables of one input."""

from __future__ import annotations

from typing import Final

from attrs import frozen

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


@frozen(slots=True)
class Document:
    """部门预算公开: one budget disclosure.

    Attributes:
        name: the input's file name without its suffix (the contract's `document`).
        title: the title, its lines joined; absent where the text has none.
        organization: the department whose budget it is; absent where neither the title nor the line behind it names it.
        fiscal_year: the budget's year; absent where the text does not say.
        body: the tree of the whole text.
        institutions, amounts, projects, objectives, spending_plan, indicators, activities, procurement, assets,
            glossary: the typed tables, rows in the order of the document.
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
    institutions: tuple[Institution, ...] = ()
    amounts: tuple[Amount, ...] = ()
    projects: tuple[Project, ...] = ()
    objectives: tuple[Objective, ...] = ()
    spending_plan: tuple[SpendingPlanEntry, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    procurement: tuple[ProcurementItem, ...] = ()
    assets: tuple[Asset, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    declared: tuple[DeclaredTable, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    grammar: tuple[GrammarSource, ...] = ()
    units: tuple[MoneyUnit, ...] = ()
    places: SourceMap = NO_PLACES
    kind: ReportKind | None = None
    level: ReportLevel | None = None
    provenance: Provenance = NO_PROVENANCE
    coverage: ReportCoverage | None = None
