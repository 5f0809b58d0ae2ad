"""Merged cells of an invented form: where they end, and where they go on."""

from __future__ import annotations

from tests.readers.grid import table, text, written
from tests.readers.test_grid import compiled, csv_table, picked

HEADER_OF_INDICATORS = [("一级指标", 1), ("二级指标", 2), ("三级指标", 3), ("指标值", 4)]


def test_a_rule_through_merged_cells_ends_none_of_them() -> None:
    data = written(
        text(1, "某县水利局2024年部门预算"),
        table(
            1,
            HEADER_OF_INDICATORS,
            [("产出指标", 1, 2), ("数量指标", 2, 2), ("巡查", 3), ("≥9次", 4)],
            [("清淤", 3), ("≥2次", 4)],
            [("", 1, 3), ("", 2), ("绿化", 3), ("≥3次", 4)],
            [("质量指标", 2, 2), ("完好", 3), ("≥95%", 4)],
            [("合格", 3), ("≥96%", 4)],
        ),
    )
    assert picked(csv_table("indicators", compiled(data)), "level1", "level2", "level3") == [
        ("产出指标", "数量指标", "巡查"),
        ("产出指标", "数量指标", "清淤"),
        ("产出指标", "数量指标", "绿化"),
        ("产出指标", "质量指标", "完好"),
        ("产出指标", "质量指标", "合格"),
    ]


def test_a_class_that_is_left_empty_is_none_for_all_its_rows() -> None:
    data = written(
        text(1, "某县水利局2024年部门预算"),
        table(
            1,
            HEADER_OF_INDICATORS,
            [("产出指标", 1, 2), ("数量指标", 2, 2), ("巡查", 3), ("≥9次", 4)],
            [("清淤", 3), ("≥2次", 4)],
            [("", 1, 2), ("社会效益指标", 2, 2), ("灌溉", 3), ("≥3村", 4)],
            [("供水", 3), ("≥4村", 4)],
        ),
    )
    assert picked(csv_table("indicators", compiled(data)), "level1", "level2", "level3")[2:] == [
        ("", "社会效益指标", "灌溉"),
        ("", "社会效益指标", "供水"),
    ]
