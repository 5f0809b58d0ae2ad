"""Headings without a role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yusuan.compiler.blocks.lines import line_classifier
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import Language
from yusuan.compiler.language.naming import concept_lexicon
from yusuan.compiler.pipeline import Compilation
from yusuan.compiler.workbench.gaps.model import AddTo, Gap, GapKind
from yusuan.compiler.workbench.gaps.reading import PlacedSection, Wording, in_one_line, places
from yusuan.ir.nodes import Section, Table
from yusuan.ir.vocabulary import ITEMISED, Role

# What has a heading there is a project or an institution, whose name no grammar lists.
_OF_NAMES: Final = frozenset({Role.PROJECT_PERFORMANCE, Role.INSTITUTIONS})


def unknown_headings(compilation: Compilation, language: Language) -> Iterator[Gap]:
    """The headings of sections that play no known role, but for entries of lists, names, and names of amounts."""
    wording = Wording(compilation.document, language)
    for place in places(compilation.document):
        heading = place.section.heading
        if (
            heading is None
            or place.section.role is not None
            or not _is_missed(place, compilation.source.text, language)
        ):
            continue
        if wording.is_name(heading.title):
            # The first of the units that the section goes through.
            continue
        words = wording.of_heading(heading.title)
        yield Gap(GapKind.HEADING, words, AddTo.SECTIONS, in_one_line(heading.text), heading.span)


def _is_missed(place: PlacedSection, source: str, language: Language) -> bool:
    """Whether the grammar could give a section without a role one."""
    section, roles = place.section, place.roles
    if not section.blocks and not section.sections:
        # With nothing below it, it is an entry of a list or of a contents page.
        return False
    if any(role in _OF_NAMES or role.value in language.lists for role in roles):
        return False
    heading = section.heading
    assert heading is not None
    if line_classifier(language).classify(heading.text, 0, len(heading.text)).rule is not None:
        # Its words are known; its place told the outline that it is no section of that role.
        return False
    concept = concept_lexicon(language).label(heading.title).concept
    if concept is not None and (roles or concept in ITEMISED):
        # 公务接待费 among the 三公 expenses, or a functional class: what amounts below it are of is known by it.
        return False
    in_unknown = bool(place.around) and place.around[-1].role is None
    return not in_unknown or _states_money(section, source, language)


def _states_money(section: Section, source: str, language: Language) -> bool:
    """Whether a section holds a table or money. Below an unknown heading, others are headings of prose."""
    if lexicon(language).money_like.search(source, section.span.start, section.span.end):
        return True
    return _has_table(section)


def _has_table(section: Section) -> bool:
    return any(isinstance(block, Table) for block in section.blocks) or any(map(_has_table, section.sections))
