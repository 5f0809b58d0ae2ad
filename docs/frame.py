"""The frame of every page: its head, the way to the other pages, its outline, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from docs.links import (
    IR_PAGE,
    NAMES_PAGE,
    OVERVIEW_PAGE,
    grammar_page,
    lexicon_page,
    link,
    span,
)
from docs.samples import texts
from docs.sources import grammar_term, name_of, term_of, word_files
from docs.speech import LANGUAGES, Tongue, chinese
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.xbrl.markup import element, lines, text


@frozen(slots=True)
class Page:
    """A page in one language.

    Attributes:
        file: its name in the folder of the language.
        title: its title.
        lead: what it is about, as XML; empty where nothing is to be said.
        body: what stands on it, as XML.
        outline: its headings: anchor, words as XML.
    """

    file: str
    title: str
    lead: str
    body: str
    outline: Sequence[tuple[str, str]] = ()


def html(page: Page, tongue: Tongue) -> str:
    """The page as XML that is HTML as well."""
    title = tongue.plain("site.title")
    whole = title if page.file == OVERVIEW_PAGE else f"{page.title} · {title}"
    head = [
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", {}, text(whole)),
        element("link", {"rel": "stylesheet", "href": "../style.css"}),
    ]
    others = [
        link(f"../{other}/{page.file}", Tongue(other).say("site.language"))
        for other in LANGUAGES
        if other != tongue.language
    ]
    main = [
        element("h1", {}, text(page.title)),
        *([element("p", {"class": "lead"}, page.lead)] if page.lead else []),
        *_outline(page, tongue),
        page.body,
        element("footer", {}, _colophon(tongue)),
    ]
    body = [
        element("a", {"class": "skip", "href": "#page"}, tongue.say("site.skip")),
        element("header", {}, link(OVERVIEW_PAGE, tongue.say("site.title")) + span("languages", "".join(others))),
        element("nav", {"class": "site"}, lines(_site(page, tongue))),
        element("main", {"id": "page"}, lines(main)),
    ]
    values = {"xmlns": "http://www.w3.org/1999/xhtml", "lang": tongue.language, "xml:lang": tongue.language}
    parts = [element("head", {}, lines(head)), element("body", {"class": tongue.language}, lines(body))]
    return f"<!DOCTYPE html>\n{element('html', values, lines(parts))}\n"


def _outline(page: Page, tongue: Tongue) -> Iterator[str]:
    if len(page.outline) > 1:
        items = "".join(element("li", {}, link(f"#{anchor}", said)) for anchor, said in page.outline)
        summary = element("summary", {}, tongue.say("site.on_this_page"))
        yield element("details", {"class": "outline"}, summary + element("ul", {}, items))


def _site(page: Page, tongue: Tongue) -> Iterator[str]:
    """The way to every page."""
    grammars = [(grammar_page(name), name, grammar_term(name)) for name in GRAMMARS]
    words = [(name_of(file), term_of(file)) for file in word_files()]
    listed = [
        _entry(page, OVERVIEW_PAGE, tongue.say("site.overview")),
        _group(tongue.say("site.grammars")),
        *(_entry(page, file, span("key", text(name)) + chinese(term)) for file, name, term in grammars),
        _group(tongue.say("site.lexicon")),
        *(_entry(page, lexicon_page(name), span("key", text(name)) + chinese(term)) for name, term in words),
        _entry(page, IR_PAGE, tongue.say("site.ir"), "last"),
        _entry(page, NAMES_PAGE, tongue.say("site.names")),
    ]
    # Open without a script; on a narrow page it stands folded above the text.
    yield element("details", {}, element("summary", {}, tongue.say("site.contents")) + element("ul", {}, lines(listed)))
    yield element("ul", {}, lines(listed))


def _group(said: str) -> str:
    return element("li", {"class": "group"}, said)


def _entry(page: Page, file: str, said: str, kind: str | None = None) -> str:
    values = {"href": file, "aria-current": "page" if file == page.file else None}
    return element("li", {"class": kind}, element("a", values, said))


def _colophon(tongue: Tongue) -> str:
    source = built_in_language().sources[0]
    version = f"{source.name} {source.version}".strip()
    return tongue.say("site.colophon", version=version, digest=source.digest, texts=len(texts()))
