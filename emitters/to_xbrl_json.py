"""xBRL-JSON 1.0 (OIM): the facts of a report as JSON, the same as in `yusuan.emitters.to_xbrl`.

Each fact also says the line, the column, the page where there is one, and the characters that it was read from, under a
namespace of ours, which the standard allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl import names, oim
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.markup import allowed
from yusuan.emitters.xbrl.model import Context, Period, Unit, XbrlFact
from yusuan.emitters.xbrl.report import XbrlReport, xbrl_reports
from yusuan.ir.concepts import Kind
from yusuan.ir.document import Document


class XbrlJsonEmitter(ReportEmitter):
    """One xBRL-JSON report, with the facts of every document."""

    name = "xbrl-json"
    suffix = ".json"
    summary = "the facts as xBRL-JSON, each with the line that it was read from"

    def write(self, documents: Iterable[Document]) -> Iterator[str]:
        """One report with the facts of all documents."""
        info = oim.document_info("xbrl-json", self.entity.scheme, source=names.SOURCE)
        yield '{\n"documentInfo": ' + json.dumps(info, indent=1) + ',\n"facts": {'
        mark = "\n"
        for report in xbrl_reports(documents, self.entity):
            contexts: dict[Context, str] = {}
            for fact in report.facts:
                context = contexts.get(fact.context)
                if context is None:
                    context = contexts[fact.context] = _context(report, fact.context)
                # An id is an XML name, which needs no escape.
                yield f'{mark}"{fact.id}":{_fact(fact, context)}'
                mark = ",\n"
        yield "\n}\n}\n"


def _context(report: XbrlReport, context: Context) -> str:
    """What the facts of a context have in common, as members of an object, each behind a comma."""
    period = _period(context.period)
    dimensions = {"entity": oim.entity(report.identifier), **({"period": period} if period else {})}
    dimensions |= {oim.qualified(names.axis(said[0])): guarded(oim.dimension(said)) for said in context.dimensions}
    return "".join(f',"{name}":{encode_basestring(said)}' for name, said in dimensions.items())


def _fact(fact: XbrlFact, context: str) -> str:
    """A fact, given what it has in common with the others of its context."""
    value = oim.value(fact)
    measure = ""
    if fact.definition.kind is Kind.TEXT:
        value, measure = guarded(value), f',"language":"{names.LANGUAGE}"'
    elif fact.unit not in (None, Unit.PURE):
        measure = f',"unit":"{fact.unit}"'
    decimals = f',"decimals":{fact.decimals}' if isinstance(fact.decimals, int) else ""
    span = fact.span
    page = f',"source:page":{span.page}' if span and span.page else ""
    place = f',"source:line":{span.line},"source:column":{span.column}{page}' if span else ""
    printed = f',"source:text":{encode_basestring(allowed(fact.text))}' if span else ""
    dimensions = f'{{"concept":"{oim.qualified(fact.concept)}"{measure}{context}}}'
    return f'{{"value":{encode_basestring(value)},"dimensions":{dimensions}{decimals}{place}{printed}}}'


def _period(period: Period) -> str | None:
    """The time as OIM says it: the beginning of a day. What is of no certain time has none."""
    if period.year is None:
        return None
    end = f"{period.year + 1:04}-01-01T00:00:00"
    return end if period.is_instant else f"{period.year:04}-01-01T00:00:00/{end}"
