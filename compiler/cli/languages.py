"""The language that each input of a command is read in, and what is said where it cannot be spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from attrs import define, field

if TYPE_CHECKING:
    from yusuan.compiler.language.loader import Language
    from yusuan.compiler.workspace.project_file import ProjectFiles, Settings


class UnusableFileError(click.ClickException):
    """A mistake in a project file or an overlay: the command was used rightly, but nothing can be done."""

    exit_code = 2


def try_built_in() -> None:
    """Make sure that the built-in language can be spoken as its files stand now.

    Raises:
        UnusableFileError: it cannot.
    """
    from yusuan.compiler.overlays import with_overlays

    with usable_files():
        with_overlays(())


@contextmanager
def usable_files() -> Iterator[None]:
    """Say as the command's mistake what is wrong with a project file or a file of a grammar."""
    from yusuan.compiler.language.files import GrammarFileError
    from yusuan.compiler.rendering.safety import visible
    from yusuan.compiler.workspace.project_file import ProjectFileError

    try:
        yield
    except (GrammarFileError, ProjectFileError) as error:
        raise UnusableFileError(visible(str(error))) from error


@define(slots=True)
class Languages:
    """The languages of the inputs: the built-in one, with the overlays of the project file and the command line.

    Attributes:
        files: the settings of each input.
    """

    files: ProjectFiles
    _spoken: dict[tuple[str, ...], Language] = field(init=False, factory=dict)

    def expect(self, paths: Iterable[str]) -> None:
        """Get ready to read inputs: what is wrong with a project file or an overlay is said before anything is read.

        Raises:
            UnusableFileError: a project file or an overlay cannot be used.
        """
        with usable_files():
            settings = [self.files.for_input(path) for path in paths]
            for one in settings:
                if one.overlays not in self._spoken:
                    self._spoken[one.overlays] = _spoken(one.overlays)

    def settings(self, path: str) -> Settings:
        """The settings of an input that is expected."""
        return self.files.for_input(path)

    def of(self, path: str) -> Language:
        """The language of an input that is expected."""
        return self._spoken[self.settings(path).overlays]

    def all(self) -> tuple[Language, ...]:
        """Every language that inputs are read in."""
        return tuple(self._spoken.values())


def _spoken(overlays: tuple[str, ...]) -> Language:
    from yusuan.compiler.language.loader import language

    if not overlays:
        return language()
    from yusuan.compiler.overlays import with_overlays

    return with_overlays(overlays)
