"""Which diagnostics are reported, and how gravely."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from attrs import evolve

from yusuan.compiler.workspace.selection import Layer, SelectionError, layer, resolve, selector
from yusuan.ir.diagnostics import Severity
from yusuan.ir.diagnostics.codes import (
    BROKEN_ROW,
    CHANGE_DOES_NOT_RECONCILE,
    CODES,
    EMPTY_INPUT,
    INTERNAL_FAULT,
)
from yusuan.ir.source import Span

DEFAULT = {code.code for code in CODES.values() if code.default}
PLACE = Span(0, 0, 1, 1)


def reported(*layers: Layer) -> set[str]:
    return set(resolve(layers).levels)


def of(*, select: Iterable[str] = (), ignore: Iterable[str] = (), severity: Iterable[tuple[str, str]] = ()) -> Layer:
    return layer(select, ignore, severity)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("BD503", "BD503"), (" bd503 ", "BD503"), ("bd5", "BD5"), ("Change-Does-Not-Reconcile", "BD503"), ("b", "B")],
)
def test_selector(written: str, meant: str) -> None:
    assert selector(written) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("BD5033", "unknown diagnostic 'BD5033'; did you mean 'BD503'?"),
        ("change-doesnt-reconcile", "'change-does-not-reconcile'?"),
        ("", "unknown diagnostic ''"),
        ("x", "unknown diagnostic 'x'"),
    ],
)
def test_unknown_selector(written: str, said: str) -> None:
    with pytest.raises(SelectionError) as caught:
        selector(written)
    assert str(caught.value).endswith(said)


def test_nothing_said() -> None:
    assert reported() == reported(of()) == DEFAULT


def test_select_replaces_and_ignore_takes_away() -> None:
    assert reported(of(select=["BD503", "bd601"])) == {"BD503", "BD601"}
    assert reported(of(ignore=["BD5"])) == {code for code in DEFAULT if not code.startswith("BD5")}
    assert reported(of(select=["BD"])) == set(CODES)


def test_the_longer_selector_decides_and_ignore_on_a_tie() -> None:
    assert reported(of(select=["BD503"], ignore=["BD5"])) == {"BD503"}
    assert "BD503" not in reported(of(select=["BD5"], ignore=["BD503"]))
    assert reported(of(select=["BD503"], ignore=["BD503"])) == set()
    assert reported(of(select=["change-does-not-reconcile"], ignore=["BD50"])) == {"BD503"}


def test_the_command_line_beats_the_file() -> None:
    file = of(select=["BD5"], ignore=["BD503"], severity=[("BD6", "off"), ("BD5", "error")])
    assert reported(file, of(select=["BD503"])) == {"BD503"}
    assert reported(file, of(ignore=["BD5"])) == set()
    assert reported(file, of(select=["BD601"])) == {"BD601"}
    assert resolve([file, of(severity=[("BD501", "info")])]).levels["BD501"] is Severity.INFO
    assert resolve([file, of(severity=[("BD501", "info")])]).levels["BD502"] is Severity.ERROR


def test_severity_selects_nothing() -> None:
    assert reported(of(select=["BD5"], severity=[("BD601", "error")])) == reported(of(select=["BD5"]))
    assert "BD503" not in reported(of(severity=[("BD503", "off")]))
    assert "BD503" in reported(of(severity=[("BD503", "off")]), of(severity=[("BD503", "warning")]))


def test_the_closest_severity_counts() -> None:
    levels = resolve([of(severity=[("BD503", "info"), ("BD5", "error"), ("BD501", "off")])]).levels
    assert (levels["BD503"], levels["BD502"]) == (Severity.INFO, Severity.ERROR)
    assert "BD501" not in levels


def test_applied() -> None:
    change = CHANGE_DOES_NOT_RECONCILE.at(PLACE, total="x", last=1, this=2, unit="", difference=1, figure=3)
    row = BROKEN_ROW.at(PLACE, cells=2)
    selection = resolve([of(ignore=["BD101"], severity=[("BD503", "error")])])
    assert selection.apply([change, row]) == (evolve(change, severity=Severity.ERROR),)
    assert resolve([]).apply([change, row]) == (change, row)


def test_a_failure_is_always_reported() -> None:
    empty = EMPTY_INPUT.at(PLACE, "empty")
    fault = INTERNAL_FAULT.at(PLACE, "region", fault="x")
    for quiet in (of(ignore=["BD"]), of(select=["BD503"]), of(severity=[("BD", "off")]), of(severity=[("BD", "info")])):
        assert resolve([quiet]).apply([empty, fault]) == (empty, fault)
    graver = resolve([of(severity=[("BD901", "error")])]).apply([fault])
    assert graver == (evolve(fault, severity=Severity.ERROR),)
