"""The JSON Schema of a document, generated from the classes of the IR and shipped beside this module.

After a change of the IR, rewrite the shipped file:

    python -m yusuan.emitters.schema > emitters/schema/document.schema.json
"""

from __future__ import annotations

import inspect
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from importlib.resources import files
from typing import Any, Final

from attrs import fields, has

from yusuan.emitters.tree import FlatSection
from yusuan.ir import concepts
from yusuan.ir.contract import record_kinds
from yusuan.ir.document import IR_VERSION, Document, Tables
from yusuan.ir.nodes import Table
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Operator, Scope

FILE: Final = "document.schema.json"
"""The shipped file, in this package."""

_SCALARS: Final[dict[type, dict[str, Any]]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
}
_AXES: Final[dict[type, str]] = {Scope: "Scope", Measure: "Measure", Basis: "Basis", Base: "Base"}
_ATTRIBUTE: Final = re.compile(r"(?P<names>\w+(?:, \w+)*): (?P<text>.+)")


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a document in the format `json`."""
    from yusuan.emitters.converter import FORMAT

    definitions: dict[str, Any] = {}
    document = _object(Document, definitions)
    marks: dict[str, Any] = {
        "format": {"const": FORMAT, "description": "the mark by which these documents are known."},
        "version": {"const": IR_VERSION, "description": "version of the contract that the document follows."},
    }
    document["properties"] = {**marks, **document["properties"]}
    document["required"] = [*marks, *document["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:yusuan:document:{IR_VERSION}",
        "title": "yusuan document",
        **document,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The shipped schema as JSON text."""
    return files(__name__).joinpath(FILE).read_text(encoding="utf-8")


def generate() -> str:
    """The text that the shipped file must have."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """An attrs class as an object with all its attributes and no others."""
    from yusuan.emitters.converter import OPTIONAL, TABLE_KIND

    hints = typing.get_type_hints(cls)
    described = descriptions_of(cls)
    properties: dict[str, Any] = {}
    if cls is Table:
        properties["kind"] = {"const": TABLE_KIND, "description": "tells a table from a paragraph."}
    for attribute in fields(cls):
        if not attribute.init:
            # It is made of the others, and the JSON does not have it.
            continue
        name, hint = attribute.name, hints[attribute.name]
        if cls is Document and name == "body":
            name, hint = "sections", tuple[FlatSection, ...]
            described[name] = f"{described['body']} It is a list, in the order of the document."
        tables = record_kinds().values() if hint is Tables else ()
        named = {kind.name: tuple[kind.record_class, ...] for kind in tables} or {name: hint}  # type: ignore[name-defined]
        for key, type_ in named.items():
            properties[key] = _schema(type_, definitions)
            if name in described:
                properties[key]["description"] = described[name]
    return {
        "description": summary_of(cls),
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in OPTIONAL.get(cls, ())],
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type, its classes put into `definitions`."""
    from yusuan.emitters.converter import NUMBER_PATTERN

    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    if hint is Decimal:
        return {"type": "string", "pattern": NUMBER_PATTERN}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin is tuple:
        if arguments[-1] is not ...:
            bounds = {"minItems": len(arguments), "maxItems": len(arguments)}
            return {"type": "array", "items": _schema(arguments[0], definitions), **bounds}
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin in (types.UnionType, typing.Union):
        one_of = [_schema(one, definitions) for one in arguments if one is not type(None)]
        if type(None) not in arguments:
            return {"oneOf": one_of}
        if len(one_of) == 1 and "type" in one_of[0]:
            return {**one_of[0], "type": [one_of[0]["type"], "null"]}
        return {"anyOf": [*one_of, {"type": "null"}]}
    if not isinstance(hint, type):
        raise TypeError(f"no JSON Schema is known for {hint!r}")
    # Readers of the JSON know but one kind of section.
    name = "Section" if hint is FlatSection else hint.__name__
    if name not in definitions:
        definitions[name] = {}  # claims the name, for classes that hold each other
        definitions[name] = _definition(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _definition(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if issubclass(cls, Enum):
        # Where the values have words, each is a constant with its description: plain JSON Schema, which validators and
        # code generators take for an enumeration. A `title` would become the member's name in generated code, an
        # `enum` beside it a second type, and a strict validator refuses a keyword of our own.
        values = [
            {"const": value, "description": " ".join([f"{_called(label)}.", *said])}
            for value, label, meaning in meanings_of(cls)
            for said in [() if meaning is None else (meaning.zh, meaning.en)]
        ]
        return {
            "description": summary_of(cls),
            **({"oneOf": values} if values else {"enum": [member.value for member in cls]}),
        }
    if has(cls):
        return _object(cls, definitions)
    raise TypeError(f"no JSON Schema is known for {cls!r}")


def meanings_of(cls: type) -> Iterator[tuple[str, concepts.Phrase, concepts.Phrase | None]]:
    """The values of an enumeration, from `concepts.toml`: what each is called, and what it means, absent where the name
    says it. None for one that is not there."""
    known = concepts.definitions()
    if cls is Concept:
        for one in known.concepts.values():
            if one.name in concepts.AMOUNTS:
                yield one.name, one.label, one.text
        return
    members = known.comparators if cls is Operator else known.axes[_AXES[cls]].members if cls in _AXES else ()
    for member in members:
        # What is meant where the IR says nothing is no value of the JSON.
        if member.value is not None:
            yield member.value, member.label, None


def _called(label: concepts.Phrase) -> str:
    return f"{label.zh} ({label.en})"


def summary_of(cls: type) -> str:
    """What a class's docstring says before its attributes, as one line."""
    return " ".join(inspect.cleandoc(cls.__doc__ or "").partition("Attributes:")[0].split())


def descriptions_of(cls: type) -> dict[str, str]:
    """What a class's docstring says of its attributes, each as one line."""
    listed = inspect.cleandoc(cls.__doc__ or "").partition("Attributes:\n")[2]
    # An entry starts four blanks in; its further lines stand deeper.
    entries = [" ".join(entry.split()) for entry in re.split(r"^ {4}(?! )", listed, flags=re.MULTILINE)]
    found: dict[str, str] = {}
    for entry in entries:
        if match := _ATTRIBUTE.fullmatch(entry):
            found.update(dict.fromkeys(match["names"].split(", "), match["text"]))
    return found
