"""Overlays at work: the language with what local dialects add to it, tried out before anything is read in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from yusuan.compiler.checks.words import check_words
from yusuan.compiler.concepts import concept_lexicon
from yusuan.compiler.grammar_files import LEXICON, Folder, GrammarFile, GrammarFileError, built_in, overlay, parsed
from yusuan.compiler.grammar_loader import GRAMMARS, Language, load, speaking
from yusuan.compiler.lexer import line_classifier, region_lexer
from yusuan.compiler.lexicon import lexicon

# What is made of the language before a report can be read: each takes another part of it.
_MAKERS: Final[tuple[Callable[[], object], ...]] = (lexicon, concept_lexicon, check_words, line_classifier)
_CLAUSES: Final = tuple(name for name, files in GRAMMARS.items() if files[0].startswith("clauses/"))


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
    with speaking(spoken):
        for make in (*_MAKERS, *(lambda name=name: region_lexer(name) for name in _CLAUSES)):
            try:
                make()
            # Whatever an entry makes go wrong.
            except (re.error, ValueError, KeyError, TypeError, AttributeError) as error:
                raise GrammarFileError(_blame(error, folders)) from error


def _blame(error: Exception, folders: Iterable[Folder]) -> str:
    """What is wrong, with the place in a folder that it is about."""
    files = [file for folder in folders for file in folder.files if file.path.startswith(LEXICON)]
    if isinstance(error, re.error):
        for file, text in _texts(files):
            try:
                re.compile(text)
            except re.error as reason:
                return f"{file.at(text)}: {text}: {reason}"
    quoted = re.findall(r"'([^']+)'", str(error))
    for file, text in _texts(files):
        if text in quoted:
            return f"{file.at(text)}: {error}"
    shown = ", ".join(folder.source.name for folder in folders)
    return f"{shown}: {type(error).__name__}: {error}"


def _texts(files: Iterable[GrammarFile]) -> Iterator[tuple[GrammarFile, str]]:
    for file in files:
        for text in _within(parsed(file)):
            yield file, text


def _within(value: Any) -> Iterator[str]:
    """Every text in a value of TOML, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)
