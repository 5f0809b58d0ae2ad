"""The files below a folder that anybody may have made: only regular files inside it are read, of bounded number and
size."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from importlib.resources.abc import Traversable
from itertools import count
from pathlib import Path
from typing import Final

from yusuan.compiler.language.regular import read_regular

MOST: Final = 10_000
"""How many files and folders are looked at."""
DEEPEST: Final = 4
"""How many folders deep; those that a grammar has are one deep."""
LARGEST: Final = 512 * 1024
"""Bytes of one file. The largest of the built-in language has sixteen thousand."""


class UnreadableFileError(ValueError):
    """A file or folder cannot be read, or is not to be.

    Attributes:
        path: its path below the folder, fit to be printed, and the line where that is known.
        reason: why.
    """

    def __init__(self, path: str, reason: object) -> None:
        self.path = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in path)
        self.reason = str(reason)
        super().__init__(f"{self.path}: {self.reason}")


def listed(folder: Traversable, suffixes: Collection[str]) -> Iterator[tuple[str, Traversable]]:
    """The files below a folder with their paths (with slashes), in the order of their names.

    Files and folders whose name begins with a dot or an underscore are passed over.

    Args:
        folder: one of the file system, or of an installed package.
        suffixes: what a file's name ends in to be listed.

    Raises:
        UnreadableFileError: a name cannot be told, a link leads out, a folder cannot be read, or there are too many.
    """
    root = os.path.realpath(folder) if isinstance(folder, Path) else None
    yield from _listed(folder, tuple(suffixes), root, "", count(1))


def _listed(
    folder: Traversable, suffixes: tuple[str, ...], root: str | None, prefix: str, seen: Iterator[int]
) -> Iterator[tuple[str, Traversable]]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise UnreadableFileError(prefix, f"cannot be read: {error.strerror or error}") from error
    for entry in entries:
        if entry.name.startswith((".", "_")):
            continue
        path = prefix + entry.name
        if next(seen) > MOST:
            raise UnreadableFileError(path, f"the folder has more than {MOST} files; an overlay has only its own")
        is_folder = _is_folder(entry, path)
        if not is_folder and not entry.name.endswith(suffixes):
            continue
        if ":" in path or not path.isprintable():
            raise UnreadableFileError(path, "a name may have no colon, and no character that cannot be printed")
        if root is not None:
            _refuse_leading_out(entry, root, path)
        if not is_folder:
            yield path, entry
        elif prefix.count("/") + 1 < DEEPEST:
            yield from _listed(entry, suffixes, root, f"{path}/", seen)


def _is_folder(entry: Traversable, path: str) -> bool:
    try:
        return entry.is_dir()
    except OSError as error:
        raise UnreadableFileError(path, f"cannot be read: {error.strerror or error}") from error


def _refuse_leading_out(entry: Traversable, root: str, path: str) -> None:
    if not isinstance(entry, Path) or not entry.is_symlink():
        return
    try:
        real = os.path.realpath(entry, strict=True)
    except OSError as error:
        raise UnreadableFileError(path, f"a link that cannot be followed: {error.strerror}") from error
    if not real.startswith(root.rstrip(os.sep) + os.sep):
        raise UnreadableFileError(path, "a link that leads out of the folder; only files inside it are read")


def text_of(path: str, entry: Traversable) -> str:
    """The text of a listed file, its line ends made one.

    Args:
        path: how it is listed.
        entry: the file.

    Raises:
        UnreadableFileError: it cannot be read, is no regular file, too large, or not UTF-8.
    """
    try:
        # What stands in an archive of an installed package is no special file.
        data = read_regular(os.path.realpath(entry), LARGEST) if isinstance(entry, Path) else entry.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, f"cannot be read: {error.strerror or error}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"{path}:{line}", f"is not UTF-8: {error.reason}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
