"""The taxonomy as a page to read, in each language: every concept, axis and sum, from the data of the linkbases.

A page has no script and fetches nothing. It is XML and HTML at once: a browser reads a file on disk by its suffix. The
name of a concept, axis or member in the namespace is its anchor, as is the last part of the address of a sum's role.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from yusuan.emitters.xbrl.documentation.concepts import axes, source
from yusuan.emitters.xbrl.documentation.equations import equations
from yusuan.emitters.xbrl.documentation.page import PAGES, TaxonomyPage
from yusuan.ir.concepts import Kind

__all__ = ["axes", "equations", "pages", "source"]


def pages(types: Mapping[Kind, str], counted: Collection[str]) -> Iterator[tuple[str, str]]:
    """The page in each language: file name and text.

    Args:
        types: the XBRL type of each kind of fact.
        counted: the typed axes whose values are positive integers; those of the others are text.
    """
    for language, name in PAGES.items():
        yield name, TaxonomyPage(language, types, counted).html()
