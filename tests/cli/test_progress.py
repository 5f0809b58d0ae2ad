"""What a run shows on a terminal while it goes on: a line that is written anew, and gone in the end."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from yusuan.compiler.cli import progress
from yusuan.compiler.cli.progress import Progress, cut_front, duration
from yusuan.compiler.rendering.excerpt import columns
from yusuan.compiler.rendering.words import words
from yusuan.ir.diagnostics import Locale

REPORT = "预算\n"
SAID = words(Locale.EN)
# In seconds: longer than nothing is shown.
LONG = 3.5


# --- the line ---


class Screen:
    """A terminal of one line that knows carriage returns."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written = ""
        monkeypatch.setattr(progress, "say", self._say)
        monkeypatch.setattr(progress, "_PATIENCE", 0.02)
        monkeypatch.setattr(progress, "_PAUSE", 0.01)

    def _say(self, message: str, *, line_end: bool = True) -> None:
        assert not line_end
        assert "\n" not in message
        self.written += message

    @property
    def shown(self) -> str:
        line: list[str] = []
        for part in self.written.split("\r"):
            line[: columns(part)] = [*part, *[""] * (columns(part) - len(part))]
        return "".join(line).rstrip()

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + 10
        while text not in self.shown:
            assert time.monotonic() < until, self.shown
            time.sleep(0.005)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    return Screen(monkeypatch)


def test_it_says_what_is_done_and_what_is_at_hand(screen: Screen) -> None:
    with Progress(3, Locale.EN, lambda: 80) as shown:
        shown.begin("north/a.pdf")
        screen.wait_for("0/3  north/a.pdf")
        shown.end_one()
        shown.begin("b.txt")
        screen.wait_for("1/3  b.txt  ")
        screen.wait_for(" left")
        with shown.hidden():
            assert screen.shown == ""
            written = screen.written
            time.sleep(0.05)
            assert screen.written == written
        screen.wait_for("1/3  b.txt  ")
    assert screen.shown == ""


def test_a_short_run_shows_nothing(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 60.0)
    with Progress(1, Locale.EN, lambda: 80) as shown:
        shown.begin("a.txt")
        with shown.hidden():
            pass
    assert screen.written == ""


def test_where_nothing_is_to_be_shown_nothing_is(screen: Screen) -> None:
    with Progress(1, Locale.EN, None) as shown:
        shown.begin("a.txt")
        time.sleep(0.05)
    assert screen.written == ""


@pytest.mark.parametrize("width", [0, 1, 5, 8, 20, 30, 40, 60, 200])
def test_no_line_is_wider_than_the_terminal(width: int, screen: Screen) -> None:
    with Progress(1000, Locale.ZH, lambda: width) as shown:
        shown.done = 999
        shown.begin("预算/云溪市/" * 10 + "云溪市文化和旅游局.pdf")
        time.sleep(0.06)
    for part in screen.written.split("\r"):
        assert columns(part) <= max(0, width - 1)
    assert ("旅游局.pdf" in screen.written) is (width > 20)


def test_a_name_loses_its_front() -> None:
    assert cut_front("部门/a.pdf", 10) == "部门/a.pdf"
    assert cut_front("部门预算/a.pdf", 13) == "...预算/a.pdf"
    assert cut_front("部门预算/a.pdf", 12) == "...算/a.pdf"
    assert cut_front("部门预算", 4) == "..."


def test_durations() -> None:
    said = [duration(seconds, SAID) for seconds in (0.04, 3, 3.26, 59.9, 60, 125.4)]
    assert said == ["0.0 s", "3 s", "3.3 s", "59.9 s", "1 min 0 s", "2 min 5 s"]


# --- the commands ---


class Waiting:
    """A command that waits for its standard input, and the terminal that it writes to."""

    def __init__(self, process: subprocess.Popen[bytes], terminal: int) -> None:
        self.process = process
        self._terminal = terminal

    def wait_for(self, text: str) -> None:
        """Read what it writes until that is there."""
        said = ""
        while text not in said:
            said += os.read(self._terminal, 1 << 16).decode()

    def rest(self) -> str:
        """What it writes from here to its end."""
        pieces = []
        # Linux says so that the other side is closed.
        with suppress(OSError):
            while piece := os.read(self._terminal, 1 << 16):
                pieces.append(piece)
        return b"".join(pieces).decode().replace("\r\n", "\n")


@contextmanager
def waiting(command: str, folder: Path, environment: dict[str, str]) -> Iterator[Waiting]:
    terminal, side = pty.openpty()
    with subprocess.Popen(
        command.split(),
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=side,
        # A shell has what it runs in the background ignore it, and so what that runs.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        os.close(side)
        yield Waiting(process, terminal)
    os.close(terminal)


def test_a_long_run_shows_how_far_it_is(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    (tmp_path / "empty.txt").touch()
    with waiting("compile a.txt - empty.txt --to json -o out", tmp_path, environment) as run:
        run.wait_for("\r1/3  <stdin>")
        run.process.communicate(REPORT.encode())
        line, _, rest = run.rest().rpartition("\r")
    # It is gone when something else is said.
    assert line.endswith(" " * len("1/3  <stdin>"))
    assert rest.startswith("empty.txt:1:1: ")
    assert "1/3" not in rest


def test_an_interrupted_run_removes_its_line(tmp_path: Path, environment: dict[str, str]) -> None:
    with waiting("yusuan check -", tmp_path, environment) as run:
        run.wait_for("\r0/1  <stdin>")
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait() == 130
        assert run.rest().endswith(" \r")


@pytest.mark.parametrize("quieter", [{"TERM": "dumb"}, {}], ids=["dumb", "quiet"])
def test_no_line_where_none_is_wanted(quieter: dict[str, str], tmp_path: Path, environment: dict[str, str]) -> None:
    command = "yusuan check - --select BD5" + ("" if quieter else " --quiet")
    with waiting(command, tmp_path, environment | quieter) as run:
        time.sleep(LONG)
        run.process.communicate(REPORT.encode())
        assert "\r" not in run.rest()


def test_no_line_in_a_pipe(tmp_path: Path, environment: dict[str, str]) -> None:
    command = f"(sleep {LONG}; echo 预算) | yusuan check - --select BD5"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
