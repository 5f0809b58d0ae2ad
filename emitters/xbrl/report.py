"""A document as the facts of an XBRL report, whatever the syntax that they are then written in.

Money is stated in yuan, exactly; `decimals` is the precision in which the report prints it, and a printed zero is
exact. What a text says again in other figures is a statement of its own (`yusuan.emitters.xbrl.statements`); what a
total has beyond the parts that are listed is stated as not listed (`yusuan.emitters.xbrl.rests`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from yusuan.emitters.text import FileNames, allowed
from yusuan.emitters.xbrl.building import INCOMPLETE, FactBuilder
from yusuan.emitters.xbrl.entity import BY_NAME, Entity
from yusuan.emitters.xbrl.model import XbrlFact
from yusuan.emitters.xbrl.statements import last_statement, shifted_statement
from yusuan.ir.collector import collector_at_rest
from yusuan.ir.document import Document

__all__ = ["INCOMPLETE", "XbrlReport", "xbrl_reports"]

_SPACES: Final = re.compile(r"\s+")
# What may not stand in an XML name, in any edition of XML.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_.\u4e00-\u9fa5-]")


@frozen(slots=True)
class XbrlReport:
    """The facts of one document.

    Attributes:
        document: the document.
        stem: what the names within the report begin with.
        scheme, identifier: whose report it is, without blanks.
        facts: in the order of the document; what is reckoned stands behind the rest.
    """

    document: Document
    stem: str
    scheme: str
    identifier: str
    facts: tuple[XbrlFact, ...]


def xbrl_reports(documents: Iterable[Document], entity: Entity = BY_NAME) -> Iterator[XbrlReport]:
    """The facts of documents, one after another; no two facts of them have one id.

    A further document of one entity is a statement of its own, so that its figures are not taken with those before.

    Args:
        documents: consumed lazily, once.
        entity: whose reports they are; without an identifier each is its organization's, by name.
    """
    stems = FileNames("")
    statements: dict[str, int] = {}
    for document in documents:
        stem = stems.claim(_stem(document.name))
        identifier = entity.identifier or _name_of(document)
        facts = _facts_of(document, stem)
        before = statements.get(identifier, 0)
        if before:
            facts = tuple(shifted_statement(fact, before) for fact in facts)
        statements[identifier] = max((last_statement(fact) for fact in facts), default=before) if facts else before
        yield XbrlReport(document, stem, entity.scheme, identifier, facts)


def _stem(name: str) -> str:
    """What the names in a report begin with: an XML name, made of that of the document."""
    stem = _NOT_IN_NAMES.sub("_", name)
    return stem if stem[:1].isalpha() else f"_{stem}"


def _facts_of(document: Document, stem: str) -> tuple[XbrlFact, ...]:
    with collector_at_rest():
        return tuple(FactBuilder(document, stem).build())


def _name_of(document: Document) -> str:
    """The organization as an identifier, which has no blanks."""
    organization = document.organization.text if document.organization else document.name
    return allowed(_SPACES.sub("_", organization.strip())) or "-"
