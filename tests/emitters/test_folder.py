"""The folder of tables: what describes it is true of it, to programs that read data packages and xBRL-CSV."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests.builders import amount, document, rich_document
from tests.emitters.strategies import DOCUMENTS
from tests.strategies import EXAMPLES, REPORTS

from yusuan import compile_text
from yusuan.compiler.readers.text.decode import decode
from yusuan.emitters.folder import TableFolder
from yusuan.emitters.tables import OTHER_FACTS, TABLES
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.emitters.xbrl.columns import layouts, metadata
from yusuan.emitters.xbrl.report import xbrl_reports
from yusuan.ir.document import Document


def write(documents: list[Document], folder: Path) -> None:
    for name, chunk in CsvEmitter().package(documents):
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            file.write(chunk)


def rows_of(made: Document) -> dict[str, list[dict[str, str]]]:
    """The rows of every table of the folder, by the names of the columns."""
    folder = TableFolder()
    headers = dict(folder.headers())
    return {table: [dict(zip(headers[table], row, strict=True)) for row in rows] for table, rows in folder.rows([made])}


# --- data package -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EXAMPLES, *REPORTS], ids=lambda path: path.stem)
def test_a_reader_of_data_packages_finds_every_cell_as_described(path: Path, tmp_path: Path) -> None:
    validate(tmp_path, [compile_text(decode(path.read_bytes()).text, path.stem).document])


def test_several_documents_are_one_data_package(tmp_path: Path) -> None:
    validate(tmp_path, [rich_document("a"), rich_document("b"), document("c")])


def validate(folder: Path, documents: list[Document]) -> None:
    from frictionless import Package

    write(documents, folder)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "fieldName", "rowNumber", "note"]) == []
    kinds = {table.kind for made in documents for table in made.declared}
    assert report.stats["tasks"] == len(TABLES) + len(kinds) + 1


def test_a_wrong_cell_is_found(tmp_path: Path) -> None:
    from frictionless import Package

    write([rich_document("a")], tmp_path)
    path = tmp_path / "amounts.csv"
    path.write_text(path.read_text("utf-8").replace(",amount,", ",amont,"), "utf-8")
    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type", "fieldName"])
    assert ["constraint-error", "measure"] in found


def test_the_fiscal_model_leads_to_columns() -> None:
    described = described_package()
    columns = {one["name"]: {field["name"] for field in one["schema"]["fields"]} for one in described["resources"]}
    model = described["model"]
    sources = [*model["measures"].values()]
    for dimension in model["dimensions"].values():
        assert dimension["primaryKey"] in dimension["attributes"]
        sources += dimension["attributes"].values()
    for source in sources:
        assert source["source"] in columns[source["resource"]]


def test_the_description_is_of_the_columns_that_are_written() -> None:
    resources = described_package()["resources"]
    described = {one["name"]: tuple(field["name"] for field in one["schema"]["fields"]) for one in resources}
    assert described == dict(TableFolder().headers())
    for table, view in TABLES.items():
        assert described[table][: len(view.columns)] == view.header


def described_package() -> Any:
    return json.loads(dict(TableFolder().descriptions())["datapackage.json"])


# --- facts ------------------------------------------------------------------------------------------------------------


def test_the_metadata_knows_every_column_of_every_table_with_facts() -> None:
    described = metadata("urn:x")
    headers = dict(TableFolder().headers())
    assert set(described["tables"]) == set(layouts()) == set(described["tableTemplates"])
    for table, template in described["tableTemplates"].items():
        assert set(template["columns"]) == set(headers[table])


@given(DOCUMENTS)
def test_every_fact_has_one_cell(made: Document) -> None:
    [report] = xbrl_reports([made])
    rows = rows_of(made)
    cells = 0
    for table, layout in layouts().items():
        names = [row["fact_id"] for row in rows[table]]
        assert len(set(names)) == len(names)
        cells += sum(bool(row[column.name]) for row in rows[table] if row["fact_entity"] for column in layout.columns)
    assert cells == len(report.facts)


def test_money_is_in_yuan_with_its_decimals() -> None:
    [row] = rows_of(document("a b", amounts=(amount("3632.47", line=3, column=7),)))["amounts"]
    assert (row["value"], row["unit"], row["yuan"], row["decimals"]) == ("3632.47", "万元", "36324700", "-2")
    assert row["fact_id"] == "a_b_L3_C7"


def test_money_without_its_unit_is_a_figure() -> None:
    [row] = rows_of(document(amounts=(amount("5", unit=None, line=3, column=7),)))["amounts"]
    assert (row["yuan"], row["figure"], row["fact_concept"]) == ("", "5", "cnbd:IncompleteFigure")


def test_what_is_reckoned_has_a_table_of_its_own() -> None:
    from yusuan.ir.vocabulary import Concept

    made = (amount("10.00"), amount("7.0", Concept.OTHER_REVENUE), amount("2", Concept.INSTITUTIONAL_REVENUE))
    [row] = rows_of(document(amounts=made))[OTHER_FACTS]
    assert (row["concept"], row["yuan"], row["line"]) == ("RevenueNotListed", "10000", "")


def test_the_byte_order_mark_starts_tables_only() -> None:
    starts: dict[str, str] = {}
    for name, chunk in CsvEmitter(byte_order_mark=True).package([rich_document()]):
        starts.setdefault(name, chunk[:1])
    assert {name for name, start in starts.items() if start != "\ufeff"} == {"datapackage.json", "report.json"}


def test_every_row_is_as_long_as_the_header() -> None:
    for name, chunk in CsvEmitter().package([rich_document()]):
        if name.endswith(".csv") and chunk:
            assert len({len(row) for row in csv.reader(chunk.splitlines())}) == 1
