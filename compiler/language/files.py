"""The files that say the language: those of the grammar folder, and those of overlays, which add to them.

An overlay is a folder laid out as `grammar/` is, with only what it adds. A `.lark` file is joined to the grammar whose
folder or file it is called after, so it extends (`%extend`) or replaces (`%override`) what stands there, or is new. A
`.toml` file is laid over the lexicon of its name: tables are joined, lists made longer, entries with a `name` joined by
that, anything else replaced. `grammar.toml` may say what the overlay is called and its version.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import frozen

from yusuan.compiler.language.folders import UnreadableFileError, listed, text_of
from yusuan.ir.document import GrammarSource

if TYPE_CHECKING:
    from yusuan.compiler.language.places import Entry, Key

GROUP: Final = "yusuan.grammars"
"""The entry points of packages that bring an overlay: its name, and the package whose folder it is."""

LEXICON: Final = "lexicon/"
CLAUSES: Final = "clauses/"
DECLARED: Final = "tables"
"""The folder whose `.toml` files declare a kind of table each."""

_Said = TypeVar("_Said")

_DESCRIPTION: Final = "grammar.toml"
_SUFFIXES: Final = (".lark", ".toml")
_DIGEST: Final = 12
# `tomllib` takes a time for a key that grows with the square of its parts.
_LONG_KEY: Final = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){30}""")
_MOST_OF_ALL: Final = 4 * 1024 * 1024
"""Characters of all files of a folder."""


class GrammarFileError(ValueError):
    """A grammar file is wrong; the message names its place and the reason.

    Attributes:
        place: the file or folder, and the line where that is known, as people are told.
        reason: what is wrong there.
    """

    def __init__(self, place: str, reason: object) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = str(reason)


@contextmanager
def blaming(place: str) -> Iterator[None]:
    """Whatever a faulty file makes go wrong is a `GrammarFileError` with its place: the one seam for what no check
    foresees, an engine's stack or memory that is too small included."""
    try:
        yield
    except GrammarFileError:
        raise
    except (RecursionError, MemoryError) as error:
        raise GrammarFileError(place, "something is nested too deep, or too large") from error
    except Exception as error:
        raise GrammarFileError(place, f"{type(error).__name__}: {error}") from error


@frozen(slots=True)
class GrammarFile:
    """One file.

    Attributes:
        path: its path below its folder, with slashes.
        shown: how messages name it.
        text: what stands in it.
    """

    path: str
    shown: str
    text: str

    def entries(self) -> tuple[Entry, ...]:
        """What stands in it, with the lines."""
        from yusuan.compiler.language.places import entries  # who only reads reports asks for no line

        return tuple(entries(self.path, self.shown, self.text))

    def find(self, *path: str | int) -> Entry | None:
        """A lexicon's entry by its key, or that of what it stands in where it has no line of its own; absent where that
        has none either."""
        return next(self.find_all([path]))

    def find_all(self, paths: Iterable[Key]) -> Iterator[Entry | None]:
        """The entries of several keys likewise; the file is read once."""
        found: dict[Key, Entry] = {}
        for entry in self.entries():
            found.setdefault(entry.path, entry)
        for path in paths:
            yield next((found[path[:end]] for end in range(len(path), 0, -1) if path[:end] in found), None)

    def at(self, *path: str | int) -> str:
        """How messages name the line of a lexicon's entry; the file where it has none."""
        entry = self.find(*path)
        return entry.place if entry else self.shown


@frozen(slots=True)
class Folder:
    """A folder of them: the built-in one, or an overlay.

    Attributes:
        source: its name, version and digest.
        shown: how messages name it, as the files in it begin.
        files: its grammars and lexicons, in the order of their names.
    """

    source: GrammarSource
    shown: str
    files: tuple[GrammarFile, ...]


def blamed_place(folders: Sequence[Folder]) -> str:
    """How messages name what folders, the built-in one first, make go wrong together: it is sound, so overlays do."""
    return ", ".join(folder.shown for folder in folders[1:] or folders)


@cache
def built_in() -> Folder:
    """The language that is shipped."""
    folder = resources.files("yusuan.grammar")
    files = (GrammarFile(path, f"grammar/{path}", text_of(path, entry)) for path, entry in listed(folder, _SUFFIXES))
    found = tuple(files)
    # What is shipped is sound: it is read without what tells people of faults, which takes time to import.
    said = next(parsed(file) for file in found if file.path == _DESCRIPTION)
    return _folder(found, said["name"], said["version"], "grammar/")


def overlay(place: str) -> Folder:
    """An overlay.

    Args:
        place: a folder, or the name that an installed package gives to one.

    Raises:
        GrammarFileError: there is none, it cannot be read, or has a file that no grammar has a place for.
    """
    folder = Path(place)
    try:
        is_folder = folder.is_dir()
    # Its name is too long for any, or a folder above it is closed.
    except OSError as error:
        raise GrammarFileError(place, f"cannot be read: {error.strerror or error}") from error
    if is_folder:
        return _overlay(folder, folder.name or folder.resolve().name, place.rstrip("/\\") + "/")
    return _overlay(_installed(place), place, f"{place}:")


def installed() -> list[str]:
    """The names of the overlays that installed packages bring."""
    from importlib.metadata import entry_points

    return sorted({one.name for one in entry_points(group=GROUP)})


def _installed(name: str) -> Traversable:
    from importlib.metadata import entry_points

    found = [one for one in entry_points(group=GROUP) if one.name == name]
    if not found:
        known = f" (installed: {', '.join(installed())})" if installed() else ""
        raise GrammarFileError(name, f"no such folder, and no installed package brings it{known}")
    try:
        return resources.files(found[0].value)
    except (ImportError, TypeError) as error:
        raise GrammarFileError(name, f"the package that brings it cannot be used: {error}") from error


def _overlay(folder: Traversable, name: str, shown: str) -> Folder:
    if not name.isprintable():
        raise GrammarFileError(shown, "an overlay's name may have no character that cannot be printed")
    known = {file.path for file in built_in().files}
    folders = {path.rpartition("/")[0] for path in known if path.endswith(".lark") and "/" in path}
    folders.discard(CLAUSES.rstrip("/"))
    files: list[GrammarFile] = []
    size = 0
    try:
        for path, entry in listed(folder, _SUFFIXES):
            is_new = path.rpartition("/")[0] in (folders if path.endswith(".lark") else {DECLARED})
            if path.startswith(f"{DECLARED}/") and path.endswith(".lark"):
                instead = f"{path.removesuffix('.lark')}.toml"
                raise UnreadableFileError(path, f"a kind of table is declared by {instead}, its header by [[header]]")
            if path not in known and path != _DESCRIPTION and not is_new:
                raise UnreadableFileError(path, f"nothing of the grammar is called so; {_places(known, folders)}")
            files.append(GrammarFile(path, shown + path, text_of(path, entry)))
            size += len(files[-1].text)
            if size > _MOST_OF_ALL:
                raise UnreadableFileError(
                    path, "the files of the folder are too large; an overlay has only what it adds"
                )
    except UnreadableFileError as error:
        raise GrammarFileError(shown + error.path, error.reason) from error
    version = ""
    for file in files:
        if file.path == _DESCRIPTION:
            from yusuan.compiler.language.description import Description

            said = structured(file, Description)
            name, version = said.name or name, said.version or version
    found = _folder(tuple(files), name, version, shown)
    if not found.files:
        raise GrammarFileError(shown, f"holds nothing that adds to the grammar; {_places(known, folders)}")
    return found


def _folder(files: tuple[GrammarFile, ...], name: str, version: str, shown: str) -> Folder:
    kept = tuple(file for file in files if file.path != _DESCRIPTION)
    return Folder(GrammarSource(name, version, digest(files)), shown, kept)


def _places(known: Iterable[str], folders: Iterable[str]) -> str:
    places = [*(f"{folder}/*.lark" for folder in sorted(folders)), f"{DECLARED}/*.toml"]
    places += sorted(path for path in known if path.rpartition("/")[0] not in folders)
    return f"there may be {', '.join(places)}, and {_DESCRIPTION}"


def digest(files: Iterable[GrammarFile]) -> str:
    """What tells one wording of the language from another: the beginning of a SHA-256 over paths and texts."""
    text = "\0".join(part for file in files for part in (file.path, file.text))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def lexicon_name(file: GrammarFile) -> str:
    """The name of a lexicon: that of its file without folder and suffix."""
    return file.path.removeprefix(LEXICON).removesuffix(".toml")


def structured(file: GrammarFile, cls: type[_Said]) -> _Said:
    """What a TOML file says, as a class (`structuring.py`).

    Raises:
        GrammarFileError: it is no TOML, or says something for which the class has no place; its line is told.
    """
    from yusuan.compiler.language.structuring import MisshapenError, structure  # who only reads reports needs it not

    said = parsed(file)
    with blaming(file.shown):
        try:
            return structure(said, cls)
        except MisshapenError as error:
            raise GrammarFileError(file.at(*error.path), error.reason) from error


def parsed(file: GrammarFile) -> dict[str, Any]:
    """What a TOML file says.

    Raises:
        GrammarFileError: it is no TOML.
    """
    with blaming(file.shown):
        endless = _LONG_KEY.search(file.text)
        if endless:
            line = file.text.count("\n", 0, endless.start()) + 1
            raise GrammarFileError(f"{file.shown}:{line}", "a key of that many parts is none of the lexicon")
        try:
            return tomllib.loads(file.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            raise GrammarFileError(f"{file.shown}:{found[1]}" if found else file.shown, error) from error
        # A number of thousands of digits, a date that there is not.
        except ValueError as error:
            raise GrammarFileError(file.shown, f"a value is none that TOML has: {error}") from error
