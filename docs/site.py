"""The site: frame, navigation, index and search are Sphinx's, what stands on a page is ours.

A page is handed to Sphinx as a source file of JSON. Sphinx reads it by the parser here, which makes headings of its
chapters, so that they are in the navigation, and of its names entries of the index, and objects that the search finds.
There is a site for each language.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Final

import sphinx.locale
from docutils import nodes
from docutils.parsers import Parser as DocutilsParser
from jinja2 import Environment, FileSystemLoader
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.util.docutils import docutils_namespace

from docs import grammar_pages, ir_page, lexicon_pages, names, overview_page
from docs.links import IR_PAGE, OVERVIEW_PAGE, grammar_page, lexicon_page
from docs.page import Page
from docs.samples import texts
from docs.sources import name_of, word_files
from docs.speech import LANGUAGES, Tongue
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.loader import built_in_language

THEME: Final = Path(__file__).with_name("theme")
_SUFFIX: Final = ".json"
_INDEX: Final = "genindex"
# What the theme calls the colours of our style sheet.
_COLOURS: Final = {
    "color-foreground-primary": "var(--ink)",
    "color-foreground-secondary": "var(--soft)",
    "color-background-primary": "var(--paper)",
    "color-background-secondary": "var(--ground)",
    "color-background-border": "var(--line)",
    "color-highlight-on-target": "var(--mark)",
    **dict.fromkeys(("color-brand-primary", "color-brand-content", "color-brand-visited"), "var(--link)"),
}
_LOCALES: Final = {"zh": "zh_CN", "en": "en"}


def pages(tongue: Tongue) -> Iterator[Page]:
    """The pages in one language."""
    yield overview_page.page(tongue)
    yield from grammar_pages.pages(tongue)
    yield from lexicon_pages.pages(tongue)
    yield ir_page.page(tongue)


def build(folder: Path) -> None:
    """Write the site in each language, and the page that leads to them."""
    tongues = [Tongue(language) for language in LANGUAGES]
    for tongue in tongues:
        with TemporaryDirectory() as scratch:
            sources = Path(scratch, "sources")
            sources.mkdir()
            for page in pages(tongue):
                (sources / f"{page.name}{_SUFFIX}").write_text(_source(page, tongue), encoding="utf-8")
            # What an earlier site said in its language is not said here.
            sphinx.locale.translators.clear()
            with docutils_namespace():
                site = Sphinx(
                    sources,
                    None,
                    folder / tongue.language,
                    Path(scratch, "doctrees"),
                    "html",
                    confoverrides=_settings(tongue),
                    status=None,
                    warning=sys.stderr,
                    warningiserror=True,
                )
                site.build()
            if site.statuscode:
                raise SystemExit(site.statuscode)
    entrance = Environment(loader=FileSystemLoader(THEME), autoescape=True).get_template("entrance.html.jinja")
    (folder / "index.html").write_text(entrance.render(tongues=tongues, page=OVERVIEW_PAGE) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Make this module an extension of Sphinx."""
    app.add_source_suffix(_SUFFIX, "reference")
    app.add_source_parser(PageParser)
    app.add_domain(NameDomain)
    app.connect("doctree-resolved", _leave_search_to_objects)
    return {}


class NameDomain(Domain):
    """All names as objects, which the search shows with where they lead."""

    name = "reference"
    label = "reference"
    initial_data: ClassVar[dict[str, Any]] = {"objects": []}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Each name: what it is called, twice, what that is said to be, its page and anchor, its rank."""
        yield from self.data["objects"]


class PageParser(DocutilsParser):
    """Reads the source of a page (`_source`)."""

    supported = ("reference",)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the page into its document."""
        page = json.loads(inputstring)
        whole = nodes.section("", nodes.title("", page["title"]), ids=["page"])
        entries = [("single", f"{name}; {said}", anchor, "", None) for name, said, anchor in page["index"]]
        whole += addnodes.index(entries=entries)
        # A type is one word.
        document.settings.env.get_domain(NameDomain.name).data["objects"] += [
            (name, name, said.replace(" ", "·"), page["name"], anchor, 1) for name, said, anchor in page["index"]
        ]
        whole += nodes.raw("", page["lead"], format="html")
        for anchor, title, body in page["chapters"]:
            content = nodes.raw("", body, format="html")
            whole += nodes.section("", nodes.title("", title), content, ids=[anchor], names=[anchor])
        whole += [_contents(page["name"], **contents) for contents in page["contents"]]
        document += whole


def _leave_search_to_objects(_: Sphinx, document: nodes.document, __: str) -> None:
    """The search would find entries of the index too, and call each by its page only."""
    for node in list(document.findall(addnodes.index)):
        node.parent.remove(node)


def _contents(parent: str, caption: str, entries: list[str]) -> addnodes.toctree:
    """Pages below a page, which stand in the navigation."""
    return addnodes.toctree(
        "",
        parent=parent,
        caption=caption,
        entries=[(None, name) for name in entries],
        includefiles=[name for name in entries if name != _INDEX],
        maxdepth=-1,
        titlesonly=True,
        hidden=True,
        glob=False,
        includehidden=False,
        numbered=0,
    )


def _source(page: Page, tongue: Tongue) -> str:
    source = {
        "name": page.name,
        "title": page.title,
        "lead": page.lead,
        "chapters": [(one.anchor, one.title, one.body) for one in page.chapters],
        "index": names.listed().get(page.file, []),
        "contents": list(_navigation(tongue)) if page.file == OVERVIEW_PAGE else [],
    }
    return json.dumps(source, ensure_ascii=False)


def _navigation(tongue: Tongue) -> Iterator[dict[str, Any]]:
    for key, files in (
        ("grammars", map(grammar_page, GRAMMARS)),
        ("lexicon", (lexicon_page(name_of(file)) for file in word_files())),
        ("ir", (IR_PAGE, f"{_INDEX}.html")),
    ):
        yield {"caption": tongue.plain(f"site.{key}"), "entries": [file.removesuffix(".html") for file in files]}


def _settings(tongue: Tongue) -> dict[str, Any]:
    """The configuration of Sphinx and its theme."""
    source = built_in_language().sources[0]
    return {
        "extensions": [__name__],
        "project": tongue.title,
        "language": _LOCALES[tongue.language],
        "smartquotes": False,
        "templates_path": [str(THEME)],
        "html_title": tongue.title,
        "html_theme": "furo",
        "html_theme_options": {"light_css_variables": _COLOURS, "dark_css_variables": _COLOURS},
        "html_static_path": [str(THEME / "style.css")],
        "html_css_files": ["style.css"],
        "html_sidebars": {
            "**": [f"sidebar/{name}.html" for name in ("brand", "search", "scroll-start", "navigation", "scroll-end")]
        },
        "html_context": {
            "tongue": tongue,
            "others": [Tongue(other) for other in LANGUAGES if other != tongue.language],
            "colophon": tongue.plain(
                "site.colophon",
                version=f"{source.name} {source.version}".strip(),
                digest=source.digest,
                texts=len(texts()),
            ),
        },
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_show_sphinx": False,
        # Of a page on the disk a script cannot read other pages.
        "html_show_search_summary": False,
        # The search in Chinese names a script that is not there (Sphinx 9.0.4); by names this one finds Chinese too.
        "html_search_language": "en",
    }
