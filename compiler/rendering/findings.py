"""What compiling one input came to, as all renderers take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from yusuan.ir.diagnostics import Diagnostic, Tally
from yusuan.ir.nodes import Section
from yusuan.ir.places import FilePlaces
from yusuan.ir.source import SourceFile

if TYPE_CHECKING:
    from yusuan.compiler.readers.pdf.shapes import PageOrder, Picture


@frozen(slots=True)
class Findings:
    """What there is to show of one input.

    Attributes:
        path: its path as the user gave it; absent for standard input.
        source: its text; empty where it could not be read.
        diagnostics: those to be shown, said in the language to be shown.
        compiled: whether it could be compiled at all.
        body: the tree of its text, by which cells are known; absent where there is none.
        draw: draws its pages, giving nothing where it cannot; absent where it has none, and where nobody wants them.
    """

    path: str | None
    source: SourceFile
    diagnostics: tuple[Diagnostic, ...]
    compiled: bool
    body: Section | None = None
    draw: Callable[[PageOrder], Picture | None] | None = None

    @cached_property
    def places(self) -> FilePlaces:
        """Where its spans stand in the file."""
        return FilePlaces(self.source.places, self.body)

    @property
    def shown(self) -> str:
        """What a diagnostic calls the input."""
        return "<stdin>" if self.path is None else self.path


class Form(Protocol):
    """One way to write the findings of a run. It is told of the inputs one after the other."""

    def show(self, findings: Findings) -> str:
        """The text to be written for one input; empty where there is none yet."""
        ...

    def close(self, summary: tuple[Tally, ...] | None) -> str:
        """The text that ends the output, with the summary where one is wanted."""
        ...


def sum_up(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    """One tally for each rule over all inputs, in the order of the codes and, of one code, of the rules' names."""
    return tuple(_sums(sorted(tallies, key=_key)))


def _key(tally: Tally) -> tuple[str, str]:
    return tally.code, tally.rule


def _sums(ordered: Iterable[Tally]) -> Iterator[Tally]:
    for (code, rule), same in groupby(ordered, _key):
        counts = [(one.holds, one.broken, one.unknown) for one in same]
        holds, broken, unknown = (sum(column) for column in zip(*counts, strict=True))
        yield Tally(code, rule, holds, broken, unknown)
