"""标题序号: headings numbered out of sequence, or in another style than their siblings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from yusuan.compiler.checks.base import Finding, Inspection
from yusuan.compiler.checks.verdicts import broken, holds, unknown
from yusuan.compiler.language.lexicon import Lexicon
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Heading, Section
from yusuan.ir.vocabulary import Role

_LONGEST: Final = 30
# A number that is far off is another list's, or no number of a heading.
_FARTHEST: Final = 3
# The first style of numbering.lark, 第一部分, starts no list within another.
_PARTS: Final = 0


@frozen(slots=True)
class _Numbered:
    """A heading with its number, how that is written, and what it is for."""

    heading: Heading
    ordinal: str
    number: int
    style: int
    role: Role | None


def check(inspection: Inspection) -> Iterator[Finding]:
    """The headings below each section, and those of the whole report."""
    for parent in (inspection.document.body, *inspection.sections):
        siblings = [_numbered(inspection, section) for section in parent.sections]
        known = [sibling for sibling in siblings if sibling is not None]
        if len(known) < 2:
            if parent.sections:
                yield unknown(codes.HEADING_OUT_OF_SEQUENCE)
            continue
        yield from _check_styles(inspection, known)
        for style in sorted({sibling.style for sibling in known}):
            yield from _check_sequence(inspection, known, style)


def _numbered(inspection: Inspection, section: Section) -> _Numbered | None:
    heading = section.heading
    if heading is None or not heading.ordinal:
        return None
    text = f"{heading.ordinal}{heading.title}"
    style, number = inspection.classifier.numbering_of(text)
    return None if number is None else _Numbered(heading, heading.ordinal, number, style, section.role)


def _check_styles(inspection: Inspection, siblings: Sequence[_Numbered]) -> Iterator[Finding]:
    """A heading between two of one style, whose number is the one missing between theirs, is meant to be of it."""
    code = codes.HEADING_IN_ANOTHER_STYLE
    for at in range(1, len(siblings) - 1):
        if not _is_misstyled(siblings, at):
            yield holds(code)
            continue
        before, one, after = siblings[at - 1 : at + 2]
        yield broken(
            code,
            code.at(
                one.heading.span,
                related=[code.place("before", before.heading.span), code.place("after", after.heading.span)],
                heading=one.heading.text[:_LONGEST],
                before=before.ordinal,
                after=after.ordinal,
                expected=_in_style(inspection.lexicon, before.ordinal, before.number, one.number),
            ),
        )


def _is_misstyled(siblings: Sequence[_Numbered], at: int) -> bool:
    """Whether a heading goes on with the numbers about it, but not in their style."""
    if not 0 < at < len(siblings) - 1:
        return False
    before, one, after = siblings[at - 1 : at + 2]
    return one.style != before.style == after.style and before.number + 1 == one.number == after.number - 1


def _is_repeated(siblings: Sequence[_Numbered], at: int) -> bool:
    """Whether a second 一、 is a slip and no other list: known sections stand on both sides and the list goes on."""
    before, one = siblings[at - 1], siblings[at]
    after = siblings[at + 1] if at + 1 < len(siblings) else None
    if before.number != one.number or before.style != one.style:
        return False
    goes_on = after is None or after.number == one.number + 1
    return one.style == _PARTS or (None is not before.role is not one.role is not None and goes_on)


def _check_sequence(inspection: Inspection, siblings: Sequence[_Numbered], style: int) -> Iterator[Finding]:
    """The numbers of one style, in the order of the document, each one more than the one before."""
    code = codes.HEADING_OUT_OF_SEQUENCE
    before = None
    for at, one in enumerate(siblings):
        if one.style != style:
            if before is not None and _is_misstyled(siblings, at):
                # It holds the number that lacks; what there is to say is said of its style.
                before = _Numbered(one.heading, before.ordinal, one.number, style, one.role)
            elif one.style < style:
                # 二、 ends the list of （一） and （二）; behind it there may be another.
                before = None
            continue
        if before is None or (one.number == 1 and not _is_repeated(siblings, at)):
            before = one
            continue
        expected = before.number + 1
        if one.number == expected:
            yield holds(code)
        elif not before.number <= one.number <= expected + _FARTHEST or any(
            _stands_between(inspection, before, one, lacking)
            for lacking in range(expected, max(expected + 1, one.number))
        ):
            yield unknown(code)
        else:
            yield _report(inspection, before, one, expected)
            following = next((other for other in siblings[at + 1 :] if other.style == style), None)
            if following is not None and following.number == expected + 1:
                before = _Numbered(one.heading, one.ordinal, expected, style, one.role)
                continue
        before = one


def _report(inspection: Inspection, before: _Numbered, one: _Numbered, expected: int) -> Finding:
    code = codes.HEADING_OUT_OF_SEQUENCE
    ordinal = _in_style(inspection.lexicon, one.ordinal, one.number, expected)
    variant = "repeated" if one.number == before.number else "skipped"
    return broken(
        code,
        code.at(
            one.heading.span,
            variant,
            related=[code.place("before", before.heading.span)],
            heading=one.heading.text[:_LONGEST],
            before=before.heading.text[:_LONGEST],
            expected=ordinal,
        ),
    )


def _stands_between(inspection: Inspection, before: _Numbered, one: _Numbered, lacking: int) -> bool:
    """Whether a number that lacks stands between two headings: that of a heading which was not known as one."""
    text = inspection.source.text
    ordinal = _in_style(inspection.lexicon, one.ordinal, one.number, lacking)
    start = before.heading.span.start
    while (start := text.find(ordinal, start, one.heading.span.start)) >= 0:
        # 十二、 is not 二、, nor is the 2. of 12.50 or 2.50 a number of a heading.
        end = start + len(ordinal)
        is_decimal = ordinal[0].isdecimal() and text[end : end + 1].isdecimal()
        if inspection.lexicon.numeral(text[start - 1]) is None and not is_decimal:
            return True
        start = end
    return False


def _in_style(lexicon: Lexicon, ordinal: str, number: int, wanted: int) -> str:
    """An ordinal with another number, in the numerals that it has."""
    digits = "".join(char for char in ordinal if char.isdecimal())
    if digits:
        return ordinal.replace(digits, str(wanted), 1)
    return ordinal.replace(lexicon.in_words(number), lexicon.in_words(wanted), 1)
