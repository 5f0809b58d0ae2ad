"""The project file `yusuan.toml`: finding it for each input, reading it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated, TypeAlias

from attrs import define, field, frozen

from yusuan.compiler.language.files import GrammarFile, GrammarFileError, installed, structured
from yusuan.compiler.workspace.inputs import PROJECT_FILE
from yusuan.compiler.workspace.naming import STANDARD_INPUT
from yusuan.compiler.workspace.selection import Layer, Selection, resolve


class ProjectFileError(Exception):
    """A project file that cannot be used; its text names the file and the reason."""


@frozen(slots=True)
class Settings:
    """How an input is compiled and what is reported of it.

    Attributes:
        selection: what is reported.
        overlays: what is laid over the built-in grammar: folders, or names of installed ones; in order.
    """

    selection: Selection
    overlays: tuple[str, ...]


@define(slots=True)
class ProjectFiles:
    """The settings of each input: from the project file nearest above it, and from the command line.

    Attributes:
        command_line: what the command line says of diagnostics; it beats the file.
        overlays: those that the command line names; they lie over those of the file.
        path: the file to use for every input; absent to search for it.
        searching: whether to search at all.
    """

    command_line: Layer
    overlays: tuple[str, ...] = ()
    path: str | None = None
    searching: bool = True
    _by_folder: dict[str, str | None] = field(init=False, factory=dict)
    _by_file: dict[str | None, Settings] = field(init=False, factory=dict)

    def for_input(self, path: str) -> Settings:
        """The settings of an input.

        Args:
            path: a file, a folder, or `-` for standard input, which belongs to the working directory.

        Raises:
            ProjectFileError: the file cannot be read, is no TOML, or says what does not exist.
        """
        file = self._file_for(path)
        if file not in self._by_file:
            layer, overlays = (Layer(), ()) if file is None else _read(file)
            selection = resolve([layer, self.command_line])
            self._by_file[file] = Settings(selection, (*overlays, *self.overlays))
        return self._by_file[file]

    def named(self) -> tuple[str, ...]:
        """The project files of the inputs so far, and the overlays that they and the command line name."""
        overlays = (place for settings in self._by_file.values() for place in settings.overlays)
        return tuple(dict.fromkeys((*filter(None, self._by_file), *overlays)))

    def _file_for(self, path: str) -> str | None:
        if self.path is not None or not self.searching:
            return self.path
        if path == STANDARD_INPUT:
            return self._search(os.getcwd())
        place = os.path.abspath(path)
        return self._search(place if os.path.isdir(place) else os.path.dirname(place))

    def _search(self, folder: str) -> str | None:
        """The file in a folder or the nearest one above it; absent where there is none."""
        passed = []
        while folder not in self._by_folder:
            passed.append(folder)
            candidate = os.path.join(folder, PROJECT_FILE)
            above = os.path.dirname(folder)
            if os.path.isfile(candidate):
                self._by_folder[folder] = candidate
            elif above == folder:
                self._by_folder[folder] = None
            else:
                folder = above
        for one in passed:
            self._by_folder[one] = self._by_folder[folder]
        return self._by_folder[folder]


def _place(written: str) -> str:
    if not written:
        raise ValueError("the name of a folder or of an installed overlay is expected")
    return written


_Place: TypeAlias = Annotated[str, _place]


@frozen(slots=True)
class _Grammar:
    overlays: tuple[_Place, ...] = ()


@frozen(slots=True)
class _Project:
    """What a project file may say."""

    diagnostics: Layer = field(factory=Layer)
    grammar: _Grammar = field(factory=_Grammar)


def _read(path: str) -> tuple[Layer, tuple[str, ...]]:
    """What a file says of diagnostics, and the overlays that it names."""
    shown = _from_here(path)
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
        said = structured(GrammarFile(PROJECT_FILE, shown, text), _Project)
    except OSError as error:
        raise ProjectFileError(f"{shown}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ProjectFileError(f"{shown}: is no TOML: not UTF-8") from error
    except GrammarFileError as error:
        raise ProjectFileError(str(error)) from error
    return said.diagnostics, _overlays(said.grammar.overlays, os.path.dirname(path))


def _from_here(path: str) -> str:
    """A path from the working directory on; as it is where none leads there: to another drive of Windows."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return path


def _overlays(named: Sequence[str], folder: str) -> tuple[str, ...]:
    """The overlays that a file in a folder names: folders, from there on, or else the names of installed ones."""
    found = (_from_here(os.path.join(folder, one)) for one in named)
    # A folder that is missing is missed there, not in the working directory.
    return tuple(
        one if not os.path.isdir(place) and one in installed() else place
        for place, one in zip(found, named, strict=True)
    )
