"""The page that documents the taxonomy, in one language: what its template asks for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from yusuan.emitters.templates import template
from yusuan.emitters.xbrl import names
from yusuan.emitters.xbrl.documentation.concepts import axes, label_of, source, users_of
from yusuan.emitters.xbrl.documentation.equations import ShownSum, equations
from yusuan.emitters.xbrl.model import Unit
from yusuan.emitters.xbrl.networks import Assertion, Calculation, Rest, assertions, calculations, rests
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
    """The page in one language.

    Attributes:
        language: its language.
        other: the other language.
        other_file: the file of the page in that.
        types: the XBRL type of each kind of fact.
        counted: the typed axes whose values are positive integers; those of the others are text.
        example: a fact as JSON.
    """

    example: Final = json.dumps(_EXAMPLE, ensure_ascii=False, indent=2)

    def __init__(self, language: str, types: Mapping[Kind, str], counted: Collection[str]) -> None:
        self.language = language
        self.types = types
        self.counted = counted
        [self.other] = set(PAGES) - {language}
        self.other_file = PAGES[self.other]
        self._known = definitions()

    def html(self) -> str:
        """The page."""
        return template(__package__, "page.html.jinja").render(
            page=self, known=self._known, names=names, equations=equations(), say=self._say
        )

    # --- words --------------------------------------------------------------------------------------------------------

    def of(self, words: Phrase) -> str:
        """Words in the language of the page."""
        return dict(words.items())[self.language]

    def foreign(self, words: Phrase) -> str:
        """Words in the other language."""
        return dict(words.items())[self.other]

    def words(self, concept: str) -> Phrase:
        """The label of a concept in both."""
        return label_of(concept)

    def label(self, concept: str) -> str:
        """The label of a concept."""
        return self.of(label_of(concept))

    def _say(self, key: str) -> str:
        """Words of the page itself."""
        return self.of(self._known.page[key])

    # --- concepts -----------------------------------------------------------------------------------------------------

    def of_group(self, group: str) -> list[Definition]:
        """The concepts of a group."""
        return [one for one in self._known.concepts.values() if one.group == group]

    def unit(self, one: Definition) -> Unit | None:
        """The unit of a concept's facts; absent where they are text."""
        return _UNITS.get(one.kind)

    def axes(self, one: Definition) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The axes that every fact of a concept has, and those that it may have."""
        return axes(one.name)

    def source(self, one: Definition) -> str | None:
        """Table and column of a concept's facts; absent for what may stand in any table."""
        return source(one)

    def sums(self, one: Definition) -> list[ShownSum]:
        """The sums that a concept is in."""
        return [known for known in equations() if one.name in known.concepts]

    def rests(self, one: Definition) -> Iterable[Rest]:
        """What a total may have beyond the parts that are listed."""
        return rests().get(one.name, ())

    # --- axes ---------------------------------------------------------------------------------------------------------

    def scope(self, name: str) -> str:
        """The label of a scope."""
        [member] = (known for known in self._known.axes["Scope"].members if known.name == name)
        return self.of(member.label)

    def users(self, axis: Axis) -> tuple[str | None, list[str] | None]:
        """The axis before this one that has the same concepts, if there is one, and the concepts that have it; absent
        where all have."""
        listed = users_of(axis.name)
        if len(listed) == len(self._known.concepts):
            return None, None
        first = next(name for name in self._known.axes if users_of(name) == listed)
        return (None if first == axis.name else first), listed

    def members(self, axis: Axis) -> list[tuple[str, Phrase, str | None]]:
        """Name, label and value in the data of each member; the first is meant where a fact does not say."""
        return [(names.member(one.name), one.label, one.value) for one in axis.members]

    @property
    def comparing(self) -> list[str]:
        """The concepts whose facts are comparators."""
        return [one.name for one in self._known.concepts.values() if one.kind is Kind.COMPARATOR]

    @property
    def comparators(self) -> list[tuple[str, Phrase, str]]:
        """Name, label and value in the data of each."""
        return [(one.name, one.label, one.value or "") for one in self._known.comparators]

    # --- sums ---------------------------------------------------------------------------------------------------------

    def notes(self, one: ShownSum) -> str:
        """What is to be known of a sum; may be empty."""
        notes = (("sum_changes", one.is_change), ("sum_items", one.is_items), ("sum_group_note", one.alternatives))
        return " ".join(self._say(key) for key, is_so in notes if is_so)

    def assertion(self, one: ShownSum) -> Assertion | None:
        """The assertion of a formula that checks a sum."""
        return next((known for known in assertions() if known.name == one.name), None)

    def calculation(self, one: ShownSum) -> Calculation | None:
        """What the calculation linkbase has of a sum."""
        return next((known for known in calculations() if known.name == one.name), None)
