"""The taxonomy as files, schema, linkbases and package, from `ir/concepts.toml` and `ir/taxonomy.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from yusuan.emitters.xbrl import documentation, formula, names
from yusuan.emitters.xbrl.archive import archive
from yusuan.emitters.xbrl.markup import DECLARATION, element, lines, text
from yusuan.emitters.xbrl.networks import Hypercube, assertions, calculations, hypercubes, rests
from yusuan.ir.concepts import Definition, Kind, Words, definitions

_ROLE: Final = f"{names.BASE}/role"
_ARCROLE: Final = "http://xbrl.org/int/dim/arcrole"
_PARENT: Final = "http://www.xbrl.org/2003/arcrole/parent-child"
_SUM: Final = "http://www.xbrl.org/2003/arcrole/summation-item"
_LABELLED: Final = "http://www.xbrl.org/2003/arcrole/concept-label"
_LABEL_ROLE: Final = "http://www.xbrl.org/2003/role/label"
_TEXT_ROLE: Final = "http://www.xbrl.org/2003/role/documentation"
_AXES_ROLE: Final = f"{_ROLE}/axes"
_COMPARATORS: Final = "ComparatorDomain"
_COMPARATORS_ROLE: Final = f"{_ROLE}/comparators"
_TYPES: Final = {
    Kind.MONEY: "xbrli:monetaryItemType",
    Kind.PERCENT: "dtr:percentItemType",
    Kind.NUMBER: "xbrli:decimalItemType",
    Kind.AREA: "dtr:areaItemType",
    Kind.TEXT: "xbrli:stringItemType",
    Kind.COMPARATOR: "enum2:enumerationItemType",
}
# Typed axes that count; the others are text.
_COUNTED: Final = frozenset({"Objective", "Month", "Indicator", "Procurement", "Row", "Statement"})
_LANGUAGES: Final = ("zh", "en")


def files() -> Iterator[tuple[str, str]]:
    """The files of the taxonomy package: path below its top folder, and text."""
    yield "META-INF/taxonomyPackage.xml", _package()
    yield "META-INF/catalog.xml", _catalog()
    yield f"{names.PREFIX}.xsd", _schema()
    for language in _LANGUAGES:
        yield f"{names.PREFIX}-label-{language}.xml", _labels(language)
    yield f"{names.PREFIX}-presentation.xml", _presentation()
    yield f"{names.PREFIX}-calculation.xml", _calculation()
    yield f"{names.PREFIX}-definition.xml", _definition_linkbase()
    yield f"{names.PREFIX}-formula.xml", formula.linkbase()


def pages() -> Iterator[tuple[str, str]]:
    """The pages that document it, for beside its files: in a package a processor would take one for a report."""
    return documentation.pages(_TYPES, _COUNTED)


def package() -> bytes:
    """The taxonomy package: a ZIP file with one top folder, the same bytes always."""
    return archive((f"{folder()}/{name}", content) for name, content in files())


def folder() -> str:
    """The name of the top folder of the package."""
    return f"{names.PREFIX}-{names.DATE}"


# --- the package ------------------------------------------------------------------------------------------------------


def _package() -> str:
    tp = "http://xbrl.org/2016/taxonomy-package"
    content = [
        element("tp:identifier", {}, text(f"{names.BASE}/")),
        *(element("tp:name", {"xml:lang": language}, text(said)) for language, said in definitions().title.items()),
        element("tp:version", {}, names.DATE),
        element("tp:publicationDate", {}, names.DATE),
        element(
            "tp:entryPoints",
            {},
            element(
                "tp:entryPoint",
                {},
                "".join(
                    [
                        *(
                            element("tp:name", {"xml:lang": language}, text(said))
                            for language, said in definitions().title.items()
                        ),
                        element("tp:entryPointDocument", {"href": names.ENTRY_POINT}),
                    ]
                ),
            ),
        ),
    ]
    schema = f"{tp} http://xbrl.org/2016/taxonomy-package.xsd"
    head = {
        "xml:lang": "zh",
        "xmlns:tp": tp,
        "xmlns:xsi": names.XSI,
        "xsi:schemaLocation": schema,
    }
    return DECLARATION + element("tp:taxonomyPackage", head, lines(content)) + "\n"


def _catalog() -> str:
    head = {"xmlns": "urn:oasis:names:tc:entity:xmlns:xml:catalog"}
    rewrite = element("rewriteURI", {"uriStartString": f"{names.BASE}/", "rewritePrefix": "../"})
    return DECLARATION + element("catalog", head, lines([rewrite])) + "\n"


# --- the schema -------------------------------------------------------------------------------------------------------


def _schema() -> str:
    head = {
        "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
        "xmlns:xbrli": names.XBRLI,
        "xmlns:link": names.LINK,
        "xmlns:xlink": names.XLINK,
        "xmlns:xbrldt": names.XBRLDT,
        "xmlns:dtr": names.DTR,
        "xmlns:enum2": names.ENUM2,
        f"xmlns:{names.PREFIX}": names.NAMESPACE,
        "targetNamespace": names.NAMESPACE,
        "elementFormDefault": "qualified",
    }
    content = [
        element("xs:annotation", {}, element("xs:appinfo", {}, lines([*_linkbase_references(), *_role_types()]))),
        *(
            element("xs:import", {"namespace": namespace, "schemaLocation": location})
            for namespace, location in (
                (names.XBRLI, "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"),
                (names.XBRLDT, "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
                (names.DTR, "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"),
                (names.ENUM2, "https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd"),
            )
        ),
        *_concepts(),
        *_dimensions(),
    ]
    return DECLARATION + element("xs:schema", head, lines(content)) + "\n"


def _linkbase_references() -> Iterator[str]:
    kinds: dict[str, str | None] = {f"label-{language}": "label" for language in _LANGUAGES}
    kinds |= {kind: kind for kind in ("presentation", "calculation", "definition")}
    # A linkbase of generic links is of none of the kinds that have a role.
    kinds["formula"] = None
    for name, kind in kinds.items():
        yield element(
            "link:linkbaseRef",
            {
                "xlink:type": "simple",
                "xlink:arcrole": "http://www.w3.org/1999/xlink/properties/linkbase",
                "xlink:role": f"http://www.xbrl.org/2003/role/{kind}LinkbaseRef" if kind else None,
                "xlink:href": f"{names.PREFIX}-{name}.xml",
            },
        )


def _role_types() -> Iterator[str]:
    # Viewers list the groups by their names in the order of the alphabet.
    for number, (group, said) in enumerate(definitions().groups.items(), start=1):
        yield _role_type(f"group-{group}", f"{number:02} {said.zh} {said.en}", "presentation")
    yield from (_role_type(one.name, f"{one.total} = {' + '.join(one.parts)}", "calculation") for one in calculations())
    yield from (_role_type(_cube_role(cube), f"Axes: {cube.name}", "definition") for cube in hypercubes())
    yield _role_type("axes", "Axes with members", "definition")
    yield _role_type("comparators", "Comparators of targets", "definition")


def _role_type(name: str, said: str, kind: str) -> str:
    content = element("link:definition", {}, text(said)) + element("link:usedOn", {}, f"link:{kind}Link")
    return element("link:roleType", {"roleURI": f"{_ROLE}/{name}", "id": f"role_{name}"}, content)


def _cube_role(cube: Hypercube) -> str:
    return f"axes-{cube.name}"


def _element(name: str, type_name: str, **more: str | None) -> str:
    values = {
        "name": name,
        "id": _id(name),
        "type": type_name,
        "substitutionGroup": more.pop("group", "xbrli:item"),
        "nillable": "true",
        "xbrli:periodType": more.pop("period", "duration"),
    }
    return element("xs:element", {**values, **more})


def _concepts() -> Iterator[str]:
    for one in definitions().concepts.values():
        yield _concept(one, one.name)
        yield from (_concept(one, rest.name) for rest in rests().get(one.name, ()))
    for group in definitions().groups:
        yield _element(_group(group), "xbrli:stringItemType", abstract="true")


def _concept(one: Definition, name: str) -> str:
    more: dict[str, str | None] = {"xbrli:balance": one.balance if one.kind is Kind.MONEY else None}
    if one.kind is Kind.COMPARATOR:
        more |= {"enum2:domain": f"{names.PREFIX}:{_COMPARATORS}", "enum2:linkrole": _COMPARATORS_ROLE}
    return _element(name, _TYPES[one.kind], period="instant" if one.is_instant else "duration", **more)


def _group(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Abstract"


def _dimensions() -> Iterator[str]:
    for one in definitions().axes.values():
        typed = {} if one.members else {"xbrldt:typedDomainRef": f"#{_id(one.name)}"}
        yield _element(
            names.axis(one.name), "xbrli:stringItemType", group="xbrldt:dimensionItem", abstract="true", **typed
        )
        if one.members:
            yield _element(f"{one.name}Domain", "dtr:domainItemType", abstract="true")
            yield from (
                _element(names.member(known.name), "dtr:domainItemType", abstract="true") for known in one.members
            )
        else:
            kind = "xs:positiveInteger" if one.name in _COUNTED else "xs:string"
            yield element("xs:element", {"name": one.name, "id": _id(one.name), "type": kind})
    yield _element(_COMPARATORS, "dtr:domainItemType", abstract="true")
    yield from (_element(known.name, "dtr:domainItemType", abstract="true") for known in definitions().comparators)
    for cube in hypercubes():
        yield _element(_cube(cube), "xbrli:stringItemType", group="xbrldt:hypercubeItem", abstract="true")
        yield _element(_items(cube), "xbrli:stringItemType", abstract="true")


def _cube(cube: Hypercube) -> str:
    return f"{cube.name}Table"


def _items(cube: Hypercube) -> str:
    return f"{cube.name}LineItems"


def _id(name: str) -> str:
    return f"{names.PREFIX}_{name}"


# --- the linkbases ----------------------------------------------------------------------------------------------------


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
            href = f"{names.PREFIX}.xsd#{_id(concept)}"
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
            {"roleURI": f"{_ROLE}/{name}", "xlink:type": "simple", "xlink:href": f"{names.PREFIX}.xsd#role_{name}"},
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


def _labels(language: str) -> str:
    link = _Link("label", "http://www.xbrl.org/2003/role/link")
    for concept, said, meant in _named():
        label = dict(said.items())[language]
        link.label(concept, language, _LABEL_ROLE, label[:1].upper() + label[1:])
        if meant is not None:
            link.label(concept, language, _TEXT_ROLE, dict(meant.items())[language])
    return _linkbase([link])


def _named() -> Iterator[tuple[str, Words, Words | None]]:
    """Every element with its name for people and, of concepts, with what it means."""
    known = definitions()
    for one in known.concepts.values():
        yield one.name, one.label, one.text
        for rest in rests().get(one.name, ()):
            label, meant = known.not_listed
            yield rest.name, Words(label.zh.format(rest.label.zh), label.en.format(rest.label.en)), meant
    for name, words in known.groups.items():
        yield _group(name), words, None
    for axis in known.axes.values():
        yield names.axis(axis.name), axis.label, None
        if axis.members:
            yield f"{axis.name}Domain", axis.label, None
        for member in axis.members:
            yield names.member(member.name), member.label, None
    yield _COMPARATORS, known.concepts["IndicatorComparator"].label, None
    for comparator in known.comparators:
        yield comparator.name, comparator.label, None
    for cube in hypercubes():
        said = Words(
            *(
                " / ".join(getattr(known.axes[axis].label, language) for axis in cube.typed) or "-"
                for language in _LANGUAGES
            )
        )
        yield _cube(cube), said, None
        yield _items(cube), said, None


def _presentation() -> str:
    """The concepts by group, the parts of a total below it."""
    parents: dict[str, str] = {}
    for calculation in calculations():
        for part in (*calculation.parts, calculation.rest):
            if part != calculation.total and part not in _within(parents, calculation.total):
                parents.setdefault(part, calculation.total)
    parents |= {assertion.rest: assertion.total for assertion in assertions()}
    links = []
    for group in definitions().groups:
        link = _Link("presentation", f"{_ROLE}/group-{group}")
        for one in definitions().concepts.values():
            if one.group == group:
                for concept in (one.name, *(rest.name for rest in rests().get(one.name, ()))):
                    parent = parents.get(concept)
                    same = parent is not None and definitions().concepts[parent].group == group
                    link.arc(_PARENT, parent if same and parent else _group(group), concept)
        links.append(link)
    return _linkbase(links, [f"group-{group}" for group in definitions().groups])


def _within(parents: dict[str, str], concept: str) -> set[str]:
    """What a concept stands within, so that none comes to stand within itself."""
    found = set()
    while concept in parents:
        concept = parents[concept]
        found.add(concept)
    return found


def _calculation() -> str:
    links = []
    for calculation in calculations():
        link = _Link("calculation", f"{_ROLE}/{calculation.name}")
        for part in (*calculation.parts, calculation.rest):
            link.arc(_SUM, calculation.total, part, weight="1")
        links.append(link)
    return _linkbase(links, [calculation.name for calculation in calculations()])


def _definition_linkbase() -> str:
    links = [_cube_link(cube) for cube in hypercubes()]
    axes = _Link("definition", _AXES_ROLE)
    for one in definitions().axes.values():
        if one.members:
            name, domain = names.axis(one.name), f"{one.name}Domain"
            axes.arc(f"{_ARCROLE}/dimension-domain", name, domain, **{"xbrldt:usable": "false"})
            axes.arc(f"{_ARCROLE}/dimension-default", name, names.member(one.members[0].name))
            for known in one.members:
                axes.arc(f"{_ARCROLE}/domain-member", domain, names.member(known.name))
    comparators = _Link("definition", _COMPARATORS_ROLE)
    for known in definitions().comparators:
        comparators.arc(f"{_ARCROLE}/domain-member", _COMPARATORS, known.name)
    roles = [*(_cube_role(cube) for cube in hypercubes()), "axes", "comparators"]
    arcroles = ["all", "hypercube-dimension", "dimension-domain", "dimension-default", "domain-member"]
    return _linkbase([*links, axes, comparators], roles, arcroles)


def _cube_link(cube: Hypercube) -> _Link:
    link = _Link("definition", f"{_ROLE}/{_cube_role(cube)}")
    link.arc(
        f"{_ARCROLE}/all",
        _items(cube),
        _cube(cube),
        **{"xbrldt:contextElement": "segment", "xbrldt:closed": "true"},
    )
    for concept in cube.concepts:
        link.arc(f"{_ARCROLE}/domain-member", _items(cube), concept)
    for axis in definitions().axes.values():
        if axis.members and cube.has_members:
            target = {"xbrldt:targetRole": _AXES_ROLE}
            link.arc(f"{_ARCROLE}/hypercube-dimension", _cube(cube), names.axis(axis.name), **target)
        elif axis.name in cube.typed:
            link.arc(f"{_ARCROLE}/hypercube-dimension", _cube(cube), names.axis(axis.name))
    return link
