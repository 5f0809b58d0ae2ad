"""Kinds of tables that a file of the grammar declares (`tables/<kind>.toml`): columns, their wordings, what they hold.

A declaration is all that a table needs: its header becomes a terminal of the table grammar, its wordings become labels
of the lexicon, and its rows are lowered by its columns. A kind whose rows state more than their cells say has a
`.lark` file and a function of its own instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from yusuan.compiler.language.declared import FOLDER, SUFFIX, Declaration, is_declaration
from yusuan.compiler.language.files import GrammarFile, GrammarFileError, parsed
from yusuan.compiler.language.folding import fold_table
from yusuan.compiler.language.lexicon_files import lay_over
from yusuan.compiler.language.placeholders import PLACEHOLDER
from yusuan.compiler.language.structuring import KINDS
from yusuan.ir.contract import COLUMN_KEYS, SUM_KEYS, TABLE_KEYS, KindError, contract, data_of, kind_of
from yusuan.ir.declared import LAST_COLUMN, OWN_COLUMNS
from yusuan.ir.kinds import TableColumn, ValueType

NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""What a kind of table, and a column of it, is called."""

# Those that cells are read as.
_TYPES: Final = ("text", "code", "money", "number", "count", "percent")
_OF_TABLE: Final = {"zh": str, "en": str, "subject": str, "priority": int}
_OF_COLUMN: Final = {
    "labels": list,
    "type": str,
    "required": bool,
    "merged": bool,
    "adds": bool,
    "zh": str,
    "en": str,
}
_OF_SUM: Final = {key: type_ for key, type_ in SUM_KEYS.items() if key != "code"}
# Where the declaration does not say, above every header of the table grammar: it says all the labels that it must have.
_PRIORITY: Final = 11
_HIGHEST: Final = 999


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
    for file in files:
        if is_declaration(file.path):
            before = said.get(file.path)
            said[file.path] = parsed(file) if before is None else lay_over(before, parsed(file), file)
            sources.setdefault(file.path, []).append(file)
    labels: dict[str, list[str]] = lexicon["labels"]["labels"]
    fold = fold_table(lexicon["characters"]["fold"])
    taken = {wording.translate(fold): identifier for identifier, wordings in labels.items() for wording in wordings}
    rules = {file.path.removeprefix(FOLDER).removesuffix(".lark") for file in files if file.path.startswith(FOLDER)}
    symbols = {
        entry.name: entry.place
        for file in files
        if file.path == "table.lark" or (file.path.startswith(FOLDER) and file.path.endswith(".lark"))
        for entry in file.entries()
    }
    found = []
    for path in sorted(said):
        name, shown = path.removeprefix(FOLDER).removesuffix(SUFFIX), sources[path][-1].shown
        if name in contract():
            if len(sources[path]) > 1:
                raise GrammarFileError(shown, f"tables/{name}.toml is a table of the contract; choose another name")
            if not any("labels" in column for column in said[path]["columns"].values()):
                # Its rows are read by a rule and a function of its own.
                continue
        if name in rules:
            raise GrammarFileError(shown, f"tables/{name}.lark is a kind of table already; choose another name")
        place = symbols.get(name) or symbols.get(f"_{name}") or symbols.get(f"{name.upper()}_HEADER")
        if place is not None:
            raise GrammarFileError(shown, f"{name} is a name of the table grammar ({place}); choose another name")
        declaration = _Reader(name, sources[path], taken, labels, fold).read(said[path])
        found.append((declaration, declaration.grammar(shown)))
    # Of two of one priority whose headers have the same labels, the one that asks for more of them comes first.
    found.sort(key=lambda one: -len(one[0].required))
    yield from found


class _Reader:
    """Reads one declaration."""

    def __init__(
        self,
        name: str,
        files: Sequence[GrammarFile],
        taken: dict[str, str],
        labels: dict[str, list[str]],
        fold: Mapping[int, str | None],
    ) -> None:
        self._name = name
        self._files = files
        self._taken = taken
        self._labels = labels
        self._fold = fold

    def read(self, said: Mapping[str, Any]) -> Declaration:
        """The declaration that a file says."""
        if not NAME.fullmatch(self._name):
            raise self._fault("a kind of table is called by small letters, digits and underscores")
        for key in said:
            if key not in ("table", "columns", "sums", *(["axes"] if self._name in contract() else [])):
                raise self._fault(f"{key}: a kind of table has [table], [columns.…] and [[sums]] only", key)
        ours = self._name in contract()
        table = self._checked(said.get("table", {}), {**_OF_TABLE, **TABLE_KEYS} if ours else _OF_TABLE, "table")
        columns: dict[str, Any] = said.get("columns", {})
        if not isinstance(columns, dict) or not columns:
            raise self._fault("no column is declared; each is a table [columns.NAME]", "columns")
        for name, column in columns.items():
            if "labels" in column or not ours:
                self._check_column(name, column, {**_OF_COLUMN, **COLUMN_KEYS} if ours else _OF_COLUMN)
            else:
                # What the row says itself, or what stands in no cell of its own.
                self._checked(column, COLUMN_KEYS, "columns", name)
        sums = said.get("sums", [])
        if not isinstance(sums, list):
            raise self._fault("sums: each is a table [[sums]]", "sums")
        for at, one in enumerate(sums):
            self._checked(one, SUM_KEYS if ours else _OF_SUM, "sums", at)
        try:
            kind = kind_of(self._name, said)
        except KindError as error:
            raise self._fault(error.reason, *error.path) from error
        if not ours:
            self._refuse_clashes(kind.columns)
        required = tuple(name for name, column in columns.items() if column.get("required"))
        if not required:
            raise self._fault("no column is required; the header is known by those that are", "columns")
        identifiers = {name: self._identifiers(name, column.get("labels", ())) for name, column in columns.items()}
        self._refuse_shared(columns)
        merged = frozenset(name for name, column in columns.items() if column.get("merged"))
        return Declaration(kind, data_of(said), identifiers, required, merged, table.get("priority", _PRIORITY))

    def _check_column(self, name: str, said: Any, known: Mapping[str, type]) -> None:
        said = self._checked(said, known, "columns", name)
        if not NAME.fullmatch(name):
            raise self._fault(f"{name}: a column is called by small letters, digits and underscores", "columns", name)
        labels = said.get("labels")
        if not labels or not all(isinstance(label, str) and label for label in labels):
            raise self._fault(
                f"{name}: labels are the wordings that officials use for it, at least one", "columns", name, "labels"
            )
        for label in labels:
            if PLACEHOLDER.search(label) or not label.translate(self._fold) or not label.isprintable():
                raise self._fault(f"{name}: {label!r} is no wording of a label", "columns", name, "labels", label)
        type_ = said.get("type", str(ValueType.TEXT))
        if type_ not in _TYPES:
            raise self._fault(f"{name}: the type {type_} is none of {', '.join(_TYPES)}", "columns", name, "type")
        if said.get("merged") and ValueType(type_).is_figure:
            raise self._fault(
                f"{name}: only cells of texts are merged; a figure stands for its own row", "columns", name, "merged"
            )

    def _checked(self, said: Any, known: Mapping[str, type], *path: str | int) -> dict[str, Any]:
        """A table of TOML whose keys are known."""
        if not isinstance(said, dict):
            raise self._fault(f"{path[-1]}: a table is expected, with {', '.join(known)}", *path)
        for key, value in said.items():
            if key not in known:
                raise self._fault(f"{path[-1]}: {key} is none of {', '.join(known)}", *path, key)
            if type(value) is not known[key]:
                raise self._fault(f"{path[-1]}: {key} is a {KINDS[known[key]]}", *path, key)
            if isinstance(value, str) and not (value.strip() and value.isprintable()):
                raise self._fault(f"{path[-1]}: {key} is empty, or cannot be printed", *path, key)
            if type(value) is int and abs(value) > _HIGHEST:
                raise self._fault(f"{path[-1]}: {key} is a number from -{_HIGHEST} to {_HIGHEST}", *path, key)
        return said

    def _refuse_clashes(self, columns: Sequence[TableColumn]) -> None:
        names = {column.name for column in columns}
        units = {column.unit_column for column in columns}
        for name in sorted(names & {*OWN_COLUMNS, LAST_COLUMN, *units}):
            raise self._fault(f"{name}: every table has this column of itself; choose another name", "columns", name)

    def _identifiers(self, column: str, wordings: Sequence[str]) -> tuple[str, ...]:
        """The identifiers of the labels that head a column; wordings that are no label yet become one."""
        own = f"{self._name}__{column}"
        found: dict[str, None] = {}
        for wording in wordings:
            identifier = self._taken.setdefault(wording.translate(self._fold), own)
            if identifier == own:
                self._labels.setdefault(own, []).append(wording)
            found[identifier] = None
        return tuple(found)

    def _refuse_shared(self, columns: Mapping[str, Any]) -> None:
        """No label heads two columns: which of them a cell is in could not be told."""
        heads: dict[str, tuple[str, str]] = {}
        for column, said in columns.items():
            for wording in said.get("labels", ()):
                identifier = self._taken[wording.translate(self._fold)]
                other, same = heads.setdefault(identifier, (column, wording))
                if other != column:
                    reason = f"{column}: {wording} heads {other} too, by {same}; a label heads one column"
                    raise self._fault(reason, "columns", column, "labels", wording)

    def _fault(self, reason: str, *path: str | int) -> GrammarFileError:
        """A fault at an entry, in the last file that has it."""
        files = [file for file in self._files if any(entry.path == path for entry in file.entries())]
        return GrammarFileError((files or self._files)[-1].at(*path), reason)
