"""Kinds of sheets that a file of the grammar declares (`tables/<kind>.toml`): their headers, columns and rows.

A declaration is all that a table needs: its header becomes a terminal of the table grammar, its wordings become labels
of the lexicon, and its rows are lowered by its columns. What the cells are as data it says too, which is read by
`yusuan.ir.contract` and, of a table of the contract, not told here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, fields

from yusuan.compiler.language.declared import (
    FOLDER,
    SUFFIX,
    Declaration,
    HeadPath,
    HeadWord,
    SheetColumn,
    is_declaration,
    is_identifier,
)
from yusuan.compiler.language.files import GrammarFile, GrammarFileError, built_in, parsed
from yusuan.compiler.language.folding import fold_table
from yusuan.compiler.language.header_patterns import HeaderPatternError, pattern_of
from yusuan.compiler.language.lexicon_files import lay_over
from yusuan.compiler.language.nearest import did_you_mean
from yusuan.compiler.language.placeholders import PLACEHOLDER
from yusuan.compiler.language.said_sheets import NAME, SaidColumn, SaidLabel, SaidSheet
from yusuan.compiler.language.structuring import MisshapenError, structure
from yusuan.ir.contract import COLUMN_KEYS, TABLE_KEYS, KindError, contract, data_of, kind_of
from yusuan.ir.declared import LAST_COLUMN, OWN_COLUMNS
from yusuan.ir.kinds import TableKind

# The label of cells that are above the columns of a kind, and head none.
_GROUPS: Final = "groups"

# What a file says as the declaration has it.
_OF_COLUMN: Final = tuple(one.name for one in fields(SheetColumn))[2:]
_OF_TABLE: Final = tuple(one.name for one in fields(Declaration))[5:]


def declarations(files: Sequence[GrammarFile], lexicon: Mapping[str, Any]) -> Iterator[tuple[Declaration, GrammarFile]]:
    """The declared kinds, each with its file of the table grammar, in the order in which their headers are tried.

    A wording that is a label already keeps its identifier, by which the column is found then; any other becomes a label
    of its own.

    Args:
        files: the files of all folders. Those of one name are laid over each other.
        lexicon: the lexicon, to whose labels the new ones are added.

    Raises:
        GrammarFileError: a file is no TOML or declares something that is none.
    """
    said: dict[str, dict[str, Any]] = {}
    sources: dict[str, list[GrammarFile]] = {}
    for file in filter(lambda file: is_declaration(file.path), files):
        own = parsed(file)
        said[file.path] = lay_over(said[file.path], own, file) if file.path in said else own
        sources.setdefault(file.path, []).append(file)
    labels = _Labels(lexicon)
    symbols = {entry.name: entry.place for file in files if file.path == "table.lark" for entry in file.entries()}
    found = []
    for path in sorted(said):
        reader = _Reader(path.removeprefix(FOLDER).removesuffix(SUFFIX), sources[path], labels, symbols)
        declaration = reader.read(said[path])
        if declaration is not None:
            found.append((declaration, declaration.grammar(sources[path][-1].shown)))
    # Of two of one priority whose headers have the same labels, the one that asks for more of them comes first.
    found.sort(key=lambda one: -len(one[0].required))
    yield from found


class _Labels:
    """The labels of the lexicon, to which declarations add theirs."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        said = lexicon["labels"]
        self._labels: dict[str, list[str]] = said["labels"]
        self._unlike = frozenset(said.get("unlike", ()))
        self.known = frozenset((*self._labels, *said["patterns"]))
        self._fold = fold_table(lexicon["characters"]["fold"])
        self._taken = {self.fold(word): name for name, words in self._labels.items() for word in words}

    def fold(self, text: str) -> str:
        """The folded form of a wording."""
        return text.translate(self._fold)

    def word(self, wording: str, own: str) -> HeadWord:
        """The label that a wording is; one of its own name if it is none yet.

        Raises:
            ValueError: it is no wording.
        """
        if is_identifier(wording):
            identifier = wording[1:-1]
            if identifier not in self.known:
                raise ValueError(f"no label is called {identifier}{did_you_mean(identifier, self.known)}")
            return HeadWord(identifier, "")
        folded = self.fold(wording)
        if PLACEHOLDER.search(wording) or not folded:
            raise ValueError(f"{wording!r} is no wording of a label")
        identifier = self._taken.setdefault(folded, own)
        if identifier == own and wording not in self._labels.setdefault(own, []):
            self._labels[own].append(wording)
        is_one_of_several = identifier in self._unlike or own.endswith(f"__{_GROUPS}")
        return HeadWord(identifier, folded if is_one_of_several else "")

    def exactly(self, wording: str, word: HeadWord) -> HeadWord:
        """A label that is only one of its wordings."""
        return word if is_identifier(wording) else HeadWord(word.identifier, self.fold(wording))


class _Reader:
    """Reads one declaration."""

    def __init__(self, name: str, files: Sequence[GrammarFile], labels: _Labels, symbols: Mapping[str, str]) -> None:
        self._name = name
        self._files = files
        self._labels = labels
        self._symbols = symbols

    def read(self, said: Mapping[str, Any]) -> Declaration | None:
        """The declaration that a file says; absent for a table that no sheet is of."""
        is_of_contract = self._name in contract()
        if is_of_contract:
            # What its cells are as data no overlay says anew.
            for file in self._files:
                if file not in built_in().files:
                    self._shaped(parsed(file))
        sheet = self._shaped(_without_data(said) if is_of_contract else said)
        if is_of_contract and not (sheet.header or any(column.labels for column in sheet.columns.values())):
            return None
        self._check_name()
        kind = self._kind(said, sheet)
        columns = self._columns(sheet, kind)
        table = sheet.table
        data = None if kind.record else data_of(said)
        rest = {key: getattr(table, key) for key in _OF_TABLE}
        return Declaration(self._name, kind, data, columns, self._header(sheet, columns), **rest)

    def _shaped(self, said: Mapping[str, Any]) -> SaidSheet:
        try:
            return structure(said, SaidSheet)
        except MisshapenError as error:
            raise self._fault(error.reason, *error.path) from error

    def _check_name(self) -> None:
        if not NAME.fullmatch(self._name):
            raise self._fault("a kind of table is called by small letters, digits and underscores")
        for name in (self._name, f"_{self._name}", f"{self._name.upper()}_HEADER"):
            place = self._symbols.get(name)
            if place is not None:
                raise self._fault(f"{self._name} is a name of the table grammar ({place}); choose another name")

    def _kind(self, said: Mapping[str, Any], sheet: SaidSheet) -> TableKind:
        name = sheet.table.of or self._name
        if name in contract():
            return contract()[name]
        if sheet.table.of:
            raise self._fault(f"of: no table is called {name}{did_you_mean(name, contract())}", "table", "of")
        if not sheet.columns:
            raise self._fault("no column is declared; each is a table [columns.NAME]", "columns")
        try:
            kind = kind_of(name, said)
        except KindError as error:
            raise self._fault(error.reason, *map(str, error.path)) from error
        names = {column.name for column in kind.columns}
        units = {column.unit_column for column in kind.columns}
        for clash in sorted(names & {*OWN_COLUMNS, LAST_COLUMN, *units}):
            raise self._fault(f"{clash}: every table has this column of itself; choose another name", "columns", clash)
        return kind

    # --- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, sheet: SaidSheet, kind: TableKind) -> tuple[SheetColumn, ...]:
        known = {column.name: column for column in kind.columns}
        unpivoted = {said.unpivot for said in sheet.columns.values()}
        found = []
        for name, said in sheet.columns.items():
            if name not in known:
                reason = (
                    f"{kind.name} is a table of the contract, which has no column {name}{did_you_mean(name, known)}"
                )
                raise self._fault(reason, "columns", name)
            if not (said.labels or name in unpivoted or kind.record):
                reason = f"{name}: labels are the wordings that officials use for it, at least one"
                raise self._fault(reason, "columns", name, "labels")
            if said.merged and known[name].type.is_figure:
                reason = f"{name}: only cells of texts are merged; a figure stands for its own row"
                raise self._fault(reason, "columns", name, "merged")
            for key in ("before", "of_which", "unpivot"):
                other = getattr(said, key)
                if other and (other not in sheet.columns or other == name):
                    raise self._fault(f"{key}: {other} is no other column of the table", "columns", name, key)
            if said.labels or name in unpivoted:
                found.append(self._column(name, said))
        return self._told_apart(found, sheet)

    def _column(self, name: str, said: SaidColumn) -> SheetColumn:
        labels = tuple(self._path(name, label) for label in said.labels)
        return SheetColumn(name, labels, **{key: getattr(said, key) for key in _OF_COLUMN})

    def _path(self, column: str, label: SaidLabel) -> HeadPath:
        *above, own = label.words
        try:
            return (
                *(self._labels.word(word, f"{self._name}__{_GROUPS}") for word in above),
                self._labels.word(own, f"{self._name}__{column}"),
            )
        except ValueError as error:
            raise self._fault(f"{column}: {error}", "columns", column, "labels", *label.words[-1:]) from error

    def _told_apart(self, columns: Sequence[SheetColumn], sheet: SaidSheet) -> tuple[SheetColumn, ...]:
        """The columns, those of one label headed by their own wordings of it only."""
        heads: dict[HeadPath, set[str]] = {}
        for column in columns:
            for path in column.labels:
                heads.setdefault(path, set()).add(column.name)
        found = []
        for at, column in enumerate(columns):
            self._refuse_shared(column, columns[:at], sheet)
            paths = []
            for path, label in zip(column.labels, sheet.columns[column.name].labels, strict=True):
                is_shared = len(heads[path]) > 1 and not path[-1].identifier.startswith(f"{self._name}__")
                last = self._labels.exactly(label.words[-1], path[-1]) if is_shared else path[-1]
                paths.append((*path[:-1], last))
            found.append(evolve(column, labels=tuple(dict.fromkeys(paths))))
        return tuple(found)

    def _refuse_shared(self, column: SheetColumn, before: Sequence[SheetColumn], sheet: SaidSheet) -> None:
        """No wording heads two columns, unless their order tells them apart, or what they are a part of."""
        said = sheet.columns[column.name]
        for other in before:
            if column.of_which or other.of_which or other.labels == column.labels:
                continue
            theirs = {tuple(map(self._labels.fold, one.words)) for one in sheet.columns[other.name].labels}
            for label in said.labels:
                words = tuple(map(self._labels.fold, label.words))
                if words in theirs and not is_identifier(label.words[-1]):
                    reason = f"{column.name}: {label.words[-1]} heads {other.name} too; a label heads one column"
                    raise self._fault(reason, "columns", column.name, "labels", label.words[-1])

    # --- headers ------------------------------------------------------------------------------------------------------

    def _header(self, sheet: SaidSheet, columns: Sequence[SheetColumn]) -> str:
        required = [sorted(set(column.identifiers)) for column in columns if column.required]
        if not required and not sheet.header:
            if sheet.table.of:
                return ""
            raise self._fault("no column is required; the header is known by those that are", "columns")
        known = self._labels.known | {one for column in columns for one in column.identifiers}
        forms = [([cell.written for cell in one.cells], one.has, one.without) for one in sheet.header]
        try:
            patterns = [
                pattern_of(cells, (*has, *required), without, known)
                for cells, has, without in forms or [([], (), ("#",))]
            ]
        except HeaderPatternError as error:
            raise self._fault(str(error), "header") from error
        return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"

    def _fault(self, reason: str, *path: str | int) -> GrammarFileError:
        """A fault at an entry, in the last file that has it."""
        files = [file for file in self._files if any(entry.path == path for entry in file.entries())]
        return GrammarFileError((files or self._files)[-1].at(*path), reason)


def _without_data(said: Mapping[str, Any]) -> dict[str, Any]:
    """A declaration of a table of the contract without what it says of data."""
    return {
        "table": _without(said["table"], TABLE_KEYS),
        "columns": {name: _without(column, COLUMN_KEYS) for name, column in said["columns"].items()},
        "header": said.get("header", []),
    }


def _without(said: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in keys}
