"""yusuan (预算, budget): a compiler from China's budget disclosures to typed data.

from yusuan import Compiler, emit

compiler = Compiler()  # Compiler(overlays=["dialect"]): a local dialect over the built-in grammar
compilation = compiler.compile_file("report.txt")
for amount in compilation.document.amounts:
    print(amount.concept, amount.period, amount.value.value, amount.unit)
print(emit(compilation.document, "csv"))
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yusuan.compiler.api import compile_bytes, compile_file, compile_text, speaking, with_overlays
    from yusuan.compiler.language.files import GrammarFileError
    from yusuan.compiler.pipeline import Compilation
    from yusuan.compiler.readers.base import ReadError
    from yusuan.compiler.readers.text.decode import DecodeError
    from yusuan.compiler.workspace.compiler import Compiler, Options
    from yusuan.emitters.registry import emit
    from yusuan.emitters.to_json import load_json
    from yusuan.ir.coverage import ReportCoverage
    from yusuan.ir.declared import DeclaredRow, DeclaredTable, DeclaredValue
    from yusuan.ir.diagnostics import Code, Diagnostic, Locale, Related, Severity, Tally
    from yusuan.ir.document import Document, GrammarSource, Tables
    from yusuan.ir.kinds import ColumnFact, RowAxis, SumForm, TableColumn, TableKind, TableSum, ValueType
    from yusuan.ir.money import MoneyUnit
    from yusuan.ir.nodes import Cell, Heading, Paragraph, Row, Section, Table, Text
    from yusuan.ir.records import (
        Activity,
        Amount,
        Asset,
        Figure,
        GlossaryEntry,
        Indicator,
        Institution,
        Objective,
        ProcurementItem,
        Project,
        SpendingPlanEntry,
        Target,
    )
    from yusuan.ir.source import FilePlace, Provenance, SourceFile, SourceMap, Span
    from yusuan.ir.vocabulary import (
        Base,
        Basis,
        BlockKind,
        Concept,
        Measure,
        Operator,
        ReportKind,
        ReportLevel,
        Role,
        Scope,
    )

# A library logs and leaves it to the program whether anybody sees it.
logging.getLogger(__name__).addHandler(logging.NullHandler())

__all__ = [
    "Activity",
    "Amount",
    "Asset",
    "Base",
    "Basis",
    "BlockKind",
    "Cell",
    "Code",
    "ColumnFact",
    "Compilation",
    "Compiler",
    "Concept",
    "DeclaredRow",
    "DeclaredTable",
    "DeclaredValue",
    "DecodeError",
    "Diagnostic",
    "Document",
    "Figure",
    "FilePlace",
    "GlossaryEntry",
    "GrammarFileError",
    "GrammarSource",
    "Heading",
    "Indicator",
    "Institution",
    "Locale",
    "Measure",
    "MoneyUnit",
    "Objective",
    "Operator",
    "Options",
    "Paragraph",
    "ProcurementItem",
    "Project",
    "Provenance",
    "ReadError",
    "Related",
    "ReportCoverage",
    "ReportKind",
    "ReportLevel",
    "Role",
    "Row",
    "RowAxis",
    "Scope",
    "Section",
    "Severity",
    "SourceFile",
    "SourceMap",
    "Span",
    "SpendingPlanEntry",
    "SumForm",
    "Table",
    "TableColumn",
    "TableKind",
    "TableSum",
    "Tables",
    "Tally",
    "Target",
    "Text",
    "ValueType",
    "compile_bytes",
    "compile_file",
    "compile_text",
    "emit",
    "load_json",
    "speaking",
    "with_overlays",
]

# The module of each name.
_NAMES = {
    "yusuan.compiler.api": ("compile_bytes", "compile_file", "compile_text", "speaking", "with_overlays"),
    "yusuan.compiler.language.files": ("GrammarFileError",),
    "yusuan.compiler.pipeline": ("Compilation",),
    "yusuan.compiler.readers.base": ("ReadError",),
    "yusuan.compiler.readers.text.decode": ("DecodeError",),
    "yusuan.compiler.workspace.compiler": ("Compiler", "Options"),
    "yusuan.emitters.registry": ("emit",),
    "yusuan.emitters.to_json": ("load_json",),
    "yusuan.ir.coverage": ("ReportCoverage",),
    "yusuan.ir.declared": ("DeclaredRow", "DeclaredTable", "DeclaredValue"),
    "yusuan.ir.diagnostics": ("Code", "Diagnostic", "Locale", "Related", "Severity", "Tally"),
    "yusuan.ir.document": ("Document", "GrammarSource", "Tables"),
    "yusuan.ir.kinds": ("ColumnFact", "RowAxis", "SumForm", "TableColumn", "TableKind", "TableSum", "ValueType"),
    "yusuan.ir.money": ("MoneyUnit",),
    "yusuan.ir.nodes": ("Cell", "Heading", "Paragraph", "Row", "Section", "Table", "Text"),
    "yusuan.ir.records": (
        "Activity",
        "Amount",
        "Asset",
        "Figure",
        "GlossaryEntry",
        "Indicator",
        "Institution",
        "Objective",
        "ProcurementItem",
        "Project",
        "SpendingPlanEntry",
        "Target",
    ),
    "yusuan.ir.source": ("FilePlace", "Provenance", "SourceFile", "SourceMap", "Span"),
    "yusuan.ir.vocabulary": (
        "Base",
        "Basis",
        "BlockKind",
        "Concept",
        "Measure",
        "Operator",
        "ReportKind",
        "ReportLevel",
        "Role",
        "Scope",
    ),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: the command's help needs no parser."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """The public names too that are not loaded yet."""
    return sorted({*globals(), *__all__})
