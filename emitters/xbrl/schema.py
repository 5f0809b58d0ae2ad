"""The schema of the taxonomy: its concepts, axes and members, the roles of its links, and how all of them are named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import DECLARATION, element, lines, text
from yusuan.emitters.xbrl.networks import Hypercube, calculations, hypercubes, rests
from yusuan.ir.concepts import Definition, Kind, definitions

LANGUAGES: Final = ("zh", "en")
"""The languages of the labels."""
ROLE: Final = f"{names.BASE}/role"
"""What the addresses of the roles begin with."""
AXES_ROLE: Final = f"{ROLE}/axes"
COMPARATORS: Final = "ComparatorDomain"
COMPARATORS_ROLE: Final = f"{ROLE}/comparators"
TYPES: Final = {
    Kind.MONEY: "xbrli:monetaryItemType",
    Kind.PERCENT: "dtr:percentItemType",
    Kind.NUMBER: "xbrli:decimalItemType",
    Kind.AREA: "dtr:areaItemType",
    Kind.TEXT: "xbrli:stringItemType",
    Kind.COMPARATOR: "enum2:enumerationItemType",
}
"""The XBRL type of each kind of fact."""
COUNTED: Final = frozenset({"Objective", "Month", "Indicator", "Procurement", "Row", "Statement"})
"""The typed axes that count; the others are text."""


def schema() -> str:
    """The schema as a file."""
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
    kinds: dict[str, str | None] = {f"label-{language}": "label" for language in LANGUAGES}
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
    yield from (_role_type(cube_role(cube), f"Axes: {cube.name}", "definition") for cube in hypercubes())
    yield _role_type("axes", "Axes with members", "definition")
    yield _role_type("comparators", "Comparators of targets", "definition")


def _role_type(name: str, said: str, kind: str) -> str:
    content = element("link:definition", {}, text(said)) + element("link:usedOn", {}, f"link:{kind}Link")
    return element("link:roleType", {"roleURI": f"{ROLE}/{name}", "id": f"role_{name}"}, content)


def cube_role(cube: Hypercube) -> str:
    """The last part of the address of the role of a hypercube."""
    return f"axes-{cube.name}"


def _element(name: str, type_name: str, **more: str | None) -> str:
    values = {
        "name": name,
        "id": id_of(name),
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
        yield _element(group_element(group), "xbrli:stringItemType", abstract="true")


def _concept(one: Definition, name: str) -> str:
    more: dict[str, str | None] = {"xbrli:balance": one.balance if one.kind is Kind.MONEY else None}
    if one.kind is Kind.COMPARATOR:
        more |= {"enum2:domain": f"{names.PREFIX}:{COMPARATORS}", "enum2:linkrole": COMPARATORS_ROLE}
    return _element(name, TYPES[one.kind], period="instant" if one.is_instant else "duration", **more)


def group_element(name: str) -> str:
    """The abstract element that a group of concepts is shown below."""
    return "".join(part.capitalize() for part in name.split("_")) + "Abstract"


def _dimensions() -> Iterator[str]:
    for one in definitions().axes.values():
        typed = {} if one.members else {"xbrldt:typedDomainRef": f"#{id_of(one.name)}"}
        yield _element(
            names.axis(one.name), "xbrli:stringItemType", group="xbrldt:dimensionItem", abstract="true", **typed
        )
        if one.members:
            yield _element(f"{one.name}Domain", "dtr:domainItemType", abstract="true")
            yield from (
                _element(names.member(known.name), "dtr:domainItemType", abstract="true") for known in one.members
            )
        else:
            kind = "xs:positiveInteger" if one.name in COUNTED else "xs:string"
            yield element("xs:element", {"name": one.name, "id": id_of(one.name), "type": kind})
    yield _element(COMPARATORS, "dtr:domainItemType", abstract="true")
    yield from (_element(known.name, "dtr:domainItemType", abstract="true") for known in definitions().comparators)
    for cube in hypercubes():
        yield _element(cube_name(cube), "xbrli:stringItemType", group="xbrldt:hypercubeItem", abstract="true")
        yield _element(items_name(cube), "xbrli:stringItemType", abstract="true")


def cube_name(cube: Hypercube) -> str:
    """The element of a hypercube."""
    return f"{cube.name}Table"


def items_name(cube: Hypercube) -> str:
    """The element that the concepts of a hypercube stand below."""
    return f"{cube.name}LineItems"


def id_of(name: str) -> str:
    """The identifier of an element in the schema."""
    return f"{names.PREFIX}_{name}"
