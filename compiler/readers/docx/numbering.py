"""Automatic numbers (ISO/IEC 29500-1, 17.9): what Word prints in front of a paragraph and the file does not say."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.readers.docx.counting import NumberWords, written
from yusuan.compiler.readers.docx.names import VAL, W, XmlElement, integer, is_on, value_of
from yusuan.compiler.readers.docx.styles import Format, StyleSheet

_DEEPEST: Final = 9
_PLACE: Final = re.compile("%([1-9])")
# Lists that refer to lists: more than this many times is a circle.
_MOST_LINKS: Final = 8


@frozen(slots=True)
class _Level:
    """A level of a list.

    Attributes:
        start: its first number.
        form: how it is written.
        text: what is printed, with %1 for the number of the first level and so on.
        restart: the level, from 1, behind which it starts again; 0 for never, absent for every one above it.
        style: the style of the paragraphs that have it; absent where they name it themselves.
        is_plain: whether the numbers of other levels are decimal in it.
        suffix: what stands between number and text: `tab`, `space`, `nothing`.
    """

    start: int
    form: str
    text: str
    restart: int | None
    style: str | None
    is_plain: bool
    suffix: str


@define(slots=True)
class _List:
    """A list: what it counts is shared by all that number paragraphs by the same definition.

    Attributes:
        levels: by depth, with what this one has of its own.
        counts: how far it has counted, by depth; shared.
        restarts: by depth, where it starts when it is first used; shared with nobody.
    """

    levels: dict[int, _Level]
    counts: list[int | None]
    restarts: dict[int, int] = field(factory=dict)


class ListCounter:
    """Counts the paragraphs of a file's lists, in the order of the text.

    Attributes:
        unread: whether the last number is written in digits for want of knowing its format.
    """

    def __init__(self, root: XmlElement | None, styles: StyleSheet, words: NumberWords) -> None:
        """`root` is that of the part; absent where the file has none."""
        self._styles = styles
        self._words = words
        self._definitions: dict[int, XmlElement] = {}
        self._instances: dict[int, XmlElement] = {}
        self._lists: dict[int, _List | None] = {}
        self._counts: dict[int, list[int | None]] = {}
        self.unread = False
        if root is None:
            return
        for name, found in (("abstractNum", self._definitions), ("num", self._instances)):
            for one in root.iterfind(f"{W}{name}"):
                number = integer(one.get(f"{W}{name}Id" if name == "abstractNum" else f"{W}numId"))
                if number is not None:
                    found.setdefault(number, one)

    def number_of(self, paragraph: Format) -> str:
        """What is printed in front of the next paragraph, what parts it from the text included; empty for nothing."""
        if not paragraph.numbering:
            return ""
        if paragraph.numbering not in self._lists:
            self._lists[paragraph.numbering] = self._list(paragraph.numbering)
        found = self._lists[paragraph.numbering]
        depth = paragraph.depth
        if found is None:
            return ""
        if depth is None:
            of_style = (at for at, level in found.levels.items() if paragraph.style and level.style == paragraph.style)
            depth = next(of_style, 0)
        level = found.levels.get(depth)
        if level is None:
            return ""
        self._count(found, depth)
        self.unread = False
        number = _PLACE.sub(lambda place: self._written(found, int(place[1]) - 1, level), level.text)
        return number + _parting(number, level.suffix) if number.strip() and level.form != "bullet" else ""

    # --- counting -----------------------------------------------------------------------------------------------------

    def _count(self, found: _List, depth: int) -> None:
        counts = found.counts
        before = counts[depth]
        restart = found.restarts.pop(depth, None)
        counts[depth] = restart if restart is not None else found.levels[depth].start if before is None else before + 1
        for below in range(depth + 1, _DEEPEST):
            level = found.levels.get(below)
            behind = level.restart if level is not None else None
            if behind is None or depth < behind:
                counts[below] = None

    def _written(self, found: _List, depth: int, of: _Level) -> str:
        level = found.levels.get(depth)
        if level is None:
            return ""
        number = found.counts[depth]
        form = "decimal" if of.is_plain and level.form != "none" else level.form
        said = written(level.start if number is None else number, form, self._words)
        if said is None:
            self.unread = True
            return str(level.start if number is None else number)
        return said

    # --- what the file says -------------------------------------------------------------------------------------------

    def _list(self, number: int) -> _List | None:
        instance = self._instances.get(number)
        if instance is None:
            return None
        identifier, definition = self._definition(instance)
        if definition is None:
            return None
        levels = {depth: level for one in definition.iterfind(f"{W}lvl") for depth, level in _level(one)}
        found = _List(levels, self._counts.setdefault(identifier, [None] * _DEEPEST))
        for one in instance.iterfind(f"{W}lvlOverride"):
            depth = integer(one.get(f"{W}ilvl"))
            own = one.find(f"{W}lvl")
            if own is not None:
                levels.update(_level(own, depth))
            start = integer(value_of(one, f"{W}startOverride"))
            if start is not None and depth is not None:
                found.restarts[depth] = start
        return found

    def _definition(self, instance: XmlElement) -> tuple[int, XmlElement | None]:
        """The definition that a list counts by, and its identifier: of its own, or of the style that it names."""
        for _ in range(_MOST_LINKS):
            identifier = integer(value_of(instance, f"{W}abstractNumId"))
            definition = None if identifier is None else self._definitions.get(identifier)
            if identifier is None or definition is None:
                break
            style = value_of(definition, f"{W}numStyleLink")
            if style is None:
                return identifier, definition
            instance = self._instances.get(self._styles.list_of(style) or 0)
            if instance is None:
                break
        return 0, None


def _level(element: XmlElement, depth: int | None = None) -> list[tuple[int, _Level]]:
    """A level with its depth; nothing where it has none that there can be."""
    at = integer(element.get(f"{W}ilvl")) if depth is None else depth
    if at is None or not 0 <= at < _DEEPEST:
        return []
    start = integer(value_of(element, f"{W}start"))
    # A format of a later version stands beside the one for earlier ones, which comes last.
    forms = [one.get(VAL, "") for one in element.iter(f"{W}numFmt")]
    level = _Level(
        start=0 if start is None else start,
        form=forms[-1] if forms else "decimal",
        text=value_of(element, f"{W}lvlText") or "",
        restart=integer(value_of(element, f"{W}lvlRestart")),
        style=value_of(element, f"{W}pStyle"),
        is_plain=is_on(element.find(f"{W}isLgl")),
        suffix=value_of(element, f"{W}suff") or "tab",
    )
    return [(at, level)]


def _parting(number: str, suffix: str) -> str:
    """What stands between a number and the text: nothing behind a wide mark, which has a blank of its own."""
    last = number[-1]
    is_wide_mark = not last.isascii() and unicodedata.category(last).startswith("P")
    return "" if suffix == "nothing" or is_wide_mark else " "
