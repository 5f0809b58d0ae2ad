"""The table `glossary`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.source import Span


@frozen(slots=True)
class GlossaryEntry:
    """名词解释: a term and its definition."""

    term: Text
    definition: Text
    span: Span
