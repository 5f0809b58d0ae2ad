"""The texts that the reference compiles, all of them invented, and the examples that it shows of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

from yusuan.compiler.workbench.corpus.judging import corpus_files, read_cases

ROOT: Final = Path(__file__).resolve().parents[1]


@frozen(slots=True)
class Example:
    """A text that a rule or terminal took.

    Attributes:
        text: the text.
        before: what stands in front of it on its line, cut.
        after: what stands behind it, cut.
        source: the case or file that it is from.
    """

    text: str
    before: str
    after: str
    source: str


@frozen(slots=True)
class Sample:
    """A text of the repository.

    Attributes:
        source: the case or file that it is.
        text: the text.
        grammar: the clause grammar that reads it; absent for a report, or a part of one.
    """

    source: str
    text: str
    grammar: str | None = None


@cache
def texts() -> tuple[Sample, ...]:
    """The texts that are compiled, all of them invented."""
    cases = [
        Sample(f"tests/corpus/{case.id}", case.input, case.attributes.get("grammar"))
        for path in corpus_files(ROOT / "tests" / "corpus")
        for case in read_cases(path)
    ]
    examples = [
        Sample(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "examples").rglob("*.txt"))
    ]
    return (*cases, *examples)
