"""The page of the taxonomy: all of it is there, every link leads somewhere, nothing is fetched, a browser shows it."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import fields_dict
from tests.builders import rich_document
from tests.emitters.browser import BROWSER, FLAGS

from yusuan.emitters.tables import TABLES
from yusuan.emitters.xbrl import names, taxonomy
from yusuan.emitters.xbrl.documentation import axes, equations, source
from yusuan.emitters.xbrl.networks import calculations, hypercubes, rests
from yusuan.emitters.xbrl.report import INCOMPLETE, xbrl_reports
from yusuan.ir.concepts import AMOUNTS, definitions
from yusuan.ir.contract import row_sums
from yusuan.ir.document import Document
from yusuan.ir.taxonomy import taxonomy as rules
from yusuan.ir.vocabulary import Concept

XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
PAGES = {"zh": "index.html", "en": "index-en.html"}
HAN = re.compile("[\u4e00-\u9fff]")

languages = pytest.mark.parametrize("language", PAGES)


@cache
def files() -> dict[str, str]:
    return dict([*taxonomy.files(), *taxonomy.pages()])


@cache
def page(language: str) -> ElementTree.Element:
    return ElementTree.fromstring(files()[PAGES[language]])


def anchors(language: str) -> Counter[str]:
    return Counter(one.attrib["id"] for one in page(language).iter() if "id" in one.attrib)


def said(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def links(element: ElementTree.Element) -> set[str]:
    return {one.attrib["href"] for one in element.iter(f"{XHTML}a")}


def entry(language: str, name: str) -> ElementTree.Element:
    [found] = (one for one in page(language).iter() if one.get("id") == name)
    return found


@languages
def test_all_has_its_anchor(language: str) -> None:
    known = definitions()
    expected = {
        *known.concepts,
        *(rest.name for found in rests().values() for rest in found),
        *map(names.axis, known.axes),
        *(names.member(member.name) for axis in known.axes.values() for member in axis.members),
        *(comparator.name for comparator in known.comparators),
        *(equation.name for equation in equations()),
        *(f"group-{group}" for group in known.groups),
    }
    found = anchors(language)
    assert expected <= set(found)
    assert set(found.values()) == {1}


def test_what_a_report_may_name_has_its_anchor() -> None:
    schema = ElementTree.fromstring(files()[f"{names.PREFIX}.xsd"])
    items = [one for one in schema.iter(f"{SCHEMA}element") if one.get("substitutionGroup") == "xbrli:item"]
    stated = {one.attrib["name"] for one in items if one.get("abstract") != "true"}
    assert len(stated) > len(definitions().concepts)
    assert stated <= set(anchors("zh"))


@languages
def test_every_link_leads_somewhere(language: str) -> None:
    places = {*(f"#{name}" for name in anchors(language)), *files()}
    assert links(page(language)) <= places
    assert set(PAGES.values()) - {PAGES[language]} <= links(page(language))


@languages
def test_nothing_is_fetched_and_nothing_runs(language: str) -> None:
    text = files()[PAGES[language]]
    assert not re.search(r"<(script|img|link|iframe|object|base|form)[ >/]|@import|url\(| src=| on[a-z]+=", text)


@languages
def test_it_is_html_as_well(language: str) -> None:
    text = files()[PAGES[language]]
    assert text.startswith("<!DOCTYPE html>\n")
    assert set(re.findall(r"<([a-z0-9]+)[^<>]*/>", text)) <= {"meta", "br"}
    [style] = page(language).iter(f"{XHTML}style")
    assert not set(style.text or "") & set("<>&")


@languages
def test_a_language_is_complete(language: str) -> None:
    known, shown = definitions(), said(page(language))
    fixed = [*known.page.values(), *known.kinds.values(), *known.tables.values(), known.title]
    meant = [*(one.text for one in known.concepts.values()), *(one.text for one in known.axes.values())]
    for words in (*fixed, *meant):
        assert dict(words.items())[language] in shown
    members = [member for axis in known.axes.values() for member in axis.members]
    labels = [
        *(one.label for one in known.concepts.values()),
        *(one.label for one in known.axes.values()),
        *(one.label for one in (*members, *known.comparators)),
    ]
    for label in labels:
        assert label.zh in shown
        assert label.en in shown


def foreign(element: ElementTree.Element, language: str) -> Iterator[str]:
    """The pieces of text that are in Chinese where none is announced."""
    language = element.get(LANGUAGE, language)
    assert element.get("lang", language) == language
    for text in (element.text, *(child.tail for child in element)):
        if text and language != "zh" and HAN.search(text):
            yield text
    for child in element:
        yield from foreign(child, language)


def test_chinese_is_announced_as_such() -> None:
    assert list(foreign(page("en"), "en")) == []


# --- what it says -----------------------------------------------------------------------------------------------------


def test_every_sum_is_an_equation() -> None:
    known = rules()
    expected = [
        *(one.name for one in known.sums),
        *(one.name for _, one in row_sums()),
        *(one.name for one in known.equal),
    ]
    assert [one.name for one in equations()] == expected
    for rule in known.sums:
        found = links(entry("zh", rule.name))
        assert {f"#{term.concept}" for term in (rule.total, *rule.parts)} <= found
        for term in (rule.total, *rule.parts):
            assert f"#{rule.name}" in links(entry("zh", term.concept))
    for calculation in calculations():
        concepts = (calculation.total, *calculation.parts, calculation.rest)
        assert {f"#{concept}" for concept in concepts} <= links(entry("en", calculation.name))


def test_axes_are_those_of_the_hypercubes() -> None:
    assert axes("Revenue") == ((), ("Scope", "Measure", "Basis", "Base", "Statement"))
    assert axes("SpendingPlanPercent") == (("Month",), ("Project", "Statement"))
    for cube in hypercubes():
        for concept in cube.concepts:
            required, optional = axes(concept)
            assert set(required) <= set(cube.typed) <= {*required, *optional}


def test_a_source_is_a_column() -> None:
    for one in definitions().concepts.values():
        table, _, field = (source(one) or "documents.title").partition(".")
        assert table in definitions().tables
        if table == "declared":
            # Each kind has a table of its own, with columns of its own.
            assert (field, one.group) == ("", "declared")
            continue
        assert field in [column.name for column in TABLES[table].columns]
        if one.name in AMOUNTS:
            assert (table, field) == ("amounts", "value")
    assert [one.name for one in definitions().concepts.values() if source(one) is None] == [INCOMPLETE]


def values(document: Document, column: str) -> Iterator[object]:
    """The values of a column of the contract, as the IR has them."""
    table, _, field = column.partition(".")
    if table == "declared":
        return (value for declared in document.declared for row in declared.rows for value in row.values)
    records = [document] if table == "documents" else getattr(document, table)
    return (getattr(record, field) for record in records if field in fields_dict(type(record)))


def test_facts_are_from_their_source() -> None:
    document = rich_document()
    [report] = xbrl_reports([document])
    compared = Counter[str]()
    for fact in report.facts:
        column = source(fact.definition)
        if fact.span is not None and column is not None:
            assert fact.span in [getattr(value, "span", None) for value in values(document, column)], fact.concept
            compared[fact.concept] += 1
    assert set(compared) - set(Concept)


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.mark.heavy
@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_a_browser_shows_it(tmp_path: Path) -> None:
    path = tmp_path / PAGES["zh"]
    path.write_text(files()[PAGES["zh"]], "utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={tmp_path}", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode or "<html" not in done.stdout:
        pytest.skip("Chromium does not start on this machine")
    assert "CONSOLE" not in done.stderr
    # It reads as HTML what we wrote as XML, and finds the same.
    assert set(re.findall(r' id="([^"]*)"', done.stdout)) == set(anchors("zh"))
    assert done.stdout.count("<section") == len(list(page("zh").iter(f"{XHTML}section")))
