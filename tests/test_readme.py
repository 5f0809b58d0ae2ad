"""What the README shows is what the commands print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[1]


def test_the_excerpt_is_what_check_prints() -> None:
    command: list[str | Path] = [
        Path(sys.executable).with_name("yusuan"),
        "check",
        "examples/faults/township-2024.txt",
        "--lang",
        "en",
    ]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = readme.split("says where:\n\n", 1)[1].split("\n\n", 1)[0]
    assert dedent(lines).rstrip() in printed
