"""Whether a part can be a share of some figure told with it: the search finds what trying all of them finds."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import amount, document

from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Interval
from yusuan.compiler.checks.shares import Told
from yusuan.compiler.language.loader import built_in_language
from yusuan.ir.source import SourceFile

figures = st.decimals(-99, 99, places=1).map(lambda value: f"{value:.1f}")


@given(st.lists(figures, min_size=1, max_size=12), figures, st.data())
def test_a_whole_is_found_if_there_is_one(printed: list[str], percent: str, data: st.DataObject) -> None:
    group = [evolve(amount(value, column=at), period=2024) for at, value in enumerate(printed, start=1)]
    told = Told(Inspection(document(amounts=tuple(group)), SourceFile("a", ""), built_in_language()), group)
    at = data.draw(st.sampled_from(range(len(group))))
    part, share = Interval.of(group[at].value, 10_000), Interval.of(amount(percent).value)
    share = Interval.between(share.low - Fraction(1, 20), share.high + Fraction(1, 20))
    wholes = [Interval.of(one.value, 10_000) for place, one in enumerate(group) if place != at]
    hundred = Interval.exactly(100)
    expected = any((part * hundred / whole).meets(share) for whole in wholes if whole.low > 0)
    assert told.has_whole_of(at, part, share) is expected
