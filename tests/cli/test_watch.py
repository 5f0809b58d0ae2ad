"""`compile --watch`: what a saved file changes is shown, a faulty one is answered, and the watch goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import IO

import pytest

COMPILE = Path(sys.executable).with_name("compile")
LIMIT = 20.0


class Watch:
    """A running watch, and the lines that it says, of both streams."""

    def __init__(self, folder: Path) -> None:
        command = [str(COMPILE), "report.txt", "--to", "csv", "--table", "sections", "--grammar", "dialect", "--watch"]
        self.process = subprocess.Popen(
            [*command, "--lang", "en"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self._lines: Queue[str] = Queue()
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line.rstrip("\n"))

    def until(self, *words: str) -> None:
        """Wait until each of these words was said since the last time."""
        heard: list[str] = []
        end = monotonic() + LIMIT
        while monotonic() < end:
            try:
                heard.append(self._lines.get(timeout=0.1))
            except Empty:
                continue
            if all(any(word in line for line in heard) for word in words):
                return
        raise AssertionError(f"{words} were not said: {heard}")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    (tmp_path / "report.txt").write_text("云溪市文化和旅游局2024年部门预算公开说明\n一、进账情况\n无。\n", "utf-8")
    save(tmp_path, "%extend REVENUE_HEADING: /入账情况/")
    running = Watch(tmp_path)
    yield running
    running.process.kill()
    running.process.wait()


def save(folder: Path, rule: str) -> None:
    path = folder / "dialect/sections/revenue.lark"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rule + "\n", "utf-8")


def test_what_a_saved_file_changes_is_shown(watch: Watch, tmp_path: Path) -> None:
    watch.until("watching; lines of output: 1")
    save(tmp_path, "%extend REVENUE_HEADING: /进账情况/")
    watch.until("changed, in", "+report,2,revenue,,一、,进账情况,1")
    save(tmp_path, "%extend REVENUE_HEADING: /进账情况(/")
    watch.until("dialect/sections/revenue.lark:1: 进账情况(: ")
    save(tmp_path, "%extend REVENUE_HEADING: /(进账|入账)情况/")
    watch.until("nothing changed")
    (tmp_path / "report.txt").write_text("云溪市文化和旅游局2024年部门预算公开说明\n", "utf-8")
    watch.until("changed, in", "-report,2,revenue,,一、,进账情况,1")
    os.kill(watch.process.pid, signal.SIGINT)
    assert watch.process.wait(LIMIT) == 130


@pytest.mark.parametrize("more", [["-o", "x.csv"], ["--diagnostics-output", "x.txt"]])
def test_it_writes_no_file(more: list[str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("x", "utf-8")
    command = [str(COMPILE), "report.txt", "--to", "csv", "--watch", *more]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "--watch shows changes on the screen" in done.stderr
