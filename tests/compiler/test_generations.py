"""Generations of files: killed at any moment, shared by two runs, left behind by dead ones."""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

from yusuan.compiler.workspace import generations, output
from yusuan.compiler.workspace.output import OutputError, StagedFiles

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes that it forks")

NAMES = ("amounts.csv", "documents.csv", "facts.csv", "new.csv")
STEPS = ("open", "mkdir", "replace", "unlink", "rmdir", "fsync", "close")
"""The calls of the system between which a run can be killed."""


def write(folder: Path, text: str, names: tuple[str, ...] = NAMES) -> None:
    with StagedFiles(folder=str(folder)) as files:
        for name in names:
            files.write(str(folder / name), text)
        files.commit()


def write_one(path: Path, text: str) -> None:
    with StagedFiles() as files:
        files.write(str(path), text)
        files.commit()


def child(work: Callable[[], None]) -> int:
    """Do work in a process of its own; returns how it ended, as `os.waitpid` says it."""
    process = os.fork()
    if not process:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitpid(process, 0)[1]


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do work in a process that is killed at a step; returns whether it came so far."""

    def counted() -> None:
        left = step

        def counting(function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*arguments: Any, **keywords: Any) -> Any:
                nonlocal left
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **keywords)

            return call

        for name in STEPS:
            setattr(os, name, counting(getattr(os, name)))
        output.open = generations.open = counting(open)  # type: ignore[attr-defined]
        work()

    return child(counted) == signal.SIGKILL


def read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if not path.name.startswith(".")}


def ours(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if ".yusuan" in str(path.relative_to(folder)))


def generations_of(step: int, folder: Path, next_run: Callable[[], None]) -> Iterator[str]:
    """Kill a run at a step over an old generation; the generation that is there then, and behind the next run."""
    old = {**dict.fromkeys(NAMES[:3], "old"), "notes.txt": "mine"}
    new = {**dict.fromkeys(NAMES, "new"), "notes.txt": "mine"}
    folder.mkdir()
    for name, text in old.items():
        (folder / name).write_text(text)
    killed = killed_at(step, lambda: write(folder, "new"))
    if not (folder / ".yusuan/commit").exists():
        yield "old" if read(folder) == old else "new" if read(folder) == new else f"mixed {read(folder)}"
    next_run()
    yield "old" if read(folder) == old else "new" if read(folder) == new else f"mixed {read(folder)}"
    assert ours(folder) == []
    if not killed:
        yield "end"


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Without `commit` a folder holds one generation; the next run, that only looks, leaves one in any case."""
    told = []
    for step in range(1, 200):
        folder = tmp_path / str(step)
        found = list(generations_of(step, folder, lambda folder=folder: StagedFiles(folder=str(folder)).discard()))  # type: ignore[misc]
        told.append(found)
        if found[-1] == "end":
            break
    assert told[-1] == ["new", "new", "end"]
    kinds = {tuple(one) for one in told[:-1]}
    # Killed before the new one counts; while the names are given; behind that.
    assert kinds == {("old", "old"), ("new",), ("new", "new")}


def test_the_next_run_may_be_killed_too(tmp_path: Path) -> None:
    """However often those die that complete it, a generation that counts is completed at last."""
    folder = tmp_path / "out"
    folder.mkdir()
    step = next(step for step in range(1, 200) if dies_between_names(step, tmp_path / str(step)))
    assert killed_at(step, lambda: write(folder, "new"))
    for later in range(1, 40):
        killed_at(later, lambda: StagedFiles(folder=str(folder)).discard())
    StagedFiles(folder=str(folder)).discard()
    assert read(folder) == dict.fromkeys(NAMES, "new")
    assert ours(folder) == []


def dies_between_names(step: int, folder: Path) -> bool:
    folder.mkdir()
    killed_at(step, lambda: write(folder, "new"))
    return 0 < len(read(folder)) < len(NAMES)


def test_a_single_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    for step in range(1, 100):
        path.write_text("old")
        killed = killed_at(step, lambda: write_one(path, "new"))
        assert path.read_text() in ("old", "new")
        # A run that writes another file beside it clears up behind it.
        write_one(tmp_path / "other.csv", "x")
        assert ours(tmp_path) == []
        if not killed:
            assert step > 5
            return
    pytest.fail("it never ends")


@contextmanager
def another_run(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that writes a folder until it is killed."""
    program = (
        "import sys, time; from yusuan.compiler.workspace.output import StagedFiles\n"
        f"files = StagedFiles(folder={str(folder)!r}); files.write({str(folder / 'facts.csv')!r}, 'theirs')\n"
        "print('begun', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            yield process
        finally:
            process.kill()


def test_two_runs_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    with another_run(folder) as other:
        with pytest.raises(OutputError) as caught:
            write(folder, "ours")
        today = time.strftime("%Y-")
        assert str(caught.value).startswith(f"{folder}: another run writes here (process {other.pid}, since {today}")
        assert read(folder) == {}
        # A file of its own is no matter of theirs.
        write_one(folder / "mine.json", "x")
        assert (folder / ".yusuan/1.part").exists()
        other.kill()
        other.wait()
        write(folder, "ours")
    assert read(folder) == {**dict.fromkeys(NAMES, "ours"), "mine.json": "x"}
    assert ours(folder) == []


def test_nothing_is_removed_that_is_not_ours(tmp_path: Path) -> None:
    kept = [".yusuan/mine.txt", ".yusuan-notes/1.part", ".yusuan-0123456789abcdef/1.part", "1.part"]
    for name in kept:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    write(tmp_path, "new")
    assert [(tmp_path / name).read_text() for name in kept] == ["mine"] * len(kept)


NOT_OURS = ("[", "[1]", '{"1.part": 1}', '{"1.part": "../outside"}', '{"../../x": "a"}', '{"1.part": "/etc/x"}')


@pytest.mark.parametrize("names", NOT_OURS)
def test_a_journal_that_is_not_ours(names: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / ".yusuan").mkdir(parents=True)
    (folder / ".yusuan/commit").write_text(names)
    (folder / ".yusuan/1.part").write_text("x")
    (tmp_path / "x").write_text("mine")
    with pytest.raises(OutputError, match="remove it"):
        write(folder, "new")
    assert (tmp_path / "x").read_text() == "mine"
    assert not (tmp_path / "outside").exists()
    assert read(folder) == {}


@pytest.mark.parametrize("kind", ["file", "link", "broken link"])
def test_what_is_in_the_way(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    if kind == "file":
        (folder / ".yusuan").write_text("mine")
    else:
        os.symlink(tmp_path if kind == "link" else "none", folder / ".yusuan")
    with pytest.raises(OutputError, match="is in the way"):
        write(folder, "new")
    assert read(folder) == {}


def test_a_name_that_is_refused_is_given_by_the_next_run(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with StagedFiles(folder=str(folder)) as files:
        for name in NAMES:
            files.write(str(folder / name), "new")
        (folder / "facts.csv").mkdir()
        with pytest.raises(OutputError, match="directory"):
            files.commit()
    assert list(json.loads((folder / ".yusuan/commit").read_text()).values()) == list(NAMES)
    with pytest.raises(OutputError, match="directory"):
        write(folder, "newer")
    (folder / "facts.csv").rmdir()
    StagedFiles(folder=str(folder)).discard()
    assert read(folder) == dict.fromkeys(NAMES, "new")
    assert ours(folder) == []


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    write(tmp_path, "new")
    assert read(tmp_path) == dict.fromkeys(NAMES, "new")


@pytest.fixture
def of_windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as Windows has it, whose locks are of bytes: those of one process are played by a list."""
    held: list[int] = []

    def locking(handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        # The byte is far behind what the lock says, which is to stay readable.
        assert os.lseek(handle, 0, os.SEEK_CUR) > 1 << 20
        inode = os.fstat(handle).st_ino
        if inode in held:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        held.append(inode)

    played = ModuleType("msvcrt")
    played.__dict__.update(locking=locking, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", played)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.find_spec("yusuan.compiler.workspace.generations")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert not hasattr(module, "fcntl")
    return module


def test_a_generation_on_windows(of_windows: ModuleType, tmp_path: Path) -> None:
    first = of_windows.Generation(str(tmp_path))
    first.claim()
    staged = first.stage(str(tmp_path / "facts.csv"))
    Path(staged).write_text("new", "utf-8")
    with pytest.raises(OSError, match=r"another run writes here \(process [0-9]+, since "):
        of_windows.Generation(str(tmp_path)).claim()
    first.commit()
    first.close()
    assert {path.name for path in tmp_path.iterdir()} == {"facts.csv"}
    assert (tmp_path / "facts.csv").read_text("utf-8") == "new"
