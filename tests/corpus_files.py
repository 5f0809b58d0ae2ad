"""Reading and rewriting the files of the corpus, whose form is `yusuan.compiler.coverage.corpus_format`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from yusuan.compiler.coverage.corpus_format import Case, cases_of


def read_text(path: Path) -> str:
    """A corpus file's text, line ends as they stand."""
    return path.read_bytes().decode()


def read_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises:
        CorpusFormatError: the file is not in the format.
    """
    return cases_of(path, read_text(path))


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
