"""No part grows faster than its input: the kinds of documents of `bench/growth.py`, each part on its own."""

from __future__ import annotations

import growth
import pytest

SIZE = 150
TOO_FAST = 8
"""Four times the document may take so many times as long: a square takes sixteen times."""


@pytest.mark.parametrize("kind", growth.KINDS)
def test_time_is_linear(kind: str) -> None:
    faster: set[str] = set()
    for _ in range(3):
        found = growth.growth(kind, SIZE)
        now = {part for part, times in found.items() if times > TOO_FAST}
        faster = faster & now if faster else now
        if not faster:
            return
    pytest.fail(
        f"{kind}: four times the input takes more than {TOO_FAST} times as long in: {', '.join(sorted(faster))}"
    )
