"""The inputs: which there are, reading them. What their documents are called says `naming`.

Reading happens here and nowhere else in the compiler.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.readers.base import ReadError
from yusuan.compiler.readers.registry import suffixes
from yusuan.compiler.readers.text.decode import Decoded, decode
from yusuan.compiler.workspace.naming import STANDARD_INPUT, Candidate, kind_of, name_files, path_below, stem_of
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import Span

PROJECT_FILE: Final = "yusuan.toml"
"""What a project file is called, which is no report."""

_START: Final = Span(0, 0, 1, 1)
# What programs put beside a file that they have open: Word, for a document.
_LOCK_FILE: Final = "~$"
# How many paths of each kind are kept to be told.
_EXAMPLES: Final = 3


# --- inputs ---


@frozen(slots=True)
class Input:
    """One thing that the user wants compiled.

    Attributes:
        path: its path as the user gave it, or below a folder as the user gave that; `-` for standard input.
        name: what its document is called, unique among the inputs, in valid Unicode.
        fault: why a folder yields no reports; absent for everything that can be tried.
    """

    path: str
    name: str
    fault: Diagnostic | None = None

    @property
    def shown(self) -> str:
        """What a diagnostic calls it."""
        return "<stdin>" if self.path == STANDARD_INPUT else self.path


@define(slots=True)
class PassedOver:
    """Files of one kind that are not read.

    Attributes:
        number: how many there are.
        examples: the paths of the first ones.
    """

    number: int = 0
    examples: list[str] = field(factory=list)

    def add(self, path: str) -> None:
        self.number += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(path)


LINK: Final = "/"
"""The kind of links to folders, which are not followed."""


@frozen(slots=True)
class Inputs:
    """What files, folders and `-` stand for.

    Attributes:
        taken: what is to be compiled, in the order given.
        passed_over: what folders hold that no reader takes, by kind: the suffix in small letters with its point, empty
            for none, or `LINK`.
        set_aside: the same of what another form of the same report is taken for.
    """

    taken: list[Input]
    passed_over: Mapping[str, PassedOver]
    set_aside: Mapping[str, PassedOver]


def expand_inputs(paths: Iterable[str], prefer: Sequence[str] = ()) -> Inputs:
    """The inputs that files, folders and `-` stand for, in the order given, each file once.

    A folder stands for the files in it and below it that end as those of a reader do (`.txt`, in any case), sorted by
    path. What ends otherwise is counted. Names that start with a dot or with `~$` are passed over there without a
    word, and so is a project file; links to folders are not followed. A file that is reached by several paths is one
    input, under its own path where that is among them, else under the first in the alphabet.

    What each document is called says `name_files`; below several folders the outermost counts.

    Nothing is opened but folders; that a file is missing comes out when it is compiled.

    Args:
        paths: what the user names.
        prefer: the suffixes of the forms that are preferred, in small letters, the most preferred first.

    Raises:
        ValueError: standard input is given twice, or two documents would be called the same (`NameClashError`).
    """
    search = _Search()
    found = search.find(paths)
    names = name_files((Candidate(one.path, one.below) for one in found if one.fault is None), prefer)
    set_aside: dict[str, PassedOver] = {}
    for path in names.set_aside:
        set_aside.setdefault(kind_of(path), PassedOver()).add(path)
    taken = [
        Input(one.path, names.by_path[one.path] if one.fault is None else stem_of(one.path), one.fault)
        for one in found
        if one.fault is not None or one.path in names.by_path
    ]
    return Inputs(taken, search.passed_over, set_aside)


def find_inputs(paths: Iterable[str]) -> list[Input]:
    """The same of what goes by no names: every file that a reader takes, in all its forms, called as the file.

    Raises:
        ValueError: standard input is given twice.
    """
    return [Input(one.path, stem_of(one.path), one.fault) for one in _Search().find(paths)]


def read_input(item: Input) -> Decoded | Diagnostic:
    """The text of one input, or the diagnostic that says why it cannot be read; never raises."""
    try:
        return decode(read_bytes(item))
    except ReadError as error:
        return error.diagnostic
    except OSError as error:
        return unreadable(error)


def read_bytes(item: Input) -> bytes:
    """The bytes of one input.

    Raises:
        OSError: it cannot be read.
    """
    return _read_standard_input() if item.path == STANDARD_INPUT else read_file(item.path)


def read_file(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb") as file:
        return file.read()


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read()


def unreadable(error: OSError) -> Diagnostic:
    """The diagnostic of an input that the system does not let be read."""
    return codes.UNREADABLE_INPUT.at(_START, "system", reason=error.strerror or error)


# --- finding ---


@frozen(slots=True)
class _Found:
    """A path that an argument stands for.

    Attributes:
        path: the path.
        below: what a file below a folder is called; absent for one that was named itself.
        fault: of a folder, why it yields nothing.
    """

    path: str
    below: str | None = None
    fault: Diagnostic | None = None


@define(slots=True)
class _Search:
    """Finds files in folders, and counts what is passed over there."""

    passed_over: dict[str, PassedOver] = field(factory=dict)
    _wanted: tuple[str, ...] = ()

    def find(self, paths: Iterable[str]) -> list[_Found]:
        """What is to be read, in the order given, each file once.

        Raises:
            ValueError: standard input is given twice.
        """
        given = list(paths)
        if given.count(STANDARD_INPUT) > 1:
            raise ValueError("standard input (-) can be read only once")
        return _distinct(one for argument in given for one in self._expand(argument))

    def _expand(self, argument: str) -> Iterator[_Found]:
        """The paths that one argument stands for, with the fault of a folder."""
        if argument == STANDARD_INPUT or not os.path.isdir(argument):
            yield _Found(argument)
            return
        # Only here: to ask other packages for their readers takes as long as to read a report.
        self._wanted = suffixes()
        empty = True
        for found in self._walk(argument):
            empty = False
            yield found
        if empty:
            yield _Found(argument, fault=codes.UNREADABLE_INPUT.at(_START, "folder", suffix=", ".join(self._wanted)))

    def _walk(self, top: str) -> Iterator[_Found]:
        """The reports of a folder, depth first, names in code point order: the same on every machine."""
        pending: list[tuple[str, bool]] = [(top, True)]
        while pending:
            path, is_folder = pending.pop()
            if not is_folder:
                yield _Found(path, path_below(top, path))
                continue
            try:
                with os.scandir(path) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                yield _Found(path, fault=unreadable(error))
                continue
            # All are looked at here, so that what is passed over is counted in order.
            kinds = [(entry.path, self._is_folder(entry)) for entry in entries]
            pending += [(path, is_folder) for path, is_folder in reversed(kinds) if is_folder is not None]

    def _is_folder(self, entry: os.DirEntry[str]) -> bool | None:
        """Whether an entry is a folder to be searched, not a report; absent for what is neither, which is counted."""
        if entry.name.startswith((".", _LOCK_FILE)) or entry.name == PROJECT_FILE:
            return None
        if entry.is_dir(follow_symlinks=False):
            return True
        is_link = entry.is_symlink()
        if is_link and os.path.isdir(entry.path):
            kind = LINK
        # A broken link is an input that fails.
        elif entry.name.lower().endswith(self._wanted) and (is_link or entry.is_file()):
            return False
        else:
            kind = kind_of(entry.name)
        self.passed_over.setdefault(kind, PassedOver()).add(entry.path)
        return None


def _distinct(found: Iterable[_Found]) -> list[_Found]:
    """What was found, each file once, in the order found."""
    by_file: dict[str, list[_Found]] = {}
    for one in found:
        identity = one.path if one.path == STANDARD_INPUT else os.path.realpath(one.path)
        by_file.setdefault(identity, []).append(one)
    return [some[0] if len(some) == 1 else _one_of(some, identity) for identity, some in by_file.items()]


def _one_of(found: list[_Found], identity: str) -> _Found:
    """Of several paths to one file its own, else the first in the alphabet; called as below the outermost folder."""

    def is_link(one: _Found) -> bool:
        return os.path.abspath(one.path) != identity

    best = min(found, key=lambda one: (is_link(one), one.path))
    called = (one for one in found if one.below is not None)
    named = min(called, key=lambda one: (is_link(one), -len(one.below or ""), one.path), default=best)
    return _Found(best.path, named.below, best.fault)
