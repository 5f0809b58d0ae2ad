"""Old Word files: which are taken, who converts them, and what is said where nobody can."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.readers.docx.writing import paragraph
from tests.readers.docx.writing import written as docx_of

from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.readers.base import Reader, ReadError
from yusuan.compiler.readers.doc import conversion
from yusuan.compiler.readers.doc.compound import SIGNATURE, is_locked, root_entries
from yusuan.compiler.readers.doc.conversion import ConversionError, Converter, convert
from yusuan.compiler.readers.doc.reader import DocReader
from yusuan.compiler.readers.registry import reader_for

LANGUAGE = built_in_language()
_NONE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*names: str, inner: str = "", flags: int = 0) -> bytes:
    """A compound file with streams at its root, one of 512 bytes; and one in the storage of the last name."""
    entries = [_entry("Root Entry", 5, child=1)]
    for at, name in enumerate(names, start=1):
        behind = at + 1 if at < len(names) else _NONE
        is_last = inner and at == len(names)
        entries.append(_entry(name, 1 if is_last else 2, behind=behind, child=at + 1 if is_last else _NONE, start=1))
    if inner:
        entries.append(_entry(inner, 2, start=1))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    sectors = len(directory) // 512
    # Sector 0 is the table of sectors, sector 1 the stream, and then comes the directory.
    chain = [*range(3, 2 + sectors), _END]
    table = struct.pack(f"<{2 + sectors}I", _FAT, _END, *chain).ljust(512, b"\xff")
    header = (
        SIGNATURE
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 2, 0, 4096, _END, 0, _END, 0, 0)
    )
    header = header.ljust(76, b"\0")[:76] + struct.pack("<I", 0) + b"\xff" * 432
    stream = (struct.pack("<HH6xH", 0xA5EC, 193, flags)).ljust(512, b"\0")
    return header + table + stream + directory


def _entry(name: str, kind: int, *, behind: int = _NONE, child: int = _NONE, start: int = 0) -> bytes:
    said = name.encode("utf-16-le")
    head = said.ljust(64, b"\0") + struct.pack("<HBBIII", len(said) + 2, kind, 1, _NONE, behind, child)
    return head + bytes(36) + struct.pack("<IQ", start, 512)


def fault_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        DocReader().read(data, "report", LANGUAGE)
    assert caught.value.diagnostic.code == "BD011"
    return caught.value.diagnostic.variant, caught.value.diagnostic.message


def test_content_decides_which_files_are_taken() -> None:
    assert isinstance(DocReader(), Reader)
    assert reader_for(compound("WordDocument", "1Table")).name == "doc"
    assert reader_for(compound("1Table", "WordDocument")).name == "doc"
    assert reader_for(compound("EncryptedPackage", "EncryptionInfo")).name == "doc"
    assert reader_for(compound("Workbook")).name == "text"
    assert reader_for(compound("Workbook", "MBD0001", inner="WordDocument")).name == "text"
    assert reader_for(SIGNATURE).name == "text"


def test_a_workbook_and_rich_text_are_told_as_what_they_are() -> None:
    for data, kind in ((compound("Workbook"), "Excel"), (b"{\\rtf1 a}", "rich text")):
        with pytest.raises(ReadError) as caught:
            reader_for(data).read(data, "report", LANGUAGE)
        assert caught.value.diagnostic.code == "BD003"
        assert kind in caught.value.diagnostic.message


def test_locked_files_are_told() -> None:
    assert fault_of(compound("EncryptedPackage", "EncryptionInfo"))[0] == "encrypted"
    assert fault_of(compound("WordDocument", flags=0x0100))[0] == "encrypted"
    data = compound("WordDocument", flags=0x0200)
    assert not is_locked(data, root_entries(data)["WordDocument"])


def test_without_a_converter_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "available", lambda: iter(()))
    fault, message = fault_of(compound("WordDocument"))
    assert fault == "no_converter"
    assert "pip install 'yusuan[doc]'" in message


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "made.docx"
    path.write_bytes(docx_of(paragraph("某局2024年部门预算")))
    return path


def python(name: str, program: str) -> Converter:
    return Converter(name, (sys.executable, "-c", program, "{source}", "{target}"))


def test_the_first_that_can_converts_and_is_named(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def those() -> Iterator[Converter]:
        yield python("first 1.0", "import sys; sys.exit(3)")
        yield Converter("absent", ("/no/such/program",))
        yield python("second 2.0", f"import shutil, sys; shutil.copy({str(report)!r}, sys.argv[2])")
        raise AssertionError("nobody else is asked")

    monkeypatch.setattr(conversion, "available", those)
    found = DocReader().read(compound("WordDocument"), "report", LANGUAGE)
    assert found.source.text == "某局2024年部门预算\n"
    [said] = found.reported
    assert (said.code, said.values["program"]) == ("BD014", "second 2.0")


def test_what_came_of_each_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "available", lambda: iter([python("first 1.0", "import sys; sys.exit(3)")]))
    fault, message = fault_of(compound("WordDocument"))
    assert fault == "not_converted"
    assert "first 1.0: ended with status 3" in message


def test_a_converter_that_does_not_end_is_ended() -> None:
    started = monotonic()
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    with pytest.raises(ConversionError, match=r"slow: stopped after 1 s"):
        convert(b"", [python("slow", program)], seconds=1.0)
    assert monotonic() - started < 20


@pytest.mark.skipif(os.name != "posix", reason="Windows itself has the program that is played here")
def test_it_is_ended_with_its_children_where_processes_have_no_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    played = tmp_path / "taskkill"
    played.write_text(f'#!/bin/sh\necho "$@" >{asked}\nkill -9 -- "-$4"\n', "utf-8")
    played.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delattr(os, "killpg")
    test_a_converter_that_does_not_end_is_ended()
    assert asked.read_text("utf-8").startswith("/F /T /PID ")
    played.unlink()
    with pytest.raises(ConversionError, match="stopped after 1 s"):
        convert(b"", [python("slow", "import time; time.sleep(60)")], seconds=1.0)


def test_an_office_that_is_not_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice.com"
    office.touch(0o700)
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    monkeypatch.setenv("SomePlace", str(tmp_path))
    monkeypatch.setattr(conversion, "_PLACES", ("/nowhere/soffice", "$SomePlace/soffice.com"))
    assert [one.command[0] for one in conversion.available() if one.name == "LibreOffice"] == [str(office)]


def test_a_converter_that_makes_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "import sys; open(sys.argv[2], 'wb').write(b'no archive')"
    monkeypatch.setattr(conversion, "available", lambda: iter([python("other", lines)]))
    assert fault_of(compound("WordDocument"))[0] == "broken"


def test_a_damaged_file_is_told_by_the_package() -> None:
    pytest.importorskip("doc2docx")
    [package, *_] = conversion.available()
    with pytest.raises(ConversionError, match="ended with status 1"):
        convert(compound("WordDocument"), [package])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 1 << 16), st.binary(min_size=1, max_size=8)), max_size=8), st.integers(0, 4096)
)
def test_damaged_directories_never_raise(changes: list[tuple[int, bytes]], length: int) -> None:
    data = bytearray(compound("1Table", "WordDocument", "Data", "MBD1", inner="Workbook"))
    for at, new in changes:
        at %= len(data)
        data[at : at + len(new)] = new
    DocReader().takes(bytes(data[: max(length, 8)]))
