"""Whether a change goes up or down, and what is odd about how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.resolution.answers import Answer, Question
from yusuan.compiler.clauses.resolution.discourse import Discourse
from yusuan.ir.diagnostics import Code, codes

_UP: Final = frozenset({"UP", "UP_MISTYPED"})
_MISTYPED: Final = frozenset({"UP_MISTYPED", "DOWN_MISTYPED"})
_SIGNS: Final = frozenset({"PLUS", "MINUS"})
_EITHER: Final = frozenset({"UP_OR_DOWN", "DOWN_OR_UP"})
_RAISING: Final = _UP | {"UP_OR_DOWN", "PLUS"}

Said = tuple[Sequence[BlockToken], bool]
"""The directions in front of a figure, at least one, and whether the figure is other than nothing."""


@frozen(slots=True)
class Direction:
    """Which way a change goes.

    Attributes:
        falls: whether down.
        fault: what is odd about it; absent where nothing is.
    """

    falls: bool
    fault: Code | None = None


_Answer = Answer[Direction] | None


def falls(direction: BlockToken) -> bool:
    """Whether a direction goes down."""
    return direction.type not in _RAISING


def _answer(said: Said, fault: Code | None = None) -> Answer[Direction]:
    tokens = said[0]
    return Answer(Direction(falls(tokens[-1]), fault), (tokens[0].start, tokens[-1].end))


def against_sign(_: Discourse, said: Said) -> _Answer:
    """增加-5万元: the word and the sign of the figure are two directions."""
    tokens = said[0]
    is_signed = tokens[-1].type == "MINUS" and any(token.type not in _SIGNS for token in tokens)
    return _answer(said, codes.CHANGE_AGAINST_DIRECTION) if is_signed else None


def contradictory(_: Discourse, said: Said) -> _Answer:
    """增加减少5万元: both; and where nobody struck out one of the two."""
    tokens, has_figure = said
    kinds = {token.type for token in tokens} - _SIGNS
    is_both = has_figure and (len({kind in _UP for kind in kinds}) > 1 or bool(kinds & _EITHER))
    return _answer(said, codes.CONTRADICTORY_CHANGE) if is_both else None


def mistyped(_: Discourse, said: Said) -> _Answer:
    """赠加5万元: a known misprint."""
    is_mistyped = any(token.type in _MISTYPED for token in said[0])
    return _answer(said, codes.MISTYPED_CHANGE) if is_mistyped else None


def as_said(_: Discourse, said: Said) -> _Answer:
    """As the word right before the figure says."""
    return _answer(said)


DIRECTION: Final[Question[Said, Direction]] = Question("direction", (against_sign, contradictory, mistyped, as_said))
