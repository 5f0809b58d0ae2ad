"""Loads the language: joins the `.lark` files, reads the lexicon, builds the LALR(1) parsers or gets them from a cache.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib import resources
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import lark
from attrs import field, frozen
from lark import Lark
from lark.exceptions import LarkError
from lark.lexer import Lexer, LexerState

from yusuan.compiler.language import placeholders, terminals, wholeness
from yusuan.compiler.language.admission import admit
from yusuan.compiler.language.cache import cache_path, read_cache, write_cache
from yusuan.compiler.language.declarations import Declaration, declarations
from yusuan.compiler.language.entries import UNSEEN, Entries, Probe
from yusuan.compiler.language.files import (
    CLAUSES,
    Folder,
    GrammarFile,
    GrammarFileError,
    blamed_place,
    blaming,
    built_in,
    lexicons,
)
from yusuan.compiler.language.starts import starts
from yusuan.ir.document import GrammarSource

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")
_LOG: Final = logging.getLogger(__name__)

CACHE_FORMAT: Final = 7
_BUILDERS: Final = (
    "admission.py",
    "declarations.py",
    "expressions.py",
    "files.py",
    "folders.py",
    "folding.py",
    "lexicon_shapes.py",
    "loader.py",
    "placeholders.py",
    "places.py",
    "shapes.py",
    "starts.py",
    "terminals.py",
    "wholeness.py",
)

# Each grammar is the text of its files, joined; a folder means all its files in order of their names. Every file of
# clauses/ is a grammar of its own.
GRAMMARS: Final[dict[str, tuple[str, ...]]] = {
    "report": ("report.lark", "sections/"),
    "table": ("table.lark", "tables/"),
    "line": ("line.lark",),
    **{
        file.path.removeprefix(CLAUSES).removesuffix(".lark"): (file.path,)
        for file in built_in().files
        if file.path.startswith(CLAUSES)
    },
}


class TokenFeed(Lexer):
    """Hands tokens that a lexer of ours has made to Lark's parser."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[Any]:  # noqa: ARG002
        return iter(lexer_state.text)  # type: ignore[call-overload, no-any-return]


@frozen(slots=True)
class Language:
    """Everything that the grammar folder says, ready for use: a value, which threads may share.

    Attributes:
        parsers: LALR(1) parsers by grammar name; they read tokens (`TokenFeed`), not text.
        patterns: for each grammar, its terminals' patterns in the order in which a lexer tries them.
        starts: for each of them the characters that a match can start with, as the inside of a set in brackets; absent
            where it can be any, or a match can have none.
        lexicon: the TOML files by name, as read.
        parents: for each section rule, the section rule that it hangs in, absent for those of the whole report.
        lists: the section rules that are lists of entries, by `_list` of report.lark.
        declared: the kinds of tables that files declare, by their names, which are rules of the table grammar.
        sources: the folders of which it is made, the built-in one first.
        files: the files of these folders.
        probe: where things that are made of it come from.
        made: what `of_language` has made of it so far; nothing else reads or writes it.
    """

    parsers: Mapping[str, Lark]
    patterns: Mapping[str, Mapping[str, str]]
    starts: Mapping[str, Mapping[str, str | None]]
    lexicon: Mapping[str, Any]
    parents: Mapping[str, str | None]
    lists: frozenset[str]
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
        key = (make, args, *kwargs.items())
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
    payload = build(files)
    if path:
        write_cache(path, digest, payload)
    return _from_payload(payload, folders)


def _digest(files: Sequence[GrammarFile]) -> str:
    version = f"{CACHE_FORMAT} {lark.__version__} {sys.version_info[:2]}"
    text = "\0".join([version, *_builders(), *(f"{file.path}\0{file.text}" for file in files)])
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _builders() -> tuple[str, ...]:
    """The code that makes of the files what the cache holds: when it changes, the cache is another."""
    here = resources.files(__package__)
    return tuple((here / name).read_text(encoding="utf-8") for name in _BUILDERS)


# --- building ---------------------------------------------------------------------------------------------------------


def build(files: Sequence[GrammarFile], *, strict: bool = False) -> dict[str, Any]:
    """Analyse the grammars and read the lexicon, as JSON values.

    Args:
        files: the files of all folders, the built-in ones first.
        strict: whether Lark shall refuse conflicts instead of resolving them (the tests do).

    Raises:
        GrammarFileError: a file is wrong.
    """
    lexicon = lexicons(files)
    placeholders.check(files, lexicon)
    wholeness.check(files, lexicon)
    for file in files:
        terminals.check_lexicon(file)
    declared = list(declarations(files, lexicon))
    files = [*files, *(grammar for _, grammar in declared)]
    return {
        "grammars": {name: _build_grammar(name, files, lexicon, strict) for name in GRAMMARS},
        "lexicon": placeholders.filled_values(lexicon, lexicon),
        "declared": [declaration.plain() for declaration, _ in declared],
    }


def members(name: str, files: Sequence[GrammarFile]) -> list[GrammarFile]:
    """The files of a grammar, in the order in which they are joined."""
    return [
        file
        for part in GRAMMARS[name]
        for file in files
        if file.path == part or (part.endswith("/") and file.path.startswith(part) and file.path.endswith(".lark"))
    ]


def _build_grammar(name: str, files: Sequence[GrammarFile], lexicon: Mapping[str, Any], strict: bool) -> dict[str, Any]:
    of_grammar = members(name, files)
    terminals.check(of_grammar)
    texts = [placeholders.filled_lines(text, lexicon) for text in terminals.prepared(of_grammar)]
    for file, text in zip(of_grammar, texts, strict=True):
        admit(file, text)
    try:
        parser = _lark("\n".join(texts), strict)
    except LarkError as error:
        raise _blamed(error, of_grammar) from error
    terminals.fill_gaps(parser, of_grammar)
    for terminal in parser.terminals:
        try:
            re.compile(terminal.pattern.to_regexp())
        except re.error as error:
            raise GrammarFileError(
                terminals.last_place(terminal.name, of_grammar), f"{terminal.name}: {error}"
            ) from error
    data, memo = parser.memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
    data["options"] = {
        key: value for key, value in data["options"].items() if isinstance(value, str | int | list | None)
    }
    # The lexer is a class of ours, which JSON does not know; `_parser` puts it back.
    data["parser"] = {**data["parser"], "lexer_conf": {**data["parser"]["lexer_conf"], "lexer_type": None}}
    first = {terminal.name: starts(terminal.pattern.to_regexp()) for terminal in parser.terminals}
    return {"data": data, "memo": memo, "starts": first}


def _lark(text: str, strict: bool) -> Lark:
    return Lark(text, parser="lalr", lexer=TokenFeed, maybe_placeholders=False, strict=strict)


def _blamed(error: LarkError, members: Sequence[GrammarFile]) -> GrammarFileError:
    """What is wrong with a faulty grammar, with the file that the fault stands in."""
    stated = re.search(r"\bline (\d+)", str(error))
    if stated:
        line = int(stated[1])
        for file in members:
            length = file.text.count("\n") + 1
            if line <= length:
                return GrammarFileError(f"{file.shown}:{line}", error)
            line -= length
    # The built-in language is sound, so what is wrong with overlays and it together is theirs.
    suspects = [file for file in members if file not in built_in().files] or members
    words = set(re.findall(r"\w{3,}", str(error)))
    guilty = [entry.place for file in suspects for entry in file.entries() if entry.name in words]
    return GrammarFileError(guilty[-1] if guilty else suspects[-1].shown, error)


# --- from and to the cache --------------------------------------------------------------------------------------------


def _from_payload(payload: Mapping[str, Any], folders: Sequence[Folder]) -> Language:
    parsers = {name: _parser(grammar) for name, grammar in payload["grammars"].items()}
    patterns = {
        name: {
            terminal.name: without_captures(terminal.pattern.to_regexp())
            for terminal in sorted(parser.terminals, key=lambda terminal: -terminal.priority)
        }
        for name, parser in parsers.items()
    }
    report = parsers["report"]
    lists = {rule.origin.name for rule in report.rules if any(symbol.name == "_list" for symbol in rule.expansion)}
    return Language(
        parsers,
        patterns,
        {name: grammar["starts"] for name, grammar in payload["grammars"].items()},
        payload["lexicon"],
        _section_parents(report),
        frozenset(lists),
        declared={one.kind.name: one for one in map(Declaration.from_plain, payload["declared"])},
        sources=tuple(folder.source for folder in folders),
        files=tuple(file for folder in folders for file in folder.files),
    )


# An escaped character, a set, or the bracket of a group without a name.
_GROUP: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<group>\()(?!\?)", re.DOTALL)


def without_captures(pattern: str) -> str:
    """A pattern whose groups without a name keep nothing: the engine spends two thirds of its time on keeping them."""
    return _GROUP.sub(lambda match: "(?:" if match["group"] else match[0], pattern)


def _parser(grammar: Mapping[str, Any]) -> Lark:
    """A parser from its tables. JSON knows only texts as keys, so the numbers among them are restored."""
    data = dict(grammar["data"])
    table = dict(data["parser"]["parser"])
    table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
    table["states"] = {
        int(state): {int(token): action for token, action in actions.items()}
        for state, actions in table["states"].items()
    }
    lexer_conf = {**data["parser"]["lexer_conf"], "lexer_type": TokenFeed}
    data["parser"] = {**data["parser"], "parser": table, "lexer_conf": lexer_conf}
    data["options"] = {**data["options"], "lexer": TokenFeed}
    memo = {int(key): value for key, value in grammar["memo"].items()}
    parser: Lark = Lark._load_from_dict(data, memo)  # type: ignore[no-untyped-call]
    return parser


def _section_parents(parser: Lark) -> dict[str, str | None]:
    """Which section hangs in which: read off the rules `_<role>_section`."""
    parents: dict[str, str | None] = {}
    for rule in parser.rules:
        hook = re.fullmatch(r"_(\w+)_section", rule.origin.name)
        if hook:
            for symbol in rule.expansion:
                parents[symbol.name] = None if hook[1] == "report" else hook[1]
    return parents
