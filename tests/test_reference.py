"""The reference of the language is whole: an entry for everything of the language, links that lead somewhere, in both
languages, the same bytes in every run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest
from lxml import html
from tests.emitters.browser import BROWSER, FLAGS

from yusuan.compiler.language.files import built_in
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.compiler.workbench.corpus.judging import corpus_files, read_cases
from yusuan.compiler.workbench.coverage import Coverage, measure
from yusuan.emitters.tables import TABLES
from yusuan.ir import declared, document, kinds, nodes, records, vocabulary

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("zh", "en")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def build(folder: Path) -> Path:
    done = subprocess.run([sys.executable, "-m", "docs", folder], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module", params=LANGUAGES)
def folder(site: Path, request: pytest.FixtureRequest) -> Path:
    return site / str(request.param)


@cache
def page(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def anchors(path: Path) -> dict[str, html.HtmlElement]:
    found = [(element.get("id", ""), element) for element in page(path).iter() if element.get("id")]
    assert len(dict(found)) == len(found), [name for name in dict(found) if [n for n, _ in found].count(name) > 1]
    return dict(found)


@cache
def used() -> Coverage:
    """What of the language the corpus uses."""
    cases = [case for path in corpus_files(ROOT / "tests" / "corpus") for case in read_cases(path)]
    return measure(built_in_language(), ((case.id, case.input) for case in cases if "grammar" not in case.attributes))


def text_of(element: html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def links(path: Path) -> Iterator[str]:
    for element in page(path).iter():
        for name in ("href", "src"):
            target = element.get(name)
            if target is not None:
                yield target


def test_every_link_leads_somewhere(site: Path) -> None:
    files = {path: set(anchors(path)) for path in site.rglob("*.html")}
    assert len(files) > 2 * len(GRAMMARS)
    for path in files:
        for target in links(path):
            name, _, anchor = target.partition("#")
            # The theme tells versions of its style sheets apart.
            name = name.partition("?")[0]
            led = (path.parent / name).resolve() if name else path
            assert led.is_file(), f"{path.name}: {target}"
            assert not anchor or anchor in files[led], f"{path.name}: {target}"


class Balance(HTMLParser):
    """Sees to it that what is opened is closed, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), self.getpos()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        # Of HTML only some are closed in their own tag; of SVG all may be.
        assert tag in VOID or "svg" in self.open, self.getpos()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()


def test_every_page_is_sound(site: Path) -> None:
    for path in site.rglob("*.html"):
        parser = Balance()
        parser.feed(path.read_text(encoding="utf-8"))
        parser.close()
        assert not parser.open, path


def test_needs_no_network(site: Path) -> None:
    """All that a page loads, and that a style sheet has it load, stands beside it."""
    for path in site.rglob("*.html"):
        for element in page(path).iter("script", "link", "img", "iframe", "source", "use", "image"):
            for name in ("src", "href"):
                assert not re.match(r"\w+:|//", element.get(name) or ""), path
    for path in site.rglob("*.css"):
        assert not re.findall(r"@import|url\([\"']?(?!data:)(?:\w+:|//)", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_rule_and_terminal(folder: Path, grammar: str) -> None:
    """An entry for each: its place, a diagram of what has a shape, what it is used by, an example of what is used."""
    found = anchors(folder / f"grammar-{grammar}.html")
    # Those of a declared sheet are described on the page of its file.
    symbols = [one for one in grammar_index(built_in_language()).symbols(grammar) if not one.file.endswith(".toml")]
    assert symbols
    for symbol in symbols:
        entry = found[symbol.name]
        said = text_of(entry)
        assert symbol.place in said
        assert symbol.about is None or symbol.about.replace("`", "")[1:] in said
        assert len(list(entry.iter("dd"))) >= 2, symbol.name
        is_declared = symbol.is_declared
        drawings = [element for element in entry.iter() if element.tag.endswith("svg")]
        assert bool(drawings) != is_declared, symbol.name
        use = used().use(symbol)
        has_example = any(element.get("class") == "examples" for element in entry.iter())
        assert has_example or use is None or not use.example, symbol.name


def test_what_sections_become_is_seen(folder: Path) -> None:
    """Each section rule becomes a section of its role, each kind of table its records."""
    report = anchors(folder / "grammar-report.html")
    for role in vocabulary.Role:
        targets = [one.get("href") for one in report[role.value].iter("a")]
        assert "ir.html#Section" in targets, role
        assert f"ir.html#Role.{role.value}" in targets, role
    overview = (folder / "index.html").read_text(encoding="utf-8")
    for sheet in (one for one in built_in_language().declared.values() if one.header):
        row = next(row for row in overview.split("<tr") if f"lexicon-tables-{sheet.name}.html#table" in row)
        assert "ir.html#table-" in row, sheet.name
    amount = anchors(folder / "grammar-amount.html")["UNIT"]
    assert "ir.html#Amount.unit" in [one.get("href") for one in amount.iter("a")]


def test_every_entry_of_the_lexicon(folder: Path) -> None:
    """An anchor for each key and each of its wordings, and an example of each key that is used."""
    index = grammar_index(built_in_language())
    for file in (file for file in built_in().files if file.path.endswith(".toml")):
        name = file.path.removeprefix("lexicon/").removesuffix(".toml")
        data = tomllib.loads(file.text)
        found = anchors(folder / f"lexicon-{name.replace('/', '-')}.html")
        for path, entry in index.entries(name) or [(entry.path, entry) for entry in file.entries()]:
            if entry.kind == "entry":
                said = found[anchor_of(path)]
                assert str(entry.line) in text_of(said)
                use = used().use(entry)
                is_table = isinstance(at(data, path), dict)
                has_example = any(element.tag == "mark" for element in said.iter())
                assert has_example or is_table or use is None or not use.example, path
            elif isinstance(at(data, path[:-1]), str | list) and "" not in path:
                assert anchor_of(path) in found or any(isinstance(one, list) for one in at(data, path[:-1])), path


def anchor_of(path: tuple[str | int, ...]) -> str:
    """The anchor of an entry of the lexicon by its key."""
    return ".".join(re.sub(r"[^\w-]", lambda one: f"~{ord(one[0]):x}", str(part)) or "~" for part in path)


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a key; absent where a part of it is no key."""
    for part in path:
        if isinstance(data, list):
            data = data[part] if isinstance(part, int) else next((one for one in data if one["name"] == part), None)
        else:
            data = data.get(part)
    return data


def test_every_class_of_the_ir(folder: Path) -> None:
    found = anchors(folder / "ir.html")
    for module in (nodes, records, declared, kinds, document, vocabulary):
        for name, cls in vars(module).items():
            if not isinstance(cls, type) or not cls.__module__.startswith(module.__name__):
                continue
            assert text_of(found[name])
            members = [one.name for one in attrs.fields(cls)] if attrs.has(cls) else [one.value for one in cls]  # type: ignore[attr-defined]
            for member in members:
                assert f"{name}.{member}" in found
            if module is records:
                assert any(element.tag == "mark" for element in found[name].iter()), name
    for table, view in TABLES.items():
        said = text_of(found[f"table-{table}"])
        assert all(column.name in said for column in view.columns)


def test_the_index_has_every_name_and_wording(folder: Path) -> None:
    """The page of the index, and what the search goes by."""
    said = {(one.text or "").strip() for one in page(folder / "genindex.html").iter("li", "a")}
    symbols = {one.name for grammar in GRAMMARS for one in grammar_index(built_in_language()).symbols(grammar)}
    wordings = {one for words in built_in_language().lexicon["labels"]["labels"].values() for one in words}
    expected = (
        symbols | {one for one in wordings if re.search("[一-鿿]", one)} | {"压减", "procurement", "GlossaryEntry"}
    )
    assert expected <= said
    searched = json.loads((folder / "searchindex.js").read_text(encoding="utf-8")[len("Search.setIndex(") : -1])
    assert expected <= {
        f"{prefix}.{one[-1]}".lstrip(".") for prefix, found in searched["objects"].items() for one in found
    }


def test_both_languages_say_the_same(site: Path) -> None:
    first, second = (
        {path.name: sorted(anchors(path)) for path in (site / language).glob("*.html")} for language in LANGUAGES
    )
    # What begins with no letter Sphinx lists under a word of the language.
    index = [set(found.pop("genindex.html")) for found in (first, second)]
    assert index[0] ^ index[1] == {"Symbols", "符号"}
    assert first == second


def test_is_the_same_in_every_run(site: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "again")
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_the_search_finds_names_in_a_browser(folder: Path, tmp_path: Path) -> None:
    """From the disk, Chinese ones too, and nothing goes wrong on the way."""
    address = f"{(folder / 'search.html').as_uri()}?q=压减"
    command = [
        str(BROWSER),
        *FLAGS,
        f"--user-data-dir={tmp_path}",
        "--virtual-time-budget=20000",
        "--dump-dom",
        address,
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    if done.returncode or "<html" not in done.stdout:
        pytest.skip("Chromium does not start on this machine")
    assert "CONSOLE" not in done.stderr
    found = {one.get("href", "").partition("?")[0] for one in html.fromstring(done.stdout).iter("a")}
    assert any(target.endswith("grammar-amount.html#_FALL") for target in found)
