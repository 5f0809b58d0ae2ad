"""The tree of sections, walked and flattened without recursion: a hostile outline may nest as deep as it is
long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import frozen

from yusuan.ir.nodes import Heading, Paragraph, Section, Table
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Role


def walk(body: Section) -> Iterator[tuple[Section, Role | None]]:
    """Every section in the order of the document, with the role of the nearest enclosing section that has
    one."""
    stack: list[tuple[Section, Role | None]] = [(body, None)]
    while stack:
        section, enclosing = stack.pop()
        yield section, enclosing
        inner = section.role or enclosing
        stack.extend((child, inner) for child in reversed(section.sections))


@frozen(slots=True)
class RoleIndex:
    """Which role holds at a place, found by bisection.

    Attributes:
        offsets: where the role changes, rising.
        roles: the role from each of these offsets on; absent outside every section that has one.
    """

    offsets: list[int]
    roles: list[Role | None]

    @classmethod
    def of(cls, body: Section) -> RoleIndex:
        """The index of a document."""
        offsets: list[int] = []
        roles: list[Role | None] = []
        # A section is pushed to be entered; one with a role also pushes its end, where the enclosing role
        # returns.
        stack: list[tuple[Section | None, int, Role | None]] = [(body, 0, None)]
        while stack:
            section, end, enclosing = stack.pop()
            if section is None:
                offsets.append(end)
                roles.append(enclosing)
                continue
            if section.role is not None:
                offsets.append(section.span.start)
                roles.append(section.role)
                stack.append((None, section.span.end, enclosing))
            inner = section.role or enclosing
            stack.extend((child, 0, inner) for child in reversed(section.sections))
        return cls(offsets, roles)

    def at(self, offset: int) -> Role | None:
        """The role of the innermost section with a role that holds the character at `offset`."""
        place = bisect_right(self.offsets, offset) - 1
        return self.roles[place] if place >= 0 else None


@frozen(slots=True)
class FlatSection:
    """A section of a document's list of sections.

    Attributes:
        parent: index in the list of the section around it, always smaller than its own; absent for the first,
            which is the whole document.
        role: what it is for; absent where its heading plays none of the known roles.
        heading: its heading; absent only for the whole document.
        level: depth in the outline, 0 for the whole document.
        blocks: paragraphs and tables before the first section inside.
        span: from the heading to the end of the last section inside.
    """

    parent: int | None
    role: Role | None
    heading: Heading | None
    level: int
    blocks: tuple[Paragraph | Table, ...]
    span: Span


def flatten(body: Section) -> list[FlatSection]:
    """The tree as a list, sections in the order of the document."""
    flat: list[FlatSection] = []
    stack: list[tuple[Section, int | None]] = [(body, None)]
    while stack:
        section, parent = stack.pop()
        stack.extend((child, len(flat)) for child in reversed(section.sections))
        flat.append(FlatSection(parent, section.role, section.heading, section.level, section.blocks, section.span))
    return flat


def nest(flat: Sequence[FlatSection]) -> Section:
    """The tree that `flatten` has made a list of.

    Raises:
        ValueError: the list is empty, or a `parent` in it is not the index of an earlier section.
    """
    if not flat or flat[0].parent is not None:
        raise ValueError("the first section must be the whole document, without parent")
    children: list[list[Section]] = [[] for _ in flat]
    # Backwards, so that a section is made after those inside it; each list of children is then in reverse
    # too.
    for index in range(len(flat) - 1, 0, -1):
        parent = flat[index].parent
        if parent is None or not 0 <= parent < index:
            raise ValueError(f"section {index} has the parent {parent}, which is no earlier section")
        children[parent].append(_section(flat[index], children[index]))
    return _section(flat[0], children[0])


def _section(flat: FlatSection, reversed_children: list[Section]) -> Section:
    return Section(flat.role, flat.heading, flat.level, flat.blocks, tuple(reversed(reversed_children)), flat.span)
