"""Makes the language of its files: joins the `.lark` files, reads the lexicon, has Lark analyse the grammars.

It takes a second, so `loader.py` keeps what comes out, as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lark import Lark
from lark.exceptions import LarkError

from yusuan.compiler.language import placeholders, terminals, wholeness
from yusuan.compiler.language.admission import admit
from yusuan.compiler.language.analysis import analysed, tables_of
from yusuan.compiler.language.declarations import declarations
from yusuan.compiler.language.expressions import without_captures
from yusuan.compiler.language.files import GrammarFile, GrammarFileError, built_in
from yusuan.compiler.language.grammars import GRAMMARS, members
from yusuan.compiler.language.lexicon_files import lexicons
from yusuan.compiler.language.starts import needs, starts
from yusuan.ir.contract import read_contract


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
    grammars = {name: _analysed(name, files, lexicon, strict) for name in GRAMMARS}
    report = grammars["report"][0]
    return {
        "grammars": {name: plain for name, (_, plain) in grammars.items()},
        "parents": _section_parents(report),
        "lists": _below(report, "_list"),
        "holders": _below(report, "_matters"),
        "lexicon": placeholders.filled_values(lexicon, lexicon),
        "declared": [declaration.plain() for declaration, _ in declared],
        "contract": read_contract(),
    }


def _analysed(
    name: str, files: Sequence[GrammarFile], lexicon: Mapping[str, Any], strict: bool
) -> tuple[Lark, dict[str, Any]]:
    """A grammar's parser; as JSON values its tables, and what lexers need of its terminals."""
    of_grammar = members(name, files)
    terminals.check(of_grammar)
    texts = [placeholders.filled_lines(text, lexicon) for text in terminals.prepared(of_grammar)]
    for file, text in zip(of_grammar, texts, strict=True):
        admit(file, text)
    try:
        parser = analysed("\n".join(texts), strict=strict)
    except LarkError as error:
        raise _blamed(error, of_grammar) from error
    gap = terminals.gap_of_all(parser, of_grammar)
    terminals.fill_gaps(parser, of_grammar)
    patterns = {one.name: one.pattern.to_regexp() for one in sorted(parser.terminals, key=lambda one: -one.priority)}
    for terminal, pattern in patterns.items():
        try:
            re.compile(pattern)
        except re.error as error:
            raise GrammarFileError(terminals.last_place(terminal, of_grammar), f"{terminal}: {error}") from error
    return parser, {
        "tables": tables_of(parser),
        "patterns": {terminal: without_captures(pattern) for terminal, pattern in patterns.items()},
        "starts": {terminal: starts(pattern) for terminal, pattern in patterns.items()},
        "needs": {terminal: needs(pattern) for terminal, pattern in patterns.items()},
        "gap": gap,
    }


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


def _section_parents(parser: Lark) -> dict[str, str | None]:
    """Which section hangs in which: read off the rules `_<role>_section`."""
    parents: dict[str, str | None] = {}
    for rule in parser.rules:
        hook = re.fullmatch(r"_(\w+)_section", rule.origin.name)
        if hook:
            for symbol in rule.expansion:
                parents[symbol.name] = None if hook[1] == "report" else hook[1]
    return parents


def _below(parser: Lark, body: str) -> list[str]:
    """The section rules below whose heading stands what a rule of report.lark says."""
    return sorted({rule.origin.name for rule in parser.rules if any(symbol.name == body for symbol in rule.expansion)})
