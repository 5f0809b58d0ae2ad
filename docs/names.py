"""What the index lists: all names, and all Chinese wordings."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Final

import attrs

from docs.ir_page import class_term, every_class
from docs.lexicon_pages import patterns_of, value_at
from docs.links import IR_PAGE, lexicon_anchor, lexicon_page, symbol_href
from docs.patterns import shape_of
from docs.rules import rules
from docs.shapes import Choice, Condition, Literal, Named, Repeat, Series, Shape
from docs.sources import entries_of, name_of, word_files
from yusuan.compiler.language.grammars import GRAMMARS
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.tables import TABLES

_WORDS: Final = re.compile("[\u3400-\u9fff][\u3400-\u9fff\u3007]*")

Targets = dict[str, dict[str, str]]
"""Where each name leads: the links with what they are said to be."""


@cache
def listed() -> dict[str, list[tuple[str, str, str]]]:
    """What the index has of each page, by its file: a name or wording, what that is said to be, and its anchor."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name, targets in chain(_names().items(), _wordings().items()):
        for href, said in targets.items():
            file, _, anchor = href.partition("#")
            found[file].append((name, said, anchor))
    return found


def _names() -> Targets:
    found: Targets = defaultdict(dict)
    for grammar in GRAMMARS:
        for symbol in grammar_index(built_in_language()).symbols(grammar):
            found[symbol.name][symbol_href(grammar, symbol.name)] = grammar
    for file in word_files():
        name = name_of(file)
        for path, entry in entries_of(file).items():
            # What is called in Chinese stands among the wordings.
            if entry.kind == "entry" and not _WORDS.search(entry.name):
                said = ".".join(map(str, (name, *path[:-1])))
                found[entry.name][f"{lexicon_page(name)}#{lexicon_anchor(path)}"] = said
    for name, cls in every_class().items():
        found[name][f"{IR_PAGE}#{name}"] = "ir"
        if attrs.has(cls):
            for attribute in attrs.fields(cls):
                if not attribute.name.startswith("_"):
                    found[attribute.name][f"{IR_PAGE}#{name}.{attribute.name}"] = name
        else:
            for member in cls:  # type: ignore[attr-defined]
                found[member.value][f"{IR_PAGE}#{name}.{member.value}"] = name
    for table in TABLES:
        found[table][f"{IR_PAGE}#table-{table}"] = "ir"
    return found


def _wordings() -> Targets:
    found: Targets = defaultdict(dict)
    for wording, href, said in chain(_wordings_of_grammars(), _wordings_of_lexicon(), _wordings_of_classes()):
        found[wording].setdefault(href, said)
    return found


_Wording = tuple[str, str, str]
"""A wording, the link to where it is found, what that is said to be."""


def _wordings_of_grammars() -> Iterator[_Wording]:
    for grammar in GRAMMARS:
        for symbol in grammar_index(built_in_language()).symbols(grammar):
            href, said = symbol_href(grammar, symbol.name), f"{grammar} {symbol.name}"
            for word in _words_of(rules(grammar).terminals.get(symbol.name, Series(()))):
                yield word, href, said
            term = grammar_index(built_in_language()).term(symbol.file)
            if term and symbol.kind == "rule":
                yield term.strip("“”"), href, said


def _wordings_of_lexicon() -> Iterator[_Wording]:
    for file in word_files():
        name = name_of(file)
        data = tomllib.loads(file.text)
        for path, entry in entries_of(file).items():
            said = f"{name} {entry.name if entry.kind == 'entry' else path[-2]}"
            if entry.kind == "entry":
                patterns = patterns_of(value_at(data, path))
                words = [entry.name, *(word for pattern in patterns for word in _words_of(shape_of(pattern)))]
            else:
                words = [] if patterns_of(value_at(data, path[:-1])) else [entry.name]
            href = f"{lexicon_page(name)}#{lexicon_anchor(path)}"
            yield from ((word, href, said) for word in words if _WORDS.search(word))


def _wordings_of_classes() -> Iterator[_Wording]:
    for name, cls in every_class().items():
        term = class_term(cls)
        if term:
            yield term, f"{IR_PAGE}#{name}", name


def _words_of(shape: Shape) -> Iterator[str]:
    """The words in a shape."""
    match shape:
        case Literal(said):
            yield from _WORDS.findall(said)
        case Series(shapes) | Choice(shapes):
            for one in shapes:
                yield from _words_of(one)
        case Repeat(shape=inner) | Condition(shape=inner) | Named(shape=inner):
            yield from _words_of(inner)
