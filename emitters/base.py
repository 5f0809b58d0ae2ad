"""What an emitter is: a format's name, and documents in, text out. Emitters see only the IR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    from yusuan.ir.document import Document

Chunk: TypeAlias = str | bytes
"""A piece of what is written: text, or bytes of a format that is no text (a ZIP file). No file has both."""


@runtime_checkable
class Emitter(Protocol):
    """One target format.

    Both methods take documents from any iterable, once, and hold one document at a time, so that a year of
    reports streams through. The same documents give the same text, always. Text holds no lone surrogate
    (UTF-8 cannot encode one; U+FFFD stands in its place) and its line ends are `\\n`: write it without
    newline translation.

    Attributes:
        name: the name that users ask for, `csv`.
        suffix: the suffix of a file that holds a stream, `.csv`.
        summary: what it writes, in one line for `--help`.
        tables: the names that `stream` accepts as `table`; empty where the format has no tables.

    A format that is always several files says so by one attribute more, `folder_only = True`. One that has tables of
    declared kinds has an attribute `declared`, which is set to the kinds that may occur; it accepts their names too.
    """

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def tables(self) -> tuple[str, ...]: ...

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[Chunk]:
        """The documents as one file, or for standard output.

        Args:
            documents: consumed lazily, once.
            table: one of `tables`, or of a declared kind where the format has such; the format's default where absent.

        Returns:
            Chunks, to be joined.

        Raises:
            UnknownTableError: when called (not at the first chunk), where there is no such `table`.
            FolderOnlyError: when called, where the format is always several files.
        """
        ...

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, Chunk]]:
        """The documents as a folder of files.

        Returns:
            Pairs of a file name (no folder in it) and a chunk; the chunks of one file name, which
            need not follow each other, are to be appended in order.
        """
        ...


def is_folder_only(emitter: Emitter) -> bool:
    """Whether a format is always several files; one that does not say can be one."""
    return bool(getattr(emitter, "folder_only", False))


class FolderOnlyError(ValueError):
    """The format is several files, which no one stream can hold."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name} is a folder of files"


class UnknownNameError(ValueError):
    """A name that is none of those known.

    Attributes:
        name: the name asked for.
        known: the names there are, in their order; empty where there are none.
        nearest: the known name most like it; absent where none is.
    """

    thing: ClassVar[str] = "name"

    def __init__(self, name: str, known: tuple[str, ...], nearest: str | None) -> None:
        # All three are args, so that the error survives pickling on its way out of a worker process.
        super().__init__(name, known, nearest)
        self.name = name
        self.known = known
        self.nearest = nearest

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        known = f"known: {', '.join(self.known)}" if self.known else "there is none to choose"
        return f"unknown {self.thing} {self.name!r}{hint} ({known})"


class UnknownFormatError(UnknownNameError):
    """A format that no emitter writes."""

    thing = "format"


class UnknownTableError(UnknownNameError):
    """A table that the format does not have."""

    thing = "table"


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, whatever its case; absent where none is alike."""
    from difflib import get_close_matches  # slow to import, and needed only for a mistake

    by_lower = {one.lower(): one for one in known}
    matches = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    return by_lower[matches[0]] if matches else None


def check_table(table: str, known: tuple[str, ...]) -> None:
    """Raises UnknownTableError unless `table` is one of `known`."""
    if table not in known:
        raise UnknownTableError(table, known, nearest_name(table, known))
