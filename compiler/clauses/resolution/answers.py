"""Questions that a figure's own words leave open, and the rules that answer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from attrs import frozen

Range = tuple[int, int]
"""Offsets within the region that is read: of the first character, and behind the last."""

Asked = TypeVar("Asked")
Value = TypeVar("Value")


@frozen(slots=True)
class Answer(Generic[Value]):
    """What a rule says.

    Attributes:
        value: the answer; absent where it is known that there is none, so that no later rule is asked.
        at: the words that the rule goes by; absent where it goes by what is not written in the region: by a heading.
    """

    value: Value | None
    at: Range | None = None


@frozen(slots=True)
class Question(Generic[Asked, Value]):
    """A question and its rules, the first of which that has an answer is right.

    Attributes:
        name: what is asked for, as `trace` and the corpus have it.
        rules: functions of the discourse and of what is asked about, which change nothing; absent is that a rule does
            not apply.
    """

    name: str
    rules: tuple[Callable[[Any, Asked], Answer[Value] | None], ...]
