"""What a file that declares a kind of sheet may say (`tables/<kind>.toml`), as `structuring` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from attrs import frozen

from yusuan.compiler.language.structuring import Line, UnlikeError, between, matching, one_of, said_in_print

# Where the declaration does not say, above every header of the built-in tables: it says all the labels it must have.
_PRIORITY: Final = 11
_HIGHEST: Final = 999

NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
"""What a kind of table, and a column of it, is called."""

Name = Annotated[str, matching(NAME.pattern, "name; one has small letters, digits and underscores")]


@frozen(slots=True)
class SaidLabel:
    """A label, or the labels above a column, outermost first; a wording each, or an identifier: `<budget>`."""

    words: tuple[str, ...]

    @classmethod
    def parse(cls, said: Any) -> SaidLabel:
        """What a value of TOML says.

        Raises:
            ValueError: a wording is empty.
            UnlikeError: it is no text, nor a list of them.
        """
        words = said if isinstance(said, list) else [said]
        if not words or not all(type(word) is str for word in words):
            raise UnlikeError(said, "a text, or a list of them")
        return cls(tuple(map(said_in_print, words)))


@frozen(slots=True)
class SaidCell:
    """A cell of the first row of a header, as `header_patterns` has it; a list is one of several."""

    written: str

    @classmethod
    def parse(cls, said: Any) -> SaidCell:
        """What a value of TOML says.

        Raises:
            ValueError: a mark is empty.
            UnlikeError: it is no text, nor a list of them.
        """
        return cls("|".join(SaidLabel.parse(said).words))


@frozen(slots=True)
class SaidHeader:
    """One form of the first row of a header, by the marks of its cells (`header_patterns`)."""

    cells: tuple[SaidCell, ...] = ()
    has: tuple[tuple[Line, ...], ...] = ()
    without: tuple[Line, ...] = ()


@frozen(slots=True)
class SaidColumn:
    """A column; see `declared.SheetColumn`."""

    labels: tuple[SaidLabel, ...] = ()
    required: bool = False
    merged: bool = False
    lines: bool = False
    numbered: bool = False
    before: str = ""
    of_which: str = ""
    unpivot: str = ""
    type: Annotated[str, one_of("text list code money number count percent target")] = "text"
    zh: Line | None = None
    en: Line | None = None
    adds: bool = True


@frozen(slots=True)
class SaidTable:
    """What is said of the whole table; see `declared.Declaration`."""

    zh: Line | None = None
    en: Line | None = None
    subject: str | None = None
    priority: Annotated[int, between(-_HIGHEST, _HIGHEST)] = _PRIORITY
    of: str = ""
    needs: tuple[tuple[str, ...], ...] = ()
    totals: Annotated[str, one_of("told dropped kept")] = "told"
    total_in: str = ""
    continues: Annotated[str, one_of("columns figures rows never")] = "figures"
    spanned: bool = False
    headed: bool = True
    also: str = ""
    steps: tuple[str, ...] = ()
    lowering: str = ""


@frozen(slots=True)
class SaidSum:
    """A sum; what it means is checked with the kind (`yusuan.ir.contract`)."""

    form: str
    total: str = ""
    columns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    name: Line | None = None
    parent: str = ""
    blank_is_zero: bool = False


@frozen(slots=True)
class SaidSheet:
    """A file."""

    columns: Mapping[Name, SaidColumn] = {}
    table: SaidTable = SaidTable()
    header: tuple[SaidHeader, ...] = ()
    sums: tuple[SaidSum, ...] = ()
