"""Python's collector of cycles, at rest where many objects of the IR are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """What is made here has no cycles but many objects: the collector would walk all of them again and again.

    Nor does it walk them when it may run again: what is there by then counts as old, which takes no time. Who has
    frozen objects of his own has them frozen still, and all others walked once.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
