"""Figures are kept to the last digit, with the place where they stand."""

from __future__ import annotations

from decimal import Context, localcontext

from yusuan import compile_text

REPORT = """云溪市桥梁处2024年部门预算信息公开情况说明
二、部门预算安排的总体情况
（三）比上年增减情况
2024年支出预算100万元，比上年减少11111111111111111111111111111111111111.12万元。
"""
FUNDS = """云溪市桥梁处2024年部门预算信息公开情况说明
五、预算绩效信息
1、桥梁检测经费绩效目标表
	项目名称
	桥梁检测经费

	预算规模及资金用途
	预算数10.00万元，其中：财政资金10.00万元，其他资金0.00万元。用于检测。

"""


def test_no_digit_is_lost_whatever_the_callers_decimal_context() -> None:
    with localcontext(Context(prec=3)):
        document = compile_text(REPORT).document
        written = [str(amount.value.value) for amount in document.amounts]
    assert written == ["100", "-11111111111111111111111111111111111111.12"]


def test_a_zero_has_no_sign() -> None:
    fallen = REPORT.replace("减少1", "减少人员经费0万元，减少公用经费1")
    values = [str(amount.value.value) for amount in compile_text(fallen).document.amounts]
    assert values == ["100", "0", "-11111111111111111111111111111111111111.12"]


def test_equal_figures_of_one_cell_have_each_their_own_place() -> None:
    compilation = compile_text(FUNDS)
    (project,) = compilation.document.projects
    figures = [project.budget, project.budget_fiscal, project.budget_other]
    places = [figure.span for figure in figures if figure is not None]
    assert len({place.start for place in places}) == 3
    text = compilation.source.text
    assert [text[place.start - 1] for place in places] == ["数", "金", "金"]
