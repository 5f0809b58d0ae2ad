"""The table `institutions`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.source import Span


@frozen(slots=True)
class Institution:
    """机构: an institution whose budget is part of the department's.

    Attributes:
        name: 单位名称.
        nature: 单位性质.
        rank: 单位规格.
        funding: 经费保障形式.
    """

    name: Text
    nature: Text | None
    rank: Text | None
    funding: Text | None
    span: Span
