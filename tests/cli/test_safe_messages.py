"""Nothing that a command quotes, be it a name of a file or what was typed, reaches the terminal as an escape."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

HOSTILE = "a\x1b[2J\rb"
SHOWN = r"a\x1b[2J\rb"
COMMANDS = [
    ["compile", HOSTILE, "--to", "csv"],
    ["compile", "report.txt", "--to", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--table", HOSTILE],
    ["compile", "report.txt", "--to", "csv", f"--{HOSTILE}"],
    ["compile", "report.txt", "--to", "csv", "--lang", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--select", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--severity", f"BD501={HOSTILE}"],
    ["compile", "report.txt", "--to", "csv", "--severity", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--config", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--grammar", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--diagnostics", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "-o", f"{HOSTILE}.json"],
    ["compile", "report.txt", "--to", "csv", "-o", f"report.txt/{HOSTILE}"],
    ["compile", "report.txt", "--to", "csv", "-o", f"report.txt/{HOSTILE}.csv"],
    ["compile", "report.txt", "--to", "csv", "--diagnostics-output", f"folder{HOSTILE}"],
    ["compile", "report.txt", "--to", "xbrl", "--entity-id", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--entity-scheme", HOSTILE],
    ["compile", "report.txt", "--to", "csv", "--profile", "--grammar", f"overlay{HOSTILE}"],
    ["compile", "report.txt", f"folder{HOSTILE}", "--to", "csv"],
    ["yusuan", "check", HOSTILE],
    ["yusuan", HOSTILE],
    ["yusuan", "explain", HOSTILE],
    ["yusuan", "taxonomy", "-o", f"report.txt/{HOSTILE}"],
    ["yusuan", "taxonomy", "--check", "-o", HOSTILE],
    ["yusuan", "grammar", HOSTILE],
    ["yusuan", "grammar", "check", "--grammar", HOSTILE],
    ["yusuan", "grammar", "check", "--corpus", HOSTILE],
    ["yusuan", "grammar", "test", HOSTILE],
    ["yusuan", "grammar", "coverage", HOSTILE],
    ["yusuan", "grammar", "gaps", HOSTILE],
    ["yusuan", "grammar", "gaps", "report.txt", "--kind", HOSTILE],
    ["yusuan", "grammar", "trace", HOSTILE, "--lines", "1"],
    ["yusuan", "grammar", "tokens", HOSTILE],
    ["yusuan", "grammar", "tree", HOSTILE],
    ["yusuan", "grammar", "new", "section", HOSTILE, "--term", "甲"],
    ["yusuan", "grammar", "new", "section", "petty", "--term", HOSTILE],
    ["yusuan", "grammar", "new", "section", "petty", "--term", "甲", "--in", f"report.txt/{HOSTILE}"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command).replace(HOSTILE, "X"))
def test_escapes_are_shown_not_sent(command: list[str], tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "report.txt").write_text("云溪市桥梁处2024年部门预算公开\n", "utf-8")
    (tmp_path / f"folder{HOSTILE}").mkdir()
    overlay = tmp_path / f"overlay{HOSTILE}"
    (overlay / "lexicon").mkdir(parents=True)
    (overlay / "lexicon/units.toml").write_text('[money]\n"十万元" = 100000\n', "utf-8")
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True)
    printed = (done.stderr + done.stdout).decode()
    assert "\x1b" not in printed
    assert "\r" not in printed
    assert "Traceback" not in printed
    if "new" not in command:
        assert SHOWN in printed.replace("\\\\", "\\")
