"""The outline: which sections open and close where, as an indenter does for Python.

Which lines are headings, and where they stand, is for the sections that are open to say (sections.py).
"""

from __future__ import annotations

from typing import Final

from yusuan.compiler.blocks.contents import ContentsPages
from yusuan.compiler.blocks.lines import LineClass, line_classifier
from yusuan.compiler.blocks.sections import UNSEEN, OpenSections, OutlineObserver
from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language

# Real reports nest seven deep at most. Deeper headings stand beside each other, so that no text can exhaust the stack.
DEEPEST: Final = 16
# What belongs to all pages is no longer.
_LONGEST_FURNITURE: Final = 160
# The second line of a heading broken in two.
_LONGEST_REST: Final = 16
# The title of a part whose number has a line of its own.
_LONGEST_TITLE: Final = 40
# What stands at the head of that many pages belongs to the pages.
_FEWEST_HEADS: Final = 3


class Outliner:
    """Turns TEXT tokens into headings, items and furniture, and closes sections with END_SECTION."""

    def __init__(self, text: str, language: Language, observer: OutlineObserver = UNSEEN) -> None:
        self._text = text
        self._classifier = line_classifier(language)
        self._lexicon = lexicon(language)
        self._observer = observer
        self._sections = OpenSections(language)
        self._furniture: set[int] = set()
        self._out: list[BlockToken] = []

    def outline(self, tokens: list[BlockToken]) -> list[BlockToken]:
        """The tokens with their final types, framed by END_SECTION."""
        self._find_furniture(tokens)
        pages = ContentsPages(self._text, self._lexicon, self._classifier, self._is_furniture).find(tokens)
        listed = {at for page in pages for at in range(*page)}
        out = self._out
        for at, token in enumerate(tokens):
            if token.type != "TEXT":
                out.append(token)
            elif at in listed:
                token.type = "CONTENTS"
                out.append(token)
            elif not out or token.start >= out[-1].end:
                self._place(tokens, at)
        self._close(0, tokens[-1] if tokens else None)
        return out

    # --- single lines -------------------------------------------------------------------------------------------------

    def _place(self, tokens: list[BlockToken], at: int) -> None:
        token, text = tokens[at], self._text
        start, end = self._classifier.content(text, token.start, token.end)
        if start == end:
            token.type = "BLANK"
        elif self._is_furniture(token):
            token.type = "PAGE_MARK"
        else:
            level = token.place.level if token.place else None
            with_body = self._sections.inside("organization")
            line = self._classifier.classify(text, start, end, with_body=with_body, level=level, loose=True)
            if line.rule is None and line.loose and not self._sections.counts(line):
                line.drop_number()
            if line.rule is None and (line.heading_like or line.title_start >= line.end):
                line = self._joined(tokens, at, line) or line
            if self._is_heading(line):
                self._open_section(token, line)
                return
            if line.ordinal:
                token.type = "ITEM"
                token.value = line
                self._sections.add_item(line)
        self._out.append(token)

    def _joined(self, tokens: list[BlockToken], at: int, line: LineClass) -> LineClass | None:
        """A heading broken in two: over two lines, of which the token becomes the whole, or at the end of a page.

        Absent where the two make no heading. A number alone is the first line of any heading, else its role is known.
        """
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is not None and following.type == "TEXT" and not self._is_furniture(following):
            is_numbered = line.ordinal and line.title_start >= line.end
            start, end = self._classifier.content(self._text, following.start, following.end)
            if end - start > (_LONGEST_TITLE if is_numbered else _LONGEST_REST):
                return None
            if self._classifier.behind_number(self._text, start, end) > start:
                return None
            joined = self._classifier.classify(self._text, line.start, end, level=line.level)
            if not self._is_whole_heading(joined) and not (is_numbered and joined.heading_like):
                return None
            tokens[at].end = following.end
            return joined
        rest = self._behind_page(tokens, at) if line.ordinal else None
        if rest is None:
            return None
        whole = self._text[line.start : line.end] + rest
        joined = self._classifier.classify(whole, 0, len(whole))
        if not self._is_whole_heading(joined):
            return None
        line.rule, line.rest = joined.rule, rest
        line.heading, line.fronts = joined.heading, joined.fronts
        return line

    def _is_whole_heading(self, line: LineClass) -> bool:
        return line.rule is not None and line.rule != "project_section" and line.title_end >= line.end - 1

    # --- the furniture of pages ---------------------------------------------------------------------------------------

    def _find_furniture(self, tokens: list[BlockToken]) -> None:
        """Page numbers, and the lines that stand behind them time and again: what is printed at the head of each page.

        A caption, a heading of a known role or a numbered line is none, however often it comes.
        """
        heads: dict[str, list[BlockToken]] = {}
        for at, token in enumerate(tokens):
            if token.type == "TEXT" and token.end - token.start < _LONGEST_FURNITURE and self._is_page_mark(token):
                self._furniture.add(token.start)
                head = self._next_text(tokens, at + 1)
                if head is not None:
                    start, end = self._classifier.content(self._text, head.start, head.end)
                    heads.setdefault(self._lexicon.fold(self._text[start:end]), []).append(head)
        for alike in heads.values():
            if len(alike) >= _FEWEST_HEADS and self._is_running_head(alike[0]):
                self._furniture.update(head.start for head in alike)

    def _is_running_head(self, token: BlockToken) -> bool:
        start, end = self._classifier.content(self._text, token.start, token.end)
        line = self._classifier.classify(self._text, start, end)
        mark = self._lexicon.mark(self._text[start:end])
        return line.rule is None and not line.ordinal and mark == "." and self._text[start] != "["

    def _is_furniture(self, token: BlockToken) -> bool:
        return token.start in self._furniture

    def _is_page_mark(self, token: BlockToken) -> bool:
        return self._classifier.is_page_mark(self._text, *self._classifier.content(self._text, token.start, token.end))

    def _next_text(self, tokens: list[BlockToken], at: int) -> BlockToken | None:
        """The next line that is not blank; absent where a table or the end comes first."""
        while at < len(tokens) and tokens[at].type == "BLANK":
            at += 1
        return tokens[at] if at < len(tokens) and tokens[at].type == "TEXT" else None

    def _behind_page(self, tokens: list[BlockToken], at: int) -> str | None:
        """The short line on which the text goes on behind the page number that follows; absent where none does."""
        furniture = 0
        for token in tokens[at + 1 : at + 8]:
            if token.type == "BLANK":
                continue
            if token.type != "TEXT":
                return None
            if self._is_furniture(token):
                furniture += 1
                continue
            start, end = self._classifier.content(self._text, token.start, token.end)
            is_rest = furniture and end - start <= _LONGEST_REST
            numbered = self._classifier.behind_number(self._text, start, end) > start
            return self._text[start:end] if is_rest and not numbered else None
        return None

    # --- headings -----------------------------------------------------------------------------------------------------

    def _is_heading(self, line: LineClass) -> bool:
        decision = self._sections.decide(line)
        self._observer.decided(line, decision)
        if decision.loses_role:
            line.rule = None
            if line.project is None:
                line.title_end = line.end
        return decision.is_heading

    def _open_section(self, token: BlockToken, line: LineClass) -> None:
        self._close(min(self._sections.depth_of(line), DEEPEST - 1), token)
        self._sections.enter(line)
        rule = line.rule
        if rule is None:
            kind = "HEADING"
        elif rule == "project_section":
            kind = "PROJECT_HEADING"
        else:
            kind = f"{rule.upper()}_HEADING"
        heading_end = token.end
        if line.title_end < line.end - 1:
            heading_end = line.title_end + 1
        self._out.append(BlockToken(kind, token.start, heading_end, token.line, line, token.place))
        if heading_end < token.end:
            self._out.append(BlockToken("TEXT", heading_end, token.end, token.line, None, token.place))

    def _close(self, depth: int, token: BlockToken | None) -> None:
        place, line = (token.start, token.line) if token else (0, 1)
        for _ in range(self._sections.leave(depth)):
            end = self._out[-1].end if self._out else place
            self._out.append(BlockToken("END_SECTION", end, end, line))
