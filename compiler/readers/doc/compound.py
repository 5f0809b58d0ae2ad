"""Compound files ([MS-CFB]), as much of them as tells what they hold: the names at their root, Word's first bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from attrs import frozen

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY: Final = 128
_NONE: Final = 0xFFFFFFFF
_LAST_SECTOR: Final = 0xFFFFFFFA
_IN_HEADER: Final = 109
# A directory of a report has some 20 entries; what has more than this is no report.
_MOST_ENTRIES: Final = 100_000
# The flag of the FIB that says that the text is encrypted or obfuscated ([MS-DOC], 2.5.2).
_FLAGS_AT: Final = 0x0A
_ENCRYPTED: Final = 0x0100


@frozen(slots=True)
class CompoundEntry:
    """A stream or storage at the root of a compound file.

    Attributes:
        name: what it is called.
        start: offset in the file where it begins, as far as it is a stream that is not kept among the small ones.
    """

    name: str
    start: int


def root_entries(data: bytes) -> dict[str, CompoundEntry]:
    """What stands at the root of a compound file, by name; nothing where it is none, or damaged."""
    try:
        return {entry.name: entry for entry in _entries(data)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def is_locked(data: bytes, word: CompoundEntry) -> bool:
    """Whether the text of a Word file can be had with its password only."""
    flags = data[word.start + _FLAGS_AT : word.start + _FLAGS_AT + 2]
    return len(flags) == 2 and bool(int.from_bytes(flags, "little") & _ENCRYPTED)


def _entries(data: bytes) -> Iterator[CompoundEntry]:
    """The children of the root: a tree of entries, each with those before and behind it."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if not data.startswith(SIGNATURE) or not 7 <= shift <= 16:
        return
    directory = _directory(data, 1 << shift)
    pending, seen = [struct.unpack_from("<I", directory, 76)[0]], set[int]()
    while pending:
        number = pending.pop()
        at = number * _ENTRY
        if number in seen or number == _NONE or at + _ENTRY > len(directory):
            continue
        seen.add(number)
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le")
        before, behind = struct.unpack_from("<II", directory, at + 68)
        sector = struct.unpack_from("<I", directory, at + 116)[0]
        pending += (before, behind)
        yield CompoundEntry(name, (sector + 1) << shift)


def _directory(data: bytes, size: int) -> bytes:
    """The sectors of the directory, joined, as far as they are there."""
    tables = [one for one in struct.unpack_from(f"<{_IN_HEADER}I", data, 76) if one < _LAST_SECTOR]
    sector, pieces = struct.unpack_from("<I", data, 48)[0], list[bytes]()
    seen = set[int]()
    while sector < _LAST_SECTOR and sector not in seen and len(seen) * size < _MOST_ENTRIES * _ENTRY:
        seen.add(sector)
        pieces.append(data[(sector + 1) * size : (sector + 2) * size])
        table, at = divmod(sector, size // 4)
        if table >= len(tables):
            break
        sector = struct.unpack_from("<I", data, (tables[table] + 1) * size + at * 4)[0]
    return b"".join(pieces)
