"""The commands, as told in the Markdown files beside this one.

Each file is one test. Its fenced blocks are carried out from top to bottom in an empty folder:

    ```file:report.txt          a file to be made, with the lines of the block
    ```

    ```pdf:report.pdf           a PDF to be made, as `tests.readers.pdf.writing.drawn` is told
    ```

    ```                         a command for the shell, and what comes of it
    % compile - --to csv
    lines of standard input, if a line ^D follows
    ^D
    lines of standard output
    2> lines of standard error
    => 1                        the exit status, where it is not 0
    ```

Everything is compared exactly. `pytest tests/cli --update-corpus` writes what the commands really print into
the files: read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.readers.pdf.writing import drawn

HERE = Path(__file__).parent
_BLOCK = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<content>.*?)^```$", re.DOTALL | re.MULTILINE)
_NO_LINE_END = "\\ no line end\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the cases are written for a POSIX shell")


@pytest.mark.parametrize("case", sorted(HERE.glob("*.md")), ids=lambda path: path.stem)
def test_commands(case: Path, tmp_path: Path, environment: dict[str, str], request: pytest.FixtureRequest) -> None:
    told = case.read_text("utf-8")
    done = _BLOCK.sub(lambda block: _carry_out(block, tmp_path, environment), told)
    assert "Traceback" not in done, "no command ends in a trace, and none is kept as expected"
    if request.config.getoption("--update-corpus", default=False):
        case.write_text(done, "utf-8")
    else:
        assert done == told


def test_collector_finds_a_difference(tmp_path: Path, environment: dict[str, str]) -> None:
    told = "```file:a\n1\n```\n```\n% cat a - && cat none; exit 3\n2\n^D\n```\n"
    done = _BLOCK.sub(lambda block: _carry_out(block, tmp_path, environment), told)
    printed = "1\n2\n2> cat: none: No such file or directory\n=> 3\n"
    assert done == told.removesuffix("```\n") + printed + "```\n"


def _carry_out(block: re.Match[str], folder: Path, environment: dict[str, str]) -> str:
    """The block with what really came of it."""
    info, content = block["info"], block["content"]
    if info.startswith("file:"):
        path = folder / info.removeprefix("file:")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="")
    if info.startswith("pdf:"):
        (folder / info.removeprefix("pdf:")).write_bytes(drawn(content))
    if info or not content.startswith("% "):
        return block[0]
    command, _, rest = content.partition("\n")
    given = re.match(r"(?s)(.*?)^\^D\n", rest, re.MULTILINE)
    run = subprocess.run(
        ["sh", "-c", command.removeprefix("% ")],
        input=given[1].encode() if given else b"",
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=60,
        check=False,
    )
    told = f"{command}\n{given[0] if given else ''}"
    return f"```\n{told}{_lines(run.stdout)}{_lines(run.stderr, '2> ')}{_status(run.returncode)}```"


def _lines(output: bytes, prefix: str = "") -> str:
    text = output.decode()
    ended = "" if not text or text.endswith("\n") else "\n" + _NO_LINE_END
    # Without the blank at an empty line's end, which editors remove.
    lines = (f"{prefix.rstrip()}\n" if line == "\n" else prefix + line for line in text.splitlines(keepends=True))
    return "".join(lines) + ended


def _status(status: int) -> str:
    return f"=> {status}\n" if status else ""
