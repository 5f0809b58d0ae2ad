"""The form of a corpus: files of cases, each an input and what a layer of the compiler makes of it.

A file `tests/corpus/<layer>/<topic>.txt` holds cases, after tree-sitter's corpus files:

    ====
    name-without-blanks
    :attribute value
    ====
    the input, verbatim, any number of lines
    ----
    what the layer prints of it

- A delimiter is a line of four or more `=` or `-`, and a suffix, the same in the whole file (`====|`, `----|`): a file
  whose inputs hold such lines themselves has one.
- The line feed in front of `----` belongs to the input; `:unterminated` says that it does not.
- `:skip` leaves a case out; `:error` marks one that yields an error diagnostic; `:grammar NAME` has the layer `cst`
  read the input by a clause grammar.
- Blank lines around the expected part mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

ATTRIBUTES: Final = frozenset({"skip", "error", "unterminated", "grammar"})

_HEADER: Final = re.compile(r"^={4,}(?P<suffix>[^=\n]*)$", re.MULTILINE)


class CorpusFormatError(ValueError):
    """A corpus file is not in the format; the message says where."""


@frozen(slots=True)
class Case:
    """One case.

    Attributes:
        path: its file.
        line: the line of its name there, from 1.
        name: its name, one word, unique in the file.
        attributes: the attributes with their values, empty ones too.
        input: the text to compile.
        expected: what the layer prints, each line with its line feed.
        bounds: where the expected part stands in the file.
    """

    path: Path
    line: int
    name: str
    attributes: Mapping[str, str]
    input: str
    expected: str
    bounds: tuple[int, int]

    @property
    def layer(self) -> str:
        """The folder that the file stands in."""
        return self.path.parent.name

    @property
    def id(self) -> str:
        """How pytest knows the case: `layer/topic/name`."""
        return f"{self.layer}/{self.path.stem}/{self.name}"


def is_corpus(text: str) -> bool:
    """Whether a text begins as a file of cases does."""
    return _HEADER.match(text) is not None


def cases_of(path: Path, text: str) -> list[Case]:
    """The cases of a file with this text.

    Raises:
        CorpusFormatError: the text is not in the format.
    """
    first = _HEADER.match(text)
    if first is None:
        raise CorpusFormatError(f"{path}:1: a case starts with a line of ====")
    suffix = re.escape(first["suffix"])
    header = re.compile(rf"^={{4,}}{suffix}\n(?P<head>[^=][^\n]*\n(?::[^\n]*\n)*)={{4,}}{suffix}\n", re.MULTILINE)
    divider = re.compile(rf"^-{{4,}}{suffix}(?:\n|\Z)", re.MULTILINE)
    heads = list(header.finditer(text))
    if not heads or heads[0].start():
        raise CorpusFormatError(f"{path}:1: the first case has no head (====, name, ====)")
    ends = [head.start() for head in heads[1:]] + [len(text)]
    cases = [_case(path, text, head, divider, end) for head, end in zip(heads, ends, strict=True)]
    names = [case.name for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CorpusFormatError(f"{path}: {', '.join(twice)}: the name stands twice")
    return cases


def _case(path: Path, text: str, head: re.Match[str], divider: re.Pattern[str], end: int) -> Case:
    name, *lines = head["head"].splitlines()
    line_number = text.count("\n", 0, head.start()) + 2
    place = f"{path}:{line_number}: {name}"
    if re.search(r"\s", name):
        raise CorpusFormatError(f"{place}: a name is one word, without blanks")
    attributes: dict[str, str] = {}
    for line in lines:
        key, _, value = line.removeprefix(":").partition(" ")
        if key not in ATTRIBUTES:
            raise CorpusFormatError(f"{place}: unknown attribute :{key}")
        attributes[key] = value
    split = divider.search(text, head.end(), end)
    if split is None:
        raise CorpusFormatError(f"{place}: no ---- follows the input")
    source = text[head.end() : split.start()]
    if "unterminated" in attributes:
        source = source.removesuffix("\n")
    expected = text[split.end() : end].strip("\n")
    return Case(path, line_number, name, attributes, source, expected + "\n" if expected else "", (split.end(), end))
