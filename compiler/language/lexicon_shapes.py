"""What each key of the lexicon may hold, said once: so that a file that says anything else is answered with its line.

A file is read as its class before it is laid over what earlier files say, so every key may be missing in it. What only
the whole lexicon can tell (`{units.money}` in a pattern, what a wording is when folded) is seen to in `wholeness.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Self, TypeAlias

import attrs
from attrs import evolve, frozen

from yusuan.compiler.language.files import GrammarFile, lexicon_name, structured
from yusuan.compiler.language.places import Key
from yusuan.compiler.language.structuring import ANY_OTHER, between, key_of, matching, one_of, text
from yusuan.ir.vocabulary import Base, Basis, Concept, ReportLevel, Role, Scope

_LONGEST: Final = 100_000
_LONGEST_WORDING: Final = 1000
_MOST_CODES: Final = 1000
_NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})

# --- single values ----------------------------------------------------------------------------------------------------


class LexiconWording(str):
    """A wording, as reports have it."""

    __slots__ = ()

    @classmethod
    def parse(cls, said: Any) -> Self:
        if not text(said).strip():
            raise ValueError("a wording is empty")
        if not said.isprintable() or len(said) > _LONGEST_WORDING:
            raise ValueError("a wording is too long, or has a character that cannot be printed")
        return cls(said)


@frozen(slots=True)
class Expression:
    """A regular expression.

    Attributes:
        written: it, with its placeholders.
        groups: the named groups that are read; it has these, and no others.
        takes_something: whether it must not match nothing: what is looked for would be found everywhere.
    """

    written: str
    groups: frozenset[str] = frozenset()
    takes_something: bool = False

    @classmethod
    def parse(cls, said: Any) -> Self:
        if not text(said):
            raise ValueError("a pattern is empty")
        return cls(said)


def _with(*groups: str) -> Callable[[Expression], Expression]:
    return lambda expression: evolve(expression, groups=frozenset(groups))


def _sought(expression: Expression) -> Expression:
    return evolve(expression, takes_something=True)


def _characters(value: str) -> str:
    if not 0 < len(value) <= _LONGEST:
        raise ValueError("the text is empty, or too long")
    return value


def _character(value: str) -> str:
    if len(value) != 1:
        raise ValueError("one character is expected")
    return value


def _factor(value: int) -> int:
    if not 0 < value < 10**24 or str(value).rstrip("0") != "1":
        raise ValueError("a unit of money is 1, 10, 100, … yuan")
    return value


_Text: TypeAlias = Annotated[str, _characters]
_Character: TypeAlias = Annotated[str, _character]
_Identifier: TypeAlias = Annotated[str, matching("[a-z][a-z0-9_]*", "identifier: small letters, digits, underscores")]
"""What labels are called by in patterns."""
_Yuan: TypeAlias = Annotated[int, _factor]
"""How many yuan a unit of money is."""

_Patterns: TypeAlias = tuple[Annotated[Expression, _sought], ...]
_Words: TypeAlias = tuple[LexiconWording, ...]
_Concepts: TypeAlias = tuple[Concept, ...]
_OfYear: TypeAlias = Annotated[Expression, _with("year")] | None
_Labels: TypeAlias = tuple[_Identifier, ...]

# --- characters -------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class Fold:
    """Characters that are made one: `to` with `from`, or a `range` that goes onto others."""

    to: str | None = None
    from_: _Text | None = None
    range: tuple[_Character, _Character] | None = None
    onto: _Character | None = None

    def __attrs_post_init__(self) -> None:
        said = {name for name, value in attrs.asdict(self).items() if value is not None}
        if said not in ({"to", "from_"}, {"range", "onto"}):
            raise ValueError("a group of characters has to and from, or range and onto")
        if self.to is not None and len(self.to) > 1:
            raise ValueError("to: one character is expected, or none")
        if self.range is not None and self.onto is not None:
            first, last, onto = map(ord, (*self.range, self.onto))
            if not 0 <= last - first < _MOST_CODES or not chr(onto + last - first).isprintable():
                raise ValueError("range: it is no range of characters, or has too many")


@frozen(slots=True)
class _Numerals:
    point: _Character | None = None
    circled: Mapping[_Text, Annotated[int, between(0, 1000)]] = _NOTHING
    any_other: Mapping[_Character, Annotated[int, between(0, 10**8)]] = _NOTHING


@frozen(slots=True)
class _CharactersFile:
    fold: tuple[Fold, ...] = ()
    marks: Mapping[Annotated[str, one_of("bookmark image note note_call inside_figure")], Expression] = _NOTHING
    numerals: _Numerals = _Numerals()
    pages: Mapping[Annotated[str, one_of("ends drawn read")], _Text] = _NOTHING
    counting: Mapping[Annotated[str, one_of("digits zero places legal_digits legal_places stems branches")], _Text] = (
        _NOTHING
    )
    any_other: Mapping[
        Annotated[str, one_of("blank separators introducing closing brackets stops continuing invisible falls")], _Text
    ] = _NOTHING


# --- checks -----------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class _Sums:
    share_of: Annotated[Expression, _with("whole")] | None = None
    money: Annotated[Expression, _with("number")] | None = None
    any_other: Mapping[
        Annotated[
            str,
            one_of(
                "partial made_up of_the_year bracket_behind nested list_end others restated project_words of_which"
                " coded_row total_row some_of_it in_procurement"
            ),
        ],
        Expression,
    ] = _NOTHING


@frozen(slots=True)
class _Names:
    good: _Patterns = ()
    bad: _Patterns = ()
    units_of_months: _Words = ()
    units_of_rates: _Words = ()
    any_other: Mapping[
        Annotated[
            str,
            one_of("rate no_rate lessening reverse exceedable limited reducing several remark dated"),
        ],
        Expression,
    ] = _NOTHING


@frozen(slots=True)
class _Writing:
    month: _Patterns = ()
    deadline: _OfYear = None
    closing: _OfYear = None
    year: _OfYear = None
    money_of_year: _OfYear = None
    pairs: tuple[tuple[_Text, _Text], ...] = ()
    any_other: Mapping[
        Annotated[str, one_of("instruction placeholder choice compared approximately list_number")], Expression
    ] = _NOTHING


@frozen(slots=True)
class _ChecksFile:
    sums: _Sums = _Sums()
    names: _Names = _Names()
    writing: _Writing = _Writing()
    subjects: Mapping[Role, _Concepts] = _NOTHING
    sections: Mapping[Role, Expression] = _NOTHING


# --- concepts ---------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class _Naming:
    tail: _Patterns = ()
    strip_front: _Patterns = ()
    strip_front_words: _Patterns = ()
    strip_back: _Patterns = ()
    generic: _Patterns = ()
    items: _Words = ()
    any_other: Mapping[
        Annotated[
            str,
            one_of("front classified joining apart and respective summed excluded summing budgeted"),
        ],
        Expression,
    ] = _NOTHING


@frozen(slots=True)
class _ConceptEntry:
    name: Concept
    parent: Concept | None = None
    patterns: _Patterns = ()
    whole: _Patterns = ()
    bare: _Patterns = ()


@frozen(slots=True)
class _ConceptsFile:
    words: _Naming = _Naming()
    scope: Mapping[LexiconWording, Scope] = _NOTHING
    base: Mapping[LexiconWording, Base] = _NOTHING
    basis: Mapping[LexiconWording, Basis] = _NOTHING
    basis_of_label: Mapping[LexiconWording, Basis] = _NOTHING
    default: Mapping[Role, Concept] = _NOTHING
    items: Mapping[Concept, Concept] = _NOTHING
    purposes: Mapping[Annotated[str, one_of("names")], _Concepts] = _NOTHING
    spent: Mapping[Annotated[str, one_of("names")], _Concepts] = _NOTHING
    table: Mapping[_Identifier, Concept] = _NOTHING
    concept: tuple[_ConceptEntry, ...] = ()


# --- labels -----------------------------------------------------------------------------------------------------------


@frozen(slots=True)
class _LabelPatterns:
    month: Annotated[Expression, _with("month", "quarter")] | None = None
    unit_caption: Annotated[Expression, _with("unit")] | None = None
    any_other: Mapping[_Identifier, Expression] = _NOTHING


@frozen(slots=True)
class _Framing:
    need_value: _Labels = ()
    no_column: _Labels = ()
    below: _Labels = ()
    row_starts: Mapping[_Identifier, _Labels] = _NOTHING


@frozen(slots=True)
class _LabelsFile:
    qualified: _Labels = ()
    labels: Mapping[_Identifier, _Words] = _NOTHING
    classes: Mapping[Annotated[str, one_of("level1 level2")], _Words] = _NOTHING
    level1_of: Mapping[LexiconWording, _Words] = _NOTHING
    patterns: _LabelPatterns = _LabelPatterns()
    remarks: Mapping[Annotated[str, one_of("front pattern qualifier")], Expression] = _NOTHING
    framing: _Framing = _Framing()


# --- titles and units -------------------------------------------------------------------------------------------------


@frozen(slots=True)
class _TitlesFile:
    level: Mapping[ReportLevel, Expression] = _NOTHING
    names: Mapping[Annotated[str, one_of("only_a_place")], Expression] = _NOTHING
    kind: Mapping[Annotated[str, one_of("budget final_accounts")], Expression] = _NOTHING


@frozen(slots=True)
class _Percent:
    before: LexiconWording | None = None
    wordings: _Words = ()


@frozen(slots=True)
class _UnitsFile:
    money: Mapping[LexiconWording, _Yuan] = _NOTHING
    money_alias: Mapping[LexiconWording, LexiconWording] = _NOTHING
    currency: Mapping[LexiconWording, LexiconWording] = _NOTHING
    percent: _Percent = _Percent()
    qualitative: Mapping[Annotated[str, one_of("wordings")], _Words] = _NOTHING


# --- the files --------------------------------------------------------------------------------------------------------

_LEXICONS: Final[Mapping[str, type]] = {
    "characters": _CharactersFile,
    "checks": _ChecksFile,
    "concepts": _ConceptsFile,
    "labels": _LabelsFile,
    "titles": _TitlesFile,
    "units": _UnitsFile,
}
"""What a file of the lexicon says, by its name."""

Leaf: TypeAlias = tuple[Key, Any]
"""A value that holds no others: its key, and it; also the keys of a table that anybody may name."""


def leaves(file: GrammarFile) -> Iterator[Leaf]:
    """What a file of the lexicon says: its patterns (`Expression`), wordings (`LexiconWording`), and all else.

    Raises:
        GrammarFileError: it is no TOML, or says something for which the lexicon has no place; at once, not when asked.
    """
    return _leaves(structured(file, _LEXICONS[lexicon_name(file)]), ())


def _leaves(value: Any, path: Key) -> Iterator[Leaf]:
    if isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _leaves(one, (*path, _in_list(one, at)))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield (*path, str(key)), key
            yield from _leaves(one, (*path, str(key)))
    elif attrs.has(type(value)) and not isinstance(value, Expression):
        for one in attrs.fields(type(value)):
            inner = path if one.name == ANY_OTHER else (*path, key_of(one))
            yield from _leaves(getattr(value, one.name), inner)
    elif value is not None:
        yield path, value


def _in_list(value: Any, at: int) -> str | int:
    """How the entries of a file call what stands in a list (`structuring.in_list`, of what is read)."""
    found = value.written if isinstance(value, Expression) else getattr(value, "name", value)
    return str(found) if isinstance(found, str) else at
