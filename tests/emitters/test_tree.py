"""Walking and flattening the tree of sections."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from tests.builders import LINE, body, section
from tests.emitters.strategies import DOCUMENTS

from yusuan.emitters.tree import RoleIndex, flatten, nest, walk
from yusuan.ir.document import Document
from yusuan.ir.nodes import Section
from yusuan.ir.vocabulary import Role


def outline() -> Section:
    revenue = section(Role.REVENUE, "收入", (4, 5), level=2)
    unknown = section(None, "其他", (6, 7), level=2)
    overview = section(Role.OVERVIEW, "总体", (2, 8), revenue, unknown)
    return body(overview, section(Role.GLOSSARY, "名词", (9, 9)), last=20)


def test_walk_goes_in_the_order_of_the_document_with_the_role_around() -> None:
    assert [(one.role, around) for one, around in walk(outline())] == [
        (None, None),
        (Role.OVERVIEW, None),
        (Role.REVENUE, Role.OVERVIEW),
        (None, Role.OVERVIEW),
        (Role.GLOSSARY, None),
    ]


def test_the_role_at_a_place_is_that_of_the_innermost_section_with_one() -> None:
    roles = RoleIndex.of(outline())
    found = [roles.at((line - 1) * LINE) for line in range(1, 12)]
    overview, revenue = Role.OVERVIEW, Role.REVENUE
    assert found == [
        None, overview, overview, revenue, revenue, overview, overview, overview, Role.GLOSSARY, None, None,
    ]  # fmt: skip


@given(DOCUMENTS)
def test_nest_undoes_flatten(document: Document) -> None:
    assert nest(flatten(document.body)) == document.body


@pytest.mark.parametrize("parent", [None, 1, 5, -1])
def test_nest_refuses_a_parent_that_is_no_earlier_section(parent: int | None) -> None:
    flat = flatten(outline())
    flat[1] = evolve(flat[1], parent=parent)
    with pytest.raises(ValueError, match="section 1 has the parent"):
        nest(flat)


def test_nest_refuses_a_list_without_the_whole_document() -> None:
    with pytest.raises(ValueError, match="whole document"):
        nest([])
    with pytest.raises(ValueError, match="whole document"):
        nest([evolve(flatten(outline())[0], parent=0)])
