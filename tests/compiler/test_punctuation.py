"""What punctuation does: any text has a tree, its brackets are in pairs, its tokens in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from yusuan.compiler.blocks.tokens import BlockToken
from yusuan.compiler.clauses.lexer import parse_region
from yusuan.compiler.clauses.phrases import Ahead, phrases_of, start_of
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.language.parsers import Tree

PIECES = (
    *"（）()，；。：、《》 \n甲",
    *("5", "3.2", "1,000", "万元", "%", "（万元）", "2023年", "上年", "本年", "（301）", "（项）"),
    *("增加", "减少", "增加（减少）", "+", "-", "较上年预算", "持平", "占比为"),
    *("其中", "主要用于", "原因是", "按功能分类", "一、", "1.", "（一）", "①", "单价100万元以上", "支出预算", "\n\n"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def trees(tree: Tree[BlockToken]) -> Iterator[Tree[BlockToken]]:
    yield tree
    for child in tree.children:
        if isinstance(child, Tree):
            yield from trees(child)


def tokens(tree: Tree[BlockToken]) -> Iterator[BlockToken]:
    for child in tree.children:
        if isinstance(child, Tree):
            yield from tokens(child)
        else:
            yield child


@settings(deadline=None)
@given(texts)
def test_any_text_has_a_tree_in_its_own_order(text: str) -> None:
    tree = parse_region(built_in_language(), "amount", text)
    places = [(token.start, token.end) for token in tokens(tree)]
    assert all(start <= end for start, end in places)
    assert all(before[1] <= behind[0] for before, behind in pairwise(places))
    starts = [start_of(phrase) for phrase in phrases_of(tree)]
    assert starts == sorted(starts)


@settings(deadline=None)
@given(texts)
def test_brackets_are_in_pairs_within_their_paragraph(text: str) -> None:
    tree = parse_region(built_in_language(), "amount", text)
    for inner in trees(tree):
        kinds = [child.type for child in inner.children if isinstance(child, BlockToken)]
        if inner.data == "aside":
            assert (kinds[0], kinds[-1]) in (("OPEN", "CLOSE"), ("OPEN", "UNCLOSED"))
        else:
            assert not {"OPEN", "CLOSE", "UNCLOSED"} & set(kinds)


def test_brackets_nested_deeper_than_a_reader_follows_are_as_if_they_were_not_there() -> None:
    tree = parse_region(built_in_language(), "amount", "（" * 5000 + "支出5万元" + "）" * 5000)
    kinds = [token.type for token in tokens(tree)]
    assert kinds.count("OPEN") == kinds.count("CLOSE") == 31
    assert [inner.data for inner in trees(tree)].count("amount") == 1


@settings(deadline=None)
@given(texts, st.integers(0, 60))
def test_what_stands_ahead_is_what_starts_behind(text: str, offset: int) -> None:
    for paragraph in parse_region(built_in_language(), "amount", text).children:
        if isinstance(paragraph, Tree):
            ahead = [phrase for phrase in phrases_of(paragraph) if start_of(phrase) > offset]
            assert list(Ahead(paragraph).behind(offset, 5)) == ahead[:5]
