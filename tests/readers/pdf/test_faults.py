"""Files that are no PDF, are damaged or hostile: never anything but the reader's own error."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.pdf.writing import Sheet, written

from yusuan.compiler.readers.pdf import pdfium
from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.layout import read_layout
from yusuan.compiler.readers.pdf.projection import Projection, project
from yusuan.compiler.readers.pdf.typography import Typography
from yusuan.compiler.readers.pdf.worker import Engine

XS = [50.0, 150.0, 250.0]
PLAIN = written(
    Sheet().text(50, 60, "收支总表", 16).table(XS, [100, 120, 140], [["科目", "本年"], ["教育", "12.5"]]),
    Sheet(rotate=90, forms={"X": Sheet(200, 200).table([10, 60], [10, 30], [["甲"]])}).raw("q 1 0 0 1 9 9 cm /X Do Q"),
)
LOCKED = "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<{0}>/U<{0}>>>".format("5A" * 32)


def fault_of(data: bytes) -> PdfFault:
    with pytest.raises(PdfError) as caught:
        read_layout(data)
    return caught.value.fault


def test_what_is_wrong_is_said() -> None:
    assert fault_of(b"") is PdfFault.EMPTY
    assert fault_of(b"<!DOCTYPE html><html><body>404</body></html>") is PdfFault.NOT_PDF
    assert fault_of(b"%PDF-1.7\n" + bytes(range(256))) is PdfFault.BROKEN
    assert fault_of(written(Sheet().text(50, 50, "字"), trailer=LOCKED)) is PdfFault.ENCRYPTED
    assert fault_of(written()) is PdfFault.BROKEN


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MOST_PAGES", 2)
    with pytest.raises(PdfError) as caught:
        read_layout(written(Sheet(), Sheet(), Sheet()))
    assert (caught.value.fault, caught.value.detail) == (PdfFault.TOO_LARGE, "3")


def test_a_header_behind_other_bytes() -> None:
    assert read_layout(b"\n\n" + PLAIN).pages[0].number == 1


def test_a_file_that_breaks_off_is_mended_or_told() -> None:
    for end in range(0, len(PLAIN), 97):
        with suppress(PdfError):
            assert read_layout(PLAIN[:end]).pages


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=12))
def test_damaged_bytes_never_raise_anything_else(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(PLAIN)
    for at, new in changes:
        data[at : at + len(new)] = new
    try:
        projection = project(read_layout(bytes(data)))
    except PdfError:
        return
    assert "".join(projection.text[block.start : block.end] for block in projection.blocks) == projection.text


_NUMBER = st.sampled_from(["0", "1", "-1", "0.5", "100", "595", "1e9", "-99999999", "3.4e38", "nan"])
_OPERATOR = st.sampled_from(
    ["m", "l", "re", "S", "f", "B", "n", "W n", "h", "q", "Q", "cm", "w", "g", "Td", "Tm", "BT", "ET", "c"]
)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.lists(_NUMBER, max_size=6), _OPERATOR), max_size=40))
def test_any_drawing(operators: list[tuple[list[str], str]]) -> None:
    content = "\n".join(f"{' '.join(numbers)} {operator}" for numbers, operator in operators)
    sheet = Sheet().raw(content).raw("BT /F1 12 Tf 1 0 0 1 50 50 Tm <4E004E8C> Tj ET").line(10, 10, 90, 10)
    assert len(read_layout(written(sheet)).pages) == 1


def test_a_form_that_shows_itself_ends() -> None:
    data = written(Sheet(forms={"X": Sheet(100, 100).raw("q /X Do Q").line(0, 0, 50, 0)}).raw("/X Do"))
    number = data.index(b"/Subtype/Form")
    assert read_layout(data[:number] + data[number:].replace(b"/XObject<<>>", b"/XObject<<>>")).pages


@pytest.mark.parametrize("count", [30_000])
def test_many_rulings_are_bounded(count: int) -> None:
    sheet = Sheet()
    for at in range(count):
        sheet.line(50, 50 + at / 50, 300, 50 + at / 50).line(50 + at / 100, 50, 50 + at / 100, 700)
    found = read_layout(written(sheet.text(60, 60, "字")))
    assert found.pages[0].crowded


def test_many_letters_in_a_cell() -> None:
    sheet = Sheet().grid([50, 300, 400], [50, 400, 420]).text(60, 60, "字" * 60_000, 0.01)
    found = project(read_layout(written(sheet)))
    assert found.text.count("字") > 10_000


# --- the process ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_the_process_reads_as_this_one_does(engine: Engine) -> None:
    kind = Typography({ord("⻔"): "门"}, "[一二]、", "。")
    for data in (PLAIN, written(Sheet().text(50, 50, "部⻔"))):
        read = engine.read(data, kind)
        assert isinstance(read, Projection)
        assert read == project(read_layout(data, kind))


def test_the_process_says_what_is_wrong(engine: Engine) -> None:
    with pytest.raises(PdfError) as caught:
        engine.read(b"no", Typography())
    assert caught.value.fault is PdfFault.NOT_PDF


def test_a_process_that_dies_is_started_again(engine: Engine) -> None:
    before = engine._running()
    before.kill()
    before.wait()
    assert engine.read(PLAIN, Typography()).pages == 2


@pytest.mark.parametrize(
    ("program", "fault", "detail"),
    [
        ("import os; os._exit(3)", PdfFault.ENGINE_DIED, "3"),
        ("import sys, os; sys.stdin.buffer.read(9); os.abort()", PdfFault.ENGINE_DIED, "-6"),
        ("import time; time.sleep(60)", PdfFault.ENGINE_SLOW, "1"),
    ],
)
def test_the_end_of_the_process_is_an_error_of_the_report(program: str, fault: PdfFault, detail: str) -> None:
    mortal = Engine((sys.executable, "-c", program), seconds=1.0)
    for _ in range(2):
        with pytest.raises(PdfError) as caught:
            mortal.read(PLAIN, Typography())
        assert (caught.value.fault, caught.value.detail) == (fault, detail)
    mortal.close()
