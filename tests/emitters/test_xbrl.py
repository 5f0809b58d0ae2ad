"""XBRL: a processor accepts taxonomy and reports, each syntax holds the same facts, sums fail where the checks say."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from tests.builders import amount, at, document, figure, rich_document, text
from tests.emitters.processor import Fact, Reading, read_all
from tests.emitters.strategies import DOCUMENTS
from tests.generated_reports import clean, faulty
from tests.strategies import EXAMPLES, OTHERS, REPORTS

from yusuan.compiler.decode import decode
from yusuan.compiler.driver import compile_text
from yusuan.compiler.lexicon import lexicon
from yusuan.emitters.facts import RECORD_CONCEPTS
from yusuan.emitters.registry import find
from yusuan.emitters.to_ixbrl import IxbrlEmitter
from yusuan.emitters.to_xbrl import XbrlEmitter
from yusuan.emitters.to_xbrl_csv import XbrlCsvEmitter
from yusuan.emitters.to_xbrl_json import XbrlJsonEmitter
from yusuan.emitters.xbrl import names, taxonomy
from yusuan.emitters.xbrl.columns import METADATA
from yusuan.emitters.xbrl.emitter import ReportEmitter
from yusuan.emitters.xbrl.networks import calculations, hypercubes
from yusuan.emitters.xbrl.packages import PackageEmitter
from yusuan.emitters.xbrl.report import INCOMPLETE, Unit, XbrlFact, XbrlReport, xbrl_reports
from yusuan.ir.concepts import Kind, definitions
from yusuan.ir.diagnostics import codes
from yusuan.ir.document import Document
from yusuan.ir.records import Asset, Project
from yusuan.ir.vocabulary import Base, Basis, Concept, Measure, Operator, Scope

SYNTAXES = {"xbrl": ".xbrl", "xbrl-json": ".json", "ixbrl": ".xhtml"}
INLINE = "http://www.xbrl.org/2013/inlineXBRL"
SUMS = {codes.PARTS_DO_NOT_SUM.code, codes.CHANGES_DO_NOT_SUM.code, codes.PROCUREMENT_SOURCES.code}


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The taxonomy package."""
    path = tmp_path_factory.mktemp("taxonomy") / f"{taxonomy.folder()}.zip"
    path.write_bytes(taxonomy.package())
    return path


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


def facts_of(made: Document) -> list[XbrlFact]:
    [report] = xbrl_reports([made])
    return list(report.facts)


# --- the taxonomy -----------------------------------------------------------------------------------------------------


def test_a_processor_accepts_the_taxonomy(tmp_path: Path, package: Path) -> None:
    for name, content in taxonomy.files():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    for reading in read_all([tmp_path / f"{names.PREFIX}.xsd", package], package):
        assert reading.messages == []


def test_every_concept_is_defined() -> None:
    known = definitions()
    assert set(Concept) <= set(known.concepts)
    assert {concept.name for concept in RECORD_CONCEPTS} <= set(known.concepts)
    assert {one.name for one in known.concepts.values() if one.has_members} == {*Concept, INCOMPLETE}
    for one in known.concepts.values():
        assert one.group in known.groups
        assert {*one.axes, *one.optional_axes} <= set(known.axes)


def test_the_axes_have_a_member_for_each_value() -> None:
    for axis, values in {"Scope": Scope, "Measure": Measure, "Basis": Basis, "Base": Base}.items():
        assert {member.value for member in definitions().axes[axis].members if member.value} == set(values)
    assert {comparator.value for comparator in definitions().comparators} == set(Operator)


def test_money_is_that_of_the_lexicon() -> None:
    assert definitions().money == lexicon().money


def test_one_total_is_made_up_in_one_way() -> None:
    totals = [calculation.total for calculation in calculations()]
    assert len(totals) == len(set(totals)) > 5
    listed = {concept for cube in hypercubes() for concept in cube.concepts}
    assert {calculation.rest for calculation in calculations()} <= listed


def test_the_package_is_the_same_always() -> None:
    assert taxonomy.package() == taxonomy.package()


# --- reports ----------------------------------------------------------------------------------------------------------


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
        How many sums the checks report that a processor can reckon too.
    """
    read_as = readings(made, folder, package)
    reports = list(xbrl_reports(made))
    facts = [fact for report in reports for fact in report.facts]
    of = {fact.id: (report.document, fact) for report in reports for fact in report.facts}
    assert len(of) == len(facts)
    sums = [told for report in reports for told in sums_reported_in_one_context(report)]
    inconsistent = read_as["xbrl"].inconsistent
    for failed in inconsistent:
        [document] = {id(of[name][0]): of[name][0] for name in failed}.values()
        assert is_reported(document, [of[name][1] for name in failed])
    for told in sums:
        assert any(len(told & failed.keys()) > 1 for failed in inconsistent)
    for reading in read_as.values():
        assert reading.messages == []
        assert sum(reading.facts.values()) == len(facts)
        assert reading.facts == read_as["xbrl"].facts
        # The ids of xBRL-CSV are those of tables, rows and columns.
        assert sums_of(reading) == sums_of(read_as["xbrl"])
    return len(sums)


def sums_of(reading: Reading) -> Counter[frozenset[Fact]]:
    """The facts of each sum that does not come out."""
    return Counter(frozenset(failed.values()) for failed in reading.inconsistent)


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


def is_reported(made: Document, facts: list[XbrlFact]) -> bool:
    """Whether the checks report a sum that has figures of these facts."""
    places = {fact.span.start for fact in facts if fact.span}
    for diagnostic in made.diagnostics:
        if diagnostic.code in SUMS:
            told = {diagnostic.span.start, *(place.span.start for place in diagnostic.related)}
            if len(told & places) > 1:
                return True
    return False


@pytest.mark.parametrize(
    "emitter", [XbrlEmitter(), XbrlJsonEmitter(), XbrlCsvEmitter(), IxbrlEmitter()], ids=lambda emitter: emitter.name
)
def test_a_report_package_needs_no_other_file(emitter: ReportEmitter, tmp_path: Path) -> None:
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
    kinds = ("expenditure-parts", "basic-parts", "three-public-parts", "vehicle-parts")
    # A seed for each: two reports of one department and year would state the same facts.
    seeds = [(kind, 4 * number + at) for at, kind in enumerate(kinds) for number in range(4)]
    made = [compile_text(faulty(seed, kind).text, f"{kind}-{seed}").document for kind, seed in seeds]
    assert check_readings(made, tmp_path, package) > 5


def test_several_documents_make_one_report(tmp_path: Path, package: Path) -> None:
    for reading in readings(
        [rich_document(), rich_document(), rich_document("2024 年/<a>")], tmp_path, package
    ).values():
        assert reading.messages == []
        assert len(reading.facts) > 10


# --- facts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "unit", "value", "decimals"),
    [
        ("3632.47", "万元", "36324700", -2),
        ("2065", "万元", "20650000", -4),
        ("8.1032", "万元", "81032", 0),
        ("1.2", "亿元", "120000000", -7),
        ("15.00", "元", "15.00", 2),
        ("0.00", "万元", "0", "INF"),
        ("-5", "万元", "-50000", -4),
        ("1" * 40, "万元", "1" * 40 + "0000", -4),
    ],
)
def test_money_is_exact_and_as_precise_as_printed(written: str, unit: str, value: str, decimals: int | str) -> None:
    [fact] = facts_of(document(amounts=(amount(written, unit=unit),)))
    assert isinstance(fact.value, Decimal)
    assert (format(fact.value, "f"), fact.decimals, fact.unit) == (value, decimals, Unit.YUAN)


def test_money_without_a_unit_is_no_yuan() -> None:
    [fact] = facts_of(document(amounts=(amount("5", unit=None, line=3, column=7),)))
    assert (fact.concept, fact.unit, dict(fact.context.dimensions)) == (
        "IncompleteFigure",
        Unit.PURE,
        {"Figure": "Revenue 3:7"},
    )


def test_what_an_amount_says_are_its_dimensions() -> None:
    made = amount("5", scope=Scope.FISCAL, measure=Measure.CHANGE, base=Base.PRIOR_OUTTURN)
    [fact] = facts_of(document(amounts=(made,)))
    assert dict(fact.context.dimensions) == {"Scope": "Fiscal", "Measure": "Change", "Base": "PriorOutturn"}


def test_a_second_figure_that_differs_is_a_statement_of_its_own() -> None:
    twice = (amount("5.00"), amount("5", line=2), amount("7.00", line=3))
    facts = facts_of(document(amounts=twice))
    assert [dict(fact.context.dimensions).get("Statement") for fact in facts] == [None, None, "2"]


def test_what_a_list_leaves_out_is_stated_as_not_listed() -> None:
    made = (amount("10.00"), amount("7.0", Concept.OTHER_REVENUE), amount("2", Concept.INSTITUTIONAL_REVENUE))
    *_, rest = facts_of(document(amounts=made))
    assert (rest.concept, rest.value, rest.span) == ("RevenueNotListed", Decimal(10000), None)


def test_names_that_stand_twice_are_told_apart() -> None:
    assets = tuple(Asset(text("车辆", line), figure("1", line), None, None, at(line)) for line in (1, 2))
    facts = facts_of(document(assets=assets))
    assert [dict(fact.context.dimensions) for fact in facts] == [{"Asset": "车辆"}, {"Asset": "车辆 (2)"}]


def test_square_metres_are_an_area() -> None:
    asset = Asset(text("房屋（平方米）"), figure("860"), None, None, at(1))
    [fact] = facts_of(document(assets=(asset,)))
    assert (fact.concept, fact.unit, fact.definition.kind) == ("AssetArea", Unit.SQUARE_METRE, Kind.AREA)


def test_an_id_is_the_place() -> None:
    [fact] = facts_of(document("a b/c", amounts=(amount("5", line=3, column=7),)))
    assert fact.id == "a_b_c.L3.C7.Revenue"


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
