"""Whether the language is sound: grammars without conflicts, nothing that is never reached, names as they should be.

What is found is a fault with its place; the words that say it, and what to do, are those of the commands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import field, frozen

from yusuan.compiler.language.building import build
from yusuan.compiler.language.expressions import shown
from yusuan.compiler.language.files import LEXICON, Folder, GrammarFileError, blamed_place, blaming
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, built_in_language, load
from yusuan.compiler.language.naming import NAMING, concept_lexicon
from yusuan.compiler.language.places import Entry
from yusuan.compiler.overlays import try_out
from yusuan.compiler.workbench.collisions import collisions
from yusuan.compiler.workbench.patience import busy
from yusuan.compiler.workbench.patterns import HEADING, WrittenPattern, patterns
from yusuan.compiler.workbench.written import WrittenSymbols, WrittenTerminal

# What the comment above a terminal says of others that take the same: `Tried before NAME, NAME: why`.
_ORDER: Final = re.compile(r"Tried (?P<order>before|after) (?P<names>\w+(?:, \w+)*):")
# A pattern without these characters is words, not an expression: what it names can be tried out.
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
        with blaming(blamed_place(folders)):
            build(files, strict=True)
        spoken = load(folders)
        try_out(spoken, folders[1:] or folders)
    except GrammarFileError as error:
        return [Fault("broken", error.place, {"reason": error.reason})]
    written = list(patterns(spoken))
    running = list(_busy(spoken, written))
    faults = [found for look in (_unreached, _misnamed, _unread_labels, _hidden_labels) for found in look(spoken)]
    faults += running
    # These try patterns, and might never come back.
    if not running:
        faults += [*_hidden_patterns(spoken), *_colliding(spoken, written)]
    order = {file.shown: at for at, file in enumerate(files)}
    faults.sort(key=lambda found: (order[found[0].shown], found[0].line))
    return [fault for _, fault in faults]


# What is found, and where it is to be told.
_Found = tuple[Entry, Fault]


def _found(name: str, at: Entry, /, **values: str) -> _Found:
    return at, Fault(name, at.place, values)


# --- grammars ---------------------------------------------------------------------------------------------------------


def _unreached(language: Language) -> Iterator[_Found]:
    """Rules and terminals that no way leads to from `start`."""
    written = WrittenSymbols(language)
    for grammar in GRAMMARS:
        parser = language.parsers[grammar]
        reached = {*parser.priorities}
        reached |= {symbol for rule in parser.rules for symbol in (rule.name, *rule.symbols)}
        # A terminal that only others name is a part of theirs.
        for terminal in parser.priorities:
            known = written.get((grammar, terminal))
            if isinstance(known, WrittenTerminal):
                reached.update(*known.names, *_ends(written, grammar, known))
        for entry in grammar_index(language).symbols(grammar):
            if entry.name not in reached:
                yield _found("unreached", entry, name=entry.name)


def _ends(written: WrittenSymbols, grammar: str, terminal: WrittenTerminal) -> Iterator[frozenset[str]]:
    """What ends the gaps of a terminal, and what that is made of."""
    for name in terminal.ends:
        ends = written.get((grammar, name))
        if isinstance(ends, WrittenTerminal):
            yield frozenset({name}).union(*ends.names)


def _misnamed(language: Language) -> Iterator[_Found]:
    """Files without their official term, sections whose heading is not called after them."""
    for file in language.files:
        if not file.path.endswith(".lark"):
            continue
        # What only adds to a file, or replaces in it, has its term.
        if grammar_index(language).term(file.path) is None:
            yield _found("no_term", Entry("file", file.path, file.path, file.shown, 1))
        defined = [entry for entry in file.entries() if entry.kind == "terminal" and not entry.replaces]
        headings = [entry for entry in defined if entry.name.endswith("_HEADING")]
        wanted = f"{file.path.rpartition('/')[2].removesuffix('.lark').upper()}_HEADING"
        if file.path.startswith("sections/") and headings and [entry.name for entry in headings] != [wanted]:
            yield _found("misnamed", headings[0], name=headings[0].name, wanted=wanted)


# --- patterns ---------------------------------------------------------------------------------------------------------


def _busy(language: Language, written: Sequence[WrittenPattern]) -> Iterator[_Found]:
    """Patterns that keep the engine busy. Those of the built-in language are tried with it, not with each overlay."""
    if language.sources != built_in_language().sources:
        known = {one.tried for one in patterns(built_in_language())}
        written = [one for one in written if one.tried not in known]
    found = [(written[place], length) for place, length in busy([one.tried for one in written])]
    # A built-in pattern is busy only with what an overlay brings into it.
    brought = [one for one in found if not one[0].is_built_in]
    for one, length in brought or found:
        name = shown(one.name if one.grammar is None else f"{one.name}: {one.entry.body}")
        yield _found("busy", one.entry, name=name, length=str(length))


def _colliding(language: Language, written: Sequence[WrittenPattern]) -> Iterator[_Found]:
    """Terminals of equal priority that take the same text, where no comment says which of them is tried first."""
    for grammar in GRAMMARS:
        beside = {one.name: one for one in written if one.grammar == grammar and _is_tried_beside_others(one)}
        declared = _declared_orders(language, grammar)
        for found in collisions([one.rival for one in beside.values()]):
            first, second = found.first.name, found.second.name
            if (first, "before", second) in declared or (second, "after", first) in declared:
                continue
            told, order, other = beside[first], "before", beside[second]
            # It is told to whom can mend it: an overlay, where one has a part in it.
            if told.is_built_in and not other.is_built_in:
                told, order, other = other, "after", told
            values = {"name": told.name, "order": order, "other": other.name, "where": other.entry.place}
            yield _found("collides", told.entry, **values, text=found.text)


def _is_tried_beside_others(one: WrittenPattern) -> bool:
    """Whether a lexer tries a terminal with the others of its grammar; some are asked for one by one."""
    return one.grammar != "line" and (one.grammar != "report" or one.name.endswith(HEADING))


def _declared_orders(language: Language, grammar: str) -> set[tuple[str, str, str]]:
    """Before and after which others a terminal is tried, as the comments above it in any file say."""
    return {
        (entry.name, said["order"], other)
        for entry in (
            *(entry for file in members(grammar, language.files) for entry in file.entries()),
            *grammar_index(language).symbols(grammar),
        )
        for said in _ORDER.finditer(entry.about or "")
        for other in re.findall(r"\w+", said["names"])
    }


# --- the lexicon ------------------------------------------------------------------------------------------------------


def _unread_labels(language: Language) -> Iterator[_Found]:
    """Wordings under an identifier that nothing reads: the built-in language has none of that name, no terminal of the
    table grammar is new and names it, no declared table has it, and no concept is called by it."""
    known = built_in_language().lexicon["labels"]
    read = {*known["labels"], *known["patterns"], *language.lexicon["concepts"]["table"]}
    read.update(one for declared in language.declared.values() for one in declared.identifiers)
    for name, pattern in language.patterns["table"].items():
        if pattern != built_in_language().patterns["table"].get(name):
            read.update(re.findall(r"\w+", pattern))
    for file in language.files:
        if file.path == f"{LEXICON}labels.toml":
            for entry in file.entries():
                if len(entry.path) == 2 and entry.path[0] in ("labels", "patterns") and entry.path[1] not in read:
                    yield _found("unread", entry, name=entry.name)


def _hidden_labels(language: Language) -> Iterator[_Found]:
    """Wordings that two identifiers claim: only the last one is ever found."""
    claimed: dict[str, tuple[str, Entry]] = {}
    # Identifiers have the order of the whole lexicon, whichever file adds to them.
    order = list(language.lexicon["labels"]["labels"])
    for identifier, entry in sorted(_texts(language, "labels", "labels"), key=lambda text: order.index(text[0])):
        folded = lexicon(language).fold(entry.name)
        if folded in claimed:
            other, where = claimed[folded]
            kind = "twice" if other == identifier else "hidden"
            yield _found(kind, where, entry=entry.name, name=other, other=identifier, where=entry.place)
        claimed[folded] = identifier, entry


def _hidden_patterns(language: Language) -> Iterator[_Found]:
    """Words of a concept that name another one: an entry elsewhere takes them first."""
    for name, entry in _texts(language, "concepts", "concept"):
        if entry.path[2] not in NAMING or _NO_WORDS.search(entry.name):
            continue
        concept = concept_lexicon(language).label(entry.name).concept
        if str(concept) != name:
            yield _found("taken", entry, entry=entry.name, name=name, other=str(concept) if concept else "-")


def _texts(language: Language, lexicon_file: str, table: str) -> Iterator[tuple[str, Entry]]:
    """Every text in the lists of a table, with the name of what has the list; also those that a file repeats."""
    for file in language.files:
        if file.path == f"{LEXICON}{lexicon_file}.toml":
            for entry in file.entries():
                if entry.kind == "value" and entry.path[0] == table:
                    yield str(entry.path[1]), entry
