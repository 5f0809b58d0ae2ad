"""Whose report it is: identifiers and schemes that are accepted, and those that are not."""

from __future__ import annotations

import pytest
from tests.builders import rich_document

from yusuan.emitters.to_xbrl import XbrlEmitter
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.entity import BY_NAME, Entity, EntityError

# The example of GB 32100-2015.
USCC = "91350100M000100Y43"


@pytest.mark.parametrize(
    ("identifier", "scheme", "expected"),
    [
        (None, None, BY_NAME),
        (USCC, None, Entity(names.USCC_SCHEME, USCC)),
        (USCC, "uscc", Entity(names.USCC_SCHEME, USCC)),
        ("130609", None, Entity(names.DIVISION_SCHEME, "130609")),
        ("130609103", "division", Entity(names.DIVISION_SCHEME, "130609103")),
        ("130609", "urn:x", Entity("urn:x", "130609")),
        (None, "urn:x", Entity("urn:x")),
    ],
)
def test_what_a_user_names(identifier: str | None, scheme: str | None, expected: Entity) -> None:
    assert Entity.of(identifier, scheme) == expected


@pytest.mark.parametrize(
    ("identifier", "scheme", "reason"),
    [
        (USCC[:-1] + "4", None, "its check character is wrong"),
        ("1306", None, "of no known scheme"),
        (USCC[:-1] + "4", "uscc", "no identifier of the scheme uscc"),
        ("91350100I000100Y43", "uscc", "no identifier of the scheme uscc"),
        ("1306", "division", "no identifier of the scheme division"),
        (None, "division", "needs an identifier"),
        ("x", "usc", "no scheme"),
        ("x", "http://a b", "no scheme"),
        ("a b", "urn:x", "has blanks"),
        ("", "urn:x", "is empty"),
    ],
)
def test_what_is_refused(identifier: str | None, scheme: str | None, reason: str) -> None:
    with pytest.raises(EntityError, match=reason):
        Entity.of(identifier, scheme)


def test_the_entity_is_that_of_every_context() -> None:
    written = "".join(XbrlEmitter(Entity.of(USCC, None)).stream([rich_document()]))
    assert written.count(f'<xbrli:identifier scheme="{names.USCC_SCHEME}">{USCC}<') == written.count("<xbrli:context ")
