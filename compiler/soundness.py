"""Whether the language is sound: grammars without conflicts, nothing that is never reached, names as they should be.

What is found is a fault with its place; the words that say it, and what to do, are those of the commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import field, frozen

from yusuan.compiler.concepts import concept_lexicon
from yusuan.compiler.grammar_files import LEXICON, Folder, GrammarFile, GrammarFileError, parsed
from yusuan.compiler.grammar_loader import GRAMMARS, Language, build, load, members, speaking
from yusuan.compiler.lexicon import lexicon
from yusuan.compiler.overlays import try_out

_DEFINED: Final = re.compile(r"^[?!]?(?P<name>_*[A-Za-z]\w*)(?:\.-?\d+)?[ \t]*:", re.MULTILINE)
_TERM: Final = re.compile("//[ \t]*\\S")
_HEADING: Final = re.compile(r"^(\w+_HEADING)\b[^\n:]*:", re.MULTILINE)
# A pattern of these characters only is words, not an expression: what it names can be tried out.
_NO_WORDS: Final = re.compile(r"[\\()\[\]{}.*+?|^$]")


@frozen(slots=True)
class Fault:
    """Something that is not sound.

    Attributes:
        name: which kind of fault, as the words of the commands call it.
        place: the file and line, as people are told.
        values: what it quotes.
    """

    name: str
    place: str
    values: dict[str, str] = field(factory=dict)


def find_faults(folders: Sequence[Folder]) -> list[Fault]:
    """The faults of the language that folders say, the built-in one first, in the order of the files.

    A grammar that cannot be built at all is the only fault then.
    """
    files = [file for folder in folders for file in folder.files]
    try:
        build(files, strict=True)
        spoken = load(folders)
        try_out(spoken, folders[1:] or folders)
    except GrammarFileError as error:
        place, _, reason = str(error).partition(": ")
        added = [file.shown for folder in folders[1:] for file in folder.files]
        # The built-in language is sound, so what is wrong with both together is the overlay's.
        if added and not place.startswith(tuple(added)):
            place = added[-1]
        return [Fault("broken", place, {"reason": reason})]
    faults = [*_unreached(spoken, files), *_misnamed(files)]
    with speaking(spoken):
        faults += [*_hidden_labels(files), *_hidden_patterns(files)]
    order = {file.shown: at for at, file in enumerate(files)}
    return sorted(faults, key=lambda fault: (order.get(_file_of(fault), 0), _line_of(fault)))


def _file_of(fault: Fault) -> str:
    return re.sub(r":[0-9]+$", "", fault.place)


def _line_of(fault: Fault) -> int:
    found = re.search(r":([0-9]+)$", fault.place)
    return int(found[1]) if found else 0


# --- grammars ---------------------------------------------------------------------------------------------------------


def _unreached(spoken: Language, files: Sequence[GrammarFile]) -> Iterator[Fault]:
    """Rules and terminals that no way leads to from `start`."""
    for grammar in GRAMMARS:
        parser = spoken.parsers[grammar]
        reached = {rule.origin.name for rule in parser.rules} | {terminal.name for terminal in parser.terminals}
        for file in members(grammar, files):
            for found in _DEFINED.finditer(file.text):
                if found["name"] not in reached:
                    yield Fault("unreached", _at(file, found.start()), {"name": found["name"]})


def _misnamed(files: Sequence[GrammarFile]) -> Iterator[Fault]:
    """Files without their official term, sections whose heading is not called after them."""
    for file in files:
        if not file.path.endswith(".lark") or "%override" in file.text:
            continue
        if not _TERM.match(file.text):
            yield Fault("no_term", f"{file.shown}:1")
        headings = list(_HEADING.finditer(file.text))
        wanted = f"{file.path.rpartition('/')[2].removesuffix('.lark').upper()}_HEADING"
        if file.path.startswith("sections/") and headings and [found[1] for found in headings] != [wanted]:
            yield Fault("misnamed", _at(file, headings[0].start()), {"name": headings[0][1], "wanted": wanted})


def _at(file: GrammarFile, offset: int) -> str:
    line = file.text.count("\n", 0, offset) + 1
    return f"{file.shown}:{line}"


# --- the lexicon ------------------------------------------------------------------------------------------------------


def _hidden_labels(files: Sequence[GrammarFile]) -> Iterator[Fault]:
    """Wordings that two identifiers claim: only the last one is ever found."""
    claimed: dict[str, tuple[str, str]] = {}
    for file in files:
        if file.path != f"{LEXICON}labels.toml":
            continue
        for identifier, wordings in parsed(file).get("labels", {}).items():
            for wording in wordings:
                folded = lexicon().fold(wording)
                place = _place_of(file, identifier, wording)
                if folded in claimed:
                    other, where = claimed[folded]
                    kind = "twice" if other == identifier else "hidden"
                    yield Fault(kind, where, {"entry": wording, "name": other, "other": identifier, "where": place})
                claimed[folded] = identifier, place


def _place_of(file: GrammarFile, key: str, wording: str) -> str:
    """Where a wording stands in the list of a key."""
    is_below = False
    for number, line in enumerate(file.text.split("\n"), start=1):
        is_below = is_below or re.match(rf"{re.escape(key)}\s*=", line) is not None
        if is_below and f'"{wording}"' in line:
            return f"{file.shown}:{number}"
    return file.at(wording)


def _hidden_patterns(files: Sequence[GrammarFile]) -> Iterator[Fault]:
    """Words of a concept that name another one: an entry elsewhere takes them first."""
    for file in files:
        if file.path != f"{LEXICON}concepts.toml":
            continue
        for entry in parsed(file).get("concept", []):
            for pattern in (*entry.get("patterns", []), *entry.get("whole", []), *entry.get("bare", [])):
                if _NO_WORDS.search(pattern):
                    continue
                concept = concept_lexicon().label(pattern).concept
                if str(concept) != entry["name"]:
                    other = str(concept) if concept else "-"
                    values = {"entry": pattern, "name": entry["name"], "other": other}
                    yield Fault("taken", file.at(f'"{pattern}"'), values)
