"""The compiler of each input of a command, and what is said where its language cannot be spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from attrs import define, field

if TYPE_CHECKING:
    from yusuan.compiler.workspace.compiler import Compiler
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
class Compilers:
    """The compilers of the inputs: with the overlays of the project file and of the command line.

    Attributes:
        files: the settings of each input.
    """

    files: ProjectFiles
    _compilers: dict[tuple[str, ...], Compiler] = field(init=False, factory=dict)

    def expect(self, paths: Iterable[str]) -> None:
        """Get ready to read inputs: what is wrong with a project file or an overlay is said before anything is read.

        Raises:
            UnusableFileError: a project file or an overlay cannot be used.
        """
        from yusuan.compiler.workspace.compiler import Compiler

        with usable_files():
            settings = [self.files.for_input(path) for path in paths]
            for one in settings:
                if one.overlays not in self._compilers:
                    self._compilers[one.overlays] = Compiler(one.overlays)

    def settings(self, path: str) -> Settings:
        """The settings of an input that is expected."""
        return self.files.for_input(path)

    def of(self, path: str) -> Compiler:
        """The compiler of an input that is expected."""
        return self._compilers[self.settings(path).overlays]

    def all(self) -> tuple[Compiler, ...]:
        """The compilers of all inputs, each once."""
        return tuple(self._compilers.values())
