"""指标值: a target in words and cells, and the ways to spoil it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen
from tests.generated_reports.marks import Span
from tests.generated_reports.pen import Pen

_AT_LEAST: Final = (
    ("", "以上"),
    ("不低于", ""),
    ("不少于", ""),
    ("大于等于", ""),
    ("", "及以上"),
    ("达到", ""),
    ("", "（含）以上"),
    ("超过", ""),
)
_AT_MOST: Final = (
    ("", "以内"),
    ("不超过", ""),
    ("不高于", ""),
    ("小于等于", ""),
    ("", "以下"),
    ("控制在", "以内"),
    ("低于", ""),
    ("", "及以下"),
)
_TURNED: Final = {
    "不低于": "不高于",
    "不少于": "不超过",
    "大于等于": "小于等于",
    "达到": "不超过",
    "超过": "低于",
    "不超过": "不低于",
    "不高于": "不低于",
    "小于等于": "大于等于",
    "低于": "高于",
    "以上": "以下",
    "及以上": "及以下",
    "（含）以上": "（含）以下",
    "以内": "以上",
    "以下": "以上",
    "及以下": "及以上",
}


@frozen
class Indicator:
    """A target of a project. `operator` is ge, le, eq or is (words); `tag` says what can be wrong with it."""

    level1: str
    level2: str
    name: str
    description: str
    operator: str
    value: str
    unit: str
    basis: str
    tag: str = ""


def target_cells(pen: Pen, name: str, indicator: Indicator, layout: str) -> list[str]:
    """The cells of a target; the ways to spoil it are noted."""
    draft, pick = pen.draft, pen.dice.pick
    split = layout in ("cells", "national")
    operator = indicator.operator
    if operator == "is":
        words = pick("targets/words", ("文字描述", "定性")) if layout == "cells" else "定性"
        if layout == "cells":
            return [words, "", indicator.value]
        if layout == "national":
            return [words, indicator.value, ""]
        return [indicator.value, ""] if layout == "two" else [indicator.value]
    signs = pick("targets/signs", (("≥", "≤", "="), (">=", "<=", "="), ("≥", "≤", "＝"), ("≧", "≦", "=")))
    before, after = signs[("ge", "le", "eq").index(operator)], ""
    worded = not split and layout != "two" and pick(f"{name}/worded", (False, False, True))
    if operator == "eq" and not split:
        before = "" if pick(f"{name}/bare", (True, True, False)) else before
    elif worded:
        before, after = pick(f"{name}/words", _AT_LEAST if operator == "ge" else _AT_MOST)
    value = indicator.value
    if indicator.tag == "month" and not split and layout != "two" and pick(f"{name}/before", (True, False)):
        figure = draft.span(value)
        draft.edit("month-thirteen", (figure, "13"))
        form = pick(f"{name}/month", ("{}月底前", "{}月底前完成", "{}月30日前", "{}月"))
        return [form.format(figure)]
    fixed = layout == "cells" and pick("targets/fixed", (True, False)) and "." not in value
    value_text = f"{value}.00" if fixed else value
    percent = ("%", "百分比", "%") if split or layout == "two" else ("%", "%", "%", "％", "百分比")
    unit = pick("targets/percent", percent) if indicator.unit == "%" else indicator.unit
    first, figure = draft.span(before), draft.span(value_text)
    second, last = draft.span(unit), draft.span(after)
    _spoil_target(pen, name, indicator, (first, figure, second, last), signs)
    if split:
        return [str(first), str(figure), str(second)]
    if layout == "two":
        return [f"{first}{figure}", str(second)]
    return [f"{first}{figure}{second}{last}"]


def _spoil_target(
    pen: Pen, name: str, indicator: Indicator, spans: tuple[Span, Span, Span, Span], signs: Sequence[str]
) -> None:
    draft, pick = pen.draft, pen.dice.pick
    first, figure, unit, last = spans
    zeros = figure.text.removeprefix(indicator.value)
    tag = indicator.tag
    if tag == "month":
        draft.edit("month-thirteen", (figure, f"13{zeros}"))
    if tag in ("completion", "good", "satisfaction"):
        thing = pick(f"{name}/thing", ("台", "个", "平方米", "户", "份", "公里"))
        draft.edit("rate-in-things", (unit, thing))
        high = pick(f"{name}/high", ("105", "110", "120", "150"))
        if tag != "completion":
            draft.edit("over-hundred", (figure, f"{high}{zeros}"))
    if tag == "completion":
        draft.edit("completion-zero", (figure, f"0{zeros}"))
    if tag in ("completion", "satisfaction"):
        draft.edit("rate-without-unit", (unit, ""))
    turned = {"satisfaction": ("satisfaction-at-most", signs[1]), "bad": ("bad-rate-at-least", signs[0])}
    if tag in turned and (first.text or last.text):
        kind, sign = turned[tag]
        if last.text:
            draft.edit(kind, (last, _TURNED[last.text]), (first, ""))
        else:
            draft.edit(kind, (first, sign if first.text in signs else _TURNED[first.text]))
