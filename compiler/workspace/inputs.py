"""Compiling what lies in files: which inputs there are, what each document is called, reading them.

Reading happens here and nowhere else in the compiler.
"""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, takewhile
from pathlib import PurePath
from typing import Final

from attrs import evolve, frozen

from yusuan.compiler.pipeline import Compilation, compile_bytes
from yusuan.compiler.readers.base import ReadError
from yusuan.compiler.readers.registry import suffixes
from yusuan.compiler.readers.text.decode import Decoded, decode
from yusuan.ir.diagnostics import Diagnostic, Severity, codes
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section
from yusuan.ir.source import SourceFile, Span

STANDARD_INPUT: Final = "-"
"""The path that stands for standard input."""

_STANDARD_INPUT_NAME: Final = "stdin"
_START: Final = Span(0, 0, 1, 1)


# --- compiling ---


def compile_file(path: str | os.PathLike[str]) -> Compilation:
    """Compile the report in a file. The document is called as the file, without suffix.

    Raises:
        OSError: the file cannot be read.
        ReadError: it holds no report that any reader knows (empty, a Word or PDF file, in no known encoding).
    """
    given = os.fspath(path)
    return compile_bytes(_read_file(given), _stem(given))


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


def expand_inputs(paths: Iterable[str]) -> list[Input]:
    """The inputs that files, folders and `-` stand for, in the order given, each file once.

    A folder stands for the files in it and below it that end as those of a reader do (`.txt`, in any case), sorted by
    path. Names that start with a dot are passed over there, and links to folders are not followed. A file that is
    reached by several paths is one input, under its own path where that is among them, else under the first
    in the alphabet.

    A document is called as its file, without suffix. Where files of several folders share a name, as many
    names of folders as tell them apart are put in front (`a/x.txt` and `b/x.txt` are `a_x` and `b_x`);
    files that those do not tell apart are numbered in the order of their paths (`x`, `x-2`). So names do
    not depend on the order given.

    Nothing is opened but folders; that a file is missing comes out when it is compiled.

    Raises:
        ValueError: standard input is given twice.
    """
    given = list(paths)
    if given.count(STANDARD_INPUT) > 1:
        raise ValueError("standard input (-) can be read only once")
    found = _distinct(path for argument in given for path in _expand(argument))
    names = _names(path for path, _ in found)
    return [Input(path, names[path], fault) for path, fault in found]


def compile_input(item: Input) -> Compilation:
    """Compile one input; never raises. One that fails yields an empty document whose diagnostic says why."""
    try:
        data = _read_standard_input() if item.path == STANDARD_INPUT else _read_file(item.path)
        return compile_bytes(data, item.name)
    except ReadError as error:
        return _failed(item.name, error.diagnostic)
    except OSError as error:
        return _failed(item.name, _unreadable(error))
    except Exception as error:
        # A fault of this program, which a run over many reports must survive.
        fault = codes.INTERNAL_FAULT.at(_START, "input", fault=f"{type(error).__name__}: {error}")
        return _failed(item.name, evolve(fault, severity=Severity.ERROR))


def read_input(item: Input) -> Decoded | Diagnostic:
    """The text of one input, or the diagnostic that says why it cannot be read; never raises."""
    try:
        return decode(_read_standard_input() if item.path == STANDARD_INPUT else _read_file(item.path))
    except ReadError as error:
        return error.diagnostic
    except OSError as error:
        return _unreadable(error)


def _failed(name: str, diagnostic: Diagnostic) -> Compilation:
    source = SourceFile(name, "")
    body = Section(None, None, 0, (), (), _START)
    document = Document(name, None, None, None, body, diagnostics=(diagnostic,))
    return Compilation(document, (diagnostic,), source)


def _read_file(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer.read()


def _unreadable(error: OSError) -> Diagnostic:
    return codes.UNREADABLE_INPUT.at(_START, "system", reason=error.strerror or error)


# --- finding ---

_Found = tuple[str, Diagnostic | None]


def _expand(argument: str) -> Iterator[_Found]:
    """The paths that one argument stands for, with the fault of a folder."""
    if argument == STANDARD_INPUT or not os.path.isdir(argument):
        yield argument, None
        return
    empty = True
    for found in _walk(argument):
        empty = False
        yield found
    if empty:
        yield argument, codes.UNREADABLE_INPUT.at(_START, "folder", suffix=", ".join(suffixes()))


def _walk(folder: str) -> Iterator[_Found]:
    """The reports of a folder, depth first, names in code point order: the same on every machine."""
    pending, wanted = [(folder, True)], suffixes()
    while pending:
        path, is_folder = pending.pop()
        if not is_folder:
            yield path, None
            continue
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield path, _unreadable(error)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, True))
            elif entry.name.lower().endswith(wanted) and _is_report(entry):
                pending.append((entry.path, False))


def _is_report(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link that is to be read as one: a broken link is an input that fails."""
    if entry.is_symlink():
        return not os.path.isdir(entry.path)
    return entry.is_file()


def _distinct(found: Iterable[_Found]) -> list[_Found]:
    """What was found, each file once, in the order found; of several paths to one file the file's own."""
    distinct: dict[str, _Found] = {}
    for path, fault in found:
        identity = path if path == STANDARD_INPUT else os.path.realpath(path)
        known = distinct.get(identity)
        if known is None or _preference(path, identity) < _preference(known[0], identity):
            distinct[identity] = (path, fault)
    return list(distinct.values())


def _preference(path: str, identity: str) -> tuple[bool, str]:
    return os.path.abspath(path) != identity, path


# --- naming ---


def _names(paths: Iterable[str]) -> dict[str, str]:
    """A name for each path, all different, even to a file system that takes `A` and `a` for the same."""
    groups: dict[str, list[str]] = defaultdict(list)
    names = {STANDARD_INPUT: _STANDARD_INPUT_NAME}
    for path in paths:
        if path != STANDARD_INPUT:
            groups[_key(_stem(path))].append(path)
    taken = {_key(_STANDARD_INPUT_NAME)}
    # Files with a name of their own keep it, whatever the others come to be called.
    for group in sorted(groups.values(), key=lambda members: (len(members) > 1, _key(_stem(members[0])))):
        for path, name in _tell_apart(sorted(group, key=os.path.abspath), taken):
            names[path] = name
            taken.add(_key(name))
    return names


def _tell_apart(group: list[str], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names for files of the same name, from as few folders as are needed."""
    parents = [_parents(path) for path in group]
    shared = len(list(takewhile(lambda level: len(set(level)) == 1, zip(*parents, strict=False))))
    parents = [parts[shared:] for parts in parents]
    for depth in range(max(map(len, parents)) + 1):
        # Reversed, since the last `depth` of few or no parts are hard to slice.
        named = [
            "_".join([*reversed(parts[::-1][:depth]), _stem(path)]) for parts, path in zip(parents, group, strict=True)
        ]
        keys = {_key(name) for name in named}
        if len(keys) == len(group) and keys.isdisjoint(taken):
            break
    yield from zip(group, _numbered(named, taken), strict=True)


def _numbered(names: list[str], taken: set[str]) -> Iterator[str]:
    """The names, with a number after each that is not the first of its kind."""
    used = set(taken)
    for name in names:
        unique = name
        for number in count(2):
            if _key(unique) not in used:
                break
            unique = f"{name}-{number}"
        used.add(_key(unique))
        yield unique


def _parents(path: str) -> list[str]:
    """The names of the folders that a file lies in, outermost first."""
    return [_unicode(part) for part in PurePath(os.path.abspath(path)).parent.parts[1:]]


def _stem(path: str) -> str:
    """The name of a file without its suffix."""
    return _unicode(os.path.splitext(os.path.basename(os.path.abspath(path)))[0]) or "unnamed"


def _unicode(name: str) -> str:
    """The name in valid Unicode: bytes of a file name that are not UTF-8 become `%E9`."""
    return "".join(f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char for char in name)


def _key(name: str) -> str:
    """Equal for names that some file system holds to be the same."""
    return unicodedata.normalize("NFC", name).casefold()
