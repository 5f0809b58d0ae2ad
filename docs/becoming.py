"""What becomes what, as the pages say it: by what was observed, and by the tables that a record stands in."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import attrs

from docs.links import IR_PAGE, code, ir_link, link, span, symbol_link, table_link
from docs.observations import IrPlace
from docs.observed import observed
from docs.speech import Tongue
from yusuan.emitters.tables import TABLES
from yusuan.emitters.xbrl.markup import text
from yusuan.ir.contract import record_kinds
from yusuan.ir.document import Document, Tables
from yusuan.ir.nodes import Cell, Paragraph, Row, Section, Table
from yusuan.ir.source import Span
from yusuan.ir.vocabulary import Role

_NOWHERE: Final = Span(0, 0, 1, 1)
_MOST_SOURCES: Final = 24
# The table of all figures, in which they stand a second time.
_ANY_FACT: Final = "facts"


@cache
def tables_of(name: str) -> tuple[str, ...]:
    """The tables of the contract that get a row by an item of a class, found by writing documents with and without it.

    Args:
        name: the name of the class.
    """
    return tuple(_rows_of(name))


def row_of(name: str) -> tuple[str, dict[str, str]] | None:
    """A row of a class that was observed: its table, and the columns that say something; absent where it has none.

    Args:
        name: the name of the class.
    """
    found = [(table, row) for table, row in _rows_of(name).items() if table != _ANY_FACT]
    if not found:
        return None
    table, row = found[0]
    return table, {column: cell for column, cell in zip(TABLES[table].header, row, strict=True) if cell}


@cache
def _rows_of(name: str) -> dict[str, tuple[str, ...]]:
    """The row that an item of a class adds to each table that it adds one to."""
    kept = observed().items.get(name)
    documents = _documents(kept[0]) if kept is not None else None
    if documents is None:
        return {}
    without, with_it = ({table: list(view.rows(one)) for table, view in TABLES.items()} for one in documents)
    return {table: with_it[table][-1] for table in TABLES if len(with_it[table]) > len(without[table])}


def _documents(item: Any) -> tuple[Document, Document] | None:
    """A document without an item and one with it; absent for what a document holds only as the value of another."""
    for kind in record_kinds().values():
        if isinstance(item, kind.record_class):
            return _document(), _document(tables=Tables({kind.name: (item,)}))
    for attribute in attrs.fields(Document):
        if str(attribute.type) == f"tuple[{type(item).__name__}, ...]":
            return _document(), _document(**{attribute.name: (item,)})
    match item:
        case Cell():
            return _body(_table(Row((), item.span))), _body(_table(Row((item,), item.span)))
        case Row():
            return _body(_table()), _body(_table(item))
        case Table() | Paragraph():
            return _body(), _body(item)
        case Section():
            # Of the sections only those of a role are in a table of their own.
            inner = attrs.evolve(item, role=item.role or next(iter(Role)), blocks=(), sections=())
            return _body(), _document(body=attrs.evolve(_body().body, sections=(inner,)))
    return None


def _document(**parts: Any) -> Document:
    return attrs.evolve(Document("", None, None, None, Section(None, None, 0, (), (), _NOWHERE)), **parts)


def _body(*blocks: Paragraph | Table) -> Document:
    return _document(body=Section(None, None, 0, blocks, (), _NOWHERE))


def _table(*rows: Row) -> Table:
    return Table(rows, False, _NOWHERE)


def place_link(place: IrPlace) -> str:
    """A link to something of the IR, and what tells it from others of its class."""
    said = ir_link(place.name, place.attribute)
    if place.value:
        value = "Role" if place.name == "Section" else "BlockKind"
        said += f" {link(f'{IR_PAGE}#{value}.{place.value}', code(place.value))}"
    return said


def places(found: dict[IrPlace, int], tongue: Tongue) -> str:
    """Several of them, those seen most often first, each with how often."""
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    return tongue.joined([f"{place_link(place)}{span('count', f' ×{count}')}" for place, count in ordered])


def contract(found: dict[IrPlace, int], tongue: Tongue) -> str:
    """The tables of the contract that what was seen stands in; empty where in none."""
    names = {table for place in found for table in tables_of(place.name)}
    return tongue.joined([table_link(name) for name in TABLES if name in names])


def sources(place: IrPlace, tongue: Tongue) -> str:
    """The rules and terminals that become something, as links; empty where none was seen."""
    found = observed().sources(place)[:_MOST_SOURCES]
    return tongue.joined([span("source", f"{text(grammar)} {symbol_link(grammar, name)}") for grammar, name in found])
