"""The linkbases of the taxonomy but for the formulas: labels, presentation, calculation and definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import DECLARATION, element, lines, text
from yusuan.emitters.xbrl.networks import Hypercube, assertions, calculations, hypercubes, rests
from yusuan.emitters.xbrl.schema import (
    AXES_ROLE,
    COMPARATORS,
    COMPARATORS_ROLE,
    LANGUAGES,
    ROLE,
    cube_name,
    cube_role,
    group_element,
    id_of,
    items_name,
)
from yusuan.ir.concepts import Phrase, definitions

_ARCROLE: Final = "http://xbrl.org/int/dim/arcrole"
_PARENT: Final = "http://www.xbrl.org/2003/arcrole/parent-child"
_SUM: Final = "http://www.xbrl.org/2003/arcrole/summation-item"
_LABELLED: Final = "http://www.xbrl.org/2003/arcrole/concept-label"
_LABEL_ROLE: Final = "http://www.xbrl.org/2003/role/label"
_TEXT_ROLE: Final = "http://www.xbrl.org/2003/role/documentation"


class _Link:
    """An extended link: locators of concepts, each once, and arcs between them."""

    def __init__(self, kind: str, role: str) -> None:
        self._kind = kind
        self._role = role
        self._located: dict[str, str] = {}
        self._arcs: list[str] = []
        self._orders: dict[tuple[str, str], int] = {}

    def _locator(self, concept: str) -> str:
        if concept not in self._located:
            href = f"{names.PREFIX}.xsd#{id_of(concept)}"
            values = {"xlink:type": "locator", "xlink:href": href, "xlink:label": concept}
            self._located[concept] = element("link:loc", values)
        return concept

    def arc(self, arcrole: str, parent: str, child: str, **more: str) -> None:
        """An arc between two concepts, behind those that its parent has already."""
        order = self._orders[arcrole, parent] = self._orders.get((arcrole, parent), 0) + 1
        values = {
            "xlink:type": "arc",
            "xlink:arcrole": arcrole,
            "xlink:from": self._locator(parent),
            "xlink:to": self._locator(child),
            "order": str(order),
        }
        self._arcs.append(element(f"link:{self._kind}Arc", {**values, **more}))

    def label(self, concept: str, language: str, role: str, said: str) -> None:
        """A label of a concept."""
        name = f"{concept}_{role.rpartition('/')[2]}"
        values = {"xlink:type": "resource", "xlink:label": name, "xlink:role": role, "xml:lang": language}
        arc = {
            "xlink:type": "arc",
            "xlink:arcrole": _LABELLED,
            "xlink:from": self._locator(concept),
            "xlink:to": name,
        }
        self._arcs += [element("link:label", values, text(said)), element("link:labelArc", arc)]

    def xml(self) -> str:
        """The link."""
        values = {"xlink:type": "extended", "xlink:role": self._role}
        return element(f"link:{self._kind}Link", values, lines([*self._located.values(), *self._arcs]))


def _linkbase(links: Iterable[_Link], roles: Iterable[str] = (), arcroles: Iterable[str] = ()) -> str:
    head = {
        "xmlns:link": names.LINK,
        "xmlns:xlink": names.XLINK,
        "xmlns:xbrldt": names.XBRLDT,
        "xmlns:xsi": names.XSI,
        "xsi:schemaLocation": f"{names.LINK} http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",
    }
    references = [
        element(
            "link:roleRef",
            {"roleURI": f"{ROLE}/{name}", "xlink:type": "simple", "xlink:href": f"{names.PREFIX}.xsd#role_{name}"},
        )
        for name in roles
    ]
    references += [
        element(
            "link:arcroleRef",
            {
                "arcroleURI": f"{_ARCROLE}/{name}",
                "xlink:type": "simple",
                "xlink:href": f"http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}",
            },
        )
        for name in arcroles
    ]
    return DECLARATION + element("link:linkbase", head, lines([*references, *(link.xml() for link in links)])) + "\n"


def labels(language: str) -> str:
    """The names of all elements in a language, and what the concepts mean."""
    link = _Link("label", "http://www.xbrl.org/2003/role/link")
    for concept, said, meant in _named():
        label = dict(said.items())[language]
        link.label(concept, language, _LABEL_ROLE, label[:1].upper() + label[1:])
        if meant is not None:
            link.label(concept, language, _TEXT_ROLE, dict(meant.items())[language])
    return _linkbase([link])


def _named() -> Iterator[tuple[str, Phrase, Phrase | None]]:
    """Every element with its name for people and, of concepts, with what it means."""
    known = definitions()
    for one in known.concepts.values():
        yield one.name, one.label, one.text
        for rest in rests().get(one.name, ()):
            label, meant = known.not_listed
            yield rest.name, Phrase(label.zh.format(rest.label.zh), label.en.format(rest.label.en)), meant
    for name, words in known.groups.items():
        yield group_element(name), words, None
    for axis in known.axes.values():
        yield names.axis(axis.name), axis.label, None
        if axis.members:
            yield f"{axis.name}Domain", axis.label, None
        for member in axis.members:
            yield names.member(member.name), member.label, None
    yield COMPARATORS, known.concepts["IndicatorComparator"].label, None
    for comparator in known.comparators:
        yield comparator.name, comparator.label, None
    for cube in hypercubes():
        said = Phrase(
            *(
                " / ".join(getattr(known.axes[axis].label, language) for axis in cube.typed) or "-"
                for language in LANGUAGES
            )
        )
        yield cube_name(cube), said, None
        yield items_name(cube), said, None


def presentation() -> str:
    """The concepts by group, the parts of a total below it."""
    parents: dict[str, str] = {}
    for calculation in calculations():
        for part in (*calculation.parts, calculation.rest):
            if part != calculation.total and part not in _within(parents, calculation.total):
                parents.setdefault(part, calculation.total)
    parents |= {assertion.rest: assertion.total for assertion in assertions()}
    links = []
    for group in definitions().groups:
        link = _Link("presentation", f"{ROLE}/group-{group}")
        for one in definitions().concepts.values():
            if one.group == group:
                for concept in (one.name, *(rest.name for rest in rests().get(one.name, ()))):
                    parent = parents.get(concept)
                    same = parent is not None and definitions().concepts[parent].group == group
                    link.arc(_PARENT, parent if same and parent else group_element(group), concept)
        links.append(link)
    return _linkbase(links, [f"group-{group}" for group in definitions().groups])


def _within(parents: dict[str, str], concept: str) -> set[str]:
    """What a concept stands within, so that none comes to stand within itself."""
    found = set()
    while concept in parents:
        concept = parents[concept]
        found.add(concept)
    return found


def calculation() -> str:
    """Which concepts add up in one context."""
    links = []
    for calculation in calculations():
        link = _Link("calculation", f"{ROLE}/{calculation.name}")
        for part in (*calculation.parts, calculation.rest):
            link.arc(_SUM, calculation.total, part, weight="1")
        links.append(link)
    return _linkbase(links, [calculation.name for calculation in calculations()])


def definition() -> str:
    """Which axes a concept may have, and the members of those."""
    links = [_cube_link(cube) for cube in hypercubes()]
    axes = _Link("definition", AXES_ROLE)
    for one in definitions().axes.values():
        if one.members:
            name, domain = names.axis(one.name), f"{one.name}Domain"
            axes.arc(f"{_ARCROLE}/dimension-domain", name, domain, **{"xbrldt:usable": "false"})
            axes.arc(f"{_ARCROLE}/dimension-default", name, names.member(one.members[0].name))
            for known in one.members:
                axes.arc(f"{_ARCROLE}/domain-member", domain, names.member(known.name))
    comparators = _Link("definition", COMPARATORS_ROLE)
    for known in definitions().comparators:
        comparators.arc(f"{_ARCROLE}/domain-member", COMPARATORS, known.name)
    roles = [*(cube_role(cube) for cube in hypercubes()), "axes", "comparators"]
    arcroles = ["all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member"]
    return _linkbase([*links, axes, comparators], roles, arcroles)


def _cube_link(cube: Hypercube) -> _Link:
    link = _Link("definition", f"{ROLE}/{cube_role(cube)}")
    link.arc(
        f"{_ARCROLE}/all",
        items_name(cube),
        cube_name(cube),
        **{"xbrldt:contextElement": "segment", "xbrldt:closed": "true"},
    )
    for concept in cube.concepts:
        link.arc(f"{_ARCROLE}/domain-member", items_name(cube), concept)
    for axis in definitions().axes.values():
        if axis.members and cube.has_members:
            target = {"xbrldt:targetRole": AXES_ROLE}
            link.arc(f"{_ARCROLE}/hypercube-dimension", cube_name(cube), names.axis(axis.name), **target)
        elif axis.name in cube.typed:
            link.arc(f"{_ARCROLE}/hypercube-dimension", cube_name(cube), names.axis(axis.name))
    return link
