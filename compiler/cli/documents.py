"""The documents of a run, each compiled when the format asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from attrs import define, field

from yusuan.compiler.cli.session import Session

if TYPE_CHECKING:
    from yusuan.compiler.workspace.inputs import Input
    from yusuan.ir.document import Document


@define(slots=True)
class Documents:
    """The documents of the inputs, in their order. A folder that yields none has no document.

    A format that fails over a document is asked once more for all, with an empty one in its place: then the inputs are
    read again, but for those that can be read only once, and nothing is reported twice.

    Attributes:
        inputs: what to compile.
        session: compiles it.
        report: takes the diagnostics of each.
    """

    inputs: list[Input]
    session: Session
    report: Callable[[str], object]
    _last: Input | None = field(init=False, default=None)
    _reported: set[str] = field(init=False, factory=set)
    _failed: dict[str, Document] = field(init=False, factory=dict)
    _kept: dict[str, Document | None] = field(init=False, factory=dict)

    def __iter__(self) -> Iterator[Document]:
        for item in self.inputs:
            self._last = item
            document = self._document(item)
            if document is not None:
                yield document
            # Nothing of a document is held here while the next one is compiled.
            del document
            if self.session.stopped:
                return

    def blame(self, error: Exception, name: str) -> bool:
        """Leave out what the last document says, since a format failed over it; reported as an error of its input.

        Args:
            error: what the format raised.
            name: the format.

        Returns:
            Whether there is a document to leave out.
        """
        from yusuan.compiler.workspace.compiler import failed_input

        item = self._last
        if item is None or item.path in self._failed:
            return False
        failure = failed_input(item, error, of=name)
        self._failed[item.path] = failure.document
        self.report(self.session.fail(item, failure))
        return True

    def _document(self, item: Input) -> Document | None:
        if item.path in self._failed:
            return self._failed[item.path]
        if item.path in self._kept:
            return self._kept[item.path]
        if item.path in self._reported:
            return self.session.take_again(item)
        self._reported.add(item.path)
        outcome = self.session.take(item)
        self.report(outcome.text)
        if not os.path.isfile(item.path):
            # Standard input and pipes.
            self._kept[item.path] = outcome.document
        return outcome.document
