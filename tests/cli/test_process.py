"""What a shell session does to a command: closed pipes, full disks, signals, terminals, many inputs."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

REPORT = "预算\n"
INTERRUPTED = 130
TERMINATED = 143
HUNG_UP = 129
QUIT = 131


def run(
    environment: dict[str, str], folder: Path, *arguments: str, status: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["compile", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    return done


def run_into(
    output: int, arguments: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose standard output is the file descriptor `output`."""
    return subprocess.run(
        arguments.split(),
        env=environment,
        cwd=folder,
        stdout=output,
        input=REPORT.encode(),
        stderr=subprocess.PIPE,
        check=False,
    )


def reports(folder: Path, number: int) -> None:
    for index in range(number):
        (folder / f"{index:05}.txt").write_text(REPORT, "utf-8")


def test_closed_pipe_ends_quietly(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 500)
    command = ["compile", ".", "--quiet", "--to", "jsonl"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


COMMANDS = [
    "compile - --quiet --to csv",
    "yusuan check - --summary",
    "yusuan explain",
    "yusuan schema",
    "compile --help",
]


@pytest.mark.parametrize("arguments", COMMANDS)
def test_pipe_closed_from_the_start_ends_quietly(arguments: str, tmp_path: Path, environment: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = run_into(writer, arguments, tmp_path, environment)
    os.close(writer)
    assert done.stderr == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_full_disk_behind_standard_output(arguments: str, tmp_path: Path, environment: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run_into(full.fileno(), arguments, tmp_path, environment)
    assert done.returncode == 1
    assert done.stderr.decode().endswith("No space left on device\n")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("closed", "status", "said"),
    [
        ("<&-", 1, "<stdin>:1:1: error[BD004]: cannot be read: standard input is closed\n"),
        (">&-", 1, "error: <stdout>: is closed\n"),
        ("2>&-", 0, ""),
        (">/dev/null 2>&-", 0, ""),
    ],
)
def test_closed_standard_streams(
    closed: str, status: int, said: str, tmp_path: Path, environment: dict[str, str]
) -> None:
    command = f"compile - --quiet --to csv {closed}"
    done = subprocess.run(
        ["sh", "-c", command], env=environment, cwd=tmp_path, input=REPORT.encode(), capture_output=True
    )
    assert done.returncode == status
    assert done.stderr.decode() == said


def test_nobody_reads_standard_error(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "empty.txt").touch()
    reader, writer = os.pipe()
    os.close(reader)
    command = ["compile", "empty.txt", "--to", "csv", "--table", "documents"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, stderr=writer, stdout=subprocess.PIPE)
    os.close(writer)
    assert done.returncode == 1
    assert [row.split(b",")[0] for row in done.stdout.splitlines()[1:]] == [b"empty"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED), (signal.SIGHUP, HUNG_UP), (signal.SIGQUIT, QUIT)],
    ids=["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"],
)
def test_interruption_leaves_nothing_behind(
    sent: signal.Signals, status: int, tmp_path: Path, environment: dict[str, str]
) -> None:
    reports(tmp_path, 3)
    before = sorted(os.listdir(tmp_path))
    # It waits for standard input when the temporary files of the others exist already.
    command = ["compile", ".", "-", "--quiet", "--to", "json", "-o", "new/out"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell has what it runs in the background ignore signals, and so what that runs.
        preexec_fn=partial(signal.signal, sent, signal.SIG_DFL),
    ) as process:
        assert process.stderr is not None
        wait_for(process, lambda: len(list(tmp_path.glob("new/out/.yusuan/*.part"))) >= 2)
        process.send_signal(sent)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            # Python sees to one that comes right before it begins to wait only when another ends the waiting.
            process.send_signal(sent)
            process.wait(20)
        assert process.stderr.read() == ""
    assert process.returncode == status
    assert sorted(os.listdir(tmp_path)) == before


def wait_for(process: subprocess.Popen[Any], condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, "ended before the condition was met"
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.01)


def test_summary_on_a_terminal(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 1)
    (tmp_path / "empty.txt").touch()
    terminal, side = pty.openpty()
    command = ["compile", ".", "--to", "csv", "-o", "facts.csv"]
    subprocess.run(command, cwd=tmp_path, env=environment, stderr=side, check=False)
    os.close(side)
    said = os.read(terminal, 1 << 16).decode().splitlines()
    os.close(terminal)
    assert re.fullmatch(r"1 of 2 inputs compiled, 1 failed, 1 error, \d warnings?, \d infos?, in [0-9.]+ s", said[-1])
    assert said[-2] == "error: 1 of 2 inputs failed: ./empty.txt"


def on_terminal(command: str, folder: Path, environment: dict[str, str], *, stream: str = "stderr") -> str:
    """What a command writes to a terminal behind one of its standard streams."""
    terminal, side = pty.openpty()
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: side}
    subprocess.run(["sh", "-c", command], cwd=folder, env=environment, check=False, **streams)  # type: ignore[call-overload]
    os.close(side)
    said = os.read(terminal, 1 << 16).decode().replace("\r\n", "\n")
    os.close(terminal)
    return said


LINE = "odd.txt:1:7: warning[BD005]: control character U+0001 stands in the text\n"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    (tmp_path / "odd.txt").write_text("部门预算公开\x01\n", "utf-8")
    return tmp_path


def test_excerpts_and_colours_on_a_terminal_only(odd: Path, environment: dict[str, str]) -> None:
    command = "compile odd.txt --select BD005 --to csv"
    assert run(environment, odd, *command.split()[1:]).stderr == LINE
    said = on_terminal(command, odd, environment)
    assert said.startswith("odd.txt:1:7: \x1b[1;33mwarning[BD005]\x1b[0m: \x1b[1m")
    assert "部门预算公开\\x01" in said
    assert on_terminal(f"{command} --color never", odd, environment).startswith(LINE)
    assert on_terminal(command, odd, environment | {"NO_COLOR": "1"}).startswith(LINE)
    assert on_terminal(command, odd, environment | {"TERM": "dumb"}).startswith(LINE)
    assert on_terminal(f"{command} --diagnostics short --color never", odd, environment).splitlines()[:1] == [LINE[:-1]]


def test_colours_elsewhere_if_they_are_forced(odd: Path, environment: dict[str, str]) -> None:
    command = ["odd.txt", "--select", "BD005", "--to", "csv"]
    assert "\x1b[" in run(environment | {"FORCE_COLOR": "1"}, odd, *command).stderr
    assert "\x1b[" in run(environment, odd, *command, "--color", "always").stderr
    assert run(environment | {"FORCE_COLOR": "1", "NO_COLOR": "1"}, odd, *command).stderr == LINE
    run(environment | {"FORCE_COLOR": "1"}, odd, *command, "--diagnostics-output", "found.txt")
    assert "\x1b" not in (odd / "found.txt").read_text("utf-8")


def test_check_on_a_terminal(odd: Path, environment: dict[str, str]) -> None:
    command = "yusuan check odd.txt --select BD005"
    assert "\x1b[1;33m" in on_terminal(command, odd, environment, stream="stdout")
    english = on_terminal(command, odd, environment)
    assert re.fullmatch(r"1 of 1 input compiled, 0 errors, 1 warning, 0 infos, in [0-9.]+ s\n", english)
    chinese = on_terminal(f"{command} --lang zh", odd, environment)
    assert re.fullmatch(r"1 个输入中已编译 1 个，0 个错误，1 个警告，0 个提示，用时 [0-9.]+ 秒\n", chinese)


def test_lines_are_cut_to_the_terminal(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "odd.txt").write_text("公开" * 100 + "\x01\n", "utf-8")
    command = "yusuan check odd.txt --select BD005 --color never"
    narrow = on_terminal(command, tmp_path, environment | {"COLUMNS": "50"}, stream="stdout").splitlines()
    wide = on_terminal(command, tmp_path, environment | {"COLUMNS": "90"}, stream="stdout").splitlines()
    assert len(narrow[2]) < len(wide[2])


def test_check_writes_each_input_when_it_is_done(odd: Path, environment: dict[str, str]) -> None:
    command = ["yusuan", "check", "odd.txt", "-", "--diagnostics", "short", "--select", "BD005"]
    with subprocess.Popen(
        command, cwd=odd, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # It waits for standard input by now.
        assert process.stdout.readline() == LINE
        process.stdin.close()
        assert process.stdout.read().startswith("<stdin>:1:1: error[BD001]")
    assert process.returncode == 1


def test_check_ends_quietly_when_nobody_reads_on(odd: Path, environment: dict[str, str]) -> None:
    text = (odd / "odd.txt").read_text("utf-8")
    for index in range(200):
        (odd / f"{index:03}.txt").write_text(text, "utf-8")
    done = subprocess.run(
        ["sh", "-c", "yusuan check . --select BD005 | head -n 1"], cwd=odd, env=environment, capture_output=True
    )
    assert done.stdout.decode() == "./000.txt" + LINE.removeprefix("odd.txt")
    assert done.stderr == b""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_check_leaves_no_file(sent: signal.Signals, odd: Path, environment: dict[str, str]) -> None:
    command = ["yusuan", "check", "odd.txt", "-", "--diagnostics-output", "new/found.sarif"]
    with subprocess.Popen(command, cwd=odd, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        wait_for(process, lambda: bool(list(odd.glob("new/.yusuan-*/*.part"))))
        process.send_signal(sent)
        assert process.stderr.read() == b""
    assert process.returncode == {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}[sent]
    assert os.listdir(odd) == ["odd.txt"]


def test_more_inputs_than_files_can_be_open(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 300)
    command = "ulimit -n 64; exec compile . --quiet --to json -o out"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, check=True)
    assert len(os.listdir(tmp_path / "out")) == 300


def test_folders_without_permission(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 1)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("this user may write everywhere")
    done = run(environment, tmp_path, "00000.txt", "--quiet", "--to", "csv", "-o", "closed", status=1)
    assert done.stderr == "error: closed/documents.csv: Permission denied\n"
    closed.chmod(0o000)
    done = run(environment, tmp_path, "closed", "--to", "csv", status=1)
    assert done.stderr == "closed:1:1: error[BD004]: cannot be read: Permission denied\n"


def test_folder_that_cannot_be_made(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 1)
    done = run(environment, tmp_path, "00000.txt", "--to", "csv", "-o", "00000.txt/out", status=1)
    assert done.stderr.endswith("error: 00000.txt/out: Not a directory\n")
    assert os.listdir(tmp_path) == ["00000.txt"]


def test_longest_name_of_an_input(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / ("a" * 251 + ".txt")).write_text(REPORT, "utf-8")
    run(environment, tmp_path, ".", "--quiet", "--to", "json", "-o", "out")
    assert len(os.listdir(tmp_path / "out")) == 1


def test_one_huge_line(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "huge.txt").write_text("预算" * 1_500_000, "utf-8")
    done = run(environment, tmp_path, "huge.txt", "--quiet", "--to", "csv", "--table", "documents")
    assert done.stdout.splitlines()[1].startswith("huge,")


def test_start_up_leaves_the_slow_modules_alone(environment: dict[str, str]) -> None:
    program = (
        "import sys, yusuan.compiler.cli; print(*sorted({'lark', 'cattrs', 'rich', 'wcwidth'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_who_finds_a_cache_loads_no_lark(environment: dict[str, str]) -> None:
    program = "import sys, yusuan; yusuan.compile_text('一、收入'); print(*{'lark'} & set(sys.modules))"
    for _ in range(2):
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_two_runs_into_one_folder(tmp_path: Path, environment: dict[str, str]) -> None:
    reports(tmp_path, 1)
    command = ["compile", "-", "--quiet", "--to", "json", "-o", "out"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, text=True) as first:
        wait_for(first, lambda: (tmp_path / "out/.yusuan/lock").exists())
        wait_for(first, lambda: (tmp_path / "out/.yusuan/lock").read_text() != "")
        second = run(environment, tmp_path, "00000.txt", "--quiet", "--to", "csv", "-o", "out", status=1)
        assert second.stderr.startswith(f"error: out: another run writes here (process {first.pid}, since ")
        assert second.stderr.count("\n") == 1
        assert first.stdin is not None
        first.stdin.write(REPORT)
        first.stdin.close()
        assert first.wait() == 0
    assert os.listdir(tmp_path / "out") == ["stdin.json"]
