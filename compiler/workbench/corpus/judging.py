"""The corpus: files of cases, read and rewritten, and what each layer of the compiler prints of a case.

The form of the files is `yusuan.compiler.workbench.corpus.cases`. An overlay may have a corpus of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.parser import parse
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.language.loader import Language
from yusuan.compiler.pipeline import compile_bytes, compile_text, lex
from yusuan.compiler.readers.base import ReadError
from yusuan.compiler.workbench.corpus.cases import Case, cases_of
from yusuan.compiler.workbench.tracing import printing
from yusuan.compiler.workbench.tracing.printing import escape
from yusuan.emitters.tables import TABLES, TableView, declared_views
from yusuan.ir.diagnostics import Diagnostic, Severity
from yusuan.ir.diagnostics.codes import INTERNAL_FAULT
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section, Table
from yusuan.ir.source import SourceFile

# What is printed of a document, and what of it need not be, since nearly all are so.
_OF_REPORTS: Final = ("title", "organization", "fiscal_year", "kind", "level")
_USUAL: Final = {"kind": "budget", "level": "department"}


# --- files -----------------------------------------------------------------------------------------------------------


def read_text(path: Path) -> str:
    """A corpus file's text, line ends as they stand."""
    return path.read_bytes().decode()


def read_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        CorpusFormatError: the file is not in the format.
    """
    return cases_of(path, read_text(path))


def rewrite(path: Path, fresh: Mapping[str, str]) -> None:
    """Give the named cases of a file new expected parts; nothing else of the file changes."""
    text = read_text(path)
    changes = [
        (case.bounds, fresh[case.name] + ("\n" if case.bounds[1] < len(text) else ""))
        for case in cases_of(path, text)
        if case.name in fresh
    ]
    path.write_bytes(spliced(text, changes).encode())


def spliced(text: str, changes: Iterable[tuple[tuple[int, int], str]]) -> str:
    """A text with other words at some of its ranges, which stand in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for (start, end), fresh in changes:
        pieces += [text[done:start], fresh]
        done = end
    return "".join([*pieces, text[done:]])


def corpus_files(folder: Path) -> Iterator[Path]:
    """Every file of a corpus, in order."""
    yield from sorted(folder.glob("*/*.txt"))


# --- layers ----------------------------------------------------------------------------------------------------------


def print_tokens(case: Case, language: Language) -> Iterator[str]:
    """Type and text of each block token."""
    tokens, _ = lex(SourceFile(case.name, case.input), language)
    yield from printing.print_tokens(tokens, case.input)


def print_cst(case: Case, language: Language) -> Iterator[str]:
    """The tree of rules and tokens: of the document, or of one clause (`:grammar`)."""
    grammar = case.attributes.get("grammar")
    if grammar is None:
        tree = parse(language, lex(SourceFile(case.name, case.input), language)[0])
        yield from printing.print_tree(tree, case.input)
    else:
        yield from printing.print_tree(parse_region(language, grammar, case.input), case.input)


def print_ir(case: Case, language: Language) -> Iterator[str]:
    """The document's own facts, its outline, and each typed record on a line, in the order of the document."""
    document = compile_text(case.input, case.name, language=language).document
    facts = dict(zip(TABLES["documents"].header, next(TABLES["documents"].rows(document)), strict=True))
    yield _fields("document", {name: facts[name] for name in _OF_REPORTS if facts[name] != _USUAL.get(name)})
    yield from _outline(document.body, 0)
    records = [
        (record.span.start, _fields(f"{record.span.line}:{record.span.column} {name}", _unit(record) | fields))
        for name, rows in document.tables.items()
        for record, fields in zip(rows, _rows(TABLES[name], document), strict=True)
    ]
    for name, view in declared_views(table.kind for table in document.declared).items():
        rows = [row for table in document.declared if table.kind == view.kind for row in table.rows]
        records += [
            (row.span.start, _fields(f"{row.span.line}:{row.span.column} {name}", fields))
            for row, fields in zip(rows, _rows(view, document), strict=True)
        ]
    for _, line in sorted(records, key=lambda entry: entry[0]):
        yield line


def _rows(view: TableView, document: Document) -> Iterator[dict[str, str]]:
    for row in view.rows(document):
        yield dict(zip(view.header, row, strict=True))


def _unit(record: object) -> dict[str, str]:
    """The unit of a record's money, which some tables have no column for."""
    return {"unit": unit} if (unit := getattr(record, "unit", None)) else {}


def _fields(start: str, fields: Mapping[str, str]) -> str:
    stated = {key: value for key, value in fields.items() if value and key not in ("document", "line")}
    return "  ".join([start, *(f"{key}={escape(value)}" for key, value in stated.items())])


def _outline(section: Section, depth: int) -> Iterator[str]:
    if section.heading is not None:
        heading = section.heading
        indent = "  " * depth
        role = section.role or "section"
        yield f"{indent}{role} {heading.span.line}: {escape(heading.text)}"
    for block in section.blocks:
        indent = "  " * (depth + 1)
        typed = "+" if block.typed else "-"
        if isinstance(block, Table):
            shape = "/".join(str(len(row.cells)) for row in block.rows)
            yield f"{indent}{typed}table {block.span.line}: {shape}"
        else:
            yield f"{indent}{typed}{block.kind} {block.span.line}: {escape(block.text)}"
    for inner in section.sections:
        yield from _outline(inner, depth + 1)


def print_diagnostics(case: Case, language: Language) -> Iterator[str]:
    """Each diagnostic with its place."""
    for found in _diagnostics(case, language):
        place = f"{found.line}:{found.span.column}"
        yield f"{place} {found.severity}[{found.code}] {escape(found.message)}"


LAYERS: Final[Mapping[str, Callable[[Case, Language], Iterator[str]]]] = {
    "tokens": print_tokens,
    "cst": print_cst,
    "ir": print_ir,
    "diagnostics": print_diagnostics,
}
"""The layers by the names of their folders."""


def print_layer(case: Case, language: Language) -> str:
    """What the case's layer prints of its input."""
    return "".join(f"{line}\n" for line in LAYERS[case.layer](case, language))


@frozen(slots=True)
class Judgement:
    """What a case comes to.

    Attributes:
        case: the case.
        actual: what its layer prints.
        fault: the diagnostic that says that the input was not compiled, or not all of it, though the case is not marked
            `:error`; absent where there is none.
        lacks_error: whether it is marked `:error` and yields none.
    """

    case: Case
    actual: str
    fault: Diagnostic | None
    lacks_error: bool

    @property
    def is_right(self) -> bool:
        """Whether what is printed is what is expected."""
        return self.can_be_written and self.actual == self.case.expected

    @property
    def can_be_written(self) -> bool:
        """Whether what is printed may become what is expected."""
        return self.fault is None and not self.lacks_error

    def difference(self) -> str:
        """From what is expected to what is printed, as a unified diff."""
        before, after = self.case.expected.splitlines(keepends=True), self.actual.splitlines(keepends=True)
        return "".join(unified_diff(before, after, f"{self.case.id} (expected)", f"{self.case.id} (now)"))


def judge(case: Case, language: Language) -> Judgement:
    """Compile a case in a language, and hold what its layer prints against what is expected."""
    found = next(
        (
            one
            for one in _diagnostics(case, language)
            if one.severity is Severity.ERROR or one.code == INTERNAL_FAULT.code
        ),
        None,
    )
    is_marked = "error" in case.attributes
    return Judgement(case, print_layer(case, language), None if is_marked else found, is_marked and found is None)


def _diagnostics(case: Case, language: Language) -> tuple[Diagnostic, ...]:
    try:
        return compile_bytes(case.input.encode(), case.name, language=language).diagnostics
    except ReadError as error:
        return (error.diagnostic,)
