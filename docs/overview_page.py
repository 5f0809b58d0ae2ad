"""The first page: the way of the data, which grammar reads what, the sections, the words, and how to read a diagram."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docs.becoming import contract
from docs.diagrams import draw
from docs.entries import lead, table
from docs.grammar_pages import kind_of
from docs.ir_page import MODULES, class_term, classes
from docs.links import IR_PAGE, OVERVIEW_PAGE, code, grammar_page, ir_link, lexicon_page, link, symbol_href
from docs.observed import observed
from docs.page import Chapter, Page
from docs.patterns import shape_of
from docs.shapes import Symbol
from docs.sources import declared_files, entries_of, grammar_files, grammar_term, name_of, term_of, word_files
from docs.speech import Tongue, chinese
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.xbrl.markup import element, lines, text
from yusuan.ir.concepts import Phrase

_LEGEND: Final = Path(__file__).with_name("legend.toml")
_STAGES: Final = ("decode", "frame", "outline", "parse", "lower", "check", "emit")


def page(tongue: Tongue) -> Page:
    """The page."""
    parts = []
    for key, content in (
        ("way", _way(tongue)),
        ("regions", _regions(tongue)),
        ("sections", _sections(tongue)),
        ("tables", _tables(tongue)),
        ("lexicon", _lexicon(tongue)),
        ("ir", _ir(tongue)),
        ("legend", _legend(tongue)),
    ):
        said = tongue.plain("site.ir" if key == "ir" else f"overview.{key}")
        parts.append(Chapter(key, said, lines(content)))
    return Page(OVERVIEW_PAGE, tongue.plain("site.title"), lead(tongue.say("site.lead")), parts)


def _way(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("overview.way_text"))
    stages = [element("li", {}, tongue.say("overview.bytes"))]
    stages += [element("li", {"class": "stage"}, tongue.say(f"overview.{stage}")) for stage in _STAGES]
    yield element("ol", {"class": "way"}, lines(stages))


def _regions(tongue: Tongue) -> Iterator[str]:
    index = grammar_index(built_in_language())
    heads = [tongue.say(f"overview.{key}") for key in ("grammar", "reads", "rules", "terminals", "files")]
    rows = []
    for grammar in GRAMMARS:
        symbols = index.symbols(grammar)
        count = sum(one.kind == "rule" for one in symbols)
        name = link(grammar_page(grammar), code(grammar)) + " " + chinese(grammar_term(grammar))
        files = str(len(grammar_files(grammar)))
        rows.append(("", [name, tongue.say(f"region.{grammar}"), str(count), str(len(symbols) - count), files]))
    yield table(heads, rows)


def _sections(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("overview.sections_text"))
    yield _section_list(None, tongue)


def _section_list(parent: str | None, tongue: Tongue) -> str:
    index = grammar_index(built_in_language())
    items = []
    for rule, above in built_in_language().parents.items():
        symbol = index.symbol("report", rule)
        if above == parent and symbol is not None:
            said = link(f"{grammar_page('report')}#{rule}", chinese(index.term(symbol.file) or rule))
            items.append(element("li", {}, f"{said} {code(rule)}{_section_list(rule, tongue)}"))
    return element("ul", {"class": "tree"}, lines(items)) if items else ""


def _tables(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("overview.tables_text"))
    index = grammar_index(built_in_language())
    rows = []
    for rule in (one for one in index.symbols("table") if one.kind == "rule" and one.file.startswith("tables/")):
        name = link(symbol_href("table", rule.name), chinese(index.term(rule.file) or rule.name))
        becomes = contract(observed().became(("table", rule.name)), tongue)
        rows.append(("", [f"{name} {code(rule.name)}", element("span", {"class": "place"}, text(rule.place)), becomes]))
    for file in declared_files():
        name = link(lexicon_page(name_of(file)), chinese(term_of(file)))
        rows.append(("", [name, element("span", {"class": "place"}, text(file.shown)), tongue.say("ir.declared")]))
    yield table((tongue.say("entry.rule"), tongue.say("entry.place"), tongue.say("entry.contract")), rows)


def _lexicon(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("overview.lexicon_text"))
    rows = []
    for file in word_files():
        entries = entries_of(file).values()
        keys = sum(one.kind == "entry" for one in entries)
        said = link(lexicon_page(name_of(file)), chinese(term_of(file)))
        rows.append(
            ("", [said, element("span", {"class": "place"}, text(file.shown)), str(keys), str(len(entries) - keys)])
        )
    yield table([tongue.say(f"overview.{key}") for key in ("lexicon", "file", "entries", "wordings")], rows)


def _ir(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("ir.lead"))
    for key, module in MODULES:
        said = [f"{ir_link(one.__name__)} {chinese(class_term(one) or '')}".strip() for one in classes(module)]
        named = link(f"{IR_PAGE}#module-{key}", tongue.say(f"ir.{key}"))
        yield element("p", {}, f"{named}{tongue.say('site.colon')}{tongue.joined(said)}")


def _legend(tongue: Tongue) -> Iterator[str]:
    yield element("p", {}, tongue.say("overview.legend_text"))

    def kinds(name: str) -> tuple[str, str]:
        kind, href = kind_of("report", name)
        return kind, grammar_page("report") + href

    items = []
    for sign in tomllib.loads(_LEGEND.read_text(encoding="utf-8"))["sign"]:
        shape = Symbol(sign["symbol"]) if "symbol" in sign else shape_of(sign["pattern"])
        [whole] = draw(shape, tongue.diagram, anchor="legend", kinds=kinds)
        said = text(tongue.of(Phrase(sign["zh"], sign["en"])))
        items.append(element("li", {}, element("div", {"class": "diagram"}, whole.svg) + element("span", {}, said)))
    yield element("ul", {"class": "legend"}, lines(items))
