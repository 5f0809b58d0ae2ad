"""The Open Information Model: what xBRL-JSON and xBRL-CSV say in the same words."""

from __future__ import annotations

from typing import Any, Final

from yusuan.emitters.text import allowed
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.model import Dimension, XbrlFact, lexical
from yusuan.ir.concepts import Kind, definitions

_ENTITY: Final = "entity"


def document_info(kind: str, scheme: str, **more: str) -> dict[str, Any]:
    """What stands at the head of a report.

    Args:
        kind: `xbrl-json` or `xbrl-csv`.
        scheme: the scheme of the entity.
        more: further prefixes and their namespaces.
    """
    return {
        "documentType": f"https://xbrl.org/2021/{kind}",
        "namespaces": {
            "xbrl": "https://xbrl.org/2021",
            "iso4217": names.ISO4217,
            "utr": names.UTR,
            _ENTITY: scheme,
            names.PREFIX: names.NAMESPACE,
            **more,
        },
        "taxonomy": [names.ENTRY_POINT],
    }


def entity(identifier: str) -> str:
    """Whose fact it is."""
    return f"{_ENTITY}:{identifier}"


def qualified(name: str) -> str:
    """A name of the taxonomy."""
    return f"{names.PREFIX}:{name}"


def value(fact: XbrlFact) -> str:
    """The value of a fact."""
    said = lexical(fact.value)
    return qualified(said) if fact.definition.kind is Kind.COMPARATOR else allowed(said)


def dimension(said: Dimension) -> str:
    """What a fact says on an axis."""
    axis, value = said
    return qualified(names.member(value)) if definitions().axes[axis].members else allowed(value)
