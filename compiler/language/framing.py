"""What the labels of a table say of its rows, for repairs of rows that lost their ends: `[framing]` of labels.toml.

The columns of a declared kind (`tables/<kind>.toml`) take part without being told: what heads one is a column, whatever
it is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from yusuan.compiler.language.declared import Declaration
from yusuan.compiler.language.loader import Language, of_language

# How labels.toml calls the marks of cells that are no label.
_WORDS: Final = {"text": ".", "number": "#", "empty": "-"}


@frozen(slots=True)
class FramingLabels:
    """The labels that rows are repaired by, as marks.

    Attributes:
        row_starts: labels that start a row, each with the marks that may stand behind it there.
        need_value: fields whose value stands behind them in the same row.
        no_column: labels that are no columns of a header.
        below: labels that stand first in a header's second row.
    """

    row_starts: Mapping[str, frozenset[str]]
    need_value: frozenset[str]
    no_column: frozenset[str]
    below: frozenset[str]
    _kinds: tuple[_Columns, ...]

    def is_declared_header(self, marks: Sequence[str]) -> bool:
        """Whether cells are the header of a declared kind: labels of its columns, all that it must have among them."""
        found = set(marks)
        return any(found <= kind.labels and not any(map(found.isdisjoint, kind.required)) for kind in self._kinds)


@frozen(slots=True)
class _Columns:
    """The labels of a declared kind's columns: all of them, and for each that a header must have its own."""

    labels: frozenset[str]
    required: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, declared: Declaration) -> _Columns:
        return cls(_marks(declared.identifiers), tuple(map(_marks, declared.required)))


@of_language
def framing_labels(language: Language) -> FramingLabels:
    """The labels of the language, read once."""
    entries = language.entries("labels")
    said: Mapping[str, Any] = entries.data["framing"]
    starts = {f"<{label}>": entries.texts("framing", "row_starts", label, name=mark_of) for label in said["row_starts"]}
    return FramingLabels(
        starts,
        need_value=entries.texts("framing", "need_value", name=mark_of),
        no_column=entries.texts("framing", "no_column", name=mark_of),
        below=entries.texts("framing", "below", name=mark_of),
        kinds=tuple(_Columns.of(one) for one in language.declared.values() if one.required),
    )


def mark_of(word: str) -> str:
    """The mark that labels.toml calls by a word: that of a label, unless it is the word for another cell."""
    return _WORDS.get(word, f"<{word}>")


def _marks(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(mark_of, words))
