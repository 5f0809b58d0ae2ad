"""The taxonomy as a page to read, in each language: every concept, axis and sum, from the data of the linkbases.

A page has no script and fetches nothing. It is XML and HTML at once: a browser reads a file on disk by its suffix. The
name of a concept, axis or member in the namespace is its anchor, as is the last part of the address of a sum's role.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from attrs import frozen

from yusuan.emitters.facts import RECORD_CONCEPTS
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.markup import element, text
from yusuan.emitters.xbrl.model import Unit
from yusuan.emitters.xbrl.networks import Rest, assertions, calculations, hypercubes, rests
from yusuan.ir.concepts import AMOUNTS, Axis, Definition, Kind, Words, definitions
from yusuan.ir.diagnostics import codes
from yusuan.ir.taxonomy import RecordSum, SumRule, Term, taxonomy

_PAGES: Final = {"zh": "index.html", "en": "index-en.html"}
_UNITS: Final = {
    Kind.MONEY: Unit.YUAN,
    Kind.PERCENT: Unit.PURE,
    Kind.NUMBER: Unit.PURE,
    Kind.AREA: Unit.SQUARE_METRE,
}
_SUM_CODES: Final = (codes.PARTS_DO_NOT_SUM.code, codes.CHANGES_DO_NOT_SUM.code)

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
_DOT: Final = element("span", {"class": "soft"}, " · ")

# A page is read as HTML too, where nothing in a style is escaped: it has no `<`, `>` or `&`.
_STYLE: Final = """
:root { --sans: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  --mono: "SFMono-Regular", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  --ink: #1c1c1a; --soft: #5c594e; --line: #dcd8cc; --red: #9c2f24; --link: #7a2a20; --paper: #fff; --ground: #f4f3ef; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; font-size: 17px;
  line-break: strict; text-spacing-trim: trim-start; text-autospace: normal; }
body.en { font-family: "Source Serif 4", "Noto Serif", Georgia, "Noto Serif CJK SC", serif; line-height: 1.6; }
body.en { --sans: "Source Sans 3", "Noto Sans", "Segoe UI", "Helvetica Neue", "Noto Sans CJK SC", sans-serif; }
.sheet { max-width: 920px; margin: 2em auto; padding: 3em 4em; background: var(--paper); box-shadow: 0 1px 6px #0002; }
a { color: var(--link); text-decoration: underline; text-decoration-color: #9c2f2455; text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
h1, h2, h3, dl, table, nav, .sum, .languages, footer { font-family: var(--sans); }
h1 { margin: .2em 0 0; font-size: 1.9em; line-height: 1.3; text-wrap: balance; }
h2 { margin: 2.6em 0 .8em; padding-bottom: .25em; border-bottom: 2px solid var(--red); font-size: 1.35em;
  line-height: 1.4; }
h3 { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .7em; margin: 0; font-size: 1.1em;
  line-height: 1.5; }
h3 .other, h1 + p, h2 .other { color: var(--soft); font-weight: normal; }
h3 .other { font-size: .86em; }
h2 .other { margin-left: .6em; font-size: .72em; }
h1 + p { margin: .2em 0 0; font-family: var(--sans); }
body.en h3 .main { display: inline-block; }
body.en h3 .main::first-letter { text-transform: uppercase; }
h3 .name { margin-left: auto; }
.name, code, pre { font-family: var(--mono); font-size: .8em; }
.name a { color: var(--soft); text-decoration: none; font-weight: normal; }
.name a:hover { text-decoration: underline; }
.languages { float: right; margin: 0; font-size: .85em; }
.lead { margin: 1.4em 0; font-size: 1.06em; }
p { margin: .5em 0; text-wrap: pretty; }
dl { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: .35em 1em; margin: .7em 0 0; font-size: .85em;
  line-height: 1.65; }
body.en dl { grid-template-columns: 8.4em minmax(0, 1fr); }
dt { color: var(--soft); } dd { margin: 0; }
dd a, .sum a { color: inherit; }
pre { margin: .6em 0 1em; padding: .8em 1em; background: var(--ground); border-left: 3px solid var(--red);
  line-height: 1.55; white-space: pre-wrap; }
ul { margin: .5em 0; padding-left: 1.3em; } li { margin: .15em 0; }
nav.outline { margin: 2em 0 0; padding: 1.2em 1.5em; background: var(--ground); font-size: .85em; line-height: 1.7; }
nav.outline h2 { margin: 0 0 .5em; padding: 0; border: 0; font-size: 1.1em; }
nav.outline p { margin: .9em 0 .1em; font-weight: bold; }
nav.outline ul { margin: 0; padding: 0; list-style: none; columns: 12em; column-gap: 1.5em; }
nav.outline li { margin: 0; padding-left: 1em; text-indent: -1em; break-inside: avoid; }
nav.outline a { text-decoration: none; }
nav.outline a:hover { text-decoration: underline; }
.entry { padding: 1.2em 0 1.3em; border-top: 1px solid var(--line); scroll-margin-top: .5em; }
h2 + .entry { border-top: 0; padding-top: 0; }
:target { background: #fdf3d7; box-shadow: 0 0 0 .6em #fdf3d7; }
.sum { margin: 0; line-height: 1.75; }
ul.sums { margin: 0; padding: 0; list-style: none; }
ul.sums li + li { margin-top: .45em; }
.term { display: inline-block; }
.op { padding: 0 .3em 0 .1em; color: var(--red); }
.scope { font-size: .88em; }
.soft { color: var(--soft); }
.tag { display: inline-block; margin-left: .4em; padding: 0 .45em; border: 1px solid currentColor; border-radius: 3px;
  color: var(--red); font-size: .85em; line-height: 1.5; white-space: nowrap; }
.wide { overflow-x: auto; margin: .8em 0 0; }
table { border-collapse: collapse; width: 100%; font-size: .85em; line-height: 1.5; overflow-wrap: break-word; }
th, td { padding: .35em .7em .35em 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td { min-width: 6em; } td code { white-space: nowrap; }
th { color: var(--soft); font-weight: normal; border-color: var(--soft); }
footer { margin-top: 3em; padding-top: 1em; border-top: 1px solid var(--line); color: var(--soft); font-size: .8em; }
@media (max-width: 700px) {
  body { font-size: 16px; } .sheet { margin: 0; padding: 1.4em 1.1em; box-shadow: none; } h1 { font-size: 1.5em; }
  nav.outline { margin: 1.5em -1.1em 0; padding: 1em 1.1em; } nav.outline ul { columns: 9em; }
  h3 .name { margin-left: 0; width: 100%; } dl { grid-template-columns: 5.2em minmax(0, 1fr); column-gap: .7em; }
  body.en dl { grid-template-columns: 6.2em minmax(0, 1fr); }
  dl.about { display: block; }
  dl.about dt { margin-top: .5em; }
}
@media print {
  body { background: none; font-size: 10pt; } .sheet { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  nav.outline, .languages { display: none; } a { color: inherit; text-decoration: none; }
  h2, h3 { break-after: avoid; } .entry, tr, pre { break-inside: avoid; } .wide { overflow: visible; }
  :target { background: none; box-shadow: none; }
  @page { margin: 18mm 16mm; }
}
"""


def pages(types: Mapping[Kind, str], counted: Collection[str]) -> Iterator[tuple[str, str]]:
    """The page in each language: file name and text.

    Args:
        types: the XBRL type of each kind of fact.
        counted: the typed axes whose values are positive integers; those of the others are text.
    """
    for language, name in _PAGES.items():
        yield name, _Page(language, types, counted).html()


# --- what is shown ----------------------------------------------------------------------------------------------------


@frozen(slots=True)
class Operand:
    """A concept in a sum.

    Attributes:
        concept: its name.
        scope: the name of the member of the axis Scope that tells it apart; absent for the scope of the total.
    """

    concept: str
    scope: str | None = None


@frozen(slots=True)
class Equation:
    """What is the sum of what, or the same money as what.

    Attributes:
        name: the name of the rule, its anchor.
        left: the total.
        right: what it is made of.
        codes: the diagnostics that report a broken one.
        sign: what stands between the parts: `+`, or `=` between totals that are the same money.
        core: the parts that no complete list leaves out.
        is_items: whether the parts are itemised by name.
        is_change: whether it holds for changes as well.
        alternatives: the rules that make up the same total in other ways.
    """

    name: str
    left: Operand
    right: tuple[Operand, ...]
    codes: tuple[str, ...]
    sign: str = "+"
    core: tuple[Operand, ...] = ()
    is_items: bool = False
    is_change: bool = False
    alternatives: tuple[str, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts in it."""
        return tuple(one.concept for one in (self.left, *self.right))


@cache
def equations() -> tuple[Equation, ...]:
    """Every sum of the taxonomy, in its order."""
    known = taxonomy()
    same = (
        Equation(rule.name, Operand(first), tuple(map(Operand, others)), (rule.code,), sign="=")
        for rule in known.equal
        for first, *others in [rule.concepts]
    )
    return (*map(_of_sum, known.sums), *map(_of_record_sum, known.record_sums), *same)


def _of_sum(rule: SumRule) -> Equation:
    others = (one.name for one in taxonomy().sums if rule.group and one.group == rule.group and one is not rule)
    return Equation(
        name=rule.name,
        left=_operand(rule.total),
        right=tuple(map(_operand, rule.parts)),
        core=tuple(map(_operand, rule.core)),
        is_items=rule.items,
        is_change=True,
        alternatives=tuple(others),
        codes=_SUM_CODES,
    )


def _of_record_sum(rule: RecordSum) -> Equation:
    of_field = {one.field: one.name for one in RECORD_CONCEPTS if one.table == rule.table}
    return Equation(
        name=rule.name,
        left=Operand(of_field[rule.total]),
        right=tuple(Operand(of_field[part]) for part in rule.parts),
        codes=(rule.code,),
    )


def _operand(term: Term) -> Operand:
    scopes = {member.value: member.name for member in definitions().axes["Scope"].members}
    return Operand(str(term.concept), scopes[str(term.scope)] if term.scope else None)


def source(one: Definition) -> str | None:
    """The table and the column that the facts of a concept are from; absent for what may stand in any table."""
    if one.name in AMOUNTS:
        return "amounts.value"
    columns = {known.name: f"{known.table}.{known.field}" for known in RECORD_CONCEPTS}
    return columns.get(one.name, one.column)


@cache
def axes(concept: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The axes that every fact of a concept has, and those that it may have, in the order of the axes."""
    cubes = [cube for cube in hypercubes() if concept in cube.concepts]
    every = set.intersection(*(set(cube.typed) for cube in cubes))
    some = set.union(*(set(cube.typed) for cube in cubes)) - every
    if any(cube.has_members for cube in cubes):
        some |= {axis.name for axis in definitions().axes.values() if axis.members}
    order = list(definitions().axes)
    return tuple(sorted(every, key=order.index)), tuple(sorted(some, key=order.index))


def _users(axis: str) -> list[str]:
    """The concepts that have an axis, always or sometimes."""
    return [name for name in definitions().concepts if any(axis in listed for listed in axes(name))]


# --- the page ---------------------------------------------------------------------------------------------------------


class _Page:
    """The page in one language."""

    def __init__(self, language: str, types: Mapping[Kind, str], counted: Collection[str]) -> None:
        self._language = language
        self._types = types
        self._counted = counted
        self._known = definitions()
        [self._other] = set(_PAGES) - {language}

    def html(self) -> str:
        """The page."""
        values = {"xmlns": "http://www.w3.org/1999/xhtml", "lang": self._language, "xml:lang": self._language}
        title = self._in(self._known.title)
        head = [
            element("meta", {"charset": "utf-8"}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("title", {}, text(f"{title} {names.DATE}")),
            element("style", {}, _STYLE),
        ]
        sheet = element("div", {"class": "sheet"}, _lines(self._sections()))
        parts = [element("head", {}, _lines(head)), element("body", {"class": self._language}, sheet)]
        return f"<!DOCTYPE html>\n{element('html', values, _lines(parts))}\n"

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

    def _in(self, words: Words) -> str:
        return dict(words.items())[self._language]

    def _say(self, key: str) -> str:
        """Fixed words, as XML."""
        return text(self._in(self._known.page[key]))

    def _foreign(self, words: Words, kind: str = "other") -> str:
        """Words in the other language, marked as such."""
        said = dict(words.items())[self._other]
        return element("span", {"class": kind, "lang": self._other, "xml:lang": self._other}, text(said))

    def _joined(self, parts: Iterable[str]) -> str:
        return self._say("comma").join(parts)

    def _heading(self, name: str, words: Words) -> str:
        return element("h2", {"id": name}, f"{text(self._in(words))}{self._foreign(words)}")

    # --- links --------------------------------------------------------------------------------------------------------

    def _concept_link(self, name: str) -> str:
        return _link(name, self._in(_label(name)))

    def _axis_link(self, name: str) -> str:
        return _link(names.axis(name), self._in(self._known.axes[name].label))

    def _operand(self, one: Operand, entry: str | None = None) -> str:
        """A concept with its scope; it leads to its entry, except within that."""
        label = self._in(_label(one.concept))
        link = element("strong", {}, text(label)) if one.concept == entry else _link(one.concept, label)
        if one.scope is None:
            return link
        [member] = (known for known in self._known.axes["Scope"].members if known.name == one.scope)
        scope = _link(names.member(member.name), self._in(member.label))
        return f"{link} {element('span', {'class': 'scope'}, f'({scope})')}"

    def _equation(self, one: Equation, entry: str | None = None) -> str:
        """An equation in which each concept leads to its entry, except within that."""
        signs = ["=", *[one.sign] * (len(one.right) - 1)]
        terms = [
            _term(f"{_operator(sign)}{self._operand(part, entry)}") for sign, part in zip(signs, one.right, strict=True)
        ]
        if one.is_items:
            terms = [_term(f"{_operator('=')}{_operator('∑')}{self._operand(part, entry)}") for part in one.right]
        return " ".join([_term(self._operand(one.left, entry)), *terms, _permalink(one.name)])

    # --- top ----------------------------------------------------------------------------------------------------------

    def _header(self) -> Iterator[str]:
        other = {"href": _PAGES[self._other], "hreflang": self._other, "lang": self._other, "xml:lang": self._other}
        said = dict(self._known.page["language"].items())[self._other]
        here = element("strong", {}, self._say("language"))
        yield element("p", {"class": "languages"}, f"{here} · {element('a', other, text(said))}")
        yield element("h1", {}, text(self._in(self._known.title)))
        yield element("p", {}, self._foreign(self._known.title))
        yield element("p", {"class": "lead"}, self._say("intro"))
        about = {
            "namespace": _code(names.NAMESPACE),
            "prefix": _code(names.PREFIX),
            "version": _code(names.DATE),
            "entry_point": element("a", {"href": f"{names.PREFIX}.xsd"}, _code(names.ENTRY_POINT)),
        }
        yield element("dl", {"class": "about"}, _rows((self._say(key), said) for key, said in about.items()))

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
        return element("nav", {"class": "outline"}, _lines(parts))

    def _outlined(self, name: str, words: Words, links: Iterable[str]) -> Iterator[str]:
        yield element("p", {}, _link(name, self._in(words)))
        items = "".join(element("li", {}, link) for link in links)
        if items:
            yield element("ul", {}, items)

    def _use(self) -> Iterator[str]:
        yield self._heading("use", self._known.page["use"])
        yield element("p", {}, self._say("use_package"))
        yield _listing(
            f"yusuan taxonomy -o {names.PREFIX}.zip",
            f"arelleCmdLine --workOffline --packages={names.PREFIX}.zip -f report.xbrl --validate --calc=c11r",
        )
        yield element("p", {}, self._say("use_reference"))
        yield _listing(element("link:schemaRef", {"xlink:type": "simple", "xlink:href": names.ENTRY_POINT}))
        yield element("p", {}, self._say("use_fact"))
        yield _listing(json.dumps(_EXAMPLE, ensure_ascii=False, indent=2))
        anchors = ("Revenue", names.not_listed("Revenue"), names.axis("Scope"), names.member("Fiscal"), "sums")
        listed = self._joined(element("a", {"href": f"#{name}"}, _code(f"#{name}")) for name in anchors)
        yield element("p", {}, self._say("use_anchor") + " " + listed)
        yield element("h3", {"id": "reading"}, self._say("reading"))
        rules = ("money", "period", "balance", "axes", "source", "absence")
        yield element("ul", {}, _lines(element("li", {}, self._say(f"reading_{rule}")) for rule in rules))

    # --- concepts -----------------------------------------------------------------------------------------------------

    def _title(self, name: str, words: Words) -> str:
        """The heading of an entry: its label in both languages, and its name, which leads to itself."""
        main = element("span", {"class": "main"}, text(self._in(words)))
        return element("h3", {}, f"{main}{self._foreign(words)}{_named(name)}")

    def _concept(self, one: Definition) -> str:
        parts = [
            self._title(one.name, one.label),
            element("p", {}, text(self._in(one.text))),
            element("dl", {}, _rows(self._facts(one))),
        ]
        return element("section", {"class": "entry", "id": one.name}, _lines(parts))

    def _facts(self, one: Definition) -> Iterator[tuple[str, str]]:
        yield self._say("type"), self._type(one)
        yield self._say("period"), self._period(one)
        yield self._say("axes"), self._axes(one)
        yield self._say("source"), self._source(one)
        sums = [sum_ for sum_ in equations() if one.name in sum_.concepts]
        if sums:
            listed = (element("li", {}, self._equation(sum_, one.name)) for sum_ in sums)
            yield self._say("sums_of"), element("ul", {"class": "sums"}, _lines(listed))
        for rest in rests().get(one.name, ()):
            yield self._say("companion"), self._companion(rest)

    def _period(self, one: Definition) -> str:
        """Whether it is of a year or of a day, and its balance."""
        said = self._say("instant" if one.is_instant else "duration")
        if one.balance is None:
            return said
        balance = element("span", {"class": "soft"}, self._say("balance"))
        return f"{said}{_DOT}{balance} {self._say(one.balance)}"

    def _type(self, one: Definition) -> str:
        said = f"{text(self._in(self._known.kinds[one.kind]))} {_code(self._types[one.kind])}"
        unit = _UNITS.get(one.kind)
        if one.kind is Kind.COMPARATOR:
            return f"{said} {_link('comparators', self._in(self._known.page['members']))}"
        if unit is None:
            return said
        return f"{said}{_DOT}{element('span', {'class': 'soft'}, self._say('unit'))} {_code(unit)}"

    def _axes(self, one: Definition) -> str:
        lines = []
        for key, known in zip(("required", "optional"), axes(one.name), strict=True):
            if known:
                label = element("span", {"class": "soft"}, self._say(key))
                lines.append(f"{label} {self._joined(map(self._axis_link, known))}")
        return "<br/>".join(lines)

    def _source(self, one: Definition) -> str:
        column = source(one)
        if column is None:
            return self._say("source_any")
        table = self._known.tables[column.partition(".")[0]]
        return f"{_code(column)} {text(self._in(table))}"

    def _companion(self, rest: Rest) -> str:
        """What a total has beyond the parts that are listed, a concept of its own."""
        label = _label(rest.name)
        said = f"{text(self._in(label))} {self._foreign(label, 'soft')} {_named(rest.name)}"
        meant = f"{text(self._in(self._known.not_listed[1]))} {_permalink(rest.rule)}"
        return element("div", {"id": rest.name}, f"{said}<br/>{meant}")

    # --- axes ---------------------------------------------------------------------------------------------------------

    def _axis(self, axis: Axis) -> str:
        name = names.axis(axis.name)
        parts = [self._title(name, axis.label), element("p", {}, text(self._in(axis.text)))]
        if axis.members:
            parts.append(self._members(axis))
        parts.append(element("dl", {}, _rows(self._axis_facts(axis))))
        return element("section", {"class": "entry", "id": name}, _lines(parts))

    def _axis_facts(self, axis: Axis) -> Iterator[tuple[str, str]]:
        if not axis.members:
            kind = self._say("count" if axis.name in self._counted else "text")
            yield self._say("axis_typed"), f"{kind} {_code(f'{names.PREFIX}:{axis.name}')}"
        yield self._say("used_by"), self._users(axis)

    def _users(self, axis: Axis) -> str:
        """The concepts that have an axis; where an earlier axis has the same, it stands for them."""
        users = _users(axis.name)
        if len(users) == len(self._known.concepts):
            return self._say("every_concept")
        first = next(name for name in self._known.axes if _users(name) == users)
        if first != axis.name:
            return f"{self._say('same_as')} {self._axis_link(first)}"
        return self._joined(map(self._concept_link, users))

    def _members(self, axis: Axis) -> str:
        rows = []
        for at, member in enumerate(axis.members):
            # The first is meant where a fact does not say.
            default = element("span", {"class": "tag"}, self._say("default")) if at == 0 else ""
            value = self._say("no_value") if member.value is None else _code(member.value)
            rows.append((names.member(member.name), default, member.label, value))
        return self._table(rows)

    def _comparators(self) -> Iterator[str]:
        users = [one.name for one in self._known.concepts.values() if one.kind is Kind.COMPARATOR]
        listed = self._joined(map(self._concept_link, users))
        yield element("p", {}, f"{self._say('comparators_of')} {listed}")
        yield self._table((one.name, "", one.label, _code(one.value or "")) for one in self._known.comparators)

    def _table(self, rows: Iterable[tuple[str, str, Words, str]]) -> str:
        """A table of names, what is said of each, its label, and its value in the data."""
        heads = (self._say(key) for key in ("name", "label_zh", "label_en", "value"))
        head = element("tr", {}, "".join(element("th", {"scope": "col"}, said) for said in heads))
        lines = []
        for name, said, label, value in rows:
            labels = "".join(
                element("td", {"lang": language, "xml:lang": language}, text(each)) for language, each in label.items()
            )
            cells = element("td", {}, _code(name) + said) + labels + element("td", {}, value)
            lines.append(element("tr", {"id": name}, cells))
        body = element("thead", {}, head) + element("tbody", {}, _lines(lines))
        return element("div", {"class": "wide"}, element("table", {}, body))

    # --- sums ---------------------------------------------------------------------------------------------------------

    def _equation_entry(self, one: Equation) -> str:
        parts = [
            element("p", {"class": "sum"}, self._equation(one)),
            element("dl", {}, _rows(self._equation_facts(one))),
        ]
        return element("section", {"class": "entry", "id": one.name}, _lines(parts))

    def _equation_facts(self, one: Equation) -> Iterator[tuple[str, str]]:
        yield self._say("name"), _code(one.name)
        notes = [self._say("sum_changes")] if one.is_change else []
        notes += [self._say("sum_items")] if one.is_items else []
        notes += [self._say("sum_group_note")] if one.alternatives else []
        if notes:
            yield self._say("sum_note"), " ".join(notes)
        if one.core:
            yield self._say("sum_core"), self._joined(map(self._operand, one.core))
        if one.alternatives:
            yield self._say("sum_group"), self._joined(_link(name, name) for name in one.alternatives)
        asserted = next((known for known in assertions() if known.name == one.name), None)
        if asserted is None:
            yield self._say("sum_linkbase"), self._linkbase(one)
        else:
            meant = f"{self._say('sum_formula_parts')} {self._concept_link(asserted.rest)}"
            yield self._say("sum_formula"), f"{_code(f'{names.PREFIX}-formula.xml#{one.name}')}<br/>{meant}"
        yield self._say("sum_code"), self._joined(map(_code, one.codes))

    def _linkbase(self, one: Equation) -> str:
        """What the calculation linkbase has of a sum: its role, and its equation, which comes out always."""
        found = [calculation for calculation in calculations() if calculation.name == one.name]
        if not found:
            return self._say("sum_no_calculation")
        [calculation] = found
        parts = (*calculation.parts, calculation.rest)
        signs = ["=", *["+"] * len(calculation.parts)]
        terms = [_term(f"{_operator(sign)}{self._concept_link(part)}") for sign, part in zip(signs, parts, strict=True)]
        said = [
            _code(f"{names.BASE}/role/{one.name}"),
            " ".join([_term(self._concept_link(calculation.total)), *terms]),
        ]
        if any(part.scope for part in one.right):
            said.append(self._say("sum_calculation_parts"))
        return "<br/>".join(said)


def _label(name: str) -> Words:
    """The label of a concept, or of what a total has beyond the parts that are listed."""
    known = definitions()
    if name in known.concepts:
        return known.concepts[name].label
    [of] = (rest.label for found in rests().values() for rest in found if rest.name == name)
    pattern = known.not_listed[0]
    return Words(pattern.zh.format(of.zh), pattern.en.format(of.en))


def _link(name: str, said: str) -> str:
    return element("a", {"href": f"#{name}"}, text(said))


def _permalink(name: str) -> str:
    return element("a", {"class": "name", "href": f"#{name}", "title": name}, "#")


def _named(name: str) -> str:
    """A name in the namespace, which leads to itself."""
    return element("span", {"class": "name"}, _link(name, name))


def _code(said: str) -> str:
    return element("code", {}, text(said))


def _term(said: str) -> str:
    """A part of an equation, with its sign, that is kept on one line."""
    return element("span", {"class": "term"}, said)


def _operator(said: str) -> str:
    return element("span", {"class": "op"}, text(said))


def _listing(*lines: str) -> str:
    return element("pre", {}, text("\n".join(lines)))


def _rows(facts: Iterable[tuple[str, str]]) -> str:
    return _lines(element("dt", {}, name) + element("dd", {}, said) for name, said in facts)


def _lines(parts: Iterable[str]) -> str:
    return "".join(f"\n{part}" for part in parts) + "\n"
