"""Loads the language: from a cache, or else what `building.py` makes of the files.

Grammar analysis is paid once for each user and version. The cache holds plain JSON (parse tables are data, so reading a
cache can run nothing; `cache.py` says which is trusted), keyed by a digest over every grammar file, the Lark and the
Python version; one that is stale, broken or not ours is rebuilt. The loader is the only place of the compiler that
reads files besides the command line.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from importlib import resources
from importlib.abc import InspectLoader
from importlib.util import find_spec
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from attrs import field, frozen

from yusuan.compiler.language.cache import cache_path, read_cache, write_cache
from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.language.entries import UNSEEN, Entries, Probe
from yusuan.compiler.language.files import Folder, GrammarFile, blamed_place, blaming, built_in
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.parsers import Parser, Parsers
from yusuan.ir.contract import contract_files, tell
from yusuan.ir.document import GrammarSource

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")
_LOG: Final = logging.getLogger(__name__)

CACHE_FORMAT: Final = 10
_BUILDERS: Final = (
    "admission.py",
    "analysis.py",
    "building.py",
    "declarations.py",
    "declared.py",
    "expressions.py",
    "files.py",
    "folders.py",
    "folding.py",
    "grammars.py",
    "header_patterns.py",
    "lexicon_files.py",
    "lexicon_shapes.py",
    "parsers.py",
    "placeholders.py",
    "places.py",
    "said_sheets.py",
    "starts.py",
    "structuring.py",
    "terminals.py",
    "wholeness.py",
)
_OF_IR: Final = ("contract.py", "kinds.py")


@frozen(slots=True)
class Language:
    """Everything that the grammar folder says, ready for use: a value, which threads may share.

    Attributes:
        parsers: LALR(1) parsers by grammar name; they read tokens, not text.
        patterns: for each grammar, its terminals' patterns in the order in which a lexer tries them.
        starts: for each of them the characters that a match can start with, as the inside of a set in brackets; absent
            where it can be any, or a match can have none.
        needs: likewise characters of which every match holds one; absent where none are known.
        lexicon: the TOML files by name, as read.
        gaps: the terminal of a grammar that takes what all others leave, with the pattern of what it goes over besides;
            only of grammars that have one.
        parents: for each section rule, the section rule that it hangs in, absent for those of the whole report.
        lists: the section rules that are lists of entries, by `_list` of report.lark.
        holders: the section rules inside which sections of the whole report can stand, by `_matters` of report.lark.
        declared: the kinds of tables that files declare, by their names, which are rules of the table grammar.
        sources: the folders of which it is made, the built-in one first.
        files: the files of these folders.
        probe: where things that are made of it come from.
        made: what `of_language` has made of it so far; nothing else reads or writes it.
    """

    parsers: Mapping[str, Parser]
    patterns: Mapping[str, Mapping[str, str]]
    starts: Mapping[str, Mapping[str, str | None]]
    needs: Mapping[str, Mapping[str, str | None]]
    gaps: Mapping[str, tuple[str, str]]
    lexicon: Mapping[str, Any]
    parents: Mapping[str, str | None]
    lists: frozenset[str]
    holders: frozenset[str]
    declared: Mapping[str, Declaration]
    sources: tuple[GrammarSource, ...]
    files: tuple[GrammarFile, ...]
    probe: Probe = field(default=UNSEEN, eq=False, repr=False)
    made: dict[object, Any] = field(init=False, factory=dict, eq=False, repr=False)

    def entries(self, file: str) -> Entries:
        """The entries of a file of the lexicon, by its name without folder and suffix."""
        return self.probe.entries(file, self.lexicon[file])


def of_language(
    make: Callable[Concatenate[Language, _Arguments], _Made],
) -> Callable[Concatenate[Language, _Arguments], _Made]:
    """What a function makes of a language, made once for each language and each set of arguments.

    Two threads may both make it; one of the two, which are alike, is kept.
    """

    @wraps(make)
    def made(language: Language, /, *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Made:
        known = language.made
        key: object = (make, args, *kwargs.items()) if args or kwargs else make
        if key not in known:
            known.setdefault(key, make(language, *args, **kwargs))
        found: _Made = known[key]
        return found

    return made


@of_language
def pattern(language: Language, grammar: str, terminal: str) -> re.Pattern[str]:
    """A terminal's pattern, as it is tried on a text outside of any parser; compiled once for each language."""
    return language.probe.terminal(grammar, terminal, language.patterns[grammar][terminal])


@cache
def built_in_language() -> Language:
    """The language of the built-in grammar alone, loaded once a process."""
    return load([built_in()])


def forget_built_in() -> None:
    """Read the built-in grammar anew when it is asked for next: its files have changed."""
    built_in.cache_clear()
    built_in_language.cache_clear()


def load(folders: Sequence[Folder]) -> Language:
    """The language that folders say, later ones over earlier ones.

    Raises:
        GrammarFileError: a file is wrong.
    """
    files = [file for folder in folders for file in folder.files]
    with blaming(blamed_place(folders)):
        return _loaded(files, folders)


def _loaded(files: Sequence[GrammarFile], folders: Sequence[Folder]) -> Language:
    digest = _digest(files)
    path = cache_path(digest)
    payload = read_cache(path, digest) if path else None
    if payload is not None:
        try:
            return _from_payload(payload, folders)
        except Exception:  # a cache is never trusted: whatever is wrong with it, it is built anew
            _LOG.debug("%s cannot be used", path, exc_info=True)
    _LOG.debug("building the parsers: %s", ", ".join(folder.source.name for folder in folders))
    payload = _built(files)
    if path:
        write_cache(path, digest, payload)
    return _from_payload(payload, folders)


def _built(files: Sequence[GrammarFile]) -> dict[str, Any]:
    from yusuan.compiler.language import building  # who finds a cache needs nothing of it

    return building.build(files)


def _digest(files: Sequence[GrammarFile]) -> str:
    version = f"{CACHE_FORMAT} {sys.version_info[:2]}"
    text = "\0".join([version, _analyser(), *_builders(), *(f"{file.path}\0{file.text}" for file in files)])
    return hashlib.sha256(text.encode()).hexdigest()


def _analyser() -> str:
    """The file of Lark that states its version: who finds a cache need not load it."""
    found = find_spec("lark")
    loader = found.loader if found else None
    return (loader.get_source("lark") or "") if isinstance(loader, InspectLoader) else ""


@cache
def _builders() -> tuple[str, ...]:
    """The code that makes of the files what the cache holds, and the declarations that go with it: when they change,
    the cache is another."""
    here, ir = resources.files(__package__), resources.files("yusuan.ir")
    code = (*(here / name for name in _BUILDERS), *(ir / name for name in _OF_IR))
    return (*(one.read_text(encoding="utf-8") for one in code), *(text for _, text in sorted(contract_files().items())))


def _from_payload(payload: Mapping[str, Any], folders: Sequence[Folder]) -> Language:
    files = tuple(file for folder in folders for file in folder.files)
    tell(payload["contract"])
    grammars: Mapping[str, Mapping[str, Any]] = payload["grammars"]
    return Language(
        Parsers(_tables(payload), lambda: _tables(_built(files))),
        {name: grammar["patterns"] for name, grammar in grammars.items()},
        {name: grammar["starts"] for name, grammar in grammars.items()},
        {name: grammar["needs"] for name, grammar in grammars.items()},
        {name: tuple(grammar["gap"]) for name, grammar in grammars.items() if grammar["gap"]},
        payload["lexicon"],
        payload["parents"],
        frozenset(payload["lists"]),
        frozenset(payload["holders"]),
        declared={one.name: one for one in map(Declaration.from_plain, payload["declared"])},
        sources=tuple(folder.source for folder in folders),
        files=files,
    )


def _tables(payload: Mapping[str, Any]) -> dict[str, str]:
    return {name: payload["grammars"][name]["tables"] for name in GRAMMARS}
