"""A kind of table that a file of the grammar declares, as reading a report needs it (`declarations.py` reads files)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.files import DECLARED, GrammarFile
from yusuan.ir.contract import kind_of
from yusuan.ir.kinds import TableKind

FOLDER: Final = f"{DECLARED}/"
SUFFIX: Final = ".toml"


@frozen(slots=True)
class Declaration:
    """A declared kind with what it takes to read it.

    Attributes:
        kind: what documents tell of it.
        data: the half of the file that says it, as JSON values.
        labels: for each column the identifiers of the labels that head it.
        required: the columns that the first row of its header has.
        merged: the columns whose cells are merged down the rows.
        priority: that of its header among the headers of the table grammar.
    """

    kind: TableKind
    data: Mapping[str, Any]
    labels: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    merged: frozenset[str]
    priority: int

    @property
    def merged_labels(self) -> tuple[str, ...]:
        """The identifiers of the labels of merged columns, in the order of the columns."""
        return tuple(one for name, labels in self.labels.items() if name in self.merged for one in labels)

    def plain(self) -> dict[str, Any]:
        """The declaration as JSON values, for the cache of the loader."""
        return {
            "name": self.kind.name,
            "data": self.data,
            "labels": {name: list(identifiers) for name, identifiers in self.labels.items()},
            "required": list(self.required),
            "merged": sorted(self.merged),
            "priority": self.priority,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Declaration:
        """The declaration that `plain` has written."""
        return cls(
            kind_of(plain["name"], plain["data"]),
            plain["data"],
            {name: tuple(identifiers) for name, identifiers in plain["labels"].items()},
            tuple(plain["required"]),
            frozenset(plain["merged"]),
            plain["priority"],
        )

    def grammar(self, shown: str) -> GrammarFile:
        """The declaration as a file of the table grammar."""
        name = self.kind.name
        header = f"{name.upper()}_HEADER"
        looked_for = "".join(f"(?=.*<({'|'.join(self.labels[column])})>)" for column in self.required)
        own = sorted({one for some in self.labels.values() for one in some if one.startswith(f"{name}__")})
        text = f"%extend _panel: {name}\n{name}: {header} _rows\n{header}.{self.priority}: /(?!.*#){looked_for}.*/\n"
        if own:
            text += f"%extend SUBHEADER: /-*(<[a-z_0-9]+>-*)*<({'|'.join(own)})>-*(<[a-z_0-9]+>-*)*/\n"
        return GrammarFile(f"{FOLDER}{name}.lark", shown, text)


def is_declaration(path: str) -> bool:
    """Whether a file below `grammar/` declares a kind of table."""
    return path.startswith(FOLDER) and path.endswith(SUFFIX)
