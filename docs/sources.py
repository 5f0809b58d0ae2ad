"""The files that the reference is of: the grammars and lexicons that are shipped, and what stands in each."""

from __future__ import annotations

from yusuan.compiler.language.files import LEXICON, GrammarFile, built_in
from yusuan.compiler.language.grammars import members
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.places import Entry, Key


def grammar_files(grammar: str) -> list[GrammarFile]:
    """The files of a grammar, in the order in which they are joined."""
    return members(grammar, built_in().files)


def grammar_term(grammar: str) -> str:
    """What a grammar is about: the official term of its first file."""
    return term_of(grammar_files(grammar)[0])


def word_files() -> list[GrammarFile]:
    """The files that hold words: the lexicons, and the tables that are declared."""
    return [file for file in built_in().files if file.path.endswith(".toml")]


def declared_files() -> list[GrammarFile]:
    """Those that declare a kind of table each."""
    return [file for file in word_files() if not file.path.startswith(LEXICON)]


def name_of(file: GrammarFile) -> str:
    """What a file of words is called: `labels` for `lexicon/labels.toml`."""
    return file.path.removeprefix(LEXICON).removesuffix(".toml")


def term_of(file: GrammarFile) -> str:
    """The official term of a file; its path where it has none."""
    return grammar_index(built_in_language()).term(file.path) or file.path


def entries_of(file: GrammarFile) -> dict[Key, Entry]:
    """What stands in a file of words, by its key, in its order."""
    return dict(grammar_index(built_in_language()).entries(name_of(file))) or {
        entry.path: entry for entry in file.entries()
    }
