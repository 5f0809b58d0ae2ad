"""All files of the reference, as texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docs import grammar_pages, ir_page, lexicon_pages, names_page, overview_page
from docs.frame import Page, html
from docs.links import OVERVIEW_PAGE, link
from docs.speech import LANGUAGES, Tongue
from yusuan.emitters.xbrl.markup import element, lines, text

_AS_THEY_ARE: Final = ("style.css", "filter.js")


def files() -> Iterator[tuple[str, str]]:
    """Each file by its path below the folder of the reference, with its text."""
    yield "index.html", _entrance()
    for name in _AS_THEY_ARE:
        yield name, Path(__file__).with_name(name).read_text(encoding="utf-8")
    for language in LANGUAGES:
        tongue = Tongue(language)
        for page in pages(tongue):
            yield f"{language}/{page.file}", html(page, tongue)


def pages(tongue: Tongue) -> Iterator[Page]:
    """The pages in one language."""
    yield overview_page.page(tongue)
    yield from grammar_pages.pages(tongue)
    yield from lexicon_pages.pages(tongue)
    yield ir_page.page(tongue)
    yield names_page.page(tongue)


def _entrance() -> str:
    """The page that leads to the languages."""
    titles = [Tongue(language).plain("site.title") for language in LANGUAGES]
    head = [
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("title", {}, text(" · ".join(titles))),
        element("link", {"rel": "stylesheet", "href": "style.css"}),
    ]
    choices = [
        element(
            "p",
            {"lang": language, "xml:lang": language},
            link(f"{language}/{OVERVIEW_PAGE}", element("strong", {}, text(title)))
            + "<br/>"
            + Tongue(language).say("site.lead"),
        )
        for language, title in zip(LANGUAGES, titles, strict=True)
    ]
    body = element("body", {"class": "entrance"}, lines([element("main", {}, lines(choices))]))
    values = {"xmlns": "http://www.w3.org/1999/xhtml", "lang": LANGUAGES[0], "xml:lang": LANGUAGES[0]}
    return f"<!DOCTYPE html>\n{element('html', values, lines([element('head', {}, lines(head)), body]))}\n"
