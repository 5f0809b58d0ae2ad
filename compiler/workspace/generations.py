"""Generations of files: what a run writes into a folder takes the place of what is there as a whole.

A run that writes has a hidden folder of its own beside the files (`.yusuan`; for a single file `.yusuan-` and a digest
of its name). In it are a lock, which the system frees when the process ends, however it ends; the files that are being
written; and, once all of them are complete and on disk, `commit`, which lists what each is to be called. From then on
the new generation counts. The run gives the files their names, and removes the folder. If it dies

- before `commit` is there, the files have not been touched, and the next run removes what was left;
- later, some have been renamed and some not, and the next run renames the rest before it does anything else.

So a reader knows: without `.yusuan/commit` a folder holds one generation, with it the files belong together again after
the next run.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

STATE: Final = ".yusuan"
"""The hidden folder of a run that writes a folder as a whole."""

_STATES: Final = re.compile(r"\.yusuan(?:-[0-9a-f]{16})?")
_LOCK: Final = "lock"
_JOURNAL: Final = "commit"
_NEW_JOURNAL: Final = "commit.part"
# What may be in the folder beside lock and journal; nothing else is ever removed.
_OURS: Final = re.compile(r"[0-9]+\.part|commit\.part")
# Windows locks bytes, which nobody can read then: one far behind what the lock says.
_LOCKED_BYTE: Final = 1 << 30
# How often a lock is tried that its holder removes at the same moment.
_ATTEMPTS: Final = 100
_BUSY: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class BusyError(OSError):
    """Another run writes here."""


def state_of(path: str) -> str:
    """The name of the hidden folder of a run that writes a single file."""
    return f"{STATE}-{sha256(os.fsencode(os.path.basename(path))).hexdigest()[:16]}"


class Generation:
    """The files that one run writes into a folder.

    Made, then `claim`ed, filled by `stage`, `commit`ted, and in any case `close`d.
    """

    def __init__(self, folder: str, state: str = STATE) -> None:
        """Args:
        folder: the folder, without links in its path.
        state: the name of the hidden folder.
        """
        self._folder = folder
        self._state = os.path.join(folder, state)
        self._lock: int | None = None
        self._names: dict[str, str] = {}
        """What each staged file is to be called, below the folder."""

    def claim(self) -> None:
        """Be the one run that writes here; what a dead one left is completed or removed.

        Raises:
            BusyError: another run writes here.
            OSError: the system refuses.
        """
        self._lock = self._locked()
        try:
            self._finish()
        except BaseException:
            self.close()
            raise

    def stage(self, target: str) -> str:
        """Where to write a file of the folder until the commit. It is noted before it exists."""
        staged = f"{len(self._names) + 1}.part"
        self._names[staged] = os.path.relpath(target, self._folder)
        return os.path.join(self._state, staged)

    def commit(self) -> None:
        """Let the staged files, which are complete and on disk, take their places.

        Raises:
            OSError: the system refuses. Nothing has changed then, unless it refused a name only: that file takes its
                place in the next run.
        """
        new = os.path.join(self._state, _NEW_JOURNAL)
        with open(new, "x", encoding="utf-8") as journal:
            json.dump(self._names, journal)
            journal.flush()
            os.fsync(journal.fileno())
        _sync_folder(self._state)
        os.replace(new, self._journal)
        _sync_folder(self._state)
        self._finish()

    def close(self) -> None:
        """Remove what is not committed, complete what is, and let other runs write here."""
        if self._lock is None:
            return
        with suppress(OSError):
            self._finish()
        is_open = os.path.exists(self._journal)
        with _released(self._lock):
            self._lock = None
            if not is_open:
                with suppress(OSError):
                    os.unlink(os.path.join(self._state, _LOCK))
        if not is_open:
            with suppress(OSError):
                os.rmdir(self._state)

    @property
    def _journal(self) -> str:
        return os.path.join(self._state, _JOURNAL)

    def _finish(self) -> None:
        """Complete a generation whose journal is there, and remove what belongs to none."""
        names = self._committed()
        if names is not None:
            self._give_names(names)
            os.unlink(self._journal)
            _sync_folder(self._state)
        for name in os.listdir(self._state):
            if _OURS.fullmatch(name):
                os.unlink(os.path.join(self._state, name))

    def _committed(self) -> dict[str, str] | None:
        """What the journal says; absent where there is none."""
        try:
            with open(self._journal, encoding="utf-8") as journal:
                names = json.load(journal)
        except FileNotFoundError:
            return None
        except ValueError:
            names = None
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            raise OSError(errno.EINVAL, f"{self._journal} is not what was written there; remove it")
        return names

    def _give_names(self, names: dict[str, str]) -> None:
        """Rename the staged files that have not been yet, even where one is refused."""
        refused = None
        targets = {staged: self._target(staged, name) for staged, name in names.items()}
        for staged, target in targets.items():
            try:
                os.replace(os.path.join(self._state, staged), target)
            except FileNotFoundError:
                continue
            except OSError as error:
                refused = refused or error
        for folder in {os.path.dirname(target) for target in targets.values()}:
            _sync_folder(folder)
        if refused is not None:
            raise refused

    def _target(self, staged: str, name: str) -> str:
        """The path of a file that a journal names, which must be below the folder."""
        target = os.path.realpath(os.path.join(self._folder, name))
        if not _OURS.fullmatch(staged) or not target.startswith(os.path.join(self._folder, "")):
            raise OSError(errno.EINVAL, f"{self._journal} names a file outside of the folder; remove it")
        return target

    def _locked(self) -> int:
        """The lock, held."""
        path = os.path.join(self._state, _LOCK)
        for _ in range(_ATTEMPTS):
            with suppress(FileExistsError):
                os.mkdir(self._state)
            if not stat.S_ISDIR(os.lstat(self._state).st_mode):
                raise OSError(errno.ENOTDIR, f"{self._state} is in the way")
            try:
                lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
            except FileNotFoundError:
                # The holder has removed the folder just now.
                continue
            try:
                _acquire(lock)
                if _is_at(lock, path):
                    os.ftruncate(lock, 0)
                    os.write(lock, f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}".encode())
                    return lock
            except BaseException:
                os.close(lock)
                raise
            os.close(lock)
        raise BusyError(errno.EAGAIN, "other runs write here")


def sweep(folder: str, *, but: str) -> None:
    """Complete or remove what dead runs left in a folder, but for the hidden folder of one name."""
    with suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.name for entry in entries if _STATES.fullmatch(entry.name) and entry.name != but]:
            if os.path.lexists(os.path.join(folder, name, _LOCK)):
                generation = Generation(folder, name)
                with suppress(OSError):
                    generation.claim()
                generation.close()
            else:
                # Of a run that died before it had the lock, or behind that; one with anything in it is kept.
                with suppress(OSError):
                    os.rmdir(os.path.join(folder, name))


def _acquire(lock: int) -> None:
    """Lock an open file, for this process, until it is closed.

    Raises:
        BusyError: another process has.
    """
    try:
        if sys.platform == "win32":
            os.lseek(lock, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            os.lseek(lock, 0, os.SEEK_SET)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Where a file system knows no locks, runs are told apart by nobody.
        if error.errno in _BUSY:
            os.lseek(lock, 0, os.SEEK_SET)
            holder = os.read(lock, 200).decode("utf-8", "replace") or "another process"
            raise BusyError(error.errno, f"another run writes here ({holder})") from error


def _is_at(lock: int, path: str) -> bool:
    """Whether an open file is still the one at a path: its last holder may have removed it."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(lock), os.stat(path))
    return False


@contextmanager
def _released(lock: int) -> Iterator[None]:
    """Gives up a lock; the block removes its file, which Windows allows behind that only."""
    if sys.platform == "win32":
        os.close(lock)
        yield
    else:
        yield
        os.close(lock)


def _sync_folder(folder: str) -> None:
    """Have the names in a folder on disk, where the system can."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
