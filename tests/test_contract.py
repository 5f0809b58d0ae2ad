"""The declarations of the contract's tables: each key is known, and what they say is what records and formats have."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from attrs import fields_dict

from yusuan.compiler.language.said_sheets import NAME
from yusuan.emitters.tables import TABLES
from yusuan.ir.contract import COLUMN_KEYS, SUM_KEYS, TABLE_KEYS, KindError, contract, data_of, kind_of
from yusuan.ir.declared import LAST_COLUMN
from yusuan.ir.diagnostics.codes import CODES
from yusuan.ir.kinds import TableKind

OF_DOCUMENTS = ("documents", "sections", "facts", "amounts", "glossary", "blocks", "cells", "diagnostics")


def test_the_contract_has_its_tables_in_its_order() -> None:
    assert list(contract()) == list(TABLES)


@pytest.mark.parametrize("name", OF_DOCUMENTS)
def test_what_is_no_sheet_says_data_only(name: str) -> None:
    said = tomllib.loads((files("yusuan.ir") / "tables" / f"{name}.toml").read_text(encoding="utf-8"))
    assert set(said) <= {"table", "columns", "sums"}
    assert data_of(said) == {"sums": [], "axes": {}, **said}


@pytest.mark.parametrize("name", list(contract()))
def test_columns_are_those_of_the_table(name: str) -> None:
    columns = [column.name for column in contract()[name].columns]
    assert [one for one in TABLES[name].header if one not in ("document", LAST_COLUMN)] == [
        *([] if name == "documents" or "line" in columns else ["line"]),
        *columns,
    ]


@pytest.mark.parametrize("kind", contract().values(), ids=lambda kind: kind.name)
def test_what_a_declaration_names_is_there(kind: TableKind) -> None:
    assert NAME.fullmatch(kind.name)
    for column in kind.columns:
        assert NAME.fullmatch(column.name)
        assert set(column.instead) <= {one.name for one in kind.columns}
        assert bool(column.words) == bool(column.vocabulary)
        if kind.record:
            roots = {column.path.partition(".")[0], *filter(None, [column.unit.partition(".")[0]])}
            assert roots <= fields_dict(kind.record_class).keys()
    assert {one.code for one in kind.sums} <= CODES.keys()


def test_keys_are_of_types_that_toml_has() -> None:
    assert {*TABLE_KEYS.values(), *COLUMN_KEYS.values(), *SUM_KEYS.values()} <= {str, int, bool, list, dict}


COLUMNS = {"name": {}, "whole": {"type": "money"}, "part": {"type": "money"}, "much": {"type": "count"}}


def test_a_total_row_is_the_sum_of_what_can_be_added() -> None:
    columns = {**COLUMNS, "price": {"type": "money", "adds": False}, "share": {"type": "percent"}}
    kind = kind_of("grants", {"columns": columns})
    assert [(one.name, one.form, one.total) for one in kind.every_sum] == [
        ("grants-whole-rows", "rows", "whole"),
        ("grants-part-rows", "rows", "part"),
        ("grants-much-rows", "rows", "much"),
    ]
    assert kind.sums == ()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"columns": {"one": {"type": "words"}}}, "the type words is none of text,"),
        ({"columns": {"one": {"concept": "Grant"}}}, "a concept has zh and en"),
        ({"table": {"subject": "two"}, "columns": {"one": {}}}, r"two is no column of the table \(it has one\)"),
        ({"columns": COLUMNS, "sums": [{"form": "rows"}]}, "a sum has a total, or columns"),
        ({"columns": COLUMNS, "sums": [{"form": "heap", "total": "whole"}]}, "heap is none of columns,"),
        ({"columns": COLUMNS, "sums": [{"form": "rows", "total": "all"}]}, "all is no column"),
        ({"columns": COLUMNS, "sums": [{"form": "rows", "total": "name"}]}, "name holds no figures"),
        ({"columns": COLUMNS, "sums": [{"form": "columns", "total": "whole"}]}, "has 1 to 100 parts"),
        ({"columns": COLUMNS, "sums": [{"form": "product", "total": "whole", "parts": ["much"]}]}, "has 2 to 2 parts"),
        ({"columns": COLUMNS, "sums": [{"form": "levels", "total": "whole"}]}, "a parent belongs to"),
    ],
)
def test_what_is_no_declaration_is_refused(said: dict[str, object], reason: str) -> None:
    with pytest.raises(KindError, match=reason):
        kind_of("grants", said)


def test_a_kind_without_records_has_no_class() -> None:
    with pytest.raises(LookupError):
        _ = kind_of("grants", {"columns": COLUMNS}).record_class
