"""The page of the IR: every class with its attributes, the tables and columns that they are, and what becomes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType
from typing import Any, Final

import attrs

from docs.becoming import row_of, sources, tables_of
from docs.entries import entry, examples, facts, heading, lead, place, table
from docs.links import IR_PAGE, code, ir_link, link, span, table_link
from docs.observations import IrPlace
from docs.observed import observed
from docs.page import Chapter, Page
from docs.speech import Tongue, chinese, english
from yusuan.compiler.language.index import grammar_index
from yusuan.compiler.language.loader import built_in_language
from yusuan.emitters.schema import descriptions_of, meanings_of, summary_of
from yusuan.emitters.tables import TABLES
from yusuan.emitters.xbrl.markup import element, lines, text
from yusuan.ir import declared, document, kinds, nodes, records, source, vocabulary
from yusuan.ir.concepts import Phrase, definitions
from yusuan.ir.contract import record_kinds
from yusuan.ir.records import values
from yusuan.ir.vocabulary import Role

MODULES: Final[tuple[tuple[str, ModuleType], ...]] = (
    ("document", document),
    ("tree", nodes),
    ("records", records),
    ("declared", declared),
    ("kinds", kinds),
    ("vocabulary", vocabulary),
    ("source", source),
)
"""The modules of the IR, with the words of the site that head them."""

_NAME: Final = re.compile(r"[A-Za-z]\w+")
# The official term that a docstring starts with: 金额: an amount of money.
_TERM: Final = re.compile(r"(?P<term>[^\x00-\x7f]+): (?P<text>.+)", re.DOTALL)


def classes(module: ModuleType) -> list[type]:
    """The public classes that a module defines, in its order; of the records those of each table."""
    if module is records:
        return [*classes(values), *(kind.record_class for kind in record_kinds().values())]
    found = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    return [one for one in found if not one.__name__.startswith("_")]


def every_class() -> dict[str, type]:
    """The classes of the IR by name."""
    return {one.__name__: one for _, module in MODULES for one in classes(module)}


def page(tongue: Tongue) -> Page:
    """The page."""
    parts = [
        Chapter(
            f"module-{key}",
            tongue.plain(f"ir.{key}"),
            lines([place(text(_file(module))), *(_Class(one, tongue).entry() for one in classes(module))]),
        )
        for key, module in MODULES
    ]
    parts.append(Chapter("tables", tongue.plain("ir.table"), lines(_table(name, tongue) for name in TABLES)))
    return Page(IR_PAGE, tongue.plain("site.ir"), lead(tongue.say("ir.lead")), parts)


def _file(module: ModuleType) -> str:
    return f"{module.__name__.removeprefix('yusuan.').replace('.', '/')}.py"


def class_term(cls: type) -> str | None:
    """The official term of a class; absent where its docstring has none."""
    found = _TERM.fullmatch(summary_of(cls))
    return found["term"] if found else None


def _table(name: str, tongue: Tongue) -> str:
    columns = [
        f"{code(column.name)} {element('span', {'class': 'count'}, text(column.kind))}"
        for column in TABLES[name].columns
    ]
    known = definitions().tables.get(name)
    of = [ir_link(cls, page=IR_PAGE) for cls in every_class() if name in tables_of(cls)]
    said = text(tongue.of(known)) if known else ""
    rows = [(tongue.say("ir.columns"), tongue.joined(columns)), (tongue.say("ir.from"), tongue.joined(of))]
    return entry(f"table-{name}", heading(f"table-{name}", name, said), [facts(rows)])


def _own_table(cls: type) -> str | None:
    """The table whose rows are the records of a class; absent where there is none."""
    return next((kind.name for kind in record_kinds().values() if kind.record_class is cls), None)


class _Class:
    def __init__(self, cls: type, tongue: Tongue) -> None:
        self._class = cls
        self._tongue = tongue
        self._name = cls.__name__
        self._tables = tables_of(self._name)

    def entry(self) -> str:
        """The entry of the class."""
        term = class_term(self._class)
        said = summary_of(self._class)
        if term:
            said = said.removeprefix(f"{term}: ")
        is_enum = issubclass(self._class, StrEnum)
        parts = [
            element("p", {}, english(said)),
            facts(self._facts()),
            self._members() if is_enum else self._attributes(),
            *self._example(),
        ]
        return entry(self._name, heading(self._name, self._name, chinese(term) if term else ""), parts)

    def _facts(self) -> Iterator[tuple[str, str]]:
        say = self._tongue.say
        yield say("ir.table"), self._tongue.joined([table_link(name, IR_PAGE) for name in self._tables])
        found = sources(IrPlace(self._name), self._tongue)
        yield say("ir.from"), found

    def _example(self) -> Iterator[str]:
        """An item of the class as a text states it, and its row in the tables."""
        kept = observed().items.get(self._name)
        if kept is None:
            return
        yield examples([kept[1]], self._tongue)
        found = row_of(self._name)
        if found is not None:
            name, row = found
            said = (span("cell", f"{code(column)} {text(cell)}") for column, cell in row.items())
            yield element("p", {"class": "row"}, lines([table_link(name, IR_PAGE), *said]))

    # --- attributes ---------------------------------------------------------------------------------------------------

    def _attributes(self) -> str:
        say = self._tongue.say
        described = descriptions_of(self._class)
        rows = []
        for attribute in attrs.fields(self._class):
            name = attribute.name
            if name.startswith("_"):
                continue
            meaning = self._meaning(name, described.get(name, ""))
            rows.append(
                (
                    f"{self._name}.{name}",
                    [code(name), self._type(str(attribute.type)), meaning, self._columns(name), self._sources(name)],
                )
            )
        heads = (say("ir.attribute"), say("ir.type"), say("ir.meaning"), say("ir.column"), say("ir.from"))
        return table(heads, rows, "attributes") if rows else ""

    def _type(self, said: str) -> str:
        """A type as written, its classes being links."""
        known = every_class()
        parts, at = [], 0
        for found in _NAME.finditer(said):
            parts.append(text(said[at : found.start()]))
            name = found[0]
            parts.append(link(f"#{name}", text(name)) if name in known else text(name))
            at = found.end()
        return element("code", {}, "".join((*parts, text(said[at:]))))

    def _meaning(self, name: str, said: str) -> str:
        if name == "span" and not said:
            return self._tongue.say("ir.span")
        if self._tongue.language == "zh":
            known = self._definition(name)
            if known is not None:
                return text(known.zh)
        return english(said) if said else ""

    def _definition(self, name: str) -> Phrase | None:
        """What the definition of a concept says of an attribute; absent where there is none."""
        columns = {f"{known}.{name}" for known in self._tables}
        return next((one.text for one in definitions().concepts.values() if one.column in columns), None)

    def _columns(self, name: str) -> str:
        """The columns of the contract that an attribute is, those of the records that hold its class included."""
        found = [known for known in self._tables if name in TABLES[known].header]
        for holder in filter(attrs.has, every_class().values()):
            own = _own_table(holder)
            if own and name in self._parts_in(holder, own):
                found.append(own)
        return self._tongue.joined([link(f"#table-{known}", code(f"{known}.{name}")) for known in dict.fromkeys(found)])

    def _parts_in(self, holder: type, own: str) -> set[str]:
        """The attributes that have columns of their own in the table of a record that holds the class, as a target has;
        none where the class is one value there."""
        held = {one.name: str(one.type) for one in attrs.fields(holder)}
        if not any(re.search(rf"\b{self._name}\b", said) for said in held.values()):
            return set()
        found = {one.name for one in attrs.fields(self._class)} & set(TABLES[own].header) - set(held)
        return found if len(found) > 1 else set()

    def _sources(self, name: str) -> str:
        return sources(IrPlace(self._name, name), self._tongue)

    # --- vocabularies -------------------------------------------------------------------------------------------------

    def _members(self) -> str:
        say = self._tongue.say
        meanings = {value: words for value, *words in meanings_of(self._class)}
        rows = []
        for member in self._class:  # type: ignore[attr-defined]
            label, said = meanings.get(member.value, (None, None))
            meaning = text(self._tongue.of(label)) if label else self._role(member)
            if said:
                meaning += element("br", {}) + text(self._tongue.of(said))
            rows.append((f"{self._name}.{member.value}", [code(member.value), meaning, self._sources_of(member.value)]))
        return table((say("ir.value"), say("ir.meaning"), say("ir.from")), rows)

    def _role(self, member: Any) -> str:
        """What a role is: the official term of the file of its section."""
        if not isinstance(member, Role):
            return ""
        rule = grammar_index(built_in_language()).symbol("report", member.value)
        return chinese(grammar_index(built_in_language()).term(rule.file) or "") if rule else ""

    def _sources_of(self, value: str) -> str:
        found = [sources(IrPlace(name, value=value), self._tongue) for name in ("Section", "Paragraph")]
        return self._tongue.joined([one for one in found if one]) if self._name in ("Role", "BlockKind") else ""
