"""CSV: what is written reads back, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import SUBSIDIES, amount, at, body, deep_body, document, paragraph, rich_document, text
from tests.emitters.strategies import DOCUMENTS

from yusuan.emitters.base import UnknownTableError
from yusuan.emitters.tables import TABLES, declared_views
from yusuan.emitters.text import GUARDED
from yusuan.emitters.to_csv import CsvEmitter
from yusuan.emitters.xbrl.markup import allowed
from yusuan.ir.document import Document
from yusuan.ir.records import GlossaryEntry

EMITTER = CsvEmitter()


def read(emitted: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(emitted, newline="")))


def written(cell: str) -> str:
    """What stands in the file for a cell of text, as a CSV reader gives it."""
    made = document(glossary=(GlossaryEntry(text(cell), text("x"), at(1)),))
    return read("".join(EMITTER.stream([made], table="glossary")))[1][2]


def package(*documents: Document) -> dict[str, str]:
    files: dict[str, str] = defaultdict(str)
    for name, chunk in EMITTER.package(documents):
        files[name] += chunk
    return files


def test_a_stream_is_facts_unless_a_table_is_named() -> None:
    assert "".join(EMITTER.stream([rich_document()])) == "".join(EMITTER.stream([rich_document()], table="facts"))


def test_the_header_stands_once_over_all_documents() -> None:
    emitted = "".join(EMITTER.stream([rich_document("a"), rich_document("b")], table="assets"))
    assert emitted == (
        "document,line,item,quantity,value,page\n"
        "a,50,房屋(平方米),100,5.5,\na,51,其中：办公用房,,,\n"
        "b,50,房屋(平方米),100,5.5,\nb,51,其中：办公用房,,,\n"
    )


def test_a_package_has_every_table_with_the_rows_of_every_document() -> None:
    files = package(rich_document("a"), rich_document("b"))
    described = {"other_facts.csv", "datapackage.json", "report.json"}
    assert set(files) == {*(f"{name}.csv" for name in TABLES), "subsidies.csv", *described}
    for name, view in {**TABLES, **declared_views([SUBSIDIES])}.items():
        # What a package has beyond the contract stands behind it.
        rows = [row[: len(view.columns)] for row in read(files[f"{name}.csv"])]
        assert rows == read("".join(EMITTER.stream([rich_document("a"), rich_document("b")], table=name)))


def test_a_table_of_a_declared_kind_has_its_columns() -> None:
    assert "".join(EMITTER.stream([rich_document("a"), document("b"), rich_document("c")], table="subsidies")) == (
        "document,line,is_total,county,grant,amount,amount_unit,households,share,page\n"
        "a,55,false,甲县,惠农补贴,12.50,万元,60,41.67,\na,56,true,合计,,3,,,,\n"
        "c,55,false,甲县,惠农补贴,12.50,万元,60,41.67,\nc,56,true,合计,,3,,,,\n"
    )


def test_a_declared_kind_has_a_table_though_no_document_has_rows_in_it() -> None:
    emitter = CsvEmitter(declared=(SUBSIDIES,))
    assert dict(emitter.package([]))["subsidies.csv"].startswith("document,line,is_total,county,")
    assert "".join(emitter.stream([document("b")], table="subsidies")).count("\n") == 1


def test_a_table_that_nobody_declares_is_refused_before_anything_is_written() -> None:
    with pytest.raises(UnknownTableError, match="did you mean 'subsidies'"):
        EMITTER.stream([rich_document("a")], table="subsidy")


def test_kinds_of_one_name_are_told_apart() -> None:
    other = evolve(SUBSIDIES, columns=SUBSIDIES.columns[:2])
    called_as_ours = [evolve(SUBSIDIES, name=name) for name in ("assets", "other_facts")]
    said_otherwise = evolve(SUBSIDIES, en="Grants")
    assert list(declared_views([SUBSIDIES, other, said_otherwise, *called_as_ours])) == [
        "subsidies",
        "subsidies_2",
        "assets_2",
        "other_facts_2",
    ]


def test_a_package_of_nothing_has_headers() -> None:
    assert package()["glossary.csv"] == "document,line,term,definition,page\n"


def test_documents_are_taken_one_at_a_time() -> None:
    taken = 0

    def lazily() -> Iterator[Document]:
        nonlocal taken
        for _ in range(3):
            taken += 1
            yield rich_document()

    stream = EMITTER.stream(lazily())
    next(stream)
    assert taken == 0
    next(stream)
    assert taken == 1


def test_an_unknown_table_is_refused_at_once() -> None:
    with pytest.raises(UnknownTableError, match="unknown table 'amount'; did you mean 'amounts'") as raised:
        EMITTER.stream([], table="amount")
    assert raised.value.known == tuple(TABLES)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|x",
        "-2+3",
        "@SUM(A1)",
        "＝1",
        "\tx",
        "\r=1",
        "\n",
        " =1",
        "'=1",
        "'\r",
        "''\n=1",
        "=",
        "=>5",
        "#none",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert written(cell) == "'" + cell
    assert GUARDED.match(written(cell))


@pytest.mark.parametrize(
    "cell", ["-106.45", "+5%", "-1,642.71", "-", "--", "—", "a=1", "'quoted'", ">=60", "≥90%", "5-8"]
)
def test_what_no_spreadsheet_would_run_stays(cell: str) -> None:
    assert written(cell) == cell
    assert not GUARDED.match(cell)


def test_a_negative_figure_stays_a_number() -> None:
    emitted = "".join(EMITTER.stream([document(amounts=(amount("-106.45"),))], table="amounts"))
    assert ",-106.45," in emitted


def test_what_utf8_or_a_reader_refuses_is_replaced() -> None:
    assert written("a\ud800b") == "a\ufffdb"
    assert written("a\0b") == "a\ufffdb"
    assert written("a\x01\x0b\u2028b") == "a\ufffd\ufffd\u2028b"


@given(st.text(alphabet="'=+-@＝ \t\r\n1%a"))
def test_the_guard_comes_off_any_cell(cell: str) -> None:
    stored = written(cell)
    assert (stored[1:] if GUARDED.match(stored) else stored) == cell


@given(DOCUMENTS)
def test_any_document_reads_back_cell_by_cell(made: Document) -> None:
    for name, view in TABLES.items():
        emitted = "".join(EMITTER.stream([made], table=name))
        assert emitted == "".join(EMITTER.stream([made], table=name))
        header, *rows = read(emitted)
        assert tuple(header) == view.header
        unguarded = [[cell[1:] if GUARDED.match(cell) else cell for cell in row] for row in rows]
        assert unguarded == [list(map(allowed, row)) for row in view.rows(made)]


def test_many_rows_come_in_chunks() -> None:
    made = document(amounts=tuple(amount(f"{number}.00", line=number) for number in range(1, 30_001)))
    chunks = list(EMITTER.stream([made]))
    assert len(chunks) > 10
    rows = read("".join(chunks))[1:]
    assert [row[10] for row in rows] == [f"{number}.00" for number in range(1, 30_001)]


def test_no_outline_is_too_deep() -> None:
    files = package(document(body=deep_body(100_000)))
    assert files["sections.csv"].splitlines()[1] == "report,100001,glossary,,一、,深,100000,"
    assert files["blocks.csv"].count("\n") == 100_001


def test_a_cell_with_a_lone_carriage_return_is_quoted() -> None:
    made = document(body=body(blocks=(paragraph("a\rb"),)))
    assert "".join(EMITTER.stream([made], table="blocks")).endswith(',"a\rb",\n')
