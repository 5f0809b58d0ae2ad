"""Intervals, and which figure of a broken sum is the wrong one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan import compile_text
from yusuan.compiler.checks.equations import Equation, Interval, Operand, settle, written
from yusuan.compiler.checks.verdicts import Outcome, Verdict
from yusuan.ir.diagnostics import Diagnostic, codes
from yusuan.ir.records import Figure
from yusuan.ir.source import Span

FIGURES = st.decimals(-(10**9), 10**9, places=2) | st.integers(-(10**6), 10**6).map(Decimal)


def figure(text: str, place: int = 0) -> Figure:
    return Figure(Decimal(text), text, Span(place, place + len(text), 1, place + 1))


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("47", "46.5", "47.5"),
        ("47.10", "47.095", "47.105"),
        ("-3.2", "-3.25", "-3.15"),
        ("0", "0", "0"),
        ("0.00", "0", "0"),
        ("1E+2", "50", "150"),
    ],
)
def test_what_a_printed_figure_stands_for(printed: str, low: str, high: str) -> None:
    made = Interval.of(figure(printed))
    assert (made.low, made.high) == (Fraction(low), Fraction(high))


@given(FIGURES, st.sampled_from([1, 1000, 10000, 100000000]))
def test_a_unit_scales_the_interval(value: Decimal, factor: int) -> None:
    one, scaled = Interval.of(figure(str(value))), Interval.of(figure(str(value)), factor)
    assert (scaled.low, scaled.high) == (one.low * factor, one.high * factor)
    assert one.low <= Fraction(value) <= one.high


@given(FIGURES, FIGURES)
def test_the_sum_of_two_figures_is_in_the_sum_of_their_intervals(one: Decimal, two: Decimal) -> None:
    made = Interval.of(figure(str(one))) + Interval.of(figure(str(two)))
    assert made.meets(Interval.exactly(Fraction(one) + Fraction(two)))
    assert (made - Interval.of(figure(str(two)))).meets(Interval.of(figure(str(one))))


ENDS = st.tuples(*[st.fractions(max_denominator=1000, min_value=-1000, max_value=1000)] * 2).map(sorted)


@given(ENDS, ENDS)
def test_what_is_reckoned_with_parts_is_reckoned_with_fractions(one: list[Fraction], two: list[Fraction]) -> None:
    left, right = Interval.between(*one), Interval.between(*two)
    assert [left.low, left.high] == one
    pairs = [(end, other) for end in one for other in two]
    made = [
        (left + right, [end + other for end, other in pairs]),
        (left - right, [end - other for end, other in pairs]),
        (left * right, [end * other for end, other in pairs]),
    ]
    if all(two):
        made.append((left / right, [end / other for end, other in pairs]))
    else:
        with pytest.raises(ZeroDivisionError):
            left / right
    for interval, ends in made:
        assert (interval.low, interval.high) == (min(ends), max(ends))
    assert left.meets(right) == (one[0] <= two[1] and two[0] <= one[1])
    assert left.exceeds(right) == (one[0] > two[1])


def test_intervals_meet_at_their_ends() -> None:
    assert Interval.of(figure("1")).meets(Interval.of(figure("2")))
    assert not Interval.of(figure("1")).meets(Interval.of(figure("3")))


@given(FIGURES)
def test_numbers_are_written_as_they_are_printed(value: Decimal) -> None:
    decimals = -int(value.as_tuple().exponent)
    assert Decimal(written(Fraction(value), decimals)) == value


def settled(*equations: tuple[str, Outcome, str]) -> list[Verdict]:
    """Verdicts on equations given as the names of their figures: the first the total, the place the letter's."""

    def make(figures: str, outcome: Outcome, group: str) -> Equation:
        entries = tuple(Operand(figure("1", ord(name))) for name in figures)
        return Equation(
            codes.PARTS_DO_NOT_SUM,
            "a-rule",
            entries,
            outcome,
            lambda at: codes.INTERNAL_FAULT.at(entries[at].figure.span, "region", fault=figures[at]),
            group or None,
        )

    return list(settle([make(*equation) for equation in equations]))


HOLDS, BROKEN, UNKNOWN = Outcome.HOLDS, Outcome.BROKEN, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("equations", "wrong"),
    [
        # Alone, a broken sum is the total's.
        ([("tab", BROKEN, "")], ["t"]),
        # What two broken sums share is wrong.
        ([("tab", BROKEN, ""), ("bcd", BROKEN, "")], ["b", "b"]),
        # A total that another sum bears out is right; then it is the part that no other sum does.
        ([("tab", BROKEN, ""), ("xt", HOLDS, ""), ("ya", HOLDS, "")], ["b"]),
    ],
)
def test_the_figure_that_the_sums_speak_against(equations: list[tuple[str, Outcome, str]], wrong: list[str]) -> None:
    said = [verdict.diagnostic.message for verdict in settled(*equations) if verdict.diagnostic is not None]
    assert said == wrong


def test_a_total_that_is_made_up_in_one_way_need_not_be_in_another() -> None:
    outcomes = [verdict.outcome for verdict in settled(("tab", HOLDS, "g"), ("tcd", BROKEN, "g"), ("tef", BROKEN, "h"))]
    assert outcomes == [HOLDS, UNKNOWN, BROKEN]


def test_figures_of_any_length_cost_no_document() -> None:
    row = "\t桥梁检测\n\t检测仪\n\t{quantity}\n\t3\n\t6\n\n"
    header = "六、政府采购预算情况\n\t项目名称\n\t采购物品名称\n\t数量\n\t单价\n\t合计\n\n"
    for quantity in ("9" * 4400, "0." + "0" * 4400 + "1"):
        found = compile_text(header + row.format(quantity=quantity)).diagnostics
        assert codes.INTERNAL_FAULT.code not in {one.code for one in found}


def test_a_report_that_fails_costs_its_own_verdict_only() -> None:
    entries = (Operand(figure("1")),)

    def fail(_: int) -> Diagnostic:
        raise ZeroDivisionError

    [verdict] = settle([Equation(codes.PARTS_DO_NOT_SUM, "a-rule", entries, Outcome.BROKEN, fail)])
    assert verdict.diagnostic is not None
    assert verdict.diagnostic.code == codes.INTERNAL_FAULT.code
