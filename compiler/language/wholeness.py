"""Whether the lexicon holds together: what no single file can tell, told at the line of the file that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yusuan.compiler.language import expressions, placeholders
from yusuan.compiler.language.files import LEXICON, GrammarFile, GrammarFileError
from yusuan.compiler.language.folding import fold_table
from yusuan.compiler.language.lexicon_shapes import Expression, LexiconWording, leaves
from yusuan.compiler.language.places import Key


def check(files: Sequence[GrammarFile], lexicon: Mapping[str, Any]) -> None:
    """See that patterns are sound with their placeholders filled in, that wordings are something when they are folded,
    that units and concepts refer to what there is.

    Args:
        files: the files of all folders; their shapes are known to be right.
        lexicon: all of them laid over each other.

    Raises:
        GrammarFileError: something does not hold; its line is told.
    """
    fold = fold_table(lexicon["characters"]["fold"])
    for file in files:
        if not file.path.startswith(LEXICON):
            continue
        for path, value in leaves(file):
            if isinstance(value, Expression):
                _check_pattern(value, placeholders.filled(value.written, lexicon), file, path)
            elif isinstance(value, LexiconWording) and not value.translate(fold):
                raise GrammarFileError(file.at(*path), f"{value!r} is nothing when it is folded")
    _check_units(files, lexicon)
    _check_parents(files, lexicon)


def _check_pattern(shape: Expression, pattern: str, file: GrammarFile, path: Key) -> None:
    said = expressions.shown(pattern)
    try:
        tree = expressions.read(pattern)
    except ValueError as error:
        raise GrammarFileError(file.at(*path), f"{said}: {error}") from error
    named = frozenset(tree.state.groupdict)
    if named - shape.groups:
        name = min(named - shape.groups)
        raise GrammarFileError(file.at(*path), f"{said}: nothing reads the group {name}; write it as plain brackets")
    if shape.groups - named:
        raise GrammarFileError(file.at(*path), f"{said}: the group {min(shape.groups - named)} is missing: (?P<name>…)")
    if shape.takes_something and tree.getwidth()[0] == 0:
        raise GrammarFileError(file.at(*path), f"{said}: it matches nothing as well, so it would be found everywhere")


def _check_units(files: Sequence[GrammarFile], lexicon: Mapping[str, Any]) -> None:
    units = lexicon["units"]
    for short, unit in units["money_alias"].items():
        if unit not in units["money"]:
            raise _fault(
                files, "units", f"'{short}' is short for {unit}, which is no unit of money", "money_alias", short
            )


def _check_parents(files: Sequence[GrammarFile], lexicon: Mapping[str, Any]) -> None:
    """No concept is a part of itself."""
    parents = {entry["name"]: entry["parent"] for entry in lexicon["concepts"]["concept"] if "parent" in entry}
    for name in parents:
        seen, above = {name}, parents.get(name)
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is not None:
            raise _fault(files, "concepts", f"{name} would be a part of itself", "concept", name, "parent")


def _fault(files: Sequence[GrammarFile], lexicon: str, reason: str, *path: str) -> GrammarFileError:
    """A fault at an entry, in the last file that has it."""
    having = [file for file in files if file.path == f"{LEXICON}{lexicon}.toml"]
    saying = [file for file in having if any(entry.path == path for entry in file.entries())]
    return GrammarFileError((saying or having)[-1].at(*path), reason)
