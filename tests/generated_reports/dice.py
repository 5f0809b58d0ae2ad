"""Chance, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar, cast

T = TypeVar("T")


class Dice:
    """Chance, by name: a choice does not depend on how many were made before, so one forced leaves the others."""

    def __init__(self, seed: int, forced: Mapping[str, object]) -> None:
        self._seed = seed
        self._forced = forced

    def random(self, name: str) -> Random:
        return Random(f"{self._seed}/{name}")

    def pick(self, name: str, options: Sequence[T]) -> T:
        if name in self._forced:
            return cast(T, self._forced[name])
        return self.random(name).choice(options)

    def chance(self, name: str, probability: float) -> bool:
        if name in self._forced:
            return bool(self._forced[name])
        return self.random(name).random() < probability

    def between(self, name: str, low: int, high: int) -> int:
        if name in self._forced:
            return cast(int, self._forced[name])
        return self.random(name).randint(low, high)

    def sample(self, name: str, options: Sequence[T], number: int) -> list[T]:
        return self.random(name).sample(options, min(number, len(options)))
