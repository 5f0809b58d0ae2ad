"""Why a line is a heading, an item or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.blocks.lines import LONGEST_HEADING, LONGEST_UNKNOWN_HEADING, line_classifier
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.index import shown
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import language, of_language
from yusuan.compiler.workbench.tracing.notes import Note, grammar_place, note, quote, symbol_about, symbol_place
from yusuan.compiler.workbench.tracing.observing import Decision, Observation
from yusuan.compiler.workbench.tracing.views import style_name

_HEADING: Final = "_HEADING"


def explain_line(seen: Observation, token: BlockToken) -> Iterator[Note]:
    """Why the outline made of a line of text what it is."""
    text = seen.source.text
    if token.type in ("CONTENTS", "PAGE_MARK"):
        words = text[token.start : token.end].strip(lexicon().blanks)
        said = lexicon().fold(words) if token.type == "CONTENTS" else words
        place = symbol_place("report", token.type, lambda pattern: pattern.fullmatch(said))
        yield note(f"line.{token.type.lower()}", name=token.type, place=place)
        return
    start, _ = line_classifier().content(text, token.start, token.end)
    decision = seen.decisions.get(start)
    if decision is None:
        # The second part of a line whose first part is a heading.
        yield note("line.body")
        return
    yield _numbering(text, start, decision)
    yield from _headings(text, decision)
    if decision.rule is None and decision.style >= 0 and not decision.heading_like:
        yield _no_heading(text, decision)
    yield _decision(decision, token.type)


def _numbering(text: str, start: int, decision: Decision) -> Note:
    style = style_name(decision.style)
    if style is None:
        bare = re.compile(language().patterns["numbering"]["BARE"]).match(text, start, decision.end)
        key = "line.bare" if bare else "line.unnumbered"
        place = _style_place("BARE", text, start, decision.end) if bare else grammar_place("numbering")
        return note(key, place=place, count=len(language().patterns["numbering"]))
    written = text[start : decision.title[0]]
    number = line_classifier().classify(text, start, decision.end).number
    key = "line.numbered" if number is not None else "line.unread_number"
    place = _style_place(style, text, start, decision.end)
    return note(key, style=style, place=place, ordinal=quote(written.strip()), number=number)


def _style_place(style: str, text: str, start: int, end: int) -> str:
    return symbol_place("numbering", style, lambda pattern: pattern.match(text, start, end))


def _headings(text: str, decision: Decision) -> Iterator[Note]:
    """Which heading terminals take the line's title, in the order in which they are tried; the first one wins."""
    start, end = decision.title
    title = text[start:end] + decision.rest
    tried = len(_heading_terminals())
    if decision.rule is None and len(title) > LONGEST_HEADING:
        yield note("line.too_long", length=len(title), longest=LONGEST_HEADING)
        return
    front, words, names = match_headings(title)
    if front:
        yield note("line.front", front=quote(front), place=grammar_place("line"))
    if not names:
        yield note("line.no_heading", words=quote(words), count=tried, files=shown("sections/"))
    for at, name in enumerate(names):
        key = "line.heading" if at == 0 else "line.heading_later"
        place = symbol_place("report", name, lambda pattern: pattern.fullmatch(front + words, len(front)))
        about = symbol_about("report", name)
        yield note(key, name=name, words=quote(words), place=place, about=about)
    if decision.rule is not None and end < decision.end - 1:
        yield note("line.with_body", sign=quote(text[end : end + 1]))


@of_language
def _heading_terminals() -> dict[str, re.Pattern[str]]:
    patterns = language().patterns["report"]
    return {name: re.compile(pattern) for name, pattern in patterns.items() if name.endswith(_HEADING)}


@of_language
def _fronts() -> tuple[re.Pattern[str], ...]:
    patterns = language().patterns["line"]
    return re.compile(patterns["FRONT"]), re.compile(patterns["WHOSE"])


def match_headings(title: str) -> tuple[str, str, list[str]]:
    """What of a title is left out in front, the words that are compared, and the terminals that take them.

    As the line classifier does: the whole title, then what stands behind the year, then behind whose it is.
    """
    if "[" in title:
        title = lexicon().bookmark.sub("", title)
    folded = lexicon().fold(title).rstrip(lexicon().closing)
    at = 0
    for front in (None, *_fronts()):
        if front is not None:
            found = front.match(folded, at)
            if found is None or found.end() == at:
                continue
            at = found.end()
        names = [name for name, pattern in _heading_terminals().items() if pattern.fullmatch(folded, at)]
        if names:
            return folded[:at], folded[at:], names
    return "", folded, []


def _no_heading(text: str, decision: Decision) -> Note:
    """Why a numbered line without known words does not look like a heading."""
    start, end = decision.title[0], decision.end
    stop = re.compile(language().patterns["line"]["SENTENCE"]).search(text, start, end)
    if end - start > LONGEST_UNKNOWN_HEADING or stop is None:
        return note("line.too_long", length=end - start, longest=LONGEST_UNKNOWN_HEADING)
    place = symbol_place("line", "SENTENCE", lambda pattern: pattern.match(text, stop.start(), end))
    return note("line.sentence", sign=quote(stop[0]), place=place)


def _decision(decision: Decision, type_: str) -> Note:
    rule = (decision.rule or "").removesuffix("_section")
    return note(f"line.decision.{decision.reason}", rule=rule, type=type_)
