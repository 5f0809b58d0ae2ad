"""Whether the language is sound: grammars without conflicts, nothing that is never reached, names as they should be.

What is found is a fault with its place; the words that say it, and what to do, are those of the commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import field, frozen

from yusuan.compiler.language.files import LEXICON, Folder, GrammarFileError
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import GRAMMARS, build, language, load, speaking
from yusuan.compiler.language.naming import NAMING, concept_lexicon
from yusuan.compiler.language.places import Entry
from yusuan.compiler.overlays import try_out
from yusuan.compiler.workbench.written import Definitions, WrittenTerminal, definitions

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
        return [Fault("broken", error.place, {"reason": error.reason})]
    with speaking(spoken):
        faults = [*_unreached(), *_misnamed(), *_hidden_labels(), *_hidden_patterns()]
    order = {file.shown: at for at, file in enumerate(files)}
    faults.sort(key=lambda found: (order[found[0].shown], found[0].line))
    return [fault for _, fault in faults]


# What is found, and where it is to be told.
_Found = tuple[Entry, Fault]


def _found(name: str, at: Entry, /, **values: str) -> _Found:
    return at, Fault(name, at.place, values)


# --- grammars ---------------------------------------------------------------------------------------------------------


def _unreached() -> Iterator[_Found]:
    """Rules and terminals that no way leads to from `start`."""
    written = definitions(language())
    for grammar in GRAMMARS:
        parser = language().parsers[grammar]
        reached = {terminal.name for terminal in parser.terminals}
        reached |= {symbol.name for rule in parser.rules for symbol in (rule.origin, *rule.expansion)}
        # A terminal that only others name is a part of theirs.
        for terminal in parser.terminals:
            known = written.get((grammar, terminal.name))
            if isinstance(known, WrittenTerminal):
                reached.update(*known.names, *_ends(written, grammar, known))
        for entry in grammar_index().symbols(grammar):
            if entry.name not in reached:
                yield _found("unreached", entry, name=entry.name)


def _ends(written: Definitions, grammar: str, terminal: WrittenTerminal) -> Iterator[frozenset[str]]:
    """What ends the gaps of a terminal, and what that is made of."""
    for name in terminal.ends:
        ends = written.get((grammar, name))
        if isinstance(ends, WrittenTerminal):
            yield frozenset({name}).union(*ends.names)


def _misnamed() -> Iterator[_Found]:
    """Files without their official term, sections whose heading is not called after them."""
    for file in language().files:
        if not file.path.endswith(".lark"):
            continue
        # What only adds to a file, or replaces in it, has its term.
        if grammar_index().term(file.path) is None:
            yield _found("no_term", Entry("file", file.path, file.path, file.shown, 1))
        defined = [entry for entry in file.entries() if entry.kind == "terminal" and not entry.replaces]
        headings = [entry for entry in defined if entry.name.endswith("_HEADING")]
        wanted = f"{file.path.rpartition('/')[2].removesuffix('.lark').upper()}_HEADING"
        if file.path.startswith("sections/") and headings and [entry.name for entry in headings] != [wanted]:
            yield _found("misnamed", headings[0], name=headings[0].name, wanted=wanted)


# --- the lexicon ------------------------------------------------------------------------------------------------------


def _hidden_labels() -> Iterator[_Found]:
    """Wordings that two identifiers claim: only the last one is ever found."""
    claimed: dict[str, tuple[str, Entry]] = {}
    # Identifiers have the order of the whole lexicon, whichever file adds to them.
    order = list(language().lexicon["labels"]["labels"])
    for identifier, entry in sorted(_texts("labels", "labels"), key=lambda text: order.index(text[0])):
        folded = lexicon().fold(entry.name)
        if folded in claimed:
            other, where = claimed[folded]
            kind = "twice" if other == identifier else "hidden"
            yield _found(kind, where, entry=entry.name, name=other, other=identifier, where=entry.place)
        claimed[folded] = identifier, entry


def _hidden_patterns() -> Iterator[_Found]:
    """Words of a concept that name another one: an entry elsewhere takes them first."""
    for name, entry in _texts("concepts", "concept"):
        if entry.path[2] not in NAMING or _NO_WORDS.search(entry.name):
            continue
        concept = concept_lexicon().label(entry.name).concept
        if str(concept) != name:
            yield _found("taken", entry, entry=entry.name, name=name, other=str(concept) if concept else "-")


def _texts(lexicon_file: str, table: str) -> Iterator[tuple[str, Entry]]:
    """Every text in the lists of a table, with the name of what has the list; also those that a file repeats."""
    for file in language().files:
        if file.path == f"{LEXICON}{lexicon_file}.toml":
            for entry in file.entries():
                if entry.kind == "value" and entry.path[0] == table:
                    yield str(entry.path[1]), entry
