"""Writing what was compiled: to standard output, or to files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, Self

from yusuan.compiler.workspace.generations import STATE, Generation, state_of, sweep

# A package may have as many files as there are inputs; more open at a time than a system allows.
_OPEN_FILES: Final = 32
_BUFFER: Final = 1 << 16


class OutputError(Exception):
    """Something cannot be written.

    Attributes:
        path: where, as the user gave it.
        reason: why, in the words of the system where it is the system's refusal.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class InputOverwrittenError(OutputError):
    """An output would take the place of an input."""


def write_standard_output(chunks: Iterable[str | bytes], *, at_once: bool = False) -> None:
    """Write to standard output, text as UTF-8. Ends early, without an error, where nobody reads any more.

    Args:
        chunks: consumed lazily.
        at_once: whether each chunk is to be seen when it is there, not when there is enough to write.

    Raises:
        OutputError: it is closed, or what is behind it is full.
    """
    stream: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise OutputError("<stdout>", "is closed")
    try:
        for chunk in chunks:
            _put(stream, chunk)
            if at_once and chunk:
                _flush(stream)
        _flush(stream)
    except _ReaderGoneError:
        pass
    except BaseException:
        # An interrupted run leaves a buffer that the interpreter would try to flush on its way out.
        with suppress(OutputError, _ReaderGoneError):
            _flush(stream)
        raise


class _ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


def _put(stream: BinaryIO, content: str | bytes) -> None:
    with _standard_output_checked():
        stream.write(_encoded(content))


def _flush(stream: BinaryIO) -> None:
    with _standard_output_checked():
        stream.flush()


def abandon_standard_output() -> None:
    """Let what is still to be written go nowhere, so that the interpreter does not fail over it at exit."""
    with suppress(AttributeError, OSError, ValueError):
        standard_output = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, standard_output)
        os.close(nowhere)


@contextmanager
def _standard_output_checked() -> Iterator[None]:
    """Translates the errors of writing."""
    try:
        yield
    except OSError as error:
        abandon_standard_output()
        if isinstance(error, BrokenPipeError):
            raise _ReaderGoneError from error
        raise OutputError("<stdout>", _reason(error)) from error


class StagedFiles:
    """Files that appear all together, or not at all.

    What is written goes to temporary files; `commit` gives them their names when all are complete and on disk. Leaving
    the context without it removes them, and the folders that were made, whatever the reason. One run at a time writes a
    folder, or a single file; what one that was killed left is completed or removed by the next
    (`yusuan.compiler.workspace.generations`).

        with StagedFiles(inputs, folder=folder) as files:
            for name, chunk in chunks:
                files.write(os.path.join(folder, name), chunk)
            files.commit()
    """

    def __init__(self, inputs: Iterable[str | int] = (), *, folder: str | None = None) -> None:
        """Args:
        inputs: files that must not be overwritten, by path or as open, under whatever name or link.
        folder: the folder whose files are one generation, made if it is missing; absent where each file is on its own.

        Raises:
            OutputError: another run writes there, or the system refuses.
        """
        self._inputs = inputs
        self._input_files: frozenset[tuple[int, int]] | None = None
        self._targets: dict[str, str] = {}
        self._open: OrderedDict[str, BinaryIO] = OrderedDict()
        self._made_folders: list[str] = []
        self._generations: dict[str, tuple[str, Generation]] = {}
        """By their hidden folder; each with what it writes, as the user gave it."""
        self._swept: set[str] = set()
        self._whole: str | None = None
        if folder is not None:
            try:
                self.make_folder(folder)
                with _checked(folder):
                    self._whole = os.path.realpath(folder)
                    self._generation(self._whole, STATE, folder)
            except BaseException:
                self.discard()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def make_folder(self, folder: str) -> None:
        """Make a folder, and those above it, where it is missing.

        Raises:
            OutputError: the system refuses.
        """
        missing = []
        head = os.path.abspath(folder)
        while not os.path.lexists(head):
            missing.append(head)
            head = os.path.dirname(head)
        self._made_folders[:0] = missing
        with _checked(folder):
            os.makedirs(folder, exist_ok=True)

    def create(self, path: str) -> None:
        """Begin a file, so that it exists even if nothing is written to it.

        Raises:
            InputOverwrittenError: it is one of the inputs.
            OutputError: the system refuses, or the path is that of a folder or device.
        """
        with _checked(path):
            self._file(path)

    def write(self, path: str, content: str | bytes) -> None:
        """Append to a file; text as UTF-8, line ends as they are.

        Raises:
            InputOverwrittenError: it is one of the inputs.
            OutputError: the system refuses, or the path is that of a folder or device.
        """
        with _checked(path):
            self._file(path).write(_encoded(content))

    def commit(self) -> None:
        """Give all files their names, in place of files that have them.

        Raises:
            OutputError: the system refuses. Nothing has changed then, unless it refused a name only.
        """
        while self._open:
            self._close_oldest()
        for path, generation in self._generations.values():
            with _checked(path):
                generation.commit()
        self._made_folders.clear()
        self.discard()

    def discard(self) -> None:
        """Remove what is not committed. Does nothing after `commit`."""
        while self._open:
            _, file = self._open.popitem()
            with suppress(OSError):
                file.close()
        for _, generation in self._generations.values():
            generation.close()
        self._generations.clear()
        self._targets.clear()
        for folder in self._made_folders:
            with suppress(OSError):
                os.rmdir(folder)
        self._made_folders.clear()

    def _file(self, path: str) -> BinaryIO:
        if path in self._open:
            self._open.move_to_end(path)
            return self._open[path]
        while len(self._open) >= _OPEN_FILES:
            self._close_oldest()
        if path in self._targets:
            # Closed by commit or discard.
            self._open[path] = open(self._targets[path], "ab", _BUFFER)  # noqa: SIM115
            return self._open[path]
        return self._begin(path)

    def _begin(self, path: str) -> BinaryIO:
        # Through a link to the file that it leads to, as a plain write would go.
        target = os.path.realpath(path)
        mode = self._check(path, target)
        temporary = self._generation_of(path, target).stage(target)
        self._targets[path] = temporary
        file = open(temporary, "xb", _BUFFER)  # noqa: SIM115
        self._open[path] = file
        if mode is not None:
            with suppress(OSError):
                os.chmod(temporary, mode)
        return file

    def _generation_of(self, path: str, target: str) -> Generation:
        """The generation that a file belongs to; a link that leads out of the folder makes it one of its own."""
        if self._whole is not None and target.startswith(os.path.join(self._whole, "")):
            return self._generation(self._whole, STATE, path)
        return self._generation(os.path.dirname(target), state_of(target), path)

    def _generation(self, folder: str, state: str, path: str) -> Generation:
        key = os.path.join(folder, state)
        if key not in self._generations:
            generation = Generation(folder, state)
            # Noted before it is there, so that an interruption in between leaves nothing behind.
            self._generations[key] = path, generation
            generation.claim()
        if folder not in self._swept:
            self._swept.add(folder)
            sweep(folder, but=state)
        return self._generations[key][1]

    def _check(self, path: str, target: str) -> int | None:
        """The permissions of a file that is to be replaced; absent where there is none yet."""
        try:
            status = os.stat(target)
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(status.st_mode):
            raise OutputError(path, "is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(path, "is no regular file; write to standard output instead")
        if (status.st_dev, status.st_ino) in self._identities():
            raise InputOverwrittenError(path, "is an input, which is never overwritten")
        return stat.S_IMODE(status.st_mode)

    def _identities(self) -> frozenset[tuple[int, int]]:
        if self._input_files is None:
            self._input_files = frozenset(_identities(self._inputs))
        return self._input_files

    def _close_oldest(self) -> None:
        path, file = self._open.popitem(last=False)
        with _checked(path), file:
            file.flush()
            os.fsync(file.fileno())


def _identities(paths: Iterable[str | int]) -> Iterator[tuple[int, int]]:
    """Device and number of each file that exists: the same for all its names."""
    for path in paths:
        with suppress(OSError):
            status = os.stat(path)
            yield status.st_dev, status.st_ino


def _encoded(content: str | bytes) -> bytes:
    # No emitter yields a lone surrogate; if one should, the output is still UTF-8.
    return content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


@contextmanager
def _checked(path: str) -> Iterator[None]:
    """Names the path in the errors of the system."""
    try:
        yield
    except OSError as error:
        raise OutputError(path, _reason(error)) from error
