"""Why a line is a heading, an item or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.blocks.lines import LONGEST_HEADING, LONGEST_UNKNOWN_HEADING
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.context import pattern
from yusuan.compiler.language.index import shown
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, of_language
from yusuan.compiler.workbench.tracing.notes import Note, note, quote
from yusuan.compiler.workbench.tracing.observing import Decision, Observation
from yusuan.compiler.workbench.tracing.views import style_name

_HEADING: Final = "_HEADING"


def explain_line(seen: Observation, token: BlockToken) -> Iterator[Note]:
    """Why the outline made of a line of text what it is."""
    text = seen.source.text
    if token.type in ("CONTENTS", "PAGE_MARK"):
        words = text[token.start : token.end].strip(seen.lexicon.blanks)
        said = seen.lexicon.fold(words) if token.type == "CONTENTS" else words
        place = seen.places.symbol("report", token.type, lambda one: one.fullmatch(said))
        yield note(f"line.{token.type.lower()}", name=token.type, place=place)
        return
    start, _ = seen.classifier.content(text, token.start, token.end)
    decision = seen.decisions.get(start)
    if decision is None:
        # The second part of a line whose first part is a heading.
        yield note("line.body")
        return
    yield _numbering(seen, start, decision)
    yield from _headings(seen, decision)
    if decision.rule is None and decision.style >= 0 and not decision.heading_like:
        yield _no_heading(seen, decision)
    yield _decision(decision, token.type)


def _numbering(seen: Observation, start: int, decision: Decision) -> Note:
    text = seen.source.text
    style = style_name(seen.language, decision.style)
    if style is None:
        bare = pattern(seen.language, "numbering", "BARE").match(text, start, decision.end)
        key = "line.bare" if bare else "line.unnumbered"
        place = _style_place(seen, "BARE", start, decision.end) if bare else seen.places.grammar("numbering")
        return note(key, place=place, count=len(seen.language.patterns["numbering"]))
    written = text[start : decision.title[0]]
    number = seen.classifier.classify(text, start, decision.end).number
    key = "line.numbered" if number is not None else "line.unread_number"
    place = _style_place(seen, style, start, decision.end)
    return note(key, style=style, place=place, ordinal=quote(written.strip()), number=number)


def _style_place(seen: Observation, style: str, start: int, end: int) -> str:
    return seen.places.symbol("numbering", style, lambda one: one.match(seen.source.text, start, end))


def _headings(seen: Observation, decision: Decision) -> Iterator[Note]:
    """Which heading terminals take the line's title, in the order in which they are tried; the first one wins."""
    text = seen.source.text
    start, end = decision.title
    title = text[start:end] + decision.rest
    tried = len(_heading_terminals(seen.language))
    if decision.rule is None and len(title) > LONGEST_HEADING:
        yield note("line.too_long", length=len(title), longest=LONGEST_HEADING)
        return
    front, words, names = match_headings(seen.language, title)
    if front:
        yield note("line.front", front=quote(front), place=seen.places.grammar("line"))
    if not names:
        yield note("line.no_heading", words=quote(words), count=tried, files=shown("sections/"))
    for number, name in enumerate(names):
        key = "line.heading" if number == 0 else "line.heading_later"
        place = seen.places.symbol("report", name, lambda one: one.fullmatch(front + words, len(front)))
        about = seen.places.about("report", name)
        yield note(key, name=name, words=quote(words), place=place, about=about)
    if decision.rule is not None and end < decision.end - 1:
        yield note("line.with_body", sign=quote(text[end : end + 1]))


@of_language
def _heading_terminals(language: Language) -> dict[str, re.Pattern[str]]:
    patterns = language.patterns["report"]
    return {name: re.compile(pattern) for name, pattern in patterns.items() if name.endswith(_HEADING)}


@of_language
def _fronts(language: Language) -> tuple[re.Pattern[str], ...]:
    return pattern(language, "line", "FRONT"), pattern(language, "line", "WHOSE")


def match_headings(language: Language, title: str) -> tuple[str, str, list[str]]:
    """What of a title is left out in front, the words that are compared, and the terminals that take them.

    As the line classifier does: the whole title, then what stands behind the year, then behind whose it is.
    """
    words = lexicon(language)
    if "[" in title:
        title = words.bookmark.sub("", title)
    folded = words.fold(title).rstrip(words.closing)
    at = 0
    for front in (None, *_fronts(language)):
        if front is not None:
            found = front.match(folded, at)
            if found is None or found.end() == at:
                continue
            at = found.end()
        names = [name for name, one in _heading_terminals(language).items() if one.fullmatch(folded, at)]
        if names:
            return folded[:at], folded[at:], names
    return "", folded, []


def _no_heading(seen: Observation, decision: Decision) -> Note:
    """Why a numbered line without known words does not look like a heading."""
    text = seen.source.text
    start, end = decision.title[0], decision.end
    stop = pattern(seen.language, "line", "SENTENCE").search(text, start, end)
    if end - start > LONGEST_UNKNOWN_HEADING or stop is None:
        return note("line.too_long", length=end - start, longest=LONGEST_UNKNOWN_HEADING)
    place = seen.places.symbol("line", "SENTENCE", lambda one: one.match(text, stop.start(), end))
    return note("line.sentence", sign=quote(stop[0]), place=place)


def _decision(decision: Decision, type_: str) -> Note:
    rule = (decision.rule or "").removesuffix("_section")
    return note(f"line.decision.{decision.reason}", rule=rule, type=type_)
