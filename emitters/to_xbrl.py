"""XBRL 2.1: the facts of a report as an XML instance of our taxonomy.

The instance refers to the taxonomy by its address; a processor finds the files in the taxonomy package, so that nothing
is fetched. Dimensions stand in the segment. The id of a fact names the document, the line and the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yusuan.emitters.base import check_table
from yusuan.emitters.text import FileNames
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import DECLARATION, element, text
from yusuan.emitters.xbrl.report import Period, Unit, XbrlFact, XbrlReport, lexical, xbrl_reports
from yusuan.ir.concepts import Kind, definitions
from yusuan.ir.document import Document


class XbrlEmitter:
    """One instance, with the facts of every document."""

    name = "xbrl"
    suffix = ".xbrl"
    summary = "the facts as XBRL 2.1 (XML), in the taxonomy that `yusuan taxonomy` writes"
    tables: tuple[str, ...] = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One instance with the facts of all documents; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return self._instance(documents)

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """`<document>.xbrl` for each document; see `Emitter.package`."""
        file_names = FileNames(self.suffix)
        for document in documents:
            name = file_names.claim(document.name)
            for chunk in self._instance([document]):
                yield name, chunk

    def _instance(self, documents: Iterable[Document]) -> Iterator[str]:
        yield DECLARATION + _HEAD
        for unit in Unit:
            yield element("xbrli:unit", {"id": unit.name}, element("xbrli:measure", {}, unit)) + "\n"
        for report in xbrl_reports(documents):
            yield from _Instance(report).lines()
        yield "</xbrli:xbrl>\n"


_HEAD = (
    "<xbrli:xbrl"
    + "".join(
        f' xmlns:{prefix}="{namespace}"'
        for prefix, namespace in (
            ("xbrli", names.XBRLI),
            ("link", names.LINK),
            ("xlink", names.XLINK),
            ("xbrldi", names.XBRLDI),
            ("iso4217", names.ISO4217),
            ("utr", names.UTR),
            (names.PREFIX, names.NAMESPACE),
        )
    )
    + f' xml:lang="{names.LANGUAGE}">\n'
    + element("link:schemaRef", {"xlink:type": "simple", "xlink:href": names.ENTRY_POINT})
    + "\n"
)


class XmlEmitter(XbrlEmitter):
    """The same under the name by which many ask for it."""

    name = "xml"
    suffix = ".xml"
    summary = "the same as xbrl"


class _Instance:
    """The part of an instance that one report makes: contexts where they are first needed, and facts."""

    def __init__(self, report: XbrlReport) -> None:
        self._report = report
        self._contexts: dict[object, str] = {}
        self._entity = element("xbrli:identifier", {"scheme": names.ENTITY_SCHEME}, text(report.entity))

    def lines(self) -> Iterator[str]:
        """The contexts and facts as lines of XML."""
        for fact in self._report.facts:
            key = (fact.period, fact.dimensions)
            context = self._contexts.get(key)
            if context is None:
                context = self._contexts[key] = f"{self._report.stem}.{len(self._contexts) + 1}"
                yield self._context(context, fact)
            yield self._fact(fact, context)

    def _context(self, name: str, fact: XbrlFact) -> str:
        dimensions = "".join(map(_dimension, fact.dimensions))
        segment = element("xbrli:segment", {}, dimensions) if dimensions else ""
        entity = element("xbrli:entity", {}, self._entity + segment)
        return element("xbrli:context", {"id": name}, entity + _period(fact.period)) + "\n"

    def _fact(self, fact: XbrlFact, context: str) -> str:
        value = lexical(fact.value)
        if fact.definition.kind is Kind.COMPARATOR:
            value = f"{names.NAMESPACE}#{value}"
        values = {
            "id": fact.id,
            "contextRef": context,
            "unitRef": fact.unit.name if fact.unit else None,
            "decimals": None if fact.decimals is None else str(fact.decimals),
        }
        return element(f"{names.PREFIX}:{fact.concept}", values, text(value)) + "\n"


def _period(period: Period) -> str:
    if period.year is None:
        content = element("xbrli:forever", {})
    elif period.is_instant:
        content = element("xbrli:instant", {}, f"{period.year:04}-12-31")
    else:
        start = element("xbrli:startDate", {}, f"{period.year:04}-01-01")
        content = start + element("xbrli:endDate", {}, f"{period.year:04}-12-31")
    return element("xbrli:period", {}, content)


def _dimension(said: tuple[str, str]) -> str:
    axis, value = said
    values = {"dimension": f"{names.PREFIX}:{names.axis(axis)}"}
    if definitions().axes[axis].members:
        return element("xbrldi:explicitMember", values, f"{names.PREFIX}:{names.member(value)}")
    return element("xbrldi:typedMember", values, element(f"{names.PREFIX}:{axis}", {}, text(value)))
