"""Where everything of the language stands: the file and line of each rule, terminal and entry of the lexicon.

Whoever explains the language, checks or documents it, asks here. With overlays it is their lines that are told where
they decide: what replaces an earlier definition, what is added to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from attrs import evolve, field, frozen

from yusuan.compiler.language.declared import is_declaration, is_identifier
from yusuan.compiler.language.files import LEXICON, GrammarFile
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.language.places import Entry, Key, term


def shown(file: str) -> str:
    """A file or folder of the built-in grammar as people are told of it."""
    return f"grammar/{file}"


@frozen(slots=True)
class GrammarIndex:
    """The index of some grammar files.

    Attributes:
        files: those of the built-in grammar, then those that lie over it.
    """

    files: Sequence[GrammarFile] = field(repr=False)
    _terms: dict[str, str] = field(init=False, factory=dict, repr=False)
    _symbols: dict[tuple[str, str], Entry] = field(init=False, factory=dict, repr=False)
    _hooks: dict[tuple[str, str], list[Entry]] = field(init=False, factory=lambda: defaultdict(list), repr=False)
    _entries: dict[tuple[str, Key], Entry] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        counts: dict[tuple[str, Key], int] = defaultdict(int)
        for file in self.files:
            said = term(file.path, file.text)
            if said is not None:
                self._terms.setdefault(file.path, said)
            if file.path.startswith(LEXICON):
                self._add_lexicon(file, counts)
        for file in self.files:
            if is_declaration(file.path):
                self._add_declaration(file)
        for grammar in GRAMMARS:
            for file in members(grammar, self.files):
                self._add_grammar(grammar, file)

    def _add_grammar(self, grammar: str, file: GrammarFile) -> None:
        for entry in file.entries():
            key = grammar, entry.name
            if entry.kind == "hook":
                self._hooks[key].append(entry)
                continue
            if entry.replaces:
                self._hooks.pop(key, None)
            self._symbols[key] = entry

    def _add_declaration(self, file: GrammarFile) -> None:
        """The rule and the header that a declared kind is, and its wordings, which are labels."""
        entries = file.entries()
        name = file.path.rpartition("/")[2].removesuffix(".toml")
        if any(one.path[:1] == ("header",) or one.path[2:] == ("required",) for one in entries):
            whole = Entry("rule", name, file.path, file.shown, 1)
            self._symbols.setdefault(("table", name), whole)
            header = f"{name.upper()}_HEADER"
            about = " ".join(one.about for one in entries if one.path[:1] == ("header",) and one.about) or None
            self._symbols.setdefault(("table", header), evolve(whole, kind="terminal", name=header, about=about))
        for found in entries:
            if found.kind == "value" and found.path[2:3] == ("labels",) and not is_identifier(found.name):
                key = "labels", f"{name}__{found.path[1]}", found.name
                self._entries.setdefault(("labels", key), evolve(found, path=key))

    def _add_lexicon(self, file: GrammarFile, counts: dict[tuple[str, Key], int]) -> None:
        name = _stem(file.path)
        before = dict(counts)
        for found in file.entries():
            # The tables of a list that have no names stand behind those of earlier files.
            path = tuple(
                part + before.get((name, found.path[:at]), 0) if isinstance(part, int) else part
                for at, part in enumerate(found.path)
            )
            if isinstance(path[-1], int):
                counts[name, path[:-1]] = path[-1] + 1
            entry = evolve(found, path=path)
            if entry.replaces and (name, path) in self._entries:
                for old in [key for key in self._entries if key[0] == name and key[1][: len(path)] == path]:
                    del self._entries[old]
            self._entries.setdefault((name, path), entry)

    # --- asking -------------------------------------------------------------------------------------------------------

    def symbol(self, grammar: str, name: str) -> Entry | None:
        """A rule or terminal of a grammar; absent where it has none of that name, as Lark's `$END`."""
        return self._symbols.get((grammar, name))

    def symbols(self, grammar: str) -> tuple[Entry, ...]:
        """All rules and terminals of a grammar, in the order of the files."""
        return tuple(entry for (of, _), entry in self._symbols.items() if of == grammar)

    def hooks(self, grammar: str, name: str) -> tuple[Entry, ...]:
        """Where other files add alternatives to a rule or terminal of a grammar."""
        return tuple(self._hooks.get((grammar, name), ()))

    def entry(self, file: str, *path: str | int) -> Entry | None:
        """An entry of a lexicon (`labels`, without folder and suffix) by its key, as `grammar_places.entries` has it:
        `entry("labels", "labels", "weight", "权重")`. Absent where there is no such entry."""
        return self._entries.get((file, path))

    def entries(self, file: str) -> tuple[tuple[Key, Entry], ...]:
        """All entries of a lexicon with their keys, in the order of the files."""
        return tuple((path, entry) for (of, path), entry in self._entries.items() if of == file)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Everything of a name, whatever it is: several grammars have a terminal NUMBER."""
        everything = (*self._symbols.values(), *self._entries.values())
        return tuple(entry for entry in dict.fromkeys(everything) if entry.name == name)

    def first_file(self, grammar: str) -> str:
        """The file that a grammar is called after, as people are told of it."""
        return members(grammar, self.files)[0].shown

    def term(self, file: str) -> str | None:
        """The official term that a file is about, its first comment; absent where it has none."""
        return self._terms.get(file)

    def about(self, entry: Entry) -> str | None:
        """What an entry is, in words of the grammar: the comment above it, else the term of its file."""
        return entry.about or self.term(entry.file)


@of_language
def grammar_index(language: Language) -> GrammarIndex:
    """The index, made once for each language."""
    return GrammarIndex(language.files)


def _stem(path: str) -> str:
    return path.removeprefix(LEXICON).removesuffix(".toml")
