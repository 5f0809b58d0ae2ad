"""The known name that somebody meant who wrote one that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The end of a message that a name is not known: the one that is most alike; empty where none is."""
    from difflib import get_close_matches  # slow to import, and needed only for a mistake

    by_lower = {one.lower(): str(one) for one in known}
    # What is far longer than any name is none that is mistyped; to compare it would take long.
    found = get_close_matches(written.lower(), by_lower, n=1, cutoff=0.5) if len(written) < 100 else []
    return f"; did you mean {by_lower[found[0]]!r}?" if found else ""
