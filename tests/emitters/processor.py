"""Arelle, the XBRL processor that the formats are tried with: what it says of a report, and the facts that it reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

Fact: TypeAlias = tuple[Any, ...]
"""All that a fact says, whatever the syntax."""


@frozen(slots=True)
class Reading:
    """What the processor makes of a report.

    Attributes:
        messages: code and text of each warning and error, sums that do not come out aside.
        inconsistent: for each calculation that does not come out, the facts in it by their ids.
        unsatisfied: for each assertion that is not satisfied, its name, and the facts that it binds by their ids.
        satisfied: how often an assertion is satisfied.
        facts: every fact.
    """

    messages: list[tuple[str, str]]
    inconsistent: list[dict[str, Fact]]
    unsatisfied: list[tuple[str, dict[str, Fact]]]
    satisfied: int
    facts: Counter[Fact]


def read_all(paths: Iterable[Path], package: Path | None) -> list[Reading]:
    """Read several reports, two at a time, in processes of their own: what the processor loads would slow the tests."""
    return [reading.result() for reading in [_workers().submit(read, path, package) for path in paths]]


@cache
def _workers() -> ProcessPoolExecutor:
    # Forked, a worker knows the modules of the tests, which are on no path.
    return ProcessPoolExecutor(2, mp_context=get_context("fork"))


def read(path: Path, package: Path | None = None) -> Reading:
    """Read and validate a report, offline: the rules of calculations 1.1, of units and of OIM, and the assertions."""
    from arelle.api.Session import Session
    from arelle.RuntimeOptions import RuntimeOptions

    options = RuntimeOptions(
        entrypointFile=str(path),
        internetConnectivity="offline",
        keepOpen=True,
        validate=True,
        packages=[str(package)] if package else None,
        calcs="c11r",
        formulaAction="run",
        utrValidate=True,
        validateXmlOim=True,
        logFile="logToBuffer",
        logLevel="WARNING",
    )
    with Session() as session:
        session.run(options)
        log = json.loads(session.get_logs("json", clear_logs=True))["log"]
        [model] = session.get_models()
        facts = {fact.id: _fact(fact) for fact in model.factsInInstance}
        satisfied = sum(assertion.countSatisfied for assertion in model.modelVariableSets)
    messages, inconsistent, unsatisfied = [], [], []
    for entry in log:
        code, _, assertion = entry["code"].partition(":")
        ids = (reference.get("href", "").rpartition("#")[2] for reference in entry["refs"])
        named = {name: facts[name] for name in ids if name in facts}
        if entry["code"] == "calc11e:inconsistentCalculationUsingRounding":
            inconsistent.append(named)
        elif code == "message":
            unsatisfied.append((assertion, named))
        elif entry["level"] in ("warning", "error", "critical"):
            messages.append((entry["code"], entry["message"]["text"]))
    return Reading(messages, inconsistent, unsatisfied, satisfied, Counter(facts.values()))


def _fact(fact: Any) -> Fact:
    context = fact.context
    dimensions = sorted(
        (str(name), value.stringValue if value.isTyped else str(value.memberQname))
        for name, value in context.qnameDims.items()
    )
    unit = fact.unit
    return (
        str(fact.qname),
        context.entityIdentifier,
        str(context.startDatetime),
        str(context.endDatetime),
        tuple(dimensions),
        None if unit is None else ",".join(measure.localName for measure in unit.measures[0]),
        fact.decimals,
        str(fact.xValue.normalize() if fact.isNumeric else fact.xValue),
        fact.xmlLang if fact.concept.typeQname.localName == "stringItemType" else None,
    )
