"""What a diagram shows: a small tree that rules and patterns are turned into, and diagrams are drawn from."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from attrs import frozen


class Word(StrEnum):
    """What stands in a diagram by a word of the page's language instead of by itself."""

    ANY = "any"
    BLANK = "blank"
    NO_BLANK = "no_blank"
    DIGIT = "digit"
    NO_DIGIT = "no_digit"
    LETTER = "letter"
    NO_LETTER = "no_letter"
    LINE_FEED = "line_feed"
    WIDE_BLANK = "wide_blank"
    START = "start"
    END = "end"
    BOUNDARY = "boundary"


class Look(StrEnum):
    """Where a condition looks that takes no characters itself."""

    AHEAD = "ahead"
    NOT_AHEAD = "not_ahead"
    BEHIND = "behind"
    NOT_BEHIND = "not_behind"


@frozen(slots=True)
class Symbol:
    """A rule or terminal of the grammar, by its name."""

    name: str


@frozen(slots=True)
class Literal:
    """Characters that stand there as they are."""

    text: str


@frozen(slots=True)
class Wordlist:
    """One of the words of a table or list of the lexicon, by its key (`units.money`)."""

    key: str


@frozen(slots=True)
class Spot:
    """A place, such as the start of the text, or any one character."""

    word: Word


@frozen(slots=True)
class Chars:
    """One of some characters.

    Attributes:
        pieces: the characters, ranges as `0–9`.
        negated: whether it is one of all others.
    """

    pieces: tuple[str | Word, ...]
    negated: bool = False


@frozen(slots=True)
class Series:
    """One after the other; nothing where there are none."""

    shapes: tuple[Shape, ...]


@frozen(slots=True)
class Choice:
    """One of several, the first that fits."""

    shapes: tuple[Shape, ...]


@frozen(slots=True)
class Repeat:
    """Something several times.

    Attributes:
        shape: what is repeated.
        least: how often at least.
        most: how often at most; absent for no bound.
        reluctant: whether as few times as possible.
    """

    shape: Shape
    least: int
    most: int | None
    reluctant: bool = False


@frozen(slots=True)
class Condition:
    """What must, or must not, stand in front or behind."""

    look: Look
    shape: Shape


@frozen(slots=True)
class Named:
    """A part that the program asks for by its name."""

    name: str
    shape: Shape


Shape: TypeAlias = Symbol | Literal | Wordlist | Spot | Chars | Series | Choice | Repeat | Condition | Named


def row(shapes: list[Shape]) -> Shape:
    """Shapes one after the other, literals that touch made one."""
    flat: list[Shape] = []
    for shape in shapes:
        for one in shape.shapes if isinstance(shape, Series) else (shape,):
            if isinstance(one, Literal) and flat and isinstance(flat[-1], Literal):
                flat[-1] = Literal(flat[-1].text + one.text)
            else:
                flat.append(one)
    return flat[0] if len(flat) == 1 else Series(tuple(flat))


def choice(shapes: list[Shape]) -> Shape:
    """One of some shapes; a choice among them is a part of it, and nothing makes it optional."""
    flat: list[Shape] = []
    for shape in shapes:
        flat.extend(shape.shapes if isinstance(shape, Choice) else (shape,))
    nothing = Series(())
    if nothing in flat:
        some = [shape for shape in flat if shape != nothing]
        # Where nothing is tried first, it is as few as possible.
        return Repeat(choice(some), 0, 1, reluctant=flat[0] == nothing) if some else nothing
    return flat[0] if len(flat) == 1 else Choice(tuple(flat))
