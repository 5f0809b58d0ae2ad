"""An entry of a page: a heading with what it is, a diagram, what is said of it, and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from docs.diagrams import draw
from docs.links import code, link, span
from docs.samples import Example
from docs.shapes import Shape
from docs.speech import Tongue, english
from yusuan.emitters.xbrl.markup import element, lines, text

_FEWEST_JUMPS: Final = 4


def entry(anchor: str, heading: str, parts: Iterable[str]) -> str:
    """An entry under its anchor; heading and parts are XML, empty parts are left out."""
    content = [element("h3", {}, heading), *filter(None, parts)]
    return element("section", {"class": "entry", "id": anchor}, lines(content))


def heading(anchor: str, name: str, said: str = "", place: str = "") -> str:
    """A name that leads to itself, what it is about as XML, and where it stands."""
    named = element("a", {"class": "name", "href": f"#{anchor}"}, code(name))
    return named + (span("about", said) if said else "") + (span("place", text(place)) if place else "")


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """What is said of an entry: names and values, both XML; rows without a value are left out."""
    said = [element("dt", {}, name) + element("dd", {}, value) for name, value in rows if value]
    return element("dl", {}, lines(said)) if said else ""


def diagram(
    shape: Shape, tongue: Tongue, anchor: str, about: str, kinds: Callable[[str], tuple[str, str]] | None = None
) -> str:
    """A diagram with its parts.

    Args:
        shape: what it shows.
        tongue: the language.
        anchor: what its parts are named after.
        about: what it is, for those who hear the page.
        kinds: what symbols are drawn as and where they lead; absent where there are none.
    """
    drawn = []
    for part in draw(shape, tongue.diagram, anchor=anchor, kinds=kinds or _no_symbol):
        label = f"{about} {part.number or ''}".strip()
        figure = element("div", {"class": "diagram", "role": "group", "aria-label": label, "tabindex": "0"}, part.svg)
        if part.number:
            name = tongue.say("entry.rest" if part.rest else "entry.part", number=part.number)
            caption = element("summary", {}, name) if part.rest else element("p", {"class": "part"}, name)
            kind = "details" if part.rest else "div"
            figure = element(kind, {"class": "part", "id": f"{anchor}.{part.number}"}, caption + figure)
        drawn.append(figure)
    return lines(drawn)


def _no_symbol(name: str) -> tuple[str, str]:
    raise ValueError(f"a pattern has no symbols: {name}")


def examples(found: Iterable[Example], tongue: Tongue) -> str:
    """Texts that were taken, each within its line, with where it is from; empty where there are none."""
    items = []
    for one in found:
        shown = text(one.before) + element("mark", {}, _shown(one.text)) + text(one.after)
        quoted = element("span", {"class": "quote", "lang": "zh", "xml:lang": "zh"}, shown)
        source = element("span", {"class": "from", "title": one.source}, text(one.source.removeprefix("tests/corpus/")))
        items.append(element("li", {}, quoted + source))
    return (
        element("ul", {"class": "examples", "aria-label": tongue.plain("entry.examples")}, lines(items))
        if items
        else ""
    )


def _shown(said: str) -> str:
    """A text with its lines, a cell of a table behind a bar."""
    return "<br/>".join(text(line.replace("\t", "│ ").strip() or "↵") for line in said.split("\n"))


def jumps(anchors: Sequence[tuple[str, str]]) -> str:
    """The way to entries of the page, by anchor and name; empty where they are few."""
    if len(anchors) < _FEWEST_JUMPS:
        return ""
    return element("p", {"class": "jumps"}, " ".join(link(f"#{anchor}", code(name)) for anchor, name in anchors))


def comment(said: str | None) -> str:
    """A comment of the grammar, as written; empty where there is none."""
    return element("p", {"class": "comment"}, english(said)) if said else ""


def lead(said: str) -> str:
    """What a page is about; what is said is XML."""
    return element("p", {"class": "lead"}, said)


def place(said: str) -> str:
    """Where what a heading names stands, below that; what is said is XML."""
    return element("p", {"class": "place"}, said)


def table(heads: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]], kind: str = "") -> str:
    """A table; heads and cells are XML, each row with its anchor, which may be empty."""
    head = element("tr", {}, "".join(element("th", {"scope": "col"}, said) for said in heads))
    body = [
        element("tr", {"id": anchor or None}, "".join(f"<td>{cell}</td>" for cell in cells)) for anchor, cells in rows
    ]
    content = element("thead", {}, head) + element("tbody", {}, lines(body))
    return element("div", {"class": f"wide {kind}".strip()}, element("table", {}, content))
