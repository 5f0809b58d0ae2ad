"""The JSON Schema: shipped as generated, and true of every document."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError
from tests.builders import rich_document
from tests.emitters.strategies import DOCUMENTS

from yusuan.emitters.converter import unstructure
from yusuan.emitters.schema import generate, json_schema, schema_text
from yusuan.ir.concepts import AMOUNTS, Phrase, definitions
from yusuan.ir.document import Document
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Operator, Scope

VALIDATOR = Draft202012Validator(json_schema())


def test_the_shipped_schema_is_the_generated_one() -> None:
    assert schema_text() == generate(), (
        "the IR changed; rewrite the schema: python -m yusuan.emitters.schema > emitters/schema/document.schema.json"
    )


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@given(DOCUMENTS)
def test_every_document_is_valid(document: Document) -> None:
    VALIDATOR.validate(unstructure(document))


def invalid(change: str) -> Any:
    data = json.loads(json.dumps(unstructure(rich_document())))
    amount = data["amounts"][0]
    match change:
        case "a missing key":
            del amount["base"]
        case "a further key":
            amount["extra"] = 1
        case "a number that is no string":
            amount["value"]["value"] = 15.0
        case "an unknown concept":
            amount["concept"] = "Nonsense"
        case "another version":
            data["version"] = 2
        case "a table without its kind":
            del data["sections"][4]["blocks"][0]["kind"]
    return data


@pytest.mark.parametrize(
    "change",
    [
        "a missing key",
        "a further key",
        "a number that is no string",
        "an unknown concept",
        "another version",
        "a table without its kind",
    ],
)
def test_it_refuses(change: str) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(invalid(change))


def test_every_property_is_described() -> None:
    schema = json_schema()
    plain = {"Span", "Text", "Figure", "Row", "Related", "GlossaryEntry"}
    for name, definition in {"Document": schema, **schema["$defs"]}.items():
        assert definition["description"], name
        for key, value in definition.get("properties", {}).items():
            if name not in plain and key != "span":
                assert value.get("description"), f"{name}.{key} has no line under Attributes: in its docstring"


def words(known: type[StrEnum]) -> dict[str, tuple[Phrase, ...]]:
    """What `concepts.toml` says of each value of an enumeration: its label and, of a concept, what it means."""
    if known is Concept:
        return {one.name: (one.label, one.text) for one in definitions().concepts.values() if one.name in AMOUNTS}
    members = definitions().comparators if known is Operator else definitions().axes[known.__name__].members
    return {member.value: (member.label,) for member in members if member.value is not None}


@pytest.mark.parametrize("known", [Concept, Scope, Measure, Basis, Base, Operator])
def test_an_enumeration_has_the_words_of_the_concepts(known: type[StrEnum]) -> None:
    listed = {one["const"]: one["description"] for one in json_schema()["$defs"][known.__name__]["oneOf"]}
    said = words(known)
    assert set(listed) == set(said) == {member.value for member in known}
    for value, description in listed.items():
        assert all(text in description for one in said[value] for _, text in one.items())
