"""The block lexer: lines of text become block tokens, each with its type, lossless.

Lines are told apart by what they start with: a TAB starts a cell, anything else is text. Which cells make a row and
which rows a table is the framing's (framing.py), what nests in what the outline's (outline.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from yusuan.compiler.blocks.heading_terminals import PROJECT_HEADING, headings
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language, of_language, pattern

# Longer lines are no headings.
LONGEST_HEADING: Final = 70
LONGEST_UNKNOWN_HEADING: Final = 42
# A heading parted from its text on the same line ends at one of the first colons, stops or blanks.
_MOST_PARTINGS: Final = 2
_SHORTEST_WITH_BODY: Final = 4
# Styles of numbering.lark.
_CJK: Final = "CJK"
_ARABIC: Final = "ARABIC"
_BARE: Final = ("BARE", "GLUED")
_DECIMALS: Final = ("DECIMALS", "DECIMAL")
LOOSE: Final = (*_BARE, *_DECIMALS)
"""The styles of numbers that count in front of known words only, or where they go on with others."""
# Those whose numbers can go on with each other: 2, then 2.1.
_COUNTED: Final = (*_DECIMALS, _ARABIC)
_DIGITS: Final = re.compile(r"\d+")


_Fronts: TypeAlias = "tuple[tuple[str, re.Match[str]], ...]"


class LineClass:
    """What a line of text is by its own looks.

    Attributes:
        start: offset of its text in the source, behind blanks and bookmark marks.
        end: offset after its text.
        style: how it is numbered: the place of its style among the alternatives of numbering.lark, -1 for not at all.
        number: its number; absent where the numeral cannot be read.
        ordinal: its number as written; empty without one.
        path: its Arabic numbers, outermost first: (1, 2) of 1.2, (3,) of 3; empty for any other number.
        loose: whether its number may be none: a bare one, or 1.2. Before unknown words it counts only where it goes
            on with others.
        title_start: offset of the text behind the number.
        title_end: offset after the title; before `end` where a body follows the heading's colon on the same line.
        rule: the section rule whose heading it is; absent for none.
        project: where the folded title of a project's table has the project's name; absent elsewhere.
        sheet: whether that heading says that it is a table's.
        heading_like: whether a line looks like a heading, be its words known or not: by its number, or by its level.
        level: how deep the file says that it stands as a heading, from 1; absent where it says nothing of it.
        rest: what goes on with the title behind the end of a page; empty where nothing does.
        heading: the heading terminal that takes the folded title, from where its own words begin; absent without rule.
        fronts: the terminals of line.lark that stand in front of these words: of which year, and whose it is.
    """

    __slots__ = (
        "end",
        "fronts",
        "heading",
        "heading_like",
        "level",
        "loose",
        "number",
        "ordinal",
        "path",
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
    path: tuple[int, ...]
    loose: bool
    title_start: int
    title_end: int
    rule: str | None
    project: tuple[int, int] | None
    sheet: bool
    heading_like: bool
    level: int | None
    rest: str
    heading: re.Match[str] | None
    fronts: _Fronts

    def drop_number(self) -> None:
        """It has none: what looks like one is a part of its words."""
        self.style, self.number, self.ordinal, self.path = -1, None, "", ()
        self.title_start = self.start
        self.heading_like = self.loose = False


class LineClassifier:
    """Tries the terminals of numbering.lark and the heading terminals of the sections on single lines."""

    def __init__(self, language: Language) -> None:
        self._lexicon = lexicon(language)
        self._probe = language.probe
        self._of_characters = language.entries("characters")
        patterns = language.patterns
        numbering = patterns["numbering"]
        self._numbering = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in numbering.items()))
        self._styles = {name: depth for depth, name in enumerate(numbering)}
        self._headings = headings(language)
        self._page_mark = re.compile(patterns["report"]["PAGE_MARK"])
        self._contents = re.compile(patterns["report"]["CONTENTS"])
        self._parting = re.compile(rf"[{self._lexicon.closing}\s]")
        self._stop = pattern(language, "line", "SENTENCE")
        self._statement = pattern(language, "line", "STATEMENT")
        self._running = pattern(language, "line", "RUNNING")
        self._sheet = pattern(language, "line", "SHEET")
        self._owner = pattern(language, "line", "OWNER")
        self._fronts = [(name, re.compile(patterns["line"][name])) for name in ("FRONT", "WHOSE")]

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

    def is_running(self, text: str, start: int, end: int) -> bool:
        """Whether a line is a sentence or a part of one, which a comma tells too."""
        return self._running.search(text, start, end) is not None

    def states_money(self, text: str, start: int, end: int) -> bool:
        """Whether a text has a sentence that states money."""
        return self._statement.search(text, start, end) is not None

    def is_contents(self, folded: str) -> bool:
        """Whether a folded line is the heading of the contents page or has its dot leaders."""
        return self._contents.fullmatch(folded) is not None

    def classify(  # noqa: PLR0913
        self,
        text: str,
        start: int,
        end: int,
        *,
        with_body: bool = False,
        level: int | None = None,
        loose: bool = False,
    ) -> LineClass:
        """Classify the line whose content is `text[start:end]`, `level` as in `LineClass`.

        With `loose` a number that may be none is left to the caller, who knows the lines around it.
        A heading may share its line with its text where it has a number, or where the place allows it (`with_body`).
        """
        line = LineClass()
        line.start, line.end, line.level = start, end, level
        line.style, line.number, line.ordinal, line.path = -1, None, "", ()
        line.loose = False
        line.rule = line.project = None
        line.sheet = line.heading_like = False
        line.rest = ""
        line.heading, line.fronts = None, ()
        numbering = self._numbering.match(text, start, end)
        title_start = start
        if numbering:
            style = numbering.lastgroup or ""
            line.ordinal = numbering.group().strip(self._lexicon.blanks)
            line.number = self._lexicon.numeral(numbering.group(f"number_{style.lower()}"))
            style = _style(style, line.ordinal)
            line.style = self._styles[style]
            if style in _COUNTED and line.number is not None:
                line.path = tuple(map(int, _DIGITS.findall(line.ordinal)))
            title_start = numbering.end()
        line.title_start, line.title_end = title_start, end
        is_marked = numbering is not None or level is not None
        if end - title_start <= LONGEST_HEADING:
            self._match_heading(line, text[title_start:end], is_marked)
        if line.rule is None and (with_body or numbering) and end - title_start > _SHORTEST_WITH_BODY:
            self._match_heading_with_body(line, text, is_marked)
        if (numbering or level is not None) and 0 < end - title_start <= LONGEST_UNKNOWN_HEADING:
            line.heading_like = self._stop.search(text, title_start, end) is None
        line.loose = numbering is not None and numbering.lastgroup in LOOSE
        if line.rule is None and line.loose and not loose:
            line.drop_number()
        if numbering and line.style >= 0:
            self._probe.took("numbering", numbering.lastgroup or "", text, start, line.title_start)
        return line

    def behind_number(self, text: str, start: int, end: int) -> int:
        """Where the number in front of a line's content ends, as `classify` has it; `start` where there is none."""
        numbering = self._numbering.match(text, start, end)
        if numbering is None:
            return start
        if numbering.lastgroup in LOOSE:
            # Its words tell whether it is one.
            return self.classify(text, start, end).title_start
        self._probe.took("numbering", numbering.lastgroup or "", text, start, numbering.end())
        return numbering.end()

    def numbering_of(self, text: str) -> tuple[int, int | None]:
        """The style and the number of a line that has one, as `classify` has them."""
        numbering = self._numbering.match(text)
        if numbering is None:
            return -1, None
        style = numbering.lastgroup or ""
        self._probe.took("numbering", style, text, *numbering.span())
        number = self._lexicon.numeral(numbering.group(f"number_{style.lower()}"))
        return self._styles[_style(style, numbering.group().strip(self._lexicon.blanks))], number

    def folded_title(self, title: str) -> str:
        """A title in the form in which the heading terminals are tried on it."""
        if "[" in title:
            title = self._lexicon.marks.sub("", title)
        return self._lexicon.fold(title).rstrip(self._lexicon.closing)

    def _heading_of(self, title: str, is_marked: bool) -> tuple[re.Match[str] | None, _Fronts]:
        """The heading terminal that a title is, and what says in front of its words whose and of which year it is."""
        folded = self.folded_title(title)
        heading = self._headings.match(folded)
        self._probe.tried("report", PROJECT_HEADING, folded)
        fronts: _Fronts = ()
        for name, front in self._fronts:
            if heading is not None:
                break
            found = front.match(folded, fronts[-1][1].end() if fronts else 0)
            if found and found[0]:
                fronts = (*fronts, (name, found))
                heading = self._headings.match(folded, found.end())
        if heading is None and is_marked and len(folded) <= LONGEST_UNKNOWN_HEADING and "," not in folded:
            heading, fronts = self._marked_heading(folded, fronts)
        if heading is not None:
            self._tell_heading(title, fronts)
        return heading, fronts

    def _marked_heading(self, folded: str, fronts: _Fronts) -> tuple[re.Match[str] | None, _Fronts]:
        """As `_heading_of`, of words in any order; the mark in front of them stands for the number, or the level."""
        owner = self._owner.match(folded)
        tried: list[_Fronts] = [fronts[:count] for count in range(len(fronts) + 1)]
        if owner:
            tried.append((("OWNER", owner),))
        for front in tried:
            start = front[-1][1].end() if front else 0
            heading = self._headings.marked(folded[start:])
            if heading is not None:
                return heading, front
        return None, fronts

    def _tell_heading(self, title: str, fronts: _Fronts) -> None:
        """Tell what stands around a heading's words."""
        for name, front in fronts:
            self._probe.took("line", name, front.string, *front.span())
        last = title.rstrip(self._lexicon.blanks)[-1:]
        if last and last in self._lexicon.closing:
            self._of_characters.used("closing", text=last)

    def _match_heading(self, line: LineClass, title: str, is_marked: bool) -> None:
        heading, fronts = self._heading_of(title, is_marked)
        if heading and (is_marked or not self.is_sentence(title)):
            self._take(line, heading, fronts)
            if line.rule == "project":
                line.rule = "project_section"
                line.project = heading.span("project")
                line.sheet = heading["sheet"] is not None
            else:
                line.sheet = self._sheet.search(heading.string) is not None
            line.title_end = line.title_start + len(title.rstrip(self._lexicon.blanks + self._lexicon.closing))

    def _match_heading_with_body(self, line: LineClass, text: str, is_marked: bool) -> None:
        """A heading and its text on one line, parted by a colon, a full stop or a blank: （一）机关运行经费：……"""
        limit = min(line.end, line.title_start + LONGEST_UNKNOWN_HEADING)
        for tried, found in enumerate(self._parting.finditer(text, line.title_start, limit)):
            if tried == _MOST_PARTINGS or found.end() >= line.end:
                return
            heading, fronts = self._heading_of(text[line.title_start : found.start()], is_marked)
            if heading and heading.lastgroup != PROJECT_HEADING:
                self._take(line, heading, fronts)
                line.title_end = found.start()
                return

    @staticmethod
    def _take(line: LineClass, heading: re.Match[str], fronts: _Fronts) -> None:
        line.rule = (heading.lastgroup or "").removesuffix("_HEADING").lower()
        line.heading, line.fronts = heading, fronts


def _style(style: str, ordinal: str) -> str:
    """The style that a number is of; a bare one is of that of its numeral."""
    return style if style not in _BARE else _ARABIC if ordinal.isdecimal() else _CJK


@of_language
def line_classifier(language: Language) -> LineClassifier:
    """The classifier, made once for each language."""
    return LineClassifier(language)


_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def line_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Start and end (line end included) of each line."""
    for match in _LINE.finditer(text):
        yield match.span()
