"""The block lexer: lines of text become block tokens, each with its type, lossless.

Lines are told apart by what they start with: a TAB starts a cell, anything else is text. Which cells make a row and
which rows a table is the framing's (framing.py), what nests in what the outline's (outline.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, of_language

# Longer lines are no headings.
LONGEST_HEADING: Final = 70
LONGEST_UNKNOWN_HEADING: Final = 42
# A heading parted from its text on the same line ends at one of the first colons, stops or blanks.
_MOST_PARTINGS: Final = 2
_SHORTEST_WITH_BODY: Final = 4


class LineClass:
    """What a line of text is by its own looks.

    Attributes:
        start: offset of its text in the source, behind blanks and bookmark marks.
        end: offset after its text.
        style: how it is numbered: the place of its style among the alternatives of numbering.lark, -1 for not at all.
        number: its number; absent where the numeral cannot be read.
        ordinal: its number as written; empty without one.
        title_start: offset of the text behind the number.
        title_end: offset after the title; before `end` where a body follows the heading's colon on the same line.
        rule: the section rule whose heading it is; absent for none.
        project: where the folded title of a project's table has the project's name; absent elsewhere.
        sheet: whether that heading says that it is a table's.
        heading_like: whether a numbered line looks like a heading, be its words known or not.
        rest: what goes on with the title behind the end of a page; empty where nothing does.
    """

    __slots__ = (
        "end",
        "heading_like",
        "number",
        "ordinal",
        "project",
        "rest",
        "rule",
        "sheet",
        "start",
        "style",
        "title_end",
        "title_start",
    )

    start: int
    end: int
    style: int
    number: int | None
    ordinal: str
    title_start: int
    title_end: int
    rule: str | None
    project: tuple[int, int] | None
    sheet: bool
    heading_like: bool
    rest: str


class LineClassifier:
    """Tries the terminals of numbering.lark and the heading terminals of the sections on single lines."""

    def __init__(self, language: Language) -> None:
        self._lexicon = lexicon(language)
        patterns = language.patterns
        numbering = patterns["numbering"]
        self._numbering = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in numbering.items()))
        self._styles = {name: depth for depth, name in enumerate(numbering)}
        headings = {name: p for name, p in patterns["report"].items() if name.endswith("_HEADING")}
        self._headings = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in headings.items()))
        self._page_mark = re.compile(patterns["report"]["PAGE_MARK"])
        self._contents = re.compile(patterns["report"]["CONTENTS"])
        self._parting = re.compile(rf"[{self._lexicon.closing}\s]")
        self._stop = re.compile(patterns["line"]["SENTENCE"])
        self._statement = re.compile(patterns["line"]["STATEMENT"])
        self._front = re.compile(patterns["line"]["FRONT"])
        self._whose = re.compile(patterns["line"]["WHOSE"])

    def content(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The range of a line's text without the blanks around it and the bookmarks in front."""
        raw = text[start:end]
        blanks = self._lexicon.blanks
        body = raw.lstrip(blanks)
        left = len(raw) - len(body)
        if body[:1] != "[":
            return start + left, start + left + len(body.rstrip(blanks))
        while raw.startswith("[", left):
            mark = self._lexicon.bookmark.match(raw, left)
            if not mark:
                break
            left = mark.end()
            while left < len(raw) and raw[left] in blanks:
                left += 1
        right = len(raw.rstrip(blanks))
        return start + left, start + max(left, right)

    def is_page_mark(self, text: str, start: int, end: int) -> bool:
        """Whether a line is nothing but a page number."""
        return end - start <= 24 and self._page_mark.fullmatch(text, start, end) is not None

    def is_sentence(self, text: str) -> bool:
        """Whether a text is a sentence, or a part of one."""
        return self._stop.search(text) is not None

    def states_money(self, text: str, start: int, end: int) -> bool:
        """Whether a text has a sentence that states money."""
        return self._statement.search(text, start, end) is not None

    def is_contents(self, folded: str) -> bool:
        """Whether a folded line is the heading of the contents page or has its dot leaders."""
        return self._contents.fullmatch(folded) is not None

    def classify(self, text: str, start: int, end: int, *, with_body: bool = False) -> LineClass:
        """Classify the line whose content is `text[start:end]`.

        A heading may share its line with its text where it has a number, or where the place allows it (`with_body`).
        """
        line = LineClass()
        line.start, line.end = start, end
        line.style, line.number, line.ordinal = -1, None, ""
        line.rule = line.project = None
        line.sheet = line.heading_like = False
        line.rest = ""
        numbering = self._numbering.match(text, start, end)
        title_start = start
        if numbering:
            style = numbering.lastgroup or ""
            line.style = self._styles[style]
            line.ordinal = numbering.group().strip(self._lexicon.blanks)
            line.number = self._lexicon.numeral(numbering.group(f"number_{style.lower()}"))
            title_start = numbering.end()
        line.title_start, line.title_end = title_start, end
        if end - title_start <= LONGEST_HEADING:
            self._match_heading(line, text[title_start:end])
        if line.rule is None and (with_body or numbering) and end - title_start > _SHORTEST_WITH_BODY:
            self._match_heading_with_body(line, text)
        if line.rule is None and numbering and numbering.lastgroup == "BARE":
            line.style, line.number, line.ordinal, line.title_start = -1, None, "", start
        elif numbering and 0 < end - title_start <= LONGEST_UNKNOWN_HEADING:
            line.heading_like = self._stop.search(text, title_start, end) is None
        return line

    def _heading_of(self, title: str) -> re.Match[str] | None:
        """The heading terminal that a title is, with or without what says whose and of which year it is."""
        if "[" in title:
            title = self._lexicon.bookmark.sub("", title)
        folded = self._lexicon.fold(title).rstrip(self._lexicon.closing)
        at, heading = 0, self._headings.fullmatch(folded)
        for front in (self._front, self._whose):
            found = front.match(folded, at)
            if heading is None and found and found.end() > at:
                at = found.end()
                heading = self._headings.fullmatch(folded, at)
        return heading

    def _match_heading(self, line: LineClass, title: str) -> None:
        heading = self._heading_of(title)
        if heading:
            line.rule = (heading.lastgroup or "").removesuffix("_HEADING").lower()
            if line.rule == "project":
                line.rule = "project_section"
                line.project = heading.span("project")
                line.sheet = heading["sheet"] is not None
            line.title_end = line.title_start + len(title.rstrip(self._lexicon.blanks + self._lexicon.closing))

    def _match_heading_with_body(self, line: LineClass, text: str) -> None:
        """A heading and its text on one line, parted by a colon, a full stop or a blank: （一）机关运行经费：……"""
        limit = min(line.end, line.title_start + LONGEST_UNKNOWN_HEADING)
        for tried, found in enumerate(self._parting.finditer(text, line.title_start, limit)):
            if tried == _MOST_PARTINGS or found.end() >= line.end:
                return
            heading = self._heading_of(text[line.title_start : found.start()])
            if heading and heading.lastgroup != "PROJECT_HEADING":
                line.rule = (heading.lastgroup or "").removesuffix("_HEADING").lower()
                line.title_end = found.start()
                return


@of_language
def line_classifier(language: Language) -> LineClassifier:
    """The classifier, made once for each language."""
    return LineClassifier(language)


_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def line_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Start and end (line end included) of each line."""
    for match in _LINE.finditer(text):
        yield match.span()
