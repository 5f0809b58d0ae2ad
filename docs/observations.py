"""What was seen of the rules and terminals while texts were compiled (`observed.py`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Final, TypeAlias

from attrs import define, field, frozen

from docs.samples import Example

Name: TypeAlias = tuple[str, str]
"""A grammar and a rule or terminal of it."""

MOST_EXAMPLES: Final = 3
# What is seen so much less often than the most frequent is chance.
_RARE: Final = 50


@frozen(slots=True, order=True)
class IrPlace:
    """Something of the IR.

    Attributes:
        name: the name of its class.
        attribute: its attribute whose value it is; empty for the whole.
        value: what tells it from others of its class: the role of a section, the kind of a paragraph; empty elsewhere.
    """

    name: str
    attribute: str = ""
    value: str = ""


@define(slots=True)
class Observed:
    """What was seen of all texts.

    Attributes:
        becomes: what of the IR stood at the characters of a rule or terminal, how often.
        holds: what records stood within, for the rules of sections.
        texts: the texts that each took, how often, with the first example of each.
        items: for each class of the IR that has a span the item that says most, with its text.
    """

    becomes: dict[Name, Counter[IrPlace]] = field(factory=lambda: defaultdict(Counter))
    holds: dict[Name, Counter[IrPlace]] = field(factory=lambda: defaultdict(Counter))
    texts: dict[Name, dict[str, tuple[int, Example]]] = field(factory=lambda: defaultdict(dict))
    items: dict[str, tuple[Any, Example]] = field(factory=dict)

    def examples(self, name: Name) -> list[Example]:
        """The texts that a rule or terminal took most often, the shorter ones first among equals."""
        found = sorted(self.texts[name].items(), key=lambda one: (-one[1][0], len(one[0]), one[0]))
        return [example for _, (_, example) in found[:MOST_EXAMPLES]]

    def became(self, name: Name) -> dict[IrPlace, int]:
        """What a rule or terminal becomes, how often, without what it hardly ever does: some word may be spelled as a
        unit is."""
        found = self.becomes[name]
        most = max(found.values(), default=0)
        return {place: count for place, count in found.items() if count * _RARE >= most}

    def sources(self, place: IrPlace) -> list[Name]:
        """The rules and terminals that become something, those that did so most often first.

        What becomes an attribute of a class becomes the class as well.
        """
        found = []
        for name in list(self.becomes):
            became = self.became(name)
            whole = place == IrPlace(place.name)
            count = sum(became[one] for one in became if one == place or (whole and one.name == place.name))
            found.append((-count, name))
        return [name for count, name in sorted(found) if count]

    def saw(self, name: Name, example: Example) -> None:
        """Keep a text that a rule or terminal took."""
        if example.text.strip():
            times, first = self.texts[name].get(example.text, (0, example))
            self.texts[name][example.text] = times + 1, first
