"""Where the diagnostics of a run go: to standard error, or to a file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from attrs import define, field

from yusuan.compiler.cli.messages import say

if TYPE_CHECKING:
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.compiler.workspace.output import StagedFiles


@define(slots=True)
class Destination:
    """Takes the diagnostics of a run. A file appears with `commit`; leaving the context without it leaves none.

    Attributes:
        path: the file; absent for standard error.
        inputs: what the file must not overwrite.
    """

    path: str | None
    inputs: Iterable[Input]
    _files: StagedFiles | None = field(init=False, default=None)

    def __enter__(self) -> Self:
        """Begin the file, if it is one; its folder is made if missing.

        Raises:
            InputOverwrittenError: it is one of the inputs.
            OutputError: the system refuses, or the path is that of a folder or device.
        """
        if self.path is not None:
            from yusuan.compiler.workspace.output import StagedFiles

            self._files = StagedFiles(map(source_of, self.inputs))
            try:
                self._files.make_folder(os.path.dirname(self.path) or os.curdir)
                self._files.create(self.path)
            except BaseException:
                self._files.discard()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._files is not None:
            self._files.discard()

    def write(self, text: str) -> None:
        """Append text.

        Raises:
            OutputError: the system refuses. That nobody can read standard error is none.
        """
        if self._files is not None and self.path is not None:
            self._files.write(self.path, text)
        elif text:
            say(text, line_end=False)

    def commit(self) -> None:
        """Give the file its name.

        Raises:
            OutputError: the system refuses.
        """
        if self._files is not None:
            self._files.commit()


def source_of(item: Input) -> str | int:
    """The file that an input is read from: standard input may be one too."""
    from yusuan.compiler.workspace.naming import STANDARD_INPUT

    return 0 if item.path == STANDARD_INPUT else item.path
