"""The IR to plain data and back: what the JSON forms are made of.

Numbers are strings, exact (`"15.00"`), enumerations their values, tuples arrays, absent values null. The tree
of sections is a list in the order of the document, each section with the index of the one around it (see
`yusuan.emitters.tree`), so that no reader needs a stack as deep as a hostile outline. A block tells its class
by its `kind`: a table's is `table`, all others are paragraphs.

`structure(unstructure(document)) == document`, spans included. The only emitter's module that imports cattrs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, cast

from attrs import fields
from cattrs import Converter, transform_error
from cattrs.errors import AttributeValidationNote, BaseValidationError, ClassValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.v import format_exception

from yusuan.emitters.tree import FlatSection, flatten, nest
from yusuan.ir.contract import record_kinds
from yusuan.ir.document import IR_VERSION, Document, Tables
from yusuan.ir.kinds import TableColumn, TableKind
from yusuan.ir.nodes import Paragraph, Section, Table
from yusuan.ir.source import Span

FORMAT: Final = "yusuan"
"""The value of `format` in every document, by which ours are known."""


def _defaulted(cls: type) -> tuple[str, ...]:
    """The attributes that a class has defaults for, behind those that are always written."""
    names = [one.name for one in fields(cls)]
    return tuple(names[names.index("en") + 1 :])


OPTIONAL: Final[Mapping[type, tuple[str, ...]]] = {
    Document: ("units", "places", "kind", "level", "provenance", "coverage"),
    Span: ("page",),
    Table: ("has_grid",),
    TableColumn: _defaulted(TableColumn),
    TableKind: _defaulted(TableKind),
}
"""What the objects of a class leave out where they have none."""

TABLE_KIND: Final = "table"
"""The value of `kind` in a table."""

NUMBER_PATTERN: Final = "^-?[0-9]+(\\.[0-9]+)?$"
"""What the string of a number matches."""

_NUMBER: Final = re.compile(NUMBER_PATTERN, re.ASCII)
# What reading JSON that is no list of records raises.
_FAULTS: Final = (BaseValidationError, LookupError, TypeError, ValueError, AttributeError)


def unstructure(document: Document) -> dict[str, Any]:
    """The document as dictionaries, lists, strings, integers, booleans and None."""
    return {"format": FORMAT, "version": IR_VERSION, **_converter().unstructure(document)}


def structure(data: object) -> Document:
    """The document that `unstructure` has made plain data.

    Raises:
        ValueError: the data is not ours, is of another version, or does not have a document's shape; the
            message says where.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f'not a {FORMAT} document: an object with "format": "{FORMAT}" was expected')
    if data.get("version") != IR_VERSION:
        raise ValueError(f"{FORMAT} version {data.get('version')!r} was found, version {IR_VERSION} was expected")
    content = {key: value for key, value in data.items() if key not in ("format", "version")}
    try:
        return _converter().structure(content, Document)
    except Exception as error:  # cattrs raises groups of whatever its hooks raised
        places = "; ".join(transform_error(error, format_exception=_explain)[:3])
        raise ValueError(f"not a {FORMAT} document: {places}") from error


def _explain(error: BaseException, expected: type | None) -> str:
    # What cattrs would say of these is less than what they say themselves.
    return str(error) if isinstance(error, (ValueError, TypeError)) else format_exception(error, expected)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Decimal, _format_number)
    converter.register_structure_hook(Decimal, _parse_number)
    # Without these cattrs would make text of a null and a number of a string.
    for scalar in (str, int, bool):
        converter.register_structure_hook(scalar, _strict(scalar))
    converter.register_structure_hook(float, _parse_float)
    # The enumerations are classes of str, whose hooks would take them otherwise.
    converter.register_unstructure_hook(StrEnum, str)
    converter.register_structure_hook(StrEnum, _parse_member)
    for cls in (Span, TableColumn, TableKind):
        converter.register_unstructure_hook(cls, make_dict_unstructure_fn(cls, converter, **_left_out(cls)))
    _register_blocks(converter)
    _register_tree(converter)
    return converter


def _format_number(value: Decimal) -> str:
    return format(value, "f")


def _parse_number(value: object, _: object) -> Decimal:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError(f"{value!r} is not the string of a number")
    return Decimal(value)


def _parse_member(value: str, cls: type[StrEnum]) -> StrEnum:
    return cls(value)


def _parse_float(value: object, _: object) -> float:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} is not a number")
    return float(cast("float", value))


def _strict(scalar: type) -> Callable[[object, object], object]:
    def check(value: object, _: object) -> object:
        if type(value) is not scalar:
            raise TypeError(f"{value!r} is not of type {scalar.__name__}")
        return value

    return check


def _left_out(cls: type) -> Any:
    return dict.fromkeys(OPTIONAL[cls], override(omit_if_default=True))


def _register_blocks(converter: Converter) -> None:
    """Tell paragraphs and tables apart by `kind`, which a table does not hold as an attribute."""
    write_paragraph = make_dict_unstructure_fn(Paragraph, converter)
    write_table = make_dict_unstructure_fn(Table, converter, **_left_out(Table))
    read_paragraph = make_dict_structure_fn(Paragraph, converter)
    read_table = make_dict_structure_fn(Table, converter)

    def write(block: Paragraph | Table) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            return write_paragraph(block)
        return {"kind": TABLE_KIND, **write_table(block)}

    def read(data: dict[str, Any], _: object) -> Paragraph | Table:
        if data["kind"] == TABLE_KIND:
            return read_table({key: value for key, value in data.items() if key != "kind"}, Table)
        return read_paragraph(data, Paragraph)

    converter.register_unstructure_hook(Paragraph | Table, write)
    converter.register_structure_hook(Paragraph | Table, read)


def _register_tree(converter: Converter) -> None:
    """Write the tree as the list `sections`."""
    write_sections = converter.get_unstructure_hook(list[FlatSection])

    def write(body: Section) -> Any:
        return write_sections(flatten(body))

    def read(data: object, _: object) -> Section:
        return nest(converter.structure(data, list[FlatSection]))

    converter.register_unstructure_hook(Section, write)
    converter.register_structure_hook(Section, read)
    renamed = override(rename="sections")
    rows = {name: tuple[kind.record_class, ...] for name, kind in record_kinds().items()}  # type: ignore[name-defined]
    converter.register_unstructure_hook(
        Tables, lambda tables: {name: converter.unstructure(tables[name], of) for name, of in rows.items()}
    )
    converter.register_structure_hook(Tables, lambda tables, _: tables)
    write_document = make_dict_unstructure_fn(Document, converter, body=renamed, **_left_out(Document))
    read_document = make_dict_structure_fn(Document, converter, body=renamed)

    def write_tables(document: Document) -> dict[str, Any]:
        """The document, each of its tables an attribute of its own."""
        plain: dict[str, Any] = {}
        for key, value in write_document(document).items():
            plain |= value if key == "tables" else {key: value}
        return plain

    def read_tables(data: dict[str, Any], _: object) -> Document:
        others = {key: value for key, value in data.items() if key not in rows}
        if "tables" in others:
            raise ValueError("tables: a document has each of its tables by name")
        found: dict[str, Any] = {}
        errors: list[Exception] = []
        for name in filter(data.__contains__, rows):
            try:
                found[name] = converter.structure(data[name], rows[name])
            except _FAULTS as error:  # told with its place below, as cattrs does of attributes
                error.add_note(AttributeValidationNote(f"table {name}", name, rows[name]))
                errors.append(error)
        try:
            document = read_document({**others, "tables": Tables(found)}, Document)
        except ClassValidationError as error:
            errors = [*error.exceptions, *errors]
        if errors:
            raise ClassValidationError("a document", errors, Document)
        return document

    converter.register_unstructure_hook(Document, write_tables)
    converter.register_structure_hook(Document, read_tables)
