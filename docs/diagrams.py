"""Railroad diagrams: shapes drawn as SVG, in the words of one language, no wider than a page.

What is too deep to be read where it stands (a condition of many parts, a choice within choices) is drawn below as a
part of its own, under a number; so are the alternatives of a choice beyond the first ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO
from itertools import takewhile
from typing import Final, TypeAlias
from unicodedata import east_asian_width

import railroad
from attrs import define, field, frozen

from docs.links import wordlist_href
from docs.shapes import (
    Chars,
    Choice,
    Condition,
    Literal,
    Look,
    Named,
    Repeat,
    Series,
    Shape,
    Spot,
    Symbol,
    Word,
    Wordlist,
)

# The library draws by settings of its module.
railroad.INTERNAL_ALIGNMENT = "left"
railroad.STROKE_ODD_PIXEL_LENGTH = False

Say: TypeAlias = Callable[[str], str]

WIDEST: Final = 800
"""How wide a diagram may be, in pixels."""

MOST_SHOWN: Final = 16
"""How many alternatives of a choice are drawn at once."""

_HALF: Final = 8.0
_FULL: Final = 14.0
# What diagrams themselves write: 0–16×, ≥2×.
_OWN_SIGNS: Final = "–×≥"
_PADDING: Final = 10
_HEIGHT: Final = 22
_LEAST_WIDTH: Final = 240
# Words of a choice stand together in one box where there are as many.
_FEWEST_WORDS: Final = 3
_WIDEST_WORDS: Final = 460
# How heavy a part may be that is drawn where it stands, by how deep it stands.
_HEAVIEST: Final = (40, 26, 16, 9)
_MARGIN: Final = 6
# The size of a remark against that of a text; the stylesheet has the same.
_SMALL: Final = 0.82
_TRACK: Final = 20
_REPEATED: Final = (Chars, Spot)


@frozen(slots=True)
class Part:
    """One of the drawings of a diagram.

    Attributes:
        number: how others refer to it; 0 for the whole.
        svg: the drawing.
        rest: whether it is the rest of a choice, which only few readers want to see.
    """

    number: int
    svg: str
    rest: bool = False


def draw(shape: Shape, say: Say, *, anchor: str, kinds: Callable[[str], tuple[str, str]]) -> list[Part]:
    """A diagram, the whole first.

    Args:
        shape: what it shows.
        say: the words of the page's language.
        anchor: what the names of its parts start with.
        kinds: for a symbol, what it is drawn as (`rule`, `inlined`, `terminal`) and where it leads.
    """
    pen = _Pen(say, anchor, kinds)
    drawn = [Part(0, _svg(pen.fit(shape, WIDEST - 2 * _TRACK, -1)))]
    while len(drawn) <= len(pen.parts):
        number = len(drawn)
        part, is_rest = list(pen.parts.items())[number - 1]
        # What was folded once is not folded again.
        item = pen.fit(part, WIDEST - 2 * _TRACK, -1, most=None if is_rest else MOST_SHOWN)
        drawn.append(Part(number, _svg(item), is_rest))
    return drawn


def width_of(text: str) -> float:
    """How wide a text is drawn, in pixels: Chinese characters and their punctuation are wide."""
    return sum(_FULL if east_asian_width(char) in "WFA" and char not in _OWN_SIGNS else _HALF for char in text)


def _svg(item: railroad.DiagramItem) -> str:
    diagram = railroad.Diagram(item, type="complex")
    diagram.format(_MARGIN)
    written = StringIO()
    diagram.writeSvg(written.write)
    return written.getvalue()


def _weight(shape: Shape) -> int:
    """How much there is to read in a shape."""
    match shape:
        case Series(shapes):
            return sum(map(_weight, shapes))
        case Choice(shapes):
            words = [one for one in shapes if isinstance(one, Literal)]
            return sum(_weight(one) for one in shapes if not isinstance(one, Literal)) + (len(words) + 3) // 4
        case Repeat(shape=inner) | Condition(shape=inner) | Named(shape=inner):
            return _weight(inner) + 1
        case Chars(pieces):
            return 1 + len(pieces) // 12
    return 1


@define(slots=True)
class _Pen:
    """Turns shapes into the items of the library."""

    say: Say
    anchor: str
    kinds: Callable[[str], tuple[str, str]]
    parts: dict[Shape, bool] = field(factory=dict)

    def fit(self, shape: Shape, width: float, depth: int, *, most: int | None = MOST_SHOWN) -> railroad.DiagramItem:
        """A shape no wider than so much, as far as that is possible.

        Args:
            shape: the shape.
            width: the width that there is.
            depth: how many others it stands in; a part of its own begins with -1.
            most: how many alternatives are drawn where it is a choice; absent for all.
        """
        if depth > 0 and self._is_too_much(shape, width, depth):
            return self._reference(shape, rest=False)
        match shape:
            case Symbol(name):
                kind, href = self.kinds(name)
                return Box([name], kind, href=href)
            case Literal(text):
                return Box([text], "literal")
            case Wordlist(key):
                return Box([key], "lexicon", href=wordlist_href(key))
            case Spot(word):
                return Box([self.say(word)], "mark")
            case Chars(pieces, negated):
                return self._chars(pieces, negated)
            case Series(shapes):
                return self._row(shapes, width, depth)
            case Choice(shapes):
                return self._choice(shapes, width, depth, most)
            case Repeat():
                return self._repeat(shape, width, depth)
            case Condition(look, inner):
                label = self.say(look)
                kind = "condition not" if look in (Look.NOT_AHEAD, Look.NOT_BEHIND) else "condition"
                return Frame(self.fit(inner, width - _TRACK, depth + 1), label, kind)
            case Named(name, inner):
                return Frame(self.fit(inner, width - _TRACK, depth), name, "named")

    def _is_too_much(self, shape: Shape, width: float, depth: int) -> bool:
        if not isinstance(shape, Series | Choice | Condition | Repeat):
            return False
        if isinstance(shape, Choice) and all(isinstance(one, Literal) for one in shape.shapes):
            return False
        return _weight(shape) > (_HEAVIEST[min(depth, len(_HEAVIEST) - 1)] if width > _LEAST_WIDTH else 3)

    def _reference(self, shape: Shape, *, rest: bool) -> railroad.DiagramItem:
        number = list(self.parts).index(shape) + 1 if shape in self.parts else len(self.parts) + 1
        self.parts.setdefault(shape, rest)
        text = self.say("rest" if rest else "part").format(number=number, count=_alternatives(shape))
        return Box([text], "part", href=f"#{self.anchor}.{number}")

    def _chars(self, pieces: tuple[str | Word, ...], negated: bool) -> railroad.DiagramItem:
        said = [self.say(piece) if isinstance(piece, Word) else piece for piece in pieces]
        if not negated and len(said) == 1:
            return Box(said, "mark" if isinstance(pieces[0], Word) else "chars")
        return Box(said, "chars not" if negated else "chars", front=self.say("none_of") if negated else "")

    def _row(self, shapes: tuple[Shape, ...], width: float, depth: int) -> railroad.DiagramItem:
        if not shapes:
            return railroad.Skip()
        items = [self.fit(shape, width, depth + (len(shapes) > 1)) for shape in shapes]
        lines: list[list[railroad.DiagramItem]] = [[]]
        for item in items:
            if lines[-1] and railroad.Sequence(*lines[-1], item).width > width - 2 * _TRACK:
                lines.append([])
            lines[-1].append(item)
        rows = [railroad.Sequence(*line) for line in lines]
        return rows[0] if len(rows) == 1 else railroad.Stack(*rows)

    def _choice(self, shapes: tuple[Shape, ...], width: float, depth: int, most: int | None) -> railroad.DiagramItem:
        inner = width - 2 * _TRACK
        shown: list[railroad.DiagramItem] = []
        at = 0
        while at < len(shapes):
            words = _words(shapes[at:])
            if len(words) >= _FEWEST_WORDS or len(words) == len(shapes):
                shown.append(Box(words, "words", widest=min(inner, _WIDEST_WORDS)))
                at += len(words)
            elif most is not None and len(shown) >= most - 1 and len(shapes) - at > 1:
                shown.append(self._reference(Choice(shapes[at:]), rest=True))
                break
            else:
                shown.append(self.fit(shapes[at], inner, depth + 1))
                at += 1
        return shown[0] if len(shown) == 1 else Branches(shown)

    def _repeat(self, shape: Repeat, width: float, depth: int) -> railroad.DiagramItem:
        inner, least, most = shape.shape, shape.least, shape.most
        if (least, most) == (0, 1):
            return railroad.Optional(self.fit(inner, width - 2 * _TRACK, depth))
        times = self._times(shape)
        if isinstance(inner, _REPEATED) and times:
            # Some blanks, some digits: a loop would be more to read than what it repeats.
            return Counted(self.fit(inner, width - 2 * _TRACK, depth), times)
        loop = railroad.OneOrMore(self.fit(inner, width - 3 * _TRACK, depth), Remark(times) if times else None)
        return railroad.Optional(loop) if least == 0 else loop

    def _times(self, shape: Repeat) -> str:
        """How often, in signs; nothing for what a loop says by itself."""
        least, most = shape.least, shape.most
        if most is None:
            times = "" if least <= 1 else f"≥{least}×"
        else:
            times = f"{least}×" if least == most else f"{least}–{most}×"
        if shape.reluctant:
            times = f"{times} {self.say('reluctant')}".strip()
        return times


def _alternatives(shape: Shape) -> int:
    return len(shape.shapes) if isinstance(shape, Choice) else 1


def _words(shapes: Sequence[Shape]) -> list[str]:
    """The words that a choice begins with."""
    return [one.text for one in takewhile(lambda one: isinstance(one, Literal), shapes) if isinstance(one, Literal)]


# --- items that the library has not -----------------------------------------------------------------------------------


def _text(x: float, y: float, said: str, kind: str | None = None) -> railroad.DiagramItem:
    # Whatever font a reader has, the text is as wide as its box was made for.
    width = width_of(said) * (_SMALL if kind == "small" else 1)
    attributes: dict[str, str | float] = {"x": x, "y": y, "textLength": width, "lengthAdjust": "spacingAndGlyphs"}
    return railroad.DiagramItem("text", attributes | ({"class": kind} if kind else {}), said)


class Branches(railroad.Choice):
    """A choice whose last branch may end lower than it begins, which the library leaves out of its height."""

    def __init__(self, items: Sequence[railroad.DiagramItem]) -> None:
        super().__init__(0, *items)
        self.down += self.items[-1].height


class Box(railroad.DiagramItem):
    """Texts in a box, of which one is taken; in several lines where there are many."""

    def __init__(
        self, texts: Sequence[str], kind: str, *, href: str = "", front: str = "", widest: float = 460
    ) -> None:
        super().__init__("g", {"class": kind})
        self._href, self._front = href, front
        self._lines: list[list[str]] = [[]]
        room = max(widest - 2 * _PADDING, 80)
        gap = self._gap = 9 if len(texts) > 1 else 0
        at = self._indent = width_of(front) + 6 if front else 0
        widths = [at]
        for text in texts:
            if self._lines[-1] and at + width_of(text) > room:
                self._lines.append([])
                at = self._indent
                widths.append(at)
            self._lines[-1].append(text)
            at += width_of(text) + gap
            widths[-1] = at - gap
        self.width = max(widths) + 2 * _PADDING
        self.up = _HEIGHT / 2
        self.down = _HEIGHT / 2 + (len(self._lines) - 1) * _HEIGHT
        self.needsSpace = True

    def format(self, x: float, y: float, width: float) -> Box:
        railroad.Path(x + self.width, y).h(width - self.width).addTo(self)
        shape: dict[str, float] = {"x": x, "y": y - self.up, "width": self.width, "height": self.up + self.down}
        target: railroad.DiagramItem = self
        if self._href:
            target = railroad.DiagramItem("a", {"href": self._href}).addTo(self)
        railroad.DiagramItem("rect", shape).addTo(target)
        if self._front:
            _text(x + _PADDING, y + 5, self._front, "front").addTo(target)
        for number, line in enumerate(self._lines):
            at, base = x + _PADDING + self._indent, y + 5 + number * _HEIGHT
            for place, text in enumerate(line):
                if place:
                    between = at - self._gap / 2
                    bar = {"class": "bar", "d": f"M{between:g} {base - 11:g}v12"}
                    railroad.DiagramItem("path", bar).addTo(target)
                _text(at, base, text).addTo(target)
                at += width_of(text) + self._gap
        return self


class Remark(railroad.DiagramItem):
    """A remark on a track."""

    def __init__(self, text: str) -> None:
        super().__init__("g", {"class": "label"})
        self._said = text
        self.width = width_of(text) * _SMALL + 10
        self.up = self.down = 9
        self.needsSpace = True

    def format(self, x: float, y: float, width: float) -> Remark:
        railroad.Path(x, y).h(5).addTo(self)
        railroad.Path(x + self.width - 5, y).h(width - self.width + 5).addTo(self)
        _text(x + 5, y + 4, self._said, "small").addTo(self)
        return self


class Counted(railroad.DiagramItem):
    """One box with how often it is repeated above it."""

    def __init__(self, item: railroad.DiagramItem, times: str) -> None:
        super().__init__("g", {"class": "counted"})
        self._item, self._times = item, times
        self.width = max(item.width, width_of(times) * _SMALL + 4)
        self.up, self.down, self.height = item.up + 14, item.down, item.height
        self.needsSpace = True

    def format(self, x: float, y: float, width: float) -> Counted:
        _text(x + 2, y - self._item.up - 3, self._times, "small").addTo(self)
        self._item.format(x, y, width).addTo(self)
        return self


class Frame(railroad.DiagramItem):
    """A frame around a part, with what it is above it."""

    def __init__(self, item: railroad.DiagramItem, label: str, kind: str) -> None:
        super().__init__("g", {"class": kind})
        self._item, self._label = item, label
        self.width = max(item.width + (20 if item.needsSpace else 8), width_of(label) * _SMALL + 8)
        self._top = item.up + 7
        self.up = self._top + 15
        self.height, self.down = item.height, item.down + 7
        self.needsSpace = True

    def format(self, x: float, y: float, width: float) -> Frame:
        top, height = y - self._top, self._top + self.height + self.down
        frame: dict[str, str | float] = {
            "class": "frame",
            "x": x,
            "y": top,
            "width": self.width,
            "height": height,
            "rx": 4,
        }
        railroad.DiagramItem("rect", frame).addTo(self)
        _text(x + 2, top - 4, self._label, "small").addTo(self)
        inset = 10 if self._item.needsSpace else 4
        railroad.Path(x, y).h(inset).addTo(self)
        self._item.format(x + inset, y, self.width - 2 * inset).addTo(self)
        railroad.Path(x + self.width - inset, y + self.height).h(width - self.width + inset).addTo(self)
        return self
