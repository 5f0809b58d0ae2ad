"""The table `indicators`."""

from __future__ import annotations

from attrs import frozen

from yusuan.ir.nodes import Text
from yusuan.ir.records.values import Figure, Target
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Horizon


@frozen(slots=True)
class Indicator:
    """绩效指标: one target of an indicator.

    Attributes:
        project: the project's name, or the activity's in a table of graded activities; absent for the whole department.
        level1: 一级指标, carried down where the table merges cells.
        level2: 二级指标, carried down likewise.
        level3: 三级指标, the indicator's name.
        description: 绩效指标描述.
        grade: 优, 良, 中 or 差 as written, where the table grades targets.
        target: the target; absent where the row names an indicator without one.
        basis: 指标值确定依据.
        weight: 权重 or 分值.
        horizon: whether it is the target of the year or of the whole project, where the table has both; else absent.
    """

    project: str | None
    level1: Text | None
    level2: Text | None
    level3: Text | None
    description: Text | None
    grade: Text | None
    target: Target | None
    basis: Text | None
    weight: Figure | None
    horizon: Horizon | None
    span: Span
