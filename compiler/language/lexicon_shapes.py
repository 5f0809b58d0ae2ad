"""What each key of the lexicon may hold, said once: so that a file that says anything else is answered with its line.

A shape is tried on what one file says, before that is laid over what earlier files say. What only the whole lexicon can
tell (`{units.money}` in a pattern, what a wording is when folded) is seen to in `wholeness.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from yusuan.compiler.language.shapes import (
    CHARACTER,
    Characters,
    Factor,
    Fold,
    Identifier,
    Leaf,
    ListOf,
    MisshapenError,
    Number,
    OneOf,
    Pattern,
    Shape,
    TableShape,
    WordShape,
)
from yusuan.ir.vocabulary import Base, Basis, Concept, ReportLevel, Role, Scope


def _names(vocabulary: type[StrEnum], what: str) -> OneOf:
    return OneOf(tuple(map(str, vocabulary)), what)


_TEXT: Final = Characters()
_WORD: Final = WordShape()
_WORDS: Final = ListOf(_WORD, "a list of wordings")
_PATTERN: Final = Pattern()
_PATTERNS: Final = ListOf(Pattern(takes_something=True), "a list of patterns")
_CONCEPT: Final = _names(Concept, "concept")
_CONCEPTS: Final = ListOf(_CONCEPT, "a list of concepts")
_ROLE: Final = _names(Role, "role of a section")
_IDENTIFIER: Final = Identifier()
_LABELS: Final = ListOf(_IDENTIFIER, "a list of labels")
_BASIS: Final = _names(Basis, "stage of the budget cycle")


def _with(*groups: str) -> Pattern:
    return Pattern(frozenset(groups))


def _patterns(*names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, _PATTERN)


LEXICONS: Final[Mapping[str, TableShape]] = {
    "characters": TableShape(
        {
            **dict.fromkeys(("blank", "separators", "introducing", "closing", "brackets", "stops"), _TEXT),
            "pages": TableShape({"ends": _TEXT, "drawn": _TEXT, "read": _TEXT}),
            "counting": TableShape(
                dict.fromkeys(("digits", "zero", "places", "legal_digits", "legal_places", "stems", "branches"), _TEXT)
            ),
            "fold": ListOf(Fold(), "a list of groups of characters"),
            "marks": TableShape(_patterns("bookmark", "image")),
            "numerals": TableShape(
                {"point": CHARACTER, "circled": TableShape(key=_TEXT, value=Number(0, 1000))},
                key=CHARACTER,
                value=Number(0, 10**8),
            ),
        }
    ),
    "checks": TableShape(
        {
            "sums": TableShape(
                {
                    **_patterns("partial", "made_up", "of_the_year", "bracket_behind", "nested", "list_end", "others"),
                    **_patterns("restated", "project_words", "of_which", "coded_row", "total_row", "some_of_it"),
                    **_patterns("in_procurement"),
                    "share_of": _with("whole"),
                    "money": _with("number"),
                }
            ),
            "names": TableShape(
                {
                    **_patterns("rate", "no_rate", "lessening", "reverse", "exceedable", "limited"),
                    **_patterns("reducing", "several", "remark", "dated"),
                    **dict.fromkeys(("good", "bad"), _PATTERNS),
                    "units_of_months": _WORDS,
                    "units_of_rates": _WORDS,
                }
            ),
            "writing": TableShape(
                {
                    **_patterns("instruction", "placeholder", "choice", "compared", "approximately", "list_number"),
                    "month": _PATTERNS,
                    **dict.fromkeys(("deadline", "closing", "year", "money_of_year"), _with("year")),
                    "pairs": ListOf(ListOf(_TEXT, "a list of what opens and what closes", 2), "a list of pairs"),
                }
            ),
            "subjects": TableShape(key=_ROLE, value=_CONCEPTS),
            "sections": TableShape(key=_ROLE, value=_PATTERN),
        }
    ),
    "concepts": TableShape(
        {
            "words": TableShape(
                {
                    **_patterns("front", "classified", "joining"),
                    **_patterns("apart", "and", "respective", "summed", "excluded", "summing", "budgeted"),
                    **dict.fromkeys(("tail", "strip_front", "strip_front_words", "strip_back", "generic"), _PATTERNS),
                    "items": _WORDS,
                }
            ),
            "scope": TableShape(key=_WORD, value=_names(Scope, "scope")),
            "base": TableShape(key=_WORD, value=_names(Base, "base of a change")),
            "basis": TableShape(key=_WORD, value=_BASIS),
            "basis_of_label": TableShape(key=_WORD, value=_BASIS),
            "default": TableShape(key=_ROLE, value=_CONCEPT),
            "items": TableShape(key=_CONCEPT, value=_CONCEPT),
            "purposes": TableShape({"names": _CONCEPTS}),
            "spent": TableShape({"names": _CONCEPTS}),
            "table": TableShape(key=_IDENTIFIER, value=_CONCEPT),
            "concept": ListOf(
                TableShape(
                    {
                        "name": _CONCEPT,
                        "parent": _CONCEPT,
                        **dict.fromkeys(("patterns", "whole", "bare"), _PATTERNS),
                    },
                    needed=("name",),
                ),
                "a list of concepts",
            ),
        }
    ),
    "labels": TableShape(
        {
            "labels": TableShape(key=_IDENTIFIER, value=_WORDS),
            "classes": TableShape({"level1": _WORDS, "level2": _WORDS}),
            "level1_of": TableShape(key=_WORD, value=_WORDS),
            "patterns": TableShape(
                {"month": _with("month", "quarter"), "unit_caption": _with("unit")}, key=_IDENTIFIER, value=_PATTERN
            ),
            "remarks": TableShape(_patterns("front", "pattern")),
            "framing": TableShape(
                {
                    **dict.fromkeys(("need_value", "no_column", "below"), _LABELS),
                    "row_starts": TableShape(key=_IDENTIFIER, value=_LABELS),
                }
            ),
        }
    ),
    "titles": TableShape(
        {
            "level": TableShape(dict.fromkeys(map(str, ReportLevel), _PATTERN)),
            "kind": TableShape(_patterns("budget", "final_accounts")),
        }
    ),
    "units": TableShape(
        {
            "money": TableShape(key=_WORD, value=Factor()),
            "money_alias": TableShape(key=_WORD, value=_WORD),
            "percent": TableShape({"before": _WORD, "wordings": _WORDS}),
            "qualitative": TableShape({"wordings": _WORDS}),
        }
    ),
}
"""The files of the lexicon by name, with the tables that each has."""


def leaves(lexicon: str, said: Mapping[str, Any]) -> Iterator[Leaf]:
    """What a file of the lexicon says.

    Args:
        lexicon: its name, without folder and suffix.
        said: its content.

    Raises:
        MisshapenError: it says something for which the lexicon has no place.
    """
    shape = LEXICONS[lexicon]
    for key in said:
        if key not in shape.known:
            reason = f"{key}: the lexicon has no such table (it has {', '.join(shape.known)})"
            raise MisshapenError((key,), reason)
    yield from shape.leaves(said, ())
