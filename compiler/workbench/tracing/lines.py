"""Why a line is a heading, an item or neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yusuan.compiler.blocks.heading_terminals import headings
from yusuan.compiler.blocks.lines import LONGEST_HEADING, LONGEST_UNKNOWN_HEADING, LOOSE, LineClass
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.index import shown
from yusuan.compiler.language.loader import Language, pattern
from yusuan.compiler.workbench.tracing.notes import Note, note, quote
from yusuan.compiler.workbench.tracing.observing import Observation
from yusuan.compiler.workbench.tracing.views import style_name


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
    judged = seen.lines.get(start)
    if judged is None:
        # The second part of a line whose first part is a heading.
        yield note("line.body")
        return
    line = judged.line
    yield _numbering(seen, line)
    yield from _headings(seen, line)
    if line.rule is None and line.style >= 0 and not line.heading_like:
        yield _no_heading(seen, line)
    rule = (line.rule or "").removesuffix("_section")
    yield note(f"line.decision.{judged.decision.reason}", rule=rule, type=token.type)


def _numbering(seen: Observation, line: LineClass) -> Note:
    style = style_name(seen.language, line.style)
    if style is None:
        patterns = ((name, pattern(seen.language, "numbering", name)) for name in LOOSE)
        bare = (name for name, one in patterns if one.match(seen.source.text, line.start, line.end))
        name = next(bare, None)
        key = "line.bare" if name else "line.unnumbered"
        place = _style_place(seen, name, line) if name else seen.places.grammar("numbering")
        return note(key, place=place, count=len(seen.language.patterns["numbering"]))
    written = seen.source.text[line.start : line.title_start]
    key = "line.numbered" if line.number is not None else "line.unread_number"
    place = _style_place(seen, style, line)
    return note(key, style=style, place=place, ordinal=quote(written.strip()), number=line.number)


def _style_place(seen: Observation, style: str, line: LineClass) -> str:
    text = seen.source.text
    return seen.places.symbol("numbering", style, lambda one: one.match(text, line.start, line.end))


def _headings(seen: Observation, line: LineClass) -> Iterator[Note]:
    """Which heading terminals take the line's title, in the order in which they are tried; the first one wins."""
    text = seen.source.text
    title = text[line.title_start : line.title_end] + line.rest
    if line.rule is None and len(title) > LONGEST_HEADING:
        yield note("line.too_long", length=len(title), longest=LONGEST_HEADING)
        return
    if line.heading is None:
        words, tried = seen.classifier.folded_title(title), len(headings(seen.language))
        yield note("line.no_heading", words=quote(words), count=tried, files=shown("sections/"))
        return
    folded, front = line.heading.string, line.heading.start()
    if front:
        yield note("line.front", front=quote(folded[:front]), place=seen.places.grammar("line"))
    for number, name in enumerate(headings_taking(seen.language, line.heading)):
        key = "line.heading" if number == 0 else "line.heading_later"
        place = seen.places.symbol("report", name, lambda one: one.fullmatch(folded, front))
        about = seen.places.about("report", name)
        yield note(key, name=name, words=quote(folded[front:]), place=place, about=about)
    if line.title_end < line.end - 1:
        yield note("line.with_body", sign=quote(text[line.title_end : line.title_end + 1]))


def headings_taking(language: Language, heading: re.Match[str]) -> list[str]:
    """The heading terminals that take the words that one took: that one, and those that were not tried any more."""
    return headings(language).taking(heading.string, heading.start())


def _no_heading(seen: Observation, line: LineClass) -> Note:
    """Why a numbered line without known words does not look like a heading."""
    text, start, end = seen.source.text, line.title_start, line.end
    stop = pattern(seen.language, "line", "SENTENCE").search(text, start, end)
    if end - start > LONGEST_UNKNOWN_HEADING or stop is None:
        return note("line.too_long", length=end - start, longest=LONGEST_UNKNOWN_HEADING)
    place = seen.places.symbol("line", "SENTENCE", lambda one: one.match(text, stop.start(), end))
    return note("line.sentence", sign=quote(stop[0]), place=place)
