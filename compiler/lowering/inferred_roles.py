"""Roles that no heading says: a section is what its amounts are about where nobody knows its heading's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import evolve

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.check_words import check_words
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Section
from yusuan.ir.records import Amount


def infer_roles(context: Context, body: Section) -> Section:
    """The tree with the roles that follow from amounts; each is said in a diagnostic.

    A section takes the role of the subjects of its own text where these are all of one role, which no heading of the
    report has, and where it stands in no section but such as hold any other.
    """
    subjects = check_words(context.language).subjects
    spoken = [amount for amount in context.records.amounts if amount.concept in subjects]
    taken = {section.role for section in _sections(body)}
    if all(subjects[amount.concept] in taken for amount in spoken):
        return body
    holders = context.language.holders
    found: list[Section] = []
    for section in _roleless(body, holders):
        roles = {subjects[amount.concept] for amount in spoken if _is_in_text(amount, section)}
        if len(roles) == 1 and not roles & taken:
            role = roles.pop()
            taken.add(role)
            found.append(evolve(section, role=role))
    for section in found:
        _tell(context, section)
    return _with(body, {section.span.start: section for section in found})


def _sections(body: Section) -> Iterator[Section]:
    for section in body.sections:
        yield section
        yield from _sections(section)


def _roleless(body: Section, holders: Collection[str]) -> Iterator[Section]:
    """The sections without a role, in no section that has one but such as hold any other; parts of these are not."""
    for section in body.sections:
        if section.role is None:
            yield section
        if section.role is None or section.role.value in holders:
            yield from _roleless(section, holders)


def _is_in_text(amount: Amount, section: Section) -> bool:
    """Whether an amount stands in a section's own text, not in that of a section inside it."""
    start = amount.value.span.start
    return any(block.span.start <= start < block.span.end for block in section.blocks)


def _tell(context: Context, section: Section) -> None:
    assert section.heading is not None
    assert section.role is not None
    amounts = context.records.amounts
    amounts[:] = [evolve(one, section=section.role) if _is_in_text(one, section) else one for one in amounts]
    context.diagnostics.append(codes.SECTION_INFERRED.at(section.heading.span, role=section.role))


def _with(section: Section, known: dict[int, Section]) -> Section:
    """A section with the roles of those inside it that are known by their starts."""
    role = (
        known[section.span.start].role if section.heading is not None and section.span.start in known else section.role
    )
    inside = tuple(_with(one, known) for one in section.sections)
    return (
        section if (role, inside) == (section.role, section.sections) else evolve(section, role=role, sections=inside)
    )
