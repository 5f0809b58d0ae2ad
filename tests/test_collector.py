"""The collector of cycles rests while objects are made, and leaves what others froze alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from yusuan.ir.collector import collector_at_rest

MANY = 5000


@pytest.fixture(autouse=True)
def nothing_frozen() -> Iterator[None]:
    assert gc.isenabled()
    yield
    gc.enable()
    gc.unfreeze()


def test_it_runs_again_and_has_nothing_to_walk() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        kept = [[number] for number in range(MANY)]
    assert gc.isenabled()
    assert gc.get_count()[0] < MANY
    assert gc.get_freeze_count() == 0
    assert len(kept) == MANY


def test_cycles_are_found_later() -> None:
    with collector_at_rest():
        cycle: list[object] = []
        cycle.append(cycle)
        del cycle
    assert gc.collect() > 0


def test_what_was_frozen_stays_frozen() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    assert frozen
    with collector_at_rest():
        pass
    assert gc.get_freeze_count() >= frozen - 100


def test_who_has_it_off_keeps_it_off() -> None:
    gc.disable()
    with collector_at_rest():
        pass
    assert not gc.isenabled()
