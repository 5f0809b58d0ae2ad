"""Files made to take time or memory, or to mislead: each ends as a reading or as an error of that file alone.

Nothing here breaks the library itself: what would is bounded from outside (`worker.py`), and that is tried with
programs in its place.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.readers.pdf.writing import Sheet, written

from yusuan import Compiler, ReadError
from yusuan.compiler.readers.pdf import layout as layouts
from yusuan.compiler.readers.pdf import worker
from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.layout import read_layout
from yusuan.compiler.readers.pdf.projection import Projection, project
from yusuan.compiler.readers.pdf.typography import Typography
from yusuan.compiler.readers.pdf.worker import Engine

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "pdf"
XS = [50.0, 150.0, 250.0]
PLAIN = written(Sheet().text(50, 60, "收支总表", 16).table(XS, [100, 120, 140], [["科目", "本年"], ["教育", "12.5"]]))
OTHER = written(Sheet().text(50, 60, "别的"))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    shared = Engine()
    yield shared
    shared.close()


def read(data: bytes) -> Projection:
    return project(read_layout(data))


def fault_of(data: bytes) -> tuple[PdfFault, str]:
    with pytest.raises(PdfError) as caught:
        read_layout(data)
    return caught.value.fault, caught.value.detail


# --- much ------------------------------------------------------------------------------------------------------------


def test_ten_thousand_pages_are_no_report() -> None:
    kids = b"4 0 R " * 10_000
    data = PLAIN.replace(b"/Count 1/Kids[7 0 R]", b"/Count 10000/Kids[%b]" % kids)
    assert data != PLAIN
    assert fault_of(data) == (PdfFault.TOO_LARGE, "10000")


def test_more_text_than_any_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MOST_CHARACTERS", 10)
    assert read(written(Sheet().text(50, 60, "一二三四五"), Sheet().text(50, 60, "一二三四五"))).pages == 2
    assert fault_of(written(*[Sheet().text(50, 60, "一二三四五")] * 3)) == (PdfFault.TOO_LONG, "10")


def test_more_cells_than_any_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MOST_CELLS", 7)
    assert read(PLAIN).text
    assert fault_of(PLAIN.replace(b"/Kids[7 0 R]", b"/Kids[7 0 R 7 0 R]").replace(b"/Count 1", b"/Count 2")) == (
        PdfFault.TOO_LONG,
        "7",
    )


def test_a_cell_of_many_letters_is_one_cell(engine: Engine) -> None:
    lines = Sheet(height=9_000).grid([50, 590, 594], [50, 8_900, 8_950])
    for at in range(800):
        lines.text(60, 60 + 11 * at, "字" * 52)
    found = engine.read(written(lines), Typography())
    assert max(block.end - block.start for block in found.blocks) > 800 * 52


@pytest.mark.parametrize("content", ["{0} 0 m {0} 800 l S\n", "q ", "{0} {0} 3 3 re f\n", "BT ET\n"])
def test_much_of_one_thing(engine: Engine, content: str) -> None:
    many = "".join(content.format(at % 590) for at in range(100_000))
    found = engine.read(written(Sheet().raw(many).raw("Q " * 100_000).text(50, 60, "甲局")), Typography())
    assert "甲局" in found.text


def test_a_stream_that_is_packed_small(engine: Engine) -> None:
    packed = zlib.compress(b" " * 20_000_000 + Sheet().text(50, 60, "甲局").content[0].encode(), 9)
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed)
    data = written(Sheet())
    at, end = data.index(b"6 0 obj\n") + 8, data.index(b"\nendobj\n7 0 obj")
    found = engine.read(data[:at] + content + data[end:], Typography())
    assert found.text == "甲局\n"


@pytest.mark.parametrize("depth", [9, 60])
def test_forms_within_forms(depth: int) -> None:
    inner = Sheet(200, 200).text(10, 10, "内")
    for _ in range(depth):
        inner = Sheet(200, 200, forms={"X": inner}).raw("/X Do")
    assert read(written(Sheet(forms={"X": inner}).raw("/X Do").text(50, 60, "外"))).text.count("外") == 1


# --- far -------------------------------------------------------------------------------------------------------------

_SIZES = ["0 0 0 0", "595 842 0 0", "0 0 5e6 842", "0 0 99999999 99999999", "nan nan nan nan", "-9e9 -9e9 9e9 9e9", "0"]


@pytest.mark.parametrize("box", [*_SIZES, f"0 0 {'9' * 40} {'9' * 40}", "0 0 .0001 .0001", "(a) /b [] null"])
def test_a_page_of_any_size(box: str) -> None:
    data = PLAIN.replace(b"/MediaBox[0 0 595 842]", f"/MediaBox[{box}]".encode())
    assert data != PLAIN
    assert read(data).pages == 1


def test_a_page_larger_than_any_is_told() -> None:
    data = written(Sheet(99_999_999, 99_999_999).text(50, 60, "远"), Sheet().text(50, 60, "近"))
    found = read(data)
    assert (found.text, found.damaged) == ("近\n", (1,))
    with pytest.raises(ReadError, match="pages that are damaged"):
        Compiler().compile_bytes(written(Sheet(99_999_999, 99_999_999).text(50, 60, "远")), "far")


@pytest.mark.parametrize(
    "number", ["1e9", "9" * 38, "9" * 300, "-" + "9" * 38, "0", "nan", "inf", "0." + "0" * 300 + "1"]
)
def test_drawing_far_away(number: str) -> None:
    sheet = Sheet().text(50, 60, "近").line(50, 100, 300, 100)
    sheet.raw(f"q 1 0 0 1 {number} {number} cm 0 0 m {number} 0 l S 0 9 m {number} 9 l S 5 0 m 5 {number} l S Q")
    sheet.raw(f"q {number} 0 0 {number} 0 0 cm 0 0 m 9 0 l S BT /F1 12 Tf 0 0 Td <4E004E8C> Tj ET Q")
    sheet.raw(f"BT /F1 {number} Tf 60 600 Td <4E004E8C> Tj ET {number} Tc {number} Tz {number} w 0 0 m 9 9 l S")
    assert "近" in read(written(sheet)).text


# --- round in circles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Kids[7 0 R]", b"/Kids[2 0 R 7 0 R 2 0 R]"),
        (b"/Parent 2 0 R", b"/Parent 7 0 R"),
        (b"/Contents 6 0 R", b"/Contents[6 0 R 7 0 R 8 0 R]"),
        (b"/ToUnicode 3 0 R", b"/ToUnicode 4 0 R"),
        (b"/DescendantFonts[", b"/DescendantFonts[4 0 R "),
        (b"/Font<</F1 4 0 R", b"/Font<</F1 7 0 R"),
        (b"/Count 1", b"/Count 2147483647"),
        (b"/Count 1", b"/Count -5"),
        (b"/Pages 2 0 R", b"/Pages 1 0 R"),
    ],
)
def test_what_refers_to_itself_or_to_nothing(old: bytes, new: bytes) -> None:
    data = PLAIN.replace(old, new)
    assert data != PLAIN
    with suppress(PdfError):
        assert read(data).pages >= 1


# --- locked ----------------------------------------------------------------------------------------------------------

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    other = 0
    for at in range(256):
        other = (other + state[at] + key[at % len(key)]) % 256
        state[at], state[other] = state[other], state[at]
    out = bytearray()
    one = other = 0
    for byte in data:
        one = (one + 1) % 256
        other = (other + state[one]) % 256
        state[one], state[other] = state[other], state[one]
        out.append(byte ^ state[(state[one] + state[other]) % 256])
    return bytes(out)


def locked(user: bytes, owner: bytes) -> bytes:
    """A file with the two passwords, by the standard handler of revision 2 (ISO 32000-1, 7.6.3): 40 bits of RC4.

    The page has no font: what is drawn is all that is locked.
    """
    name = b"0123456789abcdef"
    of_owner = _rc4(hashlib.md5((owner + _PADDING)[:32]).digest()[:5], (user + _PADDING)[:32])
    rights = (-44).to_bytes(4, "little", signed=True)
    key = hashlib.md5((user + _PADDING)[:32] + of_owner + rights + name).digest()[:5]
    trailer = f"/ID[<{name.hex()}><{name.hex()}>]/Encrypt<</Filter/Standard/V 1/R 2/P -44"
    trailer += f"/O<{of_owner.hex()}>/U<{_rc4(key, _PADDING).hex()}>>>"
    sheet = Sheet().raw("BT /F1 12 Tf 50 700 Td (Budget 12.5) Tj ET")
    data = written(sheet, trailer=trailer).replace(b"/F1 4 0 R", b"/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    content = sheet.content[0].encode()
    hidden = _rc4(hashlib.md5(key + b"\x06\0\0\0\0").digest()[:10], content)
    return data.replace(content, hidden)


def test_a_password_to_open_is_told() -> None:
    assert fault_of(locked(b"secret", b"owner")) == (PdfFault.ENCRYPTED, "")


def test_a_password_that_only_forbids_changes_does_not_matter() -> None:
    assert read(locked(b"", b"owner")).text == "Budget 12.5\n"


# --- damaged ---------------------------------------------------------------------------------------------------------


def _mutations(data: bytes, seed: int) -> Iterator[bytes]:
    """A file cut short, with bytes changed, with a piece left out, and with a piece twice."""
    chance = random.Random(seed)
    yield data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.choice((3, 30, 300))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    yield bytes(changed)
    start, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    yield data[:start] + data[end:]
    yield data[:end] + data[start:]


def test_damaged_reports_are_read_or_told(engine: Engine) -> None:
    reports = sorted(REPORTS.glob("*.pdf"), key=lambda path: path.stat().st_size)[:12]
    if not reports:
        pytest.skip(f"{REPORTS} is absent")
    for seed, report in enumerate(reports):
        for data in _mutations(report.read_bytes(), seed):
            try:
                found = engine.read(data, Typography())
            except PdfError:
                continue
            assert "".join(found.text[block.start : block.end] for block in found.blocks) == found.text


# --- the process -----------------------------------------------------------------------------------------------------


def test_compiling_says_of_each_file_what_is_wrong() -> None:
    compiler = Compiler()
    for data in (locked(b"secret", b""), PLAIN[:300]):
        with pytest.raises(ReadError) as caught:
            compiler.compile_bytes(data, "report")
        assert (caught.value.diagnostic.code, caught.value.diagnostic.severity) == ("BD009", "error")
    assert compiler.compile_bytes(PLAIN, "report").source.text.startswith("收支总表")


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.pdf").write_bytes(locked(b"secret", b""))
    (tmp_path / "reports" / "b.pdf").write_bytes(PLAIN)
    (tmp_path / "reports" / "c.pdf").write_bytes(PLAIN[:300])
    command = [sys.executable, "-m", "yusuan", "compile", "reports", "--to", "json", "-o", "out/"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert [line.split(": ")[1] for line in run.stderr.splitlines() if "BD009" in line] == ["error[BD009]"] * 2
    written_down = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "out").glob("*")}
    codes = {name: [one["code"] for one in document["diagnostics"]] for name, document in written_down.items()}
    assert {name: "BD009" in some for name, some in codes.items()} == {"a.json": True, "b.json": False, "c.json": True}


def test_an_answer_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = (
        "b'x'",
        "(1 << 60).to_bytes(8, 'little')",
        "(4).to_bytes(8, 'little') + b'none'",
        "(0).to_bytes(8, 'little')",
        "(1).to_bytes(8, 'little') + b'N'",
    )
    for answer in answers:
        program = f"import sys; sys.stdout.buffer.write({answer}); sys.stdout.flush(); sys.stdin.buffer.read()"
        odd = Engine((sys.executable, "-c", program), seconds=20.0)
        # Where more is awaited, the end of its input ends the program.
        monkeypatch.setattr(worker, "_send", lambda pipe, _: pipe.close())
        with pytest.raises(PdfError) as caught:
            odd.read(PLAIN, Typography())
        assert caught.value.fault is PdfFault.ENGINE_DIED
        odd.close()


def test_an_interrupted_request_leaves_no_answer_behind(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            engine.read(PLAIN, Typography())
    assert engine.read(OTHER, Typography()).text == "别的\n"


def test_memory_that_gives_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(layouts, "read_layout", exhausted)
    assert worker._answer(worker._ANSWERS["read"], PLAIN, ()) == (PdfFault.TOO_MUCH.value, "", None)


_IMPORT = f"import sys; sys.path[:] = {sys.path!r}; from yusuan.compiler.readers.pdf import worker; "


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound no memory")
def test_the_memory_of_the_process_is_bounded() -> None:
    bounded = "worker._limit_resources(); size = worker._MOST_MEMORY; bytearray(size)"
    run = subprocess.run([sys.executable, "-c", _IMPORT + bounded], capture_output=True, encoding="utf-8", check=False)
    assert run.stderr.endswith("MemoryError\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_the_process_ends_when_nobody_is_left_to_stop_it() -> None:
    program = "import time; worker._end_after(0.1); time.sleep(60)"
    run = subprocess.run([sys.executable, "-c", _IMPORT + program], timeout=30, check=False)
    assert run.returncode < 0


_LIKE_WINDOWS = """
import os, signal, sys
del signal.setitimer, signal.ITIMER_REAL
sys.modules["resource"] = None
"""


def test_the_process_ends_by_itself_where_there_are_no_timers_of_the_system() -> None:
    program = "import time; worker._end_after(0.1); time.sleep(60)"
    run = subprocess.run([sys.executable, "-c", _LIKE_WINDOWS + _IMPORT + program], timeout=30, check=False)
    assert run.returncode == 1
    program = "import time; worker._end_after(0.5)(); time.sleep(1); sys.exit(3)"
    run = subprocess.run([sys.executable, "-c", _LIKE_WINDOWS + _IMPORT + program], timeout=30, check=False)
    assert run.returncode == 3


def test_it_reads_where_nothing_bounds_memory_or_time() -> None:
    serving = f"{_LIKE_WINDOWS}{_IMPORT}worker.serve(fonts=False)"
    engine = Engine(command=(sys.executable, "-c", serving))
    try:
        assert engine.page_sizes(written(Sheet(), Sheet())) != []
        assert len(engine.page_sizes(written(Sheet(), Sheet()))) == 2
    finally:
        engine.close()
