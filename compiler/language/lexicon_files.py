"""The files of the lexicon: what each says, and what those of one name say together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yusuan.compiler.language.files import LEXICON, GrammarFile, GrammarFileError, lexicon_name, parsed
from yusuan.compiler.language.lexicon_shapes import leaves
from yusuan.compiler.language.places import Key
from yusuan.compiler.language.structuring import KINDS


def lexicons(files: Sequence[GrammarFile]) -> dict[str, dict[str, Any]]:
    """The lexicons by name, those of the same name laid over each other.

    Raises:
        GrammarFileError: a file is no TOML, or says something for which the lexicon has no place.
    """
    found: dict[str, dict[str, Any]] = {}
    for file in files:
        if file.path.startswith(LEXICON):
            leaves(file)
            name, said = lexicon_name(file), parsed(file)
            found[name] = lay_over(found[name], said, file) if name in found else said
    return found


def lay_over(base: Any, more: Any, file: GrammarFile, path: Key = ()) -> Any:
    """What a file says, or says under a key, laid over what stands there: tables joined, lists made longer, anything
    else replaced.

    Raises:
        GrammarFileError: a value is of another type than the one that it would replace.
    """
    if type(base) is not type(more):
        said, meant = (KINDS.get(type(value), "value") for value in (more, base))
        raise GrammarFileError(file.at(*path), f"{path[-1]} is a {said} here and a {meant} in the lexicon")
    if isinstance(base, dict):
        joined = {
            key: lay_over(value, more[key], file, (*path, key)) if key in more else value for key, value in base.items()
        }
        return joined | {key: value for key, value in more.items() if key not in base}
    if isinstance(base, list):
        if any(isinstance(value, dict) and "name" in value for value in base):
            return _joined_by_name(base, more, file, path)
        return [*base, *(value for value in more if value not in base)]
    return more


def _joined_by_name(base: list[Any], more: list[Any], file: GrammarFile, path: Key) -> list[Any]:
    added: dict[str, Any] = {}
    for entry in more:
        name = entry["name"]
        added[name] = lay_over(added[name], entry, file, (*path, name)) if name in added else entry
    found = [lay_over(entry, added.pop(entry["name"], {}), file, (*path, entry["name"])) for entry in base]
    return [*found, *added.values()]
