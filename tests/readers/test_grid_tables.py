"""Tables of a reader that knows their grid: what is merged, cut or ruled anew."""

from __future__ import annotations

import pytest
from attrs import evolve
from tests.readers.grid import Cell, GridReader, table, text, written
from tests.readers.test_grid import LANGUAGE, compiled, csv_table, picked

from yusuan.compiler.pipeline import compile_reading
from yusuan.ir.nodes import Table


def test_rows_that_the_next_page_rules_anew() -> None:
    data = written(
        text(1, "河道疏浚项目绩效目标表"),
        table(
            1,
            [
                ("绩效指标", 1, 2),
                ("一级指标", 2),
                ("二级指标", 3),
                ("三级指标", 4, 1, 2),
                ("指标值", 6, 1, 2),
                ("权重", 8),
            ],
            [("产出指标", 2), ("数量指标", 3), ("疏浚长度", 4, 1, 2), ("12", 6, 1, 2), ("20", 8)],
        ),
        # The first column is not drawn there, and what is one column to the eye is one.
        table(
            2,
            [("", 1), ("时效指标", 2), ("完成月份", 3), ("11", 4), ("10", 5)],
            [("效益指标", 1), ("社会效益指标", 2), ("受益人口", 3), ("≥5万人", 4), ("15", 5)],
        ),
    )
    found = csv_table("indicators", compiled(data))
    assert picked(found, "level1", "level2", "level3", "target", "weight") == [
        ("产出指标", "数量指标", "疏浚长度", "12", "20"),
        ("产出指标", "时效指标", "完成月份", "11", "10"),
        ("效益指标", "社会效益指标", "受益人口", "≥5万人", "15"),
    ]


@pytest.mark.parametrize(
    ("row", "carried"),
    [
        ([("", 1, 2), ("", 2, 2), ("清淤土方", 3), ("3", 4)], ("产出指标", "数量指标")),
        ([("", 1, 2), ("社会效益指标", 2, 2), ("受益人口", 3), ("3", 4)], ("", "社会效益指标")),
    ],
    ids=["the-drawing-is-cut", "a-class-is-not-filled-in"],
)
def test_merged_cells_that_begin_anew_and_say_nothing(row: list[Cell], carried: tuple[str, str]) -> None:
    data = written(
        text(1, "河道疏浚项目绩效目标表"),
        table(
            1,
            [("一级指标", 1), ("二级指标", 2), ("三级指标", 3), ("指标值", 4)],
            [("产出指标", 1, 2), ("数量指标", 2, 2), ("疏浚长度", 3), ("12", 4)],
            [("疏浚宽度", 3), ("4", 4)],
            row,
            [("出水口", 3), ("5", 4)],
        ),
    )
    assert picked(csv_table("indicators", compiled(data)), "level1", "level2")[2:] == [carried, carried]


def test_parts_of_an_expense_are_no_expenses_of_its_name() -> None:
    data = written(
        text(1, "某县水利局2024年部门预算"),
        text(1, "单位：万元"),
        table(
            1,
            [("“三公”经费预算数", 1, 1, 6)],
            [("合计", 1, 2), ("因公出国（境）费", 2, 2), ("公务接待费", 3, 2), ("公务用车购置及运行费", 4, 1, 3)],
            [("小计", 4), ("购车", 5), ("养车", 6)],
            [("30.75", 1), ("", 2), ("2.50", 3), ("28.25", 4), ("20.00", 5), ("8.25", 6)],
        ),
    )
    assert picked(csv_table("amounts", compiled(data)), "concept", "value") == [
        ("ThreePublicExpense", "30.75"),
        ("OfficialReceptionExpense", "2.50"),
        ("OfficialVehicleExpense", "28.25"),
    ]


def test_what_a_reader_has_joined_is_not_joined_again() -> None:
    data = written(table(1, [("名称", 1), ("数目", 2)], [("水量", 1), ("4", 2)]), table(2, [("水质", 1), ("5", 2)]))
    reading = evolve(GridReader().read(data, "report", LANGUAGE), is_joined=True)
    made = compile_reading(reading, language=LANGUAGE)
    assert len([block for block in made.document.body.blocks if isinstance(block, Table)]) == 2
    assert "BD108" not in {one.code for one in made.diagnostics}
