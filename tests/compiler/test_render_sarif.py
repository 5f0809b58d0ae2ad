"""Diagnostics as SARIF, by Microsoft's validator where `make validator` has installed it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.readers.pdf.writing import drawn

from yusuan import compile_bytes
from yusuan.compiler.rendering.findings import Findings
from yusuan.compiler.rendering.to_sarif import Sarif, describe
from yusuan.ir.diagnostics import Diagnostic, Locale, Tally
from yusuan.ir.diagnostics.codes import BROKEN_ROW, CODES, CONTROL_CHARACTER, EMPTY_INPUT, REPEATED_ROW
from yusuan.ir.source import SourceFile, Span

VALIDATOR = Path(sys.prefix) / "sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))

PAGES = """page
table 50 20 50 200 400
| 项目 | 预算 |
| 甲 | 1 |
"""

TEXT = "\t甲\n\t1\n\n\t甲\n\t1\r\n\r\n预算\x01公开\n"
SOURCE = SourceFile("a", TEXT)
FIRST, SECOND, CONTROL = SOURCE.span(1, 2), SOURCE.span(8, 9), SOURCE.span(17, 18)


def diagnostics() -> tuple[Diagnostic, ...]:
    return (
        REPEATED_ROW.at(SECOND, row=SECOND, related=[REPEATED_ROW.place("first", FIRST)], name="甲"),
        CONTROL_CHARACTER.at(CONTROL, "one", character="U+0001", count=1),
        BROKEN_ROW.at(SOURCE.span(len(TEXT), len(TEXT)), cells=2),
    )


def failed(path: str | None) -> Findings:
    return Findings(path, SourceFile("b", ""), (EMPTY_INPUT.at(Span(0, 0, 1, 1), "empty"),), False)


def text(*findings: Findings, language: Locale = Locale.EN, summary: tuple[Tally, ...] | None = None) -> str:
    form = Sarif("1.2.3", language)
    assert all(form.show(one) == "" for one in findings)
    return form.close(summary)


def run(*findings: Findings, language: Locale = Locale.EN) -> dict[str, Any]:
    [only] = json.loads(text(*findings, language=language))["runs"]
    assert isinstance(only, dict)
    return only


def results(source: SourceFile, *found: Diagnostic) -> list[dict[str, Any]]:
    return list(run(Findings("a.txt", source, found, True))["results"])


def test_tool() -> None:
    driver = run()["tool"]["driver"]
    assert driver == {
        "name": "yusuan",
        "version": "1.2.3",
        "semanticVersion": "1.2.3",
        "informationUri": "urn:yusuan:about",
        "language": "en-US",
        "rules": [],
    }


def test_rules_that_occur() -> None:
    found = run(Findings("a.txt", SOURCE, diagnostics(), True))
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["BD005", "BD101", "BD612"]
    assert [result["ruleIndex"] for result in found["results"]] == [2, 0, 1]
    assert [rule["name"] for rule in rules] == ["ControlCharacter", "BrokenRow", "RepeatedRow"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["warning", "note", "warning"]
    assert all(rule["help"]["markdown"] == CODES[rule["id"]].page() for rule in rules)


@pytest.mark.parametrize("language", list(Locale))
def test_every_code_is_described_by_its_page(language: Locale) -> None:
    for code in CODES.values():
        described = describe(code.page(language), language)
        assert len(described) > 15, code
        assert not described.startswith(("#", "-", "`")), code
        assert "\n" not in described, code


def test_a_page_without_sections_describes_nothing() -> None:
    assert describe("# BD999\n\ntext", Locale.EN) == ""
    assert describe("# BD999\n\n-\n\n## Says\n\none\ntwo\n\nmore\n", Locale.EN) == "one two"


def test_result() -> None:
    result = results(SOURCE, *diagnostics())[0]
    [place], [related] = result["locations"], result["relatedLocations"]
    assert (result["level"], result["message"]) == ("warning", {"text": 'the row "甲" stands twice'})
    assert place["physicalLocation"]["artifactLocation"] == {"uri": "a.txt", "uriBaseId": "%SRCROOT%", "index": 0}
    assert place["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 2,
        "endLine": 4,
        "endColumn": 3,
        "charOffset": 8,
        "charLength": 1,
        "snippet": {"text": "甲"},
    }
    assert place["physicalLocation"]["contextRegion"]["snippet"] == {"text": "\t甲"}
    assert (related["id"], related["message"]) == (1, {"text": "it stands here first"})
    assert related["physicalLocation"]["region"]["startLine"] == 1
    assert result["properties"]["rowLine"] == 4


def test_context_is_the_line_where_it_says_more() -> None:
    whole, part, long = SourceFile("a", "预算\r\n公开"), SourceFile("a", "预算\r\n公开"), SourceFile("a", "预" * 501)
    assert "contextRegion" not in physical(whole, whole.span(0, 2))
    assert "contextRegion" not in physical(part, part.span(0, 5))
    assert "contextRegion" not in physical(long, long.span(0, 2))
    assert physical(part, part.span(1, 2))["contextRegion"]["snippet"] == {"text": "预算"}


def physical(source: SourceFile, span: Span) -> dict[str, Any]:
    [result] = results(source, BROKEN_ROW.at(span, cells=2))
    place = result["locations"][0]["physicalLocation"]
    assert isinstance(place, dict)
    return place


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/报告%.txt", "a%20b/%E6%8A%A5%E5%91%8A%25.txt"),
        ("./x/../a:b?#.txt", "a%3Ab%3F%23.txt"),
        (os.fsdecode(b"caf\xe9.txt"), "caf%E9.txt"),
        ("/tmp/a b.txt", "file:///tmp/a%20b.txt"),
        (None, "urn:yusuan:stdin"),
    ],
)
def test_paths(path: str | None, uri: str) -> None:
    location = run(failed(path))["artifacts"][0]["location"]
    assert location["uri"] == uri
    assert ("uriBaseId" in location) == (":" not in uri)


def test_path_above_the_working_directory_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    location = run(failed("../a.txt"))["artifacts"][0]["location"]
    assert location == {"uri": (tmp_path.parent / "a.txt").as_uri()}


def test_inputs_that_failed_are_told() -> None:
    [invocation] = run(Findings("a.txt", SOURCE, diagnostics(), True))["invocations"]
    assert invocation == {"executionSuccessful": True}
    found = run(Findings("a.txt", SOURCE, diagnostics(), True), failed("b.txt"))
    [invocation] = found["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert notification["associatedRule"] == {"id": "BD001", "index": 0}
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.txt"
    assert found["results"][-1]["level"] == "error"


def test_an_error_by_choice_is_no_failed_input() -> None:
    graver = tuple(evolve(diagnostic, severity=EMPTY_INPUT.severity) for diagnostic in diagnostics())
    found = run(Findings("a.txt", SOURCE, graver, True))
    assert found["invocations"] == [{"executionSuccessful": True}]
    assert {result["level"] for result in found["results"]} == {"error"}


def fingerprints(source: SourceFile, *texts: str) -> list[str]:
    found = []
    start = -1
    for one in texts:
        start = source.text.index(one, start + 1)
        found.append(BROKEN_ROW.at(source.span(start, start + len(one)), cells=2))
    return [result["partialFingerprints"]["yusuanDiagnostic/v1"] for result in results(source, *found)]


def test_fingerprints_survive_shifted_lines_and_tell_results_apart() -> None:
    report = "第一行100万元\n第二行100万元\n"
    before = fingerprints(SourceFile("a", report), "100万元", "100万元")
    shifted = fingerprints(SourceFile("b", "新的一行\r\n\n" + report), "100万元", "100万元")
    assert before == shifted
    assert len(set(before)) == 2
    same = fingerprints(SourceFile("a", "100万元\n100万元\n"), "100万元", "100万元")
    assert len(set(same)) == 2


def test_chinese() -> None:
    [chinese] = [diagnostics()[0].localized(Locale.ZH)]
    found = run(Findings("a.txt", SOURCE, (chinese,), True), language=Locale.ZH)
    assert (found["language"], found["tool"]["driver"]["language"]) == ("zh-CN", "zh-CN")
    assert found["tool"]["driver"]["rules"][0]["shortDescription"]["text"].endswith("。")


def test_summary_stands_in_the_properties() -> None:
    told = json.loads(text(summary=(Tally("BD503", "a", 1, 2, 3),)))["runs"][0]["properties"]
    assert told == {"rules": [{"code": "BD503", "rule": "a", "holds": 1, "broken": 2, "unknown": 3}]}


def test_the_same_findings_give_the_same_safe_text() -> None:
    findings = (Findings("a.txt", SOURCE, diagnostics(), True), failed(None))
    assert text(*findings) == text(*findings)
    assert text(*findings).replace("\n", "").isprintable()


# --- the validator ---


needs_validator = pytest.mark.skipif(not VALIDATOR.exists(), reason="needs the validator of SARIF: make validator")


@pytest.mark.heavy
@needs_validator
@pytest.mark.parametrize("language", list(Locale))
def test_the_validator_finds_nothing(language: Locale, tmp_path: Path) -> None:
    findings = [Findings("a b/报告.txt", SOURCE, localized(diagnostics(), language), True)]
    findings += [failed("empty.txt"), failed(None), failed("/tmp/elsewhere.txt")]
    for example in EXAMPLES:
        compilation = compile_bytes(example.read_bytes(), example.stem)
        found = localized(compilation.diagnostics, language)
        findings.append(Findings(f"examples/{example.name}", compilation.source, found, True))
    paged = compile_bytes(drawn(PAGES), "pages")
    found = localized(paged.diagnostics, language)
    findings.append(Findings("pages.pdf", paged.source, found, True, paged.document.body))
    log = tmp_path / "log.sarif"
    log.write_text(text(*findings, language=language), "utf-8")
    assert complaints(log) == []


@pytest.mark.heavy
@needs_validator
@pytest.mark.parametrize(
    ("right", "wrong"), [('"startLine": 4', '"startLine": 0'), ('"ruleIndex": 1', '"ruleIndex": 9')]
)
def test_the_validator_finds_a_fault(right: str, wrong: str, tmp_path: Path) -> None:
    log = tmp_path / "log.sarif"
    log.write_text(text(Findings("a.txt", SOURCE, diagnostics(), True)).replace(right, wrong), "utf-8")
    assert complaints(log)


def localized(found: tuple[Diagnostic, ...], language: Locale) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic.localized(language) for diagnostic in found)


def complaints(log: Path) -> list[str]:
    """What the validator has against a log, code scanning's own rules included."""
    report = log.with_suffix(".validated.sarif")
    command: list[str | Path] = [VALIDATOR, "validate", log, "--output", report, "--rule-kind", "Sarif;Ghas", "--quiet"]
    environment = {
        **os.environ,
        # It brings no ICU, asks the web for the schema, and unpacks its libraries at home.
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
        "https_proxy": "http://127.0.0.1:9",
        "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(log.parent),
    }
    subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120)
    told = json.loads(report.read_text("utf-8-sig"))["runs"][0]
    return [f"{one['ruleId']}: {one['message']}" for one in told["results"] if one.get("level") != "note"]
