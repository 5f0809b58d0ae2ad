"""xBRL-JSON 1.0 (OIM): the facts of a report as JSON, the same as in `yusuan.emitters.to_xbrl`.

Each fact also says the line, the column and the characters that it was read from, under a namespace of ours, which the
standard allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from yusuan.emitters.base import check_table
from yusuan.emitters.text import one_file_each
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import allowed
from yusuan.emitters.xbrl.report import Period, Unit, XbrlFact, XbrlReport, lexical, xbrl_reports
from yusuan.ir.concepts import Kind, definitions
from yusuan.ir.document import Document

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_NAMESPACES: Final = {
    "xbrl": "https://xbrl.org/2021",
    "iso4217": names.ISO4217,
    "utr": names.UTR,
    "entity": names.ENTITY_SCHEME,
    "source": names.SOURCE,
    names.PREFIX: names.NAMESPACE,
}


class XbrlJsonEmitter:
    """One xBRL-JSON report, with the facts of every document."""

    name = "xbrl-json"
    suffix = ".json"
    summary = "the facts as xBRL-JSON, each with the line that it was read from"
    tables: tuple[str, ...] = ()

    def stream(self, documents: Iterable[Document], *, table: str | None = None) -> Iterator[str]:
        """One report with the facts of all documents; see `Emitter.stream`."""
        if table is not None:
            check_table(table, self.tables)
        return _report(documents)

    def package(self, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
        """`<document>.json` for each document; see `Emitter.package`."""
        return one_file_each(documents, self.suffix, lambda document: _report([document]))


def _report(documents: Iterable[Document]) -> Iterator[str]:
    info = {
        "documentType": "https://xbrl.org/2021/xbrl-json",
        "namespaces": _NAMESPACES,
        "taxonomy": [names.ENTRY_POINT],
    }
    yield '{\n"documentInfo": ' + json.dumps(info, indent=1) + ',\n"facts": {'
    mark = "\n"
    for report in xbrl_reports(documents):
        for fact in report.facts:
            # An id is an XML name, which needs no escape.
            yield f'{mark}"{fact.id}":{_ENCODE(_fact(report, fact))}'
            mark = ",\n"
    yield "\n}\n}\n"


def _fact(report: XbrlReport, fact: XbrlFact) -> dict[str, Any]:
    value = lexical(fact.value)
    dimensions = {
        "concept": f"{names.PREFIX}:{fact.concept}",
        "entity": f"entity:{report.entity}",
        "period": _period(fact.period),
        "unit": fact.unit if fact.unit not in (None, Unit.PURE) else None,
        "language": names.LANGUAGE if fact.definition.kind is Kind.TEXT else None,
        **dict(map(_dimension, fact.dimensions)),
    }
    stated: dict[str, Any] = {
        "value": f"{names.PREFIX}:{value}" if fact.definition.kind is Kind.COMPARATOR else allowed(value),
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


def _dimension(said: tuple[str, str]) -> tuple[str, str]:
    axis, value = said
    name = f"{names.PREFIX}:{names.axis(axis)}"
    if definitions().axes[axis].members:
        return name, f"{names.PREFIX}:{names.member(value)}"
    return name, allowed(value)
