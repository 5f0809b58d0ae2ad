"""Old Word files converted by whom there is: msdoc2docx (the extra `doc`), else LibreOffice.

Both run as processes of their own, for a limited time, in a folder of their own that is gone afterwards: what they make
of a damaged file is their affair, and the run goes on.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Final

from attrs import frozen

_PACKAGE: Final = "msdoc2docx"
_PROGRAMS: Final = ("soffice", "libreoffice")
# Where it stands on systems on which it is not on the path.
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"%ProgramFiles%\LibreOffice\program\soffice.com",
)
_SECONDS: Final = 120.0
_GRACE: Final = 10.0
_MOST_MEMORY: Final = 2 << 30
_CONVERT: Final = """
import sys
sys.path[:] = {path!r}
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
except (ImportError, OSError, ValueError):
    pass
from doc2docx import convert
convert(sys.argv[1], sys.argv[2])
"""


@frozen(slots=True)
class Converted:
    """A file that was converted.

    Attributes:
        data: the .docx.
        program: who converted it, and which version: `msdoc2docx 0.36.6`.
    """

    data: bytes
    program: str


class ConversionError(ValueError):
    """No program could convert a file.

    Attributes:
        tried: the programs that tried, with what came of it; empty where there is none.
    """

    def __init__(self, tried: str) -> None:
        super().__init__(tried)
        self.tried = tried


@frozen(slots=True)
class Converter:
    """A program that converts.

    Attributes:
        name: what it is called, with its version where that is known without running it.
        command: how it is run: `{source}`, `{target}`, `{folder}` and `{profile}` stand for its files.
    """

    name: str
    command: tuple[str, ...]


def convert(data: bytes, converters: Sequence[Converter] | None = None, seconds: float = _SECONDS) -> Converted:
    """An old Word file as .docx, by the first program that can.

    Raises:
        ConversionError: there is none that can.
    """
    tried = []
    for converter in available() if converters is None else converters:
        with tempfile.TemporaryDirectory(prefix="yusuan-", ignore_cleanup_errors=True) as folder:
            outcome = _run(converter, data, Path(folder), seconds)
            if isinstance(outcome, bytes):
                return Converted(outcome, converter.name)
            tried.append(f"{converter.name}: {outcome}")
    raise ConversionError("; ".join(tried))


def available() -> Iterator[Converter]:
    """The converters that are installed, the one that is a package first."""
    with suppress(metadata.PackageNotFoundError):
        program = _CONVERT.format(path=sys.path, memory=_MOST_MEMORY)
        command = (sys.executable, "-c", program, "{source}", "{target}")
        yield Converter(f"{_PACKAGE} {metadata.version(_PACKAGE)}", command)
    office = next(filter(None, map(shutil.which, (*_PROGRAMS, *map(os.path.expandvars, _PLACES)))), None)
    if office:
        options = ("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML")
        yield Converter(
            "LibreOffice", (office, "-env:UserInstallation={profile}", *options, "--outdir", "{folder}", "{source}")
        )


def _run(converter: Converter, data: bytes, folder: Path, seconds: float) -> bytes | str:
    """What a program made of a file, or what came of it instead."""
    source, target = folder / "report.doc", folder / "out" / "report.docx"
    source.write_bytes(data)
    target.parent.mkdir()
    places = {
        "{source}": str(source),
        "{target}": str(target),
        "{folder}": str(target.parent),
        "{profile}": (folder / "profile").as_uri(),
    }
    command = list(converter.command)
    for mark, place in places.items():
        command = [word.replace(mark, place) if len(word) < 100 else word for word in command]
    try:
        status = _status(command, folder, seconds)
    except OSError as error:
        return error.strerror or str(error)
    if status is None:
        return f"stopped after {seconds:.0f} s"
    return target.read_bytes() if target.is_file() else f"ended with status {status}"


def _status(command: list[str], folder: Path, seconds: float) -> int | None:
    """The exit status of a program; absent for one that took too long, which is ended with all that it started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program with all that it started."""
    with suppress(OSError, subprocess.TimeoutExpired):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            # Windows has no groups of processes that end together; this walks down from one to its children.
            end = ("taskkill", "/F", "/T", "/PID", str(process.pid))
            subprocess.run(end, stdin=subprocess.DEVNULL, capture_output=True, timeout=_GRACE, check=False)
    process.kill()
    process.wait()
