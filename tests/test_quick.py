"""Quick records are what attrs makes of them, made faster."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from typing import Any

import pytest
from attrs import evolve, field, fields, frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from yusuan.ir.nodes import Cell, Text
from yusuan.ir.quick import maker, quick
from yusuan.ir.source import SourceFile, Span


@quick
@frozen(slots=True)
class Point:
    """A record that only the tests have."""

    x: int
    y: int = 7


@frozen(slots=True)
class PlainPoint:
    x: int
    y: int = 7


def test_it_is_what_attrs_makes_of_it() -> None:
    point = Point(1, y=2)
    assert type(point) is Point
    assert (point.x, point.y) == (1, 2)
    assert Point(3) == Point(x=3, y=7) != Point(4)
    assert hash(Point(3)) == hash(Point(3, 7))
    assert repr(Point(3)) == "Point(x=3, y=7)"
    assert evolve(point, x=5) == Point(5, 2)
    assert pickle.loads(pickle.dumps(point)) == point == copy.deepcopy(point)
    assert inspect.signature(Point) == inspect.signature(PlainPoint)
    assert [one.name for one in fields(Point)] == ["x", "y"]


def test_a_maker_makes_what_the_class_makes() -> None:
    make = maker(Point)
    assert type(make(1)) is Point
    assert make(1) == make(x=1, y=7) == Point(1)
    with pytest.raises(TypeError):
        make()
    with pytest.raises(FrozenInstanceError):
        make(1).x = 2  # type: ignore[misc]


def test_it_stays_frozen() -> None:
    points: list[Any] = [Point(1, 2), pickle.loads(pickle.dumps(Point(1, 2))), evolve(Point(1, 2), y=3)]
    for point in points:
        with pytest.raises(FrozenInstanceError):
            point.x = 5
        with pytest.raises(FrozenInstanceError):
            del point.x
        with pytest.raises(AttributeError):
            point.z = 5


@pytest.mark.parametrize("arguments", [(), (1, 2, 3)])
def test_it_wants_the_same_arguments(arguments: tuple[int, ...]) -> None:
    with pytest.raises(TypeError):
        Point(*arguments)


def test_what_needs_more_than_assignments_is_refused() -> None:
    @frozen(slots=True)
    class Converted:
        x: int = field(converter=int)

    @frozen(slots=True)
    class Anew:
        x: list[int] = field(factory=list)

    for record in (Converted, Anew):
        with pytest.raises(TypeError, match=r"\.x "):
            quick(record)


def test_records_of_a_document_are_quick() -> None:
    cell = Cell(1, 2, 1, 1, "甲", Span(3, 4, 1, 4))
    assert evolve(cell, text="乙").span is cell.span
    assert Text("甲", cell.span) in {Text("甲", Span(3, 4, 1, 4, None))}
    with pytest.raises(FrozenInstanceError):
        cell.text = "乙"  # type: ignore[misc]


@given(st.text(st.sampled_from("甲a \t\n\r\v\f\u2028"), max_size=40))
def test_lines_end_where_editors_end_them(text: str) -> None:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    assert SourceFile("x", text).line_starts == starts
