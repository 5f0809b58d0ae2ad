"""Characters as they are meant, whatever they are spelled with: radicals that look like characters, entities of HTML.

Programs write the radical that looks like a character (⻔ for 门) when they take text off a page, and leave entities of
a web page in it (&ge; for ≥). Both are read as what they stand for, and said once a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import unescape
from typing import Final

from yusuan.compiler.language.loader import Language, of_language
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.source import SourceFile

# Blocks of characters that Unicode maps one for one onto those that they look like.
_LOOK_ALIKE: Final = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_DRAWN: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Some entities stand for the & of another one.
_MOST_PASSES: Final = 2


def as_meant(text: str, language: Language) -> tuple[str, tuple[Diagnostic, ...]]:
    """A text with its characters as they are meant, and what was read as another character.

    Lines stay; behind an entity the columns of its line are those of the text as it is meant.
    """
    found: list[Diagnostic] = []
    if "&" in text and _ENTITY.search(text) is not None:
        text = _without_entities(text, found)
    drawn = _DRAWN.search(text)
    if drawn is not None:
        text = _without_radicals(text, drawn.start(), language, found)
    return text, tuple(sorted(found, key=lambda one: one.span.start))


def _without_entities(text: str, found: list[Diagnostic]) -> str:
    first: tuple[str, int] | None = None
    count = 0

    def character(entity: re.Match[str]) -> str:
        nonlocal first, count
        plain = unescape(entity[0])
        if plain == entity[0] or not (plain.isprintable() or plain.isspace()):
            return entity[0]
        # A line end in an entity ends no line of the file.
        plain = " " if plain in "\t\r\n\v\f" else plain
        first = first or (entity[0], entity.start())
        count += 1
        return plain

    bare = _ENTITY.sub(character, text)
    for _ in range(_MOST_PASSES - 1):
        bare = _ENTITY.sub(character, bare)
    if first is not None:
        span = SourceFile("", bare).span(first[1], first[1])
        found.append(codes.SPELLED_OTHERWISE.at(span, "entity", written=first[0], count=count))
    return bare


def _without_radicals(text: str, at: int, language: Language, found: list[Diagnostic]) -> str:
    bare = text.translate(look_alikes(language))
    changed = [place for place, (one, other) in enumerate(zip(text[at:], bare[at:], strict=True), at) if one != other]
    if changed:
        first = changed[0]
        span = SourceFile("", bare).span(first, first + 1)
        written, plain = text[first], bare[first]
        found.append(codes.SPELLED_OTHERWISE.at(span, "radical", written=written, plain=plain, count=len(changed)))
    return bare


@of_language
def look_alikes(language: Language) -> Mapping[int, str]:
    """The characters that are drawn like others, onto those: what Unicode says, and what the lexicon adds."""
    pages = language.lexicon["characters"]["pages"]
    table = {
        code: plain
        for block in _LOOK_ALIKE
        for code in block
        if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1 and plain != chr(code)
    }
    return table | dict(zip(map(ord, pages["drawn"]), pages["read"], strict=True))
