"""What the shell suggests behind a TAB; in a bash as a user has it, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(sys.executable).parent


def suggested(*words: str) -> list[str]:
    """What is told to bash: a kind and a text each."""
    name = words[0]
    environment = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    environment[f"_{name.upper()}_COMPLETE"] = "bash_complete"
    done = subprocess.run(
        [FOLDER / name], env=os.environ | environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("compile", "rep"), ["file,rep"]),
        (("compile", "a.txt", "-o", "out"), ["file,out"]),
        (("compile", "--grammar", "dia"), ["file,dia"]),
        (("compile", "--to", "xbrl-"), ["plain,xbrl-csv", "plain,xbrl-json"]),
        (("compile", "--to", "csv", "--table", "indi"), ["plain,indicators"]),
        (("compile", "--table", "indi"), []),
        (("compile", "--lang", "z"), ["plain,zh"]),
        (("compile", "--select", "BD50"), [f"plain,BD50{at}" for at in range(1, 10)]),
        (("yusuan", "explain", "plan-f"), ["plain,BD601"]),
        (("yusuan", "gr"), ["plain,grammar"]),
        (("yusuan", "grammar", "trace", "rep"), ["file,rep"]),
    ],
)
def test_words_have_what_may_stand_there(words: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(suggested(*words)) == expected


@pytest.mark.skipif(os.name != "posix" or shutil.which("bash") is None, reason="there is no bash on a terminal here")
def test_in_a_bash(tmp_path: Path) -> None:
    """As README says it, typed into a terminal."""
    import pty

    (tmp_path / "township-2023.txt").write_text("x", "utf-8")
    master, slave = pty.openpty()
    environment = os.environ | {"PATH": f"{FOLDER}{os.pathsep}{os.environ['PATH']}", "PS1": "$ ", "TERM": "dumb"}
    bash = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        cwd=tmp_path,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    typed = 'eval "$(_COMPILE_COMPLETE=bash_source compile)"\ncompile towns\t--to xbrl-j\t--version > said\nexit\n'
    os.write(master, typed.encode())
    heard = b""
    try:
        while chunk := os.read(master, 1 << 12):
            heard += chunk
    except OSError:
        # The terminal is gone with the bash.
        pass
    finally:
        os.close(master)
    assert bash.wait(60) == 0
    assert b"compile township-2023.txt --to xbrl-json --version" in heard
