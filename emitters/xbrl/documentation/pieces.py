"""The small pieces of markup that the page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from yusuan.emitters.xbrl.markup import element, text

DOT: Final = element("span", {"class": "soft"}, " · ")
"""What parts two facts on one line."""


def link(name: str, said: str) -> str:
    """A link within the page."""
    return element("a", {"href": f"#{name}"}, text(said))


def permalink(name: str) -> str:
    """A sign that leads to an entry."""
    return element("a", {"class": "name", "href": f"#{name}", "title": name}, "#")


def named(name: str) -> str:
    """A name in the namespace, which leads to itself."""
    return element("span", {"class": "name"}, link(name, name))


def code(said: str) -> str:
    """Words of a program."""
    return element("code", {}, text(said))


def term(said: str) -> str:
    """A part of an equation, with its sign, that is kept on one line."""
    return element("span", {"class": "term"}, said)


def operator(said: str) -> str:
    """A sign of an equation."""
    return element("span", {"class": "op"}, text(said))


def listing(*said: str) -> str:
    """Lines to type or to copy."""
    return element("pre", {}, text("\n".join(said)))


def rows(facts: Iterable[tuple[str, str]]) -> str:
    """Facts of an entry, each with its name."""
    return lines(element("dt", {}, name) + element("dd", {}, said) for name, said in facts)


def lines(parts: Iterable[str]) -> str:
    """Elements, one a line."""
    return "".join(f"\n{part}" for part in parts) + "\n"
