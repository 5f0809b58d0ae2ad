"""The cache of analysed grammars: a file of plain JSON for each language, in a folder of the user's.

What it holds steers the compiler, so it is taken only from a place that nobody else can write: a regular file of
bounded size, owned by this user as its folder is, both writable by nobody else. Anything else is passed over, as if
nothing stood there. Where a system knows no owners (Windows), it is the user's profile that keeps others out.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from yusuan.compiler.language.regular import read_regular

NAME: Final = "yusuan"
"""What the folder is called."""

LARGEST: Final = 32 << 20
"""Bytes; a cache that is larger is not ours."""


def cache_folder() -> Path | None:
    """The user's folder for caches, which may not exist yet; absent where there is none, or where none is wanted.

    YUSUAN_CACHE says which folder it is in, or, if empty, that none is wanted; else the system has a place.
    """
    chosen = os.environ.get("YUSUAN_CACHE")
    if chosen is not None:
        return Path(chosen) / NAME if chosen else None
    from platformdirs import user_cache_path

    folder = user_cache_path(NAME, appauthor=False)
    # Of a user without a home the tilde stays; nothing is to be written below the working directory.
    return folder if folder.is_absolute() else None


def cache_path(digest: str) -> Path | None:
    """Where the cache of a language stands; absent where there is no folder for it.

    Args:
        digest: that of all it is made of.
    """
    folder = cache_folder()
    return folder / f"language-{digest[:16]}.json" if folder else None


def read_cache(path: Path, digest: str) -> Any:
    """What a cache holds; absent where there is none, or none that can be trusted to be what was written."""
    try:
        if not _is_private(os.stat(path.parent)):
            return None
        head, _, body = read_regular(path, LARGEST, _is_private).partition(b"\n")
        if head.decode() != f"{digest} {hashlib.sha256(body).hexdigest()}":
            return None
        return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None


def write_cache(path: Path, digest: str, payload: Mapping[str, Any]) -> None:
    """Write a cache whole or not at all; a user without a place of its own just builds each time."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    head = f"{digest} {hashlib.sha256(body).hexdigest()}\n".encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(os.stat(path.parent)):
            return
        # It is made readable and writable by its owner alone.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head + body)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError:
        return


def _is_private(found: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and nobody else can write it."""
    if not _has_owners():
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _has_owners() -> bool:
    """Whether files of this system have owners and modes that say who can write them."""
    return os.name == "posix"
