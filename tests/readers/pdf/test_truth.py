"""The tables typed from pictures are well formed: their cells tile the grid, and the index tells what is there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

TRUTH = Path(__file__).parent / "truth"
KINDS = ("rotated", "continued", "white frames", "wrapped", "merged", "no rulings")
FIGURE = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grid_of(cell: dict[str, str]) -> list[tuple[int, int]]:
    """The places of the grid that a cell covers."""
    row, column = int(cell["row"]), int(cell["column"])
    rows, columns = range(row, row + int(cell["rowspan"])), range(column, column + int(cell["colspan"]))
    return [(down, right) for down in rows for right in columns]


INDEX = rows_of(TRUTH / "index.csv")
tables = pytest.mark.parametrize("table", INDEX, ids=[table["name"] for table in INDEX])


def test_there_are_two_tables_of_each_kind() -> None:
    assert Counter(table["kind"] for table in INDEX) == dict.fromkeys(KINDS, 2)


def test_the_index_names_every_file() -> None:
    assert sorted(table["name"] for table in INDEX) == sorted(path.stem for path in TRUTH.glob("*-p*.csv"))
    assert [table["name"] for table in INDEX] == [f"{table['file']}-p{table['page']}" for table in INDEX]


@tables
def test_cells_tile_the_grid(table: dict[str, str]) -> None:
    cells = rows_of(TRUTH / f"{table['name']}.csv")
    covered = Counter(place for cell in cells for place in grid_of(cell))
    rows, columns = int(table["rows"]), int(table["columns"])
    assert covered == {(row, column): 1 for row in range(1, rows + 1) for column in range(1, columns + 1)}
    assert len(cells) == int(table["cells"])


@tables
def test_cells_stand_in_reading_order(table: dict[str, str]) -> None:
    places = [grid_of(cell)[0] for cell in rows_of(TRUTH / f"{table['name']}.csv")]
    assert places == sorted(places)


@tables
def test_cells_hold_figures_codes_and_labels(table: dict[str, str]) -> None:
    texts = [cell["text"] for cell in rows_of(TRUTH / f"{table['name']}.csv")]
    assert [text for text in texts if text != text.strip() or re.search(r"[。；\n]|\s\s|\.\.", text)] == []
    assert [text for text in texts if text[-1:].isdecimal() and not FIGURE.fullmatch(text)] == []


@tables
def test_the_index_counts_the_rows_of_a_first_page(table: dict[str, str]) -> None:
    pages = int(table["last_page"]) - int(table["page"]) + 1
    first, rows = int(table["rows_on_first_page"]), int(table["rows"])
    assert first == rows if pages == 1 else 0 < first < rows
    assert table["page_number"].count(";") in ((0,) if not table["page_number"] else (pages - 1,))
