"""Gaps of the grammar as text for people and as JSON Lines, safe to print.

In JSON every gap is an object on a line of its own, always with the same keys in the same order:

    kind, words, count, documents, example, file, line, column, add_to
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from yusuan.compiler.rendering.excerpt import columns
from yusuan.compiler.rendering.safety import visible
from yusuan.compiler.rendering.to_json import encodable, to_line
from yusuan.compiler.rendering.to_text import render_table
from yusuan.compiler.rendering.words import Words
from yusuan.compiler.workbench.gaps import GapSum

# A header of thirty columns is no line for people.
_WIDEST: Final = 60
_CUT: Final = "…"


def render_gaps(sums: Iterable[GapSum], words: Words, limit: int) -> Iterator[str]:
    """A table for each kind of gap and file of the grammar, in the order given.

    Args:
        sums: the gaps, those of a kind and file together.
        words: in which language.
        limit: how many rows a table has at most.
    """
    tables = [(key, list(same)) for key, same in groupby(sums, lambda one: (one.gap.kind, one.gap.file))]
    if not tables:
        yield words.say("gaps.none") + "\n"
    for at, ((kind, file), same) in enumerate(tables):
        title = words.say("gaps.title", kind=words.say(f"gaps.kind.{kind}"), number=len(same), file=file)
        yield ("\n" if at else "") + title + "\n" + _table(same[:limit], words)
        if len(same) > limit:
            yield f"({words.say('gaps.more', number=len(same) - limit, all=len(same))})\n"


def _table(sums: Sequence[GapSum], words: Words) -> str:
    head = [words.say(f"gaps.{name}") for name in ("count", "documents", "words", "example")]
    rows = [
        [
            str(one.count).rjust(columns(head[0])),
            str(one.documents).rjust(columns(head[1])),
            _cut(visible(one.gap.words)),
            f"{visible(one.report)}:{one.gap.span.line}: {_cut(visible(one.gap.text))}",
        ]
        for one in sums
    ]
    return render_table([head, *rows])


def _cut(text: str) -> str:
    """A text, its end cut off where it is too wide for a line."""
    width = 0
    for at, char in enumerate(text):
        width += columns(char)
        if width > _WIDEST:
            return text[:at] + _CUT
    return text


def gaps_to_lines(sums: Iterable[GapSum]) -> Iterator[str]:
    """An object for each gap."""
    for one in sums:
        yield to_line(
            {
                "kind": str(one.gap.kind),
                "words": one.gap.words,
                "count": one.count,
                "documents": one.documents,
                "example": one.gap.text,
                "file": encodable(one.report),
                "line": one.gap.span.line,
                "column": one.gap.span.column,
                "add_to": str(one.gap.file),
            }
        )
