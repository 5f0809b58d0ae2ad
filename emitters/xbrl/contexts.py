"""Contexts and units of an XML instance or an Inline document: what a fact refers to by a name."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import element, text
from yusuan.emitters.xbrl.report import Dimension, Period, Unit, XbrlFact, XbrlReport, lexical
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
        self._known: dict[tuple[Period, tuple[Dimension, ...]], str] = {}

    def of(self, fact: XbrlFact) -> tuple[str, str]:
        """The name of a fact's context, and the context itself where it is new, else nothing."""
        key = (fact.period, fact.dimensions)
        name = self._known.get(key)
        if name is not None:
            return name, ""
        name = self._known[key] = f"{self._stem}.{len(self._known) + 1}"
        dimensions = "".join(map(_dimension, fact.dimensions))
        entity = element("xbrli:entity", {}, self._entity + _in("xbrli:segment", dimensions))
        return name, element("xbrli:context", {"id": name}, entity + _period(fact.period))


def _in(name: str, content: str) -> str:
    return element(name, {}, content) if content else ""


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
    values = {"dimension": f"{names.PREFIX}:{names.axis(axis)}"}
    if definitions().axes[axis].members:
        return element("xbrldi:explicitMember", values, f"{names.PREFIX}:{names.member(value)}")
    return element("xbrldi:typedMember", values, element(f"{names.PREFIX}:{axis}", {}, text(guarded(value))))
