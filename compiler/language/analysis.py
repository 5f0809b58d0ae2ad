"""Lark's analysis of a grammar: its parser, and the tables of it as plain values, which the driver of ours reads."""

from __future__ import annotations

import json
from typing import Any

from lark import Lark
from lark.grammar import Rule, Symbol
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from yusuan.compiler.language.parsers import END


class _NoLexer(Lexer):
    """Lark's parsers want a lexer; the lexers are ours."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Any:
        raise NotImplementedError


def analysed(text: str, *, strict: bool) -> Lark:
    """The parser of a grammar.

    Args:
        text: the grammar, as Lark reads it.
        strict: whether conflicts are refused instead of resolved.

    Raises:
        lark.exceptions.LarkError: it is none.
    """
    return Lark(text, parser="lalr", lexer=_NoLexer, maybe_placeholders=False, strict=strict)


def tables_of(parser: Lark) -> str:
    """The tables of a parser as JSON.

    `terminals`: their priorities by their names. `rules`: of each the name, those of its symbols, the name of its
    tree, which symbols the tree has (their places, and whether their own children stand there; absent for all as they
    are), and whether a single one of these stands for the tree. `states`: of each what to do by the next terminal, and
    where to go by a rule that was read: the number of a state, or -1 less that of a rule that is complete. `start`: the
    first state. The end is a terminal of its own, which is read in the last state.
    """
    table = parser.parser.parser._parse_table  # it has no public name
    places = {rule: at for at, rule in enumerate(parser.rules)}
    states: list[dict[str, int]] = [{} for _ in table.states]
    for state, actions in table.states.items():
        for symbol, (action, onto) in actions.items():
            states[state][str(symbol)] = onto if action is Shift else -1 - places[onto]
    # What stands behind the end is asked for nothing any more.
    states[table.end_states["start"]][END] = len(states)
    states.append({})
    tables = {
        "terminals": {str(terminal.name): terminal.priority for terminal in parser.terminals},
        "rules": [_plain(rule) for rule in parser.rules],
        "states": states,
        "start": table.start_states["start"],
    }
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"))


_Plain = tuple[str, list[str], str, list[tuple[int, bool]] | None, bool]


def _plain(rule: Rule) -> _Plain:
    name, symbols = str(rule.origin.name), rule.expansion
    label = str(rule.alias or rule.options.template_source or name)
    keeps_all = rule.options.keep_all_tokens
    kept = [(at, _is_inlined(symbol)) for at, symbol in enumerate(symbols) if keeps_all or not _is_left_out(symbol)]
    is_whole = len(kept) == len(symbols) and not any(inlined for _, inlined in kept)
    passes = bool(rule.options.expand1) and not rule.alias
    return name, [str(symbol.name) for symbol in symbols], label, None if is_whole else kept, passes


def _is_left_out(symbol: Symbol) -> bool:
    return symbol.is_term and bool(getattr(symbol, "filter_out", False))


def _is_inlined(symbol: Symbol) -> bool:
    return not symbol.is_term and symbol.name.startswith("_")
