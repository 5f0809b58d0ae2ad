"""What all finders of gaps share: sections with their roles, and words in the form in which reports agree on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, pattern
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section
from yusuan.ir.vocabulary import Role

NUMBER: Final = "#"
"""What stands for a number, as in the rows of the table grammar."""

_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# Behind the organization's name on the title page only: 某局（本级）.
_REMARK: Final = re.compile(r"(?<=.)\([^()]*\)\Z")
_LINE_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")


@frozen(slots=True)
class PlacedSection:
    """A section where it stands.

    Attributes:
        section: the section.
        around: the sections that hold it, outermost first; the whole document is none of them.
    """

    section: Section
    around: tuple[Section, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of the sections around it, outermost first, its own not among them."""
        return tuple(one.role for one in self.around if one.role is not None)

    @property
    def role(self) -> Role | None:
        """The role that its text is read in: its own, else that of the nearest section around it that has one."""
        return self.section.role or (self.roles[-1] if self.roles else None)


def places(document: Document) -> Iterator[PlacedSection]:
    """Every section of a document, the whole document first."""
    yield PlacedSection(document.body, ())
    yield from _places(document.body, ())


def _places(section: Section, around: tuple[Section, ...]) -> Iterator[PlacedSection]:
    for inner in section.sections:
        yield PlacedSection(inner, around)
        yield from _places(inner, (*around, inner))


class Wording:
    """How words are written so that the same gap counts once, whoever wrote it and in whichever year."""

    def __init__(self, document: Document, language: Language) -> None:
        self._lexicon = lexicon(language)
        self._fronts = tuple(pattern(language, "line", terminal) for terminal in ("FRONT", "WHOSE"))
        name = self._lexicon.fold(document.organization.text) if document.organization else ""
        self._name = _REMARK.sub("", name)

    def of(self, text: str) -> str:
        """A text folded, with `#` for each number and without the organization's name; empty where nothing is left."""
        return _NUMBER.sub(NUMBER, self._nameless(text))

    def of_heading(self, title: str) -> str:
        """A title likewise, and without what may stand in front of any heading (`line.lark`)."""
        folded = self._nameless(title).rstrip(self._lexicon.closing)
        for one in self._fronts:
            front = one.match(folded)
            if front is not None and front.end() < len(folded):
                folded = folded[front.end() :]
        return _NUMBER.sub(NUMBER, folded)

    def is_name(self, text: str) -> bool:
        """Whether a text is the organization's name, or ends in it: 单位：某局."""
        return bool(self._name) and self._lexicon.fold(text).endswith(self._name)

    def _nameless(self, text: str) -> str:
        folded = self._lexicon.fold(text)
        return folded.replace(self._name, "", 1) if self._name and folded != self._name else folded


def in_one_line(text: str) -> str:
    """A text with its lines joined."""
    return _LINE_BREAK.sub("", text)


def has_words(text: str) -> bool:
    """Whether a text holds anything but numbers and punctuation."""
    return any(char.isalpha() for char in text)
