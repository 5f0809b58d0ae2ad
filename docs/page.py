"""A page of the reference in one language, as its modules write it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen


@frozen(slots=True)
class Chapter:
    """What stands below a heading.

    Attributes:
        anchor: where it is found.
        title: the heading.
        body: the rest, as XML.
    """

    anchor: str
    title: str
    body: str


@frozen(slots=True)
class Page:
    """A page.

    Attributes:
        file: its name in the folder of the language.
        title: its title.
        lead: what stands in front of its chapters, as XML.
        chapters: what follows, in its order.
    """

    file: str
    title: str
    lead: str
    chapters: Sequence[Chapter]

    @property
    def name(self) -> str:
        """What the generator calls it."""
        return self.file.removesuffix(".html")
