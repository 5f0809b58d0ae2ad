"""Where everything stands on the pages: the page and the anchor of each name."""

from __future__ import annotations

import re
from typing import Final

from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.xbrl.markup import element, text

IR_PAGE: Final = "ir.html"
OVERVIEW_PAGE: Final = "index.html"

_UNFIT: Final = re.compile(r"[^\w-]")


def grammar_page(grammar: str) -> str:
    """The page of a grammar."""
    return f"grammar-{grammar}.html"


def lexicon_page(name: str) -> str:
    """The page of a lexicon file, by what the file is called."""
    return f"lexicon-{name.replace('/', '-')}.html"


def lexicon_anchor(path: tuple[str | int, ...]) -> str:
    """The anchor of an entry by its key; what an anchor cannot hold is written by its number."""
    return ".".join(_UNFIT.sub(lambda found: f"~{ord(found[0]):x}", str(part)) or "~" for part in path)


def wordlist_href(key: str) -> str:
    """Where the words of a placeholder stand, by its key: `units.money`."""
    name, *path = key.split(".")
    return f"{lexicon_page(name)}#{lexicon_anchor(tuple(path))}"


def symbol_href(grammar: str, name: str) -> str:
    """Where a rule or terminal is described; that of a declared sheet on the page of its file."""
    symbol = grammar_index(built_in_language()).symbol(grammar, name)
    if symbol is not None and symbol.file.endswith(".toml"):
        return f"{lexicon_page(symbol.file.removesuffix('.toml'))}#{lexicon_anchor(('table',))}"
    return f"{grammar_page(grammar)}#{name}"


def symbol_link(grammar: str, name: str, page: str = "") -> str:
    """A link to a rule or terminal.

    Args:
        grammar: its grammar.
        name: its name.
        page: the page that the link stands on.
    """
    target, _, anchor = symbol_href(grammar, name).partition("#")
    return link(f"{'' if target == page else target}#{anchor}", code(name))


def ir_link(name: str, attribute: str = "", page: str = "") -> str:
    """A link to a class of the IR or to an attribute."""
    anchor = f"{name}.{attribute}" if attribute else name
    return link(f"{'' if page == IR_PAGE else IR_PAGE}#{anchor}", code(anchor))


def table_link(name: str, page: str = "") -> str:
    """A link to a table of the contract."""
    return link(f"{'' if page == IR_PAGE else IR_PAGE}#table-{name}", code(name))


def link(href: str, content: str) -> str:
    """A link; `content` is XML."""
    return element("a", {"href": href}, content)


def code(said: str) -> str:
    """A name or a piece of the sources, as XML."""
    return element("code", {}, text(said))


def span(kind: str, content: str) -> str:
    """A part of a text; `content` is XML."""
    return element("span", {"class": kind}, content)
