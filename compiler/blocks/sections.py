"""The sections that are open at a line: whether it is a heading there, and how deep it stands.

Numbering styles nest differently from report to report (第一部分 inside 五、 here, around 一、 there), so a heading's
place follows from its role where it has one, from its style and number where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.lines import LineClass
from yusuan.compiler.language.loader import Language

# The style of 第一部分.
_OUTERMOST: Final = 0
# A word alone is a heading only with a number or a colon.
_SHORTEST_HEADING: Final = 4


@frozen(slots=True)
class Decision:
    """Whether a line is a heading, and why.

    Attributes:
        reason: a word of its own for each reason: `known`, `heading_like`, `styled`, `no_words`, `in_glossary`,
            `project_outside`, `term`, `item_of_itself`, `sentence`, `listed`, `word_alone`, `caption`.
        is_heading: what was decided.
        loses_role: whether the role that its words have is not its own here.
    """

    reason: str
    is_heading: bool
    loses_role: bool = False


_KNOWN: Final = Decision("known", True)
_NO_WORDS: Final = Decision("no_words", False)
_HEADING_LIKE: Final = Decision("heading_like", True)
_STYLED: Final = Decision("styled", True)
_IN_GLOSSARY: Final = Decision("in_glossary", False)
_TERM: Final = Decision("term", False)
_ITEM_OF_ITSELF: Final = Decision("item_of_itself", False)
_SENTENCE: Final = Decision("sentence", False)
_WORD_ALONE: Final = Decision("word_alone", False)
_CAPTION: Final = Decision("caption", False)


class OutlineObserver:
    """What the outline tells those who watch it; what nobody watches costs nothing."""

    def decided(self, line: LineClass, decision: Decision) -> None:
        """A line that could be a heading is one, or none. The line is as it was classified, and will change."""


UNSEEN: Final = OutlineObserver()
"""Where nobody watches."""


class OpenSections:
    """The open sections, outermost first."""

    def __init__(self, language: Language) -> None:
        self._parents: Mapping[str, str | None] = language.parents
        self._lists = language.lists
        self._holders = language.holders
        self._listed: dict[int, int | None] = {}
        self._open: list[LineClass] = []
        self._holds_roles: list[bool] = []

    def inside(self, rule: str | None) -> bool:
        """Whether a section of a role is open."""
        return any(known.rule == rule for known in self._open)

    def add_item(self, line: LineClass) -> None:
        """A numbered line that is no heading."""
        self._listed[line.style] = line.number

    def enter(self, line: LineClass) -> None:
        """Open the section of a heading, inside those that are open."""
        if line.rule is not None:
            self._holds_roles = [True] * len(self._open)
            self._listed.clear()
        self._open.append(line)
        self._holds_roles.append(False)

    def counts(self, line: LineClass) -> bool:
        """Whether a number that may be none goes on with those of open headings: 1.2 with 1.1, 1.1 with 1, 2 with 1."""
        if not line.path:
            return False
        around, last = line.path[:-1], line.path[-1]
        if any(known.path == (*around, last - 1) and (around or known.loose) for known in self._open):
            return True
        return last == 1 and self._around(line) is not None

    def _around(self, line: LineClass) -> int | None:
        """The place of the open section inside which a number like 1.2 says that it stands; absent where none is."""
        around = line.path[:-1]
        if not around:
            return None
        for at, known in enumerate(self._open):
            if known.path == around or (len(around) == 1 and not known.path and known.number == around[0]):
                return at
        return None

    def leave(self, depth: int) -> int:
        """Close all sections but the outermost so many; how many were closed."""
        closed = max(0, len(self._open) - depth)
        del self._open[depth:], self._holds_roles[depth:]
        return closed

    # --- whether a line is a heading ----------------------------------------------------------------------------------

    def decide(self, line: LineClass) -> Decision:
        """Whether a line is a heading here."""
        if line.rule is None:
            if not line.heading_like:
                return _NO_WORDS
            if self._is_term(line):
                return _IN_GLOSSARY
            if line.ordinal:
                return _HEADING_LIKE
            # In front of the first section a heading of no number is the title.
            return _STYLED if self._open else _NO_WORDS
        if line.rule == "project_section" and not line.sheet and not self.inside("project_performance"):
            return Decision("project_outside", bool(line.ordinal), loses_role=True)
        decided = self._decide_with_body(line) if line.title_end < line.end - 1 else None
        if decided is not None:
            return decided
        if line.ordinal and self._is_part_of_itself(line):
            return Decision("item_of_itself", line.heading_like, loses_role=True)
        if line.ordinal:
            return Decision("listed", line.heading_like, loses_role=True) if self._is_listed(line) else _KNOWN
        if line.sheet and line.rule != "project_section" and line.level is None:
            return _CAPTION
        if line.title_end - line.title_start < _SHORTEST_HEADING and line.title_end == line.end:
            return _WORD_ALONE
        # The caption of a table that repeats its section's role is no heading.
        return _CAPTION if line.rule != "project_section" and self.inside(line.rule) else _KNOWN

    def _decide_with_body(self, line: LineClass) -> Decision | None:
        """Whether a line on which text follows the heading's words is a heading; absent where that tells nothing."""
        if self.inside("glossary"):
            # 7、“三公”经费：…… explains a term there; 九、其他事项：…… goes on with 八、名词解释 itself.
            goes_on = any(
                known.rule == "glossary"
                and known.style == line.style
                and known.loose == line.loose
                and _follows(known, line)
                for known in self._open
            )
            return _KNOWN if goes_on else _TERM
        if self.inside(line.rule):
            # 1、内设机构：…… in the section of the institutions is one of its items.
            return _ITEM_OF_ITSELF
        if not line.ordinal:
            # An unnumbered 政府采购：…… is a sentence; 部门职责：…… is the first section of the organization.
            inside = self.inside("organization") and self._parents.get(line.rule or "") == "organization"
            return _KNOWN if inside else _SENTENCE
        return None

    def _is_part_of_itself(self, line: LineClass) -> bool:
        """Whether a numbered heading stands inside a section of its own role: （一）绩效管理情况 in 七、绩效情况.

        A part of the whole report, and a section that others can stand in, can hold one of its own role.
        """
        if line.rule in self._holders:
            return False
        return any(known.rule == line.rule and _OUTERMOST < known.style < line.style for known in self._open)

    def _is_term(self, line: LineClass) -> bool:
        """Whether a numbered line of unknown words stands in the glossary, and not behind it as the next part does."""
        glossary = next((known for known in self._open if known.rule == "glossary"), None)
        if glossary is None:
            return False
        if line.level is not None and glossary.level is not None:
            return line.level > glossary.level
        is_next = line.style == glossary.style and line.number is not None and line.number - 1 == glossary.number
        return line.style != _OUTERMOST and not is_next

    def _is_listed(self, line: LineClass) -> bool:
        """Whether a numbered line with a heading's words is an entry of a list: （四）国有资产管理 among the duties.

        Only some sections are lists. A heading goes on with the numbers of the sections around it; an entry goes on
        with the list, or is numbered as an inner one is.
        """
        lists = [depth for depth, known in enumerate(self._open) if known.rule in self._lists]
        if not lists or line.number is None or line.rule == "project_section":
            return False
        behind = lists[0] + 1
        around = [known for known in self._open[:behind] if known.number is not None]
        before = line.number - 1
        if any(known.style == line.style and known.number == before for known in around):
            return False
        inside = {**self._listed, **{known.style: known.number for known in self._open[behind:]}}
        if before and inside.get(line.style) == before:
            return True
        if any(known.number == before or (known.style == line.style and _follows(known, line)) for known in around):
            return False
        return 0 <= self._open[behind - 1].style < line.style

    # --- where it stands ----------------------------------------------------------------------------------------------

    def depth_of(self, line: LineClass) -> int:
        """The number of open sections that hold a heading."""
        return self._depth_of_known(line) if line.rule else self._depth_of_unknown(line)

    def _depth_of_known(self, line: LineClass) -> int:
        """The number of open sections that hold a heading of a known role."""
        if line.rule == "project_section":
            for depth, known in enumerate(self._open):
                if known.rule == "project_section":
                    return depth
            return self._depth_of_unknown(line)
        holders = self._ancestors(line.rule)
        if not holders:
            return self._depth_of_main(line)
        for depth in range(len(self._open), 0, -1):
            known = self._open[depth - 1]
            if known.rule in holders:
                # 一、收支总体 and 二、收入 stand beside each other, unless the first one holds such sections already.
                goes_on = known.style == line.style >= 0 and _follows(known, line)
                return depth - 1 if goes_on and not self._holds_roles[depth - 1] else depth
        for depth, known in enumerate(self._open):
            if known.rule is not None and self._parents.get(known.rule) == self._parents[line.rule or ""]:
                return depth
        # None of the sections that should hold it is open, nor one beside it: its number decides.
        return self._depth_of_unknown(line)

    def _depth_of_main(self, line: LineClass) -> int:
        """The place of a section of the whole report: in a part without a role, or among other matters as one of them.

        Its number tells: it stands in no section around which its style normally is.
        """
        for depth, known in enumerate(self._open):
            if known.rule in self._holders and _may_hold(known, line) and self._is_part(depth, line):
                continue
            if known.rule is not None or not _may_hold(known, line):
                return depth
        return len(self._open)

    def _is_part(self, depth: int, line: LineClass) -> bool:
        """Whether a number counts what stands inside an open section, and does not go on with its own."""
        known = self._open[depth]
        if line.number is None:
            return False
        return depth + 1 < len(self._open) or known.number is None or line.number != known.number + 1

    def _depth_of_unknown(self, line: LineClass) -> int:
        """The number of open sections that hold a heading of no known role: it goes on with a list, or starts one.

        One without a number stands beside what the file says is as deep.
        """
        if not line.ordinal and line.level is not None:
            beside = (at for at, known in enumerate(self._open) if (known.level or 0) >= line.level)
            return next(beside, len(self._open))
        around = self._around(line)
        if around is not None:
            return around + 1
        for depth in range(len(self._open), 0, -1):
            known = self._open[depth - 1]
            if known.style == line.style and _follows(known, line):
                return depth - 1
        depth = len(self._open)
        if not self._is_term(line):
            # The next part stands behind the glossary, not in it.
            depth = next((at for at, known in enumerate(self._open) if known.rule == "glossary"), depth)
        if line.number is not None and line.number > 1:
            while depth and self._open[depth - 1].rule is None and not _may_hold(self._open[depth - 1], line):
                depth -= 1
        return depth

    def _ancestors(self, rule: str | None) -> set[str]:
        ancestors = set()
        parent = self._parents.get(rule or "")
        while parent:
            ancestors.add(parent)
            parent = self._parents.get(parent)
        return ancestors


def _follows(known: LineClass, line: LineClass) -> bool:
    """Whether a number goes on with a list of the same style."""
    return known.number is not None and line.number is not None and line.number > known.number


def _may_hold(known: LineClass, line: LineClass) -> bool:
    """Whether a heading's style is normally outside the other's."""
    return known.style >= 0 and (line.style < 0 or known.style < line.style)
