"""The page that documents the taxonomy, in one language."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.documentation.concepts import axes, label_of, source, users_of
from yusuan.emitters.xbrl.documentation.equations import ShownOperand, ShownSum, equations
from yusuan.emitters.xbrl.documentation.pieces import (
    DOT,
    code,
    lines,
    link,
    listing,
    named,
    operator,
    permalink,
    rows,
    term,
)
from yusuan.emitters.xbrl.documentation.style import STYLE
from yusuan.emitters.xbrl.markup import element, text
from yusuan.emitters.xbrl.model import Unit
from yusuan.emitters.xbrl.networks import Rest, assertions, calculations, rests
from yusuan.ir.concepts import Axis, Definition, Kind, Phrase, definitions

PAGES: Final = {"zh": "index.html", "en": "index-en.html"}
"""The file of the page in each language."""
_UNITS: Final = {
    Kind.MONEY: Unit.YUAN,
    Kind.PERCENT: Unit.PURE,
    Kind.NUMBER: Unit.PURE,
    Kind.AREA: Unit.SQUARE_METRE,
}

_EXAMPLE: Final = {
    "value": "36324700",
    "decimals": -2,
    "dimensions": {
        "concept": f"{names.PREFIX}:Revenue",
        "entity": "entity:…",
        "period": "2024-01-01T00:00:00/2025-01-01T00:00:00",
        "unit": Unit.YUAN,
        f"{names.PREFIX}:{names.axis('Scope')}": f"{names.PREFIX}:{names.member('Fiscal')}",
    },
}


class TaxonomyPage:
    """The page in one language."""

    def __init__(self, language: str, types: Mapping[Kind, str], counted: Collection[str]) -> None:
        self._language = language
        self._types = types
        self._counted = counted
        self._known = definitions()
        [self._other] = set(PAGES) - {language}

    def html(self) -> str:
        """The page."""
        values = {"xmlns": "http://www.w3.org/1999/xhtml", "lang": self._language, "xml:lang": self._language}
        title = self._in(self._known.title)
        head = [
            element("meta", {"charset": "utf-8"}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("title", {}, text(f"{title} {names.DATE}")),
            element("style", {}, STYLE),
        ]
        sheet = element("div", {"class": "sheet"}, lines(self._sections()))
        parts = [element("head", {}, lines(head)), element("body", {"class": self._language}, sheet)]
        return f"<!DOCTYPE html>\n{element('html', values, lines(parts))}\n"

    def _sections(self) -> Iterator[str]:
        yield from self._header()
        yield self._outline()
        yield from self._use()
        for group, said in self._known.groups.items():
            yield self._heading(f"group-{group}", said)
            yield from (self._concept(one) for one in self._known.concepts.values() if one.group == group)
        yield self._heading("axes", self._known.page["axes"])
        yield from map(self._axis, self._known.axes.values())
        yield self._heading("comparators", self._known.page["comparators"])
        yield from self._comparators()
        yield self._heading("sums", self._known.page["sums"])
        yield element("p", {}, self._say("sums_intro"))
        yield from map(self._equation_entry, equations())
        yield element("footer", {}, self._say("colophon"))

    # --- words --------------------------------------------------------------------------------------------------------

    def _in(self, words: Phrase) -> str:
        return dict(words.items())[self._language]

    def _say(self, key: str) -> str:
        """Fixed words, as XML."""
        return text(self._in(self._known.page[key]))

    def _foreign(self, words: Phrase, kind: str = "other") -> str:
        """Phrase in the other language, marked as such."""
        said = dict(words.items())[self._other]
        return element("span", {"class": kind, "lang": self._other, "xml:lang": self._other}, text(said))

    def _joined(self, parts: Iterable[str]) -> str:
        return self._say("comma").join(parts)

    def _heading(self, name: str, words: Phrase) -> str:
        return element("h2", {"id": name}, f"{text(self._in(words))}{self._foreign(words)}")

    # --- links --------------------------------------------------------------------------------------------------------

    def _concept_link(self, name: str) -> str:
        return link(name, self._in(label_of(name)))

    def _axis_link(self, name: str) -> str:
        return link(names.axis(name), self._in(self._known.axes[name].label))

    def _operand(self, one: ShownOperand, entry: str | None = None) -> str:
        """A concept with its scope; it leads to its entry, except within that."""
        label = self._in(label_of(one.concept))
        said = element("strong", {}, text(label)) if one.concept == entry else link(one.concept, label)
        if one.scope is None:
            return said
        [member] = (known for known in self._known.axes["Scope"].members if known.name == one.scope)
        scope = link(names.member(member.name), self._in(member.label))
        return f"{said} {element('span', {'class': 'scope'}, f'({scope})')}"

    def _equation(self, one: ShownSum, entry: str | None = None) -> str:
        """An equation in which each concept leads to its entry, except within that."""
        signs = ["=", *[one.sign] * (len(one.right) - 1)]
        terms = [
            term(f"{operator(sign)}{self._operand(part, entry)}") for sign, part in zip(signs, one.right, strict=True)
        ]
        if one.is_items:
            terms = [term(f"{operator('=')}{operator('∑')}{self._operand(part, entry)}") for part in one.right]
        return " ".join([term(self._operand(one.left, entry)), *terms, permalink(one.name)])

    # --- top ----------------------------------------------------------------------------------------------------------

    def _header(self) -> Iterator[str]:
        other = {"href": PAGES[self._other], "hreflang": self._other, "lang": self._other, "xml:lang": self._other}
        said = dict(self._known.page["language"].items())[self._other]
        here = element("strong", {}, self._say("language"))
        yield element("p", {"class": "languages"}, f"{here} · {element('a', other, text(said))}")
        yield element("h1", {}, text(self._in(self._known.title)))
        yield element("p", {}, self._foreign(self._known.title))
        yield element("p", {"class": "lead"}, self._say("intro"))
        about = {
            "namespace": code(names.NAMESPACE),
            "prefix": code(names.PREFIX),
            "version": code(names.DATE),
            "entry_point": element("a", {"href": f"{names.PREFIX}.xsd"}, code(names.ENTRY_POINT)),
        }
        yield element("dl", {"class": "about"}, rows((self._say(key), said) for key, said in about.items()))

    def _outline(self) -> str:
        known = self._known
        parts = [element("h2", {}, self._say("outline"))]
        parts += self._outlined("use", known.page["use"], ())
        for group, said in known.groups.items():
            concepts = (self._concept_link(one.name) for one in known.concepts.values() if one.group == group)
            parts += self._outlined(f"group-{group}", said, concepts)
        parts += self._outlined("axes", known.page["axes"], map(self._axis_link, known.axes))
        parts += self._outlined("comparators", known.page["comparators"], ())
        parts += self._outlined("sums", known.page["sums"], ())
        return element("nav", {"class": "outline"}, lines(parts))

    def _outlined(self, name: str, words: Phrase, links: Iterable[str]) -> Iterator[str]:
        yield element("p", {}, link(name, self._in(words)))
        items = "".join(element("li", {}, link) for link in links)
        if items:
            yield element("ul", {}, items)

    def _use(self) -> Iterator[str]:
        yield self._heading("use", self._known.page["use"])
        yield element("p", {}, self._say("use_package"))
        yield listing(
            f"yusuan taxonomy -o {names.PREFIX}.zip",
            f"arelleCmdLine --workOffline --packages={names.PREFIX}.zip -f report.xbrl --validate --calc=c11r",
        )
        yield element("p", {}, self._say("use_reference"))
        yield listing(element("link:schemaRef", {"xlink:type": "simple", "xlink:href": names.ENTRY_POINT}))
        yield element("p", {}, self._say("use_fact"))
        yield listing(json.dumps(_EXAMPLE, ensure_ascii=False, indent=2))
        anchors = ("Revenue", names.not_listed("Revenue"), names.axis("Scope"), names.member("Fiscal"), "sums")
        listed = self._joined(element("a", {"href": f"#{name}"}, code(f"#{name}")) for name in anchors)
        yield element("p", {}, self._say("use_anchor") + " " + listed)
        yield element("h3", {"id": "reading"}, self._say("reading"))
        rules = ("money", "period", "balance", "axes", "source", "absence")
        yield element("ul", {}, lines(element("li", {}, self._say(f"reading_{rule}")) for rule in rules))

    # --- concepts -----------------------------------------------------------------------------------------------------

    def _title(self, name: str, words: Phrase) -> str:
        """The heading of an entry: its label in both languages, and its name, which leads to itself."""
        main = element("span", {"class": "main"}, text(self._in(words)))
        return element("h3", {}, f"{main}{self._foreign(words)}{named(name)}")

    def _concept(self, one: Definition) -> str:
        parts = [
            self._title(one.name, one.label),
            element("p", {}, text(self._in(one.text))),
            element("dl", {}, rows(self._facts(one))),
        ]
        return element("section", {"class": "entry", "id": one.name}, lines(parts))

    def _facts(self, one: Definition) -> Iterator[tuple[str, str]]:
        yield self._say("type"), self._type(one)
        yield self._say("period"), self._period(one)
        yield self._say("axes"), self._axes(one)
        yield self._say("source"), self._source(one)
        sums = [sum_ for sum_ in equations() if one.name in sum_.concepts]
        if sums:
            listed = (element("li", {}, self._equation(sum_, one.name)) for sum_ in sums)
            yield self._say("sums_of"), element("ul", {"class": "sums"}, lines(listed))
        for rest in rests().get(one.name, ()):
            yield self._say("companion"), self._companion(rest)

    def _period(self, one: Definition) -> str:
        """Whether it is of a year or of a day, and its balance."""
        said = self._say("instant" if one.is_instant else "duration")
        if one.balance is None:
            return said
        balance = element("span", {"class": "soft"}, self._say("balance"))
        return f"{said}{DOT}{balance} {self._say(one.balance)}"

    def _type(self, one: Definition) -> str:
        said = f"{text(self._in(self._known.kinds[one.kind]))} {code(self._types[one.kind])}"
        unit = _UNITS.get(one.kind)
        if one.kind is Kind.COMPARATOR:
            return f"{said} {link('comparators', self._in(self._known.page['members']))}"
        if unit is None:
            return said
        return f"{said}{DOT}{element('span', {'class': 'soft'}, self._say('unit'))} {code(unit)}"

    def _axes(self, one: Definition) -> str:
        found = []
        for key, known in zip(("required", "optional"), axes(one.name), strict=True):
            if known:
                label = element("span", {"class": "soft"}, self._say(key))
                found.append(f"{label} {self._joined(map(self._axis_link, known))}")
        return "<br/>".join(found)

    def _source(self, one: Definition) -> str:
        column = source(one)
        if column is None:
            return self._say("source_any")
        table = self._known.tables[column.partition(".")[0]]
        return f"{code(column)} {text(self._in(table))}"

    def _companion(self, rest: Rest) -> str:
        """What a total has beyond the parts that are listed, a concept of its own."""
        label = label_of(rest.name)
        said = f"{text(self._in(label))} {self._foreign(label, 'soft')} {named(rest.name)}"
        meant = f"{text(self._in(self._known.not_listed[1]))} {permalink(rest.rule)}"
        return element("div", {"id": rest.name}, f"{said}<br/>{meant}")

    # --- axes ---------------------------------------------------------------------------------------------------------

    def _axis(self, axis: Axis) -> str:
        name = names.axis(axis.name)
        parts = [self._title(name, axis.label), element("p", {}, text(self._in(axis.text)))]
        if axis.members:
            parts.append(self._members(axis))
        parts.append(element("dl", {}, rows(self._axis_facts(axis))))
        return element("section", {"class": "entry", "id": name}, lines(parts))

    def _axis_facts(self, axis: Axis) -> Iterator[tuple[str, str]]:
        if not axis.members:
            kind = self._say("count" if axis.name in self._counted else "text")
            yield self._say("axis_typed"), f"{kind} {code(f'{names.PREFIX}:{axis.name}')}"
        yield self._say("used_by"), self._users(axis)

    def _users(self, axis: Axis) -> str:
        """The concepts that have an axis; where an earlier axis has the same, it stands for them."""
        users = users_of(axis.name)
        if len(users) == len(self._known.concepts):
            return self._say("every_concept")
        first = next(name for name in self._known.axes if users_of(name) == users)
        if first != axis.name:
            return f"{self._say('same_as')} {self._axis_link(first)}"
        return self._joined(map(self._concept_link, users))

    def _members(self, axis: Axis) -> str:
        members = []
        for at, member in enumerate(axis.members):
            # The first is meant where a fact does not say.
            default = element("span", {"class": "tag"}, self._say("default")) if at == 0 else ""
            value = self._say("no_value") if member.value is None else code(member.value)
            members.append((names.member(member.name), default, member.label, value))
        return self._table(members)

    def _comparators(self) -> Iterator[str]:
        users = [one.name for one in self._known.concepts.values() if one.kind is Kind.COMPARATOR]
        listed = self._joined(map(self._concept_link, users))
        yield element("p", {}, f"{self._say('comparators_of')} {listed}")
        yield self._table((one.name, "", one.label, code(one.value or "")) for one in self._known.comparators)

    def _table(self, named_rows: Iterable[tuple[str, str, Phrase, str]]) -> str:
        """A table of names, what is said of each, its label, and its value in the data."""
        heads = (self._say(key) for key in ("name", "label_zh", "label_en", "value"))
        head = element("tr", {}, "".join(element("th", {"scope": "col"}, said) for said in heads))
        found = []
        for name, said, label, value in named_rows:
            labels = "".join(
                element("td", {"lang": language, "xml:lang": language}, text(each)) for language, each in label.items()
            )
            cells = element("td", {}, code(name) + said) + labels + element("td", {}, value)
            found.append(element("tr", {"id": name}, cells))
        body = element("thead", {}, head) + element("tbody", {}, lines(found))
        return element("div", {"class": "wide"}, element("table", {}, body))

    # --- sums ---------------------------------------------------------------------------------------------------------

    def _equation_entry(self, one: ShownSum) -> str:
        parts = [
            element("p", {"class": "sum"}, self._equation(one)),
            element("dl", {}, rows(self._equation_facts(one))),
        ]
        return element("section", {"class": "entry", "id": one.name}, lines(parts))

    def _equation_facts(self, one: ShownSum) -> Iterator[tuple[str, str]]:
        yield self._say("name"), code(one.name)
        notes = [self._say("sum_changes")] if one.is_change else []
        notes += [self._say("sum_items")] if one.is_items else []
        notes += [self._say("sum_group_note")] if one.alternatives else []
        if notes:
            yield self._say("sum_note"), " ".join(notes)
        if one.core:
            yield self._say("sum_core"), self._joined(map(self._operand, one.core))
        if one.alternatives:
            yield self._say("sum_group"), self._joined(link(name, name) for name in one.alternatives)
        asserted = next((known for known in assertions() if known.name == one.name), None)
        if asserted is None:
            yield self._say("sum_linkbase"), self._linkbase(one)
        else:
            meant = f"{self._say('sum_formula_parts')} {self._concept_link(asserted.rest)}"
            yield self._say("sum_formula"), f"{code(f'{names.PREFIX}-formula.xml#{one.name}')}<br/>{meant}"
        yield self._say("sum_code"), self._joined(map(code, one.codes))

    def _linkbase(self, one: ShownSum) -> str:
        """What the calculation linkbase has of a sum: its role, and its equation, which comes out always."""
        found = [calculation for calculation in calculations() if calculation.name == one.name]
        if not found:
            return self._say("sum_no_calculation")
        [calculation] = found
        parts = (*calculation.parts, calculation.rest)
        signs = ["=", *["+"] * len(calculation.parts)]
        terms = [term(f"{operator(sign)}{self._concept_link(part)}") for sign, part in zip(signs, parts, strict=True)]
        said = [
            code(f"{names.BASE}/role/{one.name}"),
            " ".join([term(self._concept_link(calculation.total)), *terms]),
        ]
        if any(part.scope for part in one.right):
            said.append(self._say("sum_calculation_parts"))
        return "<br/>".join(said)
