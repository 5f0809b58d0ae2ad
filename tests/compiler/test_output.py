"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from yusuan.compiler.workspace import output
from yusuan.compiler.workspace.output import InputOverwrittenError, OutputError, StagedFiles


def refuse(*_: Any, **__: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def write(paths: Iterable[Path], text: str, *, inputs: Iterable[Path] = (), folder: Path | None = None) -> None:
    with StagedFiles(map(str, inputs)) as files:
        if folder is not None:
            files.make_folder(str(folder))
        for path in paths:
            files.write(str(path), text)
        files.commit()


def test_files_appear_at_the_commit(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_text("old")
    with StagedFiles() as files:
        files.write(str(first), "预")
        files.write(str(second), "a\r\n")
        files.write(str(first), "算\n")
        assert first.read_text() == "old"
        assert not second.exists()
        files.commit()
    assert first.read_bytes() == "预算\n".encode()
    assert second.read_bytes() == b"a\r\n"
    assert sorted(os.listdir(tmp_path)) == ["1", "2"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_nothing_appears_after_a_failure(error: type[BaseException], tmp_path: Path) -> None:
    def paths() -> Iterator[Path]:
        for number in range(100):
            yield tmp_path / "a/b" / str(number)
        raise error

    with pytest.raises(error):
        write(paths(), "x", folder=tmp_path / "a/b")
    assert os.listdir(tmp_path) == []


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    with StagedFiles() as files:
        files.make_folder(str(tmp_path))
        files.write(str(tmp_path / "a"), "x")
    assert tmp_path.exists()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("refused", ["fsync", "replace"])
def test_a_full_disk_changes_nothing(refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old")
    monkeypatch.setattr(os, refused, refuse)
    with pytest.raises(OutputError) as caught:
        write([path], "new")
    assert str(caught.value) == f"{path}: No space left on device"
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["facts.csv"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_disk_that_is_really_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_full(*_: Any, **__: Any) -> Any:
        return open("/dev/full", "wb")

    monkeypatch.setattr(output, "open", open_full, raising=False)
    with pytest.raises(OutputError, match="No space left"):
        write([tmp_path / "a"] * 10, "x" * 100_000)
    assert os.listdir(tmp_path) == []


def test_more_files_than_are_open_at_a_time(tmp_path: Path) -> None:
    with StagedFiles() as files:
        for part in "ab":
            for number in range(100):
                files.write(str(tmp_path / str(number)), part)
        files.commit()
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"ab"}
    assert len(os.listdir(tmp_path)) == 100


def test_a_file_without_text(tmp_path: Path) -> None:
    with StagedFiles() as files:
        files.create(str(tmp_path / "a"))
        files.commit()
    assert (tmp_path / "a").read_bytes() == b""


def test_inputs_are_not_overwritten(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("report")
    os.symlink(report, tmp_path / "link")
    os.link(report, tmp_path / "hard")
    for name in ("a.txt", "link", "hard"):
        with pytest.raises(InputOverwrittenError):
            write([tmp_path / "other", tmp_path / name], "x", inputs=[report])
    assert report.read_text() == "report"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "hard", "link"]


def test_links_lead_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    os.symlink("data/facts.csv", tmp_path / "facts.csv")
    write([tmp_path / "facts.csv"], "x")
    assert (tmp_path / "facts.csv").is_symlink()
    assert (tmp_path / "data/facts.csv").read_text() == "x"
    assert os.listdir(tmp_path / "data") == ["facts.csv"]


def test_permissions(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch(mode=0o640)
    before = os.umask(0o022)
    try:
        write([old, new], "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o644


@pytest.mark.parametrize("path", ["folder", "pipe", "none/a", "long" * 100])
def test_what_cannot_be_written(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError):
        write([tmp_path / path], "x")
    assert sorted(os.listdir(tmp_path)) == ["folder", "pipe"]


def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")
    with pytest.raises(OutputError, match="Permission denied"):
        write([tmp_path / "a"], "x")
    tmp_path.chmod(0o700)


def test_output_is_always_utf_8(tmp_path: Path) -> None:
    write([tmp_path / "a"], "\ud800")
    assert (tmp_path / "a").read_text("utf-8") == "\\ud800"
