"""Formats by name: the built-in emitters, and those of other packages.

Another package adds a format with an entry point in the group `yusuan.emitters`, its name the format's, its
object an `Emitter` or a class of one. The built-in names cannot be taken over, so that `csv` is the same
everywhere.

This module is imported at start-up: emitters, and the search for other packages, are loaded when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from yusuan.emitters.base import Emitter, UnknownFormatError, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.metadata import EntryPoint

    from yusuan.ir.document import Document

GROUP: Final = "yusuan.emitters"
"""The group of entry points that holds emitters."""

# Known without the package's metadata too: a checkout on the path has none. pyproject.toml declares the same.
BUILT_IN: Final[dict[str, str]] = {
    "csv": "yusuan.emitters.to_csv:CsvEmitter",
    "json": "yusuan.emitters.to_json:JsonEmitter",
    "jsonl": "yusuan.emitters.to_json:JsonLinesEmitter",
    "xbrl": "yusuan.emitters.to_xbrl:XbrlEmitter",
    "xml": "yusuan.emitters.to_xbrl:XmlEmitter",
    "xbrl-json": "yusuan.emitters.to_xbrl_json:XbrlJsonEmitter",
    "xbrl-csv": "yusuan.emitters.to_xbrl_csv:XbrlCsvEmitter",
    "ixbrl": "yusuan.emitters.to_ixbrl:IxbrlEmitter",
}
"""The built-in formats: name, module and class."""


class BrokenEmitterError(RuntimeError):
    """Another package declares this format, but what it declares cannot be loaded or is no emitter."""

    def __init__(self, name: str, origin: str, reason: str) -> None:
        super().__init__(name, origin, reason)
        self.name = name
        self.origin = origin
        self.reason = reason

    def __str__(self) -> str:
        return f"the emitter of format {self.name!r} ({self.origin}) cannot be used: {self.reason}"


def names() -> tuple[str, ...]:
    """The formats there are, built-in ones first, without loading any; broken ones of others too."""
    return (*BUILT_IN, *_entry_points())


def emitters() -> Mapping[str, Emitter]:
    """Every format that can be used, loaded, built-in ones first.

    Broken ones of other packages are left out; `find` tells what is wrong with one.
    """
    found = {name: find(name) for name in BUILT_IN}
    for name, entry_point in _entry_points().items():
        try:
            found[name] = _load(entry_point)
        except BrokenEmitterError:
            continue
    return found


def find(name: str) -> Emitter:
    """The emitter of a format.

    Raises:
        UnknownFormatError: no emitter has this name.
        BrokenEmitterError: another package's has, but it cannot be loaded.
    """
    if name in BUILT_IN:
        module, _, cls = BUILT_IN[name].partition(":")
        built_in: Emitter = getattr(import_module(module), cls)()
        return built_in
    others = _entry_points()
    if name in others:
        return _load(others[name])
    known = (*BUILT_IN, *others)
    raise UnknownFormatError(name, known, nearest_name(name, known))


def emit(document: Document, format: str, *, table: str | None = None) -> str:  # noqa: A002 (reads as it is said)
    """One document in a format, as one text.

    Args:
        document: the compiled document.
        format: a format's name, `csv`, `json` or `jsonl` among them.
        table: for a format that has tables, which one; its default where absent (`facts` for `csv`).

    Raises:
        UnknownFormatError: no emitter has this name.
        UnknownTableError: the format has no such table.
        FolderOnlyError: the format is several files (`xbrl-csv`).
        BrokenEmitterError: another package's emitter cannot be loaded.
        TypeError: the format, another package's, is no text.
    """
    return "".join(cast("Iterator[str]", find(format).stream([document], table=table)))


def _entry_points() -> dict[str, EntryPoint]:
    """Other packages' entry points, by name.

    Of two with one name the first by value counts, so that the order of the path does not matter.
    """
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for one in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        if one.name not in BUILT_IN:
            found.setdefault(one.name, one)
    return found


def _load(entry_point: EntryPoint) -> Emitter:
    try:
        loaded: Any = entry_point.load()
        emitter: Any = loaded() if isinstance(loaded, type) else loaded
    except Exception as error:  # whatever another package's module does wrong must not end this program
        raise BrokenEmitterError(entry_point.name, entry_point.value, f"{type(error).__name__}: {error}") from error
    if not isinstance(emitter, Emitter):
        raise BrokenEmitterError(
            entry_point.name,
            entry_point.value,
            f"{type(emitter).__name__} lacks a member of the Emitter protocol",
        )
    return emitter
