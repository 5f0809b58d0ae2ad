"""`compile --watch`: what a saved file changes is shown, a faulty one is answered, and the watch goes on, however a
program saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import IO

import click
import pytest

COMPILE = Path(sys.executable).with_name("compile")
LIMIT = 20.0


TITLE = "云溪市文化和旅游局2024年部门预算公开说明\n"
WRONG = "一、收入情况\n2024年收入预算100万元，其中：财政拨款收入60万元，其他收入30万元。\n"
RIGHT = WRONG.replace("30万元", "40万元")


class Watch:
    """A running watch, and the lines that it says, of both streams."""

    def __init__(self, folder: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [str(COMPILE), *arguments, "--to", "csv", "--watch", "--lang", "en"],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self._lines: Queue[str] = Queue()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def until(self, *words: str) -> list[str]:
        """Wait until each of these words was said since the last time; the lines with the first ones."""
        heard: list[str] = []
        end = monotonic() + LIMIT
        while monotonic() < end:
            try:
                heard.append(self._lines.get(timeout=0.1))
            except Empty:
                continue
            if all(any(word in line for line in heard) for word in words):
                return [line for line in heard if words[0] in line]
        raise AssertionError(f"{words} were not said: {heard}")


Start = Callable[..., Watch]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts watching in the folder of the test, and ends it."""
    running: list[Watch] = []

    def start(*arguments: str) -> Watch:
        running.append(Watch(tmp_path, *arguments))
        return running[-1]

    yield start
    for one in running:
        one.process.kill()
        one.process.wait()


def save(folder: Path, rule: str) -> None:
    path = folder / "dialect/sections/revenue.lark"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rule + "\n", "utf-8")


def test_what_a_saved_file_changes_is_shown(start: Start, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(f"{TITLE}一、进账情况\n无。\n", "utf-8")
    save(tmp_path, "%extend REVENUE_HEADING: /入账情况/")
    watch = start("report.txt", "--table", "sections", "--grammar", "dialect")
    watch.until("watching; lines of output: 1")
    save(tmp_path, "%extend REVENUE_HEADING: /进账情况/")
    watch.until("changed, in", "+report,2,revenue,,一、,进账情况,1")
    save(tmp_path, "%extend REVENUE_HEADING: /进账情况(/")
    watch.until("dialect/sections/revenue.lark:1: 进账情况(: ")
    save(tmp_path, "%extend REVENUE_HEADING: /(进账|入账)情况/")
    watch.until("nothing changed")
    (tmp_path / "report.txt").write_text(TITLE, "utf-8")
    watch.until("changed, in", "-report,2,revenue,,一、,进账情况,1")
    os.kill(watch.process.pid, signal.SIGINT)
    assert watch.process.wait(LIMIT) == 130


def test_the_diagnostics_of_a_report_are_shown(start: Start, tmp_path: Path) -> None:
    """All of them at first, then those that went and came; in colours too."""
    (tmp_path / "report.txt").write_text(TITLE + WRONG, "utf-8")
    watch = start("report.txt", "--color", "always", "--diagnostics", "short")
    [code] = watch.until("BD501", "watching; ")
    assert click.unstyle(code).startswith("report.txt:3:")
    (tmp_path / "report.txt").write_text(TITLE + RIGHT, "utf-8")
    [code] = watch.until("BD501", "changed, in")
    assert click.unstyle(code).startswith("-report.txt:3:")


def test_a_file_that_is_replaced_or_vanishes_is_watched_on(start: Start, tmp_path: Path) -> None:
    """Many editors write a new file and give it the name of the old one."""
    report, other = tmp_path / "report.txt", tmp_path / "report.txt~"
    report.write_text(TITLE + WRONG, "utf-8")
    watch = start("report.txt")
    watch.until("watching; ")
    other.write_text(TITLE + RIGHT, "utf-8")
    other.replace(report)
    watch.until("+report,3,", "changed, in")
    report.unlink()
    watch.until("+report.txt:1:1: error[BD004]", "changed, in")
    report.write_text(TITLE + WRONG, "utf-8")
    watch.until("+report,3,", "changed, in")


def test_folders_and_what_links_lead_to_are_watched(start: Start, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere/report.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(TITLE + RIGHT, "utf-8")
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "linked.txt").symlink_to(elsewhere)
    watch = start("reports")
    watch.until("watching; ")
    elsewhere.write_text(TITLE + WRONG, "utf-8")
    watch.until("+linked,3,", "changed, in")
    (reports / "county/town").mkdir(parents=True)
    (reports / "county/town/new.txt").write_text(TITLE + RIGHT, "utf-8")
    watch.until("+county/town/new,3,", "changed, in")


def test_what_changes_are_told_by_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TITLE, "utf-8")
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n", "utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    watch = Watch(tmp_path, "report.txt", env=os.environ | {"PYTHONPATH": path})
    watch.until("--watch needs the package watchfiles: pip install 'yusuan[watch]'")
    assert watch.process.wait(LIMIT) == 2


@pytest.mark.parametrize("more", [["-o", "x.csv"], ["--diagnostics-output", "x.txt"]])
def test_it_writes_no_file(more: list[str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("x", "utf-8")
    command = [str(COMPILE), "report.txt", "--to", "csv", "--watch", *more]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "--watch shows changes on the screen" in done.stderr
