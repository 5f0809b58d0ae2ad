"""Contexts and units of an XML instance or an Inline document: what a fact refers to by a name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import element, text
from yusuan.emitters.xbrl.model import Dimension, FactContext, Period, Unit, XbrlFact, lexical
from yusuan.emitters.xbrl.report import XbrlReport
from yusuan.ir.concepts import Kind, definitions

NAMESPACES = {
    "xbrli": names.XBRLI,
    "link": names.LINK,
    "xlink": names.XLINK,
    "xbrldi": names.XBRLDI,
    "iso4217": names.ISO4217,
    "utr": names.UTR,
    names.PREFIX: names.NAMESPACE,
}
"""The prefixes that contexts, units and facts use."""

SCHEMA_REFERENCE = element("link:schemaRef", {"xlink:type": "simple", "xlink:href": names.ENTRY_POINT})
"""The reference to the taxonomy."""


def content(fact: XbrlFact) -> str:
    """The content of a fact's element: a comparator has its whole name there."""
    value = lexical(fact.value)
    if fact.definition.kind is Kind.COMPARATOR:
        return f"{names.NAMESPACE}#{value}"
    return guarded(value) if fact.definition.kind is Kind.TEXT else value


def units() -> Iterator[str]:
    """Every unit that there is."""
    for unit in Unit:
        yield element("xbrli:unit", {"id": unit.name}, element("xbrli:measure", {}, unit))


class Contexts:
    """The contexts of one report, each named when it is first needed."""

    def __init__(self, report: XbrlReport) -> None:
        self._stem = report.stem
        self._entity = element("xbrli:identifier", {"scheme": report.scheme}, text(report.identifier))
        self._known: dict[FactContext, str] = {}

    def of(self, fact: XbrlFact) -> tuple[str, str]:
        """The name of a fact's context, and the context itself where it is new, else nothing."""
        context = fact.context
        name = self._known.get(context)
        if name is not None:
            return name, ""
        name = self._known[context] = f"{self._stem}.{len(self._known) + 1}"
        dimensions = "".join(map(_dimension, context.dimensions))
        segment = f"<xbrli:segment>{dimensions}</xbrli:segment>" if dimensions else ""
        entity = f"<xbrli:entity>{self._entity}{segment}</xbrli:entity>"
        return name, f'<xbrli:context id="{name}">{entity}{_period(context.period)}</xbrli:context>'


def head(fact: XbrlFact, context: str) -> str:
    """The attributes that the element of a fact has in either syntax. None of them has what needs an escape."""
    measure = f' unitRef="{fact.unit.name}" decimals="{fact.decimals}"' if fact.unit else ""
    return f' id="{fact.id}" contextRef="{context}"{measure}'


@cache
def _period(period: Period) -> str:
    if period.year is None:
        content = element("xbrli:forever", {})
    elif period.is_instant:
        content = element("xbrli:instant", {}, f"{period.year:04}-12-31")
    else:
        start = element("xbrli:startDate", {}, f"{period.year:04}-01-01")
        content = start + element("xbrli:endDate", {}, f"{period.year:04}-12-31")
    return element("xbrli:period", {}, content)


def _dimension(said: Dimension) -> str:
    axis, value = said
    tag = f"{names.PREFIX}:{axis}"
    place = f'dimension="{names.PREFIX}:{names.axis(axis)}"'
    if definitions().axes[axis].members:
        return f"<xbrldi:explicitMember {place}>{names.PREFIX}:{names.member(value)}</xbrldi:explicitMember>"
    typed = f"<{tag}>{text(guarded(value))}</{tag}>" if value else f"<{tag}/>"
    return f"<xbrldi:typedMember {place}>{typed}</xbrldi:typedMember>"
