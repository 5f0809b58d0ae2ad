"""xBRL-JSON 1.0 (OIM): the facts of a report as JSON, the same as in `yusuan.emitters.to_xbrl`.

Each fact also says the line, the column and the characters that it was read from, under a namespace of ours, which the
standard allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from yusuan.emitters.text import guarded
from yusuan.emitters.xbrl import names, oim
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.markup import allowed
from yusuan.emitters.xbrl.report import Period, Unit, XbrlFact, XbrlReport, xbrl_reports
from yusuan.ir.concepts import Kind
from yusuan.ir.document import Document

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


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
            for fact in report.facts:
                # An id is an XML name, which needs no escape.
                yield f'{mark}"{fact.id}":{_ENCODE(_fact(report, fact))}'
                mark = ",\n"
        yield "\n}\n}\n"


def _fact(report: XbrlReport, fact: XbrlFact) -> dict[str, Any]:
    dimensions = {
        "concept": oim.qualified(fact.concept),
        "entity": oim.entity(report.identifier),
        "period": _period(fact.period),
        "unit": fact.unit if fact.unit not in (None, Unit.PURE) else None,
        "language": names.LANGUAGE if fact.definition.kind is Kind.TEXT else None,
        **{oim.qualified(names.axis(said[0])): guarded(oim.dimension(said)) for said in fact.dimensions},
    }
    stated: dict[str, Any] = {
        "value": guarded(oim.value(fact)) if fact.definition.kind is Kind.TEXT else oim.value(fact),
        "dimensions": {name: said for name, said in dimensions.items() if said is not None},
    }
    if isinstance(fact.decimals, int):
        stated["decimals"] = fact.decimals
    if fact.span is not None:
        stated |= {"source:line": fact.span.line, "source:column": fact.span.column, "source:text": allowed(fact.text)}
    return stated


def _period(period: Period) -> str | None:
    """The time as OIM says it: the beginning of a day. What is of no certain time has none."""
    if period.year is None:
        return None
    end = f"{period.year + 1:04}-01-01T00:00:00"
    return end if period.is_instant else f"{period.year:04}-01-01T00:00:00/{end}"
