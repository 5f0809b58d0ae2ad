"""Headers of any depth: what a text has left of merged cells gives the same columns as the grid, or says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from yusuan.compiler.blocks.marks import EMPTY, OTHER
from yusuan.compiler.blocks.tokens import BlockPlace, BlockToken
from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.lexicon import lexicon
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.tables.columns import slices
from yusuan.compiler.tables.headers import Header, compose
from yusuan.compiler.tables.rows import MarkedRow, RowBuilder
from yusuan.ir.source import SourceFile


@frozen
class Node:
    """A cell of a header and those below it."""

    words: str
    below: tuple[Node, ...] = ()

    @property
    def width(self) -> int:
        return sum(node.width for node in self.below) or 1

    @property
    def depth(self) -> int:
        return 1 + max((node.depth for node in self.below), default=0)


def nodes(depth: int) -> st.SearchStrategy[tuple[Node, ...]]:
    """Cells beside each other, whose words differ, and below them others; the same words may stand below several."""
    words = st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=4, unique=True)
    if depth == 1:
        return words.map(lambda some: tuple(map(Node, some)))
    below = st.just(()) | nodes(depth - 1)
    return words.flatmap(lambda some: st.tuples(*(st.builds(Node, st.just(one), below) for one in some)))


HEADERS = st.integers(1, 4).flatmap(nodes)

Placed = tuple[str, int, int, int]
"""A cell: its words, its column from 0, its rowspan and colspan."""


def rows_of(header: Sequence[Node], depth: int) -> list[list[Placed]]:
    """The rows of a header, as a grid has them: an empty cell at a place that one above covers, of no rows."""
    rows: list[list[Placed]] = [[] for _ in range(depth)]

    def lay(some: Sequence[Node], row: int, column: int) -> None:
        for node in some:
            rowspan = 1 if node.below else depth - row
            rows[row].append((node.words, column, rowspan, node.width))
            for covered in range(row + 1, row + rowspan):
                rows[covered].append(("", column, 0, node.width))
            lay(node.below, row + 1, column)
            column += node.width

    lay(header, 0, 0)
    return [sorted(row, key=lambda cell: cell[1]) for row in rows]


def marked(rows: Sequence[Sequence[Placed]], *, in_grid: bool) -> list[MarkedRow]:
    """Rows as the stages before make them, with places or without."""
    text, tokens = "", list[list[BlockToken]]()
    for number, row in enumerate(rows, start=1):
        tokens.append([])
        for words, column, rowspan, colspan in row:
            if in_grid and not rowspan:
                continue
            start, line = len(text), text.count("\n") + 1
            text += f"\t{words}\n"
            place = BlockPlace(row=number, column=column + 1, rowspan=rowspan, colspan=colspan) if in_grid else None
            tokens[-1].append(BlockToken("CELL", start, len(text), line, OTHER if words else EMPTY, place))
    builder = RowBuilder(SourceFile("", text), lexicon(built_in_language()))
    return builder.rows([row for row in tokens if row])


def paths(header: Header) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in header.path(column)) for column in range(header.width)]


def leaves(some: Sequence[Node], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for node in some:
        yield from leaves(node.below, (*above, node.words)) if node.below else [(*above, node.words)]


@given(HEADERS)
def test_a_grid_gives_the_path_of_each_column(header: tuple[Node, ...]) -> None:
    rows = rows_of(header, max(node.depth for node in header))
    assert paths(compose(marked(rows, in_grid=True), [])) == list(leaves(header))


@given(HEADERS)
def test_a_text_gives_the_same_or_says_what_it_guesses(header: tuple[Node, ...]) -> None:
    rows = rows_of(header, max(node.depth for node in header))
    composed = compose(marked(rows, in_grid=False), [])
    if not composed.guessed:
        assert paths(composed) == list(leaves(header))


@given(nodes(2))
def test_a_header_of_two_rows_is_known_where_one_cell_has_all_that_is_below(header: tuple[Node, ...]) -> None:
    parted = [node for node in header if node.below]
    if len(parted) == 1:
        composed = compose(marked(rows_of(header, 2), in_grid=False), [])
        assert not composed.guessed
        assert paths(composed) == list(leaves(header))


def of(*rows: str) -> Header:
    """The header of rows as texts, their cells parted by bars."""
    return compose(
        marked([[(cell, at, 1, 1) for at, cell in enumerate(row.split("|"))] for row in rows], in_grid=False), []
    )


def test_labels_that_repeat_stand_below_a_cell_each() -> None:
    header = of("科目|上年|本年", "|合计|其中|合计|其中|增减")
    assert [cell.text for cell in header.guessed] == []
    assert paths(header)[-3:] == [("本年", "合计"), ("本年", "其中"), ("本年", "增减")]


def test_what_only_the_order_tells_is_said() -> None:
    header = of("科目|收入|支出", "|甲|乙|丙")
    assert [cell.text for cell in header.guessed] == ["收入", "支出"]
    assert header.width == 4


def test_a_row_below_that_lacks_cells_is_said() -> None:
    assert [cell.text for cell in of("科目|名称|合计", "类|款").guessed] == ["科目", "名称", "合计"]


def test_an_empty_cell_beside_a_filled_one_goes_on_with_it_where_both_have_something_below() -> None:
    assert paths(of("序号|规模||金额", "|户数|占比|")) == [("序号",), ("规模", "户数"), ("规模", "占比"), ("金额",)]
    assert paths(of("序号||金额", "|名称|")) == [("序号",), ("名称",), ("金额",)]


def test_one_cell_over_two_columns_is_no_label_twice() -> None:
    language = built_in_language()
    [row] = marked([[("资产名称", 0, 1, 1), ("数量", 1, 1, 1), ("账面价值", 2, 1, 2)]], in_grid=True)
    row.marks[:] = [lexicon(language).mark(cell.text) for cell in row.cells]
    context = Context(SourceFile("", ""), language)
    [whole] = slices(context, compose([row], []), language.declared["assets"].columns)
    assert whole.places == {"item": 0, "quantity": 1, "value": 2}
    assert context.diagnostics == []
