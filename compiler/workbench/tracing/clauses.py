"""What a clause grammar made of a text, or why it could not read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.from_target import read_target
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.clauses.phrases import phrases_of, start_of
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.naming import Label, concept_lexicon
from yusuan.compiler.language.parsers import END, Tree, UnexpectedInput
from yusuan.compiler.workbench.tracing.notes import Note, Places, note, quote
from yusuan.compiler.workbench.tracing.observing import Evidence, Observation, Region, rule_name
from yusuan.compiler.workbench.tracing.views import Lines, lines_of, overlaps
from yusuan.ir.records import Amount

_MOST_EXPECTED: Final = 16
# Phrases that hold a figure, which may state an amount.
_FIGURES: Final = frozenset({"amount", "bare", "rate", "share", "change", "flat"})
Asked = Sequence[tuple[int, int, Label]]
"""The labels that were looked up for a phrase: their ranges in the text of the region."""

_SOURCE: Final = "concepts"


@frozen(slots=True)
class Misread:
    """Why a grammar cannot read a text.

    Attributes:
        at: offset of the token that does not fit; the text's length for its end.
        type: the terminal of that token; `$END` for the end.
        text: what it is.
        expected: the terminals that would fit, in order of their names.
        rules: the rules that were under way: those in which one of these stands behind the symbol before it.
    """

    at: int
    type: str
    text: str
    expected: tuple[str, ...]
    rules: tuple[str, ...]


def fault_of(language: Language, grammar: str, text: str) -> Misread | None:
    """Why a clause grammar cannot read a text; absent where it can."""
    try:
        parse_region(language, grammar, text)
    except UnexpectedInput as error:
        token: BlockToken | None = error.token
        at, stop, name = (token.start, token.end, token.type) if token else (len(text), len(text), END)
        return Misread(at, name, text[at:stop], error.expected, tuple(_open_rules(language, grammar, error)))
    return None


def _open_rules(language: Language, grammar: str, error: UnexpectedInput) -> Iterator[str]:
    """The rules in which an expected terminal follows what was read last."""
    before = error.before
    last = rule_name(before) if isinstance(before, Tree) else getattr(before, "type", None)
    found: dict[str, None] = {}
    for rule in language.parsers[grammar].rules:
        for one, other in pairwise(rule.symbols):
            if one == last and other in error.expected:
                found.setdefault(rule.name)
    yield from found


# --- regions ----------------------------------------------------------------------------------------------------------


def region_lines(seen: Observation, region: Region) -> Lines:
    """The lines that a region stands on."""
    if region.start is None:
        return lines_of(seen.source, region.anchor, region.anchor)
    return lines_of(seen.source, region.start, region.behind(len(region.text)))


def explain_region(seen: Observation, region: Region, wanted: Lines) -> Note:
    """What a clause grammar made of a text: of the wanted lines its phrases and tokens, and what they state."""
    grammar, text = region.grammar, region.text
    values = {"grammar": grammar, "place": seen.places.grammar(grammar), "about": seen.places.about(grammar, "start")}
    fault = fault_of(seen.language, grammar, text)
    if fault is not None:
        return note("clause.unread", *_fault(seen, region, fault), text=quote(text), **values)
    tree: Tree[BlockToken] = parse_region(seen.language, grammar, text)
    notes = []
    for phrase in phrases_of(tree) if grammar == "amount" else tree.children:
        if overlaps(_phrase_lines(seen, region, phrase), wanted):
            notes.append(_phrase(seen.places, region, phrase, _stated(seen, region, phrase)))
    if grammar == "target":
        notes += _target(seen.language, text)
    return note("clause.read", *notes, text=quote(text), **values)


def explain_text(seen: Observation, region: Region, wanted: Lines) -> Note:
    """The same of running text, with the lines that it stands on."""
    found = explain_region(seen, region, wanted)
    first, last = region_lines(seen, region)
    key = found.key.replace("clause.", "text.") + ("" if first == last else "_lines")
    return note(key, *found.notes, first=first, last=last, **found.values)


def _phrase_lines(seen: Observation, region: Region, phrase: Tree[BlockToken] | BlockToken) -> Lines:
    tokens = list(_tokens(phrase))
    if region.start is None or not tokens:
        return region_lines(seen, region)
    return lines_of(seen.source, region.at(tokens[0].start), region.behind(tokens[-1].end))


def _tokens(node: Tree[BlockToken] | BlockToken) -> Iterator[BlockToken]:
    if isinstance(node, BlockToken):
        yield node
        return
    for child in node.children:
        yield from _tokens(child)


def _phrase(places: Places, region: Region, node: Tree[BlockToken] | BlockToken, stated: Iterable[Note] = ()) -> Note:
    grammar = region.grammar
    if isinstance(node, BlockToken):
        text, place = (
            quote(region.text[node.start : node.end]),
            _token_place(places, region, node.type, node.start, node.end),
        )
        return note("clause.token", *stated, name=node.type, text=text, place=place)
    name = rule_name(node)
    inner = [_phrase(places, region, child) for child in node.children]
    parts = [child.type if isinstance(child, BlockToken) else rule_name(child) for child in node.children]
    return note("clause.phrase", *inner, *stated, name=name, place=places.rule(grammar, name, parts))


def _token_place(places: Places, region: Region, name: str, start: int, end: int) -> str:
    """Where a terminal says that it takes a range of a region."""

    def takes(pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(region.text, start)
        return found if found is not None and found.end() == end else None

    return places.symbol(region.grammar, name, takes)


# --- faults -----------------------------------------------------------------------------------------------------------


def _fault(seen: Observation, region: Region, fault: Misread) -> Iterator[Note]:
    grammar = region.grammar
    key = "fault.end" if fault.type == END else "fault.token"
    where = {"character": fault.at + 1}
    if region.start is not None:
        line, column = seen.source.position(region.at(fault.at))
        key, where = f"{key}_at", {"line": line, "column": column}
    place = _token_place(seen.places, region, fault.type, fault.at, fault.at + len(fault.text))
    about = seen.places.about(grammar, fault.type)
    yield note(key, text=quote(fault.text), name=fault.type, place=place, about=about, **where)
    for rule in fault.rules:
        place, about = seen.places.symbol(grammar, rule), seen.places.about(grammar, rule)
        yield note("fault.rule", name=rule, place=place, about=about)
    for name in fault.expected[:_MOST_EXPECTED]:
        if name == END:
            yield note("fault.expected_end")
            continue
        place, about = seen.places.symbol(grammar, name), seen.places.about(grammar, name)
        yield note("fault.expected", name=name, place=place, about=about)
    if len(fault.expected) > _MOST_EXPECTED:
        yield note("fault.more", count=len(fault.expected) - _MOST_EXPECTED)
    yield note("fault.mend", file=seen.places.grammar(grammar), name=fault.type, grammar=grammar)


# --- what is stated ---------------------------------------------------------------------------------------------------


def _target(language: Language, text: str) -> Iterator[Note]:
    for bound in read_target(language, text).bounds or ():
        values = {
            "text": quote(bound.text),
            "operator": bound.operator,
            "value": _number(bound.value),
            "upper": _number(bound.upper),
            "unit": bound.unit or "-",
        }
        yield note("target.between" if bound.upper is not None else "target.bound", **values)


def _number(value: object) -> str:
    return "-" if value is None else str(value)


def _stated(seen: Observation, region: Region, phrase: Tree[BlockToken] | BlockToken) -> Iterator[Note]:
    """What the reader of amounts made of a phrase: the labels that it looked up, the amounts that it stated."""
    if region.grammar != "amount":
        return
    at = start_of(phrase)
    asked: Asked = region.asked.get(at, ())
    for start, end, _ in asked:
        yield _label(seen, region.text[start:end])
    stated = region.stated.get(at, [])
    if isinstance(phrase, Tree) and not stated and rule_name(phrase) in _FIGURES:
        yield note("amount.none")
    rules = [_rule(seen, region, evidence) for evidence in region.answered.get(at, ())]
    for amount in stated:
        yield _amount(seen, region, amount, asked, rules)
    if not stated:
        yield from rules


def _rule(seen: Observation, region: Region, evidence: Evidence) -> Note:
    """Which rule said what the words of a figure leave open, and by which words."""
    place = ""
    if evidence.at is not None:
        start, end = evidence.at
        blank = len(region.text[start:end]) - len(region.text[start:end].lstrip())
        line, column = seen.source.position(region.at(start + blank))
        place = f" ({quote(region.text[start:end].strip())}, {line}:{column})"
    return note(f"rule.{evidence.question}.{evidence.rule}", place=place)


def _label(seen: Observation, text: str) -> Note:
    """By which patterns of the concept lexicon a label names what it names."""
    concepts, places = concept_lexicon(seen.language), seen.places
    naming = concepts.naming(text)
    notes = []
    if naming.scope is not None:
        scope = concepts.scope(naming.scope)
        notes.append(
            note("label.scope", word=naming.scope, scope=scope, place=places.entry(_SOURCE, "scope", naming.scope))
        )
    concept, words = naming.concept, quote(naming.words)
    if concept is not None and naming.pattern is not None:
        place = places.entry(_SOURCE, "concept", str(concept), naming.kind, naming.pattern)
    elif concept is not None and naming.kind != "classified":
        place = places.entry(_SOURCE, "concept", str(concept))
    elif naming.kind in ("classified", "generic"):
        place = places.entry(_SOURCE, "words", naming.kind)
    else:
        place = places.entry(_SOURCE)
    return note(f"label.{naming.kind}", *notes, text=quote(text.strip()), words=words, concept=concept, place=place)


def _amount(seen: Observation, region: Region, amount: Amount, asked: Asked, rules: Iterable[Note]) -> Note:
    """An amount that was stated, where its words are, and by which rules it is what it is."""
    notes = []
    label = amount.label
    if label is None:
        notes.append(note("amount.no_words"))
    else:
        start = label.span.start
        is_own = any(region.at(first) <= start < region.behind(end) for first, end, _ in asked)
        key = "amount.words" if is_own else "amount.inherited"
        notes.append(note(key, words=quote(label.text), line=label.span.line, column=label.span.column))
    notes += rules
    kept = any(one.span == amount.span and one.measure is amount.measure for one in seen.document.amounts)
    if not kept:
        notes.append(note("amount.dropped"))
    facts = {
        "measure": amount.measure,
        "value": amount.value.value,
        "unit": amount.unit,
        "period": amount.period,
        "scope": amount.scope,
        "base": amount.base,
        "code": amount.code,
    }
    stated = "  ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
    return note("amount.stated" if kept else "amount.not_kept", *notes, concept=amount.concept, facts=stated)
