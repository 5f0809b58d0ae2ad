"""A kind of sheet that a file of the grammar declares, as reading a report needs it (`declarations.py` reads files)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from attrs import asdict, astuple, frozen

from yusuan.compiler.language.files import DECLARED, GrammarFile
from yusuan.ir.contract import contract, kind_of
from yusuan.ir.kinds import TableKind

FOLDER: Final = f"{DECLARED}/"
SUFFIX: Final = ".toml"


class HeadWord(NamedTuple):
    """A cell of a header.

    Attributes:
        identifier: that of its label.
        wording: which of the label's wordings it is, folded; empty for any of them.
    """

    identifier: str
    wording: str


HeadPath = tuple[HeadWord, ...]
"""Cells above a column, the label that heads it last; others may stand between them."""


@frozen(slots=True)
class SheetColumn:
    """How a column is found in a header, and what is done with its cells.

    Attributes:
        name: its name in the table.
        labels: what heads it, the likeliest first.
        required: whether a header without it is none of this kind.
        merged: whether its cells are merged down the rows.
        lines: whether its cells are running text, whose line ends stay.
        numbered: whether a number in front of its cells is none of theirs.
        before: where no label heads it, it is the column in front of that one; empty for none.
        of_which: the column that it is a part of (其中), behind which or below which it stands; empty for none.
        unpivot: the column that the cells below each of its labels are of: it says the label itself, and a row is one
            for each; empty for a column of cells.
    """

    name: str
    labels: tuple[HeadPath, ...]
    required: bool = False
    merged: bool = False
    lines: bool = False
    numbered: bool = False
    before: str = ""
    of_which: str = ""
    unpivot: str = ""

    @property
    def identifiers(self) -> Iterator[str]:
        """The identifiers of the labels that head it."""
        return (path[-1].identifier for path in self.labels)


@frozen(slots=True)
class Declaration:
    """A declared kind of sheet with what it takes to read it.

    Attributes:
        name: its name in the table grammar.
        kind: the table that its rows are of, which most often has its name.
        data: the half of the file that says what the table is, as JSON values; absent for rows of another table.
        columns: its columns, in the order of the declaration.
        header: the pattern of the first row of its header.
        priority: that of its header among the headers of the table grammar.
        needs: a row has, of each of these sets of columns, one that says something.
        totals: what rows of totals are: `told` by `is_total`, `dropped`, or rows like others (`kept`).
        total_in: the column that the words of a total row are put in, instead of the subject; empty where they stay.
        steps: what is done with each row, by name, in this order (`yusuan.compiler.tables.steps`).
        lowering: what reads all its rows instead, by name; empty for the columns of the declaration.
        also: the kind that its rows are read as besides; empty for none.
        spanned: whether a row that spans the columns of its header stands above it.
        continues: what tells behind a page that rows without a header are of it: `columns` the columns alone, `figures`
            numbers where they are due, `rows` what the rows hold, wherever in the section they stand; `never`.
        headed: whether its first row heads columns.
    """

    name: str
    kind: TableKind
    data: Mapping[str, Any] | None
    columns: tuple[SheetColumn, ...]
    header: str
    priority: int
    needs: tuple[tuple[str, ...], ...] = ()
    totals: str = "told"
    total_in: str = ""
    steps: tuple[str, ...] = ()
    lowering: str = ""
    also: str = ""
    spanned: bool = False
    continues: str = "figures"
    headed: bool = True

    @property
    def terminal(self) -> str:
        """The terminal of the table grammar that the first row of its header is."""
        return f"{self.name.upper()}_HEADER"

    @property
    def is_of_contract(self) -> bool:
        """Whether its rows are records of the contract."""
        return bool(self.kind.record)

    @property
    def required(self) -> tuple[frozenset[str], ...]:
        """For each column that a header must have the identifiers of its labels."""
        return tuple(frozenset(column.identifiers) for column in self.columns if column.required)

    @property
    def identifiers(self) -> frozenset[str]:
        """The identifiers of all labels of its columns, and of what stands above them."""
        return frozenset(word.identifier for column in self.columns for path in column.labels for word in path)

    @property
    def own_marks(self) -> frozenset[str]:
        """The marks of the labels of a kind that is no table of the contract; none of another."""
        return frozenset() if self.is_of_contract else frozenset(f"<{one}>" for one in self.identifiers)

    @property
    def merged_labels(self) -> tuple[str, ...]:
        """The identifiers of the labels of merged columns, in the order of the columns."""
        return tuple(one for column in self.columns if column.merged for one in column.identifiers)

    def plain(self) -> dict[str, Any]:
        """The declaration as JSON values, for the cache of the loader."""
        said = asdict(self, recurse=False)
        said["columns"] = [astuple(column, recurse=False) for column in self.columns]
        said["kind"] = self.kind.name
        return said

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Declaration:
        """The declaration that `plain` has written."""
        said: dict[str, Any] = {key: _tuples(one) if isinstance(one, list) else one for key, one in plain.items()}
        name, data = plain["kind"], plain["data"]
        said["kind"] = contract()[name] if data is None else kind_of(name, data)
        said["columns"] = tuple(_column(*column) for column in plain["columns"])
        return cls(**said)

    def grammar(self, shown: str) -> GrammarFile:
        """The declaration as a file of the table grammar; empty for what only another kind is read as besides."""
        own = sorted(one for one in self.identifiers if one.startswith(f"{self.name}__"))
        name, header = self.name, self.terminal
        text = f"%extend _panel: {name}\n{name}: {header} _rows\n{header}.{self.priority}: /{self.header}/\n"
        if not self.header:
            text = ""
        elif own:
            text += f"%extend SUBHEADER: /-*(<[a-z_0-9]+>-*)*<({'|'.join(own)})>-*(<[a-z_0-9]+>-*)*/\n"
        return GrammarFile(f"{FOLDER}{self.name}.lark", shown, text)


def _column(name: str, labels: list[list[list[str]]], *rest: Any) -> SheetColumn:
    paths = tuple(tuple(HeadWord(*word) for word in path) for path in labels)
    return SheetColumn(name, paths, *rest)


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuples(one) if isinstance(one, list) else one for one in value)


def is_declaration(path: str) -> bool:
    """Whether a file below `grammar/` declares a kind of table."""
    return path.startswith(FOLDER) and path.endswith(SUFFIX)


def is_identifier(label: str) -> bool:
    """Whether a label of a column is told by its identifier in the lexicon, `<budget>`, instead of by a wording."""
    return label.startswith("<") and label.endswith(">")
