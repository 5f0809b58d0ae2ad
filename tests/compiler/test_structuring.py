"""TOML into classes: what is told of every way in which it may not fit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

import pytest
from attrs import frozen

from yusuan.compiler.language.structuring import Line, MisshapenError, between, matching, one_of, structure


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@frozen(slots=True)
class Even:
    half: int

    @classmethod
    def parse(cls, said: Any) -> Self:
        if said % 2:
            raise ValueError(f"{said} is odd")
        return cls(said // 2)


@frozen(slots=True)
class Column:
    name: Line
    colour: Colour = Colour.RED
    width: Annotated[int, between(1, 9)] | None = None
    labels: tuple[Line, ...] = ()


@frozen(slots=True)
class Rest:
    from_: str | None = None
    any_other: Mapping[Annotated[str, matching("[a-z]+", "small word")], Even] = {}


@frozen(slots=True)
class File:
    title: str
    is_new: bool = False
    ends: tuple[int, int] = (0, 0)
    column: tuple[Column, ...] = ()
    rest: Rest = Rest()
    marks: Mapping[Annotated[str, one_of("first last")], float] = {}


def said(text: str) -> File:
    return structure(tomllib.loads(f"title = 'x'\n{text}"), File)


def test_a_file_of_everything() -> None:
    found = said(
        'is_new = true\nends = [1, 2]\n[[column]]\nname = "a"\ncolour = "green"\nwidth = 3\nlabels = ["x", "y"]\n'
        '[rest]\nfrom = "z"\nfour = 4\n[marks]\nlast = 1.5\n'
    )
    column = Column("a", Colour.GREEN, 3, ("x", "y"))
    assert found == File("x", True, (1, 2), (column,), Rest("z", {"four": Even(2)}), {"last": 1.5})
    assert said("") == File("x")


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("[colunm]", ("colunm",), "colunm: no key of the file; did you mean 'column'? (it has title, is_new, ends, "),
        (
            "column = [{name = 'a', with = 3}]",
            ("column", "a", "with"),
            "with: no key of [[column]]; did you mean 'width'",
        ),
        ("column = [{colour = 'red'}]", ("column", 0), "[[column]] has no name, which it needs"),
        ("[column]", ("column",), "column is a table here; it is to be a list"),
        ("column = 1979-05-27", ("column",), "column is a date here; it is to be a list"),
        ("column = [5]", ("column", 0), "what stands in the list is a number here; it is to be a table"),
        ("column = [{name = 5}]", ("column", 0, "name"), "name is a number here; it is to be a text"),
        ("column = [{name = ' '}]", ("column", " ", "name"), "name: it is empty, or has a character that cannot be"),
        (
            "column = [{name = 'a', labels = 'x'}]",
            ("column", "a", "labels"),
            "labels is a text here; it is to be a list",
        ),
        ("column = [{name = 'a', labels = ['x', '']}]", ("column", "a", "labels", ""), "labels: it is empty, or has a"),
        (
            "column = [{name = 'a', colour = 'gren'}]",
            ("column", "a", "colour"),
            "colour: 'gren' is no colour; did you mean 'green'? (there are red, green)",
        ),
        ("column = [{name = 'a', width = 12}]", ("column", "a", "width"), "width: a number from 1 to 9 is expected"),
        (
            "column = [{name = 'a', width = true}]",
            ("column", "a", "width"),
            "width is a yes or no here; it is to be a ",
        ),
        ("is_new = 1", ("is_new",), "is_new is a number here; it is to be true or false"),
        ("ends = [1]", ("ends",), "ends: a list of 2 is expected"),
        ("ends = [1, '2']", ("ends", "2"), "what stands in the list is a text here; it is to be a number"),
        ("[rest]\nfour = 3", ("rest", "four"), "four: 3 is odd"),
        ("[rest]\n4 = 4", ("rest", "4"), "4: '4' is no small word"),
        (
            "[marks]\nlsat = 1.0",
            ("marks", "lsat"),
            "lsat: nothing that is called so is known here; did you",
        ),
        ("[marks]\nlast = 1", ("marks", "last"), "last is a number here; it is to be a number with decimals"),
    ],
)
def test_what_does_not_fit(text: str, path: tuple[str | int, ...], reason: str) -> None:
    with pytest.raises(MisshapenError) as caught:
        said(text)
    assert caught.value.path == path
    assert caught.value.reason.startswith(reason)


def test_what_must_be_said() -> None:
    with pytest.raises(MisshapenError) as caught:
        structure({}, File)
    assert (caught.value.path, caught.value.reason) == ((), "the file has no title, which it needs")


def test_no_table_at_all() -> None:
    with pytest.raises(MisshapenError):
        structure([], File)
