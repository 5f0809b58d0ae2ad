"""Every figure of every sum of the samples: off by one unit beyond the interval is caught, within it is not."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from yusuan import compile_text
from yusuan.compiler.checks import CHECKS
from yusuan.compiler.checks.base import Inspection
from yusuan.compiler.checks.equations import Equation, Operand, places, written
from yusuan.compiler.checks.verdicts import Outcome
from yusuan.compiler.language.loader import built_in_language
from yusuan.ir.diagnostics import codes
from yusuan.ir.records import Figure

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))


def equations(text: str) -> list[Equation]:
    """The sums of a text."""
    compilation = compile_text(text, checks=False)
    inspection = Inspection(compilation.document, compilation.source, built_in_language())
    findings = (finding for check in CHECKS for finding in check(inspection))
    return [finding for finding in findings if isinstance(finding, Equation)]


def place(entry: Operand) -> int:
    """Where a figure stands: what tells it apart, before and after it is changed."""
    return entry.figure.span.start


def changed(text: str, figure: Figure, value: Fraction) -> str | None:
    """The text with another number of the same precision in a figure's place; absent where it is no plain number."""
    printed = re.search(r"[0-9][0-9,]*(\.[0-9]+)?", text[figure.span.start : figure.span.end])
    if printed is None or printed.start() or value <= 0:
        return None
    return text[: figure.span.start] + written(value, places(figure)) + text[figure.span.start + printed.end() :]


def outcomes(text: str | None, rule: str, start: int) -> set[Outcome]:
    """What the sums of a rule come to that a figure is in."""
    found = equations(text) if text is not None else []
    return {one.outcome for one in found if one.rule == rule and start in map(place, one.entries)}


def slack(equation: Equation, start: int, sign: int) -> Fraction:
    """How far a figure may move in a direction, the others staying as they are, until the sum is broken."""
    total, parts = equation.entries[0], equation.entries[1:]
    low, high = sum(part.interval.low for part in parts), sum(part.interval.high for part in parts)
    upwards = (place(total) == start) is (sign > 0)
    return Fraction(high - total.interval.low if upwards else total.interval.high - low)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_one_unit_beyond_the_interval_is_caught_and_less_is_not(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sums = [one for one in equations(text) if one.outcome is Outcome.HOLDS and one.rule not in NO_SUM]
    figures = {(one.rule, place(entry)): entry for one in sums for entry in one.entries if entry.figure.value}
    caught = set()
    for (rule, start), entry in figures.items():
        unit = Fraction(1, 10 ** places(entry.figure))
        exact = Fraction(entry.figure.value)
        own = [one for one in sums if one.rule == rule and start in map(place, one.entries)]
        for sign in (+1, -1):
            steps = min(slack(one, start, sign) for one in own) // (unit * entry.factor)
            direction = -sign if exact < 0 else sign
            within, beyond = (
                outcomes(changed(text, entry.figure, abs(exact) + direction * unit * (steps + more)), rule, start)
                for more in (0, 1)
            )
            assert Outcome.BROKEN not in within, (rule, entry.figure.text, sign)
            # A sum below its total may be told in part; one above it cannot be.
            assert beyond != {Outcome.HOLDS}, (rule, entry.figure.text, sign)
            if Outcome.BROKEN in beyond:
                caught.add((rule, start))
    # Of changes not all need be told, and those that are not can be of either sign.
    in_part = {place(entry) for one in sums if one.code is codes.CHANGES_DO_NOT_SUM for entry in one.entries}
    missed = {(rule, start) for rule, start in figures.keys() - caught if start not in in_part}
    assert not missed, [(rule, figures[rule, start].figure.text) for rule, start in sorted(missed)]


NO_SUM = {
    "price-times-quantity",
    "change-does-not-reconcile",
    "flat-beside-difference",
    "change-against-direction",
    # A duty that differs from its activities says so; what all duties come to is then not told.
    "duties-and-project-expenditure",
}
"""Rules that do not add up, or give way to another; they have cases in the corpus."""
