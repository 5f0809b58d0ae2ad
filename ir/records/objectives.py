"""The table `objectives`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.source import Span


@frozen(slots=True)
class Objective:
    """绩效目标: one objective of a project (of the whole department where `project` is absent).

    Attributes:
        project: the project's name.
        ordinal: its position among the objectives of its project, from 1.
        text: the objective without its number.
    """

    project: str | None
    ordinal: int
    text: Text
    span: Span
