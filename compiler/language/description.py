"""What an overlay says of itself, in its `grammar.toml`."""

from __future__ import annotations

from attrs import frozen

from yusuan.compiler.language.structuring import Line


@frozen(slots=True)
class Description:
    """A description.

    Attributes:
        name: what it is called; absent where its folder's name will do.
        version: its version; absent where it has none.
    """

    name: Line | None = None
    version: Line | None = None
