"""Which column of a header is which of its declaration, by labels, by what stands above them, and by their order.

A column is headed by the likeliest of its labels that the header has. One with a label that several columns have, told
apart by the cells above it (基本支出/合计, 项目支出/合计), is looked for before one without. Where two declared columns
have the same label and nothing tells which of them the header leaves out, neither is read, and that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from yusuan.compiler.clauses.context import Context
from yusuan.compiler.language.declared import HeadPath, HeadWord, SheetColumn
from yusuan.compiler.language.lexicon import Lexicon
from yusuan.compiler.tables.headers import Header
from yusuan.ir.diagnostics import codes
from yusuan.ir.nodes import Cell, Text

_LONGEST_LIST: Final = 3


@frozen(slots=True)
class Slice:
    """What of a header a row is read by: all of it, or, where labels become rows, what is below one of them.

    Attributes:
        places: where the declared columns stand that the header has.
        said: what a label says for all rows, by the column that it is of.
    """

    places: Mapping[str, int]
    said: Mapping[str, Text]


def slices(context: Context, header: Header, columns: Sequence[SheetColumn]) -> tuple[Slice, ...]:
    """What of a header rows are read by; the last one is that without the labels that become rows."""
    finder = _Finder(context.lexicon, header, columns)
    unpivoted = [column for column in columns if column.unpivot]
    if not unpivoted:
        whole = Slice(finder.places(range(header.width)), {})
        finder.tell(context)
        return (whole,)
    found: list[Slice] = []
    within: set[int] = set()
    groups: list[tuple[SheetColumn, Cell, list[int]]] = []
    for column in unpivoted:
        for cell, of_group in finder.groups(column):
            groups.append((column, cell, of_group))
            within.update(of_group)
    outside = [at for at in range(header.width) if at not in within]
    for column, cell, of_group in groups:
        places = finder.places((*outside, *of_group))
        if places.get(column.unpivot) not in of_group:
            own = [at for at in of_group if finder.is_innermost(at, cell)]
            if not own:
                continue
            places[column.unpivot] = own[0]
        label = context.label(cell)
        if label is not None:
            found.append(Slice(places, {column.name: label}))
    found.append(Slice(finder.places(outside), {}))
    finder.tell(context)
    return tuple(found)


@define(slots=True)
class _Finder:
    """Finds the declared columns of one header."""

    _lexicon: Lexicon
    _header: Header
    _columns: Sequence[SheetColumn]
    # The columns of the header by the identifiers of their innermost labels.
    _labelled: dict[str, list[int]] = field(factory=lambda: defaultdict(list))
    # The columns of the header that could be several declared ones, each with those, and whether one is read.
    _open: dict[int, tuple[Sequence[str], bool]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        seen: set[tuple[str, int]] = set()
        for at, labels in enumerate(self._header.columns):
            # A cell over several columns heads the first of them.
            heading = (labels[-1], id(self._header.cells[at][-1]) if self._header.cells else at) if labels else None
            if heading is not None and heading not in seen:
                seen.add(heading)
                self._labelled[heading[0]].append(at)

    def places(self, columns_of_header: Iterable[int]) -> dict[str, int]:
        """Where the declared columns stand among some columns of the header."""
        among = frozenset(columns_of_header)
        found: dict[str, int] = {}
        taken: set[int] = set()
        cells = [column for column in self._columns if column.labels and not column.unpivot]
        for columns in ([one for one in cells if not one.of_which], [one for one in cells if one.of_which]):
            for rank in range(max((len(column.labels) for column in columns), default=0)):
                asked = [column for column in columns if column.name not in found and rank < len(column.labels)]
                # What is told by its place in the header first.
                for column in sorted(asked, key=lambda column: -len(column.labels[rank])):
                    free = [at for at in self._headed(column.labels[rank]) if at in among and at not in taken]
                    alike = [
                        one.name for one in asked if one.name not in found and one.labels[rank] == column.labels[rank]
                    ]
                    at = self._chosen(column, free, alike, found)
                    if at is not None:
                        found[column.name] = at
                        taken.add(at)
        for column in cells:
            if column.before and column.name not in found and column.before in found:
                found[column.name] = max(0, found[column.before] - 1)
        return found

    def _chosen(
        self, column: SheetColumn, free: Sequence[int], alike: Sequence[str], found: Mapping[str, int]
    ) -> int | None:
        """Which of the columns that have its label a declared column is; absent where none, or where nothing tells."""
        if column.of_which:
            owners = {found[one.of_which] for one in self._columns if one.of_which in found}
            owner = found.get(column.of_which, self._header.width)
            return next((at for at in free if owner == max((one for one in owners if one <= at), default=-1)), None)
        if not free:
            return None
        if len(alike) > len(free):
            self._open[free[0]] = alike, False
            return None
        if len(free) > len(alike):
            # Of 合计 below one group and 合计 below another, the declaration says not which.
            self._open[free[0]] = alike, True
        return free[0]

    def groups(self, column: SheetColumn) -> Iterator[tuple[Cell, list[int]]]:
        """The cells of the header that have a label of a column, each with the columns below it."""
        found: dict[int, tuple[Cell, list[int]]] = {}
        words = [path[-1] for path in column.labels]
        for at, (labels, cells) in enumerate(zip(self._header.columns, self._header.cells, strict=False)):
            for label, cell in zip(labels, cells, strict=True):
                if any(self._is(word, label, cell) for word in words):
                    found.setdefault(id(cell), (cell, []))[1].append(at)
                    break
        yield from found.values()

    def is_innermost(self, column: int, cell: Cell) -> bool:
        """Whether a cell heads a column, and stands not only above its label."""
        return self._header.cells[column][-1] is cell

    def tell(self, context: Context) -> None:
        """Say which columns of the header are not read, because they could be any of some declared ones."""
        for at, (names, is_read) in self._open.items() if self._header.cells else ():
            cell = self._header.cells[at][-1]
            said = "read" if is_read else "unread"
            code = codes.AMBIGUOUS_COLUMN.at(cell.span, said, label=cell.text, columns=", ".join(names[:_LONGEST_LIST]))
            context.diagnostics.append(code)

    def _headed(self, path: HeadPath) -> list[int]:
        found = self._labelled.get(path[-1].identifier, [])
        if len(path) == 1 and not path[0].wording:
            return found
        return [at for at in found if self._has(at, path)]

    def _has(self, column: int, path: HeadPath) -> bool:
        """Whether the innermost label of a column is the last of a path, and the others stand above it."""
        above = self._header.labelled(column)
        if not above:
            # The header behind a page is not its own: its labels are all there is.
            return len(path) == 1
        if not self._is(path[-1], *above[-1]):
            return False
        left = list(path[:-1])
        for label, cell in reversed(above[:-1]):
            if left and self._is(left[-1], label, cell):
                left.pop()
        return not left

    def _is(self, word: HeadWord, label: str, cell: Cell) -> bool:
        if label != word.identifier:
            return False
        if not word.wording:
            return True
        wording = self._lexicon.reading(cell.text).wording
        return wording is not None and self._lexicon.fold(wording) == word.wording
