"""Overlays at work: the language with what local dialects add to it, tried out before anything is read in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.clauses.lexer import region_lexer
from yusuan.compiler.language.check_words import check_words
from yusuan.compiler.language.files import CLAUSES, LEXICON, Folder, GrammarFileError, built_in, overlay
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import GRAMMARS, Language, load
from yusuan.compiler.language.naming import concept_lexicon

# What is made of the language before a report can be read: each takes another part of it.
_MAKERS: Final[tuple[Callable[[Language], object], ...]] = (lexicon, concept_lexicon, check_words, line_classifier)
_CLAUSES: Final = tuple(name for name, files in GRAMMARS.items() if files[0].startswith(CLAUSES))


def with_overlays(places: Iterable[str]) -> Language:
    """The built-in language with overlays, later ones over earlier ones.

    Args:
        places: folders, or the names that installed packages give to theirs.

    Raises:
        GrammarFileError: there is no such overlay, or it is faulty. Then nothing is read: the language is never half
            replaced.
    """
    overlays = [overlay(place) for place in places]
    spoken = load([built_in(), *overlays])
    try_out(spoken, overlays or [built_in()])
    return spoken


def try_out(spoken: Language, folders: Sequence[Folder]) -> None:
    """Make of a language all that reports are read with.

    Raises:
        GrammarFileError: that fails; one of the folders is told as its place.
    """
    lexers = (partial(region_lexer, grammar=name) for name in _CLAUSES)
    makers: Iterator[Callable[[Language], object]] = chain(_MAKERS, lexers)
    for make in makers:
        try:
            make(spoken)
        # Whatever an entry makes go wrong.
        except (re.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _blamed(error, folders) from error


def _blamed(error: Exception, folders: Sequence[Folder]) -> GrammarFileError:
    """What is wrong, with the place in a folder that it is about."""
    files = (file for folder in folders for file in folder.files if file.path.startswith(LEXICON))
    # A text before the key of the table that it names.
    said = sorted((entry for file in files for entry in file.entries()), key=lambda entry: entry.kind != "value")
    if isinstance(error, re.error):
        for entry in said:
            try:
                re.compile(entry.name)
            except re.error as reason:
                return GrammarFileError(entry.place, f"{entry.name}: {reason}")
    quoted = re.findall(r"'([^']+)'", str(error))
    for entry in said:
        if entry.name in quoted:
            return GrammarFileError(entry.place, error)
    return GrammarFileError(", ".join(folder.shown for folder in folders), f"{type(error).__name__}: {error}")
