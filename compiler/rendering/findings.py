"""What compiling one input came to, as all renderers take it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol

from attrs import frozen

from yusuan.ir.diagnostics import Diagnostic
from yusuan.ir.source import SourceFile


class Tally(Protocol):
    """How often one rule could be applied, and what came of it.

    Attributes:
        code: the code of the diagnostic where it is broken.
        rule: the rule's name.
        holds: how often it holds.
        broken: how often it does not.
        unknown: how often a figure that it needs is missing.
    """

    @property
    def code(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def holds(self) -> int: ...
    @property
    def broken(self) -> int: ...
    @property
    def unknown(self) -> int: ...


@frozen(slots=True)
class Sum:
    """The tallies of one rule over all inputs, see `Tally`."""

    code: str
    rule: str
    holds: int
    broken: int
    unknown: int


@frozen(slots=True)
class Findings:
    """What there is to show of one input.

    Attributes:
        path: its path as the user gave it; absent for standard input.
        source: its text; empty where it could not be read.
        diagnostics: those to be shown, said in the language to be shown.
        compiled: whether it could be compiled at all.
    """

    path: str | None
    source: SourceFile
    diagnostics: tuple[Diagnostic, ...]
    compiled: bool

    @property
    def shown(self) -> str:
        """What a diagnostic calls the input."""
        return "<stdin>" if self.path is None else self.path


class Form(Protocol):
    """One way to write the findings of a run. It is told of the inputs one after the other."""

    def show(self, findings: Findings) -> str:
        """The text to be written for one input; empty where there is none yet."""
        ...

    def close(self, summary: tuple[Sum, ...] | None) -> str:
        """The text that ends the output, with the summary where one is wanted."""
        ...


def sum_up(tallies: Iterable[Tally]) -> tuple[Sum, ...]:
    """One sum for each rule, in the order of the codes, the rules of a code in the order of their names."""
    return tuple(_sums(sorted(tallies, key=_key)))


def _key(tally: Tally) -> tuple[str, str]:
    return tally.code, tally.rule


def _sums(ordered: Iterable[Tally]) -> Iterator[Sum]:
    for (code, rule), same in groupby(ordered, _key):
        counts = [(one.holds, one.broken, one.unknown) for one in same]
        holds, broken, unknown = (sum(column) for column in zip(*counts, strict=True))
        yield Sum(code, rule, holds, broken, unknown)
