"""What each document of a run is called."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, takewhile
from pathlib import PurePath
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.readers.registry import suffixes

STANDARD_INPUT: Final = "-"
"""The path that stands for standard input."""

_STANDARD_INPUT_NAME: Final = "stdin"
_QUOTED: Final = 5
"""How many clashes a message quotes."""


@frozen(slots=True)
class Candidate:
    """A file that is to be named.

    Attributes:
        path: its path, which tells it from all others.
        below: what it is called in a run over a folder: its path below that, `/` between, without suffix; absent where
            the file itself was named.
    """

    path: str
    below: str | None = None


class NameClashError(ValueError):
    """Several inputs of a run would be called the same, and nobody has said which of them is meant.

    Attributes:
        clashes: the names, each with the paths that would have it.
    """

    def __init__(self, clashes: Sequence[tuple[str, Sequence[str]]]) -> None:
        super().__init__(clashes)
        self.clashes = clashes

    def __str__(self) -> str:
        quoted = [f"{name} ({', '.join(paths)})" for name, paths in self.clashes[:_QUOTED]]
        if len(self.clashes) > _QUOTED:
            quoted.append(f"{len(self.clashes) - _QUOTED} more")
        return f"inputs of one name: {', '.join(quoted)}; {self._advice()}"

    def _advice(self) -> str:
        kinds = {kind_of(path) for _, paths in self.clashes for path in paths}
        forms = [suffix for suffix in suffixes() if suffix in kinds]
        if len(forms) < len(kinds) or any(len(set(map(kind_of, paths))) < len(paths) for _, paths in self.clashes):
            return "name the folder above them, or one of each name only"
        return f"say which are taken: --prefer {','.join(form.removeprefix('.') for form in forms)}"


@frozen(slots=True)
class Names:
    """What the files of a run are called.

    Attributes:
        by_path: the name of each that is taken; no two are the same, not even to a file system that takes `A` and `a`
            for the same, unless two files below a folder differ in no more.
        set_aside: the paths of those in whose place another one of their name is taken, since that is preferred.
    """

    by_path: dict[str, str]
    set_aside: tuple[str, ...]


def name_files(files: Iterable[Candidate], prefer: Sequence[str] = ()) -> Names:
    """A name for each file.

    A file below a folder is called by its path there, whatever else is compiled beside it; one that was named itself as
    the file, without suffix. Where named files of several folders share a name, as many names of folders as tell them
    apart are put in front (`a/x.txt` and `b/x.txt` are `a_x` and `b_x`), and a number behind what those do not tell
    apart. So names do not depend on the order given.

    Of files that would be called the same all the same, one in several forms as a rule (`report.pdf` beside
    `report.docx`), the one that is preferred is taken.

    Args:
        files: the files, each once.
        prefer: suffixes in small letters, with their point, the most preferred first.

    Raises:
        NameClashError: two would be called the same, and none of them, or not one alone, is preferred.
    """
    groups = _Groups()
    for file in files:
        groups.add(file)
    return groups.named(prefer)


@define(slots=True)
class _Groups:
    """Files by what they would be called."""

    _below: dict[str, list[str]] = field(factory=lambda: defaultdict(list))
    """Those below a folder, by name."""
    _beside: dict[str, dict[tuple[str, str], list[str]]] = field(factory=lambda: defaultdict(lambda: defaultdict(list)))
    """Those that were named themselves, by the key of their stem, then by folder and stem."""

    def add(self, file: Candidate) -> None:
        below = _STANDARD_INPUT_NAME if file.path == STANDARD_INPUT else file.below
        if below is not None:
            self._below[below].append(file.path)
        else:
            stem = stem_of(file.path)
            self._beside[_key(stem)][os.path.dirname(os.path.abspath(file.path)), stem].append(file.path)

    def named(self, prefer: Sequence[str]) -> Names:
        for members in [*self._beside.values()]:
            [(_, stem), paths], *others = members.items()
            # One that nothing else is told apart from keeps its stem, which a file below a folder may have.
            if not others and stem in self._below and STANDARD_INPUT not in self._below[stem]:
                self._below[stem] += paths
                members.clear()
        choice = _Choice(prefer)
        names = {choice.of(name, paths): name for name, paths in self._below.items()}
        groups = [
            [choice.of(stem, paths) for (_, stem), paths in members.items()]
            for members in self._beside.values()
            if members
        ]
        choice.check()
        taken = {_key(_STANDARD_INPUT_NAME), *map(_key, names.values())}
        # Files with a name of their own keep it, whatever the others come to be called.
        for group in sorted(groups, key=lambda paths: (len(paths) > 1, _key(stem_of(paths[0])))):
            for path, name in _tell_apart(sorted(group, key=os.path.abspath), taken):
                names[path] = name
                taken.add(_key(name))
        return Names(names, tuple(choice.set_aside))


@define(slots=True)
class _Choice:
    """Takes one of several files of one name."""

    _prefer: Sequence[str]
    set_aside: list[str] = field(factory=list)
    _clashes: list[tuple[str, list[str]]] = field(factory=list)

    def of(self, name: str, paths: list[str]) -> str:
        """The one that is taken; any of them where there is a clash, which `check` tells."""
        if len(paths) == 1:
            return paths[0]
        for suffix in self._prefer:
            wanted = [path for path in paths if kind_of(path) == suffix]
            if len(wanted) == 1:
                self.set_aside += [path for path in paths if path != wanted[0]]
                return wanted[0]
            if wanted:
                break
        self._clashes.append((name, sorted(paths)))
        return paths[0]

    def check(self) -> None:
        if self._clashes:
            raise NameClashError(sorted(self._clashes))


def _tell_apart(group: list[str], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Names for files of the same name, from as few folders as are needed."""
    parents = [_parents(path) for path in group]
    shared = len(list(takewhile(lambda level: len(set(level)) == 1, zip(*parents, strict=False))))
    parents = [parts[shared:] for parts in parents]
    for depth in range(max(map(len, parents)) + 1):
        # Reversed, since the last `depth` of few or no parts are hard to slice.
        named = [
            "_".join([*reversed(parts[::-1][:depth]), stem_of(path)])
            for parts, path in zip(parents, group, strict=True)
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
    return [in_unicode(part) for part in PurePath(os.path.abspath(path)).parent.parts[1:]]


def stem_of(path: str) -> str:
    """The name of a file without its suffix."""
    return in_unicode(os.path.splitext(os.path.basename(os.path.abspath(path)))[0]) or "unnamed"


def path_below(folder: str, path: str) -> str:
    """The path of a file below a folder, as a document is called: `/` between, without suffix."""
    stem = os.path.splitext(path.removeprefix(os.path.join(folder, "")))[0]
    return in_unicode(stem.replace(os.sep, "/"))


def kind_of(path: str) -> str:
    """The suffix of a file in small letters, with its point; empty where it has none."""
    return in_unicode(os.path.splitext(path)[1].lower())


def in_unicode(name: str) -> str:
    """The name in valid Unicode: bytes of a file name that are not UTF-8 become `%E9`."""
    return "".join(f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char for char in name)


def _key(name: str) -> str:
    """Equal for names that some file system holds to be the same."""
    return unicodedata.normalize("NFC", name).casefold()
