"""The commands as a user runs them: in a process of their own, in an empty folder, found on the path."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables under which `compile`, `yusuan` and `python` are those of this checkout and interpreter."""
    folder = tmp_path_factory.mktemp("bin")
    programs = {
        "compile": f"#!{sys.executable}\nfrom yusuan.compiler.cli import compile_main\ncompile_main()\n",
        "yusuan": f"#!{sys.executable}\nfrom yusuan.compiler.cli import main\nmain()\n",
        # No link: a virtual environment is known by the place of its interpreter.
        "python": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n',
    }
    for name, program in programs.items():
        (folder / name).write_text(program, "utf-8")
        (folder / name).chmod(0o755)
    path = os.pathsep.join((str(folder), os.environ.get("PATH", os.defpath)))
    return {"PATH": path, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
