"""The engine in a process of its own. If it dies, the report at hand is lost and the run goes on.

`Engine` is the side that asks. The other side is this module run as a program: it answers one request after the other
from its standard input, until that ends. A message is its length and then its data: a file, or what `marshal` writes,
which is plain values, and the two sides are the same program.
"""

from __future__ import annotations

import atexit
import marshal
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from threading import Lock, Timer
from typing import IO, Any, Final, TypeVar

from yusuan.compiler.readers.pdf.faults import PdfError, PdfFault
from yusuan.compiler.readers.pdf.projection import Omitted, ProjectedBlock, ProjectedPlace, Projection
from yusuan.compiler.readers.pdf.shapes import Caption, Letters, Outline, PageOrder, Picture
from yusuan.compiler.readers.pdf.typography import Typography
from yusuan.ir.collector import collector_at_rest

# The largest known report, 241 pages, takes 2 seconds, and none more than 130 MB.
_SECONDS: Final = 60.0
_SECONDS_A_MEGABYTE: Final = 5.0
_MOST_MEMORY: Final = 1 << 30
# So much later than it would be stopped, the other process ends by itself: then nobody is left to stop it.
_GRACE: Final = 5.0
_LENGTH: Final = struct.Struct("<Q")
_MEGABYTE: Final = 1 << 20
_Answer = TypeVar("_Answer")
_START: Final = (
    "import sys; sys.path[:] = {path!r}; from yusuan.compiler.readers.pdf.worker import serve; serve(fonts={fonts})"
)


class Engine:
    """Reads PDF files in another process, which is started when first needed and again after it died."""

    def __init__(self, command: Sequence[str] = (), seconds: float = _SECONDS, *, fonts: bool = False) -> None:
        """
        Args:
            command: what to run; by default this module.
            seconds: the time for one report, before what its size adds.
            fonts: whether it has the fonts of this machine, for pictures.
        """
        self._fonts = fonts
        self._command = tuple(command)
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = Lock()

    def read(self, data: bytes, typography: Typography) -> Projection:
        """The text projection of a PDF.

        Raises:
            PdfError: the bytes are no PDF that can be read, or the engine died or took too long over them.
        """
        return self._ask(_projection, _READ, data, dict(typography.fold), typography.numbered, typography.stops)

    def page_sizes(self, data: bytes) -> list[tuple[float, float]]:
        """Width and height in points of each page of a PDF, as displayed; zero for one that is damaged.

        Raises:
            PdfError: as `read`.
        """
        return self._ask(_sizes, _SIZES, data)

    def draw(self, data: bytes, order: PageOrder) -> Picture | None:
        """A page of a PDF as a picture; absent where there is no such page, or it is damaged.

        Raises:
            PdfError: as `read`.
        """
        outlines = [(one.box, tuple(one.letters or ()), *one[2:]) for one in order.outlines]
        captions = [tuple(one) for one in order.captions]
        return self._ask(_picture, _DRAW, data, *order[:4], outlines, captions)

    def _ask(self, made: Callable[[Any], _Answer], what: str, data: bytes, *more: Any) -> _Answer:
        """What the other side makes of a PDF, `made` of the plain values that it sends.

        Raises:
            PdfError: the bytes are no PDF that can be read, or the engine died or took too long over them.
        """
        limit = self._seconds + _SECONDS_A_MEGABYTE * len(data) / _MEGABYTE
        with self._lock:
            process = self._running()
            timer = Timer(limit, process.kill)
            timer.start()
            try:
                fault, detail, found = _asked(process, data, (limit + _GRACE, what, *more))
                if not fault:
                    return made(found)
                refused = PdfError(PdfFault(fault), detail)
            except (OSError, EOFError, ValueError, TypeError):
                is_late, status = not timer.is_alive(), self._stop()
                fault, detail = (
                    (PdfFault.ENGINE_SLOW, f"{limit:.0f}") if is_late else (PdfFault.ENGINE_DIED, str(status))
                )
                raise PdfError(fault, detail) from None
            except BaseException:
                # What is still to come would be taken for the answer to the next request.
                process.kill()
                self._stop()
                raise
            finally:
                timer.cancel()
        raise refused

    def close(self) -> None:
        """Ends the process, if one runs."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a new one after a fork, since two would read from one pipe."""
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self._process = subprocess.Popen(
            self._command or (sys.executable, "-c", _START.format(path=sys.path, fonts=self._fonts)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._owner = os.getpid()
        return self._process

    def _stop(self) -> int:
        """Ends the process; its exit status."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return 0
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):
            return process.wait(1.0)
        process.kill()
        return process.wait()


@cache
def engine() -> Engine:
    """The engine that reads for this process, closed at its end."""
    return _closed_at_the_end(Engine())


@cache
def drawing_engine() -> Engine:
    """The engine that draws for this process, with the fonts of this machine, likewise."""
    return _closed_at_the_end(Engine(fonts=True))


def _closed_at_the_end(shared: Engine) -> Engine:
    atexit.register(shared.close)
    return shared


def _asked(process: subprocess.Popen[bytes], data: bytes, request: tuple[Any, ...]) -> Any:
    """The answer of the other side.

    Raises:
        OSError, EOFError, ValueError, TypeError: it is gone, or what it says is no answer.
    """
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, data)
    _send(process.stdin, marshal.dumps(request))
    return marshal.loads(_receive(process.stdout))


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """A message.

    Raises:
        EOFError: the other side is gone.
        ValueError: it is longer than one can be.
    """
    length = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]
    if length > _MOST_MEMORY:
        raise ValueError(length)
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _projection(answer: Any) -> Projection:
    text, blocks, places, omitted, *rest = answer
    return Projection(
        text,
        tuple(map(ProjectedBlock._make, blocks)),
        tuple(map(ProjectedPlace._make, places)),
        tuple(map(Omitted._make, omitted)),
        *rest,
    )


def _sizes(answer: Any) -> list[tuple[float, float]]:
    return [(width, height) for width, height in answer]


def _picture(answer: Any) -> Picture | None:
    return None if answer is None else Picture(*answer)


# --- the other process ---


def serve(*, fonts: bool) -> None:
    """Answers requests until the other side is gone; `fonts` as in `Engine`."""
    from signal import SIG_IGN, SIGINT, signal

    from yusuan.compiler.readers.pdf.pdfium import start

    start(fonts=fonts)
    # An interrupt is for who asks: this process ends with it.
    signal(SIGINT, SIG_IGN)
    _limit_resources()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not be taken for an answer.
    os.dup2(2, 1)
    with suppress(EOFError, OSError):
        while True:
            data = _receive(requests)
            seconds, what, *request = marshal.loads(_receive(requests))
            is_done = _end_after(seconds)
            _send(answers, marshal.dumps(_answer(_ANSWERS[what], data, request)))
            is_done()


def _answer(answer: Callable[..., Any], data: bytes, request: Sequence[Any]) -> tuple[str, str, Any]:
    """Fault and its detail, both empty where there is none, and what was asked for, as plain values."""
    try:
        with collector_at_rest():
            return "", "", answer(data, *request)
    except PdfError as error:
        return error.fault.value, error.detail, None
    except MemoryError:
        return PdfFault.TOO_MUCH.value, "", None


def _read(data: bytes, *typography: Any) -> tuple[Any, ...]:
    from yusuan.compiler.readers.pdf.layout import read_layout
    from yusuan.compiler.readers.pdf.projection import project

    text, blocks, places, omitted, *rest = project(read_layout(data, Typography(*typography)))
    # `marshal` knows tuples, but no kinds of them.
    return (text, *([tuple(each) for each in some] for some in (blocks, places, omitted)), *rest)


def _page_sizes(data: bytes) -> list[tuple[float, float]]:
    from yusuan.compiler.readers.pdf.picture import read_page_sizes

    return read_page_sizes(data)


def _draw(data: bytes, *order: Any) -> tuple[Any, ...] | None:
    from yusuan.compiler.readers.pdf.picture import draw_page

    page, scale, strip, is_bare, outlines, captions = order
    wanted = tuple(Outline(box, Letters(*letters) if letters else None, *rest) for box, letters, *rest in outlines)
    picture = draw_page(data, PageOrder(page, scale, strip, is_bare, wanted, tuple(map(Caption._make, captions))))
    return None if picture is None else tuple(picture)


_READ: Final = "read"
_SIZES: Final = "sizes"
_DRAW: Final = "draw"
_ANSWERS: Final[dict[str, Callable[..., Any]]] = {_READ: _read, _SIZES: _page_sizes, _DRAW: _draw}


def _limit_resources() -> None:
    """Bounds the memory, where a system can, and leaves no image of it in the folder if the process dies."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _end_after(seconds: float) -> Callable[[], None]:
    """Ends this process some seconds from now, unless it is told that it need not."""
    try:
        from signal import ITIMER_REAL, setitimer
    except ImportError:  # Windows has none; a thread goes on while the engine works, which is C
        timer = Timer(seconds, os._exit, (1,))
        timer.daemon = True
        timer.start()
        return timer.cancel

    def let_go() -> None:
        setitimer(ITIMER_REAL, 0.0)

    setitimer(ITIMER_REAL, seconds)
    return let_go
