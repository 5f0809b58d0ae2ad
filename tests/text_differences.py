"""What comes out differently of a file and of the text that `yusuan text` prints of it.

    python -m tests.text_differences ../shared/pdf/report.pdf ...      prints the rows

All tables of the contract are compared, but for what only layout knows: pages; columns, spans and empty cells of
merged ones; and what is said of the layout itself.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.pipeline import compile_reading
from yusuan.compiler.readers.base import Reading
from yusuan.compiler.readers.registry import reader_for
from yusuan.emitters.registry import emit, find
from yusuan.ir.diagnostics import codes

Row: TypeAlias = tuple[tuple[str, str], ...]
Differences: TypeAlias = dict[str, tuple[list[Row], list[Row]]]
"""By table, the rows of the file alone and those of the text alone; tables without any are left out."""

_OF_LAYOUT: Final = frozenset({codes.ALIGNED_TABLE.code})
_COLUMNS: Final = {"cells": ("table_line", "line", "row", "text")}
_NO_FACTS: Final = frozenset({"page"})


def differences(path: Path) -> Differences:
    """The differences of a file.

    Raises:
        ReadError: it holds no report.
    """
    language = built_in_language()
    data = path.read_bytes()
    reading = reader_for(data).read(data, path.stem, language)
    text = reading.source.text.encode()
    again = reader_for(text).read(text, path.stem, language)
    if again.source.text != reading.source.text:
        raise AssertionError(f"the text of {path.stem} is read as another one: its lines are not those of the file")
    of_file, of_text = _tables(reading), _tables(again)
    found: Differences = {}
    for name, rows in of_file.items():
        left, right = Counter(rows), Counter(of_text[name])
        if left != right:
            found[name] = [*(left - right).elements()], [*(right - left).elements()]
    return found


def _tables(reading: Reading) -> Mapping[str, list[Row]]:
    document = compile_reading(reading, language=built_in_language()).document
    return {name: list(_rows(name, emit(document, "csv", table=name))) for name in find("csv").tables}


def _rows(table: str, text: str) -> Iterator[Row]:
    for row in csv.DictReader(io.StringIO(text)):
        columns = _COLUMNS.get(table, row.keys() - _NO_FACTS)
        if row.get("code") not in _OF_LAYOUT and (table != "cells" or row["text"]):
            yield tuple((column, row[column]) for column in row if column in columns)


def main(paths: Iterable[str]) -> None:
    """Print the differences of some files."""
    for path in map(Path, paths):
        for table, sides in differences(path).items():
            for side, rows in zip("-+", sides, strict=True):
                for row in rows:
                    print(path.stem, table, side, ", ".join(f"{column}={value}" for column, value in row if value))


if __name__ == "__main__":
    main(sys.argv[1:])
