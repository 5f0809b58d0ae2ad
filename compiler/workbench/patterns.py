"""Every pattern of the language: where it stands, and what texts it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.lines import LONGEST_HEADING
from yusuan.compiler.language import placeholders
from yusuan.compiler.language.files import LEXICON, built_in
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.lexicon import LONGEST_LABEL
from yusuan.compiler.language.lexicon_shapes import Expression, leaves
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.naming import LONGEST_NAME, NAMING
from yusuan.compiler.language.places import Entry
from yusuan.compiler.workbench.collisions import Rival
from yusuan.compiler.workbench.patience import Tried

HEADING: Final = "_HEADING"
"""What the terminals of headings end in."""


@frozen(slots=True)
class WrittenPattern:
    """A pattern of the language.

    Attributes:
        entry: where it stands; of a terminal that several files extend, the last of them.
        grammar: the grammar whose terminal it is; absent in the lexicon.
        name: the terminal; in the lexicon, the pattern as written.
        tried: it, its placeholders filled in, as reports are tried with it.
        priority: that of a terminal; 0 in the lexicon.
    """

    entry: Entry
    grammar: str | None
    name: str
    tried: Tried
    priority: int = 0

    @property
    def is_built_in(self) -> bool:
        """Whether it stands in a file of the built-in language, and in no overlay."""
        return any(file.shown == self.entry.shown for file in built_in().files)

    @property
    def rival(self) -> Rival:
        """It, as it is tried beside others of its grammar."""
        return Rival(self.name, self.tried.pattern, self.priority, self.tried.is_whole)


def patterns(language: Language) -> Iterator[WrittenPattern]:
    """The patterns of a language: the terminals, then those of the lexicon."""
    index = grammar_index(language)
    for grammar, terminals in language.patterns.items():
        priorities = language.parsers[grammar].priorities
        for name, pattern in terminals.items():
            entry = (*index.hooks(grammar, name)[-1:], index.symbol(grammar, name))[0]
            if entry is not None:
                yield WrittenPattern(entry, grammar, name, _of_terminal(grammar, name, pattern), priorities[name])
    yield from _of_the_lexicon(language)


def _of_terminal(grammar: str, name: str, pattern: str) -> Tried:
    if grammar == "table":
        return Tried(pattern, is_whole=True)
    if grammar == "report" and name.endswith(HEADING):
        return Tried(pattern, LONGEST_HEADING, is_whole=True)
    return Tried(pattern)


def _of_the_lexicon(language: Language) -> Iterator[WrittenPattern]:
    for file in language.files:
        if not file.path.startswith(LEXICON):
            continue
        said = [(path, value.written) for path, value in leaves(file) if isinstance(value, Expression)]
        for (path, written), entry in zip(said, file.find_all(path for path, _ in said), strict=True):
            if entry is not None:
                filled = placeholders.filled(written, language.lexicon)
                yield WrittenPattern(entry, None, written, _of_entry(language, path, filled))


def _of_entry(language: Language, path: tuple[str | int, ...], pattern: str) -> Tried:
    if path[0] == "concept" and path[2] in NAMING:
        # A name stands at the end of a label, words that say nothing behind it.
        tail = f"{placeholders.any_of(language.lexicon['concepts']['words']['tail'])}*"
        return Tried(f"(?:{pattern}){tail}$", LONGEST_NAME)
    if path[0] == "words":
        return Tried(pattern, LONGEST_NAME)
    if path[0] in ("patterns", "remarks"):
        return Tried(pattern, LONGEST_LABEL, is_whole=path[0] == "patterns")
    return Tried(pattern)
