"""Reading what may be no file at all: nothing but a regular file is read, and never more of it than expected."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import Final

# A link is not followed, a pipe not waited for. Not every system has these.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def _any(_: os.stat_result) -> bool:
    return True


def read_regular(
    path: str | os.PathLike[str], largest: int, is_wanted: Callable[[os.stat_result], bool] = _any
) -> bytes:
    """The content of a file, looked at after it was opened, so that no other can take its place.

    Args:
        path: the file; a link is not followed where the system can say so.
        largest: how many bytes it may have.
        is_wanted: whether what is there is wanted, by its owner and mode.

    Raises:
        OSError: it cannot be opened or read, is no regular file, is not wanted, or too large.
    """
    handle = os.open(path, _FLAGS)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError("it is no regular file")
        if not is_wanted(found):
            raise OSError("it is not wanted")
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(f"it is larger than {largest // 1024} KiB")
    return data
