"""What a gap is."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from yusuan.ir.source import Span


class GapKind(StrEnum):
    """What was not understood."""

    HEADING = "heading"
    TABLE = "table"
    HEADER = "header"
    COLUMN = "column"
    TARGET = "target"
    UNIT = "unit"
    DIRECTION = "direction"
    AMOUNT = "amount"


class AddTo(StrEnum):
    """The file or folder where the words would be added."""

    SECTIONS = "grammar/sections/"
    TABLES = "grammar/tables/"
    LABELS = "grammar/lexicon/labels.toml"
    TARGET = "grammar/clauses/target.lark"
    UNITS = "grammar/lexicon/units.toml"
    AMOUNT = "grammar/clauses/amount.lark"
    CONCEPTS = "grammar/lexicon/concepts.toml"


@frozen(slots=True)
class Gap:
    """Something in a report that the grammar does not know.

    Attributes:
        kind: what it is.
        words: its words in the form in which reports agree on them: folded, `#` for each number, without the name
            of the organization; never empty.
        file: where they would be added.
        text: as the report has it, its lines joined.
        span: where it stands.
    """

    kind: GapKind
    words: str
    file: AddTo
    text: str
    span: Span
