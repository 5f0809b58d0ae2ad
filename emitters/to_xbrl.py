"""XBRL 2.1: the facts of a report as an XML instance of our taxonomy.

The instance refers to the taxonomy by its address; a processor finds the files in the taxonomy package, so that nothing
is fetched. Dimensions stand in the segment. The id of a fact names the document, the line and the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.contexts import NAMESPACES, SCHEMA_REFERENCE, Contexts, content, head, units
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.markup import DECLARATION, attributes, text
from yusuan.emitters.xbrl.report import XbrlReport, xbrl_reports
from yusuan.ir.document import Document


class XbrlEmitter(ReportEmitter):
    """One instance, with the facts of every document."""

    name = "xbrl"
    suffix = ".xbrl"
    summary = "the facts as XBRL 2.1 (XML), in the taxonomy that `yusuan taxonomy` writes"

    def write(self, documents: Iterable[Document]) -> Iterator[str]:
        """One instance with the facts of all documents."""
        yield DECLARATION + _HEAD
        yield "\n".join(units()) + "\n"
        for report in xbrl_reports(documents, self.entity):
            yield _read_with(report)
            yield from _lines(report)
        yield "</xbrli:xbrl>\n"


_HEAD: Final = (
    f"<xbrli:xbrl{attributes({f'xmlns:{prefix}': namespace for prefix, namespace in NAMESPACES.items()})}"
    f' xml:lang="{names.LANGUAGE}">\n{SCHEMA_REFERENCE}\n'
)


class XmlEmitter(XbrlEmitter):
    """The same under the name by which many ask for it."""

    name = "xml"
    suffix = ".xml"
    summary = "the same as xbrl"


def _read_with(report: XbrlReport) -> str:
    """What a report was read with, as a comment; empty where nobody read it."""
    # Two hyphens would end the comment.
    said = text(re.sub("-(?=-|$)", "- ", "; ".join(map(str, report.document.grammar))))
    return f"<!-- {said} -->\n" if said else ""


def _lines(report: XbrlReport) -> Iterator[str]:
    """The contexts and facts of one report; a context stands before the first fact that needs it."""
    contexts = Contexts(report)
    for fact in report.facts:
        name, context = contexts.of(fact)
        if context:
            yield context + "\n"
        tag = f"{names.PREFIX}:{fact.concept}"
        yield f"<{tag}{head(fact, name)}>{text(content(fact))}</{tag}>\n"
