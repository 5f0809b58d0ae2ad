"""XBRL: a processor accepts reports, each syntax holds the same facts, sums fail where the checks say."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import cast

import pytest
from hypothesis import given
from tests.builders import amount, at, document, rich_document, text
from tests.emitters.processor import Fact, Reading, read_all
from tests.emitters.strategies import DOCUMENTS
from tests.emitters.test_xbrl_facts import facts_of
from tests.generated_reports import clean, faulty
from tests.strategies import EXAMPLES, OTHERS, REPORTS

from yusuan import compile_text
from yusuan.compiler.readers.text.decode import decode
from yusuan.emitters.facts import facts
from yusuan.emitters.registry import find
from yusuan.emitters.to_ixbrl import IxbrlEmitter
from yusuan.emitters.to_xbrl import XbrlEmitter
from yusuan.emitters.to_xbrl_csv import XbrlCsvEmitter
from yusuan.emitters.to_xbrl_json import XbrlJsonEmitter
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.columns import METADATA
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.model import Unit, XbrlFact
from yusuan.emitters.xbrl.networks import Assertion, assertions, calculations
from yusuan.emitters.xbrl.packages import PackageEmitter
from yusuan.emitters.xbrl.report import XbrlReport, xbrl_reports
from yusuan.ir.diagnostics import codes
from yusuan.ir.document import Document
from yusuan.ir.records import Project
from yusuan.ir.vocabulary import Concept, Measure, Scope

SYNTAXES = {"xbrl": ".xbrl", "xbrl-json": ".json", "ixbrl": ".xhtml"}
INLINE = "http://www.xbrl.org/2013/inlineXBRL"
SUMS = {codes.PARTS_DO_NOT_SUM.code, codes.CHANGES_DO_NOT_SUM.code, codes.PROCUREMENT_SOURCES.code}


def emitted(syntax: str, documents: Iterable[Document]) -> str:
    return "".join(cast("Iterator[str]", find(syntax).stream(documents)))


def readings(documents: list[Document], folder: Path, package: Path) -> dict[str, Reading]:
    """What the processor makes of documents in each syntax."""
    paths = {syntax: folder / f"report-{syntax}{suffix}" for syntax, suffix in SYNTAXES.items()}
    for syntax, path in paths.items():
        path.write_text(emitted(syntax, documents), "utf-8")
    paths["xbrl-csv"] = write_tables(documents, folder / "tables")
    return dict(zip(paths, read_all(paths.values(), package), strict=True))


def write_tables(documents: Iterable[Document], folder: Path) -> Path:
    """Write the folder of xbrl-csv; its metadata file."""
    folder.mkdir()
    for name, chunk in XbrlCsvEmitter().package(documents):
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            file.write(chunk)
    return folder / METADATA


def compiled(path: Path) -> Document:
    return compile_text(decode(path.read_bytes()).text, path.stem).document


@pytest.mark.parametrize("path", [*EXAMPLES, *REPORTS], ids=lambda path: path.stem)
def test_a_processor_accepts_a_report(path: Path, tmp_path: Path, package: Path) -> None:
    check_readings([compiled(path)], tmp_path, package)


@pytest.mark.skipif(not OTHERS, reason="the reports of other provinces are not beside this checkout")
def test_a_processor_accepts_reports_of_other_provinces(tmp_path: Path, package: Path) -> None:
    # All in one report of each syntax: the processor starts once, not once for each of them.
    check_readings([compiled(path) for path in OTHERS], tmp_path, package)


def check_readings(made: list[Document], folder: Path, package: Path) -> int:
    """No message, the same facts in every syntax, and sums that fail where the checks report one, and only there.

    Returns:
        How many sums the checks report that a processor can reckon too, in calculations and assertions.
    """
    read_as = readings(made, folder, package)
    reports = list(xbrl_reports(made))
    facts = [fact for report in reports for fact in report.facts]
    of = {fact.id: (report.document, fact) for report in reports for fact in report.facts}
    assert len(of) == len(facts)
    sums = [told for report in reports for told in sums_reported_in_one_context(report)]
    asserted = [told for report in reports for told in sums_reported_over_axes(report)]
    read = read_as["xbrl"]
    for failed in read.inconsistent:
        [document] = {id(of[name][0]): of[name][0] for name in failed}.values()
        assert is_reported(document, [of[name][1] for name in failed])
    for told in sums:
        assert any(len(told & failed.keys()) > 1 for failed in read.inconsistent)
    for rule, failed in read.unsatisfied:
        [document] = {id(of[name][0]): of[name][0] for name in failed}.values()
        assert is_reported(document, [of[name][1] for name in failed], rule)
    for name, told in asserted:
        assert any(name == rule and told <= failed.keys() for rule, failed in read.unsatisfied)
    for reading in read_as.values():
        assert reading.messages == []
        assert sum(reading.facts.values()) == len(facts)
        assert reading.facts == read.facts
        # The ids of xBRL-CSV are those of tables, rows and columns.
        assert sums_of(reading) == sums_of(read)
        assert reading.satisfied == read.satisfied
    return len(sums) + len(asserted)


def sums_of(reading: Reading) -> Counter[tuple[str, frozenset[Fact]]]:
    """The facts of each sum that does not come out, with the name of its assertion if it is one."""
    failed = [("", failed) for failed in reading.inconsistent] + reading.unsatisfied
    return Counter((name, frozenset(facts.values())) for name, facts in failed)


def sums_reported_in_one_context(report: XbrlReport) -> list[frozenset[str]]:
    """The ids of the facts of each sum that the checks report, where it is one of the taxonomy's and in one context."""
    rules = {calculation.name for calculation in calculations()}
    at_place = {fact.span.start: fact for fact in report.facts if fact.span and fact.unit is Unit.YUAN}
    found = []
    for diagnostic in report.document.diagnostics:
        if diagnostic.code in SUMS and diagnostic.values.get("rule") in rules:
            places = (diagnostic.span, *(place.span for place in diagnostic.related))
            told = [at_place[span.start] for span in places if span.start in at_place]
            if len({fact.context for fact in told}) == 1:
                found.append(frozenset(fact.id for fact in told))
    return found


def sums_reported_over_axes(report: XbrlReport) -> list[tuple[str, frozenset[str]]]:
    """Rule and ids of the facts of each sum that the checks report and an assertion makes of the same facts."""
    by_name = {assertion.name: assertion for assertion in assertions()}
    found = []
    for diagnostic in report.document.diagnostics:
        assertion = by_name.get(diagnostic.values.get("rule", "")) if diagnostic.code in SUMS else None
        if assertion is not None:
            starts = {diagnostic.span.start, *(place.span.start for place in diagnostic.related)}
            concepts = {assertion.total, *assertion.parts, *(concept for concept, _ in assertion.scoped)}
            known = [fact for fact in report.facts if fact.concept in concepts and fact.unit is Unit.YUAN]
            told = [fact for fact in known if fact.span and fact.span.start in starts]
            contexts = {context_without_axes(assertion, fact) for fact in told}
            said = {(fact.concept, fact.context.dimensions) for fact in told}
            same = [fact for fact in known if context_without_axes(assertion, fact) in contexts]
            # Elsewhere the report states more parts, or one part of several names is one fact.
            is_whole = len(said) == len(starts) and all(
                (fact.concept, fact.context.dimensions) in said for fact in same
            )
            if len(contexts) == 1 and is_whole:
                found.append((assertion.name, frozenset(fact.id for fact in told)))
    return found


def context_without_axes(assertion: Assertion, fact: XbrlFact) -> object:
    """The context of a fact but for what the sum of an assertion runs over."""
    without = {"Scope", *(("Item", "Code") if assertion.has_items else ())}
    return fact.context.period, tuple(said for said in fact.context.dimensions if said[0] not in without)


def is_reported(made: Document, facts: list[XbrlFact], rule: str | None = None) -> bool:
    """Whether the checks report a sum that has figures of these facts, by the rule where one is given."""
    places = {fact.span.start for fact in facts if fact.span}
    for diagnostic in made.diagnostics:
        if diagnostic.code in SUMS and rule in (None, diagnostic.values.get("rule")):
            told = {diagnostic.span.start, *(place.span.start for place in diagnostic.related)}
            if len(told & places) > 1:
                return True
    return False


FORMATS = [XbrlEmitter(), XbrlJsonEmitter(), XbrlCsvEmitter(), IxbrlEmitter()]


def test_a_processor_accepts_report_packages_without_the_taxonomy(tmp_path: Path) -> None:
    made = [compiled(path) for path in [*EXAMPLES, *REPORTS]]
    paths = [tmp_path / f"{emitter.name}{emitter.package_suffix}" for emitter in FORMATS]
    for emitter, path in zip(FORMATS, paths, strict=True):
        path.write_bytes(b"".join(PackageEmitter(emitter).stream(made)))
    first, *others = read_all(paths, None)
    for reading in (first, *others):
        assert reading.messages == []
        assert reading.facts == first.facts


def test_every_row_of_facts_is_a_fact() -> None:
    for path in [*EXAMPLES, *REPORTS, *OTHERS]:
        made = compiled(path)
        stated = Counter(fact.span.start for fact in facts_of(made) if fact.span)
        rows = Counter(row.span.start for row in facts(made))
        assert rows <= stated


@pytest.mark.parametrize("emitter", FORMATS, ids=lambda emitter: emitter.name)
def test_a_report_package_is_called_as_its_document(emitter: ReportEmitter, tmp_path: Path) -> None:
    made = rich_document()
    [(name, content)] = PackageEmitter(emitter).package([made])
    assert name == f"{made.name}{emitter.package_suffix}"
    (tmp_path / name).write_bytes(content)
    [read] = read_all([tmp_path / name], None)
    assert read.messages == []
    assert sum(read.facts.values()) == len(facts_of(made))
    assert b"".join(PackageEmitter(emitter).stream([made, rich_document("b")]))[:2] == b"PK"
    assert [(name, content)] == list(PackageEmitter(emitter).package([made]))


def test_reports_without_faults_add_up(tmp_path: Path, package: Path) -> None:
    made = [compile_text(clean(seed).text, f"clean-{seed}").document for seed in range(8)]
    assert check_readings(made, tmp_path, package) == 0


def test_sums_that_the_checks_report_are_inconsistent(tmp_path: Path, package: Path) -> None:
    kinds = ("expenditure-parts", "basic-parts", "three-public-parts", "vehicle-parts", *ITEM_KINDS)
    # A seed for each: two reports of one department and year would state the same facts.
    seeds = [(kind, len(kinds) * number + at) for at, kind in enumerate(kinds) for number in range(3)]
    made = [compile_text(faulty(seed, kind).text, f"{kind}-{seed}").document for kind, seed in seeds]
    assert check_readings(made, tmp_path, package) > 5


ITEM_KINDS = ("project-items", "operating-expense-items")
OPENING = "{number}号局2024年部门预算公开\n二、部门预算安排的总体情况\n1、收支说明\n"
BROKEN = (
    ("revenue-fiscal-and-other", "2024年收入预算130万元，其中：财政拨款收入100万元，事业收入20万元，其他收入0万元。"),
    (
        "fiscal-revenue-sources",
        "2024年财政拨款收入120万元，包括一般公共预算拨款收入100万元、政府性基金预算拨款收入10万元、上年结转5万元。",
    ),
    (
        "fiscal-expenditure-parts",
        "2024年财政拨款支出预算120.1万元，其中：一般公共预算支出100万元，政府性基金预算支出11.01万元，国有资本经营预算支出0万元。",
    ),
    (
        "operating-expense-items",
        "2024年机关运行经费100.00万元，其中：办公费50.05万元，印刷费20万元，会议费10万元，其他费用10元。",
    ),
)
# The same figures come out, are rounded, may be a list in part, or belong to two years.
SOUND = (
    "2024年收入预算130万元，其中：财政拨款收入100万元，事业收入30万元，其他收入0万元。",
    "2024年收入预算130万元，其中：财政拨款收入100万元，事业收入20万元。",
    "2024年财政拨款收入115万元，包括一般公共预算拨款收入100万元、政府性基金预算拨款收入10万元、上年结转5万元。",
    "2024年财政拨款支出预算111万元，其中：一般公共预算支出100.2万元，政府性基金预算支出11.01万元，国有资本经营预算支出0万元。",
    "2024年财政拨款支出预算120万元，其中：一般公共预算支出100万元。",
    "2024年机关运行经费100万元，其中：办公费50.05万元，印刷费20万元等。",
    "2024年机关运行经费100万元，其中：办公费50.05万元，印刷费20万元，会议费10万元，其他费用20万元。",
    "2024年机关运行经费100万元。2023年机关运行经费80万元，其中：办公费50万元，印刷费30万元。",
)


def stated(number: int, sentence: str) -> Document:
    return compile_text(f"{OPENING.format(number=number)}{sentence}\n", f"sum-{number}").document


def test_assertions_fail_where_the_checks_report_the_sum(tmp_path: Path, package: Path) -> None:
    broken = [stated(number, sentence) for number, (_, sentence) in enumerate(BROKEN)]
    sound = [stated(number, sentence) for number, sentence in enumerate(SOUND, start=len(BROKEN))]
    for made, (rule, _) in zip(broken, BROKEN, strict=True):
        [found] = [diagnostic for diagnostic in made.diagnostics if diagnostic.code in SUMS]
        assert found.values["rule"] == rule
    assert check_readings([*broken, *sound], tmp_path, package) == len(BROKEN)


def any_amounts(seed: int) -> Document:
    """Amounts of any scope in the sums of an assertion, many stated twice with other precision, which no check saw."""
    dice = Random(seed)
    asserted = assertions()[seed % len(assertions())]
    names = {asserted.total, *asserted.parts, *(concept for concept, _ in asserted.scoped)}
    said: dict[object, str] = {}
    made = []
    for line in range(1, 60):
        concept, scope = Concept(dice.choice(sorted(names))), dice.choice((None, None, *Scope))
        measure = dice.choice((Measure.AMOUNT, Measure.AMOUNT, Measure.CHANGE))
        name = dice.choice((None, "办公费", "其他")) if asserted.has_items else None
        value = said.setdefault((concept, scope, measure, name), f"{dice.randint(0, 3000) / 100:.2f}")
        rounded = str(Decimal(value).quantize(Decimal("0.1")))
        written = dice.choice((value, rounded))
        label = None if name is None else text(name, line)
        made.append(amount(written, concept, line=line, label=label, measure=measure, scope=scope))
    return document(f"amounts-{seed}", amounts=tuple(made))


def test_assertions_count_the_parts_that_the_facts_are_reckoned_with(tmp_path: Path, package: Path) -> None:
    for reading in readings([any_amounts(seed) for seed in range(10)], tmp_path, package).values():
        assert reading.messages == []
        assert reading.unsatisfied == []
        assert reading.satisfied > 20


def test_several_documents_make_one_report(tmp_path: Path, package: Path) -> None:
    for reading in readings(
        [rich_document(), rich_document(), rich_document("2024 年/<a>")], tmp_path, package
    ).values():
        assert reading.messages == []
        assert len(reading.facts) > 10


TWICE = """岚浦市砚湖区水利局2024年部门预算信息公开情况说明
二、部门预算安排的总体情况
2024年预算收入10.00万元，其中：一般公共预算收入4.00万元，其他收入6.00万元。
"""


def test_documents_of_one_entity_are_statements_of_their_own(tmp_path: Path, package: Path) -> None:
    texts = {"a": TWICE, "a b": TWICE.replace("其他收入", "事业收入"), "a_b": TWICE.replace("6.00", "7.00")}
    made = [compile_text(text, name).document for name, text in texts.items()]
    check_readings(made, tmp_path, package)
    numbers = [
        {dict(fact.context.dimensions).get("Statement") for fact in report.facts} for report in xbrl_reports(made)
    ]
    assert numbers == [{None}, {"2"}, {"3"}]
    ids = [fact.id for report in xbrl_reports(made) for fact in report.facts]
    assert len(set(ids)) == len(ids)


def test_a_sum_that_a_place_states_twice_is_reckoned_both_times(tmp_path: Path, package: Path) -> None:
    again = "2024年预算收入12.00万元，其中：一般公共预算收入5.00万元，其他收入8.00万元。\n"
    made = compile_text(TWICE + again, "report").document
    assert check_readings([made], tmp_path, package) == 1


HOSTILE = "]]><script>alert(1)</script>&amp;\x00\x01\x0b\u202e\ufffe\ud800\"'=1+1\r\n\t" + "长" * 1000


def test_hostile_text_is_escaped_or_replaced(tmp_path: Path, package: Path) -> None:
    project = Project(text(HOSTILE), text(HOSTILE), None, None, None, None, text(HOSTILE), at(1))
    made = document(HOSTILE, title=text(HOSTILE), organization=text(HOSTILE), projects=(project,))
    for reading in readings([made], tmp_path, package).values():
        assert reading.messages == []
        assert len(reading.facts) == 4


@given(DOCUMENTS)
def test_any_document_is_well_formed(made: Document) -> None:
    root = ElementTree.fromstring(emitted("xbrl", [made]).encode())
    stated = json.loads(emitted("xbrl-json", [made]))["facts"]
    ids = [one.get("id") for one in root if one.tag.startswith(f"{{{names.NAMESPACE}}}")]
    assert ids == list(stated)
    assert len(set(ids)) == len(ids)
    assert emitted("xml", [made]) == emitted("xbrl", [made])
    page = ElementTree.fromstring(emitted("ixbrl", [made]).encode())
    tagged = [one.get("id") for one in page.iter() if one.tag.startswith(f"{{{INLINE}}}non")]
    assert len(tagged) == len(ids)
    assert set(tagged) == set(ids)
