"""The files that say the language: those of the grammar folder, and those of overlays, which add to them.

An overlay is a folder laid out as `grammar/` is, with only what it adds. A `.lark` file is joined to the grammar whose
folder or file it is called after, so it extends (`%extend`) or replaces (`%override`) what stands there, or is new. A
`.toml` file is laid over the lexicon of its name: tables are joined, lists made longer, entries with a `name` joined by
that, anything else replaced. `grammar.toml` may say what the overlay is called and its version.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from yusuan.ir.document import GrammarSource

GROUP: Final = "yusuan.grammars"
"""The entry points of packages that bring an overlay: its name, and the package whose folder it is."""

LEXICON: Final = "lexicon/"
DECLARED: Final = "tables"
"""The folder whose `.toml` files declare a kind of table each."""

_DESCRIPTION: Final = "grammar.toml"
_SUFFIXES: Final = (".lark", ".toml")
_DIGEST: Final = 12


class GrammarFileError(ValueError):
    """A grammar file is wrong; the message names the file, and the line where that is known."""


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

    def at(self, words: str) -> str:
        """How messages name the first line with these words; the file where no line has them."""
        escaped = words.replace("\\", "\\\\").replace('"', '\\"')
        for number, line in enumerate(self.text.split("\n"), start=1):
            if words in line or escaped in line:
                return f"{self.shown}:{number}"
        return self.shown


@frozen(slots=True)
class Folder:
    """A folder of them: the built-in one, or an overlay.

    Attributes:
        source: its name, version and digest.
        files: its grammars and lexicons, in the order of their names.
    """

    source: GrammarSource
    files: tuple[GrammarFile, ...]


@cache
def built_in() -> Folder:
    """The language that is shipped."""
    return _folder(tuple(_read(resources.files("yusuan.grammar"), "grammar/")), "yusuan")


def overlay(place: str) -> Folder:
    """An overlay.

    Args:
        place: a folder, or the name that an installed package gives to one.

    Raises:
        GrammarFileError: there is none, it cannot be read, or has a file that no grammar has a place for.
    """
    folder = Path(place)
    if folder.is_dir():
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
        raise GrammarFileError(f"{name}: no such folder, and no installed package brings it{known}")
    try:
        return resources.files(found[0].value)
    except (ImportError, TypeError) as error:
        raise GrammarFileError(f"{name}: the package that brings it cannot be used: {error}") from error


def _overlay(folder: Traversable, name: str, shown: str) -> Folder:
    try:
        files = tuple(_read(folder, shown))
    except (OSError, UnicodeDecodeError) as error:
        raise GrammarFileError(f"{shown}: cannot be read: {error}") from error
    known = {file.path for file in built_in().files}
    folders = {path.rpartition("/")[0] for path in known if path.endswith(".lark") and "/" in path} - {"clauses"}
    for file in files:
        is_new = file.path.rpartition("/")[0] in (folders if file.path.endswith(".lark") else {DECLARED})
        if file.path not in known and file.path != _DESCRIPTION and not is_new:
            raise GrammarFileError(f"{file.shown}: nothing of the grammar is called so; {_places(known, folders)}")
    found = _folder(files, name)
    if not found.files:
        raise GrammarFileError(f"{shown}: holds nothing that adds to the grammar; {_places(known, folders)}")
    return found


def _folder(files: tuple[GrammarFile, ...], name: str) -> Folder:
    """A folder of files, called as its description says or else by a name."""
    said = {"name": name, "version": ""}
    for file in files:
        if file.path == _DESCRIPTION:
            said |= _description(file)
    kept = tuple(file for file in files if file.path != _DESCRIPTION)
    return Folder(GrammarSource(said["name"], said["version"], digest(files)), kept)


def _places(known: Iterable[str], folders: Iterable[str]) -> str:
    places = [*(f"{folder}/*.lark" for folder in sorted(folders)), f"{DECLARED}/*.toml"]
    places += sorted(path for path in known if path.rpartition("/")[0] not in folders)
    return f"there may be {', '.join(places)}, and {_DESCRIPTION}"


def _description(file: GrammarFile) -> dict[str, str]:
    """What an overlay says of itself."""
    said = parsed(file)
    for key, value in said.items():
        if key not in ("name", "version") or not isinstance(value, str) or not value.strip():
            raise GrammarFileError(f"{file.at(key)}: {key}: only name and version are said, each as a text")
    return said


def _read(folder: Traversable, shown: str, prefix: str = "") -> Iterator[GrammarFile]:
    """The files by relative path, in order of their names."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.startswith((".", "_")):
            continue
        if entry.is_dir():
            yield from _read(entry, shown, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            path = prefix + entry.name
            yield GrammarFile(path, shown + path, entry.read_text(encoding="utf-8"))


def digest(files: Iterable[GrammarFile]) -> str:
    """What tells one wording of the language from another: the beginning of a SHA-256 over paths and texts."""
    text = "\0".join(part for file in files for part in (file.path, file.text))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


# --- the lexicon ------------------------------------------------------------------------------------------------------


def parsed(file: GrammarFile) -> dict[str, Any]:
    """What a TOML file says.

    Raises:
        GrammarFileError: it is no TOML.
    """
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise GrammarFileError(f"{file.shown}: {error}") from error


def lexicons(files: Sequence[GrammarFile]) -> dict[str, dict[str, Any]]:
    """The lexicons by name, those of the same name laid over each other.

    Raises:
        GrammarFileError: a file is no TOML, or says something for which the lexicon has no place.
    """
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        if file.path.startswith(LEXICON):
            name = file.path.removeprefix(LEXICON).removesuffix(".toml")
            said = parsed(file)
            found[name] = _laid_over(found[name], said, file) if name in found else said
    return found


def _laid_over(base: dict[str, Any], more: dict[str, Any], file: GrammarFile) -> dict[str, Any]:
    for key in more:
        if key not in base:
            known = ", ".join(base)
            raise GrammarFileError(f"{file.at(key)}: {key}: the lexicon has no such table (it has {known})")
    return {key: lay_over(value, more[key], file, key) if key in more else value for key, value in base.items()}


def lay_over(base: Any, more: Any, file: GrammarFile, key: str) -> Any:
    """What a file says laid over what stands there: tables joined, lists made longer, anything else replaced.

    Raises:
        GrammarFileError: a value is of another type than the one that it would replace.
    """
    if type(base) is not type(more):
        said, meant = (_KINDS.get(type(value), "value") for value in (more, base))
        raise GrammarFileError(f"{file.at(key)}: {key} is a {said} here and a {meant} in the lexicon")
    if isinstance(base, dict):
        joined = {one: lay_over(value, more[one], file, one) if one in more else value for one, value in base.items()}
        return joined | {one: value for one, value in more.items() if one not in base}
    if isinstance(base, list):
        if any(isinstance(value, dict) and "name" in value for value in base):
            return _joined_by_name(base, more, file, key)
        return [*base, *(value for value in more if value not in base)]
    return more


def _joined_by_name(base: list[Any], more: list[Any], file: GrammarFile, key: str) -> list[Any]:
    added = {}
    for entry in more:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise GrammarFileError(f"{file.at(key)}: every entry of {key} needs a name")
        added[entry["name"]] = entry
    found = [lay_over(entry, added.pop(entry["name"], {}), file, entry["name"]) for entry in base]
    return [*found, *added.values()]


_KINDS: Final = {dict: "table", list: "list", str: "text", int: "number", bool: "yes or no"}
