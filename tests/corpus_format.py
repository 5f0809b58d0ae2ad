"""The corpus: files of cases, each an input and what a layer of the compiler makes of it.

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
from collections.abc import Iterable, Iterator, Mapping
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
        name: its name, one word, unique in the file.
        attributes: the attributes with their values, empty ones too.
        input: the text to compile.
        expected: what the layer prints, each line with its line feed.
        bounds: where the expected part stands in the file.
    """

    path: Path
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


def read_text(path: Path) -> str:
    """A corpus file's text, line ends as they stand."""
    return path.read_bytes().decode()


def read_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        CorpusFormatError: the file is not in the format.
    """
    text = read_text(path)
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
    place = f"{path}:{text.count(chr(10), 0, head.start()) + 2}: {name}"
    if re.search(r"\s", name):
        raise CorpusFormatError(f"{place}: a name is one word, or `pytest -k` could not find it")
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
    return Case(path, name, attributes, source, expected + "\n" if expected else "", (split.end(), end))


def rewrite(path: Path, fresh: Mapping[str, str]) -> None:
    """Give the named cases of a file new expected parts; nothing else of the file changes."""
    text = read_text(path)
    changes = [
        (case.bounds, fresh[case.name] + ("\n" if case.bounds[1] < len(text) else ""))
        for case in read_cases(path)
        if case.name in fresh
    ]
    path.write_bytes(spliced(text, changes).encode())


def spliced(text: str, changes: Iterable[tuple[tuple[int, int], str]]) -> str:
    """A text with other words at some of its ranges, which stand in order and do not overlap."""
    pieces: list[str] = []
    done = 0
    for (start, end), fresh in changes:
        pieces += [text[done:start], fresh]
        done = end
    return "".join([*pieces, text[done:]])


def corpus_files(folder: Path) -> Iterator[Path]:
    """Every file of a corpus, in order."""
    yield from sorted(folder.glob("*/*.txt"))
